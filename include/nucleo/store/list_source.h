/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_LIST_SOURCE_H
#define NUCLEO_STORE_LIST_SOURCE_H

#include <stdbool.h>

#include "nucleo/model/record.h"
#include "nucleo/store/list.h"

/**
 * Private to src/store: where the rows of a kind come from. A list is one or
 * more segments, each in the order of an index, one after the other; a page is
 * read segment by segment from the place it begins at. The statement of a
 * segment is put together from these pieces, so that it has only the
 * conditions it needs and SQLite can choose an index for them.
 */
#define LIST_SEGMENTS 3

/** What the number of a place in the queue lies above its key in the history: those keys are
 *  negative, and none is that of another row. */
#define HISTORY_QUEUE 1099511627776
#define TEXT_OF(number) TEXT_OF_(number)
#define TEXT_OF_(number) #number

struct list_segment {
	/** Tables of its own, where it does not share those of the kind: it stays apart, before or
	 *  after the others, in whatever order a filter asks for. NULL: it does. */
	const char *from;
	const char *where; /**< which rows are in it; NULL: all */
	const char *sort;  /**< expression of its order; NULL: by key alone */
	/** Query of one value: whether it can have rows at all, where finding that there are none
	 *  would mean looking at all; NULL: yes. */
	const char *only_if;
	bool descending;   /**< both sort and key */
	/** No two rows have one sort: an index on such an expression is only sought by it alone. */
	bool is_unique;
	/**
	 * What `sort` begins with, where that has an index and `sort` has none, for it is made of
	 * several tables: rows are walked in this order, and sorted only among those alike in it.
	 * `lead_of` is the same part of :sort. NULL: none.
	 */
	const char *lead, *lead_of;
};

enum list_restriction {
	LIST_BY_KEY,
	LIST_BY_PLAN,
	LIST_BY_COMMITMENT,
	LIST_BY_MEETING,
	LIST_BY_AGENDA_ITEM,
	LIST_BY_ORGANIZATION,
	LIST_RESTRICTION_COUNT
};

/** A field computed by the kind's derive(), as an expression on the row `r`. */
struct list_derived {
	const char *field, *sql;
};
#define LIST_DERIVED_MAX 8
#define LIST_RELATED_MAX 5

struct list_source {
	const char *columns; /**< named as the fields of the kind, without key and sort */
	const char *from;
	const char *key;   /**< expression of the record's key */
	const char *words; /**< what a filter of words looks at, separated by commas */
	/** Conditions that related records have the word "@": asked of those once, instead of
	 *  bringing their texts to every row. NULL: none. */
	const char *related_words[LIST_RELATED_MAX];
	/** The place in the history an operation is at, where the rows are operations: what is
	 *  asked of them about records is which of these touched them. NULL: they are not. */
	const char *operation;
	const char *day;    /**< the date the list is about; NULL: none */
	const char *sector; /**< query of the column `sector`: of the institutions concerned */
	struct list_derived derived[LIST_DERIVED_MAX];
	struct list_segment segments[LIST_SEGMENTS];
	int segment_count;
	/** Conditions on :key, :plan, :commitment and so on; NULL: ignored. */
	const char *restrictions[LIST_RESTRICTION_COUNT];
};

extern const struct list_source list_sources[RECORD_KIND_COUNT];


#endif
