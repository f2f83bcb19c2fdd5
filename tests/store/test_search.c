/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found, by which words, and in which order. */
#include "store/search_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/demo.h"
#include "nucleo/store/list_source.h"
#include "nucleo/store/search_parts.h"

/* The demonstration, and one of everything it lacks. */
static struct store *store;
static struct search *search;

static int64_t find(enum record_kind_id kind, const char *code)
{
	int64_t key = 0;
	assert_done(store_find(store, kind, code, &key, err));
	return key;
}

static void add_old_plan(struct operation *op)
{
	int64_t plan = add_row(op, "plan", "code", "paga1", "title", "Primer plan", NULL);
	int64_t c5 = add_row(op, "commitment", "code", "C5", "title", "Datos de presupuesto",
			     "problem", "Nadie sabe en qué se gasta", "contact_post",
			     "Tesorería general", "sort", "paga1/c000005", NULL);
	operation_field(op, "plan", value_key(plan));
	int64_t c77 = add_row(op, "commitment", "code", "C77", "sort", "paga1/c000077", NULL);
	operation_field(op, "plan", value_key(plan));
	add_row(op, "milestone", "title", "Línea de base de presupuesto", "deliverable",
		"Un cuaderno de campo", NULL);
	operation_field(op, "commitment", value_key(c5));
	operation_field(op, "number", value_integer(3));
	add_row(op, "blocker", "reason", "Falta una firma electrónica", NULL);
	operation_field(op, "commitment", value_key(c77));
	add_row(op, "progress", "as_of", "2022-05-01", "note", "Se entregó el prototipo", NULL);
	operation_field(op, "commitment", value_key(c77));
}

static void add_rest(struct operation *op)
{
	int64_t fcd = find(RECORD_ORGANIZATION, "FCD");
	int64_t meeting = find(RECORD_MEETING, "AM-2023-05");
	int64_t item = find(RECORD_AGENDA, "AM-2023-05/7");
	add_row(op, "person", "post", "Coordinación de incidencia", "name", "Zutana Mengánez",
		"email", "zutana@example.org", "standing", "principal", NULL);
	operation_field(op, "organization", value_key(fcd));
	add_row(op, "attendance", "capacity", "guest", "status", "present", "delegate",
		"Perengano Fulánez", NULL);
	operation_field(op, "organization", value_key(fcd));
	operation_field(op, "meeting", value_key(meeting));
	add_row(op, "entry", "kind", "decision", "text", "Se aprueba el calendario lunar.",
		"decision_number", "R-2023-05-03", "decision_kind", "consensus", "objections",
		"Una reserva sobre el eclipse", NULL);
	operation_field(op, "meeting", value_key(meeting));
	operation_field(op, "agenda_item", value_key(item));
	operation_field(op, "rank", value_integer(900));
	add_row(op, "entry", "kind", "note", "text", "Un secreto bien guardado.", NULL);
	operation_field(op, "meeting", value_key(meeting));
	operation_field(op, "agenda_item", value_key(item));
	operation_field(op, "rank", value_integer(901));
	operation_field(op, "private", value_integer(1));
	add_row(op, "document", "kind", "guide", "title", "Guía del presupuesto participativo",
		"location", "https://example.org/guia.pdf", NULL);
	operation_field(op, "meeting", value_key(meeting));
	add_row(op, "followup", "code", "S-2023-101", "description", "Revisar el presupuesto",
		"kind", "task", "status", "done", NULL);
	add_followup(op, "S-2023-102", "Revisar el presupuesto");
	int64_t noted = add_followup(op, "S-2023-103", "Llamar");
	add_row(op, "followup_note", "text", "Contestó la secretaría técnica", NULL);
	operation_field(op, "followup", value_key(noted));
}

static int make_group(void **state)
{
	struct operation *op = operation_new();
	if (search_folder_make(state) != 0)
		return -1;
	store = test_create("a.db");
	assert_done(demo_fill(store, err));
	operation_set_words(op, "lo demás");
	add_old_plan(op);
	add_rest(op);
	test_commit(store, op);
	search = search_new(store);
	return 0;
}

static int remove_group(void **state)
{
	search_free(search);
	store_close(store);
	return search_folder_remove(state);
}

struct question {
	const char *text, *ids;
};

static void expect_all(const struct question *questions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_found(search, questions[i].text, questions[i].ids);
}

static void every_kind_is_found(void **state)
{
	static const struct question questions[] = {
		{"gasta", "paga1/C5"},
		{"tesorería", "paga1/C5"},
		{"cuaderno", "paga1/C5/3"},
		{"bienvenida", "AM-2023-05/1 AM-2023-05"},
		{"galápagos", "AM-2023-05"},
		{"eclipse", "R-2023-05-03"},
		{"secreto", "AM-2023-05/7#4"},
		{"contestó", "S-2023-103"},
		{"incidencia", "FCD"},
		{"participativo", "document"},
		{"cuenca", "indicator AM-2023-05/3#2 AM-2023-05/3#3"},
		{"firma", "blocker"},
		{"prototipo", "progress"},
	};
	(void)state;
	expect_all(questions, ARRAY_COUNT(questions));
}

/* What a person expects first, and what she does not expect at all. */
static void the_best_comes_first(void **state)
{
	static const struct question questions[] = {
		/* codes as they are typed */
		{"c5", "paga2/C5 paga1/C5 paga1/C5/3 S-2023-004 AM-2023-05/2#1"},
		{"paga1/c5", "paga1/C5 paga1/C5/3"},
		{"am-2023-05/8.A", "AM-2023-05/8.a"},
		{" AM-2023-05/3#2 ", "AM-2023-05/3#2"},
		{"R-2023-05-03", "R-2023-05-03"},
		{"r-2023-05", "R-2023-05-01 R-2023-05-03"},
		{"S-2023-004", "S-2023-004"},
		{"C77", "C77 blocker progress"},
		{"REDAM", "REDAM C6"},
		{"ame", "AME paga2/C5 S-2023-004 indicator indicator indicator indicator"
			" AM-2023-05/3#5 AM-2023-05/3#2"},
		/* a title before a text, unfinished before finished */
		{"presupuesto", "paga1/C5 document S-2023-102 S-2023-101 paga1/C5/3"},
		{"revisar", "S-2023-102 S-2023-101"},
		{"estado abierto", "AM-2023-05/2 AM-2023-05/6 AM-2023-05/8.a AM-2023-05"},
		{"guías", "AM-2023-05/4 S-2023-010 S-2023-009 AM-2023-05/4#3 AM-2023-05/4#1"
			  " AM-2023-05/4#2 AM-2023-05"},
		/* as they stand in the minutes, where all else is the same */
		{"s-2023-00", "S-2023-001 S-2023-002 S-2023-003 S-2023-004 S-2023-005 S-2023-006"
			      " S-2023-007 S-2023-008 S-2023-009"},
		/* words of different columns */
		{"talleres ame", "S-2023-004 AM-2023-05/3#5"},
	};
	(void)state;
	expect_all(questions, ARRAY_COUNT(questions));
}

static void words_are_found_however_written(void **state)
{
	static const struct question questions[] = {
		{"transp", "C6"},
		{"transp ", ""}, /* a whole word */
		{"TRANSPARENCIA", "C6"},
		{"tránsparencía", "C6"},
		{"trans", "C6 AM-2023-05/7 AM-2023-05"},
		{"t", ""}, /* one letter begins nothing, it is a word */
		{"datos abiertos legis", "S-2023-001 AM-2023-05/2#3"},
		{"legislativos datos", "S-2023-001 AM-2023-05/2#3"},
		{"\"datos abiertos\"", "REDAM S-2023-001 AM-2023-05/2#3"},
		{"«datos abiertos»", "REDAM S-2023-001 AM-2023-05/2#3"},
		{"“datos abiertos”", "REDAM S-2023-001 AM-2023-05/2#3"},
		{"\"abiertos datos\"", ""},
		{"\"datos abier", "REDAM S-2023-001 AM-2023-05/2#3"}, /* still typing it */
		{"\"datos abier\"", ""},
		{"datos -legislativos", "paga1/C5 REDAM"},
		{"datos -\"datos abiertos\"", "paga1/C5"},
		{"datos -\"datos abier", "paga1/C5 REDAM S-2023-001 AM-2023-05/2#3"},
		{"datos -", "paga1/C5 REDAM S-2023-001 AM-2023-05/2#3"},
		{"-datos", ""},
		{"", ""},
		{"  \t ", ""},
		{"¿…? !!", ""},
	};
	(void)state;
	expect_all(questions, ARRAY_COUNT(questions));
}

/* Nothing a person types means anything to FTS5. */
static void no_question_is_wrong(void **state)
{
	static const char *const questions[] = {
		"\"", "\"\"", "\"\"\"", "'", "''", "*", "**", "^", "(", ")", "((a", "a)", "-", "--",
		"- -", "-\"", "-\"\"", "NEAR", "NEAR(a b)", "NEAR(a b, 5)", "AND", "OR", "NOT",
		"a AND", "OR b", "a NOT b", "title:", "title : presupuesto", "{title}: x", "code:c5",
		"-title:x", "{code} : (x)", "a + b", "a:b:c", "+", "x*", "x* y*", "^x", "\\", "\\\"",
		"; DROP TABLE text", "%s%n", "\x01\x02", "\x7F", "\xC3\xB1", "\xFF\xFE", "\xC3",
		"a\xFFz", "«", "«»", "“", "a“b”c", "\xCC\x81", "a\xCC\x81", "\xF0\x9F\x98\x80",
		"\xE2\x80\xAEtxet", "日本語", "C5/", "/C5", "#", "#1", "AM-2023-05/#", "AM-2023-05/2#",
		"AM-2023-05/2#99999999999999999999",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(questions); i++) {
		struct strbuf text;
		strbuf_init(&text);
		free(search_ids(search, questions[i], 5));
		strbuf_addf(&text, "presupuesto %s", questions[i]);
		free(search_ids(search, text.data, 5));
		strbuf_release(&text);
	}
	/* A word among them is still found. */
	expect_found(search, "title:presupuesto (participativo", "");
	expect_found(search, "(presupuesto* participativo", "document");
}

/* Of all lengths, so that no bound is crossed unseen. */
static void long_questions_are_cut(void **state)
{
	static const char *const pieces[] = {"á", "ab ", "\"", "-x ", "presupuesto "};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(pieces); i++) {
		struct strbuf text;
		strbuf_init(&text);
		for (int j = 0; j < 2000; j++) {
			strbuf_adds(&text, pieces[i]);
			if (j < 50 || j % 100 == 0 || (j > 330 && j < 350) || (j > 505 && j < 520))
				free(search_ids(search, text.data, 5));
		}
		strbuf_release(&text);
	}
}

static void persons_are_not_found(void **state)
{
	static const struct question questions[] = {
		{"Zutana", ""},		{"Mengánez", ""}, {"zutana@example.org", ""},
		{"example.org/", "document"}, {"Perengano", ""}, {"Fulánez", ""},
		{"Coordinación", "FCD"},
	};
	(void)state;
	expect_all(questions, ARRAY_COUNT(questions));
}

/* ---- what is shown of a hit */

struct shown {
	struct strbuf text;
	int count;
};

static bool show(void *context, const void *row)
{
	const struct search_hit *hit = row;
	struct shown *shown = context;
	if (shown->count++)
		return false;
	strbuf_addf(&shown->text, "%s|%s|%s|%s|%s|%s|%s",
		    search_kind_names.names[hit->kind].name, hit->title ? hit->title : "-",
		    hit->place, hit->snippet, hit->meeting ? hit->meeting : "-",
		    hit->item ? hit->item : "-", hit->commitment ? hit->commitment : "-");
	for (const char *at = hit->snippet; *at; at++)
		assert_true((unsigned char)*at >= ' ');
	return true;
}

static void expect_shown(const char *text, const char *expected)
{
	struct search_question question = {.text = text, .limit = 5};
	struct shown shown = {.count = 0};
	strbuf_init(&shown.text);
	search_until_ready(search);
	assert_done(search_run(search, &question, show, &shown, err));
	assert_string_equal(shown.text.data, expected);
	strbuf_release(&shown.text);
}

static void each_hit_says_where_it_stands(void **state)
{
	(void)state;
	expect_shown("paga1/C5", "commitment|Datos de presupuesto|paga1/C5 · paga1|"
				 "Nadie sabe en qué se gasta Tesorería general|-|-|paga1/C5");
	expect_shown("cuaderno", "milestone|Línea de base de presupuesto|paga1/C5 › hito 3|"
				 "Un cuaderno de campo|-|-|paga1/C5");
	expect_shown("lunar", "resolution|-|AM-2023-05, punto 7 · R-2023-05-03|"
			      "Se aprueba el calendario lunar. Una reserva sobre el eclipse|"
			      "AM-2023-05|7|-");
	expect_shown("\"revisar el presupuesto\"",
		     "followup|Revisar el presupuesto|S-2023-102|Revisar el presupuesto|-|-|-");
	expect_shown("participativo",
		     "document|Guía del presupuesto participativo|AM-2023-05|"
		     "Guía del presupuesto participativo|AM-2023-05|-|-");
	expect_shown("firma", "blocker|-|C77|Falta una firma electrónica|-|-|C77");
	expect_shown("prototipo", "progress|-|C77 · 01/05/2022|Se entregó el prototipo|-|-|C77");
	expect_shown("incidencia", "organization|Fundación Ciudadanía y Desarrollo|FCD · OSC|"
				   "Coordinación de incidencia|-|-|-");
	expect_shown("imagen marca", "agenda|Imagen y guía de marca de Estado Abierto|"
				     "AM-2023-05, punto 6|Imagen y guía de marca de Estado Abierto|"
				     "AM-2023-05|6|-");
}

static bool take_marks(void *context, const void *row)
{
	const struct search_hit *hit = row;
	strbuf_adds(context, hit->marked_title ? hit->marked_title : "");
	strbuf_adds(context, "|");
	strbuf_adds(context, hit->marked_snippet);
	return false;
}

/* Marks come from the index alone: those a text brings are gone. */
static void found_words_are_marked(void **state)
{
	struct strbuf marks;
	struct search_question question = {.text = "forastero mar", .limit = 1};
	struct operation *op = operation_new();
	(void)state;
	strbuf_init(&marks);
	operation_set_words(op, "forastero");
	add_row(op, "followup", "code", "S-2023-200", "description",
		"Un\001forastero\002 \033[31mdel\ttorrente", "kind", "task", "status", "open",
		"due_text", "forasteros de ultramar,\nforastero del mar", NULL);
	test_commit(store, op);
	search_until_ready(search);
	assert_done(search_run(search, &question, take_marks, &marks, err));
	assert_string_equal(marks.data, "Un \001forastero\002   [31mdel torrente|"
					"forasteros de ultramar, \001forastero\002 del \001mar\002");
	strbuf_release(&marks);
}

static void more_than_the_limit_is_said(void **state)
{
	(void)state;
	search_until_ready(search);
	char *ids = search_ids(search, "s-2023-00", 2);
	assert_string_equal(ids, "S-2023-001 S-2023-002 +");
	free(ids);
	ids = search_ids(search, "s-2023-00", 9);
	assert_string_equal(ids, "S-2023-001 S-2023-002 S-2023-003 S-2023-004 S-2023-005 S-2023-006"
				 " S-2023-007 S-2023-008 S-2023-009");
	free(ids);
}

/* A piece of the first reading costs the same wherever it begins. */
static void records_are_read_in_the_order_of_their_keys(void **state)
{
	struct query query;
	struct strbuf plan;
	(void)state;
	strbuf_init(&plan);
	for (int kind = 0; kind < SEARCH_KIND_COUNT; kind++) {
		struct strbuf sql;
		strbuf_init(&sql);
		strbuf_adds(&sql, "EXPLAIN QUERY PLAN ");
		search_source_add_sql(&sql, (enum search_kind)kind, false);
		query_begin_text(&query, store, sql.data);
		while (query_next(&query))
			if (query_integer(&query, 1) == 0)
				strbuf_addf(&plan, "%d: %s\n", kind, query_text(&query, 3, NULL));
		assert_done(query_end(&query, err));
		strbuf_release(&sql);
	}
	if (strstr(plan.data, "TEMP B-TREE"))
		fail_msg("%s", plan.data);
	strbuf_release(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_found),
		cmocka_unit_test(the_best_comes_first),
		cmocka_unit_test(words_are_found_however_written),
		cmocka_unit_test(no_question_is_wrong),
		cmocka_unit_test(long_questions_are_cut),
		cmocka_unit_test(persons_are_not_found),
		cmocka_unit_test(each_hit_says_where_it_stands),
		cmocka_unit_test(more_than_the_limit_is_said),
		cmocka_unit_test(records_are_read_in_the_order_of_their_keys),
		cmocka_unit_test(found_words_are_marked),
	};
	return cmocka_run_group_tests(tests, make_group, remove_group);
}
