/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/conflict.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/sala_parts.h"

/* The room of a meeting while it lasts: its parts together. */

/* From so many columns agenda and record stand side by side; from so many rows there is room for
 * who is there, and for a line between the parts. */
enum { BESIDE_COLUMNS = 72, PRESENCE_ROWS = 8, RULE_ROWS = 12 };

const struct meeting *sala_meeting(const struct sala *page)
{
	return page->meeting.count ? record_set_at(&page->meeting, 0) : NULL;
}

const struct agenda_item *sala_item(const struct sala *page, int64_t key)
{
	for (size_t i = 0; key && i < page->items.count; i++) {
		const struct agenda_item *item = record_set_at(&page->items, i);
		if (item->key == key)
			return item;
	}
	return NULL;
}

unsigned sala_say(struct ui *ui, const struct error *err)
{
	ui_say(ui, ROLE_ERROR, "%s", err->text);
	return UI_REDRAW;
}

void sala_go(struct sala *page, enum sala_part part)
{
	page->part = part == SALA_LINE && !page->is_open ? SALA_AGENDA : part;
}

/* ---- writing */

/* Both changed the same: what she wrote waits, safe, and is decided on a page of its own. Where
 * nothing can wait the message of the commit says what others did. */
static enum rc keep_both(struct sala *page, struct ui *ui, struct operation *operation,
			 unsigned *done)
{
	struct error err;
	char *op = NULL;
	enum rc rc = conflict_keep(operation, session_store(page->session), &op, &err);
	if (rc != RC_OK) {
		*done = (rc == RC_REFUSED ? UI_REDRAW : sala_say(ui, &err)) | UI_RELOAD;
		return rc;
	}
	ui_mark_stale(ui);
	*done = UI_RELOAD;
	if (!op) /* it did apply the second time */
		return RC_OK;
	page->session->parked++; /* she is told right now */
	ui_say(ui, ROLE_WARNING, "%s",
	       _("Otra persona cambió lo mismo; lo suyo queda guardado aquí hasta que decida."));
	*done = ui_open(ui, conflict_view_new(page->session, op));
	free(op);
	return RC_CONFLICT;
}

enum rc sala_commit(struct sala *page, struct ui *ui, struct operation *operation, unsigned *done)
{
	struct error err;
	enum rc rc = operation_commit(operation, session_store(page->session), NULL, &err);
	*done = UI_RELOAD;
	if (rc == RC_OK) {
		ui_mark_stale(ui);
		return RC_OK;
	}
	*done = sala_say(ui, &err);
	return rc == RC_CONFLICT ? keep_both(page, ui, operation, done) : rc;
}

/* ---- drawing */

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Sala"));
}

static void place(const struct view *view, struct strbuf *out)
{
	const struct meeting *meeting = sala_meeting((const struct sala *)view);
	if (meeting)
		strbuf_addf(out, " %s", meeting->number);
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct sala *page = (const struct sala *)view;
	if (sala_meeting(page))
		sala_add_clock(page, out);
}

static void draw_nothing(struct region body)
{
	region_paragraph(region_part(body, 0, 1, body.rows, body.columns - 2), ROLE_DIM,
			 _("Aquí se anota una reunión mientras dura: el orden del día con su "
			   "reloj, lo que se dice y la línea en que se escribe. No hay ninguna "
			   "convocada ni en sesión; 2 lleva a las reuniones, y allí n agrega "
			   "una."));
	region_cursor(body, 0, 0);
}

/* What waits for the drive, as long as it does: it is safe here, and nobody else has it. */
static int draw_waiting(const struct sala *page, struct region row)
{
	struct share_status status;
	struct strbuf text;
	if (!page->session->workplace.share)
		return 0;
	share_status(page->session->workplace.share, &status);
	if (!status.waiting || status.condition == SHARE_FINE)
		return 0;
	strbuf_init(&text);
	strbuf_addf(&text,
		    ngettext("⇡ sin disco: %lld cambio espera aquí, guardado, desde ",
			     "⇡ sin disco: %lld cambios esperan aquí, guardados, desde ",
			     (unsigned long)status.waiting),
		    (long long)status.waiting);
	clock_add_local(&text, status.since);
	region_label(region_rest(row, 0, 1), ALIGN_LEFT, ROLE_WARNING, text.data);
	strbuf_release(&text);
	return 1;
}

/* Where it is narrow, that too few are there comes before how many of each sector. */
static void drop_sectors(struct strbuf *text, int columns)
{
	const char *from = strstr(text->data, " ("), *to = from ? strchr(from, ')') : NULL;
	if (!to || utf8_width(text->data) <= columns)
		return;
	char *rest = mem_strdup(to + 1);
	strbuf_truncate(text, (size_t)(from - text->data));
	strbuf_adds(text, rest);
	free(rest);
}

/* Who is there; in a low window only that too few are. */
static int draw_presence(const struct sala *page, struct region row, int rows)
{
	struct strbuf text;
	bool is_shown = page->is_quorum_lost || rows >= PRESENCE_ROWS;
	if (!is_shown || (!page->quorum.length && !page->others.length))
		return 0;
	strbuf_init(&text);
	if (page->is_quorum_lost)
		strbuf_adds(&text, "⚑ ");
	strbuf_adds(&text, page->quorum.data);
	if (page->others.length)
		strbuf_addf(&text, _("%stambién en la Sala: %s"), text.length ? " · " : "",
			    page->others.data);
	drop_sectors(&text, row.columns - 1);
	region_label(region_rest(row, 0, 1), ALIGN_LEFT,
		     page->is_quorum_lost ? ROLE_WARNING : ROLE_TEXT, text.data);
	strbuf_release(&text);
	return 1;
}

static void draw_panes(struct sala *page, struct region body)
{
	bool on_agenda = page->part == SALA_AGENDA;
	page->agenda.place = page->record.place = region_part(body, 0, 0, 0, 0);
	page->agenda.hide_header = body.rows < RULE_ROWS;
	if (body.columns < BESIDE_COLUMNS && on_agenda) {
		table_draw(&page->agenda, body, true);
	} else if (body.columns < BESIDE_COLUMNS) {
		sala_record_draw(page, body, page->part == SALA_RECORD);
	} else {
		int left = body.columns * 2 / 5;
		table_draw(&page->agenda, region_part(body, 0, 0, body.rows, left), on_agenda);
		region_rule_down(region_part(body, 0, left + 1, body.rows, 1), ROLE_RULE);
		sala_record_draw(page, region_rest(body, 0, left + 3),
				 page->part == SALA_RECORD);
	}
}

/* Where the line would be: why there is none, and what begins. */
static void draw_no_line(const struct sala *page, struct region row)
{
	struct strbuf text;
	const struct store *store = session_store(page->session);
	strbuf_init(&text);
	if (store_is_read_only(store) && !store_is_held(store)) {
		strbuf_adds(&text, _("Solo lectura: "));
		store_add_read_only_reason(store, &text);
	} else {
		strbuf_adds(&text, _("Todavía no comienza: F7 abre la sesión con el primer punto, "
				     "Enter con el seleccionado."));
	}
	region_paragraph(region_part(row, 0, 1, row.rows, row.columns - 2), ROLE_PROMPT,
			 text.data);
	strbuf_release(&text);
}

static void draw(struct view *view, struct region body)
{
	struct sala *page = (struct sala *)view;
	if (!sala_meeting(page)) {
		draw_nothing(body);
		return;
	}
	int rule = body.rows >= RULE_ROWS, line = body.rows - 2;
	int top = draw_waiting(page, region_row(body, 0));
	top += draw_presence(page, region_row(body, top), body.rows);
	struct region panes = region_part(body, top, 0, line - rule - top, body.columns);
	draw_panes(page, panes);
	region_rule_across(region_part(body, line - 1, 0, rule, body.columns), ROLE_RULE);
	if (page->is_open)
		sala_line_draw(page, region_rest(body, line, 0), panes, page->part == SALA_LINE);
	else
		draw_no_line(page, region_rest(body, line, 0));
}

/* ---- keys */

static enum context context_now(const struct view *view)
{
	static const enum context contexts[] = {
		[SALA_LINE] = CONTEXT_SALA,
		[SALA_RECORD] = CONTEXT_SALA_RECORD,
		[SALA_AGENDA] = CONTEXT_SALA_AGENDA,
	};
	const struct sala *page = (const struct sala *)view;
	return sala_meeting(page) ? contexts[page->part] : CONTEXT_BROWSE;
}

static unsigned change_part(struct sala *page, enum sala_part part)
{
	sala_go(page, part);
	if (page->part == SALA_LINE) {
		sala_record_select(page, 0);
		(void)!table_select(&page->agenda, page->current, NULL);
	}
	sala_record_show(page);
	return UI_REDRAW;
}

/* Around: the line, the agenda, the record. */
static unsigned step_part(struct sala *page, enum op op)
{
	static const enum sala_part next[] = {
		[SALA_LINE] = SALA_AGENDA, [SALA_AGENDA] = SALA_RECORD, [SALA_RECORD] = SALA_LINE};
	static const enum sala_part previous[] = {
		[SALA_LINE] = SALA_RECORD, [SALA_RECORD] = SALA_AGENDA, [SALA_AGENDA] = SALA_LINE};
	enum sala_part to = op == OP_PREVIOUS_PART ? previous[page->part] : next[page->part];
	if (to == SALA_LINE && !page->is_open)
		to = page->part == SALA_AGENDA ? SALA_RECORD : SALA_AGENDA;
	return change_part(page, to);
}

static unsigned leave_line(struct sala *page, struct ui *ui)
{
	if (page->line.prompt.text.length)
		return change_part(page, SALA_RECORD);
	ui_leave_screen(ui);
	return UI_REDRAW;
}

static unsigned part_op(struct sala *page, struct ui *ui, enum op op)
{
	if (page->part == SALA_LINE)
		return sala_line_op(page, ui, op);
	if (page->part == SALA_RECORD)
		return sala_entry_op(page, ui, op);
	unsigned done = sala_agenda_op(page, ui, op);
	if (done != UI_PASS)
		return done;
	const struct table_row *row = table_selected(&page->agenda);
	const struct editing_place place = {.kind = RECORD_AGENDA, .key = row ? row->key : 0};
	if (op == OP_VERSIONS && row && row->key)
		return ui_open(ui, versions_view_new(page->session, RECORD_AGENDA, row->key));
	return editing_op(page->session, ui, op, &place);
}

/* The key that made it, pressed again. */
static unsigned edit_followup(struct sala *page, struct ui *ui, int64_t followup)
{
	const struct editing_place place = {.kind = RECORD_FOLLOWUP, .key = followup};
	return editing_op(page->session, ui, OP_EDIT, &place);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct sala *page = (struct sala *)view;
	int64_t followup = page->made_followup;
	page->made_followup = 0;
	if (!sala_meeting(page))
		return UI_PASS;
	if (op == OP_TO_FOLLOWUP && followup)
		return edit_followup(page, ui, followup);
	unsigned done = part_op(page, ui, op);
	if (done != UI_PASS)
		return done;
	switch (op) {
	case OP_COMPLETE_LINE:
	case OP_NEXT_PART:
	case OP_PREVIOUS_PART:
		return step_part(page, op);
	case OP_TO_LINE:
		if (page->is_open)
			return change_part(page, SALA_LINE);
		ui_do(ui, OP_GO_BACK);
		return UI_NOTHING;
	case OP_LEAVE_LINE:
		return leave_line(page, ui);
	case OP_TAKE_ROLL:
		return ui_open(ui, roll_view_new(page->session, page->key));
	case OP_TREAT_NEXT:
		return sala_next_item(page, ui);
	case OP_TO_FOLLOWUP:
		return sala_to_followup(page, ui);
	default:
		return closing_op(page->session, ui, op, page->key);
	}
}

static unsigned type(struct view *view, struct ui *ui, const char *text)
{
	struct sala *page = (struct sala *)view;
	page->made_followup = 0;
	return sala_line_type(page, ui, text);
}

/* ---- the mouse, and what is copied */

static void focus(struct view *view, int row, int column)
{
	struct sala *page = (struct sala *)view;
	if (region_holds(page->agenda.place, row, column))
		sala_go(page, SALA_AGENDA);
	else if (region_holds(page->record.place, row, column))
		sala_go(page, SALA_RECORD);
	else if (region_holds(page->line.place, row, column))
		(void)change_part(page, SALA_LINE);
}

static bool point(struct view *view, int row, int column)
{
	struct sala *page = (struct sala *)view;
	if (region_holds(page->line.place, row, column)) {
		prompt_point(&page->line.prompt, page->line.place, column);
		return true;
	}
	if (sala_record_point(page, row, column))
		return true;
	if (!table_point(&page->agenda, row, column))
		return false;
	sala_record_show(page);
	return true;
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct sala *page = (const struct sala *)view;
	const struct resolution *entry = sala_record_selected(page);
	if (page->part == SALA_AGENDA)
		return kind == COPY_ROW && table_copy(&page->agenda, out);
	if (kind != COPY_TEXT || !entry)
		return false;
	strbuf_adds(out, entry->text);
	return true;
}

/* ---- the view */

static void entered(struct view *view, struct ui *ui)
{
	if (view->failure.code == RC_OK)
		sala_draft_offer((struct sala *)view, ui);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	return sala_load((struct sala *)view, ui, err);
}

static void close_page(struct view *view)
{
	struct sala *page = (struct sala *)view;
	writing_leave(page->session, &page->writing);
	draft_release(&page->writing.draft);
	table_release(&page->agenda);
	sala_record_release(&page->record);
	sala_line_release(&page->line);
	sala_release_records(page);
	entry_origins_release(&page->origins);
	strbuf_release(&page->quorum);
	strbuf_release(&page->others);
	strbuf_release(&page->paragraph);
	free(page);
}

static const struct view_class class = {
	.name = "sala",
	.context_now = context_now,
	.title = title,
	.sentence = sentence,
	.place = place,
	.entered = entered,
	.load = load,
	.draw = draw,
	.op = op,
	.type = type,
	.point = point,
	.focus = focus,
	.copy = copy,
	.close = close_page,
};

struct view *sala_view_new(void *context)
{
	struct sala *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &class;
	page->session = context;
	strbuf_init(&page->quorum);
	strbuf_init(&page->others);
	strbuf_init(&page->paragraph);
	sala_agenda_init(page);
	sala_line_init(&page->line);
	return &page->view;
}
