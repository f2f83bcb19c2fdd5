/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a meeting, on real databases: what is asked, what is written, what undoing does. */
#include "store/record_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/closing.h"
#include "nucleo/store/setting.h"
#include "nucleo/store/undo.h"

static const char database[] = "closing.db";

struct room {
	struct store *store;
	int64_t meeting, first, second;
};

/* In session, with nothing missing but what comes of its second item. */
static void begin(struct room *room)
{
	struct store *store = room->store = test_create(database);
	ADD(RECORD_ORGANIZATION, "acronym=FCD");
	ADD(RECORD_ORGANIZATION, "acronym=AME");
	ADD(RECORD_PLAN, "code=paga2");
	ADD(RECORD_COMMITMENT, "code=C5");
	room->meeting = ADD(RECORD_MEETING, "number=AM-2024-01", "date=2024-01-20",
			    "status=in_session", "prepared_by=Secretaría", "signatories=Presidencia");
	room->first = ADD(RECORD_AGENDA, "meeting=AM-2024-01", "title=Apertura", "state=done");
	room->second = ADD(RECORD_AGENDA, "meeting=AM-2024-01", "title=Avance",
			   "state=in_progress", "minutes_spent=5");
	ADD(RECORD_ATTENDEE, "meeting=AM-2024-01", "organization=FCD");
	ADD(RECORD_RESOLUTION, "meeting=AM-2024-01", "item=1", "kind=decision",
	    "decision_kind=consensus", "text=Se aprueban el orden del día y el acta anterior.");
	struct operation *operation = operation_new();
	operation_change(operation, "agenda_item", room->second, "resumed", value_null(),
			 value_text("16:50"));
	test_commit(store, operation);
}

static void end(struct room *room)
{
	store_close(room->store);
}

static int64_t propose(struct store *store, const char *description, const char *more)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "description=%s", description);
	int64_t key = ADD(RECORD_FOLLOWUP, text.data, "meeting=AM-2024-01", "item=2",
			  "status=proposed", more);
	strbuf_release(&text);
	return key;
}

static enum rc close_it(struct room *room, const char *reason, struct error *err)
{
	const struct closing_wish wish = {.meeting = room->meeting, .reason = reason,
					  .now = 17 * 60 + 10};
	struct operation *operation = operation_new();
	enum rc rc = closing_close(room->store, &wish, operation, err);
	if (rc == RC_OK)
		rc = operation_commit(operation, room->store, NULL, err);
	operation_free(operation);
	return rc;
}

static void expect_refused(struct room *room, const char *reason, const char *part)
{
	struct error err = {0};
	assert_int_equal(close_it(room, reason, &err), RC_REFUSED);
	if (!strstr(err.text, part))
		fail_msg("no «%s» in: %s", part, err.text);
}

static void expect_query(const char *sql, const char *expected)
{
	char *value = test_query(database, sql);
	assert_string_equal(value, expected);
	free(value);
}

#define MEETING "SELECT status || '|' || ifnull(closed, '') || '|' || ifnull(closing_reason, '')" \
		" FROM meeting"
#define ITEM "SELECT state || '|' || minutes_spent || '|' || ifnull(resumed, '')" \
	     " FROM agenda_item WHERE label = '2'"

static void what_lacks_something_needs_a_reason(void **state)
{
	struct room room;
	(void)state;
	begin(&room);
	expect_refused(&room, NULL, "punto 2: no tiene nada anotado");
	expect_refused(&room, "  ", "falta 1 cosa");
	expect_query(MEETING, "in_session||");
	expect_query(ITEM, "in_progress|5|16:50");
	assert_done(close_it(&room, " Se cortó la luz ", err));
	expect_query(MEETING, "closed|17:10|Se cortó la luz");
	/* The clock of the item in progress stops: 16h50 to 17h10, after 5 minutes before. */
	expect_query(ITEM, "done|25|");
	expect_query("SELECT words FROM history ORDER BY number DESC LIMIT 1",
		     "Cierra la reunión AM-2024-01, a las 17h10, con motivo: falta 1 cosa");
	expect_refused(&room, "otra vez", "ya está cerrada");
	end(&room);
}

static void one_undo_opens_it_again(void **state)
{
	const struct undo_request request = {.direction = UNDO};
	struct room room;
	struct strbuf words;
	int64_t number;
	(void)state;
	begin(&room);
	assert_done(close_it(&room, "Se cortó la luz", err));
	strbuf_init(&words);
	assert_done(undo_commit(room.store, &request, &words, &number, err));
	strbuf_release(&words);
	expect_query(MEETING, "in_session||");
	expect_query(ITEM, "in_progress|5|16:50");
	/* And it closes again, now that something came of the item. */
	struct store *store = room.store;
	ADD(RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "text=Se revisó.");
	assert_done(close_it(&room, NULL, err));
	expect_query(MEETING, "closed|17:10|");
	end(&room);
}

static void one_that_is_not_in_session_is_not_closed(void **state)
{
	static const struct {
		const char *status, *part;
	} cases[] = {{"draft", "status=in_session"}, {"convened", "no ha comenzado"},
		     {"closed", "ya está cerrada"}, {"approved", "su acta, aprobada"}};
	struct room room;
	(void)state;
	begin(&room);
	const char *was = "in_session";
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct operation *operation = operation_new();
		operation_change(operation, "meeting", room.meeting, "status", value_text(was),
				 value_text(cases[i].status));
		test_commit(room.store, operation);
		was = cases[i].status;
		expect_refused(&room, "porque sí", cases[i].part);
	}
	struct error failure;
	room.meeting = 12345;
	assert_int_equal(close_it(&room, "porque sí", &failure), RC_NOT_FOUND);
	end(&room);
}

/* The second one read it in session too; the database has one end of it. */
static void two_close_it_at_once(void **state)
{
	const struct closing_wish early = {.reason = "Se fue la luz", .now = 17 * 60};
	struct operation *first = operation_new(), *second = operation_new();
	struct room room;
	struct error failure;
	(void)state;
	begin(&room);
	struct closing_wish wish = early;
	wish.meeting = room.meeting;
	assert_done(closing_close(room.store, &wish, first, err));
	wish.now += 2;
	wish.reason = "Ya era tarde";
	assert_done(closing_close(room.store, &wish, second, err));
	assert_done(operation_commit(first, room.store, NULL, err));
	assert_int_equal(operation_commit(second, room.store, NULL, &failure), RC_CONFLICT);
	operation_free(first);
	operation_free(second);
	expect_query(MEETING, "closed|17:00|Se fue la luz");
	end(&room);
}

/* What the other scribe had begun is not lost: a closed record still takes it. */
static void the_other_still_writes(void **state)
{
	struct room room;
	(void)state;
	begin(&room);
	struct operation *operation = operation_new();
	const struct closing_wish wish = {
		.meeting = room.meeting, .reason = "Se cortó la luz", .now = 17 * 60 + 10};
	assert_done(closing_close(room.store, &wish, operation, err));
	struct store *store = room.store;
	ADD(RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "text=Antes del cierre.");
	assert_done(operation_commit(operation, room.store, NULL, err));
	operation_free(operation);
	ADD(RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "text=Después.");
	expect_query(MEETING, "closed|17:10|Se cortó la luz");
	expect_query("SELECT count(*) FROM entry", "3");
	end(&room);
}

static void the_quorum_of_the_group_counts(void **state)
{
	struct room room;
	(void)state;
	begin(&room);
	struct store *store = room.store;
	ADD(RECORD_ORGANIZATION, "acronym=CNE", "sector=public", "role=member");
	ADD(RECORD_ORGANIZATION, "acronym=CEE", "sector=academia", "role=member");
	struct operation *operation = operation_new();
	assert_done(setting_change(store, SETTING_QUORUM, "2", operation, err));
	test_commit(store, operation);
	ADD(RECORD_ATTENDEE, "meeting=AM-2024-01", "organization=CNE");
	expect_refused(&room, NULL, "Sin quórum: 1 de 2");
	ADD(RECORD_ATTENDEE, "meeting=AM-2024-01", "organization=CEE", "arrived=15h00",
	    "departed=16h40");
	expect_refused(&room, NULL, "el quórum se perdió a las 16h40");
	ADD(RECORD_ORGANIZATION, "acronym=UTPL", "sector=academia", "role=member");
	ADD(RECORD_ATTENDEE, "meeting=AM-2024-01", "organization=UTPL", "arrived=16h50");
	expect_refused(&room, NULL, "falta 1 cosa (punto 2");
	struct closing_report report = {0};
	assert_done(closing_check(store, room.meeting, &report, err));
	bool is_told = false;
	for (size_t i = 0; i < report.remarks.count; i++)
		is_told |= report.remarks.items[i].is_hint &&
			   strstr(report.remarks.items[i].text, "se perdió a las 16h40 y volvió a "
								"haberlo a las 16h50");
	assert_true(is_told);
	closing_report_release(&report);
	test_sql(database, "UPDATE attendance SET departed = NULL");
	expect_refused(&room, NULL, "falta 1 cosa (punto 2");
	end(&room);
}

static void choose(struct closing_table *table, int64_t followup, enum closing_verdict verdict)
{
	vector_push(&table->rows,
		    ((struct closing_choice){.followup = followup, .verdict = verdict}));
}

static struct closing_choice *last_of(const struct closing_table *table)
{
	return &table->rows.items[table->rows.count - 1];
}

static enum rc confirm(struct store *store, const struct closing_table *table, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = closing_confirm(store, table, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		rc = operation_commit(operation, store, NULL, err);
	operation_free(operation);
	return rc;
}

#define FOLLOWUPS \
	"SELECT group_concat(status || ifnull(' ' || due, ''), ', ')" \
	" FROM (SELECT * FROM followup ORDER BY code)"

static void the_table_is_one_operation(void **state)
{
	struct room room;
	struct strbuf words;
	const struct undo_request request = {.direction = UNDO};
	int64_t number;
	(void)state;
	begin(&room);
	struct closing_table table = {.meeting = room.meeting};
	choose(&table, propose(room.store, "Primera", "due=2024-02-01"), CLOSING_CONFIRM);
	choose(&table, propose(room.store, "Segunda", NULL), CLOSING_CONFIRM);
	last_of(&table)->responsible = mem_strdup("AME, FCD");
	last_of(&table)->due = mem_strdup("15/02/2024");
	last_of(&table)->commitment = mem_strdup("C5");
	choose(&table, propose(room.store, "Tercera", NULL), CLOSING_DROP);
	choose(&table, propose(room.store, "Cuarta", NULL), CLOSING_LEAVE);
	assert_done(confirm(room.store, &table, err));
	expect_query(FOLLOWUPS, "open 2024-02-01, open 2024-02-15, dropped, proposed");
	expect_query("SELECT count(*) FROM followup_responsible", "2");
	expect_query("SELECT count(*) FROM followup WHERE \"commitment\" IS NOT NULL", "1");
	expect_query("SELECT words FROM history ORDER BY number DESC LIMIT 1",
		     "Acciones de AM-2024-01: confirma S-2023-001, S-2023-002; descarta "
		     "S-2023-003");
	strbuf_init(&words);
	assert_done(undo_commit(room.store, &request, &words, &number, err));
	strbuf_release(&words);
	expect_query(FOLLOWUPS, "proposed 2024-02-01, proposed, proposed, proposed");
	expect_query("SELECT count(*) FROM followup_responsible", "0");
	closing_table_release(&table);
	end(&room);
}

/* What somebody else settled meanwhile stays as she settled it. */
static void what_is_settled_stays(void **state)
{
	struct room room;
	(void)state;
	begin(&room);
	struct closing_table table = {.meeting = room.meeting};
	int64_t first = propose(room.store, "Primera", "due=2024-02-01");
	choose(&table, first, CLOSING_CONFIRM);
	struct operation *operation = operation_new();
	operation_change(operation, "followup", first, "status", value_text("proposed"),
			 value_text("dropped"));
	test_commit(room.store, operation);
	assert_done(confirm(room.store, &table, err));
	expect_query(FOLLOWUPS, "dropped 2024-02-01");
	closing_table_release(&table);
	end(&room);
}

static void what_will_not_do_changes_nothing(void **state)
{
	struct room room;
	struct error failure;
	(void)state;
	begin(&room);
	struct closing_table table = {.meeting = room.meeting};
	choose(&table, propose(room.store, "Primera", "due=2024-02-01"), CLOSING_CONFIRM);
	choose(&table, propose(room.store, "Segunda", NULL), CLOSING_CONFIRM);
	last_of(&table)->due = mem_strdup("31/13/2024");
	assert_int_equal(confirm(room.store, &table, &failure), RC_INVALID);
	assert_non_null(strstr(failure.text, "S-2023-002: due: "));
	free(last_of(&table)->due);
	last_of(&table)->due = NULL;
	last_of(&table)->responsible = mem_strdup("NADIE");
	assert_int_equal(confirm(room.store, &table, &failure), RC_NOT_FOUND);
	assert_non_null(strstr(failure.text, "S-2023-002: responsible: "));
	expect_query(FOLLOWUPS, "proposed 2024-02-01, proposed");
	closing_table_release(&table);
	struct store *store = room.store;
	int64_t other = ADD(RECORD_FOLLOWUP, "description=De nadie");
	choose(&table, other, CLOSING_CONFIRM);
	assert_int_equal(confirm(room.store, &table, &failure), RC_NOT_FOUND);
	closing_table_release(&table);
	end(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_lacks_something_needs_a_reason, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(one_undo_opens_it_again, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(one_that_is_not_in_session_is_not_closed,
						folder_make, folder_remove),
		cmocka_unit_test_setup_teardown(two_close_it_at_once, folder_make, folder_remove),
		cmocka_unit_test_setup_teardown(the_other_still_writes, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(the_quorum_of_the_group_counts, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(the_table_is_one_operation, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(what_is_settled_stays, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(what_will_not_do_changes_nothing, folder_make,
						folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
