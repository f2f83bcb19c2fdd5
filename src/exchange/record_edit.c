/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_edit.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/exchange/record_value.h"

static enum rc unknown_kind(enum record_kind_id kind, bool is_new, struct error *err)
{
	const struct editable_kind *known;
	struct strbuf kinds;
	strbuf_init(&kinds);
	for (size_t i = 0; (known = editable_kind_at(i)) != NULL; i++)
		strbuf_addf(&kinds, "%s%s", i ? ", " : "", record_kinds[known->kind].name);
	error_set(err, RC_USAGE,
		  is_new ? _("«%s» no se agrega así; se puede agregar: %s")
			 : _("«%s» no se cambia así; se puede cambiar: %s"),
		  record_kinds[kind].name, kinds.data);
	strbuf_release(&kinds);
	return RC_USAGE;
}

static struct record_edit *edit_new(struct store *store, enum record_kind_id kind)
{
	struct record_edit *edit = mem_alloc_zero(1, sizeof(*edit));
	edit->store = store;
	edit->kind = editable_kind_of(kind);
	return edit;
}

static enum rc give(struct record_edit *edit, enum rc rc, struct record_edit **given)
{
	if (rc == RC_OK)
		*given = edit;
	else
		record_edit_free(edit);
	return rc;
}

bool record_edit_knows(enum record_kind_id kind)
{
	return editable_kind_of(kind) != NULL;
}

enum rc record_edit_begin(struct store *store, enum record_kind_id kind, int64_t key,
			  struct record_edit **edit, struct error *err)
{
	if (!record_edit_knows(kind))
		return unknown_kind(kind, false, err);
	struct record_edit *begun = edit_new(store, kind);
	begun->key = key;
	return give(begun, record_load(begun, err), edit);
}

enum rc record_edit_begin_new(struct store *store, enum record_kind_id kind,
			      struct record_edit **edit, struct error *err)
{
	if (!record_edit_knows(kind))
		return unknown_kind(kind, true, err);
	struct record_edit *begun = edit_new(store, kind);
	begun->is_new = true;
	return give(begun, record_load_new(begun, err), edit);
}

void record_edit_free(struct record_edit *edit)
{
	if (!edit)
		return;
	for (size_t i = 0; i < edit->kind->field_count; i++) {
		free(edit->slots[i].stored);
		free(edit->slots[i].shown);
		free(edit->slots[i].text);
	}
	row_release(&edit->row);
	row_release(&edit->membership);
	record_set_release(&edit->listed);
	vector_release(&edit->parties);
	free(edit->called);
	free(edit);
}

const char *record_edit_called(const struct record_edit *edit)
{
	return edit->called;
}

int64_t record_edit_key(const struct record_edit *edit)
{
	return edit->key;
}

size_t record_edit_count(const struct record_edit *edit)
{
	return edit->kind->field_count;
}

size_t record_edit_index(const struct record_edit *edit, const char *name)
{
	return editable_index(edit->kind, name);
}

static enum record_edit_type form_type(enum editable_type type)
{
	static const enum record_edit_type types[] = {
		[EDITABLE_TEXT] = RECORD_EDIT_LINE,
		[EDITABLE_PARAGRAPHS] = RECORD_EDIT_TEXT,
		[EDITABLE_ACRONYM] = RECORD_EDIT_LINE,
		[EDITABLE_PLAN_CODE] = RECORD_EDIT_LINE,
		[EDITABLE_COMMITMENT_CODE] = RECORD_EDIT_LINE,
		[EDITABLE_NUMBER_CODE] = RECORD_EDIT_LINE,
		[EDITABLE_DATE] = RECORD_EDIT_DATE,
		[EDITABLE_TIME] = RECORD_EDIT_TIME,
		[EDITABLE_ENUM] = RECORD_EDIT_ENUM,
		[EDITABLE_BOOL] = RECORD_EDIT_ENUM,
		[EDITABLE_PERCENT] = RECORD_EDIT_PERCENT,
		[EDITABLE_COUNT] = RECORD_EDIT_NUMBER,
		[EDITABLE_MINUTES] = RECORD_EDIT_NUMBER,
		[EDITABLE_REAL] = RECORD_EDIT_NUMBER,
		[EDITABLE_SHA256] = RECORD_EDIT_LINE,
		[EDITABLE_EMAIL] = RECORD_EDIT_LINE,
		[EDITABLE_LINES] = RECORD_EDIT_LINES,
		[EDITABLE_REFERENCE] = RECORD_EDIT_REFERENCE,
		[EDITABLE_QUALIFIER] = RECORD_EDIT_LINE,
		[EDITABLE_PARTIES] = RECORD_EDIT_INSTITUTIONS,
		[EDITABLE_ROLE] = RECORD_EDIT_ENUM,
		[EDITABLE_MEMBER_SINCE] = RECORD_EDIT_DATE,
		[EDITABLE_MEMBER_UNTIL] = RECORD_EDIT_DATE,
		[EDITABLE_NOTE] = RECORD_EDIT_TEXT,
		[EDITABLE_INDICATOR] = RECORD_EDIT_REFERENCE,
		[EDITABLE_INDICATOR_OF] = RECORD_EDIT_REFERENCE,
		[EDITABLE_PLACE] = RECORD_EDIT_REFERENCE,
	};
	return types[type];
}

struct record_edit_field record_edit_field(const struct record_edit *edit, size_t i)
{
	const struct editable_field *field = &edit->kind->fields[i];
	return (struct record_edit_field){
		.name = field->name,
		.label = _(editable_label(edit->kind, field)),
		.help = field->help ? _(field->help) : NULL,
		.type = form_type(field->type),
		.is_required = field->is_required || (field->is_filled && !edit->is_new),
		.is_fixed = field->is_fixed && !edit->is_new,
		.is_hidden = field->is_hidden,
	};
}

const char *record_edit_text(const struct record_edit *edit, size_t i)
{
	return edit->slots[i].text;
}

void record_edit_set(struct record_edit *edit, size_t i, const char *text)
{
	char *copy = mem_strdup(text);
	free(edit->slots[i].text);
	edit->slots[i].text = copy;
}

void record_edit_preset(struct record_edit *edit, size_t i, const char *text)
{
	char *copy = mem_strdup(text);
	record_edit_set(edit, i, text);
	free(edit->slots[i].shown);
	edit->slots[i].shown = copy;
}

bool record_edit_is_changed(const struct record_edit *edit)
{
	for (size_t i = 0; i < edit->kind->field_count; i++)
		if (strcmp(edit->slots[i].text, edit->slots[i].shown) != 0)
			return true;
	return false;
}

enum rc record_edit_check(struct record_edit *edit, size_t i, struct error *err)
{
	const struct editable_kind *kind = edit->kind;
	struct record_written written;
	record_written_init(&written, edit);
	enum rc rc = record_read_field(&written, i, err);
	if (rc == RC_OK && kind->unique && strcmp(kind->fields[i].name, kind->unique) == 0 &&
	    !kind->within)
		rc = record_unique_check(&written, err);
	record_written_release(&written);
	return rc;
}

/* ---- what a command was given */

static enum rc unknown_field(const struct editable_kind *kind, const char *name, struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (size_t i = 0; i < kind->field_count; i++)
		strbuf_addf(&list, "%s%s", i ? ", " : "", kind->fields[i].name);
	error_set(err, RC_USAGE, _("«%s» no tiene el campo «%s»; se puede dar: %s"),
		  record_kinds[kind->kind].name, name, list.data);
	strbuf_release(&list);
	return RC_USAGE;
}

/* On a command line a list is separated by commas, here each is on a line. */
static void set_lines(struct record_edit *edit, size_t i, const char *text)
{
	char *lines = mem_strdup(text);
	for (char *at = lines; !strchr(text, '\n') && (at = strchr(at, ',')) != NULL;)
		*at = '\n';
	record_edit_set(edit, i, lines);
	free(lines);
}

static enum rc assign(struct record_edit *edit, const struct record_assignment *pair, bool *taken,
		      struct error *err)
{
	size_t i = editable_index(edit->kind, pair->field);
	if (i == edit->kind->field_count)
		return unknown_field(edit->kind, pair->field, err);
	if (taken[i])
		return error_set(err, RC_USAGE, _("%s: se dio dos veces"), pair->field);
	enum rc rc = record_text_check(pair->value, err);
	if (rc != RC_OK)
		return error_prefix(err, "%s", pair->field);
	taken[i] = true;
	if (edit->kind->fields[i].type == EDITABLE_LINES)
		set_lines(edit, i, pair->value);
	else
		record_edit_set(edit, i, pair->value);
	return RC_OK;
}

enum rc record_edit_assign(struct record_edit *edit, const struct record_assignment *pairs,
			   size_t count, struct error *err)
{
	bool taken[EDITABLE_FIELDS_MAX] = {false};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = assign(edit, &pairs[i], taken, err);
	return rc;
}
