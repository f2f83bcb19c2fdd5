/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/command.h"
#include "nucleo/exchange/saved_filters.h"
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

void cli_add_filter(const struct cli *cli, size_t first, struct strbuf *line)
{
	for (size_t i = first; i < cli->arg_count; i++)
		add_argument(line, cli->args[i]);
}

enum rc cli_parse_filter(const struct cli *cli, size_t first, struct filter *filter,
			 const struct record_kind *kind, struct error *err)
{
	struct strbuf line, expanded;
	strbuf_init(&line);
	strbuf_init(&expanded);
	*filter = (struct filter){.kind = kind};
	cli_add_filter(cli, first, &line);
	enum rc rc = saved_filters_expand(kind, line.data, &expanded, err);
	if (rc == RC_OK) {
		rc = filter_parse(filter, kind, expanded.data, clock_today(), err);
		if (rc != RC_OK)
			point_at_fault(expanded.data, filter, err);
	}
	strbuf_release(&expanded);
	strbuf_release(&line);
	return rc;
}
