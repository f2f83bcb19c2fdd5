/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/term.h"
#include "ui/pty_session.h"

/*
 * The real terminal at one end of a pseudo-terminal, libvterm at the other.
 * The program in it writes on the screen what it read.
 */

#define ROWS 12
#define COLUMNS 40

/* ---- the program ---- */

static void describe(const struct term_event *event, struct strbuf *out)
{
	static const char *const acts[] = {"press", "wheel-up", "wheel-down"};
	switch (event->kind) {
	case TERM_KEY:
		key_add_name(out, event->key);
		break;
	case TERM_PASTE:
		if (event->is_cut) {
			strbuf_addf(out, "cut(%zu)", strlen(event->text));
			break;
		}
		strbuf_addf(out, "paste(%s)", event->text);
		for (char *at = out->data; *at; at++)
			*at = *at == '\n' ? '|' : *at;
		break;
	case TERM_MOUSE:
		strbuf_addf(out, "%s(%d,%d)", acts[event->mouse.act], event->mouse.row,
			    event->mouse.column);
		break;
	case TERM_RESIZE:
		strbuf_adds(out, "resize");
		break;
	case TERM_END:
	case TERM_TIMEOUT:
		break;
	}
}

static void draw_log(struct term *term, struct canvas *canvas, const char *log)
{
	int rows, columns;
	char size[32];
	term->class->size(term, &rows, &columns);
	canvas_reset(canvas, rows, columns);
	snprintf(size, sizeof(size), "%dx%d", columns, rows);
	struct region region = canvas_region(canvas);
	region_text(region, 0, 0, ROLE_BAD, size);
	region_text(region, 1, 0, ROLE_TEXT, log);
	region_text(region, 2, 0, ROLE_GOOD, "▶ ñandú 日本 e\xCC\x81");
	region_select(region_row(region, 2));
	region_cursor(region, 2, 5);
	term->class->draw(term, canvas);
}

/* Reads until `q`; `m` turns the mouse on or off; `x` crashes. */
static void run_program(void)
{
	struct error err;
	struct canvas canvas;
	struct strbuf log;
	struct term_event event = {.kind = TERM_RESIZE};
	bool mouse = false;
	setlocale(LC_ALL, "");
	struct term *term = term_curses_open(&err);
	if (!term)
		_exit(77);
	canvas_init(&canvas);
	strbuf_init(&log);
	while (event.kind != TERM_END && !(event.kind == TERM_KEY && event.key == 'q')) {
		draw_log(term, &canvas, log.data);
		do
			term->class->read(term, 1000, &event);
		while (event.kind == TERM_TIMEOUT);
		if (event.kind == TERM_KEY && event.key == 'x')
			abort();
		if (event.kind == TERM_KEY && event.key == 'm')
			term->class->set_mouse(term, mouse = !mouse);
		if (event.kind == TERM_KEY && event.key == '.')
			strbuf_reset(&log);
		else
			describe(&event, &log);
		strbuf_addch(&log, ' ');
	}
	term_close(term);
	canvas_release(&canvas);
	strbuf_release(&log);
	_exit(event.kind == TERM_END ? 3 : 0);
}

static void run(void *type)
{
	setenv("TERM", type, 1);
	run_program();
}

static void start(struct pty_session *session, const char *type)
{
	pty_start(session, ROWS, COLUMNS, run, (char *)(uintptr_t)type);
}

/* ---- the tests ---- */

static void keys_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *expected;
	} cases[] = {
		{"a", "a"},
		{"\xC3\xB1", "ñ"},
		{"\033OB", "Down"},
		{"\033[B", "Down"}, /* a terminal in the other mode */
		{"\033[5~", "PgUp"},
		{"\033[6~", "PgDn"},
		{"\033[Z", "Shift-Tab"},
		{"\033OP", "F1"},
		{"\033[21~", "F10"},
		{"\t", "Tab"},
		{"\r", "Enter"},
		{"\x7f", "Backspace"},
		{"\x08", "Backspace"},
		{"\x0c", "Ctrl-L"},
		{"\x03", "Ctrl-C"},
		{"\x1a", "Ctrl-Z"},
		{"\x11", "Ctrl-Q"},
		{"\033x", "Alt-x"},
		{"\033[1;3D", "Alt-Left"},
		{"\033[1;3C", "Alt-Right"},
		{"\033\033[D", "Alt-Left"},
		{"\033\033OC", "Alt-Right"},
		{"\033\033", "Esc Esc"},
		{"\033[<0;5;3M", "press(2,4)"},
		{"\033[<64;1;1M", "wheel-up(0,0)"},
		{"\033[<65;223;300M", "wheel-down(299,222)"},
		{"\033[<0;5;3m", ""},  /* the button goes up */
		{"\033[<2;5;3M", ""},  /* another button */
		{"\033[<16;5;3M", ""}, /* with Control */
		{"\033[<0;5M", ""},
		{"\033[<0;5;3x", ""},
		{"\033[<0;0;99999999999999999999999999999999999999999999999999;3M", ""},
		{"\033[97;5u", ""},	      /* a key in the kitty protocol */
		{"\033[I", ""},		      /* focus */
		{"\033]11;rgb:0/0/0\007", ""}, /* an answer about colours */
		{"\033P1$r0m\033\\", ""},
		{"\033[1;5D", "Ctrl-Left"},
		{"\033[1;5A", "Ctrl-Up"},
		{"\033[1;5F", "Ctrl-End"},
		{"\033Oc", "Ctrl-Right"},
		{"\x1f", "Ctrl-_"},
		{"\x1d", "Ctrl-]"},
		{"\033[200~uno\rdos\033[201~", "paste(uno|dos)"},
		{"\033[200~a\r\nb\nc\033[201~", "paste(a|b|c)"},
		{"\033[200~q\x03\x1a\t\x7f\x9b\xff\033[A\033[201~", "paste(q \uFFFD\uFFFD)"},
		{"\033[200~\033[201~", "paste()"},
	};
	struct pty_session session;
	start(&session, "xterm-256color");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf expected;
		strbuf_init(&expected);
		strbuf_addf(&expected, "%s%s!", cases[i].expected, *cases[i].expected ? " " : "");
		pty_send(&session, ".");
		pty_expect_row(&session, 1, "");
		pty_send(&session, cases[i].bytes);
		usleep(60000); /* longer than the wait for the rest of a sequence */
		pty_send(&session, "!");
		pty_expect_row(&session, 1, expected.data);
		strbuf_release(&expected);
	}
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	pty_stop(&session);
}

/* As over a slow line. */
static void a_character_may_come_in_pieces(void **state)
{
	struct pty_session session;
	(void)state;
	start(&session, "xterm-256color");
	for (const char *at = "aó日\U0001F600z"; *at; at++) {
		char byte[] = {*at, '\0'};
		pty_send(&session, byte);
		usleep(60000);
	}
	pty_expect_row(&session, 1, "a ó 日 \U0001F600 z");
	/* One that never becomes whole takes nothing along. */
	pty_send(&session, ".");
	pty_expect_row(&session, 1, "");
	pty_send(&session, "\xC3" "b\x80\xE6\x97" "ñ\xFF\xFF\xFF\xFF\xFF" "c!");
	pty_expect_row(&session, 1, "b ñ c !");
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	pty_stop(&session);
}

static void what_is_drawn_is_what_shows(void **state)
{
	(void)state;
	struct pty_session session;
	start(&session, "xterm-256color");
	pty_expect_row(&session, 0, "40x12");
	pty_expect_row(&session, 2, "▶ ñandú 日本 e\xCC\x81");
	assert_true(session.alternate);
	assert_int_equal(session.cursor.row, 2);
	assert_int_equal(session.cursor.col, 5);
	VTermScreenCell cell;
	vterm_screen_get_cell(session.screen, (VTermPos){2, 30}, &cell);
	assert_true(cell.attrs.reverse);
	assert_non_null(strstr(session.bytes.data, "31m"));
	/* Nothing new: nothing is sent, and the cursor is where it was. */
	while (pty_listen(&session, 200))
		;
	size_t length = session.bytes.length;
	assert_false(pty_listen(&session, 1300));
	assert_int_equal(session.bytes.length, length);
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	assert_false(session.alternate);
	assert_non_null(strstr(session.bytes.data, "\033[?2004l"));
	pty_stop(&session);
}

/* However long a paste is, none of it becomes keys, and what is kept has an end. */
static void a_long_paste_is_cut(void **state)
{
	struct pty_session session;
	struct strbuf paste;
	(void)state;
	strbuf_init(&paste);
	strbuf_adds(&paste, "\033[200~");
	for (int i = 0; i < TERM_PASTE_MAX / 8 + 1000; i++)
		strbuf_adds(&paste, "0123456q");
	strbuf_adds(&paste, "\033[201~");
	start(&session, "xterm-256color");
	pty_expect_row(&session, 0, "40x12");
	for (size_t at = 0, length; at < paste.length; at += length) {
		char block[513] = "";
		length = paste.length - at < 512 ? paste.length - at : 512;
		memcpy(block, paste.data + at, length);
		pty_send(&session, block);
		pty_listen(&session, 0);
	}
	pty_expect(&session, "cut(65536)");
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	strbuf_release(&paste);
	pty_stop(&session);
}

static void sizes_are_followed(void **state)
{
	(void)state;
	static const int sizes[][2] = {{5, 20}, {30, 100}, {1, 1}, {12, 40}};
	struct pty_session session;
	start(&session, "xterm-256color");
	pty_expect_row(&session, 0, "40x12");
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		char expected[32];
		snprintf(expected, sizeof(expected), "%dx%d", sizes[i][1], sizes[i][0]);
		pty_resize(&session, sizes[i][0], sizes[i][1]);
		pty_expect_row(&session, 0, sizes[i][1] < 5 ? (char[]){expected[0], 0} : expected);
	}
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	pty_stop(&session);
}

static void no_color_means_none(void **state)
{
	(void)state;
	struct pty_session session;
	setenv("NO_COLOR", "1", 1);
	start(&session, "xterm-256color");
	unsetenv("NO_COLOR");
	pty_expect_row(&session, 0, "40x12");
	pty_send(&session, "q");
	assert_int_equal(pty_finish(&session), 0);
	assert_null(strstr(session.bytes.data, "31m"));
	assert_null(strstr(session.bytes.data, "\033[32m"));
	pty_stop(&session);
}

/* However it ends, the shell finds its terminal as it was. */
static void the_terminal_is_given_back(void **state)
{
	(void)state;
	static const struct {
		int signal_number;
		const char *key;
		bool dies;
	} cases[] = {{SIGTERM, "", false}, {SIGHUP, "", false}, {0, "q", false}, {0, "x", true}};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct pty_session session;
		struct termios before, after;
		start(&session, "xterm-256color");
		pty_expect_row(&session, 0, "40x12");
		tcgetattr(session.terminal, &before);
		assert_false(before.c_lflag & ICANON);
		if (cases[i].signal_number)
			kill(session.child, cases[i].signal_number);
		pty_send(&session, cases[i].key);
		int status = pty_finish(&session);
		assert_int_equal(WIFSIGNALED(status), cases[i].dies);
		if (!cases[i].dies)
			assert_int_equal(WEXITSTATUS(status), cases[i].signal_number ? 3 : 0);
		assert_int_equal(tcgetattr(session.terminal, &after), 0);
		assert_int_equal(after.c_lflag & (ICANON | ECHO | ISIG), ICANON | ECHO | ISIG);
		assert_true(after.c_iflag & ICRNL);
		assert_false(session.alternate);
		pty_stop(&session);
	}
}

static size_t count(const char *text, const char *part)
{
	size_t found = 0;
	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		found++;
	return found;
}

/* Only when it is asked for, and taken back however the program ends. */
static void the_mouse_is_given_back(void **state)
{
	(void)state;
	static const struct {
		const char *keys;
		int signal_number;
		size_t on, off;
	} cases[] = {
		{"", 0, 0, 0},	     {"", SIGTERM, 0, 0},  {"m", 0, 1, 1},
		{"m", SIGTERM, 1, 1}, {"m", SIGHUP, 1, 1},  {"m", SIGABRT, 1, 1},
		{"mm", 0, 1, 1},      {"mm", SIGABRT, 1, 1}, {"mmm", SIGTERM, 2, 2},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct pty_session session;
		start(&session, "xterm-256color");
		pty_expect_row(&session, 0, "40x12");
		pty_send(&session, cases[i].keys);
		pty_send(&session, "!");
		pty_expect(&session, "!");
		if (cases[i].signal_number)
			kill(session.child, cases[i].signal_number);
		else
			pty_send(&session, "q");
		(void)pty_finish(&session);
		assert_int_equal(count(session.bytes.data, MOUSE_ON), cases[i].on);
		assert_int_equal(count(session.bytes.data, MOUSE_OFF), cases[i].off);
		assert_int_equal(count(session.bytes.data, "?1000"), cases[i].on + cases[i].off);
		pty_stop(&session);
	}
}

static void an_unknown_terminal_is_refused(void **state)
{
	(void)state;
	struct pty_session session;
	start(&session, "no-such-terminal");
	int status = pty_finish(&session);
	assert_int_equal(WEXITSTATUS(status), 77);
	pty_stop(&session);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_told_apart),
		cmocka_unit_test(a_character_may_come_in_pieces),
		cmocka_unit_test(what_is_drawn_is_what_shows),
		cmocka_unit_test(a_long_paste_is_cut),
		cmocka_unit_test(sizes_are_followed),
		cmocka_unit_test(no_color_means_none),
		cmocka_unit_test(the_terminal_is_given_back),
		cmocka_unit_test(the_mouse_is_given_back),
		cmocka_unit_test(an_unknown_terminal_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
