/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/session.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/list.h"

const struct ui_screen main_screens[] = {
	{OP_SCREEN_COMMITMENTS, N_("Compromisos"), commitments_view_new},
	{OP_SCREEN_AGENDA, N_("Agenda"), meetings_view_new},
	{OP_SCREEN_ATTENDEES, N_("Asistentes"), attendees_view_new},
	{OP_SCREEN_FOLLOWUPS, N_("Acciones"), followups_view_new},
	{OP_SCREEN_SEARCH, N_("Consulta"), search_view_new},
};
const size_t main_screen_count = ARRAY_COUNT(main_screens);

const struct ui_screen start_screen = {OP_NONE, N_("Comienzo"), start_view_new};

struct store *session_store(const struct session *session)
{
	return session->workplace.store;
}

void session_release(struct session *session)
{
	workplace_close(&session->workplace);
	strbuf_release(&session->shown);
	session_person_release(&session->person);
	news_release(&session->news);
}

/* What a person should read once, for as long as the message line has no other news. */
static void say_notice(const struct session *session, struct ui *ui)
{
	struct strbuf notice;
	strbuf_init(&notice);
	share_take_notice(session->workplace.share, &notice);
	if (notice.length)
		ui_say(ui, ROLE_NOTICE, "%s", notice.data);
	strbuf_release(&notice);
}

/* The message line tells of the drive and the queue too: those change without any record. */
static bool is_shown_anew(struct session *session)
{
	struct strbuf now;
	strbuf_init(&now);
	session_status(session, &now);
	bool is_same = session->shown.data && strcmp(now.data, session->shown.data) == 0;
	strbuf_release(&session->shown);
	session->shown = now;
	return !is_same;
}

/* Others see where she is. */
static void tell_place(const struct session *session, const struct ui *ui)
{
	struct strbuf place;
	strbuf_init(&place);
	ui_add_place(ui, &place);
	share_tell_person(session->workplace.share, place.data);
	strbuf_release(&place);
}

/* Marks go by themselves, when they had their moment. */
static bool look_at_news(struct session *session, struct ui *ui, bool has_moved)
{
	int64_t now = clock_monotonic_ms();
	bool is_other = has_moved && news_look(&session->news, session_store(session), now);
	is_other |= news_expire(&session->news, now);
	int wait = news_wait_ms(&session->news, now);
	if (wait >= 0)
		ui_look_within(ui, wait);
	return is_other;
}

unsigned session_changed(void *context, struct ui *ui)
{
	struct session *session = context;
	struct store *store = session_store(session);
	if (!store)
		return UI_NOTHING;
	bool has_moved = false;
	if (session->workplace.share) {
		has_moved = share_poll(session->workplace.share);
		say_notice(session, ui);
		tell_place(session, ui);
	}
	has_moved |= store_has_changed(store);
	has_moved |= look_at_news(session, ui, has_moved) || session->shows_people;
	session->shows_people = false;
	return has_moved ? UI_RELOAD : is_shown_anew(session) ? UI_REDRAW : UI_NOTHING;
}

/* ---- the message line */

static bool add_last_saved(void *context, const void *record)
{
	const struct history *last = record;
	struct strbuf *out = context;
	strbuf_adds(out, _("guardado "));
	clock_add_local(out, last->at);
	return false;
}

static const char *condition_words(enum share_condition condition)
{
	static const char *const words[SHARE_CONDITIONS] = {
		[SHARE_READ_ONLY] = N_("la carpeta no deja escribir"),
		[SHARE_NEWER] = N_("actualice nucleo"),
		[SHARE_DAMAGED] = N_("el registro del disco está dañado"),
		[SHARE_LOST_TAIL] = N_("el disco perdió cambios: F9, publicar otra vez"),
	};
	return words[condition] ? _(words[condition]) : "";
}

static void add_part(struct strbuf *out, const char *part)
{
	if (*part)
		strbuf_addf(out, "%s%s", out->length ? " · " : "", part);
}

static void add_queue(struct strbuf *out, const struct share_status *status)
{
	struct strbuf part;
	strbuf_init(&part);
	if (status->waiting) {
		/* TRANSLATORS: changes that wait for the drive, and since when */
		strbuf_addf(&part, _("⇡ %lld en cola desde "), (long long)status->waiting);
		clock_add_local(&part, status->since);
		add_part(out, part.data);
	}
	if (status->parked) {
		strbuf_reset(&part);
		strbuf_addf(&part,
			    ngettext("%lld cambio espera su decisión",
				     "%lld cambios esperan su decisión",
				     (unsigned long)status->parked),
			    (long long)status->parked);
		add_part(out, part.data);
	}
	strbuf_release(&part);
}

/* What is not as it should be comes first: in a narrow window the end has no room. */
static void add_share(struct strbuf *out, const struct share_status *status)
{
	add_queue(out, status);
	if (status->is_other_log)
		add_part(out, _("en el disco hay ahora otra base: vuelva a abrir nucleo"));
	else if (status->condition == SHARE_AWAY)
		add_part(out, status->reason);
	/* Without a reason it was asked for. */
	else if (status->condition != SHARE_READ_ONLY || *status->reason)
		add_part(out, condition_words(status->condition));
}

static void add_saved(struct store *store, struct strbuf *out)
{
	struct list_query newest = {.limit = 1};
	struct strbuf part;
	strbuf_init(&part);
	if (store_list(store, RECORD_HISTORY, &newest, add_last_saved, &part, NULL) == RC_OK)
		add_part(out, part.length ? part.data : _("base vacía"));
	strbuf_release(&part);
}

static void add_people(struct strbuf *out, int64_t people)
{
	struct strbuf part;
	if (!people)
		return;
	strbuf_init(&part);
	strbuf_addf(&part,
		    ngettext("%lld persona más aquí", "%lld personas más aquí",
			     (unsigned long)people),
		    (long long)people);
	add_part(out, part.data);
	strbuf_release(&part);
}

void session_status(void *context, struct strbuf *out)
{
	struct session *session = context;
	struct store *store = session_store(session);
	struct share_status status = {.condition = SHARE_FINE, .reason = ""};
	if (!store)
		return;
	if (session->workplace.share)
		share_status(session->workplace.share, &status);
	news_add_line(&session->news, out);
	add_share(out, &status);
	add_saved(store, out);
	add_part(out, store_actor(store));
	if (session->person.acting == ACTING_OBSERVING)
		add_part(out, _("observador"));
	add_people(out, status.people);
	if (session->workplace.folder)
		add_part(out, _("demostración · copia privada que se borra al salir"));
}

/* ---- ops of every screen */

enum { REPUBLISH_NO, REPUBLISH_YES };

static unsigned picked_republish(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	(void)view;
	if (id != REPUBLISH_YES)
		return UI_REDRAW;
	(void)share_republish(session->workplace.share, 0);
	ui_say(ui, ROLE_NOTICE, "%s", _("Se está publicando otra vez lo que el disco perdió."));
	return UI_REDRAW;
}

static unsigned ask_republish(struct session *session, struct ui *ui)
{
	const struct ui_choice choices[] = {
		{.text = _("Dejarlo como está, hasta saber qué pasó con el disco"),
		 .id = REPUBLISH_NO},
		{.text = _("Publicar otra vez lo que esta máquina tiene"), .id = REPUBLISH_YES},
	};
	const struct ui_pick pick = {.label = _("El disco perdió cambios: "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = picked_republish};
	struct share_status status;
	share_status(session->workplace.share, &status);
	if (status.condition == SHARE_LOST_TAIL)
		return ui_pick(ui, &pick);
	ui_say(ui, ROLE_DIM, "%s", _("El disco tiene todo lo que esta máquina conoce."));
	return UI_REDRAW;
}

static unsigned exchange(struct session *session, struct ui *ui)
{
	(void)share_sync(session->workplace.share, 0);
	ui_say(ui, ROLE_DIM, "%s", _("Se está intercambiando con el disco."));
	return UI_REDRAW;
}

unsigned session_op(void *context, struct ui *ui, enum op op)
{
	struct session *session = context;
	if (op == OP_PEOPLE && session_store(session))
		return ui_open(ui, people_view_new(session));
	if (op == OP_WHOAMI && session_store(session))
		return session_ask_person(session, ui);
	if (op != OP_EXCHANGE && op != OP_REPUBLISH)
		return UI_PASS;
	if (!session->workplace.share) {
		ui_say(ui, ROLE_DIM, "%s", _("Esta base no se comparte."));
		return UI_REDRAW;
	}
	return op == OP_EXCHANGE ? exchange(session, ui) : ask_republish(session, ui);
}

static bool take_key(void *context, const void *record)
{
	*(int64_t *)context = ((const struct meeting *)record)->key;
	return false;
}

enum rc session_find_meeting(struct session *session, struct error *err)
{
	int64_t found = 0;
	struct store *store = session_store(session);
	struct list_query query = {.key = session->meeting, .limit = 1};
	enum rc rc = store_list(store, RECORD_MEETING, &query, take_key, &found, err);
	if (rc == RC_OK && !found && session->meeting) {
		query.key = 0;
		rc = store_list(store, RECORD_MEETING, &query, take_key, &found, err);
	}
	if (rc == RC_OK)
		session->meeting = found;
	return rc;
}
