/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_LIST_H
#define NUCLEO_STORE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/model/filter.h"
#include "nucleo/model/records.h"
#include "nucleo/store/seen.h"
#include "nucleo/store/store.h"

/**
 * Every list is a window on a query: rows in the kind's own order, which is
 * (sort, key), from a place in it, at most `limit`. A page costs the same at
 * the beginning, the middle and the end of any number of rows.
 */
enum list_direction { LIST_FORWARD, LIST_BACKWARD };

/** A row's place in its list: the `sort` and `key` of the row, read with the same filter. */
struct list_anchor {
	const char *sort;
	int64_t key;
};

struct list_query {
	const struct filter *filter; /**< which rows, and in which order; NULL: all, in their own */
	/** Strictly after it (backward: before it); NULL: from the end. */
	const struct list_anchor *from;
	enum list_direction direction;  /**< backward gives the nearest row first */
	int64_t limit;                  /**< at most so many rows; 0: all */
	/* Only rows that belong to these records; 0: any. */
	int64_t key; /**< this very record */
	int64_t plan;
	int64_t commitment;
	int64_t meeting;
	int64_t agenda_item;
	int64_t organization;
	/** Also count who came to what, where institutions are listed (see attendance.h); so does
	 *  a filter on it. Not free: it reads the attendance of all meetings. */
	bool attendance;
	/** Of the history: after which operation others' are new; NULL: after the mark kept. */
	const struct seen_mark *seen;
	/** Of the history: not what is undone nor the posts, which are not free either, for a row
	 *  that is read at every moment. */
	bool is_brief;
};

/**
 * Gets each row as the struct of its kind (model/records.h) with its derived
 * fields computed; its text is valid during the call only. Returns false to stop. It
 * may read the store, and writes nothing to it; while it runs nobody can commit.
 */
typedef bool list_visitor(void *context, const void *row);

/** Calls `visit` for each row; a kind ignores the restrictions that cannot apply to it. */
enum rc store_list(struct store *store, enum record_kind_id kind, const struct list_query *query,
		   list_visitor *visit, void *context, struct error *err) ATTR_NODISCARD;

/**
 * The key of the record people call `code`: "C5" or "paga1/C5" when two plans
 * have one, "AM-2023-05", "AM-2023-05/8.a" (agenda), "AM-2023-05/3#2"
 * (resolution) or "R-2023-05-03", "S-2023-014", an acronym, a plan code, a
 * number of the history. RC_NOT_FOUND, or RC_INVALID naming the choices when
 * it is ambiguous.
 */
enum rc store_find(struct store *store, enum record_kind_id kind, const char *code, int64_t *key,
		   struct error *err) ATTR_NODISCARD;

#endif
