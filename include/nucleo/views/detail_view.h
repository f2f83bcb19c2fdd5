/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_DETAIL_VIEW_H
#define NUCLEO_VIEWS_DETAIL_VIEW_H

#include "nucleo/store/list.h"
#include "nucleo/ui/pager.h"
#include "nucleo/views/open_record.h"
#include "nucleo/views/session.h"

/**
 * The page of one record: fields, sections of related records and links to
 * their pages. A kind says what it shows; scrolling, links and a record that
 * is gone meanwhile are handled once here.
 */

/** A page while it is being filled. */
struct detail {
	struct session *session;
	struct pager *pager;
	VECTOR(struct record_target) targets;
};

struct detail_spec {
	enum record_kind_id kind;
	enum context context; /**< whose keys work; 0: those of any page */
	const char *name;
	/** Appends the step of the path. */
	void (*title)(const void *record, struct strbuf *out);
	/** Appends the line that matters. */
	void (*sentence)(const void *record, struct strbuf *out);
	/** Fills the page. */
	enum rc (*show)(struct detail *detail, const void *record, struct error *err);
	/** Does what only this page knows; may be NULL. */
	unsigned (*op)(struct session *session, struct ui *ui, enum op op, int64_t key);
};

/** A view of the record; `spec` is borrowed. */
struct view *detail_view_new(struct session *session, const struct detail_spec *spec, int64_t key);

/** The key of the record a view made by it shows. */
int64_t detail_view_key(const struct view *view);

/** Appends a line that Enter opens; `part` is the agenda item of a meeting, 0: none. */
void detail_link(struct detail *detail, enum record_kind_id kind, int64_t key, int64_t part,
		 const char *text);
/** Related records of one kind under a heading. */
struct detail_section {
	const char *heading; /**< msgid */
	enum record_kind_id kind;
	list_visitor *show; /**< appends one of them; its context is the struct detail */
};

/** Appends each section with the records of `query`; one without any says so. */
enum rc detail_sections(struct detail *detail, const struct detail_section *sections, size_t count,
			const struct list_query *query, struct error *err) ATTR_NODISCARD;
/** Shows a follow-up as a line that leads to its page. */
list_visitor detail_show_followup;
/** Opens the page the selected link leads to; UI_PASS where there is none. */
unsigned detail_open_link(struct detail *detail, struct ui *ui);

#endif
