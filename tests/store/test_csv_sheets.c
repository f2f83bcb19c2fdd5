/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets as people keep them: lines below the table, names that nobody knows yet, "NA". */
#include "store/csv_test.h"

#include <stdlib.h>
#include <string.h>

#define FILE_NAME "paga4 matriz 2023-09-30.csv"

static void a_name_says_the_sector(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	csv_outcome_of(store, RECORD_ORGANIZATION, "x.csv",
		       "siglas,nombre,sector\nMVE,Ministerio de Veredas,\n"
		       ",Fundación del Puerto,\nGAD Tres Ríos,,\nUTR,Universidad de Tres Ríos,otro\n");
	csv_outcome_of(store, RECORD_COMMITMENT, FILE_NAME,
		       "compromiso,título,responsable\n"
		       "1,Veredas,Cámara de Caminos (CAMCAM)--Colegio de Geólogos Públicos\n");
	store_close(store);
	import_assert_rows("a.db",
			   "SELECT acronym || ' ' || sector || ' ' || review AS x FROM "
			   "organization ORDER BY sort",
			   "CAMCAM private 1\nColegio de Geólogos Públicos other 1\n"
			   "Fundación del Puerto civil_society 1\nGAD Tres Ríos public 1\n"
			   "MVE public 1\nUTR other 0");
}

/* What is computed below a table is no row of it, in whatever column the word stands. */
static void rows_of_totals(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	struct csv_import_result result =
		csv_done(store, RECORD_MILESTONE, FILE_NAME,
			 "compromiso,hito,descripción,responsable\n1,1,Censo,\n1,2,Siembra,\n"
			 "Total,2,,\n,,TOTAL GENERAL:,2\n2,1,Total de parques,\n");
	assert_int_equal(result.counts[CSV_MILESTONES].added, 3);
	assert_int_equal(result.rows, 3);
	assert_int_equal(result.remarks.count, 2);
	assert_int_equal(result.remarks.items[0].row, 4);
	assert_non_null(strstr(result.remarks.items[0].text, "«Total»"));
	assert_int_equal(result.remarks.items[1].row, 5);
	csv_import_result_release(&result);
	result = csv_done(store, RECORD_PROGRESS, FILE_NAME,
			  "compromiso,hito,avance\n1,1,50\n1,2,70\n,Promedio,60\n,,60\n");
	assert_int_equal(result.counts[CSV_REPORTS].added, 2);
	assert_int_equal(result.remarks.count, 2);
	csv_import_result_release(&result);
	store_close(store);
}

/* A row in the middle that names nothing is a mistake, not a total. */
static void what_is_no_total(void **state)
{
	(void)state;
	struct error err;
	struct store *store = test_create("a.db");
	csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME,
		       "compromiso,hito,descripción\n1,1,Total\n1,2,Promedio\n");
	struct csv_import_result result =
		csv_fails(store, RECORD_PROGRESS, FILE_NAME,
			  "compromiso,hito,avance\n1,1,50\n,,60\n1,2,70\n", &err);
	assert_int_equal(result.errors.items[0].row, 3);
	csv_import_result_release(&result);
	result = csv_fails(store, RECORD_PROGRESS, FILE_NAME,
			   "compromiso,hito,avance,nota\n1,1,50,\n,,60,revisar\n", &err);
	assert_int_equal(result.errors.items[0].row, 3);
	csv_import_result_release(&result);
	/* An institution may be called so. */
	result = csv_done(store, RECORD_ORGANIZATION, "x.csv", "siglas,nombre\nSUMA,Suma y sigue\n");
	assert_int_equal(result.counts[CSV_ORGANIZATIONS].added, 1);
	csv_import_result_release(&result);
	store_close(store);
}

/* A list of the commitments of the world: whole it is of no plan of this group, a part of it is. */
static void a_list_of_many_plans(void **state)
{
#define HEADINGS                                                                                   \
	"Commitment Unique Identifier,Country/Locality,Action Plan Number,Commitment Number,Theme," \
	"Commitment Title,Start Date,End Date,Lead Institution,Supporting Institution(s)\n"
	(void)state;
	struct error err;
	struct store *store = test_create("a.db");
	struct csv_import_result result = csv_fails(
		store, RECORD_COMMITMENT, FILE_NAME,
		HEADINGS "XX0001,Aquí,1,1,Datos,Uno,NA,NA,,\nYY0002,Allá,1,2,NA,Dos,NA,NA,,\n",
		&err);
	assert_non_null(strstr(err.text, "«Country/Locality» dice «Aquí» y «Allá»"));
	csv_import_result_release(&result);
	result = csv_fails(
		store, RECORD_COMMITMENT, FILE_NAME,
		HEADINGS "XX0001,Aquí,1,1,Datos,Uno,NA,NA,,\nXX0002,Aquí,2,1,NA,Dos,NA,NA,,\n",
		&err);
	assert_non_null(strstr(err.text, "«Action Plan Number» dice «1» y «2»"));
	csv_import_result_release(&result);
	result = csv_done(
		store, RECORD_COMMITMENT, FILE_NAME,
		HEADINGS "XX0001,Aquí,1,1,Datos,Uno,NA,N/A,FCD,NA\nXX0002,Aquí,1,2,NA,Dos,NA,,NA,"
			 "• Asociación de Municipalidades Ecuatorianas (AME) • DPE\n");
	assert_string_equal(result.unknown_columns, "Country/Locality\nAction Plan Number");
	csv_import_result_release(&result);
	store_close(store);
	import_assert_rows("a.db",
			   "SELECT c.code || ' ' || coalesce(c.axis, '-') || ' ' || ogp_id || ' ' || "
			   "o.acronym || ' ' || p.role AS x FROM commitment AS c JOIN "
			   "commitment_party AS p ON p.commitment = c.key JOIN organization AS o ON "
			   "o.key = p.organization ORDER BY c.code, o.acronym",
			   "C1 Datos XX0001 FCD lead\nC2 - XX0002 AME support\n"
			   "C2 - XX0002 DPE support");
}

/* One date tells how all of a file are written; where they contradict each other none does. */
static void months_before_days(void **state)
{
	(void)state;
	struct error err;
	struct store *store = test_create("a.db");
	struct csv_import_result result =
		csv_done(store, RECORD_COMMITMENT, FILE_NAME,
			 "compromiso,título,inicio,fin\n1,Uno,2/1/2023,12/31/2024\n"
			 "2,Dos,2/3/2023,4/5/2024\n3,Tres,2023-02-01,7/9/2024\n4,Cuatro,,1/15/2024\n");
	assert_int_equal(result.remarks.count, 1);
	assert_int_equal(result.remarks.items[0].row, 2);
	assert_non_null(strstr(result.remarks.items[0].text, "«12/31/2024» dice el mes"));
	csv_import_result_release(&result);
	result = csv_fails(store, RECORD_COMMITMENT, FILE_NAME,
			   "compromiso,fin\n1,12/31/2024\n2,31/12/2024\n", &err);
	assert_int_equal(result.errors.items[0].row, 2);
	csv_import_result_release(&result);
	store_close(store);
	import_assert_rows("a.db",
			   "SELECT code || ' ' || coalesce(starts, '-') || ' ' || ends AS x FROM "
			   "commitment ORDER BY code",
			   "C1 2023-02-01 2024-12-31\nC2 2023-02-03 2024-04-05\n"
			   "C3 2023-02-01 2024-07-09\nC4 - 2024-01-15");
}

/* What a list says and another one needs: dates a milestone had first, a mark for review. */
static void what_lists_keep(void **state)
{
	static const enum record_kind_id kinds[] = {RECORD_ORGANIZATION, RECORD_COMMITMENT,
						    RECORD_MILESTONE, RECORD_PROGRESS};
	(void)state;
	struct store *store = test_create("a.db"), *other = test_create("b.db");
	csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, csv_milestones);
	csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME,
		       "compromiso,hito,inicio,fin\n1,1,2023-03-01,2023-05-31\n");
	csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME, csv_progress);
	csv_outcome_of(store, RECORD_PROGRESS, FILE_NAME,
		       "compromiso,hito,corte,informa,avance,estado,evidencia,nota\n1,2,2023-09-30,GN,"
		       "12.5,Detenido,https://example.org,\"dos\nlíneas, «y» \"\"comillas\"\"\"\n");
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		char *text = csv_export(store, kinds[i]);
		assert_int_equal(csv_outcome_of(other, kinds[i], "x.csv", text), CSV_NEW);
		assert_int_equal(csv_outcome_of(store, kinds[i], "x.csv", text), CSV_UNCHANGED);
		free(text);
	}
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		char *text = csv_export(store, kinds[i]), *again = csv_export(other, kinds[i]);
		assert_string_equal(again, text);
		if (kinds[i] == RECORD_MILESTONE)
			assert_non_null(strstr(text, "2023-02-01,2023-03-31"));
		if (kinds[i] == RECORD_ORGANIZATION)
			assert_non_null(strstr(text, ",true,"));
		free(text);
		free(again);
	}
	/* A date of one's own before the file says what it was. */
	csv_outcome_of(other, RECORD_MILESTONE, FILE_NAME,
		       "compromiso,hito,fin,fin original\n1,2,2023-08-31,2023-06-15\n");
	store_close(store);
	store_close(other);
	import_assert_rows("b.db",
			   "SELECT ends || ' ' || original_ends AS x FROM milestone WHERE "
			   "original_ends IS NOT NULL ORDER BY ends",
			   "2023-05-31 2023-03-31\n2023-08-31 2023-06-15");
}

static void assert_fails(struct store *store, enum record_kind_id kind, const char *text,
			 const char *part)
{
	struct error err;
	struct csv_import_result result = csv_fails(store, kind, "x.csv", text, &err);
	const char *said = result.errors.count ? result.errors.items[0].text : err.text;
	if (!strstr(said, part))
		fail_msg("no «%s» in: %s", part, said);
	assert_true(result.error_count <= 1);
	csv_import_result_release(&result);
}

/* A report of what is not there says what to import first. */
static void what_is_not_there_yet(void **state)
{
	(void)state;
	struct store *store = test_create("a.db");
	assert_fails(store, RECORD_PROGRESS, "compromiso,hito,avance\n1,1,2\n",
		     "no hay ningún plan; importe antes");
	csv_outcome_of(store, RECORD_MILESTONE, FILE_NAME, csv_milestones);
	assert_fails(store, RECORD_PROGRESS, "plan,compromiso,hito,avance,corte\npaga8,1,1,2,2023-01-01\n",
		     "importe antes sus hitos");
	assert_fails(store, RECORD_PROGRESS, "compromiso,hito,avance,corte\n1,9,2,2023-01-01\n",
		     "importe antes los hitos");
	assert_fails(store, RECORD_PROGRESS,
		     "compromiso,hito,avance,corte,reunión,punto\n1,1,2,2023-01-01,AM-2023-09,2\n",
		     "importe antes su acta");
	store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_name_says_the_sector),
		TEST(rows_of_totals),
		TEST(what_is_no_total),
		TEST(a_list_of_many_plans),
		TEST(months_before_days),
		TEST(what_lists_keep),
		TEST(what_is_not_there_yet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
