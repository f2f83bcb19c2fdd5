/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/session.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/health.h"
#include "nucleo/store/list.h"
#include "nucleo/exchange/return_words.h"
#include "nucleo/store/pending.h"
#include "nucleo/views/backups.h"
#include "nucleo/views/editing.h"

const struct ui_screen main_screens[] = {
	{OP_SCREEN_COMMITMENTS, N_("Compromisos"), commitments_view_new},
	{OP_SCREEN_AGENDA, N_("Agenda"), meetings_view_new},
	{OP_SCREEN_ATTENDEES, N_("Asistentes"), attendees_view_new},
	{OP_SCREEN_FOLLOWUPS, N_("Acciones"), followups_view_new},
	{OP_SCREEN_SEARCH, N_("Consulta"), search_view_new},
	{OP_SCREEN_HISTORY, N_("Historial"), history_view_new},
};
const size_t main_screen_count = ARRAY_COUNT(main_screens);

const struct ui_screen start_screen = {OP_NONE, N_("Comienzo"), start_view_new};

struct store *session_store(const struct session *session)
{
	return session->workplace.store;
}

/* Whoever leaves has seen what there was, or could have. */
void session_release(struct session *session)
{
	struct error ignored; /* then it is told once more */
	bool is_kept = session_store(session) && seen_move(session_store(session), &ignored) == RC_OK;
	session->has_seen &= is_kept;
	local_close(session->local);
	session->local = NULL;
	editing_free(session->editing);
	session->editing = NULL;
	workplace_close(&session->workplace);
	strbuf_release(&session->shown);
	session_person_release(&session->person);
	news_release(&session->news);
}

/* What a person should read once, for as long as the message line has no other news. */
static void say_notice(struct session *session, struct ui *ui)
{
	struct strbuf notice;
	strbuf_init(&notice);
	if (session->workplace.share)
		share_take_notice(session->workplace.share, &notice);
	if (session->local)
		local_take_notice(session->local, &notice);
	if (session->local_failure.code != RC_OK)
		strbuf_addf(&notice, _("Lo que se escriba no se conserva si el programa muere: %s"),
			    session->local_failure.text);
	session->local_failure.code = RC_OK;
	if (notice.length)
		ui_say(ui, ROLE_NOTICE, "%s", notice.data);
	strbuf_release(&notice);
}

/* What was parked since the last look: nothing opens under the fingers of whoever types. */
static void say_parked(struct session *session, struct ui *ui)
{
	struct pending_counts counts;
	if (pending_count(session_store(session), &counts, NULL) != RC_OK)
		return;
	if (counts.parked > session->parked)
		ui_say(ui, ROLE_WARNING, "%s",
		       _("F5 para decidir: otra persona cambió lo mismo que usted."));
	session->parked = counts.parked;
}

/* As one sentence when it comes, where nothing has to be decided: that is said instead. The line
 * below names it until it is read. */
static void say_return(struct session *session, struct ui *ui)
{
	struct return_report report;
	struct strbuf sentence;
	bool is_new = return_report_is_new(session_store(session));
	if (is_new && !session->has_said_return && !session->parked) {
		return_report_init(&report);
		strbuf_init(&sentence);
		if (return_report_load(session_store(session), &report, NULL) == RC_OK)
			return_add_sentence(&sentence, &report);
		ui_say(ui, ROLE_NOTICE, "%s F5", sentence.data);
		strbuf_release(&sentence);
		return_report_release(&report);
	}
	session->has_said_return = is_new;
}

/* Once, when what others did meanwhile has come in. */
static void tell_news(struct session *session, struct ui *ui)
{
	struct share_status status;
	struct strbuf since;
	struct error ignored; /* the history says it, too */
	int64_t count = 0;
	share_status(session->workplace.share, &status);
	session->has_just_told = !session->has_told_news;
	if (session->has_told_news || !status.has_looked)
		return;
	session->has_told_news = true;
	if (session_find_seen(session, &ignored) != RC_OK ||
	    seen_count(session_store(session), &session->seen, &count, &ignored) != RC_OK ||
	    !count)
		return;
	strbuf_init(&since);
	clock_add_local(&since, session->seen.at);
	ui_say(ui, ROLE_NOTICE,
	       ngettext("%lld cambio de otros desde %s: 0 lo muestra",
			"%lld cambios de otros desde %s: 0 los muestra", (unsigned long)count),
	       (long long)count, since.data);
	strbuf_release(&since);
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

/* Marks go by themselves, when they had their moment; the line says whose they are. */
static bool look_at_news(struct session *session, struct ui *ui, bool has_moved)
{
	int64_t now = clock_monotonic_ms();
	bool is_other = has_moved && news_look(&session->news, session_store(session), now);
	if (is_other && !session->has_just_told)
		ui_unsay_notice(ui);
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
	session_keep_draft(session, ui);
	if (session->workplace.share) {
		has_moved = share_poll(session->workplace.share);
		tell_news(session, ui);
		say_parked(session, ui);
		say_return(session, ui);
		tell_place(session, ui);
	}
	say_notice(session, ui);
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
			    ngettext("%lld cambio espera su decisión: F5",
				     "%lld cambios esperan su decisión: F5",
				     (unsigned long)status->parked),
			    (long long)status->parked);
		add_part(out, part.data);
	}
	strbuf_release(&part);
}

/* Until it is read. */
static void add_return(struct store *store, struct strbuf *out)
{
	if (return_report_is_new(store))
		add_part(out, _("el disco volvió: informe con F5"));
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

/* Seen by whoever comes upon it first, this program or its worker. */
static void add_damage(struct store *store, const struct share_status *status, struct strbuf *out)
{
	if (store_is_damaged(store) || status->condition == SHARE_COPY_DAMAGED)
		add_part(out, _("la copia de esta máquina está dañada: F12"));
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

static void add_drafts(struct strbuf *out, size_t drafts)
{
	struct strbuf part;
	if (!drafts)
		return;
	strbuf_init(&part);
	strbuf_addf(&part,
		    ngettext("%zu texto sin guardar: F9, borradores",
			     "%zu textos sin guardar: F9, borradores", (unsigned long)drafts),
		    drafts);
	add_part(out, part.data);
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
	add_damage(store, &status, out);
	news_add_line(&session->news, out);
	add_share(out, &status);
	add_return(store, out);
	add_drafts(out, session->drafts);
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

unsigned session_undo(struct session *session, struct ui *ui, const struct undo_request *request)
{
	struct strbuf words;
	struct error err;
	int64_t number;
	strbuf_init(&words);
	enum rc rc = undo_commit(session_store(session), request, &words, &number, &err);
	if (rc != RC_OK)
		ui_say(ui, rc == RC_NOT_FOUND ? ROLE_DIM : ROLE_ERROR, "%s", err.text);
	else if (request->direction == UNDO)
		ui_say(ui, ROLE_NOTICE, _("Deshecho: %s · Ctrl-R rehace"), words.data);
	else
		ui_say(ui, ROLE_NOTICE, _("Rehecho: %s · u deshace"), words.data);
	strbuf_release(&words);
	return rc == RC_OK ? UI_RELOAD : UI_REDRAW;
}

unsigned session_op(void *context, struct ui *ui, enum op op)
{
	struct session *session = context;
	if ((op == OP_UNDO || op == OP_REDO) && session_store(session)) {
		const struct undo_request last = {.direction = op == OP_UNDO ? UNDO : REDO};
		return session_undo(session, ui, &last);
	}
	if (op == OP_CONFLICTS && session_store(session))
		return ui_open(ui, conflicts_view_new(session));
	if (op == OP_HEALTH && session_store(session))
		return ui_open(ui, health_view_new(session));
	if (op == OP_PEOPLE && session_store(session))
		return ui_open(ui, people_view_new(session));
	if (op == OP_WHOAMI && session_store(session))
		return session_ask_person(session, ui);
	if (session_store(session) && op == OP_BACKUP)
		return backups_ask_path(session, ui);
	if (session_store(session) && op == OP_RESTORE)
		return backups_show(session, ui);
	if (op == OP_DRAFTS)
		return editing_list_drafts(session, ui);
	if (op != OP_EXCHANGE && op != OP_REPUBLISH)
		return UI_PASS;
	if (!session->workplace.share) {
		ui_say(ui, ROLE_DIM, "%s", _("Esta base no se comparte."));
		return UI_REDRAW;
	}
	return op == OP_EXCHANGE ? exchange(session, ui) : ask_republish(session, ui);
}

enum rc session_find_seen(struct session *session, struct error *err)
{
	enum rc rc = RC_OK;
	if (!session->has_seen)
		rc = seen_recall(session_store(session), &session->seen, err);
	session->has_seen = rc == RC_OK;
	return rc;
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
