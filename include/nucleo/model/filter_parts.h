/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_FILTER_PARTS_H
#define NUCLEO_MODEL_FILTER_PARTS_H

#include "nucleo/base/strbuf.h"
#include "nucleo/model/filter.h"

/** Internal to the filter language: its tokens, its names, its values. */

/** A term as it stands in the text; spans are of the whole text. */
struct filter_token {
	bool is_negated;
	bool is_quoted;          /**< a phrase in quotes */
	struct filter_span span; /**< all of it */
	struct filter_span name; /**< before ':'; length 0: there is none */
	struct filter_span rest; /**< what follows the sign and the name */
};

/** Reads the term at or after byte `from`; false when only blanks follow. */
bool filter_next_token(const char *text, size_t from, struct filter_token *token);
/**
 * Reads the next of a list of values apart by commas, without its quotes;
 * `*at` and `end` are bytes of the text. False at the end.
 */
bool filter_next_value(const char *text, size_t *at, size_t end, struct strbuf *value,
		       struct filter_span *span);

/** What stands before ':' that is no field. */
enum filter_directive { FILTER_NONE, FILTER_SINCE, FILTER_UNTIL, FILTER_ORDER };

enum filter_directive filter_directive_named(const char *name);
/** The directives' names in the person's language, by number from 0; NULL after the last. */
const char *filter_directive_at(size_t i);
/** Whether the name asks for what changed a record. */
bool filter_names_touched(const struct record_kind *kind, const char *name);
/** Appends how a person would type the field: its heading in small letters, or its key. */
void filter_add_field_word(struct strbuf *out, const struct record_kind *kind,
			   const struct field *field);
/** The field `name` means; NULL when none does, or several do. */
const struct field *filter_field_named(const struct record_kind *kind, const char *name);
/** The field that names the records of the kind themselves; NULL when none alone does. */
const struct field *filter_own_code(const struct record_kind *kind);
/** The kind of records the values of a code field name; false for other fields. */
bool filter_field_refers(const struct record_kind *kind, const struct field *field,
			 enum record_kind_id *refers);
/** A state said in one word: its field and value, gender and number aside. */
const struct field *filter_state_named(const struct record_kind *kind, const char *word,
				       int *value);

/** The days a date stands for, whole or part of one ("2023-09") or relative ("hoy", "-2s"). */
bool filter_parse_days(const char *text, day_number today, day_number *first, day_number *last);
/** Fills the value's comparison from its text; RC_USAGE when it is none of the type. */
enum rc filter_read_value(const struct field *field, day_number today, struct filter_value *value,
			  struct error *err) ATTR_NODISCARD;
/** Reads the words of a set that a text may mean, by name, label or beginning of either;
 *  appends each as a value. RC_USAGE, naming all, when there is none. */
enum rc filter_read_choices(const struct enum_names *names, const char *text,
			    struct filter_term *term, struct error *err) ATTR_NODISCARD;
/** Appends an empty value with that text. */
struct filter_value *filter_add_value(struct filter_term *term, const char *text);

#endif
