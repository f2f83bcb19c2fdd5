/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/strbuf.h"
#include "unit/prose_fixture.h"

/* "words -> 2024-01-31", or "" when no words were found. */
static void assert_due(const struct prose_context *context, const char *sentence,
		       const char *words, const char *date)
{
	struct prose_due due = prose_find_due(context, sentence);
	struct strbuf found, day;
	strbuf_init(&found);
	strbuf_init(&day);
	strbuf_add(&found, sentence + due.words.start, due.words.length);
	date_add_iso(&day, due.date);
	if (strcmp(found.data, words) != 0 || strcmp(day.data, date) != 0)
		fail_msg("%s\n  found \"%s\" %s, expected \"%s\" %s", sentence, found.data,
			 day.data, words, date);
	strbuf_release(&found);
	strbuf_release(&day);
}

struct due_case {
	const char *sentence, *words, *date;
};

static void assert_cases(const struct due_case *cases, size_t count)
{
	struct prose_context context = fixture_context();
	for (size_t i = 0; i < count; i++)
		assert_due(&context, cases[i].sentence, cases[i].words, cases[i].date);
}

/* The meeting is on Friday 17/11/2023. */
static void days_and_durations(void **state)
{
	(void)state;
	static const struct due_case cases[] = {
		{"Se recibe hasta enero 2024.", "hasta enero 2024", "2024-01-31"},
		{"Se recibe hasta enero de 2024.", "hasta enero de 2024", "2024-01-31"},
		{"Se recibe hasta enero del año 2025.", "hasta enero del año 2025", "2025-01-31"},
		{"Se recibe hasta febrero.", "hasta febrero", "2024-02-29"},
		{"Se recibe hasta noviembre.", "hasta noviembre", "2023-11-30"},
		{"Se recibe hasta el 15 de enero.", "hasta el 15 de enero", "2024-01-15"},
		{"Se recibe hasta el 10 de noviembre.", "hasta el 10 de noviembre", "2024-11-10"},
		{"Se recibe hasta el 1ro de marzo.", "hasta el 1ro de marzo", "2024-03-01"},
		{"Se recibe hasta el quince de enero de 2024.",
		 "hasta el quince de enero de 2024", "2024-01-15"},
		{"Se recibe hasta el 15/03/2024.", "hasta el 15/03/2024", "2024-03-15"},
		{"Se recibe hasta el 15-03-2024.", "hasta el 15-03-2024", "2024-03-15"},
		{"Se recibe hasta 2024-03-15.", "hasta 2024-03-15", "2024-03-15"},
		{"Se recibe hasta el 15/3/24.", "hasta el 15/3/24", "2024-03-15"},
		{"Se recibe hasta el 15/03.", "hasta el 15/03", "2024-03-15"},
		{"Entregará en 30 días.", "en 30 días", "2023-12-17"},
		{"Entregará en quince días.", "en quince días", "2023-12-02"},
		{"Entregará en un plazo de treinta (30) días.", "en un plazo de treinta (30) días",
		 "2023-12-17"},
		{"Entregará dentro de los próximos 8 días.", "dentro de los próximos 8 días",
		 "2023-11-25"},
		{"Entregará en un plazo no mayor a 10 días.", "en un plazo no mayor a 10 días",
		 "2023-11-27"},
		{"Entregará en 48 horas.", "en 48 horas", "2023-11-19"},
		{"Entregará en dos semanas.", "en dos semanas", "2023-12-01"},
		{"Entregará en tres meses.", "en tres meses", "2024-02-17"},
		{"Entregará en un mes.", "en un mes", "2023-12-17"},
		{"Entregará en 5 días hábiles.", "en 5 días hábiles", "2023-11-24"},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void periods(void **state)
{
	(void)state;
	static const struct due_case cases[] = {
		{"Lo hará para el próximo año.", "para el próximo año", "2024-12-31"},
		{"Lo hará el próximo año.", "el próximo año", "2024-12-31"},
		{"Lo hará el año que viene.", "el año que viene", "2024-12-31"},
		{"Lo hará este año.", "este año", "2023-12-31"},
		{"Lo hará en 2024.", "en 2024", "2024-12-31"},
		{"Lo hará en el año 2025.", "en el año 2025", "2025-12-31"},
		{"Lo hará hasta fin de mes.", "hasta fin de mes", "2023-11-30"},
		{"Lo hará hasta fin de año.", "hasta fin de año", "2023-12-31"},
		{"Lo hará a finales de marzo.", "a finales de marzo", "2024-03-31"},
		{"Lo hará a mediados de marzo.", "a mediados de marzo", "2024-03-15"},
		{"Lo hará a mediados de año.", "a mediados de año", "2024-06-30"},
		{"Lo hará el próximo mes.", "el próximo mes", "2023-12-31"},
		{"Lo hará la próxima semana.", "la próxima semana", "2023-11-26"},
		{"Lo hará esta semana.", "esta semana", "2023-11-19"},
		{"Lo hará el viernes 24 de noviembre.", "el viernes 24 de noviembre",
		 "2023-11-24"},
		{"Lo hará el próximo viernes.", "el próximo viernes", "2023-11-24"},
		{"Lo hará este lunes.", "este lunes", "2023-11-20"},
		{"Lo hará el primer trimestre de 2024.", "el primer trimestre de 2024",
		 "2024-03-31"},
		{"Lo hará en el segundo semestre del próximo año.",
		 "en el segundo semestre del próximo año", "2024-12-31"},
		{"Lo hará en la primera quincena de enero.", "en la primera quincena de enero",
		 "2024-01-15"},
		{"Lo hará en la primera semana de diciembre.", "en la primera semana de diciembre",
		 "2023-12-07"},
		{"Lo hará antes del 15 de marzo.", "antes del 15 de marzo", "2024-03-15"},
		{"Lo hará antes de marzo.", "antes de marzo", "2024-02-29"},
		{"Lo hará antes de la próxima reunión.", "antes de la próxima reunión",
		 "2024-02-09"},
		{"Lo hará a más tardar el 5 de diciembre.", "a más tardar el 5 de diciembre",
		 "2023-12-05"},
		{"Lo hará del 5 al 9 de febrero.", "al 9 de febrero", "2024-02-09"},
		{"Lo hará hasta las 17h00 del 5 de diciembre.", "hasta las 17h00 del 5 de diciembre",
		 "2023-12-05"},
		{"Lo hará hasta mañana.", "hasta mañana", "2023-11-18"},
		{"Enviará el acta del 5 de octubre hasta el 30 de noviembre.",
		 "hasta el 30 de noviembre", "2023-11-30"},
		{"Fecha límite: 30 de noviembre.", "Fecha límite: 30 de noviembre", "2023-11-30"},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void what_is_no_due_date(void **state)
{
	(void)state;
	static const struct due_case cases[] = {
		{"", "", ""},
		{"El plan está vigente hasta diciembre del 2024.", "", ""},
		{"Los datos tienen corte al 30 de septiembre de 2023.", "", ""},
		{"Trabaja desde enero de 2024.", "", ""},
		{"Lo pidió hace 30 días.", "", ""},
		{"Se reúnen cada 15 días.", "", ""},
		{"El curso duró tres días.", "", ""},
		{"El Plan 2022-2024 sigue.", "", ""},
		{"Fue en marzo de 2022.", "", ""},
		{"Trabajó con 2047 compromisos en 7 regionales.", "", ""},
		{"Se vio por la mañana.", "", ""},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void words_are_kept_without_a_date(void **state)
{
	(void)state;
	struct prose_context context = fixture_context();
	context.next_meeting = DATE_NONE;
	assert_due(&context, "Lo verá en la próxima reunión.", "en la próxima reunión", "");
	context.meeting_date = DATE_NONE;
	assert_due(&context, "Lo hará en 30 días.", "en 30 días", "");
	assert_due(&context, "Lo hará para el próximo año.", "para el próximo año", "");
	assert_due(&context, "Lo hará hasta enero 2024.", "hasta enero 2024", "2024-01-31");
	assert_due(&context, "Lo hará hasta enero.", "hasta enero", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_durations),
		cmocka_unit_test(periods),
		cmocka_unit_test(what_is_no_due_date),
		cmocka_unit_test(words_are_kept_without_a_date),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
