/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/frame.h"

#include <string.h>

#include "nucleo/base/utf8.h"

/* Rows from which lines between the parts are worth theirs. */
#define ROWS_FOR_RULES 16
/* Blanks between two hints. */
#define HINT_GAP 2

bool frame_fits(int rows, int columns)
{
	return rows >= FRAME_ROWS_MIN && columns >= FRAME_COLUMNS_MIN;
}

struct frame frame_layout(struct region screen, bool has_sentence)
{
	int rule = screen.rows >= ROWS_FOR_RULES, sentence = has_sentence;
	int body_at = 1 + sentence + rule;
	int body_rows = screen.rows - body_at - rule - 2;
	return (struct frame){
		.top = region_row(screen, 0),
		.sentence = region_part(screen, 1, 0, sentence, screen.columns),
		.upper_rule = region_part(screen, 1 + sentence, 0, rule, screen.columns),
		.body = region_part(screen, body_at, 0, body_rows, screen.columns),
		.lower_rule = region_part(screen, screen.rows - 3, 0, rule, screen.columns),
		.message = region_row(screen, screen.rows - 2),
		.hints = region_row(screen, screen.rows - 1),
	};
}

#define PROGRAM_NAME "nucleo"
/* Columns of the titles: no longer one is cut before all are close together; a shorter one says
 * nothing. */
enum { TITLE_COLUMNS_MAX = 16, TITLE_COLUMNS_MIN = 5 };

/* How much of the tabs is written. */
struct tab_style {
	bool has_name, is_close;
	int title_columns; /* 0: only the active one has its title */
};

static void add_tab_text(struct strbuf *out, const struct frame_tab *tab, bool active,
			 struct tab_style style)
{
	strbuf_adds(out, tab->key);
	if (!active && !style.title_columns)
		return;
	strbuf_addch(out, ' ');
	if (active)
		strbuf_adds(out, tab->title);
	else
		utf8_fit(out, tab->title, style.title_columns);
}

/* Draws from the left; returns the columns it takes, or would take. */
static int draw_tabs(struct region row, struct frame_tab *tabs, size_t count, size_t active,
		     struct tab_style style)
{
	struct strbuf text;
	int at = 1;
	strbuf_init(&text);
	if (style.has_name) {
		region_text(row, 0, at, ROLE_TITLE, PROGRAM_NAME);
		at += (int)strlen(PROGRAM_NAME) + 2;
	}
	for (size_t i = 0; i < count; i++) {
		strbuf_reset(&text);
		strbuf_addch(&text, ' ');
		add_tab_text(&text, &tabs[i], i == active, style);
		strbuf_addch(&text, ' ');
		tabs[i].span.from = at - 1;
		tabs[i].span.to = region_text(row, 0, at - 1,
					      i == active ? ROLE_TAB_ACTIVE : ROLE_TAB, text.data);
		at += utf8_width(text.data) - style.is_close;
	}
	strbuf_release(&text);
	return at - 1;
}

/* The next less of them: without the program's name, close together, then with titles cut as
 * little as there is room for, at last without. */
static struct tab_style say_less(struct tab_style style)
{
	if (style.has_name)
		style.has_name = false;
	else if (!style.is_close)
		style.is_close = true;
	else if (style.title_columns > TITLE_COLUMNS_MIN)
		style.title_columns--;
	else
		style.title_columns = 0;
	return style;
}

void frame_draw_tabs(struct region row, struct frame_tab *tabs, size_t count, size_t active)
{
	struct region nowhere = region_part(row, 0, 0, 0, 0);
	struct tab_style style = {.has_name = true, .title_columns = TITLE_COLUMNS_MAX};
	while (style.title_columns &&
	       draw_tabs(nowhere, tabs, count, active, style) > row.columns)
		style = say_less(style);
	draw_tabs(row, tabs, count, active, style);
}

/* Writes the steps from `from` on; those before have no place. */
static void add_path(struct strbuf *out, struct frame_step *steps, size_t from, size_t count)
{
	strbuf_adds(out, from ? " … › " : " ");
	for (size_t i = 0; i < count; i++) {
		steps[i].span = (struct frame_span){0, 0};
		if (i < from)
			continue;
		if (i > from)
			strbuf_adds(out, " › ");
		steps[i].span.from = utf8_width(out->data);
		strbuf_adds(out, steps[i].title);
		steps[i].span.to = utf8_width(out->data);
	}
}

void frame_draw_path(struct region row, struct frame_step *steps, size_t count)
{
	struct strbuf path;
	strbuf_init(&path);
	for (size_t from = 0; from < count; from++) {
		strbuf_reset(&path);
		add_path(&path, steps, from, count);
		if (utf8_width(path.data) <= row.columns)
			break;
	}
	region_label(row, ALIGN_LEFT, ROLE_TITLE, path.data);
	strbuf_release(&path);
}

#define PART_SEPARATOR " · "

void frame_draw_parts(struct region row, enum role role, const char *text)
{
	struct strbuf whole;
	strbuf_init(&whole);
	for (const char *end = text; (end = strstr(end, PART_SEPARATOR)) != NULL; end++) {
		struct strbuf parts;
		strbuf_init(&parts);
		strbuf_add(&parts, text, (size_t)(end - text));
		int width = utf8_width(parts.data);
		if (width <= row.columns && width * 2 >= row.columns) {
			strbuf_reset(&whole);
			strbuf_adds(&whole, parts.data);
		}
		strbuf_release(&parts);
	}
	bool fits = utf8_width(text) <= row.columns;
	region_label(row, ALIGN_LEFT, role, fits || !whole.length ? text : whole.data);
	strbuf_release(&whole);
}

/* Columns of "key hint" and the blanks behind it. */
static int hint_width(key_code key, const char *hint)
{
	struct strbuf label;
	strbuf_init(&label);
	key_add_label(&label, key);
	int width = utf8_width(label.data) + 1 + utf8_width(hint) + HINT_GAP;
	strbuf_release(&label);
	return width;
}

/* Draws "key hint" and returns the column after it. */
static int draw_hint(struct region row, int at, key_code key, const char *hint)
{
	struct strbuf label;
	strbuf_init(&label);
	key_add_label(&label, key);
	int after = region_text(row, 0, at, ROLE_KEY, label.data);
	region_text(row, 0, after + 1, ROLE_DIM, hint);
	strbuf_release(&label);
	return at + hint_width(key, hint);
}

/* K_NONE: there is nothing to show of it. */
static key_code hint_key(const struct keymap *keymap, enum op op, enum context context,
			 bool can_go_back)
{
	if (!op_info(op)->hint || !op_works_in(op, context) || (op == OP_BACK && !can_go_back))
		return K_NONE;
	return keymap_first(keymap, op, context);
}

/* What leads to all the rest, and out, which a person who is new here must find. */
static bool is_way_out(enum op op)
{
	return op == OP_PALETTE || op == OP_QUIT;
}

void frame_draw_hints(struct region row, const struct keymap *keymap, enum context context,
		      bool can_go_back, struct frame_span spans[OP_COUNT])
{
	int at = 1, kept = 0;
	for (enum op op = OP_NONE; op < OP_COUNT; op++) {
		key_code key = hint_key(keymap, op, context, can_go_back);
		if (is_way_out(op) && key != K_NONE)
			kept += hint_width(key, _(op_info(op)->hint));
	}
	/* Where there is no room for anything beside them, what comes first is shown. */
	if (kept > row.columns / 3)
		kept = 0;
	for (enum op op = OP_NONE; op < OP_COUNT; op++) {
		key_code key = hint_key(keymap, op, context, can_go_back);
		int width = key == K_NONE ? 0 : hint_width(key, _(op_info(op)->hint));
		kept -= kept && is_way_out(op) ? width : 0;
		spans[op] = (struct frame_span){at, at};
		if (width && at + width - HINT_GAP + kept <= row.columns)
			at = draw_hint(row, at, key, _(op_info(op)->hint));
		spans[op].to = at;
	}
}

void frame_draw_too_small(struct region screen)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, _("Agrande la ventana (mínimo %dx%d)."), FRAME_COLUMNS_MIN,
		    FRAME_ROWS_MIN);
	region_paragraph(screen, ROLE_WARNING, text.data);
	region_cursor(screen, 0, 0);
	strbuf_release(&text);
}
