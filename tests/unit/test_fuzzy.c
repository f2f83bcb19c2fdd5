/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/fuzzy.h"

static void letters_that_answer_are_marked(void **state)
{
	static const struct {
		const char *text, *pattern, *marks; /* NULL: it does not answer */
	} cases[] = {
		{"filtrar", "", "       "},
		{"filtrar", "   ", "       "},
		{"filtrar", "fil", "^^^    "},
		{"filtrar", "FTR", "^  ^^  "},
		{"filtrar", "rtf", NULL},
		{"filtrar", "filtrarlo", NULL},
		{"", "a", NULL},
		/* the start of a word before the middle of another */
		{"pantalla de asistentes", "as", "            ^^        "},
		{"ir a la pantalla de asistentes", "ir asist", "^^                  ^^^^^     "},
		{"ir a la pantalla de asistentes", "asist ir", "^^                  ^^^^^     "},
		{"ir a la pantalla de asistentes", "asist xi", NULL},
		/* the initials of its words */
		{"pantalla de asistentes", "pda", "^        ^  ^         "},
		/* a whole word before the start of one */
		{"relación de la", "la", "             ^^"},
		/* accents and case on either side, and the bytes of a letter together */
		{"línea siguiente", "LINEA", "^^^^^^          "},
		{"pagina", "página", "^^^^^^"},
		{"año", "ano", "^^^^"},
		{"cafe\xCC\x81s", "cafés", "^^^^  ^"},
		{"Straße", "strasse", "^^^^^^^"},
		{"a\xFF""b", "ab", "^ ^"},
		{"日本語", "本", "   ^^^   "},
	};
	struct strbuf marks;
	(void)state;
	strbuf_init(&marks);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		int score = fuzzy_match(cases[i].text, cases[i].pattern, &marks);
		assert_int_equal(fuzzy_match(cases[i].text, cases[i].pattern, NULL), score);
		if (!cases[i].marks) {
			assert_int_equal(score, FUZZY_NONE);
			continue;
		}
		assert_true(score >= 0);
		assert_string_equal(marks.data, cases[i].marks);
	}
	strbuf_release(&marks);
}

static void better_answers_come_first(void **state)
{
	static const struct {
		const char *pattern, *better, *worse;
	} cases[] = {
		{"fil", "filtrar", "faltan las islas"},      /* side by side */
		{"pa", "la pantalla", "capa"},               /* at the start of a word */
		{"fila", "ir a la fila", "quitar filas"},    /* a whole word */
		{"pa", "línea, página", "línea capaz"},
		{"reunion", "ver la reunión anterior", "resumen de la unión"},
		{"ae", "abrir el acta", "abrir otra acta de ella"}, /* nearer */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		int better = fuzzy_match(cases[i].better, cases[i].pattern, NULL);
		int worse = fuzzy_match(cases[i].worse, cases[i].pattern, NULL);
		assert_true(worse > 0);
		assert_true(better > worse);
	}
}

static void other_names_answer_too(void **state)
{
	(void)state;
	int shown = fuzzy_match_either("filtrar", "filter search", "fil");
	int other = fuzzy_match_either("mostrar filas", "filter search", "search");
	assert_true(shown > 0 && other > 0);
	assert_true(shown > fuzzy_match_either("buscar", "fil", "fil"));
	/* a whole name before scattered letters */
	assert_true(fuzzy_match_either("apagar el ratón", "mouse", "mouse") >
		    fuzzy_match_either("mostrar las teclas que sirven aquí", "help", "mouse"));
	/* a word here and another there */
	assert_true(fuzzy_match_either("mostrar filas", "filter search", "search most") > other);
	assert_int_equal(fuzzy_match_either("mostrar", "filter", "most xyz"), FUZZY_NONE);
	assert_int_equal(fuzzy_match_either("mostrar", NULL, "filter"), FUZZY_NONE);
	assert_int_equal(fuzzy_match_either("mostrar", NULL, ""), 0);
}

/* Only so much of a text and of a word is looked at, and the marks stay within the text. */
static void long_texts_are_bounded(void **state)
{
	enum { LENGTH = 5000 };
	static char text[LENGTH + 1], word[LENGTH + 1];
	struct strbuf marks;
	(void)state;
	strbuf_init(&marks);
	memset(text, 'a', LENGTH);
	memset(word, 'a', LENGTH);
	text[0] = 'x';
	text[LENGTH - 1] = 'z';
	assert_true(fuzzy_match(text, word, &marks) > 0);
	assert_int_equal(marks.length, LENGTH);
	assert_int_equal(fuzzy_match(text, "z", NULL), FUZZY_NONE);
	/* far apart, and still there */
	memset(text, 'b', LENGTH);
	text[0] = 'a';
	text[FUZZY_TEXT_MAX - 1] = 'c';
	assert_true(fuzzy_match(text, "ac", NULL) > 0);
	strbuf_release(&marks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_that_answer_are_marked),
		cmocka_unit_test(better_answers_come_first),
		cmocka_unit_test(other_names_answer_too),
		cmocka_unit_test(long_texts_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
