/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "ui/pty_session.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty_session *session = user;
	if (property == VTERM_PROP_ALTSCREEN)
		session->alternate = value->boolean;
	return 1;
}

static int on_cursor(VTermPos position, VTermPos old, int visible, void *user)
{
	struct pty_session *session = user;
	(void)old;
	(void)visible;
	session->cursor = position;
	return 1;
}

void pty_start(struct pty_session *session, int rows, int columns, void (*run)(void *),
	       void *context)
{
	static const VTermScreenCallbacks callbacks = {.settermprop = on_property,
						       .movecursor = on_cursor};
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	*session = (struct pty_session){.vterm = vterm_new(rows, columns)};
	strbuf_init(&session->bytes);
	vterm_set_utf8(session->vterm, 1);
	session->screen = vterm_obtain_screen(session->vterm);
	vterm_screen_set_callbacks(session->screen, &callbacks, session);
	vterm_screen_enable_altscreen(session->screen, 1);
	vterm_screen_reset(session->screen, 1);
	session->child = forkpty(&session->terminal, NULL, NULL, &size);
	assert_true(session->child >= 0);
	if (!session->child)
		run(context);
}

/* Gives the terminal to a process group, as a shell does. */
static void give_terminal(pid_t group)
{
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(STDIN_FILENO, group);
	signal(SIGTTOU, SIG_DFL);
}

void pty_run_job(void (*program)(void *), void *context)
{
	char byte;
	int status = 0;
	pid_t job = fork();
	if (!job) {
		setpgid(0, 0);
		give_terminal(getpid());
		program(context);
	}
	setpgid(job, job);
	give_terminal(job);
	while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
		give_terminal(getpgrp());
		if (write(STDOUT_FILENO, "[en pausa]", 10) != 10 || read(STDIN_FILENO, &byte, 1) != 1)
			_exit(126);
		give_terminal(job);
		kill(-job, SIGCONT);
	}
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

bool pty_listen(struct pty_session *session, int timeout)
{
	char block[4096];
	struct pollfd input = {.fd = session->terminal, .events = POLLIN};
	if (poll(&input, 1, timeout) <= 0)
		return false;
	ssize_t got = read(session->terminal, block, sizeof(block));
	if (got <= 0)
		return false;
	strbuf_add(&session->bytes, block, (size_t)got);
	vterm_input_write(session->vterm, block, (size_t)got);
	return true;
}

void pty_row(struct pty_session *session, int row, struct strbuf *out)
{
	char text[8192];
	int rows, columns;
	vterm_get_size(session->vterm, &rows, &columns);
	VTermRect rect = {row, row + 1, 0, columns};
	size_t length = vterm_screen_get_text(session->screen, text, sizeof(text), rect);
	strbuf_reset(out);
	strbuf_add(out, text, length);
	strbuf_trim(out);
}

void pty_expect_row(struct pty_session *session, int row, const char *expected)
{
	struct strbuf got;
	strbuf_init(&got);
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	do {
		pty_row(session, row, &got);
		if (strcmp(got.data, expected) == 0)
			break;
		pty_listen(session, 20);
	} while (clock_monotonic_ms() < deadline);
	assert_string_equal(got.data, expected);
	strbuf_release(&got);
}

/* All rows, a line each. */
static void add_screen(struct pty_session *session, struct strbuf *out)
{
	int rows, columns;
	struct strbuf row;
	strbuf_init(&row);
	vterm_get_size(session->vterm, &rows, &columns);
	for (int i = 0; i < rows; i++) {
		pty_row(session, i, &row);
		strbuf_addf(out, "%s\n", row.data);
	}
	strbuf_release(&row);
}

bool pty_shows(struct pty_session *session, const char *text)
{
	struct strbuf shown;
	strbuf_init(&shown);
	add_screen(session, &shown);
	bool is_there = strstr(shown.data, text) != NULL;
	strbuf_release(&shown);
	return is_there;
}

void pty_expect_gone(struct pty_session *session, const char *text)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	while (pty_shows(session, text)) {
		if (clock_monotonic_ms() > deadline)
			fail_msg("«%s» is still there", text);
		pty_listen(session, 20);
	}
}

static void expect_text(struct pty_session *session, const char *text, bool at_cursor)
{
	struct strbuf shown;
	strbuf_init(&shown);
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	do {
		strbuf_reset(&shown);
		if (at_cursor)
			pty_row(session, session->cursor.row, &shown);
		else
			add_screen(session, &shown);
		if (strstr(shown.data, text)) {
			strbuf_release(&shown);
			return;
		}
		pty_listen(session, 20);
	} while (clock_monotonic_ms() < deadline);
	fail_msg("waited for «%s» on:\n%s", text, shown.data);
}

void pty_expect(struct pty_session *session, const char *text)
{
	expect_text(session, text, false);
}

void pty_expect_cursor_on(struct pty_session *session, const char *text)
{
	expect_text(session, text, true);
}

void pty_send(struct pty_session *session, const char *bytes)
{
	assert_int_equal(write(session->terminal, bytes, strlen(bytes)), strlen(bytes));
}

void pty_resize(struct pty_session *session, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	vterm_set_size(session->vterm, rows, columns);
	assert_int_equal(ioctl(session->terminal, TIOCSWINSZ, &size), 0);
}

int pty_finish(struct pty_session *session)
{
	int status = 0;
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	pid_t ended = 0;
	while (!ended && clock_monotonic_ms() < deadline) {
		pty_listen(session, 20);
		ended = waitpid(session->child, &status, WNOHANG);
	}
	if (!ended)
		kill(session->child, SIGKILL);
	assert_int_equal(ended, session->child);
	while (pty_listen(session, 20))
		;
	return status;
}

void pty_stop(struct pty_session *session)
{
	close(session->terminal);
	vterm_free(session->vterm);
	strbuf_release(&session->bytes);
}
