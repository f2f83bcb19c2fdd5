/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/minutes.h"
#include "nucleo/store/record_set.h"

/* nucleo entry STEP ID ...: what the screen of a meeting does to a line that stands. */

struct entry_call {
	struct cli *cli;
	struct store *store;
	struct record_set found; /* the entry as lists show it */
	struct operation *operation;
	int64_t other; /* one more to be printed; 0: none */
};

static const struct resolution *entry_of(const struct entry_call *call)
{
	return record_set_at(&call->found, 0);
}

/* The argument behind the code; NULL when it was not given. */
static const char *argument(const struct entry_call *call, size_t i)
{
	return call->cli->arg_count > i + 2 ? call->cli->args[i + 2] : NULL;
}

static enum rc move(struct entry_call *call, struct error *err)
{
	const struct resolution *entry = entry_of(call);
	const char *behind = argument(call, 1);
	struct minutes_place to = {.meeting = entry->meeting_key};
	enum rc rc = cli_find_item(call->store, entry->meeting, argument(call, 0), &to.item, err);
	if (rc == RC_OK && behind)
		rc = store_find(call->store, RECORD_RESOLUTION, behind, &to.behind, err);
	return rc == RC_OK ? minutes_move(call->store, entry->key, &to, call->operation, err) : rc;
}

static enum rc move_up(struct entry_call *call, struct error *err)
{
	return minutes_shift(call->store, entry_of(call)->key, -1, call->operation, err);
}

static enum rc move_down(struct entry_call *call, struct error *err)
{
	return minutes_shift(call->store, entry_of(call)->key, 1, call->operation, err);
}

static enum rc no_such_words(const struct entry_call *call, const char *words, struct error *err)
{
	return error_set(err, RC_NOT_FOUND, _("%s no dice «%s»"), entry_of(call)->id, words);
}

static enum rc split(struct entry_call *call, struct error *err)
{
	const struct resolution *entry = entry_of(call);
	const char *words = argument(call, 0), *at = strstr(entry->text, words);
	/* What the line begins with comes again further on, or nowhere to be cut. */
	if (at == entry->text && *at)
		at = strstr(at + 1, words);
	if (!at)
		return no_such_words(call, words, err);
	return minutes_split(call->store, entry->key, (size_t)(at - entry->text), call->operation,
			     &call->other, err);
}

static enum rc join(struct entry_call *call, struct error *err)
{
	return minutes_join(call->store, entry_of(call)->key, call->operation, err);
}

static enum rc retype(struct entry_call *call, struct error *err)
{
	int kind = enum_value(&entry_kind_names, argument(call, 0));
	if (kind == ENUM_NONE)
		return error_set(err, RC_INVALID,
				 _("«%s» no es note, decision, request ni undertaking"),
				 argument(call, 0));
	return minutes_retype(call->store, entry_of(call)->key, kind, call->operation, err);
}

/* ---- a follow-up of a sentence */

static struct prose_span sentence_with(const char *text, const char *words)
{
	prose_spans sentences = {0};
	struct prose_span found = {0};
	const char *at = strstr(text, words);
	size_t start = at ? (size_t)(at - text) : 0;
	prose_sentences(text, &sentences);
	for (size_t i = 0; at && i < sentences.count; i++)
		if (sentences.items[i].start <= start)
			found = sentences.items[i];
	vector_release(&sentences);
	return found;
}

/* Without words the sentence the screen marks is meant. */
static enum rc detect(const struct entry_call *call, struct prose_span *sentence,
		      struct error *err)
{
	const struct resolution *entry = entry_of(call);
	struct minutes_context context;
	enum rc rc = minutes_context_load(call->store, entry->meeting_key, &context, err);
	if (rc != RC_OK)
		return rc;
	*sentence = capture_detect(&context.capture, entry->text, entry->organization, 0);
	minutes_context_release(&context);
	if (sentence->length)
		return RC_OK;
	return error_set(err, RC_NOT_FOUND,
			 _("ninguna frase de %s parece una acción; diga cuál con sus palabras"),
			 entry->id);
}

static enum rc follow_up(struct entry_call *call, struct error *err)
{
	const struct resolution *entry = entry_of(call);
	const char *words = argument(call, 0);
	struct prose_span sentence = words ? sentence_with(entry->text, words)
					   : (struct prose_span){0};
	int64_t followup;
	enum rc rc = words ? RC_OK : detect(call, &sentence, err);
	if (rc == RC_OK && !sentence.length)
		rc = no_such_words(call, words, err);
	return rc == RC_OK ? minutes_add_followup(call->store, entry->key, sentence,
						  call->operation, &followup, err)
			   : rc;
}

/* ---- the command */

static const struct {
	const char *name, *usage;
	size_t least, most; /* arguments behind the code */
	enum rc (*run)(struct entry_call *call, struct error *err);
} steps[] = {
	{"move", N_("move CÓDIGO PUNTO [TRAS]"), 1, 2, move},
	{"up", N_("up CÓDIGO"), 0, 0, move_up},
	{"down", N_("down CÓDIGO"), 0, 0, move_down},
	{"split", N_("split CÓDIGO PALABRAS"), 1, 1, split},
	{"join", N_("join CÓDIGO"), 0, 0, join},
	{"kind", N_("kind CÓDIGO CLASE"), 1, 1, retype},
	{"followup", N_("followup CÓDIGO [PALABRAS]"), 0, 1, follow_up},
};

static enum rc find_step(const struct cli *cli, size_t *step, struct error *err)
{
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		if (strcmp(cli->args[0], steps[i].name) != 0)
			continue;
		*step = i;
		if (cli->arg_count >= steps[i].least + 2 && cli->arg_count <= steps[i].most + 2)
			return RC_OK;
		return error_set(err, RC_USAGE, _("uso: nucleo entry %s"), _(steps[i].usage));
	}
	return error_set(err, RC_USAGE,
			 _("«%s» no es move, up, down, split, join, kind ni followup"),
			 cli->args[0]);
}

static enum rc load(struct entry_call *call, struct error *err)
{
	struct list_query query = {.limit = 1};
	enum rc rc = store_find(call->store, RECORD_RESOLUTION, call->cli->args[1], &query.key,
				err);
	return rc == RC_OK ? record_set_load(&call->found, call->store, RECORD_RESOLUTION, &query,
					     err)
			   : rc;
}

/* Of a line that was split both parts. */
static enum rc print(struct entry_call *call, struct error *err)
{
	const struct record_kind *kind = &record_kinds[RECORD_RESOLUTION];
	struct strbuf *out = &call->cli->out;
	bool is_array = call->other && call->cli->is_given[CLI_JSON];
	if (is_array)
		strbuf_addch(out, '[');
	enum rc rc = cli_print_record(call->cli, call->store, kind, entry_of(call)->key, err);
	if (rc != RC_OK || !call->other)
		return rc;
	strbuf_addch(out, is_array ? ',' : '\n');
	rc = cli_print_record(call->cli, call->store, kind, call->other, err);
	if (is_array)
		strbuf_adds(out, "]\n");
	return rc;
}

enum rc cli_entry(struct cli *cli, struct error *err)
{
	struct entry_call call = {.cli = cli};
	size_t step = 0;
	enum rc rc = find_step(cli, &step, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &call.store, err);
	if (rc != RC_OK)
		return rc;
	call.operation = operation_new();
	rc = load(&call, err);
	if (rc == RC_OK)
		rc = steps[step].run(&call, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, call.operation, err);
	if (rc == RC_OK)
		rc = print(&call, err);
	record_set_release(&call.found);
	operation_free(call.operation);
	return rc;
}
