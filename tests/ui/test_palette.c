/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "ui/desk.h"

static void every_op_is_listed_by_what_it_does(void **state)
{
	(void)state;
	desk_expect("palette", "demo.db", &window_usual, "4 :");
	desk_expect("palette", "demo.db", &window_small, "4 F9 Down");
	desk_expect("palette", "demo.db", &window_large, "4 :");
	desk_expect_plain("palette-plain", "demo.db", "3 m :");
	desk_expect("palette-typed", "demo.db", &window_usual, ": type:ir_asist");
	desk_expect("palette-typed", "demo.db", &window_small, ": type:ir_asist");
	desk_expect("palette-typed", "demo.db", &window_large, ": type:ir_asist");
	desk_expect("palette-in-meeting", "demo.db", &window_usual, "2 Enter : type:panel");
}

/* The words of a script for what a person would type. */
static void add_typed(struct strbuf *keys, const char *text)
{
	strbuf_adds(keys, " type:");
	for (; *text; text++)
		strbuf_addch(keys, *text == ' ' ? '_' : *text);
}

/* From the place `keys` lead to, the op found by its words shows what its key shows. */
static void expect_same(const char *keys, enum op op)
{
	struct strbuf by_key, by_words;
	strbuf_init(&by_key);
	strbuf_init(&by_words);
	strbuf_addf(&by_key, "%s %.*s", keys, (int)strcspn(op_info(op)->keys, " "),
		    op_info(op)->keys);
	strbuf_addf(&by_words, "%s :", keys);
	add_typed(&by_words, op_info(op)->help);
	strbuf_adds(&by_words, " Enter");
	char *expected = desk_dump("rich.db", by_key.data), *got = desk_dump("rich.db", by_words.data);
	if (op == OP_QUIT) /* nothing is drawn any more: only that it ends is the same */
		assert_null(strstr(expected, op_info(op)->help));
	else
		assert_string_equal(got, expected);
	free(expected);
	free(got);
	strbuf_release(&by_key);
	strbuf_release(&by_words);
}

static void it_does_what_the_key_does(void **state)
{
	static const struct {
		const char *keys;
		enum context context;
	} places[] = {{"4 Down Down", CONTEXT_LIST},
		      {"2 Enter Down", CONTEXT_TREE},
		      {"3 Down", CONTEXT_GRID},
		      {"4 Down Enter", CONTEXT_DETAIL}};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(places); i++)
		for (enum op op = OP_NONE + 1; op < OP_COUNT; op++)
			if (op_works_in(op, places[i].context) && *op_info(op)->keys &&
			    op != OP_PALETTE)
				expect_same(places[i].keys, op);
}

static void it_is_found_by_other_words_too(void **state)
{
	static const char *const words[] = {
		"asistentes", "ASIST_PANT", "screen-att", "attendees", "ir_asistentes",
	};
	(void)state;
	char *expected = desk_dump("rich.db", "3");
	for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
		struct strbuf keys;
		strbuf_init(&keys);
		strbuf_addf(&keys, ": type:%s Enter", words[i]);
		char *got = desk_dump("rich.db", keys.data);
		assert_string_equal(got, expected);
		free(got);
		strbuf_release(&keys);
	}
	free(expected);
}

/* Where no database is open there are no screens to go to. */
static void only_what_works_is_listed(void **state)
{
	struct desk desk = {.config = {.db = (char[]){"none.db"}}};
	(void)state;
	desk.session.config = &desk.config;
	struct ui_setup setup = {.screens = &start_screen, .screen_count = 1, .context = &desk};
	char *dump = desk_play(&setup, ":");
	assert_non_null(strstr(dump, op_info(OP_HELP)->help));
	assert_null(strstr(dump, op_info(OP_SCREEN_AGENDA)->help));
	assert_null(strstr(dump, op_info(OP_FILTER)->help));
	assert_null(strstr(dump, op_info(OP_ERASE_LINE)->help));
	free(dump);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_op_is_listed_by_what_it_does),
		cmocka_unit_test(it_does_what_the_key_does),
		cmocka_unit_test(it_is_found_by_other_words_too),
		cmocka_unit_test(only_what_works_is_listed),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
