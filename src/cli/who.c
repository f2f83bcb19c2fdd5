/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"

static const char *none_if_empty(const char *text)
{
	return *text ? text : NULL;
}

static void add_json(struct strbuf *out, const struct share_people *people)
{
	struct json_writer json;
	json_init(&json, out);
	json_array_begin(&json);
	for (size_t i = 0; i < people->list.count; i++) {
		const struct presence_person *person = &people->list.items[i];
		json_object_begin(&json);
		json_string_member(&json, "as", none_if_empty(person->acronym));
		json_string_member(&json, "post", none_if_empty(person->post));
		json_string_member(&json, "screen", none_if_empty(person->screen));
		json_integer_member(&json, "seconds", person->age_ms / 1000);
		json_string_member(&json, "last_seen", none_if_empty(person->told));
		json_string_member(&json, "since", none_if_empty(person->since));
		json_string_member(&json, "host", none_if_empty(person->host));
		json_string_member(&json, "program", none_if_empty(person->program));
		json_object_end(&json);
	}
	json_array_end(&json);
	strbuf_addch(out, '\n');
}

static void add_part(struct strbuf *out, const char *part)
{
	if (*part)
		strbuf_addf(out, " · %s", part);
}

static void add_person(struct strbuf *out, const struct presence_person *person)
{
	strbuf_adds(out, *person->acronym ? person->acronym : _("sin decir quién"));
	if (*person->post)
		strbuf_addf(out, ", %s", person->post);
	add_part(out, person->screen);
	strbuf_adds(out, " · ");
	clock_add_age(out, person->age_ms);
	strbuf_adds(out, _(" · desde "));
	clock_add_local(out, person->since);
	add_part(out, person->host);
	strbuf_addf(out, " · nucleo %s\n", person->program);
}

static void add_text(struct strbuf *out, const struct share_people *people)
{
	if (!people->list.count)
		strbuf_addf(out, "%s\n", _("Nadie más tiene abierta la base."));
	for (size_t i = 0; i < people->list.count; i++)
		add_person(out, &people->list.items[i]);
	if (people->unnamed)
		strbuf_addf(out,
			    ngettext("y %lld pantalla más\n", "y %lld pantallas más\n",
				     (unsigned long)people->unnamed),
			    (long long)people->unnamed);
}

enum rc cli_who(struct cli *cli, struct error *err)
{
	struct store *store;
	struct share_people people;
	enum rc rc = cli_open_store(cli, &store, err);
	struct share *share = cli->workplace.share;
	if (rc != RC_OK)
		return rc;
	if (!share)
		return error_set(err, RC_USAGE, _("la demostración no se comparte"));
	struct share_status status;
	bool has_looked = share_look_at_people(share, cli->config.wait_ms);
	share_status(share, &status);
	if (!has_looked || status.condition == SHARE_AWAY)
		return error_set(err, RC_BUSY,
				 _("el disco no responde: no se sabe quién está; vuelva a "
				   "intentarlo"));
	share_people(share, &people);
	if (cli->is_given[CLI_JSON])
		add_json(&cli->out, &people);
	else
		add_text(&cli->out, &people);
	share_people_release(&people);
	return RC_OK;
}
