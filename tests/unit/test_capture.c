/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/model/names.h"
#include "unit/capture_fixture.h"

/* What each line of a live meeting becomes. The meeting is of Friday 17/11/2023. */

/* "AME,FCD" of a list of lines. */
static void add_lines(struct strbuf *out, const char *before, const char *lines)
{
	if (!*lines)
		return;
	strbuf_adds(out, before);
	for (; *lines; lines++)
		strbuf_addch(out, *lines == '\n' ? ',' : *lines);
}

static void describe_due(const struct capture *capture, struct strbuf *out)
{
	if (!capture->due_text)
		return;
	strbuf_adds(out, " due=");
	date_add_iso(out, capture->due);
	strbuf_addf(out, "«%s»%s", capture->due_text, capture->due_is_past ? "past" : "");
}

/* All but the text, in one line: "note habla=FCD". */
static void describe(const struct capture *capture, struct strbuf *out)
{
	strbuf_adds(out, enum_name(&entry_kind_names, capture->kind));
	if (capture->decision_kind != ENUM_NONE)
		strbuf_addf(out, "/%s", enum_name(&decision_kind_names, capture->decision_kind));
	if (capture->followup_kind != ENUM_NONE)
		strbuf_addf(out, "+%s", enum_name(&followup_kind_names, capture->followup_kind));
	strbuf_addf(out, "%s%s", capture->is_doubt ? " ?" : "", capture->is_private ? " ~" : "");
	if (capture->speaker)
		strbuf_addf(out, " habla=%s%s", capture->speaker,
			    capture->speaker_is_known ? "" : "*");
	add_lines(out, " resp=", capture->responsible);
	add_lines(out, " new=", capture->unknown);
	describe_due(capture, out);
	if (capture->commitment)
		strbuf_addf(out, " #%s", capture->commitment);
	for (size_t i = 0; i < capture->measurements.count; i++)
		strbuf_addf(out, " %s=%d", capture->measurements.items[i].code,
			    capture->measurements.items[i].percent);
	for (size_t i = 0; i < capture->said.count; i++)
		strbuf_addf(out, " said:%s=%d", capture->said.items[i].code,
			    capture->said.items[i].percent);
	if (capture->objections)
		strbuf_addf(out, " objections=%s", capture->objections);
	if (capture->tally)
		strbuf_addf(out, " tally=%s", capture->tally);
	for (size_t i = 0; i < capture->tokens.count; i++)
		if (capture->tokens.items[i].problem)
			strbuf_addf(out, " | %s", capture->tokens.items[i].problem);
}

/* What is typed, the text of the entry, and the rest. */
static const struct {
	const char *line, *text, *rest;
} lines[] = {
	{"", "", "note"},
	{"   ", "", "note"},
	{"Se da lectura al orden del día", "Se da lectura al orden del día", "note"},
	{"  dos   blancos\ty tabulador  ", "dos blancos y tabulador", "note"},
	{"el primer carácter queda", "el primer carácter queda", "note"},
	{"Pregunta el público: ¿cuándo?", "Pregunta el público: ¿cuándo?", "note"},
	{"Avance del 50 % y ganancia ! de # tema", "Avance del 50 % y ganancia ! de # tema",
	 "note"},
	{"Escriba a quien sea @ la mesa", "Escriba a quien sea @ la mesa", "note"},
	{"ana@ejemplo responde", "ana@ejemplo responde", "note"},
	{"FCD: presenta los avances", "presenta los avances", "note habla=FCD"},
	{"fcd: presenta los avances", "presenta los avances", "note habla=FCD"},
	{"PRESIDENCIA: da la bienvenida", "da la bienvenida", "note habla=Presidencia"},
	{"El CEE: pregunta por la estrategia", "pregunta por la estrategia", "note habla=CEE"},
	{"La DPE: pregunta por la estrategia", "pregunta por la estrategia", "note habla=DPE"},
	{"Consejo Nacional Electoral: informa", "informa", "note habla=CNE"},
	{"Grupo Núcleo: resuelve seguir", "resuelve seguir",
	 "note habla=Grupo Núcleo* new=Grupo Núcleo"},
	{"REDAM: pide la palabra", "pide la palabra", "note habla=REDAM* new=REDAM"},
	{"CÁMARA-X: pide la palabra", "pide la palabra", "note habla=CÁMARA-X* new=CÁMARA-X"},
	{"C5: talleres", "C5: talleres", "note"},
	{"NB: mirar esto", "NB: mirar esto", "note"},
	{"Nota: mirar esto", "Nota: mirar esto", "note"},
	{"a las 15:30 se reanuda", "a las 15:30 se reanuda", "note"},
	{"FCD:presenta", "presenta", "note habla=FCD"},
	{"FCD comenta que hay avances", "FCD comenta que hay avances", "note habla=FCD"},
	{"Por su parte Presidencia informa de las reuniones",
	 "Por su parte Presidencia informa de las reuniones",
	 "note habla=Presidencia"},
	{"Fundapi presenta la herramienta", "Fundapi presenta la herramienta",
	 "note habla=FUNDAPI"},
	{"En respuesta, la AME indica que habrá talleres",
	 "En respuesta, la AME indica que habrá talleres",
	 "note habla=AME"},
	{"Hubo un receso", "Hubo un receso", "note"},
	{"= Se aprueba el orden del día", "Se aprueba el orden del día", "decision/consensus"},
	{"=Se aprueba el orden del día", "Se aprueba el orden del día", "decision/consensus"},
	{"= Se aprueba por unanimidad", "Se aprueba por unanimidad", "decision/consensus"},
	{"= Se aprueba con 9 votos a favor, 2 en contra y 1 abstención",
	 "Se aprueba con 9 votos a favor, 2 en contra y 1 abstención",
	 "decision/vote tally=9 a favor, 2 en contra, 1 abstención"},
	{"= Se aprueba el plan, con la reserva del CNE sobre los plazos",
	 "Se aprueba el plan, con la reserva del CNE sobre los plazos",
	 "decision/reservations objections=reserva del CNE sobre los plazos"},
	{"= Se toma nota del informe", "Se toma nota del informe", "decision/noted"},
	{"= El CNE no está de acuerdo con el plazo", "El CNE no está de acuerdo con el plazo",
	 "decision/consensus habla=CNE"},
	{"= Receso de diez minutos", "Receso de diez minutos", "decision/consensus"},
	{"=", "", "decision/consensus"},
	{"= FCD: Se aprueba el acta", "Se aprueba el acta", "decision/consensus habla=FCD"},
	{"FCD: = Se aprueba el acta", "Se aprueba el acta", "decision/consensus habla=FCD"},
	{"= @DPE publicará el acta !enero", "DPE publicará el acta",
	 "decision/consensus+undertaking habla=DPE resp=DPE due=2024-01-31«enero»"},
	{"? Falta el dato del CNE", "Falta el dato del CNE", "note ?"},
	{"?Falta el dato", "Falta el dato", "note ?"},
	{"¿Quién presenta?", "¿Quién presenta?", "note"},
	{"~ No se oyó bien", "No se oyó bien", "note ~"},
	{"~?FCD: no quiso decir", "no quiso decir", "note ? ~ habla=FCD"},
	{"== doble", "= doble", "decision/consensus"},
	{"? ? doble", "? doble", "note ?"},
	{"@AME termina los talleres", "AME termina los talleres",
	 "undertaking+undertaking habla=AME resp=AME"},
	{"@ame termina los talleres", "AME termina los talleres",
	 "undertaking+undertaking habla=AME resp=AME"},
	{"La @AME termina los talleres, y la @DPE los publica",
	 "La AME termina los talleres, y la DPE los publica",
	 "undertaking+undertaking habla=AME resp=AME,DPE"},
	{"AME terminará los talleres @AME", "AME terminará los talleres",
	 "undertaking+undertaking habla=AME resp=AME"},
	{"AME terminará los talleres. @AME", "AME terminará los talleres.",
	 "undertaking+undertaking habla=AME resp=AME"},
	{"AME terminará los talleres, @AME.", "AME terminará los talleres.",
	 "undertaking+undertaking habla=AME resp=AME"},
	{"AME terminará los talleres (@AME)", "AME terminará los talleres",
	 "undertaking+undertaking habla=AME resp=AME"},
	{"AME terminará los talleres (@AME, !enero).", "AME terminará los talleres.",
	 "undertaking+undertaking habla=AME resp=AME due=2024-01-31«enero»"},
	{"Terminar los talleres @AME,FCD", "Terminar los talleres",
	 "undertaking+undertaking resp=AME,FCD"},
	{"Terminar los talleres @AME, FCD", "Terminar los talleres AME, FCD",
	 "undertaking+undertaking resp=AME"},
	{"Terminar los talleres @AME @FCD @ame", "Terminar los talleres",
	 "undertaking+undertaking resp=AME,FCD"},
	{"Terminar los talleres @AME,REDAM", "Terminar los talleres",
	 "undertaking+undertaking resp=AME,REDAM new=REDAM"},
	{"Revisar con @\"Grupo Núcleo\"", "Revisar con Grupo Núcleo",
	 "undertaking+undertaking resp=Grupo Núcleo new=Grupo Núcleo"},
	{"@\"Secretaría Nacional de Planificación\" remitirá el formato", "SNP remitirá el formato",
	 "undertaking+undertaking habla=SNP resp=SNP"},
	{"@\"Asamblea Nacional\" entregará datos",
	 "Asamblea Nacional entregará datos",
	 "undertaking+undertaking habla=Asamblea Nacional* resp=Asamblea Nacional "
	 "new=Asamblea Nacional"},
	{"Apoyo a la @AME", "Apoyo a la AME", "undertaking+undertaking resp=AME"},
	{"Apoyo a la @AME !+2s", "Apoyo a la AME",
	 "undertaking+undertaking resp=AME due=2023-12-01«en 2 semanas»"},
	{"Apoyo de la @AME, @FCD", "Apoyo de la AME, FCD", "undertaking+undertaking resp=AME,FCD"},
	{"Responsables: @AME, @FCD", "Responsables: AME, FCD",
	 "undertaking+undertaking resp=AME,FCD"},
	{"Hablar con @todos", "Hablar con @todos",
	 "note | «todos» no está en el directorio; con mayúscula se registra"},
	{"Hablar con @x", "Hablar con @x",
	 "note | «x» no está en el directorio; con mayúscula se registra"},
	{"Hablar con @\"sin cerrar", "Hablar con @\"sin cerrar",
	 "note | faltan las comillas que cierran el nombre"},
	{"@AME,nadie revisan", "@AME,nadie revisan",
	 "note habla=AME | «nadie» no está en el directorio; con mayúscula se registra"},
	{"FCD: remitirá los datos !enero", "remitirá los datos",
	 "undertaking+undertaking habla=FCD resp=FCD due=2024-01-31«enero»"},
	{"FCD remitirá los datos !enero", "FCD remitirá los datos",
	 "undertaking+undertaking habla=FCD resp=FCD due=2024-01-31«enero»"},
	{"Remitir los datos !enero", "Remitir los datos",
	 "undertaking+undertaking due=2024-01-31«enero»"},
	{"CEE pide a la AME compartir las guías !enero", "CEE pide a la AME compartir las guías",
	 "request+request habla=CEE resp=AME due=2024-01-31«enero»"},
	{"CEE invita a la FCD a difundir el curso @FCD", "CEE invita a la FCD a difundir el curso",
	 "request+invitation habla=CEE resp=FCD"},
	{"Se solicita a la DPE el informe @DPE #C6", "Se solicita a la DPE el informe",
	 "request+request resp=DPE #C6"},
	{"Revisar !2024-01-31", "Revisar", "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar !31/01/2024", "Revisar", "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar !31/1/2024.", "Revisar.", "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar !31.1.2024", "Revisar", "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar !31/1", "Revisar", "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar !1/12/23", "Revisar", "undertaking+undertaking due=2023-12-01«01/12/2023»"},
	{"Revisar !31-ene", "Revisar", "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar !31-ENE-2025", "Revisar", "undertaking+undertaking due=2025-01-31«31/01/2025»"},
	{"Revisar !16/11", "Revisar", "undertaking+undertaking due=2024-11-16«16/11/2024»"},
	{"Revisar !29/2", "Revisar", "undertaking+undertaking due=2024-02-29«29/02/2024»"},
	{"Revisar !29/2/2023", "Revisar !29/2/2023", "note | 29/2/2023: ese día no existe"},
	{"Revisar !31/02", "Revisar !31/02", "note | 31/02: ese día no existe"},
	{"Revisar !2024-13-01", "Revisar !2024-13-01", "note | 2024-13-01: ese día no existe"},
	{"Revisar !1/1/2023", "Revisar", "undertaking+undertaking due=2023-01-01«01/01/2023»past"},
	{"Revisar !enero", "Revisar", "undertaking+undertaking due=2024-01-31«enero»"},
	{"Revisar !noviembre", "Revisar", "undertaking+undertaking due=2023-11-30«noviembre»"},
	{"Revisar !octubre", "Revisar", "undertaking+undertaking due=2024-10-31«octubre»"},
	{"Revisar !Enero 2024", "Revisar", "undertaking+undertaking due=2024-01-31«Enero 2024»"},
	{"Revisar !enero de 2024 con AME", "Revisar con AME",
	 "undertaking+undertaking due=2024-01-31«enero de 2024»"},
	{"Revisar !enero, 2024", "Revisar, 2024", "undertaking+undertaking due=2024-01-31«enero»"},
	{"Revisar !ene 2024", "Revisar", "undertaking+undertaking due=2024-01-31«ene 2024»"},
	{"Revisar !enero 2020", "Revisar",
	 "undertaking+undertaking due=2020-01-31«enero 2020»past"},
	{"Revisar !+3d", "Revisar", "undertaking+undertaking due=2023-11-20«en 3 días»"},
	{"Revisar !+1s", "Revisar", "undertaking+undertaking due=2023-11-24«en 1 semana»"},
	{"Revisar !+2s", "Revisar", "undertaking+undertaking due=2023-12-01«en 2 semanas»"},
	{"Revisar !+1m", "Revisar", "undertaking+undertaking due=2023-12-17«en 1 mes»"},
	{"Revisar !+1A", "Revisar", "undertaking+undertaking due=2024-11-17«en 1 año»"},
	{"Revisar !+3", "Revisar !+3",
	 "note | se escribe +3d, +2s, +1m o +1a: días, semanas, meses o años"},
	{"Revisar !+3x", "Revisar !+3x",
	 "note | la unidad es d, s, m o a: días, semanas, meses o años"},
	{"Revisar !+9999a", "Revisar !+9999a", "note | ese plazo queda demasiado lejos"},
	{"Revisar !próx-reunión", "Revisar",
	 "undertaking+undertaking due=2024-02-09«la próxima reunión»"},
	{"Revisar !prox-reunion", "Revisar",
	 "undertaking+undertaking due=2024-02-09«la próxima reunión»"},
	{"Revisar !reunión", "Revisar",
	 "undertaking+undertaking due=2024-02-09«la próxima reunión»"},
	{"Revisar !hoy", "Revisar", "undertaking+undertaking due=2023-11-17«hoy»"},
	{"Revisar !mañana", "Revisar", "undertaking+undertaking due=2023-11-18«mañana»"},
	{"Revisar !pasado mañana", "Revisar",
	 "undertaking+undertaking due=2023-11-19«pasado mañana»"},
	{"Revisar !viernes", "Revisar", "undertaking+undertaking due=2023-11-24«viernes»"},
	{"Revisar !próximo lunes", "Revisar",
	 "undertaking+undertaking due=2023-11-20«próximo lunes»"},
	{"Revisar !15 de marzo", "Revisar", "undertaking+undertaking due=2024-03-15«15 de marzo»"},
	{"Revisar !viernes 15 de marzo de 2024 en Quito", "Revisar en Quito",
	 "undertaking+undertaking due=2024-03-15«viernes 15 de marzo de 2024»"},
	{"Revisar !fin de mes", "Revisar", "undertaking+undertaking due=2023-11-30«fin de mes»"},
	{"Revisar !primer trimestre de 2024", "Revisar",
	 "undertaking+undertaking due=2024-03-31«primer trimestre de 2024»"},
	{"Revisar !30 días", "Revisar", "undertaking+undertaking due=2023-12-17«30 días»"},
	{"Revisar !próximo año", "Revisar", "undertaking+undertaking due=2024-12-31«próximo año»"},
	{"Revisar !\"para el próximo año\"", "Revisar para el próximo año",
	 "undertaking+undertaking due=2024-12-31«para el próximo año»"},
	{"Revisar !“antes de fin de mes” las guías", "Revisar antes de fin de mes las guías",
	 "undertaking+undertaking due=2023-11-30«antes de fin de mes»"},
	{"Revisar !«la próxima reunión»", "Revisar la próxima reunión",
	 "undertaking+undertaking due=2024-02-09«la próxima reunión»"},
	{"Revisar !\"cuando se pueda\" @AME", "Revisar cuando se pueda",
	 "undertaking+undertaking resp=AME due=«cuando se pueda»"},
	{"Revisar !\"\"", "Revisar !\"\"",
	 "note | entre las comillas va el plazo, con las palabras en que se dijo"},
	{"Revisar !\"sin cerrar", "Revisar !\"sin cerrar",
	 "note | faltan las comillas que cierran el plazo"},
	{"Revisar !importante", "Revisar !importante",
	 "note | «importante» no es una fecha que se entienda"},
	{"Revisar !enero !febrero", "Revisar !febrero",
	 "undertaking+undertaking due=2024-01-31«enero» | la línea ya tiene plazo: «enero»"},
	{"¡Urgente! !!!", "¡Urgente! !!!", "note"},
	{"Revisar !31/1, sin falta, los datos", "Revisar, sin falta, los datos",
	 "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar (!31/1) los datos", "Revisar los datos",
	 "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar (!31/1, dice FCD) los datos", "Revisar (dice FCD) los datos",
	 "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar hasta !31/1 los datos", "Revisar hasta 31/01/2024 los datos",
	 "undertaking+undertaking due=2024-01-31«31/01/2024»"},
	{"Revisar hasta !enero 2024", "Revisar hasta enero 2024",
	 "undertaking+undertaking due=2024-01-31«enero 2024»"},
	{"Talleres del #C5 en marcha", "Talleres del C5 en marcha", "note #C5"},
	{"Talleres #C5", "Talleres", "note #C5"},
	{"Talleres #c5.", "Talleres.", "note #C5"},
	{"Talleres del #5", "Talleres del C5", "note #C5"},
	{"Talleres #99", "Talleres #99", "note | no hay un compromiso C99"},
	{"Talleres #C99", "Talleres #C99", "note | no hay un compromiso C99"},
	{"Talleres #Cx", "Talleres #Cx", "note | no hay un compromiso Cx"},
	{"Datos #C9", "Datos #C9",
	 "note | C9 está en varios planes: escriba #paga1/C9 o #paga2/C9"},
	{"Datos #paga1/C9", "Datos", "note #paga1/C9"},
	{"Datos del #PAGA2/c9 listos", "Datos del C9 listos", "note #paga2/C9"},
	{"Datos #C10", "Datos", "note #paga1/C10"},
	{"Talleres #C5 #C6", "Talleres #C6",
	 "note #C5 | la línea ya es del C5; va una por compromiso"},
	{"Talleres #C5 #c5", "Talleres", "note #C5"},
	{"AME hará los talleres del C5 @AME !enero", "AME hará los talleres del C5",
	 "undertaking+undertaking habla=AME resp=AME due=2024-01-31«enero» #C5"},
	{"#C5 @AME", "", "undertaking+undertaking resp=AME #C5"},
	{"%C6=38", "C6: 38 %.", "note C6=3800"},
	{"%C6=38 %C5=20,5%", "C6: 38 %; C5: 20.5 %.", "note C6=3800 C5=2050"},
	{"%C6=38,5", "C6: 38.5 %.", "note C6=3850"},
	{"%6=38", "C6: 38 %.", "note C6=3800"},
	{"%paga1/C9=12", "C9: 12 %.", "note paga1/C9=1200"},
	{"FCD presenta el avance %C6=38", "FCD presenta el avance", "note habla=FCD C6=3800"},
	{"El portal va en %C6=38, dice la DPE", "El portal va en C6 (38 %), dice la DPE",
	 "note C6=3800"},
	{"%C6=38 %C6=40", "C6: 40 %.", "note C6=4000"},
	{"%C6=101", "%C6=101", "note | C6: el avance va de 0 a 100, con dos decimales a lo más"},
	{"%C6=", "%C6=", "note | C6: el avance va de 0 a 100, con dos decimales a lo más"},
	{"%C6", "%C6", "note | una medición se escribe %C6=38"},
	{"%C6=1,234", "%C6=1,234",
	 "note | C6: el avance va de 0 a 100, con dos decimales a lo más"},
	{"%C99=3", "%C99=3", "note | no hay un compromiso C99"},
	{"%C6=38 @DPE", "C6: 38 %.", "undertaking+undertaking resp=DPE C6=3800"},
	{"C1 (20%), C5 y C6 (0%)", "C1 (20%), C5 y C6 (0%)",
	 "note said:C1=2000 said:C5=0 said:C6=0"},
	{"C1 (20%) y C6 (30%) %C6=38", "C1 (20%) y C6 (30%)", "note C6=3800 said:C1=2000"},
	{"\\@AME y \\#C5", "@AME y #C5", "note habla=AME"},
	{"\\= no es decisión", "= no es decisión", "note"},
	{"\\? \\~", "? ~", "note"},
	{"Ruta \\\\servidor", "Ruta \\\\servidor", "note"},
	{"FCD: AME enviará la matriz @AME !+2s #C5", "AME enviará la matriz",
	 "undertaking+undertaking habla=FCD resp=AME due=2023-12-01«en 2 semanas» #C5"},
	{"DPE publicará el padrón !\"para el próximo año\" @DPE #C6",
	 "DPE publicará el padrón para el próximo año",
	 "undertaking+undertaking habla=DPE resp=DPE due=2024-12-31«para el próximo año» #C6"},
	{"= Se acuerda que la AME remita la matriz @AME !próx-reunión",
	 "Se acuerda que la AME remita la matriz",
	 "decision/consensus+undertaking resp=AME due=2024-02-09«la próxima reunión»"},
	{"Terminar los talleres @AME y @FCD", "Terminar los talleres",
	 "undertaking+undertaking resp=AME,FCD"},
	{"Terminar los talleres @AME, @FCD y @CNE !enero.", "Terminar los talleres.",
	 "undertaking+undertaking resp=AME,FCD,CNE due=2024-01-31«enero»"},
	{"Apoyo a la @AME y @FCD !enero", "Apoyo a la AME y FCD",
	 "undertaking+undertaking resp=AME,FCD due=2024-01-31«enero»"},
	{"Apoyo a la @AME, @FCD y la @CNE !enero", "Apoyo a la AME, FCD y la CNE",
	 "undertaking+undertaking resp=AME,FCD,CNE due=2024-01-31«enero»"},
	{"Talleres @AME !32/1", "Talleres !32/1",
	 "undertaking+undertaking resp=AME | 32/1: ese día no existe"},
	{"Talleres (véase #C5).", "Talleres (véase).", "note #C5"},
	{"http://ejemplo.ec", "http://ejemplo.ec", "note"},
};

static void a_line_becomes_an_entry(void **state)
{
	(void)state;
	struct capture_context context = capture_fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(lines); i++) {
		struct capture capture;
		struct strbuf rest;
		strbuf_init(&rest);
		capture_read(&context, lines[i].line, &capture);
		describe(&capture, &rest);
		assert_string_equal(capture.text, lines[i].text);
		assert_string_equal(rest.data, lines[i].rest);
		strbuf_release(&rest);
		capture_release(&capture);
	}
}

/* The words of each token, apart by '|', for whoever marks them in the line. */
static void tokens_know_where_they_stand(void **state)
{
	(void)state;
	static const struct {
		const char *line, *tokens;
	} rows[] = {
		{"=? FCD: «@AME,DPE», del #C5 (!enero de 2024) y %C6=38.",
		 "=|?|FCD:|@AME,DPE|#C5|!enero de 2024|%C6=38|"},
		{"ñandú @AME.  !\"fin de año\" @nadie, !31/02;",
		 "@AME|!\"fin de año\"|@nadie|!31/02|"},
		{"nada que decir", ""},
	};
	struct capture_context context = capture_fixture_context();
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct capture capture;
		struct strbuf found;
		strbuf_init(&found);
		capture_read(&context, rows[i].line, &capture);
		for (size_t j = 0; j < capture.tokens.count; j++) {
			struct prose_span where = capture.tokens.items[j].where;
			strbuf_add(&found, rows[i].line + where.start, where.length);
			strbuf_addch(&found, '|');
		}
		assert_string_equal(found.data, rows[i].tokens);
		strbuf_release(&found);
		capture_release(&capture);
	}
}

/* Without the day of the meeting words are kept and no day is made up. */
static void without_a_meeting_date(void **state)
{
	(void)state;
	static const char *const ways[] = {"!enero", "!31/1", "!+2s", "!viernes", "!próx-reunión",
					   "!\"para el próximo año\""};
	struct capture_context context = capture_fixture_context();
	context.prose.meeting_date = context.prose.next_meeting = DATE_NONE;
	for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
		struct capture capture;
		capture_read(&context, ways[i], &capture);
		assert_int_equal(capture.due, DATE_NONE);
		assert_non_null(capture.due_text);
		assert_null(capture.tokens.items[0].problem);
		capture_release(&capture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_becomes_an_entry),
		cmocka_unit_test(tokens_know_where_they_stand),
		cmocka_unit_test(without_a_meeting_date),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
