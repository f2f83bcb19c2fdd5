/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The published acta AM-2023-05 against what people who know it say it holds.
 * Its text stays outside the project; without it this test is skipped.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/exchange/acta_reader.h"

enum { SKIP_STATUS = 77 };

static struct acta acta;

static bool read_seed(void)
{
	struct strbuf path, bytes;
	struct error err;
	const char *top = getenv("top_srcdir");
	strbuf_init(&path);
	strbuf_init(&bytes);
	strbuf_addf(&path, "%s/../shared/seed/AM-2023-05.txt", top ? top : ".");
	bool found = file_read(path.data, ACTA_MAX_BYTES, &bytes, &err) == RC_OK;
	if (!found) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/../../shared/seed/AM-2023-05.txt", top ? top : ".");
		found = file_read(path.data, ACTA_MAX_BYTES, &bytes, &err) == RC_OK;
	}
	bool read = found && acta_read(bytes.data, bytes.length, NULL, 0, &acta, &err) == RC_OK;
	if (found && !read) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	strbuf_release(&bytes);
	strbuf_release(&path);
	return read;
}

static void header(void **state)
{
	(void)state;
	assert_string_equal(acta.number, "AM-2023-05");
	assert_string_equal(acta.group, "Grupo Núcleo");
	assert_int_equal(acta.date, date_from_civil(2023, 11, 17));
	assert_int_equal(acta.starts, 15 * 60);
	assert_int_equal(acta.ends, 17 * 60);
	assert_true(acta.is_virtual);
	assert_int_equal(strncmp(acta.place, "Presencial, salón Galápagos", 28), 0);
	assert_string_equal(acta.plan_title, "Segundo Plan de Acción de Estado Abierto 2022-2024");
	assert_string_equal(acta.plan_code, "paga2");
	assert_string_equal(acta.prepared_by, "Dirección de Gobierno Abierto");
}

static void attendees(void **state)
{
	static const struct {
		const char *acronym;
		int sector, capacity;
	} expected[] = {
		{"Presidencia", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"SNP", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"CJ", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"CNE", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"DPE", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"CONGOPE", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"AME", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"CONAGOPARE", SECTOR_PUBLIC, CAPACITY_MEMBER},
		{"FCD", SECTOR_CIVIL_SOCIETY, CAPACITY_MEMBER},
		{"FUNDAPI", SECTOR_CIVIL_SOCIETY, CAPACITY_MEMBER},
		{"DATALAT", SECTOR_CIVIL_SOCIETY, CAPACITY_MEMBER},
		{"ESPAM", SECTOR_ACADEMIA, CAPACITY_MEMBER},
		{"IAEN", SECTOR_ACADEMIA, CAPACITY_MEMBER},
		{"UTPL", SECTOR_ACADEMIA, CAPACITY_MEMBER},
		{"CEE", SECTOR_PRIVATE, CAPACITY_MEMBER},
		{"CAEPS", SECTOR_PRIVATE, CAPACITY_MEMBER},
		{"CITEC", SECTOR_PRIVATE, CAPACITY_MEMBER},
		{"MPCEIP", SECTOR_OTHER, CAPACITY_OBSERVER},
		{"MINTEL", SECTOR_OTHER, CAPACITY_OBSERVER},
		{"MMDH", SECTOR_OTHER, CAPACITY_OBSERVER},
	};
	(void)state;
	assert_int_equal(acta.attendees.count, ARRAY_COUNT(expected));
	for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
		assert_string_equal(acta.attendees.items[i].acronym, expected[i].acronym);
		assert_int_equal(acta.attendees.items[i].sector, expected[i].sector);
		assert_int_equal(acta.attendees.items[i].capacity, expected[i].capacity);
	}
}

/* Beginnings and ends are enough to tell that a title is whole. */
static const struct {
	const char *label, *begins, *ends;
	int line;
	const char *speakers; /* of its paragraphs, '-' for none */
} points[] = {
	{"1", "Bienvenida", "(agenda)", 10, "Presidencia"},
	{"2", "Estado Actual", "2022-2024", 11, "Presidencia - FCD"},
	{"3", "Aplicación", "Local", 14, "Presidencia FCD CEE Presidencia CONAGOPARE"},
	{"4", "Presentación breve", "proceso", 20, "Presidencia FCD CEE"},
	{"5", "Presentación de la Herramienta", "Compromisos", 23, "FUNDAPI Presidencia"},
	{"6", "Presentación de la Nueva", "Guía de Marca de Estado Abierto", 25, "Presidencia"},
	{"7", "Transición", "Gobierno", 27, "Presidencia"},
	{"8", "Varios", "Varios", 28, ""},
	{"8.a", "Curso", "Estado abierto", 29, "FCD"},
};

static void agenda(void **state)
{
	(void)state;
	assert_int_equal(acta.items.count, ARRAY_COUNT(points));
	for (size_t i = 0; i < ARRAY_COUNT(points); i++) {
		const struct acta_item *item = &acta.items.items[i];
		size_t length = strlen(item->title), end = strlen(points[i].ends);
		assert_string_equal(item->label, points[i].label);
		assert_int_equal(strncmp(item->title, points[i].begins, strlen(points[i].begins)),
				 0);
		assert_true(length >= end);
		assert_string_equal(item->title + length - end, points[i].ends);
		assert_int_equal(item->line, points[i].line);
		assert_int_equal(item->parent, i == 8 ? 7 : -1);
	}
	assert_int_equal(acta.unplaced.count, 1);
	assert_string_equal(acta.unplaced.items[0].text, "C December if a de la No.");
	assert_int_equal(acta.unplaced.items[0].line, 24);
}

static void speakers(void **state)
{
	size_t entry = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(points); i++) {
		struct strbuf found;
		strbuf_init(&found);
		for (; entry < acta.entries.count && acta.entries.items[entry].item == (int)i;
		     entry++)
			strbuf_addf(&found, "%s%s", found.length ? " " : "",
				    acta.entries.items[entry].speaker ?
					    acta.entries.items[entry].speaker :
					    "-");
		assert_string_equal(found.data, points[i].speakers);
		strbuf_release(&found);
	}
	assert_int_equal(entry, acta.entries.count);
}

static void sentences_over_headings(void **state)
{
	const struct acta_entry *entries = acta.entries.items;
	size_t last = acta.entries.count - 1;
	(void)state;
	assert_non_null(strstr(entries[last - 2].text, "nivel comunicacional."));
	assert_null(strstr(entries[last - 2].text, "hitos"));
	assert_non_null(
		strstr(entries[last - 1].text, "implementación de Gobierno abierto. Destaca"));
	assert_non_null(strstr(entries[last].text, "gratuito, dirigido"));
	assert_non_null(strstr(entries[last].text, "Estado abierto."));
	assert_null(strstr(entries[last].text, "Dirección"));
}

static void figures(void **state)
{
	static const int percents[] = {20, 0, 0, 0, 20, 38, 23, 48, 13, 48, 39, 19, 26, 25, 42};
	static const struct {
		const char *place;
		double value;
	} places[] = {{"Cuenca", 84.72}, {"Riobamba", 76.94}, {"Manta", 55.83}, {"Ambato", 59.44}};
	(void)state;
	assert_int_equal(acta.measures.count, ARRAY_COUNT(percents));
	for (size_t i = 0; i < ARRAY_COUNT(percents); i++) {
		char code[12];
		snprintf(code, sizeof(code), "C%zu", i + 1);
		assert_string_equal(acta.measures.items[i].code, code);
		assert_int_equal(acta.measures.items[i].percent, percents[i] * 100);
		assert_int_equal(acta.measures.items[i].item, 1);
		assert_int_equal(acta.measures.items[i].line, 11);
	}
	assert_int_equal(acta.indicators.count, ARRAY_COUNT(places));
	for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
		assert_string_equal(acta.indicators.items[i].place, places[i].place);
		assert_float_equal(acta.indicators.items[i].value, places[i].value, 0.001);
		assert_string_equal(acta.indicators.items[i].organization, "AME");
		assert_int_equal(acta.indicators.items[i].as_of, acta.date);
		assert_int_equal(acta.indicators.items[i].item, 2);
	}
}

/* The eleven undertakings, by words of theirs; `due` 0 where the acta allows none. */
static const struct {
	const char *words, *responsible;
	int item;
	int year, month, day;
} undertakings[] = {
	{"traspaso de esta información", "FCD", 1, 0, 0, 0},
	{"compromete su apoyo a los gobiernos locales", "Presidencia", 2, 0, 0, 0},
	{"construir parámetros", "Grupo Núcleo", 2, 0, 0, 0},
	{"talleres en territorio", "AME", 2, 0, 0, 0},
	{"impulsar la implementación de su proxy", "Presidencia", 2, 0, 0, 0},
	{"postulación abierto hasta enero", "Presidencia", 2, 2024, 1, 31},
	{"realizarán acercamientos", "Presidencia", 2, 2024, 12, 31},
	{"seguir sumando esfuerzos", "FCD", 3, 0, 0, 0},
	{"compartir estos insumos", "CEE", 3, 0, 0, 0},
	{"articulación desde el Grupo", "Grupo Núcleo", 6, 0, 0, 0},
	{"difundir este curso", "FCD", 8, 0, 0, 0},
};

static bool is_proposed(size_t which)
{
	for (size_t i = 0; i < acta.followups.count; i++) {
		const struct acta_followup *at = &acta.followups.items[i];
		if (!strstr(at->description, undertakings[which].words))
			continue;
		day_number due = undertakings[which].year ?
					 date_from_civil(undertakings[which].year,
							 undertakings[which].month,
							 undertakings[which].day) :
					 DATE_NONE;
		assert_string_equal(at->responsible, undertakings[which].responsible);
		assert_int_equal(at->item, undertakings[which].item);
		assert_int_equal(at->due, due);
		assert_int_equal(at->due_text != NULL, undertakings[which].year != 0);
		return true;
	}
	return false;
}

static void followups(void **state)
{
	int proposed = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(undertakings); i++)
		proposed += is_proposed(i);
	assert_in_range(proposed, 9, 11);
	assert_in_range(acta.followups.count, 9, 13);
}

static void closing(void **state)
{
	(void)state;
	assert_int_equal(acta.signatories.count, 2);
	assert_string_equal(acta.signatories.items[0].text,
			    "Subsecretario de Gobierno Abierto, Presidencia de la República del "
			    "Ecuador, Presidencia del Grupo Núcleo");
	assert_string_equal(
		acta.signatories.items[1].text,
		"Director Ejecutivo, Fundación Ciudadanía y Desarrollo, Copresidencia del "
		"Grupo Núcleo");
	assert_int_equal(acta.annexes.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header),
		cmocka_unit_test(attendees),
		cmocka_unit_test(agenda),
		cmocka_unit_test(speakers),
		cmocka_unit_test(sentences_over_headings),
		cmocka_unit_test(figures),
		cmocka_unit_test(followups),
		cmocka_unit_test(closing),
	};
	setlocale(LC_ALL, "C.UTF-8");
	acta_init(&acta);
	if (!read_seed())
		return SKIP_STATUS;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	acta_release(&acta);
	return failed;
}
