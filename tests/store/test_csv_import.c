/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets into the database: what they become, again, corrected, and refused. */
#include "store/csv_test.h"

#include <stdlib.h>
#include <string.h>

#define FILE_NAME "paga7_hoja.csv"

static struct store *filled(void)
{
	struct store *store = test_create("a.db");
	assert_int_equal(csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, csv_milestones),
			 CSV_NEW);
	return store;
}

static void milestones_make_their_plan(void **state)
{
	(void)state;
	store_close(filled());
	import_assert_rows("a.db", "SELECT code AS x FROM plan", "paga7");
	import_assert_rows("a.db", "SELECT code || ' ' || title AS x FROM commitment ORDER BY sort",
			   "C1 Huertos escolares\nC2 Mapa de veredas");
	import_assert_rows("a.db",
			   "SELECT c.code || '/' || m.number || ' ' || m.title || ' ' || "
			   "coalesce(m.starts || ' ' || m.ends, '-') AS x FROM milestone AS m JOIN "
			   "commitment AS c ON c.key = m.commitment ORDER BY c.sort, m.number",
			   "C1/1 Censo de huertos 2023-02-01 2023-03-31\n"
			   "C1/2 Siembra\nen dos barrios 2023-04-01 2023-06-30\n"
			   "C1/3 Feria 2023-07-01 2023-09-30\n"
			   "C2/1 Recorridos -");
	import_assert_rows(
		"a.db",
		"SELECT c.code || ' ' || p.role || ' ' || o.acronym AS x FROM "
		"commitment_party AS p JOIN commitment AS c ON c.key = p.commitment JOIN "
		"organization AS o ON o.key = p.organization ORDER BY c.sort, p.role, "
		"p.rank",
		"C1 counterpart AME\nC1 counterpart Club de Lectura sección norte\n"
		"C1 lead BIP\nC2 counterpart FCD\nC2 counterpart UTPL\nC2 lead AME");
	import_assert_rows(
		"a.db",
		"SELECT acronym || ' ' || sector || ' ' || review AS x FROM organization "
		"ORDER BY sort",
		"AME public 0\nBIP other 1\nClub de Lectura sección norte other 1\n"
		"FCD civil_society 0\nUTPL academia 0");
	assert_int_equal(import_verified_head("a.db"), 1);
	import_assert_rows("a.db", "SELECT words AS x FROM history",
			   "Importa «" FILE_NAME
			   "»: 1 plan, 5 instituciones, 2 compromisos, 4 hitos");
}

static void the_same_file_changes_nothing(void **state)
{
	(void)state;
	struct store *store = filled();
	assert_int_equal(csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, csv_milestones),
			 CSV_UNCHANGED);
	store_close(store);
	assert_int_equal(import_verified_head("a.db"), 1);
}

static void a_corrected_file_changes_what_differs(void **state)
{
	(void)state;
	struct store *store = filled();
	char *one = import_replace(csv_milestones, "Feria;;;;julio de 2023;09/2023",
				   "Feria;;;;;15/12/2023");
	char *two = import_replace(one, "FCD, UTPL", "\"FCD; DATALAT\"");
	assert_int_equal(csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, two), CSV_UPDATED);
	store_close(store);
	char *edits = import_last_edits("a.db");
	assert_string_equal(edits, "+commitment_party\n+organization\n-commitment_party\n"
				   "milestone:ends,original_ends");
	free(edits);
	import_assert_rows("a.db",
			   "SELECT starts || ' ' || ends || ' ' || original_ends AS x FROM "
			   "milestone WHERE number = 3",
			   "2023-07-01 2023-12-15 2023-09-30");
	assert_int_equal(import_verified_head("a.db"), 2);
	free(one);
	free(two);
}

static void progress_of_three_reporters(void **state)
{
	(void)state;
	struct store *store = filled();
	struct csv_import_result result = csv_done(store, RECORD_PROGRESS, FILE_NAME, csv_progress);
	assert_int_equal(result.counts[CSV_REPORTS].added, 8);
	assert_int_equal(result.not_reported, 2);
	assert_int_equal(result.duplicates.count, 2);
	assert_int_equal(result.duplicates.items[0].row, 3);
	assert_int_equal(result.duplicates.items[0].of, 2);
	assert_string_equal(result.duplicates.items[0].differs, "Estado GN");
	assert_int_equal(result.duplicates.items[1].row, 7);
	assert_int_equal(result.duplicates.items[1].of, 6);
	assert_string_equal(result.duplicates.items[1].differs, "");
	assert_string_equal(result.unknown_columns, "Resultado\nResultado GN");
	csv_import_result_release(&result);
	assert_int_equal(csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME, csv_progress),
			 CSV_UNCHANGED);
	store_close(store);
	/* What no field takes is in the note; the date of a blank one is the file's latest. */
	import_assert_rows(
		"a.db",
		"SELECT c.code || '/' || m.number || ' ' || g.as_of || ' ' || g.reporter || ' ' || "
		"coalesce(g.percent, '-') || ' ' || coalesce(g.state, '-') || ' ' || g.rank || ' ' "
		"|| coalesce(replace(g.note, char(10), '/'), '-') AS x FROM progress AS g JOIN "
		"milestone AS m ON m.key = g.milestone JOIN commitment AS c ON c.key = "
		"g.commitment ORDER BY c.sort, m.number, g.reporter, g.rank",
		"C1/1 2023-08-01 counterpart - definition 0 -\n"
		"C1/1 2023-08-01 entity 82.5 execution 0 Dos visitas/Resultado: mejoró\n"
		"C1/1 2023-08-01 group - execution 0 Resultado GN: bien\n"
		"C1/1 2023-08-01 group - completed 1 Resultado GN: bien\n"
		"C1/2 2023-08-05 entity - - 0 -\n"
		"C2/1 2023-08-05 counterpart - completed 0 -\n"
		"C2/1 2023-08-05 entity 100.0 completed 0 -\n"
		"C2/1 2023-08-05 group - completed 0 -");
	assert_int_equal(import_verified_head("a.db"), 2);
}

struct seen {
	const char *code;
	struct commitment commitment;
	struct milestone milestone;
	int64_t number;
};

static bool note_commitment(void *context, const void *row)
{
	struct seen *seen = context;
	const struct commitment *commitment = row;
	if (strcmp(commitment->code, seen->code) == 0)
		seen->commitment = *commitment;
	return true;
}

static bool note_milestone(void *context, const void *row)
{
	struct seen *seen = context;
	const struct milestone *milestone = row;
	if (strcmp(milestone->commitment, seen->code) == 0 && milestone->number == seen->number)
		seen->milestone = *milestone;
	return true;
}

static struct seen look(struct store *store, const char *code, int64_t number)
{
	struct seen seen = {.code = code, .number = number};
	struct list_query all = {0};
	assert_done(store_list(store, RECORD_COMMITMENT, &all, note_commitment, &seen, err));
	assert_done(store_list(store, RECORD_MILESTONE, &all, note_milestone, &seen, err));
	return seen;
}

static void an_unreported_milestone_counts_nothing(void **state)
{
	(void)state;
	struct store *store = filled();
	struct seen before = look(store, "C1", 1);
	assert_int_equal(before.commitment.percent, PERCENT_NONE);
	assert_int_equal(before.commitment.milestones, 3);
	assert_int_equal(before.commitment.milestones_reported, 0);
	csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME, csv_progress);
	struct seen seen = look(store, "C1", 1);
	assert_int_equal(seen.commitment.percent, 2750);
	assert_int_equal(seen.commitment.milestones_reported, 1);
	assert_true(seen.commitment.milestones_sum > 82.49 &&
		    seen.commitment.milestones_sum < 82.51);
	assert_int_equal(seen.milestone.entity_state, PROGRESS_EXECUTION);
	assert_int_equal(seen.milestone.counterpart_state, PROGRESS_DEFINITION);
	assert_int_equal(seen.milestone.group_state, PROGRESS_COMPLETED);
	assert_true(seen.milestone.disagreement);
	assert_false(look(store, "C2", 1).milestone.disagreement);
	store_close(store);
}

/* On one day the group is believed before the entity and that before the counterpart; a later
 * day before any; a blank never. */
static void which_figure_counts(void **state)
{
	static const struct {
		const char *rows;
		percent_hundredths expected;
	} cases[] = {
		{"1,3,2023-09-01,contraparte,10\n", 1000},  {"1,3,2023-09-01,entidad,20\n", 2000},
		{"1,3,2023-09-01,Grupo Núcleo,30\n", 3000}, {"1,3,2023-09-01,entidad,25\n", 3000},
		{"1,3,2023-09-02,contraparte,15\n", 1500},  {"1,3,2023-09-03,group,\n", 1500},
	};
	(void)state;
	struct store *store = filled();
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf text;
		strbuf_init(&text);
		strbuf_addf(&text, "compromiso,hito,corte,informa,avance\n%s", cases[i].rows);
		csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME, text.data);
		if (look(store, "C1", 3).milestone.percent != cases[i].expected)
			fail_msg("case %zu", i);
		strbuf_release(&text);
	}
	/* The commitment as a whole, reported after its milestones, and before them. */
	csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME,
		       "compromiso,corte,avance\nC1,2023-09-01,77\n");
	assert_int_equal(look(store, "C1", 3).commitment.percent, 500);
	csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME,
		       "compromiso,corte,avance\nC1,2023-09-30,78\n");
	assert_int_equal(look(store, "C1", 3).commitment.percent, 7800);
	assert_int_equal(look(store, "C1", 3).commitment.previous_percent, 7700);
	store_close(store);
}

static void institutions(void **state)
{
	static const char text[] = "Nombre,Siglas,Sector,Calidad,Miembro desde\n"
				   "Fundación Ciudadanía y Desarrollo,FCD,OSC,miembro,2021-01-15\n"
				   "Taller de Cometas,TDC,sociedad civil,Observador,\n"
				   "Defensoría del Pueblo,,,invitado,\n"
				   "Cooperativa Río Verde,,privado,,\n";
	(void)state;
	struct store *store = test_create("a.db");
	assert_int_equal(csv_outcome_of(store, RECORD_ORGANIZATION, "x.csv", text), CSV_NEW);
	assert_int_equal(csv_outcome_of(store, RECORD_ORGANIZATION, "x.csv", text), CSV_UNCHANGED);
	static const char wanted[] =
		"Cooperativa Río Verde private - -\nDPE public guest -\n"
		"FCD civil_society member 2021-01-15\nTDC civil_society observer -";
	static const char query[] =
		"SELECT o.acronym || ' ' || o.sector || ' ' || coalesce(m.role, '-') || ' ' || "
		"coalesce(m.starts, '-') AS x FROM organization AS o LEFT JOIN membership AS m ON "
		"m.organization = o.key ORDER BY o.sort, m.starts";
	import_assert_rows("a.db", query, wanted);
	/* Another standing ends the one before. */
	assert_int_equal(csv_outcome_of(store, RECORD_ORGANIZATION, "x.csv",
					"siglas,calidad\nFCD,observador\n"),
			 CSV_UPDATED);
	assert_int_equal(csv_outcome_of(store, RECORD_ORGANIZATION, "x.csv",
					"siglas,calidad\nFCD,observador\n"),
			 CSV_UNCHANGED);
	store_close(store);
	import_assert_rows("a.db",
			   "SELECT m.role || ' ' || m.starts || ' ' || coalesce(m.ends, '-') AS x "
			   "FROM membership AS m JOIN organization AS o ON o.key = m.organization "
			   "WHERE o.acronym = 'FCD' ORDER BY m.starts",
			   "member 2021-01-15 2023-11-16\nobserver 2023-11-17 -");
	assert_int_equal(import_verified_head("a.db"), 2);
}

static void columns_nobody_knows_are_named(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	struct csv_import_result result =
		csv_done(store, RECORD_COMMITMENT, "paga3 compromisos.csv",
			 "color,codigo,COMPROMISO,presupuesto\nazul,4,Parques,10\n");
	assert_string_equal(result.unknown_columns, "color\npresupuesto");
	csv_import_result_release(&result);
	store_close(store);
	import_assert_rows("a.db", "SELECT code || ' ' || title AS x FROM commitment",
			   "C4 Parques");
}

static void plans_are_not_mixed(void **state)
{
	struct error err;
	static const char row[] = "codigo,titulo\n1,Uno\n";
	(void)state;
	struct store *store = test_create("a.db");
	struct csv_import_result result = csv_fails(store, RECORD_COMMITMENT, "x.csv", row, &err);
	assert_int_equal(err.code, RC_USAGE);
	assert_non_null(strstr(err.text, "--plan"));
	csv_import_result_release(&result);
	csv_outcome_of(store, RECORD_COMMITMENT, "Paga1-ficha.csv", row);
	/* The only one there is. */
	assert_int_equal(csv_outcome_of(store, RECORD_COMMITMENT, "x.csv", row), CSV_UNCHANGED);
	assert_int_equal(csv_outcome_of(store, RECORD_COMMITMENT, "paga10_x.csv", row), CSV_NEW);
	result = csv_fails(store, RECORD_COMMITMENT, "x.csv", row, &err);
	assert_non_null(strstr(err.text, "paga1, paga10"));
	csv_import_result_release(&result);
	assert_int_equal(csv_outcome_of(store, RECORD_COMMITMENT, "x.csv",
					"plan,codigo,titulo\nlocal-1,1,Uno\n"),
			 CSV_NEW);
	result = csv_fails(store, RECORD_PROGRESS, "paga9_x.csv", "compromiso,avance\n1,5\n", &err);
	assert_int_equal(err.code, RC_NOT_FOUND);
	csv_import_result_release(&result);
	store_close(store);
	import_assert_rows(
		"a.db",
		"SELECT p.code || '/' || c.code AS x FROM commitment AS c JOIN plan AS p "
		"ON p.key = c.plan ORDER BY c.sort",
		"local-1/C1\npaga1/C1\npaga10/C1");
}

struct expected_error {
	size_t row;
	const char *column, *part;
};

static void assert_errors(const struct csv_import_result *result,
			  const struct expected_error *expected, size_t count)
{
	assert_int_equal(result->error_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct csv_finding *found = &result->errors.items[i];
		const char *column = found->column ? found->column : "";
		if (found->row != expected[i].row || strcmp(column, expected[i].column) != 0 ||
		    !strstr(found->text, expected[i].part))
			fail_msg("error %zu: %zu, %s: %s", i, found->row, column, found->text);
	}
}

static void errors_by_row_and_column(void **state)
{
	static const struct expected_error milestones[] = {
		{2, "compromiso (B)", "«X» no es un código"},
		{2, "fin (E)", "«jamás» no es una fecha"},
		{3, "hito (A)", "está en blanco"},
		{3, "inicio (D)", "«32/01/2023» no es una fecha"},
		{4, "inicio (D)", "«ayer» no es una fecha"},
		{5, "titulo del compromiso (C)", "no es lo que dice la fila 4: «Cometas»"},
		{6, "F", "columna sin título"},
	};
	static const struct expected_error progress[] = {
		{2, "avance_pct (C)", "«120» no es un porcentaje"},
		{2, "estado_entidad (D)", "«Volando»"},
		{3, "compromiso (A)", "no hay un compromiso C9"},
		{4, "hito (B)", "no tiene un hito «8»"},
		{5, "fecha (E)", "«31/02/2023» no es una fecha"},
	};
	struct error err;
	(void)state;
	struct store *store = filled();
	struct csv_import_result result =
		csv_fails(store, RECORD_MILESTONE, FILE_NAME,
			  "hito,compromiso,titulo del compromiso,inicio,fin,\n"
			  "1,X,a,,jamás\n,1,Huertos escolares,32/01/2023,\n1,3,Cometas,ayer,\n2,3,Globos,,\n"
			  "3,3,,2023-01-01,2023-02-01,resto\n",
			  &err);
	assert_errors(&result, milestones, ARRAY_COUNT(milestones));
	csv_import_result_release(&result);
	result = csv_fails(store, RECORD_PROGRESS, FILE_NAME,
			   "compromiso,hito,avance_pct,estado_entidad,fecha\n"
			   "1,1,120,Volando,2023-05-01\n9,1,5,,\n1,8,5,,\n1,1,5,,31/02/2023\n",
			   &err);
	assert_errors(&result, progress, ARRAY_COUNT(progress));
	csv_import_result_release(&result);
	static const struct expected_error unplaced[] = {
		{2, "hito (B)", "no tiene un hito «8»"},
		{2, "avance (C)", "«mucho» no es un porcentaje"},
		{2, "informa (E)", "«nadie»"},
	};
	result = csv_fails(store, RECORD_PROGRESS, FILE_NAME,
			   "compromiso,hito,avance,fecha,informa\n1,8,mucho,2023-01-01,nadie\n",
			   &err);
	assert_errors(&result, unplaced, ARRAY_COUNT(unplaced));
	csv_import_result_release(&result);
	static const struct expected_error organizations[] = {
		{2, "siglas (A)", "«A/B» no sirve de siglas"},
		{2, "sector (C)", "«marciano»"},
		{2, "calidad (D)", "«jefe»"},
	};
	result = csv_fails(store, RECORD_ORGANIZATION, FILE_NAME,
			   "siglas,nombre,sector,calidad\nA/B,Uno,marciano,jefe\n", &err);
	assert_errors(&result, organizations, ARRAY_COUNT(organizations));
	csv_import_result_release(&result);
	result = csv_fails(store, RECORD_PROGRESS, FILE_NAME, "hito,fecha\n1,2023-01-01\n", &err);
	assert_non_null(strstr(err.text, "compromiso, avance_pct o estado"));
	csv_import_result_release(&result);
	result = csv_fails(store, RECORD_PROGRESS, FILE_NAME, "compromiso,avance\n1,5\n", &err);
	assert_non_null(strstr(result.errors.items[0].text, "fecha de corte"));
	csv_import_result_release(&result);
	store_close(store);
}

static void many_errors_are_counted(void **state)
{
	struct strbuf text;
	struct error err;
	(void)state;
	struct store *store = filled();
	strbuf_init(&text);
	strbuf_adds(&text, "compromiso,avance,fecha\n");
	for (int i = 0; i < 33; i++)
		strbuf_adds(&text, "1,mucho,2023-01-01\n");
	struct csv_import_result result =
		csv_fails(store, RECORD_PROGRESS, FILE_NAME, text.data, &err);
	assert_int_equal(result.error_count, 33);
	assert_int_equal(result.errors.count, CSV_ERRORS_SHOWN);
	assert_non_null(strstr(err.text, "33 errores"));
	csv_import_result_release(&result);
	strbuf_release(&text);
	store_close(store);
}

/* Dates the wrong way round are left out, and said; the rest of the row comes in. */
static void dates_the_wrong_way_round(void **state)
{
	static const char text[] = "compromiso,hito,descripcion,inicio,fin\n"
				   "1,4,Cierre,2023-05-01,2023-04-01\n";
	(void)state;
	struct store *store = filled();
	struct csv_import_result result = csv_done(store, RECORD_MILESTONE, FILE_NAME, text);
	assert_int_equal(result.remarks.count, 1);
	assert_int_equal(result.remarks.items[0].row, 2);
	assert_non_null(strstr(result.remarks.items[0].text, "2023-04-01"));
	csv_import_result_release(&result);
	assert_int_equal(csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, text), CSV_UNCHANGED);
	store_close(store);
	import_assert_rows("a.db",
			   "SELECT title || coalesce(starts, '') || coalesce(ends, '') AS x FROM "
			   "milestone WHERE number = 4",
			   "Cierre");
}

/* What our own lists write comes back in: into the same database it changes nothing, into an
 * empty one it makes the same. */
static void our_own_lists_come_back(void **state)
{
	static const enum record_kind_id kinds[] = {RECORD_ORGANIZATION, RECORD_COMMITMENT,
						    RECORD_MILESTONE, RECORD_PROGRESS};
	(void)state;
	struct store *store = filled();
	csv_outcome_of(store, RECORD_ORGANIZATION, "x.csv",
		       "siglas,nombre,sector,calidad\nFCD,=Ciudadanía,OSC,miembro\n");
	csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME, csv_progress);
	struct store *other = test_create("b.db");
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		char *text = csv_export(store, kinds[i]);
		assert_int_equal(csv_outcome_of(store, kinds[i], "x.csv", text), CSV_UNCHANGED);
		assert_int_equal(csv_outcome_of(other, kinds[i], "x.csv", text), CSV_NEW);
		assert_int_equal(csv_outcome_of(other, kinds[i], "x.csv", text), CSV_UNCHANGED);
		free(text);
	}
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		char *text = csv_export(store, kinds[i]), *again = csv_export(other, kinds[i]);
		assert_string_equal(again, text);
		free(text);
		free(again);
	}
	store_close(store);
	store_close(other);
	assert_int_equal(import_verified_head("b.db"), 4);
}

/* What only a hostile file has so many of is refused, and soon. */
static void too_much_of_the_same(void **state)
{
	struct strbuf text;
	struct error err;
	(void)state;
	struct store *store = filled();
	strbuf_init(&text);
	strbuf_adds(&text, "compromiso,hito,fecha,avance,nota\n");
	for (int i = 0; i < 2000; i++)
		strbuf_addf(&text, "1,1,2023-05-01,5,nota %d\n", i < 1000 ? 1 : i);
	struct csv_import_result result =
		csv_fails(store, RECORD_PROGRESS, FILE_NAME, text.data, &err);
	assert_non_null(strstr(result.errors.items[0].text, "más de 100 informes"));
	csv_import_result_release(&result);
	strbuf_reset(&text);
	strbuf_adds(&text, "compromiso,hito,responsable\n");
	for (int i = 0; i < 60; i++) {
		strbuf_addf(&text, "%d,1,", i + 1);
		for (int j = 0; j < 100; j++)
			strbuf_addf(&text, "%sEl mismo comienzo de un nombre muy largo %d %d",
				    j ? "--" : "", i, j);
		strbuf_adds(&text, "\n");
	}
	result = csv_fails(store, RECORD_MILESTONE, FILE_NAME, text.data, &err);
	assert_non_null(strstr(result.errors.items[0].text, "más de 5000 instituciones"));
	csv_import_result_release(&result);
	strbuf_reset(&text);
	strbuf_adds(&text, "compromiso\thito\tresponsable\n1\t1\t");
	for (int i = 0; i < 101; i++)
		strbuf_addf(&text, "Club %d;", i);
	result = csv_fails(store, RECORD_MILESTONE, FILE_NAME, text.data, &err);
	assert_non_null(strstr(result.errors.items[0].text, "más de 100 instituciones"));
	csv_import_result_release(&result);
	strbuf_release(&text);
	store_close(store);
}

/* What people put above the headings, and cells that are one in the spreadsheet. */
static void sheets_made_for_people(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	struct csv_import_result result =
		csv_done(store, RECORD_MILESTONE, FILE_NAME,
			 "Matriz de hitos,,\n\nCorte: junio,,\nCompromiso,Hito,Descripción\n"
			 "1,1,Censo\n,2,Siembra\n2,1,Mapa\n,2,Copia\n");
	assert_int_equal(result.rows, 4);
	assert_int_equal(result.remarks.count, 2);
	assert_int_equal(result.remarks.items[0].row, 6);
	csv_import_result_release(&result);
	struct error err;
	result = csv_fails(store, RECORD_MILESTONE, FILE_NAME,
			   "título,,\ncompromiso,hito,descripción\n,1,x\n3,,y\n", &err);
	assert_int_equal(result.error_count, 2);
	assert_int_equal(result.errors.items[0].row, 3);
	assert_string_equal(result.errors.items[0].column, "compromiso (A)");
	assert_string_equal(result.errors.items[1].column, "hito (B)");
	csv_import_result_release(&result);
	store_close(store);
	import_assert_rows("a.db",
			   "SELECT c.code || '/' || m.number || ' ' || m.title AS x FROM milestone "
			   "AS m JOIN commitment AS c ON c.key = m.commitment ORDER BY c.sort, "
			   "m.number",
			   "C1/1 Censo\nC1/2 Siembra\nC2/1 Mapa\nC2/2 Copia");
}

/* A commitment without dates of its own shows its plan's, and does not take them for its own. */
static void dates_of_the_plan(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	struct operation *operation = operation_new();
	operation_set_words(operation, "plan");
	add_row(operation, "plan", "code", "paga7", "starts", "2023-01-01", "ends", "2024-12-31",
		NULL);
	test_commit(store, operation);
	csv_outcome_of(store, RECORD_COMMITMENT, FILE_NAME, "codigo\n1\n");
	char *text = csv_export(store, RECORD_COMMITMENT);
	assert_non_null(strstr(text, "2023-01-01"));
	assert_int_equal(csv_outcome_of(store, RECORD_COMMITMENT, FILE_NAME, text), CSV_UNCHANGED);
	free(text);
	assert_int_equal(csv_outcome_of(store, RECORD_COMMITMENT, FILE_NAME,
					"codigo,inicio,fin\n1,2023-03-01,\n"),
			 CSV_UPDATED);
	assert_int_equal(csv_outcome_of(store, RECORD_COMMITMENT, FILE_NAME,
					"codigo,inicio,fin\n1,2023-04-01,2024-12-31\n"),
			 CSV_UPDATED);
	store_close(store);
	import_assert_rows("a.db", "SELECT starts || coalesce(ends, ' none') AS x FROM commitment",
			   "2023-04-01 none");
	assert_int_equal(import_verified_head("a.db"), 4);
}

/* A dry run says the same and writes nothing. */
static void a_dry_run_writes_nothing(void **state)
{
	const struct csv_source source = {.name = FILE_NAME,
					  .bytes = csv_milestones,
					  .length = strlen(csv_milestones),
					  .kind = RECORD_MILESTONE};
	struct csv_import_result result;
	int64_t head;
	(void)state;
	struct store *store = test_create("a.db");
	assert_done(csv_import_text(store, &source, true, &result, err));
	assert_int_equal(result.outcome, CSV_NEW);
	assert_int_equal(result.counts[CSV_MILESTONES].added, 4);
	assert_int_equal(result.number, 0);
	csv_import_result_release(&result);
	assert_done(store_version(store, &head, err));
	assert_int_equal(head, 0);
	store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(milestones_make_their_plan),
		TEST(the_same_file_changes_nothing),
		TEST(a_corrected_file_changes_what_differs),
		TEST(progress_of_three_reporters),
		TEST(an_unreported_milestone_counts_nothing),
		TEST(which_figure_counts),
		TEST(institutions),
		TEST(columns_nobody_knows_are_named),
		TEST(plans_are_not_mixed),
		TEST(errors_by_row_and_column),
		TEST(many_errors_are_counted),
		TEST(dates_the_wrong_way_round),
		TEST(our_own_lists_come_back),
		TEST(dates_of_the_plan),
		TEST(sheets_made_for_people),
		TEST(too_much_of_the_same),
		TEST(a_dry_run_writes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
