/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"
#include "unit/prose_fixture.h"

static void read_all(const struct prose_context *context, const char *text)
{
	struct strbuf speaker;
	bool known;
	char code[8];
	prose_spans spans = {0};
	prose_measures measures = {0};
	prose_undertakings undertakings = {0};
	prose_indicators indicators = {0};
	strbuf_init(&speaker);
	prose_speaker(context, text, &speaker, &known);
	strbuf_release(&speaker);
	prose_sentences(text, &spans);
	for (size_t i = 0; i < spans.count; i++)
		assert_true(spans.items[i].start + spans.items[i].length <= strlen(text));
	vector_release(&spans);
	prose_find_measures(text, &measures);
	vector_release(&measures);
	prose_commitment(text, code);
	struct prose_due due = prose_find_due(context, text);
	assert_true(due.words.start + due.words.length <= strlen(text));
	prose_find_undertakings(context, text, "FCD", &undertakings);
	prose_undertakings_release(&undertakings);
	prose_find_indicators(context, text, "FCD", &indicators);
	prose_indicators_release(&indicators);
	struct prose_resolution resolution = prose_classify(context, text);
	prose_resolution_release(&resolution);
}

static char *repeated(const char *part, size_t size)
{
	struct strbuf text;
	strbuf_init(&text);
	while (text.length < size)
		strbuf_adds(&text, part);
	return strbuf_detach(&text);
}

/* A text that repeats one thing is where a reader that looks around too far gets slow. */
static void time_grows_with_the_text_only(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"a",	     "a ",	  "AME ",	 "AME, ",	   "AME y ",   "de ",
		"C1 ",	     "C1, ",	  "C1 (20%) ",	 "C1 a C99 ",	   "(",	       ". ",
		"1. ",	     "1, ",	  "\xC3\xA1",	 "que ",	   "se ",      "Consejo de ",
		"hasta ",    "en 30 ",	  "treinta y ",	 "abierto hasta ", "20 % y ",  "Cuenca (1.5) ",
		"índice de ", "solicita a ", "AME remitirá y ", "por consenso ",
		"con reserva de ", "9 a favor ", "El delegado del ", "sube de 1 % a ",
		"abierta hasta enero, convocatoria ", "\xEF\xBF\xBD ", "¿ ", "« ",
	};
	struct prose_context context = fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		char *text = repeated(parts[i], 30000);
		clock_t before = clock();
		read_all(&context, text);
		double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
		/* Quadratic reading would take minutes; the limit leaves room for sanitizers. */
		if (seconds > 3)
			fail_msg("\"%s\" took %.1f s", parts[i], seconds);
		free(text);
	}
}

/* Every cut of a rich sentence is a text somebody may type. */
static void any_beginning_and_end_can_be_read(void **state)
{
	(void)state;
	static const char text[] =
		"En respuesta, la FCD (Fundación Ciudadanía y Desarrollo) solicita a la AME, al CNE "
		"y a «REDAM» que el C5, C6 a C8 (38,5 %) suban de 1 % a 2 %; se aprueba por mayoría "
		"con 9 votos a favor, con reserva de la DPE. Loja: 71,3 puntos, hasta el 1ro de "
		"marzo de 2024 o en treinta y un (31) días hábiles, según el Nro. 5.";
	struct prose_context context = fixture_context();
	for (size_t cut = 0; cut < sizeof(text); cut++) {
		char *head = mem_strndup(text, cut);
		/* Cut anywhere, even inside a character. */
		read_all(&context, head);
		read_all(&context, text + cut);
		free(head);
	}
}

static void a_context_may_be_empty(void **state)
{
	(void)state;
	struct prose_context context = {.meeting_date = DATE_NONE, .next_meeting = DATE_NONE};
	read_all(&context, "");
	read_all(&context, "La FCD pide a los miembros del Grupo Núcleo el C5 (20%) en 30 días.");
	struct prose_institution nameless[] = {{"", NULL}, {"FCD", ""}};
	context.institutions = nameless;
	context.institution_count = 2;
	context.group = "";
	read_all(&context, "La FCD pide a la AME el C5 (20%) en la próxima reunión.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_grows_with_the_text_only),
		cmocka_unit_test(any_beginning_and_end_can_be_read),
		cmocka_unit_test(a_context_may_be_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
