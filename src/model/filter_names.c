/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/filter_parts.h"

enum { PREFIX_LEAST = 3 /* letters that may stand for a field's name */ };

#define BIT(kind) (1u << (kind))

/* What can be asked of rows besides their fields; the store has the query for each. */
static const struct {
	bool has_day, has_sector;
	unsigned refers; /* bit set of kinds */
} askable[RECORD_KIND_COUNT] = {
	[RECORD_ORGANIZATION] = {false, false, BIT(RECORD_MEETING) | BIT(RECORD_COMMITMENT)},
	[RECORD_PLAN] = {true, false, BIT(RECORD_COMMITMENT)},
	[RECORD_COMMITMENT] = {true, true, BIT(RECORD_MEETING) | BIT(RECORD_ORGANIZATION)},
	[RECORD_MILESTONE] = {true, true, BIT(RECORD_ORGANIZATION)},
	[RECORD_PROGRESS] = {true, true, BIT(RECORD_ORGANIZATION)},
	[RECORD_BLOCKER] = {true, true, BIT(RECORD_ORGANIZATION)},
	[RECORD_MEETING] = {true, false, BIT(RECORD_COMMITMENT) | BIT(RECORD_ORGANIZATION)},
	[RECORD_AGENDA] = {true, false, BIT(RECORD_COMMITMENT) | BIT(RECORD_ORGANIZATION)},
	[RECORD_ATTENDEE] = {true, false, 0},
	[RECORD_RESOLUTION] = {true, true, BIT(RECORD_COMMITMENT)},
	[RECORD_FOLLOWUP] = {true, true, BIT(RECORD_PLAN) | BIT(RECORD_ORGANIZATION)},
	[RECORD_INDICATOR] = {true, true, 0},
	[RECORD_DOCUMENT] = {true, false, BIT(RECORD_PLAN)},
	[RECORD_PERSON] = {false, true, 0},
	[RECORD_HISTORY] = {true, false, BIT(RECORD_ORGANIZATION) | BIT(RECORD_PLAN) |
					BIT(RECORD_COMMITMENT) | BIT(RECORD_MEETING) |
					BIT(RECORD_FOLLOWUP)},
	[RECORD_TRASH] = {true, false, 0},
};

bool filter_knows(enum record_kind_id kind, enum filter_subject subject)
{
	if (subject == FILTER_TOUCHED)
		return kind == RECORD_HISTORY;
	return subject == FILTER_DAY ? askable[kind].has_day
				     : subject == FILTER_SECTOR && askable[kind].has_sector;
}

bool filter_knows_record(enum record_kind_id kind, enum record_kind_id refers)
{
	return (askable[kind].refers & BIT(refers)) != 0;
}

/* ---- directives */

static const struct {
	const char *name;
	enum filter_directive directive;
} directives[] = {
	{"desde", FILTER_SINCE}, {"since", FILTER_SINCE}, {"hasta", FILTER_UNTIL},
	{"until", FILTER_UNTIL}, {"orden", FILTER_ORDER}, {"sort", FILTER_ORDER},
};

enum filter_directive filter_directive_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(directives); i++)
		if (utf8_equal_folded(directives[i].name, name))
			return directives[i].directive;
	return FILTER_NONE;
}

const char *filter_directive_at(size_t i)
{
	static const char *const names[] = {N_("desde"), N_("hasta"), N_("orden")};
	return i < ARRAY_COUNT(names) ? _(names[i]) : NULL;
}

bool filter_names_touched(const struct record_kind *kind, const char *name)
{
	return filter_knows(kind->id, FILTER_TOUCHED) &&
	       (utf8_equal_folded(name, "registro") || utf8_equal_folded(name, "record"));
}

/* ---- fields */

static char *folded(const char *text)
{
	struct strbuf out;
	strbuf_init(&out);
	utf8_fold(&out, text);
	return strbuf_detach(&out);
}

static bool begins(const char *name, const char *folded_prefix)
{
	char *whole = folded(name);
	bool yes = strncmp(whole, folded_prefix, strlen(folded_prefix)) == 0;
	free(whole);
	return yes;
}

/* A heading of several words is written with '_' between them. */
static bool is_heading(const char *label, const char *name)
{
	char *words = mem_strdup(name);
	for (char *at = words; *at; at++)
		if (*at == '_')
			*at = ' ';
	bool yes = utf8_equal_folded(label, words);
	free(words);
	return yes;
}

static bool is_called(const struct field *field, const char *name)
{
	return field->label &&
	       (utf8_equal_folded(field->name, name) || is_heading(field->label, name) ||
		is_heading(_(field->label), name) ||
		(field->brief && (utf8_equal_folded(field->brief, name) ||
				  utf8_equal_folded(_(field->brief), name))));
}

const struct field *filter_own_code(const struct record_kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if ((kind->fields[i].flags & FIELD_CODE) &&
		    !record_kind_named(kind->fields[i].name))
			return &kind->fields[i];
	return NULL;
}

/* "reunión:" is the field that names a meeting; on meetings, their own number. */
static const struct field *field_of_kind(const struct record_kind *kind, const char *name)
{
	const struct record_kind *named = record_kind_named(name);
	if (!named)
		return NULL;
	return named == kind ? filter_own_code(kind) : record_field_named(kind, named->name);
}

static const struct field *field_beginning(const struct record_kind *kind, const char *name)
{
	const struct field *found = NULL;
	char *prefix = folded(name);
	size_t matches = 0;
	for (size_t i = 0; i < kind->field_count && strlen(prefix) >= PREFIX_LEAST; i++) {
		const struct field *field = &kind->fields[i];
		if (field->label && (begins(field->name, prefix) || begins(field->label, prefix) ||
				     begins(_(field->label), prefix))) {
			found = field;
			matches++;
		}
	}
	free(prefix);
	return matches == 1 ? found : NULL;
}

const struct field *filter_field_named(const struct record_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (is_called(&kind->fields[i], name))
			return &kind->fields[i];
	const struct field *field = field_of_kind(kind, name);
	return field ? field : field_beginning(kind, name);
}

void filter_add_field_word(struct strbuf *out, const struct record_kind *kind,
			   const struct field *field)
{
	size_t before = out->length;
	utf8_add_lower(out, _(field->label));
	for (char *at = out->data + before; *at; at++)
		if (*at == ' ')
			*at = '_';
	if (filter_field_named(kind, out->data + before) != field) {
		strbuf_truncate(out, before);
		strbuf_adds(out, field->name);
	}
}

bool filter_field_refers(const struct record_kind *kind, const struct field *field,
			 enum record_kind_id *refers)
{
	static const struct {
		const char *field;
		enum record_kind_id refers;
	} known[] = {
		{"plan", RECORD_PLAN},
		{"commitment", RECORD_COMMITMENT},
		{"meeting", RECORD_MEETING},
		{"organization", RECORD_ORGANIZATION},
		{"lead", RECORD_ORGANIZATION},
		{"counterpart", RECORD_ORGANIZATION},
		{"support", RECORD_ORGANIZATION},
		{"responsible", RECORD_ORGANIZATION},
		{"by", RECORD_ORGANIZATION},
	};
	if (field == filter_own_code(kind)) {
		*refers = kind->id;
		return true;
	}
	for (size_t i = 0; i < ARRAY_COUNT(known); i++)
		if (strcmp(known[i].field, field->name) == 0) {
			*refers = known[i].refers;
			return true;
		}
	return false;
}

/* ---- states */

/* "hechos" and "hecha" are one word: its letters without number and gender. */
static char *stem(const char *word)
{
	char *text = folded(word);
	size_t length = strlen(text);
	if (length > 4 && text[length - 1] == 's')
		text[--length] = '\0';
	if (length > 4 && (text[length - 1] == 'o' || text[length - 1] == 'a'))
		text[--length] = '\0';
	return text;
}

static bool is_state(const char *label, const char *stemmed)
{
	char *own = stem(label);
	bool yes = strcmp(own, stemmed) == 0;
	free(own);
	return yes;
}

static bool enum_has_state(const struct enum_names *names, const char *stemmed, int *value)
{
	for (int i = 0; i < names->count; i++)
		if (is_state(names->names[i].name, stemmed) ||
		    is_state(names->names[i].label, stemmed) ||
		    is_state(_(names->names[i].label), stemmed)) {
			*value = i;
			return true;
		}
	return false;
}

static bool field_has_state(const struct field *field, const char *stemmed, int *value)
{
	if (!(field->flags & FIELD_STATE))
		return false;
	if (field->type == FIELD_ENUM)
		return enum_has_state(field->names, stemmed, value);
	*value = true;
	return is_state(field->name, stemmed) ||
	       (field->label && (is_state(field->label, stemmed) ||
				 is_state(_(field->label), stemmed))) ||
	       (field->brief && (is_state(field->brief, stemmed) ||
				 is_state(_(field->brief), stemmed)));
}

const struct field *filter_state_named(const struct record_kind *kind, const char *word,
				       int *value)
{
	const struct field *found = NULL;
	char *stemmed = stem(word);
	for (size_t i = 0; i < kind->field_count && !found; i++)
		if (field_has_state(&kind->fields[i], stemmed, value))
			found = &kind->fields[i];
	free(stemmed);
	return found;
}
