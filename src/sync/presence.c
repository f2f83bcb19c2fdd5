/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/presence.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/digest.h"
#include "nucleo/sync/presence_parts.h"

#define PREFIX "who-"
/* More are not shown; they could be nothing but files that somebody left. */
#define MOST_OTHERS 256
/* Files read at one look: each may take a round trip. */
#define READS 16
/* Whoever left such a file ended badly; or she sleeps, and writes it again. */
#define LEFTOVER_MS ((int64_t)10 * 60 * 1000)

struct presence_other {
	char *name;
	char *words[PRESENCE_WORDS]; /* NULL: none that can be shown */
	struct digest seen;	     /* of the bytes */
	int64_t changed, looked;
	int64_t before; /* how old it was when first read, by its own clock; 0 once it changed */
	bool is_there; /* in the last listing */
};

static bool is_name(const char *name)
{
	const char *id = name + strlen(PREFIX);
	return strncmp(name, PREFIX, strlen(PREFIX)) == 0 &&
	       strspn(id, "0123456789abcdef") == sizeof(((struct random_id *)0)->hex) - 1 &&
	       strlen(id) == sizeof(((struct random_id *)0)->hex) - 1;
}

void presence_tell(struct presence *presence, struct drive *drive,
		   const struct presence_person *own, int64_t now)
{
	struct strbuf text;
	struct digest words = presence_words(own);
	bool is_other = strcmp(words.hex, presence->words.hex) != 0;
	if (presence->name &&
	    now - presence->told < (is_other ? PRESENCE_CHANGE_MS : PRESENCE_TELL_MS))
		return;
	strbuf_init(&text);
	if (!presence->name) {
		strbuf_addf(&text, PREFIX "%s", random_id_new().hex);
		presence->name = strbuf_detach(&text);
	}
	presence_compose(&text, own, presence->beats++);
	presence->told = now;
	presence->words = words;
	(void)drive->ops->replace(drive, presence->name, text.data, text.length, NULL);
	strbuf_release(&text);
}

static void forget(struct presence *presence, size_t index)
{
	struct presence_other *other = &presence->others.items[index];
	for (int i = 0; i < PRESENCE_WORDS; i++)
		free(other->words[i]);
	free(other->name);
	*other = presence->others.items[--presence->others.count];
}

static struct presence_other *find(struct presence *presence, const char *name)
{
	for (size_t i = 0; i < presence->others.count; i++)
		if (strcmp(presence->others.items[i].name, name) == 0)
			return &presence->others.items[i];
	return NULL;
}

static void note(struct presence *presence, const char *name, int64_t now)
{
	struct presence_other *other = find(presence, name);
	if (!is_name(name) || (presence->name && strcmp(name, presence->name) == 0))
		return;
	if (!other && presence->others.count < MOST_OTHERS) {
		other = vector_add(&presence->others);
		other->name = mem_strdup(name);
		other->changed = now;
		/* Read before those that were read already. */
		other->looked = INT64_MIN;
	}
	if (other)
		other->is_there = true;
}

/* False when the drive does not say. */
static bool take_names(struct presence *presence, struct drive *drive, int64_t now)
{
	drive_names names = {0};
	if (drive->ops->list(drive, "", &names, NULL) != DRIVE_DONE)
		return false;
	for (size_t i = 0; i < presence->others.count; i++)
		presence->others.items[i].is_there = false;
	for (size_t i = 0; i < names.count; i++)
		note(presence, names.items[i], now);
	drive_names_release(&names);
	for (size_t i = presence->others.count; i-- > 0;)
		if (!presence->others.items[i].is_there)
			forget(presence, i);
	return true;
}

static int64_t age_told(const struct presence_other *other)
{
	int64_t told, now = clock_utc_seconds();
	if (!clock_parse_utc(other->words[PRESENCE_TOLD], &told) || told >= now)
		return 0;
	return now - told < LEFTOVER_MS / 1000 ? (now - told) * 1000 : LEFTOVER_MS;
}

/* A read that fails says nothing about who is there. */
static void read_other(struct presence_other *other, struct drive *drive, int64_t now)
{
	struct strbuf text;
	strbuf_init(&text);
	other->looked = now;
	if (drive->ops->read(drive, other->name, PRESENCE_TEXT_LIMIT + 1, &text, NULL) ==
	    DRIVE_DONE) {
		struct digest seen = digest_of(text.data, text.length);
		if (strcmp(seen.hex, other->seen.hex) != 0) {
			other->seen = seen;
			bool is_first = !other->words[0];
			if (presence_parse(other->words, text.data, text.length)) {
				other->changed = now;
				other->before = is_first ? age_told(other) : 0;
			}
		}
	}
	strbuf_release(&text);
}

/* The one not looked at for longest, if not at this time; NULL: none. */
static struct presence_other *next_to_read(struct presence *presence, int64_t now)
{
	struct presence_other *next = NULL;
	for (size_t i = 0; i < presence->others.count; i++) {
		struct presence_other *other = &presence->others.items[i];
		if (other->looked < now && (!next || other->looked < next->looked))
			next = other;
	}
	return next;
}

/* Only what was once such a file, and one at a time. */
static void remove_leftover(struct presence *presence, struct drive *drive, int64_t now)
{
	for (size_t i = 0; i < presence->others.count; i++) {
		const struct presence_other *other = &presence->others.items[i];
		if (other->words[0] && now - other->changed >= LEFTOVER_MS) {
			(void)drive->ops->remove(drive, other->name, NULL);
			return;
		}
	}
}

void presence_look(struct presence *presence, struct drive *drive, int64_t now)
{
	struct presence_other *other;
	if (!take_names(presence, drive, now))
		return;
	for (int i = 0; i < READS && (other = next_to_read(presence, now)); i++)
		read_other(other, drive, now);
	remove_leftover(presence, drive, now);
}

static int compare(const void *a, const void *b)
{
	const struct presence_person *first = a, *second = b;
	int order = strcmp(first->acronym, second->acronym);
	return order ? order : strcmp(first->host, second->host);
}

static bool is_here(const struct presence_other *other, int64_t now)
{
	return other->words[0] && now - other->changed < PRESENCE_GONE_MS &&
	       other->before < PRESENCE_GONE_MS + PRESENCE_CLOCK_MS;
}

void presence_list(const struct presence *presence, int64_t now, presence_people *people)
{
	size_t before = people->count;
	for (size_t i = 0; i < presence->others.count; i++) {
		const struct presence_other *other = &presence->others.items[i];
		if (!is_here(other, now))
			continue;
		struct presence_person *person = vector_add(people);
		person->id = other->name + strlen(PREFIX);
		person->acronym = other->words[PRESENCE_ACRONYM];
		person->host = other->words[PRESENCE_HOST];
		person->screen = other->words[PRESENCE_SCREEN];
		person->program = other->words[PRESENCE_PROGRAM];
		person->post = other->words[PRESENCE_POST];
		person->since = other->words[PRESENCE_SINCE];
		person->told = other->words[PRESENCE_TOLD];
		person->age_ms = now - other->changed + other->before;
	}
	if (people->count > before)
		qsort(people->items + before, people->count - before, sizeof(*people->items),
		      compare);
}

void presence_end(struct presence *presence, struct drive *drive)
{
	if (presence->name)
		(void)drive->ops->remove(drive, presence->name, NULL);
	free(presence->name);
	presence->name = NULL;
}

void presence_release(struct presence *presence)
{
	while (presence->others.count)
		forget(presence, presence->others.count - 1);
	vector_release(&presence->others);
	free(presence->name);
	presence->name = NULL;
}
