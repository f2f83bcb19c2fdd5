/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members with a screen each, on one drive: what comes by itself, and what the message line says. */
#include "store/members_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "ui/member_screen.h"

#define ADD "--wait", "0.3", "add", "followup"

/* Of a member, on the list of follow-ups. */
static void open_screen(struct pty_session *screen, const struct home *home, const char *member,
			struct screen_size size)
{
	screen_open(screen, home, member, size);
	pty_send(screen, "4");
}

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, ADD, "description=Primera", "due=2024-03-01");
	AS(home, "luis", 0, ADD, "description=Segunda", "due=2024-04-01");
	AS(home, "ana", 0, "list", "followups");
	wait_for_silence(home);
}

static void what_others_do_appears_by_itself(void **state)
{
	struct home *home = *state;
	struct pty_session ana, luis;
	begin(home);
	open_screen(&ana, home, "ana", WIDE);
	open_screen(&luis, home, "luis", WIDE);
	pty_expect(&ana, "Segunda");
	pty_expect(&luis, "Segunda");
	pty_send(&luis, KEY_DOWN);
	pty_expect_cursor_on(&luis, "Segunda");
	/* It comes before what is selected, which stays. */
	AS(home, "ana", 0, "add", "followup", "description=Urgente", "due=2023-01-01");
	pty_expect(&ana, "Urgente");
	pty_expect(&luis, "Urgente");
	pty_expect_cursor_on(&luis, "Segunda");
	AS(home, "luis", 0, "add", "followup", "description=De Luis", "due=2023-02-01");
	pty_expect(&ana, "De Luis");
	pty_expect_cursor_on(&luis, "Segunda");
	pty_expect(&ana, "guardado ");
	screen_close(&ana);
	screen_close(&luis);
	wait_for_silence(home);
	ALIKE(home, 4, "ana", "luis");
}

/* Told once, on coming back; the history marks it, and then it has been seen. */
static void what_others_did_meanwhile_is_told_on_coming_back(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "guardado ");
	screen_close(&screen);
	AS(home, "luis", 0, ADD, "description=Entretanto");
	AS(home, "ana", 0, "history", "nuevas", "--json");
	assert_json(home, "$[0].by", "luis");
	assert_json(home, "$[1]", "null");
	for (int i = 0; i < 2; i++) {
		screen_open(&screen, home, "ana", NARROW);
		if (i == 0) {
			pty_expect(&screen, "1 cambio de otros desde");
			pty_send(&screen, "0");
			pty_expect(&screen, "* 1 cambio de otros");
			AS(home, "ana", 0, "history", "nuevas", "--json");
			assert_json(home, "$[0]", "null");
		}
		pty_expect(&screen, "guardado ");
		screen_close(&screen);
	}
	wait_for_silence(home);
}

/* What a command of hers queued, and why it waits, at any size and without colour. */
static void a_drive_that_is_away_is_on_the_message_line(void **state)
{
	struct home *home = *state;
	const struct screen_size sizes[] = {WIDE, NARROW};
	begin(home);
	setenv("NO_COLOR", "1", 1);
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		struct pty_session screen;
		open_screen(&screen, home, "ana", sizes[i]);
		pty_expect(&screen, "Primera");
		pty_expect(&screen, "guardado ");
		drive_leaves(home);
		AS(home, "ana", 4, ADD, "description=Sin disco");
		pty_expect(&screen, "1 en cola desde ");
		if (sizes[i].columns == 80)
			pty_expect(&screen, "el disco no está conectado");
		/* Keys go on being answered, and quitting too. */
		pty_send(&screen, KEY_DOWN);
		pty_expect_cursor_on(&screen, "Segunda");
		drive_returns(home);
		pty_expect_gone(&screen, "en cola");
		pty_expect(&screen, "guardado ");
		screen_close(&screen);
		assert_int_equal(queued(home, "ana"), 0);
	}
	unsetenv("NO_COLOR");
	wait_for_silence(home);
	ALIKE(home, 4, "ana", "luis");
}

static void a_screen_opens_and_ends_while_the_drive_is_away(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	drive_leaves(home);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "Primera");
	pty_expect(&screen, "el disco no está conectado");
	screen_close(&screen);
	drive_returns(home);
}

static void a_hung_drive_holds_no_key(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	if (!drive_may_hang(home))
		skip();
	/* Before it was ever read, and after. */
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			(void)drive_hangs(home);
		open_screen(&screen, home, "ana", WIDE);
		pty_expect(&screen, "Primera");
		if (i == 1) {
			pty_expect(&screen, "guardado ");
			(void)drive_hangs(home);
		}
		pty_expect(&screen, "el disco no responde");
		pty_send(&screen, KEY_DOWN);
		pty_expect_cursor_on(&screen, "Segunda");
		pty_send(&screen, "?");
		pty_expect(&screen, "mostrar solo las filas");
		/* Its worker still hangs when it has ended. */
		screen_close(&screen);
		drive_answers(home);
		wait_for_silence(home);
		(void)drive_may_hang(home);
	}
	unsetenv("LD_PRELOAD");
}

/* ---- what the drive lost */

static void a_lost_tail_is_published_when_a_person_agrees(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	char *path = operation_path(home, 2);
	remove_file(path);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "Segunda");
	pty_expect(&screen, "el disco perdió cambios: F9, publicar otra vez");
	assert_int_not_equal(access(path, F_OK), 0);
	pty_send(&screen, ":republish\r");
	pty_expect(&screen, "Dejarlo como está");
	pty_send(&screen, "\r");
	pty_expect_gone(&screen, "Dejarlo como está");
	assert_int_not_equal(access(path, F_OK), 0);
	pty_send(&screen, ":publicar otra vez\r");
	pty_expect(&screen, "Publicar otra vez lo que esta máquina tiene");
	pty_send(&screen, KEY_DOWN "\r");
	pty_expect_gone(&screen, "perdió cambios");
	screen_close(&screen);
	assert_int_equal(access(path, F_OK), 0);
	wait_for_silence(home);
	ALIKE(home, 2, "ana", "luis", "nueva");
	free(path);
}

static void what_came_of_a_fork_is_told(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	char *path = operation_path(home, 2), *database = on_drive(home, "acta.db");
	remove_file(path);
	remove_file(database);
	AS(home, "nueva", 0, ADD, "description=Del grupo");
	wait_for_silence(home);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "Del grupo");
	pty_expect(&screen, "Segunda");
	screen_close(&screen);
	wait_for_silence(home);
	ALIKE(home, 3, "ana", "luis", "nueva");
	free(database);
	free(path);
}

/* An operation that nobody's command brings: the screen that takes it in publishes after it. */
static void a_foreign_change_is_told(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	char *database = on_drive(home, "acta.db"), *before = in_home(home, "antes.db");
	char *path = operation_path(home, 3), *kept = in_home(home, "3");
	copy_file(database, before);
	AS(home, "luis", 0, ADD, "description=Tercera");
	wait_for_silence(home);
	assert_int_equal(rename(path, kept), 0);
	copy_file(before, database);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "guardado ");
	sql_on(database, "DELETE FROM followup");
	assert_int_equal(rename(kept, path), 0);
	pty_expect(&screen, "Tercera");
	pty_expect(&screen, "otro programa escribió en «acta.db»");
	screen_close(&screen);
	wait_for_silence(home);
	ALIKE(home, 3, "ana", "luis", "nueva");
	free(kept);
	free(path);
	free(before);
	free(database);
}

static void another_database_is_not_written_into(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "guardado ");
	drive_leaves(home);
	AS(home, "luis", 0, "init");
	AS(home, "luis", 0, ADD, "description=Otra base");
	pty_expect(&screen, "en el disco hay ahora otra base");
	pty_expect(&screen, "Primera");
	screen_close(&screen);
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "Otra base");
	pty_expect_gone(&screen, "Primera");
	screen_close(&screen);
	wait_for_silence(home);
	assert_int_equal(operations_on_drive(home), 1);
}

static void move(const struct home *home, const char *from, const char *to)
{
	char *a = in_home(home, from), *b = in_home(home, to);
	assert_int_equal(rename(a, b), 0);
	free(a);
	free(b);
}

/* Between two looks of her worker the folder becomes one that has gone further: it must not be
 * taken for a group that went on without her. */
static void a_folder_that_was_replaced_is_no_fork(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	drive_leaves(home);
	AS(home, "luis", 0, "init");
	for (int i = 0; i < 3; i++)
		AS(home, "luis", 0, ADD, "description=Otra base");
	wait_for_silence(home);
	move(home, "disco", "otro");
	move(home, "desmontado", "disco");
	open_screen(&screen, home, "ana", WIDE);
	pty_expect(&screen, "guardado ");
	screen_wait_for_presence(&screen, home);
	pid_t worker = worker_of(screen.child);
	assert_int_equal(kill(worker, SIGSTOP), 0);
	move(home, "disco", "desmontado");
	move(home, "otro", "disco");
	assert_int_equal(kill(worker, SIGCONT), 0);
	pty_expect(&screen, "en el disco hay ahora otra base");
	pty_expect(&screen, "Primera");
	screen_close(&screen);
	wait_for_silence(home);
	assert_int_equal(operations_on_drive(home), 3);
	ALIKE(home, 3, "ana", "luis");
}

/* The path is asked for; what came of it is said when it is there. */
static void a_backup_is_made_from_the_palette(void **state)
{
	struct home *home = *state;
	struct pty_session ana;
	char *path = in_home(home, "respaldo.db");
	begin(home);
	open_screen(&ana, home, "ana", WIDE);
	pty_expect(&ana, "Segunda");
	pty_send(&ana, ":respaldar la base\r");
	pty_expect(&ana, "Respaldar en: ");
	pty_expect(&ana, "/ana/acta-");
	pty_send(&ana, "\025");
	pty_send(&ana, path);
	pty_send(&ana, "\r");
	pty_expect(&ana, "Respaldo hecho y comprobado");
	/* Nothing is written over. */
	pty_send(&ana, ":respaldar la base\r\025");
	pty_send(&ana, path);
	pty_send(&ana, "\r");
	pty_expect(&ana, "ya existe");
	pty_send(&ana, ":respaldos diarios\r");
	pty_expect(&ana, "Volver al respaldo del día");
	pty_expect(&ana, "operaci");
	pty_send(&ana, "\r");
	pty_expect(&ana, "nucleo restore 2");
	screen_close(&ana);
	AS(home, "ana", 0, "restore", "--dry-run", "--json", path);
	assert_json(home, "$.operations", "2");
	free(path);
}

/* Who has it open reads that it is another one, and can no longer write to the one of before. */
static void a_restored_database_is_told_to_who_has_it_open(void **state)
{
	struct home *home = *state;
	struct pty_session luis;
	char *path = in_home(home, "respaldo.db");
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "backup", path);
	AS(home, "luis", 0, ADD, "description=Segunda", "due=2024-04-01");
	open_screen(&luis, home, "luis", WIDE);
	pty_expect(&luis, "Segunda");
	AS(home, "ana", 0, "restore", "--yes", path);
	pty_expect(&luis, "en el disco hay ahora otra base");
	screen_close(&luis);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_others_do_appears_by_itself),
		WITH_MEMBERS(what_others_did_meanwhile_is_told_on_coming_back),
		WITH_MEMBERS(a_drive_that_is_away_is_on_the_message_line),
		WITH_MEMBERS(a_screen_opens_and_ends_while_the_drive_is_away),
		WITH_MEMBERS(a_hung_drive_holds_no_key),
		WITH_MEMBERS(a_lost_tail_is_published_when_a_person_agrees),
		WITH_MEMBERS(what_came_of_a_fork_is_told),
		WITH_MEMBERS(a_foreign_change_is_told),
		WITH_MEMBERS(another_database_is_not_written_into),
		WITH_MEMBERS(a_folder_that_was_replaced_is_no_fork),
		WITH_MEMBERS(a_backup_is_made_from_the_palette),
		WITH_MEMBERS(a_restored_database_is_told_to_who_has_it_open),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
