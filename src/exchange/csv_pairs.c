/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/csv_parts.h"
#include "nucleo/model/records.h"

/* The reports of the file and the stored ones on one thing, both in their order. */
struct pairing {
	struct csv_import *import;
	VECTOR(size_t) wanted;
	VECTOR(size_t) stored; /* CSV_NONE once it is taken */
};

static const struct progress *stored_at(const struct pairing *pairing, size_t i)
{
	return record_set_at(&pairing->import->sets[CSV_REPORTS], pairing->stored.items[i]);
}

static struct csv_record *wanted_at(const struct pairing *pairing, size_t i)
{
	return csv_at(pairing->import, CSV_REPORTS, pairing->wanted.items[i]);
}

static void add_wanted(struct pairing *pairing, size_t first)
{
	for (size_t i = first; i != CSV_NONE; i = csv_at(pairing->import, CSV_REPORTS, i)->next)
		if (!csv_at(pairing->import, CSV_REPORTS, i)->is_dropped)
			vector_push(&pairing->wanted, i);
	/* By the row that said it last: a repeat may have moved a report behind another. */
	for (size_t i = 1; i < pairing->wanted.count; i++)
		for (size_t j = i; j && wanted_at(pairing, j)->row < wanted_at(pairing, j - 1)->row;
		     j--) {
			size_t swap = pairing->wanted.items[j];
			pairing->wanted.items[j] = pairing->wanted.items[j - 1];
			pairing->wanted.items[j - 1] = swap;
		}
}

/* Whether the stored report says all that the file does. */
static bool is_told(const struct csv_record *report, const struct progress *stored)
{
	static const char *const fields[] = {"percent", "state", "evidence", "note", "item"};
	for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
		const char *text = csv_value(report, CSV_REPORTS, fields[i]);
		char *was = text ? csv_stored_value(CSV_REPORTS, stored, fields[i]) : NULL;
		bool is_same = !text || csv_is_same(was, text);
		free(was);
		if (!is_same)
			return false;
	}
	return true;
}

/* The first pass takes reports that are there as they are, the second any, in order. */
static void pair(struct pairing *pairing, bool as_they_are)
{
	for (size_t i = 0; i < pairing->wanted.count; i++) {
		struct csv_record *report = wanted_at(pairing, i);
		for (size_t j = 0; j < pairing->stored.count && !report->stored; j++) {
			if (pairing->stored.items[j] == CSV_NONE ||
			    (as_they_are && !is_told(report, stored_at(pairing, j))))
				continue;
			report->stored = stored_at(pairing, j);
			report->key = stored_at(pairing, j)->key;
			pairing->stored.items[j] = CSV_NONE;
		}
	}
}

/* The later row of the file is the later report; a new one comes behind all that are there. */
static void set_ranks(struct pairing *pairing, int64_t highest)
{
	int64_t after = -1;
	for (size_t i = 0; i < pairing->wanted.count; i++) {
		struct csv_record *report = wanted_at(pairing, i);
		const struct progress *stored = report->stored;
		if (!stored && after < highest)
			after = highest;
		report->rank = stored && stored->rank > after ? stored->rank : after + 1;
		after = report->rank;
	}
}

static void pair_chain(struct csv_import *import, size_t first, size_t stored)
{
	struct pairing pairing = {.import = import};
	int64_t highest = -1;
	add_wanted(&pairing, first);
	for (; stored != CSV_NONE; stored = import->stored_next[stored]) {
		vector_push(&pairing.stored, stored);
		if (stored_at(&pairing, pairing.stored.count - 1)->rank > highest)
			highest = stored_at(&pairing, pairing.stored.count - 1)->rank;
	}
	pair(&pairing, true);
	pair(&pairing, false);
	set_ranks(&pairing, highest);
	vector_release(&pairing.wanted);
	vector_release(&pairing.stored);
}

void csv_pair_reports(struct csv_import *import)
{
	for (size_t i = 0; i < import->report_heads.count; i++)
		pair_chain(import, import->report_heads.items[i], import->stored_heads.items[i]);
}
