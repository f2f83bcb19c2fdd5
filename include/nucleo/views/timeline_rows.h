/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_TIMELINE_ROWS_H
#define NUCLEO_VIEWS_TIMELINE_ROWS_H

#include "nucleo/store/list.h"
#include "nucleo/ui/table.h"

/**
 * The rows of a timeline: each commitment of a plan, and below it its
 * milestones. Two lists are walked as one, so that any number of them is still
 * a window. The key of a commitment's row is its own, that of a milestone's the
 * negative of its own.
 */
struct timeline_rows {
	struct store *store;
	int64_t plan;
	void *context; /**< for the two functions below, which fill a row */
	void (*fill_commitment)(void *context, const struct commitment *commitment,
				struct table_row *row);
	void (*fill_milestone)(void *context, const struct milestone *milestone,
			       struct table_row *row);
};

/** For a struct table_source whose context is a struct timeline_rows. */
enum rc timeline_rows_fetch(void *rows, const struct table_query *query, struct table_rows *out,
			    struct error *err);
enum rc timeline_rows_locate(void *rows, int64_t key, struct strbuf *sort, struct error *err);
/** The key of the commitment a row belongs to. */
int64_t timeline_row_commitment(const struct table_row *row);

#endif
