/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/exchange/text_decode.h"
#include "nucleo/model/records.h"

static const enum record_kind_id record_kind_of[CSV_KINDS] = {
	[CSV_PLANS] = RECORD_PLAN,
	[CSV_ORGANIZATIONS] = RECORD_ORGANIZATION,
	[CSV_COMMITMENTS] = RECORD_COMMITMENT,
	[CSV_MILESTONES] = RECORD_MILESTONE,
	[CSV_REPORTS] = RECORD_PROGRESS,
};

const struct editable_kind *csv_editable_kind(enum csv_kind kind)
{
	return editable_kind_of(record_kind_of[kind]);
}

size_t csv_field(enum csv_kind kind, const char *name)
{
	const struct editable_kind *add = csv_editable_kind(kind);
	size_t i = 0;
	while (strcmp(add->fields[i].name, name) != 0)
		i++;
	return i;
}

/* ---- the index: "c3/C5" is commitment C5 of plan number 3 */

static size_t find(const struct csv_import *import, char letter, size_t parent, const char *name)
{
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "%c%zu/%s", letter, parent, name);
	size_t found = text_map_get(&import->index, key.data);
	strbuf_release(&key);
	return found;
}

static void put(struct csv_import *import, char letter, size_t parent, const char *name, size_t i)
{
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "%c%zu/%s", letter, parent, name);
	text_map_put(&import->index, key.data, i);
	strbuf_release(&key);
}

size_t csv_add_record(struct csv_import *import, enum csv_kind kind, size_t parent)
{
	vector_push(
		&import->records[kind],
		((struct csv_record){.parent = parent, .milestone = CSV_NONE, .next = CSV_NONE}));
	return import->records[kind].count - 1;
}

static size_t add_stored(struct csv_import *import, enum csv_kind kind, size_t i, size_t parent)
{
	const void *row = record_set_at(&import->sets[kind], i);
	size_t at = csv_add_record(import, kind, parent);
	csv_at(import, kind, at)->stored = row;
	/* Every struct of a record begins with RECORD_HEAD. */
	csv_at(import, kind, at)->key = ((const struct plan *)row)->key;
	return at;
}

/* ---- what is stored */

static void index_plans(struct csv_import *import)
{
	for (size_t i = 0; i < import->sets[CSV_PLANS].count; i++) {
		const struct plan *plan = record_set_at(&import->sets[CSV_PLANS], i);
		char *folded = utf8_sort_key(plan->code);
		put(import, 'p', 0, folded, add_stored(import, CSV_PLANS, i, CSV_NONE));
		free(folded);
	}
}

static size_t find_plan(const struct csv_import *import, const char *code)
{
	char *folded = utf8_sort_key(code);
	size_t plan = find(import, 'p', 0, folded);
	free(folded);
	return plan;
}

static void index_commitments(struct csv_import *import)
{
	for (size_t i = 0; i < import->sets[CSV_COMMITMENTS].count; i++) {
		const struct commitment *row = record_set_at(&import->sets[CSV_COMMITMENTS], i);
		size_t plan = find_plan(import, row->plan);
		put(import, 'c', plan, row->code, add_stored(import, CSV_COMMITMENTS, i, plan));
	}
}

static void index_milestones(struct csv_import *import)
{
	for (size_t i = 0; i < import->sets[CSV_MILESTONES].count; i++) {
		const struct milestone *row = record_set_at(&import->sets[CSV_MILESTONES], i);
		size_t commitment =
			find(import, 'c', find_plan(import, row->plan), row->commitment);
		struct strbuf number;
		strbuf_init(&number);
		strbuf_addf(&number, "%lld", (long long)row->number);
		/* Of two with one number the file means the first. */
		if (find(import, 'm', commitment, number.data) == CSV_NONE)
			put(import, 'm', commitment, number.data,
			    add_stored(import, CSV_MILESTONES, i, commitment));
		strbuf_release(&number);
	}
}

static enum rc load_set(struct csv_import *import, enum csv_kind kind, struct error *err)
{
	struct list_query all = {0};
	return record_set_load(&import->sets[kind], import->store, record_kind_of[kind], &all, err);
}

enum rc csv_load(struct csv_import *import, struct error *err)
{
	enum record_kind_id kind = import->source->kind;
	bool has_plans = kind != RECORD_ORGANIZATION;
	bool has_milestones = kind == RECORD_MILESTONE || kind == RECORD_PROGRESS;
	enum rc rc = load_set(import, CSV_ORGANIZATIONS, err);
	if (rc == RC_OK && has_plans)
		rc = load_set(import, CSV_PLANS, err);
	if (rc == RC_OK && has_plans)
		rc = load_set(import, CSV_COMMITMENTS, err);
	if (rc == RC_OK && has_milestones)
		rc = load_set(import, CSV_MILESTONES, err);
	if (rc == RC_OK && kind == RECORD_PROGRESS)
		rc = load_set(import, CSV_REPORTS, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < import->sets[CSV_ORGANIZATIONS].count; i++)
		add_stored(import, CSV_ORGANIZATIONS, i, CSV_NONE);
	csv_index_organizations(import);
	index_plans(import);
	index_commitments(import);
	index_milestones(import);
	return RC_OK;
}

void csv_records_release(struct csv_import *import)
{
	for (int kind = 0; kind < CSV_KINDS; kind++) {
		for (size_t i = 0; i < import->records[kind].count; i++) {
			struct csv_record *record = csv_at(import, (enum csv_kind)kind, i);
			for (size_t field = 0; field < EDITABLE_FIELDS_MAX; field++)
				free(record->value[field]);
			vector_release(&record->parties);
		}
		vector_release(&import->records[kind]);
		record_set_release(&import->sets[kind]);
	}
	free(import->stored_next);
	text_map_release(&import->index);
	text_map_release(&import->directory);
}

/* ---- finding or making */

size_t csv_plan(struct csv_import *import, const char *code, bool may_add)
{
	size_t plan = find_plan(import, code);
	if (plan != CSV_NONE || !may_add)
		return plan;
	char *folded = utf8_sort_key(code);
	plan = csv_add_record(import, CSV_PLANS, CSV_NONE);
	csv_set_text(csv_at(import, CSV_PLANS, plan), CSV_PLANS, "code", mem_strdup(code));
	put(import, 'p', 0, folded, plan);
	free(folded);
	return plan;
}

static size_t find_or_add(struct csv_import *import, enum csv_kind kind, size_t parent,
			  const char *name, bool may_add)
{
	bool is_commitment = kind == CSV_COMMITMENTS;
	char letter = is_commitment ? 'c' : 'm';
	size_t found = find(import, letter, parent, name);
	if (found != CSV_NONE || !may_add)
		return found;
	found = csv_add_record(import, kind, parent);
	csv_set_text(csv_at(import, kind, found), kind, is_commitment ? "code" : "number",
		     mem_strdup(name));
	put(import, letter, parent, name, found);
	return found;
}

size_t csv_commitment(struct csv_import *import, size_t plan, const char *code, bool may_add)
{
	return find_or_add(import, CSV_COMMITMENTS, plan, code, may_add);
}

size_t csv_milestone(struct csv_import *import, size_t commitment, const char *number, bool may_add)
{
	return find_or_add(import, CSV_MILESTONES, commitment, number, may_add);
}

/* ---- values */

void csv_set_text(struct csv_record *record, enum csv_kind kind, const char *field, char *text)
{
	size_t i = csv_field(kind, field);
	free(record->value[i]);
	record->value[i] = text;
}

const char *csv_value(const struct csv_record *record, enum csv_kind kind, const char *field)
{
	return record->value[csv_field(kind, field)];
}

static void add_squeezed(struct strbuf *out, const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	text_clean(text, &clean);
	for (const char *at = clean.data; *at;) {
		size_t blanks = strspn(at, " \t\n\f");
		if (blanks && out->length && at[blanks])
			strbuf_addch(out, ' ');
		at += blanks;
		size_t length = strcspn(at, " \t\n\f");
		strbuf_add(out, at, length);
		at += length;
	}
	strbuf_release(&clean);
}

bool csv_is_same(const char *a, const char *b)
{
	struct strbuf x, y;
	if (strcmp(a, b) == 0)
		return true;
	strbuf_init(&x);
	strbuf_init(&y);
	add_squeezed(&x, a);
	add_squeezed(&y, b);
	bool is_same = strcmp(x.data, y.data) == 0;
	strbuf_release(&x);
	strbuf_release(&y);
	return is_same;
}

char *csv_stored_value(enum csv_kind kind, const void *stored, const char *field)
{
	const struct record_kind *record = &record_kinds[record_kind_of[kind]];
	struct strbuf text, own;
	strbuf_init(&text);
	strbuf_init(&own);
	/* Where a list shows the plan's dates for a commitment without, its own are apart. */
	strbuf_addf(&own, "own_%s", field);
	const struct field *found = record_field_named(record, own.data);
	if (!found)
		found = record_field_named(record, field);
	if (found)
		record_add_value(&text, found, stored);
	strbuf_release(&own);
	return strbuf_detach(&text);
}

/* Rows of one commitment repeat its title: they must agree, the first one is kept. What no row
 * said gives way. */
static void keep(struct csv_import *import, struct csv_record *record, size_t i, char *text,
		 struct csv_place place)
{
	bool is_guess = record->value[i] && !record->said[i];
	if (record->value[i] && !is_guess && !csv_is_same(record->value[i], text)) {
		csv_fault(import, place.row, place.column,
			  _("«%s» no es lo que dice la fila %zu: «%s»"), text,
			  import->table.rows.items[record->said[i]].number, record->value[i]);
		free(text);
		return;
	}
	if (record->value[i] && !is_guess) {
		free(text);
		return;
	}
	free(record->value[i]);
	record->value[i] = text;
	record->said[i] = place.row;
}

char *csv_read_cell(struct csv_import *import, const struct editable_field *field,
		    struct csv_place place)
{
	struct error err = {0};
	char *value = NULL;
	const char *cell = csv_cell(&import->table, place.row, place.column);
	if (!*cell)
		return NULL;
	char *text = csv_spelled(field, cell);
	if (record_value_check(field, text, &err) == RC_OK)
		value = record_value_canonical(field, text);
	else
		csv_fault(import, place.row, place.column, "%s", err.text);
	free(text);
	return value;
}

void csv_set(struct csv_import *import, enum csv_kind kind, size_t record, const char *field,
	     struct csv_place place)
{
	if (place.column == CSV_NONE)
		return;
	size_t i = csv_field(kind, field);
	char *value = csv_read_cell(import, &csv_editable_kind(kind)->fields[i], place);
	if (value)
		keep(import, csv_at(import, kind, record), i, value, place);
}
