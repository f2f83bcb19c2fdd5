/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actas into the database: the rows a new one makes, and what a corrected one changes. */
#include "store/import_test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/strbuf.h"

static void a_new_acta_makes_its_rows(void **state)
{
	(void)state;
	struct store *store = test_create("new.db");
	assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_NEW);
	store_close(store);
	assert_int_equal(import_verified_head("new.db"), 1);
	import_assert_rows("new.db",
		    "SELECT number || ' ' || date || ' ' || starts || ' ' || ends || ' ' || place "
		    "|| ' ' || status || ' ' || prepared_by || ' ' || signatories AS x FROM meeting",
		    "AM-2023-04 2023-09-14 09:00 10:30 Biblioteca municipal, sala 2 closed "
		    "Secretaría Técnica "
		    "Directora Nacional, Defensoría del Pueblo de Ecuador, Presidencia del Foro");
	import_assert_rows("new.db",
		    "SELECT acronym || ' ' || sector || ' ' || capacity || ' ' || status || ' ' || "
		    "review AS x FROM attendance JOIN organization AS o ON o.key = organization "
		    "ORDER BY rank",
		    "DPE public member present 0\nAME public member present 0\n"
		    "CNE public member present 0\nFCD civil_society member present 0\n"
		    "XQZ civil_society member present 1\nUTPL academia member present 0\n"
		    "MINTEL public observer present 0\nCEE private member absent 0");
	import_assert_rows("new.db",
		    "SELECT a.label || ' ' || a.title || ' ' || a.state || ' ' || "
		    "coalesce(p.label, '-') AS x FROM agenda_item AS a LEFT JOIN agenda_item AS p "
		    "ON p.key = a.parent ORDER BY a.rank",
		    "1 Apertura de la sesión done -\n2 Avance de los compromisos done -\n"
		    "3 Medición de municipios done -\n4 Varios done -\n"
		    "4.a Calendario del próximo año done 4\n4.b Difusión done 4");
	import_assert_rows("new.db",
		    "SELECT label || ' ' || acronym || ' ' || e.kind || ' ' || "
		    "coalesce(decision_number || ' ' || decision_kind, '') || coalesce(' ' || "
		    "tally, '') AS x FROM entry AS e JOIN agenda_item AS a ON a.key = "
		    "e.agenda_item LEFT JOIN organization AS o ON o.key = e.organization ORDER BY "
		    "e.rank",
		    "1 DPE decision R-2023-04-01 consensus\n2 DPE note \n2 FCD note \n"
		    "2 AME undertaking \n3 AME note \n3 UTPL request \n4.a DPE undertaking \n"
		    "4.b FCD decision R-2023-04-02 vote 5 a favor, 1 en contra");
}

static void figures_and_followups_hang_on_their_items(void **state)
{
	(void)state;
	import_assert_rows("new.db",
		    "SELECT c.code || ' ' || p.code || ' ' || percent || ' ' || as_of || ' ' || "
		    "number || ' ' || label AS x FROM progress AS g JOIN commitment AS c ON c.key = "
		    "g.commitment JOIN plan AS p ON p.key = plan JOIN meeting AS m ON m.key = "
		    "g.meeting JOIN agenda_item AS a ON a.key = agenda_item ORDER BY c.sort",
		    "C1 paga 10.0 2023-09-14 AM-2023-04 2\nC2 paga 20.5 2023-09-14 AM-2023-04 2\n"
		    "C3 paga 0.0 2023-09-14 AM-2023-04 2");
	import_assert_rows("new.db",
		    "SELECT l.name || ' ' || value || ' ' || as_of || ' ' || acronym || ' ' || "
		    "label AS x FROM measurement AS v JOIN indicator AS i ON i.key = indicator JOIN "
		    "organization AS o ON o.key = i.organization JOIN local_government AS l ON l.key "
		    "= v.local_government JOIN agenda_item AS a ON a.key = v.agenda_item ORDER BY l.sort",
		    "Loja 61.5 2023-09-14 AME 3\nTena 48.25 2023-09-14 AME 3");
	assert_int_equal(import_number("new.db", "SELECT count(*) FROM indicator"), 1);
	import_assert_rows("new.db",
		    "SELECT code || ' ' || f.kind || ' ' || status || ' ' || coalesce(due, '-') || "
		    "' ' || coalesce(due_text, '-') || ' ' || acronym || ' ' || label AS x FROM "
		    "followup AS f JOIN followup_responsible AS r ON r.followup = f.key JOIN "
		    "organization AS o ON o.key = r.organization JOIN agenda_item AS a ON a.key = "
		    "f.agenda_item JOIN entry AS e ON e.key = f.entry ORDER BY code",
		    "S-2023-001 undertaking proposed 2024-03-31 hasta marzo 2024 AME 2\n"
		    "S-2023-002 request proposed 2023-10-14 en 30 días DPE 3\n"
		    "S-2023-003 undertaking proposed - - DPE 4.a");
	import_assert_rows("new.db",
		    "SELECT kind || ' ' || title || ' ' || (sha256 IS NOT NULL) AS x FROM document "
		    "ORDER BY kind",
		    "acta acta.txt 1\nannex Presentación de avances 0");
	import_assert_rows("new.db", "SELECT words AS x FROM history",
		    "Importa el acta AM-2023-04: 6 puntos, 8 resoluciones, 3 acciones");
}

/* A correction, and exactly what it may change. */
static const struct {
	const char *from, *to, *edits;
} corrections[] = {
	{"C2 (20,5%)", "C2 (25%)", "entry:text\nprogress:percent"},
	{"Medición de municipios\t", "Medición de los municipios\t", "agenda_item:title"},
	{"FCD pregunta por las fechas", "FCD pregunta otra vez por las fechas", "entry:text"},
	{"\tFCD pregunta por", "\tCNE explica su plan de datos.\n\tFCD pregunta por", "+entry"},
	{"\tFCD pregunta por las fechas del portal de datos.\n", "", "-entry"},
	{"DPE, AME, CNE. OSC", "DPE, AME, CNE, SNP. OSC",
	 "+attendance\n+membership\n+organization"},
	{"DPE, AME, CNE. OSC", "DPE, AME. OSC", "-attendance"},
	{"CNE. OSC: FCD, XQZ. Academia: UTPL.\n\tObservadores e invitaciones especiales: MINTEL\n"
	 "Ausentes:\tCEE",
	 "OSC: FCD, XQZ. Academia: UTPL.\n\tObservadores e invitaciones especiales: MINTEL\n"
	 "Ausentes:\tCEE, CNE",
	 "attendance:status,rank"},
	{"hasta marzo 2024", "hasta abril 2024", "entry:text\nfollowup:description,due,due_text"},
	{"a. Calendario del próximo año\tDPE circulará el calendario de reuniones.\nb. Difusión",
	 "a. Difusión", "-agenda_item\n-entry\n-followup\n-followup_responsible\nagenda_item:label"},
	{"Directora Nacional\n", "Director Nacional\n", "meeting:signatories"},
	{"Loja (61.5)", "Loja (62)", "entry:text\nmeasurement:value"},
	{"y Tena (48.25)", "y Puyo (48.25)",
	 "+local_government\n+measurement\n-measurement\nentry:text"},
	{"Presentación de avances", "Presentación final", "+document\n-document"},
	{"Biblioteca municipal, sala 2", "Biblioteca municipal, sala 3", "meeting:place"},
	{"10h30", "10h45", "meeting:ends"},
	{"5 votos", "6 votos", "entry:text,tally"},
	{"Se aprueba por consenso el orden del día.", "Se lee el orden del día.",
	 "entry:text,kind,decision_number,decision_kind"},
	{"UTPL solicita a la DPE", "UTPL solicita a la AME",
	 "+followup_responsible\n-followup_responsible\nentry:text\nfollowup:description"},
};

static void a_correction_changes_exactly_its_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(corrections); i++) {
		char name[32];
		snprintf(name, sizeof(name), "correct%zu.db", i);
		struct store *store = test_create(name);
		assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_NEW);
		char *text = import_replace(import_acta, corrections[i].from, corrections[i].to);
		assert_int_equal(import_done(store, text), ACTA_IMPORT_UPDATED);
		char *edits = import_last_edits(name);
		if (strcmp(edits, corrections[i].edits) != 0)
			fail_msg("«%s»: %s", corrections[i].to, edits);
		free(edits);
		/* And back: all as it was, but for keys of rows that went and came. */
		assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_UPDATED);
		store_close(store);
		assert_int_equal(import_verified_head(name), 3);
		free(text);
	}
}

/* Every acta of the reader's tests. The second reading may know an institution that the
 * first made; from then on a file that says the same changes nothing but its digest. */
static void what_was_read_is_found_again(void **state)
{
	(void)state;
	int count = 0;
	struct strbuf folder, bytes;
	const char *top = getenv("top_srcdir");
	strbuf_init(&folder);
	strbuf_init(&bytes);
	strbuf_addf(&folder, "%s/tests/unit/actas", top ? top : ".");
	DIR *dir = opendir(folder.data);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		struct strbuf path;
		if (!strstr(entry->d_name, ".txt"))
			continue;
		strbuf_init(&path);
		strbuf_addf(&path, "%s/%s", folder.data, entry->d_name);
		strbuf_reset(&bytes);
		assert_done(file_read(path.data, 1 << 20, &bytes, err));
		struct store *store = test_create(entry->d_name);
		assert_int_equal(import_done(store, bytes.data), ACTA_IMPORT_NEW);
		for (int again = 0; again < 2; again++) {
			strbuf_addch(&bytes, '\n');
			assert_int_equal(import_done(store, bytes.data), ACTA_IMPORT_UPDATED);
		}
		store_close(store);
		char *edits = import_last_edits(entry->d_name);
		if (*edits)
			fail_msg("%s: %s", entry->d_name, edits);
		assert_int_equal(import_verified_head(entry->d_name), 3);
		free(edits);
		strbuf_release(&path);
		count++;
	}
	closedir(dir);
	assert_true(count > 10);
	strbuf_release(&folder);
	strbuf_release(&bytes);
}

static void the_same_file_changes_nothing(void **state)
{
	(void)state;
	int64_t head = 0;
	struct store *store = test_open("new.db");
	assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_UNCHANGED);
	struct operation *op = operation_new();
	operation_change(op, "entry", import_number("new.db", "SELECT key FROM entry WHERE "
						       "text LIKE 'FCD pregunta%'"), "text",
			 value_text("FCD pregunta por las fechas del portal de datos."),
			 value_text("FCD quiere saber las fechas."));
	test_commit(store, op);
	assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_UNCHANGED);
	assert_done(store_version(store, &head, err));
	assert_int_equal(head, 2);
	store_close(store);
}

static void a_moved_paragraph_keeps_its_key(void **state)
{
	(void)state;
	static const char line[] = "\tFCD pregunta por las fechas del portal de datos.\n";
	struct store *store = test_create("move.db");
	import_done(store, import_acta);
	char *before = test_query("move.db", "SELECT key FROM entry WHERE text LIKE 'FCD preg%'");
	char *without = import_replace(import_acta, line, "");
	char *moved = import_replace(without, "\tUTPL solicita",
				     "\tFCD pregunta por las fechas del portal de datos.\n"
				     "\tUTPL solicita");
	assert_int_equal(import_done(store, moved), ACTA_IMPORT_UPDATED);
	import_assert_rows("move.db",
		    "SELECT e.key AS x FROM entry AS e JOIN agenda_item AS a ON a.key = agenda_item "
		    "WHERE text LIKE 'FCD preg%' AND label = '3'",
		    before);
	char *edits = import_last_edits("move.db");
	assert_string_equal(edits, "entry:agenda_item,rank");
	free(edits);
	free(before);
	free(without);
	free(moved);
	store_close(store);
	import_verified_head("move.db");
}

/* Numbers of decisions and codes of follow-ups are cited elsewhere: they stay. */
static void numbers_stay(void **state)
{
	(void)state;
	struct store *store = test_create("numbers.db");
	import_done(store, import_acta);
	char *text = import_replace(import_acta, "2. Avance de los",
				    "\tSe acuerda por consenso ampliar el debate.\n2. Avance de los");
	import_done(store, text);
	import_assert_rows("numbers.db",
		    "SELECT decision_number AS x FROM entry WHERE decision_number IS NOT NULL "
		    "ORDER BY rank",
		    "R-2023-04-01\nR-2023-04-03\nR-2023-04-02");
	free(text);
	text = import_replace(import_acta, "\tAME se compromete a enviar el informe",
			      "\tCNE remitirá su padrón.\n\tAME se compromete a enviar pronto el "
			      "informe");
	import_done(store, text);
	import_assert_rows("numbers.db",
		    "SELECT f.code || ' ' || acronym AS x FROM followup AS f JOIN "
		    "followup_responsible AS r ON r.followup = f.key JOIN organization AS o ON "
		    "o.key = organization ORDER BY code",
		    "S-2023-001 AME\nS-2023-002 DPE\nS-2023-003 DPE\nS-2023-004 CNE");
	free(text);
	store_close(store);
	import_verified_head("numbers.db");
}

static void set_status(struct store *store, const char *code, const char *status)
{
	struct operation *op = operation_new();
	int64_t key = 0;
	assert_done(store_find(store, RECORD_FOLLOWUP, code, &key, err));
	operation_change(op, "followup", key, "status", value_text("proposed"),
			 value_text(status));
	test_commit(store, op);
}

/* Taken in hand: nothing of it changes, it is not proposed again, and it survives its paragraph. */
static void followups_in_hand_are_left_alone(void **state)
{
	(void)state;
	struct store *store = test_create("hand.db");
	import_done(store, import_acta);
	set_status(store, "S-2023-001", "open");
	set_status(store, "S-2023-003", "done");
	char *text = import_replace(import_acta, "hasta marzo 2024", "hasta abril 2024");
	import_done(store, text);
	import_assert_rows("hand.db", "SELECT code || ' ' || due AS x FROM followup WHERE due_text LIKE "
		    "'hasta%'", "S-2023-001 2024-03-31");
	assert_int_equal(import_number("hand.db", "SELECT count(*) FROM followup"), 3);
	free(text);
	text = import_replace(import_acta,
			      "\tAME se compromete a enviar el informe de talleres hasta marzo "
			      "2024.\n", "");
	char *shorter = import_replace(text, "a. Calendario del próximo año\tDPE circulará el "
				       "calendario de reuniones.\nb. Difusión", "a. Difusión");
	import_done(store, shorter);
	import_assert_rows("hand.db",
		    "SELECT code || ' ' || status || ' ' || coalesce(entry, '-') || ' ' || "
		    "coalesce(label, '-') AS x FROM followup AS f LEFT JOIN agenda_item AS a ON "
		    "a.key = agenda_item WHERE code <> 'S-2023-002' ORDER BY code",
		    "S-2023-001 open - 2\nS-2023-003 done - -");
	free(text);
	free(shorter);
	store_close(store);
	import_verified_head("hand.db");
}

static void an_approved_acta_is_not_imported_over(void **state)
{
	(void)state;
	struct error refusal = {0};
	int64_t key = 0, head = 0;
	struct store *store = test_create("approved.db");
	import_done(store, import_acta);
	assert_done(store_find(store, RECORD_MEETING, "AM-2023-04", &key, err));
	struct operation *op = operation_new();
	operation_change(op, "meeting", key, "status", value_text("closed"),
			 value_text("approved"));
	test_commit(store, op);
	char *text = import_replace(import_acta, "C2 (20,5%)", "C2 (99%)");
	assert_int_equal(import_try(store, text, &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "AM-2023-04"));
	assert_non_null(strstr(refusal.text, "aprobada"));
	assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_UNCHANGED);
	assert_done(store_version(store, &head, err));
	assert_int_equal(head, 2);
	free(text);
	store_close(store);
}

/* ---- institutions */

static void institutions_are_not_made_twice(void **state)
{
	(void)state;
	struct store *store = test_create("known.db");
	struct operation *op = operation_new();
	add_row(op, "organization", "acronym", "FUNDAPI", "sector", "civil_society", "sort",
		"fundapi", NULL);
	add_row(op, "organization", "acronym", "Elec", "name", "Consejo Nacional Electoral",
		"sector", "public", "sort", "elec", NULL);
	test_commit(store, op);
	char *text = import_replace(import_acta, "CNE. OSC: FCD, XQZ.",
				    "CNE. OSC: Fundapi, FUNDAPI, Fundación Ciudadanía y "
				    "Desarrollo, fcd.");
	import_done(store, text);
	store_close(store);
	import_assert_rows("known.db",
		    "SELECT acronym || ' ' || count(a.key) || ' ' || review AS x FROM organization "
		    "AS o JOIN attendance AS a ON a.organization = o.key WHERE sector = "
		    "'civil_society' OR acronym = 'Elec' GROUP BY o.key ORDER BY acronym",
		    "Elec 1 0\nFCD 1 0\nFUNDAPI 1 0");
	import_verified_head("known.db");
	free(text);
}

static void what_nobody_knows_is_to_be_reviewed(void **state)
{
	(void)state;
	char *one = import_replace(import_acta, "Academia: UTPL",
				   "Academia: Centro de Estudios del Valle (CEV), UTPL");
	char *text = import_replace(one, "OSC: FCD", "Sector Privado: FCD");
	struct store *store = test_create("unknown.db");
	import_done(store, text);
	store_close(store);
	/* The directory calls the FCD civil society: somebody should look. */
	import_assert_rows("unknown.db",
		    "SELECT acronym || ' ' || sector || ' ' || coalesce(name, '-') AS x FROM "
		    "organization WHERE review ORDER BY acronym",
		    "CEV academia Centro de Estudios del Valle\n"
		    "FCD private Fundación Ciudadanía y Desarrollo\nXQZ private -");
	free(one);
	free(text);
}

/* The acta gives these no sector, their names do; where it gives one, that holds. */
static void a_name_says_the_sector(void **state)
{
	(void)state;
	char *one = import_replace(import_acta, "MINTEL\n",
				   "MINTEL, Universidad del Puerto, Ministerio de Veredas\n");
	char *text = import_replace(one, "OSC: FCD", "OSC: Ministerio de Cometas, FCD");
	struct store *store = test_create("named.db");
	import_done(store, text);
	store_close(store);
	import_assert_rows("named.db",
			   "SELECT acronym || ' ' || sector || ' ' || review AS x FROM "
			   "organization WHERE acronym LIKE '%e%i% de%' OR acronym LIKE 'Univ%' "
			   "ORDER BY sort",
			   "Ministerio de Cometas civil_society 1\n"
			   "Ministerio de Veredas public 1\nUniversidad del Puerto academia 1");
	free(one);
	free(text);
}

/* ---- what is not the acta's */

static void what_others_added_stays(void **state)
{
	(void)state;
	static const char sub[] = "a. Calendario del próximo año\tDPE circulará el calendario de "
				  "reuniones.\nb. Difusión";
	struct store *store = test_create("others.db");
	import_done(store, import_acta);
	int64_t meeting = import_number("others.db", "SELECT key FROM meeting");
	struct operation *op = operation_new();
	add_row(op, "progress", "as_of", "2023-09-14", "reporter", "entity", NULL);
	operation_field(op, "commitment",
			value_key(import_number("others.db", "SELECT key FROM commitment")));
	operation_field(op, "meeting", value_key(meeting));
	operation_field(op, "agenda_item", value_key(import_number("others.db", "SELECT key FROM "
							     "agenda_item WHERE label = '4.a'")));
	add_row(op, "document", "kind", "acta", "title", "Firmada", "location", "/x.pdf", NULL);
	operation_field(op, "meeting", value_key(meeting));
	add_row(op, "document", "kind", "annex", "title", "Otro", "location", "/y.pdf", NULL);
	operation_field(op, "meeting", value_key(meeting));
	test_commit(store, op);
	char *text = import_replace(import_acta, sub, "a. Difusión");
	import_done(store, text);
	import_assert_rows("others.db", "SELECT title AS x FROM document ORDER BY title",
		    "Firmada\nOtro\nPresentación de avances\nacta.txt");
	assert_int_equal(import_number("others.db",
		      "SELECT count(*) FROM progress WHERE reporter = 'entity' AND agenda_item IS "
		      "NULL"), 1);
	free(text);
	store_close(store);
	import_verified_head("others.db");
}

/* ---- at the same time, and for show */

/* Two processes, the same file: whoever comes second finds it there. */
static void two_at_once_make_one(void **state)
{
	(void)state;
	for (int round = 0; round < 5; round++) {
		char name[32];
		int statuses[2] = {0}, ends[2];
		pid_t children[2];
		snprintf(name, sizeof(name), "race%d.db", round);
		store_close(test_create(name));
		assert_int_equal(pipe(ends), 0);
		for (int i = 0; i < 2; i++) {
			children[i] = fork();
			assert_true(children[i] >= 0);
			if (children[i])
				continue;
			char go;
			close(ends[1]);
			struct store *store = test_open(name);
			if (read(ends[0], &go, 1) != 0)
				_exit(99);
			_exit((int)import_done(store, import_acta));
		}
		close(ends[0]);
		close(ends[1]); /* the starting shot */
		for (int i = 0; i < 2; i++) {
			assert_int_equal(waitpid(children[i], &statuses[i], 0), children[i]);
			assert_true(WIFEXITED(statuses[i]));
		}
		int outcomes = 1 << WEXITSTATUS(statuses[0]) | 1 << WEXITSTATUS(statuses[1]);
		assert_int_equal(outcomes, 1 << ACTA_IMPORT_NEW | 1 << ACTA_IMPORT_UNCHANGED);
		assert_int_equal(import_verified_head(name), 1);
		assert_int_equal(import_number(name, "SELECT count(*) FROM meeting"), 1);
	}
}

static void a_dry_run_writes_nothing(void **state)
{
	(void)state;
	struct acta_import_result result;
	struct store *store = test_create("dry.db");
	struct digest empty = test_digest("dry.db");
	const struct acta_source source = {
		.name = "a.txt", .bytes = import_acta, .length = strlen(import_acta)};
	assert_done(acta_import_text(store, &source, true, &result, err));
	assert_int_equal(result.outcome, ACTA_IMPORT_NEW);
	assert_int_equal(result.number, 0);
	assert_true(result.added > 50);
	assert_int_equal(result.unknown_organizations, 1);
	acta_import_result_release(&result);
	store_close(store);
	assert_string_equal(test_digest("dry.db").hex, empty.hex);
	char *journal = folder_path("dry.db-journal");
	assert_int_not_equal(access(journal, F_OK), 0);
	free(journal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_acta_makes_its_rows),
		cmocka_unit_test(figures_and_followups_hang_on_their_items),
		cmocka_unit_test(what_was_read_is_found_again),
		cmocka_unit_test(the_same_file_changes_nothing),
		cmocka_unit_test(a_correction_changes_exactly_its_rows),
		cmocka_unit_test(a_moved_paragraph_keeps_its_key),
		cmocka_unit_test(numbers_stay),
		cmocka_unit_test(followups_in_hand_are_left_alone),
		cmocka_unit_test(an_approved_acta_is_not_imported_over),
		cmocka_unit_test(institutions_are_not_made_twice),
		cmocka_unit_test(what_nobody_knows_is_to_be_reviewed),
		cmocka_unit_test(a_name_says_the_sector),
		cmocka_unit_test(what_others_added_stays),
		cmocka_unit_test(two_at_once_make_one),
		cmocka_unit_test(a_dry_run_writes_nothing),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
