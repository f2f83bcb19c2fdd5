/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/touched.h"
#include "nucleo/views/list_view.h"
#include "nucleo/views/undoing.h"

enum { COLUMN_SIGN, COLUMN_WHEN, COLUMN_BY, COLUMN_WORDS, COLUMN_NUMBER, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_SIGN] = {.title = "", .min = 1},
	[COLUMN_WHEN] = {.title = N_("Cuándo"), .min = 10, .max = 16, .weight = 30},
	[COLUMN_BY] = {.title = N_("Quién"), .brief = N_("Por"), .min = 5, .max = 12, .weight = 8},
	[COLUMN_WORDS] = {.title = N_("Qué"), .min = 18, .weight = 30},
	[COLUMN_NUMBER] = {.title = N_("Núm."), .min = 6, .drop = 3, .align = ALIGN_RIGHT},
};

/* The first of what there is to say. */
static const char *sign_of(const struct history *operation)
{
	const char *sign = enum_sign(&operation_state_names, operation->state);
	if (*sign)
		return sign;
	return operation->is_undone ? "↶" : operation->is_new ? "*" : "";
}

static enum role role_of(const struct history *operation)
{
	switch (operation->state) {
	case OPERATION_PARKED:
		return ROLE_BAD;
	case OPERATION_REFUSED:
		return ROLE_DIM;
	default:
		if (operation->is_undone)
			return ROLE_DIM;
		return operation->is_new ? ROLE_TITLE : ROLE_TEXT;
	}
}

/* The day alone where the hour has no room. */
static void fill_when(const struct history *operation, struct table_row *row)
{
	struct strbuf when;
	strbuf_init(&when);
	clock_add_local(&when, operation->at);
	table_row_text(row, COLUMN_WHEN, ROLE_DIM, when.data);
	strbuf_truncate(&when, 10);
	table_row_brief(row, COLUMN_WHEN, when.data);
	strbuf_release(&when);
}

static void add_undone(struct strbuf *out, const struct history *operation)
{
	if (operation->undone_by)
		strbuf_addf(out, _("↶ deshecho por el cambio %lld"),
			    (long long)operation->undone_by);
	else
		strbuf_adds(out, _("↶ deshecho por un cambio en cola"));
	strbuf_adds(out, " · ");
}

/* All of the words, and why it has no effect where it has none. */
static void fill_note(const struct history *operation, struct table_row *row)
{
	struct strbuf note;
	strbuf_init(&note);
	if (operation->state != OPERATION_PUBLISHED)
		strbuf_addf(&note, "%s · ", enum_label(&operation_state_names, operation->state));
	if (operation->is_undone)
		add_undone(&note, operation);
	strbuf_adds(&note, operation->words);
	if (operation->refused || operation->parked)
		strbuf_addf(&note, " · %s",
			    operation->refused ? operation->refused : operation->parked);
	table_row_note(row, note.data);
	strbuf_release(&note);
}

static void fill(const void *record, struct table_row *row)
{
	const struct history *operation = record;
	enum role role = role_of(operation);
	struct strbuf number;
	strbuf_init(&number);
	if (operation->number)
		strbuf_addf(&number, "%lld", (long long)operation->number);
	table_row_text(row, COLUMN_SIGN, role, sign_of(operation));
	fill_when(operation, row);
	table_row_text(row, COLUMN_BY, role, operation->by);
	table_row_text(row, COLUMN_WORDS, role, operation->words);
	table_row_text(row, COLUMN_NUMBER, ROLE_DIM, number.data);
	fill_note(operation, row);
	strbuf_release(&number);
}

/* ---- what is new, and what waits */

struct summary {
	int64_t news;
	struct pending_counts queue;
	struct seen_mark seen;
};

/* Whoever looks at the history has seen it; what was new stays marked until the program ends. Where
 * that cannot be kept, it is told once more. */
static void keep_seen(struct session *session)
{
	struct error ignored;
	int64_t version;
	struct store *store = session_store(session);
	if (store_version(store, &version, &ignored) != RC_OK || version == session->seen_version)
		return;
	if (seen_move(store, &ignored) == RC_OK)
		session->seen_version = version;
}

static enum rc summarize(struct session *session, void *context, struct error *err)
{
	struct summary *summary = context;
	struct store *store = session_store(session);
	*summary = (struct summary){0};
	enum rc rc = session_find_seen(session, err);
	summary->seen = session->seen;
	if (rc == RC_OK)
		rc = seen_count(store, &session->seen, &summary->news, err);
	if (rc == RC_OK && session->workplace.share)
		rc = pending_count(store, &summary->queue, err);
	if (rc == RC_OK)
		keep_seen(session);
	return rc;
}

static void add_part(struct strbuf *out, const char *format, int64_t count)
{
	strbuf_addf(out, format, (long long)count);
	strbuf_adds(out, " · ");
}

static void sentence(const void *context, struct strbuf *out)
{
	const struct summary *summary = context;
	if (summary->queue.parked)
		add_part(out,
			 ngettext("! %lld espera su decisión", "! %lld esperan su decisión",
				  (unsigned long)summary->queue.parked),
			 summary->queue.parked);
	if (summary->queue.waiting)
		add_part(out, _("⇡ %lld en cola"), summary->queue.waiting);
	if (summary->news) {
		strbuf_addf(out,
			    ngettext("* %lld cambio de otros desde ",
				     "* %lld cambios de otros desde ",
				     (unsigned long)summary->news),
			    (long long)summary->news);
		clock_add_local(out, summary->seen.at);
		strbuf_adds(out, " · ");
	}
	strbuf_adds(out, _("lo último primero · u deshace lo seleccionado"));
}

/* ---- the list */

static unsigned history_op(struct session *session, struct ui *ui, enum op op, int64_t key)
{
	if (op == OP_TRASH)
		return ui_open(ui, trash_view_new(session));
	return undoing_op(session, ui, op, key);
}

static const char *const fields[COLUMN_COUNT] = {
	[COLUMN_SIGN] = "state",  [COLUMN_WHEN] = "at",	      [COLUMN_BY] = "by",
	[COLUMN_WORDS] = "words", [COLUMN_NUMBER] = "number",
};

static const struct list_spec spec = {
	.kind = RECORD_HISTORY,
	.context = CONTEXT_HISTORY,
	.name = "history",
	.title = N_("Historial"),
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.fields = fields,
	.fill = fill,
	.open = operation_view_new,
	.op = history_op,
	.summarize = summarize,
	.sentence = sentence,
	.summary_size = sizeof(struct summary),
	.note_rows = 2,
	.empty = N_("Aquí queda cada cambio: quién, cuándo y qué. Todavía no hay ninguno."),
};

struct view *history_view_new(void *context)
{
	return list_view_new(context, &spec);
}

struct view *versions_view_new(struct session *session, enum record_kind_id kind, int64_t key)
{
	struct strbuf filter, code;
	struct error ignored; /* the list itself says what cannot be read */
	strbuf_init(&filter);
	strbuf_init(&code);
	if (touched_code(session_store(session), kind, key, &code, &ignored) != RC_OK)
		strbuf_addf(&code, "%lld", (long long)key);
	strbuf_addf(&filter, strpbrk(code.data, " ,") ? "%s:\"%s\"" : "%s:%s", _("registro"),
		    code.data);
	struct view *view = list_view_filtered(session, &spec, filter.data);
	strbuf_release(&code);
	strbuf_release(&filter);
	return view;
}
