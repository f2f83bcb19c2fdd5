/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile spreadsheets, through the reader and through a dry run of each import. With clang:
 * -fsanitize=fuzzer -DWITH_LIBFUZZER. Otherwise a plain program: it reads the files named as
 * arguments, or without arguments mutates the sheets below for a second from a fixed seed.
 */
#include "fuzz/fuzz.h"

#include <unistd.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_import.h"
#include "nucleo/exchange/csv_reader.h"
#include "nucleo/exchange/csv_report.h"

static const char *const sheets[] = {
	"siglas;nombre;sector;calidad;desde\r\nBIP;Biblioteca del "
	"Puerto;otro;miembro;2021-01-02\r\n"
	"FCD;;;observador;\r\n",
	"plan,codigo,compromiso,responsable,inicio,fin\npaga7,1,\"Huertos, y más\",BIP--FCD; "
	"AME,2023-01-01,2024-12-31\npaga7,C2,Mapa,\"Club de Lectura, sección norte\",,\n",
	"hito\tcompromiso\ttitulo\tdescripcion\tcontraparte\tinicio\tfin\tplan\n"
	"1\t1\tHuertos\tCenso\tRed (BIP)\tenero de 2023\t02/2023\tpaga7\n"
	"2\t1\t\t\"Siembra\n\"\"dos\"\"\"\t\t\t31/12/2023 00:00:00\tpaga7\n",
	"compromiso,hito,fecha,avance_pct,estado_entidad,estado_contraparte,estado_grupo_nucleo,"
	"resultado_gn,descripcion,plan\n"
	"1,1,2023-05-01,\"82,857 %\",Ejecución,Definición,Completado,bien,'=1+1,paga7\n"
	"1,1,,,,,,,,paga7\n1,1,2023-05-01,90,Ejecución,,Detenido,,x,paga7\n",
	"compromiso,hito,corte,informa,avance,evidencia,nota,reunion,punto\nC1,1,2023-06-01,GN,10,"
	"https://example.org,n,,\n",
};

static const enum record_kind_id kinds[] = {RECORD_ORGANIZATION, RECORD_COMMITMENT,
					    RECORD_MILESTONE, RECORD_PROGRESS};

static void require_findings(const struct csv_finding *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		REQUIRE(items[i].row && items[i].text && *items[i].text);
		REQUIRE(utf8_is_valid(items[i].text, strlen(items[i].text)));
	}
}

static void require_report(const struct csv_import_result *result)
{
	struct strbuf out;
	struct json_writer json;
	strbuf_init(&out);
	json_init(&json, &out);
	csv_report_json(&json, "x.csv", result, true, NULL);
	csv_report_text(&out, "x.csv", result, true);
	REQUIRE(utf8_is_valid(out.data, out.length));
	strbuf_release(&out);
}

static void run_import(struct store *store, enum record_kind_id kind, const char *bytes,
		       size_t length, bool dry_run)
{
	struct csv_import_result result;
	struct error err = {0};
	const struct csv_source source = {
		.name = "paga7_x.csv", .bytes = bytes, .length = length, .kind = kind};
	enum rc rc = csv_import_text(store, &source, dry_run, &result, &err);
	REQUIRE(rc == RC_OK || (*err.text && utf8_is_valid(err.text, strlen(err.text))));
	REQUIRE(rc == RC_OK || rc == RC_INVALID || rc == RC_USAGE || rc == RC_NOT_FOUND);
	REQUIRE(dry_run || rc == RC_OK);
	require_findings(result.errors.items, result.errors.count);
	require_findings(result.remarks.items, result.remarks.count);
	require_report(&result);
	csv_import_result_release(&result);
}

static void require_table(const char *bytes, size_t length)
{
	struct csv_table table;
	struct error err = {0};
	if (csv_read(bytes, length, &table, &err) != RC_OK) {
		REQUIRE(*err.text && utf8_is_valid(err.text, strlen(err.text)));
		return;
	}
	REQUIRE(table.rows.count);
	for (size_t row = 0; row < table.rows.count; row++) {
		REQUIRE(table.rows.items[row].count <= CSV_MAX_COLUMNS);
		for (size_t i = 0; i <= table.rows.items[row].count; i++) {
			const char *cell = csv_cell(&table, row, i);
			REQUIRE(strlen(cell) <= CSV_MAX_CELL);
			REQUIRE(utf8_is_valid(cell, strlen(cell)) && !strpbrk(cell, "\r\f\v\x1B"));
		}
	}
	csv_table_release(&table);
}

/* The database all dry runs read: a plan with milestones and reports. It is open to the end. */
static struct store *database(void)
{
	static struct store *store;
	char folder[] = "/tmp/nucleo-fuzz-XXXXXX";
	struct strbuf path;
	struct error err;
	if (store)
		return store;
	REQUIRE(mkdtemp(folder));
	strbuf_init(&path);
	strbuf_addf(&path, "%s/a.db", folder);
	struct store_options options = {.path = path.data, .throw_away = true, .wait_ms = 1000};
	REQUIRE(store_create(&options, &store, &err) == RC_OK);
	run_import(store, RECORD_MILESTONE, sheets[2], strlen(sheets[2]), false);
	run_import(store, RECORD_PROGRESS, sheets[3], strlen(sheets[3]), false);
	/* An open file lives on without its name. */
	unlink(path.data);
	rmdir(folder);
	strbuf_release(&path);
	return store;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	require_table((const char *)data, size);
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
		run_import(database(), kinds[i], (const char *)data, size, true);
	return 0;
}

#ifndef WITH_LIBFUZZER
/* One change of the kinds that spreadsheets, converters and people make. */
static void mutate(struct strbuf *text)
{
	static const char *const dirt[] = {
		"\"",	   "\"\"", ",",	      ";",     "\t",	      "\n",
		"\r",	   "\r\n", "'",	      "=",     "'=",	      "\xC3",
		"\xFF",	   "%",	   "1",	      "-1",    "--",	      "(",
		"(X)",	   "C1",   "2023-1",  "/",     "\f",	      "\xE2\x80\x8B",
		"sep=,\n", "101",  "  ",      "hito",  "plan",	      "avance",
		"nota",	   ",,,,", "\x1B[2J", "no se", "99999999999",
	};
	fuzz_mutate(text, dirt, ARRAY_COUNT(dirt), 30);
}

static void run_mutations(const char *sheet)
{
	struct strbuf text;
	strbuf_init(&text);
	fuzz_run(sheet, strlen(sheet));
	for (int round = 0; round < 150; round++) {
		strbuf_reset(&text);
		strbuf_adds(&text, sheet);
		for (size_t changes = 1 + fuzz_pick(6); changes; changes--)
			mutate(&text);
		fuzz_run(text.data, text.length);
	}
	for (size_t length = 0; length < strlen(sheet); length += 7)
		fuzz_run(sheet, length);
	strbuf_release(&text);
}

int main(int count, char **arguments)
{
	struct strbuf text;
	strbuf_init(&text);
	for (int i = 1; i < count; i++) {
		strbuf_reset(&text);
		fuzz_read(arguments[i], &text);
		fuzz_run(text.data, text.length);
	}
	for (size_t i = 0; count == 1 && i < ARRAY_COUNT(sheets); i++)
		run_mutations(sheets[i]);
	strbuf_release(&text);
	store_close(database());
	return 0;
}
#endif
