/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two persons who write down one meeting, each at a screen of the real program, on one drive. With
 * $MOUNTS each has a mount of her own, as on two machines (tests/sync/mounts.sh). */
#include "ui/two_screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"

/* So many lines of both are in sight together, whichever come first. */
#define ROOM ((struct screen_size){40, 100})
#define TYPE(text) "\025\033[200~" text "\033[201~"
#define MEETING "AM-2024-01"
enum { LINES = 32, LINES_AT_ONCE = 8 };
/* What stands in the history before anything is typed: who is in the group, the meeting, and its
 * session begun. */
enum { BEGINNING = 4 };

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
	wait_for_silence(home);
}

/* Both in the room; Ana begins the session, and Luis may write without a key more. */
static void begin(struct pair *pair, void **state)
{
	*pair = (struct pair){.home = *state};
	convene(pair->home);
	open_room(pair, &pair->ana, "ana");
	open_room(pair, &pair->luis, "luis");
	pair_expect(pair, "Todavía no comienza");
	pty_send(&pair->ana, KEY_F7);
	pair_expect(pair, "punto 1 de ");
}

static void write_down(struct pty_session *screen, const char *line)
{
	pty_send(screen, line);
	pty_send(screen, "\r");
	pty_listen(screen, 10);
}

/* The i-th thing that is said for one of them to write down. */
static char *spoken(const char *acronym, const char *between, const char *by, int i)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s%sdicho a %s, %02d", acronym, between, by, i);
	return strbuf_detach(&text);
}

static void speak(struct pty_session *screen, const char *acronym, const char *by, int i)
{
	char *line = spoken(acronym, ": ", by, i);
	write_down(screen, line);
	free(line);
}

/* In the record, where the speaker stands in a column of its own. */
static void expect_spoken(struct pair *pair, const char *acronym, const char *by, int i)
{
	char *row = spoken(acronym, "      ", by, i);
	pair_expect(pair, row);
	free(row);
}

/* As a command lists it; owned. */
static char *record_of(struct home *home, const char *member)
{
	AS(home, member, 0, "list", "resolutions", "--json");
	return mem_strdup(home->out.data);
}

static void assert_in_order(const char *record, const char *by, int count)
{
	const char *at = record;
	for (int i = 0; i < count; i++) {
		char *text = spoken("", "", by, i);
		const char *found = strstr(record, text);
		if (!found || found < at)
			fail_msg("%s is %s", text, found ? "before its turn" : "lost");
		at = found;
		free(text);
	}
}

static void assert_both_orders(struct home *home, int count)
{
	char *hers = record_of(home, "ana"), *his = record_of(home, "luis");
	assert_string_equal(hers, his);
	assert_in_order(hers, "ana", count);
	assert_in_order(hers, "luis", count);
	free(hers);
	free(his);
}

static void expect_nothing_asked(struct pair *pair)
{
	assert_false(pty_shows(&pair->ana, "F5"));
	assert_false(pty_shows(&pair->luis, "F5"));
}

/* ---- lines */

static void expect_first_lines(struct pair *pair)
{
	for (int i = 0; i < 2 * LINES / LINES_AT_ONCE; i++) {
		pty_send(&pair->ana, KEY_PAGE_UP);
		pty_send(&pair->luis, KEY_PAGE_UP);
	}
	expect_spoken(pair, "FCD", "ana", 0);
	expect_spoken(pair, "AME", "luis", 0);
}

static void what_both_type_at_once_is_there_in_both_orders(void **state)
{
	struct pair pair;
	begin(&pair, state);
	for (int i = 0; i < LINES; i++) {
		speak(&pair.ana, "FCD", "ana", i);
		speak(&pair.luis, "AME", "luis", i);
		if ((i + 1) % LINES_AT_ONCE)
			continue;
		expect_spoken(&pair, "FCD", "ana", i);
		expect_spoken(&pair, "AME", "luis", i);
		pty_expect(&pair.ana, "anota luis");
		pty_expect(&pair.luis, "anota ana");
	}
	expect_first_lines(&pair);
	expect_nothing_asked(&pair);
	pair_close(&pair, BEGINNING + 2 * LINES);
	assert_both_orders(pair.home, LINES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_both_type_at_once_is_there_in_both_orders),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
