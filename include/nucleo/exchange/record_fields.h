/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_FIELDS_H
#define NUCLEO_EXCHANGE_RECORD_FIELDS_H

#include <stdbool.h>

#include "nucleo/model/record.h"

/**
 * The fields of each kind that people write, once for all ways of writing them: commands, forms,
 * spreadsheets. How a field becomes a column, what it takes, what it is called.
 */

enum editable_type {
	EDITABLE_TEXT,
	EDITABLE_PARAGRAPHS, /**< a text that may be long */
	EDITABLE_ACRONYM,
	EDITABLE_PLAN_CODE,
	EDITABLE_COMMITMENT_CODE,
	/** Of a meeting or a decision, AM-2023-05, or the label of an item. */
	EDITABLE_NUMBER_CODE,
	EDITABLE_DATE,
	EDITABLE_TIME,
	EDITABLE_ENUM,
	EDITABLE_BOOL,
	EDITABLE_PERCENT,
	EDITABLE_COUNT, /**< a whole number from 1 */
	EDITABLE_MINUTES, /**< a whole number from 0 */
	EDITABLE_REAL,
	EDITABLE_SHA256,
	EDITABLE_EMAIL,
	EDITABLE_LINES, /**< a list, one a line */
	EDITABLE_REFERENCE, /**< the code of another record; the column holds its key */
	EDITABLE_QUALIFIER, /**< no column: says within what a reference is meant */
	EDITABLE_PARTIES, /**< acronyms; a row each in a table of their own */
	EDITABLE_ROLE, /**< today's membership of an organization, with the next two */
	EDITABLE_MEMBER_SINCE,
	EDITABLE_MEMBER_UNTIL,
	EDITABLE_NOTE, /**< no column: what is written is one more note */
	/** What a measurement measures and where: rows of their own, found or made by name. */
	EDITABLE_INDICATOR,
	EDITABLE_INDICATOR_OF, /**< whose it is: an acronym */
	EDITABLE_PLACE,
};

struct editable_field {
	const char *name; /**< JSON key */
	const char *column; /**< NULL for fields that are no column of the record's table */
	enum editable_type type;
	bool is_required;
	/** Of a new record it is found out when none is given; never empty since. */
	bool is_filled;
	bool is_fixed; /**< not changed once the record is made */
	bool is_hidden; /**< no form asks for it */
	bool is_personal; /**< may name a person: the history does not quote it */
	const struct enum_names *names;
	enum record_kind_id refers;
	const char *within; /**< field whose value goes before a reference's code */
	const char *fallback; /**< value when none is given */
	const char *label; /**< heading; NULL: that of the list's field of the name */
	const char *help; /**< one line for who fills it in; NULL: nothing to say */
};

/** Texts in braces are names of the list's fields: "{commitment}, hito {number}". */
struct editable_kind {
	enum record_kind_id kind;
	const char *table;
	const struct editable_field *fields;
	size_t field_count;
	const char *unique; /**< field no two records may share, ... */
	/** ... among those with the same value of this reference; NULL: all. */
	const char *within;
	const char *starts, *ends; /**< two dates or times in this order */
	bool may_be_one_day;
	const char *words; /**< for the history of a new one; "{field}" is what was given */
	const char *called; /**< what people call a record, before what changes in it */
	const char *what; /**< the record in a sentence: "la acción {id}: {description}" */
};

enum { EDITABLE_FIELDS_MAX = 32 };

/** NULL when records of the kind are not written by hand. */
const struct editable_kind *editable_kind_of(enum record_kind_id kind);
/** One after the other, from 0; NULL at the end. */
const struct editable_kind *editable_kind_at(size_t i);
/** The place of the field with that name; the number of fields when there is none. */
size_t editable_index(const struct editable_kind *kind, const char *name);
/** Its heading, not translated. */
const char *editable_label(const struct editable_kind *kind, const struct editable_field *field);

#endif
