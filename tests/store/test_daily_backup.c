/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which backups of every day stay. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/daily_backup.h"

/* One for each day from the first to the last, the newest first. */
static void fill(daily_backups *backups, const char *newest, int days, int64_t bytes)
{
	day_number day = date_parse_iso(newest);
	for (int i = 0; i < days; i++)
		*vector_add(backups) = (struct daily_backup){.day = day - i, .bytes = bytes};
}

/* Those that stay, a date each. */
static void assert_kept(const daily_backups *backups, const char *expected)
{
	struct strbuf kept;
	bool *keep = mem_alloc_zero(backups->count + 1, sizeof(*keep));
	strbuf_init(&kept);
	daily_backups_choose(backups, keep);
	for (size_t i = 0; i < backups->count; i++) {
		if (!keep[i])
			continue;
		strbuf_addf(&kept, "%s", kept.length ? " " : "");
		date_add_iso(&kept, backups->items[i].day);
	}
	assert_string_equal(kept.data, expected);
	strbuf_release(&kept);
	free(keep);
}

static void days_weeks_and_months_stay(void **state)
{
	daily_backups backups = {0};
	(void)state;
	assert_kept(&backups, "");
	/* 2024-03-06 is a Wednesday. */
	fill(&backups, "2024-03-06", 1, 1);
	assert_kept(&backups, "2024-03-06");
	vector_release(&backups);
	backups = (daily_backups){0};
	fill(&backups, "2024-03-06", 500, 1);
	assert_kept(&backups,
		    "2024-03-06 2024-03-05 2024-03-04 2024-03-03 2024-03-02 2024-03-01 2024-02-29"
		    " 2024-02-25 2024-02-18 2024-01-31 2023-12-31 2023-11-30 2023-10-31 2023-09-30"
		    " 2023-08-31 2023-07-31 2023-06-30 2023-05-31 2023-04-30");
	vector_release(&backups);
}

/* Days without a backup do not count, nor does a second one of a day. */
static void an_absence_loses_none(void **state)
{
	static const char *const days[] = {"2024-03-06", "2024-03-06", "2023-11-01", "2023-10-31",
					   "2023-10-30", "2022-01-15", "1969-12-29", "1969-12-28"};
	daily_backups backups = {0};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(days); i++)
		*vector_add(&backups) = (struct daily_backup){.day = date_parse_iso(days[i])};
	assert_kept(&backups, "2024-03-06 2023-11-01 2023-10-31 2023-10-30 2022-01-15 1969-12-29"
			      " 1969-12-28");
	vector_release(&backups);
}

static void there_is_a_limit_but_for_the_newest(void **state)
{
	daily_backups backups = {0};
	(void)state;
	fill(&backups, "2024-03-06", 7, DAILY_BYTES_MAX / 3);
	assert_kept(&backups, "2024-03-06 2024-03-05 2024-03-04");
	vector_release(&backups);
	backups = (daily_backups){0};
	fill(&backups, "2024-03-06", 7, DAILY_BYTES_MAX * 2);
	assert_kept(&backups, "2024-03-06");
	vector_release(&backups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_weeks_and_months_stay),
		cmocka_unit_test(an_absence_loses_none),
		cmocka_unit_test(there_is_a_limit_but_for_the_newest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
