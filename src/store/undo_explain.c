/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/undo_parts.h"

/* The latest operation found so far that came after and changed the same. */
struct blame {
	int64_t place, number;
	struct strbuf who, when, words;
};

static void take(struct blame *blame, struct query *query)
{
	while (query_next(query)) {
		const char *by = query_text(query, 2, NULL), *words = query_text(query, 4, NULL);
		const char *at = query_text(query, 3, NULL);
		if (query_integer(query, 0) <= blame->place)
			continue;
		blame->place = query_integer(query, 0);
		blame->number = query_integer(query, 1);
		strbuf_reset(&blame->who);
		strbuf_adds(&blame->who, by && *by ? by : _("alguien"));
		strbuf_reset(&blame->when);
		clock_add_local(&blame->when, at ? at : "");
		strbuf_reset(&blame->words);
		strbuf_adds(&blame->words, words ? words : "");
	}
	query_end(query, NULL);
}

static void look(struct store *store, enum statement_id statement, struct blame *blame,
		 const struct undo_target *target, const struct edit *edit, const char *column)
{
	struct query query;
	query_begin(&query, store, statement);
	query_bind_integer(&query, ":place", target->place);
	query_bind_integer(&query, ":key", edit->key);
	query_bind_text(&query, ":table", edit->table);
	query_bind_text(&query, ":column", column);
	take(blame, &query);
}

static void look_at(struct store *store, struct blame *blame, const struct undo_target *target,
		    const struct edit *edit)
{
	for (size_t i = 0; edit->kind == EDIT_SET && i < edit->fields.count; i++)
		look(store, STATEMENT_EDIT_AFTER, blame, target, edit,
		     edit->fields.items[i].column);
	if (edit->kind == EDIT_SET)
		return;
	look(store, STATEMENT_EDIT_AFTER, blame, target, edit, NULL);
	if (edit->kind == EDIT_INSERT)
		look(store, STATEMENT_REFERENCE_AFTER, blame, target, edit, NULL);
}

/* An operation of thousands of edits: the first ones tell as much as all. */
enum { LOOK_EDITS = 200 };

enum rc undo_explain(struct store *store, const struct undo_target *target, struct error *err)
{
	struct blame blame = {0};
	char *reason = mem_strdup(err->text);
	strbuf_init(&blame.who);
	strbuf_init(&blame.when);
	strbuf_init(&blame.words);
	for (size_t i = 0; i < target->edits.count && i < LOOK_EDITS; i++)
		look_at(store, &blame, target, &target->edits.items[i]);
	if (blame.number)
		error_set(err, RC_REFUSED,
			  _("no se deshizo: %s cambió después lo mismo (operación %lld, %s: «%s»); "
			    "deshaga antes esa, o cambie el registro a mano"),
			  blame.who.data, (long long)blame.number, blame.when.data,
			  blame.words.data);
	else if (blame.place)
		error_set(err, RC_REFUSED,
			  _("no se deshizo: después se cambió lo mismo en esta máquina («%s»); "
			    "deshaga antes eso"),
			  blame.words.data);
	else
		error_set(err, RC_REFUSED, _("no se puede deshacer: %s"), reason);
	strbuf_release(&blame.who);
	strbuf_release(&blame.when);
	strbuf_release(&blame.words);
	free(reason);
	return RC_REFUSED;
}
