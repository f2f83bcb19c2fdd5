/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_HISTORY_H
#define NUCLEO_STORE_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/error.h"
#include "nucleo/store/store.h"

/** The longest text of an operation; a longer one is never written and never read. */
#define OPERATION_SIZE_LIMIT ((size_t)64 << 20)

/** Private to src/store: the chain of operations. */

/** Where the chain ends. */
struct history_head {
	int64_t number;	    /**< 0: no operation yet */
	struct digest hash; /**< of the last operation; zeros when there is none */
};

enum rc history_head(struct store *store, struct history_head *head, struct error *err)
	ATTR_NODISCARD;

/**
 * Runs the operation with this text and adds it to the chain, inside a write
 * transaction. RC_INVALID when the text is no operation or does not follow
 * `head`; else as operation_commit().
 */
enum rc history_append(struct store *store, const struct history_head *head, const char *text,
		       size_t length, struct error *err) ATTR_NODISCARD;

/** Adds an operation that was refused where it was published: it is kept and changes nothing. */
enum rc history_append_refused(struct store *store, const struct history_head *head,
			       const char *text, const char *refused, struct error *err)
	ATTR_NODISCARD;

#endif
