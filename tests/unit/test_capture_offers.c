/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nucleo/base/file.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_reader.h"
#include "unit/capture_fixture.h"

/* What the line of a live meeting shows before Enter, what Tab offers, what the detector marks,
 * and how long all of it takes. */

static void the_preview_says_it_before_enter(void **state)
{
	(void)state;
	static const struct {
		const char *line, *preview;
	} rows[] = {
		{"", ""},
		{"   ", ""},
		{"Hubo un receso", "nota"},
		{"FCD presenta los avances", "nota · habla FCD"},
		{"~ ? no se oyó", "nota privada (duda)"},
		{"= Se aprueba el acta", "decisión: por consenso"},
		{"= Se aprueba con 9 votos a favor y 2 en contra", "decisión: por votación"},
		{"=", "decisión: por consenso · falta decir qué"},
		{"AME terminará los talleres @AME !viernes #C5",
		 "acción de AME · vence 24/11/2023 (viernes) · C5"},
		{"Terminar !31/1", "acción · sin responsable · vence 31/01/2024"},
		{"CEE pide a la AME las guías !\"cuando pueda\"",
		 "pedido · a cargo de AME · plazo «cuando pueda», sin fecha · habla CEE"},
		{"Enviar la matriz @AME !31/02 #C5",
		 "acción de AME · 31/02: ese día no existe · C5"},
		{"@DPE", "acción de DPE · falta decir qué"},
		{"Revisar @AME,FCD,CNE,DPE,CJ,SNP !1/1/2023",
		 "acción de AME, FCD, CNE, DPE y 2 más · vence 01/01/2023, antes de la reunión"},
		{"REDAM: se suma @REDAM,OTRA",
		 "acción de REDAM y OTRA · habla REDAM · REDAM y OTRA: nuevas instituciones"},
		{"%C6=38 %C1=20,5", "nota · avance C6 38 %, C1 20.5 %"},
		{"C1 (20%), C5 y C6 (0%)",
		 "nota · 3 avances por confirmar: C1 20 %, C5 0 %, C6 0 %"},
	};
	struct capture_context context = capture_fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct capture capture;
		struct strbuf preview;
		strbuf_init(&preview);
		capture_read(&context, rows[i].line, &capture);
		capture_add_preview(&capture, &preview);
		assert_string_equal(preview.data, rows[i].preview);
		strbuf_release(&preview);
		capture_release(&capture);
	}
}

/* '^' is the cursor; the choices stand apart by '|', "text/detail" for the first of them. */
static void tab_offers_what_could_follow(void **state)
{
	(void)state;
	static const struct {
		const char *line, *replaced, *choices, *detail;
	} rows[] = {
		{"@am^", "@am", "@AME |", "Asociación de Municipalidades Ecuatorianas"},
		{"algo @fund^", "@fund", "@FUNDAPI |@FCD |@DATALAT |",
		 "Fundación de Ayuda por Internet"},
		{"@electoral^", "@electoral", "@CNE |", "Consejo Nacional Electoral"},
		{"@AME,mint^", "mint", "MINTEL |", ""},
		{"(@AM^E) sigue", "@AME", "@AME|", "Asociación de Municipalidades Ecuatorianas"},
		{"@RED^AM", "@REDAM", "@REDAM |", "nueva institución"},
		{"@REDAM^", "@REDAM", "@REDAM |", "nueva institución"},
		{"@\"Secretaría Nac^", "@\"Secretaría Nac", "@SNP |@\"Secretaría Nac\" |",
		 "Secretaría Nacional de Planificación"},
		{"presi^", "presi", "Presidencia: |", "Presidencia de la República del Ecuador"},
		{"= ~ da^", "da", "DATALAT: |", "Fundación Datalat"},
		{"hola presi^", "", "", NULL},
		{"FCD: presi^", "", "", NULL},
		{"@AME ^", "", "", NULL},
		{"^", "", "", NULL},
		{"#c1^", "#c1", "#C1 |#C15 |#paga1/C10 |", "20 %"},
		{"#5^", "#5", "#C5 |#C15 |", "Fortalecimiento de los municipios · 20 %"},
		{"sobre #portal^", "#portal", "#C6 |", "Portal Nacional de Transparencia · 38 %"},
		{"#paga2^", "#paga2", "#paga2/C9 |", "Contratación · 13 %"},
		{"%C6^", "%C6", "%C6=|", "Portal Nacional de Transparencia · 38 %"},
		{"%C6=^", "", "", NULL},
		{"!ene^", "!ene", "!enero 2024 |", "31/01/2024"},
		{"!prox^", "!prox", "!próx-reunión |!próximo mes |!\"para el próximo año\" |",
		 "09/02/2024"},
		{"!+3^", "!+3", "!+3d |!+3s |!+3m |!+3a |", "20/11/2023"},
		{"!\"para^", "!\"para", "!\"para el próximo año\" |", "31/12/2024"},
		{"50 %^", "", "", NULL},
		{"avance %^", "%", "%C1=|%C5=|%C6=|%C15=|%paga1/C9=|%paga2/C9=|%paga1/C10=|", "20 %"},
	};
	struct capture_context context = capture_fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct capture_choices choices;
		struct strbuf line, found;
		size_t cursor = strcspn(rows[i].line, "^");
		strbuf_init(&line);
		strbuf_init(&found);
		strbuf_add(&line, rows[i].line, cursor);
		strbuf_adds(&line, rows[i].line + cursor + 1);
		capture_complete(&context, line.data, cursor, &choices);
		for (size_t j = 0; j < choices.items.count; j++)
			strbuf_addf(&found, "%s|", choices.items.items[j].text);
		assert_string_equal(found.data, rows[i].choices);
		assert_int_equal(choices.where.length, strlen(rows[i].replaced));
		assert_memory_equal(line.data + choices.where.start, rows[i].replaced,
				    choices.where.length);
		if (rows[i].detail)
			assert_string_equal(choices.items.items[0].detail, rows[i].detail);
		capture_choices_release(&choices);
		strbuf_release(&found);
		strbuf_release(&line);
	}
}

/* Sentences of meetings nobody has seen, and whether somebody is to do something. */
static void the_detector_on_other_sentences(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		bool is_marked;
	} rows[] = {
		{"El CNE entregará el padrón depurado hasta marzo.", true},
		{"Se pide a la DPE que suba los formularios al portal.", true},
		{"MINTEL se compromete a habilitar el servidor de pruebas.", true},
		{"Se invita a las instituciones a llenar la encuesta.", true},
		{"Es necesario actualizar la matriz de hitos antes de la próxima reunión.", true},
		{"Los cursos se realizarán en tres provincias durante febrero.", true},
		{"La SNP solicita a todos los miembros el reporte trimestral.", true},
		{"DATALAT colgará los datos en su repositorio.", true},
		{"FUNDAPI preparará un video corto para difundir el manual.", true},
		{"La secretaría remitirá el acta a los miembros en cinco días.", true},
		{"El CEE organizó dos talleres el año pasado.", false},
		{"La reunión empezó con veinte minutos de retraso.", false},
		{"El convenio está vigente hasta diciembre de 2025.", false},
		{"La FCD no enviará el informe porque faltan datos.", false},
		{"El CJ presentó los resultados de la encuesta.", false},
		{"Se agradece a los asistentes por su presencia.", false},
		{"La AME recuerda que el plazo de postulación venció en junio.", false},
	};
	struct capture_context context = capture_fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct prose_span found = capture_detect(&context, rows[i].sentence, NULL, 0);
		if ((found.length > 0) != rows[i].is_marked)
			fail_msg("%s", rows[i].sentence);
	}
}

static void the_detector_goes_on_from_sentence_to_sentence(void **state)
{
	(void)state;
	static const char text[] = "Hubo café. La AME enviará la matriz. Llovía. El CNE la revisará.";
	struct capture_context context = capture_fixture_context();
	struct prose_span first = capture_detect(&context, text, NULL, 0);
	assert_memory_equal(text + first.start, "La AME enviará la matriz.", first.length);
	struct prose_span second =
		capture_detect(&context, text, NULL, first.start + first.length);
	assert_memory_equal(text + second.start, "El CNE la revisará.", second.length);
	struct prose_span none =
		capture_detect(&context, text, NULL, second.start + second.length);
	assert_int_equal(none.length, 0);
}

/* ---- the acta AM-2023-05, where it lies beside the source */

static bool read_seed(struct acta *acta)
{
	struct strbuf path, bytes;
	const char *top = getenv("top_srcdir");
	strbuf_init(&path);
	strbuf_init(&bytes);
	strbuf_addf(&path, "%s/../shared/seed/AM-2023-05.txt", top ? top : ".");
	bool read = file_read(path.data, ACTA_MAX_BYTES, &bytes, NULL) == RC_OK &&
		    acta_read(bytes.data, bytes.length, fixture_institutions,
			      ARRAY_COUNT(fixture_institutions), acta, NULL) == RC_OK;
	strbuf_release(&bytes);
	strbuf_release(&path);
	return read;
}

/* Something of each of the eleven undertakings its readers count. */
static const char *const promises[] = {
	"traspaso",	"compromete su apoyo a los gobiernos", "construir par", "pilotajes", "proxy",
	"hasta enero",	"niveles de gobierno", "seguir sumando", "compartir estos",
	"nuevas autoridades", "difundir",
};

/* Which of them a sentence is; their count for none. */
static size_t promise_in(const char *sentence)
{
	size_t which = 0;
	while (which < ARRAY_COUNT(promises) && !strstr(sentence, promises[which]))
		which++;
	return which;
}

static void the_detector_on_the_seed(void **state)
{
	(void)state;
	bool seen[ARRAY_COUNT(promises) + 1] = {false};
	size_t found = 0, alarms = 0;
	struct acta acta;
	struct capture_context context = capture_fixture_context();
	acta_init(&acta);
	if (!read_seed(&acta))
		skip();
	for (size_t i = 0; i < acta.entries.count; i++) {
		const struct acta_entry *entry = &acta.entries.items[i];
		struct prose_span span = {0, 0};
		while ((span = capture_detect(&context, entry->text, entry->speaker,
					      span.start + span.length)).length) {
			char *sentence = mem_strndup(entry->text + span.start, span.length);
			size_t which = promise_in(sentence);
			found += which < ARRAY_COUNT(promises) && !seen[which];
			alarms += which == ARRAY_COUNT(promises);
			seen[which] = true;
			free(sentence);
		}
	}
	acta_release(&acta);
	assert_in_range(found, 9, ARRAY_COUNT(promises));
	assert_in_range(alarms, 0, 3);
}

/* A line of 64 KiB of any kind is read as fast as its length: no piece looks at all others. */
static void a_hostile_line_is_read_in_time(void **state)
{
	(void)state;
	enum { LENGTH = 64 * 1024, SECONDS = 2 };
	static const char *const pieces[] = {
		"@", "@a ", "@A,", "@AME ", "!\"", "!\" ", "#C99 ", "%C6=1 ", "!viernes 1 ", "(",
		"( ", "\\@ ", "C5 (", "\u00a0", "\u0301", "=?~", "@\"A\",", "FCD informa que. ",
		"!15 de ", ":", "a",
	};
	struct capture_context context = capture_fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(pieces); i++) {
		struct strbuf line, preview;
		struct capture capture;
		struct capture_choices choices;
		clock_t started = clock();
		strbuf_init(&line);
		strbuf_init(&preview);
		while (line.length < LENGTH)
			strbuf_adds(&line, pieces[i]);
		capture_read(&context, line.data, &capture);
		capture_add_preview(&capture, &preview);
		capture_complete(&context, line.data, line.length, &choices);
		assert_true(utf8_is_valid(preview.data, preview.length));
		if (clock() - started > SECONDS * CLOCKS_PER_SEC)
			fail_msg("«%s»", pieces[i]);
		capture_choices_release(&choices);
		capture_release(&capture);
		strbuf_release(&preview);
		strbuf_release(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_preview_says_it_before_enter),
		cmocka_unit_test(tab_offers_what_could_follow),
		cmocka_unit_test(the_detector_on_other_sentences),
		cmocka_unit_test(the_detector_goes_on_from_sentence_to_sentence),
		cmocka_unit_test(the_detector_on_the_seed),
		cmocka_unit_test(a_hostile_line_is_read_in_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
