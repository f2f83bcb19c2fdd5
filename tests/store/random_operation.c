/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/random_operation.h"

#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"

struct dice dice_new(uint64_t seed)
{
	struct dice dice = {seed * 0x9E3779B97F4A7C15u + 1};
	dice_throw(&dice, 2);
	return dice;
}

unsigned dice_throw(struct dice *dice, unsigned sides)
{
	dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice->state >> 33) % sides;
}

/* What one operation is made of. */
struct maker {
	struct store *store;
	struct dice *dice;
	struct operation *operation;
};

/* A row of the table, any; 0 when there is none. */
static int64_t any_key(struct maker *maker, const char *table)
{
	sqlite3_stmt *stmt = NULL;
	struct strbuf sql;
	VECTOR(int64_t) keys = {0};
	int64_t key = 0;
	strbuf_init(&sql);
	strbuf_addf(&sql, "SELECT key FROM %s ORDER BY key", table);
	assert_int_equal(sqlite3_prepare_v2(maker->store->db, sql.data, -1, &stmt, NULL),
			 SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		vector_push(&keys, sqlite3_column_int64(stmt, 0));
	if (keys.count)
		key = keys.items[dice_throw(maker->dice, (unsigned)keys.count)];
	sqlite3_finalize(stmt);
	strbuf_release(&sql);
	vector_release(&keys);
	return key;
}

/* What the field holds now, in words SQLite finds in it again; NULL when null. Owned. */
static char *seen(struct maker *maker, const char *table, int64_t key, const char *column)
{
	sqlite3_stmt *stmt = NULL;
	struct strbuf sql;
	char *text = NULL;
	strbuf_init(&sql);
	strbuf_addf(&sql, "SELECT %s FROM %s WHERE key = ?", column, table);
	assert_int_equal(sqlite3_prepare_v2(maker->store->db, sql.data, -1, &stmt, NULL),
			 SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, key);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		text = mem_strdup_null((const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	strbuf_release(&sql);
	return text;
}

static void change(struct maker *maker, const char *table, int64_t key, const char *column,
		   const char *now)
{
	char *was = seen(maker, table, key, column);
	operation_change(maker->operation, table, key, column, value_text(was), value_text(now));
	free(was);
}

/* The insert begun last gets a key of the dice, for rows are chosen in the order of their keys. */
static int64_t with_key(struct maker *maker)
{
	struct operation *op = maker->operation;
	int64_t key = (int64_t)dice_throw(maker->dice, 1u << 21) << 31 |
		      (int64_t)dice_throw(maker->dice, 1u << 31);
	return op->edits.items[op->edits.count - 1].key = key + 1;
}

/* Few, so that members meet. */
static void any_word(struct maker *maker, char *out, size_t size)
{
	static const char *const words[] = {"uno", "dos", "tres", "«ñ» \"\\ \xF0\x9F\x93\x8C"};
	snprintf(out, size, "%s", words[dice_throw(maker->dice, ARRAY_COUNT(words))]);
}

static void add_followup(struct maker *maker)
{
	char word[80];
	any_word(maker, word, sizeof(word));
	add_row(maker->operation, "followup", "code", "S-2023-?", "description", word, "kind",
		"task", "status", "open", NULL);
	int64_t key = with_key(maker);
	if (!dice_throw(maker->dice, 2))
		return;
	add_row(maker->operation, "followup_responsible", NULL);
	with_key(maker);
	operation_field(maker->operation, "followup", value_key(key));
	operation_field(maker->operation, "organization",
			value_key(any_key(maker, "organization")));
}

static void add_decision(struct maker *maker)
{
	int64_t meeting = any_key(maker, "meeting");
	if (!meeting)
		return;
	add_row(maker->operation, "entry", "kind", "decision", "decision_kind", "consensus", "text",
		"Se aprueba.", "decision_number", "R-2023-05-?", NULL);
	with_key(maker);
	operation_field(maker->operation, "meeting", value_key(meeting));
	operation_field(maker->operation, "rank", value_integer(dice_throw(maker->dice, 9)));
}

static void change_commitment(struct maker *maker)
{
	static const char *const columns[] = {"title", "axis"};
	char word[80];
	int64_t key = any_key(maker, "commitment");
	any_word(maker, word, sizeof(word));
	if (key)
		change(maker, "commitment", key,
		       columns[dice_throw(maker->dice, ARRAY_COUNT(columns))],
		       dice_throw(maker->dice, 4) ? word : NULL);
}

static void change_followup(struct maker *maker)
{
	char word[80];
	int64_t key = any_key(maker, "followup");
	if (!key)
		return;
	any_word(maker, word, sizeof(word));
	change(maker, "followup", key, "due_text", word);
	if (dice_throw(maker->dice, 2))
		return;
	any_word(maker, word, sizeof(word));
	change(maker, "followup", key, "description", word);
}

static void add_note(struct maker *maker)
{
	char word[80];
	int64_t key = any_key(maker, "followup");
	if (!key)
		return;
	any_word(maker, word, sizeof(word));
	add_row(maker->operation, "followup_note", "text", word, NULL);
	with_key(maker);
	operation_field(maker->operation, "followup", value_key(key));
}

static void add_progress(struct maker *maker)
{
	int64_t key = any_key(maker, "commitment");
	if (!key)
		return;
	add_row(maker->operation, "progress", "as_of", "2023-11-17", NULL);
	with_key(maker);
	operation_field(maker->operation, "commitment", value_key(key));
	operation_field(maker->operation, "percent",
			value_real(dice_throw(maker->dice, 1001) / 10.0));
}

/* Where others hang on it the rules refuse. */
static void remove_row(struct maker *maker)
{
	static const char *const tables[] = {"agenda_item", "entry", "followup", "followup_note",
					     "followup_responsible"};
	const char *table = tables[dice_throw(maker->dice, ARRAY_COUNT(tables))];
	int64_t key = any_key(maker, table);
	if (key)
		operation_delete(maker->operation, table, key);
}

/* By way of a third code, for each is unique. */
static void change_places(struct maker *maker)
{
	int64_t a = any_key(maker, "followup"), b = any_key(maker, "followup");
	if (!a || a == b)
		return;
	char *of_a = seen(maker, "followup", a, "code"), *of_b = seen(maker, "followup", b, "code");
	operation_change(maker->operation, "followup", a, "code", value_text(of_a),
			 value_text("S-x"));
	operation_change(maker->operation, "followup", b, "code", value_text(of_b),
			 value_text(of_a));
	operation_change(maker->operation, "followup", a, "code", value_text("S-x"),
			 value_text(of_b));
	free(of_a);
	free(of_b);
}

static void add_organization(struct maker *maker)
{
	char word[80];
	any_word(maker, word, sizeof(word));
	add_row(maker->operation, "organization", "acronym", word, "sector", "public", "sort", word,
		NULL);
	with_key(maker);
}

struct operation *operation_random(struct store *store, struct dice *dice)
{
	static void (*const makers[])(struct maker *) = {
		add_followup,	   add_followup,      add_decision,    change_commitment,
		change_commitment, change_commitment, change_followup, change_followup,
		add_note,	   add_progress,      remove_row,      change_places,
		add_organization,
	};
	struct maker maker = {store, dice, operation_new()};
	unsigned edits = dice_throw(dice, 4) ? 1 : 3;
	operation_set_words(maker.operation, "prueba");
	for (unsigned i = 0; i < edits; i++)
		makers[dice_throw(dice, ARRAY_COUNT(makers))](&maker);
	return maker.operation;
}
