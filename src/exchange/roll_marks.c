/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/exchange/roll_parts.h"

/* What somebody who takes the attendance does to it. */

day_minute roll_clock(const struct roll *roll, day_minute now)
{
	return roll->is_stored && roll->status == MEETING_IN_SESSION ? now : DAY_MINUTE_NONE;
}

/* ---- one mark */

/* A slip of the finger is taken back whole: with the time of arrival it had. */
static void make_present(const struct roll *roll, struct roll_row *row, day_minute now)
{
	if (row->kept.status == ATTENDANCE_PRESENT) {
		roll_mark_copy(&row->mark, &row->kept);
		return;
	}
	row->mark.status = ATTENDANCE_PRESENT;
	row->mark.mode = row->mark.mode == ENUM_NONE ? roll->mode : row->mark.mode;
	row->mark.arrived = roll_clock(roll, now);
}

/* Who is not there takes part in no way and for nobody. */
static void make_missing(struct roll_row *row, int status)
{
	if (row->mark.status == ATTENDANCE_PRESENT)
		roll_mark_copy(&row->kept, &row->mark);
	roll_mark_release(&row->mark);
	roll_mark_init(&row->mark, status);
}

void roll_set_status(struct roll *roll, size_t i, int status, day_minute now)
{
	struct roll_row *row = &roll->rows.items[i];
	if (row->mark.status == status)
		return;
	if (status == ATTENDANCE_PRESENT)
		make_present(roll, row, now);
	else
		make_missing(row, status);
}

void roll_toggle(struct roll *roll, size_t i, day_minute now)
{
	struct roll_row *row = &roll->rows.items[i];
	if (row->mark.departed != DAY_MINUTE_NONE)
		row->mark.departed = DAY_MINUTE_NONE;
	else
		roll_set_status(roll, i,
				row->mark.status == ATTENDANCE_PRESENT ? ATTENDANCE_ABSENT
								       : ATTENDANCE_PRESENT,
				now);
}

void roll_toggle_excused(struct roll *roll, size_t i, day_minute now)
{
	bool is_excused = roll->rows.items[i].mark.status == ATTENDANCE_EXCUSED;
	roll_set_status(roll, i, is_excused ? ATTENDANCE_ABSENT : ATTENDANCE_EXCUSED, now);
}

void roll_toggle_mode(struct roll *roll, size_t i, day_minute now)
{
	struct roll_row *row = &roll->rows.items[i];
	bool was_virtual = row->mark.mode == MODE_VIRTUAL;
	roll_set_status(roll, i, ATTENDANCE_PRESENT, now);
	row->mark.mode = was_virtual ? MODE_IN_PERSON : MODE_VIRTUAL;
}

void roll_toggle_standing(struct roll *roll, size_t i, day_minute now)
{
	struct roll_row *row = &roll->rows.items[i];
	bool was_alternate = row->mark.standing == STANDING_ALTERNATE;
	roll_set_status(roll, i, ATTENDANCE_PRESENT, now);
	row->mark.standing = was_alternate ? STANDING_PRINCIPAL : STANDING_ALTERNATE;
}

void roll_leave(struct roll *roll, size_t i, day_minute now)
{
	struct roll_row *row = &roll->rows.items[i];
	if (row->mark.departed != DAY_MINUTE_NONE)
		row->mark.departed = DAY_MINUTE_NONE;
	else if (row->mark.status == ATTENDANCE_PRESENT)
		row->mark.departed = roll_clock(roll, now);
}

void roll_set_all_present(struct roll *roll, day_minute now)
{
	for (size_t i = 0; i < roll->rows.count; i++)
		if (roll->rows.items[i].capacity != CAPACITY_GUEST)
			roll_set_status(roll, i, ATTENDANCE_PRESENT, now);
}

void roll_clear(struct roll *roll)
{
	for (size_t i = 0; i < roll->rows.count; i++)
		if (roll->rows.items[i].capacity != CAPACITY_GUEST)
			roll_set_status(roll, i, ATTENDANCE_ABSENT, DAY_MINUTE_NONE);
}

enum rc roll_set_delegate(struct roll *roll, size_t i, const char *text, struct error *err)
{
	struct roll_row *row = &roll->rows.items[i];
	enum rc rc = record_text_check(text, err);
	if (rc != RC_OK)
		return rc;
	free(row->mark.delegate);
	row->mark.delegate = *text ? mem_strdup(text) : NULL;
	return RC_OK;
}

/* ---- times */

/* `text` of `length` bytes; empty is no time. */
static bool read_time(const char *text, size_t length, day_minute *time)
{
	char *word = mem_strndup(text, length);
	*time = *word ? daytime_parse(word) : DAY_MINUTE_NONE;
	bool is_read = !*word || *time != DAY_MINUTE_NONE;
	free(word);
	return is_read;
}

static bool read_times(const char *text, struct roll_mark *mark)
{
	const char *dash = strchr(text, '-');
	size_t first = dash ? (size_t)(dash - text) : strlen(text);
	day_minute arrived, departed = DAY_MINUTE_NONE;
	if (!read_time(text, first, &arrived) ||
	    (dash && !read_time(dash + 1, strlen(dash + 1), &departed)))
		return false;
	mark->arrived = arrived;
	mark->departed = departed;
	return true;
}

enum rc roll_set_times(struct roll *roll, size_t i, const char *text, struct error *err)
{
	struct roll_row *row = &roll->rows.items[i];
	struct roll_mark read = {.status = ATTENDANCE_PRESENT};
	if (!read_times(text, &read))
		return error_set(err, RC_INVALID,
				 _("«%s» no son horas: escriba, por ejemplo, 15h20-16h40."), text);
	if (read.arrived != DAY_MINUTE_NONE && read.departed != DAY_MINUTE_NONE &&
	    roll_minute(roll, read.departed) < roll_minute(roll, read.arrived))
		return error_set(err, RC_INVALID, "%s",
				 _("La hora de salida es anterior a la de llegada."));
	roll_set_status(roll, i, ATTENDANCE_PRESENT, DAY_MINUTE_NONE);
	row->mark.arrived = read.arrived;
	row->mark.departed = read.departed;
	return RC_OK;
}
