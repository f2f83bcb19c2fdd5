/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/json.h"
#include "nucleo/cli/print.h"
#include "nucleo/model/text_diff.h"
#include "nucleo/store/operation_told.h"

enum rc cli_history(struct cli *cli, struct error *err)
{
	struct store *store;
	struct filter filter;
	struct cli_listing listing = {.kind = RECORD_HISTORY, .query.filter = &filter};
	enum rc rc = cli_format(cli, &listing.format, err);
	if (rc != RC_OK)
		return rc;
	rc = cli_parse_filter(cli, 0, &filter, &record_kinds[RECORD_HISTORY], err);
	if (rc == RC_OK)
		rc = cli_open_store(cli, &store, err);
	if (rc == RC_OK)
		rc = cli_print_list(cli, store, &listing, err);
	if (rc == RC_OK && !listing.rows && listing.format == RECORD_FORMAT_TEXT)
		cli_notice(_("no hay ninguno"));
	filter_release(&filter);
	return rc;
}

/* ---- the edits of one operation */

struct printing {
	struct cli *cli;
	struct json_writer json;
	struct error *err;
	enum rc rc;
};

static const char *const kinds[] = {
	[TOLD_INSERT] = "insert", [TOLD_SET] = "set", [TOLD_DELETE] = "delete"};
static const char *const signs[] = {[TOLD_INSERT] = "+", [TOLD_SET] = "·", [TOLD_DELETE] = "-"};

static void add_value(struct json_writer *json, const char *name, const struct told_value *told)
{
	json_name(json, name);
	if (told->value.type == VALUE_INTEGER)
		json_integer(json, told->value.integer);
	else if (told->value.type == VALUE_REAL)
		json_number(json, told->value.real);
	else
		json_string(json, told->value.type == VALUE_TEXT ? told->value.text : NULL);
}

static void add_field(struct json_writer *json, const struct told_field *field)
{
	json_object_begin(json);
	json_string_member(json, "field", field->column);
	json_string_member(json, "label", field->label);
	add_value(json, "before", &field->was);
	add_value(json, "after", &field->now);
	json_string_member(json, "before_words", field->was.words);
	json_string_member(json, "after_words", field->now.words);
	json_object_end(json);
}

static bool print_json(void *context, const struct told_edit *edit)
{
	struct printing *printing = context;
	struct json_writer *json = &printing->json;
	json_object_begin(json);
	json_string_member(json, "edit", kinds[edit->kind]);
	json_string_member(json, "table", edit->table);
	json_integer_member(json, "key", edit->key);
	json_string_member(json, "record", edit->name);
	json_name(json, "exists");
	json_bool(json, edit->is_there);
	json_name(json, "fields");
	json_array_begin(json);
	for (size_t i = 0; i < edit->fields.count; i++)
		add_field(json, &edit->fields.items[i]);
	json_array_end(json);
	json_object_end(json);
	printing->rc = cli_drain(printing->cli, printing->err);
	return printing->rc == RC_OK && !printing->cli->out_is_closed;
}

/* Both values of a text as one, what changed marked in it. */
static void add_change(struct strbuf *out, const struct told_field *field)
{
	struct text_diff diff;
	const char *was = field->was.words, *now = field->now.words;
	if (!field->is_prose || !was || !now) {
		strbuf_addf(out, "%s -> %s", was ? was : _("(vacío)"), now ? now : _("(vacío)"));
		return;
	}
	text_diff_init(&diff, was, now);
	text_diff_add_marked(out, &diff);
	text_diff_release(&diff);
}

/* Line ends of a text begin a line further to the right. */
static void add_indented(struct strbuf *out, const char *text)
{
	for (; *text; text++) {
		strbuf_addch(out, *text);
		if (*text == '\n')
			strbuf_adds(out, "      ");
	}
	strbuf_addch(out, '\n');
}

static void print_field(struct strbuf *out, enum told_kind kind, const struct told_field *field)
{
	struct strbuf text;
	const struct told_value *only = kind == TOLD_DELETE ? &field->was : &field->now;
	if (field->is_internal || (kind != TOLD_SET && !only->words))
		return;
	strbuf_init(&text);
	if (kind == TOLD_SET)
		add_change(&text, field);
	else
		strbuf_adds(&text, only->words);
	strbuf_addf(out, "    %s: ", field->label);
	add_indented(out, text.data);
	strbuf_release(&text);
}

static bool print_text(void *context, const struct told_edit *edit)
{
	struct printing *printing = context;
	struct strbuf *out = &printing->cli->out;
	strbuf_addf(out, "  %s %s%s%s\n", signs[edit->kind], edit->word, edit->name ? " " : "",
		    edit->name ? edit->name : "");
	for (size_t i = 0; i < edit->fields.count; i++)
		print_field(out, edit->kind, &edit->fields.items[i]);
	printing->rc = cli_drain(printing->cli, printing->err);
	return printing->rc == RC_OK && !printing->cli->out_is_closed;
}

enum rc cli_print_edits(struct cli *cli, struct store *store, int64_t key, struct error *err)
{
	struct printing printing = {.cli = cli, .err = err};
	bool is_json = cli->is_given[CLI_JSON];
	if (is_json) {
		/* Into the object of the operation, which ends with its line. */
		strbuf_trim(&cli->out);
		strbuf_truncate(&cli->out, cli->out.length - 1);
		strbuf_adds(&cli->out, ",\"edits\":");
		json_init(&printing.json, &cli->out);
		json_array_begin(&printing.json);
	} else {
		strbuf_addch(&cli->out, '\n');
	}
	enum rc rc = operation_tell(store, key, is_json ? print_json : print_text, &printing, err);
	if (is_json) {
		json_array_end(&printing.json);
		strbuf_adds(&cli->out, "}\n");
	}
	return rc == RC_OK ? printing.rc : rc;
}
