/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "nucleo/base/attributes.h"
#include "nucleo/model/agenda_label.h"

static void labels_count_in_numbers_and_letters(void **state)
{
	static const struct {
		const char *parent;
		size_t number;
		const char *label;
	} cases[] = {
		{NULL, 1, "1"},	   {NULL, 12, "12"},	{"3", 1, "3.a"},  {"3", 26, "3.z"},
		{"3", 27, "3.aa"}, {"3", 52, "3.az"},	{"3", 53, "3.ba"}, {"3", 702, "3.zz"},
		{"3", 703, "3.aaa"}, {"P1", 2, "P1.b"}, {"3.a", 1, "3.a.a"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf label;
		strbuf_init(&label);
		agenda_label_add(&label, cases[i].parent, cases[i].number);
		assert_string_equal(label.data, cases[i].label);
		if (!cases[i].parent || *cases[i].parent != 'P')
			assert_int_equal(agenda_label_number(label.data), cases[i].number);
		strbuf_release(&label);
	}
}

static void other_labels_have_no_number(void **state)
{
	static const char *const cases[] = {"", "P1", "3.", "A", "1b", "a1", "-", "3.ñ",
					    "99999999999999999999", "zzzzzzzzzzzzzzzzzz"};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(agenda_label_number(cases[i]), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_count_in_numbers_and_letters),
		cmocka_unit_test(other_labels_have_no_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
