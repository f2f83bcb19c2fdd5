/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_words.h"

#include <stdint.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/utf8.h"

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F ||
	       c == 0x3000 || c == 0xFEFF;
}

/* The ASCII likeness of a mark; NULL for a character that belongs to words. */
static const char *mark_likeness(uint32_t c)
{
	static const struct {
		uint32_t mark;
		const char *likeness;
	} marks[] = {
		{0xA1, "!"},	{0xAA, "^"},	{0xAB, "\""},	{0xB0, "^"},   {0xB7, "*"},
		{0xBA, "^"},	{0xBB, "\""},	{0xBF, "?"},	{0x2010, "-"}, {0x2011, "-"},
		{0x2012, "-"},	{0x2013, "-"},	{0x2014, "-"},	{0x2015, "-"}, {0x2018, "\""},
		{0x2019, "\""}, {0x201C, "\""}, {0x201D, "\""}, {0x2022, "*"}, {0x2026, "."},
		{0x2212, "-"},	{0x25AA, "*"},	{0x25CF, "*"},	{0xF0B7, "*"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
		if (marks[i].mark == c)
			return marks[i].likeness;
	return NULL;
}

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return !is_blank(c) && !mark_likeness(c);
}

static bool is_upper(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

/* Most of a text: an ASCII letter or digit. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Digits with the marks inside them: "84.72", "2.047", "15.03.2024". */
static const char *skip_number(const char *at)
{
	while (is_digit((unsigned char)*at) ||
	       ((*at == '.' || *at == ',') && is_digit((unsigned char)at[1])))
		at++;
	return at;
}

static const char *skip_letters(const char *at)
{
	for (;;) {
		while (is_plain(*at))
			at++;
		if ((unsigned char)*at < 0x80)
			return at;
		const char *ahead = at;
		uint32_t c = utf8_next(&ahead);
		if (!is_letter(c) && !is_digit(c))
			return at;
		at = ahead;
	}
}

static unsigned char shape_of(const char *word, size_t length)
{
	int upper = 0, lower = 0;
	bool first_upper = false;
	for (const char *at = word; at < word + length;) {
		bool first = at == word;
		if (*at >= 'a' && *at <= 'z') {
			lower++;
			at++;
			continue;
		}
		uint32_t c = utf8_next(&at);
		if (is_upper(c)) {
			upper++;
			first_upper |= first;
		} else if (is_letter(c)) {
			lower++;
		}
	}
	if (upper >= 2 && !lower)
		return SHAPE_UPPER;
	return first_upper ? SHAPE_CAPITAL : SHAPE_LOWER;
}

/* "hará", "harán", "envió"; composed or with a combining accent. */
static bool is_stressed(const char *word, size_t length)
{
	if (length && (word[length - 1] == 'n' || word[length - 1] == 's'))
		length--;
	if (length < 3)
		return false;
	unsigned char lead = (unsigned char)word[length - 2],
		      last = (unsigned char)word[length - 1];
	return (lead == 0xC3 && (last == 0xA1 || last == 0xA9 || last == 0xAD || last == 0xB3)) ||
	       (lead == 0xCC && last == 0x81);
}

/* Most words are ASCII; the others, and hostile ones, are left to utf8_fold(). */
static void add_folded(struct prose_words *words, const char *bytes, size_t length)
{
	struct strbuf word;
	size_t plain = 0;
	while (plain < length && (unsigned char)bytes[plain] < 0x80)
		plain++;
	if (plain == length) {
		size_t from = words->folds.length;
		strbuf_add(&words->folds, bytes, length);
		for (char *c = words->folds.data + from; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c + 32);
		return;
	}
	strbuf_init(&word);
	strbuf_add(&word, bytes, length);
	utf8_fold(&words->folds, word.data);
	strbuf_release(&word);
}

static void add_word(struct prose_words *words, enum word_kind kind, const char *from,
		     const char *to)
{
	struct prose_word *word = vector_add(&words->list);
	word->start = (size_t)(from - words->text);
	word->length = (size_t)(to - from);
	word->kind = (unsigned char)kind;
	word->folded = words->folds.length;
	word->glued = word->start > 0 && words->list.count > 1 &&
		      word[-1].start + word[-1].length == word->start;
	if (kind == WORD_MARK) {
		const char *ahead = from;
		const char *likeness = mark_likeness(utf8_next(&ahead));
		if (likeness)
			strbuf_adds(&words->folds, likeness);
		else
			strbuf_add(&words->folds, from, word->length);
	} else {
		add_folded(words, from, word->length);
		word->shape = shape_of(from, word->length);
		word->stressed = is_stressed(from, word->length);
	}
	if (kind == WORD_TEXT)
		word->verb =
			verb_of(words->folds.data + word->folded, word->stressed, &word->tense);
	/* "de Durán": a name with the ending of a future. */
	if (word->tense == TENSE_FUTURE && !word->verb && word->shape == SHAPE_CAPITAL &&
	    words->list.count > 1 && word[-1].kind == WORD_TEXT)
		word->tense = TENSE_NONE;
	strbuf_add(&words->folds, "", 1);
}

/* "informa que": what follows is said, so it is no subordinate mood. */
static bool opens_mood(const struct prose_words *words, size_t at)
{
	if (word_is(words, at, "que"))
		return !at || !word_is_verb(words, at - 1, VERB_SAYS) ||
		       word_at(words, at - 1)->tense != TENSE_PRESENT ||
		       word_is_verb(words, at - 1, VERB_REQUESTS | VERB_INVITES);
	return word_matches(words, at, "si|cuando|quien|quienes|donde|aunque|cual|cuales|ojala");
}

/* The future that a word without its written accent may be: "remitira", "se haran". */
static void mend_future(struct prose_words *words, size_t at)
{
	struct prose_word *word = &words->list.items[at];
	unsigned char tense;
	const struct verb *verb = verb_of(word_folded(words, at), true, &tense);
	if (verb && tense == TENSE_FUTURE) {
		word->verb = verb;
		word->tense = TENSE_FUTURE;
	} else if (word_matches(words, at, "hara|haran|dara|daran|pondra|pondran|propondra")) {
		word->tense = TENSE_FUTURE;
	}
}

/* Many minutes leave accents out. "Enviara" is a subjunctive too, but only where a conjunction
 * asks for one. */
static void mend_futures(struct prose_words *words)
{
	bool mood = false;
	for (size_t at = 0; at < words->list.count; at++) {
		const struct prose_word *word = word_at(words, at);
		char last = words->text[word->start + word->length - 1];
		if (word->kind == WORD_MARK)
			mood &= !word_matches(words, at, ".|;|:");
		else if (last != 'a' && last != 'n')
			mood |= opens_mood(words, at);
		else if (!mood && word->kind == WORD_TEXT && !word->stressed &&
			 (word->tense == TENSE_NONE || word->tense == TENSE_SUBJUNCTIVE) &&
			 word->length > 3)
			mend_future(words, at);
	}
}

void words_cut(struct prose_words *words, const char *text)
{
	*words = (struct prose_words){.text = text};
	strbuf_init(&words->folds);
	for (const char *at = text; *at;) {
		const char *ahead = at + 1;
		uint32_t c = (unsigned char)*at;
		if (c >= 0x80) {
			ahead = at;
			c = utf8_next(&ahead);
		}
		if (is_blank(c)) {
			at = ahead;
			continue;
		}
		enum word_kind kind = is_letter(c) ? WORD_TEXT : WORD_MARK;
		if (is_digit(c)) {
			ahead = skip_number(at);
			const char *letters = skip_letters(ahead);
			kind = letters > ahead ? WORD_TEXT : WORD_NUMBER;
			ahead = letters;
		} else if (kind == WORD_TEXT) {
			ahead = skip_letters(at);
		}
		add_word(words, kind, at, ahead);
		at = ahead;
	}
	mend_futures(words);
}

void words_release(struct prose_words *words)
{
	strbuf_release(&words->folds);
	vector_release(&words->list);
}

const struct prose_word *word_at(const struct prose_words *words, size_t at)
{
	static const struct prose_word none = {.kind = WORD_MARK};
	return at < words->list.count ? &words->list.items[at] : &none;
}

const char *word_folded(const struct prose_words *words, size_t at)
{
	return at < words->list.count ? words->folds.data + words->list.items[at].folded : "";
}

bool word_is(const struct prose_words *words, size_t at, const char *folded)
{
	const char *own = word_folded(words, at);
	return own[0] == folded[0] && strcmp(own, folded) == 0;
}

/* Whether a pattern's alternative ends here: at "|", a blank, the end, or the "?" of an item. */
static bool is_alternative_end(const char *at)
{
	return !*at || *at == '|' || *at == ' ' || (*at == '?' && (!at[1] || at[1] == ' '));
}

static size_t alternative_length(const char *at)
{
	size_t length = 0;
	while (!is_alternative_end(at + length))
		length++;
	return length;
}

/* "@pedir" without its "@". */
static bool is_verb_form(const struct prose_word *word, const char *lemma)
{
	bool with_past = lemma[0] == '@';
	lemma += with_past;
	size_t length = alternative_length(lemma);
	return word->verb && strncmp(word->verb->lemma, lemma, length) == 0 &&
	       !word->verb->lemma[length] &&
	       (word->tense == TENSE_PRESENT || word->tense == TENSE_FUTURE ||
		(with_past && word->tense == TENSE_PAST));
}

/* The alternative at `at` against a word. */
static bool matches_one(const struct prose_word *word, const char *folded, const char *at)
{
	size_t same = 0;
	if (*at == '@' && !is_alternative_end(at + 1))
		return is_verb_form(word, at + 1);
	if (*at == '~' && is_alternative_end(at + 1))
		return word->tense == TENSE_INFINITIVE;
	if (*at == '#' && is_alternative_end(at + 1))
		return word->kind == WORD_NUMBER;
	while (folded[same] && at[same] == folded[same])
		same++;
	if (at[same] == '*' && same && is_alternative_end(at + same + 1))
		return true;
	return !folded[same] && same && is_alternative_end(at + same);
}

/* Reads one item of a pattern and moves to its end. This is where the time of reading goes: one
 * pass, and an alternative with another first letter costs no call. */
static bool matches_item(const struct prose_words *words, size_t at, const char **pattern)
{
	const char *folded = word_folded(words, at);
	const char *item = *pattern;
	const char first = *folded;
	bool matched = false;
	for (;;) {
		const char letter = *item;
		if ((letter == first || letter == '@' || letter == '~' || letter == '#') &&
		    !matched)
			matched = first && matches_one(word_at(words, at), folded, item);
		/* Blank and end are the only characters of a pattern this low. */
		while (*item > ' ' && *item != '|')
			item++;
		if (*item != '|')
			break;
		item++;
	}
	*pattern = item;
	return matched;
}

bool word_matches(const struct prose_words *words, size_t at, const char *item)
{
	return matches_item(words, at, &item);
}

size_t words_match(const struct prose_words *words, size_t at, size_t end, const char *pattern)
{
	size_t from = at;
	while (*pattern) {
		const char *item = pattern;
		if (matches_item(words, at < end ? at : SIZE_MAX, &pattern))
			at++;
		else if (pattern - item < 2 || pattern[-1] != '?')
			return 0;
		pattern += *pattern == ' ';
	}
	return at - from;
}

size_t words_match_before(const struct prose_words *words, size_t at, size_t from,
			  const char *pattern)
{
	size_t items = 1;
	for (const char *c = pattern; *c; c++)
		items += *c == ' ';
	if (at < from + items)
		return 0;
	return words_match(words, at - items, at, pattern);
}

size_t words_find(const struct prose_words *words, size_t from, size_t to, const char *pattern)
{
	while (from < to && !words_match(words, from, to, pattern))
		from++;
	return from;
}

size_t range_start(const struct prose_words *words, size_t from)
{
	return word_at(words, from)->start;
}

size_t range_length(const struct prose_words *words, size_t from, size_t to)
{
	const struct prose_word *last = word_at(words, to - 1);
	return last->start + last->length - range_start(words, from);
}

void range_append(struct strbuf *out, const struct prose_words *words, size_t from, size_t to)
{
	if (from < to)
		strbuf_add(out, words->text + range_start(words, from),
			   range_length(words, from, to));
}
