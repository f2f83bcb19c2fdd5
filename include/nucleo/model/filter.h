/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_FILTER_H
#define NUCLEO_MODEL_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/record.h"

/**
 * What a person types to see fewer rows, or in another order; the same on the
 * screen and on the command line. Terms stand apart by blanks and must all
 * hold, case and accents aside; '-' before one turns it round:
 *
 *   presupuesto "datos abiertos"   words the record has; in quotes as they stand
 *   vencidas  hecho  bloqueados    a state, said in one word
 *   resp:FCD,AME  estado:hecha     a field, one of several values
 *   avance:>=40  vence:2024-01     numbers and dates also compare: > >= < <= A..B
 *   vence:                         the field is empty
 *   desde:2023-09  hasta:+30d      from or up to a day of the date the list is about
 *   sector:osc  compromiso:C5      of institutions or records the row belongs to
 *   registro:S-2023-014            of the history: what changed that record or its parts
 *   orden:vence  orden:-avance     sorted by a field
 *
 * A field is named by its JSON key, its heading, or an unmistakable beginning
 * of either. A text matches when it contains the value, a list when one element
 * is it, a code when it is it, with or without its plan or meeting.
 */
enum filter_subject {
	FILTER_WORDS,  /**< text anywhere in the record */
	FILTER_FIELD,  /**< the value of a field */
	FILTER_RECORD, /**< the row belongs to the record of kind `refers` with that code */
	FILTER_SECTOR, /**< sector of the institutions the row concerns */
	FILTER_DAY,    /**< the date the list is about */
	FILTER_TOUCHED, /**< the row changed the record, of any kind, that is called so */
};

/** One of the values of a term. Which members hold depends on the type compared. */
struct filter_value {
	char *text;       /**< as typed, without quotes; owned */
	char *folded;     /**< the text as a search key; owned */
	double low, high; /**< of numbers, and of dates and times as their numbers: both included */
	int choice;       /**< of an enum or a bool */
};

struct filter_term {
	enum filter_subject subject;
	const struct field *field; /**< FILTER_FIELD */
	enum record_kind_id refers; /**< FILTER_RECORD */
	bool is_negated;
	bool is_null;                        /**< the field has no value; there are no `values` */
	VECTOR(struct filter_value) values; /**< any of them */
};

/** Bytes of the text. */
struct filter_span {
	size_t start, length;
};

struct filter {
	const struct record_kind *kind;
	VECTOR(struct filter_term) terms;
	const struct field *order; /**< NULL: the kind's own order */
	bool is_descending;
	struct filter_span fault; /**< after an error: what could not be understood */
};

/** Longest text read, in bytes. */
enum { FILTER_TEXT_MAX = 4096 };

/**
 * Reads a filter; `today` is what "hoy" means. RC_USAGE, with the column and
 * the possibilities in the message, when a field or the value of a closed set
 * is not known; `filter` then has nothing but its fault. Either way
 * filter_release() may be called.
 */
enum rc filter_parse(struct filter *filter, const struct record_kind *kind, const char *text,
		     day_number today, struct error *err) ATTR_NODISCARD;
void filter_release(struct filter *filter);

/** Whether the term's values are codes of records, and of which kind. */
bool filter_term_refers(const struct filter *filter, const struct filter_term *term,
			enum record_kind_id *refers);
/** Appends `text` with its order, if any, replaced by that of a field; NULL: the kind's own. */
void filter_add_with_order(struct strbuf *out, const struct record_kind *kind, const char *text,
			   const struct field *field, bool is_descending);

/** Whether rows of the kind can be asked for the date they are about, or their sector. */
bool filter_knows(enum record_kind_id kind, enum filter_subject subject);
/** Whether rows of the kind can belong to records of kind `refers`. */
bool filter_knows_record(enum record_kind_id kind, enum record_kind_id refers);

/**
 * What could stand at the cursor. The choices replace the span; where codes
 * of records belong, `records` says of which kind and the caller adds them.
 */
struct filter_completion {
	struct filter_span span;
	VECTOR(char *) choices; /**< owned, in the order to be offered */
	bool has_records;
	enum record_kind_id records;
};

/** `cursor` is a byte of `text`, at a character boundary. */
void filter_complete(struct filter_completion *completion, const struct record_kind *kind,
		     const char *text, size_t cursor);
/** Adds a code, in quotes where it needs them, if it begins as what stands in the span. */
void filter_completion_offer(struct filter_completion *completion, const char *text,
			     const char *code);
void filter_completion_release(struct filter_completion *completion);

#endif
