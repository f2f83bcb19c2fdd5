/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/acta_parts.h"

/* What prose.h finds in each paragraph, bound to item, entry and source line. */

struct reader {
	struct acta *acta;
	struct prose_context context;
	const struct acta_paragraph *paragraph;
	int entry;
};

static int line_at(const struct reader *reader, size_t offset)
{
	return acta_flow_line(&reader->paragraph->flow, offset);
}

static const char *text_of(const struct reader *reader)
{
	return reader->paragraph->flow.text.data;
}

static char *non_empty(const char *text)
{
	return text && *text ? mem_strdup(text) : NULL;
}

/* An attendee of several words that begins the text ("La Prefectura de Manabí abre"): no verb is
 * needed to know it, as it is with "Presidencia". */
static const char *named_attendee(const struct reader *reader)
{
	int found = acta_attendee_at(reader->acta, text_of(reader));
	const char *acronym = found < 0 ? "" : reader->acta->attendees.items[found].acronym;
	return strchr(acronym, ' ') ? acronym : NULL;
}

static void take_measures(struct reader *reader, const prose_measures *found)
{
	for (size_t i = 0; i < found->count; i++) {
		struct acta_measure *measure = vector_add(&reader->acta->measures);
		memcpy(measure->code, found->items[i].code, sizeof(measure->code));
		measure->percent = found->items[i].percent;
		measure->item = reader->paragraph->item;
		measure->entry = reader->entry;
		measure->line = line_at(reader, found->items[i].where.start);
		measure->certainty = found->items[i].certainty;
	}
}

static void take_followups(struct reader *reader, const prose_undertakings *found)
{
	const char *text = text_of(reader);
	for (size_t i = 0; i < found->count; i++) {
		const struct prose_undertaking *from = &found->items[i];
		struct acta_followup *followup = vector_add(&reader->acta->followups);
		followup->description = mem_strndup(text + from->sentence.start,
						    from->sentence.length);
		followup->responsible = mem_strdup(from->responsible);
		followup->kind = from->kind;
		followup->due = from->due.date;
		if (from->due.words.length)
			followup->due_text = mem_strndup(text + from->due.words.start,
							 from->due.words.length);
		memcpy(followup->commitment, from->commitment, sizeof(followup->commitment));
		followup->item = reader->paragraph->item;
		followup->entry = reader->entry;
		followup->line = line_at(reader, from->sentence.start);
		followup->certainty = from->certainty;
	}
}

static void take_indicators(struct reader *reader, const prose_indicators *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct prose_indicator *from = &found->items[i];
		struct acta_indicator *indicator = vector_add(&reader->acta->indicators);
		indicator->organization = non_empty(from->organization);
		indicator->place = non_empty(from->place);
		indicator->name = non_empty(from->name);
		indicator->value = from->value;
		indicator->as_of = from->as_of == DATE_NONE ? reader->acta->date : from->as_of;
		indicator->item = reader->paragraph->item;
		indicator->entry = reader->entry;
		indicator->line = line_at(reader, from->where.start);
		indicator->certainty = from->certainty;
	}
}

/* No paragraph a person wrote is longer; reading the prose of one that is would take seconds. */
enum { PARAGRAPH_MAX = 32 * 1024 };

static void read_prose(struct reader *reader, struct acta_entry *entry)
{
	struct prose_reading reading;
	prose_read(&reader->context, text_of(reader), named_attendee(reader), &reading);
	entry->certainty = reading.speaker_is_known ? CERTAINTY_SURE : CERTAINTY_LIKELY;
	entry->speaker = reading.speaker;
	reading.speaker = NULL;
	entry->resolution = reading.resolution;
	reading.resolution = (struct prose_resolution){0};
	take_measures(reader, &reading.measures);
	take_followups(reader, &reading.undertakings);
	take_indicators(reader, &reading.indicators);
	prose_reading_release(&reading);
}

static void read_entry(struct reader *reader)
{
	struct acta_entry *entry = vector_add(&reader->acta->entries);
	entry->item = reader->paragraph->item;
	entry->text = mem_strdup(text_of(reader));
	entry->line = line_at(reader, 0);
	if (reader->paragraph->flow.text.length <= PARAGRAPH_MAX) {
		read_prose(reader, entry);
		return;
	}
	entry->resolution.kind = ENTRY_NOTE;
	entry->resolution.decision_kind = ENUM_NONE;
	entry->certainty = CERTAINTY_DOUBTFUL;
	acta_remark(reader->acta, entry->line,
		    _("el párrafo es demasiado largo; no se buscaron en él cifras ni acciones"));
}

/* ---- one figure for each commitment */

/* The number in "C12"; 0 for anything else. */
static int code_number(const char *code)
{
	int number = 0;
	for (const char *at = code + (*code != '\0'); *at >= '0' && *at <= '9'; at++)
		number = number * 10 + (*at - '0');
	return number;
}

enum { CODES_MAX = 1000 };

/* A later figure for the same commitment stands; the reader is told. */
static void keep_last_measures(struct acta *acta)
{
	size_t last[CODES_MAX] = {0}; /* index + 1 of the last measure of a commitment */
	size_t kept = 0;
	for (size_t i = 0; i < acta->measures.count; i++)
		last[code_number(acta->measures.items[i].code) % CODES_MAX] = i + 1;
	for (size_t i = 0; i < acta->measures.count; i++) {
		struct acta_measure *measure = &acta->measures.items[i];
		size_t stands = last[code_number(measure->code) % CODES_MAX] - 1;
		if (stands == i) {
			acta->measures.items[kept++] = *measure;
		} else if (measure->percent != acta->measures.items[stands].percent) {
			acta_remark(acta, measure->line,
				    _("%s tiene dos cifras; queda la última (línea %d)"),
				    measure->code, acta->measures.items[stands].line);
		}
	}
	acta->measures.count = kept;
}

/* ---- the whole */

static void add_attendees(const struct acta *acta, struct prose_institution *list)
{
	for (size_t i = 0; i < acta->attendees.count; i++) {
		const struct acta_attendee *attendee = &acta->attendees.items[i];
		bool is_name = strchr(attendee->acronym, ' ') != NULL;
		list[i].acronym = attendee->acronym;
		/* Of a name its first words are enough: "la Alcaldía" for "Alcaldía de Loja". */
		list[i].name = attendee->name || !is_name ? attendee->name : attendee->acronym;
	}
}

void acta_read_entries(const acta_paragraphs *paragraphs,
		       const struct prose_institution *institutions, size_t institution_count,
		       struct acta *acta)
{
	size_t count = acta->attendees.count + institution_count;
	struct prose_institution *all = mem_alloc_zero(count + 1, sizeof(*all));
	struct reader reader = {
		.acta = acta,
		.context =
			{
				.institutions = all,
				.institution_count = count,
				.group = acta->group,
				.meeting_date = acta->date,
				.next_meeting = DATE_NONE,
			},
	};
	add_attendees(acta, all);
	if (institution_count)
		memcpy(all + acta->attendees.count, institutions,
		       institution_count * sizeof(*institutions));
	for (size_t i = 0; i < paragraphs->count; i++) {
		reader.paragraph = &paragraphs->items[i];
		reader.entry = (int)acta->entries.count;
		read_entry(&reader);
	}
	keep_last_measures(acta);
	free(all);
}
