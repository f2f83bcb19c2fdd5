/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/print.h"
#include "nucleo/model/filter.h"

enum { POINTED_MAX = 400 /* bytes of a filter that is shown whole with its error */ };

/*
 * What the shell took apart is put together as one would type it on the screen.
 * A word with blanks came in the shell's quotes; behind "field:" it is one value.
 */
static void add_argument(struct strbuf *line, const char *argument)
{
	size_t name = strcspn(argument, ":\" ");
	bool is_value = argument[name] == ':' && strpbrk(argument, " \t\n") &&
			!strchr(argument, '"');
	if (line->length)
		strbuf_addch(line, ' ');
	if (is_value)
		strbuf_addf(line, "%.*s:\"%s\"", (int)name, argument, argument + name + 1);
	else
		strbuf_adds(line, argument);
}

/* Below the message the line and, under what could not be understood, a mark. */
static void point_at_fault(const char *line, const struct filter *filter, struct error *err)
{
	const struct error said = *err;
	struct strbuf marks;
	char *before = mem_strndup(line, filter->fault.start);
	char *fault = mem_strndup(line + filter->fault.start, filter->fault.length);
	strbuf_init(&marks);
	for (int i = utf8_width(fault); i > 0; i--)
		strbuf_addch(&marks, '^');
	if (marks.length && strlen(line) < POINTED_MAX)
		error_set(err, said.code, "%s\n  %s\n  %*s%s", said.text, line, utf8_width(before),
			  "", marks.data);
	strbuf_release(&marks);
	free(fault);
	free(before);
}

static enum rc print_filtered(struct cli *cli, struct cli_listing *listing, struct error *err)
{
	struct store *store;
	enum rc rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = cli_print_list(cli, store, listing, err);
	if (rc == RC_OK && !listing->rows && listing->format == RECORD_FORMAT_TEXT)
		cli_notice(_("no hay ninguno"));
	/* An empty message: that there is no row is an answer, not a failure. */
	if (rc == RC_OK && !listing->rows && cli->is_given[CLI_EXIT_CODE])
		rc = error_set(err, RC_NOT_FOUND, "%s", "");
	return rc;
}

enum rc cli_list(struct cli *cli, struct error *err)
{
	struct filter filter;
	struct strbuf line;
	const struct record_kind *kind = cli_kind(cli->args[0], err);
	if (!kind)
		return RC_USAGE;
	struct cli_listing listing = {.kind = kind->id, .query.filter = &filter};
	enum rc rc = cli_format(cli, &listing.format, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&line);
	for (size_t i = 1; i < cli->arg_count; i++)
		add_argument(&line, cli->args[i]);
	rc = filter_parse(&filter, kind, line.data, clock_today(), err);
	if (rc == RC_OK)
		rc = print_filtered(cli, &listing, err);
	else
		point_at_fault(line.data, &filter, err);
	filter_release(&filter);
	strbuf_release(&line);
	return rc;
}
