/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/conflict_edit.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/records.h"

/* The rules of a column; NULL where records of that kind are not added by hand. */
static const struct editable_field *find_rules(const struct conflict_item *item)
{
	const struct editable_kind *kind;
	for (size_t i = 0; (kind = editable_kind_at(i)) != NULL; i++)
		for (size_t j = 0; j < kind->field_count && strcmp(kind->table, item->table) == 0;
		     j++)
			if (kind->fields[j].column &&
			    strcmp(kind->fields[j].column, item->column) == 0)
				return &kind->fields[j];
	return NULL;
}

static bool has_lines(const struct conflict_value *value)
{
	return value->value.type == VALUE_TEXT && strchr(value->value.text, '\n');
}

bool conflict_edit_is_long(const struct conflict_item *item)
{
	const struct editable_field *rules = find_rules(item);
	return (rules && (rules->type == EDITABLE_PARAGRAPHS || rules->type == EDITABLE_LINES)) ||
	       has_lines(&item->mine) || has_lines(&item->theirs) || has_lines(&item->edited);
}

/* A column without rules of its own takes what it has: the schema judges the rest. */
static enum rc edit_plain(struct store *store, struct conflict_item *item, const char *text,
			  struct error *err)
{
	enum value_type type =
		item->mine.value.type ? item->mine.value.type : item->theirs.value.type;
	char *end;
	if (!*text)
		return conflict_edit_value(store, item, value_null(), err);
	if (type != VALUE_INTEGER && type != VALUE_REAL)
		return conflict_edit_value(store, item, value_text(text), err);
	double real = strtod(text, &end);
	if (*end || (type == VALUE_INTEGER && (real < -1e9 || real > 1e9)))
		return error_set(err, RC_INVALID, _("«%s» no es un número"), text);
	return conflict_edit_value(
		store, item, type == VALUE_REAL ? value_real(real) : value_integer((int64_t)real),
		err);
}

static enum rc edit_ruled(struct store *store, struct conflict_item *item,
			  const struct editable_field *rules, const char *text, struct error *err)
{
	if (rules->type == EDITABLE_REFERENCE)
		return error_set(err, RC_REFUSED, _("esto se elige entre lo suyo y lo otro"));
	if (!*text && rules->is_required)
		return error_set(err, RC_INVALID, _("no puede quedar vacío"));
	if (!*text)
		return conflict_edit_value(store, item, value_null(), err);
	enum rc rc = record_value_check(rules, text, err);
	if (rc != RC_OK)
		return rc;
	char *canonical = record_value_canonical(rules, text);
	rc = conflict_edit_value(store, item, record_value(rules, canonical), err);
	free(canonical);
	return rc;
}

static const char *plan_of(const struct conflict *conflict, const struct conflict_item *item)
{
	const struct conflict_item *plan =
		conflict_find_item(conflict, item->table, item->key, "plan");
	return plan && plan->mine.code ? plan->mine.code : "";
}

/* The key by which a record is sorted follows from its code. */
static enum rc edit_sort(struct store *store, const struct conflict *conflict,
			 const struct conflict_item *item, struct error *err)
{
	struct conflict_item *sort = conflict_find_item(conflict, item->table, item->key, "sort");
	bool is_acronym = strcmp(item->column, "acronym") == 0;
	if (!sort || !item->edited.code || (!is_acronym && strcmp(item->column, "code") != 0))
		return RC_OK;
	char *key = is_acronym ? utf8_sort_key(item->edited.code)
			       : commitment_sort_key(plan_of(conflict, item), item->edited.code);
	enum rc rc = conflict_edit_value(store, sort, value_text(key), err);
	free(key);
	return rc;
}

enum rc conflict_edit_text(struct store *store, const struct conflict *conflict,
			   struct conflict_item *item, const char *text, struct error *err)
{
	const struct editable_field *rules = find_rules(item);
	struct strbuf trimmed;
	if (!(item->choices & CONFLICT_EDITED))
		return error_set(err, RC_REFUSED, _("esto no se puede escribir de otro modo"));
	enum rc rc = record_text_check(text, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&trimmed);
	strbuf_adds(&trimmed, text);
	strbuf_trim(&trimmed);
	rc = rules ? edit_ruled(store, item, rules, trimmed.data, err)
		   : edit_plain(store, item, trimmed.data, err);
	strbuf_release(&trimmed);
	return rc == RC_OK ? edit_sort(store, conflict, item, err) : rc;
}
