/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_TIMELINE_LAYOUT_H
#define NUCLEO_VIEWS_TIMELINE_LAYOUT_H

#include <stdbool.h>

#include "nucleo/base/date.h"

/**
 * Where days fall in a row of columns. Time is in whole months, all of it in
 * sight until it is widened. Pure arithmetic: it draws nothing.
 */
struct timeline_scale {
	day_number first, last; /**< first day of a month, last day of a month */
	int columns;            /**< in sight */
	int total;              /**< of the whole time */
	int offset;             /**< columns out of sight to the left */
};

/** What is told apart in the heading: the finest for which a label fits. */
enum timeline_unit { TIMELINE_MONTHS, TIMELINE_QUARTERS, TIMELINE_YEARS };

/** Most columns a month gets. */
#define TIMELINE_MONTH_MAX 16
/** Columns a label of a unit needs. */
#define TIMELINE_LABEL 4

/**
 * The whole of `first` to `last` in `columns`, 2^zoom times as wide, the part
 * from column `offset` in sight (less where that would leave room unused).
 */
struct timeline_scale timeline_scale_of(day_number first, day_number last, int columns, int zoom,
					int offset);
/** Whether another step of zoom still shows more. */
bool timeline_can_widen(const struct timeline_scale *scale);
/** The column of a day; below 0 or from `columns` on it is out of sight. */
int timeline_column(const struct timeline_scale *scale, day_number day);
enum timeline_unit timeline_unit_of(const struct timeline_scale *scale);
/** First day of the unit `day` is in, and of the one after it. */
day_number timeline_unit_start(enum timeline_unit unit, day_number day);
day_number timeline_unit_next(enum timeline_unit unit, day_number day);

#endif
