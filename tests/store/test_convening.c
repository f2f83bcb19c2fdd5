/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/record_test.h"

#include "nucleo/exchange/agenda_edit.h"
#include "nucleo/exchange/convening.h"
#include "nucleo/store/setting.h"

/* ---- a group with a past */

#define HELD(number, date) ADD(RECORD_MEETING, "number=" number, "date=" date, "status=closed")

static void report(struct store *store, const char *code, const char *day, const char *percent)
{
	char commitment[32], as_of[32], value[32];
	snprintf(commitment, sizeof(commitment), "commitment=%s", code);
	snprintf(as_of, sizeof(as_of), "as_of=%s", day);
	snprintf(value, sizeof(value), "percent=%s", percent);
	ADD(RECORD_PROGRESS, commitment, as_of, value, "reporter=entity");
}

/* Of a plan that is over, and of the one that runs. */
static void add_commitments(struct store *store)
{
	static const char *const codes[] = {"C1", "C2", "C3", "C4", "C5", "C6"};
	ADD(RECORD_PLAN, "code=paga1", "starts=2019-01-01", "ends=2021-12-31");
	ADD(RECORD_PLAN, "code=paga2", "starts=2022-01-01", "ends=2024-12-31");
	ADD(RECORD_COMMITMENT, "code=D1", "plan=paga1", "title=Viejo");
	ADD(RECORD_BLOCKER, "commitment=D1", "reason=Se acabó");
	for (size_t i = 0; i < ARRAY_COUNT(codes); i++) {
		char code[32];
		snprintf(code, sizeof(code), "code=%s", codes[i]);
		ADD(RECORD_COMMITMENT, code, "plan=paga2", "title=Datos", "lead=AME");
	}
}

/* C1 moves, C2 repeats its figure, C3 has none, C4 is done, C5 moves but is blocked, C6 moves and
 * was blocked once. */
static void add_history(struct store *store)
{
	static const char *const moving[] = {"C1", "C5", "C6"};
	for (size_t i = 0; i < ARRAY_COUNT(moving); i++) {
		report(store, moving[i], "2023-03-10", "10");
		report(store, moving[i], "2023-09-15", "20");
	}
	report(store, "C2", "2023-03-10", "38");
	report(store, "C2", "2023-09-15", "38");
	report(store, "C4", "2023-03-10", "100");
	ADD(RECORD_BLOCKER, "commitment=C5", "reason=Sin presupuesto", "since=2023-06-01");
	ADD(RECORD_BLOCKER, "commitment=C6", "reason=Sin autoridades", "since=2023-01-01",
	    "until=2023-06-01");
}

static struct store *make_group(void)
{
	struct store *store = test_create(RECORD_DATABASE);
	ADD(RECORD_ORGANIZATION, "acronym=FCD", "role=member");
	ADD(RECORD_ORGANIZATION, "acronym=AME", "role=member");
	add_commitments(store);
	HELD("AM-2023-03", "2023-03-10");
	HELD("AM-2023-04", "2023-07-14");
	HELD("AM-2023-05", "2023-09-15");
	add_history(store);
	return store;
}

static day_number meeting_day(void)
{
	return date_from_civil(2023, 12, 1);
}

static void propose(struct store *store, int64_t meeting, struct proposal_list *list)
{
	const struct convening convening = {.meeting = meeting, .date = meeting_day()};
	assert_done(convening_propose(store, &convening, list, err));
}

/* "x C2. Datos | - C3..." of a group. */
static void assert_group(const struct proposal_list *list, enum proposal_group group,
			 const char *expected)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < list->proposals.count; i++) {
		const struct proposal *proposal = &list->proposals.items[i];
		if (proposal->group == group)
			strbuf_addf(&text, "%s%s %s", text.length ? " | " : "",
				    proposal->is_taken ? "x" : "-", proposal->title);
	}
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
}

static const struct proposal *called(const struct proposal_list *list, const char *code)
{
	for (size_t i = 0; i < list->proposals.count; i++)
		if (list->proposals.items[i].code &&
		    strcmp(list->proposals.items[i].code, code) == 0)
			return &list->proposals.items[i];
	fail_msg("%s is not proposed", code);
	return NULL;
}

/* The agenda as "1 Bienvenida | 2.a Datos", in its order. */
static void assert_agenda(struct store *store, const char *number, const char *expected)
{
	struct record_set items;
	struct list_query query = {0};
	struct strbuf text;
	assert_done(store_find(store, RECORD_MEETING, number, &query.meeting, err));
	assert_done(record_set_load(&items, store, RECORD_AGENDA, &query, err));
	strbuf_init(&text);
	for (size_t i = 0; i < items.count; i++) {
		const struct agenda_item *item = record_set_at(&items, i);
		strbuf_addf(&text, "%s%s %s", i ? " | " : "", item->label, item->title);
	}
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
	record_set_release(&items);
}

/* ---- the number */

static void assert_next(struct store *store, int year, const char *expected)
{
	struct strbuf number;
	strbuf_init(&number);
	assert_done(convening_next_number(store, date_from_civil(year, 2, 1), &number, err));
	assert_string_equal(number.data, expected);
	strbuf_release(&number);
}

static void numbers_go_on_in_the_form_of_the_group(void **state)
{
	struct store *store = test_create(RECORD_DATABASE);
	(void)state;
	assert_next(store, 2024, "AM-2024-01");
	HELD("AM-2023-09", "2023-03-10");
	HELD("AM-2023-05", "2023-09-15");
	HELD("AM-2023-extra", "2023-08-15");
	assert_next(store, 2023, "AM-2023-10");
	assert_next(store, 2024, "AM-2024-01");
	HELD("GN-2023-007", "2023-10-01");
	assert_next(store, 2023, "GN-2023-008");
	assert_next(store, 2024, "GN-2024-001");
	HELD("Ordinaria-12", "2023-11-01");
	assert_next(store, 2024, "Ordinaria-13");
	HELD("final", "2023-11-02");
	assert_next(store, 2023, "AM-2023-10");
	store_close(store);
}

/* ---- what is proposed */

static void commitments_that_stand_still_or_are_blocked(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	(void)state;
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_STANDING,
		     "x Bienvenida y aprobación del orden del día | x Estado de los compromisos"
		     " | x Varios");
	assert_group(&list, PROPOSAL_COMMITMENT, "x C2. Datos | x C3. Datos | x C5. Datos");
	assert_string_equal(called(&list, "C2")->detail,
			    "sin movimiento en 2 reuniones · 38\u00A0%");
	assert_string_equal(called(&list, "C3")->detail,
			    "sin movimiento en 2 reuniones · sin avance informado");
	assert_string_equal(called(&list, "C5")->detail, "bloqueado: Sin presupuesto · 20\u00A0%");
	assert_string_equal(called(&list, "C5")->presenter, "AME");
	proposal_list_release(&list);
	store_close(store);
}

static void nothing_stands_still_in_a_young_group(void **state)
{
	struct store *store = test_create(RECORD_DATABASE);
	struct proposal_list list = {0};
	(void)state;
	ADD(RECORD_ORGANIZATION, "acronym=AME");
	add_commitments(store);
	HELD("AM-2023-05", "2023-09-15");
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_COMMITMENT, "");
	proposal_list_release(&list);
	store_close(store);
}

static void settle(struct store *store, enum setting_id setting, const char *text)
{
	struct operation *operation = operation_new();
	assert_done(setting_change(store, setting, text, operation, err));
	test_commit(store, operation);
}

static void the_group_settles_what_is_usual(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	(void)state;
	settle(store, SETTING_STUCK_MEETINGS, "3");
	settle(store, SETTING_STANDING_ITEMS, "Apertura\nAsuntos varios");
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_STANDING, "x Apertura | x Asuntos varios");
	assert_group(&list, PROPOSAL_COMMITMENT, "x C3. Datos | x C5. Datos");
	proposal_list_release(&list);
	store_close(store);
}

#define FOLLOWUP(text, ...) ADD(RECORD_FOLLOWUP, "description=" text, __VA_ARGS__)

static void followups_come_with_their_age(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	(void)state;
	ADD(RECORD_AGENDA, "meeting=AM-2023-04", "title=Apertura", "label=3");
	FOLLOWUP("Vencida", "due=2023-10-31", "meeting=AM-2023-04", "item=3",
		 "responsible=FCD,AME");
	FOLLOWUP("Del día", "due=2023-12-01", "status=in_progress");
	FOLLOWUP("Con tiempo", "due=2024-06-30", "status=proposed");
	FOLLOWUP("Sin fecha", "meeting=AM-2023-05");
	FOLLOWUP("Hecha", "due=2023-10-31", "status=done");
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_FOLLOWUP,
		     "x Vencida | x Del día | - Con tiempo | - Sin fecha");
	assert_string_equal(called(&list, "S-2023-001")->detail,
			    "S-2023-001 · vencida el 31/10/2023 · arrastrada desde AM-2023-04, "
			    "punto 3 · hace 140 días, 1 reunión");
	assert_string_equal(called(&list, "S-2023-001")->presenter, "FCD, AME");
	assert_string_equal(called(&list, "S-2023-002")->detail,
			    "S-2023-002 · en curso · vence el 01/12/2023");
	assert_string_equal(called(&list, "S-2023-004")->detail,
			    "S-2023-004 · arrastrada desde AM-2023-05 · hace 77 días");
	proposal_list_release(&list);
	store_close(store);
}

static int64_t add_carried(struct store *store, int64_t meeting, int64_t from, const char *state)
{
	struct operation *operation = operation_new();
	int64_t key = operation_insert(operation, "agenda_item");
	operation_field(operation, "meeting", value_key(meeting));
	operation_field(operation, "rank", value_integer(9));
	operation_field(operation, "label", value_text("9"));
	operation_field(operation, "title", value_text("Diferido otra vez"));
	operation_field(operation, "state", value_text(state));
	operation_field(operation, "carried_from", value_key(from));
	operation_set_words(operation, "x");
	test_commit(store, operation);
	return key;
}

static void what_was_left_comes_once(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	int64_t fourth, fifth;
	(void)state;
	assert_done(store_find(store, RECORD_MEETING, "AM-2023-04", &fourth, err));
	assert_done(store_find(store, RECORD_MEETING, "AM-2023-05", &fifth, err));
	int64_t first = ADD(RECORD_AGENDA, "meeting=AM-2023-03", "title=Diferido",
			    "state=deferred", "minutes_planned=15");
	ADD(RECORD_AGENDA, "meeting=AM-2023-03", "title=Tratado", "state=done");
	int64_t second = add_carried(store, fourth, first, "deferred");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Aplazado", "parked=true");
	ADD(RECORD_MEETING, "number=AM-2024-01", "date=2024-03-01");
	ADD(RECORD_AGENDA, "meeting=AM-2024-01", "title=Más tarde", "parked=true");
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_DEFERRED, "x Diferido otra vez");
	assert_group(&list, PROPOSAL_PARKED, "x Aplazado");
	assert_string_equal(called(&list, "AM-2023-04/9")->detail,
			    "diferido en AM-2023-04, punto 9");
	proposal_list_release(&list);
	add_carried(store, fifth, second, "done");
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_DEFERRED, "");
	proposal_list_release(&list);
	store_close(store);
}

/* An item that was about a commitment comes with the commitment, not beside it. */
static void what_is_proposed_anyway_comes_once(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	(void)state;
	int64_t left = ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=C2", "commitment=C2",
			   "state=deferred", "minutes_planned=15");
	propose(store, 0, &list);
	assert_group(&list, PROPOSAL_DEFERRED, "");
	assert_int_equal(called(&list, "C2")->carried_from, left);
	assert_int_equal(called(&list, "C2")->minutes, 15);
	proposal_list_release(&list);
	store_close(store);
}

/* ---- the operation */

static struct record_edit *new_meeting(struct store *store, const char *number)
{
	struct record_edit *edit = NULL;
	assert_done(record_edit_begin_new(store, RECORD_MEETING, &edit, err));
	put_text(edit, "number", number);
	put_text(edit, "date", "2023-12-01");
	return edit;
}

static void convene(struct store *store, const char *number, const struct proposal_list *list)
{
	struct record_edit *edit = new_meeting(store, number);
	struct operation *operation = operation_new();
	assert_done(convening_compose(edit, list, operation, NULL, err));
	test_commit(store, operation);
	record_edit_free(edit);
}

static void a_meeting_and_its_agenda_are_one_operation(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	(void)state;
	FOLLOWUP("Entregar los datos", "due=2023-10-31", "responsible=FCD");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Aplazado", "parked=true");
	propose(store, 0, &list);
	assert_done(proposal_list_mark(&list, "c3, C5", false, err));
	assert_int_equal(proposal_list_mark(&list, "C9", true, NULL), RC_NOT_FOUND);
	snapshot("before.db");
	convene(store, "AM-2023-06", &list);
	assert_agenda(store, "AM-2023-06",
		      "1 Bienvenida y aprobación del orden del día"
		      " | 2 Estado de los compromisos | 2.a C2. Datos"
		      " | 3 Seguimiento de acciones | 3.a Entregar los datos"
		      " | 4 Aplazado | 5 Varios");
	assert_words("Agrega la reunión AM-2023-06 del 01/12/2023; 6 puntos propuestos al orden "
		     "del día");
	char *carried = test_query(RECORD_DATABASE, "SELECT carried FROM followup");
	assert_string_equal(carried, "1");
	free(carried);
	take_back(store);
	assert_as(store, "before.db");
	proposal_list_release(&list);
	store_close(store);
}

/* What is there is not proposed, and what is added finds its place. */
static void an_agenda_there_is_is_filled_up(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	struct convening convening = {.date = meeting_day()};
	(void)state;
	propose(store, 0, &list);
	assert_done(proposal_list_mark(&list, "C3,C5", false, err));
	convene(store, "AM-2023-06", &list);
	proposal_list_release(&list);
	FOLLOWUP("Nueva", "due=2023-11-30");
	assert_done(store_find(store, RECORD_MEETING, "AM-2023-06", &convening.meeting, err));
	assert_done(convening_propose(store, &convening, &list, err));
	assert_group(&list, PROPOSAL_STANDING, "");
	assert_group(&list, PROPOSAL_COMMITMENT, "x C3. Datos | x C5. Datos");
	assert_done(proposal_list_mark(&list, "C5", false, err));
	const struct convening_change change = {&convening, &list, true};
	struct operation *operation = operation_new();
	assert_done(convening_compose_change(store, &change, operation, err));
	test_commit(store, operation);
	assert_words("AM-2023-06: convocada; 2 puntos propuestos al orden del día");
	assert_agenda(store, "AM-2023-06",
		      "1 Bienvenida y aprobación del orden del día"
		      " | 2 Estado de los compromisos | 2.a C2. Datos | 2.b C3. Datos"
		      " | 3 Seguimiento de acciones | 3.a Nueva | 4 Varios");
	proposal_list_release(&list);
	store_close(store);
}

static void the_agenda_of_a_past_meeting_is_copied(void **state)
{
	struct store *store = make_group();
	struct proposal_list list = {0};
	struct convening convening = {.date = meeting_day()};
	(void)state;
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Acciones de siempre", "presenter=FCD",
	    "minutes_planned=20");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Una parte", "parent=1");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=De aquel día", "commitment=C1");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05",
	    "title=Una herramienta para redactar compromisos");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Cierre");
	FOLLOWUP("Entregar", "due=2023-10-31");
	assert_done(
		store_find(store, RECORD_MEETING, "AM-2023-05", &convening.copied_from, err));
	assert_done(convening_propose(store, &convening, &list, err));
	assert_int_equal(proposal_list_minutes(&list), 20);
	assert_done(proposal_list_mark(&list, "C2,C3", false, err));
	convene(store, "AM-2023-06", &list);
	assert_agenda(store, "AM-2023-06",
		      "1 Acciones de siempre | 1.a Una parte | 1.b Entregar"
		      " | 2 Una herramienta para redactar compromisos | 3 Cierre"
		      " | 4 Estado de los compromisos | 4.a C5. Datos");
	char *presenter = test_query(RECORD_DATABASE,
				     "SELECT presenter || minutes_planned FROM agenda_item AS a"
				     " JOIN meeting AS m ON m.key = a.meeting"
				     " WHERE m.number = 'AM-2023-06' AND a.label = '1'");
	assert_string_equal(presenter, "FCD20");
	free(presenter);
	proposal_list_release(&list);
	store_close(store);
}

/* Two people propose the same number before either saves. */
static void the_same_number_twice_is_refused(void **state)
{
	struct store *store = make_group();
	const struct proposal_list nothing = {0};
	struct operation *operations[2];
	struct error err = {0};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct record_edit *edit = new_meeting(store, "AM-2023-06");
		operations[i] = operation_new();
		assert_int_equal(convening_compose(edit, &nothing, operations[i], NULL, &err),
				 RC_OK);
		record_edit_free(edit);
	}
	test_commit(store, operations[0]);
	assert_int_equal(operation_commit(operations[1], store, NULL, &err), RC_REFUSED);
	assert_non_null(strstr(err.text, "igual «Número»"));
	operation_free(operations[1]);
	struct record_edit *late = new_meeting(store, "AM-2023-06");
	struct operation *operation = operation_new();
	assert_int_equal(convening_compose(late, &nothing, operation, NULL, &err), RC_REFUSED);
	assert_non_null(strstr(err.text, "AM-2023-06"));
	assert_true(operation_is_empty(operation));
	operation_free(operation);
	record_edit_free(late);
	store_close(store);
}

/* ---- moving */

static enum rc try_move(struct store *store, const char *item, const char *where,
			struct error *err)
{
	struct operation *operation = operation_new();
	struct agenda_step step;
	int64_t key;
	assert_true(agenda_step_read(where, &step));
	enum rc rc = store_find(store, RECORD_AGENDA, item, &key, err);
	if (rc == RC_OK)
		rc = agenda_edit_move(store, key, &step, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		rc = operation_commit(operation, store, NULL, err);
	operation_free(operation);
	return rc;
}

static struct store *make_agenda(void)
{
	struct store *store = test_create(RECORD_DATABASE);
	ADD(RECORD_MEETING, "number=AM-2023-06", "date=2023-12-01");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=A");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=B");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=C");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=D", "parent=2");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=E", "parent=2");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=Varios");
	return store;
}

static void items_move_and_the_rest_is_numbered_anew(void **state)
{
	static const struct {
		const char *item, *where, *agenda;
	} cases[] = {
		{"2", "up", "1 B | 1.a D | 1.b E | 2 A | 3 C | 4 Varios"},
		{"1", "up", "1 B | 1.a D | 1.b E | 2 A | 3 C | 4 Varios"},
		{"1.b", "arriba", "1 B | 1.a E | 1.b D | 2 A | 3 C | 4 Varios"},
		{"1.b", "down", "1 B | 1.a E | 1.b D | 2 A | 3 C | 4 Varios"},
		{"3", "1", "1 C | 2 B | 2.a E | 2.b D | 3 A | 4 Varios"},
		{"3", "in", "1 C | 2 B | 2.a E | 2.b D | 2.c A | 3 Varios"},
		{"2.a", "out", "1 C | 2 B | 2.a D | 2.b A | 3 E | 4 Varios"},
		{"2", "park", "1 C | 2 E | 3 Varios | P1 B | P1.a D | P1.b A"},
		{"2", "99", "1 C | 2 Varios | 3 E | P1 B | P1.a D | P1.b A"},
		{"3", "abajo", "1 C | 2 Varios | 3 E | P1 B | P1.a D | P1.b A"},
		{"3", "up", "1 C | 2 E | 3 Varios | P1 B | P1.a D | P1.b A"},
		{"P1", "unpark", "1 C | 2 E | 3 B | 3.a D | 3.b A | 4 Varios"},
		{"3.a", "park", "1 C | 2 E | 3 B | 3.a A | 4 Varios | P1 D"},
	};
	struct store *store = make_agenda();
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char item[32];
		snprintf(item, sizeof(item), "AM-2023-06/%s", cases[i].item);
		assert_done(try_move(store, item, cases[i].where, err));
		assert_agenda(store, "AM-2023-06", cases[i].agenda);
	}
	assert_words("AM-2023-06/3.a «D»: queda para la próxima reunión");
	store_close(store);
}

/* Places the drive has that are none: the highest there can be, twice. */
static void an_agenda_with_places_beyond_all_is_counted_anew(void **state)
{
	struct store *store = make_agenda();
	(void)state;
	test_sql(RECORD_DATABASE, "UPDATE agenda_item SET rank = 9223372036854775807 "
				  "WHERE title IN ('C', 'Varios')");
	assert_done(try_move(store, "AM-2023-06/1", "park", err));
	char *ranks = test_query(RECORD_DATABASE, "SELECT min(rank) > 0 AND max(rank) < 1000 "
						  "FROM agenda_item");
	assert_string_equal(ranks, "1");
	free(ranks);
	store_close(store);
}

static void a_move_is_taken_back_whole(void **state)
{
	struct store *store = make_agenda();
	(void)state;
	snapshot("before.db");
	assert_done(try_move(store, "AM-2023-06/2", "park", err));
	take_back(store);
	assert_as(store, "before.db");
	store_close(store);
}

static void moves_that_cannot_be(void **state)
{
	static const struct {
		const char *item, *where, *part;
	} cases[] = {
		{"1", "in", "es el primero"},	{"2", "in", "tiene partes"},
		{"2.a", "in", "ya es parte"},	{"1", "out", "no es parte"},
		{"9", "up", "9"},
	};
	struct store *store = make_agenda();
	struct agenda_step step;
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct error err = {0};
		char item[32];
		snprintf(item, sizeof(item), "AM-2023-06/%s", cases[i].item);
		assert_int_not_equal(try_move(store, item, cases[i].where, &err), RC_OK);
		if (!strstr(err.text, cases[i].part))
			fail_msg("%s %s: %s", item, cases[i].where, err.text);
	}
	assert_false(agenda_step_read("0", &step));
	assert_false(agenda_step_read("-1", &step));
	assert_false(agenda_step_read("", &step));
	assert_false(agenda_step_read("99999999999999999999", &step));
	store_close(store);
}

static void the_agenda_of_a_meeting_that_is_over_stays(void **state)
{
	struct store *store = make_agenda();
	struct error refusal = {0};
	int64_t key;
	(void)state;
	assert_done(store_find(store, RECORD_MEETING, "AM-2023-06", &key, err));
	struct record_edit *edit = begin_edit(store, RECORD_MEETING, key);
	put_text(edit, "status", "closed");
	assert_true(save_edit(store, edit));
	assert_int_equal(try_move(store, "AM-2023-06/1", "down", &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "cerrada"));
	store_close(store);
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(numbers_go_on_in_the_form_of_the_group),
		IN_A_FOLDER(commitments_that_stand_still_or_are_blocked),
		IN_A_FOLDER(nothing_stands_still_in_a_young_group),
		IN_A_FOLDER(the_group_settles_what_is_usual),
		IN_A_FOLDER(followups_come_with_their_age),
		IN_A_FOLDER(what_was_left_comes_once),
		IN_A_FOLDER(what_is_proposed_anyway_comes_once),
		IN_A_FOLDER(a_meeting_and_its_agenda_are_one_operation),
		IN_A_FOLDER(an_agenda_there_is_is_filled_up),
		IN_A_FOLDER(the_agenda_of_a_past_meeting_is_copied),
		IN_A_FOLDER(the_same_number_twice_is_refused),
		IN_A_FOLDER(items_move_and_the_rest_is_numbered_anew),
		IN_A_FOLDER(an_agenda_with_places_beyond_all_is_counted_anew),
		IN_A_FOLDER(a_move_is_taken_back_whole),
		IN_A_FOLDER(moves_that_cannot_be),
		IN_A_FOLDER(the_agenda_of_a_meeting_that_is_over_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
