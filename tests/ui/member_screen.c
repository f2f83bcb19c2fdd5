/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/member_screen.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"

static void run(void *context)
{
	char *program = context, *words[] = {program, NULL};
	execv(program, words);
	_exit(127);
}

void screen_start(struct pty_session *screen, const struct home *home, const char *member,
		  struct screen_size size)
{
	char *program = program_path();
	become(home, member);
	setenv("TERM", "xterm-256color", 1);
	pty_start(screen, size.rows, size.columns, run, program);
	free(program);
}

void screen_open(struct pty_session *screen, const struct home *home, const char *member,
		 struct screen_size size)
{
	screen_start(screen, home, member, size);
	pty_expect(screen, "? ayuda");
}

void screen_close(struct pty_session *screen)
{
	pty_send(screen, KEY_F10);
	assert_int_equal(pty_finish(screen), 0);
	pty_stop(screen);
}

void screen_kill(struct pty_session *screen)
{
	kill(screen->child, SIGKILL);
	(void)pty_finish(screen);
	pty_stop(screen);
}

void screen_wait_for_presence(struct pty_session *screen, const struct home *home)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	char *log = on_drive(home, "acta.db-log");
	bool is_there = false;
	while (!is_there) {
		char *names = names_below(log);
		assert_true(clock_monotonic_ms() < deadline);
		pty_listen(screen, 20);
		is_there = strstr(names, "who-") != NULL;
		free(names);
	}
	free(log);
}
