/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/difference.h"

#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/table_words.h"

/* How many keys are named of each table. */
enum { KEYS_SHOWN = 3 };

/* What differs in one table. */
struct differing {
	int64_t count;
	struct strbuf keys;
};

static void note(struct differing *differing, int64_t key)
{
	if (differing->count++ < KEYS_SHOWN)
		strbuf_addf(&differing->keys, "%s%lld", differing->keys.length ? ", " : "",
			    (long long)key);
	else if (differing->count == KEYS_SHOWN + 1)
		strbuf_adds(&differing->keys, "…");
}

/* Both are in the order of their keys: one walk over both finds the rows of one alone too. */
static void compare_rows(struct query *a, struct query *b, struct differing *differing)
{
	bool has_a = query_next(a), has_b = query_next(b);
	while (has_a || has_b) {
		int64_t left = has_a ? query_integer(a, 0) : INT64_MAX;
		int64_t right = has_b ? query_integer(b, 0) : INT64_MAX;
		if (left != right || !edit_rows_equal(a, b))
			note(differing, left < right ? left : right);
		if (left <= right)
			has_a = query_next(a);
		if (right <= left)
			has_b = query_next(b);
	}
}

static enum rc compare_table(struct store *a, struct store *b, const char *table,
			     struct differing *differing, struct error *err)
{
	struct query left, right;
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1", table);
	if (!sql)
		return store_error(a, SQLITE_NOMEM, err);
	query_begin_text(&left, a, sql);
	query_begin_text(&right, b, sql);
	sqlite3_free(sql);
	compare_rows(&left, &right, differing);
	enum rc rc = query_end(&left, err);
	enum rc other = query_end(&right, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? other : rc;
}

static enum rc add_table(struct store *a, struct store *b, const char *table, int64_t *count,
			 struct strbuf *out, struct error *err)
{
	struct differing differing = {0};
	strbuf_init(&differing.keys);
	enum rc rc = compare_table(a, b, table, &differing, err);
	if (rc == RC_OK && differing.count) {
		*count += differing.count;
		/* TRANSLATORS: rows of a table, and some of their keys */
		strbuf_addf(out, _("%s%lld de %s (claves %s)"), out->length ? "; " : "",
			    (long long)differing.count, table_word(table), differing.keys.data);
	}
	strbuf_release(&differing.keys);
	return rc;
}

enum rc store_differences(struct store *a, struct store *b, int64_t *count, struct strbuf *out,
			  struct error *err)
{
	struct query tables;
	enum rc rc = RC_OK;
	*count = 0;
	query_begin(&tables, a, STATEMENT_SCHEMA);
	while (rc == RC_OK && query_next(&tables)) {
		const char *type = query_text(&tables, 0, NULL),
			   *name = query_text(&tables, 1, NULL);
		if (type && name && strcmp(type, "table") == 0 && replica_table_is_shared(name))
			rc = add_table(a, b, name, count, out, err);
	}
	enum rc ended = query_end(&tables, rc == RC_OK ? err : NULL);
	return rc == RC_OK ? ended : rc;
}
