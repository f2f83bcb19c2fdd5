/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/model/code.h"
#include "nucleo/model/directory.h"
#include "nucleo/model/names.h"

static void every_entry_is_found_by_what_it_says(void **state)
{
	(void)state;
	const struct directory_entry *entry;
	int count = 0;
	for (; (entry = directory_at(count)) != NULL; count++) {
		assert_true(code_is_acronym(entry->acronym));
		assert_non_null(enum_name(&sector_names, entry->sector));
		assert_ptr_equal(directory_find(entry->acronym), entry);
		if (entry->name) {
			assert_true(utf8_is_valid(entry->name, strlen(entry->name)));
			assert_ptr_equal(directory_find(entry->name), entry);
		}
	}
	assert_true(count > 20);
	assert_null(directory_at(-1));
}

static void entries_are_in_order(void **state)
{
	(void)state;
	for (int i = 1; directory_at(i); i++)
		assert_true(strcmp(directory_at(i - 1)->acronym, directory_at(i)->acronym) < 0);
}

static void it_is_found_in_any_spelling(void **state)
{
	(void)state;
	assert_string_equal(directory_find("fundapi")->acronym, "FUNDAPI");
	assert_string_equal(directory_find("PRESIDENCIA")->acronym, "Presidencia");
	assert_string_equal(directory_find("defensoria del pueblo de ecuador")->acronym, "DPE");
	assert_int_equal(directory_find("MINTEL")->sector, SECTOR_PUBLIC);
	assert_null(directory_find("CAEPS")->name);
	assert_null(directory_find(""));
	assert_null(directory_find("DP"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_entry_is_found_by_what_it_says),
		cmocka_unit_test(entries_are_in_order),
		cmocka_unit_test(it_is_found_in_any_spelling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
