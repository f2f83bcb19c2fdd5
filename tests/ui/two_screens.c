/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/two_screens.h"

#include <signal.h>

void pair_expect(struct pair *pair, const char *text)
{
	pty_expect(&pair->ana, text);
	pty_expect(&pair->luis, text);
}

void pair_expect_nothing_asked(struct pair *pair)
{
	assert_false(pty_shows(&pair->ana, "F5"));
	assert_false(pty_shows(&pair->luis, "F5"));
}

void pair_close(struct pair *pair, int operations)
{
	screen_close(&pair->ana);
	screen_close(&pair->luis);
	wait_for_silence(pair->home);
	ALIKE(pair->home, operations, "ana", "luis");
}

void pair_luis_goes_deaf(struct pair *pair)
{
	assert_int_equal(kill(worker_of(pair->luis.child), SIGSTOP), 0);
}

void pair_luis_hears_again(struct pair *pair)
{
	wait_for_queue(pair->home, "ana", 0);
	assert_int_equal(kill(worker_of(pair->luis.child), SIGCONT), 0);
}

/* ---- deciding */

void screen_go_to_decision(struct pty_session *screen)
{
	pty_expect(screen, "F5");
	pty_send(screen, KEY_F5);
	pty_expect(screen, "1 cambio suyo espera su decisión");
	pty_send(screen, "\r");
	pty_expect(screen, "Usted puso");
}

void screen_choose(struct pty_session *screen, int choice, const char *words)
{
	pty_send(screen, "\r");
	pty_expect(screen, words);
	for (int i = 0; i < choice; i++)
		pty_send(screen, KEY_DOWN);
	pty_expect_cursor_on(screen, words);
	pty_send(screen, "\r");
}

void screen_apply_choice(struct pty_session *screen)
{
	pty_expect(screen, "¿Aplicar?");
	pty_send(screen, "\r");
	pty_expect(screen, "Decidido: ");
}
