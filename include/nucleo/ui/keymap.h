/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_KEYMAP_H
#define NUCLEO_UI_KEYMAP_H

#include "nucleo/base/error.h"
#include "nucleo/ui/key.h"
#include "nucleo/ui/op.h"

#define KEYMAP_KEYS_MAX 6

/** The keys of every op, the most telling first; K_NONE fills the rest. */
struct keymap {
	key_code keys[OP_COUNT][KEYMAP_KEYS_MAX];
};

/** The default keys of the op table. */
void keymap_init(struct keymap *keymap);
/**
 * Gives `op` the keys named in `keys` (apart by spaces; none: no key) instead
 * of those it had. RC_INVALID, and nothing changed, when a name is no key, when
 * there are too many, or when one already means something else where the op works.
 */
enum rc keymap_bind(struct keymap *keymap, enum op op, const char *keys, struct error *err)
	ATTR_NODISCARD;
/** What `key` does in `context`; OP_NONE for nothing. */
enum op keymap_find(const struct keymap *keymap, enum context context, key_code key);
/** Appends the labels of the op's keys in `context`, apart by two spaces. */
void keymap_add_labels(const struct keymap *keymap, enum op op, enum context context,
		       struct strbuf *out);
/** The op's first key in `context`: where what one types is text, letters are none. K_NONE. */
key_code keymap_first(const struct keymap *keymap, enum op op, enum context context);

#endif
