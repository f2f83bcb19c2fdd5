/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members with a screen each: who is where, and what others changed just now. */
#include "store/members_test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "ui/pty_session.h"

#define DOWN "\033[B"

static void run(void *context)
{
	char *program = context, *words[] = {program, NULL};
	execv(program, words);
	_exit(127);
}

static void open_screen(struct pty_session *screen, const struct home *home, const char *member,
			int rows, int columns)
{
	char *program = program_path();
	become(home, member);
	setenv("TERM", "xterm-256color", 1);
	pty_start(screen, rows, columns, run, program);
	pty_expect(screen, "? ayuda");
	free(program);
}

static void close_screen(struct pty_session *screen)
{
	pty_send(screen, "q");
	assert_int_equal(pty_finish(screen), 0);
	pty_stop(screen);
}

static bool shows(struct pty_session *screen, const char *text)
{
	int rows, columns;
	bool is_there = false;
	vterm_get_size(screen->vterm, &rows, &columns);
	for (int i = 0; i < rows; i++) {
		struct strbuf row;
		strbuf_init(&row);
		pty_row(screen, i, &row);
		is_there |= strstr(row.data, text) != NULL;
		strbuf_release(&row);
	}
	return is_there;
}

static void expect_gone(struct pty_session *screen, const char *text)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	while (shows(screen, text)) {
		if (clock_monotonic_ms() > deadline)
			fail_msg("«%s» is still there", text);
		pty_listen(screen, 20);
	}
}

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera", "due=2024-03-01");
	AS(home, "luis", 0, "add", "followup", "description=Segunda", "due=2024-04-01");
	wait_for_silence(home);
}

/* Until somebody else's command sees that. */
static void wait_for_who(struct home *home, const char *part)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	become(home, "tercera");
	do {
		EXPECT(home, 0, "who", "--json");
		if (strstr(home->out.data, part))
			return;
		usleep(200 * 1000);
	} while (clock_monotonic_ms() < deadline);
	fail_msg("«%s» is not in: %s", part, home->out.data);
}

/* The command sees both; each screen, the other; and who leaves is gone at once. */
static void each_sees_where_the_others_are(void **state)
{
	struct home *home = *state;
	struct pty_session ana, luis;
	begin(home);
	open_screen(&luis, home, "luis", 24, 80);
	pty_send(&luis, "4");
	pty_expect(&luis, "Segunda");
	pty_send(&luis, "\r");
	open_screen(&ana, home, "ana", 10, 40);
	pty_send(&ana, "w");
	pty_expect(&ana, "Quién está aquí");
	pty_expect_cursor_on(&ana, "luis");
	pty_expect_cursor_on(&ana, "Acciones");
	pty_expect_cursor_on(&ana, "hace ");
	close_screen(&ana);
	open_screen(&ana, home, "ana", 24, 80);
	pty_send(&ana, "w");
	pty_expect(&ana, "Quién está aquí");
	pty_expect_cursor_on(&ana, "luis");
	pty_expect_cursor_on(&ana, "Acciones › ");
	pty_expect_cursor_on(&ana, "hace ");
	pty_expect(&ana, "1 persona más aquí");
	wait_for_who(home, "Quién está aquí");
	assert_json(home, "$[0].as", "ana");
	assert_json(home, "$[0].screen", "Compromisos › Quién está aquí");
	assert_json(home, "$[1].as", "luis");
	close_screen(&luis);
	pty_expect(&ana, "Nadie más tiene abierta la base");
	expect_gone(&ana, "persona más aquí");
	pty_send(&ana, "\033");
	expect_gone(&ana, "Nadie más");
	close_screen(&ana);
}

/* Of whoever is killed the file stays, and nobody waits for it. */
static void a_screen_that_is_killed_holds_nobody(void **state)
{
	struct home *home = *state;
	struct pty_session luis;
	begin(home);
	open_screen(&luis, home, "luis", 24, 80);
	pty_expect(&luis, "guardado ");
	pid_t worker = worker_of(luis.child);
	kill(worker, SIGKILL);
	kill(luis.child, SIGKILL);
	(void)pty_finish(&luis);
	pty_stop(&luis);
	AS(home, "ana", 0, "add", "followup", "description=Tercera");
	AS(home, "ana", 0, "who");
}

/* The row, and the words of who did it; both go by themselves. Nothing moves under the fingers. */
/* What happened while she was away is told in the message line until a key is pressed, whenever the
 * drive was looked at. */
static void at_the_last_row(struct pty_session *session, int message_row)
{
	struct strbuf line;
	bool is_saved = false;
	strbuf_init(&line);
	for (int waited = 0; !is_saved && waited < PTY_PATIENCE_MS; waited += 100) {
		pty_send(session, "G");
		pty_listen(session, 100);
		pty_row(session, message_row, &line);
		is_saved = strstr(line.data, "guardado ") != NULL;
	}
	strbuf_release(&line);
	assert_true(is_saved);
}

static void what_others_change_is_marked_for_a_moment(void **state)
{
	struct home *home = *state;
	const struct {
		int rows, columns;
	} sizes[] = {{24, 80}, {10, 40}};
	begin(home);
	setenv("NO_COLOR", "1", 1);
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		struct pty_session luis;
		open_screen(&luis, home, "luis", sizes[i].rows, sizes[i].columns);
		pty_send(&luis, "4");
		pty_expect(&luis, "Segunda");
		at_the_last_row(&luis, sizes[i].rows - 2);
		pty_expect_cursor_on(&luis, "Segunda");
		pty_expect(&luis, "guardado ");
		AS(home, "ana", 0, "add", "followup", i ? "description=Otra" : "description=Nueva",
		   "due=2023-01-01");
		pty_expect(&luis,
			   i ? "• ana: Agrega la acción: Otra" : "• ana: Agrega la acción: Nueva");
		pty_expect(&luis, i ? "•! Otra" : "•! Nueva");
		pty_expect_cursor_on(&luis, "Segunda");
		expect_gone(&luis, "•");
		pty_expect_cursor_on(&luis, "Segunda");
		pty_expect(&luis, i ? "! Otra" : "! Nueva");
		close_screen(&luis);
	}
	unsetenv("NO_COLOR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(each_sees_where_the_others_are),
		WITH_MEMBERS(a_screen_that_is_killed_holds_nobody),
		WITH_MEMBERS(what_others_change_is_marked_for_a_moment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
