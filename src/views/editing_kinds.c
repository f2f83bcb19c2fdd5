/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/record_set.h"
#include "nucleo/views/editing_parts.h"

/* ---- what they are called */

static const struct kind_words {
	const char *word, *fresh; /* msgids */
} kind_words[RECORD_KIND_COUNT] = {
	[RECORD_ORGANIZATION] = {N_("institución"), N_("Institución nueva")},
	[RECORD_PLAN] = {N_("plan"), N_("Plan nuevo")},
	[RECORD_COMMITMENT] = {N_("compromiso"), N_("Compromiso nuevo")},
	[RECORD_MILESTONE] = {N_("hito"), N_("Hito nuevo")},
	[RECORD_PROGRESS] = {N_("medición"), N_("Medición nueva")},
	[RECORD_BLOCKER] = {N_("bloqueo"), N_("Bloqueo nuevo")},
	[RECORD_MEETING] = {N_("reunión"), N_("Reunión nueva")},
	[RECORD_AGENDA] = {N_("punto"), N_("Punto nuevo")},
	[RECORD_ATTENDEE] = {N_("asistente"), N_("Asistente nuevo")},
	[RECORD_RESOLUTION] = {N_("párrafo"), N_("Párrafo nuevo")},
	[RECORD_FOLLOWUP] = {N_("acción"), N_("Acción nueva")},
	[RECORD_INDICATOR] = {N_("indicador"), N_("Indicador nuevo")},
	[RECORD_DOCUMENT] = {N_("documento"), N_("Documento nuevo")},
	[RECORD_PERSON] = {N_("persona"), N_("Persona nueva")},
};

const char *editing_kind_word(enum record_kind_id kind)
{
	return kind_words[kind].word ? _(kind_words[kind].word) : record_kinds[kind].name;
}

const char *editing_new_title(enum record_kind_id kind)
{
	return kind_words[kind].fresh ? _(kind_words[kind].fresh) : record_kinds[kind].name;
}

/* ---- what they are made of */

size_t editing_parts_of(enum record_kind_id kind, enum record_kind_id *parts, size_t size)
{
	static const struct {
		enum record_kind_id whole, part;
	} pairs[] = {
		{RECORD_COMMITMENT, RECORD_MILESTONE},
		{RECORD_COMMITMENT, RECORD_PROGRESS},
		{RECORD_COMMITMENT, RECORD_BLOCKER},
		{RECORD_ORGANIZATION, RECORD_PERSON},
		{RECORD_ORGANIZATION, RECORD_INDICATOR},
	};
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_COUNT(pairs) && count < size; i++)
		if (pairs[i].whole == kind && record_edit_knows(pairs[i].part))
			parts[count++] = pairs[i].part;
	return count;
}

void editing_page_makes(enum record_kind_id kind, enum record_kind_id makes[EDITING_MAKES_MAX])
{
	static const enum record_kind_id of_commitment[EDITING_MAKES_MAX] = {
		RECORD_PROGRESS, RECORD_MILESTONE, RECORD_BLOCKER, RECORD_FOLLOWUP};
	static const enum record_kind_id of_organization[EDITING_MAKES_MAX] = {
		RECORD_FOLLOWUP, RECORD_PERSON, RECORD_INDICATOR, RECORD_ORGANIZATION};
	if (kind == RECORD_COMMITMENT) {
		memcpy(makes, of_commitment, sizeof(of_commitment));
	} else if (kind == RECORD_ORGANIZATION) {
		memcpy(makes, of_organization, sizeof(of_organization));
	} else {
		makes[0] = kind;
		makes[1] = RECORD_KIND_COUNT;
	}
}

void editing_restrict(struct list_query *query, const struct editing_target *whole)
{
	if (whole->kind == RECORD_COMMITMENT)
		query->commitment = whole->key;
	else
		query->organization = whole->key;
}

/* What the whole is called is known where its parts are shown. */
static bool names_the_whole(const struct field *field)
{
	static const char *const names[] = {"commitment", "plan", "organization"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(field->name, names[i]) == 0)
			return true;
	return false;
}

void editing_add_label(struct strbuf *out, enum record_kind_id kind, const void *record)
{
	const struct record_kind *of = &record_kinds[kind];
	strbuf_adds(out, editing_kind_word(kind));
	for (size_t i = 0; i < of->field_count; i++) {
		const struct field *field = &of->fields[i];
		struct strbuf text;
		if (!field->label || (field->flags & FIELD_DETAIL) || names_the_whole(field))
			continue;
		strbuf_init(&text);
		record_add_text(&text, field, record);
		if (text.length)
			strbuf_addf(out, " · %s%s", text.data,
				    field->type == FIELD_PERCENT ? " %" : "");
		strbuf_release(&text);
	}
}

/* ---- what a new one is given */

struct preset {
	struct record_edit *edit;
	const char *field; /* of the edit */
	const char *code;  /* of the record it refers to: the field with its code */
	enum record_kind_id kind;
};

static bool set_code(void *context, const void *record)
{
	const struct preset *preset = context;
	const struct record_kind *kind = &record_kinds[preset->kind];
	size_t i = record_edit_index(preset->edit, preset->field);
	struct strbuf code;
	strbuf_init(&code);
	record_add_value(&code, record_field_named(kind, preset->code), record);
	record_edit_set(preset->edit, i, code.data);
	strbuf_release(&code);
	return false;
}

static enum rc set_reference(struct store *store, struct preset preset, int64_t key,
			     struct error *err)
{
	struct list_query query = {.key = key, .limit = 1};
	size_t i = record_edit_index(preset.edit, preset.field);
	if (!key || i == record_edit_count(preset.edit) ||
	    record_edit_field(preset.edit, i).is_hidden)
		return RC_OK;
	return store_list(store, preset.kind, &query, set_code, &preset, err);
}

enum rc editing_preset(struct store *store, struct record_edit *edit,
		       const struct editing_context *context, struct error *err)
{
	const struct {
		const char *field, *code;
		enum record_kind_id kind;
		int64_t key;
	} presets[] = {
		{"plan", "plan", RECORD_COMMITMENT, context->commitment},
		{"commitment", "called", RECORD_COMMITMENT, context->commitment},
		{"meeting", "number", RECORD_MEETING, context->meeting},
		{"item", "label", RECORD_AGENDA, context->item},
		{"organization", "acronym", RECORD_ORGANIZATION, context->organization},
		{"responsible", "acronym", RECORD_ORGANIZATION, context->organization},
	};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < ARRAY_COUNT(presets) && rc == RC_OK; i++)
		rc = set_reference(store,
				   (struct preset){edit, presets[i].field, presets[i].code,
						   presets[i].kind},
				   presets[i].key, err);
	return rc;
}
