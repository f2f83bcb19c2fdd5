/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/exchange/acta_parts.h"

/* Which action plan the acta speaks of: "Segundo Plan de Acción de Estado Abierto 2022-2024",
 * "el Segundo PAGA". */

static const char *const ordinals[][4] = {
	{"primer", "primero", "i", "1er"},   {"segundo", "ii", "2do", "2º"},
	{"tercer", "tercero", "iii", "3er"}, {"cuarto", "iv", "4to", "4º"},
	{"quinto", "v", "5to", "5º"},	     {"sexto", "vi", "6to", "6º"},
};

/* 1 for "Primer", "I", "1er"; 0 for any other word. */
static int ordinal_of(const char *word, size_t length)
{
	struct strbuf name;
	for (size_t n = 0; n < ARRAY_COUNT(ordinals); n++) {
		for (size_t k = 0; k < ARRAY_COUNT(ordinals[n]); k++) {
			strbuf_init(&name);
			strbuf_addf(&name, "|%s|", ordinals[n][k]);
			bool same = acta_word_in(word, length, name.data);
			strbuf_release(&name);
			if (same)
				return (int)n + 1;
		}
	}
	return 0;
}

static bool is_years(const char *word, size_t length)
{
	return length >= 4 && strspn(word, "0123456789") >= 4;
}

enum { TITLE_WORDS_MAX = 14 };

/* Length of the title that begins at "Plan de Acción": capitals, small words, years at the end. */
static size_t title_length(const char *text)
{
	size_t length = 0, at = 0;
	for (int words = 0; text[at] && words < TITLE_WORDS_MAX; words++) {
		const char *word = text + at;
		size_t size = acta_word_length(word);
		size_t used = size;
		while (used && strchr(",.;:)", word[used - 1]))
			used--;
		bool small = acta_word_in(word, size, "|de|del|la|el|y|para|en|los|las|");
		if (!small && acta_starts_lower(word) && words > 2)
			break;
		if (!small)
			length = at + used;
		if (is_years(word, size) || used < size)
			break;
		at += size;
		at += strspn(text + at, " ");
	}
	return length;
}

static bool begins_plan(const char *word)
{
	struct strbuf key;
	strbuf_init(&key);
	acta_fold_n(&key, word, strnlen(word, 24));
	bool begins = strncmp(key.data, "plan de accion", 14) == 0 &&
		      !isalnum((unsigned char)key.data[14]);
	strbuf_release(&key);
	return begins;
}

static void set_code(struct acta *acta, int ordinal)
{
	struct strbuf code;
	if (!ordinal || acta->plan_code)
		return;
	strbuf_init(&code);
	strbuf_addf(&code, "paga%d", ordinal);
	acta->plan_code = strbuf_detach(&code);
}

/* A word and the one before it, which may be its ordinal; `before` is NULL at the beginning. */
static void take_plan(struct acta *acta, const char *before, const char *at)
{
	int ordinal = before ? ordinal_of(before, acta_word_length(before)) : 0;
	const char *start = ordinal ? before : at;
	size_t used = (size_t)(at - start) + title_length(at);
	if (!acta->plan_title && (ordinal || is_years(start + used - 4, 4)))
		acta->plan_title = mem_strndup(start, used);
	set_code(acta, ordinal);
}

/* "Segundo PAGA", "PAGA II" */
static void take_paga(struct acta *acta, const char *before, const char *at)
{
	int ordinal = before ? ordinal_of(before, acta_word_length(before)) : 0;
	const char *next = at + acta_word_length(at);
	next += strspn(next, " ");
	size_t roman = strcspn(next, " .,;:)");
	if (!ordinal && roman && isupper((unsigned char)*next))
		ordinal = ordinal_of(next, roman);
	set_code(acta, ordinal);
}

static void find_in(struct acta *acta, const char *text)
{
	const char *before = NULL;
	for (const char *at = text; *at && !(acta->plan_code && acta->plan_title);) {
		bool may_be = *at == 'P' || *at == 'p' || *at == '(';
		if (may_be && acta_word_in(at, acta_word_length(at), "|plan|") && begins_plan(at))
			take_plan(acta, before, at);
		else if (may_be && acta_word_in(at, acta_word_length(at), "|paga|"))
			take_paga(acta, before, at);
		before = at;
		at += acta_word_length(at);
		at += strspn(at, " ");
	}
}

void acta_read_plan(struct acta *acta)
{
	for (size_t i = 0; i < acta->items.count; i++)
		find_in(acta, acta->items.items[i].title);
	for (size_t i = 0; i < acta->entries.count; i++)
		find_in(acta, acta->entries.items[i].text);
}
