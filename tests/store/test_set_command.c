/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cli_test.h"

#include <stdlib.h>
#include <string.h>

static void fill(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	EXPECT(home, 0, "add", "organization", "acronym=AME");
	EXPECT(home, 0, "add", "plan", "code=paga2");
	EXPECT(home, 0, "add", "commitment", "code=C2", "lead=AME");
	EXPECT(home, 0, "add", "milestone", "commitment=C2", "number=1", "ends=2024-03-31");
	EXPECT(home, 0, "add", "progress", "commitment=C2", "as_of=2023-11-17", "percent=38");
	EXPECT(home, 0, "add", "blocker", "commitment=C2", "reason=Sin presupuesto");
	EXPECT(home, 0, "add", "meeting", "number=AM-2023-05", "date=2023-11-17");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2023-05", "title=Apertura");
	EXPECT(home, 0, "add", "resolution", "meeting=AM-2023-05", "item=1", "text=Se acuerda.",
	       "kind=decision", "decision_kind=consensus");
	EXPECT(home, 0, "add", "attendee", "meeting=AM-2023-05", "organization=FCD");
	EXPECT(home, 0, "add", "followup", "description=Entregar los datos", "responsible=FCD",
	       "meeting=AM-2023-05", "item=1");
	EXPECT(home, 0, "add", "document", "title=Guía", "kind=guide");
	EXPECT(home, 0, "add", "indicator", "name=Visitas", "value=12");
	EXPECT(home, 0, "add", "person", "organization=AME", "post=Directora");
}

/* The code of the only follow-up, which is of the year it is run in. */
static char *followup_code(struct home *home)
{
	EXPECT(home, 0, "list", "followups", "--json");
	return ask_json(home, "SELECT ?1 ->> '$[0].id'");
}

static void changes_and_shows(void **state)
{
	struct home *home = *state;
	fill(home);
	char *code = followup_code(home);
	EXPECT(home, 0, "set", "followup", code, "due=15/02/2024", "responsible=AME,FCD",
	       "due_text=a mediados de mes", "--json");
	assert_json(home, "$.due", "2024-02-15");
	assert_json(home, "$.responsible", "[\"AME\",\"FCD\"]");
	EXPECT(home, 0, "history", "--json");
	char *words = ask_json(home, "SELECT ?1 ->> '$[0].words'");
	assert_non_null(strstr(words, "responsable FCD -> AME, FCD; vence sin dato -> 15/02/2024; "
				      "plazo dicho sin dato -> «a mediados de mes»"));
	free(words);
	EXPECT(home, 0, "cambiar", "acción", code, "due=", "--json");
	assert_json(home, "$.due", "null");
	EXPECT(home, 0, "set", "followup", code, "responsible=ame;fcd", "status=pendiente");
	assert_err(home, "ya estaba así");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].number", "17");
	free(code);
}

static void every_kind_by_its_name(void **state)
{
	static const char *const cases[][4] = {
		{"organization", "FCD", "role=member", "\"role\":\"member\""},
		{"plan", "paga2", "title=Segundo", "\"title\":\"Segundo\""},
		{"commitment", "C2", "contact_post=Directora", "\"contact_post\":\"Directora\""},
		{"milestone", "C2/1", "ends=2024-06-30", "\"original_ends\":\"2024-03-31\""},
		{"progress", "C2/2023-11-17", "percent=40.5", "\"percent\":40.5"},
		{"blocker", "paga2/C2", "owner=AME", "\"owner\":\"AME\""},
		{"meeting", "AM-2023-05", "signatories=Directora,Secretario",
		 "\"signatories\":[\"Directora\",\"Secretario\"]"},
		{"agenda", "AM-2023-05/1", "minutes_planned=10", "\"minutes_planned\":10"},
		{"attendee", "AM-2023-05/FCD", "arrived=15h10", "\"arrived\":\"15:10\""},
		{"resolution", "R-2023-05-01", "decision_kind=vote", "\"kind\":\"vote\""},
		{"person", "AME", "standing=titular", "\"standing\":\"principal\""},
		{"document", "Guía", "location=/guia.pdf", "\"location\":\"/guia.pdf\""},
	};
	struct home *home = *state;
	fill(home);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		EXPECT(home, 0, "set", cases[i][0], cases[i][1], cases[i][2], "--json");
		if (!strstr(home->out.data, cases[i][3]))
			fail_msg("%s: %s", cases[i][0], home->out.data);
	}
	EXPECT(home, 0, "list", "indicators", "--json");
	char *key = ask_json(home, "SELECT ?1 ->> '$[0].key'");
	EXPECT(home, 0, "set", "indicator", key, "value=13,5", "--json");
	assert_json(home, "$.value", "13.5");
	free(key);
}

static void several_reports_of_one_day_are_told_apart(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "add", "progress", "commitment=C2", "milestone=1", "as_of=2023-11-17",
	       "percent=10", "--json");
	char *key = ask_json(home, "SELECT ?1 ->> '$.key'");
	EXPECT(home, 1, "set", "progress", "C2/2023-11-17", "percent=11");
	assert_err(home, key);
	assert_err(home, "(hito 1)");
	EXPECT(home, 0, "set", "progress", key, "percent=11", "--json");
	assert_json(home, "$.percent", "11");
	assert_json(home, "$.milestone", "1");
	free(key);
}

static void what_cannot_be_set(void **state)
{
	static const struct {
		int status;
		const char *words[4];
		const char *hint;
	} cases[] = {
		{2, {"plan", "paga2"}, "CAMPO=VALOR"},
		{2, {"plan", "paga2", "title"}, "CAMPO=VALOR"},
		{2, {"plan", "paga2", "colour=x"}, "ogp_id"},
		{2, {"plan", "paga2", "title=a", "title=b"}, "dos veces"},
		{2, {"history", "1", "words=x"}, "followup"},
		{2, {"nada", "1", "words=x"}, "no existe la clase"},
		{1, {"plan", "paga9", "title=x"}, "paga9"},
		{1, {"plan", "paga2", "code="}, "code="},
		{1, {"plan", "paga2", "starts=ayer"}, "starts: «ayer»"},
		{1, {"commitment", "C2", "lead=AMEE"}, "lead: no hay una institución «AMEE»"},
		{1, {"meeting", "AM-2023-05", "status=approved"}, "status: "},
		{1, {"agenda", "AM-2023-05/1", "meeting=AM-2023-05x"}, "meeting: "},
	};
	struct home *home = *state;
	fill(home);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *words[WORDS_MAX] = {"set"};
		memcpy(words + 1, cases[i].words, sizeof(cases[i].words));
		int status = run_words(home, words);
		if (status != cases[i].status || !strstr(home->err.data, cases[i].hint))
			fail_msg("case %zu: %d %s", i, status, home->err.data);
		assert_string_equal(home->out.data, "");
	}
	EXPECT(home, 1, "--read-only", "set", "plan", "paga2", "title=x");
	EXPECT(home, 1, "--read-only", "remove", "document", "Guía");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].number", "15");
}

static void done_in_few_words(void **state)
{
	struct home *home = *state;
	fill(home);
	char *code = followup_code(home);
	EXPECT(home, 0, "done", code, "note=Oficio 12", "--json");
	assert_json(home, "$.status", "done");
	char *note = ask_json(home, "SELECT substr(?1 ->> '$.notes[0]', 11)");
	assert_string_equal(note, ": Oficio 12");
	free(note);
	EXPECT(home, 0, "hecho", code);
	assert_err(home, "ya estaba así");
	EXPECT(home, 1, "done", "S-1999-001");
	EXPECT(home, 2, "done");
	EXPECT(home, 2, "done", code, "status=open");
	free(code);
}

static void removes_with_its_parts(void **state)
{
	struct home *home = *state;
	fill(home);
	char *code = followup_code(home);
	EXPECT(home, 1, "remove", "agenda", "AM-2023-05/1");
	assert_err(home, "1 resolución (AM-2023-05/1#1)");
	EXPECT(home, 0, "remove", "meeting", "AM-2023-05", "--dry-run", "--json");
	assert_json(home, "$.removed", "0");
	assert_json(home, "$.used_by[0].count", "1");
	assert_json(home, "$.used_by[0].codes", code);
	EXPECT(home, 0, "quitar", "acción", code);
	assert_out(home, "con 1 responsable");
	EXPECT(home, 1, "show", "followup", code);
	EXPECT(home, 0, "remove", "meeting", "AM-2023-05", "--json");
	assert_json(home, "$.removed", "1");
	assert_json(home, "$.parts", "1 asistencia, 1 resolución, 1 punto");
	EXPECT(home, 0, "list", "agenda", "--json");
	assert_string_equal(home->out.data, "[]\n");
	EXPECT(home, 1, "remove", "meeting", "AM-2023-05");
	EXPECT(home, 2, "remove", "history", "1");
	EXPECT(home, 2, "remove", "plan");
	free(code);
}

/* What a person reads of a vote is in her words; a program reads codes. */
static void votes_are_shown_in_words(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	EXPECT(home, 0, "add", "organization", "acronym=AME", "sector=public");
	EXPECT(home, 0, "add", "meeting", "number=AM-2024-01", "date=2024-01-15");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2024-01", "title=Varios");
	EXPECT(home, 0, "add", "resolution", "meeting=AM-2024-01", "item=1", "text=Se acepta");
	EXPECT(home, 0, "set", "resolution", "AM-2024-01/1#1", "ballots_for=FCD",
	       "ballots_abstained=AME", "vote_rule=simple");
	EXPECT(home, 0, "show", "resolution", "R-2024-01-01");
	assert_out(home, "AME abstención, FCD a favor\n");
	EXPECT(home, 0, "show", "resolution", "R-2024-01-01", "--json");
	assert_json(home, "$.ballots[1]", "FCD for");
}

/* It ends on the day after; one that would last most of a day is a slip. */
static void a_meeting_may_go_past_midnight(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "meeting", "number=AM-2024-01", "date=2024-01-15", "starts=21:00",
	       "ends=01:30");
	EXPECT(home, 0, "export", "convocatoria", "AM-2024-01");
	assert_out(home, "01h30");
	EXPECT(home, 0, "set", "meeting", "AM-2024-01", "starts=16:00", "ends=00:00");
	EXPECT(home, 1, "set", "meeting", "AM-2024-01", "ends=15:00");
	assert_err(home, "no viene después");
	EXPECT(home, 1, "set", "meeting", "AM-2024-01", "ends=16:00");
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		IN_A_HOME(votes_are_shown_in_words),
		IN_A_HOME(a_meeting_may_go_past_midnight),
		IN_A_HOME(changes_and_shows),
		IN_A_HOME(every_kind_by_its_name),
		IN_A_HOME(several_reports_of_one_day_are_told_apart),
		IN_A_HOME(what_cannot_be_set),
		IN_A_HOME(done_in_few_words),
		IN_A_HOME(removes_with_its_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
