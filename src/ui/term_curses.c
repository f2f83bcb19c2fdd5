/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/term.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/clipboard.h"
#include "nucleo/ui/term_output.h"
#include "nucleo/ui/term_signals.h"

/* How long the rest of a key's sequence may take before Esc is Esc, in milliseconds. */
#define ESCAPE_DELAY 25
/* How long the rest of a report of the mouse may take. */
#define REPORT_DELAY 500
/* How long a paste may pause: what came later would be keys. */
#define PASTE_DELAY 3000
/* Longest control sequence that is read to its end. */
#define SEQUENCE_MAX 256

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* Codes given to sequences that curses does not know of itself; above its own. */
enum {
	CODE_PASTE_BEGIN = KEY_MAX + 1,
	CODE_PASTE_END,
	CODE_IGNORED,
	CODE_ALT_UP,
	CODE_ALT_DOWN,
	CODE_ALT_LEFT,
	CODE_ALT_RIGHT,
	CODE_CTRL_UP,
	CODE_CTRL_DOWN,
	CODE_CTRL_LEFT,
	CODE_CTRL_RIGHT,
	CODE_CTRL_HOME,
	CODE_CTRL_END,
	CODE_MOUSE
};

struct term_curses {
	struct term term;
	SCREEN *screen;
	struct term_output output;
	const struct theme *theme;
	struct canvas shown;
	bool forget;
	bool ended;
	bool mouse;
	struct strbuf paste; /**< as it came */
	struct strbuf pasted; /**< the same, clean */
	int pending_rc; /* what read_character() gave that was read too far; ERR: nothing */
	wint_t pending;
	char begun[5]; /* of a character whose other bytes are still to come */
	size_t begun_count;
	attr_t attributes[ROLE_COUNT + 1]; /* the last is of a selected cell */
	short pairs[ROLE_COUNT + 1];
};

/* The hook that restores the terminal at exit() needs to find it. */
static struct term_curses *open_terminal;

static struct term_curses *curses_of(struct term *term)
{
	return (struct term_curses *)(void *)term;
}

static void write_now(const char *text)
{
	term_output_write(text, strlen(text));
}

/* ---- looks ---- */

static attr_t attributes_of(const struct look *look)
{
	attr_t attributes = A_NORMAL;
	if (look->bold)
		attributes |= A_BOLD;
	if (look->dim)
		attributes |= A_DIM;
	if (look->underline)
		attributes |= A_UNDERLINE;
	if (look->reverse)
		attributes |= A_REVERSE;
	return attributes;
}

static void prepare_look(struct term_curses *self, size_t index, const struct look *look)
{
	bool coloured = look->foreground != COLOUR_DEFAULT || look->background != COLOUR_DEFAULT;
	self->attributes[index] = attributes_of(look);
	if (!coloured || self->theme == &theme_mono)
		return;
	self->pairs[index] = (short)(index + 1);
	init_pair(self->pairs[index], (short)look->foreground, (short)look->background);
}

static void prepare_looks(struct term_curses *self)
{
	const char *no_color = getenv("NO_COLOR");
	bool colour = has_colors() && !(no_color && *no_color);
	if (colour)
		colour = start_color() == OK && use_default_colors() == OK &&
			 COLOR_PAIRS > ROLE_COUNT + 1;
	self->theme = colour ? &theme_colour : &theme_mono;
	for (size_t i = 0; i < ROLE_COUNT; i++)
		prepare_look(self, i, &self->theme->looks[i]);
	prepare_look(self, ROLE_COUNT, &self->theme->selected);
}

/* ---- drawing ---- */

static void draw_cell(const struct term_curses *self, const struct cell *cell)
{
	wchar_t text[CCHARW_MAX + 1] = L"";
	const char *at = cell->text;
	cchar_t shown;
	size_t look = cell->selected ? ROLE_COUNT : cell->role;
	for (size_t i = 0; i < CCHARW_MAX && *at; i++)
		text[i] = (wchar_t)utf8_next(&at);
	if (setcchar(&shown, text, self->attributes[look], self->pairs[look], NULL) == OK)
		add_wch(&shown);
}

static void draw_row(const struct term_curses *self, const struct canvas *canvas, int row)
{
	for (int column = 0; column < canvas->columns && column < COLS; column++) {
		const struct cell *cell = canvas_cell(canvas, row, column);
		if (cell->width && column + cell->width <= COLS && move(row, column) == OK)
			draw_cell(self, cell);
	}
}

static bool same_row(const struct canvas *a, const struct canvas *b, int row)
{
	return memcmp(canvas_cell(a, row, 0), canvas_cell(b, row, 0),
		      (size_t)a->columns * sizeof(struct cell)) == 0;
}

static void refresh_whole(struct term_curses *self)
{
	bool caught = term_output_catch(&self->output);
	refresh();
	if (caught)
		term_output_send(&self->output);
}

static void curses_draw(struct term *term, const struct canvas *canvas)
{
	struct term_curses *self = curses_of(term);
	bool all = self->forget || !self->shown.cells || self->shown.rows != canvas->rows ||
		   self->shown.columns != canvas->columns;
	if (all)
		erase();
	if (self->forget)
		clearok(curscr, TRUE);
	for (int row = 0; row < canvas->rows && row < LINES; row++)
		if (all || !same_row(&self->shown, canvas, row))
			draw_row(self, canvas, row);
	if (canvas->cursor_row >= 0)
		move(canvas->cursor_row, canvas->cursor_column);
	refresh_whole(self);
	canvas_copy(&self->shown, canvas);
	self->forget = false;
}

static void curses_size(struct term *term, int *rows, int *columns)
{
	(void)term;
	*rows = LINES;
	*columns = COLS;
}

static void curses_forget(struct term *term)
{
	curses_of(term)->forget = true;
}

static enum rc curses_copy(struct term *term, const char *text, struct error *err)
{
	struct strbuf bytes;
	(void)term;
	strbuf_init(&bytes);
	enum rc rc = clipboard_add(&bytes, text, getenv("TERM"), getenv("STY") != NULL, err);
	term_output_write(bytes.data, bytes.length);
	strbuf_release(&bytes);
	return rc;
}

/* What the terminal is told beside what curses tells it, and what takes that back. */
static void begin_reports(const struct term_curses *self)
{
	write_now(self->mouse ? PASTE_ON MOUSE_ON : PASTE_ON);
}

static void end_reports(const struct term_curses *self)
{
	write_now(self->mouse ? MOUSE_OFF PASTE_OFF : PASTE_OFF);
}

static void curses_lend(struct term *term, void (*run)(void *context), void *context)
{
	end_reports(curses_of(term));
	endwin();
	run(context);
	reset_prog_mode(); /* a frame that is caught cannot: memory has no modes */
	begin_reports(curses_of(term));
	curses_forget(term);
}

static void pause_job(void *context)
{
	(void)context;
	term_signals_pause();
}

static void curses_suspend(struct term *term)
{
	curses_lend(term, pause_job, NULL);
}

/* ---- reading ---- */

static size_t bytes_of_character(char first)
{
	unsigned char byte = (unsigned char)first;
	return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 0;
}

/* Takes the next byte of a character; true when that is whole. What is none is dropped. */
static bool complete_character(struct term_curses *self, char byte, wint_t *code)
{
	const char *text = self->begun;
	if (bytes_of_character(byte))
		self->begun_count = 0;
	self->begun[self->begun_count++] = byte;
	self->begun[self->begun_count] = '\0';
	if (self->begun_count < bytes_of_character(*text))
		return false;
	*code = utf8_next(&text);
	bool is_whole = text == self->begun + self->begun_count && self->begun_count > 1;
	self->begun_count = 0;
	return is_whole;
}

/* As get_wch(), which loses a character whose bytes are far apart, and some behind it. */
static int read_character(struct term_curses *self, int timeout_ms, wint_t *code)
{
	timeout(timeout_ms);
	for (int byte; (byte = getch()) != ERR;) {
		if (byte >= 0x80 && byte < KEY_MIN) {
			if (complete_character(self, (char)byte, code))
				return OK;
			continue;
		}
		self->begun_count = 0;
		*code = (wint_t)byte;
		return byte < KEY_MIN ? OK : KEY_CODE_YES;
	}
	return ERR;
}

static int read_code(struct term_curses *self, int timeout_ms, wint_t *code)
{
	int rc = self->pending_rc;
	self->pending_rc = ERR;
	if (rc != ERR) {
		*code = self->pending;
		return rc;
	}
	return read_character(self, timeout_ms, code);
}

static void unread_code(struct term_curses *self, int rc, wint_t code)
{
	self->pending_rc = rc;
	self->pending = code;
}

/* Reads a control sequence (ECMA-48 5.4) to its final byte and drops it. */
static void swallow_sequence(struct term_curses *self)
{
	wint_t code;
	for (int i = 0; i < SEQUENCE_MAX; i++)
		if (read_code(self, 0, &code) != OK || (code >= 0x40 && code <= 0x7E))
			return;
}

/* Reads a control string (an answer of the terminal) to its end and drops it. */
static void swallow_string(struct term_curses *self)
{
	wint_t code, before = 0;
	for (int i = 0; i < SEQUENCE_MAX * 16; i++, before = code)
		if (read_code(self, 0, &code) != OK || code == '\a' ||
		    (before == '\033' && code == '\\'))
			return;
}

/* What follows an Esc that curses did not take for the start of a key. */
static key_code key_after_escape(struct term_curses *self)
{
	wint_t code;
	int rc = read_code(self, 0, &code);
	if (rc != OK || code == '\033') {
		unread_code(self, rc, code);
		return K_ESCAPE;
	}
	switch (code) {
	case '[':
		swallow_sequence(self);
		return K_NONE;
	case 'O':
		(void)read_code(self, 0, &code);
		return K_NONE;
	case ']':
	case 'P':
	case '_':
	case '^':
		swallow_string(self);
		return K_NONE;
	default:
		return key_is_text(code) ? K_ALT | code : K_NONE;
	}
}

static key_code character_key(struct term_curses *self, wint_t code)
{
	switch (code) {
	case '\033':
		return key_after_escape(self);
	case '\r':
	case '\n':
		return K_ENTER;
	case '\t':
		return K_TAB;
	case 0x7F:
	case '\b':
		return K_BACKSPACE;
	case 0:
		return K_CTRL | ' ';
	}
	if (code < 0x20) /* the letters, and what follows them in ASCII */
		return K_CTRL | (code - 1 + 'A');
	return key_is_text(code) ? code : K_NONE;
}

static key_code function_key(wint_t code)
{
	static const struct {
		wint_t code;
		key_code key;
	} table[] = {
		{KEY_UP, K_UP},		    {KEY_DOWN, K_DOWN},	  {KEY_LEFT, K_LEFT},
		{KEY_RIGHT, K_RIGHT},	    {KEY_HOME, K_HOME},	  {KEY_END, K_END},
		{KEY_FIND, K_HOME},	    {KEY_SELECT, K_END},  {KEY_PPAGE, K_PAGE_UP},
		{KEY_NPAGE, K_PAGE_DOWN},   {KEY_IC, K_INSERT},	  {KEY_DC, K_DELETE},
		{KEY_BACKSPACE, K_BACKSPACE}, {KEY_ENTER, K_ENTER}, {KEY_BTAB, K_BACK_TAB},
		{CODE_ALT_UP, K_ALT | K_UP},	 {CODE_ALT_DOWN, K_ALT | K_DOWN},
		{CODE_ALT_LEFT, K_ALT | K_LEFT}, {CODE_ALT_RIGHT, K_ALT | K_RIGHT},
		{CODE_CTRL_UP, K_CTRL | K_UP},	 {CODE_CTRL_DOWN, K_CTRL | K_DOWN},
		{CODE_CTRL_LEFT, K_CTRL | K_LEFT}, {CODE_CTRL_RIGHT, K_CTRL | K_RIGHT},
		{CODE_CTRL_HOME, K_CTRL | K_HOME}, {CODE_CTRL_END, K_CTRL | K_END},
	};
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		if (table[i].code == code)
			return table[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return K_F1 + (key_code)(code - KEY_F(1));
	return K_NONE;
}

/*
 * Reads up to the end of a paste; false when there is more of it than is kept.
 * By bytes: get_wch() ends at one that is no character, and the rest would be keys.
 */
static bool collect_paste(struct term_curses *self)
{
	int code;
	bool is_whole = true;
	strbuf_reset(&self->paste);
	timeout(PASTE_DELAY);
	while ((code = getch()) != ERR && code != CODE_PASTE_END) {
		if (code >= KEY_MIN)
			continue;
		is_whole = is_whole && self->paste.length < TERM_PASTE_MAX;
		if (is_whole)
			strbuf_addch(&self->paste, (char)code);
	}
	return is_whole;
}

static void read_paste(struct term_curses *self, struct term_event *event)
{
	event->kind = TERM_PASTE;
	event->is_cut = !collect_paste(self);
	strbuf_reset(&self->pasted);
	utf8_add_clean(&self->pasted, self->paste.data, self->paste.length);
	event->text = self->pasted.data;
}

/* Takes the rest of a report of the mouse, to its final byte; false when it means nothing. */
static bool read_mouse(struct term_curses *self, struct mouse_event *event)
{
	char report[MOUSE_REPORT_MAX + 1] = "";
	wint_t code = 0;
	for (size_t i = 0; i < SEQUENCE_MAX && (code < 0x40 || code > 0x7E); i++) {
		if (read_code(self, REPORT_DELAY, &code) != OK)
			return false;
		if (i < MOUSE_REPORT_MAX)
			report[i] = code < 0x7F ? (char)code : '?';
	}
	bool means = mouse_read(report, event);
	event->at = clock_monotonic_ms();
	return means;
}

/* Makes an event of what read_character() gave; false when it means nothing. */
static bool make_event(struct term_curses *self, int rc, wint_t code, struct term_event *event)
{
	event->kind = TERM_KEY;
	if (rc == OK) {
		event->key = character_key(self, code);
	} else if (code == KEY_RESIZE) {
		event->kind = TERM_RESIZE;
		return true;
	} else if (code == CODE_PASTE_BEGIN) {
		read_paste(self, event);
		return true;
	} else if (code == CODE_MOUSE) {
		event->kind = TERM_MOUSE;
		return read_mouse(self, &event->mouse);
	} else {
		event->key = function_key(code);
	}
	return event->key != K_NONE;
}

/* Acts on signals; true when they make an event. */
static bool signal_event(struct term_curses *self, struct term_event *event)
{
	struct term_signals signals = term_signals_take();
	if (signals.end)
		self->ended = true;
	if (self->ended) {
		event->kind = TERM_END;
		return true;
	}
	if (signals.stop)
		curses_suspend(&self->term);
	else if (signals.resumed)
		reset_prog_mode();
	if (!signals.stop && !signals.resumed)
		return false;
	self->forget = true;
	event->kind = TERM_RESIZE;
	return true;
}

static void curses_read(struct term *term, int timeout_ms, struct term_event *event)
{
	struct term_curses *self = curses_of(term);
	for (;;) {
		wint_t code;
		bool hung_up;
		bool waiting = term_signals_wait(0, 0, &hung_up) == TERM_WAKE_INPUT;
		*event = (struct term_event){.kind = TERM_TIMEOUT};
		if (signal_event(self, event))
			return;
		/* A character may come in pieces; what curses holds already comes at once. */
		int rc = read_code(self, waiting ? ESCAPE_DELAY : 0, &code);
		if (rc != ERR && make_event(self, rc, code, event))
			return;
		if (rc != ERR)
			continue;
		if (hung_up)
			self->ended = true;
		else if (timeout_ms <= 0 || term_signals_wait(timeout_ms, term->watched,
							      &hung_up) != TERM_WAKE_INPUT)
			break;
	}
	*event = (struct term_event){.kind = TERM_TIMEOUT};
}

/* ---- opening and closing ---- */

static void leave(void)
{
	const struct term_curses *self = open_terminal;
	if (!self)
		return;
	open_terminal = NULL;
	end_reports(self);
	endwin();
	term_signals_stop();
}

static bool open_output(struct term_curses *self)
{
	if (term_output_open(&self->output))
		self->screen = newterm(NULL, self->output.file, stdin);
	if (self->screen)
		return true;
	term_output_close(&self->output);
	return false;
}

static void curses_close(struct term *term)
{
	struct term_curses *self = curses_of(term);
	leave();
	delscreen(self->screen);
	term_output_close(&self->output);
	canvas_release(&self->shown);
	strbuf_release(&self->paste);
	strbuf_release(&self->pasted);
	free(self);
}

/* A terminfo string, or none. */
static const char *capability(const char *name)
{
	const char *text = tigetstr(name);
	return text && text != (const char *)-1 ? text : "";
}

/* What gives the terminal back without asking curses: no colours, cursor shown, first screen. */
static void prepare_farewell(const struct term_curses *self)
{
	char farewell[256];
	snprintf(farewell, sizeof(farewell), "%s%s%s%s%s\r\n", self->mouse ? MOUSE_OFF : "",
		 PASTE_OFF, capability("sgr0"), capability("cnorm"), capability("rmcup"));
	term_signals_farewell(farewell);
}

static void curses_set_mouse(struct term *term, bool on)
{
	struct term_curses *self = curses_of(term);
	if (on == self->mouse)
		return;
	self->mouse = on;
	prepare_farewell(self);
	write_now(on ? MOUSE_ON : MOUSE_OFF);
}

/* Sequences that terminfo does not tell. Arrows come in two forms, and a
 * terminal that was left in the other mode sends the one it does not name. */
static const struct {
	const char *bytes;
	int code;
} sequences[] = {
	{"\033[200~", CODE_PASTE_BEGIN},
	{"\033[201~", CODE_PASTE_END},
	{MOUSE_REPORT, CODE_MOUSE},
	/* Focus reports, should somebody have left them on. */
	{"\033[I", CODE_IGNORED},
	{"\033[O", CODE_IGNORED},
	{"\033[A", KEY_UP},	 {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT},
	{"\033[D", KEY_LEFT},	 {"\033[H", KEY_HOME}, {"\033[F", KEY_END},
	{"\033OA", KEY_UP},	 {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT},
	{"\033OD", KEY_LEFT},	 {"\033OH", KEY_HOME}, {"\033OF", KEY_END},
	/* Alt as xterm says it, and as those do that put an Esc before the key. */
	{"\033[1;3A", CODE_ALT_UP},    {"\033[1;3B", CODE_ALT_DOWN},
	{"\033\033[A", CODE_ALT_UP},   {"\033\033[B", CODE_ALT_DOWN},
	{"\033\033OA", CODE_ALT_UP},   {"\033\033OB", CODE_ALT_DOWN},
	{"\033[1;3D", CODE_ALT_LEFT},  {"\033[1;3C", CODE_ALT_RIGHT},
	{"\033\033[D", CODE_ALT_LEFT}, {"\033\033[C", CODE_ALT_RIGHT},
	{"\033\033OD", CODE_ALT_LEFT}, {"\033\033OC", CODE_ALT_RIGHT},
	/* Control as xterm says it, and as rxvt does. */
	{"\033[1;5A", CODE_CTRL_UP},   {"\033[1;5B", CODE_CTRL_DOWN},
	{"\033[1;5D", CODE_CTRL_LEFT}, {"\033[1;5C", CODE_CTRL_RIGHT},
	{"\033[1;5H", CODE_CTRL_HOME}, {"\033[1;5F", CODE_CTRL_END},
	{"\033Oa", CODE_CTRL_UP},      {"\033Ob", CODE_CTRL_DOWN},
	{"\033Od", CODE_CTRL_LEFT},    {"\033Oc", CODE_CTRL_RIGHT},
};

static void set_modes(void)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	set_escdelay(ESCAPE_DELAY);
	idlok(stdscr, TRUE);
	scrollok(stdscr, FALSE);
	for (size_t i = 0; i < ARRAY_COUNT(sequences); i++)
		define_key(sequences[i].bytes, sequences[i].code);
}

struct term *term_curses_open(struct error *err)
{
	static const struct term_class class = {
		.size = curses_size,
		.read = curses_read,
		.draw = curses_draw,
		.forget = curses_forget,
		.copy = curses_copy,
		.set_mouse = curses_set_mouse,
		.suspend = curses_suspend,
		.lend = curses_lend,
		.close = curses_close,
	};
	const char *type = getenv("TERM");
	struct termios modes;
	if (tcgetattr(STDIN_FILENO, &modes) != 0 || !isatty(STDOUT_FILENO)) {
		error_set(err, RC_USAGE, _("La pantalla necesita una terminal; sin ella use las "
					   "órdenes de texto (nucleo --help)."));
		return NULL;
	}
	struct term_curses *self = mem_alloc_zero(1, sizeof(*self));
	if (!open_output(self)) {
		free(self);
		error_set(err, RC_NOT_FOUND,
			  _("La terminal «%s» no es conocida aquí; pruebe con TERM=xterm."),
			  type ? type : "");
		return NULL;
	}
	self->term.class = &class;
	self->pending_rc = ERR;
	canvas_init(&self->shown);
	strbuf_init(&self->paste);
	strbuf_init(&self->pasted);
	term_signals_start(&modes);
	prepare_farewell(self);
	open_terminal = self;
	atexit(leave);
	set_modes();
	prepare_looks(self);
	begin_reports(self);
	return &self->term;
}
