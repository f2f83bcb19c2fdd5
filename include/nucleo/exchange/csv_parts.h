/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CSV_PARTS_H
#define NUCLEO_EXCHANGE_CSV_PARTS_H

#include "nucleo/base/text_map.h"
#include "nucleo/exchange/csv_columns.h"
#include "nucleo/exchange/record_fields.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"

/**
 * How a spreadsheet becomes an operation. Internal to the import: rows that
 * are none of the table go (csv_tidy.c), every other
 * row is read into the records it speaks of (csv_rows.c, csv_progress.c), which
 * are looked up among the stored ones (csv_records.c, csv_organizations.c,
 * csv_plan.c); when no row has an error, the records that differ are written
 * (csv_pairs.c, csv_write.c). csv_import.c runs the stages.
 */

/** A cell of the table. */
struct csv_place {
	size_t row, column;
};

/** An institution with a part in a commitment. */
struct csv_party {
	int role;            /**< enum party_role */
	size_t organization; /**< among records[CSV_ORGANIZATIONS] */
};

/** A record the file speaks of, or that is there and it may speak of. */
struct csv_record {
	const void *stored; /**< its row, a struct of the kind; NULL: it is new */
	int64_t key;        /**< of its row; 0 until a new one is written */
	size_t parent;      /**< of a commitment the plan, of the others the commitment */
	size_t milestone;   /**< of a report; CSV_NONE: it is of the commitment */
	int64_t meeting, item; /**< keys, of a report */
	size_t row;         /**< of the table, the last that spoke of it; 0: none */
	int64_t rank;       /**< of a report among those on the same */
	size_t next;        /**< the next report on the same; CSV_NONE: none */
	bool is_dropped;    /**< a report that another one includes */
	bool is_review;     /**< a new institution that nobody knows */
	char *value[EDITABLE_FIELDS_MAX]; /**< by field, owned, canonical; NULL: not said */
	size_t said[EDITABLE_FIELDS_MAX]; /**< row of the table that said it */
	VECTOR(struct csv_party) parties;
};

struct csv_import {
	struct store *store;
	const struct csv_source *source;
	struct csv_import_result *result;
	struct operation *operation;
	struct csv_table table;
	struct csv_columns columns;
	char *plan_code;   /**< of rows that name none, owned; NULL: not known yet */
	size_t above;      /**< commitment of the row before; CSV_NONE: none */
	day_number cutoff; /**< of reports without a date; DATE_NONE: not known */
	bool is_wide;      /**< a row of progress holds what several reporters say */
	struct record_set sets[CSV_KINDS];
	VECTOR(struct csv_record) records[CSV_KINDS];
	VECTOR(size_t) report_heads; /**< the first report of the file on each thing */
	VECTOR(size_t) stored_heads; /**< the first stored one on it; CSV_NONE: none */
	size_t *stored_next; /**< of sets[CSV_REPORTS]: the next report on the same */
	struct text_map index;     /**< records by a letter for the kind and what names them */
	size_t unknown_count;      /**< of institutions nobody knows, made by this file */
	struct text_map directory; /**< entries of model/directory.h by plain name */
};

const struct editable_kind *csv_editable_kind(enum csv_kind kind);
/** Position of the field in the kind's add table; it must have it. */
size_t csv_field(enum csv_kind kind, const char *name);

static inline struct csv_record *csv_at(const struct csv_import *import, enum csv_kind kind,
					size_t i)
{
	return &import->records[kind].items[i];
}

/* ---- csv_import.c: errors and remarks; `row` is of the table, `column` CSV_NONE for the row. */
void csv_fault(struct csv_import *import, size_t row, size_t column, const char *format, ...)
	ATTR_PRINTF(4, 5);
void csv_remark(struct csv_import *import, size_t row, const char *format, ...) ATTR_PRINTF(3, 4);

/* ---- csv_values.c */
/** Owned: a cell as record_value_check() wants it: "1" is C1, "82,857" is 82.86, "feb 2020" its
 *  first or last day, "sociedad civil" the sector. What cannot be understood stays as it is. */
char *csv_spelled(const struct editable_field *field, const char *text) ATTR_NODISCARD;
/** As csv_spelled() for the number of a milestone. */
char *csv_spelled_number(const char *text) ATTR_NODISCARD;
/** The date in a file's name ("corte_2021-10-22"); DATE_NONE. */
day_number csv_date_in_name(const char *name);

/* ---- csv_records.c */
enum rc csv_load(struct csv_import *import, struct error *err) ATTR_NODISCARD;
void csv_records_release(struct csv_import *import);
size_t csv_add_record(struct csv_import *import, enum csv_kind kind, size_t parent);
/** The record of that code or number, new when `may_add`; else CSV_NONE. */
size_t csv_plan(struct csv_import *import, const char *code, bool may_add);
size_t csv_commitment(struct csv_import *import, size_t plan, const char *code, bool may_add);
size_t csv_milestone(struct csv_import *import, size_t commitment, const char *number,
		     bool may_add);
/** Owned: the cell as the field wants it; NULL when it is blank, or after a fault. */
char *csv_read_cell(struct csv_import *import, const struct editable_field *field,
		    struct csv_place place) ATTR_NODISCARD;
/** Takes the cell for a field of the record: checks it, and that no other row said otherwise. */
void csv_set(struct csv_import *import, enum csv_kind kind, size_t record, const char *field,
	     struct csv_place place);
/** Sets a field to a canonical text that needs no check, which it then owns. */
void csv_set_text(struct csv_record *record, enum csv_kind kind, const char *field, char *text);
const char *csv_value(const struct csv_record *record, enum csv_kind kind, const char *field);
/** Owned: what the stored row has in that field, "" for nothing; `record` has one. */
char *csv_stored_value(enum csv_kind kind, const void *stored, const char *field) ATTR_NODISCARD;
/** Whether both are one text, however their blanks and hidden characters are. */
bool csv_is_same(const char *a, const char *b);

/* ---- csv_organizations.c */
void csv_index_organizations(struct csv_import *import);
/** Adds the institutions a cell names to the parties of a commitment. */
void csv_parties(struct csv_import *import, size_t commitment, int role, struct csv_place place);
/** A row of a table of institutions. */
void csv_organization_row(struct csv_import *import, size_t row);

/* ---- csv_plan.c */
/** The plan of a row; CSV_NONE after a fault. */
size_t csv_plan_of_row(struct csv_import *import, size_t row);
/** Finds out plan_code where rows may need it; RC_USAGE when nothing tells. */
enum rc csv_choose_plan(struct csv_import *import, struct error *err) ATTR_NODISCARD;

/* ---- csv_tidy.c */
/** Makes cells that say "no value" blank, puts days before months, and takes out the rows that
 *  sum the table up or say where it is from, with a remark for each. */
void csv_tidy(struct csv_import *import);

/* ---- csv_rows.c, csv_progress.c */
void csv_read_rows(struct csv_import *import);
void csv_progress_begin(struct csv_import *import);
enum rc csv_progress_row(struct csv_import *import, size_t row, struct error *err) ATTR_NODISCARD;
/** The row's commitment; CSV_NONE after a fault. */
size_t csv_commitment_of_row(struct csv_import *import, size_t row, bool may_add);
/** Notes that a row repeats what an earlier one is about, and in which columns it differs. */
void csv_note_duplicate(struct csv_import *import, size_t row, size_t of);
/** Lists the columns no field takes. */
void csv_note_unknown_columns(struct csv_import *import);

/* ---- csv_write.c */
enum rc csv_write(struct csv_import *import, struct error *err) ATTR_NODISCARD;

/* ---- csv_pairs.c */
/** Gives each report of the file the stored one it is the present form of, if any. */
void csv_pair_reports(struct csv_import *import);

#endif
