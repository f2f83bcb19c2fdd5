/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/session.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/return_words.h"
#include "nucleo/store/list.h"
#include "nucleo/store/pending.h"
#include "nucleo/views/editing.h"

const struct ui_screen main_screens[] = {
	{OP_SCREEN_COMMITMENTS, N_("Compromisos"), commitments_view_new},
	{OP_SCREEN_AGENDA, N_("Agenda"), meetings_view_new},
	{OP_SCREEN_ATTENDEES, N_("Asistentes"), attendees_view_new},
	{OP_SCREEN_FOLLOWUPS, N_("Acciones"), followups_view_new},
	{OP_SCREEN_SALA, N_("Sala"), sala_view_new},
	{OP_SCREEN_SEARCH, N_("Consulta"), search_view_new},
	{OP_SCREEN_HISTORY, N_("Historial"), history_view_new},
};
const size_t main_screen_count = ARRAY_COUNT(main_screens);

const struct ui_screen start_screen = {OP_NONE, N_("Comienzo"), start_view_new};

struct store *session_store(const struct session *session)
{
	return session->workplace.store;
}

day_minute session_time(const struct session *session)
{
	return session->time_of_day ? session->time_of_day() : clock_time_of_day();
}

/* Whoever leaves has seen what there was, or could have. */
void session_release(struct session *session)
{
	struct error ignored; /* then it is told once more */
	bool is_kept =
		session_store(session) && seen_move(session_store(session), &ignored) == RC_OK;
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

/* A clock on the screen moves with the minutes; nothing else does by itself. */
static bool is_minute_over(struct session *session)
{
	bool is_over = session->has_clock && session->clock_shown != session_time(session);
	if (is_over)
		session->has_clock = false; /* until it is drawn again */
	return is_over;
}

int session_soon(void *context)
{
	return session_writing_wait_ms(context);
}

unsigned session_changed(void *context, struct ui *ui)
{
	struct session *session = context;
	struct store *store = session_store(session);
	if (!store)
		return UI_NOTHING;
	bool has_moved = false;
	session_keep_writings(session, ui);
	if (session->workplace.share) {
		has_moved = share_poll(session->workplace.share);
		tell_news(session, ui);
		say_parked(session, ui);
		say_return(session, ui);
		tell_place(session, ui);
	}
	say_notice(session, ui);
	has_moved |= store_has_changed(store) || is_minute_over(session);
	has_moved |= look_at_news(session, ui, has_moved) || session->shows_people;
	session->shows_people = false;
	return has_moved ? UI_RELOAD : is_shown_anew(session) ? UI_REDRAW : UI_NOTHING;
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
