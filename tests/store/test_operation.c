/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/records.h"
#include "nucleo/store/verify.h"

/* Commits what must not go through: the head stays, and the message has those words. */
static void assert_not_committed(struct store *store, struct operation *operation, enum rc expected,
				 const char *words)
{
	int64_t before = 0, after = 0, number = -7;
	struct error refusal = {0};
	assert_done(store_version(store, &before, err));
	assert_int_equal(operation_commit(operation, store, &number, &refusal), expected);
	if (!strstr(refusal.text, words))
		fail_msg("%s", refusal.text);
	assert_int_equal(number, -7);
	assert_done(store_version(store, &after, err));
	assert_int_equal(before, after);
	assert_done(store_verify(store, err));
	operation_free(operation);
}

static struct operation *change(const char *table, int64_t key, const char *column, const char *was,
				const char *now)
{
	struct operation *op = operation_new();
	operation_change(op, table, key, column, value_text(was), value_text(now));
	return op;
}

static void assert_value(const char *name, const char *sql, const char *expected)
{
	char *value = test_query(name, sql);
	assert_string_equal(value, expected);
	free(value);
}

static void operations_are_chained_and_replay(void **state)
{
	(void)state;
	int64_t head = -1;
	struct store *store = test_create("chain.db");
	assert_done(store_version(store, &head, err));
	assert_int_equal(head, 0);
	struct group group = test_group(store);
	struct operation *op =
		change("commitment", group.c1, "title", NULL, "Datos «abiertos»\n\t\"x\" \\u0000");
	operation_delete(op, "agenda_item", group.item2a);
	operation_set_words(op, "%s: título", "C1");
	assert_int_equal(test_commit(store, op), 2);
	assert_done(store_version(store, &head, err));
	assert_int_equal(head, 2);
	assert_done(store_verify(store, err));
	store_close(store);
	assert_value("chain.db", "SELECT parent FROM history WHERE number = 1",
		     "0000000000000000000000000000000000000000000000000000000000000000");
	assert_value("chain.db",
		     "SELECT h.parent = g.hash FROM history h, history g"
		     " WHERE h.number = 2 AND g.number = 1",
		     "1");
	assert_value("chain.db",
		     "SELECT group_concat(key) FROM history h, json_each(h.text)"
		     " WHERE number = 2",
		     "op,parent,at,by,host,program,schema,words,undoes,edits");
	assert_value("chain.db",
		     "SELECT json_extract(text, '$.edits[1].was.label') FROM history"
		     " WHERE number = 2",
		     "2.a");
	assert_value("chain.db", "SELECT words || by FROM history WHERE number = 2",
		     "C1: títuloFCD");
}

static void different_fields_merge_and_the_same_field_asks(void **state)
{
	(void)state;
	struct store *mine = test_create("merge.db"), *theirs = test_open("merge.db");
	struct group group = test_group(mine);
	test_commit(mine, change("commitment", group.c1, "title", NULL, "Uno"));
	test_commit(theirs, change("commitment", group.c1, "axis", NULL, "Eje"));
	struct operation *both = change("commitment", group.c1, "title", NULL, "Otro");
	operation_change(both, "commitment", group.c1, "axis", value_null(),
			 value_text("Otro eje"));
	assert_not_committed(theirs, both, RC_CONFLICT, "usted vio (vacío), ahora dice «Uno»");
	/* One field in conflict: the others of the operation are not written either. */
	both = change("commitment", group.c1, "problem", NULL, "Problema");
	operation_change(both, "commitment", group.c1, "title", value_null(), value_text("Otro"));
	assert_not_committed(theirs, both, RC_CONFLICT, "Título");
	/* Whoever wants what is there already has it. */
	test_commit(theirs, change("commitment", group.c1, "title", NULL, "Uno"));
	assert_done(store_verify(mine, err));
	store_close(mine);
	store_close(theirs);
	assert_value("merge.db",
		     "SELECT title || axis || coalesce(problem, '-') FROM commitment"
		     " WHERE code = 'C1'",
		     "UnoEje-");
}

static void what_is_gone_conflicts(void **state)
{
	(void)state;
	struct store *store = test_create("gone.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	operation_delete(op, "agenda_item", group.item1);
	test_commit(store, op);
	assert_not_committed(store, change("agenda_item", group.item1, "title", "a", "b"),
			     RC_CONFLICT, "borró");
	op = operation_new();
	operation_delete(op, "agenda_item", group.item1);
	assert_not_committed(store, op, RC_CONFLICT, "borró");
	store_close(store);
}

static void the_schema_explains_its_refusals(void **state)
{
	(void)state;
	struct store *store = test_create("refusals.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	add_row(op, "organization", "acronym", "FCD", "sector", "public", "sort", "fcd", NULL);
	assert_not_committed(store, op, RC_REFUSED,
			     "institución: ya hay otro registro con igual «Siglas»");
	op = operation_new();
	add_row(op, "organization", "acronym", "X", "sort", "x", NULL);
	assert_not_committed(store, op, RC_REFUSED, "falta «Sector»");
	op = operation_new();
	add_row(op, "organization", "acronym", "X", "sector", "nadie", "sort", "x", NULL);
	assert_not_committed(store, op, RC_REFUSED, "el valor «nadie» no vale para «Sector»");
	op = operation_new();
	add_row(op, "followup", "code", "S-1", "description", "d", "kind", "task", "status", "open",
		NULL);
	operation_field(op, "commitment", value_key(12345));
	assert_not_committed(store, op, RC_REFUSED, "«Compromiso» no existe");
	op = operation_new();
	operation_delete(op, "organization", group.cne);
	assert_not_committed(store, op, RC_REFUSED, "otro registro depende de eso (resolución)");
	op = operation_new();
	operation_change(op, "agenda_item", group.item1, "rank", value_integer(1), value_text("x"));
	assert_not_committed(store, op, RC_REFUSED, "no son del tipo");
	assert_not_committed(store,
			     change("meeting", group.meeting, "date", "2023-11-17", "2023-02-30"),
			     RC_REFUSED, "«2023-02-30» no vale para «Fecha»");
	assert_not_committed(store, operation_new(), RC_INVALID, "no hay ningún cambio");
	store_close(store);
}

static void only_columns_of_shared_tables_are_written(void **state)
{
	(void)state;
	static const char *const tables[] = {"history",	 "sqlite_schema", "sqlite_sequence",
					     "nada",	 "Plan",	  "pragma_table_info",
					     "plan\" --"};
	struct store *store = test_create("names.db");
	struct group group = test_group(store);
	for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
		struct operation *op = operation_new();
		add_row(op, tables[i], "code", "x", NULL);
		assert_not_committed(store, op, RC_INVALID, "mal formada");
	}
	struct operation *op = operation_new();
	add_row(op, "plan", "code", "x", "code\") --", "y", NULL);
	assert_not_committed(store, op, RC_INVALID, "mal formada");
	assert_not_committed(store, change("plan", group.plan, "key", "1", "2"), RC_INVALID,
			     "mal formada");
	store_close(store);
}

static void an_approved_acta_does_not_change(void **state)
{
	(void)state;
	struct store *store = test_create("approved.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	add_row(op, "entry", "kind", "decision", "decision_kind", "consensus", "text",
		"Se aprueba.", NULL);
	operation_field(op, "meeting", value_key(group.meeting));
	operation_field(op, "rank", value_integer(9));
	test_commit(store, op);
	test_commit(store, change("meeting", group.meeting, "status", "closed", "approved"));
	const char *words = "el acta AM-2023-05 está aprobada";
	assert_not_committed(store, change("meeting", group.meeting, "status", "approved", "draft"),
			     RC_REFUSED, words);
	assert_not_committed(store,
			     change("agenda_item", group.item1, "title", "Título de punto", "x"),
			     RC_REFUSED, words);
	assert_not_committed(store, change("entry", group.entry, "text", "a", "b"), RC_REFUSED,
			     words);
	op = operation_new();
	operation_delete(op, "entry", group.entry);
	assert_not_committed(store, op, RC_REFUSED, words);
	op = operation_new();
	add_row(op, "attendance", "capacity", "member", "status", "present", NULL);
	operation_field(op, "meeting", value_key(group.meeting));
	operation_field(op, "organization", value_key(group.fcd));
	assert_not_committed(store, op, RC_REFUSED, words);
	/* What became of a decision later, and other records, go on changing. */
	test_commit(store, change("entry", group.entry, "decision_state", NULL, "cumplida"));
	test_commit(store, change("commitment", group.c1, "title", NULL, "Uno"));
	store_close(store);
}

/* Numbers come back as they were given, to the last bit that fifteen digits carry. */
static void values_round_trip(void **state)
{
	(void)state;
	static const double values[] = {84.72, 0.1, 1e300, -2.5e-7, 38, 123456789.123456, 0};
	struct store *store = test_create("values.db");
	for (size_t i = 0; i < ARRAY_COUNT(values); i++) {
		struct operation *op = operation_new();
		int64_t indicator = add_row(op, "indicator", "name", "índice", NULL);
		int64_t key = operation_insert(op, "measurement");
		operation_field(op, "indicator", value_key(indicator));
		operation_field(op, "value", value_real(values[i]));
		test_commit(store, op);
		struct record_set set;
		assert_done(record_set_load(&set, store, RECORD_INDICATOR,
					    &(struct list_query){.key = key}, err));
		const struct indicator *row = record_set_at(&set, 0);
		assert_true(memcmp(&row->value, &values[i], sizeof(double)) == 0);
		record_set_release(&set);
		op = operation_new();
		operation_change(op, "measurement", key, "value", value_real(values[i]),
				 value_real(1.5));
		operation_delete(op, "measurement", key);
		/* The row read for the deletion is the one before the change. */
		assert_not_committed(store, op, RC_CONFLICT, "Valor");
		op = operation_new();
		operation_delete(op, "measurement", key);
		test_commit(store, op);
	}
	store_close(store);
}

static void assert_text_refused(struct store *store, const char *text, enum rc expected)
{
	struct error refusal = {0};
	int64_t before = 0, after = 0;
	assert_done(store_version(store, &before, err));
	if (operation_apply_text(store, text, strlen(text), NULL, &refusal) != expected)
		fail_msg("%s: %s", text, refusal.text);
	assert_done(store_version(store, &after, err));
	assert_int_equal(before, after);
}

/* Texts of others: every way of being no operation. %s is the parent. */
static void malformed_texts_are_refused(void **state)
{
	(void)state;
	static const char frame[] = "{\"op\":\"o\",\"parent\":\"%s\",\"at\":\"2023\",\"by\":\"\","
				    "\"host\":\"\",\"program\":\"1\",\"schema\":%s,\"words\":\"\","
				    "\"undoes\":null,\"edits\":%s}";
	static const char *const edits[] = {
		"7",
		"[]",
		"[7]",
		"{\"a\":1}",
		"[{\"table\":\"plan\",\"key\":1}]",
		"[{\"table\":\"plan\",\"key\":0,\"insert\":{\"code\":\"x\"}}]",
		"[{\"table\":\"plan\",\"key\":9007199254740992,\"insert\":{\"code\":\"x\"}}]",
		"[{\"table\":\"plan\",\"key\":\"1\",\"insert\":{\"code\":\"x\"}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":[1]}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":true}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":\"\\ud800\"}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":\"a\\u0000b\"}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":99999999999999999999}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":\"x\",\"code\":\"y\"}}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":\"x\"},\"delete\":true}]",
		"[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":\"x\"},\"was\":{}}]",
		"[{\"table\":\"plan\",\"key\":1,\"set\":{\"code\":\"x\"}}]",
		"[{\"table\":\"plan\",\"key\":1,\"set\":{},\"was\":{}}]",
		"[{\"table\":\"plan\",\"key\":1,\"set\":{\"code\":\"x\"},\"was\":{\"ends\":\"\"}}]",
		"[{\"table\":\"plan\",\"key\":1,\"set\":{\"code\":\"x\"},\"was\":{}}]",
		"[{\"table\":\"plan\",\"key\":1,\"delete\":false,\"was\":{}}]",
		"[{\"table\":\"plan\",\"key\":1,\"delete\":true}]",
		"[{\"table\":\"history\",\"key\":1,\"delete\":true,\"was\":{}}]",
	};
	static const char good[] = "[{\"table\":\"plan\",\"key\":1,\"insert\":{\"code\":\"x\"}}]";
	static const char zeros[] =
		"0000000000000000000000000000000000000000000000000000000000000000";
	struct strbuf text;
	struct store *store = test_create("malformed.db");
	strbuf_init(&text);
	for (size_t i = 0; i < ARRAY_COUNT(edits); i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, frame, zeros, "2", edits[i]);
		assert_text_refused(store, text.data, RC_INVALID);
	}
	static const char *const schemas[] = {"\"1\"", "null", "3"};
	for (size_t i = 0; i < ARRAY_COUNT(schemas); i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, frame, zeros, schemas[i], good);
		/* The last is of a newer program: nothing is wrong with it, but with this one. */
		assert_text_refused(store, text.data, i < 2 ? RC_INVALID : RC_REFUSED);
	}
	assert_text_refused(store, "", RC_INVALID);
	assert_text_refused(store, "{", RC_INVALID);
	assert_text_refused(store, "[]", RC_INVALID);
	assert_text_refused(store, "\"\xff\"", RC_INVALID);
	strbuf_reset(&text);
	strbuf_addf(&text, frame, "1234", "2", good);
	assert_text_refused(store, text.data, RC_INVALID);
	strbuf_reset(&text);
	strbuf_addf(&text, frame, zeros, "2", good);
	assert_done(operation_apply_text(store, text.data, text.length, NULL, err));
	/* Once more: its parent is no longer the last. */
	assert_text_refused(store, text.data, RC_INVALID);
	assert_done(store_verify(store, err));
	strbuf_release(&text);
	store_close(store);
}

static void an_operation_has_a_largest_size(void **state)
{
	(void)state;
	size_t size = (size_t)65 << 20;
	char *text = mem_alloc(size + 1);
	memset(text, 'a', size);
	text[size] = '\0';
	struct store *store = test_create("large.db");
	struct group group = test_group(store);
	assert_not_committed(store, change("plan", group.plan, "title", "Segundo plan", text),
			     RC_INVALID, "pasa de 64 MiB");
	free(text);
	store_close(store);
}

static void assert_verify_fails(const char *sql, const char *words)
{
	struct error refusal = {0};
	struct store *store = test_create("tampered.db");
	struct group group = test_group(store);
	test_commit(store, change("commitment", group.c1, "title", NULL, "Uno"));
	assert_done(store_verify(store, err));
	store_close(store);
	test_sql("tampered.db", sql);
	store = test_open("tampered.db");
	assert_int_equal(store_verify(store, &refusal), RC_INVALID);
	if (!strstr(refusal.text, words))
		fail_msg("%s", refusal.text);
	store_close(store);
	char *path = folder_path("tampered.db");
	assert_int_equal(remove(path), 0);
	free(path);
}

static void tampering_is_found(void **state)
{
	(void)state;
	assert_verify_fails("UPDATE commitment SET title = 'Dos' WHERE code = 'C1'", "compromiso");
	assert_verify_fails("INSERT INTO setting (key, name) VALUES (1, 'x')", "ajuste");
	assert_verify_fails("DELETE FROM agenda_item WHERE label = '2.a'", "punto del orden del día");
	assert_verify_fails(
		"UPDATE history SET text = replace(text, 'Uno', 'Dos') WHERE number = 2",
		"operación 2 del historial fue alterada");
	assert_verify_fails("UPDATE history SET words = 'x' WHERE number = 2", "history");
	assert_verify_fails("DELETE FROM history WHERE number = 1", "falta la operación 1");
	assert_verify_fails("DROP INDEX meeting_by_date", "estructura");
	assert_verify_fails("UPDATE history SET refused = 'x' WHERE number = 2", "compromiso");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations_are_chained_and_replay),
		cmocka_unit_test(different_fields_merge_and_the_same_field_asks),
		cmocka_unit_test(what_is_gone_conflicts),
		cmocka_unit_test(the_schema_explains_its_refusals),
		cmocka_unit_test(only_columns_of_shared_tables_are_written),
		cmocka_unit_test(an_approved_acta_does_not_change),
		cmocka_unit_test(values_round_trip),
		cmocka_unit_test(malformed_texts_are_refused),
		cmocka_unit_test(an_operation_has_a_largest_size),
		cmocka_unit_test(tampering_is_found),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
