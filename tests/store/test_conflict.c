/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is parked is told with both values, and becomes what a person decides. */
#include "store/conflict_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

#define TITLE "SELECT title FROM commitment WHERE code = 'C1'"

static void assert_value(struct store *replica, const char *sql, const char *expected)
{
	char *found = replica_value(replica, sql);
	assert_string_equal(found, expected);
	free(found);
}

static void titles(struct desk *desk, const char *ours, const char *theirs)
{
	desk_set(desk->ours, "commitment", desk->group.c1, "title", ours);
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", theirs);
	desk_exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
}

/* Nothing waits any more, and both members have it. */
static void assert_decided(struct desk *desk, const char *sql, const char *expected)
{
	desk_exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 0);
	assert_int_equal(replica_counts(desk->theirs).waiting, 0);
	assert_value(desk->ours, sql, expected);
	assert_desk_alike(desk);
}

static void both_values_and_authors_are_told(void **state)
{
	struct desk *desk = *state;
	titles(desk, "Datos abiertos", "Transparencia");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_string_equal(conflict.words, "title: Transparencia");
	assert_string_equal(conflict.by, "AME");
	assert_true(conflict.at[0] && conflict.reason[0]);
	assert_int_equal(conflict.follows, 0);
	assert_int_equal(conflict.items.count, 1);
	const struct conflict_item *item = &conflict.items.items[0];
	assert_int_equal(item->kind, CONFLICT_FIELD);
	assert_true(item->needs_decision);
	assert_int_equal(item->choices,
			 CONFLICT_MINE | CONFLICT_THEIRS | CONFLICT_BOTH | CONFLICT_EDITED);
	assert_string_equal(item->record, "C1");
	assert_string_equal(conflict_item_word(item), "Título");
	assert_string_equal(item->seen.words, "(vacío)");
	assert_null(item->seen.code);
	assert_string_equal(item->mine.words, "Transparencia");
	assert_string_equal(item->theirs.words, "Datos abiertos");
	assert_string_equal(item->by, "FCD");
	assert_true(item->at[0]);
	assert_int_equal(item->operation, 2);
	assert_false(item->is_own);
	conflict_release(&conflict);
}

static void what_is_not_in_conflict_is_told_too(void **state)
{
	struct desk *desk = *state;
	int64_t c1 = desk->group.c1;
	struct operation *op = operation_new();
	operation_set_words(op, "los dos");
	operation_change(op, "commitment", c1, "title", value_null(), value_text("suyo"));
	operation_change(op, "commitment", c1, "starts", value_null(), value_text("2023-02-01"));
	test_commit(desk->theirs, op);
	desk_set(desk->ours, "commitment", c1, "title", "nuestro");
	desk_exchange(desk);
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict.items.count, 2);
	assert_int_equal(conflict_open_count(&conflict), 1);
	const struct conflict_item *starts = &conflict.items.items[1];
	assert_false(starts->needs_decision);
	assert_string_equal(starts->mine.words, "01/02/2023");
	assert_string_equal(starts->mine.code, "2023-02-01");
	/* It stays, whatever is decided about the other. */
	conflict_choose_all(&conflict, CONFLICT_THEIRS);
	assert_done(conflict_decide(desk->theirs, &conflict, err));
	conflict_release(&conflict);
	assert_decided(desk, "SELECT title || starts FROM commitment WHERE code = 'C1'",
		       "nuestro2023-02-01");
}

static void a_field_becomes_what_is_decided(void **state)
{
	struct desk *desk = *state;
	static const struct {
		enum conflict_choice choice;
		const char *expected;
	} cases[] = {
		{CONFLICT_MINE, "suyo 0"},
		{CONFLICT_THEIRS, "nuestro 1"},
		{CONFLICT_BOTH, "nuestro 2 / suyo 2"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char ours[20], theirs[20];
		snprintf(ours, sizeof(ours), "nuestro %zu", i);
		snprintf(theirs, sizeof(theirs), "suyo %zu", i);
		titles(desk, ours, theirs);
		decide_first(desk->theirs, cases[i].choice);
		assert_decided(desk, TITLE, cases[i].expected);
	}
}

static void another_text_can_be_written(void **state)
{
	struct desk *desk = *state;
	titles(desk, "nuestro", "suyo");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_done(conflict_edit_value(desk->theirs, &conflict.items.items[0],
					value_text("de todos"), err));
	assert_done(conflict_decide(desk->theirs, &conflict, err));
	conflict_release(&conflict);
	assert_decided(desk, TITLE, "de todos");
	assert_value(desk->ours, "SELECT words FROM history ORDER BY number DESC LIMIT 1",
		     "C1: Título (decidido entre dos cambios)");
}

static void long_texts_are_joined_with_a_blank_line(void **state)
{
	struct desk *desk = *state;
	titles(desk, "uno\ndos", "tres");
	decide_first(desk->theirs, CONFLICT_BOTH);
	assert_decided(desk, TITLE, "uno\ndos\n\ntres");
}

static void count_decided(void *context, const struct decided_operation *row)
{
	struct strbuf *out = context;
	strbuf_addf(out, "%s %s %s;", row->outcome, row->by, row->words);
	assert_non_null(strstr(row->text, "suyo"));
	assert_true(row->decided_at[0]);
}

static void what_was_dropped_is_kept_here(void **state)
{
	struct desk *desk = *state;
	struct strbuf found;
	titles(desk, "nuestro", "suyo");
	decide_first(desk->theirs, CONFLICT_THEIRS);
	strbuf_init(&found);
	assert_done(conflict_list_decided(desk->theirs, 0, count_decided, &found, err));
	assert_string_equal(found.data, "theirs AME title: suyo;");
	strbuf_release(&found);
}

static void nothing_is_decided_by_halves(void **state)
{
	struct desk *desk = *state;
	struct error refusal;
	titles(desk, "nuestro", "suyo");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict_decide(desk->theirs, &conflict, &refusal), RC_USAGE);
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	/* Somebody changes it again while the dialog is open. */
	conflict_choose_all(&conflict, CONFLICT_MINE);
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "nuestro y nuevo");
	desk_exchange(desk);
	assert_int_equal(conflict_decide(desk->theirs, &conflict, &refusal), RC_CONFLICT);
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	assert_int_equal(replica_counts(desk->theirs).waiting, 0);
	conflict_release(&conflict);
	/* Another process of the user has decided. */
	conflict = only_conflict(desk->theirs);
	decide_first(desk->theirs, CONFLICT_MINE);
	conflict_choose_all(&conflict, CONFLICT_MINE);
	assert_int_equal(conflict_decide(desk->theirs, &conflict, &refusal), RC_NOT_FOUND);
	conflict_release(&conflict);
	assert_decided(desk, TITLE, "suyo");
}

static void one_s_own_change_of_the_queue_is_no_one_else_s(void **state)
{
	struct desk *desk = *state;
	titles(desk, "nuestro", "suyo");
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", "suyo y después");
	struct conflict conflict = only_conflict(desk->theirs);
	assert_true(conflict.items.items[0].is_own);
	assert_string_equal(conflict.items.items[0].theirs.words, "suyo y después");
	conflict_release(&conflict);
	decide_first(desk->theirs, CONFLICT_MINE);
	assert_decided(desk, TITLE, "suyo");
}

/* ---- rows that go */

static void delete_item(struct store *replica, int64_t key)
{
	struct operation *op = operation_new();
	operation_set_words(op, "sin el punto 2.a");
	operation_delete(op, "agenda_item", key);
	test_commit(replica, op);
}

#define ITEM "SELECT group_concat(title) FROM agenda_item WHERE label = '2.a'"

static void a_deletion_of_what_was_changed_asks(void **state)
{
	struct desk *desk = *state;
	desk_set(desk->ours, "agenda_item", desk->group.item2a, "title", "Mejor título");
	delete_item(desk->theirs, desk->group.item2a);
	desk_exchange(desk);
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict.items.count, 1);
	const struct conflict_item *item = &conflict.items.items[0];
	assert_int_equal(item->kind, CONFLICT_DELETES);
	assert_int_equal(item->choices, CONFLICT_MINE | CONFLICT_THEIRS);
	assert_string_equal(item->record, "AM-2023-05/2.a");
	assert_string_equal(item->theirs.words, "Título: Mejor título");
	assert_string_equal(item->by, "FCD");
	conflict_release(&conflict);
	decide_first(desk->theirs, CONFLICT_THEIRS);
	assert_decided(desk, ITEM, "Mejor título");
	desk_set(desk->ours, "agenda_item", desk->group.item2a, "title", "Otro");
	delete_item(desk->theirs, desk->group.item2a);
	desk_exchange(desk);
	decide_first(desk->theirs, CONFLICT_MINE);
	assert_decided(desk, ITEM, "");
}

static void a_change_of_what_was_deleted_asks(void **state)
{
	struct desk *desk = *state;
	delete_item(desk->ours, desk->group.item2a);
	desk_set(desk->theirs, "agenda_item", desk->group.item2a, "title", "Mejor título");
	desk_exchange(desk);
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict.items.count, 1);
	const struct conflict_item *item = &conflict.items.items[0];
	assert_int_equal(item->kind, CONFLICT_GONE);
	assert_int_equal(item->choices, CONFLICT_MINE | CONFLICT_THEIRS);
	assert_string_equal(item->by, "FCD");
	assert_string_equal(item->mine.words, "Título: Mejor título");
	conflict_release(&conflict);
	decide_first(desk->theirs, CONFLICT_MINE);
	assert_decided(desk, "SELECT title || label || state FROM agenda_item WHERE label = '2.a'",
		       "Mejor título2.apending");
	delete_item(desk->ours, desk->group.item2a);
	desk_set(desk->theirs, "agenda_item", desk->group.item2a, "title", "Otro");
	desk_exchange(desk);
	decide_first(desk->theirs, CONFLICT_THEIRS);
	assert_decided(desk, ITEM, "");
}

/* A follow-up goes with its parts, and comes back with them. */
static void a_record_comes_back_whole(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	int64_t key = add_row(op, "followup", "code", "S-2023-?", "description", "una", "kind",
			      "task", "status", "open", NULL);
	int64_t part = add_row(op, "followup_responsible", NULL);
	operation_field(op, "followup", value_key(key));
	operation_field(op, "organization", value_key(desk->group.ame));
	test_commit(desk->ours, op);
	desk_exchange(desk);
	op = operation_new();
	operation_set_words(op, "se va");
	operation_delete(op, "followup_responsible", part);
	operation_delete(op, "followup", key);
	operation_delete(op, "agenda_item", desk->group.item2a);
	test_commit(desk->ours, op);
	desk_set(desk->theirs, "followup", key, "description", "una y mejor");
	desk_exchange(desk);
	decide_first(desk->theirs, CONFLICT_MINE);
	/* Not what went with it and is no part of it. */
	assert_decided(desk, ITEM, "");
	assert_value(desk->ours,
		     "SELECT f.code || ' ' || f.description || ' ' || o.acronym FROM followup AS f"
		     " JOIN followup_responsible AS r ON r.followup = f.key"
		     " JOIN organization AS o ON o.key = r.organization",
		     "S-2023-001 una y mejor AME");
}

static void what_both_delete_is_no_conflict_of_the_rest(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	delete_item(desk->ours, desk->group.item2a);
	operation_set_words(op, "se va, y un título");
	operation_delete(op, "agenda_item", desk->group.item2a);
	operation_change(op, "commitment", desk->group.c1, "title", value_null(),
			 value_text("suyo"));
	test_commit(desk->theirs, op);
	desk_exchange(desk);
	decide_first(desk->theirs, CONFLICT_MINE);
	assert_decided(desk, TITLE, "suyo");
}

/* ---- what is refused */

static void add_plan(struct store *replica, const char *title)
{
	struct operation *op = operation_new();
	operation_set_words(op, "plan paga3");
	add_row(op, "plan", "code", "paga3", "title", title, NULL);
	test_commit(replica, op);
}

static void a_code_that_is_taken_is_changed_or_given_up(void **state)
{
	struct desk *desk = *state;
	struct error refusal;
	add_plan(desk->ours, "nuestro");
	add_plan(desk->theirs, "suyo");
	desk_exchange(desk);
	struct conflict conflict = only_conflict(desk->theirs);
	assert_int_equal(conflict.items.count, 3);
	struct conflict_item *code = &conflict.items.items[0];
	assert_int_equal(code->kind, CONFLICT_NEW);
	assert_string_equal(code->column, "code");
	assert_string_equal(code->mine.words, "paga3");
	assert_int_equal(conflict.items.items[2].kind, CONFLICT_REFUSED);
	conflict_choose_all(&conflict, CONFLICT_MINE);
	assert_int_equal(conflict_decide(desk->theirs, &conflict, &refusal), RC_REFUSED);
	assert_int_equal(replica_counts(desk->theirs).parked, 1);
	assert_done(conflict_edit_value(desk->theirs, code, value_text("paga4"), err));
	assert_done(conflict_decide(desk->theirs, &conflict, err));
	conflict_release(&conflict);
	assert_decided(desk,
		       "SELECT group_concat(code || title) FROM"
		       " (SELECT * FROM plan WHERE code > 'paga2' ORDER BY code)",
		       "paga3nuestro,paga4suyo");
}

static void what_is_refused_can_be_given_up(void **state)
{
	struct desk *desk = *state;
	add_plan(desk->ours, "nuestro");
	add_plan(desk->theirs, "suyo");
	desk_exchange(desk);
	decide_first(desk->theirs, CONFLICT_THEIRS);
	assert_decided(desk, "SELECT group_concat(title) FROM plan WHERE code = 'paga3'",
		       "nuestro");
}

/* ---- what follows */

static void what_follows_is_tried_again(void **state)
{
	struct desk *desk = *state;
	int64_t c1 = desk->group.c1;
	desk_set(desk->ours, "commitment", c1, "title", "nuestro");
	desk_set(desk->theirs, "commitment", c1, "title", "suyo");
	desk_set(desk->theirs, "commitment", c1, "title", "suyo y mejor");
	desk_set(desk->theirs, "commitment", c1, "axis", "eje");
	desk_exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 3);
	conflict_list list = {0};
	struct error refusal;
	assert_done(conflict_list_load(desk->theirs, &list, err));
	assert_int_equal(list.items[0].follows, 0);
	assert_int_equal(list.items[1].follows, list.items[0].number);
	assert_int_equal(list.items[2].follows, list.items[0].number);
	conflict_choose_all(&list.items[1], CONFLICT_MINE);
	assert_int_equal(conflict_decide(desk->theirs, &list.items[1], &refusal), RC_REFUSED);
	conflict_list_release(&list);
	decide_first(desk->theirs, CONFLICT_MINE);
	assert_int_equal(replica_counts(desk->theirs).parked, 0);
	assert_int_equal(replica_counts(desk->theirs).waiting, 3);
	assert_decided(desk, "SELECT title || axis FROM commitment WHERE code = 'C1'",
		       "suyo y mejoreje");
}

static void what_follows_what_was_dropped_asks_by_itself(void **state)
{
	struct desk *desk = *state;
	int64_t c1 = desk->group.c1;
	desk_set(desk->ours, "commitment", c1, "title", "nuestro");
	desk_set(desk->theirs, "commitment", c1, "title", "suyo");
	desk_set(desk->theirs, "commitment", c1, "title", "suyo y mejor");
	desk_set(desk->theirs, "commitment", c1, "axis", "eje");
	desk_exchange(desk);
	decide_first(desk->theirs, CONFLICT_THEIRS);
	/* The last follows the second, which is in conflict with what the group has. */
	assert_int_equal(replica_counts(desk->theirs).parked, 2);
	decide_first(desk->theirs, CONFLICT_BOTH);
	assert_decided(desk, "SELECT title || axis FROM commitment WHERE code = 'C1'",
		       "nuestro / suyo y mejoreje");
}

/* One that follows two waits for both. */
static void what_follows_two_waits_for_both(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "nuestro");
	desk_set(desk->ours, "commitment", desk->group.c2, "title", "nuestro");
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", "suyo");
	desk_set(desk->theirs, "commitment", desk->group.c2, "title", "suyo");
	operation_set_words(op, "ejes");
	operation_change(op, "commitment", desk->group.c1, "axis", value_null(), value_text("1"));
	operation_change(op, "commitment", desk->group.c2, "axis", value_null(), value_text("2"));
	test_commit(desk->theirs, op);
	desk_exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 3);
	decide_first(desk->theirs, CONFLICT_THEIRS);
	assert_int_equal(replica_counts(desk->theirs).parked, 2);
	desk_exchange(desk);
	assert_int_equal(replica_counts(desk->theirs).parked, 2);
	decide_first(desk->theirs, CONFLICT_THEIRS);
	assert_decided(desk,
		       "SELECT group_concat(title || axis) FROM"
		       " (SELECT title, axis FROM commitment WHERE axis > '' ORDER BY code)",
		       "nuestro1,nuestro2");
}

/* Another process parks what cannot be published: what follows it waits with it. */
static void what_cannot_be_published_takes_its_followers_along(void **state)
{
	struct desk *desk = *state;
	struct pending_operation first;
	pending_operation_init(&first);
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "largo");
	desk_set(desk->ours, "commitment", desk->group.c1, "axis", "eje");
	desk_set(desk->ours, "commitment", desk->group.c2, "axis", "eje");
	assert_done(pending_first(desk->ours, &first, err));
	assert_done(replica_park(desk->ours, first.number, "no cabe", err));
	pending_operation_release(&first);
	assert_int_equal(replica_counts(desk->ours).parked, 2);
	assert_int_equal(replica_counts(desk->ours).waiting, 1);
	/* It would be parked again. */
	decide_first(desk->ours, CONFLICT_THEIRS);
	assert_int_equal(replica_counts(desk->ours).parked, 0);
	assert_decided(desk,
		       "SELECT group_concat(code || ifnull(title, '-') || axis) FROM"
		       " (SELECT * FROM commitment WHERE axis > '' ORDER BY code)",
		       "C1-eje,C2-eje");
}

/* ---- kept at once */

static void a_form_that_comes_too_late_is_kept(void **state)
{
	struct desk *desk = *state;
	struct error refusal;
	char *id = NULL;
	struct operation *op = operation_new();
	operation_set_words(op, "de un formulario");
	operation_change(op, "commitment", desk->group.c1, "title", value_null(),
			 value_text("suyo"));
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "nuestro");
	desk_exchange(desk);
	assert_int_equal(operation_commit(op, desk->theirs, NULL, &refusal), RC_CONFLICT);
	assert_done(conflict_keep(op, desk->theirs, &id, err));
	struct conflict conflict = only_conflict(desk->theirs);
	assert_string_equal(conflict.op, id);
	assert_string_equal(conflict.items.items[0].mine.words, "suyo");
	conflict_release(&conflict);
	free(id);
	decide_first(desk->theirs, CONFLICT_BOTH);
	assert_decided(desk, TITLE, "nuestro / suyo");
	/* By now it applies. */
	operation_free(op);
	op = operation_new();
	operation_set_words(op, "de otro");
	operation_change(op, "commitment", desk->group.c1, "axis", value_null(), value_text("e"));
	assert_done(conflict_keep(op, desk->theirs, &id, err));
	assert_null(id);
	operation_free(op);
	assert_decided(desk, "SELECT axis FROM commitment WHERE code = 'C1'", "e");
}

static void a_database_without_a_queue_keeps_nothing(void **state)
{
	struct error refusal;
	(void)state;
	struct store *store = test_create("sola.db");
	struct group group = test_group(store);
	struct operation *op = operation_new();
	conflict_list list = {0};
	operation_change(op, "commitment", group.c1, "title", value_text("otro"), value_text("x"));
	assert_int_equal(conflict_keep(op, store, NULL, &refusal), RC_REFUSED);
	assert_done(conflict_list_load(store, &list, err));
	assert_int_equal(list.count, 0);
	operation_free(op);
	store_close(store);
}

static void what_follows_can_be_dropped(void **state)
{
	struct desk *desk = *state;
	conflict_list list = {0};
	desk_set(desk->ours, "commitment", desk->group.c1, "title", "nuestro");
	desk_set(desk->theirs, "commitment", desk->group.c1, "title", "suyo");
	desk_set(desk->theirs, "commitment", desk->group.c1, "axis", "eje");
	desk_set(desk->theirs, "commitment", desk->group.c1, "problem", "problema");
	desk_exchange(desk);
	assert_done(conflict_list_load(desk->theirs, &list, err));
	list.items[1].is_dropped = true;
	assert_done(conflict_decide(desk->theirs, &list.items[1], err));
	conflict_list_release(&list);
	/* The last goes on following the first. */
	assert_int_equal(replica_counts(desk->theirs).parked, 2);
	decide_first(desk->theirs, CONFLICT_MINE);
	assert_decided(desk,
		       "SELECT title || ifnull(axis, '-') || problem FROM commitment"
		       " WHERE code = 'C1'",
		       "suyo-problema");
}

/* A branch that was lost may bring what the schema does not know. */
static void what_makes_no_sense_can_only_be_dropped(void **state)
{
	struct desk *desk = *state;
	struct error refusal;
	static const char *const edits[] = {
		"[]",
		"[7,null,{}]",
		"[{\"table\":\"nada\",\"key\":1,\"set\":{\"a\":1},\"was\":{\"a\":2}}]",
		"[{\"table\":\"plan\",\"key\":1,\"set\":{\"\\\"\":1},\"was\":{\"\\\"\":2}}]",
		"[{\"table\":\"history\",\"key\":1,\"delete\":true,\"was\":{}}]",
	};
	for (size_t i = 0; i < ARRAY_COUNT(edits); i++) {
		struct strbuf sql;
		desk_set(desk->theirs, "commitment", desk->group.c2, "title", i % 2 ? "a" : "b");
		struct pending_operation first;
		pending_operation_init(&first);
		assert_done(pending_first(desk->theirs, &first, err));
		assert_done(replica_park(desk->theirs, first.number, "no", err));
		pending_operation_release(&first);
		strbuf_init(&sql);
		strbuf_addf(&sql,
			    "UPDATE pending SET template = json_set(template, '$.edits',"
			    " json('%s'))",
			    edits[i]);
		test_sql("theirs.db", sql.data);
		strbuf_release(&sql);
		struct conflict conflict = only_conflict(desk->theirs);
		conflict_choose_all(&conflict, CONFLICT_MINE);
		assert_int_not_equal(conflict_decide(desk->theirs, &conflict, &refusal), RC_IO);
		conflict.is_dropped = true;
		enum rc rc = conflict_decide(desk->theirs, &conflict, &refusal);
		assert_true(rc == RC_OK || rc == RC_NOT_FOUND);
		conflict_release(&conflict);
		assert_int_equal(replica_counts(desk->theirs).parked, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(both_values_and_authors_are_told),
		AT_DESK(what_is_not_in_conflict_is_told_too),
		AT_DESK(a_field_becomes_what_is_decided),
		AT_DESK(another_text_can_be_written),
		AT_DESK(long_texts_are_joined_with_a_blank_line),
		AT_DESK(what_was_dropped_is_kept_here),
		AT_DESK(nothing_is_decided_by_halves),
		AT_DESK(one_s_own_change_of_the_queue_is_no_one_else_s),
		AT_DESK(a_deletion_of_what_was_changed_asks),
		AT_DESK(a_change_of_what_was_deleted_asks),
		AT_DESK(a_record_comes_back_whole),
		AT_DESK(what_both_delete_is_no_conflict_of_the_rest),
		AT_DESK(a_code_that_is_taken_is_changed_or_given_up),
		AT_DESK(what_is_refused_can_be_given_up),
		AT_DESK(what_follows_is_tried_again),
		AT_DESK(what_follows_what_was_dropped_asks_by_itself),
		AT_DESK(what_follows_two_waits_for_both),
		AT_DESK(what_cannot_be_published_takes_its_followers_along),
		AT_DESK(what_follows_can_be_dropped),
		AT_DESK(what_makes_no_sense_can_only_be_dropped),
		AT_DESK(a_form_that_comes_too_late_is_kept),
		AT_DESK(a_database_without_a_queue_keeps_nothing),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
