/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/changes.h"

#include <limits.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/replica.h"

static int is_shared(void *context, const char *table)
{
	(void)context;
	return replica_table_is_shared(table);
}

/* SQLite's own does not take NULL. */
static void session_delete(sqlite3_session *session)
{
	if (session)
		sqlite3session_delete(session);
}

enum rc changes_begin(struct store *store, struct sqlite3_session **session, struct error *err)
{
	sqlite3_session *begun = NULL;
	int result = sqlite3session_create(store->db, "main", &begun);
	if (result == SQLITE_OK) {
		sqlite3session_table_filter(begun, is_shared, NULL);
		result = sqlite3session_attach(begun, NULL);
	}
	if (result == SQLITE_OK) {
		*session = begun;
		return RC_OK;
	}
	session_delete(begun);
	return store_error(store, result, err);
}

enum rc changes_end(struct store *store, struct sqlite3_session *session, enum rc rc,
		    struct strbuf *out, struct error *err)
{
	int length = 0;
	void *bytes = NULL;
	if (rc == RC_OK) {
		int result = sqlite3session_changeset(session, &length, &bytes);
		if (result == SQLITE_OK)
			strbuf_add(out, bytes, (size_t)length);
		else
			rc = store_error(store, result, err);
	}
	sqlite3_free(bytes);
	session_delete(session);
	return rc;
}

/* Nobody else writes these tables: a row that is not as it was left is damage. `context` tells
 * whether it was only in the way of others. */
static int stop(void *context, int conflict, sqlite3_changeset_iter *at)
{
	(void)at;
	*(bool *)context = conflict == SQLITE_CHANGESET_CONSTRAINT;
	return SQLITE_CHANGESET_ABORT;
}

static int invert_and_apply(struct store *store, const void *bytes, size_t length,
			    bool *is_in_the_way)
{
	int inverse_length = 0;
	void *inverse = NULL;
	int result = length > INT_MAX ? SQLITE_TOOBIG
				      : sqlite3changeset_invert((int)length, bytes,
								&inverse_length, &inverse);
	if (result == SQLITE_OK)
		result = sqlite3changeset_apply(store->db, inverse_length, inverse, NULL, stop,
						is_in_the_way);
	sqlite3_free(inverse);
	return result;
}

enum rc changes_take_back(struct store *store, const void *bytes, size_t length,
			  struct error *err)
{
	bool is_in_the_way = false;
	int result = length ? invert_and_apply(store, bytes, length, &is_in_the_way) : SQLITE_OK;
	if (result == SQLITE_ABORT && is_in_the_way)
		return error_set(err, RC_CONFLICT, "%s", store->path);
	if (result == SQLITE_ABORT || result == SQLITE_SCHEMA)
		return error_set(err, RC_IO,
				 _("la copia local «%s» no es como la dejó nucleo: está dañada"),
				 store->path);
	return result == SQLITE_OK ? RC_OK : store_error(store, result, err);
}
