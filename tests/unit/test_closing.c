/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the record of a meeting lacks, case by case. */
#include "test.h"

#include <string.h>

#include "nucleo/base/memory.h"
#include "nucleo/model/closing.h"

/* A meeting that lacks nothing, for each case to take something from. */
struct scene {
	struct meeting meeting;
	struct agenda_item items[3];
	struct resolution entries[4];
	struct followup followups[2];
	struct attendee attendees[3];
	struct progress progress[1];
	struct prose_span marked[4];
	struct closing_facts facts;
};

static void clear(enum record_kind_id kind, void *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		record_clear(&record_kinds[kind], (char *)rows + i * record_kinds[kind].size);
}

static void set_entry(struct resolution *entry, int64_t item, int kind, const char *text)
{
	static const char *const labels[] = {NULL, "1", "2"};
	entry->item_key = item;
	entry->item = labels[item];
	entry->kind = kind;
	entry->text = text;
}

static void set_decision(struct resolution *entry, const char *number, int kind)
{
	entry->decision_number = number;
	entry->decision_kind = kind;
}

static void set_records(struct scene *scene)
{
	scene->meeting.number = "AM-2024-01";
	scene->meeting.status = MEETING_IN_SESSION;
	scene->meeting.prepared_by = "Secretaría";
	scene->meeting.signatories = "Presidencia";
	for (int i = 0; i < 2; i++) {
		scene->items[i].key = i + 1;
		scene->items[i].meeting = "AM-2024-01";
		scene->items[i].label = i ? "2" : "1";
		scene->items[i].state = ITEM_DONE;
	}
	for (int i = 0; i < 4; i++)
		scene->entries[i].key = 100 + i;
	for (int i = 0; i < 3; i++)
		scene->attendees[i].status = ATTENDANCE_PRESENT;
	set_entry(&scene->entries[0], 1, ENTRY_DECISION, "Se aprueba el orden del día.");
	set_decision(&scene->entries[0], "R-2024-01-01", DECISION_CONSENSUS);
	set_entry(&scene->entries[1], 1, ENTRY_DECISION, "Se aprueba el acta anterior.");
	set_decision(&scene->entries[1], "R-2024-01-02", DECISION_CONSENSUS);
	set_entry(&scene->entries[2], 2, ENTRY_UNDERTAKING, "AME enviará los datos.");
	set_entry(&scene->entries[3], 2, ENTRY_NOTE, "Se discutió.");
	scene->followups[0] = (struct followup){.key = 7, .id = "S-2024-001",
		.description = "Enviar los datos", .responsible = "AME", .due = 19800,
		.item = "2", .item_key = 2, .entry_key = 102, .status = FOLLOWUP_PROPOSED};
}

static void scene_begin(struct scene *scene)
{
	memset(scene, 0, sizeof(*scene));
	clear(RECORD_MEETING, &scene->meeting, 1);
	clear(RECORD_AGENDA, scene->items, ARRAY_COUNT(scene->items));
	clear(RECORD_RESOLUTION, scene->entries, ARRAY_COUNT(scene->entries));
	clear(RECORD_FOLLOWUP, scene->followups, ARRAY_COUNT(scene->followups));
	clear(RECORD_ATTENDEE, scene->attendees, ARRAY_COUNT(scene->attendees));
	clear(RECORD_PROGRESS, scene->progress, ARRAY_COUNT(scene->progress));
	set_records(scene);
	scene->facts = (struct closing_facts){
		.meeting = &scene->meeting,
		.items = scene->items, .item_count = 2,
		.entries = scene->entries, .entry_count = 4,
		.followups = scene->followups, .followup_count = 1,
		.attendees = scene->attendees, .attendee_count = 3,
		.progress = scene->progress, .progress_count = 0,
	};
}

/* Owned: "kind place: text" a line, a hint with a point before it. */
static char *review(const struct scene *scene)
{
	struct closing_report report = {0};
	struct strbuf lines;
	strbuf_init(&lines);
	closing_review(&scene->facts, &report);
	for (size_t i = 0; i < report.remarks.count; i++) {
		const struct closing_remark *remark = &report.remarks.items[i];
		assert_true(*remark->mend && *remark->text);
		strbuf_addf(&lines, "%s%s %s: %s\n", remark->is_hint ? "." : "",
			    enum_name(&closing_kind_names, (int)remark->kind), remark->where,
			    remark->text);
	}
	closing_report_release(&report);
	return strbuf_detach(&lines);
}

static void expect(const struct scene *scene, const char *lines)
{
	char *got = review(scene);
	assert_string_equal(got, lines);
	free(got);
}

static void whole_record_lacks_nothing(void **state)
{
	struct scene scene;
	(void)state;
	scene_begin(&scene);
	expect(&scene, "");
}

static void what_nobody_wrote_is_missed(void **state)
{
	struct scene scene;
	(void)state;
	scene_begin(&scene);
	scene.facts.attendee_count = 0;
	scene.facts.entry_count = 0;
	scene.facts.followup_count = 0;
	scene.meeting.prepared_by = NULL;
	scene.meeting.signatories = "";
	scene.items[1].state = ITEM_PENDING;
	expect(&scene,
	       "attendance : no se tomó asistencia: nadie consta como presente\n"
	       "item punto 1: no tiene nada anotado\n"
	       "item punto 2: quedó sin tratar\n"
	       ".agenda : ninguna decisión aprueba el orden del día\n"
	       ".previous_acta : ninguna decisión aprueba el acta anterior\n"
	       ".signature : no dice quién elabora el acta\n"
	       ".signature : no dice quiénes firman\n");
	/* They may all be said to have stayed away. */
	scene_begin(&scene);
	for (int i = 0; i < 3; i++)
		scene.attendees[i].status = ATTENDANCE_EXCUSED;
	expect(&scene, "attendance : no se tomó asistencia: nadie consta como presente\n");
	scene_begin(&scene);
	scene.facts.quorum = "Quórum: 3 de 17";
	expect(&scene, "quorum : Quórum: 3 de 17\n");
}

static void an_item_has_what_its_parts_have(void **state)
{
	struct scene scene;
	(void)state;
	scene_begin(&scene);
	scene.facts.item_count = 3;
	scene.items[2] = (struct agenda_item){.key = 3, .meeting = "AM-2024-01", .label = "2.a",
					      .parent_key = 2, .state = ITEM_DONE};
	expect(&scene, "item punto 2.a: no tiene nada anotado\n");
	/* What is put off takes its parts along. */
	scene.items[1].state = ITEM_DEFERRED;
	expect(&scene, "");
	scene.items[1].state = ITEM_DONE;
	scene.items[1].parked = true;
	expect(&scene, "");
	scene.items[1].parked = false;
	scene.entries[2].item_key = scene.entries[3].item_key = 3;
	scene.followups[0].item_key = 3;
	expect(&scene, "");
	/* A private note is nothing that came of it; a measurement is. */
	scene.entries[2].is_private = scene.entries[3].is_private = true;
	expect(&scene, "item punto 2: no tiene nada anotado\n"
		       "item punto 2.a: no tiene nada anotado\n");
	scene.facts.progress_count = 1;
	scene.progress[0].item_key = 3;
	expect(&scene, "");
	scene.items[2].state = ITEM_IN_PROGRESS;
	scene.items[1].state = ITEM_PENDING;
	expect(&scene, ".item punto 2: tiene algo anotado y sigue por tratar\n"
		       ".item punto 2.a: sigue en curso\n");
}

static void somebody_does_it_by_some_day(void **state)
{
	struct scene scene;
	(void)state;
	scene_begin(&scene);
	scene.followups[0].due = DATE_NONE;
	expect(&scene, "followup S-2024-001: no tiene fecha: «Enviar los datos»\n");
	scene.followups[0].responsible = "";
	expect(&scene,
	       "followup S-2024-001: no tiene responsable ni fecha: «Enviar los datos»\n");
	scene.followups[0].due = 19800;
	expect(&scene, "followup S-2024-001: no tiene responsable: «Enviar los datos»\n");
	scene.followups[0].status = FOLLOWUP_DROPPED;
	expect(&scene, "");
	scene.followups[0].status = FOLLOWUP_DONE;
	expect(&scene, "");
}

static void what_was_promised_has_a_followup(void **state)
{
	struct scene scene;
	(void)state;
	scene_begin(&scene);
	scene.followups[0].entry_key = 0; /* by hand, under that item */
	expect(&scene, "");
	scene.entries[3].kind = ENTRY_REQUEST;
	expect(&scene, "undertaking punto 2: pedido sin acción: «Se discutió.»\n");
	scene.entries[3].is_private = true;
	expect(&scene, "");
	scene.facts.followup_count = 0;
	expect(&scene, "undertaking punto 2: compromiso sin acción: «AME enviará los datos.»\n");
	scene_begin(&scene);
	scene.facts.marked = scene.marked;
	scene.marked[2] = (struct prose_span){0, 3}; /* taken up already */
	scene.marked[3] = (struct prose_span){3, 9};
	expect(&scene, ".sentence punto 2: parece una acción: «discutió»\n");
}

static void a_decision_says_how(void **state)
{
	struct scene scene;
	struct resolution *entry = &scene.entries[1];
	(void)state;
	scene_begin(&scene);
	set_decision(entry, NULL, ENUM_NONE);
	expect(&scene, "decision punto 1: decisión sin número: «Se aprueba el acta anterior.»\n"
		       "decision punto 1: no dice cómo se decidió\n");
	set_decision(entry, "R-2024-01-02", DECISION_RESERVATIONS);
	expect(&scene, "decision R-2024-01-02: consenso con reservas, y no dice cuáles\n");
	entry->objections = "FCD: el plazo";
	expect(&scene, "");
	set_decision(entry, "R-2024-01-02", DECISION_VOTE);
	expect(&scene, "vote R-2024-01-02: se votó y no dice el resultado\n");
	entry->tally = "9 a favor"; /* an acta that was read says no more */
	expect(&scene, "");
	scene.entries[0].is_doubt = true;
	expect(&scene, "doubt R-2024-01-01: quedó por aclarar: «Se aprueba el orden del día.»\n");
}

static void votes_add_up(void **state)
{
	static const struct {
		int64_t votes[3];
		const char *ballots, *remark;
	} cases[] = {
		{{2, 1, 0}, NULL, ""},
		{{2, 1, 0}, "FCD for\nAME for\nCNE against", ""},
		{{1, 1, 1}, "FCD for\nAME abstained\nCNE against", ""},
		{{2, 0, 0}, "FCD for\nAME for\nCNE against",
		 "vote R-2024-01-02: los votos por institución no suman lo que dice el "
		 "resultado\n"},
		{{0, 0, 3}, NULL, "vote R-2024-01-02: nadie votó a favor ni en contra\n"},
		{{3, 1, 0}, NULL, "vote R-2024-01-02: hay más votos que presentes\n"},
		{{-1, -1, -1}, NULL, "vote R-2024-01-02: se votó y no dice el resultado\n"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct scene scene;
		scene_begin(&scene);
		set_decision(&scene.entries[1], "R-2024-01-02", DECISION_VOTE);
		scene.entries[1].vote_rule = VOTE_SIMPLE;
		scene.entries[1].votes_for = cases[i].votes[0];
		scene.entries[1].votes_against = cases[i].votes[1];
		scene.entries[1].votes_abstained = cases[i].votes[2];
		scene.entries[1].ballots = cases[i].ballots;
		expect(&scene, cases[i].remark);
	}
}

static void what_is_missing_is_said_in_a_line(void **state)
{
	struct scene scene;
	struct closing_report report = {0};
	struct strbuf line;
	(void)state;
	scene_begin(&scene);
	scene.facts.attendee_count = 0;
	scene.followups[0].due = DATE_NONE;
	scene.meeting.prepared_by = NULL;
	strbuf_init(&line);
	closing_review(&scene.facts, &report);
	assert_int_equal(closing_missing(&report), 2);
	closing_add_missing(&report, &line);
	assert_string_equal(line.data, "no se tomó asistencia: nadie consta como presente; "
				       "S-2024-001: no tiene fecha: «Enviar los datos»");
	assert_int_equal(report.remarks.items[1].followup, 7);
	assert_string_equal(report.remarks.items[1].code, "S-2024-001");
	assert_string_equal(report.remarks.items[1].label, "2");
	strbuf_release(&line);
	closing_report_release(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_record_lacks_nothing),
		cmocka_unit_test(what_nobody_wrote_is_missed),
		cmocka_unit_test(an_item_has_what_its_parts_have),
		cmocka_unit_test(somebody_does_it_by_some_day),
		cmocka_unit_test(what_was_promised_has_a_followup),
		cmocka_unit_test(a_decision_says_how),
		cmocka_unit_test(votes_add_up),
		cmocka_unit_test(what_is_missing_is_said_in_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
