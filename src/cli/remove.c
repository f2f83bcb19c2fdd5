/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/exchange/record_remove.h"
#include "nucleo/store/list.h"

static void add_blockers(struct json_writer *json, const struct record_removal *removal)
{
	json_name(json, "used_by");
	json_array_begin(json);
	for (size_t i = 0; i < removal->blocker_count; i++) {
		json_object_begin(json);
		json_integer_member(json, "count", removal->blockers[i].count);
		json_string_member(json, "words", removal->blockers[i].words);
		json_string_member(json, "codes", removal->blockers[i].codes);
		json_object_end(json);
	}
	json_array_end(json);
}

static void add_json(struct cli *cli, const struct record_removal *removal, bool is_done)
{
	struct json_writer json;
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_name(&json, "removed");
	json_bool(&json, is_done);
	json_string_member(&json, "record", removal->called);
	json_string_member(&json, "parts", removal->parts);
	add_blockers(&json, removal);
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

static void add_text(struct cli *cli, const struct record_removal *removal, bool is_done)
{
	struct strbuf *out = &cli->out;
	if (removal->blocker_count) {
		strbuf_addf(out, _("No se puede quitar %s: lo usan "), removal->called);
		record_removal_add_reason(out, removal);
	} else if (is_done) {
		strbuf_addf(out, _("Se quitó %s"), removal->called);
	} else {
		strbuf_addf(out, _("Se quitaría %s"), removal->called);
	}
	if (!removal->blocker_count && *removal->parts)
		strbuf_addf(out, _(", con %s"), removal->parts);
	strbuf_adds(out, "\n");
}

static enum rc remove_record(struct cli *cli, enum record_kind_id kind, int64_t key,
			     struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = record_remove(cli->workplace.store, kind, key, operation, err);
	if (rc == RC_OK)
		rc = cli_commit(cli, operation, err);
	operation_free(operation);
	return rc;
}

enum rc cli_remove(struct cli *cli, struct error *err)
{
	struct store *store;
	struct record_removal removal = {0};
	int64_t key;
	bool is_done = !cli->is_given[CLI_DRY_RUN];
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = store_find(store, kind->id, cli->args[1], &key, err);
	if (rc == RC_OK)
		rc = record_removal_plan(store, kind->id, key, &removal, err);
	if (rc == RC_OK && is_done)
		rc = remove_record(cli, kind->id, key, err);
	if (rc == RC_OK && cli->is_given[CLI_JSON])
		add_json(cli, &removal, is_done);
	else if (rc == RC_OK)
		add_text(cli, &removal, is_done);
	record_removal_release(&removal);
	return rc;
}
