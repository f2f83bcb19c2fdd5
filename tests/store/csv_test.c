/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/csv_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/record_csv.h"

const char csv_milestones[] =
	"hito;compromiso;Título;descripción;eje;entidad responsable;contraparte;Inicio;Fin\r\n"
	"1;1;Huertos escolares;Censo de huertos;Barrios;Biblioteca del Puerto (BIP);AME--Club de "
	"Lectura, sección norte;01/02/2023;2023-03-31\r\n"
	"2;1;Huertos escolares;\"Siembra\nen dos barrios\";Barrios;Biblioteca del Puerto "
	"(BIP);AME--Club de Lectura, sección norte;2023-04-01;30/06/2023\r\n"
	"3;C1;;Feria;;;;julio de 2023;09/2023\r\n"
	"1;2;Mapa de veredas;Recorridos;Calles;Asociación de Municipalidades Ecuatorianas;FCD, "
	"UTPL;;\r\n";

const char csv_progress[] =
	"Compromiso,Hito,Fecha,Avance %,Estado entidad,Estado contraparte,Estado GN,Resultado,"
	"Resultado GN,Descripción\n"
	"1,1,2023-08-01,\"82,5 %\",Ejecución,Definición,Ejecución,mejoró,bien,Dos visitas\n"
	"1,1,2023-08-01,\"82,5 %\",Ejecución,Definición,Completado,mejoró,bien,Dos visitas\n"
	"1,2,,,,,,,,\n"
	"1,2,,,,,,,,\n"
	"2,1,05/08/2023,100,Completado,Completado,Completado,,,\n"
	"2,1,05/08/2023,100,Completado,Completado,Completado,,,\n";

static enum rc run(struct store *store, enum record_kind_id kind, const char *name,
		   const char *text, struct csv_import_result *result, struct error *err)
{
	const struct csv_source source = {
		.name = name, .bytes = text, .length = strlen(text), .kind = kind};
	return csv_import_text(store, &source, false, result, err);
}

struct csv_import_result csv_done(struct store *store, enum record_kind_id kind, const char *name,
				  const char *text)
{
	struct csv_import_result result;
	struct error err = {0};
	if (run(store, kind, name, text, &result, &err) != RC_OK)
		fail_msg("%s: %s: %s", name, err.text,
			 result.errors.count ? result.errors.items[0].text : "");
	return result;
}

enum csv_outcome csv_outcome_of(struct store *store, enum record_kind_id kind, const char *name,
				const char *text)
{
	struct csv_import_result result = csv_done(store, kind, name, text);
	enum csv_outcome outcome = result.outcome;
	csv_import_result_release(&result);
	return outcome;
}

struct csv_import_result csv_fails(struct store *store, enum record_kind_id kind, const char *name,
				   const char *text, struct error *err)
{
	struct csv_import_result result;
	int64_t before, after;
	assert_int_equal(store_version(store, &before, err), RC_OK);
	*err = (struct error){0};
	assert_int_not_equal(run(store, kind, name, text, &result, err), RC_OK);
	assert_true(err->text[0]);
	assert_int_equal(result.outcome, CSV_REFUSED);
	struct error ignored;
	assert_int_equal(store_version(store, &after, &ignored), RC_OK);
	assert_int_equal(before, after);
	return result;
}

struct export
{
	struct strbuf text;
	enum record_kind_id kind;
};

static bool add_row_text(void *context, const void *row)
{
	struct export *export = context;
	record_add_csv(&export->text, &record_kinds[export->kind], row);
	return true;
}

char *csv_export(struct store *store, enum record_kind_id kind)
{
	struct export export = {.kind = kind};
	struct list_query all = {0};
	strbuf_init(&export.text);
	record_add_csv_header(&export.text, &record_kinds[kind]);
	assert_done(store_list(store, kind, &all, add_row_text, &export, err));
	return strbuf_detach(&export.text);
}
