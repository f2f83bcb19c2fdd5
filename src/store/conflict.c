/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/store/conflict_parts.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/table_words.h"

/* A longer text, or one of several lines, is joined to another with a blank line. */
enum { SHORT_TEXT = 80 };

static void item_release(struct conflict_item *item)
{
	conflict_value_release(&item->seen);
	conflict_value_release(&item->mine);
	conflict_value_release(&item->theirs);
	conflict_value_release(&item->edited);
	free(item->table);
	free(item->column);
	free(item->record);
	free(item->by);
	free(item->at);
}

void conflict_release(struct conflict *conflict)
{
	for (size_t i = 0; i < conflict->items.count; i++)
		item_release(&conflict->items.items[i]);
	vector_release(&conflict->items);
	free(conflict->op);
	free(conflict->words);
	free(conflict->by);
	free(conflict->at);
	free(conflict->reason);
	*conflict = (struct conflict){0};
}

void conflict_list_release(conflict_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		conflict_release(&list->items[i]);
	vector_release(list);
}

/* ---- loading */

static char *copy_text(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return mem_strdup(text ? text : "");
}

/* `templates` gets the text of each. */
static enum rc read_parked(struct store *store, const char *op, conflict_list *list,
			   char ***templates, struct error *err)
{
	struct query query;
	VECTOR(char *) texts = {0};
	query_begin(&query, store, STATEMENT_PENDING_PARKED);
	query_bind_text(&query, ":op", op);
	while (query_next(&query)) {
		struct conflict *conflict = vector_add(list);
		conflict->number = query_integer(&query, 0);
		conflict->op = copy_text(&query, 1);
		conflict->words = copy_text(&query, 2);
		conflict->by = copy_text(&query, 3);
		conflict->at = copy_text(&query, 4);
		conflict->reason = copy_text(&query, 5);
		conflict->follows = query_integer(&query, 6);
		vector_push(&texts, copy_text(&query, 7));
	}
	*templates = texts.items;
	return query_end(&query, err);
}

static enum rc load(struct store *store, const char *op, conflict_list *list, struct error *err)
{
	char **templates = NULL;
	size_t first = list->count;
	enum rc rc = read_parked(store, op, list, &templates, err);
	for (size_t i = first; i < list->count; i++) {
		if (rc == RC_OK)
			rc = conflict_load_items(store, &list->items[i], templates[i - first], err);
		free(templates[i - first]);
	}
	free(templates);
	return rc;
}

/* All of one moment. */
static enum rc load_together(struct store *store, const char *op, conflict_list *list,
			     struct error *err)
{
	bool begun = false;
	if (!store->is_replica)
		return RC_OK;
	enum rc rc = transaction_begin_read(store, &begun, err);
	if (rc == RC_OK)
		rc = load(store, op, list, err);
	return begun ? transaction_end(store, rc, err) : rc;
}

enum rc conflict_list_load(struct store *store, conflict_list *list, struct error *err)
{
	return load_together(store, "", list, err);
}

enum rc conflict_load(struct store *store, const char *op, struct conflict *conflict,
		      struct error *err)
{
	conflict_list list = {0};
	enum rc rc = load_together(store, op, &list, err);
	if (rc == RC_OK && list.count != 1)
		rc = error_set(err, RC_NOT_FOUND, _("ese cambio ya no espera una decisión"));
	if (rc == RC_OK) {
		*conflict = list.items[0];
		list.count = 0;
	}
	conflict_list_release(&list);
	return rc;
}

/* ---- choosing */

struct conflict_item *conflict_find_item(const struct conflict *conflict, const char *table,
					 int64_t key, const char *column)
{
	for (size_t i = 0; i < conflict->items.count; i++) {
		struct conflict_item *item = &conflict->items.items[i];
		if (item->key == key && strcmp(item->table, table) == 0 &&
		    strcmp(item->column, column) == 0)
			return item;
	}
	return NULL;
}

struct conflict_item *conflict_deletion(const struct conflict *conflict)
{
	for (size_t i = 0; i < conflict->items.count; i++)
		if (conflict->items.items[i].kind == CONFLICT_DELETES)
			return &conflict->items.items[i];
	return NULL;
}

bool conflict_choose(struct conflict_item *item, enum conflict_choice choice)
{
	if (choice == CONFLICT_EDITED || (choice && !(item->choices & (unsigned)choice)))
		return false;
	item->choice = choice;
	return true;
}

void conflict_choose_all(struct conflict *conflict, enum conflict_choice choice)
{
	for (size_t i = 0; i < conflict->items.count; i++)
		if (conflict->items.items[i].needs_decision)
			(void)conflict_choose(&conflict->items.items[i], choice);
}

enum rc conflict_edit_value(struct store *store, struct conflict_item *item, struct value value,
			    struct error *err)
{
	const struct conflict_place place = {item->table, item->column, item->key};
	enum rc rc = conflict_value_set(store, &item->edited, &place, value, err);
	if (rc == RC_OK)
		item->choice = CONFLICT_EDITED;
	return rc;
}

size_t conflict_open_count(const struct conflict *conflict)
{
	size_t count = 0;
	for (size_t i = 0; i < conflict->items.count && !conflict->is_dropped; i++) {
		const struct conflict_item *item = &conflict->items.items[i];
		count += item->needs_decision && item->choice == CONFLICT_OPEN;
	}
	return count;
}

void conflict_add_both(struct strbuf *out, const struct conflict_item *item)
{
	const char *theirs = item->theirs.value.text, *mine = item->mine.value.text;
	bool is_short = strlen(theirs) <= SHORT_TEXT && strlen(mine) <= SHORT_TEXT &&
			!strchr(theirs, '\n') && !strchr(mine, '\n');
	strbuf_addf(out, "%s%s%s", theirs, is_short ? " / " : "\n\n", mine);
}

const char *conflict_item_word(const struct conflict_item *item)
{
	if (item->column[0])
		return column_word(item->table, item->column);
	return item->table[0] ? table_word(item->table) : _("todo el cambio");
}

/* ---- what was decided */

enum rc conflict_list_decided(struct store *store, int64_t limit,
			      void (*visit)(void *context, const struct decided_operation *row),
			      void *context, struct error *err)
{
	struct query query;
	if (!store->is_replica)
		return RC_OK;
	query_begin(&query, store, STATEMENT_DECIDED);
	query_bind_integer(&query, ":limit", limit ? limit : -1);
	while (query_next(&query)) {
		const char *texts[6];
		for (int i = 0; i < 6; i++) {
			texts[i] = query_text(&query, i, NULL);
			texts[i] = texts[i] ? texts[i] : "";
		}
		const struct decided_operation row = {texts[0], texts[1], texts[2],
						      texts[3], texts[4], texts[5]};
		visit(context, &row);
	}
	return query_end(&query, err);
}

const char *conflict_choice_name(enum conflict_choice choice)
{
	switch (choice) {
	case CONFLICT_MINE:
		return "mine";
	case CONFLICT_THEIRS:
		return "theirs";
	case CONFLICT_BOTH:
		return "both";
	case CONFLICT_EDITED:
		return "edited";
	case CONFLICT_OPEN:
		break;
	}
	return NULL;
}
