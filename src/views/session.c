/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/session.h"

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

bool session_changed(void *context)
{
	const struct session *session = context;
	return session_store(session) && store_has_changed(session_store(session));
}

static bool add_last_saved(void *context, const void *record)
{
	const struct history *last = record;
	struct strbuf *out = context;
	strbuf_adds(out, _("guardado "));
	clock_add_local(out, last->at);
	return false;
}

void session_status(void *context, struct strbuf *out)
{
	const struct session *session = context;
	struct store *store = session_store(session);
	struct list_query newest = {.limit = 1};
	if (!store)
		return;
	if (store_list(store, RECORD_HISTORY, &newest, add_last_saved, out, NULL) != RC_OK)
		return;
	if (!out->length)
		strbuf_adds(out, _("base vacía"));
	if (*store_actor(store))
		strbuf_addf(out, " · %s", store_actor(store));
	if (store_is_read_only(store))
		strbuf_adds(out, _(" · solo lectura"));
	if (session->workplace.folder)
		strbuf_adds(out, _(" · demostración · copia privada que se borra al salir"));
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
