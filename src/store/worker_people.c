/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/machine.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/worker_parts.h"

/* Between two looks at who else is there. */
enum { LOOK_MS = 10 * 1000 };

static const char *text_of(const char *word)
{
	return word ? word : "";
}

static void tell(struct worker *worker, int64_t now)
{
	struct strbuf moment;
	char host[MACHINE_NAME_SIZE];
	machine_name(host);
	strbuf_init(&moment);
	clock_add_utc(&moment);
	const struct presence_person own = {.acronym = text_of(worker->actor),
					    .post = text_of(worker->post),
					    .host = host,
					    .screen = text_of(worker->screen),
					    .program = PACKAGE_VERSION,
					    .since = worker->since,
					    .told = moment.data};
	presence_tell(&worker->presence, worker->log, &own, now);
	strbuf_release(&moment);
}

static void set_word(char **word, const char **text)
{
	size_t length = strcspn(*text, "\n");
	free(*word);
	*word = mem_strndup(*text, length);
	*text += length + ((*text)[length] == '\n');
}

void worker_note_person(struct worker *worker, const char *text)
{
	set_word(&worker->actor, &text);
	set_word(&worker->post, &text);
	set_word(&worker->screen, &text);
}

/* ---- what the program is told */

/* What is read from the files has no controls. */
void worker_add_person(struct strbuf *out, const struct presence_person *person, int64_t seen)
{
	strbuf_addf(out, "%s\t%s\t%s\t%s\t%s\t%s\t", person->id, person->acronym, person->post,
		    person->host, person->screen, person->program);
	strbuf_addf(out, "%s\t%s\t%lld\n", person->since, person->told, (long long)seen);
}

/* Ends the word at its separator; a missing one is empty. */
static const char *take_word(char **at, char separator)
{
	char *word = *at, *end = strchrnul(word, separator);
	*at = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

void worker_read_people(char *text, int64_t now, presence_people *people)
{
	while (*text) {
		char *line = (char *)(uintptr_t)take_word(&text, '\n');
		struct presence_person *person = vector_add(people);
		const char **words[] = {&person->id,	&person->acronym, &person->post,
					&person->host,	&person->screen,  &person->program,
					&person->since, &person->told};
		for (size_t i = 0; i < ARRAY_COUNT(words); i++)
			*words[i] = take_word(&line, '\t');
		person->age_ms = now - strtoll(line, NULL, 10);
	}
}

/* Whoever has no room is still counted. */
static void add_people(struct strbuf *out, const presence_people *people, int64_t now)
{
	for (size_t i = 0; i < people->count; i++) {
		size_t before = out->length;
		worker_add_person(out, &people->items[i], now - people->items[i].age_ms);
		if (out->length >= CHANNEL_TEXT_MAX) {
			strbuf_truncate(out, before);
			return;
		}
	}
}

static void look(struct worker *worker, int64_t now, bool is_asked)
{
	presence_people people = {0};
	struct strbuf text;
	strbuf_init(&text);
	worker->next_look = now + LOOK_MS;
	presence_look(&worker->presence, worker->log, now);
	presence_list(&worker->presence, now, &people);
	add_people(&text, &people, now);
	if (is_asked || strcmp(text.data, text_of(worker->people)) != 0)
		worker_send(worker, WORKER_PEOPLE, 0, (int64_t)people.count, text.data);
	free(worker->people);
	worker->people = strbuf_detach(&text);
	vector_release(&people);
}

void worker_look_at_people(struct worker *worker)
{
	if (worker->is_joined)
		look(worker, clock_monotonic_ms(), true);
}

/* Nothing rests on it: what fails is tried at the next look. */
void worker_meet(struct worker *worker)
{
	int64_t now = clock_monotonic_ms();
	if (!worker->is_joined)
		return;
	/* Where she is at first is hardly where she stays: others are told at the second look. */
	if (worker_may_write(worker) && worker->has_met)
		tell(worker, now);
	worker->has_met = true;
	if (now >= worker->next_look)
		look(worker, now, false);
}

void worker_leave(struct worker *worker)
{
	if (worker->log)
		presence_end(&worker->presence, worker->log);
	presence_release(&worker->presence);
}
