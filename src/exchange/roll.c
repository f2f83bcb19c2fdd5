/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/roll_parts.h"
#include "nucleo/store/record_set.h"
#include "nucleo/store/roster.h"

/* How a roll is read: the seats of the day, with what is stored of this meeting or was of the
 * last one. */

struct reading {
	struct store *store;
	struct roll roll;
	struct record_set meeting; /* of the one record */
	struct record_set stored;  /* attendance of this meeting */
	struct record_set last;    /* of the one held before it; empty when that is not needed */
	VECTOR(bool) is_taken;     /* of each stored row: it has its row of the roll */
};

/* ---- rows */

void roll_mark_init(struct roll_mark *mark, int status)
{
	*mark = (struct roll_mark){.status = status,
				   .mode = ENUM_NONE,
				   .standing = ENUM_NONE,
				   .arrived = DAY_MINUTE_NONE,
				   .departed = DAY_MINUTE_NONE};
}

void roll_mark_release(struct roll_mark *mark)
{
	free(mark->delegate);
	mark->delegate = NULL;
}

void roll_mark_copy(struct roll_mark *to, const struct roll_mark *from)
{
	char *delegate = mem_strdup_null(from->delegate);
	roll_mark_release(to);
	*to = *from;
	to->delegate = delegate;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool are_equal(const struct roll_mark *a, const struct roll_mark *b)
{
	return a->status == b->status && a->mode == b->mode && a->standing == b->standing &&
	       a->arrived == b->arrived && a->departed == b->departed &&
	       same_text(a->delegate, b->delegate);
}

/* Gives `to` what differs between `was` and `now`. */
static void carry_over(struct roll_mark *to, const struct roll_mark *was,
		       const struct roll_mark *now)
{
	to->status = now->status == was->status ? to->status : now->status;
	to->mode = now->mode == was->mode ? to->mode : now->mode;
	to->standing = now->standing == was->standing ? to->standing : now->standing;
	to->arrived = now->arrived == was->arrived ? to->arrived : now->arrived;
	to->departed = now->departed == was->departed ? to->departed : now->departed;
	if (same_text(now->delegate, was->delegate))
		return;
	free(to->delegate);
	to->delegate = mem_strdup_null(now->delegate);
}

struct roll_row *roll_add_row(struct roll *roll, int64_t organization, const char *acronym,
			      const char *name)
{
	struct roll_row *row = vector_add(&roll->rows);
	row->organization = organization;
	row->acronym = mem_strdup(acronym);
	row->name = mem_strdup_null(name);
	row->sector = SECTOR_OTHER;
	row->capacity = CAPACITY_GUEST;
	roll_mark_init(&row->mark, ATTENDANCE_ABSENT);
	roll_mark_init(&row->was, ATTENDANCE_ABSENT);
	roll_mark_init(&row->kept, ENUM_NONE);
	return row;
}

void roll_release(struct roll *roll)
{
	for (size_t i = 0; i < roll->rows.count; i++) {
		struct roll_row *row = &roll->rows.items[i];
		free(row->acronym);
		free(row->name);
		roll_mark_release(&row->mark);
		roll_mark_release(&row->was);
		roll_mark_release(&row->kept);
	}
	vector_release(&roll->rows);
	free(roll->number);
	free(roll->from);
	*roll = (struct roll){0};
}

size_t roll_find(const struct roll *roll, const char *acronym)
{
	size_t i = 0;
	while (i < roll->rows.count && !utf8_equal_folded(roll->rows.items[i].acronym, acronym))
		i++;
	return i;
}

int roll_minute(const struct roll *roll, day_minute time)
{
	return time != DAY_MINUTE_NONE && time < roll->dawn ? time + DAY_MINUTES : time;
}

bool roll_row_is_changed(const struct roll_row *row)
{
	return !are_equal(&row->mark, &row->was);
}

bool roll_is_changed(const struct roll *roll)
{
	for (size_t i = 0; i < roll->rows.count; i++)
		if (roll_row_is_changed(&roll->rows.items[i]))
			return true;
	return false;
}

/* ---- what is stored */

static void read_mark(struct roll_mark *mark, const struct attendee *attendee)
{
	roll_mark_release(mark);
	*mark = (struct roll_mark){.status = attendee->status,
				   .mode = attendee->mode,
				   .standing = attendee->standing,
				   .arrived = attendee->arrived,
				   .departed = attendee->departed,
				   .delegate = mem_strdup_null(attendee->delegate)};
}

static void read_stored(struct roll_row *row, const struct attendee *attendee)
{
	row->key = attendee->key;
	row->capacity = attendee->capacity;
	if (attendee->sector != ENUM_NONE)
		row->sector = attendee->sector;
	read_mark(&row->mark, attendee);
	roll_mark_copy(&row->was, &row->mark);
}

/* An acta may name an institution twice: each is a row. */
static bool add_stored(struct reading *reading, const struct roster_seat *seat)
{
	bool is_there = false;
	for (size_t i = 0; i < reading->stored.count; i++) {
		const struct attendee *attendee = record_set_at(&reading->stored, i);
		if (!attendee->organization || strcmp(attendee->organization, seat->acronym) != 0)
			continue;
		struct roll_row *row = roll_add_row(&reading->roll, seat->organization,
						    seat->acronym, seat->name);
		read_stored(row, attendee);
		reading->is_taken.items[i] = true;
		reading->roll.is_stored = is_there = true;
	}
	return is_there;
}

static void add_seats(struct reading *reading, const roster *seats)
{
	for (size_t i = 0; i < reading->stored.count; i++)
		vector_push(&reading->is_taken, false);
	for (size_t i = 0; i < seats->count; i++) {
		const struct roster_seat *seat = &seats->items[i];
		if (add_stored(reading, seat))
			continue;
		struct roll_row *row = roll_add_row(&reading->roll, seat->organization,
						    seat->acronym, seat->name);
		row->capacity = seat->capacity;
		row->sector = seat->sector == ENUM_NONE ? SECTOR_OTHER : seat->sector;
	}
}

/* Guests, and whoever has no seat that day although the record says it came. */
static enum rc add_others(struct reading *reading, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < reading->stored.count && rc == RC_OK; i++) {
		const struct attendee *attendee = record_set_at(&reading->stored, i);
		int64_t organization;
		if (reading->is_taken.items[i] || !attendee->organization)
			continue;
		rc = store_find(reading->store, RECORD_ORGANIZATION, attendee->organization,
				&organization, err);
		if (rc != RC_OK)
			break;
		read_stored(roll_add_row(&reading->roll, organization, attendee->organization,
					 attendee->name),
			    attendee);
		reading->roll.is_stored |= attendee->capacity != CAPACITY_GUEST;
	}
	return rc;
}

/* ---- the last meeting */

struct last_meeting {
	int64_t key;
	char *number;
};

static bool take_held(void *context, const void *record)
{
	struct last_meeting *last = context;
	const struct meeting *meeting = record;
	if (meeting->status < MEETING_IN_SESSION || !meeting->present_count)
		return true;
	last->key = meeting->key;
	last->number = mem_strdup(meeting->number);
	return false;
}

/* Meetings are listed newest first: the one before comes forward. */
static enum rc load_last(struct reading *reading, struct error *err)
{
	struct last_meeting last = {0};
	const struct meeting *meeting = record_set_at(&reading->meeting, 0);
	const struct list_anchor here = {.sort = meeting->sort, .key = meeting->key};
	const struct list_query before = {.from = &here};
	enum rc rc = store_list(reading->store, RECORD_MEETING, &before, take_held, &last, err);
	const struct list_query its = {.meeting = last.key};
	if (rc == RC_OK && last.key)
		rc = record_set_load(&reading->last, reading->store, RECORD_ATTENDEE, &its, err);
	free(reading->roll.from);
	reading->roll.from = last.number;
	return rc;
}

static void mark_as_last(struct roll *roll, struct roll_row *row, const struct attendee *last)
{
	struct roll_mark mark;
	roll_mark_init(&mark, ATTENDANCE_ABSENT);
	if (last && last->status == ATTENDANCE_PRESENT) {
		mark.status = ATTENDANCE_PRESENT;
		mark.mode = last->mode == ENUM_NONE ? roll->mode : last->mode;
		mark.standing = last->standing;
	}
	roll_mark_copy(&row->mark, &mark);
}

static const struct attendee *named_last(const struct reading *reading, const char *acronym)
{
	const struct attendee *found = NULL;
	for (size_t i = 0; i < reading->last.count; i++) {
		const struct attendee *attendee = record_set_at(&reading->last, i);
		if (attendee->organization && strcmp(attendee->organization, acronym) == 0 &&
		    (!found || attendee->status == ATTENDANCE_PRESENT))
			found = attendee;
	}
	return found;
}

static void mark_all_as_last(const struct reading *reading, struct roll *roll)
{
	for (size_t i = 0; i < roll->rows.count; i++) {
		struct roll_row *row = &roll->rows.items[i];
		if (row->capacity != CAPACITY_GUEST)
			mark_as_last(roll, row, named_last(reading, row->acronym));
	}
}

/* What is proposed is no change anybody made. */
static enum rc propose(struct reading *reading, struct error *err)
{
	struct roll *roll = &reading->roll;
	enum rc rc = load_last(reading, err);
	if (rc != RC_OK)
		return rc;
	mark_all_as_last(reading, roll);
	for (size_t i = 0; i < roll->rows.count; i++)
		if (!roll->rows.items[i].key)
			roll_mark_copy(&roll->rows.items[i].was, &roll->rows.items[i].mark);
	return RC_OK;
}

/* ---- reading */

/* Who is there without a word about how is where the meeting is. */
static int usual_mode(const struct meeting *meeting)
{
	return !meeting->place && meeting->virtual_place ? MODE_VIRTUAL : MODE_IN_PERSON;
}

/* Halfway between its end and its beginning, when the end is of the day after. */
static day_minute dawn_of(const struct meeting *meeting)
{
	bool is_by_night = meeting->ends != DAY_MINUTE_NONE && meeting->ends < meeting->starts;
	return is_by_night ? (day_minute)((meeting->ends + meeting->starts) / 2) : 0;
}

static enum rc read_meeting(struct reading *reading, int64_t key, struct error *err)
{
	struct roll *roll = &reading->roll;
	enum rc rc = meeting_record_load(reading->store, key, &reading->meeting, err);
	if (rc != RC_OK)
		return rc;
	const struct meeting *meeting = record_set_at(&reading->meeting, 0);
	roll->meeting = key;
	roll->number = mem_strdup(meeting->number);
	roll->status = meeting->status;
	roll->mode = usual_mode(meeting);
	roll->dawn = dawn_of(meeting);
	return store_version(reading->store, &roll->version, err);
}

static enum rc read_seats(struct reading *reading, roster *seats, struct error *err)
{
	const struct meeting *meeting = record_set_at(&reading->meeting, 0);
	const struct roster_query query = {.day = meeting->date,
					   .is_over = meeting->status >= MEETING_CLOSED};
	return store_roster(reading->store, &query, seats, err);
}

static enum rc read_roll(struct reading *reading, int64_t meeting, struct error *err)
{
	roster seats = {0};
	const struct list_query its = {.meeting = meeting};
	enum rc rc = read_meeting(reading, meeting, err);
	if (rc == RC_OK)
		rc = read_seats(reading, &seats, err);
	if (rc == RC_OK)
		rc = record_set_load(&reading->stored, reading->store, RECORD_ATTENDEE, &its, err);
	if (rc == RC_OK) {
		add_seats(reading, &seats);
		rc = add_others(reading, err);
	}
	if (rc == RC_OK && !reading->roll.is_stored)
		rc = propose(reading, err);
	roster_release(&seats);
	return rc;
}

static void reading_release(struct reading *reading)
{
	record_set_release(&reading->meeting);
	record_set_release(&reading->stored);
	record_set_release(&reading->last);
	vector_release(&reading->is_taken);
}

enum rc roll_load(struct store *store, int64_t meeting, struct roll *roll, struct error *err)
{
	struct reading reading = {.store = store};
	enum rc rc = read_roll(&reading, meeting, err);
	reading_release(&reading);
	if (rc == RC_OK)
		*roll = reading.roll;
	else
		roll_release(&reading.roll);
	return rc;
}

/* A guest who is not stored yet has no row of its own in what was read. */
static struct roll_row *row_again(struct roll *roll, const struct roll_row *old)
{
	for (size_t i = 0; i < roll->rows.count; i++)
		if (old->key && roll->rows.items[i].key == old->key)
			return &roll->rows.items[i];
	size_t found = roll_find(roll, old->acronym);
	if (found < roll->rows.count)
		return &roll->rows.items[found];
	if (old->key)
		return NULL; /* it was removed elsewhere */
	struct roll_row *row =
		roll_add_row(roll, old->organization, old->acronym, old->name);
	row->sector = old->sector;
	row->capacity = old->capacity;
	return row;
}

enum rc roll_reload(struct store *store, struct roll *roll, struct error *err)
{
	struct roll now = {0};
	enum rc rc = roll_load(store, roll->meeting, &now, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < roll->rows.count; i++) {
		const struct roll_row *old = &roll->rows.items[i];
		struct roll_row *row = roll_row_is_changed(old) ? row_again(&now, old) : NULL;
		if (row)
			carry_over(&row->mark, &old->was, &old->mark);
		/* Who was missing when the list was written and comes now is late. */
		bool is_kept = old->kept.status != ENUM_NONE && roll->is_stored;
		row = is_kept ? row_again(&now, old) : NULL;
		if (row && row->mark.status != ATTENDANCE_PRESENT)
			roll_mark_copy(&row->kept, &old->kept);
	}
	roll_release(roll);
	*roll = now;
	return RC_OK;
}

enum rc roll_take_last(struct store *store, struct roll *roll, struct error *err)
{
	struct reading reading = {.store = store};
	enum rc rc = read_meeting(&reading, roll->meeting, err);
	if (rc == RC_OK)
		rc = load_last(&reading, err);
	if (rc == RC_OK && !reading.roll.from)
		rc = error_set(err, RC_NOT_FOUND,
			       _("Antes de %s no hay una reunión con asistencia."), roll->number);
	if (rc == RC_OK)
		mark_all_as_last(&reading, roll);
	reading_release(&reading);
	roll_release(&reading.roll);
	return rc;
}
