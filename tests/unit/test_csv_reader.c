/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/text_map.h"
#include "nucleo/exchange/csv_reader.h"
#include "nucleo/exchange/record_csv.h"

/* Owned: "1:a|b" and so on, a row a line with its number before the cells. */
static char *dump(const struct csv_table *table)
{
	struct strbuf out;
	strbuf_init(&out);
	for (size_t row = 0; row < table->rows.count; row++) {
		strbuf_addf(&out, "%s%zu:", row ? "\n" : "", table->rows.items[row].number);
		for (size_t i = 0; i < table->rows.items[row].count; i++)
			strbuf_addf(&out, "%s%s", i ? "|" : "", csv_cell(table, row, i));
	}
	return strbuf_detach(&out);
}

static void files(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"a,b\n1,2\n", "1:a|b\n2:1|2"},
		{"a,b\r\n1,2\r\n", "1:a|b\n2:1|2"},
		{"a,b\r1,2\r", "1:a|b\n2:1|2"},
		{"a,b\n1,2", "1:a|b\n2:1|2"},
		{"\xEF\xBB\xBF"
		 "a,b\n1,2",
		 "1:a|b\n2:1|2"},
		{"a;b\n1,5;2\n", "1:a|b\n2:1,5|2"},
		{"a\tb\n1\t2\n", "1:a|b\n2:1|2"},
		{"\"a;x;y\",b\n1,2\n", "1:a;x;y|b\n2:1|2"},
		{"sep=;\na,b;c\n1;2\n", "1:a,b|c\n2:1|2"},
		{"a\n1\n", "1:a\n2:1"},
		{"a,b\n\n,\n1,2\n", "1:a|b\n4:1|2"},
		{"\n\na,b\n1,2\n", "3:a|b\n4:1|2"},
		{"a,b\n\"x, \"\"y\"\"\",2\n", "1:a|b\n2:x, \"y\"|2"},
		{"a,b\n\"x\r\ny\",2\n3,4", "1:a|b\n2:x\ny|2\n3:3|4"},
		{"a,b\n 1 , \"2\" \n", "1:a|b\n2:1|2"},
		{"a,b\n5\" tubo,2\n", "1:a|b\n2:5\" tubo|2"},
		{"a,b\n1\n1,2,3\n", "1:a|b\n2:1\n3:1|2|3"},
		{"a,b\n'=1+1,'-5\n", "1:a|b\n2:=1+1|'-5"},
		{"a,b\n''=x,'tis\n", "1:a|b\n2:'=x|'tis"},
		{"a,b\nni\xF1o,a\xF1o\n", "1:a|b\n2:niño|año"},
		{"a,b\n1\f2,\xC2\xA0"
		 "3\n",
		 "1:a|b\n2:1 2|3"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct csv_table table;
		struct error err;
		if (csv_read(cases[i].text, strlen(cases[i].text), &table, &err) != RC_OK)
			fail_msg("case %zu: %s", i, err.text);
		char *found = dump(&table);
		if (strcmp(found, cases[i].expected) != 0)
			fail_msg("case %zu: %s", i, found);
		free(found);
		csv_table_release(&table);
	}
}

static void lines_are_counted(void **state)
{
	static const char text[] = "sep=;\na\n\"x\ny\"\n\nz\n";
	struct csv_table table;
	struct error err;
	(void)state;
	assert_int_equal(csv_read(text, strlen(text), &table, &err), RC_OK);
	assert_int_equal(table.rows.items[0].line, 2);
	assert_int_equal(table.rows.items[1].line, 3);
	assert_int_equal(table.rows.items[2].line, 6);
	assert_int_equal(table.rows.items[2].number, 4);
	csv_table_release(&table);
}

static void refused(const char *text, size_t length, const char *part)
{
	struct csv_table table;
	struct error err = {0};
	assert_int_equal(csv_read(text, length, &table, &err), RC_INVALID);
	if (!strstr(err.text, part))
		fail_msg("no «%s» in: %s", part, err.text);
	assert_int_equal(table.rows.count, 0);
}

static void what_is_refused(void **state)
{
	static const struct {
		const char *text, *part;
	} cases[] = {
		{"", "vacío"},
		{"\n , \n", "vacío"},
		{"a,b\n1,\"2\n3,4\n", "fila 2, columna B: falta la comilla"},
		{"a,b\n\"1\"x,2\n", "fila 2, columna A: hay texto después"},
		{"PK\x03\x04zzzz", "libro de hoja de cálculo"},
		{"%PDF-1.4", "PDF"},
		{"a,b\nni\xF1o y ni\xC3\xB1o y pi\xC3\xB1"
		 "a,2\n",
		 "UTF-8"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		refused(cases[i].text, strlen(cases[i].text), cases[i].part);
	refused("a,b\n1,\0002\n", 9, "byte nulo");
	refused("a\0,\0b\0", 6, "byte nulo");
	refused("\xFF\xFE" "a\0,", 5, "cortado");
	refused("\xFF\xFE" "a\0\n\0\0\0", 8, "línea 2 no es UTF-16");
	refused("\xFF\xFE" "a\0\x3D\xD8", 6, "línea 1 no es UTF-16");
	refused("\xFE\xFF" "\0a\xDC\x00\xD8\x3D", 8, "línea 1 no es UTF-16");
	refused("\xFF\xFE", 2, "vacío");
}

/* What Excel writes as "Unicode text", and the same from the other end. */
static void utf16(void **state)
{
	static const char little[] = "\xFF\xFE" "a\0\xF1\0\t\0\"\0x\0\"\0\r\0\n\0\x3D\xD8\xC1\xDC\t\0";
	static const char big[] = "\xFE\xFF" "\0a\0\xF1\0\t\0\"\0x\0\"\0\r\0\n\xD8\x3D\xDC\xC1\0\t";
	const char *const texts[] = {little, big};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct csv_table table;
		struct error err;
		assert_int_equal(csv_read(texts[i], sizeof(little) - 1, &table, &err), RC_OK);
		assert_int_equal(table.delimiter, '\t');
		assert_string_equal(csv_cell(&table, 0, 0), "añ");
		assert_string_equal(csv_cell(&table, 0, 1), "x");
		assert_string_equal(csv_cell(&table, 1, 0), "\xF0\x9F\x93\x81");
		assert_int_equal(table.rows.count, 2);
		csv_table_release(&table);
	}
}

static void limits(void **state)
{
	struct strbuf text;
	(void)state;
	strbuf_init(&text);
	for (int i = 0; i < CSV_MAX_COLUMNS; i++)
		strbuf_adds(&text, "a,");
	strbuf_adds(&text, "b\n");
	refused(text.data, text.length, "columna GS: hay más de 200 columnas");
	strbuf_reset(&text);
	strbuf_adds(&text, "a,b\n1,");
	for (int i = 0; i <= CSV_MAX_CELL; i++)
		strbuf_addch(&text, 'x');
	refused(text.data, text.length, "fila 2, columna B: el texto pasa de 65536 bytes");
	strbuf_reset(&text);
	for (int i = 0; i < CSV_MAX_ROWS + 2; i++)
		strbuf_adds(&text, "a\n");
	refused(text.data, text.length, "pasa de 100000 filas");
	strbuf_release(&text);
	char *large = mem_alloc_zero(CSV_MAX_BYTES + 1, 1);
	memset(large, 'x', CSV_MAX_BYTES + 1);
	refused(large, CSV_MAX_BYTES + 1, "pasa de 16 MiB");
	free(large);
}

/* What the writer of this program protects from spreadsheets comes back as it was. */
static void cells_come_back(void **state)
{
	static const char *const texts[] = {"=1+1", "'=1+1", "''@x", "-5", "'-5", "+593 2", "@x",
					    "a,b",  "\"",    "x\ny", "'",  "'x",  "1,5",    ";"};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct strbuf text;
		struct csv_table table;
		struct error err;
		strbuf_init(&text);
		strbuf_adds(&text, "a,b,c\r\n");
		csv_add_cell(&text, texts[i]);
		strbuf_adds(&text, ",2,3\r\n");
		assert_int_equal(csv_read(text.data, text.length, &table, &err), RC_OK);
		assert_string_equal(csv_cell(&table, 1, 0), texts[i]);
		csv_table_release(&table);
		strbuf_release(&text);
	}
}

static void letters_of_columns(void **state)
{
	static const struct {
		size_t column;
		const char *letters;
	} cases[] = {{0, "A"},	 {25, "Z"},   {26, "AA"},  {51, "AZ"},
		     {52, "BA"}, {701, "ZZ"}, {702, "AAA"}};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf out;
		strbuf_init(&out);
		csv_add_letters(&out, cases[i].column);
		assert_string_equal(out.data, cases[i].letters);
		strbuf_release(&out);
	}
}

static void a_map_finds_what_was_put(void **state)
{
	struct text_map map = {0};
	char name[20];
	(void)state;
	assert_int_equal(text_map_get(&map, "x"), TEXT_MAP_NONE);
	for (size_t i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "%zu", i);
		assert_int_equal(text_map_put(&map, name, i), TEXT_MAP_NONE);
	}
	for (size_t i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "%zu", i);
		assert_int_equal(text_map_get(&map, name), i);
	}
	assert_int_equal(text_map_put(&map, "7", 70), 7);
	assert_int_equal(text_map_get(&map, "7"), 70);
	assert_int_equal(text_map_get(&map, "1000"), TEXT_MAP_NONE);
	text_map_release(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files),
		cmocka_unit_test(lines_are_counted),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(utf16),
		cmocka_unit_test(limits),
		cmocka_unit_test(cells_come_back),
		cmocka_unit_test(letters_of_columns),
		cmocka_unit_test(a_map_finds_what_was_put),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
