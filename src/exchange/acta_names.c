/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/* One attendee: "Consejo Nacional Electoral (CNE) – Directora (virtual)". */

/* Mode said in parentheses: "(virtual)", "(vía Zoom)", "(presencial)". */
static int mode_of(const char *text)
{
	static const char *const virtual_words[] = {"virtual", "zoom",	    "en linea",
						    "remot",   "telematic", "teams",
						    "meet",    "conectad",  "videoconferencia"};
	if (utf8_has_words(text, "presencial"))
		return MODE_IN_PERSON;
	for (size_t i = 0; i < ARRAY_COUNT(virtual_words); i++)
		if (utf8_has_words(text, virtual_words[i]))
			return MODE_VIRTUAL;
	return ENUM_NONE;
}

bool acta_initials_match(const char *acronym, const char *words)
{
	struct strbuf a, w;
	const char *wanted;
	strbuf_init(&a);
	strbuf_init(&w);
	utf8_fold(&a, acronym);
	utf8_fold(&w, words);
	wanted = a.data;
	for (const char *at = w.data; *at;) {
		at += strspn(at, " ,");
		size_t length = strcspn(at, " ,");
		if (length && *wanted && *at == *wanted)
			wanted++;
		else if (length &&
			 !acta_word_in(at, length, "|de|del|la|las|el|los|y|e|para|por|a|en|"))
			break;
		at += length;
	}
	bool match = a.length > 1 && !*wanted;
	strbuf_release(&a);
	strbuf_release(&w);
	return match;
}

/* What one name says: the parts of "Consejo Nacional Electoral (CNE) – Director (virtual)". */
struct parsed {
	struct strbuf head, acronym, name, delegate;
	int mode;
};

/* "Delegada: Directora Nacional" without its label. */
static const char *behind_delegate(const char *text)
{
	static const char *const leads[] = {"delegado: ", "delegada: ", "Delegado: ", "Delegada: "};
	for (size_t i = 0; i < ARRAY_COUNT(leads); i++)
		if (strncmp(text, leads[i], strlen(leads[i])) == 0)
			return text + strlen(leads[i]);
	return text;
}

static void take_remark(struct parsed *parsed, const char *text)
{
	int mode = mode_of(text);
	if (mode != ENUM_NONE && strlen(text) < 30) {
		parsed->mode = mode;
	} else if (!parsed->acronym.length && acta_is_acronym(text, strlen(text)) &&
		   !acta_is_acronym(parsed->head.data, parsed->head.length)) {
		strbuf_adds(&parsed->acronym, text);
	} else if (acta_initials_match(parsed->head.data, text)) {
		strbuf_adds(&parsed->name, text);
	} else if (*text && !isdigit((unsigned char)*text)) {
		if (parsed->delegate.length)
			strbuf_adds(&parsed->delegate, ", ");
		strbuf_adds(&parsed->delegate, behind_delegate(text));
	}
}

static void take_part(struct parsed *parsed, const char *text, size_t length, bool is_head)
{
	struct strbuf part;
	strbuf_init(&part);
	acta_squeeze(&part, text, length);
	if (is_head)
		strbuf_adds(&parsed->head, part.data);
	else if (part.length)
		take_remark(parsed, part.data);
	strbuf_release(&part);
}

/* Length of a dash that parts ("CNE – Directora", "CNE - Directora"), else 0. */
static size_t parting_dash(const char *text, size_t left)
{
	if (left > 5 && (strncmp(text, " – ", 5) == 0 || strncmp(text, " — ", 5) == 0))
		return 5;
	if (left > 3 && strncmp(text, " - ", 3) == 0)
		return 3;
	return left > 2 && strncmp(text, ": ", 2) == 0 ? 2 : 0;
}

static void parse_name(const char *text, size_t length, struct parsed *parsed)
{
	const char *end = text + length, *start = text, *at = text;
	bool is_head = true;
	for (; at < end; at++) {
		size_t dash = parting_dash(at, (size_t)(end - at));
		bool paren = *at == '(' || *at == ')' || *at == '[' || *at == ']';
		if (!dash && !paren)
			continue;
		if (at > start)
			take_part(parsed, start, (size_t)(at - start), is_head);
		is_head = is_head && !parsed->head.length;
		at += dash ? dash - 1 : 0;
		start = at + 1;
	}
	take_part(parsed, start, (size_t)(end - start), is_head);
}

static char *taken(struct strbuf *text)
{
	char *owned = text->length ? strbuf_detach(text) : NULL;
	strbuf_release(text);
	return owned;
}

struct acta_attendee acta_parse_attendee(const char *text, size_t length)
{
	struct acta_attendee attendee = {.certainty = CERTAINTY_LIKELY};
	struct parsed parsed = {.mode = ENUM_NONE};
	strbuf_init(&parsed.head);
	strbuf_init(&parsed.acronym);
	strbuf_init(&parsed.name);
	strbuf_init(&parsed.delegate);
	parse_name(text, length, &parsed);
	if (parsed.acronym.length || acta_is_acronym(parsed.head.data, parsed.head.length))
		attendee.certainty = CERTAINTY_SURE;
	if (parsed.acronym.length) {
		attendee.acronym = taken(&parsed.acronym);
		attendee.name = taken(&parsed.head);
	} else {
		attendee.acronym = strbuf_detach(&parsed.head);
		attendee.name = taken(&parsed.name);
	}
	attendee.delegate = taken(&parsed.delegate);
	attendee.mode = parsed.mode;
	strbuf_release(&parsed.name);
	strbuf_release(&parsed.acronym);
	return attendee;
}

int acta_attendee_at(const struct acta *acta, const char *text)
{
	size_t word = acta_word_length(text);
	if (acta_word_in(text, word, "|el|la|los|las|"))
		text += word + strspn(text + word, " ");
	for (size_t i = 0; i < acta->attendees.count; i++) {
		const char *acronym = acta->attendees.items[i].acronym;
		size_t length = strlen(acronym);
		if (strncmp(text, acronym, length) == 0 && (!text[length] || text[length] == ' '))
			return (int)i;
	}
	return -1;
}
