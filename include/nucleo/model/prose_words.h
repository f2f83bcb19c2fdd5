/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_WORDS_H
#define NUCLEO_MODEL_PROSE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/**
 * The words of a text, cut once; what every prose_*.c works on. Private to
 * them. An index past the last word is legal everywhere and reads as an empty
 * word, so that looking ahead needs no checks.
 */
enum word_kind { WORD_TEXT, WORD_NUMBER, WORD_MARK };

/** How a word is written: "informe", "Informe", "CNE" (two capitals or more, nothing small). */
enum word_shape { SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_UPPER };

enum tense {
	TENSE_NONE, /**< no verb that we know */
	TENSE_PRESENT,
	TENSE_FUTURE,
	TENSE_PAST, /**< preterite and imperfect */
	TENSE_CONDITIONAL,
	TENSE_SUBJUNCTIVE,
	TENSE_INFINITIVE,
	TENSE_GERUND,
	TENSE_PARTICIPLE
};

/** What a verb does in minutes; a verb may do several things. */
enum verb_use {
	VERB_SAYS = 1,	   /**< introduces speech: informar, indicar */
	VERB_ASKS = 2,	   /**< introduces a question: preguntar, consultar */
	VERB_REQUESTS = 4, /**< asks somebody to act: solicitar, pedir */
	VERB_INVITES = 8,
	VERB_AGREES = 16, /**< the forum decides: acordar, resolver */
};

struct verb {
	const char *stem; /**< folded; what comes before the ending */
	char conjugation; /**< 'a', 'e', 'i': endings of -ar, -er, -ir; '=': the stem is the form;
			       '!': the same, only with its written accent ("está") */
	char tense;	  /**< of a '=' or '!' form, enum tense */
	unsigned uses;	  /**< enum verb_use */
	const char *lemma; /**< folded infinitive */
};

struct prose_word {
	size_t start, length; /**< bytes in the text */
	size_t folded;	      /**< offset in `folds` */
	unsigned char kind, shape, tense;
	bool glued;		 /**< no blank before it */
	bool stressed;		 /**< written accent on the last syllable: "hará", "envió" */
	const struct verb *verb; /**< NULL: none we know by name */
};

struct prose_words {
	const char *text; /**< borrowed */
	struct strbuf folds;
	VECTOR(struct prose_word) list;
};

/** Word indexes [from, to). */
struct word_range {
	size_t from, to;
};
typedef VECTOR(struct word_range) word_ranges;

/** Cuts `text`, which must outlive the words. */
void words_cut(struct prose_words *words, const char *text);
void words_release(struct prose_words *words);

const struct prose_word *word_at(const struct prose_words *words, size_t at);
/** Lower case without accents; a mark as its ASCII likeness ("–" is "-"); "" past the end. */
const char *word_folded(const struct prose_words *words, size_t at);
bool word_is(const struct prose_words *words, size_t at, const char *folded);

/**
 * Matches the words from `at`, not beyond `end`, with a pattern and returns
 * how many they are, 0 for no match. A pattern is blank-separated items, each
 * with alternatives "el|la"; "represent*" is a beginning; "@pedir" any present
 * or future of the verb, "@@pedir" also its past; "~" an infinitive; "#" a
 * number; an item ending in "?" may be missing. Nothing is tried twice: a
 * missing item is decided on the word at hand.
 */
size_t words_match(const struct prose_words *words, size_t at, size_t end, const char *pattern);
/** As words_match() for words that end before `at`, not before `from`; no optional items. */
size_t words_match_before(const struct prose_words *words, size_t at, size_t from,
			  const char *pattern);
/** Whether the word is one of the alternatives of a one-item pattern. */
bool word_matches(const struct prose_words *words, size_t at, const char *item);

/** First word of [from, to) where `pattern` matches; `to` when none. */
size_t words_find(const struct prose_words *words, size_t from, size_t to, const char *pattern);

/** Bytes from the first to the last word of a range that is not empty. */
size_t range_start(const struct prose_words *words, size_t from);
size_t range_length(const struct prose_words *words, size_t from, size_t to);
/** Appends the text of the words, as written. */
void range_append(struct strbuf *out, const struct prose_words *words, size_t from, size_t to);

/** The sentences of the whole text; every word belongs to exactly one. */
void words_sentences(const struct prose_words *words, word_ranges *out);

/** Finds verb and tense of a folded word. `stressed` as in struct prose_word. */
const struct verb *verb_of(const char *folded, bool stressed, unsigned char *tense);
/** Whether the word is a conjugated verb, by the table or by its ending. */
bool word_is_finite(const struct prose_words *words, size_t at);
bool word_is_verb(const struct prose_words *words, size_t at, unsigned uses);

/** A whole number, in digits or Spanish words up to 99 ("cuarenta y cinco"), also "treinta (30)".
 *  Returns the words used, 0 for none. */
size_t words_number(const struct prose_words *words, size_t at, size_t end, int *value);
/** A figure with decimals, "." or ","; thousands marks are understood. False when it is none. */
bool word_figure(const struct prose_words *words, size_t at, double *value);

#endif
