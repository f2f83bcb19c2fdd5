/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/minutes.h"

/* What is written while a meeting lasts: each step as one operation. */

static struct group group;

/* The group, with its meeting not yet begun. */
static struct store *meeting_store(void)
{
	struct store *store = test_create(RECORD_DATABASE);
	group = test_group(store);
	test_sql(RECORD_DATABASE, "UPDATE meeting SET status = 'convened'");
	return store;
}

static void assert_sql(const char *sql, const char *expected)
{
	char *found = test_query(RECORD_DATABASE, sql);
	assert_string_equal(found, expected);
	free(found);
}

/* ---- lines as if they had been read */

static struct capture plain(const char *text)
{
	return (struct capture){.text = mem_strdup(text),
				.kind = ENTRY_NOTE,
				.decision_kind = ENUM_NONE,
				.responsible = mem_strdup(""),
				.unknown = mem_strdup(""),
				.due = DATE_NONE};
}

static void forget(struct capture *capture)
{
	free(capture->text);
	free(capture->speaker);
	free(capture->responsible);
	free(capture->unknown);
	free(capture->due_text);
	free(capture->commitment);
	for (size_t i = 0; i < capture->measurements.count; i++)
		free(capture->measurements.items[i].code);
	vector_release(&capture->measurements);
	vector_release(&capture->said);
}

static void set_text(char **text, const char *to)
{
	free(*text);
	*text = mem_strdup(to);
}

/* Adds it behind what the item has; its key. */
static int64_t add_line(struct store *store, int64_t item, struct capture *capture)
{
	const struct minutes_place place = {.meeting = group.meeting, .item = item};
	struct operation *operation = operation_new();
	int64_t entry = 0;
	assert_done(minutes_add_line(store, &place, capture, false, operation, &entry, err));
	test_commit(store, operation);
	forget(capture);
	return entry;
}

static int64_t add_text(struct store *store, int64_t item, const char *text)
{
	struct capture capture = plain(text);
	return add_line(store, item, &capture);
}

/* The lines of item 2, apart by '|'. */
static void assert_lines(const char *expected)
{
	assert_sql("SELECT group_concat(text, '|') FROM (SELECT text FROM entry WHERE agenda_item ="
		   " (SELECT key FROM agenda_item WHERE label = '2') ORDER BY rank, key)",
		   expected);
}

/* ---- the tests */

static void a_note_comes_behind_what_is_there(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct capture capture = plain("ya entregó los datos");
	set_text(&capture.speaker, "FCD");
	add_line(store, group.item2, &capture);
	assert_words("AM-2023-05, punto 2: FCD, «ya entregó los datos»");
	add_text(store, group.item2, "tercera");
	assert_lines("El CNE pregunta por el avance.|ya entregó los datos|tercera");
	add_text(store, 0, "Se saluda.");
	assert_words("AM-2023-05, antes del primer punto: «Se saluda.»");
	take_back(store);
	assert_sql("SELECT count(*) FROM entry WHERE agenda_item IS NULL", "0");
	store_close(store);
}

static void a_line_with_everything(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct capture capture = plain("AME termina los talleres hasta marzo");
	capture.kind = ENTRY_UNDERTAKING;
	capture.has_followup = true;
	set_text(&capture.responsible, "AME\nXYZ");
	capture.due = date_from_civil(2024, 3, 31);
	set_text(&capture.due_text, "hasta marzo");
	set_text(&capture.commitment, "C10");
	struct capture_measurement *measure = vector_add(&capture.measurements);
	*measure = (struct capture_measurement){mem_strdup("C10"), 3850};
	add_line(store, group.item2, &capture);
	assert_words("AM-2023-05, punto 2: «AME termina los talleres hasta marzo»; acción de AME, "
		     "XYZ; C10: 38.5 %");
	assert_sql("SELECT f.code || ' ' || f.kind || ' ' || f.status || ' ' || due || ' ' || due_text "
		   "|| ' ' || c.code || ' ' || e.text || ' ' || label FROM followup AS f JOIN "
		   "commitment AS c ON c.key = f.\"commitment\" JOIN entry AS e ON e.key = entry JOIN "
		   "agenda_item AS a ON a.key = f.agenda_item",
		   "S-2023-001 undertaking proposed 2024-03-31 hasta marzo C10 AME termina los "
		   "talleres hasta marzo 2");
	assert_sql("SELECT group_concat(acronym || review, ' ') FROM (SELECT acronym, review FROM "
		   "followup_responsible AS r JOIN organization AS o ON o.key = r.organization "
		   "ORDER BY r.rank)", "AME0 XYZ1");
	assert_sql("SELECT percent || ' ' || as_of || ' ' || m.number || ' ' || label FROM progress "
		   "AS p JOIN meeting AS m ON m.key = p.meeting JOIN agenda_item AS a ON a.key = "
		   "p.agenda_item", "38.5 2023-11-17 AM-2023-05 2");
	store_close(store);
}

static void the_agenda_is_walked(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	static const char items[] = "SELECT group_concat(label || ' ' || state || ' ' || "
				    "coalesce(minutes_spent, '-') || ' ' || coalesce(resumed, '-'), "
				    "'|') FROM (SELECT * FROM agenda_item ORDER BY rank)";
	struct operation *operation = operation_new();
	assert_done(minutes_go_to(store, group.meeting, group.item1, 900, operation, err));
	assert_string_equal(operation_words(operation), "AM-2023-05, punto 1: se trata");
	test_commit(store, operation);
	assert_sql("SELECT status || ' ' || opened FROM meeting", "in_session 15:00");
	operation = operation_new();
	assert_done(minutes_go_to(store, group.meeting, group.item2, 912, operation, err));
	test_commit(store, operation);
	assert_sql(items, "1 done 12 -|2 in_progress - 15:12|2.a pending - -");
	operation = operation_new();
	assert_done(minutes_go_to(store, group.meeting, group.item1, 912, operation, err));
	test_commit(store, operation);
	assert_sql(items, "1 in_progress 12 15:12|2 done 1 -|2.a pending - -");
	operation = operation_new();
	assert_done(minutes_set_item(store, group.item1, ITEM_DEFERRED, 5, operation, err));
	test_commit(store, operation);
	assert_sql(items, "1 deferred 545 -|2 done 1 -|2.a pending - -");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_note_comes_behind_what_is_there, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(a_line_with_everything, folder_make, folder_remove),
		cmocka_unit_test_setup_teardown(the_agenda_is_walked, folder_make, folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
