/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acting.h"

#include "nucleo/base/i18n.h"
#include "nucleo/store/list.h"

/* What the database says of an institution. */
struct institution {
	bool is_known, observes;
	struct strbuf *acronym; /* NULL: not wanted */
};

static bool take(void *context, const void *record)
{
	struct institution *found = context;
	const struct organization *organization = record;
	found->is_known = true;
	found->observes = organization->membership_key && organization->role == CAPACITY_OBSERVER;
	if (found->acronym)
		strbuf_adds(found->acronym, organization->acronym);
	return false;
}

/* What is no acronym of the database, or could be several, is none it knows. */
static enum rc look_up(struct store *store, const char *acronym, struct institution *found,
		       struct error *err)
{
	struct list_query query = {.limit = 1};
	enum rc rc = store_find(store, RECORD_ORGANIZATION, acronym, &query.key, err);
	if (rc == RC_NOT_FOUND || rc == RC_INVALID)
		return RC_OK;
	return rc == RC_OK ? store_list(store, RECORD_ORGANIZATION, &query, take, found, err) : rc;
}

enum rc acting_find(struct store *store, const char *acronym, bool *is_known, struct strbuf *out,
		    struct error *err)
{
	struct institution found = {.acronym = out};
	enum rc rc = look_up(store, acronym, &found, err);
	if (rc != RC_OK)
		return rc;
	*is_known = found.is_known;
	if (!found.is_known)
		strbuf_adds(out, acronym);
	return RC_OK;
}

static void hold_observer(struct store *store)
{
	struct strbuf reason;
	strbuf_init(&reason);
	strbuf_addf(&reason,
		    _("%s participa como observador en el grupo; para escribir de "
		      "todos modos, "
		      "confírmelo (en una orden, con --as-observer)"),
		    store_actor(store));
	store_hold(store, reason.data);
	strbuf_release(&reason);
}

static void hold(struct store *store, enum acting acting)
{
	if (acting == ACTING_OBSERVING)
		hold_observer(store);
	else
		store_hold(store, acting == ACTING_NAMELESS
					  ? _("diga primero en nombre de qué institución escribe")
					  : NULL);
}

enum rc acting_settle(struct store *store, const struct acting_terms *terms, enum acting *acting,
		      struct error *err)
{
	struct institution found = {0};
	bool is_named = *store_actor(store) != '\0';
	enum rc rc = is_named ? look_up(store, store_actor(store), &found, err) : RC_OK;
	if (rc != RC_OK)
		return rc;
	enum acting now = ACTING_FREELY;
	if (!is_named && terms->needs_name)
		now = ACTING_NAMELESS;
	else if (found.observes && !terms->confirms)
		now = ACTING_OBSERVING;
	hold(store, now);
	*acting = store_is_read_only(store) && !store_is_held(store) ? ACTING_READ_ONLY : now;
	return RC_OK;
}
