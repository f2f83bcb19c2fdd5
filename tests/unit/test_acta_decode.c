/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that are an acta in some encoding, and bytes that are none. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "acta_dump.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/acta_text.h"

static const char *const sample = "REUNIÓN GRUPO NÚCLEO\tActa Nro. AM-2024-11\n"
				  "Fecha:\t08/11/2024\nHora:\t9h00 a 10h00\nLugar:\tIbarra\n"
				  "Asistentes:\tSector Público: SNP, DPE. OSC: FCD.\n"
				  "Orden del día:\tResoluciones:\n"
				  "1. Ñandú y pingüino\tSNP señala el año próximo.\n"
				  "2. Cierre\tFCD agradece el oficio.\n";

static enum rc read_bytes(const char *bytes, size_t length, struct strbuf *reading,
			  struct error *err)
{
	struct acta acta;
	enum rc rc = acta_read(bytes, length, NULL, 0, &acta, err);
	if (rc == RC_OK)
		acta_dump(&acta, false, reading);
	acta_release(&acta);
	return rc;
}

static void assert_same_reading(const struct strbuf *bytes)
{
	struct strbuf expected, reading;
	struct error err;
	strbuf_init(&expected);
	strbuf_init(&reading);
	assert_int_equal(read_bytes(sample, strlen(sample), &expected, &err), RC_OK);
	assert_non_null(strstr(expected.data, "item 1: Ñandú y pingüino"));
	if (read_bytes(bytes->data, bytes->length, &reading, &err) != RC_OK)
		fail_msg("%s", err.text);
	assert_string_equal(reading.data, expected.data);
	strbuf_release(&reading);
	strbuf_release(&expected);
}

/* Replaces every '\n' of the sample. */
static void with_line_ends(const char *line_end, struct strbuf *out)
{
	for (const char *at = sample; *at; at++) {
		if (*at == '\n')
			strbuf_adds(out, line_end);
		else
			strbuf_addch(out, *at);
	}
}

static void to_cp1252(struct strbuf *text)
{
	struct strbuf bytes;
	const char *at = text->data;
	uint32_t c;
	strbuf_init(&bytes);
	while ((c = utf8_next(&at)) != 0) {
		assert_true(c < 0x100);
		strbuf_addch(&bytes, (char)c);
	}
	strbuf_reset(text);
	strbuf_add(text, bytes.data, bytes.length);
	strbuf_release(&bytes);
}

static void line_ends_and_encodings_do_not_matter(void **state)
{
	static const char *const line_ends[] = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n"};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(line_ends); i++) {
		struct strbuf bytes;
		strbuf_init(&bytes);
		with_line_ends(line_ends[i], &bytes);
		assert_same_reading(&bytes);
		to_cp1252(&bytes);
		assert_same_reading(&bytes);
		strbuf_reset(&bytes);
		strbuf_adds(&bytes, "\xEF\xBB\xBF");
		with_line_ends(line_ends[i], &bytes);
		assert_same_reading(&bytes);
		strbuf_release(&bytes);
	}
}

static void replace(struct strbuf *text, const char *from, const char *to)
{
	struct strbuf out;
	strbuf_init(&out);
	for (const char *at = text->data; *at;) {
		bool found = strncmp(at, from, strlen(from)) == 0;
		if (found)
			strbuf_adds(&out, to);
		else
			strbuf_addch(&out, *at);
		at += found ? strlen(from) : 1;
	}
	strbuf_reset(text);
	strbuf_adds(text, out.data);
	strbuf_release(&out);
}

static void invisible_characters_do_not_matter(void **state)
{
	static const char *const swaps[][2] = {
		{" ", "\u00A0"},		/* no-break blank */
		{"pingüino", "pin\u00ADgüino"}, /* soft hyphen */
		{"Ñ", "N\u0303"},		/* letter and accent apart */
		{"ü", "u\u0308"},
		{"FCD", "F\u200BCD"},		/* zero width */
		{"SNP", "SN\x01P"},		/* control */
		{"1. Ñ", "\u202A1. Ñ"},		/* direction */
		{"oficio", "o\uFB01cio"},	/* joined letters */
		{"2. Cierre", "\f2. Cierre"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(swaps); i++) {
		struct strbuf bytes;
		strbuf_init(&bytes);
		strbuf_adds(&bytes, sample);
		replace(&bytes, swaps[i][0], swaps[i][1]);
		assert_string_not_equal(bytes.data, sample);
		assert_same_reading(&bytes);
		strbuf_release(&bytes);
	}
}

/* An acta whose only unusual line is this one. */
static enum rc read_field(const char *label, const char *value, struct acta *acta)
{
	bool is_date = strcmp(label, "Fecha") == 0;
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	strbuf_addf(&text, "Acta Nro. 7\n%s%s: %s\n1. Uno\nSNP informa.\n",
		    is_date ? "" : "Fecha: 17/11/2023\n", label, value);
	enum rc rc = acta_read(text.data, text.length, NULL, 0, acta, &err);
	strbuf_release(&text);
	return rc;
}

static void dates_are_written_in_many_ways(void **state)
{
	static const struct {
		const char *words, *date; /* NULL: refused */
	} cases[] = {
		{"17/11/2023", "2023-11-17"},
		{"17-nov-23", "2023-11-17"},
		{"2023-11-17", "2023-11-17"},
		{"noviembre 17, 2023", "2023-11-17"},
		{"Quito, D.M., viernes 17 de noviembre del 2023.", "2023-11-17"},
		{"17 de noviembre de dos mil veintitrés", "2023-11-17"},
		{"a los treinta y un días del mes de mayo de 2026", "2026-05-31"},
		{"31/02/2023", NULL},
		{"17/13/2023", NULL},
		{"17/11/1823", NULL},
		{"noviembre", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct acta acta;
		struct strbuf date;
		strbuf_init(&date);
		if (read_field("Fecha", cases[i].words, &acta) == RC_OK)
			date_add_iso(&date, acta.date);
		assert_string_equal(date.data, cases[i].date ? cases[i].date : "");
		acta_release(&acta);
		strbuf_release(&date);
	}
}

static void hours_are_written_in_many_ways(void **state)
{
	static const struct {
		const char *words;
		day_minute starts, ends;
	} cases[] = {
		{"15h00 a 17h30", 900, 1050},
		{"De 15:00 a 17:30 horas", 900, 1050},
		{"3pm - 5:30 pm", 900, 1050},
		{"9 a 11h30", 540, 690},
		{"15h00 (GMT-5)", 900, DAY_MINUTE_NONE},
		{"15 horas", 900, DAY_MINUTE_NONE},
		{"25h00 a 26h00", DAY_MINUTE_NONE, DAY_MINUTE_NONE},
		{"17h00 a 15h00", 1020, DAY_MINUTE_NONE},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct acta acta;
		assert_int_equal(read_field("Hora", cases[i].words, &acta), RC_OK);
		assert_int_equal(acta.starts, cases[i].starts);
		assert_int_equal(acta.ends, cases[i].ends);
		acta_release(&acta);
	}
}

static void lines_are_those_of_the_source(void **state)
{
	struct strbuf bytes;
	struct acta acta;
	struct error err;
	(void)state;
	strbuf_init(&bytes);
	with_line_ends("\r\n\r\n\r\n", &bytes);
	assert_int_equal(acta_read(bytes.data, bytes.length, NULL, 0, &acta, &err), RC_OK);
	assert_int_equal(acta.items.items[0].line, 19);
	assert_int_equal(acta.entries.items[1].line, 22);
	acta_release(&acta);
	strbuf_release(&bytes);
}

struct refusal {
	const char *name;
	const char *bytes;
	size_t length; /* 0: strlen */
	const char *says;
};

#define HEAD "Acta Nro. AM-2024-11\nFecha: 08/11/2024\n"
#define ITEM "Orden del día:\n1. Cierre\nFCD agradece.\n"

static const struct refusal refusals[] = {
	{"empty", "", 0, "vacío"},
	{"blank", " \n\t\r\n\f", 0, "vacío"},
	{"zero byte", HEAD "\0" ITEM, sizeof(HEAD ITEM), "byte nulo en la línea 3"},
	{"controls", "\x01\x02\x03\x04\x05\x06 acta", 0, "control"},
	{"damaged UTF-8", HEAD "Orden del día:\n1. Reunión\nFCD \xFF\xFE.\n", 0, "línea 5"},
	{"undefined in both", HEAD "1. A\xE9o\nFCD \x81\x8D\n", 0, "línea 3"},
	{"another code page", HEAD "\xFE\xFF\xD0\xD7\xFE\xDE\xF0\xF7\xFE\n", 0, "Windows-1252"},
	{"UTF-16",
	 "\xFF\xFE"
	 "A\0c\0t\0a\0",
	 10, "UTF-16"},
	{"UTF-16 without mark", "A\0c\0t\0a\0", 8, "UTF-16"},
	{"zip", "PK\x03\x04rest", 0, "ZIP"},
	{"pdf", "%PDF-1.7\n", 0, "pdftotext"},
	{"doc", "\xD0\xCF\x11\xE0\xA1", 0, "Word"},
	{"rtf", "{\\rtf1 Acta}", 0, "RTF"},
	{"tiff", "II*\0", 4, "imagen"},
	{"gzip", "\x1F\x8B\x08", 0, "comprimido"},
	{"no number", "Fecha: 08/11/2024\n" ITEM, 0, "número"},
	{"prose", "Querida tía:\nayer llovió en Quito.\n", 0, "número"},
	{"no date", "Acta Nro. AM-2024-11\n" ITEM, 0, "fecha"},
	{"no such day", "Acta Nro. AM-2024-11\nFecha: 31/02/2023\n" ITEM, 0, "línea 2"},
	{"no such month", "Acta Nro. AM-2024-11\nFecha: 10/13/2023\n" ITEM, 0, "no existe"},
	{"far year", "Acta Nro. AM-2024-11\nFecha: 17/11/3023\n" ITEM, 0, "3023"},
	{"past year", "Acta Nro. AM-2024-11\nFecha: 17 de mayo de 1823\n" ITEM, 0, "1823"},
	{"no words of a date", "Acta Nro. AM-2024-11\nFecha: por definir\n" ITEM, 0, "por definir"},
	{"no agenda", HEAD, 0, "orden del día"},
};

static void what_is_no_acta_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(refusals); i++) {
		const struct refusal *refusal = &refusals[i];
		size_t length = refusal->length ? refusal->length : strlen(refusal->bytes);
		struct acta acta;
		struct error err = {0};
		/* A copy of exact size lets the sanitizer see a byte read too many. */
		char *bytes = mem_alloc(length + 1);
		memcpy(bytes, refusal->bytes, length);
		bytes = mem_resize(bytes, length ? length : 1, 1);
		enum rc rc = acta_read(bytes, length, NULL, 0, &acta, &err);
		if (rc != RC_INVALID || !strstr(err.text, refusal->says))
			fail_msg("%s: rc %d, «%s»", refusal->name, (int)rc, err.text);
		assert_null(acta.number);
		assert_int_equal(acta.items.count + acta.remarks.count, 0);
		free(bytes);
	}
}

static void too_much_is_refused_at_once(void **state)
{
	struct acta acta;
	struct error err;
	size_t size = (size_t)ACTA_MAX_BYTES + 1;
	char *bytes = mem_alloc(size);
	clock_t start = clock();
	(void)state;
	memset(bytes, 'a', size);
	assert_int_equal(acta_read(bytes, size, NULL, 0, &acta, &err), RC_INVALID);
	assert_non_null(strstr(err.text, "4 MiB"));
	memset(bytes, '\n', size);
	assert_int_equal(acta_read(bytes, ACTA_MAX_LINES + 1, NULL, 0, &acta, &err), RC_INVALID);
	assert_non_null(strstr(err.text, "20000 líneas"));
	free(bytes);
	assert_true(clock() - start < CLOCKS_PER_SEC);
}

/* Repeats `unit` behind a good header up to nearly the limits, and reads it. */
static void read_repeated(const char *unit)
{
	struct strbuf text;
	struct acta acta;
	struct error err;
	size_t lines = 0;
	bool has_line_end = strchr(unit, '\n') != NULL;
	strbuf_init(&text);
	strbuf_adds(&text, sample);
	while (text.length + 100 < 400 * 1024 && lines < ACTA_MAX_LINES - 20) {
		strbuf_adds(&text, unit);
		lines += has_line_end;
	}
	clock_t start = clock();
	(void)!acta_read(text.data, text.length, NULL, 0, &acta, &err);
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	acta_release(&acta);
	strbuf_release(&text);
	if (seconds > 4)
		fail_msg("«%.20s» repeated took %.1f s", unit, seconds);
}

static void time_grows_with_size_only(void **state)
{
	static const char *const units[] = {
		"\n",
		"a",
		"a ",
		"(",
		"a (b) ",
		"e\u0301\u0302\u0323 ",
		"SNP y ",
		"1. Uno\t",
		"1. x\ty\n",
		"Uno\tDos.\n",
		"Uno\n",
		"\tno acaba\n",
		"\ty sigue y\n",
		"a. b\tc\n",
		"\f\n",
		"\fPágina 1\n",
		"Título:\n",
		"      x      y\n",
		"de\tde\n",
		"C1 (2%), ",
		"Plan de Acción de ",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(units); i++)
		read_repeated(units[i]);
}

static void attendees_cannot_grow_without_bound(void **state)
{
	static const char *const units[] = {"SNP", "(SNP) ", "X: ", "a, ", "(\n", "y e y "};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(units); i++) {
		struct strbuf text;
		struct acta acta;
		struct error err;
		strbuf_init(&text);
		strbuf_adds(&text, HEAD "Asistentes: ");
		for (size_t k = 0; k < 15000; k++)
			strbuf_addf(&text, "%s%zu, ", units[i], k);
		strbuf_adds(&text, "\n" ITEM);
		clock_t start = clock();
		(void)!acta_read(text.data, text.length, NULL, 0, &acta, &err);
		assert_true(clock() - start < 4 * CLOCKS_PER_SEC);
		acta_release(&acta);
		strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_ends_and_encodings_do_not_matter),
		cmocka_unit_test(invisible_characters_do_not_matter),
		cmocka_unit_test(dates_are_written_in_many_ways),
		cmocka_unit_test(hours_are_written_in_many_ways),
		cmocka_unit_test(lines_are_those_of_the_source),
		cmocka_unit_test(what_is_no_acta_is_refused),
		cmocka_unit_test(too_much_is_refused_at_once),
		cmocka_unit_test(time_grows_with_size_only),
		cmocka_unit_test(attendees_cannot_grow_without_bound),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
