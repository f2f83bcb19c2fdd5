/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/assignments.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/cli/command.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/decision.h"
#include "nucleo/exchange/record_add.h"

enum rc assignments_parse(struct assignments *list, const struct cli *cli, size_t first,
			  struct error *err)
{
	for (size_t i = first; i < cli->arg_count; i++) {
		struct record_assignment pair;
		char *name;
		enum rc rc = record_assignment_parse(cli->args[i], &name, &pair, err);
		if (rc != RC_OK)
			return rc;
		vector_push(&list->names, name);
		vector_push(&list->pairs, pair);
	}
	return RC_OK;
}

void assignments_add(struct assignments *list, const char *field, const char *value)
{
	vector_push(&list->pairs, ((struct record_assignment){field, value}));
}

void assignments_release(struct assignments *list)
{
	for (size_t i = 0; i < list->names.count; i++)
		free(list->names.items[i]);
	vector_release(&list->names);
	vector_release(&list->pairs);
}

static enum rc compose(struct store *store, const struct record_kind *kind, int64_t key,
		       const struct assignments *list, struct operation *operation,
		       struct error *err)
{
	struct record_edit *edit = NULL;
	enum rc rc = record_edit_begin(store, kind->id, key, &edit, err);
	if (rc == RC_OK)
		rc = record_edit_assign(edit, list->pairs.items, list->pairs.count, err);
	if (rc == RC_OK)
		rc = record_edit_compose(edit, operation, NULL, err);
	record_edit_free(edit);
	return rc;
}

static bool says_vote(const struct record_kind *kind, const struct assignments *list)
{
	for (size_t i = 0; kind->id == RECORD_RESOLUTION && i < list->pairs.count; i++)
		if (decision_is_vote_field(list->pairs.items[i].field))
			return true;
	return false;
}

static enum rc change(struct cli *cli, const struct record_kind *kind, int64_t key,
		      const struct assignments *list, struct error *err)
{
	struct store *store = cli->workplace.store;
	struct operation *operation = operation_new();
	enum rc rc = says_vote(kind, list)
			     ? decision_edit_entry(store, key, list->pairs.items,
						   list->pairs.count, operation, err)
			     : compose(store, kind, key, list, operation, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, operation, err);
	operation_free(operation);
	return rc;
}

enum rc cli_change_record(struct cli *cli, const struct record_kind *kind, const char *code,
			  const struct assignments *list, struct error *err)
{
	struct store *store;
	int64_t key;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = store_find(store, kind->id, code, &key, err);
	if (rc == RC_OK)
		rc = change(cli, kind, key, list, err);
	return rc == RC_OK ? cli_print_record(cli, store, kind, key, err) : rc;
}
