/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_ADD_TABLE_H
#define NUCLEO_EXCHANGE_RECORD_ADD_TABLE_H

#include <stdbool.h>

#include "nucleo/model/record.h"

/** What can be added and how a field becomes a column; for record_add.c and imports. */

enum add_type {
	ADD_TEXT,
	ADD_ACRONYM,
	ADD_PLAN_CODE,
	ADD_COMMITMENT_CODE,
	ADD_DATE,
	ADD_ENUM,
	ADD_PERCENT,
	ADD_COUNT,     /* a whole number from 1 */
	ADD_REFERENCE, /* the code of another record; the column holds its key */
	ADD_QUALIFIER, /* no column: says within what a reference is meant */
	ADD_PARTIES,   /* acronyms; a row each in a table of their own */
	ADD_ROLE,      /* membership of an organization, with ADD_MEMBER_SINCE */
	ADD_MEMBER_SINCE,
};

struct add_field {
	const char *name;   /* JSON key */
	const char *column; /* NULL for fields that are no column of the record's table */
	enum add_type type;
	bool is_required;
	const struct enum_names *names;
	enum record_kind_id refers;
	const char *within;   /* field whose value goes before a reference's code */
	const char *fallback; /* value when none is given */
};

struct add_kind {
	enum record_kind_id kind;
	const char *table;
	const struct add_field *fields;
	size_t field_count;
	const char *unique; /* field no two records may share, ... */
	const char *within; /* ... among those with the same value of this reference; NULL: all */
	const char *starts, *ends; /* two dates in this order */
	bool may_be_one_day;
	const char *words; /* for the history; "{field}" is replaced by what was given */
};

enum { ADD_FIELDS_MAX = 24 };

/* NULL when records of the kind are not added by hand. */
const struct add_kind *add_kind_of(enum record_kind_id kind);
const struct add_kind *add_kind_at(size_t i);

#endif
