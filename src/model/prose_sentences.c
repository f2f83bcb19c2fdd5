/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose.h"

#include <string.h>

#include "nucleo/model/prose_words.h"

/* Always followed by a name or more of an abbreviation. */
#define TITLES                                                                                   \
	"sr|sra|srta|sres|dr|dra|ing|lic|lcdo|lcda|abg|ab|econ|eco|arq|mgs|mgtr|msc|mag|mg|phd|" \
	"psic|tlgo|gral|crnl|prof|sto|sta|ee|ej|vs|cf|av|cdla|depto|dpto|aprox|gob|atte|ltda|"   \
	"cia"
/* Abbreviations where a number follows; else they are words ("dijo que no."). */
#define COUNTED                                                                               \
	"nro|no|num|nros|art|arts|inc|lit|pag|pags|p|pp|vol|cap|ext|tel|telf|fig|sec|of|ord|" \
	"res|reg|n"

static bool is_sentence_mark(const struct prose_words *words, size_t at)
{
	return word_at(words, at)->kind == WORD_MARK && word_matches(words, at, ".|!|?") &&
	       /* "¿" and "¡" open. */
	       words->text[word_at(words, at)->start] != '\xC2';
}

/* "1. Guía breve, 2. Guía …": numbers that count on from each other are no sentence ends. */
static bool is_list_number(const struct prose_words *words, size_t from, size_t at, int *last)
{
	int value;
	if (word_at(words, at)->kind != WORD_NUMBER || word_at(words, at)->length > 2)
		return false;
	if (!words_number(words, at, at + 1, &value))
		return false;
	bool opens = at == from || word_at(words, at - 1)->kind == WORD_MARK;
	if (value != *last + 1 && !(value == 1 && opens))
		return false;
	if (!opens && !word_matches(words, at - 1, "y|e"))
		return false;
	*last = value;
	return true;
}

/* Whether the mark after the word at `at` belongs to the word: "Sr.", "Nro. 5", "a.", "S. A.". */
static bool is_abbreviated(const struct prose_words *words, size_t at)
{
	const struct prose_word *word = word_at(words, at);
	if (word->kind != WORD_TEXT)
		return false;
	if (word->length == 1 && !word_matches(words, at, "y|o|e"))
		return true;
	return word_matches(words, at, TITLES) ||
	       (word_matches(words, at, COUNTED) && word_at(words, at + 2)->kind == WORD_NUMBER);
}

static bool can_begin(const struct prose_words *words, size_t at)
{
	const struct prose_word *word = word_at(words, at);
	if (word->kind == WORD_TEXT)
		return word->shape != SHAPE_LOWER;
	return word->kind == WORD_NUMBER || word_matches(words, at, "\"|(|?|!|*|-|[");
}

/* A stop without the blank behind it ends a sentence only between plain words: "proceso.La FCD".
 */
static bool is_missing_blank(const struct prose_words *words, size_t stop)
{
	const struct prose_word *before = word_at(words, stop - 1),
				*after = word_at(words, stop + 1);
	return stop > 0 && before->kind == WORD_TEXT && before->length > 3 &&
	       before->shape == SHAPE_LOWER && after->kind == WORD_TEXT &&
	       after->shape != SHAPE_LOWER;
}

/* Marks that close belong to the sentence they close: `."`, `.)`. */
static size_t skip_closing(const struct prose_words *words, size_t at, size_t end)
{
	while (at < end && word_at(words, at)->glued && word_matches(words, at, ".|!|?|)|\"|]"))
		at++;
	return at;
}

/* `*closed` is where the marks end that were skipped last: within them nothing is looked at
 * again. */
static bool ends_at(const struct prose_words *words, size_t from, size_t at, int *last_number,
		    size_t *closed)
{
	if (at > from && word_is(words, at, ".") &&
	    (is_abbreviated(words, at - 1) || is_list_number(words, from, at - 1, last_number)))
		return false;
	if (at + 1 > *closed)
		*closed = skip_closing(words, at + 1, words->list.count);
	if (!can_begin(words, *closed))
		return false;
	return !word_at(words, *closed)->glued || is_missing_blank(words, at);
}

void words_sentences(const struct prose_words *words, word_ranges *out)
{
	size_t from = 0, closed = 0, end = words->list.count;
	int last_number = 0;
	for (size_t at = 0; at < end; at++) {
		if (word_is(words, at, "*") && at > from) {
			vector_push(out, ((struct word_range){from, at}));
			from = at;
		} else if (is_sentence_mark(words, at) &&
			   ends_at(words, from, at, &last_number, &closed)) {
			at = skip_closing(words, at + 1, end);
			vector_push(out, ((struct word_range){from, at}));
			from = at--;
		}
	}
	if (from < end)
		vector_push(out, ((struct word_range){from, end}));
}

void prose_sentences(const char *text, prose_spans *out)
{
	struct prose_words words;
	word_ranges sentences = {0};
	words_cut(&words, text);
	words_sentences(&words, &sentences);
	for (size_t i = 0; i < sentences.count; i++) {
		struct word_range range = sentences.items[i];
		vector_push(out,
			    ((struct prose_span){range_start(&words, range.from),
						 range_length(&words, range.from, range.to)}));
	}
	vector_release(&sentences);
	words_release(&words);
}
