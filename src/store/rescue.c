/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/rescue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/codes.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica_parts.h"

/* The note is the name of the damaged file. */
#define NOTE_END ".rescue"
#define NOTE_LIMIT 200
/* What a replica keeps of the last one that was rescued into it. */
#define RESCUED "rescued"

void rescue_report_release(struct rescue_report *report)
{
	free(report->aside);
	*report = (struct rescue_report){0};
}

void rescue_report_add(struct strbuf *out, const struct rescue_report *report)
{
	int64_t kept = report->waiting + report->parked;
	strbuf_addf(out,
		    _("la copia de esta máquina estaba dañada: se hizo otra desde el disco; la "
		      "dañada quedó en «%s»"),
		    report->aside);
	if (kept)
		strbuf_addf(out,
			    ngettext("; se recuperó de su cola %lld cambio",
				     "; se recuperaron de su cola %lld cambios",
				     (unsigned long)kept),
			    (long long)kept);
	if (report->lost)
		strbuf_addf(out,
			    ngettext("; %lld cambio de la cola no se puede leer",
				     "; %lld cambios de la cola no se pueden leer",
				     (unsigned long)report->lost),
			    (long long)report->lost);
	else if (report->is_partial)
		strbuf_adds(out,
			    _("; parte de su cola no se puede leer: si había guardado algo que "
			      "el grupo no tiene, anótelo otra vez"));
}

/* ---- the note, and the files */

static char *note_path(const struct share_place *place, const struct random_id *uuid)
{
	struct strbuf name;
	strbuf_init(&name);
	strbuf_addf(&name, "%s" NOTE_END, uuid->hex);
	char *path = share_place_file(place, name.data);
	strbuf_release(&name);
	return path;
}

/* Owned path of the damaged file; NULL: nothing is noted. */
static char *noted(const struct share_place *place, const struct random_id *uuid)
{
	struct strbuf text;
	char *path = note_path(place, uuid), *aside = NULL;
	strbuf_init(&text);
	if (file_read(path, NOTE_LIMIT, &text, NULL) == RC_OK) {
		strbuf_trim(&text);
		if (strncmp(text.data, uuid->hex, strlen(uuid->hex)) == 0 &&
		    !strchr(text.data, '/'))
			aside = share_place_file(place, text.data);
	}
	strbuf_release(&text);
	free(path);
	return aside;
}

static void add_free_name(const struct share_place *place, const struct random_id *uuid,
			  struct strbuf *name)
{
	strbuf_addf(name, "%s.db.", uuid->hex);
	clock_add_utc(name);
	size_t length = name->length;
	bool is_taken = true;
	for (int i = 2; is_taken; i++) {
		char *path = share_place_file(place, name->data);
		is_taken = access(path, F_OK) == 0;
		free(path);
		if (is_taken) {
			strbuf_truncate(name, length);
			strbuf_addf(name, "-%d", i);
		}
	}
}

enum rc rescue_resume(const struct share_place *place, const struct random_id *uuid,
		      struct error *err)
{
	char *aside = noted(place, uuid), *path = share_place_replica(place, uuid);
	enum rc rc = RC_OK;
	if (aside && !replica_move(path, aside))
		rc = error_set(err, RC_IO, _("no se puede cambiar el nombre de «%s»: %s"), path,
			       strerror(errno));
	free(path);
	free(aside);
	return rc;
}

enum rc rescue_set_aside(const struct share_place *place, const struct random_id *uuid,
			 struct error *err)
{
	struct strbuf name;
	char *note = note_path(place, uuid);
	strbuf_init(&name);
	add_free_name(place, uuid, &name);
	enum rc rc = file_replace(note, name.data, name.length, err);
	if (rc == RC_OK)
		rc = rescue_resume(place, uuid, err);
	strbuf_release(&name);
	free(note);
	return rc;
}

/* ---- what can be read of a queue */

struct row {
	int64_t number;
	char *op, *since, *template, *text, *parked;
};

struct reading {
	struct store *damaged;
	VECTOR(struct row) rows;
	int64_t lost;
	bool is_partial;
};

static void reading_release(struct reading *reading)
{
	for (size_t i = 0; i < reading->rows.count; i++) {
		struct row *row = &reading->rows.items[i];
		free(row->op);
		free(row->since);
		free(row->template);
		free(row->text);
		free(row->parked);
	}
	vector_release(&reading->rows);
}

static bool is_read(const struct reading *reading, int64_t number)
{
	for (size_t i = 0; i < reading->rows.count; i++)
		if (reading->rows.items[i].number == number)
			return true;
	return false;
}

static char *owned_text(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return text ? mem_strdup(text) : NULL;
}

static void take_row(struct reading *reading, struct query *query)
{
	int64_t number = query_integer(query, 0);
	if (is_read(reading, number))
		return;
	struct row *row = vector_add(&reading->rows);
	row->number = number;
	row->op = owned_text(query, 1);
	row->since = owned_text(query, 2);
	row->template = owned_text(query, 3);
	row->text = owned_text(query, 4);
	row->parked = owned_text(query, 5);
}

#define ROWS "SELECT number, op, since, template, text, parked FROM pending "

/* All that comes before an error. */
static bool read_rows(struct reading *reading, const char *sql, int64_t number)
{
	struct query query;
	query_begin_text(&query, reading->damaged, sql);
	query_bind_integer(&query, ":number", number);
	while (query_next(&query))
		take_row(reading, &query);
	return query_end(&query, NULL) == RC_OK;
}

/* The index of the ids lies on other pages: it knows of rows that a scan does not get to. */
static void read_by_index(struct reading *reading)
{
	VECTOR(int64_t) numbers = {0};
	struct query query;
	query_begin_text(&query, reading->damaged,
			 "SELECT number FROM pending INDEXED BY sqlite_autoindex_pending_1"
			 " ORDER BY op");
	while (query_next(&query))
		vector_push(&numbers, query_integer(&query, 0));
	reading->is_partial |= query_end(&query, NULL) != RC_OK;
	for (size_t i = 0; i < numbers.count; i++) {
		if (is_read(reading, numbers.items[i]))
			continue;
		(void)read_rows(reading, ROWS "WHERE number = :number", numbers.items[i]);
		reading->lost += !is_read(reading, numbers.items[i]);
	}
	vector_release(&numbers);
}

static int by_number(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	return (left->number > right->number) - (left->number < right->number);
}

/* From its beginning, from its end, and what lies between. */
static void read_queue(struct reading *reading)
{
	bool is_whole = read_rows(reading, ROWS "ORDER BY number", 0);
	if (!is_whole) {
		(void)read_rows(reading, ROWS "ORDER BY number DESC", 0);
		read_by_index(reading);
	}
	if (reading->rows.count)
		qsort(reading->rows.items, reading->rows.count, sizeof(*reading->rows.items),
		      by_number);
}

/* ---- into the other one */

static enum rc check_row(struct store *replica, const struct row *row, bool *is_sound,
			 struct error *err)
{
	struct query query;
	*is_sound = false;
	if (!row->op || !row->template || !row->since)
		return RC_OK;
	query_begin(&query, replica, STATEMENT_PENDING_IS_SOUND);
	query_bind_text(&query, ":template", row->template);
	query_bind_text(&query, ":op", row->op);
	*is_sound = query_next(&query) && query_integer(&query, 0);
	return query_end(&query, err);
}

/* There are two of each, on different bytes: as it was composed, and as it was last run. */
static bool is_as_written(const struct row *row)
{
	const struct log_head none = log_head_none();
	struct strbuf composed, run;
	strbuf_init(&composed);
	strbuf_init(&run);
	codes_reopen(row->template, &composed);
	codes_reopen(row->text ? row->text : "", &run);
	bool is_same = log_set_parent(composed.data, composed.length, &none.hash) &&
		       log_set_parent(run.data, run.length, &none.hash) &&
		       strcmp(composed.data, run.data) == 0;
	strbuf_release(&run);
	strbuf_release(&composed);
	return is_same;
}

static enum rc queue_row(struct store *replica, const struct row *row, struct rescue_report *report,
			 struct error *err)
{
	struct query query;
	const char *parked = row->parked;
	if (!parked && !is_as_written(row))
		parked =
			_("se recuperó de una copia dañada y puede no decir lo que usted escribió");
	query_begin(&query, replica, STATEMENT_PENDING_RESCUE);
	query_bind_integer(&query, ":number", row->number);
	query_bind_text(&query, ":op", row->op);
	query_bind_text(&query, ":since", row->since);
	query_bind_text(&query, ":template", row->template);
	query_bind_text(&query, ":parked", parked);
	query_next(&query);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && sqlite3_changes(replica->db))
		parked ? report->parked++ : report->waiting++;
	return rc;
}

static enum rc queue_rows(struct store *replica, const struct reading *reading,
			  struct rescue_report *report, struct error *err)
{
	enum rc rc = replica_take_back(replica, err);
	for (size_t i = 0; i < reading->rows.count && rc == RC_OK; i++) {
		bool is_sound = false;
		rc = check_row(replica, &reading->rows.items[i], &is_sound, err);
		if (rc == RC_OK && is_sound)
			rc = queue_row(replica, &reading->rows.items[i], report, err);
		report->lost += !is_sound;
	}
	if (rc == RC_OK)
		rc = replica_version_next(replica, err);
	return rc == RC_OK ? pending_run_again(replica, err) : rc;
}

/* `name` is kept with them, for whoever has to know whether this was done. */
static enum rc queue_all(struct store *replica, const struct reading *reading, const char *name,
			 struct rescue_report *report, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = queue_rows(replica, reading, report, err);
	if (rc == RC_OK && name)
		rc = replica_remember(replica, RESCUED, name, err);
	return transaction_end(replica, rc, err);
}

static enum rc take_over(struct reading *reading, struct store *replica, const char *name,
			 struct rescue_report *report, struct error *err)
{
	enum rc rc = RC_OK;
	if (reading->rows.count || name)
		rc = queue_all(replica, reading, name, report, err);
	report->lost += reading->lost;
	report->is_partial |= reading->is_partial;
	reading_release(reading);
	return rc;
}

enum rc rescue_between(struct store *damaged, struct store *replica, struct rescue_report *report,
		       struct error *err)
{
	struct reading reading = {.damaged = damaged};
	*report = (struct rescue_report){0};
	read_queue(&reading);
	return take_over(&reading, replica, NULL, report, err);
}

/* As it is: nothing of its write-ahead log is brought into it. */
static enum rc open_aside(const char *path, struct store **aside, struct error *err)
{
	const struct store_options options = {.mode = STORE_READ_WRITE, .throw_away = true};
	enum rc rc = store_connect(path, &options, aside, err);
	if (rc == RC_OK) {
		sqlite3_db_config((*aside)->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		rc = store_run_sql(*aside, "PRAGMA cell_size_check = ON", err);
	}
	return rc;
}

static enum rc is_done(struct store *replica, const char *name, bool *done, struct error *err)
{
	struct strbuf known;
	strbuf_init(&known);
	enum rc rc = replica_recall(replica, RESCUED, &known, err);
	*done = strcmp(known.data, name) == 0;
	strbuf_release(&known);
	return rc;
}

static void read_file(struct reading *reading, const char *path)
{
	reading_release(reading);
	*reading = (struct reading){0};
	reading->is_partial = open_aside(path, &reading->damaged, NULL) != RC_OK;
	if (reading->damaged)
		read_queue(reading);
	store_close(reading->damaged);
	reading->damaged = NULL;
}

/* Where nothing at all can be read the beginning of the file may be to blame, which is the same in
 * all replicas: a copy gets one. */
static void read_aside(struct reading *reading, const char *path)
{
	struct strbuf copy;
	read_file(reading, path);
	if (reading->rows.count || !reading->is_partial)
		return;
	strbuf_init(&copy);
	strbuf_addf(&copy, "%s.tmp", path);
	if (rescue_copy_with_header(path, copy.data))
		read_file(reading, copy.data);
	store_remove(copy.data);
	strbuf_release(&copy);
}

static enum rc rescue_aside(const char *path, struct store *replica, struct rescue_report *report,
			    struct error *err)
{
	struct reading reading = {0};
	const char *name = strrchr(path, '/') + 1;
	bool done = false;
	enum rc rc = is_done(replica, name, &done, err);
	if (rc != RC_OK || done)
		return rc;
	read_aside(&reading, path);
	rc = take_over(&reading, replica, name, report, err);
	if (rc == RC_OK)
		report->aside = mem_strdup(path);
	return rc;
}

enum rc rescue_queue(const struct share_place *place, const struct random_id *uuid,
		     struct store *replica, struct rescue_report *report, struct error *err)
{
	char *aside = noted(place, uuid), *note = note_path(place, uuid);
	enum rc rc = RC_OK;
	*report = (struct rescue_report){0};
	if (aside)
		rc = rescue_aside(aside, replica, report, err);
	if (aside && rc == RC_OK)
		unlink(note);
	free(note);
	free(aside);
	return rc;
}
