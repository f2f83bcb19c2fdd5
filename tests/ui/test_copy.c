/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/base64.h"
#include "nucleo/ui/clipboard.h"
#include "ui/desk.h"

/* ---- the bytes for the terminal ---- */

static void bytes_in_base_64(void **state)
{
	/* RFC 4648, section 10, and all digits */
	static const struct {
		const char *bytes, *expected;
	} cases[] = {
		{"", ""},		  {"f", "Zg=="},	    {"fo", "Zm8="},
		{"foo", "Zm9v"},	  {"foob", "Zm9vYg=="},	    {"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"}, {"\xFF\xFE\xFB\xEF", "//777w=="},
	};
	struct strbuf out;
	(void)state;
	strbuf_init(&out);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		strbuf_reset(&out);
		base64_add(&out, cases[i].bytes, strlen(cases[i].bytes));
		assert_string_equal(out.data, cases[i].expected);
		assert_int_equal(out.length, BASE64_LENGTH(strlen(cases[i].bytes)));
	}
	strbuf_release(&out);
}

static void the_terminal_is_asked_in_its_words(void **state)
{
	static const struct {
		const char *text, *type;
		bool in_screen;
		const char *expected;
	} cases[] = {
		{"foo", "xterm-256color", false, "\033]52;c;Zm9v\a"},
		{"foo", "tmux-256color", false, "\033]52;c;Zm9v\a"},
		{"foo", "screen", true, "\033P\033]52;c;Zm9v\a\033\\"},
		/* line ends and tabs stay, nothing else that is not text */
		{"a\tb\nc", "xterm", false, "\033]52;c;YQliCmM=\a"},
		{"f\033]0;o\a\x7Fo\r", "xterm", false, "\033]52;c;Zl0wO29v\a"},
		{"f\xE2\x80\xAEoo", "xterm", false, "\033]52;c;Zm9v\a"},
	};
	struct strbuf out;
	struct error err;
	(void)state;
	strbuf_init(&out);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		strbuf_reset(&out);
		assert_int_equal(clipboard_add(&out, cases[i].text, cases[i].type,
					       cases[i].in_screen, &err),
				 RC_OK);
		assert_string_equal(out.data, cases[i].expected);
	}
	strbuf_release(&out);
}

static void what_terminals_do_not_take_is_not_sent(void **state)
{
	static char text[CLIPBOARD_TEXT_MAX + 2];
	struct strbuf out;
	struct error err;
	(void)state;
	strbuf_init(&out);
	assert_int_equal(clipboard_add(&out, "foo", "linux", false, &err), RC_NOT_FOUND);
	assert_int_equal(clipboard_add(&out, "foo", "vt100", false, &err), RC_NOT_FOUND);
	assert_int_equal(clipboard_add(&out, "foo", NULL, false, &err), RC_NOT_FOUND);
	memset(text, 'a', CLIPBOARD_TEXT_MAX + 1);
	assert_int_equal(clipboard_add(&out, text, "xterm", false, &err), RC_INVALID);
	assert_int_equal(out.length, 0);
	text[CLIPBOARD_TEXT_MAX] = '\0';
	assert_int_equal(clipboard_add(&out, text, "xterm", false, &err), RC_OK);
	assert_true(out.length <= CLIPBOARD_BASE64_MAX + strlen("\033]52;c;\a"));
	/* for screen, in pieces of which none is long */
	strbuf_reset(&out);
	assert_int_equal(clipboard_add(&out, text, "screen", true, &err), RC_OK);
	size_t longest = 0;
	for (const char *at = out.data, *next; (next = strstr(at + 1, "\033P")); at = next)
		longest = (size_t)(next - at) > longest ? (size_t)(next - at) : longest;
	assert_in_range(longest, 200, 256);
	strbuf_release(&out);
}

/* ---- what the screens give ---- */

static bool is_copied(const char *database, const char *keys, const char *expected)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, "copied «%s»\n", expected);
	char *dump = desk_dump(database, keys);
	bool same = strstr(dump, line.data) != NULL;
	if (!same)
		print_message("after «%s» is not %s%s", keys, line.data, dump);
	free(dump);
	strbuf_release(&line);
	return same;
}

static void every_screen_gives_what_is_selected(void **state)
{
	static const struct {
		const char *database, *keys, *expected;
	} cases[] = {
		{"demo.db", "End Up Up Up Up Up Up Up Up Up y type:cita Enter", "C6 (paga2)"},
		{"demo.db", "Down Down Down y type:texto Enter",
		 "Construyendo más y mejor información legislativa en Ecuador"},
		{"demo.db", "Down Down Down y Enter",
		 "C4\tConstruyendo más y mejor información legislativa en Ecuador\tAN\t0\t—\t"
		 "atrás\t⚑"},
		{"demo.db", "Down Down Down Enter y type:cita Enter", "C4 (paga2)"},
		{"demo.db", "2 y type:cita Enter", "AM-2023-05"},
		{"rich.db", "2 y type:fila Enter",
		 "★\tAM-2024-01\t20/01/2024\t10h00\taprobada\t2\t4\t"},
		{"demo.db", "2 Enter y type:cita Enter", "AM-2023-05"},
		{"demo.db", "2 Enter Down Down y type:cita Enter", "AM-2023-05, punto 2"},
		{"demo.db", "2 Enter Down Down y type:texto Enter",
		 "Avance del Segundo Plan de Acción de Estado Abierto 2022-2024"},
		{"demo.db", "2 Enter Down Down y type:fila Enter",
		 "2\tAvance del Segundo Plan de Acción de Estado Abierto 2022-2024\t✓"},
		/* reading: the paragraph, a numbered decision by its number */
		{"demo.db", "2 Enter Down Tab y type:cita Enter", "R-2023-05-01"},
		{"demo.db", "2 Enter Down Tab y type:texto Enter",
		 "Presidencia abre la reunión y saluda a las instituciones. Leído el orden del "
		 "día, se aprueba por consenso."},
		{"rich.db", "3 Down y type:cita Enter", "FCD, AM-2024-01"},
		{"rich.db", "3 Down y type:fila Enter",
		 "FCD\tFundación Ciudadanía y Desarrollo\tmiembro\tpresente\tvirtual\t"
		 "Director Ejecutivo"},
		{"demo.db", "4 y type:cita Enter", "S-2023-006"},
		{"demo.db", "4 Down y type:texto Enter",
		 "Presidencia contactará a ese nivel de gobierno para el próximo año."},
		{"demo.db", "4 Enter y type:cita Enter", "S-2023-006"},
		{"demo.db", "4 Enter y type:enlace Enter", "AM-2023-05, punto 3"},
		{"rich.db", "3 Down Enter y type:cita Enter",
		 "Fundación Ciudadanía y Desarrollo (FCD)"},
		/* pictures: of a name, of a cell */
		{"rich.db", "3 m y type:texto Enter", "Asociación de Municipalidades Ecuatorianas"},
		{"rich.db", "3 m y type:cita Enter",
		 "Asociación de Municipalidades Ecuatorianas (AME)"},
		{"rich.db", "3 m y type:fila Enter", "AME\t1/2\t1"},
		{"rich.db", "3 m End y type:texto Enter", "AME ausente en AM-2024-01"},
		{"rich.db", "3 m End Left y type:texto Enter", "AME presente en AM-2023-05"},
		{"rich.db", "3 m End y type:cita Enter", "AME, AM-2024-01"},
		{"rich.db", "3 m End click:16,17 y type:texto Enter",
		 "FCD presente de forma virtual en AM-2024-01"},
		{"empty.db", "3 m y", ""},
		{"demo.db", "Down Down Down t Down y type:cita Enter", "C4, hito 1"},
		{"demo.db", "Down Down Down t Down y type:texto Enter",
		 "C4, hito 1 · Línea de base · 01/01/2023 – 30/06/2023"},
		{"demo.db", "Down Down Down t Down y type:fila Enter", "1\tLínea de base\t!\t—"},
		{"demo.db", "Down Down Down t y type:cita Enter", "C4 (paga2)"},
		{"demo.db", "Down Down Down Down Down p y type:texto Enter",
		 "C6: 38\u00A0% al 17/11/2023"},
		{"demo.db", "Down Down Down Down Down p y type:cita Enter", "AM-2023-05, punto 2"},
		{"demo.db", "Down Down Down Down Down p y type:fila Enter",
		 "17/11/2023\t38\u00A0%\tavance"},
		{"demo.db", "3 m Enter p y type:texto Enter",
		 "madurez en gobierno abierto, Riobamba: 76.94 al 17/11/2023"},
		/* what was found, in full and not only where the words are */
		{"demo.db", "s type:AM-2023-05/2#3 Enter y type:cita Enter", "AM-2023-05, punto 2"},
		{"demo.db", "s type:AM-2023-05/1#1 Enter y type:cita Enter", "R-2023-05-01"},
		{"demo.db", "s type:AM-2023-05/1#1 Enter y type:texto Enter",
		 "Presidencia abre la reunión y saluda a las instituciones. Leído el orden del "
		 "día, se aprueba por consenso."},
		{"demo.db", "s type:C6 Enter y type:cita Enter", "C6 (paga2)"},
		{"demo.db", "s type:S-2023-004 Enter y type:cita Enter", "S-2023-004"},
		{"demo.db", "s type:cuenca Enter y type:cita Enter", "AM-2023-05, punto 3"},
		{"demo.db", "s type:xyz Enter y", ""},
		/* nothing was picked, or there is nothing */
		{"demo.db", "4 y Esc", ""},
		{"empty.db", "4 y", ""},
	};
	size_t same = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		same += is_copied(cases[i].database, cases[i].keys, cases[i].expected);
	assert_int_equal(same, ARRAY_COUNT(cases));
}

static void the_choice_shows_what_each_is(void **state)
{
	(void)state;
	desk_expect("copy", "demo.db", &window_usual, "2 Enter Down Down Down Tab y");
	desk_expect("copy", "demo.db", &window_small, "2 Enter Down Down Down Tab y");
	desk_expect("copy", "demo.db", &window_large, "2 Enter Down Down Down Tab y");
	desk_expect_plain("copy-plain", "demo.db", "2 Enter Down Down Down Tab y");
	desk_expect("copy-said", "demo.db", &window_usual, "4 y type:cita Enter");
	desk_expect("copy-said", "demo.db", &window_small, "4 y type:texto Enter");
	desk_expect("copy-nothing", "empty.db", &window_usual, "4 y");
}

static void of_one_thing_there_is_nothing_to_ask(void **state)
{
	(void)state;
	char *dump = desk_dump("demo.db", "? y");
	assert_non_null(strstr(strstr(dump, "copied «"), op_info(OP_COPY)->help));
	free(dump);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_in_base_64),
		cmocka_unit_test(the_terminal_is_asked_in_its_words),
		cmocka_unit_test(what_terminals_do_not_take_is_not_sent),
		cmocka_unit_test(every_screen_gives_what_is_selected),
		cmocka_unit_test(the_choice_shows_what_each_is),
		cmocka_unit_test(of_one_thing_there_is_nothing_to_ask),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
