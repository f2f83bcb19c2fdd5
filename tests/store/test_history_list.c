/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history as a list: what waits on top, what touched a record, what is gone, what is new. */
#include "store/replica_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/store/operation_told.h"
#include "nucleo/store/seen.h"
#include "nucleo/sync/folder.h"

static bool add_words(void *context, const void *row)
{
	const struct history *operation = row;
	struct strbuf *out = context;
	strbuf_addf(out, "%s%s", out->length ? "|" : "", operation->words);
	return true;
}

static void list(struct store *store, enum record_kind_id kind, const char *text,
		 struct list_query query, list_visitor *visit, struct strbuf *out)
{
	struct filter filter;
	strbuf_reset(out);
	assert_done(filter_parse(&filter, &record_kinds[kind], text, test_today(), err));
	query.filter = &filter;
	assert_done(store_list(store, kind, &query, visit, out, err));
	filter_release(&filter);
}

static void assert_words(struct store *store, const char *filter, const char *expected)
{
	struct strbuf out;
	strbuf_init(&out);
	list(store, RECORD_HISTORY, filter, (struct list_query){0}, add_words, &out);
	assert_string_equal(out.data, expected);
	strbuf_release(&out);
}

static void commit(struct store *store, struct operation *op, const char *words)
{
	operation_set_words(op, "%s", words);
	test_commit(store, op);
}

/* A group, a follow-up of its meeting with who is responsible and a note, each by itself. */
struct case_of {
	struct group group;
	int64_t followup, responsible, note;
};

static struct case_of make_case(struct store *store)
{
	struct case_of made = {.group = test_group(store)};
	struct operation *op = operation_new();
	made.followup = add_row(op, "followup", "code", "S-2023-001", "description",
				"Entregar los datos", "kind", "task", "status", "open", NULL);
	operation_field(op, "meeting", value_key(made.group.meeting));
	commit(store, op, "nace");
	op = operation_new();
	made.responsible = operation_insert(op, "followup_responsible");
	operation_field(op, "followup", value_key(made.followup));
	operation_field(op, "organization", value_key(made.group.fcd));
	commit(store, op, "responsable");
	op = operation_new();
	made.note = add_row(op, "followup_note", "text", "llamar antes", NULL);
	operation_field(op, "followup", value_key(made.followup));
	commit(store, op, "nota");
	/* Names neither the follow-up nor its meeting. */
	op = operation_new();
	operation_change(op, "followup_note", made.note, "text", value_text("llamar antes"),
			 value_text("llamar después"));
	commit(store, op, "otra nota");
	op = operation_new();
	operation_change(op, "commitment", made.group.c1, "title", value_null(),
			 value_text("Con título"));
	commit(store, op, "título");
	return made;
}

static void a_record_has_what_touched_it_and_its_parts(void **state)
{
	(void)state;
	struct store *store = test_create("touched.db");
	struct case_of made = make_case(store);
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "registro:%lld", (long long)made.followup);
	assert_words(store, "registro:S-2023-001", "otra nota|nota|responsable|nace");
	assert_words(store, "registro:s-2023-001 -nota", "responsable|nace");
	assert_words(store, key.data, "otra nota|nota|responsable|nace");
	assert_words(store, "acción:S-2023-001", "otra nota|nota|responsable|nace");
	assert_words(store, "compromiso:C1 título", "título");
	assert_words(store, "registro:C9", "");
	/* An institution is named by those it answers for; only itself belongs to it. */
	assert_words(store, "institución:FCD responsable", "");
	strbuf_release(&key);
	store_close(store);
}

static void a_meeting_has_all_that_belongs_to_it(void **state)
{
	(void)state;
	struct store *store = test_create("meeting.db");
	struct strbuf filter;
	make_case(store);
	char *number = test_query("meeting.db", "SELECT number FROM meeting");
	strbuf_init(&filter);
	strbuf_addf(&filter, "reunión:%s nota", number);
	assert_words(store, filter.data, "otra nota|nota");
	strbuf_reset(&filter);
	strbuf_addf(&filter, "reunión:%s título", number);
	assert_words(store, filter.data, "");
	strbuf_release(&filter);
	free(number);
	store_close(store);
}

/* ---- what is gone */

static bool add_trash(void *context, const void *row)
{
	const struct trash *trash = row;
	strbuf_addf(context, "[%s %s: %s]", trash->table, trash->code ? trash->code : "-",
		    trash->text ? trash->text : "-");
	return true;
}

static void assert_trash(struct store *store, const char *filter, const char *expected)
{
	struct strbuf out;
	strbuf_init(&out);
	list(store, RECORD_TRASH, filter, (struct list_query){0}, add_trash, &out);
	assert_string_equal(out.data, expected);
	strbuf_release(&out);
}

static void remove_all(struct store *store, const struct case_of *made)
{
	struct operation *op = operation_new();
	operation_delete(op, "followup_responsible", made->responsible);
	operation_delete(op, "followup_note", made->note);
	operation_delete(op, "followup", made->followup);
	commit(store, op, "se va");
}

static void what_was_removed_is_in_the_trash_until_it_is_back(void **state)
{
	(void)state;
	struct store *store = test_create("trash.db");
	struct case_of made = make_case(store);
	assert_trash(store, "", "");
	struct operation *op = operation_new();
	operation_delete(op, "commitment", made.group.c3);
	commit(store, op, "fuera C3");
	remove_all(store, &made);
	/* Its parts went with it and are no records of their own. */
	assert_trash(store, "datos", "[followup S-2023-001: Entregar los datos]");
	assert_words(store, "quitados", "se va|fuera C3");
	assert_words(store, "-quitados título", "título");
	/* A record that is gone still has a history, by what it was called. */
	assert_words(store, "registro:S-2023-001", "se va|otra nota|nota|responsable|nace");
	assert_trash(store, "-datos", "[commitment C10: -]");
	assert_trash(store, "clase:acción", "[followup S-2023-001: Entregar los datos]");
	/* It comes back under its own key, as an undo has it. */
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql,
		    "INSERT INTO followup (key, code, description, kind, status)"
		    " VALUES (%lld, 'S-2023-001', 'x', 'task', 'open')",
		    (long long)made.followup);
	test_sql("trash.db", sql.data);
	assert_trash(store, "datos", "");
	strbuf_release(&sql);
	store_close(store);
}

/* ---- the queue */

static struct drive *open_drive(const char *name)
{
	char *path = folder_path(name);
	struct drive *drive = folder_open(path);
	free(path);
	return drive;
}

static bool add_state(void *context, const void *row)
{
	const struct history *operation = row;
	strbuf_addf(context, "%s%s:%s:%lld", ((struct strbuf *)context)->length ? "|" : "",
		    operation->words, enum_name(&operation_state_names, operation->state),
		    (long long)operation->number);
	return true;
}

static void queue(struct store *replica, const char *code, const char *words)
{
	struct operation *op = operation_new();
	add_row(op, "followup", "code", code, "description", words, "kind", "task", "status",
		"open", NULL);
	commit(replica, op, words);
}

static void what_waits_stands_before_what_is_published(void **state)
{
	(void)state;
	struct store *replica = test_replica("queue.db");
	struct drive *drive = open_drive(__func__);
	struct strbuf out;
	strbuf_init(&out);
	queue(replica, "S-2023-001", "uno");
	run_rounds(replica, drive);
	queue(replica, "S-2023-002", "dos");
	queue(replica, "S-2023-003", "tres");
	assert_done(replica_park(replica, 1, "otra persona", err));
	list(replica, RECORD_HISTORY, "", (struct list_query){0}, add_state, &out);
	assert_string_equal(out.data, "tres:queued:0|dos:parked:0|uno:published:1");
	list(replica, RECORD_HISTORY, "orden:qué", (struct list_query){0}, add_state, &out);
	assert_string_equal(out.data, "dos:parked:0|tres:queued:0|uno:published:1");
	assert_words(replica, "conflictos", "dos");
	assert_words(replica, "estado:\"en cola\"", "tres");
	assert_words(replica, "registro:S-2023-003", "tres");
	strbuf_release(&out);
	folder_close(drive);
	store_close(replica);
}

struct place {
	int64_t key;
	char sort[64];
};

static bool take_place(void *context, const void *row)
{
	const struct history *operation = row;
	struct place *place = context;
	place->key = operation->key;
	snprintf(place->sort, sizeof(place->sort), "%s", operation->sort);
	return false;
}

/* One row at a time, from either end: the queue and the rest are one list. */
static void pages_go_on_from_the_queue_to_the_rest(void **state)
{
	(void)state;
	struct store *replica = test_replica("pages.db");
	struct drive *drive = open_drive(__func__);
	int64_t keys[4];
	struct place place = {0};
	queue(replica, "S-2023-001", "uno");
	queue(replica, "S-2023-002", "dos");
	run_rounds(replica, drive);
	queue(replica, "S-2023-003", "tres");
	queue(replica, "S-2023-004", "cuatro");
	for (int i = 0; i < 4; i++) {
		struct list_anchor anchor = {place.sort, place.key};
		struct list_query next = {.limit = 1, .from = i ? &anchor : NULL};
		assert_done(store_list(replica, RECORD_HISTORY, &next, take_place, &place, err));
		keys[i] = place.key;
	}
	assert_true(keys[0] < 0 && keys[1] < 0 && keys[0] > keys[1]);
	assert_int_equal(keys[2], 2);
	assert_int_equal(keys[3], 1);
	for (int i = 2; i >= 0; i--) {
		struct list_anchor anchor = {place.sort, place.key};
		struct list_query before = {
			.limit = 1, .from = &anchor, .direction = LIST_BACKWARD};
		assert_done(store_list(replica, RECORD_HISTORY, &before, take_place, &place, err));
		assert_int_equal(place.key, keys[i]);
	}
	folder_close(drive);
	store_close(replica);
}

/* ---- what is new */

static void what_others_did_is_new_until_it_is_seen(void **state)
{
	(void)state;
	struct store *ana = test_replica("ana.db"), *luis;
	struct drive *drive = open_drive(__func__);
	struct seen_mark mark;
	int64_t count = 7;
	queue(ana, "S-2023-001", "uno");
	run_rounds(ana, drive);
	/* Whoever comes for the first time has nothing to catch up with. */
	assert_done(seen_recall(ana, &mark, err));
	assert_done(seen_count(ana, &mark, &count, err));
	assert_int_equal(count, 0);
	assert_words(ana, "nuevas", "");
	assert_done(seen_move(ana, err));
	replica_copy_files("ana.db", "luis.db");
	luis = replica_reopen("luis.db");
	queue(luis, "S-2023-002", "dos");
	run_rounds(luis, drive);
	run_rounds(ana, drive);
	assert_done(seen_recall(ana, &mark, err));
	assert_int_equal(mark.number, 1);
	/* Both have no acronym, and this machine: it is one's own. */
	assert_words(ana, "nuevas", "");
	store_close(ana);
	store_close(luis);
	char *path = folder_path("ana.db");
	const struct store_options options = {.path = path, .actor = "ANA", .today = test_today()};
	assert_done(replica_open(&options, &ana, err));
	assert_words(ana, "nuevas", "dos");
	assert_done(seen_count(ana, &mark, &count, err));
	assert_int_equal(count, 1);
	assert_done(seen_move(ana, err));
	assert_words(ana, "nuevas", "");
	assert_words(ana, "-nuevas", "dos|uno");
	free(path);
	folder_close(drive);
	store_close(ana);
}

/* ---- many */

/* As ten thousand operations of people are; one in a hundred is on the follow-up, and one in
 * fifty undoes the one before. */
static void add_thousands(const struct case_of *made)
{
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(
		&sql,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
		" INSERT INTO history (number, op, parent, hash, at, by, host, words, undoes, text)"
		" SELECT 100 + i, printf('%%032x', i), '', '', '2023-11-17T10:00:00Z', 'FCD',"
		" 'mesa', 'cambio ' || i, iif(i %% 50, NULL, printf('%%032x', i - 1)), json_object('op', printf('%%032x', i), 'edits',"
		" json_array(json_object('table', 'followup', 'key',"
		" iif(i %% 100, 4503599627370496 + i, %lld), 'set', json_object('description',"
		" printf('%%.400c', 'x')), 'was', json_object('description',"
		" printf('%%.400c', 'y'))))) FROM n",
		(long long)made->followup);
	test_sql("many.db", sql.data);
	strbuf_release(&sql);
}

static void ten_thousand_operations_answer_at_once(void **state)
{
	(void)state;
	struct store *store = test_create("many.db");
	struct case_of made = make_case(store);
	struct strbuf out;
	const struct list_query page = {.limit = 40};
	const char *const filters[] = {
		"",	    "registro:S-2023-001", "reunión:AM-2023-05", "por:CNE",
		"quitados", "\"cambio 7\"",	 "deshechos"};
	strbuf_init(&out);
	add_thousands(&made);
	int64_t start = clock_monotonic_ms();
	for (size_t i = 0; i < ARRAY_COUNT(filters); i++)
		list(store, RECORD_HISTORY, filters[i], page, add_words, &out);
	assert_true(clock_monotonic_ms() - start < 4000);
	list(store, RECORD_HISTORY, "registro:S-2023-001 cambio", (struct list_query){.limit = 2},
	     add_words, &out);
	assert_string_equal(out.data, "cambio 10000|cambio 9900");
	strbuf_release(&out);
	store_close(store);
}

/* ---- one operation */

static bool tell(void *context, const struct told_edit *edit)
{
	struct strbuf *out = context;
	strbuf_addf(out, "%d %s %s%s\n", (int)edit->kind, edit->word, edit->name ? edit->name : "-",
		    edit->is_there ? "" : " (no está)");
	for (size_t i = 0; i < edit->fields.count; i++) {
		const struct told_field *field = &edit->fields.items[i];
		if (!field->is_internal)
			strbuf_addf(out, "  %s: %s > %s\n", field->label,
				    field->was.words ? field->was.words : "-",
				    field->now.words ? field->now.words : "-");
	}
	return true;
}

static void an_operation_is_told_as_people_read_it(void **state)
{
	(void)state;
	struct store *store = test_create("told.db");
	struct case_of made = make_case(store);
	struct operation *op = operation_new();
	struct strbuf out;
	strbuf_init(&out);
	operation_change(op, "followup", made.followup, "status", value_text("open"),
			 value_text("done"));
	operation_change(op, "followup", made.followup, "due", value_null(),
			 value_text("2024-01-31"));
	operation_change(op, "followup", made.followup, "commitment", value_null(),
			 value_key(made.group.c1));
	operation_delete(op, "followup_responsible", made.responsible);
	operation_set_words(op, "hecha");
	int64_t number = test_commit(store, op);
	assert_done(operation_tell(store, number, tell, &out, err));
	assert_string_equal(out.data, "1 acción de seguimiento S-2023-001\n"
				      "  Estado: pendiente > hecha\n"
				      "  Vence: - > 31/01/2024\n"
				      "  Compromiso: - > C1\n"
				      "2 responsable de una acción - (no está)\n"
				      "  Acción: S-2023-001 > -\n"
				      "  Institución: FCD > -\n");
	struct error err;
	assert_int_equal(operation_tell(store, 999, tell, &out, &err), RC_NOT_FOUND);
	assert_int_equal(operation_tell(store, -5, tell, &out, &err), RC_NOT_FOUND);
	strbuf_release(&out);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_has_what_touched_it_and_its_parts),
		cmocka_unit_test(a_meeting_has_all_that_belongs_to_it),
		cmocka_unit_test(what_was_removed_is_in_the_trash_until_it_is_back),
		cmocka_unit_test(what_waits_stands_before_what_is_published),
		cmocka_unit_test(pages_go_on_from_the_queue_to_the_rest),
		cmocka_unit_test(what_others_did_is_new_until_it_is_seen),
		cmocka_unit_test(ten_thousand_operations_answer_at_once),
		cmocka_unit_test(an_operation_is_told_as_people_read_it),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
