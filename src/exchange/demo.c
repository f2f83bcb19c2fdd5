/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/demo.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/exchange/acta_import.h"
#include "nucleo/exchange/demo_data.h"
#include "nucleo/exchange/record_add.h"

enum { PAIRS_MAX = 32 };

/* The next word of a line as a shell would read it: blanks part words, double
 * quotes keep them together. Cuts the line in place; NULL at its end. */
static char *next_word(char **line)
{
	char *start = *line + strspn(*line, " "), *from = start, *to = start;
	bool quoted = false;
	if (!*start)
		return NULL;
	for (; *from && (quoted || *from != ' '); from++) {
		if (*from == '"')
			quoted = !quoted;
		else
			*to++ = *from;
	}
	*line = *from ? from + 1 : from;
	*to = '\0';
	return start;
}

static enum rc add_record(struct store *store, const struct record_draft *draft, struct error *err)
{
	struct operation *operation = operation_new();
	int64_t key;
	enum rc rc = record_add(store, draft, operation, &key, err);
	if (rc == RC_OK)
		rc = operation_commit(operation, store, NULL, err);
	operation_free(operation);
	return rc;
}

/* "kind field=value ...": what `nucleo add` takes. */
static enum rc add_line(struct store *store, char *line, struct error *err)
{
	struct record_assignment pairs[PAIRS_MAX];
	char *fields[PAIRS_MAX], *word = next_word(&line);
	struct record_draft draft = {.kind = record_kind_named(word), .pairs = pairs};
	enum rc rc = RC_OK;
	while (rc == RC_OK && draft.count < PAIRS_MAX && (word = next_word(&line)) != NULL) {
		rc = record_assignment_parse(word, &fields[draft.count], &pairs[draft.count], err);
		draft.count += rc == RC_OK;
	}
	if (rc == RC_OK)
		rc = add_record(store, &draft, err);
	while (draft.count)
		free(fields[--draft.count]);
	return rc;
}

static enum rc add_records(struct store *store, const char *text, struct error *err)
{
	enum rc rc = RC_OK;
	while (*text && rc == RC_OK) {
		size_t length = strcspn(text, "\n");
		char *line = mem_strndup(text, length);
		if (*line && *line != '#')
			rc = add_line(store, line, err);
		free(line);
		text += length + (text[length] == '\n');
	}
	return rc;
}

static enum rc import_acta(struct store *store, const struct demo_file *file, struct error *err)
{
	struct acta_import_result result;
	const struct acta_source source = {
		.name = file->name, .bytes = file->text, .length = strlen(file->text)};
	enum rc rc = acta_import_text(store, &source, false, &result, err);
	if (rc == RC_OK)
		acta_import_result_release(&result);
	return rc;
}

/* Records first: the acta's percentages belong to the plan's commitments. */
enum rc demo_fill(struct store *store, struct error *err)
{
	enum rc rc = RC_OK;
	for (int i = 0; i < demo_file_count && rc == RC_OK; i++)
		if (strcmp(demo_files[i].name, "records.txt") == 0)
			rc = add_records(store, demo_files[i].text, err);
	for (int i = 0; i < demo_file_count && rc == RC_OK; i++)
		if (strcmp(demo_files[i].name, "records.txt") != 0)
			rc = import_acta(store, &demo_files[i], err);
	return rc == RC_OK ? rc : error_prefix(err, "%s", _("la demostración no se pudo armar"));
}
