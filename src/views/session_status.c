/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/session.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/return_words.h"
#include "nucleo/store/health.h"
#include "nucleo/store/list.h"

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
	struct list_query newest = {.limit = 1, .is_brief = true};
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
