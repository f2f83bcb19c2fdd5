/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/records.h"
#include "nucleo/store/children.h"

/* ---- new rows */

static const char *acronym_of(const struct csv_import *import, size_t organization)
{
	const struct csv_record *record = csv_at(import, CSV_ORGANIZATIONS, organization);
	return record->stored ? ((const struct organization *)record->stored)->acronym
			      : csv_value(record, CSV_ORGANIZATIONS, "acronym");
}

static const char *plan_code_of(const struct csv_import *import, size_t plan)
{
	const struct csv_record *record = csv_at(import, CSV_PLANS, plan);
	return record->stored ? ((const struct plan *)record->stored)->code
			      : csv_value(record, CSV_PLANS, "code");
}

static void add_sort(struct operation *operation, char *sort)
{
	operation_field(operation, "sort", value_text(sort));
	free(sort);
}

static void add_membership(struct csv_import *import, int64_t organization,
			   const struct csv_record *record, const char *since)
{
	const char *role = csv_value(record, CSV_ORGANIZATIONS, "role");
	if (!role)
		return;
	operation_insert(import->operation, "membership");
	operation_field(import->operation, "organization", value_key(organization));
	operation_field(import->operation, "role", value_text(role));
	operation_field(import->operation, "starts", value_text(since));
}

static void add_report_fields(struct csv_import *import, const struct csv_record *record)
{
	struct operation *operation = import->operation;
	if (record->milestone != CSV_NONE)
		operation_field(operation, "milestone",
				value_key(csv_at(import, CSV_MILESTONES, record->milestone)->key));
	operation_field(operation, "meeting", value_key(record->meeting));
	operation_field(operation, "agenda_item", value_key(record->item));
	if (record->rank)
		operation_field(operation, "rank", value_integer(record->rank));
}

/* The columns that are no field of the file. */
static void add_own_columns(struct csv_import *import, enum csv_kind kind,
			    const struct csv_record *record)
{
	struct operation *operation = import->operation;
	if (kind == CSV_ORGANIZATIONS) {
		operation_field(operation, "review", value_integer(record->is_review));
		add_sort(operation, utf8_sort_key(csv_value(record, kind, "acronym")));
		import->result->unknown_organizations += record->is_review;
	} else if (kind == CSV_COMMITMENTS) {
		operation_field(operation, "plan",
				value_key(csv_at(import, CSV_PLANS, record->parent)->key));
		add_sort(operation, commitment_sort_key(plan_code_of(import, record->parent),
							csv_value(record, kind, "code")));
	} else if (kind != CSV_PLANS) {
		operation_field(operation, "commitment",
				value_key(csv_at(import, CSV_COMMITMENTS, record->parent)->key));
	}
	if (kind == CSV_REPORTS)
		add_report_fields(import, record);
}

static void insert_record(struct csv_import *import, enum csv_kind kind, struct csv_record *record)
{
	const struct editable_kind *add = csv_editable_kind(kind);
	record->key = operation_insert(import->operation, add->table);
	for (size_t i = 0; i < add->field_count; i++)
		if (record->value[i] && add->fields[i].column &&
		    add->fields[i].type != EDITABLE_REFERENCE)
			operation_field(import->operation, add->fields[i].column,
					record_value(&add->fields[i], record->value[i]));
	add_own_columns(import, kind, record);
	if (kind == CSV_ORGANIZATIONS)
		add_membership(import, record->key, record,
			       csv_value(record, CSV_ORGANIZATIONS, "starts"));
	import->result->counts[kind].added++;
}

/* ---- rows that are there */

/* A commitment without dates of its own has its plan's: the file may say those. */
static bool is_inherited(enum csv_kind kind, const struct csv_record *record, const char *field,
			 const char *text)
{
	const struct commitment *commitment = record->stored;
	if (kind != CSV_COMMITMENTS)
		return false;
	if (strcmp(field, "starts") == 0)
		return commitment->starts == date_parse_iso(text);
	return strcmp(field, "ends") == 0 && commitment->ends == date_parse_iso(text);
}

/* A milestone that is put off keeps the dates it had first, unless the file says them. */
static void keep_original(struct csv_import *import, const struct csv_record *record,
			  const char *field, const char *was)
{
	const struct milestone *milestone = record->stored;
	bool is_start = strcmp(field, "starts") == 0;
	if (!*was || (!is_start && strcmp(field, "ends") != 0) ||
	    csv_value(record, CSV_MILESTONES, is_start ? "original_starts" : "original_ends"))
		return;
	if ((is_start ? milestone->original_starts : milestone->original_ends) == DATE_NONE)
		operation_change(import->operation, "milestone", record->key,
				 is_start ? "original_starts" : "original_ends", value_null(),
				 value_text(was));
}

static bool change_field(struct csv_import *import, enum csv_kind kind,
			 const struct csv_record *record, const struct editable_field *field,
			 const char *text)
{
	char *was = csv_stored_value(kind, record->stored, field->name);
	bool is_same = csv_is_same(was, text) || is_inherited(kind, record, field->name, text);
	if (!is_same) {
		operation_change(import->operation, csv_editable_kind(kind)->table, record->key,
				 field->column, record_value(field, *was ? was : NULL),
				 record_value(field, text));
		if (kind == CSV_MILESTONES)
			keep_original(import, record, field->name, was);
	}
	free(was);
	return !is_same;
}

static bool is_identity(enum csv_kind kind, const struct editable_field *field)
{
	return !field->column || field->type == EDITABLE_REFERENCE ||
	       field->type == EDITABLE_ACRONYM || field->type == EDITABLE_PLAN_CODE ||
	       field->type == EDITABLE_COMMITMENT_CODE || field->type == EDITABLE_COUNT ||
	       (kind == CSV_REPORTS &&
		(strcmp(field->name, "as_of") == 0 || strcmp(field->name, "reporter") == 0));
}

static bool change_fields(struct csv_import *import, enum csv_kind kind,
			  const struct csv_record *record)
{
	const struct editable_kind *add = csv_editable_kind(kind);
	bool is_changed = false;
	for (size_t i = 0; i < add->field_count; i++)
		if (record->value[i] && !is_identity(kind, &add->fields[i]))
			is_changed |= change_field(import, kind, record, &add->fields[i],
						   record->value[i]);
	return is_changed;
}

static struct value date_value(struct strbuf *text, day_number date)
{
	strbuf_reset(text);
	date_add_iso(text, date);
	return value_text(text->length ? text->data : NULL);
}

/* A new standing ends the one before on the eve. */
static void replace_membership(struct csv_import *import, const struct csv_record *record,
			       const struct organization *stored)
{
	const char *since = csv_value(record, CSV_ORGANIZATIONS, "starts");
	day_number today = store_today(import->store);
	if (today == DATE_NONE)
		today = clock_today();
	day_number start = since ? date_parse_iso(since) : today;
	struct strbuf was, now, first;
	strbuf_init(&was);
	strbuf_init(&now);
	strbuf_init(&first);
	if (stored->membership_key && start > stored->membership_starts)
		operation_change(import->operation, "membership", stored->membership_key, "ends",
				 date_value(&was, stored->membership_ends),
				 date_value(&now, start - 1));
	date_add_iso(&first, start);
	add_membership(import, record->key, record,
		       since || stored->membership_key ? first.data : NULL);
	strbuf_release(&was);
	strbuf_release(&now);
	strbuf_release(&first);
}

static bool change_membership(struct csv_import *import, const struct csv_record *record)
{
	const struct organization *stored = record->stored;
	const char *role = csv_value(record, CSV_ORGANIZATIONS, "role");
	const char *since = csv_value(record, CSV_ORGANIZATIONS, "starts");
	struct strbuf was;
	if (role && enum_value(&capacity_names, role) != stored->role) {
		replace_membership(import, record, stored);
		return true;
	}
	if (!since || !stored->membership_key || stored->membership_starts == date_parse_iso(since))
		return false;
	strbuf_init(&was);
	operation_change(import->operation, "membership", stored->membership_key, "starts",
			 date_value(&was, stored->membership_starts), value_text(since));
	strbuf_release(&was);
	return true;
}

static bool change_report(struct csv_import *import, const struct csv_record *record)
{
	const struct progress *stored = record->stored;
	bool is_changed = stored->rank != record->rank;
	operation_change(import->operation, "progress", record->key, "rank",
			 value_integer(stored->rank), value_integer(record->rank));
	if (record->item && record->item != stored->item_key) {
		operation_change(import->operation, "progress", record->key, "agenda_item",
				 value_key(stored->item_key), value_key(record->item));
		is_changed = true;
	}
	return is_changed;
}

/* ---- the parties of a commitment */

static bool has_party(const struct csv_import *import, const struct csv_record *record, int role,
		      const char *acronym)
{
	for (size_t i = 0; i < record->parties.count; i++)
		if (record->parties.items[i].role == role &&
		    strcmp(acronym_of(import, record->parties.items[i].organization), acronym) == 0)
			return true;
	return false;
}

static bool is_listed(const char *acronyms, const char *acronym)
{
	size_t length = strlen(acronym);
	for (const char *at = acronyms; at && *at; at += *at == '\n') {
		size_t own = strcspn(at, "\n");
		if (own == length && memcmp(at, acronym, length) == 0)
			return true;
		at += own;
	}
	return false;
}

/* List of the acronyms that have that part now; NULL: none. */
static const char *stored_parties(const struct csv_record *record, int role)
{
	const struct commitment *row = record->stored;
	if (!row)
		return NULL;
	return role == PARTY_LEAD	   ? row->lead
	       : role == PARTY_COUNTERPART ? row->counterpart
					   : row->support;
}

static bool insert_parties(struct csv_import *import, const struct csv_record *record, int role)
{
	const char *stored = stored_parties(record, role);
	bool is_changed = false;
	for (size_t i = 0; i < record->parties.count; i++) {
		const struct csv_party *party = &record->parties.items[i];
		if (party->role != role ||
		    is_listed(stored, acronym_of(import, party->organization)))
			continue;
		operation_insert(import->operation, "commitment_party");
		operation_field(import->operation, "commitment", value_key(record->key));
		operation_field(
			import->operation, "organization",
			value_key(csv_at(import, CSV_ORGANIZATIONS, party->organization)->key));
		operation_field(import->operation, "role",
				value_text(enum_name(&party_role_names, role)));
		operation_field(import->operation, "rank", value_integer((int64_t)i + 1));
		is_changed = true;
	}
	return is_changed;
}

static enum rc delete_parties(struct csv_import *import, const struct csv_record *record, int role,
			      bool *is_changed, struct error *err)
{
	static const enum child_table tables[] = {
		[PARTY_LEAD] = CHILD_COMMITMENT_LEAD,
		[PARTY_COUNTERPART] = CHILD_COMMITMENT_COUNTERPART,
		[PARTY_SUPPORT] = CHILD_COMMITMENT_SUPPORT,
	};
	key_list keys = {0};
	const char *stored = stored_parties(record, role);
	enum rc rc = store_child_keys(import->store, tables[role], record->key, &keys, err);
	for (size_t i = 0; rc == RC_OK && i < keys.count && stored && *stored; i++) {
		size_t length = strcspn(stored, "\n");
		char *acronym = mem_strndup(stored, length);
		if (!has_party(import, record, role, acronym)) {
			operation_delete(import->operation, "commitment_party", keys.items[i]);
			*is_changed = true;
		}
		free(acronym);
		stored += length + (stored[length] == '\n');
	}
	vector_release(&keys);
	return rc;
}

static bool speaks_of(const struct csv_record *record, int role)
{
	for (size_t i = 0; i < record->parties.count; i++)
		if (record->parties.items[i].role == role)
			return true;
	return false;
}

static enum rc write_parties(struct csv_import *import, const struct csv_record *record,
			     bool *is_changed, struct error *err)
{
	enum rc rc = RC_OK;
	for (int role = 0; role < party_role_names.count && rc == RC_OK; role++) {
		if (!speaks_of(record, role))
			continue;
		if (record->stored)
			rc = delete_parties(import, record, role, is_changed, err);
		*is_changed |= insert_parties(import, record, role);
	}
	return rc;
}

/* ---- all of it */

static enum rc write_record(struct csv_import *import, enum csv_kind kind,
			    struct csv_record *record, struct error *err)
{
	struct csv_counts *counts = &import->result->counts[kind];
	bool is_changed = false;
	enum rc rc = RC_OK;
	if (!record->stored)
		insert_record(import, kind, record);
	else
		is_changed = change_fields(import, kind, record);
	if (record->stored && kind == CSV_ORGANIZATIONS)
		is_changed |= change_membership(import, record);
	if (record->stored && kind == CSV_REPORTS)
		is_changed |= change_report(import, record);
	if (kind == CSV_COMMITMENTS)
		rc = write_parties(import, record, &is_changed, err);
	if (record->stored)
		++*(is_changed ? &counts->changed : &counts->unchanged);
	return rc;
}

enum rc csv_write(struct csv_import *import, struct error *err)
{
	enum rc rc = RC_OK;
	for (int kind = 0; kind < CSV_KINDS; kind++)
		for (size_t i = 0; i < import->records[kind].count && rc == RC_OK; i++) {
			struct csv_record *record = csv_at(import, (enum csv_kind)kind, i);
			if (!record->is_dropped && (record->row || !record->stored))
				rc = write_record(import, (enum csv_kind)kind, record, err);
		}
	return rc;
}
