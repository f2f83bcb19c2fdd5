/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/csv_import.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"

/* TRIES_MAX: somebody who writes all the time can make an import start over, not for ever.
 * REMARKS_MAX: nobody reads more. */
enum { TRIES_MAX = 10, REMARKS_MAX = 100, NAME_COLUMNS = 60 };

static void release_findings(struct csv_finding *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(items[i].column);
		free(items[i].text);
	}
}

void csv_import_result_release(struct csv_import_result *result)
{
	for (size_t i = 0; i < result->duplicates.count; i++)
		free(result->duplicates.items[i].differs);
	release_findings(result->remarks.items, result->remarks.count);
	release_findings(result->errors.items, result->errors.count);
	vector_release(&result->duplicates);
	vector_release(&result->remarks);
	vector_release(&result->errors);
	free(result->unknown_columns);
	*result = (struct csv_import_result){.kind = result->kind, .outcome = result->outcome};
}

/* ---- what there is to say about rows */

static char *format_text(const char *format, va_list args)
{
	char text[sizeof(((struct error *)NULL)->text)];
	vsnprintf(text, sizeof(text), format, args);
	return mem_strndup(text, utf8_valid_prefix(text, strlen(text)));
}

void csv_fault(struct csv_import *import, size_t row, size_t column, const char *format, ...)
{
	struct csv_import_result *result = import->result;
	struct strbuf name;
	va_list args;
	if (result->error_count++ >= CSV_ERRORS_SHOWN)
		return;
	struct csv_finding *finding = vector_add(&result->errors);
	finding->row = import->table.rows.items[row].number;
	strbuf_init(&name);
	if (column != CSV_NONE) {
		csv_add_column(&name, &import->columns, column);
		finding->column = strbuf_detach(&name);
	}
	va_start(args, format);
	finding->text = format_text(format, args);
	va_end(args);
}

void csv_remark(struct csv_import *import, size_t row, const char *format, ...)
{
	va_list args;
	if (import->result->remarks.count >= REMARKS_MAX)
		return;
	struct csv_finding *finding = vector_add(&import->result->remarks);
	finding->row = import->table.rows.items[row].number;
	va_start(args, format);
	finding->text = format_text(format, args);
	va_end(args);
}

/* ---- the words for the history, in the group's language */

static void add_count(struct strbuf *words, int count, const char *one, const char *many)
{
	if (count)
		strbuf_addf(words, "%s %d %s", words->data[words->length - 1] == ':' ? "" : ",",
			    count, count == 1 ? one : many);
}

static int changed_count(const struct csv_import_result *result)
{
	int changed = 0;
	for (int kind = 0; kind < CSV_KINDS; kind++)
		changed += result->counts[kind].changed;
	return changed;
}

static void set_words(struct csv_import *import)
{
	static const char *const names[CSV_KINDS][2] = {
		[CSV_PLANS] = {"plan", "planes"},
		[CSV_ORGANIZATIONS] = {"institución", "instituciones"},
		[CSV_COMMITMENTS] = {"compromiso", "compromisos"},
		[CSV_MILESTONES] = {"hito", "hitos"},
		[CSV_REPORTS] = {"informe de avance", "informes de avance"},
	};
	struct strbuf words;
	strbuf_init(&words);
	strbuf_adds(&words, "Importa «");
	utf8_fit(&words, import->source->name, NAME_COLUMNS);
	strbuf_adds(&words, "»:");
	for (int kind = 0; kind < CSV_KINDS; kind++)
		add_count(&words, import->result->counts[kind].added, names[kind][0],
			  names[kind][1]);
	add_count(&words, changed_count(import->result), "registro cambiado",
		  "registros cambiados");
	operation_set_words(import->operation, "%s", words.data);
	strbuf_release(&words);
}

/* ---- one run */

static enum rc refuse(struct csv_import *import, struct error *err)
{
	size_t count = import->result->error_count;
	import->result->outcome = CSV_REFUSED;
	return error_set(err, RC_INVALID,
			 ngettext("tiene %zu error; no se escribió nada",
				  "tiene %zu errores; no se escribió nada", count),
			 count);
}

static enum rc read_progress(struct csv_import *import, struct error *err)
{
	enum rc rc = RC_OK;
	csv_progress_begin(import);
	for (size_t row = 1; row < import->table.rows.count && rc == RC_OK; row++)
		rc = csv_progress_row(import, row, err);
	csv_pair_reports(import);
	return rc;
}

static enum rc read_rows(struct csv_import *import, struct error *err)
{
	import->result->rows = import->table.rows.count - 1;
	csv_note_unknown_columns(import);
	if (import->source->kind == RECORD_PROGRESS)
		return read_progress(import, err);
	csv_read_rows(import);
	return RC_OK;
}

static enum rc write_changes(struct csv_import *import, bool dry_run, struct error *err)
{
	struct csv_import_result *result = import->result;
	enum rc rc = csv_write(import, err);
	if (rc != RC_OK || operation_is_empty(import->operation))
		return rc;
	result->outcome = changed_count(result) ? CSV_UPDATED : CSV_NEW;
	set_words(import);
	return dry_run ? RC_OK
		       : operation_commit(import->operation, import->store, &result->number, err);
}

static enum rc import_table(struct csv_import *import, bool dry_run, struct error *err)
{
	enum rc rc = csv_load(import, err);
	if (rc == RC_OK && import->source->kind == RECORD_ORGANIZATION && import->source->plan)
		rc = error_set(err, RC_USAGE,
			       _("las instituciones no son de un plan: quite --plan"));
	if (rc == RC_OK && import->source->kind != RECORD_ORGANIZATION)
		rc = csv_choose_plan(import, err);
	if (rc == RC_OK)
		rc = read_rows(import, err);
	if (rc == RC_OK && import->result->error_count)
		rc = refuse(import, err);
	return rc == RC_OK ? write_changes(import, dry_run, err) : rc;
}

/* Everything is read after the head, and committed only as what follows it. */
static enum rc import_once(struct csv_import *import, bool dry_run, struct error *err)
{
	const struct csv_source *source = import->source;
	int64_t head;
	enum rc rc = store_version(import->store, &head, err);
	if (rc == RC_OK)
		rc = csv_read(source->bytes, source->length, &import->table, err);
	if (rc == RC_OK)
		rc = csv_columns_read(&import->columns, source->kind, &import->table, err);
	if (rc != RC_OK)
		return rc;
	operation_expect_version(import->operation, head);
	csv_tidy(import);
	return import_table(import, dry_run, err);
}

static void import_release(struct csv_import *import)
{
	csv_records_release(import);
	vector_release(&import->report_heads);
	vector_release(&import->stored_heads);
	csv_columns_release(&import->columns);
	csv_table_release(&import->table);
	free(import->plan_code);
	operation_free(import->operation);
}

enum rc csv_import_text(struct store *store, const struct csv_source *source, bool dry_run,
			struct csv_import_result *result, struct error *err)
{
	enum rc rc = RC_CONFLICT;
	*result = (struct csv_import_result){.kind = source->kind, .outcome = CSV_REFUSED};
	for (int i = 0; i < TRIES_MAX && rc == RC_CONFLICT; i++) {
		struct csv_import import = {.store = store,
					    .source = source,
					    .result = result,
					    .above = CSV_NONE,
					    .operation = operation_new()};
		csv_import_result_release(result);
		result->outcome = CSV_UNCHANGED;
		strbuf_init(&import.table.text);
		rc = import_once(&import, dry_run, err);
		import_release(&import);
	}
	if (rc != RC_OK)
		result->outcome = CSV_REFUSED;
	return rc;
}

enum rc csv_import_file(struct store *store, const char *path, const struct csv_source *about,
			bool dry_run, struct csv_import_result *result, struct error *err)
{
	struct strbuf bytes;
	struct csv_source source = *about;
	const char *slash = strrchr(path, '/');
	*result = (struct csv_import_result){.kind = about->kind, .outcome = CSV_REFUSED};
	strbuf_init(&bytes);
	enum rc rc = file_read(path, CSV_MAX_BYTES, &bytes, err);
	source.name = slash ? slash + 1 : path;
	source.bytes = bytes.data;
	source.length = bytes.length;
	if (rc == RC_OK)
		rc = csv_import_text(store, &source, dry_run, result, err);
	strbuf_release(&bytes);
	return rc;
}
