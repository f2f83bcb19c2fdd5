/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/health.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/health_page.h"

/* How the database is: this machine is looked at piece by piece between keys, the drive by the
 * worker; what is found appears as it comes. */

enum { COLUMN_GROUP, COLUMN_SIGN, COLUMN_STATUS, COLUMN_CHECK, COLUMN_VALUE, COLUMN_COUNT };
enum { NOTE_ROWS = 5 };

struct health_view {
	struct view view;
	struct session *session;
	struct store_health *looking; /* NULL: this machine has been looked at */
	health_findings here;
	struct table table;
	bool is_drive_done, is_mending;
	bool has_moved; /* the selection is the person's */
};

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_GROUP] = {.title = "", .min = 13, .drop = 3},
	[COLUMN_SIGN] = {.title = "", .min = 1},
	[COLUMN_STATUS] = {.title = N_("Estado"), .min = 10, .drop = 2},
	[COLUMN_CHECK] = {.title = N_("Qué"), .min = 12, .max = 20, .weight = 20},
	[COLUMN_VALUE] = {.title = N_("Cómo está"), .min = 18, .weight = 20},
};

/* ---- looking */

static void begin(struct health_view *page)
{
	store_health_free(page->looking);
	page->looking = store_health_new(session_store(page->session), false);
	page->view.busy = true;
	page->has_moved = false;
	page->is_drive_done = !page->session->workplace.share;
	health_findings_release(&page->here);
	if (page->session->workplace.share)
		share_check(page->session->workplace.share, false);
}

static const struct health_finding *found(const struct health_view *page, enum health_check check)
{
	struct share *share = page->session->workplace.share;
	bool is_done;
	const struct health_finding *finding = health_find(&page->here, check);
	return finding || !share ? finding : health_find(share_findings(share, &is_done), check);
}

/* A copy made anew is another one: all is looked at again. */
static void follow_mending(struct health_view *page)
{
	struct share *share = page->session->workplace.share;
	if (!page->is_mending || !share || share_is_repairing(share))
		return;
	page->is_mending = false;
	begin(page);
}

/* ---- the rows */

static enum role role_of(enum health_status status)
{
	static const enum role roles[HEALTH_STATUSES] = {
		[HEALTH_OK] = ROLE_GOOD,
		[HEALTH_NOTICE] = ROLE_WARNING,
		[HEALTH_UNKNOWN] = ROLE_WARNING,
		[HEALTH_PROBLEM] = ROLE_BAD,
	};
	return roles[status];
}

/* The name of a group stands at its first row. */
static bool is_first_of_group(const struct health_view *page, enum health_check check)
{
	for (int i = 0; i < (int)check; i++)
		if (health_check_group((enum health_check)i) == health_check_group(check) &&
		    found(page, (enum health_check)i))
			return false;
	return true;
}

static void add_row(const struct health_view *page, const struct health_finding *finding,
		    struct table_rows *out)
{
	char sort[8];
	snprintf(sort, sizeof(sort), "%02d", (int)finding->check);
	struct table_row *row = table_rows_add(out, finding->check + 1, sort);
	enum role role = role_of(finding->status);
	if (is_first_of_group(page, finding->check))
		table_row_text(row, COLUMN_GROUP, ROLE_HEADING,
			       _(health_group_label(health_check_group(finding->check))));
	table_row_text(row, COLUMN_SIGN, role, health_status_sign(finding->status));
	table_row_text(row, COLUMN_STATUS, role, _(health_status_label(finding->status)));
	table_row_text(row, COLUMN_CHECK, ROLE_TEXT, _(health_check_label(finding->check)));
	table_row_text(row, COLUMN_VALUE, ROLE_TEXT, finding->value);
	table_row_note(row, finding->advice ? finding->advice : finding->value);
}

static enum rc fetch(void *context, const struct table_query *query, struct table_rows *out,
		     struct error *err)
{
	const struct health_view *page = context;
	int step = query->backwards ? -1 : 1;
	int at = query->backwards ? HEALTH_CHECKS - 1 : 0;
	(void)err;
	if (query->sort)
		at = (int)query->key - 1 + step;
	for (size_t count = 0; at >= 0 && at < HEALTH_CHECKS && count < query->limit; at += step) {
		const struct health_finding *finding = found(page, (enum health_check)at);
		if (!finding)
			continue;
		add_row(page, finding, out);
		count++;
	}
	return RC_OK;
}

static enum rc locate(void *context, int64_t key, struct strbuf *sort, struct error *err)
{
	if (!found(context, (enum health_check)(key - 1)))
		return error_set(err, RC_NOT_FOUND, "%lld", (long long)key);
	strbuf_addf(sort, "%02d", (int)(key - 1));
	return RC_OK;
}

/* Rows come in any order: until the person moves, the first problem is what she came for. */
static enum rc show_rows(struct health_view *page, struct error *err)
{
	if (page->has_moved)
		return table_load(&page->table, err);
	enum rc rc = table_load_first(&page->table, err);
	for (int i = 0; i < HEALTH_CHECKS && rc == RC_OK; i++) {
		const struct health_finding *finding = found(page, (enum health_check)i);
		if (finding && finding->status == HEALTH_PROBLEM)
			return table_select(&page->table, i + 1, err);
	}
	return rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct health_view *page = (struct health_view *)view;
	(void)ui;
	follow_mending(page);
	if (page->session->workplace.share)
		(void)share_findings(page->session->workplace.share, &page->is_drive_done);
	return show_rows(page, err);
}

static unsigned work(struct view *view, struct ui *ui)
{
	struct health_view *page = (struct health_view *)view;
	(void)ui;
	if (page->looking && store_health_step(page->looking, &page->here))
		return UI_NOTHING;
	store_health_free(page->looking);
	page->looking = NULL;
	view->busy = false;
	return UI_RELOAD;
}

/* ---- what is drawn */

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Salud de la base"));
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct health_view *page = (const struct health_view *)view;
	size_t counts[HEALTH_STATUSES] = {0};
	for (int i = 0; i < HEALTH_CHECKS; i++) {
		const struct health_finding *finding = found(page, (enum health_check)i);
		if (finding)
			counts[finding->status]++;
	}
	if (counts[HEALTH_PROBLEM])
		strbuf_addf(out,
			    ngettext("%zu problema · ", "%zu problemas · ", counts[HEALTH_PROBLEM]),
			    counts[HEALTH_PROBLEM]);
	if (counts[HEALTH_NOTICE])
		strbuf_addf(out, ngettext("%zu aviso · ", "%zu avisos · ", counts[HEALTH_NOTICE]),
			    counts[HEALTH_NOTICE]);
	if (counts[HEALTH_UNKNOWN])
		strbuf_addf(out, _("%zu sin saber · "), counts[HEALTH_UNKNOWN]);
	strbuf_addf(out, _("%zu bien"), counts[HEALTH_OK]);
	if (page->looking)
		strbuf_adds(out, _(" · mirando esta máquina…"));
	if (!page->is_drive_done)
		strbuf_adds(out, _(" · mirando el disco…"));
}

static void draw(struct view *view, struct region body)
{
	table_draw(&((struct health_view *)view)->table, body, true);
}

/* ---- keys */

void health_view_mend(struct view *view, struct ui *ui, enum health_check check)
{
	struct health_view *page = (struct health_view *)view;
	struct share *share = page->session->workplace.share;
	if (check == HEALTH_DRAFTS) {
		if (store_set_drafts_aside(session_store(page->session)))
			ui_say(ui, ROLE_NOTICE, "%s",
			       _("Los borradores dañados quedaron apartados con otro nombre."));
		begin(page);
		return;
	}
	page->is_mending = true;
	(void)share_repair(share, 0, NULL);
	ui_say(ui, ROLE_NOTICE, "%s", _("Se está haciendo de nuevo la copia de esta máquina."));
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct health_view *page = (struct health_view *)view;
	const struct table_row *row = table_selected(&page->table);
	if (table_op(&page->table, op)) {
		page->has_moved = true;
		return UI_REDRAW;
	}
	if (op == OP_HEALTH) {
		begin(page);
		return UI_RELOAD;
	}
	if (op != OP_OPEN || !row)
		return UI_PASS;
	const struct health_finding *finding = found(page, (enum health_check)(row->key - 1));
	return finding ? ui_open(ui, health_page_new(view, page->session, finding)) : UI_NOTHING;
}

static bool point(struct view *view, int row, int column)
{
	struct health_view *page = (struct health_view *)view;
	page->has_moved = true;
	return table_point(&page->table, row, column);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct health_view *page = (const struct health_view *)view;
	const struct table_row *row = table_selected(&page->table);
	if (!row || (kind != COPY_ROW && kind != COPY_TEXT))
		return false;
	if (kind == COPY_ROW)
		return table_copy(&page->table, out);
	strbuf_adds(out, row->note ? row->note : "");
	return true;
}

static void close_view(struct view *view)
{
	struct health_view *page = (struct health_view *)view;
	store_health_free(page->looking);
	health_findings_release(&page->here);
	table_release(&page->table);
	free(page);
}

static const struct view_class health_class = {
	.name = "health",
	.context = CONTEXT_DETAIL,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.work = work,
	.close = close_view,
};

struct view *health_view_new(struct session *session)
{
	struct health_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &health_class;
	page->session = session;
	table_init(&page->table, columns, COLUMN_COUNT,
		   (struct table_source){.context = page, .fetch = fetch, .locate = locate});
	page->table.note_rows = NOTE_ROWS;
	begin(page);
	return &page->view;
}
