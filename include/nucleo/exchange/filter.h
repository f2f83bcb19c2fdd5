/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_FILTER_H
#define NUCLEO_EXCHANGE_FILTER_H

#include "nucleo/base/vector.h"
#include "nucleo/store/list.h"

/**
 * What a person types to see fewer rows. A term is a bare word (somewhere in
 * the record), `field:value`, or a state word ("vencidas"); a leading '-'
 * turns it round; all terms must hold, case and accents aside. A field is
 * named by its JSON key, its Spanish heading or an unmistakable beginning of
 * either ("resp:FCD"). A text matches when it contains the value, a list when
 * one element is it, anything else when it is equal as stored or as shown;
 * `field:` alone finds the records without one.
 */
struct filter_term {
	const struct field *field; /**< NULL: any field */
	char *value;               /**< as comparing wants it, owned */
	char *code;                /**< as typed, for looking a record up, owned */
	bool is_negated;
};

struct filter {
	const struct record_kind *kind;
	VECTOR(struct filter_term) terms;
	struct strbuf words; /**< the bare words */
};

/**
 * Reads `count` terms; a term with blanks is several bare words, but after
 * "field:" it is one value. RC_USAGE, naming the possibilities, when a field
 * or the value of a closed set is not known; `filter` is then empty. Either
 * way filter_release() may be called.
 */
enum rc filter_parse(struct filter *filter, const struct record_kind *kind,
		     const char *const *terms, size_t count, struct error *err) ATTR_NODISCARD;

/**
 * Puts into `query` what the store can do with an index: the words, and the
 * keys of records named by their code. The words stay the filter's. The rows
 * still have to pass filter_matches(). RC_BUSY or RC_IO from the store.
 */
enum rc filter_bind(const struct filter *filter, struct store *store, struct list_query *query,
		    struct error *err) ATTR_NODISCARD;

/** Whether a row of the kind passes the terms filter_bind() could not pass on. */
bool filter_matches(const struct filter *filter, const void *row);

void filter_release(struct filter *filter);

#endif
