/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two persons who write down one meeting, each at a screen of the real program, on one drive. With
 * $MOUNTS each has a mount of her own, as on two machines (tests/sync/mounts.sh). */
#include "ui/scribes.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"

/* So many lines of both are in sight together, whichever come first. */
enum { LINES = 32, LINES_AT_ONCE = 16, LINES_WITHOUT_DRIVE = 8 };

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
	scribe_write(screen, line);
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
	scribes_begin(&pair, state);
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
	pair_expect_nothing_asked(&pair);
	pair_close(&pair, BEGINNING + 2 * LINES);
	assert_both_orders(pair.home, LINES);
}

/* ---- the agenda, and who is there */

static void both_go_to_the_next_item(struct pair *pair)
{
	pair_luis_goes_deaf(pair);
	pty_send(&pair->ana, KEY_F7);
	pty_send(&pair->luis, KEY_F7);
	pair_expect(pair, "punto 2 de ");
	pair_luis_hears_again(pair);
	speak(&pair->ana, "FCD", "ana", 0);
	speak(&pair->luis, "AME", "luis", 0);
	expect_spoken(pair, "FCD", "ana", 0);
	expect_spoken(pair, "AME", "luis", 0);
}

static void open_roll(struct pty_session *screen)
{
	pty_send(screen, KEY_F4);
	pty_expect(screen, "Asistencia " MEETING);
	pty_expect_cursor_on(screen, "AME");
}

static void both_take_the_attendance(struct pair *pair)
{
	pair_luis_goes_deaf(pair);
	open_roll(&pair->ana);
	open_roll(&pair->luis);
	pty_send(&pair->ana, " \r");
	pty_send(&pair->luis, KEY_DOWN " \r");
	pair_expect(pair, MEETING ": asistencia, 1 presente");
	pair_luis_hears_again(pair);
	pair_expect(pair, "Quórum: 2 de 2");
	/* Once it is there, field by field. */
	pty_send(&pair->ana, " \r");
	pty_send(&pair->luis, " \r");
	pair_expect(pair, "Quórum: 0 de 2");
	pty_send(&pair->ana, KEY_F4);
	pty_send(&pair->luis, KEY_F4);
}

static void open_decision(struct pty_session *screen, const char *text)
{
	pty_expect_gone(screen, "Asistencia");
	pty_send(screen, text);
	pty_send(screen, KEY_F6);
	pty_expect(screen, "por consenso");
}

static void both_record_a_decision(struct pair *pair)
{
	pair_luis_goes_deaf(pair);
	open_decision(&pair->ana, "Se aprueba el plan");
	open_decision(&pair->luis, "Se aprueba el informe");
	pair_luis_hears_again(pair);
	pty_send(&pair->ana, "\033");
	pty_send(&pair->luis, "\033");
	pair_expect(pair, "R-2024-01-01");
	pair_expect(pair, "R-2024-01-02");
}

static void what_both_do_at_once_is_done_once(void **state)
{
	struct pair pair;
	scribes_begin(&pair, state);
	both_go_to_the_next_item(&pair);
	both_take_the_attendance(&pair);
	both_record_a_decision(&pair);
	pair_expect_nothing_asked(&pair);
	pair_close(&pair, BEGINNING + 10);
	AS(pair.home, "luis", 0, "list", "resolutions", "--json");
	assert_json(pair.home, "$[0].item", "2");
	assert_json(pair.home, "$[3].item", "2");
}

/* ---- the drive */

/* Both write on without it, and see how much waits since when. */
static void type_without_drive(struct pair *pair)
{
	for (int i = 0; i < LINES_WITHOUT_DRIVE; i++) {
		speak(&pair->ana, "FCD", "ana", i);
		speak(&pair->luis, "AME", "luis", i);
	}
	pair_expect(pair, "8 cambios esperan aquí, guardados, desde ");
	assert_int_equal(queued(pair->home, "ana"), LINES_WITHOUT_DRIVE);
	assert_int_equal(queued(pair->home, "luis"), LINES_WITHOUT_DRIVE);
}

/* The line being typed is at most a second behind on the disk. */
static void type_half_a_line(struct pty_session *screen, const char *text)
{
	int64_t end = clock_monotonic_ms() + 1200;
	pty_send(screen, text);
	pty_expect(screen, text);
	while (clock_monotonic_ms() < end)
		pty_listen(screen, 100);
}

static void open_again_without_drive(struct pair *pair)
{
	screen_start(&pair->luis, pair->home, "luis", ROOM);
	pty_expect(&pair->luis, "Seguir escribiendo en la Sala");
	pty_expect(&pair->luis, "«AME: a medio decir»");
	pty_send(&pair->luis, "\r");
	pty_expect_cursor_on(&pair->luis, "› AME: a medio decir");
	pty_expect(&pair->luis, "8 cambios esperan aquí, guardados, desde ");
	pty_expect(&pair->luis, "dicho a luis, 07");
}

static void a_drive_that_leaves_in_mid_meeting_takes_no_word(void **state)
{
	struct pair pair;
	scribes_begin(&pair, state);
	drive_leaves(pair.home);
	type_without_drive(&pair);
	type_half_a_line(&pair.luis, "AME: a medio decir");
	screen_kill(&pair.luis);
	open_again_without_drive(&pair);
	scribe_write(&pair.luis, ", y dicho");
	pty_expect(&pair.luis, "9 cambios esperan aquí, guardados, desde ");
	drive_returns(pair.home);
	wait_for_queue(pair.home, "ana", 0);
	wait_for_queue(pair.home, "luis", 0);
	pty_expect(&pair.ana, "a medio decir, y dicho");
	expect_spoken(&pair, "FCD", "ana", LINES_WITHOUT_DRIVE - 1);
	expect_spoken(&pair, "AME", "luis", LINES_WITHOUT_DRIVE - 1);
	pty_expect_gone(&pair.ana, "esperan aquí");
	pty_expect_gone(&pair.luis, "esperan aquí");
	pair_expect_nothing_asked(&pair);
	pair_close(&pair, BEGINNING + 2 * LINES_WITHOUT_DRIVE + 1);
	assert_both_orders(pair.home, LINES_WITHOUT_DRIVE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_both_type_at_once_is_there_in_both_orders),
		WITH_MEMBERS(what_both_do_at_once_is_done_once),
		WITH_MEMBERS(a_drive_that_leaves_in_mid_meeting_takes_no_word),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
