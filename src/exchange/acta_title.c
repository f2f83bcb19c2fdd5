/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/* "REUNIÓN GRUPO NÚCLEO   Acta Nro. AM-2023-05": the forum and the number of its acta. */

static const char *const number_words = "|no|nro|n|num|numero|n°|nº|#|";

static bool has_digit(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (isdigit((unsigned char)text[i]))
			return true;
	return false;
}

static bool has_sign_inside(const char *text, size_t length)
{
	return length > 2 && (memchr(text, '-', length) || memchr(text, '/', length));
}

static bool is_date_token(const char *text, size_t length)
{
	char copy[16];
	if (length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return date_parse(copy) != DATE_NONE;
}

/* "N°7" and "No.12": the number stands in the same word as its label. */
static size_t number_prefix(const char *word, size_t length)
{
	static const char *const prefixes[] = {"Nro.", "No.", "N°", "Nº", "N.°", "N.º", "#"};
	for (size_t i = 0; i < ARRAY_COUNT(prefixes); i++) {
		size_t n = strlen(prefixes[i]);
		if (length > n && strncasecmp(word, prefixes[i], n) == 0)
			return n;
	}
	return 0;
}

enum { NUMBER_MAX = 40 };

/* The best word for a number: behind "Nro.", else a code with a sign in it, else behind "Acta". */
static int number_rank(const char *before, size_t before_length, const char *word, size_t length)
{
	if (length > NUMBER_MAX || !has_digit(word, length) || is_date_token(word, length))
		return 0;
	if (before_length && acta_word_in(before, before_length, number_words))
		return 3;
	if (before_length && acta_word_in(before, before_length, "|acta|"))
		return 3;
	return has_sign_inside(word, length) ? 2 : 0;
}

/* Appends the number found in `text`; false when there is none. */
static bool find_number(const char *text, struct strbuf *out)
{
	const char *before = text, *best = NULL;
	size_t before_length = 0, best_length = 0;
	int best_rank = 0;
	while (*(text += strspn(text, " "))) {
		size_t length = acta_word_length(text);
		size_t prefix = number_prefix(text, length);
		const char *word = text + prefix;
		size_t word_length = acta_bare_length(word, length - prefix);
		int rank = prefix && has_digit(word, word_length) && word_length <= NUMBER_MAX ?
				   3 :
				   number_rank(before, before_length, word, word_length);
		if (rank > best_rank) {
			best_rank = rank;
			best = word;
			best_length = word_length;
		}
		before = text;
		before_length = length;
		text += length;
	}
	strbuf_add(out, best ? best : "", best_length);
	return best != NULL;
}

/* "AM - 2023 - 05" and "AM–2023–05" are how some programs print a code. */
static void tighten_code(const char *text, struct strbuf *out)
{
	for (const char *at = text; *at; at++) {
		if (strncmp(at, "–", 3) == 0 && out->length && at[3] != ' ' &&
		    isalnum((unsigned char)out->data[out->length - 1])) {
			strbuf_addch(out, '-');
			at += 2;
		} else if (*at == ' ' && at[1] == '-' && at[2] == ' ' &&
			   isdigit((unsigned char)at[3]) && out->length &&
			   isalnum((unsigned char)out->data[out->length - 1])) {
			strbuf_addch(out, '-');
			at += 2;
		} else {
			strbuf_addch(out, *at);
		}
	}
}

/* What is left of the title line without "reunión", "acta" and the number. */
static void find_group(const char *title, const char *number, struct strbuf *out)
{
	static const char *const skipped = "|reunion|sesion|acta|de|del|la|el|los|las|ordinaria|"
					   "extraordinaria|no|nro|n|num|numero|"
					   "n°|nº|minuta|ayuda|memoria|trabajo|"
					   "primera|segunda|tercera|cuarta|quinta|sexta|"
					   "septima|octava|novena|decima|";
	bool started = false;
	while (*(title += strspn(title, " "))) {
		size_t length = acta_word_length(title);
		bool is_number = strncmp(title, number, strlen(number)) == 0 ||
				 number_prefix(title, length) ||
				 acta_is_number_word(title, length);
		if (acta_word_in(title, length, "|acta|") || is_number) {
			if (started)
				break;
		} else if (started ||
			   (!acta_word_in(title, length, skipped) && !strchr("-–:|", *title))) {
			if (started)
				strbuf_addch(out, ' ');
			strbuf_add(out, title, length);
			started = true;
		}
		title += length;
	}
	while (out->length && strchr(" -:.,|", out->data[out->length - 1]))
		strbuf_truncate(out, out->length - 1);
}

static bool is_all_capitals(const char *text)
{
	uint32_t c;
	while ((c = utf8_next(&text)) != 0)
		if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF))
			return false;
	return true;
}

/* Appends "ó" for "Ó": the capitals of Spanish. */
static void append_lower(struct strbuf *out, uint32_t c)
{
	bool is_capital = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
	utf8_append(out, is_capital ? c + 0x20 : c);
}

/* "GRUPO NÚCLEO" is how titles are set; sentences write "Grupo Núcleo". */
static void unset_capitals(struct strbuf *title)
{
	static const char *const small = "|de|del|la|las|el|los|y|e|o|u|en|para|por|al|a|con|";
	static const char *const acronyms = "|gad|ogp|osc|paga|aga|ep|gadm|gadp|";
	struct strbuf out;
	if (!is_all_capitals(title->data))
		return;
	strbuf_init(&out);
	for (const char *at = title->data; *at;) {
		size_t length = acta_word_length(at);
		const char *end = at + length;
		bool keeps_first = !out.length || !acta_word_in(at, length, small);
		bool is_acronym = acta_word_in(at, length, acronyms);
		for (bool first = keeps_first; at < end; first = false) {
			uint32_t c = utf8_next(&at);
			if (first || is_acronym)
				utf8_append(&out, c);
			else
				append_lower(&out, c);
		}
		for (; *at == ' '; at++)
			strbuf_addch(&out, ' ');
	}
	strbuf_release(title);
	*title = out;
}

enum rc acta_read_title(const struct acta_flow *title, struct acta *acta, struct error *err)
{
	struct strbuf text, number, group;
	strbuf_init(&text);
	strbuf_init(&number);
	strbuf_init(&group);
	tighten_code(title->text.data, &text);
	bool found = find_number(text.data, &number);
	if (found) {
		find_group(text.data, number.data, &group);
		unset_capitals(&group);
		acta->number = strbuf_detach(&number);
		acta->group = group.length && group.length < 200 ? strbuf_detach(&group) : NULL;
		const char *at = strstr(title->text.data, acta->number);
		size_t offset = at ? (size_t)(at - title->text.data) : 0;
		acta->header_line = acta_flow_line(title, offset);
	}
	strbuf_release(&group);
	strbuf_release(&number);
	strbuf_release(&text);
	return found ? RC_OK :
		       error_set(err, RC_INVALID,
				 _("no parece un acta: falta su número («Acta Nro. AM-2023-05») "
				   "al comienzo"));
}
