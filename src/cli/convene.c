/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/command.h"
#include "nucleo/cli/convene.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/convening.h"

/* ---- agenda=, take= and leave= */

/* What a command says of an agenda: "proposed", "none" or the meeting it is copied from; and which
 * of the proposals are taken or left, by code. NULL: not said. */
struct agenda_words {
	const char *agenda, *take, *leave;
};

static const char **word_for(struct agenda_words *words, const char *field)
{
	if (strcmp(field, "agenda") == 0)
		return &words->agenda;
	if (strcmp(field, "take") == 0)
		return &words->take;
	return strcmp(field, "leave") == 0 ? &words->leave : NULL;
}

/* Out of the list of fields. */
static enum rc take_words(struct agenda_words *words, struct assignments *list, struct error *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->pairs.count; i++) {
		struct record_assignment pair = list->pairs.items[i];
		const char **word = word_for(words, pair.field);
		if (!word) {
			list->pairs.items[kept++] = pair;
			continue;
		}
		if (*word)
			return error_set(err, RC_USAGE, _("%s= está dos veces"), pair.field);
		*word = pair.value;
	}
	list->pairs.count = kept;
	return RC_OK;
}

static bool is_none(const struct agenda_words *words)
{
	return !words->agenda ? !words->take : utf8_equal_folded(words->agenda, "none");
}

/* "leave=all" comes before what is taken, as it does where agenda= is not said; else what is left
 * is left of what is taken. */
static enum rc mark(const struct agenda_words *words, struct proposal_list *list, struct error *err)
{
	bool leaves_all = words->leave && utf8_equal_folded(words->leave, "all");
	enum rc rc = RC_OK;
	if (!words->agenda || leaves_all)
		rc = proposal_list_mark(list, "all", false, err);
	if (rc == RC_OK && words->take)
		rc = proposal_list_mark(list, words->take, true, err);
	if (rc == RC_OK && words->leave && !leaves_all)
		rc = proposal_list_mark(list, words->leave, false, err);
	return rc;
}

static enum rc propose(struct store *store, const struct agenda_words *words,
		       struct convening *convening, struct proposal_list *list, struct error *err)
{
	enum rc rc = RC_OK;
	if (is_none(words))
		return words->take || words->leave
			       ? error_set(err, RC_USAGE,
					   _("take= y leave= van con agenda=proposed"))
			       : RC_OK;
	if (words->agenda && !utf8_equal_folded(words->agenda, "proposed"))
		rc = store_find(store, RECORD_MEETING, words->agenda, &convening->copied_from, err);
	if (rc == RC_OK)
		rc = convening_propose(store, convening, list, err);
	return rc == RC_OK ? mark(words, list, err) : rc;
}

/* ---- add meeting */

/* The number comes from the date; a date that is none is for the record to complain of. */
static enum rc fill_number(struct store *store, struct record_edit *edit, day_number date,
			   struct error *err)
{
	size_t field = record_edit_index(edit, "number");
	struct strbuf number;
	if (*record_edit_text(edit, field) || date == DATE_NONE)
		return RC_OK;
	strbuf_init(&number);
	enum rc rc = convening_next_number(store, date, &number, err);
	if (rc == RC_OK)
		record_edit_set(edit, field, number.data);
	strbuf_release(&number);
	return rc;
}

static enum rc compose(struct store *store, struct record_edit *edit,
		       const struct agenda_words *words, struct operation *operation,
		       struct error *err)
{
	struct proposal_list list = {0};
	struct convening convening = {
		.date = date_parse(record_edit_text(edit, record_edit_index(edit, "date")))};
	enum rc rc = fill_number(store, edit, convening.date, err);
	if (rc == RC_OK && convening.date != DATE_NONE)
		rc = propose(store, words, &convening, &list, err);
	if (rc == RC_OK)
		rc = convening_compose(edit, &list, operation, NULL, err);
	proposal_list_release(&list);
	return rc;
}

static enum rc add_with(struct cli *cli, struct store *store, struct record_edit *edit,
			const struct agenda_words *words, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = compose(store, edit, words, operation, err);
	if (rc == RC_OK)
		rc = cli_commit(cli, operation, err);
	operation_free(operation);
	return rc == RC_OK ? cli_print_record(cli, store, &record_kinds[RECORD_MEETING],
					      record_edit_key(edit), err)
			   : rc;
}

enum rc cli_add_meeting(struct cli *cli, struct assignments *list, struct error *err)
{
	struct agenda_words words = {0};
	struct record_edit *edit = NULL;
	struct store *store;
	enum rc rc = take_words(&words, list, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = record_edit_begin_new(store, RECORD_MEETING, &edit, err);
	if (rc == RC_OK)
		rc = record_edit_assign(edit, list->pairs.items, list->pairs.count, err);
	if (rc == RC_OK)
		rc = add_with(cli, store, edit, &words, err);
	record_edit_free(edit);
	return rc;
}

/* ---- a meeting there is */

static bool take_date(void *context, const void *row)
{
	*(day_number *)context = ((const struct meeting *)row)->date;
	return false;
}

static enum rc find(struct store *store, const char *number, struct convening *convening,
		    struct error *err)
{
	enum rc rc = store_find(store, RECORD_MEETING, number, &convening->meeting, err);
	const struct list_query itself = {.key = convening->meeting, .limit = 1};
	return rc == RC_OK ? store_list(store, RECORD_MEETING, &itself, take_date,
					&convening->date, err)
			   : rc;
}

static enum rc convene(struct cli *cli, struct store *store, const struct agenda_words *words,
		       struct error *err)
{
	struct proposal_list list = {0};
	struct convening convening = {0};
	const struct convening_change change = {&convening, &list, true};
	struct operation *operation = operation_new();
	enum rc rc = find(store, cli->args[0], &convening, err);
	if (rc == RC_OK)
		rc = propose(store, words, &convening, &list, err);
	if (rc == RC_OK)
		rc = convening_compose_change(store, &change, operation, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, operation, err);
	operation_free(operation);
	proposal_list_release(&list);
	return rc == RC_OK ? cli_print_record(cli, store, &record_kinds[RECORD_MEETING],
					      convening.meeting, err)
			   : rc;
}

/* Nothing but those words. */
static enum rc read_words(struct cli *cli, struct assignments *list, struct agenda_words *words,
			  struct error *err)
{
	enum rc rc = assignments_parse(list, cli, 1, err);
	if (rc == RC_OK)
		rc = take_words(words, list, err);
	if (rc == RC_OK && list->pairs.count)
		rc = error_set(err, RC_USAGE, _("«%s=» no va aquí: agenda=, take= o leave="),
			       list->pairs.items[0].field);
	return rc;
}

enum rc cli_convene(struct cli *cli, struct error *err)
{
	struct assignments list = {0};
	struct agenda_words words = {0};
	struct store *store;
	enum rc rc = read_words(cli, &list, &words, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = convene(cli, store, &words, err);
	assignments_release(&list);
	return rc;
}

static enum rc print_proposals(struct cli *cli, struct store *store,
			       const struct agenda_words *words, struct error *err)
{
	struct proposal_list list = {0};
	struct convening convening = {.date = date_parse(cli->args[0])};
	enum rc rc = convening.date == DATE_NONE ? find(store, cli->args[0], &convening, err)
						 : RC_OK;
	if (rc == RC_NOT_FOUND)
		error_set(err, rc, _("«%s» no es ni una fecha ni una reunión que haya"),
			  cli->args[0]);
	if (rc == RC_OK)
		rc = propose(store, words, &convening, &list, err);
	if (rc == RC_OK && cli->is_given[CLI_JSON])
		proposal_list_add_json(&cli->out, &list);
	else if (rc == RC_OK)
		proposal_list_add_text(&cli->out, &list);
	proposal_list_release(&list);
	return rc;
}

enum rc cli_propose(struct cli *cli, struct error *err)
{
	struct assignments list = {0};
	struct agenda_words words = {.agenda = NULL};
	struct store *store;
	enum rc rc = read_words(cli, &list, &words, err);
	if (!words.agenda)
		words.agenda = "proposed";
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = print_proposals(cli, store, &words, err);
	assignments_release(&list);
	return rc;
}
