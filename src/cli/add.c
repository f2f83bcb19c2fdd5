/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/record_add.h"
#include "nucleo/exchange/record_add_table.h"

struct assignments {
	VECTOR(struct record_assignment) pairs;
	VECTOR(char *) names;
};

static enum rc parse_assignments(struct assignments *list, char **words, size_t count,
				 struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct record_assignment pair;
		char *name;
		enum rc rc = record_assignment_parse(words[i], &name, &pair, err);
		if (rc != RC_OK)
			return rc;
		vector_push(&list->names, name);
		vector_push(&list->pairs, pair);
	}
	return RC_OK;
}

static void release_assignments(struct assignments *list)
{
	for (size_t i = 0; i < list->names.count; i++)
		free(list->names.items[i]);
	vector_release(&list->names);
	vector_release(&list->pairs);
}

static enum rc add_to(struct cli *cli, struct store *store, const struct record_draft *draft,
		      struct error *err)
{
	struct operation *operation = operation_new();
	int64_t key;
	enum rc rc = record_add(store, draft, operation, &key, err);
	if (rc == RC_OK)
		rc = cli_commit(cli, operation, err);
	operation_free(operation);
	return rc == RC_OK ? cli_print_record(cli, store, draft->kind, key, err) : rc;
}

bool cli_can_add(enum record_kind_id kind)
{
	return add_kind_of(kind) != NULL;
}

enum rc cli_add(struct cli *cli, struct error *err)
{
	struct assignments list = {0};
	struct store *store;
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	enum rc rc = parse_assignments(&list, cli->args + 1, cli->arg_count - 1, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK) {
		struct record_draft draft = {kind, list.pairs.items, list.pairs.count};
		rc = add_to(cli, store, &draft, err);
	}
	release_assignments(&list);
	return rc;
}
