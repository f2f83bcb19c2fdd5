/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members with a screen each: who is where, and what others changed just now. */
#include "store/members_test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "ui/member_screen.h"

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
	screen_open(&luis, home, "luis", WIDE);
	pty_send(&luis, "4");
	pty_expect(&luis, "Segunda");
	pty_send(&luis, "\r");
	screen_open(&ana, home, "ana", NARROW);
	pty_send(&ana, "w");
	pty_expect(&ana, "Quién está aquí");
	pty_expect_cursor_on(&ana, "luis");
	pty_expect_cursor_on(&ana, "Acciones");
	pty_expect_cursor_on(&ana, "hace ");
	screen_close(&ana);
	screen_open(&ana, home, "ana", WIDE);
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
	screen_close(&luis);
	pty_expect(&ana, "Nadie más tiene abierta la base");
	pty_expect_gone(&ana, "persona más aquí");
	pty_send(&ana, "\033");
	pty_expect_gone(&ana, "Nadie más");
	screen_close(&ana);
}

/* Of whoever is killed the file stays, and nobody waits for it. */
static void a_screen_that_is_killed_holds_nobody(void **state)
{
	struct home *home = *state;
	struct pty_session luis;
	begin(home);
	screen_open(&luis, home, "luis", WIDE);
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
	const struct screen_size sizes[] = {WIDE, NARROW};
	begin(home);
	setenv("NO_COLOR", "1", 1);
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		struct pty_session luis;
		screen_open(&luis, home, "luis", sizes[i]);
		pty_send(&luis, "4");
		pty_expect(&luis, "Segunda");
		at_the_last_row(&luis, sizes[i].rows - 2);
		pty_expect_cursor_on(&luis, "Segunda");
		screen_wait_for_presence(&luis, home);
		AS(home, "ana", 0, "add", "followup", i ? "description=Otra" : "description=Nueva",
		   "due=2023-01-01");
		pty_expect(&luis,
			   i ? "• ana: Agrega la acción: Otra" : "• ana: Agrega la acción: Nueva");
		pty_expect(&luis, i ? "•! Otra" : "•! Nueva");
		pty_expect_cursor_on(&luis, "Segunda");
		pty_expect_gone(&luis, "•");
		pty_expect_cursor_on(&luis, "Segunda");
		pty_expect(&luis, i ? "! Otra" : "! Nueva");
		screen_close(&luis);
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
