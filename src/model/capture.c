/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>

#include "nucleo/model/names.h"

/* What somebody promises or asks for, rather than what is only to be done; as prose_classify()
 * chooses. NULL for nothing at all. */
static const struct prose_undertaking *main_promise(const prose_undertakings *promises)
{
	for (size_t i = 0; i < promises->count; i++)
		if (promises->items[i].kind != FOLLOWUP_TASK)
			return &promises->items[i];
	return promises->count ? promises->items : NULL;
}

/* What the words of a follow-up say of it: whom they ask, and of which commitment. */
static void read_followup(struct capture_reader *reader, const struct prose_reading *reading)
{
	struct capture *capture = reader->capture;
	const struct prose_undertaking *promise = main_promise(&reading->undertakings);
	bool asks = promise && (promise->kind == FOLLOWUP_REQUEST ||
				promise->kind == FOLLOWUP_INVITATION);
	capture->followup_kind = asks ? promise->kind : FOLLOWUP_UNDERTAKING;
	if (capture->kind == ENTRY_NOTE)
		capture->kind = asks ? ENTRY_REQUEST : ENTRY_UNDERTAKING;
	if (!reader->responsible.length && promise)
		strbuf_adds(&reader->responsible, promise->responsible);
	else if (!reader->responsible.length && capture->speaker)
		strbuf_adds(&reader->responsible, capture->speaker);
	const struct capture_commitment *named =
		promise && promise->commitment[0] && !capture->commitment
			? capture_commitment(reader->context, promise->commitment, NULL)
			: NULL;
	if (named)
		capture->commitment = mem_strdup(named->code);
}

static bool is_measured(const struct capture *capture, const char *code)
{
	for (size_t i = 0; i < capture->measurements.count; i++) {
		const char *own = capture->measurements.items[i].code;
		const char *slash = strrchr(own, '/');
		if (strcmp(slash ? slash + 1 : own, code) == 0)
			return true;
	}
	return false;
}

/* The measurements the text says, without those a token said. */
static void take_said(struct capture *capture, const prose_measures *said)
{
	for (size_t i = 0; i < said->count; i++)
		if (!is_measured(capture, said->items[i].code))
			vector_push(&capture->said, said->items[i]);
}

static void add_unknown(const struct capture_context *context, const char *name, size_t length,
			struct strbuf *unknown)
{
	char *copy = mem_strndup(name, length);
	if (length && capture_institution(context, copy) < 0) {
		if (unknown->length)
			strbuf_addch(unknown, '\n');
		strbuf_adds(unknown, copy);
	}
	free(copy);
}

static char *unknown_of(const struct capture_reader *reader)
{
	struct strbuf unknown;
	const char *speaker = reader->capture->speaker;
	bool listed = !speaker;
	strbuf_init(&unknown);
	for (const char *at = reader->responsible.data; *at; at += *at == '\n') {
		size_t length = strcspn(at, "\n");
		listed |= speaker && strlen(speaker) == length &&
			  strncmp(speaker, at, length) == 0;
		add_unknown(reader->context, at, length, &unknown);
		at += length;
	}
	if (!listed)
		add_unknown(reader->context, speaker, strlen(speaker), &unknown);
	return strbuf_detach(&unknown);
}

/* What the finished text itself says. */
static void read_text(struct capture_reader *reader)
{
	struct capture *capture = reader->capture;
	struct prose_reading reading;
	prose_read(&reader->context->prose, capture->text, capture->speaker, &reading);
	if (!capture->speaker && reading.speaker) {
		capture->speaker = reading.speaker;
		capture->speaker_is_known = capture_institution(reader->context,
								capture->speaker) >= 0;
		reading.speaker = NULL;
	}
	if (capture->kind == ENTRY_DECISION) {
		struct prose_resolution *resolution = &reading.resolution;
		capture->decision_kind = resolution->kind == ENTRY_DECISION
						 ? resolution->decision_kind
						 : DECISION_CONSENSUS;
		capture->objections = mem_strdup_null(resolution->objections);
		capture->tally = mem_strdup_null(resolution->tally);
	}
	day_number today = reader->context->prose.meeting_date;
	capture->due_is_past = capture->due != DATE_NONE && capture->due < today;
	capture->has_followup = reader->responsible.length || capture->due_text;
	if (capture->has_followup)
		read_followup(reader, &reading);
	take_said(capture, &reading.measures);
	prose_reading_release(&reading);
}

static void release_reader(struct capture_reader *reader)
{
	for (size_t i = 0; i < reader->pieces.count; i++)
		free(reader->pieces.items[i].said);
	vector_release(&reader->pieces);
	strbuf_release(&reader->responsible);
}

void capture_read(const struct capture_context *context, const char *line,
		  struct capture *capture)
{
	struct capture_reader reader = {.context = context, .line = line, .capture = capture};
	*capture = (struct capture){.kind = ENTRY_NOTE,
				    .decision_kind = ENUM_NONE,
				    .followup_kind = ENUM_NONE,
				    .due = DATE_NONE};
	strbuf_init(&reader.responsible);
	capture_read_pieces(&reader, capture_read_lead(&reader));
	capture->text = capture_make_text(&reader);
	read_text(&reader);
	capture->unknown = unknown_of(&reader);
	capture->responsible = strbuf_detach(&reader.responsible);
	release_reader(&reader);
}

void capture_release(struct capture *capture)
{
	for (size_t i = 0; i < capture->measurements.count; i++)
		free(capture->measurements.items[i].code);
	for (size_t i = 0; i < capture->tokens.count; i++)
		free(capture->tokens.items[i].problem);
	vector_release(&capture->measurements);
	vector_release(&capture->tokens);
	vector_release(&capture->said);
	free(capture->text);
	free(capture->speaker);
	free(capture->objections);
	free(capture->tally);
	free(capture->responsible);
	free(capture->unknown);
	free(capture->due_text);
	free(capture->commitment);
}

struct prose_span capture_detect(const struct capture_context *context, const char *text,
				 const char *speaker, size_t from)
{
	prose_undertakings promises = {0};
	struct prose_span sentence = {from, 0};
	prose_find_undertakings(&context->prose, text, speaker, &promises);
	for (size_t i = 0; i < promises.count && !sentence.length; i++)
		if (promises.items[i].sentence.start >= from)
			sentence = promises.items[i].sentence;
	prose_undertakings_release(&promises);
	return sentence;
}
