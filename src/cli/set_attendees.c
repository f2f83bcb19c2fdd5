/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/assignments.h"
#include "nucleo/cli/command.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/roll.h"

/* `set attendees AM-2024-01 last FCD=virtual`: the attendance of a meeting as a whole. */

bool cli_is_attendance(enum record_kind_id kind, const char *code)
{
	/* One attendee is AM-2024-01/FCD; what has no slash is the meeting. */
	return kind == RECORD_ATTENDEE && !strchr(code, '/');
}

static bool is_last(const char *word)
{
	return utf8_equal_folded(word, "last") || utf8_equal_folded(word, "anterior");
}

static bool is_all(const char *word)
{
	return utf8_equal_folded(word, "all") || utf8_equal_folded(word, "todos") ||
	       utf8_equal_folded(word, "todas");
}

static void tell_unknown(const char *acronym)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text,
		    _("nadie conocía «%s»: queda como invitada, por revisar; si es un error, "
		      "«nucleo undo» lo deshace"),
		    acronym);
	cli_notice(text.data);
	strbuf_release(&text);
}

static enum rc assign_all(struct roll *roll, const struct record_assignment *pair,
			  struct error *err)
{
	enum rc rc = RC_OK;
	struct error why;
	for (size_t i = 0; i < roll->rows.count && rc == RC_OK; i++)
		if (roll->rows.items[i].capacity != CAPACITY_GUEST)
			rc = roll_assign(roll, i, pair->value, &why);
	return rc == RC_OK ? RC_OK : error_set(err, rc, "%s: %s", pair->field, why.text);
}

static enum rc assign_one(struct store *store, struct roll *roll,
		      const struct record_assignment *pair, struct error *err)
{
	size_t row;
	bool is_known;
	struct error why;
	enum rc rc = roll_add_guest(store, roll, pair->field, &row, &is_known, err);
	if (rc != RC_OK)
		return rc;
	rc = roll_assign(roll, row, pair->value, &why);
	if (rc != RC_OK)
		return error_set(err, rc, "%s: %s", pair->field, why.text);
	if (!is_known)
		tell_unknown(pair->field);
	return RC_OK;
}

/* An institution that has one of those words for an acronym is not among the members, so it would
 * be a guest nobody meant. */
static enum rc assign(struct store *store, struct roll *roll,
		      const struct record_assignment *pair, struct error *err)
{
	bool is_named = roll_find(roll, pair->field) < roll->rows.count;
	if (!is_named && is_all(pair->field))
		return assign_all(roll, pair, err);
	if (!is_named && is_last(pair->field))
		return error_set(err, RC_USAGE,
				 _("«%s» va solo, antes de lo demás, y sin «=»"), pair->field);
	return assign_one(store, roll, pair, err);
}

/* Who is not named stays as stored; in a list taken for the first time was absent, unless it
 * begins with the last one. */
static enum rc mark_all(struct cli *cli, struct store *store, struct roll *roll, struct error *err)
{
	struct assignments list = {0};
	bool takes_last = is_last(cli->args[2]);
	enum rc rc = assignments_parse(&list, cli, takes_last ? 3 : 2, err);
	if (rc == RC_OK && takes_last)
		rc = roll_take_last(store, roll, err);
	else if (rc == RC_OK && !roll->is_stored)
		roll_clear(roll);
	for (size_t i = 0; i < list.pairs.count && rc == RC_OK; i++)
		rc = assign(store, roll, &list.pairs.items[i], err);
	assignments_release(&list);
	return rc;
}

static enum rc commit(struct cli *cli, const struct roll *roll, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = roll_compose(roll, operation, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, operation, err);
	operation_free(operation);
	return rc;
}

static enum rc print_list(struct cli *cli, struct store *store, int64_t meeting,
			  struct error *err)
{
	struct cli_listing listing = {.kind = RECORD_ATTENDEE, .query = {.meeting = meeting}};
	enum rc rc = cli_format(cli, &listing.format, err);
	return rc == RC_OK ? cli_print_list(cli, store, &listing, err) : rc;
}

enum rc cli_set_attendees(struct cli *cli, struct error *err)
{
	struct store *store;
	struct roll roll = {0};
	int64_t meeting;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = store_find(store, RECORD_MEETING, cli->args[1], &meeting, err);
	if (rc == RC_OK)
		rc = roll_load(store, meeting, &roll, err);
	if (rc == RC_OK)
		rc = mark_all(cli, store, &roll, err);
	if (rc == RC_OK)
		rc = commit(cli, &roll, err);
	roll_release(&roll);
	return rc == RC_OK ? print_list(cli, store, meeting, err) : rc;
}
