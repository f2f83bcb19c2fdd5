/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_import.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/acta_merge.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/document_text.h"

/* Somebody who writes all the time can make an import start over; not for ever. */
enum { TRIES_MAX = 10 };

void acta_import_result_release(struct acta_import_result *result)
{
	acta_release(&result->acta);
}

static void merge_release(struct acta_merge *merge)
{
	for (int i = 0; i < MERGE_KINDS; i++) {
		record_set_release(&merge->rows[i].set);
		free(merge->rows[i].used);
	}
	record_set_release(&merge->meetings);
	institutions_release(&merge->institutions);
	record_set_release(&merge->indicators);
	record_set_release(&merge->commitments);
	vector_release(&merge->new_commitments);
	vector_release(&merge->item_keys);
	vector_release(&merge->entry_keys);
	free(merge->plan_code);
	operation_free(merge->operation);
}

static void merge_init(struct acta_merge *merge, struct store *store,
		       struct acta_import_result *result)
{
	*merge = (struct acta_merge){
		.store = store,
		.acta = &result->acta,
		.result = result,
		.operation = operation_new(),
	};
}

static enum rc run_stages(struct acta_merge *merge, const char *name, const char *sha256,
			  struct error *err)
{
	enum rc rc = merge_plan(merge, err);
	if (rc == RC_OK)
		rc = merge_meeting(merge, err);
	if (rc != RC_OK)
		return rc;
	merge_attendees(merge);
	merge_items(merge);
	merge_entries(merge);
	merge_measures(merge);
	merge_indicators(merge);
	rc = merge_followups(merge, err);
	if (rc != RC_OK)
		return rc;
	merge_documents(merge, name, sha256);
	return merge_delete_unused(merge, err);
}

static void set_words(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	struct acta_import_result *result = merge->result;
	if (result->outcome == ACTA_IMPORT_NEW)
		operation_set_words(merge->operation,
				    "Importa el acta %s: %zu puntos, %zu resoluciones, "
				    "%zu acciones",
				    acta->number, acta->items.count, acta->entries.count,
				    acta->followups.count);
	else
		operation_set_words(merge->operation,
				    "Corrige el acta %s: %d filas nuevas, %d cambiadas, "
				    "%d quitadas",
				    acta->number, result->added, result->changed, result->removed);
}

static enum rc write_changes(struct acta_merge *merge, bool dry_run, struct error *err)
{
	struct acta_import_result *result = merge->result;
	if (operation_is_empty(merge->operation))
		return RC_OK;
	result->outcome = merge->meetings.count ? ACTA_IMPORT_UPDATED : ACTA_IMPORT_NEW;
	set_words(merge);
	if (dry_run)
		return RC_OK;
	return operation_commit(merge->operation, merge->store, &result->number, err);
}

static enum rc merge_acta(struct acta_merge *merge, const char *name, const char *sha256,
			  bool dry_run, struct error *err)
{
	enum rc rc = merge_load(merge, err);
	if (rc != RC_OK || merge_is_same_file(merge, sha256))
		return rc;
	rc = run_stages(merge, name, sha256, err);
	return rc == RC_OK ? write_changes(merge, dry_run, err) : rc;
}

/* The institutions the reader may recognise as speakers. */
static enum rc read_acta(struct acta_merge *merge, const char *bytes, size_t length,
			 struct acta *acta, struct error *err)
{
	const struct record_set *stored = &merge->institutions.stored;
	enum rc rc = institutions_load(&merge->institutions, merge->store, err);
	if (rc != RC_OK)
		return rc;
	size_t count = stored->count;
	struct prose_institution *known = mem_alloc_zero(count, sizeof(*known));
	for (size_t i = 0; i < count; i++) {
		const struct organization *row = record_set_at(stored, i);
		known[i] = (struct prose_institution){.acronym = row->acronym, .name = row->name};
	}
	rc = acta_read(bytes, length, known, count, acta, err);
	free(known);
	return rc;
}

/* Everything is read after the head, and committed only as what follows it:
 * rows are added because there were none, which no value tells. */
static enum rc import_once(struct acta_merge *merge, const struct acta_source *source,
			   bool dry_run, struct error *err)
{
	int64_t head;
	enum rc rc = store_version(merge->store, &head, err);
	if (rc == RC_OK)
		rc = read_acta(merge, source->bytes, source->length, merge->acta, err);
	if (rc != RC_OK)
		return rc;
	operation_expect_version(merge->operation, head);
	merge_complete_sectors(merge, merge->acta);
	if (source->sha256)
		return merge_acta(merge, source->name, source->sha256, dry_run, err);
	struct digest digest = digest_of(source->bytes, source->length);
	return merge_acta(merge, source->name, digest.hex, dry_run, err);
}

enum rc acta_import_text(struct store *store, const struct acta_source *source, bool dry_run,
			 struct acta_import_result *result, struct error *err)
{
	enum rc rc = RC_CONFLICT;
	for (int i = 0; i < TRIES_MAX && rc == RC_CONFLICT; i++) {
		struct acta_merge merge;
		*result = (struct acta_import_result){.outcome = ACTA_IMPORT_UNCHANGED};
		acta_init(&result->acta);
		merge_init(&merge, store, result);
		rc = import_once(&merge, source, dry_run, err);
		merge_release(&merge);
		if (rc != RC_OK)
			acta_import_result_release(result);
	}
	return rc;
}

/* What a file says, and what it is. */
struct reading {
	struct strbuf text;
	struct digest digest; /* of the file: a newer program may lay its text out anew */
	enum document_format format;
};

static enum rc read_document(const char *path, struct reading *reading, struct error *err)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	enum rc rc = file_read(path, DOCUMENT_MAX_BYTES, &bytes, err);
	if (rc == RC_OK) {
		reading->digest = digest_of(bytes.data, bytes.length);
		reading->format = document_format(bytes.data, bytes.length);
		rc = document_text(bytes.data, bytes.length, DOCUMENT_PATIENCE_MS, &reading->text,
				   err);
	}
	strbuf_release(&bytes);
	return rc;
}

/* Number and date often stand in the head of the page, which pandoc does not read. */
static enum rc explain(enum document_format format, struct error *err)
{
	struct error reason = *err;
	if (reason.code != RC_INVALID || (format != DOCUMENT_DOCX && format != DOCUMENT_ODT))
		return reason.code;
	return error_set(err, RC_INVALID,
			 _("%s; de DOCX y ODT no se leen los encabezados de página: si lo que "
			   "falta está ahí, guárdelo como PDF"),
			 reason.text);
}

enum rc acta_import_file(struct store *store, const char *path, bool dry_run,
			 struct acta_import_result *result, struct error *err)
{
	struct reading reading;
	const char *slash = strrchr(path, '/');
	strbuf_init(&reading.text);
	enum rc rc = read_document(path, &reading, err);
	if (rc == RC_OK) {
		const struct acta_source source = {
			.name = slash ? slash + 1 : path,
			.bytes = reading.text.data,
			.length = reading.text.length,
			.sha256 = reading.digest.hex,
		};
		rc = acta_import_text(store, &source, dry_run, result, err);
		if (rc != RC_OK)
			rc = explain(reading.format, err);
	}
	strbuf_release(&reading.text);
	return rc;
}
