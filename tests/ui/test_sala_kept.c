/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program, killed while somebody writes in the room of a meeting. */
#include "store/members_test.h"

#include <stdlib.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "ui/member_screen.h"

#define KEY_F7 "\033[18~"
#define TYPED "= zorzal a medio escribir"
/* Of what is typed, so much may be lost. */
enum { LOST_MS = 1000 };

static void listen_for(struct pty_session *screen, int ms)
{
	int64_t end = clock_monotonic_ms() + ms;
	while (clock_monotonic_ms() < end)
		pty_listen(screen, (int)(end - clock_monotonic_ms()) + 1);
}

static void begin_with_a_meeting(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "organization", "acronym=ana", "sector=civil_society");
	AS(home, "ana", 0, "add", "meeting", "number=AM-2023-05", "date=2023-11-17");
	AS(home, "ana", 0, "add", "agenda", "meeting=AM-2023-05", "title=Avance");
	wait_for_silence(home);
}

static void go_to_room(struct pty_session *screen, const struct home *home)
{
	screen_open(screen, home, "ana", WIDE);
	pty_send(screen, "5");
	pty_expect(screen, "F7 abre");
	pty_send(screen, KEY_F7);
	pty_expect(screen, "Enter anotar");
}

static void run(void *context)
{
	char *program = context, *words[] = {program, NULL};
	execv(program, words);
	_exit(127);
}

/* Which asks at once, before anything else. */
static void open_again(struct pty_session *screen, const struct home *home)
{
	char *program = program_path();
	become(home, "ana");
	pty_start(screen, WIDE.rows, WIDE.columns, run, program);
	free(program);
}

static void what_was_written_is_there_and_the_rest_is_offered(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin_with_a_meeting(home);
	go_to_room(&screen, home);
	pty_send(&screen, "= ya anotado\r");
	pty_expect(&screen, "R-2023-05-01");
	pty_send(&screen, TYPED);
	pty_expect(&screen, TYPED);
	listen_for(&screen, LOST_MS);
	screen_kill(&screen);
	AS(home, "ana", 0, "list", "resolutions");
	assert_out(home, "ya anotado");
	open_again(&screen, home);
	pty_expect(&screen, "Seguir escribiendo en la Sala");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Enter anotar");
	pty_expect(&screen, TYPED);
	pty_send(&screen, "\r");
	pty_expect(&screen, "R-2023-05-02");
	screen_kill(&screen);
	AS(home, "ana", 0, "list", "resolutions");
	assert_out(home, "zorzal a medio escribir");
	screen_open(&screen, home, "ana", WIDE); /* nothing is offered any more */
	screen_close(&screen);
	wait_for_silence(home);
}

/* Several lines at once go to the editor, and are kept as well. */
static void a_paragraph_is_offered_again(void **state)
{
	struct home *home = *state;
	struct pty_session screen;
	begin_with_a_meeting(home);
	go_to_room(&screen, home);
	pty_send(&screen, "\033[200~" TYPED "\rsegundo\033[201~");
	pty_expect(&screen, "Escribir p");
	listen_for(&screen, LOST_MS);
	screen_kill(&screen);
	open_again(&screen, home);
	pty_expect(&screen, "Seguir escribiendo en la Sala");
	pty_send(&screen, "\r");
	pty_expect(&screen, "Escribir p");
	pty_expect(&screen, "segundo");
	screen_kill(&screen);
	wait_for_silence(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_was_written_is_there_and_the_rest_is_offered),
		WITH_MEMBERS(a_paragraph_is_offered_again),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
