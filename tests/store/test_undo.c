/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replica_test.h"
#include "sync/memory_drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/conflict.h"
#include "nucleo/store/list.h"
#include "nucleo/store/undo.h"

/* Two members, Ana of FCD and Luis of AME, and a database of nobody else's. */
struct desk {
	struct memory_drive *memory;
	struct store *ana, *luis;
	struct group group;
	struct strbuf words;
	struct error refusal;
};

static struct store *open_as(const char *name, const char *actor)
{
	struct store *opened = NULL;
	char *path = folder_path(name);
	const struct store_options options = {.path = path, .actor = actor, .today = test_today()};
	assert_done(replica_open(&options, &opened, err));
	free(path);
	return opened;
}

static void exchange(struct desk *desk)
{
	struct drive *drive = memory_drive_drive(desk->memory);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(run_rounds(desk->ana, drive).condition, SHARE_FINE);
		assert_int_equal(run_rounds(desk->luis, drive).condition, SHARE_FINE);
	}
}

static int desk_make(void **state)
{
	struct desk *desk = mem_alloc_zero(1, sizeof(*desk));
	if (folder_make(state) != 0)
		return -1;
	desk->memory = memory_drive_new();
	store_close(test_replica("ana.db"));
	replica_copy_files("ana.db", "luis.db");
	desk->ana = open_as("ana.db", "FCD");
	desk->luis = open_as("luis.db", "AME");
	desk->group = test_group(desk->ana);
	strbuf_init(&desk->words);
	exchange(desk);
	*state = desk;
	return 0;
}

static int desk_remove(void **state)
{
	struct desk *desk = *state;
	store_close(desk->ana);
	store_close(desk->luis);
	memory_drive_free(desk->memory);
	strbuf_release(&desk->words);
	free(desk);
	return folder_remove(state);
}

static enum rc ask(struct desk *desk, struct store *store, enum undo_direction direction,
		   int64_t which)
{
	const struct undo_request request = {.direction = direction, .number = which};
	int64_t number;
	strbuf_reset(&desk->words);
	desk->refusal = (struct error){.code = RC_OK};
	return undo_commit(store, &request, &desk->words, &number, &desk->refusal);
}

static void expect(struct desk *desk, struct store *store, enum undo_direction direction,
		   int64_t which)
{
	if (ask(desk, store, direction, which) != RC_OK)
		fail_msg("%s", desk->refusal.text);
}

static void refuse(struct desk *desk, enum rc wanted, const char *part)
{
	assert_int_equal(desk->refusal.code, wanted);
	if (!strstr(desk->refusal.text, part))
		fail_msg("«%s» is not in: %s", part, desk->refusal.text);
}

static void set_title(struct store *store, int64_t key, const char *was, const char *now)
{
	struct operation *op = operation_new();
	operation_set_words(op, "título «%s»", now ? now : "");
	operation_change(op, "commitment", key, "title", value_text(was), value_text(now));
	test_commit(store, op);
}

static void assert_title(struct store *store, int64_t key, const char *wanted)
{
	char sql[100];
	snprintf(sql, sizeof(sql), "SELECT title FROM commitment WHERE key = %lld", (long long)key);
	char *title = replica_value(store, sql);
	assert_string_equal(title, wanted);
	free(title);
}

/* Each undo goes one step further back, and each redo one forward, until something else is done. */
static void steps_go_back_and_forth(void **state)
{
	struct desk *desk = *state;
	int64_t key = desk->group.c1;
	set_title(desk->ana, key, NULL, "uno");
	set_title(desk->ana, key, "uno", "dos");
	expect(desk, desk->ana, UNDO, 0);
	assert_string_equal(desk->words.data, "título «dos»");
	assert_title(desk->ana, key, "uno");
	expect(desk, desk->ana, UNDO, 0);
	assert_title(desk->ana, key, "");
	expect(desk, desk->ana, REDO, 0);
	assert_title(desk->ana, key, "uno");
	expect(desk, desk->ana, REDO, 0);
	assert_title(desk->ana, key, "dos");
	assert_int_equal(ask(desk, desk->ana, REDO, 0), RC_NOT_FOUND);
	expect(desk, desk->ana, UNDO, 0);
	set_title(desk->ana, desk->group.c2, NULL, "otra cosa");
	assert_int_equal(ask(desk, desk->ana, REDO, 0), RC_NOT_FOUND);
	exchange(desk);
	assert_title(desk->luis, key, "uno");
	assert_sound(desk->luis);
}

/* Only what is one's own by itself; anything when it is named, and by whom it was is no matter. */
static void what_others_did_has_to_be_named(void **state)
{
	struct desk *desk = *state;
	set_title(desk->ana, desk->group.c1, NULL, "de Ana");
	exchange(desk);
	assert_int_equal(ask(desk, desk->luis, UNDO, 0), RC_NOT_FOUND);
	expect(desk, desk->luis, UNDO, 2);
	assert_int_equal(ask(desk, desk->luis, UNDO, 2), RC_REFUSED);
	refuse(desk, RC_REFUSED, "ya está deshecho");
	exchange(desk);
	assert_title(desk->ana, desk->group.c1, "");
	/* What Luis undid Ana does not redo by the way, but by its number. */
	assert_int_equal(ask(desk, desk->ana, REDO, 0), RC_NOT_FOUND);
	expect(desk, desk->ana, REDO, 2);
	assert_title(desk->ana, desk->group.c1, "de Ana");
	assert_int_equal(ask(desk, desk->ana, REDO, 2), RC_REFUSED);
	refuse(desk, RC_REFUSED, "no está deshecho");
	/* The undo itself is an operation like any other. */
	exchange(desk);
	assert_int_equal(ask(desk, desk->luis, UNDO, 3), RC_REFUSED);
	expect(desk, desk->luis, UNDO, 4);
	assert_title(desk->luis, desk->group.c1, "");
	assert_int_equal(ask(desk, desk->luis, UNDO, 99), RC_NOT_FOUND);
}

static void who_built_on_it_is_named(void **state)
{
	struct desk *desk = *state;
	set_title(desk->ana, desk->group.c1, NULL, "de Ana");
	exchange(desk);
	set_title(desk->luis, desk->group.c1, "de Ana", "de Luis");
	exchange(desk);
	assert_int_equal(ask(desk, desk->ana, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "AME cambió después lo mismo (operación 3");
	refuse(desk, RC_REFUSED, "título «de Luis»");
	assert_title(desk->ana, desk->group.c1, "de Luis");
	/* Another field is no matter. */
	struct operation *op = operation_new();
	operation_change(op, "commitment", desk->group.c2, "title", value_null(), value_text("a"));
	test_commit(desk->ana, op);
	op = operation_new();
	operation_change(op, "commitment", desk->group.c2, "axis", value_null(), value_text("b"));
	test_commit(desk->ana, op);
	exchange(desk);
	expect(desk, desk->luis, UNDO, 4);
	assert_title(desk->luis, desk->group.c2, "");
}

/* A row goes again only as it came; what refers to it stands in the way. */
static void a_row_that_was_used_stays(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ana, "Entregar");
	exchange(desk);
	char *key = replica_value(desk->luis, "SELECT key FROM followup");
	struct operation *op = operation_new();
	operation_set_words(op, "una nota");
	operation_insert(op, "followup_note");
	operation_field(op, "text", value_text("hablado"));
	operation_field(op, "followup", value_key(strtoll(key, NULL, 10)));
	test_commit(desk->luis, op);
	exchange(desk);
	assert_int_equal(ask(desk, desk->ana, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "«una nota»");
	expect(desk, desk->luis, UNDO, 0);
	op = operation_new();
	operation_change(op, "followup", strtoll(key, NULL, 10), "due", value_null(),
			 value_text("2024-01-31"));
	operation_set_words(op, "una fecha");
	test_commit(desk->luis, op);
	exchange(desk);
	assert_int_equal(ask(desk, desk->ana, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "«una fecha»");
	expect(desk, desk->luis, UNDO, 0);
	exchange(desk);
	expect(desk, desk->ana, UNDO, 0);
	char *count = replica_value(desk->ana, "SELECT count(*) FROM followup");
	assert_string_equal(count, "0");
	free(count);
	free(key);
}

/* Both wrote the same; the word of who came first stays when the other takes hers back. */
static void agreeing_is_not_undone_for_the_other(void **state)
{
	struct desk *desk = *state;
	set_title(desk->ana, desk->group.c1, NULL, "acordado");
	set_title(desk->luis, desk->group.c1, NULL, "acordado");
	exchange(desk);
	char *second = replica_value(desk->ana, "SELECT by FROM history WHERE number = 3");
	assert_string_equal(second, "AME");
	free(second);
	assert_int_equal(ask(desk, desk->luis, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "no cambió nada");
	assert_title(desk->luis, desk->group.c1, "acordado");
	expect(desk, desk->ana, UNDO, 0);
	assert_title(desk->ana, desk->group.c1, "");
}

/* Undone before it was published, while others take the number it had here. */
static void what_is_queued_can_be_undone(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->luis, "Suya");
	commit_followup(desk->ana, "Mía");
	expect(desk, desk->ana, UNDO, 0);
	assert_string_equal(desk->words.data, "nueva: Mía");
	assert_int_equal(run_rounds(desk->luis, memory_drive_drive(desk->memory)).condition,
			 SHARE_FINE);
	exchange(desk);
	assert_int_equal(replica_counts(desk->ana).parked, 0);
	char *left = replica_value(desk->ana, "SELECT group_concat(description) FROM followup");
	assert_string_equal(left, "Suya");
	free(left);
	/* The number in the history is the one it was published with. */
	char *code = replica_value(desk->luis,
				   "SELECT json_extract(text, '$.edits[0].was.code') FROM history"
				   " WHERE undoes IS NOT NULL");
	assert_string_equal(code, "S-2023-002");
	free(code);
	expect(desk, desk->ana, REDO, 0);
	exchange(desk);
	left = replica_value(desk->luis, "SELECT code FROM followup WHERE description = 'Mía'");
	assert_string_equal(left, "S-2023-002");
	free(left);
	assert_sound(desk->luis);
}

/* What was removed keeps its number, which people may have written down. */
static void a_number_is_not_given_twice(void **state)
{
	struct desk *desk = *state;
	commit_followup(desk->ana, "Vieja");
	expect(desk, desk->ana, UNDO, 0);
	commit_followup(desk->ana, "Nueva");
	exchange(desk);
	expect(desk, desk->ana, REDO, 2);
	exchange(desk);
	char *codes = replica_value(desk->luis, "SELECT group_concat(code || ' ' || description, ', ')"
						" FROM (SELECT * FROM followup ORDER BY code)");
	assert_string_equal(codes, "S-2023-001 Vieja, S-2023-002 Nueva");
	free(codes);
	assert_sound(desk->luis);
}

static void what_had_no_effect_is_not_undone(void **state)
{
	struct desk *desk = *state;
	struct log_head head;
	struct strbuf text;
	strbuf_init(&text);
	assert_done(replica_operation(desk->ana, 1, &head, &text, err));
	/* The same rows a second time, by a tool that does not look. */
	char *again = mem_strdup(text.data);
	memcpy(strstr(again, "\"op\":\"") + 6, "00000000000000000000000000000000", 32);
	assert_true(log_set_parent(again, strlen(again), &head.hash));
	forge_operation(memory_drive_drive(desk->memory), &head, again, strlen(again));
	exchange(desk);
	assert_int_equal(ask(desk, desk->ana, UNDO, 2), RC_REFUSED);
	refuse(desk, RC_REFUSED, "fue rechazada");
	free(again);
	strbuf_release(&text);
}

static void an_approved_acta_stays(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	operation_change(op, "entry", desk->group.entry, "text",
			 value_text("El CNE pregunta por el avance."), value_text("Corregido."));
	test_commit(desk->ana, op);
	op = operation_new();
	operation_change(op, "meeting", desk->group.meeting, "status", value_text("closed"),
			 value_text("approved"));
	test_commit(desk->ana, op);
	assert_int_equal(ask(desk, desk->ana, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "está aprobada");
	exchange(desk);
	assert_int_equal(ask(desk, desk->ana, UNDO, 2), RC_REFUSED);
	refuse(desk, RC_REFUSED, "está aprobada");
}

static void a_reader_undoes_nothing(void **state)
{
	struct desk *desk = *state;
	set_title(desk->ana, desk->group.c1, NULL, "uno");
	set_title(desk->luis, desk->group.c2, NULL, "dos");
	store_set_read_only(desk->ana, "el disco es de solo lectura");
	assert_int_equal(ask(desk, desk->ana, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "el disco es de solo lectura");
}

/* The same without a log, where what is committed is history at once. */
static void a_database_alone_undoes_too(void **state)
{
	struct desk *desk = *state;
	struct store *alone = test_create("alone.db");
	struct group group = test_group(alone);
	set_title(alone, group.c1, NULL, "uno");
	expect(desk, alone, UNDO, 0);
	expect(desk, alone, UNDO, 0);
	assert_int_equal(ask(desk, alone, UNDO, 0), RC_NOT_FOUND);
	expect(desk, alone, REDO, 0);
	expect(desk, alone, REDO, 0);
	store_close(alone);
	char *title = test_query("alone.db", "SELECT title FROM commitment WHERE code = 'C1'");
	assert_string_equal(title, "uno");
	free(title);
}

/* ---- as the history tells it */

/* "number<by" of what is undone, "number" of the rest; what is queued as "?". */
static bool add_state(void *context, const void *row)
{
	const struct history *operation = row;
	struct strbuf *out = context;
	strbuf_addf(out, "%s%.0lld%s", out->length ? " " : "", (long long)operation->number,
		    operation->number ? "" : "?");
	if (operation->is_undone)
		strbuf_addf(out, "<%.0lld%s", (long long)operation->undone_by,
			    operation->undone_by ? "" : "?");
	assert_int_equal(operation->is_undone, operation->undone_key != 0);
	if (operation->undone_key)
		assert_int_equal(operation->undone_key < 0, operation->undone_by == 0);
	return true;
}

static void assert_states(struct store *store, const char *text, const char *expected)
{
	struct filter filter;
	struct strbuf out;
	const struct list_query query = {.filter = &filter};
	strbuf_init(&out);
	assert_done(
		filter_parse(&filter, &record_kinds[RECORD_HISTORY], text, test_today(), err));
	assert_done(store_list(store, RECORD_HISTORY, &query, add_state, &out, err));
	assert_string_equal(out.data, expected);
	filter_release(&filter);
	strbuf_release(&out);
}

/* Each step turns round those before it, whether it is published or waits. */
static void the_history_tells_what_is_undone(void **state)
{
	struct desk *desk = *state;
	set_title(desk->ana, desk->group.c1, NULL, "uno");
	set_title(desk->ana, desk->group.c2, NULL, "dos");
	exchange(desk);
	assert_states(desk->ana, "", "3 2 1");
	expect(desk, desk->luis, UNDO, 2);
	assert_states(desk->luis, "", "? 3 2<? 1");
	assert_states(desk->luis, "deshechas", "2<?");
	exchange(desk);
	assert_states(desk->ana, "", "4 3 2<4 1");
	assert_states(desk->ana, "undone_by:4", "2<4");
	expect(desk, desk->ana, REDO, 2);
	exchange(desk);
	assert_states(desk->luis, "", "5 4<5 3 2 1");
	/* The redo is undone: what it brought back is gone, and what it took back holds. */
	expect(desk, desk->luis, UNDO, 5);
	exchange(desk);
	assert_states(desk->ana, "", "6 5<6 4 3 2<6 1");
	assert_states(desk->ana, "deshechas", "5<6 2<6");
	assert_states(desk->ana, "-deshechos", "6 4 3 1");
	assert_sound(desk->ana);
}

/* Two undid the same without knowing of each other: what came last is what is redone. */
static void two_may_undo_the_same(void **state)
{
	struct desk *desk = *state;
	set_title(desk->ana, desk->group.c1, NULL, "uno");
	exchange(desk);
	expect(desk, desk->ana, UNDO, 2);
	expect(desk, desk->luis, UNDO, 2);
	exchange(desk);
	assert_title(desk->luis, desk->group.c1, "");
	assert_states(desk->ana, "", "4 3 2<4 1");
	assert_states(desk->luis, "", "4 3 2<4 1");
}

static void a_brief_row_does_not_tell(void **state)
{
	struct desk *desk = *state;
	const struct list_query brief = {.is_brief = true};
	struct strbuf out;
	set_title(desk->ana, desk->group.c1, NULL, "uno");
	expect(desk, desk->ana, UNDO, 0);
	assert_states(desk->ana, "", "? ?<? 1");
	strbuf_init(&out);
	assert_done(store_list(desk->ana, RECORD_HISTORY, &brief, add_state, &out, err));
	assert_string_equal(out.data, "? ? 1");
	strbuf_release(&out);
}

/* ---- with conflicts */

/* Luis undoes what he did to two fields, one of which Ana has changed meanwhile. */
static void decide_an_undo(struct desk *desk, enum conflict_choice choice)
{
	conflict_list parked = {0};
	struct operation *op = operation_new();
	operation_change(op, "commitment", desk->group.c1, "title", value_null(),
			 value_text("de Luis"));
	operation_change(op, "commitment", desk->group.c1, "axis", value_null(),
			 value_text("datos"));
	test_commit(desk->luis, op);
	exchange(desk);
	set_title(desk->ana, desk->group.c1, "de Luis", "de Ana");
	expect(desk, desk->luis, UNDO, 0);
	exchange(desk);
	assert_states(desk->luis, "número:2", "2");
	assert_done(conflict_list_load(desk->luis, &parked, err));
	assert_int_equal(parked.count, 1);
	conflict_choose_all(&parked.items[0], choice);
	assert_done(conflict_decide(desk->luis, &parked.items[0], err));
	conflict_list_release(&parked);
	exchange(desk);
}

static void a_whole_undo_that_was_parked_is_one_still(void **state)
{
	struct desk *desk = *state;
	decide_an_undo(desk, CONFLICT_MINE);
	assert_title(desk->ana, desk->group.c1, "");
	assert_states(desk->ana, "", "4 3 2<4 1");
	expect(desk, desk->luis, REDO, 0);
	assert_title(desk->luis, desk->group.c1, "de Ana");
}

static void a_part_of_an_undo_is_none(void **state)
{
	struct desk *desk = *state;
	decide_an_undo(desk, CONFLICT_THEIRS);
	assert_title(desk->ana, desk->group.c1, "de Ana");
	char *axis = replica_value(desk->ana, "SELECT axis FROM commitment WHERE code = 'C1'");
	assert_string_equal(axis, "");
	assert_states(desk->ana, "", "4 3 2 1");
	free(axis);
}

/* As worker_restore.c has it. */
static void a_restore_is_not_undone(void **state)
{
	struct desk *desk = *state;
	struct operation *op = operation_new();
	operation_set_words(op, "Restaura la base");
	operation_insert(op, "setting");
	operation_field(op, "name", value_text("restored-0123"));
	operation_field(op, "value", value_text("20240101"));
	test_commit(desk->ana, op);
	assert_int_equal(ask(desk, desk->ana, UNDO, 0), RC_REFUSED);
	refuse(desk, RC_REFUSED, "«Restaura la base» puso un respaldo en el lugar de la base");
	op = operation_new();
	operation_insert(op, "setting");
	operation_field(op, "name", value_text("otro ajuste"));
	test_commit(desk->ana, op);
	expect(desk, desk->ana, UNDO, 0);
}

#define AT_A_DESK(test) cmocka_unit_test_setup_teardown(test, desk_make, desk_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_DESK(steps_go_back_and_forth),
		AT_A_DESK(what_others_did_has_to_be_named),
		AT_A_DESK(who_built_on_it_is_named),
		AT_A_DESK(a_row_that_was_used_stays),
		AT_A_DESK(agreeing_is_not_undone_for_the_other),
		AT_A_DESK(what_is_queued_can_be_undone),
		AT_A_DESK(a_number_is_not_given_twice),
		AT_A_DESK(what_had_no_effect_is_not_undone),
		AT_A_DESK(an_approved_acta_stays),
		AT_A_DESK(a_reader_undoes_nothing),
		AT_A_DESK(a_database_alone_undoes_too),
		AT_A_DESK(the_history_tells_what_is_undone),
		AT_A_DESK(two_may_undo_the_same),
		AT_A_DESK(a_brief_row_does_not_tell),
		AT_A_DESK(a_whole_undo_that_was_parked_is_one_still),
		AT_A_DESK(a_part_of_an_undo_is_none),
		AT_A_DESK(a_restore_is_not_undone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
