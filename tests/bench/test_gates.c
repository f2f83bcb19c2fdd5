/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench/measure.h"
#include "tree.h"

/*
 * What does not depend on the machine and so must hold on every one: bytes to
 * the terminal, writes a frame, wake-ups, syncs. What takes time is measured by
 * `make bench` and never judged.
 */
enum { MOVE_BYTES = 265, SCROLL_BYTES = 350, NOTE_MOVE_BYTES = 480 };
/* Four for the commit, as many as stock SQLite with synchronous = FULL: the queue on the local disk
 * and, for its log is opened anew, its folder; the operation on the drive, and its folder. One
 * for the file people see. */
enum { COMMIT_SYNCS = 5 };
/* Wake-ups allowed in ten seconds; here fewer are waited for, and one may fall just inside. */
enum { WAKEUPS_OF_10_S = 14, IDLE_MS = 5000 };
enum { MOVES = 20 };
/* A letter of a line of a meeting: itself and what the line amounts to. */
enum { LETTER_BYTES = 60 };
static const char typed[] = "FCD: @AME entrega el informe !+2s #C5";
/* What is typed is kept each second, on the local disk. */
enum { DRAFT_SYNCS = 2, LETTER_MS = 60 };
#define DOWN "\033[B"

static char folder[] = "/tmp/nucleo-gates-XXXXXX";
static char database[64];
static char *program;
static struct pty_session session;

static int make_group(void **state)
{
	const struct group_sizes sizes = {
		.commitments = 100, .meetings = 100, .followups = 1000, .plan_size = 50, .seed = 1};
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	measure_environment(folder);
	program = measure_built("nucleo");
	snprintf(database, sizeof(database), "%s/group.db", folder);
	measure_make_group(database, &sizes);
	return 0;
}

static int remove_group(void **state)
{
	(void)state;
	free(program);
	return tree_remove(folder);
}

/* The list of that digit, traced into `log` unless that is NULL; false when nobody may trace. */
static bool open_list(const char *digit, const char *heading, const char *log)
{
	char option[] = "--db", *traced[MEASURE_ARGUMENTS];
	char *words[] = {program, option, database, NULL};
	if (log && !measure_traced(words, traced, "trace=write,writev", log))
		return false;
	measure_start(&session, log ? traced : words);
	measure_key(&session, digit);
	pty_expect(&session, heading);
	return true;
}

static size_t mean_bytes(const char *what, int count)
{
	size_t bytes = 0;
	for (int i = 0; i < count; i++)
		bytes += measure_key(&session, DOWN).bytes;
	print_message("%s: %zu bytes\n", what, bytes / (size_t)count);
	return bytes / (size_t)count;
}

/* Down through the list of that digit, first on the screen and then beyond it. */
static void assert_bytes(const char *digit, const char *heading, size_t move_max,
			 size_t scroll_max)
{
	open_list(digit, heading, NULL);
	assert_true(mean_bytes("move", MOVES) <= move_max);
	for (int i = 0; i < MEASURE_ROWS; i++)
		measure_key(&session, DOWN);
	assert_true(mean_bytes("scroll", MOVES) <= scroll_max);
	measure_finish(&session, "q");
}

static void a_move_and_a_scroll_are_few_bytes(void **state)
{
	(void)state;
	assert_bytes("2", "Fecha", MOVE_BYTES, SCROLL_BYTES);
}

/* Below the follow-ups stands the selected one in full, and it is another at each move. */
static void a_move_with_a_note_adds_the_note(void **state)
{
	(void)state;
	assert_bytes("4", "Vencidas", NOTE_MOVE_BYTES, NOTE_MOVE_BYTES);
}

static void skip_aloud(void)
{
	print_message("skipped: strace is not there, or may not trace\n");
	skip();
}

/* Besides the frames of the keys: paste mode and the mouse on, both off, the first
 * screen, the list. */
static void a_frame_is_one_write(void **state)
{
	static const char *const writes[] = {"write(1,", "writev(1,", NULL};
	char log[64];
	(void)state;
	snprintf(log, sizeof(log), "%s/log", folder);
	if (!open_list("4", "Vencidas", log))
		skip_aloud();
	for (int i = 0; i < MOVES; i++)
		measure_key(&session, DOWN);
	measure_finish(&session, "q");
	int count = measure_count(log, writes);
	print_message("%d frames: %d writes\n", MOVES + 2, count);
	assert_true(count >= MOVES && count <= MOVES + 5);
}

static void nothing_happens_while_nothing_happens(void **state)
{
	(void)state;
	open_list("4", "Vencidas", NULL);
	/* What is done once after an opening, in the first moment of calm. */
	(void)measure_idle(&session, MEASURE_SETTLE_MS);
	struct idleness idleness = measure_idle(&session, IDLE_MS);
	measure_finish(&session, "q");
	print_message("idle: %zu bytes, %ld wake-ups\n", idleness.bytes, idleness.wakeups);
	assert_int_equal(idleness.bytes, 0);
	assert_true(idleness.wakeups <= WAKEUPS_OF_10_S * IDLE_MS / 10000 + 1);
}

/* ---- the room of a meeting */

/* The room of one in session; its line is empty. */
static bool open_room(const char *calls, const char *log)
{
	char db[] = "--db", *traced[MEASURE_ARGUMENTS];
	char *words[] = {program, db, database, NULL};
	if (log && !measure_traced(words, traced, calls, log))
		return false;
	measure_start(&session, log ? traced : words);
	measure_key(&session, "5");
	pty_expect(&session, "AM-2030-01 · punto 1 de ");
	return true;
}

static void close_room(void)
{
	measure_key(&session, "\025");
	measure_finish(&session, "\033[21~");
}

/* Item one of it is being treated. */
static int begin_meeting(void **state)
{
	char db[] = "--db", add[] = "add", kind[] = "meeting", number[] = "number=AM-2030-01";
	char date[] = "date=2030-03-15", agenda[] = "agenda=proposed";
	char *words[] = {program, db, database, add, kind, number, date, agenda, NULL};
	char *screen[] = {program, db, database, NULL};
	(void)state;
	if (!(measure_command(words) > 0))
		return -1;
	measure_start(&session, screen);
	measure_key(&session, "5");
	pty_expect(&session, "AM-2030-01");
	measure_key(&session, "\033[18~");
	pty_expect(&session, "punto 1 de ");
	close_room();
	return 0;
}

/* With the minutes the clock moves on. */
static void wait_for_a_minute_that_lasts(void)
{
	int left = 60 - (int)(time(NULL) % 60);
	if (left * 1000 < MEASURE_SETTLE_MS + IDLE_MS + 2000)
		(void)measure_idle(&session, (left + 1) * 1000);
}

static void nothing_happens_in_a_room_where_nobody_speaks(void **state)
{
	(void)state;
	open_room(NULL, NULL);
	wait_for_a_minute_that_lasts();
	(void)measure_idle(&session, MEASURE_SETTLE_MS);
	struct idleness idleness = measure_idle(&session, IDLE_MS);
	close_room();
	print_message("idle room: %zu bytes, %ld wake-ups\n", idleness.bytes, idleness.wakeups);
	assert_int_equal(idleness.bytes, 0);
	assert_true(idleness.wakeups <= WAKEUPS_OF_10_S * IDLE_MS / 10000 + 1);
}

static void a_letter_of_a_line_is_few_bytes(void **state)
{
	size_t bytes = 0;
	(void)state;
	open_room(NULL, NULL);
	for (size_t i = 0; typed[i]; i++)
		bytes += measure_key(&session, (char[]){typed[i], '\0'}).bytes;
	pty_expect(&session, typed);
	close_room();
	print_message("letter: %zu bytes\n", bytes / strlen(typed));
	assert_true(bytes / strlen(typed) <= LETTER_BYTES);
}

static void a_line_being_typed_is_kept_once_a_second(void **state)
{
	static const char *const syncs[] = {"sync(", "sync_file_range(", "syncfs(", NULL};
	char log[64];
	(void)state;
	snprintf(log, sizeof(log), "%s/log", folder);
	if (!open_room("trace=fsync,fdatasync,sync_file_range,msync,sync,syncfs", log))
		skip_aloud();
	(void)measure_idle(&session, MEASURE_SETTLE_MS);
	int before = measure_count(log, syncs);
	double began = measure_now();
	for (size_t i = 0; typed[i]; i++) {
		pty_send(&session, (char[]){typed[i], '\0'});
		(void)measure_idle(&session, LETTER_MS);
	}
	(void)measure_idle(&session, 1500);
	int seconds = (int)((measure_now() - began) / 1000) + 1;
	int count = measure_count(log, syncs) - before;
	close_room();
	print_message("%zu letters in %d s: %d syncs\n", strlen(typed), seconds, count);
	assert_true(count > 0 && count <= seconds * DRAFT_SYNCS);
}

static void a_commit_waits_for_few_syncs(void **state)
{
	/* What the names of these calls end in, at the parenthesis of their arguments. */
	static const char *const syncs[] = {"sync(", "sync_file_range(", "syncfs(", NULL};
	char db[] = "--db", add[] = "add", kind[] = "followup", what[] = "description=Medir";
	char *words[] = {program, db, database, add, kind, what,
			 NULL};
	char log[64], *traced[MEASURE_ARGUMENTS];
	(void)state;
	snprintf(log, sizeof(log), "%s/log", folder);
	if (!measure_traced(words, traced,
			    "trace=fsync,fdatasync,sync_file_range,msync,sync,syncfs", log))
		skip_aloud();
	assert_true(measure_command(traced) > 0);
	int count = measure_count(log, syncs);
	print_message("commit: %d syncs\n", count);
	assert_true(count > 0 && count <= COMMIT_SYNCS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_move_and_a_scroll_are_few_bytes),
		cmocka_unit_test(a_move_with_a_note_adds_the_note),
		cmocka_unit_test(a_frame_is_one_write),
		cmocka_unit_test(nothing_happens_while_nothing_happens),
		cmocka_unit_test(a_commit_waits_for_few_syncs),
		cmocka_unit_test_setup(nothing_happens_in_a_room_where_nobody_speaks, begin_meeting),
		cmocka_unit_test(a_letter_of_a_line_is_few_bytes),
		cmocka_unit_test(a_line_being_typed_is_kept_once_a_second),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, make_group, remove_group);
}
