/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acting.h"

/* What is to be kept from now on; NULL: as it is. Borrowed from the command line. */
struct wanted {
	const char *actor, *post;
};

static const char *value_of(const char *word, const char *name)
{
	size_t length = strlen(name);
	return strncmp(word, name, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

static enum rc parse(const struct cli *cli, struct wanted *wanted, struct error *err)
{
	for (size_t i = 0; i < cli->arg_count; i++) {
		const char *actor = value_of(cli->args[i], "as");
		const char *post = value_of(cli->args[i], "post");
		if (!actor && !post)
			return error_set(err, RC_USAGE,
					 _("«%s» no se entiende; se puede decir as=SIGLAS y "
					   "post=CARGO"),
					 cli->args[i]);
		wanted->actor = actor ? actor : wanted->actor;
		wanted->post = post ? post : wanted->post;
	}
	return RC_OK;
}

/* A post stays as long as the institution does. */
static enum rc keep(struct cli *cli, const struct wanted *wanted, const char *acronym,
		    struct error *err)
{
	const struct config *config = &cli->config;
	bool is_same = config->actor && utf8_equal_folded(config->actor, acronym);
	const char *post = wanted->post		     ? wanted->post
			   : is_same && config->post ? config->post
						     : "";
	const struct config_setting settings[] = {{"as", acronym}, {"post", post}};
	const char *nearer = getenv("NUCLEO_AS");
	if (!*acronym && *post)
		return error_set(err, RC_USAGE,
				 _("un cargo es de una institución: diga también as=SIGLAS"));
	enum rc rc = config_keep(settings, ARRAY_COUNT(settings), err);
	if (rc == RC_OK && nearer && *nearer && !utf8_equal_folded(nearer, acronym))
		cli_notice(_("aviso: quedó guardado, pero mientras NUCLEO_AS diga otra "
			     "institución vale esa"));
	if (rc != RC_OK)
		return rc;
	char *new_actor = mem_strdup(acronym), *new_post = mem_strdup(post);
	free(cli->config.actor);
	free(cli->config.post);
	cli->config.actor = new_actor;
	cli->config.post = new_post;
	return RC_OK;
}

/* What is kept is how the database writes it, where there is one that knows it. */
static enum rc keep_wanted(struct cli *cli, struct store *store, const struct wanted *wanted,
			   struct error *err)
{
	struct strbuf acronym;
	bool is_known = false;
	const char *given = wanted->actor ? wanted->actor : cli->config.actor;
	enum rc rc = RC_OK;
	strbuf_init(&acronym);
	if (store && given && *given)
		rc = acting_find(store, given, &is_known, &acronym, err);
	else
		strbuf_adds(&acronym, given ? given : "");
	if (rc == RC_OK && store && acronym.length && !is_known)
		cli_notice_unknown_institution(acronym.data);
	if (rc == RC_OK)
		rc = keep(cli, wanted, acronym.data, err);
	if (rc == RC_OK && store)
		store_set_person(store, cli->config.actor, cli->config.post);
	strbuf_release(&acronym);
	return rc;
}

/* Why nothing of hers would be written; nothing without a database, where nothing is known. */
static enum rc add_obstacle(const struct cli *cli, struct store *store, struct strbuf *out,
			    struct error *err)
{
	const struct acting_terms terms = {.confirms = cli->config.as_observer};
	enum acting acting;
	if (!store)
		return RC_OK;
	enum rc rc = acting_settle(store, &terms, &acting, err);
	if (rc == RC_OK && acting != ACTING_FREELY)
		store_add_read_only_reason(store, out);
	return rc;
}

static const char *none_if_empty(const char *text)
{
	return text && *text ? text : NULL;
}

static void report_json(struct cli *cli, struct store *store, const char *obstacle)
{
	struct json_writer json;
	json_init(&json, &cli->out);
	json_object_begin(&json);
	json_string_member(&json, "as", none_if_empty(cli->config.actor));
	json_string_member(&json, "post", none_if_empty(cli->config.post));
	json_name(&json, "writes");
	if (store)
		json_bool(&json, !*obstacle);
	else
		json_null(&json);
	json_string_member(&json, "reason", none_if_empty(obstacle));
	json_object_end(&json);
	strbuf_addch(&cli->out, '\n');
}

static void report(struct cli *cli, struct store *store, const char *obstacle)
{
	const char *actor = none_if_empty(cli->config.actor);
	const char *post = none_if_empty(cli->config.post);
	if (cli->is_given[CLI_JSON]) {
		report_json(cli, store, obstacle);
		return;
	}
	if (actor)
		strbuf_addf(&cli->out, "%s%s%s\n", actor, post ? ", " : "", post ? post : "");
	else
		strbuf_addf(&cli->out, "%s\n",
			    _("Nadie ha dicho quién escribe: nucleo whoami as=SIGLAS"));
	if (*obstacle)
		strbuf_addf(&cli->out, _("No se puede escribir: %s.\n"), obstacle);
}

/* Also before there is a database: who one is does not hang on it. */
static enum rc open_if_any(struct cli *cli, struct store **store, struct error *err)
{
	*store = NULL;
	enum rc rc = cli_open_store(cli, store, err);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc cli_whoami(struct cli *cli, struct error *err)
{
	struct wanted wanted = {0};
	struct store *store;
	struct strbuf obstacle;
	enum rc rc = parse(cli, &wanted, err);
	if (rc == RC_OK)
		rc = open_if_any(cli, &store, err);
	if (rc == RC_OK && cli->arg_count)
		rc = keep_wanted(cli, store, &wanted, err);
	strbuf_init(&obstacle);
	if (rc == RC_OK)
		rc = add_obstacle(cli, store, &obstacle, err);
	if (rc == RC_OK)
		report(cli, store, obstacle.data);
	strbuf_release(&obstacle);
	return rc;
}
