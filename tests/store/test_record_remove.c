/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/record_remove.h"

static enum rc try_remove(struct store *store, enum record_kind_id kind, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = record_remove(store, kind, record_keys[kind], operation, err);
	if (rc == RC_OK)
		test_commit(store, operation);
	else
		operation_free(operation);
	return rc;
}

static void removing_and_bringing_back(void **state)
{
	static const struct {
		enum record_kind_id kind;
		const char *words; /* NULL: it is refused, ... */
		const char *hint; /* ... naming this */
	} cases[] = {
		{RECORD_ORGANIZATION, NULL,
		 "1 asistencia (AM-2023-05, FCD); 1 acción (S-2023-001)"},
		{RECORD_PLAN, NULL, "3 compromisos (C1, C10, paga2/C2)"},
		{RECORD_COMMITMENT, "Quita el compromiso paga2/C2", NULL},
		{RECORD_MILESTONE, NULL, "1 avance (C1 al 17/11/2023)"},
		{RECORD_PROGRESS, "Quita el avance de C1 al 17/11/2023", NULL},
		{RECORD_BLOCKER, "Quita el bloqueo de C1: Sin presupuesto", NULL},
		{RECORD_MEETING, NULL, "1 acción (S-2023-001)"},
		{RECORD_AGENDA, NULL, "1 acción (S-2023-001)"},
		{RECORD_ATTENDEE, "Quita la asistencia de FCD a AM-2023-05", NULL},
		{RECORD_RESOLUTION,
		 "Quita la resolución AM-2023-05/2#1: El CNE pregunta por el avance.", NULL},
		{RECORD_FOLLOWUP, "Quita la acción S-2023-001: Entregar los datos", NULL},
		{RECORD_INDICATOR, "Quita el valor de Visitas al portal: 12.5", NULL},
		{RECORD_PERSON, "Quita a quien es Docente de UTPL", NULL},
		{RECORD_DOCUMENT, "Quita el documento «Guía»", NULL},
	};
	(void)state;
	struct store *store = record_store();
	snapshot("before.db");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct error err = {0};
		enum rc rc = try_remove(store, cases[i].kind, &err);
		if (rc != (cases[i].words ? RC_OK : RC_REFUSED) ||
		    (cases[i].hint && !strstr(err.text, cases[i].hint)))
			fail_msg("%s: %d %s", record_kinds[cases[i].kind].name, (int)rc, err.text);
		if (rc == RC_OK) {
			assert_words(cases[i].words);
			take_back(store);
		}
		assert_as(store, "before.db");
	}
	store_close(store);
}

/* What others write after it was asked about is not removed unseen. */
static void what_changed_since_is_not_removed(void **state)
{
	(void)state;
	struct error failure = {0};
	struct store *store = record_store();
	int64_t key = record_keys[RECORD_FOLLOWUP];
	struct operation *operation = operation_new();
	assert_done(record_remove(store, RECORD_FOLLOWUP, key, operation, err));
	struct record_edit *theirs = begin_edit(store, RECORD_FOLLOWUP, key);
	put_text(theirs, "description", "Palabras nuevas");
	assert_true(save_edit(store, theirs));
	assert_int_equal(operation_commit(operation, store, NULL, &failure), RC_CONFLICT);
	assert_non_null(strstr(failure.text, "ahora dice «Palabras nuevas»"));
	operation_free(operation);
	theirs = begin_edit(store, RECORD_FOLLOWUP, key);
	assert_string_equal(shown_text(theirs, "description"), "Palabras nuevas");
	record_edit_free(theirs);
	store_close(store);
}

/* A meeting takes its agenda along, and all of it comes back. */
static void a_meeting_goes_with_its_agenda(void **state)
{
	(void)state;
	struct error failure = {0};
	struct record_removal removal;
	struct store *store = record_store();
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, record_keys[RECORD_FOLLOWUP]);
	put_text(edit, "meeting", "");
	put_text(edit, "item", "");
	assert_true(save_edit(store, edit));
	snapshot("before.db");
	assert_done(record_removal_plan(store, RECORD_MEETING, record_keys[RECORD_MEETING],
					&removal, err));
	assert_string_equal(removal.called, "la reunión AM-2023-05 del 17/11/2023");
	assert_string_equal(removal.parts, "1 asistencia, 3 puntos, 1 resolución");
	assert_int_equal(removal.blocker_count, 0);
	record_removal_release(&removal);
	assert_int_equal(try_remove(store, RECORD_MEETING, &failure), RC_OK);
	assert_int_equal(record_edit_begin(store, RECORD_MEETING, record_keys[RECORD_MEETING],
					   &edit, &failure),
			 RC_NOT_FOUND);
	assert_int_equal(record_removal_plan(store, RECORD_AGENDA, record_keys[RECORD_AGENDA],
					     &removal, &failure),
			 RC_NOT_FOUND);
	take_back(store);
	assert_as(store, "before.db");
	store_close(store);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(removing_and_bringing_back),
		IN_A_FOLDER(what_changed_since_is_not_removed),
		IN_A_FOLDER(a_meeting_goes_with_its_agenda),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
