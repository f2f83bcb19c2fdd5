/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_PLOT_H
#define NUCLEO_UI_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/ui/canvas.h"

/**
 * Numbers over time, as lines of braille dots (of ASCII on a plain canvas) with
 * a sign where a value stands. Any count of points costs as much as looking at
 * each once: what falls into one column of dots is drawn from its lowest to its
 * highest. It knows nothing of what the numbers are.
 */
struct plot_point {
	int64_t x;
	double y; /**< what is not finite is left out */
};

struct plot_series {
	const char *name;  /**< for the legend, borrowed; NULL: not in it */
	const char *glyph; /**< one column, where a value stands; NULL: only a dotted line */
	enum role role;
	const struct plot_point *points; /**< by x, borrowed */
	size_t count;
};

struct plot_axes {
	int64_t first, last;
	double low, high; /**< values beyond are drawn at the edge */
};

struct plot {
	const struct plot_series *series; /**< borrowed; the first is drawn above the others */
	size_t count;
	struct plot_axes axes;
	void (*add_x)(struct strbuf *out, int64_t x); /**< labels of the axes */
	void (*add_y)(struct strbuf *out, double y);
	size_t selected_series, selected_point; /**< where the cursor is put; SIZE_MAX: nowhere */
};

/**
 * Axes with room for every point and round numbers at their ends, zero among
 * them where no value is negative. Without any point: 0 to 1.
 */
struct plot_axes plot_axes_of(const struct plot_series *series, size_t count);
/** The dot, 0 to `dots` - 1 from the left, where `x` falls; the middle when the axis is a point. */
int plot_dot_across(const struct plot_axes *axes, int64_t x, int dots);
/** The dot, 0 to `dots` - 1 from below, where `y` falls. */
int plot_dot_up(const struct plot_axes *axes, double y, int dots);
void plot_draw(const struct plot *plot, struct region region);
/**
 * The value with a sign nearest to that place of the screen, as plot_draw() drew it in `region`;
 * false when the place is outside, or there is none.
 */
bool plot_value_at(const struct plot *plot, struct region region, int row, int column,
		   size_t *series, size_t *point);

#endif
