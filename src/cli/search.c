/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/print.h"
#include "nucleo/store/search.h"

enum { LIMIT_DEFAULT = 200, LIMIT_MOST = 1000, INDENT = 12 };

struct printing {
	struct cli *cli;
	enum record_format format;
	int columns;
	struct record_writer writer;
	size_t rows;
	enum rc rc;
	struct error *err;
};

/* Without the marks of what was found: a pipe has no bold letters. */
static void add_plain(struct strbuf *out, const char *marked)
{
	for (; *marked; marked++)
		if (*marked != SEARCH_MARK_BEGIN && *marked != SEARCH_MARK_END)
			strbuf_addch(out, *marked);
}

static void add_line(struct strbuf *out, const char *label, const char *text)
{
	int width = utf8_fit(out, label, INDENT - 1);
	for (; width < INDENT; width++)
		strbuf_addch(out, ' ');
	strbuf_addf(out, "%s\n", text);
}

/* Cuts the line behind a word; returns where the rest begins. */
static size_t cut(struct strbuf *line, int columns)
{
	size_t length = utf8_fit_words(line->data, columns > 1 ? columns : 1);
	if (length < line->length) {
		strbuf_truncate(line, length);
		strbuf_adds(line, "…");
	}
	return length;
}

/* What it is and says, and below it where it stands and what else it says. */
static void print_hit(struct printing *printing, const struct search_hit *hit)
{
	struct strbuf heading, place, whole;
	int columns = printing->columns - INDENT;
	strbuf_init(&heading);
	strbuf_init(&place);
	strbuf_init(&whole);
	add_plain(&heading, search_hit_heading(hit));
	strbuf_adds(&whole, heading.data);
	size_t rest = cut(&heading, columns);
	add_line(&printing->cli->out, enum_label(&search_kind_names, hit->kind), heading.data);
	strbuf_adds(&place, hit->place);
	if (*search_hit_text(hit)) {
		strbuf_adds(&place, " · ");
		add_plain(&place, search_hit_text(hit));
	} else if (rest < whole.length) {
		strbuf_addf(&place, " · …%s", whole.data + rest + strspn(whole.data + rest, " "));
	}
	cut(&place, columns);
	add_line(&printing->cli->out, "", place.data);
	strbuf_release(&whole);
	strbuf_release(&place);
	strbuf_release(&heading);
}

static bool print_row(void *context, const void *row)
{
	struct printing *printing = context;
	printing->rows++;
	if (printing->format == RECORD_FORMAT_TEXT)
		print_hit(printing, row);
	else
		record_writer_add(&printing->writer, row);
	printing->rc = cli_drain(printing->cli, printing->err);
	return printing->rc == RC_OK && !printing->cli->out_is_closed;
}

/* The first search in a large database reads all of it: a person is told what takes so long. */
static enum rc prepare(struct search *search, struct error *err)
{
	struct search_progress progress = {0};
	bool is_told = !isatty(STDERR_FILENO);
	enum rc rc;
	while ((rc = search_prepare(search, &progress, err)) == RC_OK && !progress.is_ready) {
		if (!is_told)
			cli_notice(_("preparando la búsqueda…"));
		is_told = true;
	}
	return rc;
}

static enum rc limit_of(const struct cli *cli, int64_t *limit, struct error *err)
{
	const char *text = cli->value[CLI_LIMIT];
	char *end;
	*limit = LIMIT_DEFAULT;
	if (!text)
		return RC_OK;
	*limit = strtoll(text, &end, 10);
	if (end == text || *end || *limit < 1 || *limit > LIMIT_MOST)
		return error_set(err, RC_USAGE, _("--limit: «%s» no es un número de 1 a %d"), text,
				 LIMIT_MOST);
	return RC_OK;
}

static enum rc print_hits(struct printing *printing, struct search *search,
			  struct search_question *question, struct error *err)
{
	enum rc rc = prepare(search, err);
	if (rc != RC_OK)
		return rc;
	printing->err = err;
	record_writer_begin(&printing->writer, &search_hit_kind, printing->format,
			    printing->columns, &printing->cli->out);
	rc = search_run(search, question, print_row, printing, err);
	record_writer_end(&printing->writer);
	if (rc == RC_OK)
		rc = printing->rc;
	if (rc == RC_OK && printing->format == RECORD_FORMAT_TEXT) {
		if (!search_has_words(question->text))
			cli_notice(_("no hay palabras que buscar; escriba letras o números"));
		else if (!printing->rows)
			cli_notice(_("no hay ninguno"));
		else if (question->has_more)
			cli_notice(_("hay más; añada palabras o use --limit"));
	}
	return rc;
}

static enum rc run(struct cli *cli, struct search_question *question, struct error *err)
{
	struct store *store;
	struct printing printing = {.cli = cli, .columns = cli_columns()};
	enum rc rc = cli_format(cli, &printing.format, err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc != RC_OK)
		return rc;
	struct search *search = search_new(store);
	rc = print_hits(&printing, search, question, err);
	search_free(search);
	/* An empty message: that nothing was found is an answer, not a failure. */
	if (rc == RC_OK && !printing.rows && cli->is_given[CLI_EXIT_CODE])
		rc = error_set(err, RC_NOT_FOUND, "%s", "");
	return rc;
}

enum rc cli_search(struct cli *cli, struct error *err)
{
	struct strbuf text;
	struct search_question question;
	enum rc rc = limit_of(cli, &question.limit, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&text);
	for (size_t i = 0; i < cli->arg_count; i++)
		strbuf_addf(&text, "%s%s", i ? " " : "", cli->args[i]);
	question.text = text.data;
	rc = run(cli, &question, err);
	strbuf_release(&text);
	return rc;
}
