/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/strbuf.h"
#include "unit/prose_fixture.h"

/* "C1=20 C2=38.5" for the measures of a text. */
static void assert_measures(const char *text, const char *expected)
{
	prose_measures measures = {0};
	struct strbuf found;
	strbuf_init(&found);
	prose_find_measures(text, &measures);
	for (size_t i = 0; i < measures.count; i++) {
		strbuf_addf(&found, "%s%s=", i ? " " : "", measures.items[i].code);
		percent_add(&found, measures.items[i].percent);
		assert_true(measures.items[i].where.start + measures.items[i].where.length <=
			    strlen(text));
	}
	if (strcmp(found.data, expected) != 0)
		fail_msg("%s\n  found \"%s\", expected \"%s\"", text, found.data, expected);
	strbuf_release(&found);
	vector_release(&measures);
}

static void measures_are_bound_to_their_commitments(void **state)
{
	(void)state;
	static const struct {
		const char *text, *measures;
	} cases[] = {
		{"C1 (20%)", "C1=20"},
		{"C1 (20 %), C2, C3 y C4 (0%)", "C1=20 C2=0 C3=0 C4=0"},
		{"C1 a C4 (5%)", "C1=5 C2=5 C3=5 C4=5"},
		{"C1-C3: 7 %", "C1=7 C2=7 C3=7"},
		{"C1–C3 (7%)", "C1=7 C2=7 C3=7"},
		{"C1 al C2: 10 por ciento", "C1=10 C2=10"},
		{"C7: 23 %", "C7=23"},
		{"C7:23%", "C7=23"},
		{"C8 38,5%", "C8=38.5"},
		{"C8\xC2\xA0(38.25\xC2\xA0%)", "C8=38.25"},
		{"C 10 (48 %)", "C10=48"},
		{"C-6 (38%)", "C6=38"},
		{"c5 (20%)", "C5=20"},
		{"C05 (20%)", "C5=20"},
		{"C9 con 13%", "C9=13"},
		{"El C9 con un avance del 13 %", "C9=13"},
		{"El compromiso 3 alcanza el 12 %", "C3=12"},
		{"el Compromiso Nro. 3 registra un 12 % de avance", "C3=12"},
		{"compromisos 2 y 3 (0 %)", "C2=0 C3=0"},
		{"Los compromisos 2, 4 y 6 avanzan un 30 %", "C2=30 C4=30 C6=30"},
		{"C1, 2 y 3 (0%)", "C1=0 C2=0 C3=0"},
		{"C5 sube de 38,5 % a 44 %", "C5=44"},
		{"C5 sube de 38,5 a 44 %", "C5=44"},
		{"C5 pasó del 20% al 30%", "C5=30"},
		{"C5 alcanza el 44 % frente al 38 % anterior", "C5=44"},
		{"C5 (antes 20 %, ahora 30 %)", "C5=30"},
		{"El C5 no llegó al 50 %", ""},
		{"El C5 debería llegar al 50 %", ""},
		{"La meta del C6 es 80 % para diciembre", ""},
		{"C5, pese a no contar con fondos este año, llega al 50 %", "C5=50"},
		{"C5 y C6 avanzan 20 % y 30 %, respectivamente", "C5=20 C6=30"},
		{"El compromiso 11 (Agua segura) llega a 39 % y el compromiso 12 (Voto) 19 %",
		 "C11=39 C12=19"},
		{"El C4 alcanza cero por ciento", "C4=0"},
		{"Los compromisos del 1 al 3 tienen 10 %, el 5 y el 6, 15 %, y el 7 tiene 80 %",
		 "C1=10 C2=10 C3=10 C5=15 C6=15 C7=80"},
		{"El compromiso 5 llega a 62,5 %, mientras que el 6 está en 71 %", "C5=62.5 C6=71"},
		{"El compromiso 5 llega al 20 % y el 30 de marzo al 40 %", "C5=20"},
		{"C10 no registra variación (48%)", "C10=48"},
		{"C10 cumplió el 100 % de sus hitos y C11 el 50 %", "C10=100 C11=50"},
		{"Con 20 % el C1, con 35 % el C2", "C1=20 C2=35"},
		{"Un 18 % de avance tiene el compromiso 4", "C4=18"},
		{"20 % en C1, 30 % en el C2 y 40 % para C3", "C1=20 C2=30 C3=40"},
		{"Compromiso 5 (C5): 20 %", "C5=20"},
		{"C6 Portal Nacional de Transparencia: 38 %", "C6=38"},
		{"C6. Portal Nacional de Transparencia: 38 %", "C6=38"},
		{"C2 (0%); C3 (100%)", "C2=0 C3=100"},
		{"El avance del C4 es de 15 %.", "C4=15"},
		/* no measures */
		{"", ""},
		{"C1 (101%)", ""},
		{"C1 (20)", ""},
		{"El 40% de las mesas trabaja.", ""},
		{"En el compromiso 4 participó el 40% de las mesas.", ""},
		{"El C4 contó con una participación de mujeres del 60 %.", ""},
		{"Los 15 compromisos avanzan.", ""},
		{"El acta AM-2023-05 (12%) fue leída.", ""},
		{"C1 se discute. El 20 % restante se pospone.", ""},
		{"CS (20%)", ""},
		{"CO2 (20%)", ""},
		{"2047 compromisos a nivel mundial y 6 % de abandono", ""},
		{"El presupuesto del compromiso 3 creció: la inversión subió 12 %.", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_measures(cases[i].text, cases[i].measures);
}

static void the_commitment_of_a_sentence(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *code;
	} cases[] = {
		{"Dentro del Compromiso 5 habrá talleres.", "C5"},
		{"En C12 no hay novedades.", "C12"},
		{"El compromiso No. 7 sigue.", "C7"},
		{"Los quince compromisos siguen; también los 25 compromisos de otros.", ""},
		{"El acta AM-2023-05.", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char code[8];
		assert_int_equal(prose_commitment(cases[i].sentence, code),
				 cases[i].code[0] != '\0');
		assert_string_equal(code, cases[i].code);
	}
}

/* "place=value/name/organization/as_of" for each indicator, joined by '|'. */
static void assert_indicators(const char *text, const char *expected)
{
	struct prose_context context = fixture_context();
	prose_indicators indicators = {0};
	struct strbuf found;
	strbuf_init(&found);
	prose_find_indicators(&context, text, "SNP", &indicators);
	for (size_t i = 0; i < indicators.count; i++) {
		const struct prose_indicator *each = &indicators.items[i];
		strbuf_addf(&found, "%s%s=%.4g/%s/%s/", i ? "|" : "", each->place, each->value,
			    each->name, each->organization);
		date_add_iso(&found, each->as_of);
	}
	if (strcmp(found.data, expected) != 0)
		fail_msg("%s\n  found \"%s\", expected \"%s\"", text, found.data, expected);
	strbuf_release(&found);
	prose_indicators_release(&indicators);
}

static void indicators_of_places(void **state)
{
	(void)state;
	static const struct {
		const char *text, *indicators;
	} cases[] = {
		{"AME presenta el índice de apertura: Loja (71.25) y Tena (60,5).",
		 "Loja=71.25/índice de apertura/AME/|Tena=60.5/índice de apertura/AME/"},
		{"Según el puntaje de transparencia, Loja: 71,3 puntos.",
		 "Loja=71.3/puntaje de transparencia/SNP/"},
		{"AME indica que Portoviejo obtuvo 55.83 en el nivel de madurez digital.",
		 "Portoviejo=55.83/madurez digital/AME/"},
		{"La UTPL muestra el indicador de datos abiertos, con corte al 30 de septiembre de "
		 "2023: Santo Domingo de los Tsáchilas (65.2).",
		 "Santo Domingo de los Tsáchilas=65.2/indicador de datos abiertos/UTPL/2023-09-30"},
		{"Con corte a junio, el índice de participación del Municipio de Loja (0.845).",
		 "Loja=0.845/índice de participación/SNP/2023-06-30"},
		{"El índice de Ambato sube de 59,44 a 61,2 puntos.", "Ambato=61.2/índice/SNP/"},
		{"Puntajes sobre 100: Quito (88), Latacunga (74).",
		 "Quito=88/Puntajes/SNP/|Latacunga=74/Puntajes/SNP/"},
		{"Porcentaje de respuesta por cantón: Loja (88,5 %), Tena (70%).",
		 "Loja=88.5/Porcentaje de respuesta/SNP/|Tena=70/Porcentaje de respuesta/SNP/"},
		{"En el índice de apertura, Puyo obtuvo 77.4 puntos y Macas 52.1.",
		 "Puyo=77.4/índice de apertura/SNP/|Macas=52.1/índice de apertura/SNP/"},
		{"La UTPL muestra el porcentaje de respuesta al 30 de junio: Napo 78 %, Puyo 6 %.",
		 "Napo=78/porcentaje de respuesta/UTPL/2023-06-30|"
		 "Puyo=6/porcentaje de respuesta/UTPL/2023-06-30"},
		{"El cumplimiento en Durán fue de 92,5 %.", "Durán=92.5/cumplimiento/SNP/"},
		/* none */
		{"C1 (20%), C2 (38.5%)", ""},
		{"El taller de Quito (2022) fue bueno.", ""},
		{"Se visitó Quito (15), Loja (12) y Tena (3).", ""},
		{"Asistieron Loja: 3 talleres y Tena: 4 talleres.", ""},
		{"La reunión en Quito: 15:00.", ""},
		{"La Ley Orgánica (7.2) rige.", ""},
		{"El aporte de Cuenca ($ 84.72) se registró.", ""},
		{"La FCD (84.72) y el CNE (3.5).", ""},
		{"Hotel Colón (Quito 170135).", ""},
		{"Guía breve: 1. Loja, 2. Tena.", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_indicators(cases[i].text, cases[i].indicators);
}

static void figures_are_exact(void **state)
{
	(void)state;
	struct prose_context context = fixture_context();
	prose_indicators indicators = {0};
	prose_find_indicators(&context, "Índice: Cuenca (84.72), Quito (1.234,5).", NULL,
			      &indicators);
	assert_int_equal(indicators.count, 2);
	assert_true(indicators.items[0].value == 84.72);
	assert_true(indicators.items[1].value == 1234.5);
	assert_string_equal(indicators.items[0].organization, "");
	assert_int_equal(indicators.items[0].as_of, DATE_NONE);
	prose_indicators_release(&indicators);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_are_bound_to_their_commitments),
		cmocka_unit_test(the_commitment_of_a_sentence),
		cmocka_unit_test(indicators_of_places),
		cmocka_unit_test(figures_are_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
