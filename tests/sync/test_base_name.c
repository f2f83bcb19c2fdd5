/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "nucleo/sync/base_name.h"

#include <stdio.h>
#include <string.h>

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void what_is_written_is_read(void **state)
{
	(void)state;
	static const int64_t numbers[] = {1, 1024, 10240, 999999999999};
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
		struct strbuf name;
		struct log_head at = {.number = numbers[i], .hash = digest_of("x", i)}, read;
		strbuf_init(&name);
		base_name_add(&name, &at);
		assert_true(base_name_read(&read, name.data));
		assert_int_equal(read.number, at.number);
		assert_string_equal(read.hash.hex, at.hash.hex);
		strbuf_release(&name);
	}
}

static void nothing_else_is(void **state)
{
	(void)state;
	static const char *const names[] = {
		"", "base-", "base-1024", "base-1024-", "base-1024-.db", "base-1024-" A,
		"base-1024-" A ".d", "base-1024-" A ".dbx", "base-1024-" A ".db ",
		" base-1024-" A ".db", "Base-1024-" A ".db", "base--" A ".db", "base-0-" A ".db",
		"base-01024-" A ".db", "base-+1024-" A ".db", "base--1024-" A ".db",
		"base-1024x-" A ".db", "base-1000000000000-" A ".db",
		"base-99999999999999999999-" A ".db", "base-1024-a" A ".db", "base-1024-A" A ".db",
		"base-1024-" A " (1).db", "base-1024-" A ".sync-conflict-20231117-204207.db",
		"00000/base-1024-" A ".db", "base-1024-AAAA", "FORMAT", "tmp", "00000",
	};
	struct log_head read = {.number = 7};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (base_name_read(&read, names[i]))
			fail_msg("taken for a snapshot: %s", names[i]);
	assert_int_equal(read.number, 7);
}

static void the_highest_at_most_is_found(void **state)
{
	(void)state;
	static char *listing[] = {
		"FORMAT", "base-1024-" B ".db", "base-9-" A ".db", "00000", "base-1024-" A ".db",
		"base-2048-" A ".db", "base-1024-" B ".db", "base-3072-" A ".db.part", "who-1",
	};
	static const struct {
		int64_t at_most;
		size_t index;
	} cases[] = {
		{0, BASE_NAME_NONE}, {8, BASE_NAME_NONE}, {9, 2}, {1023, 2}, {1024, 4},
		{2047, 4}, {2048, 5}, {INT64_MAX, 5},
	};
	drive_names names = {.items = listing, .count = ARRAY_COUNT(listing)};
	drive_names none = {0};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(base_name_highest(&names, cases[i].at_most), cases[i].index);
	assert_int_equal(base_name_highest(&none, INT64_MAX), BASE_NAME_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(nothing_else_is),
		cmocka_unit_test(the_highest_at_most_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
