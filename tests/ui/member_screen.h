/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_MEMBER_SCREEN_H
#define NUCLEO_TESTS_MEMBER_SCREEN_H

#include "store/members_test.h"
#include "ui/pty_session.h"

/** The real program at a terminal of its own, as a member works with it. */

struct screen_size {
	int rows, columns;
};
#define WIDE   ((struct screen_size){24, 80})
#define NARROW ((struct screen_size){10, 40})

#define KEY_DOWN "\033[B"
#define KEY_RIGHT "\033[C"
#define KEY_END "\033[F"
#define KEY_PAGE_UP "\033[5~"
#define KEY_BACK_TAB "\033[Z"
#define KEY_DELETE "\033[3~"
#define KEY_F2 "\033OQ"
#define KEY_F4 "\033OS"
#define KEY_F5 "\033[15~"
#define KEY_F6 "\033[17~"
#define KEY_F7 "\033[18~"
#define KEY_F10 "\033[21~"
#define KEY_F12 "\033[24~"

/** Begins one, which may have something to ask first. */
void screen_start(struct pty_session *screen, const struct home *home, const char *member,
		  struct screen_size size);
/** Opens one and waits for its last line; end it with one of the two below. */
void screen_open(struct pty_session *screen, const struct home *home, const char *member,
		 struct screen_size size);
/** Quits, as by its key, and expects a good end. */
void screen_close(struct pty_session *screen);
/** kill -9: nothing more is done by the program. */
void screen_kill(struct pty_session *screen);
/** Until the drive says that somebody is there, as it does once the log has been found. */
void screen_wait_for_presence(struct pty_session *screen, const struct home *home);

#endif
