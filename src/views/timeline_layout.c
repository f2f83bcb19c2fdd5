/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/timeline_layout.h"

#include <stdint.h>

/* The calendar ends there. */
enum { YEAR_LAST = 2199, ZOOM_MAX = 12 };

static int month_count(day_number first, day_number last)
{
	struct civil_date from = date_to_civil(first), to = date_to_civil(last);
	return (to.year - from.year) * 12 + to.month - from.month + 1;
}

struct timeline_scale timeline_scale_of(day_number first, day_number last, int columns, int zoom,
					int offset)
{
	struct civil_date end = date_to_civil(last < first ? first : last);
	struct timeline_scale scale = {
		.first = timeline_unit_start(TIMELINE_MONTHS, first),
		.last = date_month_end(end.year, end.month),
		.columns = columns,
		.total = columns,
	};
	int most = month_count(scale.first, scale.last) * TIMELINE_MONTH_MAX;
	for (int i = 0; i < zoom && i < ZOOM_MAX && scale.total < most; i++)
		scale.total *= 2;
	int spare = scale.total - columns;
	scale.offset = offset > spare ? spare : offset < 0 ? 0 : offset;
	return scale;
}

bool timeline_can_widen(const struct timeline_scale *scale)
{
	return scale->total < month_count(scale->first, scale->last) * TIMELINE_MONTH_MAX &&
	       scale->total < scale->columns << ZOOM_MAX;
}

int timeline_column(const struct timeline_scale *scale, day_number day)
{
	int64_t days = (int64_t)scale->last - scale->first + 1;
	int64_t column = ((int64_t)day - scale->first) * scale->total;
	/* Division rounds to zero: days before the first are to the left of it. */
	column = column < 0 ? (column - days + 1) / days : column / days;
	return (int)(column - scale->offset);
}

enum timeline_unit timeline_unit_of(const struct timeline_scale *scale)
{
	int months = month_count(scale->first, scale->last);
	if (scale->total >= months * TIMELINE_LABEL)
		return TIMELINE_MONTHS;
	return scale->total * 3 >= months * TIMELINE_LABEL ? TIMELINE_QUARTERS : TIMELINE_YEARS;
}

static int months_in(enum timeline_unit unit)
{
	return unit == TIMELINE_MONTHS ? 1 : unit == TIMELINE_QUARTERS ? 3 : 12;
}

day_number timeline_unit_start(enum timeline_unit unit, day_number day)
{
	struct civil_date date = date_to_civil(day);
	int months = months_in(unit);
	return date_from_civil(date.year, (date.month - 1) / months * months + 1, 1);
}

day_number timeline_unit_next(enum timeline_unit unit, day_number day)
{
	struct civil_date date = date_to_civil(timeline_unit_start(unit, day));
	int month = date.month - 1 + months_in(unit);
	int year = date.year + month / 12;
	return year > YEAR_LAST ? DATE_NONE : date_from_civil(year, month % 12 + 1, 1);
}
