/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/frame.h"
#include "nucleo/views/sala_parts.h"

/* The line one writes, what it amounts to, and what could complete it. */

/* Columns before the preview: it stands below the text. */
enum { MARGIN = 3 };

void sala_line_init(struct sala_line *line)
{
	prompt_init(&line->prompt);
	strbuf_init(&line->preview);
}

static void stop_completing(struct sala_line *line)
{
	capture_choices_release(&line->choices);
	line->choices = (struct capture_choices){0};
	picker_release(&line->picker);
}

static void forget(struct sala_line *line)
{
	if (line->is_read)
		capture_release(&line->capture);
	line->is_read = false;
	line->spans.count = 0;
	line->has_problem = false;
	strbuf_reset(&line->preview);
}

void sala_line_release(struct sala_line *line)
{
	forget(line);
	stop_completing(line);
	vector_release(&line->spans);
	strbuf_release(&line->preview);
	prompt_release(&line->prompt);
}

/* ---- what it amounts to */

static void add_spans(struct sala_line *line)
{
	for (size_t i = 0; i < line->capture.tokens.count; i++) {
		const struct capture_token *token = &line->capture.tokens.items[i];
		const struct prompt_span span = {token->where.start, token->where.length,
						 token->problem ? ROLE_ERROR : ROLE_GOOD};
		line->has_problem |= token->problem != NULL;
		vector_push(&line->spans, span);
	}
	line->prompt.spans = line->spans.items;
	line->prompt.span_count = line->spans.count;
}

/* Where it goes, when somebody else has gone on to another item since it was begun. */
static void add_item(const struct sala *page, struct strbuf *out)
{
	int64_t key = sala_line_item(page);
	const struct agenda_item *item = sala_item(page, key);
	if (key != page->current && item)
		strbuf_addf(out, _(" · va al punto %s"), item->label);
}

void sala_line_read(struct sala *page)
{
	struct sala_line *line = &page->line;
	forget(line);
	line->prompt.span_count = 0;
	if (!page->has_minutes || !line->prompt.text.length)
		return;
	capture_read(&page->minutes.capture, line->prompt.text.data, &line->capture);
	line->is_read = true;
	add_spans(line);
	capture_add_preview(&line->capture, &line->preview);
	add_item(page, &line->preview);
}

/* ---- completing */

/* Asks anew what there is: with each letter there is less. */
static void offer(struct sala *page)
{
	struct sala_line *line = &page->line;
	VECTOR(struct ui_choice) shown = {0};
	stop_completing(line);
	capture_complete(&page->minutes.capture, line->prompt.text.data, line->prompt.cursor,
			 &line->choices);
	for (size_t i = 0; i < line->choices.items.count; i++) {
		const struct capture_choice *choice = &line->choices.items.items[i];
		vector_push(&shown, ((struct ui_choice){.text = choice->text,
							.detail = choice->detail,
							.id = (int64_t)i}));
	}
	picker_set(&line->picker, shown.items, shown.count, 0);
	vector_release(&shown);
}

static bool is_completing(const struct sala_line *line)
{
	return line->choices.items.count > 0;
}

static void changed(struct sala *page, bool was_completing)
{
	if (was_completing)
		offer(page);
	sala_line_read(page);
	sala_draft_changed(page);
}

static void take(struct sala *page, size_t choice)
{
	struct sala_line *line = &page->line;
	const struct prose_span where = line->choices.where;
	prompt_replace(&line->prompt, where.start, where.length,
		       line->choices.items.items[choice].text);
	stop_completing(line);
	changed(page, false);
}

static unsigned complete(struct sala *page, struct ui *ui)
{
	struct sala_line *line = &page->line;
	int64_t picked;
	if (is_completing(line) && picker_selected(&line->picker, &picked)) {
		take(page, (size_t)picked);
		return UI_REDRAW;
	}
	if (!line->prompt.text.length)
		return UI_PASS;
	offer(page);
	/* Not to another part: what is typed next would be keys there. */
	if (!line->choices.items.count)
		ui_say(ui, ROLE_DIM, "%s",
		       _("No hay qué completar aquí; Mayús-Tab pasa a lo anotado."));
	if (line->choices.items.count == 1)
		take(page, 0);
	return UI_REDRAW;
}

/* ---- typing */

void sala_line_set(struct sala *page, const char *text)
{
	stop_completing(&page->line);
	prompt_set(&page->line.prompt, text);
	changed(page, false);
}

static bool is_long(const struct sala_line *line, const char *text)
{
	const char *end = strchr(text, '\n');
	return (end && end[strspn(end, "\n")]) ||
	       line->prompt.text.length + strlen(text) > PROMPT_MAX;
}

/* What has several lines, or no room in one, is written in the editor: nothing of it is lost. */
unsigned sala_line_type(struct sala *page, struct ui *ui, const char *text)
{
	struct sala_line *line = &page->line;
	bool was_completing = is_completing(line);
	if (page->part != SALA_LINE || !page->is_open)
		return UI_PASS;
	if (is_long(line, text))
		return sala_write_text(page, ui, text);
	prompt_insert(&line->prompt, text);
	changed(page, was_completing);
	return UI_REDRAW;
}

static bool edit(struct sala *page, enum op op)
{
	struct sala_line *line = &page->line;
	size_t length = line->prompt.text.length;
	bool was_completing = is_completing(line);
	if (!prompt_op(&line->prompt, op))
		return false;
	if (line->prompt.text.length != length)
		changed(page, was_completing);
	else
		stop_completing(line);
	return true;
}

static unsigned move(struct sala *page, enum op op)
{
	if (is_completing(&page->line))
		return picker_op(&page->line.picker, op) ? UI_REDRAW : UI_PASS;
	return sala_record_move(page, op) ? UI_REDRAW : UI_PASS;
}

unsigned sala_line_op(struct sala *page, struct ui *ui, enum op op)
{
	struct sala_line *line = &page->line;
	if (edit(page, op))
		return UI_REDRAW;
	switch (op) {
	case OP_COMPLETE_LINE:
		return complete(page, ui);
	case OP_NOTE_DOWN:
		return is_completing(line) ? complete(page, ui) : sala_note_down(page, ui);
	case OP_DECISION:
		return sala_note_decision(page, ui);
	case OP_WRITE_TEXT:
		return sala_write_text(page, ui, "");
	case OP_LEAVE_LINE:
		if (!is_completing(line))
			return UI_PASS;
		stop_completing(line);
		return UI_REDRAW;
	default:
		return move(page, op);
	}
}

/* ---- drawing */

/* To whoever writes the first line; later it says what is written. */
static const char *preview_of(const struct sala_line *line)
{
	if (line->prompt.text.length)
		return line->preview.data;
	return _("FCD: quien habla · @AME responsable · !31/01 plazo · #C5 · = decisión · ? duda");
}

static void draw_choices(struct sala_line *line, struct region over)
{
	struct region place = picker_place(&line->picker, over);
	const struct canvas *canvas = over.canvas;
	/* A screen reader hears the choice the cursor is on; where one types is lit instead. */
	region_select(region_part(canvas_region(over.canvas), canvas->cursor_row,
				  canvas->cursor_column, 1, 1));
	if (place.row > over.row)
		region_rule_across(region_part(over, place.row - over.row - 1, 0, 1,
					       over.columns), ROLE_RULE);
	picker_draw(&line->picker, place, "");
}

void sala_line_draw(struct sala *page, struct region region, struct region over, bool focus)
{
	struct sala_line *line = &page->line;
	struct region row = region_rest(region_row(region, 0), 0, 1);
	const struct canvas *canvas = region.canvas;
	int cursor_row = canvas->cursor_row, cursor_column = canvas->cursor_column;
	prompt_draw(&line->prompt, row, "› ");
	line->place = region_rest(row, 0, utf8_width("› "));
	frame_draw_parts(region_part(region, 1, MARGIN, 1, region.columns - MARGIN - 1),
			 line->has_problem ? ROLE_WARNING : ROLE_DIM, preview_of(line));
	if (!focus) {
		region.canvas->cursor_row = cursor_row;
		region.canvas->cursor_column = cursor_column;
	} else if (is_completing(line)) {
		draw_choices(line, over);
	}
}
