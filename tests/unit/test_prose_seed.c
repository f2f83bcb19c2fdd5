/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/model/names.h"
#include "unit/prose_fixture.h"

/*
 * A real acta, when it lies beside the source: what its prose promises is
 * known. It is read here as one text, without its layout, so that headings
 * and broken lines are noise the prose reader must bear.
 */
enum { SEED_MAX = 64 * 1024 };

/* The text with single blanks for line ends and tabs; NULL when there is no file. */
static char *read_seed(void)
{
	struct strbuf path, text;
	const char *top = getenv("top_srcdir");
	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "%s/../shared/seed/AM-2023-05.txt", top ? top : ".");
	FILE *file = fopen(path.data, "r");
	strbuf_release(&path);
	if (!file)
		return NULL;
	int c;
	while (text.length < SEED_MAX && (c = getc(file)) != EOF)
		strbuf_addch(&text, (char)(c == '\n' || c == '\t' || c == '\r' ? ' ' : c));
	fclose(file);
	return strbuf_detach(&text);
}

static void the_commitments_of_the_seed(void **state)
{
	(void)state;
	static const int percents[] = {20, 0,  0,  0,  20, 38, 23, 48,
				       13, 48, 39, 19, 26, 25, 42};
	prose_measures measures = {0};
	char *text = read_seed();
	if (!text)
		skip();
	prose_find_measures(text, &measures);
	assert_int_equal(measures.count, ARRAY_COUNT(percents));
	for (size_t i = 0; i < measures.count; i++) {
		char code[16];
		snprintf(code, sizeof(code), "C%d", (int)i + 1);
		assert_string_equal(measures.items[i].code, code);
		assert_int_equal(measures.items[i].percent, percents[i] * 100);
	}
	vector_release(&measures);
	free(text);
}

static void the_indicators_of_the_seed(void **state)
{
	(void)state;
	static const struct {
		const char *place;
		double value;
	} expected[] = {{"Cuenca", 84.72}, {"Riobamba", 76.94}, {"Manta", 55.83}, {"Ambato", 59.44}};
	struct prose_context context = fixture_context();
	prose_indicators indicators = {0};
	char *text = read_seed();
	if (!text)
		skip();
	prose_find_indicators(&context, text, NULL, &indicators);
	assert_int_equal(indicators.count, ARRAY_COUNT(expected));
	for (size_t i = 0; i < indicators.count; i++) {
		assert_string_equal(indicators.items[i].place, expected[i].place);
		assert_true(indicators.items[i].value == expected[i].value);
		assert_string_equal(indicators.items[i].organization, "AME");
		assert_non_null(strstr(indicators.items[i].name, "madurez"));
	}
	prose_indicators_release(&indicators);
	free(text);
}

static void the_undertakings_of_the_seed(void **state)
{
	(void)state;
	/* A word of each of the eleven, what it is, whose it is, by when. */
	static const struct {
		const char *word;
		int kind;
		const char *responsible;
		bool january, next_year;
	} expected[] = {
		{"traspaso", FOLLOWUP_UNDERTAKING, "FCD", false, false},
		{"postulaciones para OGP", FOLLOWUP_UNDERTAKING, "Presidencia", false, false},
		{"construir par", FOLLOWUP_INVITATION, "Grupo Núcleo", false, false},
		{"pilotajes", FOLLOWUP_UNDERTAKING, "AME", false, false},
		{"proxy", FOLLOWUP_UNDERTAKING, "Presidencia", false, false},
		{"abierto hasta", FOLLOWUP_TASK, "Presidencia", true, false},
		{"parroquias rurales", FOLLOWUP_REQUEST, "CONAGOPARE", false, false},
		{"niveles de gobierno", FOLLOWUP_UNDERTAKING, "Presidencia", false, true},
		{"seguir sumando", FOLLOWUP_INVITATION, "FCD", false, false},
		{"compartir estos", FOLLOWUP_REQUEST, "CEE", false, false},
		{"nuevas autoridades", FOLLOWUP_TASK, "Grupo Núcleo", false, false},
		/* Its speaker stands behind a heading, which is the acta reader's to take away. */
		{"difundir", FOLLOWUP_INVITATION, NULL, false, false},
	};
	struct prose_context context = fixture_context();
	prose_undertakings list = {0};
	char *text = read_seed();
	if (!text)
		skip();
	prose_find_undertakings(&context, text, NULL, &list);
	size_t found = 0;
	for (size_t i = 0; i < list.count; i++) {
		char *sentence = mem_strndup(text + list.items[i].sentence.start,
					     list.items[i].sentence.length);
		for (size_t j = 0; j < ARRAY_COUNT(expected); j++) {
			if (!strstr(sentence, expected[j].word))
				continue;
			found++;
			assert_int_equal(list.items[i].kind, expected[j].kind);
			if (expected[j].responsible)
				assert_string_equal(list.items[i].responsible,
						    expected[j].responsible);
			assert_int_equal(list.items[i].due.date,
					 expected[j].january   ? date_from_civil(2024, 1, 31) :
					 expected[j].next_year ? date_from_civil(2024, 12, 31) :
								 DATE_NONE);
		}
		free(sentence);
	}
	assert_true(found >= 10);
	assert_true(list.count <= found + 1);
	prose_undertakings_release(&list);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_commitments_of_the_seed),
		cmocka_unit_test(the_indicators_of_the_seed),
		cmocka_unit_test(the_undertakings_of_the_seed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
