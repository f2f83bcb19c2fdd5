/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking the attendance of a meeting at the screen. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/exchange/demo.h"
#include "nucleo/exchange/roll.h"
#include "nucleo/store/setting.h"
#include "ui/desk.h"

/* The demonstration has seventeen members and three observers, all of whom were at its meeting. */
#define MEETING "AM-2024-02"
#define HERE "3 e "

static day_minute twenty_past_three(void)
{
	return 15 * 60 + 20;
}

/* A database of its own for each test, with a meeting to be taken. */
static void make(const char *path, const char *status, const char *quorum)
{
	struct store *store = desk_create_store(path);
	assert_done(demo_fill(store, err));
	struct operation *operation = operation_new();
	operation_insert(operation, "meeting");
	operation_field(operation, "number", value_text(MEETING));
	operation_field(operation, "date", value_text("2024-02-15"));
	operation_field(operation, "place", value_text("Quito"));
	operation_field(operation, "status", value_text(status));
	operation_set_words(operation, MEETING);
	desk_commit(store, operation);
	if (quorum) {
		operation = operation_new();
		assert_done(setting_change(store, SETTING_QUORUM, quorum, operation, err));
		desk_commit(store, operation);
	}
	store_close(store);
}

/* Owned: the last screen after the keys. */
static char *play_as(const char *path, const char *keys,
		     void (*others_work)(struct store *other, int turn))
{
	struct desk desk;
	desk_open(&desk, path, false);
	desk.session.time_of_day = twenty_past_three;
	desk.others_work = others_work;
	desk.other = others_work ? desk_open_store(path, false) : NULL;
	struct ui_setup setup = desk_setup(&desk);
	setup.op = session_op;
	char *screen = desk_play(&setup, keys);
	desk_close(&desk);
	return screen;
}

static void expect_screen(const char *path, const char *keys, const char *part)
{
	char *screen = play_as(path, keys, NULL);
	if (!strstr(screen, part))
		fail_msg("no «%s» after «%s»:\n%s", part, keys, screen);
	free(screen);
}

/* Owned: first column of the first row. */
static char *ask(const char *path, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	const unsigned char *text =
		sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_text(stmt, 0) : NULL;
	char *copy = strdup(text ? (const char *)text : "");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return copy;
}

static void expect_in(const char *path, const char *sql, const char *expected)
{
	char *got = ask(path, sql);
	if (strcmp(got, expected) != 0)
		fail_msg("%s: «%s», not «%s»", sql, got, expected);
	free(got);
}

#define LAST_WORDS "SELECT json_extract(text, '$.words') FROM history ORDER BY number DESC LIMIT 1"
#define STORED "SELECT count(*) FROM attendance JOIN meeting AS m ON m.key = meeting" \
	       " WHERE m.number = '" MEETING "'"
#define OF_WHO(acronym)                                                                         \
	"SELECT t.status || coalesce(' ' || t.mode, '') || coalesce(' ' || t.standing, '')"     \
	" || coalesce(' ' || t.arrived, '') || coalesce(' ' || t.departed, '')"                 \
	" || coalesce(' ' || t.delegate, '')"                                                   \
	" FROM attendance AS t JOIN meeting AS m ON m.key = t.meeting"                          \
	" JOIN organization AS o ON o.key = t.organization"                                     \
	" WHERE m.number = '" MEETING "' AND o.acronym = '" acronym "'"

/* ---- twenty bodies */

static size_t count_keys(const char *keys)
{
	size_t count = *keys != '\0';
	for (; *keys; keys++)
		count += *keys == ' ';
	return count;
}

static void twenty_bodies_in_twenty_keys(void **state)
{
	static const char keys[] = "f c Space c n F6 u t F3 Enter";
	(void)state;
	make("twenty.db", "in_session", NULL);
	assert_in_range(count_keys(keys), 1, 20);
	char all[80];
	snprintf(all, sizeof(all), HERE "%s", keys);
	expect_screen("twenty.db", all, "Quórum: 15 de 17");
	expect_in("twenty.db", STORED, "20");
	expect_in("twenty.db", LAST_WORDS, MEETING ": asistencia, 18 presentes");
	expect_in("twenty.db", OF_WHO("FCD"), "absent");
	expect_in("twenty.db", OF_WHO("CNE"), "excused");
	expect_in("twenty.db", OF_WHO("UTPL"), "present virtual");
	expect_in("twenty.db", OF_WHO("MINTEL"), "present in_person");
}

/* Nobody changed: one key. */
static void the_same_again_is_one_key(void **state)
{
	(void)state;
	make("same.db", "convened", NULL);
	expect_screen("same.db", HERE "Enter", MEETING ": asistencia, 20 presentes");
	expect_in("same.db", STORED, "20");
	expect_screen("same.db", HERE "Enter", "ya está guardada");
}

/* ---- how it looks */

static void pages(void **state)
{
	static const struct window *const windows[] = {&window_usual, &window_small};
	(void)state;
	make("pages.db", "draft", "17");
	for (size_t i = 0; i < ARRAY_COUNT(windows); i++) {
		desk_expect("roll-none", "pages.db", windows[i], "3");
		desk_expect("roll-proposed", "pages.db", windows[i], HERE);
		desk_expect("roll-marked", "pages.db", windows[i], HERE "f c F3 F8 c n F6 c o");
		desk_expect("roll-lost", "pages.db", windows[i], HERE "f c Space");
		desk_expect("roll-guest", "pages.db", windows[i], HERE "x y z");
		desk_expect("roll-guest-asked", "pages.db", windows[i], HERE "x y z Enter");
		desk_expect("roll-leave", "pages.db", windows[i], HERE "f c Space Esc");
		desk_expect("roll-end", "pages.db", windows[i], HERE "End");
	}
	desk_expect_plain("roll-plain", "pages.db", HERE "f c F3 F8 c n F6 i a");
	desk_expect("roll-help", "pages.db", &window_usual, HERE "F1");
	expect_in("pages.db", STORED, "0");
}

static void the_quorum_that_is_lost_is_told(void **state)
{
	(void)state;
	make("alarm.db", "in_session", "17");
	expect_screen("alarm.db", HERE "Enter f c F7", "Se perdió el quórum");
	expect_in("alarm.db", OF_WHO("FCD"), "present in_person 15:20");
	expect_screen("alarm.db", HERE, "SIN QUÓRUM: el grupo no puede decidir");
	expect_screen("alarm.db", HERE "f c F7", "Hay quórum");
	/* Where none is required nothing is lost. */
	make("calm.db", "in_session", NULL);
	char *screen = play_as("calm.db", HERE "Enter f c F7 a m F7", NULL);
	assert_null(strstr(screen, "SIN QU"));
	assert_non_null(strstr(screen, "Quórum: 15 de 17"));
	free(screen);
}

/* ---- marks */

static void marks_after_the_list_tell_the_time(void **state)
{
	(void)state;
	make("times.db", "in_session", NULL);
	expect_screen("times.db", HERE "f c Space Enter c n Space f c Space", "15h20→");
	expect_in("times.db", OF_WHO("FCD"), "present in_person 15:20");
	expect_in("times.db", OF_WHO("CNE"), "absent");
	expect_in("times.db", LAST_WORDS, MEETING ": FCD presente, presencial, llega 15h20");
	/* One that was a slip is as if it had not been. */
	expect_screen("times.db", HERE "a m Space Space", MEETING ": AME presente, presencial");
	expect_in("times.db", OF_WHO("AME"), "present in_person");
	expect_screen("times.db", HERE "a m F7", "→15h20");
	expect_in("times.db", OF_WHO("AME"), "present in_person 15:20");
	expect_screen("times.db", HERE "a m Alt-h Ctrl-U type:15h00-16h40 Enter",
		      "llegó a las 15h00");
	expect_in("times.db", OF_WHO("AME"), "present in_person 15:00 16:40");
	expect_screen("times.db", HERE "a m Alt-h Ctrl-U type:tarde Enter", "no son horas");
	expect_screen("times.db", HERE "a m Alt-n type:Directora Enter", "Directora");
	expect_in("times.db", OF_WHO("AME"), "present in_person 15:00 16:40 Directora");
	expect_screen("times.db", HERE "Ctrl-T", MEETING ": CNE presente");
}

/* Nobody leaves what has not begun, or where nobody was said to be. */
static void who_leaves_was_there(void **state)
{
	(void)state;
	make("soon.db", "convened", NULL);
	expect_screen("soon.db", HERE "Enter f c F7", "cuando la reunión está en sesión");
	expect_in("soon.db", OF_WHO("FCD"), "present in_person");
	make("now.db", "in_session", NULL);
	expect_screen("now.db", HERE "f c F7", "cuando la reunión está en sesión");
	expect_screen("now.db", HERE "Enter f c F6 F7", "▶j FCD");
	expect_in("now.db", OF_WHO("FCD"), "excused");
}

static void a_mark_is_undone(void **state)
{
	(void)state;
	make("undo.db", "in_session", NULL);
	expect_screen("undo.db", HERE "Enter f c F6 Alt-u", "Deshecho: " MEETING ": FCD justificado");
	expect_in("undo.db", OF_WHO("FCD"), "present in_person");
	expect_screen("undo.db", HERE "Ctrl-R", "Rehecho");
	expect_in("undo.db", OF_WHO("FCD"), "excused");
	/* The list itself too. */
	expect_screen("undo.db", HERE "Alt-u Alt-u", "Enter guarda ·");
	expect_in("undo.db", STORED, "0");
	expect_screen("undo.db", HERE "Enter", "20 presentes");
}

/* They look for an acronym, whatever they do elsewhere. */
static void letters_change_nothing(void **state)
{
	(void)state;
	make("letters.db", "in_session", NULL);
	expect_screen("letters.db", HERE "Enter q u e n a m y p d k j Backspace h l g G ?",
		      "no está; Enter la agrega");
	expect_in("letters.db", LAST_WORDS, MEETING ": asistencia, 20 presentes");
	expect_screen("letters.db", HERE "type:datal", "▶✓ DATALAT");
	expect_screen("letters.db", HERE "type:pres Backspace Backspace Backspace", "Buscar: p ·");
	/* Over what is not there Space marks nobody. */
	expect_screen("letters.db", HERE "type:zzz Space", "«zzz» no está");
	expect_in("letters.db", LAST_WORDS, MEETING ": asistencia, 20 presentes");
}

static void guests_by_their_acronym(void **state)
{
	(void)state;
	make("guests.db", "in_session", NULL);
	expect_screen("guests.db", HERE "Enter g n Enter Enter", "✓ GN (p) 15h20→");
	expect_in("guests.db", LAST_WORDS,
		  MEETING ": GN presente, invitado, presencial, llega 15h20");
	expect_screen("guests.db", HERE "x y z Enter Enter", "por revisar");
	expect_in("guests.db", "SELECT review FROM organization WHERE acronym = 'XYZ'", "1");
	expect_screen("guests.db", HERE "k l m Enter Esc Esc Esc", MEETING " · asisten 22");
	expect_in("guests.db", STORED, "22");
}

static void what_is_marked_is_not_left_behind(void **state)
{
	(void)state;
	make("leave.db", "draft", NULL);
	expect_screen("leave.db", HERE "Esc", "Aún no se toma asistencia");
	expect_screen("leave.db", HERE "f c Space F4 Down Enter", "Aún no se toma asistencia");
	expect_in("leave.db", STORED, "0");
	expect_screen("leave.db", HERE "f c Space F10", "Asistencia sin guardar");
	expect_screen("leave.db", HERE "f c Space Esc Enter", "asisten 19");
	expect_in("leave.db", OF_WHO("FCD"), "absent");
}

static void by_mouse(void **state)
{
	(void)state;
	make("mouse.db", "draft", NULL);
	expect_screen("mouse.db", HERE "click:5,6", "▶✓ CJ");
	expect_screen("mouse.db", HERE "click:5,1", "▶✗* CJ");
	expect_screen("mouse.db", HERE "dblclick:6,25", "▶✗* FUNDAPI");
	expect_in("mouse.db", STORED, "0");
}

/* ---- somebody else meanwhile */

static void other_takes_the_list(struct store *other, int turn)
{
	struct roll roll;
	struct operation *operation;
	if (turn != 0)
		return;
	int64_t meeting = desk_find(other, RECORD_MEETING, MEETING);
	assert_done(roll_load(other, meeting, &roll, err));
	roll_toggle(&roll, roll_find(&roll, "AME"), twenty_past_three());
	operation = operation_new();
	assert_done(roll_compose(&roll, operation, err));
	desk_commit(other, operation);
	roll_release(&roll);
}

static void two_scribes_merge(void **state)
{
	(void)state;
	make("two.db", "in_session", NULL);
	char *screen = play_as("two.db", HERE "f c Space idle", other_takes_the_list);
	assert_non_null(strstr(screen, "✗ AME"));
	assert_non_null(strstr(screen, "✗* FCD"));
	free(screen);
	make("both.db", "in_session", NULL);
	screen = play_as("both.db", HERE "f c Space idle Enter", other_takes_the_list);
	assert_non_null(strstr(screen, MEETING ": FCD ausente"));
	free(screen);
	expect_in("both.db", OF_WHO("AME"), "absent");
	expect_in("both.db", OF_WHO("FCD"), "absent");
	expect_in("both.db", STORED, "20");
}

static void who_only_reads_marks_nothing(void **state)
{
	(void)state;
	struct desk desk;
	make("read.db", "in_session", NULL);
	desk_open(&desk, "read.db", true);
	struct ui_setup setup = desk_setup(&desk);
	char *screen = desk_play(&setup, HERE "f c Space Enter");
	assert_non_null(strstr(screen, "✓ FCD"));
	free(screen);
	desk_close(&desk);
	expect_in("read.db", STORED, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twenty_bodies_in_twenty_keys),
		cmocka_unit_test(the_same_again_is_one_key),
		cmocka_unit_test(pages),
		cmocka_unit_test(the_quorum_that_is_lost_is_told),
		cmocka_unit_test(marks_after_the_list_tell_the_time),
		cmocka_unit_test(who_leaves_was_there),
		cmocka_unit_test(a_mark_is_undone),
		cmocka_unit_test(letters_change_nothing),
		cmocka_unit_test(guests_by_their_acronym),
		cmocka_unit_test(what_is_marked_is_not_left_behind),
		cmocka_unit_test(by_mouse),
		cmocka_unit_test(two_scribes_merge),
		cmocka_unit_test(who_only_reads_marks_nothing),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
