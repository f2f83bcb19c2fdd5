/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_codes.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/model/prose.h"

/* A number 1 to 99 and nothing else; 0 otherwise. */
static unsigned small_number(const char *folded)
{
	unsigned value = 0;
	size_t length = strspn(folded, "0123456789");
	if (!length || length > 2 || folded[length])
		return 0;
	for (; *folded; folded++)
		value = value * 10 + (unsigned)(*folded - '0');
	return value;
}

static bool is_percent(const struct prose_words *words, size_t at)
{
	return words_match(words, at, words->list.count, "%") ||
	       words_match(words, at, words->list.count, "por ciento");
}

/* "C5", "C 5", "C-5"; words used, 0 for none. */
static size_t code_at(const struct prose_words *words, size_t at, size_t end, unsigned *number)
{
	const char *folded = word_folded(words, at);
	if (at >= end || folded[0] != 'c')
		return 0;
	if (folded[1])
		return (*number = small_number(folded + 1)) > 0;
	if (words->text[range_start(words, at)] != 'C')
		return 0;
	size_t dash = word_is(words, at + 1, "-") && word_at(words, at + 1)->glued;
	if (at + 1 + dash >= end || is_percent(words, at + 2 + dash))
		return 0;
	*number = small_number(word_folded(words, at + 1 + dash));
	return *number ? 2 + dash : 0;
}

/* The number alone, after the word "compromiso" or in a list that has begun. */
static size_t bare_at(const struct prose_words *words, size_t at, size_t end, unsigned *number)
{
	size_t before = words_match(words, at, end, "nro|no|num|numero|n .? ^?");
	if (word_at(words, at + before)->kind != WORD_NUMBER || at + before >= end ||
	    is_percent(words, at + before + 1))
		return 0;
	*number = small_number(word_folded(words, at + before));
	return *number ? before + 1 : 0;
}

static size_t element_at(const struct prose_words *words, struct word_range place, bool bare,
			 unsigned *number)
{
	size_t named = words_match(words, place.from, place.to, "compromiso|compromisos del|el?");
	size_t used = code_at(words, place.from + named, place.to, number);
	if (!used && (named || bare))
		used = bare_at(words, place.from + named, place.to, number);
	return used ? used + named : 0;
}

/* In a list a bare number must be followed by what goes on or closes a list, or it counts things.
 */
static bool closes_bare(const struct prose_words *words, size_t next, size_t end)
{
	return next >= end || !word_matches(words, next, "de|del|mesas|talleres|personas") ||
	       word_matches(words, next, ",|y|e|a|al|-|(|:");
}

static void add_number(struct code_list *list, unsigned number)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->numbers[i] == number)
			return;
	if (list->count < CODE_MAX)
		list->numbers[list->count++] = (unsigned char)number;
}

static void add_range(struct code_list *list, unsigned first, unsigned last)
{
	if (last < first)
		add_number(list, last);
	for (unsigned number = first + 1; number <= last; number++)
		add_number(list, number);
}

/* Goes on with what a mark or "y", "a" joins to the list; false at its end. */
static bool extend(const struct prose_words *words, size_t end, bool bare, unsigned *last,
		   struct code_list *list)
{
	static const char article[] = "el|la|los|las|del|al";
	size_t at = list->next;
	size_t range = words_match(words, at, end, "a|al|-|hasta");
	size_t joint = range ? range : words_match(words, at, end, ",? y|e|/|&");
	if (!joint)
		joint = words_match(words, at, end, ",");
	if (!joint)
		return false;
	at += joint + words_match(words, at + joint, end, article);
	unsigned number;
	size_t used = element_at(words, (struct word_range){at, end}, bare, &number);
	bool spelled = used && word_at(words, at)->kind != WORD_NUMBER;
	if (!used || (!spelled && !closes_bare(words, at + used, end)))
		return false;
	if (range)
		add_range(list, *last, number);
	else
		add_number(list, number);
	*last = number;
	list->next = at + used;
	return true;
}

/* The list whose first element ends at `next`. */
static void read_list(const struct prose_words *words, struct word_range rest, unsigned number,
		      struct code_list *list)
{
	list->count = 0;
	list->next = rest.from;
	add_number(list, number);
	while (extend(words, rest.to, true, &number, list))
		continue;
}

bool codes_at(const struct prose_words *words, size_t at, size_t end, struct code_list *list)
{
	unsigned number;
	size_t used = element_at(words, (struct word_range){at, end}, false, &number);
	if (used)
		read_list(words, (struct word_range){at + used, end}, number, list);
	list->first = at;
	return used > 0;
}

bool bare_codes_at(const struct prose_words *words, size_t at, size_t end, struct code_list *list)
{
	unsigned number;
	size_t article = words_match(words, at, end, "el|del");
	size_t used = article ? bare_at(words, at + article, end, &number) : 0;
	if (!used || !closes_bare(words, at + article + used, end))
		return false;
	read_list(words, (struct word_range){at + article + used, end}, number, list);
	list->first = at;
	return true;
}

void code_print(char code[8], unsigned number)
{
	snprintf(code, 8, "C%u", number % 100);
}

bool codes_first(const struct prose_words *words, struct word_range range, char code[8])
{
	unsigned number;
	for (size_t at = range.from; at < range.to; at++) {
		if (element_at(words, (struct word_range){at, range.to}, false, &number)) {
			code_print(code, number);
			return true;
		}
	}
	code[0] = '\0';
	return false;
}

bool prose_commitment(const char *sentence, char code[8])
{
	struct prose_words words;
	words_cut(&words, sentence);
	bool found = codes_first(&words, (struct word_range){0, words.list.count}, code);
	words_release(&words);
	return found;
}

static bool list_has(const struct code_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++) {
		char named[8];
		code_print(named, list->numbers[i]);
		if (strcmp(named, code) == 0)
			return true;
	}
	return false;
}

bool prose_mentions(const char *text, const char *code)
{
	struct prose_words words;
	bool found = false;
	words_cut(&words, text);
	for (size_t at = 0; at < words.list.count && !found;) {
		struct code_list list;
		bool is_list = codes_at(&words, at, words.list.count, &list);
		found = is_list && list_has(&list, code);
		at = is_list ? list.next : at + 1;
	}
	words_release(&words);
	return found;
}
