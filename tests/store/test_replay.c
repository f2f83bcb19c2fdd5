/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/records.h"
#include "nucleo/store/verify.h"

/*
 * Random operations, good and bad: whatever goes through or is refused, the
 * tables are what the history says, here and in a database that is given the
 * same texts in the same order.
 */
#define SEEDS 4
#define STEPS 120

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

typedef VECTOR(int64_t) key_list;

static bool collect_key(void *context, const void *row)
{
	key_list *keys = context;
	const struct followup *head = row; /* all kinds begin with their key */
	vector_push(keys, head->key);
	return true;
}

/* A row of the kind, or a key that is nowhere. */
static int64_t any_key(struct store *store, enum record_kind_id kind, unsigned *seed)
{
	key_list keys = {0};
	const struct list_query all = {0};
	assert_done(store_list(store, kind, &all, collect_key, &keys, err));
	int64_t key = keys.count && next_random(seed) % 10
			      ? keys.items[next_random(seed) % keys.count]
			      : 4711;
	vector_release(&keys);
	return key;
}

static void add_followup(struct operation *op, struct store *store, unsigned *seed)
{
	static const char *const statuses[] = {"open", "done", "dropped", "no hay"};
	int64_t followup =
		add_row(op, "followup", "code", "S-2023-?", "description", "Tarea «ñ»", "kind",
			"task", "status", statuses[next_random(seed) % 7 % 4], NULL);
	if (next_random(seed) % 2)
		operation_field(op, "commitment",
				value_key(any_key(store, RECORD_COMMITMENT, seed)));
	operation_insert(op, "followup_responsible");
	operation_field(op, "followup", value_key(followup));
	operation_field(op, "organization", value_key(any_key(store, RECORD_ORGANIZATION, seed)));
}

static void report_progress(struct operation *op, struct store *store, unsigned *seed)
{
	operation_insert(op, "progress");
	operation_field(op, "commitment", value_key(any_key(store, RECORD_COMMITMENT, seed)));
	operation_field_date(op, "as_of", test_today() + (int)(next_random(seed) % 900));
	operation_field(op, "percent",
			value_percent((percent_hundredths)(next_random(seed) % 10500)));
}

/* Now and then the author saw something that was never there. */
static void change_title(struct operation *op, struct store *store, unsigned *seed)
{
	struct record_set set;
	int64_t key = any_key(store, RECORD_COMMITMENT, seed);
	char title[16];
	assert_done(record_set_load(&set, store, RECORD_COMMITMENT,
				    &(struct list_query){.key = key}, err));
	const struct commitment *row = set.count ? record_set_at(&set, 0) : NULL;
	snprintf(title, sizeof(title), "t%u", next_random(seed) % 50);
	operation_change(op, "commitment", key, "title",
			 value_text(row && next_random(seed) % 5 ? row->title : "nunca"),
			 value_text(title));
	record_set_release(&set);
}

static void add_edit(struct operation *op, struct store *store, unsigned *seed)
{
	switch (next_random(seed) % 6) {
	case 0:
		add_followup(op, store, seed);
		break;
	case 1:
		report_progress(op, store, seed);
		break;
	case 2:
		change_title(op, store, seed);
		break;
	case 3:
		operation_delete(op, "progress", any_key(store, RECORD_PROGRESS, seed));
		break;
	case 4:
		operation_delete(op, "agenda_item", any_key(store, RECORD_AGENDA, seed));
		break;
	default:
		add_row(op, "organization", "acronym", next_random(seed) % 2 ? "FCD" : "Ñ",
			"sector", "other", "sort", "x", NULL);
	}
}

static int run_random_operations(struct store *store, unsigned seed)
{
	int committed = 0;
	for (int step = 0; step < STEPS; step++) {
		struct error refusal = {0};
		int64_t before = 0, after = 0;
		struct operation *op = operation_new();
		unsigned edits = 1 + next_random(&seed) % 3;
		for (unsigned i = 0; i < edits; i++)
			add_edit(op, store, &seed);
		operation_set_words(op, "paso %d", step);
		assert_done(store_version(store, &before, err));
		enum rc rc = operation_is_empty(op) ? RC_INVALID
						    : operation_commit(op, store, NULL, &refusal);
		assert_done(store_version(store, &after, err));
		assert_int_equal(after, before + (rc == RC_OK));
		committed += rc == RC_OK;
		operation_free(op);
	}
	return committed;
}

/* The texts of one history, run in another database. */
static void copy_history(const char *from, struct store *to, int64_t head)
{
	for (int64_t number = 1; number <= head; number++) {
		struct strbuf sql;
		strbuf_init(&sql);
		strbuf_addf(&sql, "SELECT text FROM history WHERE number = %lld",
			    (long long)number);
		char *text = test_query(from, sql.data);
		assert_done(operation_apply_text(to, text, strlen(text), NULL, err));
		free(text);
		strbuf_release(&sql);
	}
}

static void assert_same_answer(const char *a, const char *b, const char *sql)
{
	char *first = test_query(a, sql), *second = test_query(b, sql);
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void any_sequence_of_operations_replays(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= SEEDS; seed++) {
		char name[32], other[32];
		int64_t head = 0;
		snprintf(name, sizeof(name), "random%u.db", seed);
		snprintf(other, sizeof(other), "copy%u.db", seed);
		struct store *store = test_create(name), *copy = test_create(other);
		test_group(store);
		int committed = run_random_operations(store, seed);
		/* Neither all good nor all bad, or the test would say little. */
		assert_in_range(committed, STEPS / 10, STEPS * 9 / 10);
		assert_done(store_version(store, &head, err));
		assert_int_equal(head, committed + 1);
		assert_done(store_verify(store, err));
		copy_history(name, copy, head);
		assert_done(store_verify(copy, err));
		store_close(store);
		store_close(copy);
		assert_same_answer(name, other, "SELECT group_concat(hash) FROM history");
		assert_same_answer(name, other,
				   "SELECT group_concat(key || code || status) FROM followup");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_sequence_of_operations_replays),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
