/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/closing_view.h"

#include "nucleo/base/i18n.h"

enum { REMARK_SIGN, REMARK_WHERE, REMARK_TEXT, REMARK_COLUMNS };

static const struct table_column remark_columns[REMARK_COLUMNS] = {
	[REMARK_SIGN] = {.title = "", .min = 1},
	[REMARK_WHERE] = {.title = N_("Dónde"), .min = 10, .max = 14, .weight = 1},
	[REMARK_TEXT] = {.title = N_("Qué falta"), .min = 14, .weight = 30},
};

enum { ACTION_MARK, ACTION_WHAT, ACTION_WHO, ACTION_DUE, ACTION_COMMITMENT, ACTION_COLUMNS };

static const struct table_column action_columns[ACTION_COLUMNS] = {
	[ACTION_MARK] = {.title = "", .min = 1},
	[ACTION_WHAT] = {.title = N_("Acción propuesta"), .brief = N_("Acción"), .min = 10,
			 .weight = 30},
	[ACTION_WHO] = {.title = N_("Responsable"), .brief = N_("Resp."), .min = 8, .max = 20,
			.weight = 10},
	[ACTION_DUE] = {.title = N_("Vence"), .min = 10},
	[ACTION_COMMITMENT] = {.title = N_("C"), .min = 3, .max = 9, .drop = 6},
};

/* Both lists are short and in memory: the rows behind (or before) the one a query names. */
struct rows {
	size_t count;
	const struct table_query *query;
	int64_t (*key_at)(const struct closing_view *page, size_t i);
	void (*add)(const struct closing_view *page, size_t i, struct table_rows *out);
};

static void fetch_rows(const struct closing_view *page, const struct rows *rows,
		       struct table_rows *out)
{
	const struct table_query *query = rows->query;
	int64_t count = (int64_t)rows->count, at = query->backwards ? count : -1;
	for (int64_t i = 0; query->sort && i < count; i++)
		if (rows->key_at(page, (size_t)i) == query->key)
			at = i;
	for (size_t n = 0; n < query->limit; n++) {
		at += query->backwards ? -1 : 1;
		if (at < 0 || at >= count)
			break;
		rows->add(page, (size_t)at, out);
	}
}

/* ---- what is missing */

static int64_t remark_key(const struct closing_view *page, size_t i)
{
	(void)page;
	return (int64_t)i + 1;
}

static void add_remark(const struct closing_view *page, size_t i, struct table_rows *out)
{
	const struct closing_remark *remark = &page->report.remarks.items[i];
	struct table_row *row = table_rows_add(out, remark_key(page, i), "");
	struct strbuf note;
	strbuf_init(&note);
	table_row_text(row, REMARK_SIGN, remark->is_hint ? ROLE_DIM : ROLE_WARNING,
		       remark->is_hint ? "·" : "!");
	table_row_text(row, REMARK_WHERE, ROLE_TITLE,
		       *remark->where ? remark->where : _("la reunión"));
	table_row_text(row, REMARK_TEXT, ROLE_TEXT, remark->text);
	strbuf_addf(&note, "%s · %s", remark->text, remark->mend);
	table_row_note(row, note.data);
	strbuf_release(&note);
}

static enum rc fetch_remarks(void *context, const struct table_query *query,
			     struct table_rows *out, struct error *err)
{
	const struct closing_view *page = context;
	(void)err;
	fetch_rows(page,
		   &(struct rows){page->report.remarks.count, query, remark_key, add_remark}, out);
	return RC_OK;
}

/* ---- what was proposed */

static int64_t action_key(const struct closing_view *page, size_t i)
{
	const struct followup *followup = record_set_at(&page->followups, i);
	return followup->key;
}

static const char *mark_of(enum closing_verdict verdict)
{
	switch (verdict) {
	case CLOSING_CONFIRM:
		return "✓";
	case CLOSING_DROP:
		return "✗";
	default:
		return "·";
	}
}

static void add_due(const struct followup *followup, struct table_row *row)
{
	struct strbuf due;
	strbuf_init(&due);
	date_add_local(&due, followup->due);
	table_row_text(row, ACTION_DUE, due.length ? ROLE_TEXT : ROLE_WARNING,
		       due.length ? due.data : _("sin fecha"));
	strbuf_release(&due);
}

static void add_who(const struct followup *followup, struct table_row *row)
{
	struct strbuf who;
	strbuf_init(&who);
	record_list_add(&who, followup->responsible, ", ");
	table_row_text(row, ACTION_WHO, who.length ? ROLE_TEXT : ROLE_WARNING,
		       who.length ? who.data : _("¿quién?"));
	strbuf_release(&who);
}

static void add_action_note(const struct followup *followup, struct table_row *row)
{
	struct strbuf note;
	strbuf_init(&note);
	strbuf_addf(&note, "%s · %s", followup->id, followup->description);
	if (followup->due_text)
		strbuf_addf(&note, " · «%s»", followup->due_text);
	table_row_note(row, note.data);
	strbuf_release(&note);
}

static void add_action(const struct closing_view *page, size_t i, struct table_rows *out)
{
	const struct followup *followup = record_set_at(&page->followups, i);
	enum closing_verdict verdict = closing_view_verdict(page, followup);
	struct table_row *row = table_rows_add(out, followup->key, followup->sort);
	row->sign = news_is_marked(&page->session->news, followup->key) ? NEWS_SIGN : NULL;
	row->sign_role = ROLE_NOTICE;
	table_row_text(row, ACTION_MARK, verdict == CLOSING_CONFIRM ? ROLE_GOOD : ROLE_DIM,
		       mark_of(verdict));
	table_row_text(row, ACTION_WHAT, verdict == CLOSING_DROP ? ROLE_DIM : ROLE_TEXT,
		       followup->description);
	add_who(followup, row);
	add_due(followup, row);
	table_row_text(row, ACTION_COMMITMENT, ROLE_TEXT, followup->commitment);
	add_action_note(followup, row);
}

static enum rc fetch_actions(void *context, const struct table_query *query,
			     struct table_rows *out, struct error *err)
{
	const struct closing_view *page = context;
	(void)err;
	fetch_rows(page, &(struct rows){page->followups.count, query, action_key, add_action}, out);
	return RC_OK;
}

void closing_rows_init(struct closing_view *page)
{
	table_init(&page->remarks, remark_columns, REMARK_COLUMNS,
		   (struct table_source){.context = page, .fetch = fetch_remarks});
	table_init(&page->actions, action_columns, ACTION_COLUMNS,
		   (struct table_source){.context = page, .fetch = fetch_actions});
	page->remarks.empty = _("No falta nada: F2 cierra la reunión.");
	page->actions.empty = _("No queda ninguna acción propuesta por confirmar.");
	page->remarks.note_rows = 2;
	page->actions.note_rows = 2;
}
