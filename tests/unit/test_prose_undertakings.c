/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/model/names.h"
#include "unit/prose_fixture.h"

static void add_undertaking(struct strbuf *out, const struct prose_undertaking *each)
{
	strbuf_adds(out, enum_name(&followup_kind_names, each->kind));
	strbuf_addch(out, ':');
	for (const char *c = each->responsible; *c; c++)
		strbuf_addch(out, *c == '\n' ? '+' : *c);
	if (each->due.date != DATE_NONE) {
		strbuf_addch(out, ' ');
		date_add_iso(out, each->due.date);
	}
}

/* "undertaking:FCD 2024-01-31" for each, joined by '|'. */
static void assert_undertakings(const char *text, const char *expected)
{
	struct prose_context context = fixture_context();
	prose_undertakings list = {0};
	struct strbuf found;
	strbuf_init(&found);
	prose_find_undertakings(&context, text, "SNP", &list);
	for (size_t i = 0; i < list.count; i++) {
		if (i)
			strbuf_addch(&found, '|');
		add_undertaking(&found, &list.items[i]);
		assert_true(list.items[i].sentence.start + list.items[i].sentence.length <=
			    strlen(text));
	}
	if (strcmp(found.data, expected) != 0)
		fail_msg("%s\n  found \"%s\", expected \"%s\"", text, found.data, expected);
	strbuf_release(&found);
	prose_undertakings_release(&list);
}

struct undertaking_case {
	const char *text, *undertakings;
};

static void assert_cases(const struct undertaking_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_undertakings(cases[i].text, cases[i].undertakings);
}

static void promises(void **state)
{
	(void)state;
	static const struct undertaking_case cases[] = {
		{"La AME se compromete a enviar el listado.", "undertaking:AME"},
		{"El CNE compromete su apoyo a los cantones.", "undertaking:CNE"},
		{"FCD y DATALAT se comprometen a redactar la guía.", "undertaking:FCD+DATALAT"},
		{"La FCD, la UTPL y el CNE elaborarán el informe.", "undertaking:FCD+UTPL+CNE"},
		{"La DPE remitirá el informe hasta el 30 de noviembre.",
		 "undertaking:DPE 2023-11-30"},
		{"El CEE queda en coordinar la visita.", "undertaking:CEE"},
		{"MINTEL se encargará de la plataforma.", "undertaking:MINTEL"},
		{"La SNP asume la coordinación del taller.", "undertaking:SNP"},
		{"La AME va a enviar las invitaciones.", "undertaking:AME"},
		{"El CNE deberá entregar los datos en 15 días.", "undertaking:CNE 2023-12-02"},
		{"FCD ofrece su sala y su apoyo.", "undertaking:FCD"},
		{"La FCD ofrece apoyo para el taller.", "undertaking:FCD"},
		{"La UTPL acepta redactar el manual.", "undertaking:UTPL"},
		{"La DPE se responsabiliza de la publicación.", "undertaking:DPE"},
		{"La DPE se hará cargo de la publicación.", "undertaking:DPE"},
		{"El CJ reitera su compromiso de publicar las sentencias.", "undertaking:CJ"},
		{"Se realizarán talleres en cada cantón.", "undertaking:SNP"},
		{"El informe será remitido por la DPE.", "undertaking:DPE"},
		{"Los resultados se publicarán por parte del CNE en marzo.",
		 "undertaking:CNE 2024-03-31"},
		{"La revisión queda a cargo de la UTPL.", "undertaking:UTPL"},
		{"La UTPL estará a cargo de la revisión.", "undertaking:UTPL"},
		{"La revisión estará a cargo de la UTPL.", "undertaking:UTPL"},
		{"Se acuerda que la UTPL elabore el manual.", "undertaking:UTPL"},
		{"Se acuerda que el CNE y la DPE revisen el texto.", "undertaking:CNE+DPE"},
		{"Se acuerda por unanimidad que el CNE archive las actas.", "undertaking:CNE"},
		{"Se acuerda, por consenso, que la FCD imprima el afiche.", "undertaking:FCD"},
		{"Se resuelve encargar a la AME la difusión.", "undertaking:AME"},
		{"Se encarga a la AME la difusión del curso.", "undertaking:AME"},
		{"Se delega al CNE la redacción.", "undertaking:CNE"},
		{"FCD y AME acuerdan organizar un encuentro.", "undertaking:FCD+AME"},
		{"Presidencia indica que convocará a una mesa técnica.",
		 "undertaking:Presidencia"},
		{"El CEE agradece y menciona que hará llegar sus aportes.", "undertaking:CEE"},
		{"Por lo que la FCD propondrá un texto.", "undertaking:FCD"},
		{"La DPE dice que pondrá a disposición los datos.", "undertaking:DPE"},
		{"Los miembros enviarán sus observaciones hasta el viernes 24 de noviembre.",
		 "undertaking:Grupo Núcleo 2023-11-24"},
		{"La AME continuará apoyando a los municipios.", "undertaking:AME"},
		{"No obstante, la FCD remitirá su texto.", "undertaking:FCD"},
		{"CNE solicitará los datos a la DPE.", "undertaking:CNE"},
		{"AME enviará la lista hasta el 5 de diciembre y FCD revisará el texto hasta enero "
		 "2024.",
		 "undertaking:AME 2023-12-05|undertaking:FCD 2024-01-31"},
		{"La UTPL pregunta por el manual y AME responde que enviará la versión final.",
		 "undertaking:AME"},
		{"REDAM informa que publicará un boletín.", "undertaking:REDAM"},
		{"Las instituciones miembros difundirán el curso.", "undertaking:Grupo Núcleo"},
		{"La AME ha previsto realizar la feria en mayo.", "undertaking:AME 2024-05-31"},
		{"La SNP se encargará de convocar a la próxima reunión.", "undertaking:SNP"},
		{"La Prefectura de Loja entregará equipos.", "undertaking:Prefectura de Loja"},
		{"Los presentes acuerdan por consenso redactar la norma.",
		 "undertaking:Grupo Núcleo"},
		{"Se acuerda solicitar al CNE los mapas.", "request:CNE"},
		{"La mesa, coordinada por la UTPL, entregará su texto.", "undertaking:UTPL"},
		{"UTPL consultará a su rector y responderá hasta el 5 de marzo.",
		 "undertaking:UTPL 2024-03-05"},
		{"SNP: ordenar el archivo hasta marzo.", "undertaking:SNP 2024-03-31"},
		{"Queda encargada la DPE de ordenar los aportes.", "undertaking:DPE"},
		{"La UTPL se compromete a que sus tesistas traduzcan el texto.",
		 "undertaking:UTPL"},
		{"CJ asume el compromiso de abrir su archivo.", "undertaking:CJ"},
		{"La mesa queda integrada por FCD, CNE y UTPL, y presentará su informe.",
		 "undertaking:FCD+CNE+UTPL"},
		{"Se forma un equipo conformado por la AME y el CNE, que redactará la norma.",
		 "undertaking:AME+CNE"},
		{"AME enviará la matriz; CNE, el padrón; y la DPE, las actas.",
		 "undertaking:AME|undertaking:CNE|undertaking:DPE"},
		{"AME entregará la lista y CNE, el mapa.", "undertaking:AME|undertaking:CNE"},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void futures_without_their_accent(void **state)
{
	(void)state;
	static const struct undertaking_case cases[] = {
		{"DPE remitira el reporte.", "undertaking:DPE"},
		{"La AME enviara la matriz en dos semanas.", "undertaking:AME 2023-12-01"},
		{"Se realizaran visitas.", "undertaking:SNP"},
		{"La FCD informa que se haran dos visitas.", "undertaking:FCD"},
		{"La FCD pidió que la AME enviara la matriz.", ""},
		{"Si la AME enviara la matriz, habría tiempo.", ""},
		{"La AME genera datos y compra equipos para la feria.", ""},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void labels_and_fields(void **state)
{
	(void)state;
	static const struct undertaking_case cases[] = {
		{"Ordenar los aportes. Responsable: DPE. Plazo: 30 de abril.",
		 "undertaking:DPE 2024-04-30"},
		{"Redactar la nota. Responsables: FCD y la AME. Fecha límite: 15/01/2024.",
		 "undertaking:FCD+AME 2024-01-15"},
		{"La FCD redactará la nota. Plazo: 5 de marzo.", "undertaking:FCD 2024-03-05"},
		{"Compromiso: mandar las guías (responsable: AME, plazo: 5 de diciembre).",
		 "undertaking:AME 2023-12-05"},
		{"Compromiso: UTPL publicará los videos.", "undertaking:UTPL"},
		{"Acuerdo 2: remitir el texto a la OGP hasta marzo.", "undertaking:SNP 2024-03-31"},
		{"Acuerdo: aprobar el calendario.", ""},
		{"Solicitud: acceso al archivo.", "request:SNP"},
		{"Compromiso 5: sin novedades.", ""},
		{"Se abre la consulta. Plazo: 5 de marzo.", "task:SNP 2024-03-05"},
		{"Reunir a los equipos fue difícil.", ""},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void requests_and_invitations(void **state)
{
	(void)state;
	static const struct undertaking_case cases[] = {
		{"FCD solicita a la AME remitir los datos.", "request:AME"},
		{"El CEE pide al CNE que entregue la base.", "request:CNE"},
		{"El CEE pide que el CNE entregue la base.", "request:CNE"},
		{"Se solicita al CNE y a la DPE entregar la base.", "request:CNE+DPE"},
		{"Se exhorta a la AME, al CNE y a la DPE a participar.", "request:AME+CNE+DPE"},
		{"FCD insta al Consejo de la Judicatura a publicar sentencias.", "request:CJ"},
		{"La DPE pide compartir el manual con los cantones.", "request:DPE"},
		{"La DPE solicita remitir el manual a la AME.", "request:DPE"},
		{"La DPE solicita el envío del manual a la AME.", "request:DPE"},
		{"La DPE solicita información a la AME sobre el manual.", "request:AME"},
		{"La DPE pide el apoyo de la AME para el censo.", "request:AME"},
		{"La DPE solicita al delegado de la AME que informe.", "request:AME"},
		{"A la AME se le solicita informar en 8 días.", "request:AME 2023-11-25"},
		{"La FCD requiere que la AME confirme las fechas.", "request:AME"},
		{"La FCD recomienda a la AME revisar el texto.", "request:AME"},
		{"La UTPL hace un llamado a la FCD para sumarse.", "request:FCD"},
		{"La DPE solicita al MINEDUC publicar el dato.", "request:MINEDUC"},
		{"La DPE solicita a todos los miembros leer el texto.", "request:Grupo Núcleo"},
		{"FCD invita al Grupo Núcleo a leer el manual.", "invitation:Grupo Núcleo"},
		{"FCD invita a la UTPL y al CNE a leer el manual.", "invitation:UTPL+CNE"},
		{"FCD invita a leer el manual.", "invitation:FCD"},
		{"FCD invita a las organizaciones barriales a leer.", "invitation:FCD"},
		{"La FCD presenta un curso. Invita a seguirlo.", "invitation:FCD"},
		{"El CEE pregunta si hay fondos e invita a la AME a buscarlos.", "invitation:AME"},
		{"AME remitirá la lista y solicita al CNE revisar el padrón.",
		 "undertaking:AME|request:CNE"},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void tasks(void **state)
{
	(void)state;
	static const struct undertaking_case cases[] = {
		{"Es necesario que el CNE publique los datos.", "task:CNE"},
		{"Es necesaria la coordinación desde el Grupo Núcleo.", "task:Grupo Núcleo"},
		{"La FCD considera necesario revisar el plan.", "task:FCD"},
		{"La convocatoria está abierta hasta marzo de 2024.", "task:SNP 2024-03-31"},
		{"El plazo para enviar aportes vence el 5 de diciembre.", "task:SNP 2023-12-05"},
		{"Las inscripciones cierran el 5 de diciembre.", "task:SNP 2023-12-05"},
		{"CNE recuerda que hasta el 12 de enero se reciben postulaciones.",
		 "task:CNE 2024-01-12"},
		{"Es necesario avanzar, por lo que la AME convocará a un taller.",
		 "undertaking:AME"},
	};
	assert_cases(cases, ARRAY_COUNT(cases));
}

static void what_is_no_promise(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"La AME se comprometió a enviar el listado.",
		"La AME ha remitido el listado.",
		"El CNE solicitó los datos a la DPE.",
		"El CNE no remitirá los datos.",
		"La DPE no se compromete a publicar.",
		"El CNE tampoco enviará delegados.",
		"Ningún miembro asumirá la tarea.",
		"El CNE enviaría los datos si los tuviera.",
		"El plan está vigente hasta diciembre del 2024.",
		"La herramienta permitirá mejorar los procesos.",
		"El curso iniciará en marzo.",
		"El proceso podrá repetirse.",
		"El Gobierno será transparente.",
		"La próxima reunión será en marzo.",
		"La FCD pregunta si se realizarán talleres.",
		"La FCD consulta cuándo enviará los datos la AME.",
		"¿Quién elaborará el informe?",
		"La FCD detalla los talleres que se realizarán.",
		"La FCD informa que los municipios presentarán candidaturas.",
		"La FCD informa que la Contraloría General auditará el portal.",
		"La FCD indica que las nuevas autoridades asumirán sus cargos.",
		"La crisis comprometió los plazos.",
		"Los factores que comprometen la ejecución son varios.",
		"El CEE pide la palabra.",
		"El CEE pide disculpas por el retraso.",
		"El avance requiere continuidad.",
		"No es necesario repetir el taller.",
		"Si es necesario, habrá otro taller.",
		"La DPE presenta el informe anual.",
		"La DPE informa que coordinó talleres.",
		"La convocatoria estuvo abierta hasta marzo de 2024.",
		"La FCD fue invitada a la feria.",
		"Los compromisos están en ejecución.",
		"Para Panamá y Bogotá ya hubo visitas.",
		"La FCD visitó a los equipos de Durán y Terán.",
		"Se resuelve: aprobar el cronograma.",
		"Se resuelve por mayoría ampliar el debate.",
		"La próxima reunión se hará el 15 de diciembre.",
		"La FCD informa que el IRM publicará su informe.",
		"La FCD considera que es una herramienta útil.",
	};
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_undertakings(texts[i], "");
}

static void spans_and_certainty(void **state)
{
	(void)state;
	static const char text[] = "La FCD saluda. Se compromete a ordenar el C5 hasta enero 2024.";
	struct prose_context context = fixture_context();
	prose_undertakings list = {0};
	prose_find_undertakings(&context, text, NULL, &list);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].sentence.start, strlen("La FCD saluda. "));
	assert_int_equal(list.items[0].sentence.length, strlen(text) - strlen("La FCD saluda. "));
	assert_string_equal(list.items[0].commitment, "C5");
	assert_string_equal(list.items[0].responsible, "FCD");
	assert_int_equal(list.items[0].certainty, CERTAINTY_SURE);
	assert_memory_equal(text + list.items[0].due.words.start, "hasta enero 2024",
			    list.items[0].due.words.length);
	prose_undertakings_release(&list);
	prose_find_undertakings(&context, "Se remitirá el acta.", NULL, &list);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].responsible, "");
	assert_int_equal(list.items[0].certainty, CERTAINTY_DOUBTFUL);
	prose_undertakings_release(&list);
}

static void paragraphs_are_classified(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int kind, decision;
		const char *tally, *objections;
	} cases[] = {
		{"Leídos los puntos, se aprueban sin enmiendas ni objeciones.", ENTRY_DECISION,
		 DECISION_CONSENSUS, NULL, NULL},
		{"Se acuerda realizar dos talleres.", ENTRY_DECISION, DECISION_CONSENSUS, NULL,
		 NULL},
		{"El acta queda aprobada.", ENTRY_DECISION, DECISION_CONSENSUS, NULL, NULL},
		{"Los miembros aprueban el plan.", ENTRY_DECISION, DECISION_CONSENSUS, NULL, NULL},
		{"El Grupo Núcleo resuelve ampliar el plazo.", ENTRY_DECISION, DECISION_CONSENSUS,
		 NULL, NULL},
		{"Por unanimidad se aprueba el plan.", ENTRY_DECISION, DECISION_CONSENSUS, NULL,
		 NULL},
		{"Se resuelve por mayoría con 9 votos a favor, 2 en contra y 1 abstención.",
		 ENTRY_DECISION, DECISION_VOTE, "9 a favor, 2 en contra, 1 abstención", NULL},
		{"Con nueve votos a favor y dos abstenciones se aprueba la moción.", ENTRY_DECISION,
		 DECISION_VOTE, "9 a favor, 2 abstenciones", NULL},
		{"Se aprueba por mayoría.", ENTRY_DECISION, DECISION_VOTE, NULL, NULL},
		{"Se da por conocido el informe.", ENTRY_DECISION, DECISION_NOTED, NULL, NULL},
		{"El pleno toma nota del informe.", ENTRY_DECISION, DECISION_NOTED, NULL, NULL},
		{"Se aprueba con reserva de la FCD sobre el plazo.", ENTRY_DECISION,
		 DECISION_RESERVATIONS, NULL, "reserva de la FCD sobre el plazo"},
		{"Se aprueba con la objeción del CEE.", ENTRY_DECISION, DECISION_RESERVATIONS, NULL,
		 "objeción del CEE"},
		{"Se aprueba el plan. La DPE deja constancia de su desacuerdo.", ENTRY_DECISION,
		 DECISION_RESERVATIONS, NULL, "La DPE deja constancia de su desacuerdo"},
		{"La AME se compromete a enviar el listado.", ENTRY_UNDERTAKING, ENUM_NONE, NULL,
		 NULL},
		{"Se lee el informe y los miembros lo aprueban.", ENTRY_DECISION,
		 DECISION_CONSENSUS, NULL, NULL},
		{"El Grupo Núcleo ratifica su norma.", ENTRY_DECISION, DECISION_CONSENSUS, NULL,
		 NULL},
		{"Acuerdo: La FCD redactará la norma.", ENTRY_DECISION, DECISION_CONSENSUS, NULL,
		 NULL},
		{"Resolución R-2023-05-01: ampliar el plazo.", ENTRY_DECISION, DECISION_CONSENSUS,
		 NULL, NULL},
		{"Compromiso: ordenar los aportes.", ENTRY_UNDERTAKING, ENUM_NONE, NULL, NULL},
		{"La FCD pide al CNE los datos.", ENTRY_REQUEST, ENUM_NONE, NULL, NULL},
		{"La FCD invita a leer el manual.", ENTRY_REQUEST, ENUM_NONE, NULL, NULL},
		{"La FCD presenta el manual.", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
		{"La FCD informa que se aprobó la ley.", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
		{"La FCD pregunta si se aprueba el plan.", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
		{"No se aprueba nada todavía.", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
		{"Se recuerda que el foro decide por consenso.", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
		{"De acuerdo con la agenda, sigue la FCD.", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
		{"", ENTRY_NOTE, ENUM_NONE, NULL, NULL},
	};
	struct prose_context context = fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct prose_resolution found = prose_classify(&context, cases[i].text);
		const char *tally = found.tally ? found.tally : "(none)";
		const char *objections = found.objections ? found.objections : "(none)";
		if (found.kind != cases[i].kind || found.decision_kind != cases[i].decision ||
		    strcmp(tally, cases[i].tally ? cases[i].tally : "(none)") != 0 ||
		    strcmp(objections, cases[i].objections ? cases[i].objections : "(none)") != 0)
			fail_msg("%s\n  kind %d, decision %d, tally %s, objections %s",
				 cases[i].text, found.kind, found.decision_kind, tally, objections);
		prose_resolution_release(&found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(promises),
		cmocka_unit_test(futures_without_their_accent),
		cmocka_unit_test(labels_and_fields),
		cmocka_unit_test(requests_and_invitations),
		cmocka_unit_test(tasks),
		cmocka_unit_test(what_is_no_promise),
		cmocka_unit_test(spans_and_certainty),
		cmocka_unit_test(paragraphs_are_classified),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
