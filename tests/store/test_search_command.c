/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that searches, as a script sees it. */
#include "store/members_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/memory.h"

static void fill(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society",
	       "name=Fundación Ciudadanía y Desarrollo");
	EXPECT(home, 0, "add", "plan", "code=paga2", "title=Segundo plan");
	EXPECT(home, 0, "add", "commitment", "code=C2", "plan=paga2",
	       "title=Elecciones y datos abiertos", "problem=Los datos no se publican", "lead=FCD");
	EXPECT(home, 0, "add", "milestone", "commitment=C2", "number=1", "title=Línea de base");
	EXPECT(home, 0, "add", "followup", "description=Entregar los datos", "due=2024-01-31",
	       "responsible=FCD", "commitment=C2");
	EXPECT(home, 0, "add", "followup", "description=Difundir el curso =1+1");
}

static void answers_in_json(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "search", "DATOS", "--json");
	assert_json(home, "$[0].kind", "commitment");
	assert_json(home, "$[0].id", "C2");
	assert_json(home, "$[0].title", "Elecciones y datos abiertos");
	assert_json(home, "$[0].place", "C2 · paga2");
	assert_json(home, "$[0].snippet", "Los datos no se publican");
	assert_json(home, "$[0].commitment", "C2");
	assert_json(home, "$[0].meeting", "null");
	assert_json(home, "$[0].item", "null");
	assert_json(home, "$[1].kind", "followup");
	assert_json(home, "$[2]", "null");
	/* The id is what show takes. */
	char *id = ask_json(home, "SELECT json_extract(?1, '$[1].id')");
	EXPECT(home, 0, "show", "followup", id, "--json");
	assert_json(home, "$.description", "Entregar los datos");
	free(id);
	EXPECT(home, 0, "search", "base", "--json");
	assert_json(home, "$[0].id", "C2/1");
	assert_json(home, "$[0].place", "C2 › hito 1");
	EXPECT(home, 0, "show", "milestone", "C2/1");
	EXPECT(home, 0, "search", "nada", "--json");
	assert_string_equal(home->out.data, "[]\n");
}

static void every_id_is_one_that_show_takes(void **state)
{
	struct home *home = *state;
	char query[160];
	EXPECT(home, 0, "--demo", "search", "de", "la", "--json");
	for (const char *word = "ame\0el\0abierto\0ogp\0c5\0"; *word; word += strlen(word) + 1) {
		EXPECT(home, 0, "--demo", "search", word, "--json");
		char *all = mem_strdup(home->out.data);
		char *count = ask_json(home, "SELECT json_array_length(?1)");
		long hits = strtol(count, NULL, 10);
		assert_true(hits > 0);
		for (int i = 0; i < hits && i < 12; i++) {
			snprintf(query, sizeof(query),
				 "SELECT json_extract(?1, '$[%d].kind') || ' ' ||"
				 " json_extract(?1, '$[%d].id')",
				 i, i);
			strbuf_reset(&home->out);
			strbuf_adds(&home->out, all);
			char *kind = ask_json(home, query), *id = strchr(kind, ' ') + 1;
			id[-1] = '\0';
			/* Random keys are other ones in every copy of the demonstration. */
			if (strspn(id, "0123456789") != strlen(id))
				EXPECT(home, 0, "--demo", "show", kind, id);
			free(kind);
		}
		free(count);
		free(all);
	}
}

static void answers_for_people_and_spreadsheets(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "buscar", "datos", "entregar");
	assert_out(home, "Acción      Entregar los datos\n            S-20");
	assert_string_equal(home->err.data, "");
	EXPECT(home, 0, "search", "curso", "--csv");
	assert_out(home, "kind,id,title,place,snippet,meeting,item,commitment\r\nfollowup,S-20");
	EXPECT(home, 2, "search", "curso", "--csv", "--json");
	EXPECT(home, 0, "search", "datos", "-elecciones", "--json");
	assert_json(home, "$[0].kind", "followup");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "search", "\"datos los\"");
	assert_string_equal(home->out.data, "");
	assert_err(home, "no hay ninguno");
}

static void says_when_there_is_nothing_to_search_for(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "search", "¿?");
	assert_err(home, "no hay palabras que buscar");
	EXPECT(home, 0, "search", "");
	EXPECT(home, 1, "search", "¿?", "--json", "--exit-code");
	assert_string_equal(home->out.data, "[]\n");
	assert_string_equal(home->err.data, "");
	EXPECT(home, 0, "search", "datos", "--exit-code");
	EXPECT(home, 1, "search", "nada", "--exit-code");
	EXPECT(home, 2, "search");
	EXPECT(home, 2, "search", "\xFF");
}

static void limits_what_it_gives(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "search", "datos", "--limit", "1");
	assert_err(home, "hay más");
	EXPECT(home, 0, "search", "datos", "--limit=1", "--json");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "search", "datos", "--limit=2");
	assert_string_equal(home->err.data, "");
	EXPECT(home, 2, "search", "datos", "--limit=0");
	EXPECT(home, 2, "search", "datos", "--limit=mil");
	EXPECT(home, 2, "search", "datos", "--limit=");
	EXPECT(home, 2, "list", "plans", "--limit=1");
}

/* The database and its folder stay as they were; the index lies elsewhere. */
static void writes_nothing_beside_the_database(void **state)
{
	struct home *home = *state;
	struct stat before, after;
	fill(home);
	char *path = in_home(home, ".local/share/nucleo/nucleo.db");
	char *index = in_home(home, ".local/state/nucleo/search");
	wait_for_silence(home); /* whoever publishes late what was written */
	assert_int_equal(stat(path, &before), 0);
	EXPECT(home, 0, "--read-only", "search", "datos", "--exit-code");
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	assert_int_equal(access(index, F_OK), 0);
	EXPECT(home, 1, "--db", "/nonexistent.db", "search", "datos");
	free(index);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(answers_in_json),
		IN_A_HOME(every_id_is_one_that_show_takes),
		IN_A_HOME(answers_for_people_and_spreadsheets),
		IN_A_HOME(says_when_there_is_nothing_to_search_for),
		IN_A_HOME(limits_what_it_gives),
		IN_A_HOME(writes_nothing_beside_the_database),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
