/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/closing.h"

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/record_edit.h"

/* How many codes the history names. */
enum { NAMED_MAX = 8 };

struct closing_choice *closing_table_row(const struct closing_table *table, int64_t followup)
{
	for (size_t i = 0; i < table->rows.count; i++)
		if (table->rows.items[i].followup == followup)
			return &table->rows.items[i];
	return NULL;
}

void closing_table_release(struct closing_table *table)
{
	for (size_t i = 0; i < table->rows.count; i++) {
		free(table->rows.items[i].responsible);
		free(table->rows.items[i].due);
		free(table->rows.items[i].commitment);
	}
	vector_release(&table->rows);
}

/* The codes of those that become something, as the history names them. */
struct named {
	size_t count;
	struct strbuf codes;
};

/* The table on its way into an operation. */
struct confirming {
	struct store *store;
	struct operation *operation;
	struct named confirmed, dropped, changed;
};

static void name(struct named *named, const char *code)
{
	if (named->count < NAMED_MAX)
		strbuf_addf(&named->codes, "%s%s", named->count ? ", " : "", code);
	named->count++;
}

static void assign(struct record_edit *edit, const char *field, const char *text)
{
	size_t i = record_edit_index(edit, field);
	if (text && i < record_edit_count(edit))
		record_edit_set(edit, i, text);
}

static int verdict_status(enum closing_verdict verdict)
{
	return verdict == CLOSING_CONFIRM ? FOLLOWUP_OPEN : FOLLOWUP_DROPPED;
}

static enum rc add_row(struct confirming *confirming, const struct closing_choice *row,
		       const struct followup *followup, struct error *err)
{
	struct record_edit *edit = NULL;
	bool is_judged = row->verdict != CLOSING_LEAVE && followup->status == FOLLOWUP_PROPOSED;
	enum rc rc = record_edit_begin(confirming->store, RECORD_FOLLOWUP, row->followup, &edit,
				       err);
	if (rc == RC_OK) {
		assign(edit, "responsible", row->responsible);
		assign(edit, "due", row->due);
		assign(edit, "commitment", row->commitment);
		if (is_judged)
			assign(edit, "status",
			       enum_name(&followup_status_names, verdict_status(row->verdict)));
	}
	bool is_changed = rc == RC_OK && record_edit_is_changed(edit);
	if (is_changed)
		rc = record_edit_compose(edit, confirming->operation, NULL, err);
	if (rc != RC_OK)
		error_prefix(err, "%s", followup->id);
	else if (is_judged)
		name(row->verdict == CLOSING_CONFIRM ? &confirming->confirmed
						     : &confirming->dropped,
		     followup->id);
	else if (is_changed)
		name(&confirming->changed, followup->id);
	record_edit_free(edit);
	return rc;
}

static void add_words(struct strbuf *words, const char *verb, const struct named *named)
{
	if (!named->count)
		return;
	strbuf_addf(words, "%s%s %s", words->length ? "; " : "", verb, named->codes.data);
	if (named->count > NAMED_MAX)
		strbuf_addf(words, " y %zu más", named->count - NAMED_MAX);
}

static void set_words(struct confirming *confirming, const char *meeting)
{
	struct strbuf words;
	strbuf_init(&words);
	add_words(&words, "confirma", &confirming->confirmed);
	add_words(&words, "descarta", &confirming->dropped);
	add_words(&words, "completa", &confirming->changed);
	if (words.length)
		operation_set_words(confirming->operation, "Acciones de %s: %s", meeting,
				    words.data);
	strbuf_release(&words);
}

static const struct followup *find(const struct record_set *followups, int64_t key)
{
	for (size_t i = 0; i < followups->count; i++) {
		const struct followup *followup = record_set_at(followups, i);
		if (followup->key == key)
			return followup;
	}
	return NULL;
}

static enum rc add_rows(struct confirming *confirming, const struct closing_table *table,
			  const struct record_set *followups, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < table->rows.count && rc == RC_OK; i++) {
		const struct closing_choice *row = &table->rows.items[i];
		const struct followup *followup = find(followups, row->followup);
		rc = followup ? add_row(confirming, row, followup, err)
			      : error_set(err, RC_NOT_FOUND,
					  _("una de las acciones ya no es de esta reunión"));
	}
	return rc;
}

static void confirming_begin(struct confirming *confirming, struct store *store,
			     struct operation *operation)
{
	*confirming = (struct confirming){.store = store, .operation = operation};
	strbuf_init(&confirming->confirmed.codes);
	strbuf_init(&confirming->dropped.codes);
	strbuf_init(&confirming->changed.codes);
}

static void confirming_end(struct confirming *confirming)
{
	strbuf_release(&confirming->confirmed.codes);
	strbuf_release(&confirming->dropped.codes);
	strbuf_release(&confirming->changed.codes);
}

enum rc closing_confirm(struct store *store, const struct closing_table *table,
			struct operation *operation, struct error *err)
{
	struct record_set meeting = {0}, followups = {0};
	const struct list_query parts = {.meeting = table->meeting};
	struct confirming confirming;
	confirming_begin(&confirming, store, operation);
	enum rc rc = meeting_record_load(store, table->meeting, &meeting, err);
	if (rc == RC_OK)
		rc = record_set_load(&followups, store, RECORD_FOLLOWUP, &parts, err);
	if (rc == RC_OK)
		rc = add_rows(&confirming, table, &followups, err);
	if (rc == RC_OK) {
		const struct meeting *of = record_set_at(&meeting, 0);
		set_words(&confirming, of->number);
	}
	confirming_end(&confirming);
	record_set_release(&followups);
	record_set_release(&meeting);
	return rc;
}
