/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members with a screen, on a drive that leaves and returns: what was changed by both is told, and
 * decided there. */
#include "store/members_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/member_screen.h"

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
	screen_open(&screen, home, "luis", WIDE);
	pty_send(&screen, "4");
	pty_expect(&screen, "guardado ");
	meet(home, &screen);
	pty_expect(&screen, "F5 para decidir");
	pty_send(&screen, KEY_F5);
	pty_expect(&screen, "1 cambio suyo espera su decisión");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Usted puso");
	pty_expect(&screen, "De Luis");
	pty_expect(&screen, "De Ana");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Tomar lo de ana (De Ana)");
	pty_send(&screen, KEY_DOWN KEY_DOWN "\r");
	pty_expect(&screen, "¿Aplicar?");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Decidido: ");
	pty_expect(&screen, "Nada espera una decisión");
	pty_expect(&screen, "quedaron los dos");
	screen_close(&screen);
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
	screen_open(&screen, home, "luis", NARROW);
	pty_expect(&screen, "F5 para decidir");
	pty_send(&screen, KEY_F5);
	pty_expect(&screen, "▶1. Importa");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Falta decidir 1 cosa");
	pty_send(&screen, KEY_DOWN KEY_DOWN KEY_DOWN "\r");
	pty_expect(&screen, "Quedarme con lo mío");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Sí: Nombre: lo mío");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Nada espera una decisión");
	screen_close(&screen);
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
	screen_open(&screen, home, "luis", WIDE);
	pty_send(&screen, "4");
	pty_expect(&screen, "1 en cola desde ");
	drive_returns(home);
	pty_expect(&screen, "1 cambio suyo publicado");
	pty_send(&screen, "4");
	pty_expect(&screen, "el disco volvió: informe con F5");
	pty_send(&screen, KEY_F5);
	pty_expect(&screen, "Cuando volvió el disco");
	pty_expect(&screen, "nadie más cambió nada");
	screen_close(&screen);
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
