/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/roster.h"

#include <stdlib.h>

#include "nucleo/model/attendance.h"
#include "nucleo/model/names.h"
#include "nucleo/store/connection.h"

static day_number day_in(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return text ? date_parse_iso(text) : DATE_NONE;
}

static int enum_in(struct query *query, int column, const struct enum_names *names)
{
	const char *text = query_text(query, column, NULL);
	return text ? enum_value(names, text) : ENUM_NONE;
}

/* Whether the term the query stands on is of that day. */
static bool has_seat(struct query *query, const struct roster_query *wanted)
{
	const struct member_term term = {day_in(query, 4), day_in(query, 5)};
	day_number first_named = day_in(query, 6);
	if (first_named == DATE_NONE && !wanted->is_over)
		first_named = wanted->day;
	return member_term_has(&term, first_named, wanted->day);
}

/* Whoever is a member comes before the observers. */
static void add_seat(struct query *query, roster *seats)
{
	int64_t organization = query_integer(query, 0);
	for (size_t i = 0; i < seats->count; i++)
		if (seats->items[i].organization == organization)
			return;
	const char *acronym = query_text(query, 1, NULL);
	struct roster_seat *seat = vector_add(seats);
	seat->organization = organization;
	seat->acronym = mem_strdup(acronym ? acronym : "");
	seat->name = mem_strdup_null(query_text(query, 2, NULL));
	seat->sector = enum_in(query, 3, &sector_names);
	seat->capacity = enum_in(query, 7, &capacity_names);
}

enum rc store_roster(struct store *store, const struct roster_query *wanted, roster *seats,
		     struct error *err)
{
	struct query query;
	*seats = (roster){0};
	query_begin(&query, store, STATEMENT_ROSTER);
	while (query_next(&query))
		if (has_seat(&query, wanted))
			add_seat(&query, seats);
	enum rc rc = query_end(&query, err);
	if (rc != RC_OK)
		roster_release(seats);
	return rc;
}

void roster_release(roster *seats)
{
	for (size_t i = 0; i < seats->count; i++) {
		free(seats->items[i].acronym);
		free(seats->items[i].name);
	}
	vector_release(seats);
}
