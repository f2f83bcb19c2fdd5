/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that others change while a person writes in them. */
#include "store/record_test.h"

#include <string.h>

static void others_change_meanwhile(void **state)
{
	(void)state;
	struct error err = {0};
	struct store *store = record_store();
	int64_t key = record_keys[RECORD_FOLLOWUP];
	struct record_edit *mine = begin_edit(store, RECORD_FOLLOWUP, key);
	struct record_edit *other = begin_edit(store, RECORD_FOLLOWUP, key);
	struct record_edit *same = begin_edit(store, RECORD_FOLLOWUP, key);
	struct record_edit *gone = begin_edit(store, RECORD_FOLLOWUP, key);
	put_text(mine, "due", "31/01/2024");
	put_text(mine, "responsible", "FCD, AME, CNE");
	put_text(other, "description", "Publicar los datos");
	put_text(other, "responsible", "FCD, AME, UTPL");
	put_text(same, "due", "15/02/2024");
	put_text(gone, "responsible", "AME");
	assert_true(save_edit(store, mine));
	assert_true(save_edit(store, other));
	assert_int_equal(try_save_edit(store, same, &err), RC_CONFLICT);
	assert_non_null(strstr(err.text, "2024-01-31"));
	assert_true(save_edit(store, gone));
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, key);
	assert_string_equal(shown_text(edit, "due"), "31/01/2024");
	assert_string_equal(shown_text(edit, "description"), "Publicar los datos");
	assert_non_null(strstr(shown_text(edit, "responsible"), "CNE"));
	assert_non_null(strstr(shown_text(edit, "responsible"), "UTPL"));
	assert_null(strstr(shown_text(edit, "responsible"), "FCD"));
	record_edit_free(edit);
	store_close(store);
}

static void see(struct record_edit *edit, const char *field, const char *text)
{
	assert_done(record_edit_set_seen(edit, record_edit_index(edit, field), text, err));
}

/* Others wrote something else than she saw: that conflicts, whatever it was. */
static void what_she_did_not_see_is_not_replaced(void **state)
{
	(void)state;
	struct error failure = {0};
	struct store *store = record_store();
	int64_t key = record_keys[RECORD_FOLLOWUP];
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, key);
	put_text(edit, "description", "Lo mío");
	see(edit, "description", "Lo que vi");
	assert_int_equal(try_save_edit(store, edit, &failure), RC_CONFLICT);
	assert_non_null(strstr(failure.text, "usted vio «Lo que vi»"));
	/* A record that is gone was seen all the same. */
	edit = begin_edit(store, RECORD_FOLLOWUP, key);
	put_text(edit, "commitment", "paga1/C2");
	see(edit, "commitment", "C77");
	assert_int_equal(try_save_edit(store, edit, &failure), RC_CONFLICT);
	store_close(store);
}

/* Of a list what others added stays, what she took out goes. */
static void lists_that_both_changed_merge(void **state)
{
	(void)state;
	struct store *store = record_store();
	int64_t key = record_keys[RECORD_FOLLOWUP];
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, key);
	put_text(edit, "responsible", "FCD, AME, CNE");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_FOLLOWUP, key);
	put_text(edit, "responsible", "AME, UTPL");
	see(edit, "responsible", "FCD, AME");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_FOLLOWUP, key);
	assert_non_null(strstr(shown_text(edit, "responsible"), "AME"));
	assert_non_null(strstr(shown_text(edit, "responsible"), "CNE"));
	assert_non_null(strstr(shown_text(edit, "responsible"), "UTPL"));
	assert_null(strstr(shown_text(edit, "responsible"), "FCD"));
	/* Both added the same one. */
	put_text(edit, "responsible", "AME, CNE");
	see(edit, "responsible", "AME");
	(void)save_edit(store, edit);
	edit = begin_edit(store, RECORD_FOLLOWUP, key);
	assert_non_null(strstr(shown_text(edit, "responsible"), "UTPL"));
	record_edit_free(edit);
	store_close(store);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(others_change_meanwhile),
		IN_A_FOLDER(what_she_did_not_see_is_not_replaced),
		IN_A_FOLDER(lists_that_both_changed_merge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
