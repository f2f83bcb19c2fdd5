/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/phrases.h"
#include "nucleo/views/sala_parts.h"

/* Measurements that what was typed says: which of them are written is confirmed first. */

enum { CODE_COLUMNS = 12, HEADING_ROWS = 1 };

struct value_row {
	size_t note, said; /* indexes */
	bool is_taken;
};

struct sala_values {
	struct view view;
	struct sala *page;
	struct sala_notes notes;
	VECTOR(struct value_row) rows;
	size_t selected, top;
	struct region place;
};

static const struct prose_measure *measure_of(const struct sala_values *values,
					      const struct value_row *row)
{
	return &values->notes.items.items[row->note].capture.said.items[row->said];
}

/* By its code, with its plan where that is needed: said is the code alone. */
static const struct capture_commitment *commitment_of(const struct sala_values *values,
						      const char *code)
{
	const struct capture_context *context = &values->page->minutes.capture;
	for (size_t i = 0; values->page->has_minutes && i < context->commitment_count; i++) {
		const char *known = context->commitments[i].code, *slash = strrchr(known, '/');
		if (strcmp(known, code) == 0 || (slash && strcmp(slash + 1, code) == 0))
			return &context->commitments[i];
	}
	return NULL;
}

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Mediciones"));
}

static size_t count_taken(const struct sala_values *values)
{
	size_t count = 0;
	for (size_t i = 0; i < values->rows.count; i++)
		count += values->rows.items[i].is_taken;
	return count;
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct sala_values *values = (const struct sala_values *)view;
	size_t count = count_taken(values);
	if (!count)
		strbuf_adds(out, _("Enter anota solo el texto, sin mediciones"));
	else
		strbuf_addf(out,
			    ngettext("Enter anota el texto y %zu medición",
				     "Enter anota el texto y %zu mediciones", count),
			    count);
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	(void)view;
	(void)ui;
	(void)err;
	return RC_OK;
}

static void draw_row(const struct sala_values *values, struct region row, size_t i)
{
	const struct value_row *of = &values->rows.items[i];
	const struct prose_measure *measure = measure_of(values, of);
	const struct capture_commitment *commitment = commitment_of(values, measure->code);
	struct strbuf text;
	strbuf_init(&text);
	region_text(row, 0, 2, ROLE_GOOD, of->is_taken ? "✓" : "·");
	region_text(row, 0, 4, ROLE_TEXT, measure->code);
	if (commitment) {
		phrase_percent(&text, commitment->percent);
		strbuf_adds(&text, " → ");
	}
	phrase_percent(&text, measure->percent);
	if (!commitment)
		strbuf_adds(&text, _(" · ese compromiso no existe"));
	else if (commitment->title)
		strbuf_addf(&text, " · %s", commitment->title);
	region_label(region_rest(row, 0, CODE_COLUMNS), ALIGN_LEFT,
		     commitment ? ROLE_TEXT : ROLE_WARNING, text.data);
	strbuf_release(&text);
	if (i != values->selected)
		return;
	region_text(row, 0, 0, ROLE_TEXT, "▶");
	region_select(row);
	region_cursor(row, 0, 0);
}

static void draw(struct view *view, struct region body)
{
	struct sala_values *values = (struct sala_values *)view;
	size_t page = body.rows > HEADING_ROWS ? (size_t)(body.rows - HEADING_ROWS) : 0;
	region_label(region_rest(region_row(body, 0), 0, 2), ALIGN_LEFT, ROLE_HEADING,
		     _("Lo escrito dice estas mediciones, a la fecha de la reunión"));
	values->place = region_rest(body, HEADING_ROWS, 0);
	if (values->selected < values->top)
		values->top = values->selected;
	if (page && values->selected >= values->top + page)
		values->top = values->selected - page + 1;
	for (size_t i = 0; i < page && values->top + i < values->rows.count; i++)
		draw_row(values, region_row(values->place, (int)i), values->top + i);
	if (!values->rows.count)
		region_cursor(values->place, 0, 0);
}

/* ---- keys */

static bool move(struct sala_values *values, enum op op)
{
	size_t last = values->rows.count ? values->rows.count - 1 : 0;
	if (op == OP_UP)
		values->selected -= values->selected > 0;
	else if (op == OP_DOWN)
		values->selected += values->selected < last;
	else if (op == OP_FIRST || op == OP_PAGE_UP)
		values->selected = 0;
	else if (op == OP_LAST || op == OP_PAGE_DOWN)
		values->selected = last;
	else
		return false;
	return true;
}

static unsigned toggle(struct sala_values *values, struct ui *ui)
{
	if (!values->rows.count)
		return UI_NOTHING;
	struct value_row *row = &values->rows.items[values->selected];
	if (commitment_of(values, measure_of(values, row)->code))
		row->is_taken = !row->is_taken;
	else
		ui_say(ui, ROLE_DIM, "%s", _("Ese compromiso no existe: no hay nada que medir."));
	(void)move(values, OP_DOWN);
	return UI_REDRAW;
}

/* Only those taken stay said. */
static void leave_out(struct sala_values *values)
{
	for (size_t i = values->rows.count; i-- > 0;) {
		const struct value_row *row = &values->rows.items[i];
		struct sala_note *note = &values->notes.items.items[row->note];
		size_t behind = note->capture.said.count - row->said - 1;
		if (row->is_taken)
			continue;
		memmove(&note->capture.said.items[row->said],
			&note->capture.said.items[row->said] + 1,
			behind * sizeof(*note->capture.said.items));
		note->capture.said.count--;
	}
	values->rows.count = 0;
}

static unsigned take(struct sala_values *values, struct ui *ui)
{
	struct sala *page = values->page;
	bool is_paragraphs = values->notes.is_paragraphs;
	int64_t entry;
	unsigned done;
	leave_out(values);
	enum rc rc = sala_notes_write(page, ui, &values->notes, &entry, &done);
	if (rc == RC_CONFLICT)
		return done; /* the page for that is over this one */
	if (rc != RC_OK && is_paragraphs)
		return ui_replace(ui, sala_text_new(page)) | done;
	return UI_CLOSE | done;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct sala_values *values = (struct sala_values *)view;
	if (move(values, op))
		return UI_REDRAW;
	if (op == OP_TAKE_VALUE)
		return toggle(values, ui);
	if (op == OP_TAKE_VALUES)
		return take(values, ui);
	if (op == OP_BACK && values->notes.is_paragraphs)
		return ui_replace(ui, sala_text_new(values->page));
	return UI_PASS;
}

static bool point(struct view *view, int row, int column)
{
	struct sala_values *values = (struct sala_values *)view;
	if (!region_holds(values->place, row, column))
		return false;
	size_t at = values->top + (size_t)(row - values->place.row);
	if (at < values->rows.count)
		values->selected = at;
	return at < values->rows.count;
}

static void close_view(struct view *view)
{
	struct sala_values *values = (struct sala_values *)view;
	sala_notes_release(&values->notes);
	vector_release(&values->rows);
	free(values);
}

struct view *sala_values_new(struct sala *page, struct sala_notes *notes)
{
	static const struct view_class class = {
		.name = "sala-values",
		.context = CONTEXT_SALA_VALUES,
		.title = title,
		.sentence = sentence,
		.load = load,
		.draw = draw,
		.op = op,
		.point = point,
		.close = close_view,
	};
	struct sala_values *values = mem_alloc_zero(1, sizeof(*values));
	values->view.class = &class;
	values->page = page;
	values->notes = *notes;
	*notes = (struct sala_notes){0};
	for (size_t i = 0; i < values->notes.items.count; i++) {
		for (size_t j = 0; j < values->notes.items.items[i].capture.said.count; j++) {
			struct value_row row = {.note = i, .said = j};
			row.is_taken = commitment_of(values, measure_of(values, &row)->code);
			vector_push(&values->rows, row);
		}
	}
	return &values->view;
}
