/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_PTY_SESSION_H
#define NUCLEO_TESTS_PTY_SESSION_H

#include <stdbool.h>
#include <sys/types.h>
#include <vterm.h>

#include "nucleo/base/strbuf.h"

/** Long enough for a loaded machine, and for mounts that keep what they read for a while; only a
 *  failure waits for it. */
#define PTY_PATIENCE_MS 60000

/** A program at one end of a pseudo-terminal, libvterm at the other. */
struct pty_session {
	pid_t child;
	int terminal;
	VTerm *vterm;
	VTermScreen *screen;
	struct strbuf bytes; /**< everything the program sent */
	bool alternate;      /**< it is on the alternate screen */
	VTermPos cursor;
};

/** Runs `run(context)`, which never returns, in a child whose terminal is of that size. */
void pty_start(struct pty_session *session, int rows, int columns, void (*run)(void *),
	       void *context);
/**
 * Does what a shell does around a job that calls `program`: only then can
 * Ctrl-Z stop it; "[en pausa]" then shows, and a byte is `fg`. For the `run` above.
 */
void pty_run_job(void (*program)(void *), void *context);
/** Takes what the program sends within `timeout` ms; false when there is nothing more. */
bool pty_listen(struct pty_session *session, int timeout);
/** Replaces `out` by the text of a row, without blanks at its ends. */
void pty_row(struct pty_session *session, int row, struct strbuf *out);
/** Waits until the row reads exactly so, or fails. */
void pty_expect_row(struct pty_session *session, int row, const char *expected);
/** Waits until some row contains `text`, or fails showing the screen. */
void pty_expect(struct pty_session *session, const char *text);
bool pty_shows(struct pty_session *session, const char *text);
/** Waits until no row contains `text`, or fails. */
void pty_expect_gone(struct pty_session *session, const char *text);
/** Waits until the row of the cursor contains `text`, or fails. */
void pty_expect_cursor_on(struct pty_session *session, const char *text);
void pty_send(struct pty_session *session, const char *bytes);
void pty_resize(struct pty_session *session, int rows, int columns);
/** Waits for the end of the program and gives its wait status. */
int pty_finish(struct pty_session *session);
void pty_stop(struct pty_session *session);

#endif
