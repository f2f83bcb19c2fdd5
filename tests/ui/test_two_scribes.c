/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two persons who write down one meeting, each at a screen of the real program, on one drive. With
 * $MOUNTS each has a mount of her own, as on two machines (tests/sync/mounts.sh). */
#include "ui/two_screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	begin(&pair, state);
	both_go_to_the_next_item(&pair);
	both_take_the_attendance(&pair);
	both_record_a_decision(&pair);
	expect_nothing_asked(&pair);
	pair_close(&pair, BEGINNING + 10);
	AS(pair.home, "luis", 0, "list", "resolutions", "--json");
	assert_json(pair.home, "$[0].item", "2");
	assert_json(pair.home, "$[3].item", "2");
}

/* ---- the drive */

/* Both write on without it, and see how much waits since when. */
static void type_without_drive(struct pair *pair)
{
	for (int i = 0; i < LINES_AT_ONCE; i++) {
		speak(&pair->ana, "FCD", "ana", i);
		speak(&pair->luis, "AME", "luis", i);
	}
	pair_expect(pair, "8 cambios esperan aquí, guardados, desde ");
	assert_int_equal(queued(pair->home, "ana"), LINES_AT_ONCE);
	assert_int_equal(queued(pair->home, "luis"), LINES_AT_ONCE);
}

/* The line being typed is at most a second behind on the disk. */
static void type_half_a_line(struct pty_session *screen, const char *text)
{
	int64_t end = clock_monotonic_ms() + 1500;
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
	begin(&pair, state);
	drive_leaves(pair.home);
	type_without_drive(&pair);
	type_half_a_line(&pair.luis, "AME: a medio decir");
	screen_kill(&pair.luis);
	open_again_without_drive(&pair);
	write_down(&pair.luis, ", y dicho");
	pty_expect(&pair.luis, "9 cambios esperan aquí, guardados, desde ");
	drive_returns(pair.home);
	wait_for_queue(pair.home, "ana", 0);
	wait_for_queue(pair.home, "luis", 0);
	pty_expect(&pair.ana, "a medio decir, y dicho");
	expect_spoken(&pair, "FCD", "ana", LINES_AT_ONCE - 1);
	expect_spoken(&pair, "AME", "luis", LINES_AT_ONCE - 1);
	pty_expect_gone(&pair.ana, "esperan aquí");
	pty_expect_gone(&pair.luis, "esperan aquí");
	expect_nothing_asked(&pair);
	pair_close(&pair, BEGINNING + 2 * LINES_AT_ONCE + 1);
	assert_both_orders(pair.home, LINES_AT_ONCE);
}

/* ---- one line, changed by both */

/* One line, which both have selected in the record. */
static void begin_with_line(struct pair *pair, void **state, const char *line)
{
	begin(pair, state);
	write_down(&pair->ana, line);
	pty_expect(&pair->luis, "anota ana");
	pty_send(&pair->ana, KEY_BACK_TAB);
	pty_send(&pair->luis, KEY_BACK_TAB);
	pty_expect_cursor_on(&pair->ana, "FCD  ");
	pty_expect_cursor_on(&pair->luis, "FCD  ");
}

/* Into the text of the selected line, without saving. */
static void rewrite(struct pty_session *screen, const char *text)
{
	char keys[200];
	snprintf(keys, sizeof(keys), "\t\t\t\r" TYPE("%s"), text);
	pty_send(screen, KEY_F2);
	pty_expect(screen, "Editar " MEETING);
	pty_send(screen, keys);
	pty_expect(screen, text);
}

static void save(struct pty_session *screen)
{
	pty_send(screen, KEY_F2);
	pty_expect(screen, "Guardado: ");
}

static void of_the_same_line_who_is_second_decides(void **state)
{
	static const struct {
		const char *words;
		bool is_written;
		const char *left;
	} outcomes[] = {
		{"Quedarme con lo mío (de Luis 0)", false, "FCD      de Luis 0"},
		{"Tomar lo de ana (de Ana 1)", false, "FCD      de Ana 1"},
		{"Los dos", false, "FCD      de Ana 2 / de Luis 2"},
		{"Escribir otro", true, "FCD      de acuerdo"},
	};
	struct pair pair;
	begin_with_line(&pair, state, "FCD: primera versión");
	for (int i = 0; i < (int)ARRAY_COUNT(outcomes); i++) {
		char hers[20], his[20];
		snprintf(hers, sizeof(hers), "de Ana %d", i);
		snprintf(his, sizeof(his), "de Luis %d", i);
		rewrite(&pair.ana, hers);
		rewrite(&pair.luis, his);
		pair_luis_goes_deaf(&pair);
		save(&pair.ana);
		save(&pair.luis);
		pair_luis_hears_again(&pair);
		screen_go_to_decision(&pair.luis);
		pty_expect(&pair.luis, hers);
		pty_expect(&pair.luis, his);
		pty_expect(&pair.luis, "ana, ");
		screen_choose(&pair.luis, i, outcomes[i].words);
		if (outcomes[i].is_written) {
			pty_expect(&pair.luis, "› Escribir otro");
			pty_expect_cursor_on(&pair.luis, "de Luis 3");
			pty_send(&pair.luis, "\r" TYPE("de acuerdo") KEY_F2);
			pty_expect(&pair.luis, "Todo está decidido");
			pty_send(&pair.luis, KEY_DOWN "\r");
		}
		screen_apply_choice(&pair.luis);
		pty_send(&pair.luis, "5");
		pair_expect(&pair, outcomes[i].left);
	}
	pair_close(&pair, BEGINNING + 8);
}

/* Ana moves it to the last item while he rewrites it. */
static void move_beside_rewriting(struct pair *pair)
{
	rewrite(&pair->luis, "una mitad y otra mitad");
	pair_luis_goes_deaf(pair);
	pty_send(&pair->ana, "m");
	pty_expect(&pair->ana, "Mover al punto");
	pty_send(&pair->ana, KEY_DOWN "\r");
	pty_expect(&pair->ana, "pasa a punto 3");
	save(&pair->luis);
	pair_luis_hears_again(pair);
}

/* In the record of the last item. */
static void go_to_last_item(struct pty_session *screen)
{
	pty_send(screen, KEY_BACK_TAB KEY_END "\t");
	pty_expect_cursor_on(screen, "una mitad y otra mitad");
}

static void divide_behind(struct pty_session *screen, const char *first)
{
	pty_send(screen, "d");
	pty_expect(screen, "Dividir");
	pty_send(screen, "\r\001");
	for (size_t i = 0; i < strlen(first); i++)
		pty_send(screen, KEY_RIGHT);
	pty_send(screen, "\r" KEY_F2);
	pty_expect(screen, "se parte");
}

static void divide_beside_rewriting(struct pair *pair)
{
	rewrite(&pair->luis, "de Luis");
	pair_luis_goes_deaf(pair);
	divide_behind(&pair->ana, "una mitad");
	save(&pair->luis);
	pair_luis_hears_again(pair);
	screen_go_to_decision(&pair->luis);
	pty_expect(&pair->luis, "de Luis");
	pty_expect(&pair->luis, "una mitad");
	screen_choose(&pair->luis, 0, "Quedarme con lo mío (de Luis)");
	screen_apply_choice(&pair->luis);
	pty_send(&pair->luis, "5");
	pair_expect(pair, "FCD      de Luis");
	pair_expect(pair, "FCD      y otra mitad");
}

static void what_one_moves_or_divides_another_rewrites(void **state)
{
	struct pair pair;
	begin_with_line(&pair, state, "FCD: primera versión");
	move_beside_rewriting(&pair);
	go_to_last_item(&pair.ana);
	go_to_last_item(&pair.luis);
	expect_nothing_asked(&pair);
	divide_beside_rewriting(&pair);
	pair_close(&pair, BEGINNING + 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_both_type_at_once_is_there_in_both_orders),
		WITH_MEMBERS(what_both_do_at_once_is_done_once),
		WITH_MEMBERS(of_the_same_line_who_is_second_decides),
		WITH_MEMBERS(what_one_moves_or_divides_another_rewrites),
		WITH_MEMBERS(a_drive_that_leaves_in_mid_meeting_takes_no_word),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
