/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/conflict_test.h"

#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/sync/folder.h"

struct drive *desk_drive(void)
{
	char *log = folder_path("log");
	struct drive *drive = folder_open(log);
	free(log);
	return drive;
}

struct store *desk_open(const char *name, const char *actor)
{
	struct store *replica = NULL;
	char *path = folder_path(name);
	struct store_options options = {.path = path,
					.actor = actor,
					.mode = STORE_READ_WRITE,
					.wait_ms = 5000,
					.today = test_today()};
	assert_done(replica_open(&options, &replica, err));
	assert_done(replica_relax(replica, err));
	free(path);
	return replica;
}

int desk_make(void **state)
{
	struct desk *desk = mem_alloc_zero(1, sizeof(*desk));
	if (folder_make(state) != 0)
		return -1;
	desk->drive = desk_drive();
	store_close(test_replica("ours.db"));
	replica_copy_files("ours.db", "theirs.db");
	desk->ours = desk_open("ours.db", "FCD");
	desk->theirs = desk_open("theirs.db", "AME");
	desk->group = test_group(desk->ours);
	desk_exchange(desk);
	*state = desk;
	return 0;
}

int desk_remove(void **state)
{
	struct desk *desk = *state;
	store_close(desk->ours);
	store_close(desk->theirs);
	folder_close(desk->drive);
	free(desk);
	return folder_remove(state);
}

void desk_exchange(struct desk *desk)
{
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(desk->theirs, desk->drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(desk->ours, desk->drive).condition, SHARE_FINE);
}

void assert_desk_alike(struct desk *desk)
{
	assert_string_equal(replica_digest(desk->ours).hex, replica_digest(desk->theirs).hex);
	assert_sound(desk->ours);
	assert_sound(desk->theirs);
}

void desk_set(struct store *replica, const char *table, int64_t key, const char *column,
	      const char *now)
{
	struct operation *op = operation_new();
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "SELECT %s FROM %s WHERE key = %lld", column, table, (long long)key);
	char *was = replica_value(replica, sql.data);
	operation_set_words(op, "%s: %s", column, now ? now : "-");
	operation_change(op, table, key, column, value_text(*was ? was : NULL), value_text(now));
	test_commit(replica, op);
	free(was);
	strbuf_release(&sql);
}

struct conflict only_conflict(struct store *replica)
{
	conflict_list list = {0};
	assert_done(conflict_list_load(replica, &list, err));
	assert_int_equal(list.count, 1);
	struct conflict conflict = list.items[0];
	vector_release(&list);
	return conflict;
}

void decide_first(struct store *replica, enum conflict_choice choice)
{
	conflict_list list = {0};
	assert_done(conflict_list_load(replica, &list, err));
	assert_true(list.count > 0);
	conflict_choose_all(&list.items[0], choice);
	assert_done(conflict_decide(replica, &list.items[0], err));
	conflict_list_release(&list);
}
