/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program in a real terminal: a pty whose other end is libvterm. */
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/ui/mouse.h"
#include "ui/pty_session.h"

struct invocation {
	char *const *arguments;
	const char *temporary; /* TMPDIR; NULL: as it is */
	const char *type;      /* TERM; NULL: xterm-256color */
	bool no_color;
};

static void exec_program(const struct invocation *invocation)
{
	const char *folder = getenv("top_builddir");
	char path[4096];
	snprintf(path, sizeof(path), "%s/nucleo", folder ? folder : ".");
	setenv("TERM", invocation->type ? invocation->type : "xterm-256color", 1);
	unsetenv("STY");
	setenv("HOME", "/nonexistent", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("NUCLEO_DB");
	unsetenv("NUCLEO_AS");
	unsetenv("NO_COLOR");
	if (invocation->no_color)
		setenv("NO_COLOR", "1", 1);
	if (invocation->temporary)
		setenv("TMPDIR", invocation->temporary, 1);
	execv(path, invocation->arguments);
	_exit(127);
}

static void run_invocation(void *invocation)
{
	exec_program(invocation);
}

static void run(void *invocation)
{
	pty_run_job(run_invocation, invocation);
}

static void start(struct pty_session *session, char *const *arguments, bool no_color)
{
	struct invocation invocation = {.arguments = arguments, .no_color = no_color};
	pty_start(session, 24, 80, run, &invocation);
}

/* Waits for the end; the exit status, or -1 when a signal ended it. */
static int finish(struct pty_session *session)
{
	int status = pty_finish(session);
	pty_stop(session);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *const demo[] = {"nucleo", "--demo", NULL};

static void the_demo_opens_and_quits_cleanly(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, false);
	pty_expect(&session, "C15");
	pty_expect(&session, "13 de 15");
	pty_expect(&session, "? ayuda");
	assert_true(session.alternate);
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	assert_false(session.alternate);
	pty_stop(&session);
}

static void keys_lead_through_the_screens(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, false);
	pty_expect(&session, "C15");
	pty_expect_cursor_on(&session, "C1 ");
	pty_send(&session, "\033[B\033[B");
	pty_expect_cursor_on(&session, "C3 ");
	pty_send(&session, "2");
	pty_expect(&session, "AM-2023-05");
	pty_send(&session, "\r");
	pty_expect(&session, "Transición");
	pty_send(&session, "3");
	pty_expect(&session, "CONAGOPARE");
	pty_send(&session, "4");
	pty_expect(&session, "31/01/2024");
	pty_send(&session, "/parroquias");
	pty_expect(&session, "Filtrar: parroquias");
	pty_expect(&session, "CONAGOPARE");
	pty_send(&session, "\033");
	pty_expect(&session, "? ayuda");
	pty_send(&session, "?");
	pty_expect(&session, "mostrar solo las filas");
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

/* Asked for in one write; a terminal without a clipboard is never sent what it might show. */
static void the_clipboard_is_asked_for(void **state)
{
	static const char *const types[] = {"xterm-256color", "linux"};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(types); i++) {
		struct pty_session session;
		struct invocation invocation = {.arguments = demo, .type = types[i]};
		bool asked = i == 0;
		pty_start(&session, 24, 80, run, &invocation);
		pty_expect(&session, "C15");
		pty_send(&session, "y");
		pty_expect(&session, "Copiar:");
		pty_send(&session, "cita\r");
		pty_expect(&session, asked ? "Copiado: C1 (paga2)" : "no tiene portapapeles");
		assert_int_equal(strstr(session.bytes.data, "\033]52;c;QzEgKHBhZ2EyKQ==\a") != NULL, asked);
		pty_send(&session, "q");
		assert_int_equal(finish(&session), 0);
	}
}

static void any_size_is_survived(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, false);
	pty_expect(&session, "C15");
	pty_resize(&session, 10, 40);
	pty_expect(&session, "? ayuda");
	pty_expect(&session, "C1 ");
	pty_resize(&session, 3, 12);
	pty_expect(&session, "Agrande");
	pty_resize(&session, 1, 1);
	pty_listen(&session, 200);
	pty_resize(&session, 50, 200);
	pty_expect(&session, "C15");
	pty_expect(&session, "Ritmo");
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

/* How often the reports of the mouse were asked for more than taken back. */
static int reports_left_on(const struct pty_session *session)
{
	int on = 0;
	for (const char *at = session->bytes.data; (at = strstr(at, MOUSE_ON)) != NULL; at++)
		on++;
	for (const char *at = session->bytes.data; (at = strstr(at, MOUSE_OFF)) != NULL; at++)
		on--;
	return on;
}

/* The first report is of a click in the middle of a row, the second of the same: one opens. */
static void the_mouse_opens_what_it_is_on(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, false);
	pty_expect(&session, "C15");
	pty_send(&session, "\033[<0;10;7M\033[<0;10;7m");
	pty_expect_cursor_on(&session, "C3 ");
	assert_int_equal(reports_left_on(&session), 1);
	pty_send(&session, "\033[<0;20;9M\033[<0;20;9m\033[<0;20;9M\033[<0;20;9m");
	pty_expect(&session, "Compromisos › C5");
	pty_send(&session, "\033[1;3D");
	pty_expect_cursor_on(&session, "C5 ");
	pty_send(&session, ":mouse\r");
	pty_expect(&session, "El ratón queda para la terminal.");
	assert_int_equal(reports_left_on(&session), 0);
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

static void a_pause_gives_the_terminal_back(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, false);
	pty_expect(&session, "C15");
	pty_send(&session, "\032");
	pty_expect(&session, "[en pausa]");
	assert_false(session.alternate);
	assert_int_equal(reports_left_on(&session), 0);
	pty_send(&session, "\n");
	pty_expect(&session, "C15");
	assert_true(session.alternate);
	assert_int_equal(reports_left_on(&session), 1);
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

/* SGR 30-37, 38, 40-47, 48, 90-97 or 100-107 anywhere in what was sent. */
static bool has_colour(const char *bytes)
{
	for (const char *at = strstr(bytes, "\033["); at; at = strstr(at, "\033[")) {
		at += 2;
		size_t length = strspn(at, "0123456789;");
		if (at[length] != 'm')
			continue;
		for (const char *end = at + length; at < end; at += strcspn(at, ";m") + 1) {
			long code = strtol(at, NULL, 10);
			if ((code >= 30 && code <= 48 && code != 39) ||
			    (code >= 90 && code <= 107))
				return true;
		}
	}
	return false;
}

static void no_color_means_none(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, true);
	pty_expect(&session, "C15");
	assert_false(has_colour(session.bytes.data));
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
	start(&session, demo, false);
	pty_expect(&session, "C15");
	assert_true(has_colour(session.bytes.data));
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

/* To the whole group, as a terminal that closes or a shutdown does. */
static void a_signal_ends_it_in_order(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, demo, false);
	pty_expect(&session, "C15");
	kill(-tcgetpgrp(session.terminal), SIGTERM);
	assert_int_equal(pty_finish(&session), 0);
	assert_false(session.alternate);
	pty_stop(&session);
}

/* Whatever ends it, the private copy goes: rmdir() fails on a folder that holds anything. */
static void expect_empty(const char *folder)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	while (rmdir(folder) != 0 && clock_monotonic_ms() < deadline)
		usleep(20000);
	assert_int_not_equal(access(folder, F_OK), 0);
}

static void the_copy_goes_when_the_terminal_does(void **state)
{
	struct pty_session session;
	char folder[] = "/tmp/nucleo-test-XXXXXX";
	(void)state;
	assert_non_null(mkdtemp(folder));
	struct invocation invocation = {.arguments = demo, .temporary = folder};
	pty_start(&session, 24, 80, run, &invocation);
	pty_expect(&session, "C15");
	assert_int_not_equal(rmdir(folder), 0);
	pid_t job = tcgetpgrp(session.terminal);
	kill(-job, SIGHUP);
	pty_stop(&session);
	kill(-job, SIGHUP);
	kill(-job, SIGTERM);
	expect_empty(folder);
	waitpid(session.child, NULL, 0);
}

static void without_a_database_there_are_three_ways(void **state)
{
	static char *const nothing[] = {"nucleo", "--db", "/nonexistent/nucleo.db", NULL};
	struct pty_session session;
	(void)state;
	start(&session, nothing, false);
	pty_expect(&session, "Crear una base nueva");
	pty_expect(&session, "Abrir otra base");
	pty_send(&session, "\r");
	pty_expect(&session, "C15");
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

/* What was chosen before there was a database holds after. */
static void a_mouse_turned_off_stays_off(void **state)
{
	static char *const nothing[] = {"nucleo", "--db", "/nonexistent/nucleo.db", NULL};
	struct pty_session session;
	(void)state;
	start(&session, nothing, false);
	pty_expect(&session, "Crear una base nueva");
	pty_send(&session, ":mouse\r");
	pty_expect(&session, "El ratón queda para la terminal.");
	pty_send(&session, "\r");
	pty_expect(&session, "C15");
	assert_int_equal(reports_left_on(&session), 0);
	pty_send(&session, "q");
	assert_int_equal(finish(&session), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_demo_opens_and_quits_cleanly),
		cmocka_unit_test(keys_lead_through_the_screens),
		cmocka_unit_test(the_clipboard_is_asked_for),
		cmocka_unit_test(any_size_is_survived),
		cmocka_unit_test(the_mouse_opens_what_it_is_on),
		cmocka_unit_test(a_pause_gives_the_terminal_back),
		cmocka_unit_test(no_color_means_none),
		cmocka_unit_test(a_signal_ends_it_in_order),
		cmocka_unit_test(the_copy_goes_when_the_terminal_does),
		cmocka_unit_test(without_a_database_there_are_three_ways),
		cmocka_unit_test(a_mouse_turned_off_stays_off),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
