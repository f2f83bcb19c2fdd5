/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/agenda_label.h"
#include "nucleo/model/records.h"

static void blame(struct record_written *written, const char *name)
{
	written->blame = editable_index(written->edit->kind, name);
}

static enum record_kind_id kind_of(const struct record_written *written)
{
	return written->edit->kind->kind;
}

/* Columns hold names of the set; 0 for a value it does not have. */
static bool is_word(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

/* ---- what is asked of all fields together */

static enum rc check_dates(struct record_written *written, struct error *err)
{
	const struct editable_kind *kind = written->edit->kind;
	if (!kind->starts || (!record_has_changed(written, kind->starts) &&
			      !record_has_changed(written, kind->ends)))
		return RC_OK;
	blame(written, kind->ends);
	if (record_dates_check(kind, record_given(written, kind->starts),
			       record_given(written, kind->ends), err) == RC_OK)
		return RC_OK;
	return error_prefix(err, "%s", kind->ends);
}

static enum rc check_places(struct record_written *written, struct error *err)
{
	blame(written, "item");
	if (record_given(written, "item") && !record_given(written, "meeting"))
		return error_set(err, RC_USAGE,
				 _("item: diga también de qué reunión, con meeting="));
	return RC_OK;
}

static enum rc check_membership(struct record_written *written, struct error *err)
{
	blame(written, "role");
	if (kind_of(written) == RECORD_ORGANIZATION && !record_given(written, "role") &&
	    (record_given(written, "starts") || record_given(written, "ends")) &&
	    !record_has_changed(written, "role"))
		return error_set(err, RC_USAGE, _("role: diga también con qué calidad, con role="));
	return RC_OK;
}

/* Approving seals the text of the acta, from when on nothing of it can be changed. */
static enum rc check_approval(struct record_written *written, struct error *err)
{
	blame(written, "status");
	if (kind_of(written) == RECORD_MEETING && record_has_changed(written, "status") &&
	    is_word(record_given(written, "status"), "approved"))
		return error_set(err, RC_REFUSED,
				 _("status: un acta no se aprueba cambiando su estado, porque "
				   "aprobarla la sella; déjela en «%s»"),
				 enum_label(&meeting_status_names, MEETING_CLOSED));
	return RC_OK;
}

static void forget(struct record_written *written, const char *name)
{
	size_t i = editable_index(written->edit->kind, name);
	free(written->given[i]);
	written->given[i] = NULL;
	written->is_changed[i] = written->edit->slots[i].stored != NULL;
}

/* What the program printed of a vote changes with the votes alone. */
static enum rc check_tally(struct record_written *written, struct error *err)
{
	blame(written, "tally");
	if (written->edit->is_new || !record_has_changed(written, "tally") ||
	    !is_word(record_given(written, "decision_kind"), "vote") ||
	    row_value(&written->edit->row, "vote_rule").type == VALUE_NULL)
		return RC_OK;
	return error_set(err, RC_INVALID,
			 _("tally: la escribe el programa; cambie los votos, no la cuenta"));
}

/* A decision says how it was taken and has a number; nothing else does. What stops being one
 * loses both, unless a person gives them. */
static enum rc check_decision(struct record_written *written, struct error *err)
{
	static const char *const names[] = {"decision_kind", "decision_number"};
	if (kind_of(written) != RECORD_RESOLUTION)
		return RC_OK;
	bool is_decision = is_word(record_given(written, "kind"), "decision");
	blame(written, "decision_kind");
	if (is_decision && !record_given(written, "decision_kind"))
		return error_set(err, RC_USAGE,
				 _("decision_kind: diga cómo se decidió, con decision_kind="));
	for (size_t i = 0; !is_decision && i < ARRAY_COUNT(names); i++) {
		blame(written, names[i]);
		if (record_given(written, names[i]) && record_has_changed(written, names[i]))
			return error_set(err, RC_INVALID, _("%s: solo lo tiene una decisión"),
					 names[i]);
		forget(written, names[i]);
	}
	return check_tally(written, err);
}

enum rc record_rules_check(struct record_written *written, struct error *err)
{
	enum rc rc = check_dates(written, err);
	if (rc == RC_OK)
		rc = check_places(written, err);
	if (rc == RC_OK)
		rc = check_membership(written, err);
	if (rc == RC_OK)
		rc = check_approval(written, err);
	if (rc == RC_OK)
		rc = check_decision(written, err);
	return rc;
}

/* ---- refusing what is there already */

struct twin_search {
	const struct field *field;
	const char *text;
	int64_t own; /* the record itself is no twin */
	char *found; /* as the existing record spells it */
};

static bool compare_twin(void *context, const void *row)
{
	struct twin_search *search = context;
	int64_t key;
	struct strbuf text;
	memcpy(&key, row, sizeof(key)); /* RECORD_HEAD begins with it */
	strbuf_init(&text);
	record_add_value(&text, search->field, row);
	if (key != search->own && utf8_equal_folded(text.data, search->text))
		search->found = mem_strdup(text.data);
	strbuf_release(&text);
	return !search->found;
}

static int64_t *restriction(struct list_query *query, const char *within)
{
	if (strcmp(within, "plan") == 0)
		return &query->plan;
	return strcmp(within, "meeting") == 0 ? &query->meeting : &query->commitment;
}

/* "fcd" would be the same institution as "FCD" to everybody but the database. */
enum rc record_unique_check(struct record_written *written, struct error *err)
{
	const struct editable_kind *kind = written->edit->kind;
	struct list_query query = {0};
	if (!kind->unique || !record_given(written, kind->unique) ||
	    (!record_has_changed(written, kind->unique) &&
	     !record_has_changed(written, kind->within)))
		return RC_OK;
	if (kind->within)
		*restriction(&query, kind->within) = record_given_key(written, kind->within);
	struct twin_search search = {
		.field = record_field_named(&record_kinds[kind->kind], kind->unique),
		.text = record_given(written, kind->unique),
		.own = written->edit->key};
	blame(written, kind->unique);
	enum rc rc =
		store_list(written->edit->store, kind->kind, &query, compare_twin, &search, err);
	if (rc == RC_OK && search.found)
		rc = error_set(err, RC_REFUSED, _("ya existe: %s «%s»"), _(search.field->label),
			       search.found);
	free(search.found);
	return rc;
}

/* ---- what follows from the rest */

static void fill(struct record_written *written, const char *name, char *value)
{
	size_t i = editable_index(written->edit->kind, name);
	free(written->given[i]);
	written->given[i] = value;
	written->is_changed[i] = true;
}

static bool note_role(void *context, const void *row)
{
	*(int *)context = ((const struct organization *)row)->role;
	return false;
}

/* Who is no part of the group comes as a guest. */
static enum rc fill_capacity(struct record_written *written, struct error *err)
{
	struct list_query query = {.key = record_given_key(written, "organization")};
	int role = ENUM_NONE;
	if (record_given(written, "capacity"))
		return RC_OK;
	enum rc rc = store_list(written->edit->store, RECORD_ORGANIZATION, &query, note_role, &role,
				err);
	if (rc == RC_OK)
		fill(written, "capacity",
		     mem_strdup(enum_name(&capacity_names,
					  role == ENUM_NONE ? CAPACITY_GUEST : role)));
	return rc;
}

struct siblings {
	int64_t parent;
	size_t last;
};

static bool count_sibling(void *context, const void *row)
{
	struct siblings *siblings = context;
	const struct agenda_item *item = row;
	size_t number = agenda_label_number(item->label);
	if (item->parent_key == siblings->parent && number > siblings->last && number < 1000)
		siblings->last = number;
	return true;
}

static enum rc fill_label(struct record_written *written, struct error *err)
{
	struct list_query query = {.meeting = record_given_key(written, "meeting")};
	struct siblings siblings = {.parent = record_given_key(written, "parent")};
	const char *parent = record_given(written, "parent");
	struct strbuf label;
	if (record_given(written, "label"))
		return RC_OK;
	enum rc rc = store_list(written->edit->store, RECORD_AGENDA, &query, count_sibling,
				&siblings, err);
	if (rc != RC_OK)
		return rc;
	const char *slash = parent ? strrchr(parent, '/') : NULL;
	strbuf_init(&label);
	agenda_label_add(&label, slash ? slash + 1 : parent, siblings.last + 1);
	fill(written, "label", strbuf_detach(&label));
	return RC_OK;
}

/* Of meeting AM-2023-05, R-2023-05 and a number that is given when it is committed. */
static void fill_decision_number(struct record_written *written)
{
	const char *meeting = record_given(written, "meeting");
	if (is_word(record_given(written, "kind"), "decision") &&
	    !record_given(written, "decision_number") && meeting &&
	    (record_has_changed(written, "kind") || record_has_changed(written, "decision_number")))
		fill(written, "decision_number", meeting_decision_number(meeting));
}

/* An item is not part of itself, nor of one of its parts. */
static enum rc check_tree(struct record_written *written, struct error *err)
{
	enum { DEPTH_MAX = 20 };
	int64_t above = record_given_key(written, "parent");
	if (written->edit->is_new || !record_has_changed(written, "parent"))
		return RC_OK;
	blame(written, "parent");
	for (int depth = 0; above; depth++) {
		struct stored_row row = {0};
		if (above == written->edit->key || depth == DEPTH_MAX)
			return error_set(err, RC_INVALID,
					 _("parent: un punto no puede ser parte de sí mismo"));
		enum rc rc = store_row(written->edit->store, "agenda_item", above, &row, err);
		if (rc != RC_OK)
			return rc;
		above = row_value(&row, "parent").integer;
		row_release(&row);
	}
	return RC_OK;
}

enum rc record_fill(struct record_written *written, struct error *err)
{
	enum rc rc = RC_OK;
	if (kind_of(written) == RECORD_ATTENDEE)
		rc = fill_capacity(written, err);
	if (kind_of(written) == RECORD_AGENDA)
		rc = fill_label(written, err);
	if (rc == RC_OK && kind_of(written) == RECORD_AGENDA)
		rc = check_tree(written, err);
	if (kind_of(written) == RECORD_RESOLUTION)
		fill_decision_number(written);
	return rc;
}
