/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members with a screen, on a drive that leaves and returns: what was changed by both is told, and
 * decided there. */
#include "store/members_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/pty_session.h"

#define DOWN "\033[B"
#define F5 "\033[15~"

static void run(void *context)
{
	char *program = context, *words[] = {program, NULL};
	execv(program, words);
	_exit(127);
}

static void open_screen(struct pty_session *screen, const struct home *home, int rows, int columns)
{
	char *program = program_path();
	become(home, "luis");
	setenv("NUCLEO_AS", "AME", 1);
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

static void import(struct home *home, const char *member, int wanted, const char *name)
{
	char text[200];
	snprintf(text, sizeof(text), "siglas,nombre,sector\nAME,%s,publico\n", name);
	char *file = put_text(home, "org.csv", text);
	AS(home, member, wanted, "--wait", wanted ? "0.2" : "10", "import", "organizations", file);
	free(file);
}

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	import(home, "ana", 0, "Asociación");
	AS(home, "luis", 0, "list", "organizations");
	wait_for_silence(home);
}

/* Luis writes without the drive; when it returns Ana is first, for his worker sleeps. */
static void meet(struct home *home, struct pty_session *screen)
{
	drive_leaves(home);
	import(home, "luis", 4, "De Luis");
	pty_expect(screen, "1 en cola desde ");
	pid_t worker = worker_of(screen->child);
	assert_int_equal(kill(worker, SIGSTOP), 0);
	drive_returns(home);
	import(home, "ana", 0, "De Ana");
	assert_int_equal(kill(worker, SIGCONT), 0);
}

static void a_conflict_is_told_and_decided(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	open_screen(&screen, home, 24, 80);
	pty_expect(&screen, "Aquí van los compromisos");
	meet(home, &screen);
	pty_expect(&screen, "F5 para decidir");
	pty_send(&screen, F5);
	pty_expect(&screen, "1 cambio suyo espera su decisión");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Usted puso");
	pty_expect(&screen, "De Luis");
	pty_expect(&screen, "De Ana");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Tomar lo de ana (De Ana)");
	pty_send(&screen, DOWN DOWN "\r");
	pty_expect(&screen, "¿Aplicar?");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Decidido: ");
	pty_expect(&screen, "Nada espera una decisión");
	pty_expect(&screen, "quedaron los dos");
	close_screen(&screen);
	wait_for_silence(home);
	AS(home, "ana", 0, "list", "organizations", "--json");
	assert_json(home, "$[0].name", "De Ana / De Luis");
	ALIKE(home, 3, "ana", "luis");
}

/* Without colour, in the smallest window; it was parked before the screen was opened. */
static void a_small_window_without_colour_will_do(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	drive_leaves(home);
	import(home, "luis", 4, "De Luis");
	drive_returns(home);
	import(home, "ana", 0, "De Ana");
	AS(home, "luis", 0, "list", "organizations");
	wait_for_silence(home);
	setenv("NO_COLOR", "1", 1);
	open_screen(&screen, home, 10, 40);
	pty_expect(&screen, "F5 para decidir");
	pty_send(&screen, F5);
	pty_expect(&screen, "▶1. Importa");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Falta decidir 1 cosa");
	pty_send(&screen, DOWN DOWN DOWN "\r");
	pty_expect(&screen, "Quedarme con lo mío");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Sí: Nombre: lo mío");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Nada espera una decisión");
	close_screen(&screen);
	unsetenv("NO_COLOR");
	wait_for_silence(home);
	AS(home, "ana", 0, "list", "organizations", "--json");
	assert_json(home, "$[0].name", "De Luis");
}

/* It is said when the drive comes back, and stays in the message line until it is read. */
static void a_return_is_reported(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0.2", "add", "followup", "description=Una");
	wait_for_silence(home);
	char *path = replica_path(home, "luis");
	sql_on(path, "UPDATE pending SET since = '2023-11-16T10:00:00Z'");
	open_screen(&screen, home, 24, 80);
	pty_expect(&screen, "1 en cola desde ");
	drive_returns(home);
	pty_expect(&screen, "1 cambio suyo publicado");
	pty_send(&screen, "4");
	pty_expect(&screen, "el disco volvió: informe con F5");
	pty_send(&screen, F5);
	pty_expect(&screen, "Cuando volvió el disco");
	pty_expect(&screen, "nadie más cambió nada");
	close_screen(&screen);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_conflict_is_told_and_decided),
		WITH_MEMBERS(a_small_window_without_colour_will_do),
		WITH_MEMBERS(a_return_is_reported),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
