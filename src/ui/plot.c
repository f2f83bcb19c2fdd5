/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/plot.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

/* A braille character is two dots wide and four high. */
enum { DOTS_ACROSS = 2, DOTS_UP = 4 };
enum { ROWS_FOR_LEGEND = 8, ROWS_FOR_DATES = 4, ROWS_FOR_FIVE_LABELS = 9, DATE_COLUMNS = 14 };
/* Parts the height is divided into where round numbers are sought. */
enum { STEPS = 4 };

/* ---- geometry */

/* The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below. */
static double round_step(double step)
{
	static const double round[] = {1, 2, 2.5, 5, 10};
	double power = pow(10, floor(log10(step)));
	for (size_t i = 0; i < ARRAY_COUNT(round); i++)
		if (round[i] * power >= step * (1 - 1e-9))
			return round[i] * power;
	return 10 * power;
}

static void round_heights(struct plot_axes *axes)
{
	double low = axes->low > 0 ? 0 : axes->low, high = axes->high < 0 ? 0 : axes->high;
	if (low == high)
		high = low + 1;
	double step = high / STEPS - low / STEPS;
	step = round_step(step < DBL_MIN ? DBL_MIN : step);
	low = floor(low / step) * step;
	while (isfinite(step) && low + STEPS * step < high * (1 - 1e-9))
		step = round_step(step * 1.01);
	axes->low = low;
	axes->high = low + STEPS * step;
	/* Numbers at the very end of what a double holds. */
	if (!isfinite(axes->high) || !isfinite(axes->low)) {
		axes->low = low < 0 ? -DBL_MAX : 0;
		axes->high = DBL_MAX;
	}
}

struct plot_axes plot_axes_of(const struct plot_series *series, size_t count)
{
	struct plot_axes axes = {0};
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < series[i].count; j++) {
			struct plot_point point = series[i].points[j];
			if (!isfinite(point.y))
				continue;
			axes.first = !any || point.x < axes.first ? point.x : axes.first;
			axes.last = !any || point.x > axes.last ? point.x : axes.last;
			axes.low = !any || point.y < axes.low ? point.y : axes.low;
			axes.high = !any || point.y > axes.high ? point.y : axes.high;
			any = true;
		}
	}
	round_heights(&axes);
	return axes;
}

static int to_dot(double share, int dots)
{
	if (!(share > 0))
		return 0;
	return share >= 1 ? dots - 1 : (int)(share * (dots - 1) + 0.5);
}

int plot_dot_across(const struct plot_axes *axes, int64_t x, int dots)
{
	double span = (double)axes->last - (double)axes->first;
	if (span <= 0)
		return dots / 2;
	return to_dot(((double)x - (double)axes->first) / span, dots);
}

/* Halves, for the difference of two numbers may be larger than any. */
int plot_dot_up(const struct plot_axes *axes, double y, int dots)
{
	double span = axes->high / 2 - axes->low / 2;
	if (!(span > 0))
		return dots / 2;
	return to_dot((y / 2 - axes->low / 2) / span, dots);
}

/* ---- dots */

/* The dots of one series; a byte a cell, bits as in the braille characters of Unicode. */
struct dots {
	unsigned char *cells;
	int rows, columns;
	bool is_dotted;
};

static void set_dot(struct dots *dots, int across, int up)
{
	static const unsigned char bits[DOTS_UP][DOTS_ACROSS] = {
		{0x40, 0x80}, {0x04, 0x20}, {0x02, 0x10}, {0x01, 0x08}};
	int row = dots->rows - 1 - up / DOTS_UP, column = across / DOTS_ACROSS;
	if (dots->is_dotted && across % 3)
		return;
	if (row >= 0 && row < dots->rows && column >= 0 && column < dots->columns)
		dots->cells[row * dots->columns + column] |=
			bits[up % DOTS_UP][across % DOTS_ACROSS];
}

static void set_column(struct dots *dots, int across, int from, int to)
{
	int step = to < from ? -1 : 1;
	for (int up = from;; up += step) {
		set_dot(dots, across, up);
		if (up == to)
			return;
	}
}

/* From one dot to another in a later column: in each a stretch of its own. */
static void set_line(struct dots *dots, int across, int up, int to_across, int to_up)
{
	int columns = to_across - across, before = up;
	for (int i = 1; i <= columns; i++) {
		int now = up + (int)lround((double)(to_up - up) * i / columns);
		int middle = before + (now - before) / 2;
		set_column(dots, across + i - 1, before, middle);
		set_column(dots, across + i, middle, now);
		before = now;
	}
}

/* What falls into one column of dots. */
struct column {
	int across, first, last, low, high;
};

static void flush_column(struct dots *dots, const struct column *column)
{
	set_column(dots, column->across, column->low, column->high);
}

static void set_series(struct dots *dots, const struct plot_axes *axes,
		       const struct plot_series *series)
{
	struct column now = {.across = -1};
	for (size_t i = 0; i < series->count; i++) {
		struct plot_point point = series->points[i];
		if (!isfinite(point.y) || point.x < axes->first || point.x > axes->last)
			continue;
		int across = plot_dot_across(axes, point.x, dots->columns * DOTS_ACROSS);
		int up = plot_dot_up(axes, point.y, dots->rows * DOTS_UP);
		if (across != now.across) {
			if (now.across >= 0) {
				flush_column(dots, &now);
				set_line(dots, now.across, now.last, across, up);
			}
			now = (struct column){across, up, up, up, up};
		}
		now.last = up;
		now.low = up < now.low ? up : now.low;
		now.high = up > now.high ? up : now.high;
	}
	if (now.across >= 0)
		flush_column(dots, &now);
}

static void draw_dots(const struct dots *dots, enum role role, struct region area)
{
	for (int row = 0; row < dots->rows; row++) {
		for (int column = 0; column < dots->columns; column++) {
			unsigned char bits = dots->cells[row * dots->columns + column];
			struct strbuf sign;
			if (!bits)
				continue;
			strbuf_init(&sign);
			if (area.canvas->plain)
				strbuf_addch(&sign, dots->is_dotted ? '-' : '.');
			else
				utf8_append(&sign, 0x2800u + bits);
			region_text(area, row, column, role, sign.data);
			strbuf_release(&sign);
		}
	}
}

static void draw_series(const struct plot *plot, const struct plot_series *series,
			struct region area)
{
	struct dots dots = {
		.cells = mem_alloc_zero((size_t)area.rows * (size_t)area.columns + 1, 1),
		.rows = area.rows,
		.columns = area.columns,
		.is_dotted = !series->glyph,
	};
	set_series(&dots, &plot->axes, series);
	draw_dots(&dots, series->role, area);
	free(dots.cells);
}

/* ---- signs of values */

struct place {
	int row, column;
};

static struct place place_of(const struct plot *plot, struct plot_point point, struct region area)
{
	return (struct place){
		area.rows - 1 - plot_dot_up(&plot->axes, point.y, area.rows * DOTS_UP) / DOTS_UP,
		plot_dot_across(&plot->axes, point.x, area.columns * DOTS_ACROSS) / DOTS_ACROSS,
	};
}

static bool is_shown(const struct plot *plot, struct plot_point point)
{
	return isfinite(point.y) && point.x >= plot->axes.first && point.x <= plot->axes.last;
}

/* More values than columns would hide the line they make. */
static void draw_glyphs(const struct plot *plot, const struct plot_series *series,
			struct region area)
{
	size_t from = series->count > (size_t)area.columns ? series->count - 1 : 0;
	for (size_t i = from; i < series->count; i++) {
		if (!is_shown(plot, series->points[i]))
			continue;
		struct place place = place_of(plot, series->points[i], area);
		region_text(area, place.row, place.column, series->role, series->glyph);
	}
}

/* The last value of the first line, in figures; 0 columns when there is none. */
static int add_last_value(const struct plot *plot, struct strbuf *out)
{
	const struct plot_series *series = plot->series;
	if (!plot->count || !series->count || !is_shown(plot, series->points[series->count - 1]))
		return 0;
	plot->add_y(out, series->points[series->count - 1].y);
	return utf8_width(out->data);
}

/* Columns kept free at the right where the value would else stand on the line. */
static int last_value_margin(const struct plot *plot, struct region area)
{
	struct strbuf text;
	strbuf_init(&text);
	int width = add_last_value(plot, &text), margin = 0;
	strbuf_release(&text);
	if (!width)
		return 0;
	const struct plot_series *series = plot->series;
	struct place place = place_of(plot, series->points[series->count - 1], area);
	if (place.column + 2 + width > area.columns)
		margin = width + 2;
	return margin * 3 < area.columns ? margin : 0;
}

static void draw_last_value(const struct plot *plot, struct region area, struct region beside)
{
	struct strbuf text;
	strbuf_init(&text);
	int width = add_last_value(plot, &text);
	if (width) {
		const struct plot_series *series = plot->series;
		struct place place = place_of(plot, series->points[series->count - 1], area);
		/* Half a figure would be another one. */
		if (place.column + 2 + width <= beside.columns)
			region_text(beside, place.row, place.column + 2, ROLE_TITLE, text.data);
	}
	strbuf_release(&text);
}

static void draw_selected(const struct plot *plot, struct region area)
{
	if (plot->selected_series >= plot->count)
		return;
	const struct plot_series *series = &plot->series[plot->selected_series];
	if (plot->selected_point >= series->count ||
	    !is_shown(plot, series->points[plot->selected_point]))
		return;
	struct place place = place_of(plot, series->points[plot->selected_point], area);
	region_text(area, place.row, place.column, ROLE_TITLE, series->glyph ? series->glyph : "●");
	region_select(region_part(area, place.row, place.column, 1, 1));
	region_cursor(area, place.row, place.column);
}

/* ---- axes */

static double label_value(const struct plot_axes *axes, int i, int parts)
{
	return axes->low + (axes->high / parts - axes->low / parts) * i;
}

static int label_parts(struct region area)
{
	return area.rows >= ROWS_FOR_FIVE_LABELS ? STEPS : area.rows >= ROWS_FOR_DATES ? 2 : 1;
}

static int label_columns(const struct plot *plot, struct region area)
{
	int widest = 0, parts = label_parts(area);
	for (int i = 0; i <= parts; i++) {
		struct strbuf text;
		strbuf_init(&text);
		plot->add_y(&text, label_value(&plot->axes, i, parts));
		int width = utf8_width(text.data);
		widest = width > widest ? width : widest;
		strbuf_release(&text);
	}
	return widest;
}

static void draw_heights(const struct plot *plot, struct region labels, struct region area)
{
	int parts = label_parts(area);
	for (int i = 0; i <= parts; i++) {
		double value = label_value(&plot->axes, i, parts);
		struct strbuf text;
		strbuf_init(&text);
		plot->add_y(&text, value);
		int row = area.rows - 1 -
			  plot_dot_up(&plot->axes, value, area.rows * DOTS_UP) / DOTS_UP;
		region_label(region_row(labels, row), ALIGN_RIGHT, ROLE_DIM, text.data);
		strbuf_release(&text);
	}
}

static void draw_dates(const struct plot *plot, struct region row)
{
	bool is_point = plot->axes.first >= plot->axes.last;
	int count = is_point ? 1 : row.columns / DATE_COLUMNS;
	count = count > 1 ? count > 6 ? 6 : count : is_point ? 1 : 2;
	for (int i = 0; i < count; i++) {
		double share = is_point ? 0 : (double)i / (count - 1);
		int64_t x = plot->axes.first +
			    (int64_t)(share * ((double)plot->axes.last - (double)plot->axes.first));
		struct strbuf text;
		strbuf_init(&text);
		plot->add_x(&text, x);
		int width = utf8_width(text.data);
		int at = plot_dot_across(&plot->axes, x, row.columns) - width / 2;
		at = at + width > row.columns ? row.columns - width : at;
		region_text(row, 0, at < 0 ? 0 : at, ROLE_DIM, text.data);
		strbuf_release(&text);
	}
}

/* What each sign and line is: never told by colour alone. */
static void draw_legend(const struct plot *plot, struct region row)
{
	int at = 0;
	for (size_t i = 0; i < plot->count && at < row.columns; i++) {
		const struct plot_series *series = &plot->series[i];
		const char *line = row.canvas->plain ? "- -" : "⠄⠠⠐";
		const char *sign = series->glyph ? series->glyph : line;
		int after = at + utf8_width(sign) + 1;
		if (!series->name || after + utf8_width(series->name) > row.columns)
			continue;
		at = region_text(row, 0, at, series->role, sign) + 1;
		at = region_text(row, 0, at, ROLE_TEXT, series->name) + 3;
	}
}

/* What lies where: the lines in `area`, the last value in figures also `beside` it. */
struct layout {
	int legend, dates, labels; /* rows, rows, columns */
	struct region area, beside;
};

static struct layout layout_of(const struct plot *plot, struct region region)
{
	struct layout layout = {
		.legend = region.rows >= ROWS_FOR_LEGEND,
		.dates = region.rows >= ROWS_FOR_DATES ? 2 : 0,
	};
	struct region all = region_part(region, layout.legend, 0,
					region.rows - layout.legend - layout.dates,
					region.columns);
	layout.labels = label_columns(plot, all);
	layout.area = layout.beside = region_rest(all, 0, layout.labels + 1);
	if (layout.area.rows > 0 && layout.area.columns > 0)
		layout.area.columns -= last_value_margin(plot, layout.area);
	return layout;
}

/* A row is as high as two columns are wide. */
static int distance(struct place place, int row, int column)
{
	int rows = 2 * (place.row - row), columns = place.column - column;
	return rows * rows + columns * columns;
}

bool plot_value_at(const struct plot *plot, struct region region, int row, int column,
		   size_t *series, size_t *point)
{
	struct region area = layout_of(plot, region).area;
	int nearest = -1;
	if (!region_holds(area, row, column))
		return false;
	for (size_t i = 0; i < plot->count; i++) {
		for (size_t j = 0; plot->series[i].glyph && j < plot->series[i].count; j++) {
			struct plot_point value = plot->series[i].points[j];
			struct place place = place_of(plot, value, area);
			int here = distance(place, row - area.row, column - area.column);
			if (!is_shown(plot, value) || (nearest >= 0 && here >= nearest))
				continue;
			nearest = here;
			*series = i;
			*point = j;
		}
	}
	return nearest >= 0;
}

static void draw_axes(const struct plot *plot, const struct layout *layout, struct region region)
{
	struct region below = region_part(region, region.rows - layout->dates, layout->labels,
					  layout->dates, layout->area.columns + 1);
	struct region heights =
		region_part(region, layout->legend, 0, layout->area.rows, layout->labels);
	draw_heights(plot, heights, layout->area);
	region_rule_down(region_part(region, layout->legend, layout->labels, layout->area.rows, 1),
			 ROLE_RULE);
	region_rule_across(region_rest(region_row(below, 0), 0, 1), ROLE_RULE);
	draw_dates(plot, region_rest(region_row(below, 1), 0, 1));
}

void plot_draw(const struct plot *plot, struct region region)
{
	struct layout layout = layout_of(plot, region);
	struct region area = layout.area;
	if (area.rows < 1 || area.columns < 1)
		return;
	if (layout.legend)
		draw_legend(plot, region_rest(region_row(region, 0), 0, layout.labels + 1));
	draw_axes(plot, &layout, region);
	for (size_t i = plot->count; i-- > 0;)
		draw_series(plot, &plot->series[i], area);
	for (size_t i = plot->count; i-- > 0;)
		if (plot->series[i].glyph)
			draw_glyphs(plot, &plot->series[i], area);
	draw_last_value(plot, area, layout.beside);
	draw_selected(plot, area);
}
