/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/records.h"

enum { REPORTS_MAX = 100 /* on one thing, that say different things: nobody has as many */ };

/* Fields in which one report may say more than another on the same. */
static const char *const told[] = {"percent", "state", "evidence", "note", "item"};

/* What a row is about, whoever of several reports it. */
struct report_place {
	size_t row, commitment, milestone;
	day_number as_of;
	int64_t meeting, item;
};

static size_t column_of(const struct csv_import *import, const char *field, int reporter)
{
	return csv_column_of(&import->columns, CSV_REPORTS, field, reporter);
}

static const char *cell_of(const struct csv_import *import, size_t row, const char *field)
{
	size_t column = column_of(import, field, ENUM_NONE);
	return column == CSV_NONE ? "" : csv_cell(&import->table, row, column);
}

static const struct editable_field *add_field_of(const char *name)
{
	return &csv_editable_kind(CSV_REPORTS)->fields[csv_field(CSV_REPORTS, name)];
}

/* ---- what reports are on the same: commitment, milestone, day, reporter and meeting */

static char *report_key(const struct report_place *place, const char *reporter, const char *meeting)
{
	struct strbuf key;
	char *folded = utf8_sort_key(meeting);
	strbuf_init(&key);
	strbuf_addf(&key, "%zu/%zu/%d/%s/%s", place->commitment, place->milestone, place->as_of,
		    reporter, folded);
	free(folded);
	return strbuf_detach(&key);
}

static size_t chain_of(const struct csv_import *import, char letter, const char *key)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%c%s", letter, key);
	size_t found = text_map_get(&import->index, name.data);
	strbuf_release(&name);
	return found;
}

static void set_chain(struct csv_import *import, char letter, const char *key, size_t first)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%c%s", letter, key);
	text_map_put(&import->index, name.data, first);
	strbuf_release(&name);
}

static char *stored_key(struct csv_import *import, const struct progress *row)
{
	const char *reporter = enum_name(&reporter_names, row->reporter);
	size_t plan = csv_plan(import, row->plan, false);
	struct report_place place = {
		.commitment = csv_commitment(import, plan, row->commitment, false),
		.milestone = CSV_NONE,
		.as_of = row->as_of,
	};
	if (row->milestone)
		place.milestone = csv_milestone(import, place.commitment, row->milestone, false);
	return report_key(&place, reporter ? reporter : "", row->meeting ? row->meeting : "");
}

/* From the last to the first: each chain is then in the order of the list. */
static void index_stored(struct csv_import *import)
{
	const struct record_set *set = &import->sets[CSV_REPORTS];
	import->stored_next = mem_alloc_zero(set->count, sizeof(*import->stored_next));
	for (size_t i = set->count; i-- > 0;) {
		char *key = stored_key(import, record_set_at(set, i));
		import->stored_next[i] = chain_of(import, 'r', key);
		set_chain(import, 'r', key, i);
		free(key);
	}
}

/* ---- what holds for the whole file */

static day_number date_of_cell(const struct csv_import *import, size_t row)
{
	char *text = csv_spelled(add_field_of("as_of"), cell_of(import, row, "as_of"));
	day_number date = date_parse(text);
	free(text);
	return date;
}

static day_number latest_date(const struct csv_import *import)
{
	day_number latest = DATE_NONE;
	for (size_t row = 1; row < import->table.rows.count; row++) {
		day_number date = date_of_cell(import, row);
		if (date > latest)
			latest = date;
	}
	return latest;
}

void csv_progress_begin(struct csv_import *import)
{
	bool has_reporter = column_of(import, "reporter", ENUM_NONE) != CSV_NONE;
	for (int reporter = 0; reporter < reporter_names.count && !has_reporter; reporter++)
		import->is_wide |= column_of(import, "state", reporter) != CSV_NONE ||
				   column_of(import, "percent", reporter) != CSV_NONE;
	import->cutoff = csv_date_in_name(import->source->name);
	if (import->cutoff == DATE_NONE)
		import->cutoff = latest_date(import);
	index_stored(import);
}

/* ---- the row's place */

static bool read_milestone(struct csv_import *import, struct report_place *place)
{
	size_t column = csv_column_of(&import->columns, CSV_MILESTONES, "number", ENUM_NONE);
	const char *cell = column == CSV_NONE ? "" : csv_cell(&import->table, place->row, column);
	if (!*cell)
		return true;
	char *number = csv_spelled_number(cell);
	place->milestone = csv_milestone(import, place->commitment, number, false);
	if (place->milestone == CSV_NONE)
		csv_fault(import, place->row, column,
			  _("ese compromiso no tiene un hito «%s»; importe antes los hitos"),
			  number);
	free(number);
	return place->milestone != CSV_NONE;
}

static bool read_date(struct csv_import *import, struct report_place *place)
{
	struct error err;
	size_t column = column_of(import, "as_of", ENUM_NONE);
	const char *cell = cell_of(import, place->row, "as_of");
	place->as_of = *cell ? date_of_cell(import, place->row) : import->cutoff;
	if (place->as_of != DATE_NONE)
		return true;
	if (*cell && record_value_check(add_field_of("as_of"), cell, &err) != RC_OK)
		csv_fault(import, place->row, column, "%s", err.text);
	else
		csv_fault(import, place->row, column,
			  _("no hay fecha de corte: ni en la fila, ni en el nombre del archivo, ni "
			    "en otra fila"));
	return false;
}

/* Key of the record a cell names; a record that is not there is the row's fault. */
static enum rc find_record(struct csv_import *import, size_t row, const char *field, int64_t *key,
			   struct error *err)
{
	struct error found;
	struct strbuf code;
	const char *cell = cell_of(import, row, field);
	bool is_item = strcmp(field, "item") == 0;
	if (!*cell)
		return RC_OK;
	strbuf_init(&code);
	if (is_item)
		strbuf_addf(&code, "%s/", cell_of(import, row, "meeting"));
	strbuf_adds(&code, cell);
	enum rc rc = store_find(import->store, is_item ? RECORD_AGENDA : RECORD_MEETING, code.data,
				key, &found);
	strbuf_release(&code);
	if (rc == RC_NOT_FOUND && !is_item) {
		csv_fault(import, row, column_of(import, field, ENUM_NONE),
			  _("no hay una reunión «%s»; importe antes su acta, o deje la celda en "
			    "blanco"),
			  cell);
		return RC_OK;
	}
	if (rc == RC_NOT_FOUND || rc == RC_INVALID) {
		csv_fault(import, row, column_of(import, field, ENUM_NONE), "%s", found.text);
		return RC_OK;
	}
	return rc == RC_OK ? RC_OK : error_set(err, rc, "%s", found.text);
}

/* ---- one report */

static void add_told(struct strbuf *note, const char *heading, const char *text)
{
	if (*text)
		strbuf_addf(note, "%s%s: %s", note->length ? "\n" : "", heading, text);
}

/* What no field takes is kept in the note, under its heading. */
static void set_note(struct csv_import *import, struct csv_record *report, size_t row, int reporter)
{
	struct strbuf note;
	strbuf_init(&note);
	if (reporter == ENUM_NONE)
		strbuf_adds(&note, cell_of(import, row, "note"));
	for (size_t i = 0; i < import->columns.count; i++)
		if (!import->columns.items[i].target &&
		    (import->is_wide ? csv_column_reporter(&import->columns, i) : ENUM_NONE) ==
			    reporter)
			add_told(&note, import->columns.items[i].heading,
				 csv_cell(&import->table, row, i));
	if (note.length > RECORD_VALUE_MAX)
		csv_fault(import, row, CSV_NONE, _("la nota pasa de %d bytes"), RECORD_VALUE_MAX);
	if (note.length)
		csv_set_text(report, CSV_REPORTS, "note", strbuf_detach(&note));
	strbuf_release(&note);
}

static bool says_something(const struct csv_record *report)
{
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (csv_value(report, CSV_REPORTS, told[i]))
			return true;
	return false;
}

/* Whether `more` says all that `less` does. */
static bool includes(const struct csv_record *more, const struct csv_record *less)
{
	for (size_t i = 0; i < ARRAY_COUNT(told); i++) {
		const char *a = csv_value(more, CSV_REPORTS, told[i]);
		const char *b = csv_value(less, CSV_REPORTS, told[i]);
		if (b && (!a || !csv_is_same(a, b)))
			return false;
	}
	return true;
}

/* Puts a report behind those on the same: one that says no more than another is not kept
 * twice, one that says otherwise is. The last to say a thing is the reporter's present word. */
static void settle(struct csv_import *import, size_t added, const char *key)
{
	struct csv_record *report = csv_at(import, CSV_REPORTS, added);
	size_t first = chain_of(import, 'w', key), last = CSV_NONE, count = 0;
	for (size_t i = first; i != CSV_NONE; i = csv_at(import, CSV_REPORTS, i)->next) {
		struct csv_record *other = csv_at(import, CSV_REPORTS, i);
		last = i;
		count++;
		if (!other->is_dropped && includes(other, report)) {
			report->is_dropped = true;
			if (says_something(report))
				other->row = report->row;
			return;
		}
		other->is_dropped |= includes(report, other);
	}
	if (count == REPORTS_MAX) {
		csv_fault(import, report->row, CSV_NONE,
			  _("hay más de %d informes distintos de lo mismo, de un día y un "
			    "informante"),
			  REPORTS_MAX);
		report->is_dropped = true;
		return;
	}
	if (last != CSV_NONE) {
		csv_at(import, CSV_REPORTS, last)->next = added;
		return;
	}
	set_chain(import, 'w', key, added);
	vector_push(&import->report_heads, added);
	vector_push(&import->stored_heads, chain_of(import, 'r', key));
}

/* A figure for what had one before in this file. */
static void note_repeat(struct csv_import *import, size_t row, const char *key)
{
	size_t first = chain_of(import, 'd', key);
	if (first == CSV_NONE)
		set_chain(import, 'd', key, row);
	else
		csv_note_duplicate(import, row, first);
}

/* The column of a wide row that holds what `reporter` says; the entity's may be the plain one. */
static size_t told_column(const struct csv_import *import, const char *field, int reporter)
{
	size_t column = column_of(import, field, reporter);
	if (column == CSV_NONE && reporter == REPORTER_ENTITY)
		column = column_of(import, field, ENUM_NONE);
	return column;
}

/* What a report takes from one cell. */
static void set_told(struct csv_import *import, size_t report, const char *field, size_t column)
{
	size_t row = csv_at(import, CSV_REPORTS, report)->row;
	csv_set(import, CSV_REPORTS, report, field, (struct csv_place){row, column});
}

static size_t add_report(struct csv_import *import, const struct report_place *place, int reporter)
{
	size_t at = csv_add_record(import, CSV_REPORTS, place->commitment);
	struct csv_record *report = csv_at(import, CSV_REPORTS, at);
	struct strbuf as_of;
	strbuf_init(&as_of);
	date_add_iso(&as_of, place->as_of);
	report->milestone = place->milestone;
	report->row = place->row;
	report->meeting = place->meeting;
	csv_set_text(report, CSV_REPORTS, "as_of", strbuf_detach(&as_of));
	if (reporter != ENUM_NONE)
		csv_set_text(report, CSV_REPORTS, "reporter",
			     mem_strdup(enum_name(&reporter_names, reporter)));
	return at;
}

static void add_main_report(struct csv_import *import, const struct report_place *place,
			    int reporter)
{
	int whose = import->is_wide ? REPORTER_ENTITY : ENUM_NONE;
	size_t row = place->row, at = add_report(import, place, reporter);
	const char *name = enum_name(&reporter_names, reporter);
	set_told(import, at, "percent", told_column(import, "percent", whose));
	set_told(import, at, "state", told_column(import, "state", whose));
	set_told(import, at, "evidence", column_of(import, "evidence", ENUM_NONE));
	struct csv_record *report = csv_at(import, CSV_REPORTS, at);
	set_note(import, report, row, ENUM_NONE);
	if (place->item) {
		report->item = place->item;
		csv_set_text(report, CSV_REPORTS, "item", mem_strdup(cell_of(import, row, "item")));
	}
	char *key = report_key(place, name ? name : "", cell_of(import, row, "meeting"));
	if (csv_value(report, CSV_REPORTS, "percent"))
		note_repeat(import, row, key);
	else
		import->result->not_reported++;
	settle(import, at, key);
	free(key);
}

static void add_other_report(struct csv_import *import, const struct report_place *place,
			     int reporter)
{
	size_t row = place->row, at = add_report(import, place, reporter);
	set_told(import, at, "percent", column_of(import, "percent", reporter));
	set_told(import, at, "state", column_of(import, "state", reporter));
	set_note(import, csv_at(import, CSV_REPORTS, at), row, reporter);
	char *key = report_key(place, enum_name(&reporter_names, reporter),
			       cell_of(import, row, "meeting"));
	if (says_something(csv_at(import, CSV_REPORTS, at)))
		settle(import, at, key);
	else
		csv_at(import, CSV_REPORTS, at)->is_dropped = true;
	free(key);
}

/* Who a row of the long form is by; ENUM_NONE when it does not say, or after a fault. */
static int reporter_of_row(struct csv_import *import, size_t row)
{
	const char *cell = cell_of(import, row, "reporter");
	struct error err;
	if (!*cell)
		return ENUM_NONE;
	char *text = csv_spelled(add_field_of("reporter"), cell);
	int reporter = enum_value(&reporter_names, text);
	if (record_value_check(add_field_of("reporter"), text, &err) != RC_OK)
		csv_fault(import, row, column_of(import, "reporter", ENUM_NONE), "%s", err.text);
	free(text);
	return reporter;
}

/* Of a row that is not placed the cells are looked at all the same: one run says all there is
 * to correct. */
static void check_told(struct csv_import *import, size_t row)
{
	static const char *const fields[] = {"percent", "state", "reporter"};
	for (size_t i = 0; i < import->columns.count; i++) {
		const struct csv_target *target = import->columns.items[i].target;
		for (size_t j = 0; target && target->kind == CSV_REPORTS && j < ARRAY_COUNT(fields);
		     j++)
			if (strcmp(target->field, fields[j]) == 0)
				free(csv_read_cell(import, add_field_of(fields[j]),
						   (struct csv_place){row, i}));
	}
}

enum rc csv_progress_row(struct csv_import *import, size_t row, struct error *err)
{
	struct report_place place = {.row = row, .milestone = CSV_NONE};
	place.commitment = csv_commitment_of_row(import, row, false);
	bool is_good = place.commitment != CSV_NONE && read_milestone(import, &place);
	is_good = read_date(import, &place) && is_good;
	enum rc rc = find_record(import, row, "meeting", &place.meeting, err);
	/* Of a meeting that is not there nothing is said of its items. */
	if (rc == RC_OK && (place.meeting || !*cell_of(import, row, "meeting")))
		rc = find_record(import, row, "item", &place.item, err);
	if (rc == RC_OK && !is_good)
		check_told(import, row);
	if (rc != RC_OK || !is_good)
		return rc;
	if (!import->is_wide) {
		add_main_report(import, &place, reporter_of_row(import, row));
		return RC_OK;
	}
	add_main_report(import, &place, REPORTER_ENTITY);
	add_other_report(import, &place, REPORTER_COUNTERPART);
	add_other_report(import, &place, REPORTER_GROUP);
	return RC_OK;
}
