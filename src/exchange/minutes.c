/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/exchange/record_value.h"

/* ---- rows as they are stored */

const char *minutes_text(const struct stored_row *row, const char *column)
{
	struct value value = row_value(row, column);
	return value.type == VALUE_TEXT ? value.text : "";
}

int minutes_enum(const struct stored_row *row, const char *column, const struct enum_names *names)
{
	struct value value = row_value(row, column);
	return value.type == VALUE_TEXT ? enum_value(names, value.text) : ENUM_NONE;
}

bool minutes_flag(const struct stored_row *row, const char *column)
{
	return row_value(row, column).integer != 0;
}

void minutes_change(struct operation *operation, const char *table, const struct stored_row *row,
		    const char *column, struct value now)
{
	operation_change(operation, table, row->key, column, row_value(row, column), now);
}

enum rc minutes_gone(struct error *err)
{
	return error_set(err, RC_NOT_FOUND, _("ese registro ya no está"));
}

enum rc minutes_check_text(const char *text, struct error *err)
{
	return record_text_check(text, err) == RC_OK ? RC_OK : error_prefix(err, _("la línea"));
}

enum rc minutes_meeting_load(struct store *store, int64_t meeting, struct minutes_meeting *out,
			     struct error *err)
{
	struct minutes_meeting loaded = {.store = store, .key = meeting};
	enum rc rc = meeting_open_row(store, meeting, &loaded.row, err);
	if (rc != RC_OK)
		return rc;
	loaded.number = minutes_text(&loaded.row, "number");
	loaded.day = date_parse_iso(minutes_text(&loaded.row, "date"));
	loaded.status = minutes_enum(&loaded.row, "status", &meeting_status_names);
	*out = loaded;
	return RC_OK;
}

void minutes_meeting_release(struct minutes_meeting *meeting)
{
	row_release(&meeting->row);
}

enum rc minutes_entry_load(struct store *store, int64_t entry, struct minutes_meeting *meeting,
			   struct stored_row *row, struct error *err)
{
	enum rc rc = store_row(store, "entry", entry, row, err);
	if (rc != RC_OK)
		return rc;
	rc = minutes_meeting_load(store, row_value(row, "meeting").integer, meeting, err);
	if (rc != RC_OK)
		row_release(row);
	return rc;
}

enum rc minutes_item_load(const struct minutes_meeting *meeting, int64_t item,
			  struct stored_row *row, struct error *err)
{
	enum rc rc = store_row(meeting->store, "agenda_item", item, row, err);
	if (rc != RC_OK || row_value(row, "meeting").integer == meeting->key)
		return rc;
	row_release(row);
	return error_set(err, RC_NOT_FOUND, _("ese punto no es de %s"), meeting->number);
}

/* ---- words for the history: in the group's language, never translated */

enum { QUOTE_COLUMNS = 48 };

enum rc minutes_add_item(const struct minutes_meeting *meeting, int64_t item, struct strbuf *out,
			 struct error *err)
{
	struct stored_row row = {0};
	if (!item) {
		strbuf_adds(out, "antes del primer punto");
		return RC_OK;
	}
	enum rc rc = minutes_item_load(meeting, item, &row, err);
	if (rc == RC_OK)
		strbuf_addf(out, "punto %s", minutes_text(&row, "label"));
	row_release(&row);
	return rc;
}

void minutes_add_quote(struct strbuf *out, const char *text, bool is_private)
{
	if (is_private) {
		strbuf_adds(out, "una nota privada");
		return;
	}
	strbuf_adds(out, "«");
	record_add_line(out, text, QUOTE_COLUMNS);
	strbuf_adds(out, "»");
}

enum rc minutes_say(const struct minutes_meeting *meeting, int64_t item, const char *done,
		    struct operation *operation, struct error *err)
{
	struct strbuf where;
	strbuf_init(&where);
	enum rc rc = minutes_add_item(meeting, item, &where, err);
	if (rc == RC_OK)
		operation_set_words(operation, "%s, %s: %s", meeting->number, where.data, done);
	strbuf_release(&where);
	return rc;
}

enum rc minutes_say_of(const struct minutes_meeting *meeting, const struct stored_row *entry,
		       const char *done, struct operation *operation, struct error *err)
{
	struct strbuf words;
	strbuf_init(&words);
	strbuf_addf(&words, "%s ", done);
	minutes_add_quote(&words, minutes_text(entry, "text"), minutes_flag(entry, "private"));
	enum rc rc = minutes_say(meeting, row_value(entry, "agenda_item").integer, words.data,
				 operation, err);
	strbuf_release(&words);
	return rc;
}

/* ---- a line */

/* What is being added. */
struct line {
	const struct minutes_meeting *meeting;
	const struct minutes_place *place;
	const struct capture *capture;
	struct minutes_context *context;
	struct operation *operation;
	bool takes_said;
	int64_t entry;
	struct minutes_measures measures;
};

static int64_t insert_entry(struct line *line, int64_t organization, int64_t rank)
{
	const struct capture *capture = line->capture;
	const struct entry_row row = {
		.key = line->place->entry,
		.meeting = line->meeting->key,
		.item = line->place->item,
		.organization = organization,
		.rank = rank,
		.number = line->meeting->number,
		.text = capture->text,
		.kind = capture->kind,
		.decision_kind = capture->decision_kind,
		.objections = capture->objections,
		.tally = capture->tally,
		.is_private = capture->is_private,
		.is_doubt = capture->is_doubt,
	};
	return meeting_add_entry(line->operation, &row);
}

/* Owned: the one sentence of the line that says what is to be done; else all of it. */
static char *describe(const struct line *line)
{
	const struct capture *capture = line->capture;
	prose_undertakings said = {0};
	prose_find_undertakings(&line->context->capture.prose, capture->text, capture->speaker,
				&said);
	struct prose_span where = {0, strlen(capture->text)};
	if (said.count == 1)
		where = said.items[0].sentence;
	prose_undertakings_release(&said);
	return mem_strndup(capture->text + where.start, where.length);
}

static void insert_followup(const struct line *line)
{
	const struct capture *capture = line->capture;
	char *description = describe(line);
	const struct minutes_followup followup = {
		.entry = line->entry,
		.item = line->place->item,
		.description = description,
		.kind = capture->followup_kind,
		.responsible = capture->responsible,
		.due = capture->due,
		.due_text = capture->due_text,
		.commitment = capture->commitment,
	};
	minutes_insert_followup(line->meeting, line->context->names, &followup, line->operation);
	free(description);
}

static void measure(struct line *line, const char *code, percent_hundredths percent)
{
	const struct minutes_figure figure = {
		code, minutes_commitment_key(line->context->names, code), percent};
	minutes_measure(&line->measures, &figure);
}

/* What a sign says stands where the words say another thing. */
static enum rc insert_measures(struct line *line, struct error *err)
{
	const struct capture *capture = line->capture;
	for (size_t i = 0; line->takes_said && i < capture->said.count; i++)
		measure(line, capture->said.items[i].code, capture->said.items[i].percent);
	for (size_t i = 0; i < capture->measurements.count; i++)
		measure(line, capture->measurements.items[i].code,
			capture->measurements.items[i].percent);
	return minutes_insert_measures(&line->measures, line->operation, err);
}

static void add_parts_words(const struct line *line, struct strbuf *words)
{
	const struct capture *capture = line->capture;
	if (capture->has_followup)
		strbuf_adds(words, "; acción");
	if (capture->has_followup && *capture->responsible) {
		strbuf_adds(words, " de ");
		record_list_add(words, capture->responsible, ", ");
	}
	for (size_t i = 0; i < line->measures.items.count; i++) {
		strbuf_addf(words, "; %s: ", line->measures.items.items[i].code);
		percent_add(words, line->measures.items.items[i].percent);
		strbuf_adds(words, " %");
	}
}

static enum rc say_line(const struct line *line, struct error *err)
{
	const struct capture *capture = line->capture;
	struct strbuf words;
	strbuf_init(&words);
	if (capture->speaker && !capture->is_private &&
	    strncmp(capture->text, capture->speaker, strlen(capture->speaker)) != 0)
		strbuf_addf(&words, "%s, ", capture->speaker);
	minutes_add_quote(&words, capture->text, capture->is_private);
	if (!capture->is_private)
		add_parts_words(line, &words);
	enum rc rc = minutes_say(line->meeting, line->place->item, words.data, line->operation,
				 err);
	strbuf_release(&words);
	return rc;
}

static enum rc add_line(struct line *line, struct error *err)
{
	int64_t rank = 0;
	enum rc rc = minutes_rank_for(line->meeting, line->place, line->operation, &rank, err);
	if (rc != RC_OK)
		return rc;
	int64_t organization = minutes_institution(line->context->names, line->capture->speaker,
						   line->operation);
	line->entry = insert_entry(line, organization, rank);
	if (line->capture->has_followup)
		insert_followup(line);
	rc = insert_measures(line, err);
	return rc == RC_OK ? say_line(line, err) : rc;
}

enum rc minutes_add_line(struct store *store, const struct minutes_place *place,
			 const struct capture *capture, bool takes_said,
			 struct operation *operation, int64_t *entry, struct error *err)
{
	struct minutes_meeting meeting;
	struct minutes_context context;
	struct line line = {.meeting = &meeting,
			    .place = place,
			    .capture = capture,
			    .context = &context,
			    .operation = operation,
			    .takes_said = takes_said,
			    .measures = {.meeting = &meeting, .item = place->item}};
	if (!*capture->text)
		return error_set(err, RC_INVALID, _("la línea no dice nada"));
	enum rc rc = minutes_check_text(capture->text, err);
	if (rc != RC_OK)
		return rc;
	rc = minutes_meeting_load(store, place->meeting, &meeting, err);
	if (rc != RC_OK)
		return rc;
	rc = minutes_context_load(store, place->meeting, &context, err);
	if (rc == RC_OK) {
		rc = add_line(&line, err);
		vector_release(&line.measures.items);
		minutes_context_release(&context);
	}
	minutes_meeting_release(&meeting);
	if (rc == RC_OK)
		*entry = line.entry;
	else
		operation_clear(operation);
	return rc;
}
