/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/scribes.h"

static void open_room(struct pair *pair, struct pty_session *screen, const char *member)
{
	screen_open(screen, pair->home, member, ROOM);
	pty_send(screen, "5");
	pty_expect(screen, MEETING);
	pty_expect(screen, "guardado ");
}

static void convene(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "organization", "acronym=AME", "sector=public", "role=member",
	   "starts=2020-01-01");
	AS(home, "ana", 0, "add", "organization", "acronym=FCD", "sector=civil_society",
	   "role=member", "starts=2020-01-01");
	AS(home, "ana", 0, "add", "meeting", "number=" MEETING, "date=2024-03-15",
	   "agenda=proposed");
	AS(home, "luis", 0, "list", "meetings");
}

void scribes_begin(struct pair *pair, void **state)
{
	*pair = (struct pair){.home = *state};
	convene(pair->home);
	open_room(pair, &pair->ana, "ana");
	open_room(pair, &pair->luis, "luis");
	pair_expect(pair, "Todavía no comienza");
	pty_send(&pair->ana, KEY_F7);
	pair_expect(pair, "punto 1 de ");
}

void scribe_write(struct pty_session *screen, const char *line)
{
	pty_send(screen, line);
	pty_send(screen, "\r");
	pty_listen(screen, 10);
}
