/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/minutes_test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is written while a meeting lasts: each step one operation. */

static int64_t line_behind(struct store *store, int64_t item, int64_t behind, const char *line)
{
	const struct minutes_place place = {group.meeting, item, behind, 0};
	int64_t entry = 0;
	assert_done(try_line(store, &place, line, &entry, err));
	return entry;
}

static int64_t line_at(struct store *store, int64_t item, const char *line)
{
	return line_behind(store, item, 0, line);
}

/* The lines of an item, apart by '|'. */
static void assert_lines(const char *label, const char *expected)
{
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "SELECT group_concat(text, '|') FROM (SELECT e.text FROM entry AS e JOIN "
			  "agenda_item AS a ON a.key = e.agenda_item WHERE label = '%s' ORDER BY "
			  "e.rank, e.key)", label);
	assert_sql(sql.data, expected);
	strbuf_release(&sql);
}

/* Runs one step and commits it: `step` is a call with `operation` and `err`. */
#define DO(store, step)                                           \
	do {                                                      \
		struct operation *operation = operation_new();    \
		assert_done(step);                                \
		assert_false(operation_is_empty(operation));      \
		test_commit(store, operation);                    \
	} while (0)

#define REFUSED(wanted, part, step)                                                     \
	do {                                                                            \
		struct operation *operation = operation_new();                          \
		struct error why = {0};                                                 \
		if ((step) != (wanted) || !strstr(why.text, part))                      \
			fail_msg("line %d: %d %s", __LINE__, (int)why.code, why.text);  \
		assert_true(operation_is_empty(operation));                             \
		operation_free(operation);                                              \
	} while (0)

static void remove_file(const char *name)
{
	char *path = folder_path(name);
	unlink(path);
	free(path);
}

/* What a step is to be compared with. */
static void remember(void)
{
	remove_file("before.db");
	snapshot("before.db");
}

/* Taken back, everything is as before; and taken back again, as after. */
static void assert_goes_back(struct store *store)
{
	remove_file("after.db");
	snapshot("after.db");
	take_back(store);
	assert_as(store, "before.db");
	take_back(store);
	assert_as(store, "after.db");
}

/* ---- lines */

static void a_note_comes_behind_what_is_there(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	line_at(store, group.item2, "FCD: ya entregó los datos");
	assert_words("AM-2023-05, punto 2: FCD, «ya entregó los datos»");
	int64_t third = line_at(store, group.item2, "tercera");
	line_behind(store, group.item2, third, "quinta");
	line_behind(store, group.item2, third, "cuarta");
	assert_lines("2", "El CNE pregunta por el avance.|ya entregó los datos|tercera|cuarta|"
			  "quinta");
	line_at(store, 0, "Se saluda.");
	assert_words("AM-2023-05, antes del primer punto: «Se saluda.»");
	take_back(store);
	assert_sql("SELECT count(*) FROM entry WHERE agenda_item IS NULL", "0");
	store_close(store);
}

/* Where no rank is left between two lines, those behind make room. */
static void lines_make_room(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	int64_t first = line_at(store, group.item1, "a");
	line_at(store, group.item1, "z");
	for (int i = 0; i < 10; i++)
		line_behind(store, group.item1, first, i % 2 ? "impar" : "par");
	assert_lines("1", "a|impar|par|impar|par|impar|par|impar|par|impar|par|z");
	store_close(store);
}

/* Two lines of one rank, as two scribes make them, both stand and have a place between them. */
static void ties_have_an_order(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	line_at(store, group.item1, "a");
	line_at(store, group.item1, "b");
	test_sql(RECORD_DATABASE, "UPDATE entry SET rank = 7, text = CASE key WHEN (SELECT min(key) "
				  "FROM entry WHERE rank > 1) THEN 'una' ELSE 'otra' END WHERE rank "
				  "> 1");
	char *first = test_query(RECORD_DATABASE, "SELECT key FROM entry WHERE text = 'una'");
	assert_lines("1", "una|otra");
	line_behind(store, group.item1, strtoll(first, NULL, 10), "entre las dos");
	assert_lines("1", "una|entre las dos|otra");
	free(first);
	store_close(store);
}

static void a_line_with_everything(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	line_at(store, group.item2,
		"FCD: @AME,XYZ terminan los talleres !2024-03-31 #C10 %C1=38,5");
	assert_words("AM-2023-05, punto 2: FCD, «AME y XYZ terminan los talleres»; acción de AME, "
		     "XYZ; C1: 38.5 %");
	assert_sql("SELECT f.code || ' ' || f.kind || ' ' || f.status || ' ' || due || ' ' || due_text "
		   "|| ' ' || c.code || ' ' || f.description || ' ' || label || ' ' || e.kind FROM "
		   "followup AS f JOIN commitment AS c ON c.key = f.\"commitment\" JOIN entry AS e ON "
		   "e.key = entry JOIN agenda_item AS a ON a.key = f.agenda_item",
		   "S-2023-001 undertaking proposed 2024-03-31 31/03/2024 C10 AME y XYZ terminan los "
		   "talleres 2 undertaking");
	assert_sql("SELECT group_concat(acronym || review, ' ') FROM (SELECT acronym, review FROM "
		   "followup_responsible AS r JOIN organization AS o ON o.key = r.organization "
		   "ORDER BY r.rank)", "AME0 XYZ1");
	assert_sql("SELECT percent || ' ' || as_of || ' ' || m.number || ' ' || label FROM progress "
		   "AS p JOIN meeting AS m ON m.key = p.meeting JOIN agenda_item AS a ON a.key = "
		   "p.agenda_item", "38.5 2023-11-17 AM-2023-05 2");
	store_close(store);
}

static void a_line_of_each_kind(void **state)
{
	static const struct {
		const char *line, *status, *row, *words;
	} cases[] = {
		{"= Se aprueba el orden del día.", "in_session",
		 "decision R-2023-05-01 consensus 0 0", "«Se aprueba el orden del día.»"},
		{"= Se aprueba con 9 votos a favor y 2 en contra.", "in_session",
		 "decision R-2023-05-01 vote 0 0", "«Se aprueba con 9 votos a favor y 2 en contra.»"},
		{"? Falta saber el monto", "in_session", "note - - 0 1", "«Falta saber el monto»"},
		{"~ ojo con la fecha", "in_session", "note - - 1 0", "una nota privada"},
		{"@AME envía el informe", "closed", "undertaking - - 0 0",
		 "«AME envía el informe»; acción de AME"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct store *store = meeting_store();
		struct strbuf words;
		strbuf_init(&words);
		strbuf_addf(&words, "AM-2023-05, punto 1: %s", cases[i].words);
		if (strcmp(cases[i].status, "closed") == 0)
			test_sql(RECORD_DATABASE, "UPDATE meeting SET status = 'closed'");
		remember();
		line_at(store, group.item1, cases[i].line);
		assert_sql("SELECT kind || ' ' || coalesce(decision_number, '-') || ' ' || "
			   "coalesce(decision_kind, '-') || ' ' || private || ' ' || doubt FROM entry "
			   "WHERE agenda_item = (SELECT key FROM agenda_item WHERE label = '1')",
			   cases[i].row);
		assert_words(words.data);
		/* What is heard after the closing needs no confirming any more. */
		assert_sql("SELECT status FROM followup",
			   strcmp(cases[i].status, "closed") == 0 ? "open" : "");
		assert_goes_back(store);
		strbuf_release(&words);
		store_close(store);
		remove_file(RECORD_DATABASE);
	}
}

/* A meeting has one figure of each commitment: a later one puts it right. */
static void the_last_figure_stands(void **state)
{
	static const char figures[] = "SELECT group_concat(code || ' ' || percent || ' ' || label, "
				      "'|') FROM (SELECT c.code, percent, label FROM progress AS p JOIN "
				      "commitment AS c ON c.key = p.\"commitment\" JOIN agenda_item AS a "
				      "ON a.key = p.agenda_item ORDER BY c.sort, percent)";
	(void)state;
	struct store *store = meeting_store();
	line_at(store, group.item1, "C1 (20%), C2 y C10 (0%), C99 (5%)");
	assert_sql(figures, "C1 20.0 1|C2 0.0 1|C10 0.0 1");
	line_at(store, group.item2, "%C2=12,5 corregido");
	assert_sql(figures, "C1 20.0 1|C2 12.5 2|C10 0.0 1");
	take_back(store);
	assert_sql(figures, "C1 20.0 1|C2 0.0 1|C10 0.0 1");
	/* A report of its own is no word of the meeting. */
	test_sql(RECORD_DATABASE, "UPDATE progress SET reporter = 'entity' WHERE percent = 20");
	line_at(store, group.item1, "%C1=25");
	assert_sql(figures, "C1 20.0 1|C1 25.0 1|C2 0.0 1|C10 0.0 1");
	store_close(store);
}

static void figures_wait_to_be_confirmed(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	const struct minutes_place place = {group.meeting, group.item1, 0, 0};
	struct capture capture;
	int64_t entry = 0;
	read_line(store, "C1 (20%) y C2 (30%)", &capture);
	DO(store, minutes_add_line(store, &place, &capture, false, operation, &entry, err));
	assert_sql("SELECT count(*) FROM progress", "0");
	capture_release(&capture);
	store_close(store);
}

static void what_cannot_be_written(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct error err = {0};
	int64_t entry = 0;
	const struct minutes_place here = {group.meeting, group.item1, 0, 0};
	const struct minutes_place nowhere = {group.meeting, 4, 0, 0};
	const struct minutes_place behind = {group.meeting, group.item1, group.entry, 0};
	assert_int_equal(try_line(store, &here, "  ", &entry, &err), RC_INVALID);
	assert_int_equal(try_line(store, &nowhere, "a", &entry, &err), RC_NOT_FOUND);
	assert_int_equal(try_line(store, &(struct minutes_place){.meeting = 4}, "a", &entry, &err),
			 RC_NOT_FOUND);
	assert_int_equal(try_line(store, &behind, "a", &entry, &err), RC_NOT_FOUND);
	test_sql(RECORD_DATABASE, "INSERT INTO meeting (key, number, date, status) VALUES (9, "
				  "'AM-2023-09', '2023-12-01', 'draft')");
	assert_int_equal(try_line(store, &(struct minutes_place){9, group.item1, 0, 0}, "a", &entry,
				  &err), RC_NOT_FOUND);
	assert_non_null(strstr(err.text, "AM-2023-09"));
	test_sql(RECORD_DATABASE, "UPDATE meeting SET status = 'approved'");
	assert_int_equal(try_line(store, &here, "a", &entry, &err), RC_REFUSED);
	assert_non_null(strstr(err.text, "aprobada"));
	REFUSED(RC_REFUSED, "aprobada",
		minutes_mark(store, group.entry, true, false, operation, &why));
	REFUSED(RC_REFUSED, "aprobada",
		minutes_go_to(store, group.meeting, group.item1, 900, operation, &why));
	assert_int_equal(entry, 0);
	store_close(store);
}

/* ---- follow-ups of a sentence */

static struct prose_span span_of(const char *text, const char *part)
{
	const char *at = strstr(text, part);
	assert_non_null(at);
	return (struct prose_span){(size_t)(at - text), strlen(part)};
}

static void a_sentence_becomes_a_followup(void **state)
{
	static const char text[] = "El CNE presenta sus datos. FCD enviará el informe de C2 hasta "
				   "marzo de 2024 y AME revisará la guía.";
	static const char promise[] = "FCD enviará el informe de C2 hasta marzo de 2024 y AME revisará "
				      "la guía.";
	(void)state;
	struct store *store = meeting_store();
	int64_t followup = 0, entry = line_at(store, group.item2, text);
	assert_sql("SELECT kind FROM entry WHERE rank > 1", "note");
	remember();
	DO(store, minutes_add_followup(store, entry, span_of(text, promise), operation, &followup,
				       err));
	assert_words("AM-2023-05, punto 2: acción de «El CNE presenta sus datos. FCD enviará el "
		     "inform…»");
	assert_sql("SELECT group_concat(code || ' ' || acronym || ' ' || coalesce(due, '-') || ' ' || "
		   "coalesce(c, '-'), '|') FROM (SELECT f.code, o.acronym, f.due, c.code AS c FROM "
		   "followup AS f LEFT JOIN commitment AS c ON c.key = f.\"commitment\" JOIN "
		   "followup_responsible AS r ON r.followup = f.key JOIN organization AS o ON o.key = "
		   "r.organization ORDER BY f.code)",
		   "S-2023-001 FCD 2024-03-31 C2|S-2023-002 AME - C2");
	assert_sql("SELECT kind FROM entry WHERE rank > 1", "undertaking");
	assert_goes_back(store);
	REFUSED(RC_REFUSED, "S-2023-00",
		minutes_add_followup(store, entry, span_of(text, promise), operation, &followup,
				     &why));
	/* What nobody would take for a promise is the speaker's. */
	DO(store, minutes_add_followup(store, entry, span_of(text, "El CNE presenta sus datos."),
				       operation, &followup, err));
	assert_sql("SELECT acronym FROM followup AS f JOIN followup_responsible AS r ON r.followup = "
		   "f.key JOIN organization AS o ON o.key = r.organization WHERE description LIKE "
		   "'El CNE%'", "CNE");
	REFUSED(RC_CONFLICT, "ya es otro",
		minutes_add_followup(store, entry, (struct prose_span){100, 400}, operation,
				     &followup, &why));
	store_close(store);
}

static void a_request_is_one(void **state)
{
	static const char text[] = "Se solicita a AME remitir la lista de municipios.";
	(void)state;
	struct store *store = meeting_store();
	int64_t followup = 0, entry = line_at(store, group.item1, text);
	DO(store, minutes_add_followup(store, entry, span_of(text, text), operation, &followup,
				       err));
	assert_sql("SELECT e.kind || ' ' || f.kind FROM followup AS f JOIN entry AS e ON e.key = "
		   "f.entry", "request request");
	store_close(store);
}

/* ---- moving */

static void lines_move(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	int64_t a = line_at(store, group.item1, "a"), b = line_at(store, group.item1, "b");
	int64_t c = line_at(store, group.item1, "@AME hace c");
	const struct minutes_place behind_a = {.item = group.item1, .behind = a};
	const struct minutes_place item2 = {.item = group.item2};
	const struct minutes_place before = {.item = 0};
	remember();
	DO(store, minutes_move(store, c, &behind_a, operation, err));
	assert_lines("1", "a|AME hace c|b");
	assert_words("AM-2023-05, punto 1: cambia de lugar «AME hace c»");
	assert_goes_back(store);
	remember();
	DO(store, minutes_move(store, c, &item2, operation, err));
	assert_lines("2", "El CNE pregunta por el avance.|AME hace c");
	assert_words("AM-2023-05, punto 1: pasa a punto 2 «AME hace c»");
	assert_sql("SELECT label FROM followup AS f JOIN agenda_item AS a ON a.key = f.agenda_item",
		   "2");
	assert_goes_back(store);
	DO(store, minutes_move(store, b, &before, operation, err));
	assert_words("AM-2023-05, punto 1: pasa a antes del primer punto «b»");
	assert_lines("1", "a");
	struct operation *none = operation_new();
	assert_done(minutes_move(store, b, &before, none, err));
	assert_true(operation_is_empty(none));
	operation_free(none);
	REFUSED(RC_INVALID, "sí misma", minutes_move(store, a, &behind_a, operation, &why));
	REFUSED(RC_INVALID, "reunión",
		minutes_move(store, a, &(struct minutes_place){.meeting = 5}, operation, &why));
	store_close(store);
}

static void lines_shift(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	int64_t a = line_at(store, group.item1, "a");
	line_at(store, group.item1, "b");
	int64_t c = line_at(store, group.item1, "c");
	DO(store, minutes_shift(store, c, -1, operation, err));
	assert_lines("1", "a|c|b");
	DO(store, minutes_shift(store, c, -1, operation, err));
	assert_lines("1", "c|a|b");
	DO(store, minutes_shift(store, a, 1, operation, err));
	assert_lines("1", "c|b|a");
	REFUSED(RC_NOT_FOUND, "última", minutes_shift(store, a, 1, operation, &why));
	REFUSED(RC_NOT_FOUND, "primera", minutes_shift(store, c, -1, operation, &why));
	store_close(store);
}

/* ---- splitting and joining */

static void a_line_is_split_and_joined(void **state)
{
	static const char text[] = "AME expone sus datos. FCD enviará el informe.";
	(void)state;
	struct store *store = meeting_store();
	int64_t followup, second = 0, entry = line_at(store, group.item2, text);
	struct prose_span promise = span_of(text, "FCD enviará el informe.");
	DO(store, minutes_add_followup(store, entry, promise, operation, &followup, err));
	line_at(store, group.item2, "después");
	remember();
	DO(store, minutes_split(store, entry, promise.start, operation, &second, err));
	assert_lines("2", "El CNE pregunta por el avance.|AME expone sus datos.|FCD enviará el "
			  "informe.|después");
	assert_words("AM-2023-05, punto 2: se parte «AME expone sus datos. FCD enviará el informe.»");
	assert_sql("SELECT e.text FROM followup AS f JOIN entry AS e ON e.key = f.entry",
		   "FCD enviará el informe.");
	assert_goes_back(store);
	remember();
	DO(store, minutes_join(store, entry, operation, err));
	assert_lines("2", "El CNE pregunta por el avance.|AME expone sus datos. FCD enviará el "
			  "informe.|después");
	assert_sql("SELECT e.text FROM followup AS f JOIN entry AS e ON e.key = f.entry", text);
	assert_goes_back(store);
	REFUSED(RC_INVALID, "vacía", minutes_split(store, entry, 0, operation, &second, &why));
	REFUSED(RC_INVALID, "vacía", minutes_split(store, entry, 1000, operation, &second, &why));
	/* No character is cut in two. */
	struct prose_span accent = span_of(text, "á el");
	REFUSED(RC_INVALID, "", minutes_split(store, entry, accent.start + 1, operation, &second,
					      &why));
	store_close(store);
}

static void what_does_not_join(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	int64_t first = line_at(store, group.item1, "a");
	int64_t secret = line_at(store, group.item1, "~ b");
	int64_t decision = line_at(store, group.item1, "= Se aprueba.");
	REFUSED(RC_REFUSED, "privada", minutes_join(store, first, operation, &why));
	REFUSED(RC_REFUSED, "R-2023-05-01", minutes_join(store, secret, operation, &why));
	REFUSED(RC_NOT_FOUND, "última", minutes_join(store, decision, operation, &why));
	store_close(store);
}

/* What somebody else writes in the line that goes is not lost in the joining. */
static void two_scribes_do_not_undo_each_other(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct error failure = {0};
	int64_t a = line_at(store, group.item1, "a"), b = line_at(store, group.item1, "b");
	struct operation *join = operation_new(), *move = operation_new(), *mark = operation_new();
	const struct minutes_place to = {.item = group.item2};
	assert_done(minutes_join(store, a, join, err));
	assert_done(minutes_move(store, b, &to, move, err));
	assert_done(minutes_mark(store, b, false, true, mark, err));
	test_commit(store, move);
	test_commit(store, mark);
	assert_int_equal(operation_commit(join, store, NULL, &failure), RC_CONFLICT);
	operation_free(join);
	assert_lines("2", "El CNE pregunta por el avance.|b");
	assert_sql("SELECT doubt FROM entry WHERE text = 'b'", "1");
	/* Two lines for one place both stand. */
	struct operation *mine = operation_new(), *theirs = operation_new();
	const struct minutes_place end = {group.meeting, group.item1, 0, 0};
	struct capture capture;
	int64_t entry;
	read_line(store, "otra", &capture);
	assert_done(minutes_add_line(store, &end, &capture, false, mine, &entry, err));
	assert_done(minutes_add_line(store, &end, &capture, false, theirs, &entry, err));
	test_commit(store, mine);
	test_commit(store, theirs);
	assert_lines("1", "a|otra|otra");
	capture_release(&capture);
	store_close(store);
}

/* ---- what a line is */

static void a_number_is_given_once(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	int64_t entry = line_at(store, group.item1, "Se aprueba el acta.");
	DO(store, minutes_retype(store, entry, ENTRY_DECISION, operation, err));
	assert_words("AM-2023-05, punto 1: queda como decisión «Se aprueba el acta.»");
	assert_sql("SELECT decision_number || decision_kind FROM entry WHERE kind = 'decision'",
		   "R-2023-05-01consensus");
	test_sql(RECORD_DATABASE, "UPDATE entry SET vote_rule = 'simple', votes_for = 1, votes_against "
				  "= 0, votes_abstained = 0, tally = '1 a favor' WHERE kind = "
				  "'decision'; INSERT INTO ballot (key, entry, organization, choice) "
				  "SELECT 5, e.key, o.key, 'for' FROM entry AS e, organization AS o "
				  "WHERE kind = 'decision' AND acronym = 'FCD'");
	remember();
	DO(store, minutes_retype(store, entry, ENTRY_REQUEST, operation, err));
	assert_sql("SELECT kind || coalesce(decision_number, decision_kind, tally, vote_rule, "
		   "votes_for, '-') FROM entry WHERE rank > 1", "request-");
	assert_sql("SELECT count(*) FROM ballot", "0");
	assert_goes_back(store);
	DO(store, minutes_retype(store, entry, ENTRY_DECISION, operation, err));
	assert_sql("SELECT decision_number FROM entry WHERE kind = 'decision'", "R-2023-05-02");
	REFUSED(RC_INVALID, "una línea es", minutes_retype(store, entry, 9, operation, &why));
	store_close(store);
}

static void a_line_is_marked(void **state)
{
	static const struct {
		bool is_private, is_doubt;
		const char *words;
	} steps[] = {
		{false, true, "queda en duda «El CNE pregunta por el avance.»"},
		{true, true, "ahora es una nota privada"},
		{false, false, "ya no es una nota privada"},
	};
	(void)state;
	struct store *store = meeting_store();
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		struct strbuf words;
		strbuf_init(&words);
		strbuf_addf(&words, "AM-2023-05, punto 2: %s", steps[i].words);
		DO(store, minutes_mark(store, group.entry, steps[i].is_private, steps[i].is_doubt,
				       operation, err));
		assert_words(words.data);
		strbuf_release(&words);
	}
	store_close(store);
}

/* ---- the agenda */

static void the_agenda_is_walked(void **state)
{
	static const char items[] = "SELECT group_concat(label || ' ' || state || ' ' || "
				    "coalesce(minutes_spent, '-') || ' ' || coalesce(resumed, '-'), "
				    "'|') FROM (SELECT * FROM agenda_item ORDER BY rank)";
	(void)state;
	struct store *store = meeting_store();
	DO(store, minutes_go_to(store, group.meeting, group.item1, 900, operation, err));
	assert_words("AM-2023-05, punto 1: se trata");
	assert_sql("SELECT status || ' ' || opened FROM meeting", "in_session 15:00");
	DO(store, minutes_go_to(store, group.meeting, group.item2, 912, operation, err));
	assert_sql(items, "1 done 12 -|2 in_progress - 15:12|2.a pending - -");
	DO(store, minutes_go_to(store, group.meeting, group.item1, 912, operation, err));
	assert_sql(items, "1 in_progress 12 15:12|2 done 1 -|2.a pending - -");
	struct operation *none = operation_new();
	assert_done(minutes_go_to(store, group.meeting, group.item1, 950, none, err));
	assert_true(operation_is_empty(none));
	operation_free(none);
	DO(store, minutes_set_item(store, group.item1, ITEM_DEFERRED, 5, operation, err));
	assert_words("AM-2023-05, punto 1: se difiere");
	assert_sql(items, "1 deferred 545 -|2 done 1 -|2.a pending - -");
	DO(store, minutes_set_item(store, group.item2a, ITEM_IN_PROGRESS, 10, operation, err));
	remember();
	DO(store, minutes_go_to(store, group.meeting, 0, 15, operation, err));
	assert_words("AM-2023-05: se detiene el reloj");
	assert_sql(items, "1 deferred 545 -|2 done 1 -|2.a done 5 -");
	assert_goes_back(store);
	test_sql(RECORD_DATABASE, "UPDATE meeting SET status = 'closed'");
	REFUSED(RC_REFUSED, "cerrada",
		minutes_go_to(store, group.meeting, group.item1, 20, operation, &why));
	store_close(store);
}

static void commitments_go_by_the_plan_in_force(void **state)
{
	(void)state;
	struct store *store = meeting_store();
	struct minutes_context context;
	test_sql(RECORD_DATABASE,
		 "INSERT INTO plan (key, code, starts, ends) VALUES (70, 'paga1', '2020-01-01', "
		 "'2022-12-31'); INSERT INTO \"commitment\" (key, plan, code, sort) VALUES (71, 70, "
		 "'C1', 'paga1 1'); INSERT INTO meeting (key, number, date, status) VALUES (9, "
		 "'AM-2024-01', '2024-01-19', 'draft'), (10, 'AM-2024-02', '2024-02-16', 'draft')");
	assert_done(minutes_context_load(store, group.meeting, &context, err));
	assert_string_equal(context.number, "AM-2023-05");
	assert_int_equal(context.capture.prose.next_meeting, date_from_civil(2024, 1, 19));
	struct strbuf codes;
	strbuf_init(&codes);
	for (size_t i = 0; i < context.capture.commitment_count; i++)
		strbuf_addf(&codes, "%s ", context.capture.commitments[i].code);
	assert_string_equal(codes.data, "C1 C2 C10 paga1/C1 paga2/C1 ");
	strbuf_release(&codes);
	minutes_context_release(&context);
	line_at(store, group.item1, "%C1=10");
	line_at(store, group.item1, "%paga1/C1=100");
	line_at(store, group.item1, "%paga2/C1=20");
	assert_sql("SELECT group_concat(p.code || ' ' || percent, '|') FROM (SELECT * FROM progress "
		   "ORDER BY percent) AS g JOIN \"commitment\" AS c ON c.key = g.\"commitment\" JOIN "
		   "plan AS p ON p.key = c.plan", "paga2 20.0|paga1 100.0");
	/* In the days of the first plan C1 was its. */
	test_sql(RECORD_DATABASE, "UPDATE meeting SET date = '2021-05-05' WHERE number = 'AM-2024-01'");
	assert_done(minutes_context_load(store, 9, &context, err));
	assert_string_equal(context.capture.commitments[0].code, "paga2/C1");
	assert_string_equal(context.capture.commitments[3].code, "C1");
	minutes_context_release(&context);
	store_close(store);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(a_note_comes_behind_what_is_there),
		IN_A_FOLDER(lines_make_room),
		IN_A_FOLDER(ties_have_an_order),
		IN_A_FOLDER(a_line_with_everything),
		IN_A_FOLDER(a_line_of_each_kind),
		IN_A_FOLDER(the_last_figure_stands),
		IN_A_FOLDER(figures_wait_to_be_confirmed),
		IN_A_FOLDER(what_cannot_be_written),
		IN_A_FOLDER(a_sentence_becomes_a_followup),
		IN_A_FOLDER(a_request_is_one),
		IN_A_FOLDER(lines_move),
		IN_A_FOLDER(lines_shift),
		IN_A_FOLDER(a_line_is_split_and_joined),
		IN_A_FOLDER(what_does_not_join),
		IN_A_FOLDER(two_scribes_do_not_undo_each_other),
		IN_A_FOLDER(a_number_is_given_once),
		IN_A_FOLDER(a_line_is_marked),
		IN_A_FOLDER(the_agenda_is_walked),
		IN_A_FOLDER(commitments_go_by_the_plan_in_force),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
