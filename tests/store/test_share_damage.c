/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drive that is not as it was left: damaged, newer, older, foreign, another one. */
#include "store/members_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/sync/log_parts.h"

#define ADD "--wait", "0.3", "add", "followup"
#define LOG "acta.db-log/"

/* Three operations; Ana has all of them. */
static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	AS(home, "luis", 0, "add", "followup", "description=Segunda");
	AS(home, "ana", 0, "add", "followup", "description=Tercera");
	wait_for_silence(home);
}

static void replace_in(const char *path, const char *from, const char *to)
{
	struct error err;
	struct strbuf fresh;
	char *text = file_text(path), *at = strstr(text, from);
	assert_non_null(at);
	strbuf_init(&fresh);
	strbuf_addf(&fresh, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	if (file_replace(path, fresh.data, fresh.length, &err) != RC_OK)
		fail_msg("%s", err.text);
	strbuf_release(&fresh);
	free(text);
}

/* Puts an operation that follows the last one; `schema` and `edits` are JSON. */
static void put_operation(const struct home *home, int64_t number, const char *schema,
			  const char *edits)
{
	struct strbuf text, bytes;
	struct error err;
	char *before = operation_path(home, number - 1), *path = operation_path(home, number);
	char *last = file_text(before);
	strbuf_init(&text);
	strbuf_init(&bytes);
	strbuf_addf(&text,
		    "{\"op\":\"%s\",\"parent\":\"%.64s\",\"at\":\"2026-01-01T00:00:00Z\","
		    "\"by\":\"\",\"host\":\"h\",\"program\":\"9\",\"schema\":%s,"
		    "\"words\":\"Del futuro\",\"undoes\":null,\"edits\":%s}",
		    random_id_new().hex, strstr(last, "\"hash\":\"") + 8, schema, edits);
	frame_add(&bytes, number, text.data, text.length);
	if (file_replace(path, bytes.data, bytes.length, &err) != RC_OK)
		fail_msg("%s", err.text);
	strbuf_release(&bytes);
	strbuf_release(&text);
	free(last);
	free(path);
	free(before);
}

/* ---- a newer program */

static void a_newer_format_is_only_read(void **state)
{
	struct home *home = *state;
	begin(home);
	char *format = on_drive(home, LOG "FORMAT"), *text = file_text(format);
	replace_in(format, "\"protocol\":1", "\"protocol\":2");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[2].description", "Tercera");
	assert_err(home, "nucleo más nuevo");
	assert_err(home, "se usa la copia");
	AS(home, "ana", 1, ADD, "description=No");
	assert_err(home, "actualice");
	assert_err(home, "nada se guardó");
	assert_int_equal(queued(home, "ana"), 0);
	AS(home, "nueva", 1, "list", "followups");
	assert_err(home, "actualice");
	replace_in(format, "\"protocol\":2", "\"protocol\":1");
	AS(home, "ana", 0, ADD, "description=Sí");
	ALIKE(home, 4, "ana", "luis");
	free(text);
	free(format);
}

static void a_newer_operation_is_only_read(void **state)
{
	struct home *home = *state;
	begin(home);
	put_operation(home, 4, "99", "[{\"table\":\"futuro\",\"key\":1,\"insert\":{}}]");
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[2].description", "Tercera");
	assert_err(home, "la operación 4 es de un nucleo más nuevo");
	AS(home, "luis", 1, ADD, "description=No");
	assert_err(home, "actualice");
	assert_int_equal(queued(home, "luis"), 0);
	AS(home, "nueva", 0, "history", "--json");
	assert_json(home, "$[0].number", "3");
	assert_err(home, "actualice");
	assert_int_equal(operations_on_drive(home), 4);
}

/* An operation that the rules refuse changes nothing, and is in everybody's history. */
static void what_the_rules_refuse_is_kept(void **state)
{
	struct home *home = *state;
	begin(home);
	put_operation(home, 4, "1", "[{\"table\":\"followup\",\"key\":1,\"delete\":true,\"was\":{}}]");
	AS(home, "luis", 0, "history", "--json");
	assert_json(home, "$[0].words", "Del futuro");
	char *refused = ask_json(home, "SELECT json_extract(?1, '$[0].refused') IS NOT NULL");
	assert_string_equal(refused, "1");
	free(refused);
	AS(home, "ana", 0, "add", "followup", "description=Sigue");
	ALIKE(home, 5, "ana", "luis", "nueva");
}

/* ---- damage */

static void assert_damage_is_told(struct home *home, const char *name)
{
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "Primera");
	assert_err(home, name);
	assert_err(home, "dañado");
	assert_err(home, "respaldo");
	assert_err(home, "se usa la copia");
}

static void a_damaged_operation_stops_and_loses_nothing(void **state)
{
	static const char *const newcomers[] = {"una", "dos", "tres"};
	struct home *home = *state;
	begin(home);
	char *path = operation_path(home, 3), *whole = in_home(home, "3");
	copy_file(path, whole);
	for (size_t i = 0; i < 3; i++) {
		if (i == 0)
			replace_in(path, "Tercera", "Tercerb");
		else
			assert_int_equal(truncate(path, i == 1 ? 100 : 0), 0);
		assert_damage_is_told(home, "00000/000000000003.json");
		/* Who has it already is told when she looks for it; who comes is told at once. */
		AS(home, newcomers[i], 0, "list", "followups");
		assert_err(home, "dañado");
		copy_file(whole, path);
		ALIKE(home, 3, "ana", newcomers[i]);
	}
	assert_int_equal(truncate(path, 100), 0);
	AS(home, "luis", 4, ADD, "description=En cola");
	assert_err(home, "no se puede publicar todavía");
	assert_err(home, "000000000003.json");
	copy_file(whole, path);
	AS(home, "luis", 0, "list", "followups");
	ALIKE(home, 4, "luis", "ana", "nueva");
	free(whole);
	free(path);
}

static void a_damaged_format_is_told(void **state)
{
	struct home *home = *state;
	begin(home);
	char *format = on_drive(home, LOG "FORMAT"), *whole = file_text(format);
	free(put_text(home, "disco/" LOG "FORMAT", "x"));
	assert_damage_is_told(home, "FORMAT");
	AS(home, "luis", 4, ADD, "description=En cola");
	assert_err(home, "no se puede publicar todavía");
	AS(home, "nueva", 1, "list", "followups");
	assert_err(home, "FORMAT");
	free(put_text(home, "disco/" LOG "FORMAT", whole));
	AS(home, "ana", 0, "list", "followups");
	AS(home, "luis", 0, "list", "followups");
	ALIKE(home, 4, "luis", "ana", "nueva");
	free(whole);
	free(format);
}

/* People take it for a log that one can throw away. */
static void a_log_that_was_removed_is_missed(void **state)
{
	struct home *home = *state;
	begin(home);
	char *log = on_drive(home, "acta.db-log"), *trash = in_home(home, "papelera");
	assert_int_equal(rename(log, trash), 0);
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[2].description", "Tercera");
	assert_err(home, "acta.db-log");
	assert_err(home, "respaldo");
	AS(home, "ana", 4, ADD, "description=En cola");
	wait_for_silence(home);
	assert_int_not_equal(access(log, F_OK), 0);
	assert_int_equal(rename(trash, log), 0);
	AS(home, "ana", 0, "list", "followups");
	ALIKE(home, 4, "luis", "ana", "nueva");
	free(trash);
	free(log);
}

/* ---- a server that lost something */

static void a_lost_tail_is_told(void **state)
{
	struct home *home = *state;
	begin(home);
	char *path = operation_path(home, 3), *kept = in_home(home, "3");
	assert_int_equal(rename(path, kept), 0);
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[2].description", "Tercera");
	assert_err(home, "perdió la operación 3");
	assert_err(home, "nucleo republish");
	AS(home, "ana", 4, ADD, "description=En cola");
	assert_err(home, "no se puede publicar todavía");
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(rename(kept, path), 0);
	AS(home, "ana", 0, "list", "followups");
	ALIKE(home, 4, "ana", "luis");
	/* When a person agrees, by name; who lacks nothing does nothing. */
	char *last = operation_path(home, 4);
	remove_file(last);
	AS(home, "ana", 0, "republish", "--json");
	assert_json(home, "$.republished", "1");
	assert_int_equal(access(last, F_OK), 0);
	AS(home, "luis", 0, "republish", "--json");
	assert_json(home, "$.republished", "0");
	ALIKE(home, 4, "ana", "luis", "nueva");
	free(last);
	free(kept);
	free(path);
}

static void a_lost_tail_is_published_again_when_asked(void **state)
{
	struct home *home = *state;
	begin(home);
	char *path = operation_path(home, 3);
	remove_file(path);
	AS(home, "luis", 0, "list", "followups");
	AS(home, "ana", 0, "republish", "--json");
	assert_json(home, "$.republished", "1");
	assert_int_equal(access(path, F_OK), 0);
	AS(home, "ana", 0, "republicar");
	assert_out(home, "tiene todo");
	ALIKE(home, 3, "ana", "luis", "nueva");
	free(path);
}

static void a_fork_brings_back_what_was_lost(void **state)
{
	struct home *home = *state;
	begin(home);
	char *path = operation_path(home, 3);
	remove_file(path);
	AS(home, "luis", 0, "add", "followup", "description=Del grupo");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_err(home, "el disco perdió 1 operación que esta copia tenía");
	assert_json(home, "$[2].description", "Del grupo");
	assert_json(home, "$[3].description", "Tercera");
	assert_json(home, "$[3].id", "S-2026-004");
	AS(home, "ana", 0, "history", "--json");
	assert_json(home, "$[0].by", "ana");
	assert_no_err(home, "perdió");
	ALIKE(home, 4, "ana", "luis", "nueva");
	char *own = in_home(home, "ana"), *names = names_below(own);
	/* The copy as it was is set aside, for whoever wants to see. */
	assert_non_null(strstr(names, ".db.20"));
	free(names);
	free(own);
	free(path);
}

/* ---- other programs */

static void what_another_tool_wrote_is_set_aside(void **state)
{
	struct home *home = *state;
	begin(home);
	char *database = on_drive(home, "acta.db"), *drive = on_drive(home, "");
	sql_on(database, "UPDATE followup SET description = 'Por fuera' WHERE description = 'Primera'");
	AS(home, "luis", 0, "add", "followup", "description=Cuarta");
	wait_for_silence(home);
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "Primera");
	assert_err(home, "otro programa escribió en «acta.db»");
	assert_err(home, "acta.db.foreign-");
	assert_err(home, "filas distintas: ");
	AS(home, "luis", 0, "list", "followups");
	assert_no_err(home, "otro programa");
	char *names = names_below(drive);
	assert_non_null(strstr(names, "acta.db.foreign-20"));
	ALIKE(home, 4, "ana", "luis", "nueva");
	sql_on(database, "CREATE TEMP TABLE t AS SELECT 1 / (count(*) = 4) AS x FROM followup;"
			 "CREATE TEMP TABLE u (x NOT NULL); INSERT INTO u SELECT x FROM t");
	free(names);
	free(drive);
	free(database);
}

static void another_database_at_the_path(void **state)
{
	struct home *home = *state;
	begin(home);
	drive_leaves(home);
	AS(home, "ana", 4, ADD, "description=De la otra");
	AS(home, "luis", 0, "init");
	AS(home, "luis", 0, "add", "followup", "description=Nueva");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "Nueva");
	assert_json(home, "$[1].description", "null");
	assert_err(home, "es ahora otra base: 1 cambio que esperaba en la anterior queda en");
	AS(home, "ana", 0, "add", "followup", "description=También nueva");
	assert_no_err(home, "otra base");
	ALIKE(home, 2, "ana", "luis", "nueva");
	wait_for_silence(home);
	/* The one that was there before comes back, and what waited for it with it. */
	char *drive = on_drive(home, ""), *other = in_home(home, "otro-disco");
	assert_int_equal(rename(drive, other), 0);
	assert_int_equal(mkdir(drive, 0755), 0);
	drive_returns(home);
	AS(home, "ana", 0, "list", "followups");
	ALIKE(home, 4, "ana", "luis", "tercera");
	free(other);
	free(drive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_newer_format_is_only_read),
		WITH_MEMBERS(a_newer_operation_is_only_read),
		WITH_MEMBERS(what_the_rules_refuse_is_kept),
		WITH_MEMBERS(a_damaged_operation_stops_and_loses_nothing),
		WITH_MEMBERS(a_damaged_format_is_told),
		WITH_MEMBERS(a_log_that_was_removed_is_missed),
		WITH_MEMBERS(a_lost_tail_is_told),
		WITH_MEMBERS(a_lost_tail_is_published_again_when_asked),
		WITH_MEMBERS(a_fork_brings_back_what_was_lost),
		WITH_MEMBERS(what_another_tool_wrote_is_set_aside),
		WITH_MEMBERS(another_database_at_the_path),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
