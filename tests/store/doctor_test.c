/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/doctor_test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void doctor_begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	AS(home, "luis", 0, "add", "followup", "description=Segunda");
	AS(home, "ana", 0, "add", "followup", "description=Tercera");
	wait_for_silence(home);
}

void assert_finding(struct home *home, const char *check, const char *status, const char *value)
{
	struct strbuf query;
	strbuf_init(&query);
	strbuf_addf(
		&query,
		"SELECT json_extract(value, '$.status') || ' ' || json_extract(value, '$.value')"
		" FROM json_each(?1, '$.findings') WHERE json_extract(value, '$.check') = '%s'",
		check);
	char *found = ask_json(home, query.data);
	size_t length = strlen(status);
	if (strncmp(found, status, length) != 0 || found[length] != ' ' ||
	    !strstr(found + length, value))
		fail_msg("%s: «%s», not %s «%s»: %s", check, found, status, value, home->out.data);
	free(found);
	strbuf_release(&query);
}

/* Whatever is not well has advice. */
static void assert_advice(struct home *home)
{
	char *bare =
		ask_json(home, "SELECT count(*) FROM json_each(?1, '$.findings')"
			       " WHERE json_extract(value, '$.status') IN ('notice', 'problem')"
			       " AND coalesce(json_extract(value, '$.advice'), '') = ''");
	assert_string_equal(bare, "0");
	free(bare);
}

void doctor(struct home *home, const char *member, int status)
{
	AS(home, member, status, "--wait", "5", "doctor", "--json");
	assert_advice(home);
}

void damage_table(const struct home *home, const char *member, const char *table)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	char *path = replica_path(home, member), bytes[200];
	sql_on(path, "PRAGMA wal_checkpoint(TRUNCATE)");
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT rootpage FROM sqlite_schema WHERE name = ?1",
					    -1, &statement, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	long page = (long)sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	FILE *file = fopen(path, "r+b");
	memset(bytes, 0xff, sizeof(bytes));
	assert_int_equal(fseek(file, (page - 1) * 4096, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, sizeof(bytes), file), sizeof(bytes));
	assert_int_equal(fclose(file), 0);
	free(path);
}
