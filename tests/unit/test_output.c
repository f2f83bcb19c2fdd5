/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/progress.h"
#include "nucleo/exchange/record_csv.h"
#include "nucleo/exchange/record_json.h"
#include "nucleo/exchange/record_writer.h"
#include "nucleo/model/code.h"
#include "nucleo/model/records.h"

/* The keys scripts rely on. They may be added to, never taken away. */
static const struct {
	enum record_kind_id kind;
	const char *keys;
} promised[] = {
	{RECORD_COMMITMENT, "code plan title lead percent as_of previous_percent expected_percent "
			    "pace overdue blocked"},
	{RECORD_MILESTONE, "commitment number title starts ends percent"},
	{RECORD_MEETING, "number date starts ends place status prepared_by signatories"},
	{RECORD_AGENDA, "meeting label parent title state"},
	{RECORD_ATTENDEE, "meeting organization sector capacity status mode"},
	{RECORD_RESOLUTION, "id meeting item kind organization text decision"},
	{RECORD_FOLLOWUP, "id description kind responsible due due_text status meeting item "
			  "commitment carried"},
	{RECORD_INDICATOR, "organization place name value as_of"},
	{RECORD_ORGANIZATION, "acronym name sector role review"},
	{RECORD_HISTORY, "number at by words undoes refused"},
};

static void every_promised_key_is_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(promised); i++) {
		const struct record_kind *kind = &record_kinds[promised[i].kind];
		void *row = calloc(1, kind->size);
		struct strbuf out;
		strbuf_init(&out);
		record_clear(kind, row);
		record_add_json(&out, kind, row);
		for (const char *at = promised[i].keys; *at; at += strspn(at, " ")) {
			char quoted[64];
			size_t length = strcspn(at, " ");
			snprintf(quoted, sizeof(quoted), "\"%.*s\":", (int)length, at);
			if (!strstr(out.data, quoted))
				fail_msg("%s has no key %s", kind->name, quoted);
			at += length;
		}
		strbuf_release(&out);
		free(row);
	}
}

static void nothing_internal_is_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
		const struct record_kind *kind = &record_kinds[i];
		void *row = calloc(1, kind->size);
		struct strbuf out;
		strbuf_init(&out);
		record_clear(kind, row);
		record_add_json(&out, kind, row);
		assert_null(strstr(out.data, "_key\":"));
		assert_null(strstr(out.data, "\"rank\":"));
		strbuf_release(&out);
		free(row);
	}
}

static void names_of_kinds_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
		const struct record_kind *kind = &record_kinds[i];
		assert_int_equal(kind->id, i);
		assert_ptr_equal(record_kind_named(kind->name), kind);
		assert_ptr_equal(record_kind_named(kind->plural), kind);
		for (size_t j = 0; j < ARRAY_COUNT(kind->spanish) && kind->spanish[j]; j++)
			assert_ptr_equal(record_kind_named(kind->spanish[j]), kind);
		for (size_t j = 0; j < kind->field_count; j++) {
			const struct field *field = &kind->fields[j];
			assert_ptr_equal(record_field_named(kind, field->name), field);
			/* Items of a list may end in one of them. */
			if (field->type != FIELD_LIST)
				assert_true((field->type == FIELD_ENUM) == (field->names != NULL));
		}
	}
	assert_ptr_equal(record_kind_named("REUNION"), &record_kinds[RECORD_MEETING]);
	assert_null(record_kind_named(""));
}

static struct commitment a_commitment(void)
{
	struct commitment row;
	record_clear(&record_kinds[RECORD_COMMITMENT], &row);
	row.code = "C6";
	row.plan = "paga2";
	row.title = "Portal \"único\"\nde datos\x1b[2J";
	row.lead = "DPE\nFCD";
	row.percent = 3850;
	row.as_of = date_from_civil(2023, 11, 17);
	row.pace = PACE_BEHIND;
	row.blocked = true;
	return row;
}

static void json_of_a_row(void **state)
{
	(void)state;
	struct commitment row = a_commitment();
	struct strbuf out;
	strbuf_init(&out);
	record_add_json(&out, &record_kinds[RECORD_COMMITMENT], &row);
	assert_non_null(strstr(out.data, "\"code\":\"C6\""));
	assert_non_null(strstr(out.data, "\"title\":\"Portal \\\"único\\\"\\nde datos\\u001b[2J\""));
	assert_non_null(strstr(out.data, "\"lead\":[\"DPE\",\"FCD\"]"));
	assert_non_null(strstr(out.data, "\"counterpart\":[]"));
	assert_non_null(strstr(out.data, "\"percent\":38.5,"));
	assert_non_null(strstr(out.data, "\"previous_percent\":null"));
	assert_non_null(strstr(out.data, "\"as_of\":\"2023-11-17\""));
	assert_non_null(strstr(out.data, "\"pace\":\"behind\""));
	assert_non_null(strstr(out.data, "\"overdue\":false,\"blocked\":true"));
	assert_null(strstr(out.data, "milestone_expected"));
	strbuf_release(&out);
}

static void json_of_decisions_numbers_and_undone(void **state)
{
	(void)state;
	struct strbuf out;
	struct resolution resolution;
	struct indicator indicator;
	struct history history;
	struct meeting meeting;
	strbuf_init(&out);
	record_clear(&record_kinds[RECORD_RESOLUTION], &resolution);
	record_add_json(&out, &record_kinds[RECORD_RESOLUTION], &resolution);
	assert_non_null(strstr(out.data, "\"decision\":null"));
	assert_null(strstr(out.data, "decision_"));
	resolution.decision_kind = DECISION_VOTE;
	resolution.decision_number = "R-2023-05-03";
	record_add_json(&out, &record_kinds[RECORD_RESOLUTION], &resolution);
	assert_non_null(
		strstr(out.data, "\"decision\":{\"number\":\"R-2023-05-03\",\"kind\":\"vote\"}"));
	record_clear(&record_kinds[RECORD_INDICATOR], &indicator);
	record_add_json(&out, &record_kinds[RECORD_INDICATOR], &indicator);
	assert_non_null(strstr(out.data, "\"value\":null"));
	indicator.value = INFINITY;
	record_add_json(&out, &record_kinds[RECORD_INDICATOR], &indicator);
	assert_null(strstr(out.data, "inf"));
	indicator.value = 84.72;
	record_add_json(&out, &record_kinds[RECORD_INDICATOR], &indicator);
	assert_non_null(strstr(out.data, "\"value\":84.72"));
	record_clear(&record_kinds[RECORD_HISTORY], &history);
	record_add_json(&out, &record_kinds[RECORD_HISTORY], &history);
	assert_non_null(strstr(out.data, "\"undoes\":null"));
	record_clear(&record_kinds[RECORD_MEETING], &meeting);
	meeting.starts = 15 * 60;
	meeting.signatories = "Subsecretario de Gobierno Abierto\nDirector, ejecutivo";
	record_add_json(&out, &record_kinds[RECORD_MEETING], &meeting);
	assert_non_null(strstr(out.data, "\"starts\":\"15:00\",\"ends\":null"));
	assert_non_null(strstr(out.data, "\"signatories\":[\"Subsecretario de Gobierno Abierto\","
					 "\"Director, ejecutivo\"]"));
	strbuf_release(&out);
}

static void csv_cells(void **state)
{
	(void)state;
	static const struct {
		const char *text, *cell;
	} cases[] = {
		{"", ""},
		{"simple", "simple"},
		{"a,b", "\"a,b\""},
		{"di \"eso\"", "\"di \"\"eso\"\"\""},
		{"dos\nlíneas", "\"dos\nlíneas\""},
		{"=1+1", "'=1+1"},
		{"+593", "+593"},
		{"-12.5", "-12.5"},
		{"-12,5", "\"-12,5\""},
		{"-1+cmd|x", "'-1+cmd|x"},
		{"--1", "'--1"},
		{"-", "'-"},
		{"+1.", "'+1."},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t=1"},
		{"\r=1", "\"'\r=1\""},
		{"=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
		{"ma\xff" "l", "\"ma\xEF\xBF\xBDl\""},
		{"38 %", "38 %"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf out;
		strbuf_init(&out);
		csv_add_cell(&out, cases[i].text);
		assert_string_equal(out.data, cases[i].cell);
		strbuf_release(&out);
	}
}

static void csv_of_rows(void **state)
{
	(void)state;
	const struct record_kind *kind = &record_kinds[RECORD_ATTENDEE];
	struct strbuf out;
	struct record_writer writer;
	struct attendee row;
	strbuf_init(&out);
	record_clear(kind, &row);
	row.meeting = "AM-2023-05";
	row.organization = "FCD";
	row.sector = SECTOR_CIVIL_SOCIETY;
	row.delegate = "=Directora";
	record_writer_begin(&writer, kind, RECORD_FORMAT_CSV, 80, &out);
	record_writer_add(&writer, &row);
	record_writer_end(&writer);
	assert_int_equal(writer.rows, 1);
	assert_string_equal(out.data,
			    "meeting,organization,sector,capacity,status,mode,name,delegate,"
			    "standing,arrived,departed\r\n"
			    "AM-2023-05,FCD,civil_society,,,,,'=Directora,,,\r\n");
	strbuf_release(&out);
}

static void json_lists_are_arrays(void **state)
{
	(void)state;
	const struct record_kind *kind = &record_kinds[RECORD_PLAN];
	for (size_t rows = 0; rows < 3; rows++) {
		struct strbuf out;
		struct record_writer writer;
		struct plan row;
		strbuf_init(&out);
		record_clear(kind, &row);
		record_writer_begin(&writer, kind, RECORD_FORMAT_JSON, 80, &out);
		for (size_t i = 0; i < rows; i++)
			record_writer_add(&writer, &row);
		record_writer_end(&writer);
		size_t commas = 0;
		for (const char *at = out.data; (at = strstr(at, "},\n{")) != NULL; at++)
			commas++;
		assert_int_equal(commas, rows > 1 ? rows - 1 : 0);
		assert_int_equal(out.data[0], '[');
		assert_string_equal(out.data + out.length - 2, "]\n");
		strbuf_release(&out);
	}
}

/* Every line of `text` takes at most `columns`, ends without blanks, and has no controls. */
static size_t check_lines(const char *text, int columns)
{
	size_t lines = 0;
	while (*text) {
		size_t length = strcspn(text, "\n");
		char line[1024];
		assert_true(length < sizeof(line));
		memcpy(line, text, length);
		line[length] = '\0';
		if (utf8_width(line) > columns)
			fail_msg("%d columns: %s", utf8_width(line), line);
		assert_true(!length || line[length - 1] != ' ');
		assert_null(strpbrk(line, "\x1b\t\r"));
		assert_int_equal(text[length], '\n');
		text += length + 1;
		lines++;
	}
	return lines;
}

static void tables_fit_any_width(void **state)
{
	(void)state;
	static const int widths[] = {20, 40, 80, 200};
	static const size_t counts[] = {1, 15, 500, 501, 1200};
	struct commitment row = a_commitment();
	for (size_t w = 0; w < ARRAY_COUNT(widths); w++)
		for (size_t c = 0; c < ARRAY_COUNT(counts); c++) {
			struct strbuf out;
			struct record_writer writer;
			strbuf_init(&out);
			record_writer_begin(&writer, &record_kinds[RECORD_COMMITMENT],
					    RECORD_FORMAT_TEXT, widths[w], &out);
			for (size_t i = 0; i < counts[c]; i++)
				record_writer_add(&writer, &row);
			record_writer_end(&writer);
			assert_int_equal(check_lines(out.data, widths[w]), counts[c] + 1);
			assert_non_null(strstr(out.data, "C6"));
			strbuf_release(&out);
		}
}

static void a_table_for_people(void **state)
{
	(void)state;
	struct strbuf out;
	struct record_writer writer;
	struct commitment row = a_commitment(), bare;
	strbuf_init(&out);
	record_clear(&record_kinds[RECORD_COMMITMENT], &bare);
	bare.code = "C10";
	bare.plan = "paga2";
	bare.percent = 0;
	bare.pace = PACE_UNKNOWN;
	record_writer_begin(&writer, &record_kinds[RECORD_COMMITMENT], RECORD_FORMAT_TEXT, 90, &out);
	record_writer_add(&writer, &row);
	record_writer_add(&writer, &bare);
	record_writer_end(&writer);
	assert_string_equal(
		out.data,
		"Código Plan  Título                     Responsable Avance Corte      Ritmo      "
		"Bloqueado\n"
		"C6     paga2 Portal \"único\" de datos[2J DPE, FCD      38.5 17/11/2023 atrás      "
		"sí\n"
		"C10    paga2 título por confirmar                        0            sin fechas\n");
	strbuf_release(&out);
}

static void no_rows_no_table(void **state)
{
	(void)state;
	struct strbuf out;
	struct record_writer writer;
	strbuf_init(&out);
	record_writer_begin(&writer, &record_kinds[RECORD_PLAN], RECORD_FORMAT_TEXT, 80, &out);
	record_writer_end(&writer);
	assert_string_equal(out.data, "");
	strbuf_release(&out);
}

static void details_say_what_is_known(void **state)
{
	(void)state;
	struct strbuf out;
	struct commitment row = a_commitment();
	strbuf_init(&out);
	row.title = NULL;
	row.blocker = "una\ncausa\x07";
	record_add_details(&out, &record_kinds[RECORD_COMMITMENT], &row);
	assert_non_null(strstr(out.data, "Título:             título por confirmar\n"));
	assert_non_null(strstr(out.data, "Responsable:        DPE, FCD\n"));
	assert_non_null(strstr(out.data, "Avance:             38.5 %\n"));
	assert_non_null(strstr(out.data, "Motivo del bloqueo: una causa\n"));
	assert_null(strstr(out.data, "Contraparte"));
	assert_null(strstr(out.data, "Anterior"));
	strbuf_release(&out);
}

static void suggestions(void **state)
{
	(void)state;
	static const struct {
		const char *word, *best;
	} cases[] = {
		{"comitment", "commitment"}, {"compromsio", "compromiso"}, {"REUNIÓN", "reunion"},
		{"com", "commitment"},	     {"xyz", NULL},		   {"", NULL},
		{"c", NULL},
		{"commitmentcommitmentcommitmentcommitment", NULL},
	};
	static const char *const names[] = {"commitment", "compromiso", "reunion", "meeting"};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct nearest nearest;
		nearest_init(&nearest, cases[i].word);
		for (size_t j = 0; j < ARRAY_COUNT(names); j++)
			nearest_offer(&nearest, names[j]);
		if (cases[i].best)
			assert_string_equal(nearest.best, cases[i].best);
		else
			assert_null(nearest.best);
	}
}

static void codes(void **state)
{
	(void)state;
	static const char *const good[] = {"C1", "c15", "PA3", "C999"};
	static const char *const bad[] = {"", "C", "5", "C0", "C01", "C1000", "C5 ", "C5/", "ABCD1",
					  "C\xC3\xB1", "C5a"};
	for (size_t i = 0; i < ARRAY_COUNT(good); i++)
		assert_true(code_is_commitment(good[i]));
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		assert_false(code_is_commitment(bad[i]));
	assert_true(code_is_plan("paga2"));
	assert_true(code_is_plan("2022-2024"));
	assert_false(code_is_plan("paga/2"));
	assert_false(code_is_plan("-x"));
	assert_false(code_is_plan("abcdefghijklmnopqrstu"));
	assert_true(code_is_acronym("Asamblea Nacional"));
	assert_true(code_is_acronym("Alcaldía"));
	assert_false(code_is_acronym("FCD,AME"));
	assert_false(code_is_acronym("a\nb"));
	assert_false(code_is_acronym("a\xff"));
	assert_false(code_is_acronym(" FCD"));
}

static void commitments_sort_by_plan_then_number(void **state)
{
	(void)state;
	static const char *const order[][2] = {{"paga1", "C9"},	 {"paga2", "C2"}, {"paga2", "c10"},
					       {"paga2", "C100"}, {"paga2", "D1"}, {"paga2", "x"}};
	char *before = commitment_sort_key(order[0][0], order[0][1]);
	for (size_t i = 1; i < ARRAY_COUNT(order); i++) {
		char *key = commitment_sort_key(order[i][0], order[i][1]);
		assert_true(strcmp(before, key) < 0);
		free(before);
		before = key;
	}
	free(before);
}

/* The line of an import of four files, as it gets narrower. */
static void progress_fits_any_width(void **state)
{
	static const struct {
		int columns;
		size_t done;
		const char *expected;
	} cases[] = {
		{79, 0, "············ 1/4 acta de mayo.pdf · Ctrl-C detiene"},
		{79, 3, "█████████··· 4/4 acta de mayo.pdf · Ctrl-C detiene"},
		{39, 2, "██·· 3/4 acta de mayo… · Ctrl-C detiene"},
		{29, 2, "██·· 3/4 acta de mayo.pdf"},
		{19, 2, "██·· 3/4 acta de m…"},
		{6, 2, "██·· …"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct cli_progress progress = {.total = 4, .columns = cases[i].columns};
		struct strbuf line;
		strbuf_init(&line);
		cli_progress_add(&line, &progress, cases[i].done, "carpeta/acta de\x1b mayo.pdf");
		assert_string_equal(line.data, cases[i].expected);
		assert_true(utf8_width(line.data) <= cases[i].columns);
		strbuf_release(&line);
	}
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_promised_key_is_written),
		cmocka_unit_test(nothing_internal_is_written),
		cmocka_unit_test(names_of_kinds_are_unique),
		cmocka_unit_test(json_of_a_row),
		cmocka_unit_test(json_of_decisions_numbers_and_undone),
		cmocka_unit_test(csv_cells),
		cmocka_unit_test(csv_of_rows),
		cmocka_unit_test(json_lists_are_arrays),
		cmocka_unit_test(tables_fit_any_width),
		cmocka_unit_test(a_table_for_people),
		cmocka_unit_test(no_rows_no_table),
		cmocka_unit_test(details_say_what_is_known),
		cmocka_unit_test(suggestions),
		cmocka_unit_test(codes),
		cmocka_unit_test(commitments_sort_by_plan_then_number),
		cmocka_unit_test(progress_fits_any_width),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
