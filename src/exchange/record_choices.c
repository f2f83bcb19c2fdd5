/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/model/records.h"

typedef VECTOR(struct record_choice) choice_list;

/* What a choice of a record is written as and stands for: fields of its list. */
static const struct {
	enum record_kind_id kind;
	const char *text, *detail;
} named_by[] = {
	{RECORD_ORGANIZATION, "acronym", "name"}, {RECORD_PLAN, "code", "title"},
	{RECORD_COMMITMENT, "called", "title"},	  {RECORD_MILESTONE, "number", "title"},
	{RECORD_MEETING, "number", "date"},	  {RECORD_AGENDA, "label", "title"},
};

struct gathering {
	choice_list list;
	const struct field *text, *detail;
	bool is_distinct; /* the same text comes with many rows */
};

static char *text_of(const struct field *field, const void *row)
{
	struct strbuf text;
	strbuf_init(&text);
	if (field)
		record_add_text(&text, field, row);
	if (text.length)
		return strbuf_detach(&text);
	strbuf_release(&text);
	return NULL;
}

static bool is_there(const choice_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].text, text) == 0)
			return true;
	return false;
}

static bool gather(void *context, const void *row)
{
	struct gathering *gathering = context;
	char *text = text_of(gathering->text, row);
	if (!text || (gathering->is_distinct && is_there(&gathering->list, text))) {
		free(text);
		return true;
	}
	vector_push(&gathering->list,
		    ((struct record_choice){text, text_of(gathering->detail, row)}));
	return gathering->list.count < RECORD_CHOICES_MAX;
}

static enum rc gather_records(struct gathering *gathering, const struct record_edit *edit,
			      enum record_kind_id kind, const struct list_query *query,
			      struct error *err)
{
	const struct record_kind *record = &record_kinds[kind];
	for (size_t i = 0; i < ARRAY_COUNT(named_by); i++)
		if (named_by[i].kind == kind) {
			gathering->text = record_field_named(record, named_by[i].text);
			gathering->detail = record_field_named(record, named_by[i].detail);
		}
	return store_list(edit->store, kind, query, gather, gathering, err);
}

/* Only within what the other field says; nothing while that is not known. */
static enum rc gather_within(struct gathering *gathering, struct record_edit *edit,
			     const struct editable_field *field, struct error *err)
{
	struct list_query query = {.limit = RECORD_CHOICES_MAX};
	size_t within = field->within ? editable_index(edit->kind, field->within) : 0;
	struct record_written written;
	struct error ignored;
	if (!field->within || edit->kind->fields[within].type != EDITABLE_REFERENCE)
		return gather_records(gathering, edit, field->refers, &query, err);
	record_written_init(&written, edit);
	bool is_known =
		record_read_field(&written, within, &ignored) == RC_OK && written.keys[within];
	*(field->refers == RECORD_MILESTONE ? &query.commitment : &query.meeting) =
		written.keys[within];
	record_written_release(&written);
	return is_known ? gather_records(gathering, edit, field->refers, &query, err) : RC_OK;
}

static enum rc gather_names(struct gathering *gathering, const struct record_edit *edit,
			    const char *name, struct error *err)
{
	const struct list_query all = {0};
	gathering->text = record_field_named(&record_kinds[RECORD_INDICATOR], name);
	gathering->is_distinct = true;
	return store_list(edit->store, RECORD_INDICATOR, &all, gather, gathering, err);
}

static void add_choice(choice_list *list, const char *text)
{
	vector_push(list, ((struct record_choice){mem_strdup(text), NULL}));
}

/* An acta is not approved by choosing so. */
static void gather_words(struct gathering *gathering, const struct enum_names *names)
{
	for (int i = 0; i < names->count; i++)
		if (names != &meeting_status_names || i != MEETING_APPROVED)
			add_choice(&gathering->list, enum_label(names, i));
}

static enum rc gather_choices(struct gathering *gathering, struct record_edit *edit, size_t i,
			      struct error *err)
{
	const struct editable_field *field = &edit->kind->fields[i];
	const struct list_query all = {0};
	switch (field->type) {
	case EDITABLE_ENUM:
	case EDITABLE_ROLE:
		gather_words(gathering, field->names);
		return RC_OK;
	case EDITABLE_BOOL:
		add_choice(&gathering->list, _("sí"));
		add_choice(&gathering->list, _("no"));
		return RC_OK;
	case EDITABLE_REFERENCE:
		return gather_within(gathering, edit, field, err);
	case EDITABLE_PARTIES:
	case EDITABLE_INDICATOR_OF:
		return gather_records(gathering, edit, RECORD_ORGANIZATION, &all, err);
	case EDITABLE_INDICATOR:
	case EDITABLE_PLACE:
		return gather_names(gathering, edit, field->name, err);
	default:
		return RC_OK;
	}
}

enum rc record_edit_choices(struct record_edit *edit, size_t i, struct record_choices *choices,
			    struct error *err)
{
	struct gathering gathering = {.text = NULL};
	enum rc rc = gather_choices(&gathering, edit, i, err);
	struct record_choices gathered = {gathering.list.items, gathering.list.count,
					  gathering.list.capacity};
	if (rc != RC_OK) {
		record_choices_release(&gathered);
		return rc;
	}
	record_choices_release(choices);
	*choices = gathered;
	return RC_OK;
}

void record_choices_release(struct record_choices *choices)
{
	for (size_t i = 0; i < choices->count; i++) {
		free(choices->items[i].text);
		free(choices->items[i].detail);
	}
	free(choices->items);
	*choices = (struct record_choices){0};
}
