/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/directory.h"
#include "nucleo/model/records.h"

static const struct editable_field *field_at(const struct record_written *written, size_t i)
{
	return &written->edit->kind->fields[i];
}

static size_t index_of(const struct record_written *written, const char *name)
{
	return name ? editable_index(written->edit->kind, name) : written->edit->kind->field_count;
}

const char *record_given(const struct record_written *written, const char *name)
{
	size_t i = index_of(written, name);
	return i < written->edit->kind->field_count ? written->given[i] : NULL;
}

int64_t record_given_key(const struct record_written *written, const char *name)
{
	size_t i = index_of(written, name);
	return i < written->edit->kind->field_count ? written->keys[i] : 0;
}

bool record_has_changed(const struct record_written *written, const char *name)
{
	size_t i = index_of(written, name);
	return i < written->edit->kind->field_count && written->is_changed[i];
}

void record_written_init(struct record_written *written, const struct record_edit *edit)
{
	*written = (struct record_written){.edit = edit, .blame = edit->kind->field_count};
}

void record_written_release(struct record_written *written)
{
	for (size_t i = 0; i < written->edit->kind->field_count; i++)
		free(written->given[i]);
	vector_release(&written->parties);
}

/* ---- one value */

/* Owned; NULL when nothing is left. */
static char *trimmed(const char *text)
{
	struct strbuf copy;
	strbuf_init(&copy);
	strbuf_adds(&copy, text);
	strbuf_trim(&copy);
	if (copy.length)
		return strbuf_detach(&copy);
	strbuf_release(&copy);
	return NULL;
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* What a person left alone stays as it is stored, whatever is asked of new values. */
static bool is_untouched(const struct record_written *written, size_t i)
{
	const struct record_slot *slot = &written->edit->slots[i];
	char *text = trimmed(slot->text), *shown = trimmed(slot->shown);
	bool is_same_text = is_same(text, shown);
	free(text);
	free(shown);
	return !written->edit->is_new && is_same_text;
}

static enum rc take_new(struct record_written *written, size_t i, struct error *err)
{
	const struct editable_field *field = field_at(written, i);
	const struct record_slot *slot = &written->edit->slots[i];
	enum rc rc = record_text_check(slot->text, err);
	char *text = rc == RC_OK ? trimmed(slot->text) : NULL;
	if (!text && field->fallback && written->edit->is_new)
		text = mem_strdup(field->fallback);
	if (rc == RC_OK && text)
		rc = record_value_check(field, text, err);
	if (rc == RC_OK && text) {
		written->given[i] = record_value_canonical(field, text);
		if (!*written->given[i]) {
			free(written->given[i]);
			written->given[i] = NULL;
		}
	}
	free(text);
	written->is_changed[i] = !is_same(written->given[i], slot->stored);
	return rc;
}

/* The value as it is stored: "C5", "2024-01-31", "civil_society". */
static enum rc take_value(struct record_written *written, size_t i, struct error *err)
{
	const struct record_slot *slot = &written->edit->slots[i];
	if (!is_untouched(written, i))
		return take_new(written, i, err);
	written->given[i] = mem_strdup_null(slot->stored);
	written->keys[i] = slot->key;
	return RC_OK;
}

/* ---- finding the records it names */

struct suggestion {
	struct nearest nearest;
	const char *wanted;
	char *best; /* owned: rows last but a moment */
};

static bool offer_organization(void *context, const void *row)
{
	struct suggestion *suggestion = context;
	const struct organization *organization = row;
	size_t distance = suggestion->nearest.distance;
	bool is_name =
		organization->name && utf8_equal_folded(organization->name, suggestion->wanted);
	nearest_offer(&suggestion->nearest, organization->acronym);
	if (is_name || suggestion->nearest.distance < distance) {
		free(suggestion->best);
		suggestion->best = mem_strdup(organization->acronym);
	}
	return !is_name;
}

static enum rc no_organization(struct store *store, const char *acronym, struct error *err)
{
	struct suggestion suggestion = {.wanted = acronym};
	struct list_query all = {0};
	nearest_init(&suggestion.nearest, acronym);
	enum rc rc =
		store_list(store, RECORD_ORGANIZATION, &all, offer_organization, &suggestion, err);
	if (rc == RC_OK && suggestion.best)
		rc = error_set(err, RC_NOT_FOUND,
			       _("no hay una institución «%s»; ¿quiso decir «%s»?"), acronym,
			       suggestion.best);
	else if (rc == RC_OK)
		rc = error_set(err, RC_NOT_FOUND,
			       _("no hay una institución «%s»; agréguela con: nucleo add "
				 "organization acronym=%s sector=..."),
			       acronym, acronym);
	free(suggestion.best);
	return rc;
}

static enum rc find_organization(const struct record_written *written, const char *acronym,
				 int64_t *key, struct error *err)
{
	struct store *store = written->edit->store;
	enum rc rc = store_find(store, RECORD_ORGANIZATION, acronym, key, err);
	return rc == RC_NOT_FOUND ? no_organization(store, acronym, err) : rc;
}

/* As the institution spells it, whatever was typed. */
static enum rc add_spelled(struct record_written *written, int64_t key, struct strbuf *list,
			   struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = store_row(written->edit->store, "organization", key, &row, err);
	if (rc != RC_OK)
		return rc;
	strbuf_addf(list, "%s%s", list->length ? ", " : "", row_value(&row, "acronym").text);
	row_release(&row);
	return RC_OK;
}

static enum rc add_party(struct record_written *written, size_t i, const char *acronym,
			 struct strbuf *spelled, struct error *err)
{
	int64_t key = 0;
	enum rc rc = find_organization(written, acronym, &key, err);
	if (rc != RC_OK)
		return rc;
	for (size_t j = 0; j < written->parties.count; j++)
		if (written->parties.items[j].field == i &&
		    written->parties.items[j].organization == key)
			return RC_OK;
	vector_push(&written->parties, ((struct record_party){.field = i, .organization = key}));
	return add_spelled(written, key, spelled, err);
}

static enum rc find_parties(struct record_written *written, size_t i, struct error *err)
{
	const char *list = written->given[i];
	struct strbuf acronym, spelled;
	enum rc rc = RC_OK;
	strbuf_init(&acronym);
	strbuf_init(&spelled);
	while (*list && rc == RC_OK) {
		size_t length = strcspn(list, ",");
		strbuf_reset(&acronym);
		strbuf_add(&acronym, list, length);
		strbuf_trim(&acronym);
		if (acronym.length)
			rc = add_party(written, i, acronym.data, &spelled, err);
		list += length + (list[length] == ',');
	}
	free(written->given[i]);
	written->given[i] = spelled.length ? strbuf_detach(&spelled) : NULL;
	strbuf_release(&acronym);
	return rc;
}

/* Whether the list names others, or in another order, than there are. */
static bool is_other_list(const struct record_written *written, size_t i)
{
	const party_list *stored = &written->edit->parties, *now = &written->parties;
	size_t a = 0, b = 0;
	for (;; a++, b++) {
		while (a < stored->count && stored->items[a].field != i)
			a++;
		while (b < now->count && now->items[b].field != i)
			b++;
		if (a == stored->count || b == now->count)
			return a < stored->count || b < now->count;
		if (stored->items[a].organization != now->items[b].organization)
			return true;
	}
}

/* "paga1/C5/" before the number of a milestone of it. */
static void add_within(const struct record_written *written, const struct editable_field *field,
		       struct strbuf *code)
{
	const char *within = record_given(written, field->within);
	if (!within)
		return;
	if (!strchr(within, '/'))
		add_within(written, field_at(written, index_of(written, field->within)), code);
	strbuf_addf(code, "%s/", within);
}

static enum rc find_one_organization(struct record_written *written, size_t i, struct error *err)
{
	struct strbuf spelled;
	enum rc rc = find_organization(written, written->given[i], &written->keys[i], err);
	strbuf_init(&spelled);
	if (rc == RC_OK)
		rc = add_spelled(written, written->keys[i], &spelled, err);
	if (rc == RC_OK) {
		free(written->given[i]);
		written->given[i] = strbuf_detach(&spelled);
	}
	strbuf_release(&spelled);
	return rc;
}

static enum rc find_reference(struct record_written *written, size_t i, struct error *err)
{
	const struct editable_field *field = field_at(written, i);
	/* A milestone's number is meant within the commitment, whatever it says. */
	bool is_whole = strchr(written->given[i], '/') && field->refers != RECORD_MILESTONE;
	struct strbuf code;
	if (field->refers == RECORD_ORGANIZATION)
		return find_one_organization(written, i, err);
	strbuf_init(&code);
	if (!is_whole)
		add_within(written, field, &code);
	strbuf_adds(&code, written->given[i]);
	enum rc rc =
		store_find(written->edit->store, field->refers, code.data, &written->keys[i], err);
	strbuf_release(&code);
	return rc;
}

static enum rc look_up(struct record_written *written, size_t i, struct error *err)
{
	const struct editable_field *field = field_at(written, i);
	bool is_moved = record_has_changed(written, field->within);
	enum rc rc = RC_OK;
	if (field->type == EDITABLE_PARTIES && (written->edit->is_new || written->is_changed[i])) {
		rc = written->given[i] ? find_parties(written, i, err) : RC_OK;
		written->is_changed[i] = is_other_list(written, i);
	} else if (field->type == EDITABLE_REFERENCE && written->given[i] &&
		   (written->edit->is_new || written->is_changed[i] || is_moved)) {
		rc = find_reference(written, i, err);
		written->is_changed[i] = written->keys[i] != written->edit->slots[i].key;
	} else if (field->type == EDITABLE_INDICATOR_OF && written->given[i] &&
		   written->edit->is_new) {
		rc = find_one_organization(written, i, err);
	}
	return rc;
}

/* ---- a field for itself */

static bool must_be_given(const struct record_written *written, size_t i)
{
	const struct editable_field *field = field_at(written, i);
	return field->is_required || (field->is_filled && !written->edit->is_new);
}

static enum rc missing(const struct record_written *written, struct error *err)
{
	return written->edit->is_new ? error_set(err, RC_USAGE, _("falta"))
				     : error_set(err, RC_INVALID, _("no puede quedar sin valor"));
}

enum rc record_read_field(struct record_written *written, size_t i, struct error *err)
{
	size_t within = index_of(written, field_at(written, i)->within);
	enum rc rc = RC_OK;
	if (within < written->edit->kind->field_count)
		rc = record_read_field(written, within, err);
	if (rc != RC_OK)
		return rc;
	written->blame = i;
	rc = take_value(written, i, err);
	if (rc == RC_OK && must_be_given(written, i) && !written->given[i])
		return missing(written, err);
	return rc == RC_OK ? look_up(written, i, err) : rc;
}

/* ---- all of them */

static enum rc check_required(struct record_written *written, struct error *err)
{
	const struct editable_kind *kind = written->edit->kind;
	struct strbuf names;
	enum rc rc = RC_OK;
	strbuf_init(&names);
	for (size_t i = 0; i < kind->field_count; i++) {
		if (!must_be_given(written, i) || written->given[i])
			continue;
		if (!names.length)
			written->blame = i;
		strbuf_addf(&names, "%s%s=", names.length ? " " : "", kind->fields[i].name);
	}
	if (names.length && written->edit->is_new)
		rc = error_set(err, RC_USAGE, _("%s: falta %s"), record_kinds[kind->kind].name,
			       names.data);
	else if (names.length)
		rc = error_set(err, RC_INVALID, _("%s: %s no puede quedar sin valor"),
			       record_kinds[kind->kind].name, names.data);
	strbuf_release(&names);
	return rc;
}

static enum rc check_fixed(const struct record_written *written, size_t i, struct error *err)
{
	if (written->edit->is_new || !written->is_changed[i] || !field_at(written, i)->is_fixed)
		return RC_OK;
	return error_set(err, RC_REFUSED,
			 _("no se cambia una vez hecho el registro; quítelo y agregue otro"));
}

static void fill(struct record_written *written, const char *name, const char *value)
{
	size_t i = index_of(written, name);
	if (written->given[i] || !value)
		return;
	written->given[i] = mem_strdup(value);
	written->is_changed[i] = true;
}

/* What everybody knows of an institution need not be typed. */
static void fill_from_directory(struct record_written *written)
{
	const char *acronym = record_given(written, "acronym");
	const struct directory_entry *entry =
		written->edit->is_new && written->edit->kind->kind == RECORD_ORGANIZATION && acronym
			? directory_find(acronym)
			: NULL;
	if (!entry)
		return;
	fill(written, "name", entry->name);
	fill(written, "sector", enum_name(&sector_names, entry->sector));
}

static enum rc take_values(struct record_written *written, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < written->edit->kind->field_count && rc == RC_OK; i++) {
		written->blame = i;
		rc = take_value(written, i, err);
		if (rc != RC_OK)
			error_prefix(err, "%s", field_at(written, i)->name);
	}
	return rc;
}

static enum rc look_up_all(struct record_written *written, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < written->edit->kind->field_count && rc == RC_OK; i++) {
		written->blame = i;
		rc = look_up(written, i, err);
		if (rc == RC_OK)
			rc = check_fixed(written, i, err);
		if (rc == RC_NOT_FOUND || rc == RC_INVALID || rc == RC_REFUSED)
			error_prefix(err, "%s", field_at(written, i)->name);
	}
	return rc;
}

enum rc record_read(struct record_written *written, struct error *err)
{
	enum rc rc = take_values(written, err);
	fill_from_directory(written);
	if (rc == RC_OK)
		rc = check_required(written, err);
	if (rc == RC_OK)
		rc = record_rules_check(written, err);
	if (rc == RC_OK)
		rc = look_up_all(written, err);
	if (rc == RC_OK)
		rc = record_fill(written, err);
	if (rc == RC_OK)
		rc = record_unique_check(written, err);
	if (rc == RC_OK)
		written->blame = written->edit->kind->field_count;
	return rc;
}
