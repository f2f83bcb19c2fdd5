/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_LIST_VIEW_H
#define NUCLEO_VIEWS_LIST_VIEW_H

#include "nucleo/store/list.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/session.h"

/**
 * A screen that lists one kind of record: table, filter and opening are
 * written once here; a screen says what its columns are and what a row shows.
 */
struct list_spec {
	enum record_kind_id kind;
	enum context context; /**< whose keys work; 0: those of any list */
	const char *name;
	const char *title; /**< msgid */
	const struct table_column *columns;
	size_t column_count;
	/** By column, the JSON key of the field it shows, for the sign of the order; NULL: none. */
	const char *const *fields;
	/** Sets the cells of a row from the struct of its kind. */
	void (*fill)(const void *record, struct table_row *row);
	/** The page of a record. */
	struct view *(*open)(struct session *session, int64_t key);
	/** Does what only this list knows, with the selected record, 0: none; may be NULL. */
	unsigned (*op)(struct session *session, struct ui *ui, enum op op, int64_t key);
	/** Reads what the sentence says, `summary` being `summary_size` bytes; may be NULL. */
	enum rc (*summarize)(struct session *session, void *summary, struct error *err);
	/** Appends the line that matters. */
	void (*sentence)(const void *summary, struct strbuf *out);
	size_t summary_size;
	int note_rows;     /**< lines below the rows for the selected row's note; 0: none */
	const char *empty; /**< msgid: what would be here, and how the first one is made */
};

/** A view of the list; `spec` is borrowed. */
struct view *list_view_new(struct session *session, const struct list_spec *spec);
/** The same with a filter on, which must mean something. */
struct view *list_view_filtered(struct session *session, const struct list_spec *spec,
				const char *filter);

#endif
