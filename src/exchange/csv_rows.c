/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/csv_parts.h"
#include "nucleo/exchange/record_value.h"

static size_t column_of(const struct csv_import *import, enum csv_kind kind, const char *field)
{
	return csv_column_of(&import->columns, kind, field, ENUM_NONE);
}

/* Owned: the cell as the field wants it; NULL after a fault, which a blank one is, too. */
static char *required_cell(struct csv_import *import, struct csv_place place,
			   const struct editable_field *field)
{
	if (!*csv_cell(&import->table, place.row, place.column))
		csv_fault(import, place.row, place.column, _("está en blanco"));
	return csv_read_cell(import, field, place);
}

static size_t named_commitment(struct csv_import *import, struct csv_place place, bool may_add)
{
	const struct editable_field *field =
		&csv_editable_kind(CSV_COMMITMENTS)->fields[csv_field(CSV_COMMITMENTS, "code")];
	char *code = required_cell(import, place, field);
	size_t plan = code ? csv_plan_of_row(import, place.row) : CSV_NONE;
	size_t found = CSV_NONE;
	if (plan != CSV_NONE) {
		found = csv_commitment(import, plan, code, may_add);
		if (found == CSV_NONE)
			csv_fault(import, place.row, place.column,
				  _("no hay un compromiso %s en ese plan; importe antes los hitos "
				    "o los compromisos"),
				  code);
		else if (may_add)
			csv_at(import, CSV_PLANS, plan)->row = place.row;
	}
	free(code);
	return found;
}

/* Cells that are one in a spreadsheet are one with text and blank ones below it in a CSV. */
static bool is_joined(const struct csv_import *import, struct csv_place place)
{
	size_t number = column_of(import, CSV_MILESTONES, "number");
	return import->above != CSV_NONE && number != CSV_NONE &&
	       !*csv_cell(&import->table, place.row, place.column) &&
	       *csv_cell(&import->table, place.row, number);
}

size_t csv_commitment_of_row(struct csv_import *import, size_t row, bool may_add)
{
	struct csv_place place = {row, column_of(import, CSV_COMMITMENTS, "code")};
	if (is_joined(import, place))
		csv_remark(import, row,
			   _("el compromiso está en blanco: se tomó el de la fila de arriba"));
	else
		import->above = named_commitment(import, place, may_add);
	return import->above;
}

/* Owned: what the file says of a date, else what is stored; NULL for neither. */
static char *date_of(enum csv_kind kind, const struct csv_record *record, const char *field)
{
	const char *said = csv_value(record, kind, field);
	if (said || !record->stored)
		return mem_strdup_null(said);
	char *stored = csv_stored_value(kind, record->stored, field);
	if (*stored)
		return stored;
	free(stored);
	return NULL;
}

/* Real plans have dates the wrong way round. Which of the two is wrong nobody knows: neither is
 * taken, which is said, and the rest of the file comes in. */
static void check_dates(struct csv_import *import, enum csv_kind kind, size_t i, size_t row)
{
	const struct editable_kind *add = csv_editable_kind(kind);
	struct csv_record *record = csv_at(import, kind, i);
	char *first = date_of(kind, record, add->starts);
	char *last = date_of(kind, record, add->ends);
	struct error err;
	if (record_dates_check(add, first, last, &err) != RC_OK) {
		csv_remark(import, row,
			   _("el fin, %s, no viene después del inicio, %s: no se tomaron esas "
			     "fechas; corríjalas en el archivo o en la base"),
			   last, first);
		csv_set_text(record, kind, add->starts, NULL);
		csv_set_text(record, kind, add->ends, NULL);
	}
	free(first);
	free(last);
}

static bool is_main(const struct csv_import *import, enum csv_kind kind)
{
	return kind ==
	       (import->source->kind == RECORD_COMMITMENT ? CSV_COMMITMENTS : CSV_MILESTONES);
}

/* The field of the kind that a column holds; NULL when it holds none. */
static const struct editable_field *field_at(const struct csv_import *import, enum csv_kind kind,
					     size_t column)
{
	const struct csv_target *target = import->columns.items[column].target;
	return target && target->kind == kind
		       ? &csv_editable_kind(kind)->fields[csv_field(kind, target->field)]
		       : NULL;
}

/* Whether the field is a value by itself, and none that says which record it is. */
static bool is_plain(const struct editable_field *field)
{
	return field->column && field->type != EDITABLE_REFERENCE &&
	       field->type != EDITABLE_PARTIES && strcmp(field->name, "code") != 0 &&
	       strcmp(field->name, "number") != 0;
}

/* A row that cannot be told which record it is may have more that is wrong. */
static void check_fields(struct csv_import *import, enum csv_kind kind, size_t row)
{
	for (size_t i = 0; i < import->columns.count; i++) {
		const struct editable_field *field = field_at(import, kind, i);
		if (field && is_plain(field))
			free(csv_read_cell(import, field, (struct csv_place){row, i}));
	}
}

/* Every column of the kind that is a field of the record by itself. */
static void set_fields(struct csv_import *import, enum csv_kind kind, size_t record, size_t row)
{
	for (size_t i = 0; i < import->columns.count; i++) {
		const struct editable_field *field = field_at(import, kind, i);
		struct csv_place place = {row, i};
		if (field && field->type == EDITABLE_PARTIES)
			csv_parties(import, record, enum_value(&party_role_names, field->name),
				    place);
		else if (field && is_plain(field))
			csv_set(import, kind, record, field->name, place);
	}
	if (csv_at(import, kind, record)->row && is_main(import, kind))
		csv_note_duplicate(import, row, csv_at(import, kind, record)->row);
	csv_at(import, kind, record)->row = row;
}

static size_t commitment_row(struct csv_import *import, size_t row)
{
	size_t commitment = csv_commitment_of_row(import, row, true);
	if (commitment == CSV_NONE) {
		check_fields(import, CSV_COMMITMENTS, row);
		return CSV_NONE;
	}
	set_fields(import, CSV_COMMITMENTS, commitment, row);
	check_dates(import, CSV_COMMITMENTS, commitment, row);
	return commitment;
}

static void milestone_row(struct csv_import *import, size_t row)
{
	struct csv_place place = {row, column_of(import, CSV_MILESTONES, "number")};
	const struct editable_field *field =
		&csv_editable_kind(CSV_MILESTONES)->fields[csv_field(CSV_MILESTONES, "number")];
	size_t commitment = commitment_row(import, row);
	char *number = required_cell(import, place, field);
	if (number && commitment != CSV_NONE) {
		size_t milestone = csv_milestone(import, commitment, number, true);
		set_fields(import, CSV_MILESTONES, milestone, row);
		check_dates(import, CSV_MILESTONES, milestone, row);
	} else {
		check_fields(import, CSV_MILESTONES, row);
	}
	free(number);
}

/* A row may be shorter than the headings, not longer. */
static void check_unheaded(struct csv_import *import, size_t row)
{
	for (size_t i = 0; i < import->columns.count; i++)
		if (!*import->columns.items[i].heading && *csv_cell(&import->table, row, i))
			csv_fault(import, row, i, _("«%s» está en una columna sin título"),
				  csv_cell(&import->table, row, i));
}

void csv_read_rows(struct csv_import *import)
{
	for (size_t row = 1; row < import->table.rows.count; row++) {
		check_unheaded(import, row);
		switch (import->source->kind) {
		case RECORD_ORGANIZATION:
			csv_organization_row(import, row);
			break;
		case RECORD_COMMITMENT:
			commitment_row(import, row);
			break;
		default:
			milestone_row(import, row);
		}
	}
}

void csv_note_duplicate(struct csv_import *import, size_t row, size_t of)
{
	struct csv_duplicate *duplicate = vector_add(&import->result->duplicates);
	struct strbuf differs;
	strbuf_init(&differs);
	for (size_t i = 0; i < import->columns.count; i++)
		if (!csv_is_same(csv_cell(&import->table, row, i), csv_cell(&import->table, of, i)))
			strbuf_addf(&differs, "%s%s", differs.length ? "\n" : "",
				    import->columns.items[i].heading);
	duplicate->row = import->table.rows.items[row].number;
	duplicate->of = import->table.rows.items[of].number;
	duplicate->differs = strbuf_detach(&differs);
}

void csv_note_unknown_columns(struct csv_import *import)
{
	struct strbuf list;
	strbuf_init(&list);
	for (size_t i = 0; i < import->columns.count; i++)
		if (!import->columns.items[i].target && *import->columns.items[i].heading)
			strbuf_addf(&list, "%s%s", list.length ? "\n" : "",
				    import->columns.items[i].heading);
	import->result->unknown_columns = list.length ? strbuf_detach(&list) : NULL;
	strbuf_release(&list);
}
