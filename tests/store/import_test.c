/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/verify.h"

const char import_acta[] =
	"FORO LOCAL DE PRUEBA\tActa Nro. AM-2023-04\n"
	"Fecha:\t14/09/2023\n"
	"Hora:\t09h00 a 10h30\n"
	"Lugar:\tBiblioteca municipal, sala 2\n"
	"Asistentes:\tMiembros: Sector Público: DPE, AME, CNE. OSC: FCD, XQZ. "
	"Academia: UTPL.\n"
	"\tObservadores e invitaciones especiales: MINTEL\n"
	"Ausentes:\tCEE\n"
	"Orden del día:\tResoluciones:\n"
	"1. Apertura de la sesión\tDPE da la bienvenida. Se aprueba por consenso el orden del "
	"día.\n"
	"2. Avance de los compromisos\tDPE presenta el avance: C1 (10%), C2 (20,5%) y C3 (0%).\n"
	"\tFCD pregunta por las fechas del portal de datos.\n"
	"\tAME se compromete a enviar el informe de talleres hasta marzo 2024.\n"
	"3. Medición de municipios\tAME evaluó la apertura de los municipios y presenta los "
	"puntajes de Loja (61.5) y Tena (48.25).\n"
	"\tUTPL solicita a la DPE compartir la metodología en 30 días.\n"
	"4. Varios\n"
	"a. Calendario del próximo año\tDPE circulará el calendario de reuniones.\n"
	"b. Difusión\tFCD agradece a todas las instituciones. Se acuerda por mayoría con 5 votos a "
	"favor y 1 en contra publicar las actas.\n"
	"Elaborado por:\tSecretaría Técnica\n"
	"Anexos:\tPresentación de avances\n"
	"\n"
	"Directora Nacional\n"
	"Defensoría del Pueblo de Ecuador\n"
	"Presidencia del Foro\n";

char *import_replace(const char *text, const char *from, const char *to)
{
	struct strbuf out;
	const char *at = strstr(text, from);
	if (!at)
		fail_msg("no «%s»", from);
	strbuf_init(&out);
	strbuf_add(&out, text, (size_t)(at - text));
	strbuf_adds(&out, to);
	strbuf_adds(&out, at + strlen(from));
	return strbuf_detach(&out);
}

enum rc import_try(struct store *store, const char *text, struct error *err)
{
	struct acta_import_result result;
	const struct acta_source source = {
		.name = "acta.txt", .bytes = text, .length = strlen(text)};
	enum rc rc = acta_import_text(store, &source, false, &result, err);
	if (rc == RC_OK)
		acta_import_result_release(&result);
	return rc;
}

enum acta_import_outcome import_done(struct store *store, const char *text)
{
	struct acta_import_result result;
	const struct acta_source source = {
		.name = "acta.txt", .bytes = text, .length = strlen(text)};
	assert_done(acta_import_text(store, &source, false, &result, err));
	enum acta_import_outcome outcome = result.outcome;
	acta_import_result_release(&result);
	return outcome;
}

int64_t import_verified_head(const char *name)
{
	int64_t head = 0;
	char *integrity = test_query(name, "PRAGMA integrity_check");
	assert_string_equal(integrity, "ok");
	free(integrity);
	struct store *store = test_open(name);
	assert_done(store_version(store, &head, err));
	assert_done(store_verify(store, err));
	store_close(store);
	return head;
}

char *import_rows(const char *name, const char *sql)
{
	struct strbuf query;
	strbuf_init(&query);
	strbuf_addf(&query, "SELECT group_concat(x, char(10)) FROM (%s)", sql);
	char *text = test_query(name, query.data);
	strbuf_release(&query);
	return text;
}

void import_assert_rows(const char *name, const char *sql, const char *expected)
{
	char *found = import_rows(name, sql);
	assert_string_equal(found, expected);
	free(found);
}

int64_t import_number(const char *name, const char *sql)
{
	char *text = test_query(name, sql), *end;
	int64_t number = strtoll(text, &end, 10);
	if (!*text || *end)
		fail_msg("%s: «%s»", sql, text);
	free(text);
	return number;
}

char *import_last_edits(const char *name)
{
	return import_rows(
		name,
		"SELECT x FROM (SELECT CASE WHEN json_type(value, '$.insert') IS NOT NULL THEN '+' "
		"|| json_extract(value, '$.table') WHEN json_type(value, '$.delete') IS NOT NULL "
		"THEN '-' || json_extract(value, '$.table') ELSE json_extract(value, '$.table') || "
		"':' || (SELECT group_concat(key) FROM json_each(json_extract(e.value, '$.set'))) "
		"END AS x FROM json_each((SELECT text FROM history ORDER BY number DESC LIMIT 1), "
		"'$.edits') AS e) WHERE x <> 'document:sha256' ORDER BY x");
}
