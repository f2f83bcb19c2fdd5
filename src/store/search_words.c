/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/store/search_parts.h"

enum {
	TERMS_MAX = 32,
	/* Fewer letters begin too many words: the index has no list of them ready. */
	PREFIX_LEAST = 2,
};

/* A word, or words between quotation marks. */
struct term {
	const char *start;
	size_t length;
	bool is_negated, is_begun; /* begun: its last word may go on */
};

static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0x7F || c == 0xA0;
}

/* Quotation marks as keyboards and word processors make them. */
static bool is_quote(uint32_t c)
{
	return c == '"' || c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D;
}

static bool has_word(const struct term *term)
{
	const char *at = term->start;
	while (at < term->start + term->length)
		if (utf8_is_alphanumeric(utf8_next(&at)))
			return true;
	return false;
}

/* Letters at its end. */
static int last_letters(const struct term *term)
{
	const char *at = term->start;
	int count = 0;
	while (at < term->start + term->length)
		count = utf8_is_alphanumeric(utf8_next(&at)) ? count + 1 : 0;
	return count;
}

/* Moves `*at` up to the first character that ends the term. */
static void skip_term(const char **at, bool is_quoted)
{
	while (**at) {
		const char *next = *at;
		uint32_t c = utf8_next(&next);
		if (is_quote(c) || (!is_quoted && is_blank(c)))
			return;
		*at = next;
	}
}

/* Reads a term; false at the end of the text. */
static bool next_term(const char **at, struct term *term)
{
	const char *next = *at;
	uint32_t c = utf8_next(&next);
	while (c && is_blank(c)) {
		*at = next;
		c = utf8_next(&next);
	}
	*term = (struct term){.is_negated = c == '-'};
	if (term->is_negated) {
		*at = next;
		c = utf8_next(&next);
	}
	bool is_quoted = c && is_quote(c);
	if (is_quoted)
		*at = next;
	term->start = *at;
	skip_term(at, is_quoted);
	term->length = (size_t)(*at - term->start);
	term->is_begun = !**at && !term->is_negated && last_letters(term) >= PREFIX_LEAST;
	if (is_quoted && **at)
		utf8_next(at);
	return c != 0;
}

/* Between double quotation marks nothing means anything to FTS5 but the mark itself, and a
 * term has none. */
static void add_term(struct strbuf *out, const struct term *term, const char *joint)
{
	strbuf_addf(out, "%s\"", out->length ? joint : "");
	strbuf_add(out, term->start, term->length);
	strbuf_adds(out, term->is_begun ? "\" *" : "\"");
}

/* At most so much of it as is looked at. */
static void bound(const char *text, struct strbuf *bounded)
{
	size_t length = strlen(text);
	strbuf_init(bounded);
	strbuf_add(bounded, text,
		   utf8_valid_prefix(text, length < SEARCH_TEXT_MAX ? length : SEARCH_TEXT_MAX));
}

void search_words_match(const char *text, struct strbuf *match)
{
	struct strbuf bounded, wanted, unwanted;
	struct term term;
	bound(text, &bounded);
	strbuf_init(&wanted);
	strbuf_init(&unwanted);
	const char *at = bounded.data;
	for (int i = 0; i < TERMS_MAX && next_term(&at, &term); i++)
		if (has_word(&term) && term.is_negated)
			add_term(&unwanted, &term, " OR ");
		else if (has_word(&term))
			add_term(&wanted, &term, " AND ");
	if (wanted.length && unwanted.length)
		strbuf_addf(match, "(%s) NOT (%s)", wanted.data, unwanted.data);
	else
		strbuf_adds(match, wanted.data);
	strbuf_release(&unwanted);
	strbuf_release(&wanted);
	strbuf_release(&bounded);
}

bool search_has_words(const char *text)
{
	struct strbuf match;
	strbuf_init(&match);
	search_words_match(text, &match);
	bool has_words = match.length > 0;
	strbuf_release(&match);
	return has_words;
}

void search_words_code(const char *text, struct strbuf *code)
{
	struct strbuf bounded;
	bound(text, &bounded);
	strbuf_trim(&bounded);
	utf8_fold(code, bounded.data);
	strbuf_release(&bounded);
}
