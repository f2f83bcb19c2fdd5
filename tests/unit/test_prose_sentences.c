/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/strbuf.h"
#include "unit/prose_fixture.h"

/* Sentences of `text`, joined by '|'. */
static void assert_sentences(const char *text, const char *expected)
{
	prose_spans spans = {0};
	struct strbuf joined;
	strbuf_init(&joined);
	prose_sentences(text, &spans);
	for (size_t i = 0; i < spans.count; i++) {
		if (i)
			strbuf_addch(&joined, '|');
		strbuf_add(&joined, text + spans.items[i].start, spans.items[i].length);
	}
	assert_string_equal(joined.data, expected);
	strbuf_release(&joined);
	vector_release(&spans);
}

static void sentences_end_where_they_should(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"", ""},
		{"Sin punto final", "Sin punto final"},
		{"La FCD informa. El CNE responde.", "La FCD informa.|El CNE responde."},
		{"¿Quién coordina? ¡Nadie! Se anota.", "¿Quién coordina?|¡Nadie!|Se anota."},
		{"Sube a 38.5 puntos. Bien.", "Sube a 38.5 puntos.|Bien."},
		{"El Sr. Pérez y la Dra. Ruiz opinan. Fin.",
		 "El Sr. Pérez y la Dra. Ruiz opinan.|Fin."},
		{"Según el Art. 5 y el Nro. 7 del acta. Fin.",
		 "Según el Art. 5 y el Nro. 7 del acta.|Fin."},
		{"Contestó que no. La AME insiste.", "Contestó que no.|La AME insiste."},
		{"J. Vera presenta. Fin.", "J. Vera presenta.|Fin."},
		{"Entrega tres textos: 1. Manual, 2. Folleto y 3. Afiche. Luego cierra.",
		 "Entrega tres textos: 1. Manual, 2. Folleto y 3. Afiche.|Luego cierra."},
		{"Avanzan los compromisos 3 y 7. La DPE pregunta.",
		 "Avanzan los compromisos 3 y 7.|La DPE pregunta."},
		{"Termina el proceso.La AME informa.", "Termina el proceso.|La AME informa."},
		{"Está en www.ejemplo.ec y sigue. Fin.", "Está en www.ejemplo.ec y sigue.|Fin."},
		{"Dijo «ya está.» Luego salió.", "Dijo «ya está.»|Luego salió."},
		{"(Fue breve.) Sigue otra.", "(Fue breve.)|Sigue otra."},
		{"Hubo dudas… Después se aclaró.", "Hubo dudas…|Después se aclaró."},
		{"• Primer punto • Segundo punto", "• Primer punto|• Segundo punto"},
		{"EE. UU. envió una nota. Fin.", "EE. UU. envió una nota.|Fin."},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_sentences(cases[i].text, cases[i].expected);
}

/* "acronym" known, "?name" unknown, "" nobody. */
static void assert_speaker(const char *sentence, const char *expected)
{
	struct prose_context context = fixture_context();
	struct strbuf found;
	bool known = true;
	strbuf_init(&found);
	bool any = prose_speaker(&context, sentence, &found, &known);
	if (any != (expected[0] != '\0') || strcmp(found.data, expected + (expected[0] == '?')) != 0 ||
	    (any && known != (expected[0] != '?')))
		fail_msg("%s\n  found \"%s\" known %d, expected \"%s\"", sentence, found.data, known,
			 expected);
	strbuf_release(&found);
}

static void speakers_are_found(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *speaker;
	} cases[] = {
		{"FCD comenta los avances.", "FCD"},
		{"El CNE pregunta por el plazo.", "CNE"},
		{"Fundapi muestra su prototipo.", "FUNDAPI"},
		{"Datalat y la FCD exponen los datos.", "DATALAT"},
		{"Por su parte Presidencia agradece.", "Presidencia"},
		{"Por su parte, la DPE agradece.", "DPE"},
		{"Además AME informa que hubo talleres.", "AME"},
		{"En respuesta, CJ indica que sí.", "CJ"},
		{"En respuesta a lo dicho por la FCD, el CNE señala que no.", "CNE"},
		{"Finalmente, el CEE consulta el calendario.", "CEE"},
		{"De igual manera, la SNP apoya la idea.", "SNP"},
		{"Asimismo la UTPL ofrece su sala.", "UTPL"},
		{"Sobre este punto, la AME explica el método.", "AME"},
		{"A continuación, MINTEL presenta el portal.", "MINTEL"},
		{"El Consejo de la Judicatura informa sobre el plan.", "CJ"},
		{"El Consejo Nacional Electoral (CNE) informa.", "CNE"},
		{"La Defensoría del Pueblo expone el caso.", "DPE"},
		{"La Defensoría recuerda el compromiso.", "DPE"},
		{"La Presidencia de la República saluda.", "Presidencia"},
		{"La Asociación de Municipalidades Ecuatorianas propone fechas.", "AME"},
		{"El representante de la DPE consulta.", "DPE"},
		{"La delegada del CNE aclara el dato.", "CNE"},
		{"La directora ejecutiva de la FCD agradece.", "FCD"},
		{"Una delegada anónima, representante de nadie, habla.", ""},
		{"Rosa Mora, delegada de la UTPL, informa que asistirá.", "UTPL"},
		{"Toma la palabra la AME y explica.", "AME"},
		{"Interviene el CEE para aclarar.", "CEE"},
		{"Informa la SNP que ya tiene los datos.", "SNP"},
		{"Desde la UTPL se informa el avance.", "UTPL"},
		{"FCD: informa que sí.", "FCD"},
		{"El Grupo Núcleo conoce el informe.", "?Grupo Núcleo"},
		{"El MINEDUC indica que revisará.", "?MINEDUC"},
		{"REDAM, por su parte, explica el proyecto.", "?REDAM"},
		{"La Alcaldía expone su plan.", "?Alcaldía"},
		{"La Alcaldía de Ibarra expone su plan.", "?Alcaldía de Ibarra"},
		{"La alcaldía de Ibarra expone su plan.", "?alcaldía de Ibarra"},
		{"La Secretaría Técnica de Salud informa.", "?Secretaría Técnica de Salud"},
		{"La Defensoría Pública indica que no.", "?Defensoría Pública"},
		{"La Corporación Andina Abierta (CAA) indica que sí.", "?CAA"},
		{"La Dirección de Transparencia de la DPE informa.", "DPE"},
		{"Fundamundo indica que sí.", "?Fundamundo"},
		{"La Veeduría Ciudadana solicita el informe.", "?Veeduría Ciudadana"},
		{"El GADM de Cuenca informa el avance.", "?GADM de Cuenca"},
		{"El GAD Municipal de Loja informa el avance.", "?GAD Municipal de Loja"},
		{"La Prefectura de Loja informa.", "?Prefectura de Loja"},
		{"Retomando el tema, la FCD aclara la cifra.", "FCD"},
		{"Luego, y en respuesta a la AME, la SNP indica que sí.", "SNP"},
		{"Acuerdo 3: La AME organiza la feria.", "AME"},
		{"", ""},
		{"Se da lectura al orden del día.", ""},
		{"Explica que no hubo tiempo.", ""},
		{"Los compromisos avanzan poco.", ""},
		{"En el compromiso 3 hubo cambios.", ""},
		{"A la AME se le agradece.", ""},
		{"El PAGA contempla quince compromisos.", ""},
		{"Los ODS orientan el plan.", ""},
		{"Nuevamente informa que no.", ""},
		{"Todos coinciden con la propuesta.", ""},
		{"Nadie responde.", ""},
		{"Es necesario avanzar.", ""},
		{"La herramienta de la FCD funciona.", ""},
		{"La coyuntura afectó al CNE.", ""},
		{"C5 registra un avance.", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_speaker(cases[i].sentence, cases[i].speaker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_end_where_they_should),
		cmocka_unit_test(speakers_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
