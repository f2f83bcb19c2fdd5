/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "tools/screen_svg.h"

#include <stdio.h>
#include <string.h>
#include <vterm.h>

#include "nucleo/base/utf8.h"

/* Lengths are in tenths of a pixel, so that no rounding of a machine shows. */
enum { CELL_WIDTH = 84, CELL_HEIGHT = 180, BASELINE = 134, MARGIN = 120, STROKE = 10 };

/* Characters that are drawn: blocks from whole to an eighth, and lines. */
enum { FULL_BLOCK = 0x2588, LAST_BLOCK = 0x258F, RULE = 0x2500, UPRIGHT = 0x2502 };

#define FONT "'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace"

/* Light on dark whatever the page is: each ink is at least 4.5 times as bright as the paper. */
#define PAPER 0x16181du
#define INK 0xd7dae0u
#define INK_DIM 0x8b929eu
static const uint32_t inks[16] = {
	0x5c6370, 0xef7b85, 0x98c379, 0xe5c07b, 0x6cb2f0, 0xd38aea, 0x5fc3cf, 0xd7dae0,
	0x8b929e, 0xff9aa2, 0xb5e09a, 0xf2d399, 0x93c9fa, 0xe3abf5, 0x8adbe5, 0xffffff,
};

struct look {
	uint32_t ink, paper;
	bool is_bold, is_underlined, is_italic;
};

enum kind { BLANK, LETTER, SYMBOL, SHAPE };

struct cell {
	struct look look;
	enum kind kind;
	uint32_t chars[VTERM_MAX_CHARS_PER_CELL];
	int width;
};

struct picture {
	const VTermScreen *screen;
	const struct screen_size *size;
	struct strbuf *out;
};

/* ---- reading the screen */

/*
 * libvterm knows no dim (SGR 2). What the program sends says strike-through
 * instead, which it never uses; 22 ends both dim and bold.
 */
static void add_parameter(struct strbuf *out, const char *at, size_t length)
{
	if (length == 1 && *at == '2')
		strbuf_addch(out, '9');
	else if (length == 2 && memcmp(at, "22", 2) == 0)
		strbuf_adds(out, "22;29");
	else
		strbuf_add(out, at, length);
}

static void dim_to_strike(const struct strbuf *bytes, struct strbuf *out)
{
	const char *at = bytes->data;
	for (const char *start; (start = strstr(at, "\033[")) != NULL;) {
		const char *parameter = start + 2;
		size_t length = strspn(parameter, "0123456789;");
		strbuf_add(out, at, (size_t)(parameter - at));
		at = parameter + length;
		if (*at != 'm') {
			strbuf_add(out, parameter, length);
			continue;
		}
		while (parameter < at) {
			size_t part = strspn(parameter, "0123456789");
			add_parameter(out, parameter, part);
			parameter += part;
			if (parameter < at)
				strbuf_addch(out, *parameter++);
		}
	}
	strbuf_adds(out, at);
}

static uint32_t colour(const VTermScreen *screen, VTermColor colour, uint32_t usual)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&colour) || VTERM_COLOR_IS_DEFAULT_BG(&colour))
		return usual;
	if (VTERM_COLOR_IS_INDEXED(&colour) && colour.indexed.idx < ARRAY_COUNT(inks))
		return inks[colour.indexed.idx];
	vterm_screen_convert_color_to_rgb(screen, &colour);
	return (uint32_t)colour.rgb.red << 16 | (uint32_t)colour.rgb.green << 8 | colour.rgb.blue;
}

static struct look look_of(const VTermScreen *screen, const VTermScreenCell *cell)
{
	bool is_dim = cell->attrs.strike;
	struct look look = {
		.ink = colour(screen, cell->fg, is_dim ? INK_DIM : INK),
		.paper = colour(screen, cell->bg, PAPER),
		.is_bold = cell->attrs.bold,
		.is_underlined = cell->attrs.underline != 0,
		.is_italic = cell->attrs.italic,
	};
	if (cell->attrs.reverse) {
		uint32_t ink = look.ink;
		look.ink = look.paper;
		look.paper = ink;
	}
	return look;
}

/* Blocks and rules are drawn, not written: in no font do they meet exactly. */
static enum kind kind_of(const VTermScreenCell *cell)
{
	uint32_t c = cell->chars[0];
	if (!c || c == ' ')
		return BLANK;
	if ((c >= FULL_BLOCK && c <= LAST_BLOCK) || c == RULE || c == UPRIGHT)
		return SHAPE;
	return c < 0x2030 && cell->width == 1 ? LETTER : SYMBOL;
}

static struct cell cell_at(const struct picture *picture, int row, int column)
{
	VTermScreenCell found;
	struct cell cell = {.kind = BLANK, .width = 1};
	if (column >= picture->size->columns ||
	    !vterm_screen_get_cell(picture->screen, (VTermPos){row, column}, &found))
		return cell;
	cell.look = look_of(picture->screen, &found);
	cell.kind = kind_of(&found);
	cell.width = found.width > 1 ? found.width : 1;
	memcpy(cell.chars, found.chars, sizeof(cell.chars));
	return cell;
}

static bool same_look(const struct look *a, const struct look *b)
{
	return a->ink == b->ink && a->paper == b->paper && a->is_bold == b->is_bold &&
	       a->is_underlined == b->is_underlined && a->is_italic == b->is_italic;
}

/* ---- drawing */

static void add_length(struct strbuf *out, const char *name, int tenths)
{
	strbuf_addf(out, " %s=\"%d", name, tenths / 10);
	if (tenths % 10)
		strbuf_addf(out, ".%d", tenths % 10);
	strbuf_addch(out, '"');
}

static int x_of(int column)
{
	return MARGIN + column * CELL_WIDTH;
}

static int y_of(int row)
{
	return MARGIN + row * CELL_HEIGHT;
}

struct box {
	int x, y, width, height;
};

static void add_box(struct strbuf *out, const struct box *box, uint32_t ink)
{
	strbuf_adds(out, "<rect");
	add_length(out, "x", box->x);
	add_length(out, "y", box->y);
	add_length(out, "width", box->width);
	add_length(out, "height", box->height);
	strbuf_addf(out, " fill=\"#%06x\"/>\n", ink);
}

/* The paper of a row, where it is not that of the picture. */
static void add_papers(const struct picture *picture, int row)
{
	for (int column = 0, end; column < picture->size->columns; column = end) {
		uint32_t paper = cell_at(picture, row, column).look.paper;
		end = column + 1;
		while (end < picture->size->columns &&
		       cell_at(picture, row, end).look.paper == paper)
			end++;
		if (paper != PAPER)
			add_box(picture->out,
				&(struct box){x_of(column), y_of(row), (end - column) * CELL_WIDTH,
					      CELL_HEIGHT},
				paper);
	}
}

/* A full block may go on with another or with a part of one, a rule with itself: one shape. */
static bool is_continued(const struct cell *cell, const struct cell *next)
{
	if (cell->chars[0] == FULL_BLOCK)
		return next->chars[0] >= FULL_BLOCK && next->chars[0] <= LAST_BLOCK;
	return cell->chars[0] == RULE && next->chars[0] == RULE;
}

static void add_shape(const struct picture *picture, int row, int column, int end)
{
	const struct cell last = cell_at(picture, row, end - 1);
	uint32_t c = last.chars[0];
	struct box box = {x_of(column), y_of(row), (end - column) * CELL_WIDTH, CELL_HEIGHT};
	if (c == RULE) {
		box.y += (CELL_HEIGHT - STROKE) / 2;
		box.height = STROKE;
	} else if (c == UPRIGHT) {
		box.x += (CELL_WIDTH - STROKE) / 2;
		box.width = STROKE;
	} else {
		box.width -= CELL_WIDTH * (int)(c - FULL_BLOCK) / 8;
	}
	add_box(picture->out, &box, last.look.ink);
}

static void add_characters(struct strbuf *out, const struct cell *cell)
{
	if (cell->kind == BLANK) {
		strbuf_addch(out, ' ');
		return;
	}
	for (size_t i = 0; i < ARRAY_COUNT(cell->chars) && cell->chars[i]; i++)
		if (cell->chars[i] == '&' || cell->chars[i] == '<')
			strbuf_adds(out, cell->chars[i] == '&' ? "&amp;" : "&lt;");
		else
			utf8_append(out, cell->chars[i]);
}

/* The width is told too, so that another font keeps the columns. */
static void add_text(const struct picture *picture, int row, int column, int end)
{
	struct strbuf *out = picture->out;
	const struct look look = cell_at(picture, row, column).look;
	strbuf_adds(out, "<text");
	add_length(out, "x", x_of(column));
	add_length(out, "y", y_of(row) + BASELINE);
	add_length(out, "textLength", (end - column) * CELL_WIDTH);
	strbuf_adds(out, " lengthAdjust=\"spacingAndGlyphs\"");
	if (look.ink != INK)
		strbuf_addf(out, " fill=\"#%06x\"", look.ink);
	if (look.is_bold)
		strbuf_adds(out, " font-weight=\"bold\"");
	if (look.is_italic)
		strbuf_adds(out, " font-style=\"italic\"");
	if (look.is_underlined)
		strbuf_adds(out, " text-decoration=\"underline\"");
	strbuf_addch(out, '>');
	while (column < end) {
		const struct cell cell = cell_at(picture, row, column);
		add_characters(out, &cell);
		column += cell.width;
	}
	strbuf_adds(out, "</text>\n");
}

/* How far what begins at `column` goes: words parted by one blank are one text. */
static int end_of_run(const struct picture *picture, int row, int column)
{
	struct cell last = cell_at(picture, row, column);
	int end = column + last.width;
	while (last.kind != SYMBOL) {
		struct cell next = cell_at(picture, row, end);
		int step = 1;
		if (last.kind == LETTER && next.kind == BLANK) {
			next = cell_at(picture, row, end + 1);
			step = 2;
		}
		if (next.kind != last.kind || !same_look(&next.look, &last.look) ||
		    (last.kind == SHAPE && !is_continued(&last, &next)))
			break;
		last = next;
		end += step;
	}
	return end;
}

static void add_row(const struct picture *picture, int row)
{
	add_papers(picture, row);
	for (int column = 0; column < picture->size->columns;) {
		enum kind kind = cell_at(picture, row, column).kind;
		int end = kind == BLANK ? column + 1 : end_of_run(picture, row, column);
		if (kind == SHAPE)
			add_shape(picture, row, column, end);
		else if (kind != BLANK)
			add_text(picture, row, column, end);
		column = end;
	}
}

static void add_head(const struct picture *picture, const char *title)
{
	struct strbuf *out = picture->out;
	int width = 2 * MARGIN + picture->size->columns * CELL_WIDTH;
	int height = 2 * MARGIN + picture->size->rows * CELL_HEIGHT;
	strbuf_adds(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
	add_length(out, "width", width);
	add_length(out, "height", height);
	strbuf_addf(out, " viewBox=\"0 0 %d %d\">\n<!-- Made by tests/tools/screenshots.sh -->\n",
		    width / 10, height / 10);
	strbuf_addf(out, "<title>%s</title>\n", title);
	strbuf_addf(out, "<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"#%06x\"/>\n",
		    PAPER);
	strbuf_addf(out, "<g font-family=\"%s\" font-size=\"14\" fill=\"#%06x\"", FONT, INK);
	strbuf_adds(out, ">\n");
}

void screen_svg(const struct strbuf *bytes, const struct screen_size *size, const char *title,
		struct strbuf *out)
{
	struct strbuf shown;
	VTerm *vterm = vterm_new(size->rows, size->columns);
	VTermScreen *screen = vterm_obtain_screen(vterm);
	struct picture picture = {screen, size, out};
	strbuf_init(&shown);
	dim_to_strike(bytes, &shown);
	vterm_set_utf8(vterm, 1);
	vterm_screen_enable_altscreen(screen, 1);
	vterm_screen_reset(screen, 1);
	vterm_input_write(vterm, shown.data, shown.length);
	add_head(&picture, title);
	for (int row = 0; row < size->rows; row++)
		add_row(&picture, row);
	strbuf_adds(out, "</g>\n</svg>\n");
	vterm_free(vterm);
	strbuf_release(&shown);
}
