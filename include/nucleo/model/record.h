/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_RECORD_H
#define NUCLEO_MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/model/names.h"
#include "nucleo/model/percent.h"

/**
 * A kind of record is described once, field by field. From that description
 * the store fills the structs, and the command line prints them as JSON, CSV
 * or text and filters them: adding a field is one struct member, one row here
 * and one column in the statement of the kind.
 */
enum field_type {
	FIELD_TEXT,    /**< const char *, NULL when null */
	FIELD_LIST,    /**< const char *, items separated by '\n'; "" or NULL is the empty list */
	FIELD_INTEGER, /**< int64_t */
	FIELD_NUMBER,  /**< double; NAN is null */
	FIELD_PERCENT, /**< percent_hundredths */
	FIELD_DATE,    /**< day_number */
	FIELD_TIME,    /**< day_minute */
	FIELD_BOOL,    /**< bool */
	FIELD_ENUM,    /**< int, a value of `names`, ENUM_NONE is null */
};

enum field_flags {
	FIELD_DETAIL = 1,       /**< shown with one record, not as a column of lists for people */
	FIELD_CODE = 2,         /**< a code people name a record by: "C1" is not part of "C10" */
	FIELD_ZERO_IS_NULL = 4, /**< an integer that counts from 1 */
	FIELD_STATE = 8,        /**< its values are states people filter by in one word */
	FIELD_MINUS_IS_NULL = 16, /**< an integer that counts from 0 */
};

struct field {
	const char *name;  /**< JSON key and name of the statement's column */
	/** Heading for a person; NULL: internal, never printed. A state with a `brief` alone can be
	 *  filtered by all the same. */
	const char *label;
	const char *brief; /**< heading of a narrow column; NULL: the label, cut */
	enum field_type type;
	size_t offset; /**< where in the struct of the kind */
	const struct enum_names *names; /**< of a list: each item ends with a code of them */
	const char *unknown; /**< what a person reads when it is null; NULL: nothing */
	unsigned flags; /**< of enum field_flags */
	bool derived; /**< computed by the kind's derive(), not read from the store */
};

enum record_kind_id {
	RECORD_ORGANIZATION,
	RECORD_PLAN,
	RECORD_COMMITMENT,
	RECORD_MILESTONE,
	RECORD_PROGRESS,
	RECORD_BLOCKER,
	RECORD_MEETING,
	RECORD_AGENDA,
	RECORD_ATTENDEE,
	RECORD_RESOLUTION,
	RECORD_FOLLOWUP,
	RECORD_INDICATOR,
	RECORD_DOCUMENT,
	RECORD_PERSON,
	RECORD_HISTORY,
	RECORD_TRASH,
	RECORD_KIND_COUNT
};

struct record_kind {
	enum record_kind_id id;
	const char *name;      /**< "commitment" */
	const char *plural;    /**< "commitments" */
	const char *spanish[3]; /**< accepted aliases, "compromiso", "compromisos" */
	size_t size;           /**< of its struct */
	size_t sort_offset;    /**< of its `sort` */
	const struct field *fields;
	size_t field_count;
	/** Computes the derived fields of a row, given the date it is looked at; NULL: none. */
	void (*derive)(void *row, day_number today);
};

/** The member a field describes, as an lvalue of its C type (see enum field_type). */
#define RECORD_MEMBER(type, field, row) \
	(*(type const *)(const void *)((const char *)(row) + (field)->offset))

extern const struct record_kind record_kinds[RECORD_KIND_COUNT];

/** The kind called `word` (singular, plural, Spanish, accents aside); NULL when there is none. */
const struct record_kind *record_kind_named(const char *word);
/** The field with that JSON name; NULL when there is none. */
const struct field *record_field_named(const struct record_kind *kind, const char *name);
/** Sets every field of a row to its null. */
void record_clear(const struct record_kind *kind, void *row);
/** Appends the items of a FIELD_LIST text (may be NULL) with `separator` between them. */
void record_list_add(struct strbuf *out, const char *items, const char *separator);
/** Copies a row, its text included; `copy` is released with record_release(). */
void record_copy(const struct record_kind *kind, void *copy, const void *row);
/** Frees the text of a row made by record_copy(). */
void record_release(const struct record_kind *kind, void *row);
/** Appends one field as a person reads it ("17/11/2023", "38", "FCD, AME"); nothing when null. */
void record_add_text(struct strbuf *out, const struct field *field, const void *row);
/** As record_add_text(), but as stored and exchanged ("2023-11-17", "civil_society"). */
void record_add_value(struct strbuf *out, const struct field *field, const void *row);
/** Whether the field is null (an empty list is not). */
bool record_is_null(const struct field *field, const void *row);

#endif
