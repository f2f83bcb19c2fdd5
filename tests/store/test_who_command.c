/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes, who may, and who else is there, through the commands. */
#include "store/members_test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void begin(struct home *home)
{
	AS(home, "FCD", 0, "init");
	AS(home, "FCD", 0, "add", "organization", "acronym=FCD", "name=Fundación", "role=member",
	   "sector=civil_society");
	AS(home, "FCD", 0, "add", "organization", "acronym=AME", "name=Asociación", "role=observer",
	   "sector=public");
}

static void an_observer_confirms_each_command(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "AME", 1, "add", "followup", "description=No");
	assert_err(home, "AME participa como observador en el grupo");
	assert_err(home, "--as-observer");
	AS(home, "AME", 0, "list", "followups");
	assert_no_err(home, "observador");
	assert_out(home, "");
	AS(home, "ame", 1, "upgrade");
	AS(home, "AME", 0, "add", "followup", "description=Sí", "--as-observer");
	assert_out(home, "Sí");
	AS(home, "FCD", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "Sí");
	char *count = ask_json(home, "SELECT json_array_length(?1)");
	assert_string_equal(count, "1");
	free(count);
}

static void who_one_is_is_said_and_kept(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "FCD", 0, "whoami", "--json");
	assert_json(home, "$.as", "FCD");
	assert_json(home, "$.writes", "1");
	unsetenv("NUCLEO_AS");
	EXPECT(home, 0, "whoami");
	assert_out(home, "Nadie ha dicho quién escribe");
	EXPECT(home, 0, "quien-soy", "as=fcd", "post=Dirección");
	assert_out(home, "FCD, Dirección\n");
	EXPECT(home, 0, "whoami", "--json");
	assert_json(home, "$.post", "Dirección");
	EXPECT(home, 0, "add", "followup", "description=Con cargo");
	char *path = operation_path(home, 3), *text = file_text(path);
	assert_non_null(strstr(text, "\"by\":\"FCD\""));
	assert_non_null(strstr(text, "\"post\":\"Dirección\""));
	free(text);
	free(path);
	/* A post stays as long as the institution does. */
	EXPECT(home, 0, "whoami", "as=FCD");
	assert_out(home, "FCD, Dirección\n");
	EXPECT(home, 0, "whoami", "as=AME");
	assert_out(home, "AME\n");
	assert_out(home, "No se puede escribir: AME participa como observador");
	EXPECT(home, 0, "whoami", "as=XYZ");
	assert_err(home, "la base no conoce la institución «XYZ»");
	EXPECT(home, 0, "whoami", "as=");
	EXPECT(home, 0, "whoami", "--json");
	assert_json(home, "$.as", "null");
}

static void what_makes_no_sense_is_refused(void **state)
{
	struct home *home = *state;
	begin(home);
	unsetenv("NUCLEO_AS");
	EXPECT(home, 2, "whoami", "FCD");
	assert_err(home, "as=SIGLAS");
	EXPECT(home, 2, "whoami", "post=Jefe");
	assert_err(home, "un cargo es de una institución");
	EXPECT(home, 2, "whoami", "as=FCD\ndb = /ajena");
	EXPECT(home, 0, "whoami");
	assert_out(home, "Nadie ha dicho");
	/* The environment counts more, and that is said. */
	setenv("NUCLEO_AS", "CNE", 1);
	EXPECT(home, 0, "whoami", "as=FCD");
	assert_err(home, "mientras NUCLEO_AS diga otra");
}

static void before_there_is_a_database_one_is_somebody_too(void **state)
{
	struct home *home = *state;
	become(home, "FCD");
	unsetenv("NUCLEO_AS");
	EXPECT(home, 0, "whoami", "as=FCD");
	EXPECT(home, 0, "whoami", "--json");
	assert_json(home, "$.as", "FCD");
	assert_json(home, "$.writes", "null");
}

/* ---- who else is there */

static void put_who(struct home *home, const char *id, const char *words, int64_t seconds_ago)
{
	struct strbuf name, text;
	char told[32];
	time_t when = time(NULL) - seconds_ago;
	struct tm utc;
	strbuf_init(&name);
	strbuf_init(&text);
	gmtime_r(&when, &utc);
	strftime(told, sizeof(told), "%Y-%m-%dT%H:%M:%SZ", &utc);
	strbuf_addf(&name, "disco/acta.db-log/who-%s", id);
	strbuf_addf(&text, "nucleo who\nbeat 3\n%stold %s\n", words, told);
	free(put_text(home, name.data, text.data));
	strbuf_release(&name);
	strbuf_release(&text);
}

static void others_are_listed_while_they_give_signs(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "FCD", 0, "who");
	assert_out(home, "Nadie más tiene abierta la base.");
	put_who(home, "0123456789abcdef0123456789abcdef",
		"acronym CNE\npost Jefatura\nhost pc-1\nscreen Acciones › S-2023-014\n"
		"program 9.9\nsince 2023-11-17T20:42:07Z\n",
		20);
	/* Whoever was killed an hour ago does not sit there still. */
	put_who(home, "1123456789abcdef0123456789abcdef", "acronym MUERTO\n", 3600);
	put_who(home, "2123456789abcdef0123456789abcdef",
		"acronym \x1b[2JX\tY\nscreen a\xff\nhost \n", 0);
	AS(home, "FCD", 0, "quien");
	assert_out(home, "CNE, Jefatura · Acciones › S-2023-014 · hace 2");
	assert_out(home, " · pc-1 · nucleo 9.9\n");
	assert_null(strstr(home->out.data, "MUERTO"));
	assert_null(strchr(home->out.data, '\x1b'));
	AS(home, "FCD", 0, "who", "--json");
	char *count = ask_json(home, "SELECT json_array_length(?1)");
	assert_string_equal(count, "2");
	free(count);
	assert_json(home, "$[0].as", "CNE");
	assert_json(home, "$[0].post", "Jefatura");
	assert_json(home, "$[0].screen", "Acciones › S-2023-014");
	assert_json(home, "$[0].since", "2023-11-17T20:42:07Z");
	assert_json(home, "$[0].program", "9.9");
}

static void a_drive_that_is_away_does_not_say(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "FCD", 4, "--wait", "0.3", "who");
	assert_err(home, "no se sabe quién está");
	drive_returns(home);
	AS(home, "FCD", 2, "--demo", "who");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(an_observer_confirms_each_command),
		WITH_MEMBERS(who_one_is_is_said_and_kept),
		WITH_MEMBERS(what_makes_no_sense_is_refused),
		WITH_MEMBERS(before_there_is_a_database_one_is_somebody_too),
		WITH_MEMBERS(others_are_listed_while_they_give_signs),
		WITH_MEMBERS(a_drive_that_is_away_does_not_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
