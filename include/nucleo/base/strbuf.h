/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_STRBUF_H
#define NUCLEO_BASE_STRBUF_H

#include <stddef.h>

#include "nucleo/base/attributes.h"

/**
 * Growing text. `data` is always terminated and never NULL, so an empty buffer
 * can be printed; the buffer owns it until strbuf_detach().
 */
struct strbuf {
	char *data;
	size_t length;
	size_t capacity; /**< 0 while `data` is the shared empty string */
};

void strbuf_init(struct strbuf *buf);
void strbuf_release(struct strbuf *buf);
/** Empties, keeps the memory. */
void strbuf_reset(struct strbuf *buf);
/** Cuts to `length` bytes (no effect when already shorter). */
void strbuf_truncate(struct strbuf *buf, size_t length);
void strbuf_add(struct strbuf *buf, const char *bytes, size_t length);
void strbuf_adds(struct strbuf *buf, const char *text);
void strbuf_addch(struct strbuf *buf, char c);
void strbuf_addf(struct strbuf *buf, const char *format, ...) ATTR_PRINTF(2, 3);
/** Removes spaces, tabs and line ends at both ends. */
void strbuf_trim(struct strbuf *buf);
/** Owned: so many bytes of a text, without the blanks at their ends that strbuf_trim() removes. */
char *strbuf_trimmed(const char *text, size_t length) ATTR_NODISCARD;
/** The text, owned by the caller; the buffer is empty and usable again. */
char *strbuf_detach(struct strbuf *buf) ATTR_NODISCARD;

#endif
