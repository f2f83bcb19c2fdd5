/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"
#include "nucleo/model/record.h"

static const struct enum_names *const sets[] = {
	&sector_names,
	&capacity_names,
	&attendance_status_names,
	&attendance_mode_names,
	&meeting_status_names,
	&ballot_choice_names,
	&vote_rule_names,
	&item_state_names,
	&entry_kind_names,
	&decision_kind_names,
	&followup_kind_names,
	&followup_status_names,
	&party_role_names,
	&document_kind_names,
	&standing_names,
	&progress_state_names,
	&reporter_names,
	&irm_completion_names,
	&operation_state_names,
	&pace_names,
	&trash_kind_names,
};

static bool is_listed(const struct enum_names *set)
{
	for (size_t i = 0; i < ARRAY_COUNT(sets); i++)
		if (sets[i] == set)
			return true;
	return false;
}

static void every_value_has_its_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sets); i++) {
		assert_true(sets[i]->title && *sets[i]->title);
		assert_true(sets[i]->count > 0);
		for (int value = 0; value < sets[i]->count; value++) {
			const struct enum_name *words = &sets[i]->names[value];
			assert_true(words->name && *words->name);
			assert_true(words->label && *words->label);
			assert_non_null(words->sign);
			assert_true(utf8_width(words->sign) <= 1);
		}
	}
}

/* What is written can be read back, and no two values are written alike. */
static void every_name_names_one_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sets); i++) {
		for (int value = 0; value < sets[i]->count; value++) {
			assert_int_equal(enum_value(sets[i], enum_name(sets[i], value)), value);
			assert_int_equal(enum_value(sets[i], enum_label(sets[i], value)), value);
		}
		assert_int_equal(enum_value(sets[i], "ninguno de estos"), ENUM_NONE);
	}
}

static void nothing_outside_a_set_has_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sets); i++) {
		static const int outside[] = {ENUM_NONE, -2, 1000};
		for (size_t j = 0; j < ARRAY_COUNT(outside); j++) {
			assert_null(enum_name(sets[i], outside[j]));
			assert_string_equal(enum_label(sets[i], outside[j]), "");
			assert_string_equal(enum_sign(sets[i], outside[j]), "");
		}
	}
}

/* A set a record uses and this table forgot would escape the tests above. */
static void every_set_in_use_is_checked(void **state)
{
	(void)state;
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++)
		for (size_t j = 0; j < record_kinds[i].field_count; j++)
			if (record_kinds[i].fields[j].type == FIELD_ENUM)
				assert_true(is_listed(record_kinds[i].fields[j].names));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_has_its_words),
		cmocka_unit_test(every_name_names_one_value),
		cmocka_unit_test(nothing_outside_a_set_has_words),
		cmocka_unit_test(every_set_in_use_is_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
