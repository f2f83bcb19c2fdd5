/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/apply.h"
#include "nucleo/store/codes.h"
#include "nucleo/store/conflict_parts.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/record_parts.h"
#include "nucleo/store/replica_parts.h"
#include "nucleo/store/row.h"

/* An operation being made from a parked one and what was decided about it. */
struct deciding {
	struct store *store;
	const struct conflict *conflict;
	struct operation *operation;
	VECTOR(int64_t) added;			   /* keys of rows it adds, or brings back */
	VECTOR(const struct conflict_item *) done; /* fields that have been written once */
};

static bool is_added(const struct deciding *deciding, int64_t key)
{
	for (size_t i = 0; i < deciding->added.count; i++)
		if (deciding->added.items[i] == key)
			return true;
	return false;
}

static bool is_done(const struct deciding *deciding, const struct conflict_item *item)
{
	for (size_t i = 0; i < deciding->done.count; i++)
		if (deciding->done.items[i] == item)
			return true;
	return false;
}

/* ---- rows that are brought back */

/* The edits of the operation that deleted a row, the last one first: what was deleted before its
 * parent is added after it. */
static enum rc read_deletion(struct deciding *deciding, int64_t number,
			     void (*visit)(struct deciding *deciding, const struct edit *edit),
			     struct error *err)
{
	struct query edits;
	struct log_head at;
	struct strbuf text;
	VECTOR(struct edit) all = {0};
	strbuf_init(&text);
	enum rc rc = replica_operation(deciding->store, number, &at, &text, err);
	if (rc == RC_OK) {
		edit_query_begin(&edits, deciding->store, text.data, text.length);
		while (rc == RC_OK && query_next(&edits))
			rc = edit_read(&edits, vector_add(&all), err);
		enum rc ended = query_end(&edits, rc == RC_OK ? err : NULL);
		rc = rc == RC_OK ? ended : rc;
	}
	for (size_t i = all.count; i-- > 0;) {
		if (rc == RC_OK && all.items[i].kind == EDIT_DELETE)
			visit(deciding, &all.items[i]);
		edit_release(&all.items[i]);
	}
	vector_release(&all);
	strbuf_release(&text);
	return rc;
}

static bool refers_to_added(const struct deciding *deciding, const struct edit *edit)
{
	for (size_t i = 0; i < edit->fields.count; i++) {
		sqlite3_value *was = edit->fields.items[i].was;
		if (sqlite3_value_type(was) == SQLITE_INTEGER &&
		    is_added(deciding, sqlite3_value_int64(was)))
			return true;
	}
	return false;
}

static void add_again(struct deciding *deciding, const struct edit *edit)
{
	operation_begin_edit(deciding->operation, EDIT_INSERT, edit->table, edit->key);
	for (size_t i = 0; i < edit->fields.count; i++)
		operation_add_field(deciding->operation, edit->fields.items[i].column, value_null(),
				    edit_value(edit->fields.items[i].was));
	vector_push(&deciding->added, edit->key);
}

/* The row itself, and what went with it. */
static void bring_back(struct deciding *deciding, const struct edit *edit)
{
	const struct conflict_item *item =
		conflict_find_item(deciding->conflict, edit->table, edit->key, "");
	bool is_wanted = item && item->kind == CONFLICT_GONE && item->choice == CONFLICT_MINE;
	if (!is_added(deciding, edit->key) && (is_wanted || refers_to_added(deciding, edit)))
		add_again(deciding, edit);
}

/* ---- fields */

static struct value chosen_value(const struct conflict_item *item, const struct edit_field *field,
				 struct strbuf *scratch)
{
	if (item && item->choice == CONFLICT_EDITED)
		return item->edited.value;
	if (!item || item->choice != CONFLICT_BOTH)
		return edit_value(field->now);
	conflict_add_both(scratch, item);
	return value_text(scratch->data);
}

/* What follows from another field does what that one does. */
static enum conflict_choice choice_of(const struct conflict *conflict,
				      const struct conflict_item *item)
{
	static const char *const leading[] = {"code", "acronym", "name"};
	const struct conflict_item *other = NULL;
	if (!item)
		return CONFLICT_MINE;
	for (size_t i = 0; item->is_internal && !other && i < ARRAY_COUNT(leading); i++)
		other = conflict_find_item(conflict, item->table, item->key, leading[i]);
	return other && item->choice != CONFLICT_EDITED ? other->choice : item->choice;
}

static void decide_field(struct deciding *deciding, const struct edit *edit,
			 const struct edit_field *field)
{
	const struct conflict_item *item =
		conflict_find_item(deciding->conflict, edit->table, edit->key, field->column);
	struct value was = edit_value(field->was);
	struct strbuf scratch;
	enum conflict_choice choice = choice_of(deciding->conflict, item);
	if (choice == CONFLICT_THEIRS || (choice != CONFLICT_MINE && is_done(deciding, item)))
		return;
	if (item && !is_done(deciding, item)) {
		was = item->theirs.value;
		vector_push(&deciding->done, item);
	}
	strbuf_init(&scratch);
	operation_change(deciding->operation, edit->table, edit->key, field->column, was,
			 chosen_value(item, field, &scratch));
	strbuf_release(&scratch);
}

/* A row that is brought back holds what it held when it was deleted. */
static void decide_field_again(struct deciding *deciding, const struct edit *edit,
			       const struct edit_field *field)
{
	operation_replace_field(deciding->operation, edit->table, edit->key, field->column,
				edit_value(field->now));
}

static enum rc decide_set(struct deciding *deciding, const struct edit *edit, struct error *err)
{
	const struct conflict_item *gone =
		conflict_find_item(deciding->conflict, edit->table, edit->key, "");
	enum rc rc = RC_OK;
	bool is_gone = gone && gone->kind == CONFLICT_GONE;
	if (is_gone && gone->choice == CONFLICT_THEIRS)
		return RC_OK;
	if (is_gone && !is_added(deciding, edit->key))
		rc = read_deletion(deciding, gone->operation, bring_back, err);
	for (size_t i = 0; i < edit->fields.count && rc == RC_OK; i++) {
		if (is_gone)
			decide_field_again(deciding, edit, &edit->fields.items[i]);
		else
			decide_field(deciding, edit, &edit->fields.items[i]);
	}
	return rc;
}

static struct value decided_new(const struct deciding *deciding, const struct edit *edit,
				const struct edit_field *field)
{
	const struct conflict_item *item =
		conflict_find_item(deciding->conflict, edit->table, edit->key, field->column);
	return item && item->choice == CONFLICT_EDITED ? item->edited.value
						       : edit_value(field->now);
}

/* A setting has a row once somebody changes it. Where others were the first, theirs takes the
 * value: there is but one of a name. */
static enum rc decide_setting(struct deciding *deciding, const struct edit *edit, bool *is_there,
			      struct error *err)
{
	const struct edit_field *name = edit_field_named(edit, "name");
	const struct edit_field *value = edit_field_named(edit, "value");
	row_list rows = {0};
	enum rc rc = RC_OK;
	*is_there = false;
	if (strcmp(edit->table, "setting") != 0 || !name || !value)
		return RC_OK;
	rc = store_rows(deciding->store, "setting", "name", edit_value(name->now), &rows, err);
	*is_there = rc == RC_OK && rows.count;
	if (*is_there)
		operation_change(deciding->operation, "setting", rows.items[0].key, "value",
				 row_value(&rows.items[0], "value"),
				 decided_new(deciding, edit, value));
	row_list_release(&rows);
	return rc;
}

static enum rc decide_insert(struct deciding *deciding, const struct edit *edit, struct error *err)
{
	bool is_there;
	enum rc rc = decide_setting(deciding, edit, &is_there, err);
	if (rc != RC_OK || is_there)
		return rc;
	operation_begin_edit(deciding->operation, EDIT_INSERT, edit->table, edit->key);
	for (size_t i = 0; i < edit->fields.count; i++) {
		const struct edit_field *field = &edit->fields.items[i];
		operation_add_field(deciding->operation, field->column, value_null(),
				    decided_new(deciding, edit, field));
	}
	vector_push(&deciding->added, edit->key);
	return RC_OK;
}

static enum rc decide_delete(struct deciding *deciding, const struct edit *edit, struct error *err)
{
	const struct conflict_item *deletion = conflict_deletion(deciding->conflict);
	bool exists = is_added(deciding, edit->key);
	if (deletion && deletion->choice == CONFLICT_THEIRS)
		return RC_OK;
	enum rc rc =
		exists ? RC_OK
		       : record_is_there(deciding->store, edit->table, edit->key, &exists, err);
	if (rc == RC_OK && exists)
		operation_delete(deciding->operation, edit->table, edit->key);
	return rc;
}

static enum rc decide_edit(struct deciding *deciding, const struct edit *edit, struct error *err)
{
	enum rc rc = apply_check_names(deciding->store, edit, err);
	if (rc != RC_OK)
		return rc;
	switch (edit->kind) {
	case EDIT_INSERT:
		return decide_insert(deciding, edit, err);
	case EDIT_SET:
		return decide_set(deciding, edit, err);
	case EDIT_DELETE:
		break;
	}
	return decide_delete(deciding, edit, err);
}

static bool is_dropped(const struct conflict *conflict)
{
	if (conflict->is_dropped)
		return true;
	for (size_t i = 0; i < conflict->items.count; i++)
		if (conflict->items.items[i].kind == CONFLICT_REFUSED &&
		    conflict->items.items[i].choice == CONFLICT_THEIRS)
			return true;
	return false;
}

/* Its edits are copied out: what is read on the way reads edits too. */
static enum rc decide_edits(struct deciding *deciding, const char *template, struct error *err)
{
	struct query edits;
	VECTOR(struct edit) all = {0};
	enum rc rc = RC_OK;
	if (is_dropped(deciding->conflict))
		return RC_OK;
	edit_query_begin(&edits, deciding->store, template, strlen(template));
	while (rc == RC_OK && query_next(&edits))
		rc = edit_read(&edits, vector_add(&all), err);
	enum rc ended = query_end(&edits, rc == RC_OK ? err : NULL);
	rc = rc == RC_OK ? ended : rc;
	for (size_t i = 0; i < all.count; i++) {
		if (rc == RC_OK)
			rc = decide_edit(deciding, &all.items[i], err);
		edit_release(&all.items[i]);
	}
	vector_release(&all);
	return rc;
}

/* ---- the transaction */

/* The operation as its author made it, and which one it undoes; one of a branch that was lost has
 * its codes open again. */
static enum rc read_template(struct store *store, int64_t number, struct strbuf *template,
			     struct strbuf *undoes, struct error *err)
{
	struct query query;
	query_begin(&query, store, STATEMENT_PENDING_TEMPLATE);
	query_bind_integer(&query, ":number", number);
	const char *text = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	const char *undone = text ? query_text(&query, 1, NULL) : NULL;
	if (text && number < 0)
		codes_reopen(text, template);
	else if (text)
		strbuf_adds(template, text);
	if (undone)
		strbuf_adds(undoes, undone);
	return query_end(&query, err);
}

/* Whether what was shown to the person is still so. */
static bool is_as_shown(const struct conflict *shown, const struct conflict *now)
{
	for (size_t i = 0; i < now->items.count; i++) {
		const struct conflict_item *item = &now->items.items[i];
		const struct conflict_item *before =
			conflict_find_item(shown, item->table, item->key, item->column);
		if (!before || before->kind != item->kind ||
		    before->needs_decision != item->needs_decision ||
		    !value_equal(before->theirs.value, item->theirs.value) ||
		    strcmp(before->theirs.words, item->theirs.words) != 0)
			return false;
	}
	return true;
}

static enum rc check_as_shown(struct store *store, const struct conflict *conflict,
			      struct error *err)
{
	struct conflict now = {0};
	enum rc rc = conflict_load(store, conflict->op, &now, err);
	if (rc == RC_OK && now.follows && !conflict->is_dropped)
		rc = error_set(err, RC_REFUSED,
			       _("sigue a otro cambio que espera su decisión: decida primero ese"));
	if (rc == RC_OK && !conflict->is_dropped && !is_as_shown(conflict, &now))
		rc = error_set(err, RC_CONFLICT,
			       _("esto cambió otra vez entretanto; nada se decidió, mírelo de "
				 "nuevo"));
	conflict_release(&now);
	return rc;
}

static const char *outcome_of(const struct conflict *conflict)
{
	unsigned chosen = 0;
	if (conflict->is_dropped)
		return "dropped";
	for (size_t i = 0; i < conflict->items.count; i++) {
		const struct conflict_item *item = &conflict->items.items[i];
		if (item->needs_decision || item->choice == CONFLICT_EDITED)
			chosen |= (unsigned)item->choice;
	}
	bool is_mixed = (chosen & (chosen - 1)) != 0;
	const char *name = is_mixed ? NULL : conflict_choice_name((enum conflict_choice)chosen);
	return name ? name : "mixed";
}

static enum rc keep_decided(struct store *store, const struct conflict *conflict, struct error *err)
{
	struct query query;
	struct strbuf now;
	strbuf_init(&now);
	clock_add_utc(&now);
	query_begin(&query, store, STATEMENT_DECIDED_KEEP);
	query_bind_integer(&query, ":number", conflict->number);
	query_bind_text(&query, ":at", now.data);
	query_bind_text(&query, ":outcome", outcome_of(conflict));
	query_next(&query);
	enum rc rc = query_end(&query, err);
	strbuf_release(&now);
	return rc;
}

/* Words are the group's record and stay in its language: they are not translated. */
/* What was written words a change that is done as it was meant; of any other, what it is about: its
 * values may be a person's name. */
static void set_words(struct deciding *deciding)
{
	const struct conflict *conflict = deciding->conflict;
	struct strbuf about;
	if (strcmp(outcome_of(conflict), "mine") == 0) {
		operation_set_words(deciding->operation, "%s (decidido tras otro cambio)",
				    conflict->words);
		return;
	}
	strbuf_init(&about);
	for (size_t i = 0; i < conflict->items.count; i++) {
		const struct conflict_item *item = &conflict->items.items[i];
		bool is_kept = item->choice != CONFLICT_THEIRS && item->choice != CONFLICT_OPEN;
		if (is_kept && !item->is_internal)
			strbuf_addf(&about, "%s%s: %s", about.length ? "; " : "", item->record,
				    conflict_item_word(item));
	}
	operation_set_words(deciding->operation, "%s (decidido entre dos cambios)", about.data);
	strbuf_release(&about);
}

static enum rc compose(struct deciding *deciding, struct random_id *id, struct strbuf *composed,
		       struct error *err)
{
	const struct conflict *conflict = deciding->conflict;
	struct strbuf template, undoes;
	strbuf_init(&template);
	strbuf_init(&undoes);
	set_words(deciding);
	enum rc rc = read_template(deciding->store, conflict->number, &template, &undoes, err);
	/* All of an undo is one still; a part of it is not. */
	if (undoes.length && strcmp(outcome_of(conflict), "mine") == 0)
		operation_set_undoes(deciding->operation, undoes.data);
	if (rc == RC_OK)
		rc = decide_edits(deciding, template.data, err);
	if (rc == RC_OK && !operation_is_empty(deciding->operation))
		rc = operation_compose(deciding->operation, deciding->store, id, composed, err);
	strbuf_release(&undoes);
	strbuf_release(&template);
	return rc;
}

/* `id` is that of the operation which does it, if any is needed. */
static enum rc decide(struct store *store, const struct conflict *conflict, struct random_id *id,
		      struct error *err)
{
	struct deciding deciding = {
		.store = store, .conflict = conflict, .operation = operation_new()};
	struct strbuf composed;
	strbuf_init(&composed);
	enum rc rc = check_as_shown(store, conflict, err);
	if (rc == RC_OK)
		rc = compose(&deciding, id, &composed, err);
	if (rc == RC_OK)
		rc = keep_decided(store, conflict, err);
	if (rc == RC_OK)
		rc = pending_decide(store, conflict->number, composed.length ? composed.data : NULL,
				    err);
	strbuf_release(&composed);
	vector_release(&deciding.added);
	vector_release(&deciding.done);
	operation_free(deciding.operation);
	return rc;
}

enum rc conflict_decide(struct store *store, const struct conflict *conflict, struct error *err)
{
	if (conflict_open_count(conflict))
		return error_set(err, RC_USAGE, _("falta decidir algo de «%s»"), conflict->words);
	struct random_id id = {""};
	enum rc rc = operation_begin(store, err);
	if (rc != RC_OK)
		return rc;
	rc = decide(store, conflict, &id, err);
	rc = transaction_end(store, rc, err);
	if (rc == RC_OK)
		operation_done(store, id.hex[0] ? &id : NULL);
	return rc;
}

/* ---- one that could not be committed */

static enum rc keep(struct operation *operation, struct store *store, struct random_id *id,
		    bool *is_parked, struct error *err)
{
	struct error changed = {.code = RC_OK};
	struct strbuf composed;
	strbuf_init(&composed);
	enum rc rc = operation_check_version(operation, store, &changed);
	if (rc != RC_OK && rc != RC_CONFLICT)
		rc = error_set(err, rc, "%s", changed.text);
	else
		rc = operation_compose(operation, store, id, &composed, err);
	if (rc == RC_OK)
		rc = pending_keep(store, composed.data,
				  changed.code == RC_CONFLICT ? changed.text : NULL, is_parked,
				  err);
	strbuf_release(&composed);
	return rc;
}

enum rc conflict_keep(struct operation *operation, struct store *store, char **op,
		      struct error *err)
{
	struct random_id id;
	bool is_parked = false;
	if (!store->is_replica)
		return error_set(err, RC_REFUSED,
				 _("esta base no guarda cambios en espera: vuelva a hacerlo"));
	enum rc rc = operation_begin(store, err);
	if (rc != RC_OK)
		return rc;
	rc = keep(operation, store, &id, &is_parked, err);
	rc = transaction_end(store, rc, err);
	if (rc != RC_OK)
		return rc;
	if (!is_parked)
		operation_done(store, &id);
	if (op)
		*op = is_parked ? mem_strdup(id.hex) : NULL;
	return RC_OK;
}
