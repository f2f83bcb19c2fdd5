/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the group decided what an entry says. Only the fields that matter to the way chosen are
 * there, and what the votes amount to stands beside the field being written. */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/exchange/decision.h"
#include "nucleo/store/conflict.h"
#include "nucleo/store/record_set.h"
#include "nucleo/store/row.h"
#include "nucleo/ui/form.h"
#include "nucleo/views/editing_parts.h"

enum decision_field {
	FIELD_KIND,
	FIELD_OBJECTIONS,
	FIELD_RULE,
	FIELD_COUNTING,
	FIELD_BALLOTS, /* three, by enum ballot_choice */
	FIELD_VOTES = FIELD_BALLOTS + 3,
	FIELD_COUNT = FIELD_VOTES + 3
};

/* As decision_assign() reads them; how votes are counted is a matter of this page. */
static const char *const names[FIELD_COUNT] = {
	"decision_kind",   "objections",       "vote_rule", NULL,	    "ballots_for",
	"ballots_against", "ballots_abstained", "votes_for", "votes_against", "votes_abstained",
};

#define BY_INSTITUTION "institutions"
#define BY_TALLY "tally"

struct decision_page {
	struct session *session;
	int64_t entry;
	struct record_set listed;        /* the entry; empty when it could not be read */
	struct record_set organizations; /* borrowed by the choices */
	VECTOR(struct form_choice) voters;
	struct form_choice kinds[4], rules[4], countings[2];
	char *was;      /* owned: what is stored, in one text, to see that others changed it */
	bool has_moved; /* they did, and she was told */
	struct error failure; /* why it could not be read */
	bool has_failed;
};

/* ---- what is stored */

/* Owned. */
static char *voters_of(const struct decision_page *page, const struct decision *decision,
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
		char *voters = voters_of(page, decision, choice);
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
		if (!names[i] || (hidden && i != FIELD_OBJECTIONS))
			continue;
		fields[count] = i;
		pairs[count++] =
			(struct record_assignment){names[i], hidden ? "" : form_value(form, i)};
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
	const struct decision_page *page = context;
	hide_fields(form);
	show_result(page, form, field);
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

static unsigned saved(struct ui *ui, const struct operation *operation)
{
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
		return saved(ui, operation);
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
		ui_say(ui, ROLE_DIM, "%s", _("No había nada que guardar."));
		return UI_CLOSE;
	}
	enum rc rc = operation_commit(operation, session_store(page->session), NULL, &err);
	if (rc == RC_OK)
		return saved(ui, operation);
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
	size_t length = names[field] ? strlen(names[field]) : 0;
	bool begins = length && strncmp(message, names[field], length) == 0;
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

static void release(void *context)
{
	struct decision_page *page = context;
	record_set_release(&page->listed);
	record_set_release(&page->organizations);
	vector_release(&page->voters);
	free(page->was);
	free(page);
}

/* ---- the form */

static const struct resolution *entry_of(const struct decision_page *page)
{
	return page->listed.count ? record_set_at(&page->listed, 0) : NULL;
}

static bool is_voter(const decision_voters *voters, const struct decision *decision,
		     const struct organization *organization)
{
	for (size_t i = 0; i < voters->count; i++)
		if (voters->items[i] == organization->key)
			return true;
	for (size_t i = 0; i < decision->ballots.count; i++)
		if (decision->ballots.items[i].organization == organization->key)
			return true;
	return !voters->count && organization->role == CAPACITY_MEMBER;
}

/* Those present, or, where nobody took attendance, all members; and whoever voted. */
static void add_voters(struct decision_page *page, const struct decision *decision,
		       const decision_voters *voters)
{
	if (voters->count)
		vector_push(&page->voters, ((struct form_choice){
						   .value = DECISION_THE_REST,
						   .text = _("todos los demás presentes")}));
	for (size_t i = 0; i < page->organizations.count; i++) {
		const struct organization *organization = record_set_at(&page->organizations, i);
		if (is_voter(voters, decision, organization))
			vector_push(&page->voters,
				    ((struct form_choice){.value = organization->acronym,
							  .text = organization->acronym,
							  .detail = organization->name}));
	}
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
		rc = decision_load_voters(store, page->entry, voters, err);
	if (rc == RC_OK)
		add_voters(page, decision, voters);
	return rc;
}

/* Fields as they are first shown; `texts` are owned, and needed while the form is made. */
struct first_values {
	struct form_field fields[FIELD_COUNT];
	char *texts[FIELD_COUNT];
};

static void set_choices(struct form_field *field, struct form_choice *choices,
			const struct enum_names *of)
{
	for (int i = 0; i < of->count; i++)
		choices[i] = (struct form_choice){.value = enum_name(of, i),
						  .text = enum_label(of, i)};
	field->kind = FORM_CHOICE;
	field->is_required = true;
	field->choices = choices;
	field->choice_count = (size_t)of->count;
}

static char *number_text(int number)
{
	struct strbuf text;
	strbuf_init(&text);
	if (number)
		strbuf_addf(&text, "%d", number);
	return strbuf_detach(&text);
}

static void set_texts(const struct decision_page *page, const struct decision *decision,
		      bool has_voters, struct first_values *first)
{
	const struct resolution *entry = entry_of(page);
	bool has_ballots = decision->ballots.count > 0;
	/* What an acta says of a vote is not taken for more than it says. */
	bool is_voted = entry && entry->decision_kind == DECISION_VOTE;
	first->texts[FIELD_KIND] = mem_strdup(enum_name(&decision_kind_names, decision->kind));
	first->texts[FIELD_OBJECTIONS] =
		mem_strdup(decision->objections ? decision->objections : "");
	first->texts[FIELD_RULE] = mem_strdup(enum_name(&vote_rule_names, decision->rule));
	first->texts[FIELD_COUNTING] = mem_strdup(
		has_ballots || (has_voters && !is_voted) ? BY_INSTITUTION : BY_TALLY);
	for (int choice = 0; choice < 3; choice++) {
		first->texts[FIELD_BALLOTS + choice] = voters_of(page, decision, choice);
		first->texts[FIELD_VOTES + choice] = number_text(decision->votes[choice]);
	}
	if (has_voters && !is_voted) {
		free(first->texts[FIELD_BALLOTS + BALLOT_FOR]);
		first->texts[FIELD_BALLOTS + BALLOT_FOR] = mem_strdup(DECISION_THE_REST);
	}
}

static void set_counting(struct form_field *field, struct form_choice *choices)
{
	choices[0] = (struct form_choice){.value = BY_INSTITUTION,
					  .text = _("se anota cómo vota cada institución")};
	choices[1] = (struct form_choice){.value = BY_TALLY, .text = _("solo la cuenta")};
	field->kind = FORM_CHOICE;
	field->is_required = true;
	field->choices = choices;
	field->choice_count = 2;
}

static void set_fields(struct decision_page *page, struct first_values *first)
{
	static const char *const labels[FIELD_COUNT] = {
		N_("Forma de decidir"), N_("Reservas"),	   N_("Regla"),	    N_("Votos"),
		N_("A favor"),		N_("En contra"),   N_("Abstención"), N_("A favor"),
		N_("En contra"),	N_("Abstenciones"),
	};
	for (size_t i = 0; i < FIELD_COUNT; i++)
		first->fields[i] = (struct form_field){.label = _(labels[i]),
						       .value = first->texts[i]};
	set_choices(&first->fields[FIELD_KIND], page->kinds, &decision_kind_names);
	set_choices(&first->fields[FIELD_RULE], page->rules, &vote_rule_names);
	set_counting(&first->fields[FIELD_COUNTING], page->countings);
	first->fields[FIELD_OBJECTIONS].kind = FORM_TEXT;
	first->fields[FIELD_OBJECTIONS].hint =
		_("Una por línea, con la institución: «FCD: ...».");
	for (size_t i = FIELD_BALLOTS; i < FIELD_VOTES; i++) {
		first->fields[i].kind = FORM_LIST;
		first->fields[i].choices = page->voters.items;
		first->fields[i].choice_count = page->voters.count;
	}
}

static struct view *make_form(struct decision_page *page, const struct first_values *first)
{
	const struct resolution *entry = entry_of(page);
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
		.release = release,
	};
	struct view *view = form_view_new(&setup);
	hide_fields(form_of(view));
	strbuf_release(&title);
	return view;
}

struct view *decision_view_new(struct session *session, int64_t entry)
{
	struct decision_page *page = mem_alloc_zero(1, sizeof(*page));
	struct decision decision = {.kind = DECISION_CONSENSUS};
	struct first_values first = {0};
	decision_voters voters = {0};
	page->session = session;
	page->entry = entry;
	page->has_failed = load(page, &decision, &voters, &page->failure) != RC_OK;
	set_texts(page, &decision, voters.count > 0, &first);
	set_fields(page, &first);
	struct view *view = make_form(page, &first);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		free(first.texts[i]);
	vector_release(&voters);
	decision_release(&decision);
	return view;
}

unsigned decision_open(struct session *session, struct ui *ui, int64_t entry)
{
	struct record_edit *edit = NULL;
	struct error err;
	if (!session_may_write(session, ui, OP_DECISION))
		return UI_REDRAW;
	if (record_edit_begin(session_store(session), RECORD_RESOLUTION, entry, &edit, &err) !=
	    RC_OK)
		return editing_say(ui, &err);
	record_edit_free(edit);
	return ui_open(ui, decision_view_new(session, entry));
}
