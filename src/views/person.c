/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works at the screen: asked where nobody said it, and before what she should not do by
 * mistake. */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acting.h"
#include "nucleo/store/list.h"
#include "nucleo/views/session.h"

/* Institutions offered; whoever is of another one types its acronym. */
enum { OFFERED_MAX = 1000 };
/* Longer ones are no acronyms and no posts. */
enum { ACRONYM_COLUMNS_MAX = 24, POST_COLUMNS_MAX = 60 };

void session_person_release(struct session_person *person)
{
	free(person->chosen);
	person->chosen = NULL;
}

/* Of a demonstration nobody else sees what was written, nor by whom. */
static enum acting settle(struct session *session)
{
	enum acting acting = ACTING_READ_ONLY;
	const struct acting_terms terms = {
		.needs_name = !session->workplace.folder,
		.confirms = session->person.confirms || session->config->as_observer,
	};
	/* Who cannot be looked up is not kept out: what is written says what is wrong with it. */
	if (acting_settle(session_store(session), &terms, &acting, NULL) != RC_OK)
		acting = store_is_read_only(session_store(session)) ? ACTING_READ_ONLY
								    : ACTING_FREELY;
	session->person.acting = acting;
	return acting;
}

static unsigned do_again(struct session *session, struct ui *ui)
{
	enum op op = session->person.again;
	session->person.again = OP_NONE;
	if (op != OP_NONE)
		ui_do(ui, op);
	return UI_REDRAW;
}

/* ---- for an observer */

enum { ONLY_LOOKS, WRITES };

static unsigned picked_observer(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	(void)view;
	session->person.confirms = id == WRITES;
	(void)settle(session);
	return id == WRITES ? do_again(session, ui) : UI_REDRAW;
}

static unsigned ask_observer(struct session *session, struct ui *ui)
{
	struct strbuf writes;
	strbuf_init(&writes);
	strbuf_addf(&writes, _("Sí, aunque %s sea observador"),
		    store_actor(session_store(session)));
	const struct ui_choice choices[] = {
		{.text = _("No, solo mirar"), .id = ONLY_LOOKS},
		{.text = writes.data, .id = WRITES},
	};
	const struct ui_pick pick = {.label = _("¿Escribir? "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = picked_observer};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&writes);
	return done;
}

/* ---- who she is */

static void keep(const char *actor, const char *post, struct ui *ui)
{
	const struct config_setting settings[] = {{"as", actor}, {"post", post}};
	struct error err;
	if (config_keep(settings, ARRAY_COUNT(settings), &err) != RC_OK)
		ui_say(ui, ROLE_ERROR, _("Vale para esta vez, pero no se guardó: %s"), err.text);
	else
		ui_say(ui, ROLE_NOTICE, _("Escribe por %s%s%s; se cambia con F9, quién soy."),
		       actor, *post ? ", " : "", post);
}

static unsigned take_person(struct session *session, struct ui *ui, const char *post)
{
	struct session_person *person = &session->person;
	struct store *store = session_store(session);
	person->confirms &= strcmp(store_actor(store), person->chosen) == 0;
	store_set_person(store, person->chosen, post);
	keep(person->chosen, post, ui);
	session_person_release(person);
	enum acting acting = settle(session);
	if (acting == ACTING_OBSERVING && person->again != OP_NONE)
		return ask_observer(session, ui);
	return acting == ACTING_FREELY ? do_again(session, ui) : UI_REDRAW;
}

static unsigned post_answered(struct view *view, struct ui *ui, const char *text)
{
	struct strbuf post;
	(void)view;
	if (utf8_width(text) > POST_COLUMNS_MAX) {
		ui_say(ui, ROLE_ERROR, _("Es muy largo: hasta %d letras."), POST_COLUMNS_MAX);
		return UI_KEEP | UI_REDRAW;
	}
	strbuf_init(&post);
	strbuf_adds(&post, text);
	strbuf_trim(&post);
	unsigned done = take_person(ui_context(ui), ui, post.data);
	strbuf_release(&post);
	return done;
}

static unsigned post_cancelled(struct view *view, struct ui *ui)
{
	(void)view;
	return take_person(ui_context(ui), ui, "");
}

static unsigned ask_post(struct session *session, struct ui *ui)
{
	const struct store *store = session_store(session);
	bool is_hers = strcmp(session->person.chosen, store_actor(store)) == 0;
	const struct ui_question question = {
		.label = _("Cargo (opcional): "),
		.text = is_hers ? store_post(store) : "",
		.answered = post_answered,
		.cancelled = post_cancelled,
	};
	ui_say(ui, ROLE_NOTICE, "%s", _("Si quiere, y sin nombres de personas."));
	return ui_ask(ui, &question);
}

static bool take_acronym(void *context, const void *record)
{
	*(char **)context = mem_strdup(((const struct organization *)record)->acronym);
	return false;
}

static unsigned institution_cancelled(struct view *view, struct ui *ui)
{
	struct session *session = ui_context(ui);
	(void)view;
	session->person.again = OP_NONE;
	return UI_REDRAW;
}

static unsigned picked_institution(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct list_query query = {.key = id, .limit = 1};
	struct error err;
	if (id == ONLY_LOOKS)
		return institution_cancelled(view, ui);
	session_person_release(&session->person);
	if (store_list(session_store(session), RECORD_ORGANIZATION, &query, take_acronym,
		       &session->person.chosen, &err) != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	return session->person.chosen ? ask_post(session, ui) : UI_REDRAW;
}

static void say_unknown(const char *acronym, struct ui *ui)
{
	ui_say(ui, ROLE_WARNING, _("La base no conoce «%s»: queda como se escribió."), acronym);
}

/* Names are on trust, but a misspelt one would stay in the history for ever. */
static unsigned typed_institution(struct view *view, struct ui *ui, const char *text)
{
	struct session *session = ui_context(ui);
	struct strbuf typed, acronym;
	bool is_known = false;
	struct error err;
	enum rc rc;
	(void)view;
	strbuf_init(&typed);
	strbuf_init(&acronym);
	strbuf_adds(&typed, text);
	strbuf_trim(&typed);
	if (!typed.length || utf8_width(typed.data) > ACRONYM_COLUMNS_MAX)
		rc = error_set(&err, RC_USAGE, _("Escriba unas siglas, como FCD."));
	else
		rc = acting_find(session_store(session), typed.data, &is_known, &acronym, &err);
	strbuf_release(&typed);
	unsigned done = UI_KEEP | UI_REDRAW;
	if (rc == RC_OK) {
		session_person_release(&session->person);
		session->person.chosen = strbuf_detach(&acronym);
		done = ask_post(session, ui);
	}
	strbuf_release(&acronym);
	if (rc != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	else if (!is_known)
		say_unknown(session->person.chosen, ui);
	return done;
}

struct offer {
	VECTOR(struct ui_choice) choices;
};

/* First, and selected: a key that was meant for something else makes her nobody. */
static void offer_to_look(struct offer *offer)
{
	const struct ui_choice choice = {.text = mem_strdup(_("Solo mirar, por ahora")),
					 .id = ONLY_LOOKS};
	vector_push(&offer->choices, choice);
}

static bool offer_institution(void *context, const void *record)
{
	struct offer *offer = context;
	const struct organization *organization = record;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(&text, organization->acronym);
	if (organization->name && strcmp(organization->name, organization->acronym) != 0)
		strbuf_addf(&text, " · %s", organization->name);
	const struct ui_choice choice = {.text = strbuf_detach(&text),
					 .also = mem_strdup(organization->acronym),
					 .id = organization->key};
	vector_push(&offer->choices, choice);
	return true;
}

static void release_offer(struct offer *offer)
{
	for (size_t i = 0; i < offer->choices.count; i++) {
		free((char *)(uintptr_t)offer->choices.items[i].text);
		free((char *)(uintptr_t)offer->choices.items[i].also);
	}
	vector_release(&offer->choices);
}

static int64_t key_of_actor(struct store *store)
{
	int64_t key = 0;
	struct error ignored;
	return store_find(store, RECORD_ORGANIZATION, store_actor(store), &key, &ignored) == RC_OK
		       ? key
		       : 0;
}

unsigned session_ask_person(struct session *session, struct ui *ui)
{
	struct offer offer = {0};
	struct list_query query = {.limit = OFFERED_MAX};
	struct store *store = session_store(session);
	struct error err;
	if (!*store_actor(store))
		offer_to_look(&offer);
	enum rc rc =
		store_list(store, RECORD_ORGANIZATION, &query, offer_institution, &offer, &err);
	const struct ui_pick pick = {
		.label = _("Institución: "),
		.choices = offer.choices.items,
		.count = offer.choices.count,
		.selected = key_of_actor(store),
		.picked = picked_institution,
		.typed = typed_institution,
		.cancelled = institution_cancelled,
	};
	unsigned done = ui_pick(ui, &pick);
	release_offer(&offer);
	/* What cannot be offered can be typed. */
	if (rc != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	else
		ui_say(ui, ROLE_NOTICE, "%s",
		       *store_actor(store) ? _("¿En nombre de quién escribe? Esc: como está")
					   : _("¿Por quién escribe? Esc: solo mirar"));
	return done;
}

/* ---- where it is needed */

static bool note_one(void *context, const void *record)
{
	(void)record;
	*(bool *)context = true;
	return false;
}

/* Said by --as or the environment. A base without institutions yet knows none. */
static unsigned check_known(struct store *store, struct ui *ui)
{
	const struct list_query one = {.limit = 1};
	struct strbuf acronym;
	bool is_known = true, has_any = false;
	strbuf_init(&acronym);
	if (acting_find(store, store_actor(store), &is_known, &acronym, NULL) == RC_OK &&
	    !is_known &&
	    store_list(store, RECORD_ORGANIZATION, &one, note_one, &has_any, NULL) == RC_OK &&
	    has_any)
		say_unknown(store_actor(store), ui);
	strbuf_release(&acronym);
	return UI_NOTHING;
}

unsigned session_begin(void *context, struct ui *ui)
{
	struct session *session = context;
	struct store *store = session_store(session);
	if (!store)
		return UI_NOTHING;
	news_begin(&session->news, store);
	if (settle(session) == ACTING_NAMELESS)
		return session_ask_person(session, ui);
	unsigned done = *store_actor(store) ? check_known(store, ui) : UI_NOTHING;
	return done | session_offer_sala(session, ui);
}

static void say_why_not(struct session *session, struct ui *ui)
{
	struct strbuf reason;
	strbuf_init(&reason);
	store_add_read_only_reason(session_store(session), &reason);
	ui_say(ui, ROLE_WARNING, "%s.", reason.data);
	strbuf_release(&reason);
}

bool session_may_write(struct session *session, struct ui *ui, enum op op)
{
	session->person.again = op;
	switch (settle(session)) {
	case ACTING_FREELY:
		session->person.again = OP_NONE;
		return true;
	case ACTING_NAMELESS:
		(void)session_ask_person(session, ui);
		break;
	case ACTING_OBSERVING:
		(void)ask_observer(session, ui);
		break;
	case ACTING_READ_ONLY:
		session->person.again = OP_NONE;
		say_why_not(session, ui);
		break;
	}
	return false;
}

void session_sign(void *context, struct strbuf *out)
{
	const struct session *session = context;
	if (session_store(session) && store_is_read_only(session_store(session)))
		strbuf_adds(out, _("[solo lectura]"));
}
