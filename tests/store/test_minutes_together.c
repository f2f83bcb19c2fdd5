/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that two composed from the same record of a meeting: the second finds the first's done. */
#include "store/minutes_test.h"

static const char items[] = "SELECT group_concat(label || ' ' || state || ' ' || "
			    "coalesce(minutes_spent, '-') || ' ' || coalesce(resumed, '-'), '|')"
			    " FROM (SELECT * FROM agenda_item ORDER BY rank)";

struct steps {
	struct operation *first, *second;
};

static void commit(struct store *store, struct steps *steps, enum rc wanted)
{
	struct error why;
	assert_done(operation_commit(steps->first, store, NULL, err));
	assert_int_equal(operation_commit(steps->second, store, NULL, &why), wanted);
	operation_free(steps->first);
	operation_free(steps->second);
}

/* Each composed before the other is committed. */
static struct steps go_to(struct store *store, int64_t first, day_minute at, int64_t second,
			  day_minute then)
{
	struct steps steps = {operation_new(), operation_new()};
	assert_done(minutes_go_to(store, group.meeting, first, at, steps.first, err));
	assert_done(minutes_go_to(store, group.meeting, second, then, steps.second, err));
	return steps;
}

static void of_two_who_go_on_at_once_the_first_sets_the_clock(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct steps steps = go_to(store, group.item1, 900, group.item1, 901);
	commit(store, &steps, RC_OK);
	assert_sql("SELECT status || ' ' || opened FROM meeting", "in_session 15:00");
	assert_sql(items, "1 in_progress - 15:00|2 pending - -|2.a pending - -");
	steps = go_to(store, group.item2, 909, group.item2, 910);
	commit(store, &steps, RC_OK);
	assert_sql(items, "1 done 9 -|2 in_progress - 15:09|2.a pending - -");
	store_close(store);
}

/* A clock that a person puts right is hers. */
static void a_clock_alone_is_still_asked_about(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct steps steps = {operation_new(), operation_new()};
	operation_change(steps.first, "agenda_item", group.item1, "minutes_spent", value_null(),
			 value_integer(5));
	operation_change(steps.second, "agenda_item", group.item1, "minutes_spent", value_null(),
			 value_integer(6));
	operation_set_words(steps.first, "uno");
	operation_set_words(steps.second, "otro");
	commit(store, &steps, RC_CONFLICT);
	store_close(store);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(of_two_who_go_on_at_once_the_first_sets_the_clock),
		IN_A_FOLDER(a_clock_alone_is_still_asked_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
