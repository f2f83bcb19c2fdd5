/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the group decided what an entry says. Only the fields that matter to the way chosen are
 * there, and what the votes amount to stands beside the field being written. */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/conflict.h"
#include "nucleo/store/row.h"
#include "nucleo/views/decision_parts.h"

/* ---- what is stored */

char *decision_page_voters(const struct decision_page *page, const struct decision *decision,
			   int choice)
{
	struct strbuf list;
	strbuf_init(&list);
	if (decision_add_voters(session_store(page->session), decision, choice, &list, NULL) !=
	    RC_OK)
		strbuf_reset(&list);
	return strbuf_detach(&list);
}

/* Owned: all that is stored of the decision. */
static char *print_of(const struct decision_page *page, const struct decision *decision)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%d %d %d %d %d\n%s", decision->kind, decision->rule,
		    decision->votes[0], decision->votes[1], decision->votes[2],
		    decision->objections ? decision->objections : "");
	for (int choice = 0; choice < 3; choice++) {
		char *voters = decision_page_voters(page, decision, choice);
		strbuf_addf(&text, "\n%s", voters);
		free(voters);
	}
	return strbuf_detach(&text);
}

/* Owned; NULL with the reason. */
static char *print_stored(const struct decision_page *page, struct error *err)
{
	struct decision decision;
	if (decision_load(session_store(page->session), page->entry, &decision, err) != RC_OK)
		return NULL;
	char *print = print_of(page, &decision);
	decision_release(&decision);
	return print;
}

/* ---- what is written */

static bool is_vote(const struct form *form)
{
	return strcmp(form_value(form, FIELD_KIND), "vote") == 0;
}

static bool is_by_institution(const struct form *form)
{
	return strcmp(form_value(form, FIELD_COUNTING), BY_INSTITUTION) == 0;
}

static bool is_hidden(const struct form *form, size_t field)
{
	bool reserves = strcmp(form_value(form, FIELD_KIND), "reservations") == 0;
	if (field == FIELD_KIND)
		return false;
	if (field == FIELD_OBJECTIONS)
		return !reserves && !is_vote(form);
	if (field < FIELD_BALLOTS)
		return !is_vote(form);
	return !is_vote(form) || (field < FIELD_VOTES) != is_by_institution(form);
}

static void hide_fields(struct form *form)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		form_set_hidden(form, i, is_hidden(form, i));
}

/* What does not matter to the way chosen is not said, but for objections: they are gone. */
static size_t gather(const struct form *form, struct record_assignment *pairs, size_t *fields)
{
	size_t count = 0;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		bool hidden = is_hidden(form, i);
		if (!decision_field_names[i] || (hidden && i != FIELD_OBJECTIONS))
			continue;
		fields[count] = i;
		pairs[count++] = (struct record_assignment){
			decision_field_names[i], hidden ? "" : form_value(form, i)};
	}
	return count;
}

/* Reads the form into `decision`, to be released; `*blamed` is the field that is wrong. */
static enum rc read_form(const struct decision_page *page, const struct form *form,
			 struct decision *decision, size_t *blamed, struct error *err)
{
	struct record_assignment pairs[FIELD_COUNT];
	size_t fields[FIELD_COUNT], count = gather(form, pairs, fields), at = 0;
	*decision = (struct decision){.kind = ENUM_NONE};
	enum rc rc = decision_assign(session_store(page->session), page->entry, decision, pairs,
				     count, &at, err);
	if (rc != RC_OK && blamed)
		*blamed = fields[at];
	return rc;
}

static void clear_results(struct form *form)
{
	for (size_t i = FIELD_RULE; i < FIELD_COUNT; i++)
		form_set_note(form, i, NULL);
}

/* Beside the field being written, for in a low window there may be no other in sight. */
static void show_result(const struct decision_page *page, struct form *form, size_t field)
{
	struct decision decision;
	struct strbuf result;
	struct error err;
	strbuf_init(&result);
	clear_results(form);
	enum rc rc = is_vote(form) ? read_form(page, form, &decision, NULL, &err) : RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = decision_add_arithmetic(session_store(page->session), &decision, &result,
					     &err);
	if (rc == RC_OK)
		form_set_result(form, field >= FIELD_RULE ? field : FIELD_RULE, result.data);
	if (is_vote(form))
		decision_release(&decision);
	strbuf_release(&result);
}

/* ---- while it is written */

static void changed(void *context, struct form *form, size_t field)
{
	struct decision_page *page = context;
	hide_fields(form);
	show_result(page, form, field);
	decision_draft_changed(page, form);
}

static void refreshed(void *context, struct ui *ui, struct form *form)
{
	struct decision_page *page = context;
	struct error err;
	hide_fields(form);
	if (page->has_failed) {
		ui_say(ui, ROLE_ERROR, "%s", page->failure.text);
		return;
	}
	char *now = print_stored(page, &err);
	if (!now) {
		ui_say(ui, ROLE_WARNING, _("%s Lo escrito sigue aquí."), err.text);
		return;
	}
	if (!page->was || strcmp(page->was, now) == 0) {
		if (!page->was)
			show_result(page, form, FIELD_RULE);
	} else {
		page->has_moved = true;
		form_set_note(form, FIELD_KIND, _("Otra persona cambió cómo se decidió."));
	}
	free(page->was);
	page->was = now;
}

/* ---- saving */

static unsigned saved(struct decision_page *page, struct ui *ui,
		      const struct operation *operation)
{
	writing_end(page->session, &page->writing);
	ui_mark_stale(ui);
	ui_say(ui, ROLE_NOTICE, _("Guardado: %s"), operation_words(operation));
	return UI_CLOSE | UI_RELOAD;
}

static unsigned keep_both(struct decision_page *page, struct ui *ui, struct operation *operation)
{
	struct error err;
	char *op = NULL;
	enum rc rc = conflict_keep(operation, session_store(page->session), &op, &err);
	if (rc != RC_OK)
		return editing_say(ui, &err);
	if (!op)
		return saved(page, ui, operation);
	writing_end(page->session, &page->writing);
	page->session->parked++;
	ui_mark_stale(ui);
	ui_say(ui, ROLE_WARNING, "%s",
	       _("Otra persona cambió lo mismo; lo suyo queda guardado aquí hasta que decida."));
	unsigned done = ui_replace(ui, conflict_view_new(page->session, op));
	free(op);
	return done;
}

static unsigned commit(struct decision_page *page, struct ui *ui, struct operation *operation)
{
	struct error err;
	if (operation_is_empty(operation)) {
		writing_end(page->session, &page->writing);
		ui_say(ui, ROLE_DIM, "%s", _("No había nada que guardar."));
		return UI_CLOSE;
	}
	enum rc rc = operation_commit(operation, session_store(page->session), NULL, &err);
	if (rc == RC_OK)
		return saved(page, ui, operation);
	return rc == RC_CONFLICT ? keep_both(page, ui, operation) : editing_say(ui, &err);
}

/* What does not add up is said where the votes are, or what has to be written is missing. */
static size_t field_to_blame(const struct form *form)
{
	if (!is_vote(form))
		return is_hidden(form, FIELD_OBJECTIONS) ? FIELD_KIND : FIELD_OBJECTIONS;
	return is_by_institution(form) ? FIELD_BALLOTS : FIELD_VOTES;
}

static enum rc compose(const struct decision_page *page, const struct form *form,
		       struct operation *operation, size_t *blamed, struct error *err)
{
	struct decision decision;
	enum rc rc = read_form(page, form, &decision, blamed, err);
	if (rc == RC_OK) {
		*blamed = field_to_blame(form);
		rc = decision_record(session_store(page->session), page->entry, &decision,
				     operation, err);
	}
	decision_release(&decision);
	return rc;
}

/* What others did meanwhile is not written over before she knows of it. */
static bool has_just_moved(struct decision_page *page, struct ui *ui, struct form *form)
{
	char *now = print_stored(page, NULL);
	bool moved = page->has_moved || (now && page->was && strcmp(now, page->was) != 0);
	page->has_moved = false;
	if (now) {
		free(page->was);
		page->was = now;
	}
	if (moved) {
		form_set_note(form, FIELD_KIND, _("Otra persona cambió cómo se decidió."));
		ui_say(ui, ROLE_WARNING, "%s",
		       _("Otra persona cambió entretanto cómo se decidió: F2 otra vez guarda lo "
			 "suyo."));
	}
	return moved;
}

/* Here the field is in sight, and has a label instead of a name. */
static const char *without_name(const char *message, size_t field)
{
	size_t length = decision_field_names[field] ? strlen(decision_field_names[field]) : 0;
	bool begins = length && strncmp(message, decision_field_names[field], length) == 0;
	return begins && strncmp(message + length, ": ", 2) == 0 ? message + length + 2 : message;
}

static unsigned save(void *context, struct ui *ui, struct form *form)
{
	struct decision_page *page = context;
	struct error err;
	size_t blamed = FIELD_KIND;
	if (has_just_moved(page, ui, form))
		return UI_REDRAW;
	struct operation *operation = operation_new();
	enum rc rc = compose(page, form, operation, &blamed, &err);
	unsigned done = UI_REDRAW;
	if (rc == RC_OK)
		done = commit(page, ui, operation);
	else if (rc == RC_INVALID || rc == RC_USAGE)
		done = form_refuse(form, ui, blamed, without_name(err.text, blamed));
	else
		done = editing_say(ui, &err);
	operation_free(operation);
	return done;
}

static void discarded(void *context, struct form *form)
{
	struct decision_page *page = context;
	(void)form;
	writing_end(page->session, &page->writing);
}

static void release(void *context)
{
	struct decision_page *page = context;
	writing_leave(page->session, &page->writing);
	draft_release(&page->writing.draft);
	record_set_release(&page->listed);
	record_set_release(&page->organizations);
	vector_release(&page->voters);
	free(page->was);
	free(page);
}

/* ---- the form */

const struct resolution *decision_page_entry(const struct decision_page *page)
{
	return page->listed.count ? record_set_at(&page->listed, 0) : NULL;
}

static enum rc load(struct decision_page *page, struct decision *decision,
		    decision_voters *voters, struct error *err)
{
	struct store *store = session_store(page->session);
	const struct list_query itself = {.key = page->entry, .limit = 1}, all = {0};
	enum rc rc = decision_load(store, page->entry, decision, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->listed, store, RECORD_RESOLUTION, &itself, err);
	if (rc == RC_OK)
		rc = record_set_load(&page->organizations, store, RECORD_ORGANIZATION, &all, err);
	if (rc == RC_OK)
		rc = decision_load_voters(store, page->entry, DECISION_WHO_CAME, voters, err);
	return rc;
}

static struct view *make_form(struct decision_page *page, const struct decision_fields *first)
{
	const struct resolution *entry = decision_page_entry(page);
	struct strbuf title;
	strbuf_init(&title);
	strbuf_addf(&title, _("Decisión %s"),
		    entry && entry->decision_number ? entry->decision_number
		    : entry			     ? entry->id
						     : "");
	const struct form_setup setup = {
		.title = title.data,
		.sentence = entry ? entry->text : NULL,
		.fields = first->fields,
		.count = FIELD_COUNT,
		.context = page,
		.changed = changed,
		.refreshed = refreshed,
		.save = save,
		.discarded = discarded,
		.release = release,
	};
	struct view *view = form_view_new(&setup);
	hide_fields(form_of(view));
	strbuf_release(&title);
	return view;
}

struct view *decision_view_new(struct session *session, int64_t entry, const struct draft *draft)
{
	struct decision_page *page = mem_alloc_zero(1, sizeof(*page));
	struct decision decision = {.kind = DECISION_CONSENSUS};
	struct decision_fields first;
	decision_voters voters = {0};
	page->session = session;
	page->entry = entry;
	page->has_failed = load(page, &decision, &voters, &page->failure) != RC_OK;
	decision_fields_init(&first, page, &decision, &voters);
	if (draft)
		decision_draft_show(draft, &first);
	decision_draft_begin(page, draft);
	struct view *view = make_form(page, &first);
	page->form = form_of(view);
	decision_fields_release(&first);
	vector_release(&voters);
	decision_release(&decision);
	return view;
}
