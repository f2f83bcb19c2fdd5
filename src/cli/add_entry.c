/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/minutes.h"
#include "nucleo/exchange/record_json.h"
#include "nucleo/exchange/record_value.h"

/* nucleo add entry MEETING ITEM TEXT: a line as one types it in the meeting itself. */

enum { INPUT_MAX = 1024 * 1024 };

struct capturing {
	struct cli *cli;
	struct store *store;
	struct minutes_place place;
	struct strbuf answer; /* in JSON */
	struct json_writer json;
	bool is_many; /* lines come from the input */
};

enum rc cli_find_item(struct store *store, const char *meeting, const char *item, int64_t *key,
		      struct error *err)
{
	struct strbuf code;
	if (!*item || strcmp(item, "-") == 0) {
		*key = 0;
		return RC_OK;
	}
	strbuf_init(&code);
	if (!strchr(item, '/'))
		strbuf_addf(&code, "%s/", meeting);
	strbuf_adds(&code, item);
	enum rc rc = store_find(store, RECORD_AGENDA, code.data, key, err);
	strbuf_release(&code);
	return rc;
}

/* ---- printing */

struct followups {
	struct cli *cli;
	struct json_writer *json; /* NULL: text */
	int64_t entry;
};

static bool print_followup(void *context, const void *row)
{
	const struct followups *followups = context;
	const struct followup *followup = row;
	struct strbuf *out = &followups->cli->out, object;
	if (followup->entry_key != followups->entry)
		return true;
	if (!followups->json) {
		strbuf_addch(out, '\n');
		record_add_details(out, &record_kinds[RECORD_FOLLOWUP], row);
		return true;
	}
	strbuf_init(&object);
	record_add_json(&object, &record_kinds[RECORD_FOLLOWUP], row);
	json_raw(followups->json, object.data);
	strbuf_release(&object);
	return true;
}

static bool copy_json(void *context, const void *row)
{
	record_add_json(context, &record_kinds[RECORD_RESOLUTION], row);
	return false;
}

static enum rc print_followups(struct capturing *capturing, int64_t entry, struct json_writer *json,
			       struct error *err)
{
	const struct list_query query = {.meeting = capturing->place.meeting};
	struct followups followups = {capturing->cli, json, entry};
	return store_list(capturing->store, RECORD_FOLLOWUP, &query, print_followup, &followups,
			  err);
}

static enum rc print_json(struct capturing *capturing, int64_t entry, struct error *err)
{
	const struct list_query query = {.key = entry, .limit = 1};
	struct json_writer *json = &capturing->json;
	struct strbuf resolution;
	strbuf_init(&resolution);
	enum rc rc = store_list(capturing->store, RECORD_RESOLUTION, &query, copy_json, &resolution,
				err);
	json_object_begin(json);
	json_name(json, "resolution");
	if (resolution.length)
		json_raw(json, resolution.data);
	else
		json_null(json);
	json_name(json, "followups");
	json_array_begin(json);
	if (rc == RC_OK)
		rc = print_followups(capturing, entry, json, err);
	json_array_end(json);
	json_object_end(json);
	strbuf_release(&resolution);
	return rc;
}

static bool print_id(void *context, const void *row)
{
	strbuf_adds(context, ((const struct resolution *)row)->id);
	return false;
}

/* Of many lines one each: where it went, and what it amounts to. */
static enum rc print_line(struct capturing *capturing, int64_t entry, const struct capture *capture,
			  struct error *err)
{
	const struct list_query query = {.key = entry, .limit = 1};
	struct strbuf *out = &capturing->cli->out;
	enum rc rc = store_list(capturing->store, RECORD_RESOLUTION, &query, print_id, out, err);
	strbuf_adds(out, "  ");
	capture_add_preview(capture, out);
	strbuf_addch(out, '\n');
	return rc;
}

static enum rc print_entry(struct capturing *capturing, int64_t entry,
			   const struct capture *capture, struct error *err)
{
	if (capturing->cli->is_given[CLI_JSON])
		return print_json(capturing, entry, err);
	if (capturing->is_many)
		return print_line(capturing, entry, capture, err);
	enum rc rc = cli_print_record(capturing->cli, capturing->store,
				      &record_kinds[RECORD_RESOLUTION], entry, err);
	return rc == RC_OK ? print_followups(capturing, entry, NULL, err) : rc;
}

/* ---- what a person should know of a line that is written all the same */

static void notice_problems(const struct capture *capture, const char *line)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < capture->tokens.count; i++) {
		const struct capture_token *token = &capture->tokens.items[i];
		if (!token->problem)
			continue;
		strbuf_truncate(&text, 0);
		strbuf_adds(&text, "«");
		strbuf_add(&text, line + token->where.start, token->where.length);
		strbuf_addf(&text, "»: %s", token->problem);
		cli_notice(text.data);
	}
	strbuf_release(&text);
}

static void notice_said(const struct capture *capture)
{
	struct strbuf text;
	if (!capture->said.count)
		return;
	strbuf_init(&text);
	for (size_t i = 0; i < capture->said.count; i++) {
		strbuf_addf(&text, "%s%s: ", i ? "; " : "", capture->said.items[i].code);
		percent_add(&text, capture->said.items[i].percent);
		strbuf_adds(&text, " %");
	}
	strbuf_addf(&text, " (%s)", _("no se anotó como avance; con --measure se anota"));
	cli_notice(text.data);
	strbuf_release(&text);
}

/* ---- writing */

static enum rc write_line(struct capturing *capturing, const struct capture *capture,
			  int64_t *entry, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = minutes_add_line(capturing->store, &capturing->place, capture,
				      capturing->cli->is_given[CLI_MEASURE], operation, entry, err);
	if (rc == RC_OK)
		rc = cli_commit(capturing->cli, operation, err);
	operation_free(operation);
	return rc;
}

static bool is_commitment(const struct capture_context *context, const char *code)
{
	for (size_t i = 0; i < context->commitment_count; i++)
		if (strcmp(context->commitments[i].code, code) == 0)
			return true;
	return false;
}

/* What the words say is as good as a sign now. */
static void take_said(struct capture *capture, const struct capture_context *context)
{
	for (size_t i = 0; i < capture->said.count; i++) {
		const struct prose_measure *said = &capture->said.items[i];
		if (is_commitment(context, said->code))
			vector_push(&capture->measurements,
				    ((struct capture_measurement){mem_strdup(said->code),
								  said->percent}));
	}
	capture->said.count = 0;
}

/* What one line makes the next one knows: each is read in a context of its own. */
static enum rc add_line(struct capturing *capturing, const char *line, struct error *err)
{
	struct minutes_context context;
	struct capture capture;
	int64_t entry = 0;
	if (record_text_check(line, err) != RC_OK)
		return error_prefix(err, _("el texto"));
	enum rc rc = minutes_context_load(capturing->store, capturing->place.meeting, &context,
					  err);
	if (rc != RC_OK)
		return rc;
	capture_read(&context.capture, line, &capture);
	rc = write_line(capturing, &capture, &entry, err);
	if (rc == RC_OK) {
		notice_problems(&capture, line);
		if (capturing->cli->is_given[CLI_MEASURE])
			take_said(&capture, &context.capture);
		notice_said(&capture);
		rc = print_entry(capturing, entry, &capture, err);
	}
	capture_release(&capture);
	minutes_context_release(&context);
	return rc;
}

static enum rc read_input(struct strbuf *out, struct error *err)
{
	char buffer[4096];
	for (;;) {
		ssize_t got = read(STDIN_FILENO, buffer, sizeof(buffer));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(err, RC_IO, _("no se pudo leer la entrada: %s"),
					 strerror(errno));
		if (!got)
			return RC_OK;
		strbuf_add(out, buffer, (size_t)got);
		if (out->length > INPUT_MAX)
			return error_set(err, RC_INVALID,
					 _("la entrada pasa de %d bytes; nada se escribió"),
					 INPUT_MAX);
	}
}

static bool is_blank(const char *line)
{
	return !line[strspn(line, " \t")];
}

/* Each line is written for itself: what stands before one that fails is there. */
static enum rc add_lines(struct capturing *capturing, char *text, struct error *err)
{
	int number = 0;
	while (*text) {
		size_t length = strcspn(text, "\n");
		bool is_last = !text[length];
		text[length] = '\0';
		if (length && text[length - 1] == '\r')
			text[length - 1] = '\0';
		number++;
		if (!is_blank(text) && add_line(capturing, text, err) != RC_OK)
			return error_prefix(err, _("línea %d (lo anterior quedó escrito)"),
					    number);
		text += length + !is_last;
	}
	return RC_OK;
}

static enum rc add_input(struct capturing *capturing, struct error *err)
{
	struct strbuf input;
	strbuf_init(&input);
	capturing->is_many = true;
	enum rc rc = read_input(&input, err);
	if (rc == RC_OK && memchr(input.data, '\0', input.length))
		rc = error_set(err, RC_INVALID, _("la entrada no es texto; nada se escribió"));
	json_array_begin(&capturing->json);
	if (rc == RC_OK)
		rc = add_lines(capturing, input.data, err);
	json_array_end(&capturing->json);
	strbuf_release(&input);
	return rc;
}

static enum rc add_words(struct capturing *capturing, struct error *err)
{
	const struct cli *cli = capturing->cli;
	struct strbuf line;
	strbuf_init(&line);
	for (size_t i = 3; i < cli->arg_count; i++)
		strbuf_addf(&line, "%s%s", i > 3 ? " " : "", cli->args[i]);
	enum rc rc = add_line(capturing, line.data, err);
	strbuf_release(&line);
	return rc;
}

static enum rc find_place(struct capturing *capturing, struct error *err)
{
	const struct cli *cli = capturing->cli;
	struct minutes_place *place = &capturing->place;
	enum rc rc = store_find(capturing->store, RECORD_MEETING, cli->args[1], &place->meeting,
				err);
	return rc == RC_OK ? cli_find_item(capturing->store, cli->args[1], cli->args[2],
					   &place->item, err)
			   : rc;
}

enum rc cli_add_entry(struct cli *cli, struct error *err)
{
	struct capturing capturing = {.cli = cli};
	if (cli->arg_count < 4)
		return error_set(err, RC_USAGE,
				 _("falta algo; uso: nucleo add entry REUNIÓN PUNTO TEXTO"));
	enum rc rc = cli_open_store(cli, &capturing.store, err);
	if (rc == RC_OK)
		rc = find_place(&capturing, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&capturing.answer);
	json_init(&capturing.json, &capturing.answer);
	bool is_input = cli->arg_count == 4 && strcmp(cli->args[3], "-") == 0;
	rc = is_input ? add_input(&capturing, err) : add_words(&capturing, err);
	/* A conflict has been printed in place of the answer. */
	if (cli->is_given[CLI_JSON] && (rc == RC_OK || is_input) && rc != RC_CONFLICT)
		strbuf_addf(&cli->out, "%s\n", capturing.answer.data);
	strbuf_release(&capturing.answer);
	return rc;
}
