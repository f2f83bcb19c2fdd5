/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/form_parts.h"
#include "nucleo/ui/wrap.h"

/* Columns from which a label stands beside its field, not over it. */
#define COLUMNS_BESIDE 60
/* Rows from which the remark below has two, and the line that saves one of air. */
#define ROWS_FOR_AIR 12
/* Lines of a long text that are shown in the form. */
#define TEXT_ROWS 3
/* Columns that set a field off from the label over it. */
#define FIELD_INDENT 3
/* Columns between a value and what is wrong with it. */
#define REMARK_GAP 2

/* How the form is laid out in a window. */
struct layout {
	struct region fields, hint;
	int label;    /**< columns of labels, with a gap; 0: they stand over their fields */
	int value_at; /**< first column of values */
	bool has_air;
};

static int label_width(const struct form_slot *slot)
{
	return utf8_width(slot->field.label) + (slot->field.is_required ? 2 : 0);
}

static struct layout lay_out(const struct form *form, struct region body)
{
	struct layout layout = {.has_air = body.rows >= ROWS_FOR_AIR, .value_at = FIELD_INDENT};
	int hint = layout.has_air ? 3 : 1, widest = 0;
	layout.fields = region_part(body, 0, 0, body.rows - hint, body.columns);
	layout.hint = region_part(body, body.rows - (layout.has_air ? 2 : 1), 1, hint,
				  body.columns - 2);
	for (size_t i = 0; i < form->slots.count; i++)
		if (!form->slots.items[i].hidden && label_width(&form->slots.items[i]) > widest)
			widest = label_width(&form->slots.items[i]);
	if (body.columns < COLUMNS_BESIDE)
		return layout;
	layout.label = widest + 2 < body.columns / 3 ? widest + 2 : body.columns / 3;
	layout.value_at = 1 + layout.label;
	return layout;
}

/* ---- how high things are ---- */

static int value_columns(const struct layout *layout)
{
	return layout->fields.columns - layout->value_at - 1;
}

static int wrapped_rows(const char *text, int columns)
{
	wrap_lines lines = {0};
	wrap_text(text, columns > 1 ? columns : 1, &lines);
	int rows = (int)lines.count;
	vector_release(&lines);
	return rows;
}

static bool is_high(const struct form_slot *slot)
{
	return slot->field.kind == FORM_TEXT || slot->field.kind == FORM_LIST;
}

static int value_rows(const struct layout *layout, const struct form_slot *slot)
{
	struct strbuf shown;
	if (!is_high(slot))
		return 1;
	strbuf_init(&shown);
	slot_add_shown(slot, &shown);
	int rows = wrapped_rows(shown.data, value_columns(layout));
	strbuf_release(&shown);
	return rows < TEXT_ROWS ? rows : TEXT_ROWS;
}

/* What is wrong with it; else what its owner remarks. */
static bool has_remark(const struct form_slot *slot)
{
	return slot->fault.length || slot->note.length;
}

static void add_remark(const struct form_slot *slot, struct strbuf *out)
{
	if (slot->fault.length)
		strbuf_addf(out, "✗ %s", slot->fault.data);
	else
		strbuf_addf(out, "%s %s", slot->notes_result ? "=" : "≠", slot->note.data);
}

/* What is wrong stands beside the value where both have room. */
static int remark_beside(const struct layout *layout, const struct form_slot *slot)
{
	struct strbuf text;
	if (!layout->label || is_high(slot))
		return 0;
	strbuf_init(&text);
	slot_add_shown(slot, &text);
	int at = utf8_width(text.data) + 1 + REMARK_GAP;
	strbuf_reset(&text);
	add_remark(slot, &text);
	bool fits = at + utf8_width(text.data) <= value_columns(layout);
	strbuf_release(&text);
	return fits ? at : 0;
}

static int remark_rows(const struct layout *layout, const struct form_slot *slot)
{
	struct strbuf text;
	if (!has_remark(slot) || remark_beside(layout, slot))
		return 0;
	strbuf_init(&text);
	add_remark(slot, &text);
	int rows = wrapped_rows(text.data, value_columns(layout));
	strbuf_release(&text);
	return rows;
}

/* Rows of the slot; the one behind the last is the line that saves. */
static int slot_rows(const struct form *form, const struct layout *layout, size_t index)
{
	if (index == form->slots.count)
		return layout->has_air ? 2 : 1;
	const struct form_slot *slot = &form->slots.items[index];
	if (slot->hidden)
		return 0;
	return !layout->label + value_rows(layout, slot) + remark_rows(layout, slot);
}

static int rows_between(const struct form *form, const struct layout *layout, size_t from,
			size_t to)
{
	int rows = 0;
	for (size_t i = from; i <= to; i++)
		rows += slot_rows(form, layout, i);
	return rows;
}

/* The focused slot is in sight, and no row is empty while some are out of sight. */
static void scroll(struct form *form, const struct layout *layout)
{
	int room = layout->fields.rows;
	if (form->focus < form->top)
		form->top = form->focus;
	while (form->top < form->focus &&
	       rows_between(form, layout, form->top, form->focus) > room)
		form->top++;
	while (form->top &&
	       rows_between(form, layout, form->top - 1, form->slots.count) <= room)
		form->top--;
}

/* ---- drawing ---- */

static void draw_label(const struct form_slot *slot, struct region row, bool focused)
{
	enum role role = focused ? ROLE_HEADING : ROLE_DIM;
	int stars = slot->field.is_required ? 2 : 0;
	int width = utf8_width(slot->field.label);
	if (width > row.columns - 1 - stars)
		width = row.columns - 1 - stars;
	region_label(region_part(row, 0, 0, 1, width), ALIGN_LEFT, role, slot->field.label);
	if (stars)
		region_text(row, 0, width, role, " *");
}

/* There is more than is shown: a list to choose from. */
static void draw_choice(const struct form_slot *slot, struct region place, const char *shown)
{
	int column = *shown ? utf8_width(shown) + 1 : 2;
	bool is_list = slot->field.kind == FORM_LIST;
	region_paragraph(region_part(place, 0, 0, place.rows, place.columns - 2), ROLE_TEXT, shown);
	if (column > place.columns - 1 || is_list)
		column = place.columns - 1;
	region_text(place, 0, column, ROLE_DIM, "▼");
}

static void draw_value(const struct form_slot *slot, struct region place, bool focused)
{
	struct strbuf shown;
	strbuf_init(&shown);
	slot_add_shown(slot, &shown);
	if (focused)
		region_cursor(place, 0, 0);
	if (slot->field.kind == FORM_LINE && focused)
		prompt_draw(&slot->line, place, "");
	else if (!shown.length)
		region_text(place, 0, 0, ROLE_DIM, focused ? "" : "—");
	else if (slot->field.kind == FORM_LINE)
		region_label(place, ALIGN_LEFT, ROLE_TEXT, shown.data);
	else if (slot->field.kind == FORM_TEXT)
		region_paragraph(place, ROLE_TEXT, shown.data);
	if (slot->field.kind == FORM_CHOICE || slot->field.kind == FORM_LIST)
		draw_choice(slot, place, shown.data);
	strbuf_release(&shown);
}

static void draw_remark(const struct layout *layout, const struct form_slot *slot,
		       struct region place, int below)
{
	struct strbuf text;
	int beside = remark_beside(layout, slot);
	enum role role = slot->fault.length     ? ROLE_ERROR
			 : slot->notes_result ? ROLE_NOTICE
					      : ROLE_WARNING;
	if (!has_remark(slot))
		return;
	strbuf_init(&text);
	add_remark(slot, &text);
	if (beside)
		region_text(place, 0, layout->value_at + beside, role, text.data);
	else
		region_paragraph(region_part(place, below, layout->value_at, place.rows - below,
					     value_columns(layout)),
				 role, text.data);
	strbuf_release(&text);
}

static void draw_slot(const struct layout *layout, struct form_slot *slot, struct region place,
		      bool focused)
{
	int over = !layout->label, rows = value_rows(layout, slot);
	slot->place = place;
	slot->value_place =
		region_part(place, over, layout->value_at, rows, value_columns(layout));
	if (focused)
		region_text(place, 0, 0, ROLE_TEXT, "▶");
	draw_label(slot, region_part(place, 0, 1, 1, over ? place.columns - 1 : layout->label),
		   focused);
	draw_value(slot, slot->value_place, focused);
	draw_remark(layout, slot, place, over + rows);
}

static void draw_save(struct form *form, struct region place, bool focused)
{
	struct region row = region_row(place, place.rows - 1);
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "[ %s ]", _("Guardar"));
	form->save_place = row;
	int end = region_text(row, 0, 1, focused ? ROLE_HEADING : ROLE_TEXT, text.data);
	if (focused) {
		region_text(row, 0, 0, ROLE_TEXT, "▶");
		region_select(region_part(row, 0, 1, 1, end - 1));
		region_cursor(row, 0, 0);
	}
	strbuf_release(&text);
}

/* What to do in a field of that kind, as far as it does not explain itself. */
static const char *kind_hint(const struct form_slot *slot)
{
	static const char *const hints[] = {
		[FORM_LINE] = "",
		[FORM_TEXT] = N_("Enter, o escribir, abre el texto en toda la pantalla."),
		[FORM_CHOICE] = N_("Escriba para buscar; Enter muestra todo lo que hay."),
		[FORM_LIST] = N_("Escriba para añadir; Retroceso quita lo último."),
	};
	const char *hint = hints[slot->field.kind];
	return *hint ? _(hint) : "";
}

static void draw_hint(struct form *form, const struct layout *layout)
{
	const struct form_slot *slot = form_focused(form);
	struct strbuf text;
	strbuf_init(&text);
	if (slot && slot->field.hint)
		strbuf_adds(&text, slot->field.hint);
	if (slot && *kind_hint(slot))
		strbuf_addf(&text, "%s%s", text.length ? " " : "", kind_hint(slot));
	if (!slot)
		strbuf_adds(&text, _("Enter guarda lo escrito; Esc sale y pregunta antes."));
	region_paragraph(layout->hint, ROLE_DIM, text.data);
	strbuf_release(&text);
}

static void draw_fields(struct form *form, const struct layout *layout)
{
	struct region fields = layout->fields;
	int row = 0;
	for (size_t i = form->top; i <= form->slots.count && row < fields.rows; i++) {
		int rows = slot_rows(form, layout, i);
		struct region place = region_part(fields, row, 0, rows, fields.columns);
		row += rows;
		if (i == form->slots.count)
			draw_save(form, place, form->focus == i);
		else if (rows)
			draw_slot(layout, &form->slots.items[i], place, form->focus == i);
	}
	if (form->top)
		region_text(fields, 0, fields.columns - 1, ROLE_DIM, "↑");
	if (row > fields.rows || rows_between(form, layout, form->top, form->slots.count) > row)
		region_text(fields, fields.rows - 1, fields.columns - 1, ROLE_DIM, "↓");
}

/* The editor in the place of the form, under the label of its field. */
static void draw_writing(struct form *form, const struct layout *layout, struct region body)
{
	struct form_slot *slot = form_focused(form);
	draw_label(slot, region_part(body, 0, 1, 1, body.columns - 1), true);
	editor_draw(&slot->text, region_part(body, 1, 1, body.rows - 2, body.columns - 2));
	if (slot->field.hint)
		region_label(region_row(layout->hint, layout->hint.rows - 1), ALIGN_LEFT, ROLE_DIM,
			     slot->field.hint);
}

void form_draw(struct view *view, struct region body)
{
	struct form *form = form_of(view);
	struct layout layout = lay_out(form, body);
	form->save_place.rows = 0;
	for (size_t i = 0; i < form->slots.count; i++)
		form->slots.items[i].place.rows = form->slots.items[i].value_place.rows = 0;
	if (form->is_writing) {
		draw_writing(form, &layout, body);
		return;
	}
	scroll(form, &layout);
	draw_fields(form, &layout);
	draw_hint(form, &layout);
}
