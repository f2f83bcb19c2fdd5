/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/verify.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/history.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/table_words.h"

/* The parent is a part of the text, at a known place: setting it to what it should be changes
 * nothing where it is that. */
static bool follows(const struct history_row *row, const struct digest *before, struct strbuf *text)
{
	strbuf_reset(text);
	strbuf_add(text, row->text, row->length);
	return log_set_parent(text->data, text->length, before) &&
	       memcmp(text->data, row->text, row->length) == 0;
}

enum rc store_verify_chain(struct store *store, struct error *err)
{
	struct query query;
	struct strbuf text;
	struct log_head head = log_head_none();
	enum rc rc = RC_OK;
	strbuf_init(&text);
	query_begin(&query, store, STATEMENT_HISTORY_ALL);
	while (rc == RC_OK && query_next(&query)) {
		const struct history_row row = history_row_of(&query);
		rc = history_check_row(&head, &row, err);
		if (rc == RC_OK && !follows(&row, &head.hash, &text))
			rc = error_set(err, RC_INVALID,
				       _("la operación %lld no sigue a la anterior: su «parent» es "
					 "otro"),
				       (long long)row.number);
		head.number = row.number;
		head.hash = digest_of(row.text ? row.text : "", row.text ? row.length : 0);
	}
	enum rc end = query_end(&query, rc == RC_OK ? err : NULL);
	strbuf_release(&text);
	return rc != RC_OK ? rc : end;
}

static enum rc replay(struct store *store, struct store *copy, struct error *err)
{
	struct query query;
	struct error late;
	enum rc rc = transaction_begin_write(copy, err);
	if (rc != RC_OK)
		return rc;
	query_begin(&query, store, STATEMENT_HISTORY_ALL);
	while (rc == RC_OK && query_next(&query)) {
		const struct history_row row = history_row_of(&query);
		rc = history_replay(copy, &row, err);
	}
	enum rc end = query_end(&query, rc == RC_OK ? err : &late);
	return transaction_end(copy, rc != RC_OK ? rc : end, err);
}

/* Whether two queries give the same rows; `*key` is the first column of the first that differs. */
static bool same_rows(struct query *a, struct query *b, int64_t *key)
{
	for (;;) {
		bool has_a = query_next(a), has_b = query_next(b);
		if (!has_a && !has_b)
			return true;
		*key = query_integer(has_a ? a : b, 0);
		if (!has_a || !has_b || !edit_rows_equal(a, b))
			return false;
	}
}

static enum rc compare(struct query *a, struct query *b, const char *what, struct error *err)
{
	int64_t key = 0;
	bool is_same = same_rows(a, b, &key);
	enum rc rc = query_end(a, err);
	if (rc == RC_OK)
		rc = query_end(b, err);
	else
		query_end(b, NULL);
	if (rc != RC_OK || is_same)
		return rc;
	return error_set(err, RC_INVALID,
			 _("los datos no son lo que dice el historial: %s (clave %lld)"), what,
			 (long long)key);
}

static enum rc compare_schema(struct store *store, struct store *copy, struct error *err)
{
	struct query a, b;
	query_begin(&a, store, STATEMENT_SCHEMA);
	query_begin(&b, copy, STATEMENT_SCHEMA);
	return compare(&a, &b, _("la estructura"), err);
}

static enum rc compare_table(struct store *store, struct store *copy, const char *table,
			     struct error *err)
{
	struct query a, b;
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1", table);
	if (!sql)
		return store_error(store, SQLITE_NOMEM, err);
	query_begin_text(&a, store, sql);
	query_begin_text(&b, copy, sql);
	sqlite3_free(sql);
	return compare(&a, &b, table_word(table), err);
}

static enum rc compare_tables(struct store *store, struct store *copy, struct error *err)
{
	struct query tables;
	struct error late;
	enum rc rc = compare_schema(store, copy, err);
	query_begin(&tables, copy, STATEMENT_SCHEMA);
	while (rc == RC_OK && query_next(&tables)) {
		const char *type = query_text(&tables, 0, NULL),
			   *name = query_text(&tables, 1, NULL);
		if (type && name && strcmp(type, "table") == 0)
			rc = compare_table(store, copy, name, err);
	}
	enum rc end = query_end(&tables, rc == RC_OK ? err : &late);
	return rc != RC_OK ? rc : end;
}

static enum rc verify(struct store *store, struct error *err)
{
	const struct store_options options = {.mode = STORE_READ_WRITE, .today = store->today};
	struct store *copy = NULL;
	int64_t first = 0;
	enum rc rc = schema_first(store, &first, err);
	if (rc == RC_OK)
		rc = store_connect(NULL, &options, &copy, err);
	if (rc == RC_OK)
		rc = schema_build(copy, first, err);
	if (rc == RC_OK)
		rc = replay(store, copy, err);
	if (rc == RC_OK)
		rc = compare_tables(store, copy, err);
	store_close(copy);
	return rc;
}

/* What waits in a queue is not in the history: it is taken back while the two are compared. */
static enum rc verify_replica(struct store *replica, struct error *err)
{
	enum rc rc = transaction_begin_write(replica, err);
	if (rc != RC_OK)
		return rc;
	rc = replica_take_back(replica, err);
	if (rc == RC_OK)
		rc = verify(replica, err);
	enum rc undone = query_run(replica, STATEMENT_ROLLBACK, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? undone : rc;
}

/* One moment of the database is compared, whoever writes meanwhile. */
enum rc store_verify(struct store *store, struct error *err)
{
	bool begun = false;
	if (store->is_replica)
		return verify_replica(store, err);
	enum rc rc = transaction_begin_read(store, &begun, err);
	if (rc == RC_OK)
		rc = verify(store, err);
	return begun ? transaction_end(store, rc, err) : rc;
}
