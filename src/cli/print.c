/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/print.h"

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_json.h"
#include "nucleo/exchange/roll.h"

enum rc cli_format(const struct cli *cli, enum record_format *format, struct error *err)
{
	if (cli->is_given[CLI_JSON] && cli->is_given[CLI_CSV])
		return error_set(err, RC_USAGE, _("--json y --csv no van juntas"));
	if (cli->is_given[CLI_JSON])
		*format = RECORD_FORMAT_JSON;
	else
		*format = cli->is_given[CLI_CSV] ? RECORD_FORMAT_CSV : RECORD_FORMAT_TEXT;
	return RC_OK;
}

struct printing {
	struct cli *cli;
	struct record_writer writer;
	struct error *err;
	enum rc rc;
};

static bool print_row(void *context, const void *row)
{
	struct printing *printing = context;
	record_writer_add(&printing->writer, row);
	printing->rc = cli_drain(printing->cli, printing->err);
	return printing->rc == RC_OK && !printing->cli->out_is_closed;
}

enum rc cli_print_list(struct cli *cli, struct store *store, struct cli_listing *listing,
		       struct error *err)
{
	struct printing printing = {.cli = cli, .err = err};
	record_writer_begin(&printing.writer, &record_kinds[listing->kind], listing->format,
			    cli_columns(), &cli->out);
	listing->query.attendance = true;
	enum rc rc = store_list(store, listing->kind, &listing->query, print_row, &printing, err);
	record_writer_end(&printing.writer);
	listing->rows = printing.writer.rows;
	return rc == RC_OK ? printing.rc : rc;
}

struct showing {
	struct cli *cli;
	struct store *store;
	const struct record_kind *kind;
	bool found;
	enum rc rc;
	struct error *err;
};

static void show_json(struct showing *showing, const void *row)
{
	struct json_writer json;
	json_init(&json, &showing->cli->out);
	json_object_begin(&json);
	record_add_json_members(&json, showing->kind, row);
	if (showing->kind->id == RECORD_MEETING) {
		json_name(&json, "quorum");
		showing->rc = roll_add_meeting_quorum(
			showing->store, ((const struct meeting *)row)->key, &json, showing->err);
	}
	json_object_end(&json);
	strbuf_addch(&showing->cli->out, '\n');
}

static bool show_row(void *context, const void *row)
{
	struct showing *showing = context;
	showing->found = true;
	if (showing->cli->is_given[CLI_JSON])
		show_json(showing, row);
	else
		record_add_details(&showing->cli->out, showing->kind, row);
	return false;
}

enum rc cli_print_record(struct cli *cli, struct store *store, const struct record_kind *kind,
			 int64_t key, struct error *err)
{
	struct showing showing = {.cli = cli, .store = store, .kind = kind, .err = err};
	struct list_query query = {.key = key, .limit = 1, .attendance = true};
	enum rc rc = store_list(store, kind->id, &query, show_row, &showing, err);
	if (rc == RC_OK && showing.rc != RC_OK)
		return showing.rc;
	if (rc == RC_OK && !showing.found)
		rc = error_set(err, RC_NOT_FOUND, _("ese registro ya no está"));
	return rc;
}
