/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TERM_SIGNALS_H
#define NUCLEO_UI_TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <termios.h>

/**
 * The signals of a terminal and what must be undone when the program dies.
 * Here are the only two mutable globals of the program: the flags that signal
 * handlers set, and the hook that gives the terminal back to the shell.
 */

/** What came since it was last asked; each is cleared by term_signals_take(). */
struct term_signals {
	bool end;     /**< SIGTERM, SIGHUP: leave in good order */
	bool stop;    /**< SIGTSTP: somebody asked for a pause */
	bool resumed; /**< SIGCONT: the terminal may have been used by others */
};

/**
 * Begins catching; the signals, and SIGWINCH, are held back but while
 * term_signals_wait() waits. Should the program crash, the terminal gets
 * `modes` back.
 */
void term_signals_start(const struct termios *modes);
/** What is written to the terminal should the program crash; one too long is not. */
void term_signals_farewell(const char *farewell);
/** Gives the signals back, but for those that ask for the end: it has come, they are ignored. */
void term_signals_stop(void);
struct term_signals term_signals_take(void);
enum term_wake {
	TERM_WAKE_TIMEOUT,
	TERM_WAKE_INPUT, /**< standard input has something, or a signal came */
	TERM_WAKE_OTHER, /**< the other descriptor alone has */
};

/**
 * Waits at most `timeout` milliseconds for standard input, a signal, or `other` (0: none).
 * `hung_up`: nothing will ever come any more.
 */
enum term_wake term_signals_wait(int timeout, int other, bool *hung_up);
/** Stops the whole job, as Ctrl-Z in the shell does; returns when it is resumed. */
void term_signals_pause(void);

#endif
