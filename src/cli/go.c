/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/cli/print.h"
#include "nucleo/exchange/minutes.h"

/* nucleo go MEETING [ITEM [STATE]]: walks the agenda, with the clock of each item. */

static enum rc find_next(const struct cli *cli, struct store *store, int64_t meeting, int64_t *item,
			 struct error *err)
{
	enum rc rc = minutes_next_item(store, meeting, item, err);
	if (rc == RC_OK && !*item)
		rc = error_set(err, RC_NOT_FOUND,
			       _("en %s no queda ningún punto pendiente: «nucleo go %s -» abre la "
				 "sesión, o detiene el reloj"),
			       cli->args[0], cli->args[0]);
	return rc;
}

static enum rc find_item(const struct cli *cli, struct store *store, int64_t meeting, int64_t *item,
			 struct error *err)
{
	if (cli->arg_count < 2)
		return find_next(cli, store, meeting, item, err);
	return cli_find_item(store, cli->args[0], cli->args[1], item, err);
}

static enum rc read_state(const char *word, int64_t item, int *state, struct error *err)
{
	*state = enum_value(&item_state_names, word);
	if (!item)
		return error_set(err, RC_USAGE, _("diga de qué punto es «%s»"), word);
	if (*state == ENUM_NONE)
		return error_set(err, RC_INVALID,
				 _("«%s» no es pending, in_progress, done ni deferred"), word);
	return RC_OK;
}

static enum rc compose(const struct cli *cli, struct store *store, int64_t meeting, int64_t item,
		       struct operation *operation, struct error *err)
{
	int state;
	day_minute now = clock_time_of_day();
	if (cli->arg_count < 3)
		return minutes_go_to(store, meeting, item, now, operation, err);
	enum rc rc = read_state(cli->args[2], item, &state, err);
	return rc == RC_OK ? minutes_set_item(store, item, state, now, operation, err) : rc;
}

enum rc cli_go(struct cli *cli, struct error *err)
{
	struct store *store;
	int64_t meeting = 0, item = 0;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = store_find(store, RECORD_MEETING, cli->args[0], &meeting, err);
	if (rc == RC_OK)
		rc = find_item(cli, store, meeting, &item, err);
	if (rc != RC_OK)
		return rc;
	struct operation *operation = operation_new();
	rc = compose(cli, store, meeting, item, operation, err);
	if (rc == RC_OK)
		rc = cli_commit_if_any(cli, operation, err);
	operation_free(operation);
	if (rc != RC_OK)
		return rc;
	return cli_print_record(cli, store,
				&record_kinds[item ? RECORD_AGENDA : RECORD_MEETING],
				item ? item : meeting, err);
}
