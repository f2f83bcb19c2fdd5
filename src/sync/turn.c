/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/turn.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/digest.h"

#define PREFIX "turn-"
#define TICKET_DIGITS 6
#define TICKET_MAX 999999
/* Between two looks: a publication takes about that long. */
#define LOOK_MS 150
/* More are not waited for; they could be nothing but files that somebody left. */
#define MOST_OTHERS 256

/* Somebody else's turn. */
struct turn_seen {
	char *name;
	unsigned ticket;
	int64_t since; /* when this process first saw it */
	bool is_there; /* in the last listing */
	bool is_gone;  /* whatever listings say */
};

/* The ticket of a name; 0 for any other name. */
static unsigned read_ticket(const char *name)
{
	const char *digits = name + strlen(PREFIX);
	unsigned ticket = 0;
	if (strncmp(name, PREFIX, strlen(PREFIX)) != 0 ||
	    strspn(digits, "0123456789") != TICKET_DIGITS || digits[TICKET_DIGITS] != '-' ||
	    strspn(digits + TICKET_DIGITS + 1, "0123456789abcdef") != 32 ||
	    digits[TICKET_DIGITS + 1 + 32])
		return 0;
	for (int i = 0; i < TICKET_DIGITS; i++)
		ticket = ticket * 10 + (unsigned)(digits[i] - '0');
	return ticket;
}

static struct turn_seen *find(struct turn *turn, const char *name)
{
	for (size_t i = 0; i < turn->others.count; i++)
		if (strcmp(turn->others.items[i].name, name) == 0)
			return &turn->others.items[i];
	return NULL;
}

static void note(struct turn *turn, const char *name, int64_t now)
{
	unsigned ticket = read_ticket(name);
	struct turn_seen *seen = find(turn, name);
	if (!ticket || (turn->name && strcmp(name, turn->name) == 0))
		return;
	if (!seen && turn->others.count < MOST_OTHERS) {
		seen = vector_add(&turn->others);
		seen->name = mem_strdup(name);
		seen->ticket = ticket;
		seen->since = now;
	}
	if (seen)
		seen->is_there = true;
}

static void forget(struct turn *turn, size_t index)
{
	free(turn->others.items[index].name);
	turn->others.items[index] = turn->others.items[--turn->others.count];
}

/* False when the drive does not say. */
static bool look(struct turn *turn, struct drive *drive, int64_t now)
{
	drive_names names = {0};
	if (drive->ops->list(drive, "", &names, NULL) != DRIVE_DONE)
		return false;
	for (size_t i = 0; i < turn->others.count; i++)
		turn->others.items[i].is_there = false;
	for (size_t i = 0; i < names.count; i++)
		note(turn, names.items[i], now);
	drive_names_release(&names);
	for (size_t i = turn->others.count; i-- > 0;)
		if (!turn->others.items[i].is_there)
			forget(turn, i);
	return true;
}

static bool is_stale(const struct turn_seen *seen, int64_t now)
{
	return now - seen->since >= TURN_PATIENCE_MS;
}

/* One at a time: every call may hang. */
static void remove_stale(struct turn *turn, struct drive *drive, int64_t now)
{
	for (size_t i = 0; i < turn->others.count; i++)
		if (is_stale(&turn->others.items[i], now)) {
			(void)drive->ops->remove(drive, turn->others.items[i].name, NULL);
			return;
		}
}

static unsigned next_ticket(const struct turn *turn, int64_t now)
{
	unsigned last = 0;
	for (size_t i = 0; i < turn->others.count; i++) {
		const struct turn_seen *seen = &turn->others.items[i];
		if (!is_stale(seen, now) && seen->ticket > last)
			last = seen->ticket;
	}
	return last < TICKET_MAX ? last + 1 : TICKET_MAX;
}

static void remove_own(struct turn *turn, struct drive *drive)
{
	if (turn->name)
		(void)drive->ops->remove(drive, turn->name, NULL);
	free(turn->name);
	turn->name = NULL;
}

/* A new name is what shows others that it changed. */
void turn_lost(struct turn *turn, struct drive *drive, int64_t now)
{
	struct strbuf name;
	if (!turn->ticket) {
		(void)look(turn, drive, now);
		turn->ticket = next_ticket(turn, now);
	}
	remove_own(turn, drive);
	strbuf_init(&name);
	strbuf_addf(&name, PREFIX "%0*u-%s", TICKET_DIGITS, turn->ticket, random_id_new().hex);
	turn->name = strbuf_detach(&name);
	turn->since = turn->next_look = now;
	(void)drive->ops->replace(drive, turn->name, "", 0, NULL);
}

static bool is_ahead(const struct turn_seen *seen, const struct turn *turn)
{
	return seen->ticket < turn->ticket ||
	       (seen->ticket == turn->ticket && strcmp(seen->name, turn->name) < 0);
}

/* sshfs lists what was there up to 20 s ago; a file asked for by its name it opens anew. */
static bool is_gone(struct turn_seen *seen, struct drive *drive)
{
	struct strbuf content;
	if (!seen->is_gone) {
		strbuf_init(&content);
		seen->is_gone = drive->ops->read(drive, seen->name, 1, &content, NULL) ==
				DRIVE_ABSENT;
		strbuf_release(&content);
	}
	return seen->is_gone;
}

static bool is_somebody_ahead(struct turn *turn, struct drive *drive, int64_t now)
{
	for (size_t i = turn->others.count; i-- > 0;) {
		struct turn_seen *seen = &turn->others.items[i];
		if (is_ahead(seen, turn) && !is_stale(seen, now) && !is_gone(seen, drive))
			return true;
	}
	return false;
}

int64_t turn_wait(struct turn *turn, struct drive *drive, int64_t now)
{
	if (!turn->ticket || now - turn->since >= TURN_PATIENCE_MS)
		return 0;
	if (now < turn->next_look)
		return turn->next_look - now;
	if (!look(turn, drive, now))
		return 0;
	remove_stale(turn, drive, now);
	if (!is_somebody_ahead(turn, drive, now))
		return 0;
	turn->next_look = now + LOOK_MS;
	return LOOK_MS;
}

void turn_end(struct turn *turn, struct drive *drive)
{
	remove_own(turn, drive);
	turn->ticket = 0;
}

void turn_release(struct turn *turn)
{
	while (turn->others.count)
		forget(turn, turn->others.count - 1);
	vector_release(&turn->others);
	free(turn->name);
	turn->name = NULL;
}
