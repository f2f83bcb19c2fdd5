/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `set attendees MEETING`: the attendance of a meeting by command. */
#include "store/cli_test.h"

#include <stdlib.h>
#include <string.h>

static void fill(struct home *home)
{
	static const char *const members[][2] = {
		{"acronym=FCD", "sector=civil_society"}, {"acronym=AME", "sector=public"},
		{"acronym=CNE", "sector=public"},	 {"acronym=SNP", "sector=public"},
		{"acronym=DPE", "sector=public"},
	};
	EXPECT(home, 0, "init");
	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		EXPECT(home, 0, "add", "organization", members[i][0], members[i][1],
		       "role=member", "starts=2020-01-01");
	EXPECT(home, 0, "add", "organization", "acronym=GN");
	EXPECT(home, 0, "add", "meeting", "number=AM-2023-05", "date=2023-11-17",
	       "status=closed");
	EXPECT(home, 0, "add", "meeting", "number=AM-2024-01", "date=2024-01-20", "place=Quito",
	       "status=in_session");
}

/* The value of a field of the attendee with those letters. */
static void expect_attendee(struct home *home, const char *acronym, const char *field,
			    const char *expected)
{
	struct strbuf query;
	strbuf_init(&query);
	strbuf_addf(&query,
		    "SELECT coalesce(value ->> '%s', 'null') FROM json_each(?1)"
		    " WHERE value ->> 'organization' = '%s'",
		    field, acronym);
	char *got = ask_json(home, query.data);
	if (strcmp(got, expected) != 0)
		fail_msg("%s.%s: %s", acronym, field, got);
	free(got);
	strbuf_release(&query);
}

static void expect_words(struct home *home, const char *expected)
{
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].words", expected);
}

static void takes_the_attendance(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "FCD=presente", "AME=virtual",
	       "CNE=justificado", "SNP=ausente", "DPE=presente,virtual,suplente,15h20-16h40",
	       "--json");
	char *count = ask_json(home, "SELECT json_array_length(?1)");
	assert_string_equal(count, "5");
	free(count);
	expect_attendee(home, "FCD", "status", "present");
	expect_attendee(home, "FCD", "mode", "in_person");
	expect_attendee(home, "AME", "mode", "virtual");
	expect_attendee(home, "CNE", "status", "excused");
	expect_attendee(home, "SNP", "status", "absent");
	expect_attendee(home, "DPE", "standing", "alternate");
	expect_attendee(home, "DPE", "arrived", "15:20");
	expect_attendee(home, "DPE", "departed", "16:40");
	expect_words(home, "AM-2024-01: asistencia, 3 presentes");
	/* Who is not named stays as it is. */
	EXPECT(home, 0, "cambiar", "asistentes", "AM-2024-01", "SNP=presente", "--json");
	expect_attendee(home, "DPE", "status", "present");
	expect_words(home, "AM-2024-01: SNP presente, presencial");
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "SNP=presente");
	assert_err(home, "ya estaba así");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "list", "attendees", "--json");
	expect_attendee(home, "SNP", "status", "absent");
}

static void begins_with_the_last_list(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 1, "set", "attendees", "AM-2024-01", "last");
	assert_err(home, "Antes de AM-2024-01 no hay una reunión con asistencia");
	EXPECT(home, 0, "set", "attendees", "AM-2023-05", "FCD=presente", "AME=virtual,suplente");
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "anterior", "CNE=presente", "--json");
	expect_attendee(home, "FCD", "status", "present");
	expect_attendee(home, "AME", "mode", "virtual");
	expect_attendee(home, "AME", "standing", "alternate");
	expect_attendee(home, "CNE", "status", "present");
	expect_attendee(home, "DPE", "status", "absent");
}

static void marks_all_at_once(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "GN=ausente", "todos=virtual",
	       "CNE=justificado", "--json");
	expect_attendee(home, "FCD", "mode", "virtual");
	expect_attendee(home, "AME", "status", "present");
	expect_attendee(home, "CNE", "status", "excused");
	expect_attendee(home, "GN", "status", "absent");
	EXPECT(home, 1, "show", "organization", "TODOS");
	EXPECT(home, 1, "set", "attendees", "AM-2024-01", "all=quizás");
	assert_err(home, "all: «quizás» no se entiende aquí");
	EXPECT(home, 2, "set", "attendees", "AM-2024-01", "last=presente");
	assert_err(home, "«last» va solo");
}

static void guests_come_too(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "GN=presente", "XYZ=virtual", "--json");
	expect_attendee(home, "GN", "capacity", "guest");
	expect_attendee(home, "XYZ", "capacity", "guest");
	assert_err(home, "nadie conocía «XYZ»");
	EXPECT(home, 0, "show", "organization", "XYZ", "--json");
	assert_json(home, "$.review", "1");
}

/* Nothing is written of what is not understood, and one attendee is set as before. */
static void refuses_and_tells_apart(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 2, "set", "attendees", "AM-2024-01", "FCD");
	EXPECT(home, 1, "set", "attendees", "AM-2024-01", "AME=presente", "FCD=quizás");
	assert_err(home, "FCD: «quizás» no se entiende aquí");
	EXPECT(home, 1, "set", "attendees", "AM-2024-09", "FCD=presente");
	EXPECT(home, 0, "list", "attendees", "--json");
	char *none = ask_json(home, "SELECT json_array_length(?1)");
	assert_string_equal(none, "0");
	free(none);
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "FCD=presente");
	EXPECT(home, 0, "set", "attendee", "AM-2024-01/FCD", "delegate=Directora", "--json");
	assert_json(home, "$.delegate", "Directora");
	EXPECT(home, 0, "set", "attendees", "AM-2024-01/FCD", "mode=virtual", "--json");
	assert_json(home, "$.mode", "virtual");
}

static void the_meeting_states_its_quorum(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.quorum", "null");
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "FCD=presente", "AME=presente,-16h00",
	       "CNE=presente");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.quorum.rule", "null");
	assert_json(home, "$.quorum.members", "5");
	assert_json(home, "$.quorum.present", "3");
	assert_json(home, "$.quorum.met", "1");
	assert_json(home, "$.quorum.sectors.public", "{\"members\":4,\"present\":2,\"required\":0}");
	EXPECT(home, 0, "setting", "quorum=1/2+1");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.quorum.met", "1");
	assert_json(home, "$.quorum.lost", "16:00");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01");
	assert_out(home, "Estuvieron presentes 3 de los 5 miembros");
	assert_out(home, "Se perdió a las 16h00.");
	EXPECT(home, 0, "setting", "quorum=4");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.quorum.met", "0");
	assert_json(home, "$.quorum.lost", "null");
}

/* A meeting may go on past midnight, and some leave only then. */
static void one_leaves_after_midnight(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 1, "set", "attendees", "AM-2024-01", "FCD=23h00-00h30");
	EXPECT(home, 0, "set", "meeting", "AM-2024-01", "starts=22:00", "ends=01:00");
	EXPECT(home, 0, "set", "attendees", "AM-2024-01", "FCD=23h00-00h30", "AME=-23h30",
	       "CNE=-00h45", "SNP=presente");
	EXPECT(home, 1, "set", "attendees", "AM-2024-01", "FCD=00h30-23h00");
	EXPECT(home, 0, "setting", "quorum=3");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.quorum.lost", "00:30");
	EXPECT(home, 0, "set", "attendee", "AM-2024-01/SNP", "arrived=23:40", "departed=00:50");
	EXPECT(home, 1, "set", "attendee", "AM-2024-01/SNP", "arrived=16:40", "departed=15:20");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(takes_the_attendance),     IN_A_HOME(begins_with_the_last_list),
		IN_A_HOME(marks_all_at_once),
		IN_A_HOME(guests_come_too),	     IN_A_HOME(refuses_and_tells_apart),
		IN_A_HOME(the_meeting_states_its_quorum),
		IN_A_HOME(one_leaves_after_midnight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
