/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/snapshot.h"
#include "nucleo/store/verify.h"

static enum rc check_references(struct store *store, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_REFERENCES_BROKEN);
	if (query_next(&query)) {
		const char *table = query_text(&query, 0, NULL);
		found = error_set(err, RC_INVALID,
				  _("«%s» está dañado: una fila de «%s» nombra otra que no está"),
				  store_path(store), table ? table : "?");
	}
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

enum rc backup_check(struct store *store, bool replay, struct error *err)
{
	enum rc rc = check_references(store, err);
	if (rc == RC_OK)
		rc = replay ? store_verify(store, err) : store_verify_chain(store, err);
	return rc;
}

static enum rc has_queue(struct store *store, bool *has, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_HAS_QUEUE);
	*has = query_next(&query);
	return query_end(&query, err);
}

enum rc backup_queued(struct store *store, int64_t *count, struct error *err)
{
	struct pending_counts counts = {0};
	bool has = false;
	enum rc rc = has_queue(store, &has, err);
	if (rc == RC_OK && has)
		rc = pending_count(store, &counts, err);
	if (rc == RC_OK)
		*count = counts.waiting + counts.parked;
	return rc;
}

/* ---- the file */

static enum rc write_error(const char *path, struct error *err)
{
	return error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), path, strerror(errno));
}

static enum rc measure(int fd, const char *path, struct backup_report *report, struct error *err)
{
	struct stat st;
	if (fsync(fd) != 0 || fstat(fd, &st) != 0)
		return write_error(path, err);
	size_t length = (size_t)st.st_size;
	void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return write_error(path, err);
	report->bytes = st.st_size;
	report->sha256 = digest_of(bytes, length);
	munmap(bytes, length);
	return RC_OK;
}

static enum rc force_to_disk(const char *path, struct backup_report *report, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return write_error(path, err);
	enum rc rc = measure(fd, path, report, err);
	close(fd);
	return rc;
}

static enum rc check_file(const char *path, bool replay, struct backup_report *report,
			  struct error *err)
{
	const struct snapshot_copy file = {.path = path, .called = path};
	struct log_head head = log_head_none();
	struct store *store = NULL;
	enum rc rc = snapshot_open(&file, &store, &head, err);
	if (rc == RC_OK && (head.number != report->head.number ||
			    strcmp(head.hash.hex, report->head.hash.hex) != 0))
		rc = error_set(err, RC_IO, _("lo escrito en «%s» no es lo que se lee"), path);
	if (rc == RC_OK)
		rc = backup_check(store, replay, err);
	if (rc == RC_OK)
		rc = backup_queued(store, &report->queued, err);
	store_close(store);
	return rc;
}

/* Said before anything is written, and once more by whatever gives the name. */
static enum rc check_is_free(const char *path, struct error *err)
{
	struct stat st;
	size_t length = strlen(path);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return error_set(err, RC_REFUSED,
				 _("«%s» es una carpeta: diga el nombre del archivo, como "
				   "«%s%sacta.db»"),
				 path, path, length && path[length - 1] == '/' ? "" : "/");
	if (lstat(path, &st) == 0)
		return error_set(err, RC_REFUSED, _("ya existe «%s»; no se ha tocado"), path);
	return RC_OK;
}

static enum rc explain(enum rc rc, const char *path, struct error *err)
{
	if (interrupt_is_pending())
		return error_set(err, RC_BUSY, _("se interrumpió; no quedó nada en «%s»"), path);
	error_prefix(err, _("no se hizo el respaldo «%s»"), path);
	return rc;
}

enum rc backup_write(struct store *store, const char *path, bool replay,
		     struct backup_report *report, struct error *err)
{
	struct strbuf temporary;
	struct backup_report made = {.queued = 0};
	enum rc rc = check_is_free(path, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&temporary);
	strbuf_addf(&temporary, "%s%s.%s.tmp", *path == '/' ? "" : "./", path,
		    random_id_new().hex);
	rc = store_make_empty(temporary.data, path, err);
	if (rc == RC_OK) {
		rc = snapshot_write_with_queue(store, temporary.data, &made.head, err);
		if (rc == RC_OK)
			rc = force_to_disk(temporary.data, &made, err);
		if (rc == RC_OK)
			rc = check_file(temporary.data, replay, &made, err);
		if (rc == RC_OK)
			rc = store_take_name(temporary.data, path, err);
		if (rc != RC_OK)
			rc = explain(rc, path, err);
		store_remove(temporary.data);
	}
	strbuf_release(&temporary);
	if (rc == RC_OK)
		*report = made;
	return rc;
}

/* ---- what is in it */

void backup_copy_text(char *out, size_t size, const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	while (text && *text && clean.length < size)
		utf8_next_grapheme(&text, &clean);
	size_t length = clean.length < size ? clean.length : size - 1;
	length = utf8_valid_prefix(clean.data, length);
	memcpy(out, clean.data, length);
	out[length] = '\0';
	strbuf_release(&clean);
}

static enum rc read_last(struct store *store, struct backup_facts *facts, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_HISTORY_LAST);
	if (query_next(&query)) {
		facts->operations = query_integer(&query, 0);
		backup_copy_text(facts->at, sizeof(facts->at), query_text(&query, 1, NULL));
		backup_copy_text(facts->by, sizeof(facts->by), query_text(&query, 2, NULL));
		backup_copy_text(facts->words, sizeof(facts->words), query_text(&query, 3, NULL));
	}
	return query_end(&query, err);
}

static enum rc read_counts(struct store *store, struct backup_facts *facts, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_RECORD_COUNTS);
	if (query_next(&query)) {
		facts->organizations = query_integer(&query, 0);
		facts->commitments = query_integer(&query, 1);
		facts->meetings = query_integer(&query, 2);
		facts->followups = query_integer(&query, 3);
	}
	return query_end(&query, err);
}

enum rc backup_facts(struct store *store, struct backup_facts *facts, struct error *err)
{
	struct backup_facts read = {.operations = 0};
	enum rc rc = schema_number(store, &read.schema, err);
	if (rc == RC_OK)
		rc = read_last(store, &read, err);
	if (rc == RC_OK)
		rc = read_counts(store, &read, err);
	if (rc == RC_OK)
		rc = backup_queued(store, &read.queued, err);
	if (rc == RC_OK)
		*facts = read;
	return rc;
}
