/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways out: Esc ends whatever asks, q and F10 the program, and no key typed does anything else. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/desk.h"

static void esc_leaves_all_as_it_was(void **state)
{
	static const struct way ways[] = {
		/* what asks: a filter, an order, names of filters, the palette, what to copy, words */
		{"/ type:atrás Esc", ""},
		{"/ type:%% Esc", ""},
		{"/ Tab Esc", ""},
		{"/ type:atrás Enter / type:_-bloqueado Esc", "/ type:atrás Enter"},
		{"/ type:atrás Enter / Ctrl-U Ctrl-C", "/ type:atrás Enter"},
		{"Down o type:avan Down Esc", "Down"},
		{"Down f Esc", "Down"},
		{"/ type:atrás Enter f Enter type:x Esc", "/ type:atrás Enter"},
		{"Down : type:salir Esc", "Down"},
		{"Down y Down Esc", "Down"},
		{"s Esc 1", "s Esc 1"},
		{"s type:gobierno Enter / type:zz Esc", "s type:gobierno Enter"},
		{"3 m End : type:salir Esc", "3 m End"},
		{"t y Esc", "t"},
		{"p y Esc", "p"},
		/* what was opened */
		{"3 m Esc", "3"},
		{"3 m Backspace", "3"},
		{"t Esc", ""},
		{"p Esc", ""},
		{"? Esc", ""},
		{"2 Down Enter Tab Esc Esc", "2 Down"},
		/* keys that mean nothing where a choice is asked */
		{"Down : F3 F5 Ctrl-Z Left Esc", "Down : Ctrl-Z Esc"},
	};
	(void)state;
	desk_expect_same("rich.db", ways, ARRAY_COUNT(ways));
}

/* Whether the program ends with the last of the keys: what follows is not read. */
static bool ends(const char *keys, const char *key)
{
	struct desk desk;
	struct term_script script;
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, "%s %s Down", keys, key);
	desk_open(&desk, "rich.db", false);
	struct ui_setup setup = desk_setup(&desk);
	term_script_init(&script, 24, 80, line.data);
	screen_play(&script, &setup);
	bool ended = strstr(script.rest, "Down") != NULL;
	term_script_release(&script);
	desk_close(&desk);
	strbuf_release(&line);
	return ended;
}

static void the_program_ends_from_every_view(void **state)
{
	static const char *const views[] = {
		"",      "2",          "2 Enter", "2 Enter Tab", "3",
		"3 m",   "3 m Enter",  "t",       "p",           "4 Enter",
		"?",     "s Esc",      "s type:gobierno Enter",  "s type:xyz Enter",
		"size:9x3",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(views); i++) {
		assert_true(ends(views[i], "q"));
		assert_true(ends(views[i], "F10"));
		assert_true(ends(views[i], "Ctrl-C"));
	}
}

/* In what is typed q is a letter, and a key that ends elsewhere does not end unawares. */
static void what_is_typed_ends_nothing(void **state)
{
	static const char *const questions[] = {"/", "s", ":", "o", "y", "/ type:a Enter f",
						"/ type:a Enter f Enter"};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(questions); i++) {
		assert_false(ends(questions[i], "q"));
		assert_false(ends(questions[i], "Ctrl-C"));
	}
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(esc_leaves_all_as_it_was),
		cmocka_unit_test(the_program_ends_from_every_view),
		cmocka_unit_test(what_is_typed_ends_nothing),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
