/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told when a drive that was away for long comes back. */
#include "store/conflict_test.h"

#include "nucleo/store/return_report.h"

static void wait_long(const char *name)
{
	test_sql(name, "UPDATE pending SET since = '2023-11-16T10:00:00Z'");
}

static void a_spell_without_the_drive_is_reported(void **state)
{
	struct desk *desk = *state;
	struct return_report report;
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", "suyo");
	desk_set(desk->theirs, "commitment", desk->group.c2, "title", "suyo");
	desk_set(desk->theirs, "commitment", desk->group.c3, "title", "suyo");
	wait_long("theirs.db");
	desk_set(desk->theirs, "plan", desk->group.plan, "title", "suyo");
	desk_set(desk->ours, "commitment", desk->group.c1, "axis", "nuestro");
	desk_set(desk->ours, "commitment", desk->group.c2, "title", "nuestro");
	assert_false(return_report_is_new(desk->theirs));
	desk_exchange(desk);
	/* It is there until it is read, whoever opens it next. */
	store_close(desk->theirs);
	desk->theirs = desk_open("theirs.db", "AME");
	assert_true(return_report_is_new(desk->theirs));
	return_report_init(&report);
	assert_done(return_report_load(desk->theirs, &report, err));
	assert_true(report.is_there && !report.is_told);
	assert_string_equal(report.since, "2023-11-16T10:00:00Z");
	assert_int_equal(report.published, 3);
	assert_int_equal(report.received, 2);
	assert_string_equal(report.others.data, "FCD 2");
	assert_int_equal(report.merged.count, 1);
	assert_string_equal(report.merged.items[0], "C1");
	assert_int_equal(report.parked, 1);
	return_report_release(&report);
	assert_done(return_report_told(desk->theirs, err));
	assert_false(return_report_is_new(desk->theirs));
	/* What comes and goes in time is no news, and the next spell counts anew. */
	desk_set(desk->theirs, "commitment", desk->group.c3, "axis", "suyo");
	desk_exchange(desk);
	assert_false(return_report_is_new(desk->theirs));
	desk_set(desk->theirs, "commitment", desk->group.c3, "axis", "otro");
	wait_long("theirs.db");
	desk_exchange(desk);
	return_report_init(&report);
	assert_done(return_report_load(desk->theirs, &report, err));
	assert_int_equal(report.published, 1);
	assert_int_equal(report.received, 0);
	assert_int_equal(report.merged.count, 0);
	return_report_release(&report);
	assert_false(return_report_is_new(desk->ours));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_spell_without_the_drive_is_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
