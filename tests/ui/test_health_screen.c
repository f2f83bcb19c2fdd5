/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen that tells how the database is, and mends a damaged copy under itself. */
#include "store/doctor_test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/member_screen.h"

/* At any size, with colours and without. */
static void all_is_told_and_each_opens(void **state)
{
	struct home *home = *state;
	const struct screen_size sizes[] = {WIDE, NARROW};
	doctor_begin(home);
	for (int i = 0; i < 4; i++) {
		struct pty_session screen;
		if (i >= 2)
			setenv("NO_COLOR", "1", 1);
		screen_open(&screen, home, "ana", sizes[i % 2]);
		pty_send(&screen, KEY_F12);
		pty_expect(&screen, "Salud de la base");
		pty_expect(&screen, "22 bien");
		pty_expect_cursor_on(&screen, "Respuesta");
		pty_expect_cursor_on(&screen, "✓");
		pty_expect_cursor_on(&screen, "responde");
		if (sizes[i % 2].columns == 80) {
			pty_expect_cursor_on(&screen, "Disco");
			pty_expect_cursor_on(&screen, "bien");
		}
		pty_send(&screen, KEY_END);
		pty_expect_cursor_on(&screen, "Programas vi");
		pty_send(&screen, "\r");
		pty_expect(&screen, "No hay nada que hacer.");
		pty_expect(&screen, "✓ bien");
		pty_send(&screen, "\033");
		pty_expect_cursor_on(&screen, "Programas vi");
		/* Again, from the top. */
		pty_send(&screen, KEY_F12);
		pty_expect_cursor_on(&screen, "Respuesta");
		pty_expect(&screen, "22 bien");
		screen_close(&screen);
	}
	unsetenv("NO_COLOR");
}

static void it_is_in_the_palette(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	doctor_begin(home);
	screen_open(&screen, home, "ana", NARROW);
	pty_send(&screen, ":salud\r");
	pty_expect(&screen, "Salud de la base");
	screen_close(&screen);
}

static void a_drive_that_is_away_is_told(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	doctor_begin(home);
	drive_leaves(home);
	screen_open(&screen, home, "ana", WIDE);
	pty_send(&screen, KEY_F12);
	pty_expect(&screen, "? no se sabe Respuesta");
	pty_expect(&screen, "3 operaciones, en cadena");
	pty_expect(&screen, "Puede seguir trabajando");
	drive_returns(home);
	pty_send(&screen, KEY_F12);
	pty_expect(&screen, "22 bien");
	screen_close(&screen);
}

/* What is known of this machine comes at once, and no key waits. */
static void a_hung_drive_holds_no_key(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	doctor_begin(home);
	if (!drive_hangs(home))
		skip();
	screen_open(&screen, home, "ana", WIDE);
	pty_send(&screen, KEY_F12);
	pty_expect(&screen, "3 operaciones, en cadena");
	pty_expect(&screen, "mirando el disco");
	pty_send(&screen, KEY_DOWN);
	pty_expect_cursor_on(&screen, "Historial");
	pty_expect(&screen, "el disco no responde");
	screen_close(&screen);
	drive_answers(home);
	wait_for_silence(home);
}

/* Every program of the person that has it open goes on with the new one. */
static void a_damaged_copy_is_made_anew_under_the_screen(void **state)
{
	struct home *home = *state;
	const struct screen_size sizes[] = {WIDE, NARROW};
	doctor_begin(home);
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		struct pty_session screen, other;
		damage_table(home, "ana", "followup");
		screen_open(&screen, home, "ana", sizes[i]);
		screen_open(&other, home, "ana", WIDE);
		pty_send(&screen, "4");
		pty_expect(&screen, "la copia de esta máquina está dañada");
		pty_send(&screen, KEY_F12);
		pty_expect(&screen, "1 problema");
		pty_expect_cursor_on(&screen, "Copia local");
		pty_expect_cursor_on(&screen, "!");
		pty_send(&screen, "\r");
		pty_expect_cursor_on(&screen, "Hacer de nuevo");
		pty_send(&screen, "\r");
		pty_expect(&screen, "22 bien");
		pty_send(&screen, "4");
		pty_expect(&screen, "Primera");
		pty_send(&other, "4");
		pty_expect(&other, "Primera");
		AS(home, "luis", 0, "add", "followup", "description=De Luis");
		pty_expect(&screen, "De Luis");
		pty_expect(&other, "De Luis");
		screen_close(&other);
		screen_close(&screen);
		wait_for_silence(home);
	}
	ALIKE(home, 5, "ana", "luis", "nueva");
}

/* Esc leaves everything as it is, and so does a drive that is not there. */
static void nothing_happens_without_a_yes(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	doctor_begin(home);
	damage_table(home, "ana", "followup");
	drive_leaves(home);
	screen_open(&screen, home, "ana", WIDE);
	pty_send(&screen, KEY_F12);
	pty_expect(&screen, "1 problema");
	pty_send(&screen, "\r");
	pty_expect_cursor_on(&screen, "Hacer de nuevo");
	pty_send(&screen, "\033");
	pty_expect(&screen, "1 problema");
	char *own = in_home(home, "ana"), *names = names_below(own);
	assert_null(strstr(names, ".db.20"));
	pty_send(&screen, "\r");
	pty_expect_cursor_on(&screen, "Hacer de nuevo");
	pty_send(&screen, "\r");
	pty_expect(&screen, "sigue como estaba");
	free(names);
	names = names_below(own);
	assert_null(strstr(names, ".db.20"));
	screen_close(&screen);
	drive_returns(home);
	free(names);
	free(own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(all_is_told_and_each_opens),
		WITH_MEMBERS(it_is_in_the_palette),
		WITH_MEMBERS(a_drive_that_is_away_is_told),
		WITH_MEMBERS(a_hung_drive_holds_no_key),
		WITH_MEMBERS(a_damaged_copy_is_made_anew_under_the_screen),
		WITH_MEMBERS(nothing_happens_without_a_yes),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
