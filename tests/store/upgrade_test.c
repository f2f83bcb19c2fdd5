/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/upgrade_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/schema.h"
#include "nucleo/store/upgrade.h"

struct store *released_replica(const char *name)
{
	const struct random_id uuid = {"0123456789abcdef0123456789abcdef"};
	char *path = folder_path(name);
	assert_done(replica_create(path, &uuid, RELEASED, err));
	free(path);
	return replica_reopen(name);
}

int64_t schema_of_replica(struct store *replica)
{
	int64_t schema = 0;
	assert_done(schema_number(replica, &schema, err));
	return schema;
}

void commit_released(struct store *replica, struct operation *operation)
{
	struct random_id id;
	struct strbuf text;
	assert_int_equal(schema_of_replica(replica), RELEASED);
	strbuf_init(&text);
	assert_done(transaction_begin_write(replica, err));
	assert_done(operation_compose(operation, replica, &id, &text, err));
	assert_done(pending_add(replica, text.data, err));
	assert_done(transaction_end(replica, RC_OK, err));
	strbuf_release(&text);
	operation_free(operation);
}

void commit_released_followup(struct store *replica, const char *what)
{
	struct operation *op = operation_new();
	operation_set_words(op, "nueva: %s", what);
	add_row(op, "followup", "code", "S-2023-?", "description", what, "kind", "task", "status",
		"open", NULL);
	commit_released(replica, op);
}

/* The parts of a test_group() that these tests change. */
struct group released_group(struct store *replica)
{
	struct group group = {0};
	struct operation *op = operation_new();
	operation_set_words(op, "grupo de prueba");
	group.fcd = add_row(op, "organization", "acronym", "FCD", "sector", "civil_society", "sort",
			    "fcd", NULL);
	group.plan = add_row(op, "plan", "code", "paga2", "title", "Segundo plan", NULL);
	group.c1 = add_row(op, "commitment", "code", "C1", "sort", "paga2 1", NULL);
	operation_field(op, "plan", value_key(group.plan));
	group.meeting = add_row(op, "meeting", "number", "AM-2023-05", "date", "2023-11-17",
				"status", "closed", NULL);
	commit_released(replica, op);
	return group;
}

enum rc try_upgrade(struct store *replica, struct drive *drive, struct error *err)
{
	const struct share_round round = {
		.replica = replica, .drive = drive, .check_head = true};
	bool is_done = false;
	enum rc rc = RC_OK;
	for (int steps = 0; rc == RC_OK && !is_done; steps++) {
		assert_true(steps < 20);
		rc = upgrade_step(&round, "FCD", &is_done, err);
	}
	return rc;
}

void upgrade(struct store *replica, struct drive *drive)
{
	assert_done(try_upgrade(replica, drive, err));
	assert_int_equal(schema_of_replica(replica), NEWEST);
}

char *migration_text(int64_t number, const struct log_head *head, struct log_operation *operation)
{
	struct strbuf text;
	strbuf_init(&text);
	operation_compose_migration(number, "FCD", &operation->id, &text);
	assert_true(log_set_parent(text.data, text.length, &head->hash));
	operation->at.number = head->number + 1;
	operation->at.hash = digest_of(text.data, text.length);
	operation->length = text.length;
	operation->text = strbuf_detach(&text);
	return (char *)(uintptr_t)operation->text;
}
