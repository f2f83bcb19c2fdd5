/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nucleo import of spreadsheets as a script sees it; and the published reports of a whole plan
 * against what people who know it say they hold. Those files stay outside the project; without
 * them that part is skipped.
 */
#include "store/cli_test.h"
#include "store/csv_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/exchange/demo.h"

static char *put(const struct home *home, const char *name, const char *text)
{
	char *path = in_home(home, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	return path;
}

static void words_in_both_languages(void **state)
{
	struct home *home = *state;
	char *milestones = put(home, "paga7_hitos.csv", csv_milestones);
	char *progress = put(home, "avances.csv", csv_progress);
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "import", "hitos", "--dry-run", milestones);
	assert_out(home, "se importaría");
	EXPECT(home, 1, "list", "milestones", "--exit-code");
	EXPECT(home, 0, "importar", "milestones", milestones);
	assert_out(home, "hitos: agrega 4");
	EXPECT(home, 0, "import", "avances", progress);
	assert_out(home, "fila 3: repite la fila 2; difiere en Estado GN");
	assert_out(home, "fila 7: repite la fila 6, igual en todo");
	assert_out(home, "2 filas sin porcentaje");
	EXPECT(home, 0, "import", "progress", "--plan", "paga7", progress);
	assert_out(home, "no cambia nada");
	assert_out(home, "columnas que quedan en la nota: Resultado, Resultado GN");
	EXPECT(home, 0, "list", "milestones", "discrepan", "--json");
	assert_json(home, "$[0].title", "Censo de huertos");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "list", "progress", "informa:grupo", "completado", "--exit-code");
	EXPECT(home, 0, "show", "commitment", "C1");
	assert_out(home, "82.5");
	EXPECT(home, 0, "add", "progress", "commitment=C1", "milestone=3", "as_of=2023-09-01",
	       "percent=40", "state=ejecución", "reporter=grupo", "evidence=acta de la feria",
	       "--json");
	assert_json(home, "$.milestone", "3");
	assert_json(home, "$.state", "execution");
	assert_json(home, "$.evidence", "acta de la feria");
	/* The last word counts, however the keys fall. */
	for (int i = 0; i < 8; i++) {
		char percent[20], shown[20];
		snprintf(percent, sizeof(percent), "percent=%d", 41 + i);
		snprintf(shown, sizeof(shown), "%d", 41 + i);
		EXPECT(home, 0, "add", "progress", "commitment=C1", "milestone=3",
		       "as_of=2023-09-01", percent, "reporter=grupo");
		EXPECT(home, 0, "show", "milestone", "C1/3", "--json");
		assert_json(home, "$.percent", shown);
	}
	EXPECT(home, 1, "add", "progress", "commitment=C2", "milestone=C1/3", "as_of=2023-09-01");
	EXPECT(home, 1, "import", "progress", "--plan", "paga8", progress);
	assert_err(home, "no hay un plan «paga8»");
	EXPECT(home, 2, "import", "progress", "--plan", "a b", progress);
	EXPECT(home, 2, "import", "reuniones", progress);
	EXPECT(home, 1, "--read-only", "import", "progress", progress);
	free(milestones);
	free(progress);
}

static void the_report_as_json(void **state)
{
	struct home *home = *state;
	char *milestones = put(home, "paga7.csv", csv_milestones);
	char *progress = put(home, "avances.csv", csv_progress);
	char *bad = put(home, "malo.csv", "compromiso,avance,color\nC1,200,azul\n");
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "import", "milestones", "--json", milestones);
	assert_json(home, "$[0].kind", "milestone");
	assert_json(home, "$[0].outcome", "new");
	assert_json(home, "$[0].added", "12");
	assert_json(home, "$[0].unknown_organizations", "2");
	EXPECT(home, 1, "import", "progress", "--json", progress, bad);
	assert_json(home, "$[0].duplicates[0].row", "3");
	assert_json(home, "$[0].duplicates[0].of", "2");
	assert_json(home, "$[0].duplicates[0].differs[0]", "Estado GN");
	assert_json(home, "$[0].not_reported", "2");
	assert_json(home, "$[1].outcome", "refused");
	assert_json(home, "$[1].operation", "null");
	assert_json(home, "$[1].errors[0].row", "2");
	assert_json(home, "$[1].errors[1].column", "avance (B)");
	assert_err(home, "1 de 2");
	free(milestones);
	free(progress);
	free(bad);
}

/* What people hand over by mistake, and what they are told to do. */
static void wrong_files(void **state)
{
	struct home *home = *state;
	char *headings = put(home, "solo.csv", "siglas,nombre\n");
	char *book = put(home, "libro.xlsx", "PK\x03\x04zzzz");
	char *totals = put(home, "paga7.csv", "compromiso,título\n1,Parques\nTotal,\n");
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "import", "organizations", headings);
	assert_out(home, "el archivo solo tiene títulos (0 filas)");
	EXPECT(home, 2, "import", "organizations", "--plan", "paga7", headings);
	assert_err(home, "quite --plan");
	EXPECT(home, 1, "import", "organizations", book);
	assert_err(home, "guárdelo como CSV");
	EXPECT(home, 1, "import", "organizations", home->folder);
	assert_err(home, "es una carpeta");
	EXPECT(home, 1, "import", "commitments", "--dry-run", totals, book);
	assert_out(home, "fila 3: «Total» no es de la tabla");
	assert_err(home, "1 de 2 archivos no se importó: ");
	EXPECT(home, 1, "list", "commitments", "--exit-code");
	free(headings);
	free(book);
	free(totals);
}

/* ---- the published files */

static char *shared_file(const char *name)
{
	static const char *const places[] = {"../shared/data", "../../shared/data"};
	const char *top = getenv("top_srcdir");
	for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
		struct strbuf path;
		strbuf_init(&path);
		strbuf_addf(&path, "%s/%s/%s", top ? top : ".", places[i], name);
		if (access(path.data, R_OK) == 0)
			return strbuf_detach(&path);
		strbuf_release(&path);
	}
	return NULL;
}

/* Commitment, percent, sum of its milestones, how many there are and how many were reported. */
static const char published[] = "C1 82.86 580 7 7\nC2 20 100 5 1\nC3 33.33 300 9 4\n"
				"C4 25 100 4 1\nC5 76 380 5 5\nC6 32.5 130 4 3\n"
				"C7 22.22 200 9 2\nC8 27 135 5 4\nC9 60 300 5 3\n"
				"C10 35.17 211 6 5";

static void assert_published(struct home *home)
{
	char *found = ask_json(
		home, "SELECT group_concat(x, char(10)) FROM (SELECT value ->> 'code' || ' ' || "
		      "printf('%g', value ->> 'percent') || ' ' || (value ->> 'milestones_sum') || "
		      "' ' || (value ->> 'milestones') || ' ' || (value ->> "
		      "'milestones_reported') AS x FROM json_each(?1))");
	assert_string_equal(found, published);
	free(found);
}

static void assert_duplicates(struct home *home)
{
	char *found = ask_json(home, "SELECT group_concat((value ->> 'row') || ' ' || (value ->> "
				     "'of') || ' ' || (value ->> 'differs'), char(10)) FROM "
				     "json_each(?1, '$[0].duplicates')");
	assert_string_equal(found, "10 9 []\n35 34 []\n"
				   "51 50 [\"estado_grupo_nucleo\",\"resultado_gn\"]");
	free(found);
	assert_json(home, "$[0].rows", "77");
}

static void import_published(struct home *home, const char *hitos, const char *avances)
{
	EXPECT(home, 0, "import", "milestones", hitos, "--json");
	assert_json(home, "$[0].rows", "59");
	assert_json(home, "$[0].records[2].added", "10");
	assert_json(home, "$[0].records[3].added", "59");
	EXPECT(home, 0, "import", "progress", avances, "--json");
	assert_duplicates(home);
	EXPECT(home, 0, "list", "commitments", "plan:paga1", "--json");
	assert_published(home);
	/* The entity says done, the counterpart says begun: both are kept, and it shows. */
	EXPECT(home, 0, "list", "milestones", "plan:paga1", "compromiso:C7", "--json");
	assert_json(home, "$[0].entity_state", "completed");
	assert_json(home, "$[0].counterpart_state", "definition");
	assert_json(home, "$[0].disagreement", "1");
	/* Of two words of the group the later row is the present one. */
	assert_json(home, "$[5].group_state", "completed");
	EXPECT(home, 0, "import", "milestones", hitos, "--json");
	assert_json(home, "$[0].outcome", "unchanged");
	EXPECT(home, 0, "import", "progress", avances, "--json");
	assert_json(home, "$[0].outcome", "unchanged");
}

static void a_published_plan(void **state)
{
	struct home *home = *state;
	char *hitos = shared_file("paga1_2019-2022_hitos.csv");
	char *avances = shared_file("paga1_avances_corte_2021-10-22.csv");
	if (!hitos || !avances)
		skip();
	EXPECT(home, 0, "init");
	import_published(home, hitos, avances);
	EXPECT(home, 0, "show", "organization", "MINTEL");
	EXPECT(home, 0, "list", "organizations", "Hemisferios", "--json");
	char *count = ask_json(home, "SELECT json_array_length(?1)");
	assert_string_equal(count, "1");
	free(count);
	/* What no field takes can be found again. */
	EXPECT(home, 0, "list", "progress", "nota:n_participantes", "--json", "--exit-code");
	free(hitos);
	free(avances);
}

/* The demonstration, in a file. */
static void make_demo(struct home *home)
{
	struct store *store = NULL;
	char *path = in_home(home, "demo.db");
	struct store_options options = {
		.path = path, .wait_ms = 5000, .today = test_today(), .throw_away = true};
	assert_done(store_create(&options, &store, err));
	assert_done(demo_fill(store, err));
	store_close(store);
	assert_int_equal(setenv("NUCLEO_DB", path, 1), 0);
	free(path);
}

/* Beside another plan with the same codes, which stays as it is. */
static void beside_the_plan_of_the_demonstration(void **state)
{
	struct home *home = *state;
	char *hitos = shared_file("paga1_2019-2022_hitos.csv");
	char *avances = shared_file("paga1_avances_corte_2021-10-22.csv");
	if (!hitos || !avances)
		skip();
	make_demo(home);
	EXPECT(home, 0, "list", "commitments", "plan:paga2", "--json");
	char *before = mem_strdup(home->out.data);
	import_published(home, hitos, avances);
	EXPECT(home, 0, "list", "commitments", "plan:paga2", "--json");
	assert_string_equal(home->out.data, before);
	EXPECT(home, 0, "show", "commitment", "paga1/C7");
	assert_out(home, "22.22");
	EXPECT(home, 0, "show", "commitment", "paga2/C7");
	assert_out(home, "23 %");
	/* Institutions the group knows already are not made again. */
	EXPECT(home, 0, "list", "organizations", "siglas:MINTEL", "--json");
	char *count = ask_json(home, "SELECT json_array_length(?1)");
	assert_string_equal(count, "1");
	free(count);
	free(before);
	free(hitos);
	free(avances);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(words_in_both_languages),
		IN_A_HOME(the_report_as_json),
		IN_A_HOME(wrong_files),
		IN_A_HOME(a_published_plan),
		IN_A_HOME(beside_the_plan_of_the_demonstration),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
