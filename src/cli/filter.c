/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/filter_suggest.h"
#include "nucleo/exchange/saved_filters.h"
#include "nucleo/model/filter.h"

/* ---- list */

static void add_json(struct json_writer *json, const struct saved_filter *filter)
{
	json_object_begin(json);
	json_name(json, "kind");
	json_string(json, filter->kind->name);
	json_name(json, "name");
	json_string(json, filter->name);
	json_name(json, "filter");
	json_string(json, filter->text);
	json_object_end(json);
}

static enum rc list(struct cli *cli, struct saved_filters *saved, struct error *err)
{
	struct json_writer json;
	bool as_json = cli->is_given[CLI_JSON];
	if (cli->arg_count > 1)
		return error_set(err, RC_USAGE, _("«filter list» no lleva más"));
	json_init(&json, &cli->out);
	if (as_json)
		json_array_begin(&json);
	for (size_t i = 0; i < saved->items.count; i++) {
		const struct saved_filter *filter = &saved->items.items[i];
		if (as_json)
			add_json(&json, filter);
		else
			strbuf_addf(&cli->out, "%s @%s  %s\n", filter->kind->plural, filter->name,
				    filter->text);
	}
	if (as_json) {
		json_array_end(&json);
		strbuf_addch(&cli->out, '\n');
	} else if (!saved->items.count) {
		cli_notice(_("no hay filtros guardados"));
	}
	return RC_OK;
}

/* ---- save and remove */

/* A filter is kept only when it can be understood. */
static enum rc save(struct cli *cli, struct saved_filters *saved, struct error *err)
{
	struct filter filter;
	struct strbuf line;
	const struct record_kind *kind = cli->arg_count > 3 ? cli_kind(cli->args[1], err) : NULL;
	if (cli->arg_count < 4)
		return error_set(err, RC_USAGE,
				 _("falta algo; uso: nucleo filter save CLASE NOMBRE FILTRO..."));
	if (!kind)
		return RC_USAGE;
	strbuf_init(&line);
	enum rc rc = cli_parse_filter(cli, 3, &filter, kind, err);
	if (rc == RC_OK) {
		cli_add_filter(cli, 3, &line);
		rc = saved_filters_put(saved, kind, cli->args[2], line.data, err);
	}
	if (rc == RC_OK)
		rc = saved_filters_store(saved, err);
	filter_release(&filter);
	strbuf_release(&line);
	return rc;
}

static enum rc remove_filter(struct cli *cli, struct saved_filters *saved, struct error *err)
{
	const struct record_kind *kind = cli->arg_count == 3 ? cli_kind(cli->args[1], err) : NULL;
	if (cli->arg_count != 3)
		return error_set(err, RC_USAGE, _("uso: nucleo filter remove CLASE NOMBRE"));
	if (!kind)
		return RC_USAGE;
	enum rc rc = saved_filters_remove(saved, kind, cli->args[2], err);
	return rc == RC_OK ? saved_filters_store(saved, err) : rc;
}

/* ---- complete */

/* Each line is what the last of the words could become. */
static void add_completions(const struct filter_completion *completion, const char *text,
			    struct strbuf *out)
{
	size_t start = completion->span.start;
	size_t end = start + completion->span.length;
	while (start && text[start - 1] != ' ')
		start--;
	for (size_t i = 0; i < completion->choices.count; i++)
		strbuf_addf(out, "%.*s%s%s\n", (int)(completion->span.start - start), text + start,
			    completion->choices.items[i], text + end);
}

/* For the completion of shells, which has no place for messages. */
static enum rc complete(struct cli *cli, struct saved_filters *saved, struct error *err)
{
	struct filter_completion completion;
	struct error ignored;
	const char *text = cli->arg_count == 3 ? cli->args[2] : "";
	const struct record_kind *kind =
		cli->arg_count > 1 ? record_kind_named(cli->args[1]) : NULL;
	(void)saved;
	(void)err;
	if (!kind)
		return RC_OK;
	enum rc rc = cli_load_config(cli, &ignored);
	if (rc == RC_OK)
		rc = workplace_open(&cli->workplace, &cli->config, &ignored);
	filter_suggest(&completion, rc == RC_OK ? cli->workplace.store : NULL, kind, text,
		       strlen(text));
	add_completions(&completion, text, &cli->out);
	filter_completion_release(&completion);
	return RC_OK;
}

enum rc cli_filter(struct cli *cli, struct error *err)
{
	static const struct {
		const char *names[2];
		enum rc (*run)(struct cli *cli, struct saved_filters *saved, struct error *err);
	} actions[] = {
		{{"list", "listar"}, list},
		{{"save", "guardar"}, save},
		{{"remove", "quitar"}, remove_filter},
		{{"complete", "completar"}, complete},
	};
	struct saved_filters saved;
	const char *word = cli->args[0];
	for (size_t i = 0; i < ARRAY_COUNT(actions); i++) {
		if (!utf8_equal_folded(actions[i].names[0], word) &&
		    !utf8_equal_folded(actions[i].names[1], word))
			continue;
		enum rc rc = saved_filters_load(&saved, err);
		if (rc == RC_OK)
			rc = actions[i].run(cli, &saved, err);
		saved_filters_release(&saved);
		return rc;
	}
	return error_set(err, RC_USAGE,
			 _("no se sabe «%s»; puede ser: list, save, remove, complete"), word);
}
