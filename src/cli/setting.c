/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/command.h"
#include "nucleo/store/setting.h"

bool cli_setting_writes(const struct cli *cli)
{
	return cli->arg_count && strchr(cli->args[0], '=');
}

static enum rc find(const char *word, enum setting_id *id, struct error *err)
{
	struct nearest nearest;
	struct strbuf names;
	*id = setting_named(word);
	if (*id < SETTING_COUNT)
		return RC_OK;
	nearest_init(&nearest, word);
	strbuf_init(&names);
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		nearest_offer(&nearest, settings[i].name);
		strbuf_addf(&names, "%s%s", i ? ", " : "", settings[i].name);
	}
	if (nearest.best)
		error_set(err, RC_USAGE, _("no existe el ajuste «%s»; ¿quiso decir «%s»?"), word,
			  nearest.best);
	else
		error_set(err, RC_USAGE, _("no existe el ajuste «%s»; hay: %s"), word, names.data);
	strbuf_release(&names);
	return RC_USAGE;
}

static void add_items(struct json_writer *json, const char *text)
{
	json_array_begin(json);
	while (*text) {
		size_t length = strcspn(text, "\n");
		char *item = mem_strndup(text, length);
		json_string(json, item);
		free(item);
		text += length + (text[length] == '\n');
	}
	json_array_end(json);
}

static void add_json(struct json_writer *json, enum setting_id id, const char *value,
		     bool is_default)
{
	json_object_begin(json);
	json_string_member(json, "name", settings[id].name);
	json_string_member(json, "label", _(settings[id].label));
	json_name(json, "value");
	if (settings[id].type == SETTING_LINES)
		add_items(json, value);
	else if (*value)
		json_string(json, value);
	else
		json_null(json);
	json_name(json, "default");
	json_bool(json, is_default);
	json_object_end(json);
}

static void add_line(struct strbuf *out, enum setting_id id, const char *value, bool is_default)
{
	strbuf_addf(out, "%s  ", settings[id].name);
	setting_add_shown(out, id, value);
	strbuf_adds(out, is_default ? _("  (por omisión)\n") : "\n");
}

/* One setting; a member of the array when all are printed. */
static enum rc print(struct cli *cli, struct store *store, enum setting_id id,
		     struct json_writer *json, struct error *err)
{
	struct strbuf value;
	bool is_default;
	strbuf_init(&value);
	enum rc rc = setting_load(store, id, &value, &is_default, err);
	if (rc == RC_OK && cli->is_given[CLI_JSON])
		add_json(json, id, value.data, is_default);
	else if (rc == RC_OK)
		add_line(&cli->out, id, value.data, is_default);
	strbuf_release(&value);
	return rc;
}

static enum rc print_all(struct cli *cli, struct store *store, struct json_writer *json,
			 struct error *err)
{
	enum rc rc = RC_OK;
	if (cli->is_given[CLI_JSON])
		json_array_begin(json);
	for (enum setting_id id = 0; id < SETTING_COUNT && rc == RC_OK; id++)
		rc = print(cli, store, id, json, err);
	if (cli->is_given[CLI_JSON])
		json_array_end(json);
	return rc;
}

static enum rc change(struct cli *cli, struct store *store, enum setting_id id, const char *text,
		      struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = setting_change(store, id, text, operation, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, operation, err);
	operation_free(operation);
	return rc;
}

static enum rc show_or_change(struct cli *cli, struct store *store, struct json_writer *json,
			      struct error *err)
{
	const char *word = cli->args[0], *equals = strchr(word, '=');
	char *name = equals ? mem_strndup(word, (size_t)(equals - word)) : mem_strdup(word);
	enum setting_id id;
	enum rc rc = find(name, &id, err);
	if (rc == RC_OK && equals) {
		rc = change(cli, store, id, equals + 1, err);
		if (rc == RC_INVALID)
			error_prefix(err, "%s", settings[id].name);
	}
	free(name);
	return rc == RC_OK ? print(cli, store, id, json, err) : rc;
}

enum rc cli_setting(struct cli *cli, struct error *err)
{
	struct json_writer json;
	struct store *store;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	json_init(&json, &cli->out);
	rc = cli->arg_count ? show_or_change(cli, store, &json, err)
			    : print_all(cli, store, &json, err);
	if (rc == RC_OK && cli->is_given[CLI_JSON])
		strbuf_addch(&cli->out, '\n');
	return rc;
}
