/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program, killed while a person types in every form: what she typed is offered again. */
#include "store/members_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "ui/member_screen.h"

/* As a terminal sends what is pasted: one change, however long. */
#define PASTE(text) "\033[200~" text "\033[201~"
#define TYPED "borrador zorzal"
/* Of what is typed, so much may be lost. */
enum { LOST_MS = 1000 };

static void open_screen(struct pty_session *screen, const struct home *home)
{
	screen_open(screen, home, "ana", WIDE);
}

static void listen_for(struct pty_session *screen, int ms)
{
	int64_t end = clock_monotonic_ms() + ms;
	while (clock_monotonic_ms() < end)
		pty_listen(screen, (int)(end - clock_monotonic_ms()) + 1);
}

/* A form is written in by whatever comes after it has opened. */
static void send_keys(struct pty_session *screen, const char *keys)
{
	pty_send(screen, keys);
	listen_for(screen, 5);
}

/* One record of every kind. */
static void begin_with_all(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	AS(home, "ana", 0, "add", "organization", "acronym=ana", "sector=civil_society");
	AS(home, "ana", 0, "add", "person", "organization=FCD", "post=Directora");
	AS(home, "ana", 0, "add", "plan", "code=paga2", "starts=2023-01-01", "ends=2024-12-31");
	AS(home, "ana", 0, "add", "commitment", "code=C1", "plan=paga2", "title=Uno");
	AS(home, "ana", 0, "add", "milestone", "commitment=C1", "number=1", "title=Hito");
	AS(home, "ana", 0, "add", "progress", "commitment=C1", "as_of=2023-11-17", "percent=20");
	AS(home, "ana", 0, "add", "blocker", "commitment=C1", "reason=Falta una firma");
	/* Of one that is not closed, the attendance is taken as a whole. */
	AS(home, "ana", 0, "add", "meeting", "number=AM-2023-05", "date=2023-11-17",
	   "status=closed");
	AS(home, "ana", 0, "add", "agenda", "meeting=AM-2023-05", "title=Avance");
	AS(home, "ana", 0, "add", "attendee", "meeting=AM-2023-05", "organization=FCD");
	AS(home, "ana", 0, "add", "resolution", "meeting=AM-2023-05", "item=1", "text=Se dijo");
	AS(home, "ana", 0, "add", "agenda", "meeting=AM-2023-05", "title=Plan");
	AS(home, "ana", 0, "add", "resolution", "meeting=AM-2023-05", "item=2", "text=Se acepta",
	   "kind=decision", "decision_kind=reservations", "objections=FCD: no en mayo");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	wait_for_silence(home);
}

/* Keys that lead to a form and, in it, to a field one writes in freely. */
static const struct scene {
	const char *title; /* of the form */
	const char *keys[6];
} scenes[] = {
	{"Editar S-20", {"4", "e"}},
	{"Acción nueva", {"4", "n"}},
	{"Acción nueva", {"2", "a"}},
	{"Editar C1", {"1", "e"}},
	{"Compromiso nuevo", {"1", "n"}},
	{"Editar C1", {"1", "\r", "e", "hito\r", "\t"}},
	{"Hito nuevo", {"1", "\r", "n", "hito\r", "\t"}},
	{"Editar C1", {"1", "\r", "e", "medici\r", "\t\t"}},
	{"Medición nueva", {"1", "\r", "n", "medici\r"}},
	{"Editar C1", {"1", "\r", "e", "bloqueo\r", "\t"}},
	{"Bloqueo nuevo", {"1", "\r", "n", "bloqueo\r"}},
	{"Editar AM-2023-05", {"2", "e"}},
	{"Reunión nueva", {"2", "n"}},
	{"Editar AM-2023-05/1", {"2", "\r", KEY_DOWN, "e", "\t\t"}},
	{"Punto nuevo", {"2", "\r", KEY_DOWN, "n", "punto\r"}},
	{"Editar AM-2023-05/1#1", {"2", "\r", KEY_DOWN, "\t", "e", "\t\t\t"}},
	{"Párrafo nuevo", {"2", "\r", KEY_DOWN, "\t", "n"}},
	{"Editar AM-2023-05, FCD", {"3", "e", "\t\t\t\t"}},
	{"Asistente nuevo", {"3", "n", "\t\t\t\t\t"}},
	{"Editar FCD", {"3", "\r", "e", "\r", "\t"}},
	{"Editar FCD, Directora", {"3", "\r", "e", "persona\r", "\t"}},
	{"Persona nueva", {"3", "\r", "n", "persona\r"}},
	{"Decisión R-2023-05-01", {"2", "\r", KEY_DOWN KEY_DOWN, "\t", KEY_F6, "\t"}},
	{"Indicador nuevo", {"3", "\r", "n", "indicador\r", "\t\t\t"}},
};

static void go_to_form(struct pty_session *screen, const struct scene *scene)
{
	for (size_t i = 0; i < ARRAY_COUNT(scene->keys) && scene->keys[i]; i++)
		send_keys(screen, scene->keys[i]);
	pty_expect(screen, scene->title);
}

/* Recovers the only draft by the palette, and throws it away in the end. */
static void expect_offered(struct pty_session *screen, const struct scene *scene)
{
	pty_expect(screen, "1 texto sin guardar: F9, borradores");
	send_keys(screen, ":borradores\r");
	pty_expect(screen, TYPED);
	send_keys(screen, "\r");
	pty_expect(screen, "Recuperarlo");
	send_keys(screen, "\r");
	pty_expect(screen, scene->title);
	pty_expect(screen, TYPED);
	send_keys(screen, "\033");
	pty_expect(screen, "Seguir escribiendo");
	send_keys(screen, KEY_DOWN KEY_DOWN "\r");
	pty_expect(screen, "? ayuda");
}

static void a_kill_in_every_form_loses_nothing(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin_with_all(home);
	open_screen(&screen, home);
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++) {
		go_to_form(&screen, &scenes[i]);
		pty_send(&screen, PASTE(TYPED));
		pty_expect(&screen, TYPED);
		screen_kill(&screen);
		open_screen(&screen, home);
		expect_offered(&screen, &scenes[i]);
	}
	screen_close(&screen);
	wait_for_silence(home);
}

/* Letter by letter, and killed a second after the last one. */
static void a_draft_is_a_second_old_at_most(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	const struct scene *scene = &scenes[1];
	AS(home, "ana", 0, "init");
	open_screen(&screen, home);
	go_to_form(&screen, scene);
	for (const char *at = TYPED; *at; at++) {
		char letter[] = {*at, '\0'};
		send_keys(&screen, letter);
	}
	listen_for(&screen, LOST_MS);
	screen_kill(&screen);
	open_screen(&screen, home);
	expect_offered(&screen, scene);
	screen_close(&screen);
	wait_for_silence(home);
}

/* Another program of hers, while the first one is still in its form. */
static void what_is_being_typed_is_not_offered_elsewhere(void **state)
{
	struct home *home = *state;
	struct pty_session first, second;
	AS(home, "ana", 0, "init");
	open_screen(&first, home);
	go_to_form(&first, &scenes[1]);
	pty_send(&first, PASTE(TYPED));
	pty_expect(&first, TYPED);
	open_screen(&second, home);
	pty_expect(&second, "base vacía");
	send_keys(&second, ":borradores\r");
	pty_expect(&second, "No hay textos sin guardar");
	screen_kill(&first);
	send_keys(&second, ":borradores\r");
	pty_expect(&second, TYPED);
	send_keys(&second, "\033");
	pty_expect(&second, "base vacía");
	screen_close(&second);
	wait_for_silence(home);
}

/* What is saved is no draft any more, on the drive and for another member. */
static void what_is_saved_is_no_draft(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	AS(home, "ana", 0, "init");
	open_screen(&screen, home);
	go_to_form(&screen, &scenes[1]);
	pty_send(&screen, PASTE(TYPED));
	pty_expect(&screen, TYPED);
	send_keys(&screen, KEY_F2);
	pty_expect(&screen, "Guardado: ");
	screen_kill(&screen);
	open_screen(&screen, home);
	send_keys(&screen, ":borradores\r");
	pty_expect(&screen, "No hay textos sin guardar");
	screen_close(&screen);
	wait_for_silence(home);
	AS(home, "luis", 0, "list", "followups");
	assert_out(home, TYPED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_kill_in_every_form_loses_nothing),
		WITH_MEMBERS(a_draft_is_a_second_old_at_most),
		WITH_MEMBERS(what_is_being_typed_is_not_offered_elsewhere),
		WITH_MEMBERS(what_is_saved_is_no_draft),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
