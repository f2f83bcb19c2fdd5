/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/minutes_parts.h"

int64_t minutes_institution(struct minutes_names *names, const char *acronym,
			    struct operation *operation)
{
	const struct institution_words words = {acronym, NULL, SECTOR_OTHER};
	bool is_known;
	if (!acronym || !*acronym)
		return 0;
	int64_t key = institutions_find(&names->institutions, acronym, NULL);
	return key ? key : institutions_add(&names->institutions, operation, &words, &is_known);
}

static key_list find_responsible(struct minutes_names *names, const char *list,
				 struct operation *operation)
{
	key_list keys = {0};
	while (list && *list) {
		size_t length = strcspn(list, "\n");
		char *acronym = mem_strndup(list, length);
		meeting_add_key(&keys, minutes_institution(names, acronym, operation));
		free(acronym);
		list += length + (list[length] == '\n');
	}
	return keys;
}

/* What is heard in a meeting is a proposal until its follow-ups are gone through, at the end. */
static int first_status(const struct minutes_meeting *meeting)
{
	return meeting->status < MEETING_CLOSED ? FOLLOWUP_PROPOSED : FOLLOWUP_OPEN;
}

int64_t minutes_insert_followup(const struct minutes_meeting *meeting, struct minutes_names *names,
				const struct minutes_followup *followup,
				struct operation *operation)
{
	const struct followup_row row = {
		.meeting = meeting->key,
		.item = followup->item,
		.entry = followup->entry,
		.commitment = minutes_commitment_key(names, followup->commitment),
		.day = meeting->day,
		.description = followup->description,
		.kind = followup->kind,
		.status = first_status(meeting),
		.due = followup->due,
		.due_text = followup->due_text,
	};
	key_list responsible = find_responsible(names, followup->responsible, operation);
	int64_t key = meeting_add_followup(operation, &row, &responsible);
	vector_release(&responsible);
	return key;
}

/* ---- of a sentence of an entry */

struct sentence {
	const struct minutes_meeting *meeting;
	const struct stored_row *entry;
	struct minutes_context *context;
	const char *text; /* of the entry */
	const char *speaker; /* NULL: nobody */
	struct prose_span where;
	struct operation *operation;
};

static const char *acronym_of(const struct minutes_names *names, int64_t key)
{
	for (size_t i = 0; i < names->institutions.stored.count; i++) {
		const struct organization *row =
			record_set_at(&names->institutions.stored, i);
		if (row->key == key)
			return row->acronym;
	}
	return NULL;
}

static enum rc check_span(const struct sentence *sentence, struct error *err)
{
	size_t length = strlen(sentence->text);
	if (sentence->where.length && sentence->where.start <= length &&
	    sentence->where.length <= length - sentence->where.start)
		return RC_OK;
	return error_set(err, RC_CONFLICT, _("el texto de la línea ya es otro; vuelva a elegir la "
					     "frase"));
}

static int64_t insert_undertaking(const struct sentence *sentence,
				  const struct prose_undertaking *said)
{
	char *description = mem_strndup(sentence->text + said->sentence.start,
					said->sentence.length);
	char *due_text = said->due.words.length
				 ? mem_strndup(sentence->text + said->due.words.start,
					       said->due.words.length)
				 : NULL;
	const struct minutes_followup followup = {
		.entry = sentence->entry->key,
		.item = row_value(sentence->entry, "agenda_item").integer,
		.description = description,
		.kind = said->kind,
		.responsible = said->responsible,
		.due = said->due.date,
		.due_text = due_text,
		.commitment = said->commitment,
	};
	int64_t key = minutes_insert_followup(sentence->meeting, sentence->context->names,
					      &followup, sentence->operation);
	free(description);
	free(due_text);
	return key;
}

/* A sentence nobody but its reader takes for an undertaking: the speaker's. */
static int64_t insert_plain(const struct sentence *sentence)
{
	struct prose_undertaking said = {.sentence = sentence->where,
					 .kind = FOLLOWUP_UNDERTAKING};
	char *words = mem_strndup(sentence->text + sentence->where.start, sentence->where.length);
	said.responsible = mem_strdup(sentence->speaker ? sentence->speaker : "");
	said.due = prose_find_due(&sentence->context->capture.prose, words);
	said.due.words.start += sentence->where.start;
	if (!prose_commitment(words, said.commitment))
		said.commitment[0] = '\0';
	int64_t key = insert_undertaking(sentence, &said);
	free(said.responsible);
	free(words);
	return key;
}

static bool is_within(struct prose_span inner, struct prose_span outer)
{
	return inner.start >= outer.start &&
	       inner.start + inner.length <= outer.start + outer.length;
}

/* The sentence is read where it stands: those before it may say who speaks. */
static int64_t insert_followups(const struct sentence *sentence)
{
	prose_undertakings said = {0};
	int64_t first = 0;
	prose_find_undertakings(&sentence->context->capture.prose, sentence->text,
				sentence->speaker, &said);
	for (size_t i = 0; i < said.count; i++) {
		if (!is_within(said.items[i].sentence, sentence->where))
			continue;
		int64_t key = insert_undertaking(sentence, &said.items[i]);
		first = first ? first : key;
	}
	prose_undertakings_release(&said);
	return first ? first : insert_plain(sentence);
}

/* A note that promises or asks for something, as a whole, is no mere note. */
static void change_kind(const struct sentence *sentence)
{
	if (minutes_enum(sentence->entry, "kind", &entry_kind_names) != ENTRY_NOTE)
		return;
	struct prose_resolution read =
		prose_classify(&sentence->context->capture.prose, sentence->text);
	if (read.kind == ENTRY_REQUEST || read.kind == ENTRY_UNDERTAKING)
		minutes_change(sentence->operation, "entry", sentence->entry, "kind",
			       value_text(enum_name(&entry_kind_names, read.kind)));
	prose_resolution_release(&read);
}

static enum rc refuse_again(const struct sentence *sentence, struct error *err)
{
	row_list rows = {0};
	char *words = mem_strndup(sentence->text + sentence->where.start, sentence->where.length);
	enum rc rc = store_rows(sentence->meeting->store, "followup", "entry",
				value_key(sentence->entry->key), &rows, err);
	for (size_t i = 0; rc == RC_OK && i < rows.count; i++)
		if (strcmp(minutes_text(&rows.items[i], "description"), words) == 0)
			rc = error_set(err, RC_REFUSED, _("de esa frase ya salió la acción %s"),
				       minutes_text(&rows.items[i], "code"));
	row_list_release(&rows);
	free(words);
	return rc;
}

static enum rc add_followups(struct sentence *sentence, int64_t *followup, struct error *err)
{
	int64_t organization = row_value(sentence->entry, "organization").integer;
	sentence->text = minutes_text(sentence->entry, "text");
	sentence->speaker = acronym_of(sentence->context->names, organization);
	enum rc rc = check_span(sentence, err);
	if (rc == RC_OK)
		rc = refuse_again(sentence, err);
	if (rc != RC_OK)
		return rc;
	int64_t key = insert_followups(sentence);
	change_kind(sentence);
	rc = minutes_say_of(sentence->meeting, sentence->entry, "acción de", sentence->operation,
			 err);
	if (rc == RC_OK)
		*followup = key;
	return rc;
}

enum rc minutes_add_followup(struct store *store, int64_t entry, struct prose_span where,
			     struct operation *operation, int64_t *followup, struct error *err)
{
	struct minutes_meeting meeting;
	struct minutes_context context;
	struct stored_row row = {0};
	struct sentence sentence = {&meeting, &row, &context, NULL, NULL, where, operation};
	enum rc rc = minutes_entry_load(store, entry, &meeting, &row, err);
	if (rc != RC_OK)
		return rc;
	rc = minutes_context_load(store, meeting.key, &context, err);
	if (rc == RC_OK) {
		rc = add_followups(&sentence, followup, err);
		minutes_context_release(&context);
	}
	if (rc != RC_OK)
		operation_clear(operation);
	minutes_meeting_release(&meeting);
	row_release(&row);
	return rc;
}
