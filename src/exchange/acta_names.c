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

enum { MODE_WORDS_MAX = 30 };

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
	bool names_person;
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

static void add_delegate(struct parsed *parsed, const char *text, size_t length)
{
	if (parsed->delegate.length)
		strbuf_adds(&parsed->delegate, ", ");
	acta_squeeze(&parsed->delegate, text, length);
}

/* "Ana Torres, Directora Nacional; virtual": the post without the person. */
static void take_delegate(struct parsed *parsed, const char *text)
{
	text = behind_delegate(text);
	while (*(text += strspn(text, ",; "))) {
		size_t length = strcspn(text, ",;");
		char *segment = mem_strndup(text, length);
		int mode = length < MODE_WORDS_MAX ? mode_of(segment) : ENUM_NONE;
		if (mode != ENUM_NONE)
			parsed->mode = mode;
		else if (acta_is_person(segment))
			parsed->names_person = true;
		else
			add_delegate(parsed, segment, length);
		free(segment);
		text += length;
	}
}

/* "(por audiencia)", "(desde las 10h00)": why or when, not who. */
static bool says_reason(const char *text)
{
	return acta_word_in(text, acta_word_length(text),
			    "|por|con|sin|desde|hasta|a|se|llega|ingresa|ingreso|sale|salio|"
			    "miembro|observador|observadora|invitado|invitada|confirmado|");
}

static void take_remark(struct parsed *parsed, const char *text)
{
	int mode = mode_of(text);
	if (mode != ENUM_NONE && strlen(text) < MODE_WORDS_MAX && !strpbrk(text, ",;")) {
		parsed->mode = mode;
	} else if (!parsed->acronym.length && acta_is_acronym(text, strlen(text)) &&
		   !acta_is_acronym(parsed->head.data, parsed->head.length)) {
		strbuf_adds(&parsed->acronym, text);
	} else if (acta_initials_match(parsed->head.data, text) ||
		   (!parsed->name.length && parsed->names_person && acta_starts_institution(text) &&
		    !acta_starts_post(text))) {
		strbuf_adds(&parsed->name, text);
	} else if (!isdigit((unsigned char)*text) && !says_reason(text)) {
		take_delegate(parsed, text);
	}
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

enum { PARTS_MAX = 12 };

/* The parts of a name, those in parentheses apart. */
struct parts {
	char *text[PARTS_MAX];
	bool in_parens[PARTS_MAX];
	size_t count;
};

static void add_part(struct parts *parts, const char *text, size_t length, bool in_parens)
{
	struct strbuf part;
	strbuf_init(&part);
	acta_squeeze(&part, text, length);
	if (part.length && parts->count < PARTS_MAX) {
		parts->in_parens[parts->count] = in_parens;
		parts->text[parts->count++] = strbuf_detach(&part);
	}
	strbuf_release(&part);
}

static void split_parts(const char *text, size_t length, struct parts *parts)
{
	const char *end = text + length, *start = text, *at = text;
	bool in_parens = false;
	for (; at < end; at++) {
		size_t dash = parting_dash(at, (size_t)(end - at));
		bool opens = *at == '(' || *at == '[', closes = *at == ')' || *at == ']';
		if (!dash && !opens && !closes)
			continue;
		add_part(parts, start, (size_t)(at - start), in_parens);
		in_parens = opens || (in_parens && !closes);
		at += dash ? dash - 1 : 0;
		start = at + 1;
	}
	add_part(parts, start, (size_t)(end - start), in_parens);
}

/* Whether a part names an institution rather than a unit of one. */
static bool is_institution(const char *text)
{
	return acta_is_acronym(text, strlen(text)) ||
	       (acta_starts_institution(text) &&
		!acta_word_in(text, acta_word_length(text),
			      "|direccion|unidad|departamento|oficina|coordinadora|"));
}

/* The part that names the institution: the first, unless a person stands there ("Ana Torres –
 * Directora – CNE", "Ana Torres – CNE"). */
static size_t find_head(const struct parts *parts)
{
	if (!parts->count || !acta_is_person(parts->text[0]))
		return 0;
	for (size_t i = 1; i < parts->count; i++)
		if (!parts->in_parens[i] && is_institution(parts->text[i]) &&
		    !acta_starts_post(parts->text[i]))
			return i;
	if (parts->count >= 3 && !parts->in_parens[1] && !parts->in_parens[2] &&
	    acta_starts_post(parts->text[1]) != acta_starts_post(parts->text[2]))
		return acta_starts_post(parts->text[1]) ? 2 : 1;
	/* "Secretaria" may be the post or the institution; posts come first. */
	for (size_t i = parts->count - 1; i > 0; i--)
		if (!parts->in_parens[i] && is_institution(parts->text[i]))
			return i;
	return 0;
}

static void parse_name(const char *text, size_t length, struct parsed *parsed)
{
	struct parts parts = {.count = 0};
	split_parts(text, length, &parts);
	size_t head = find_head(&parts);
	parsed->names_person = head > 0;
	if (parts.count)
		strbuf_adds(&parsed->head, parts.text[head]);
	for (size_t i = 0; i < parts.count; i++) {
		if (i != head && !(i == 0 && head > 0))
			take_remark(parsed, parts.text[i]);
		free(parts.text[i]);
	}
}

static char *taken(struct strbuf *text)
{
	char *owned = text->length ? strbuf_detach(text) : NULL;
	strbuf_release(text);
	return owned;
}

struct acta_attendee acta_parse_attendee(const char *text, size_t length, bool *names_person)
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
	if (parsed.acronym.length && acta_is_person(parsed.head.data) &&
	    !acta_initials_match(parsed.acronym.data, parsed.head.data)) {
		parsed.names_person = true;
		strbuf_reset(&parsed.head);
	}
	if (parsed.acronym.length) {
		attendee.acronym = taken(&parsed.acronym);
		attendee.name = taken(&parsed.head);
	} else {
		attendee.acronym = strbuf_detach(&parsed.head);
		attendee.name = taken(&parsed.name);
	}
	attendee.delegate = taken(&parsed.delegate);
	attendee.mode = parsed.mode;
	*names_person = parsed.names_person;
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
