/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/base/vector.h"
#include "nucleo/store/children.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/query.h"
#include "nucleo/store/replica_parts.h"

/*
 * A decision is a new operation, made now: it goes behind all that is queued. What followed the
 * parked one saw it done, and goes behind the decision, in its order.
 */

static enum rc find_parked(struct store *replica, int64_t number, int64_t *version,
			   struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_PARKED_AT);
	query_bind_integer(&query, ":number", number);
	bool is_there = query_next(&query);
	*version = is_there ? query_integer(&query, 0) : 0;
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && !is_there)
		rc = error_set(err, RC_NOT_FOUND, _("ese cambio ya no espera una decisión"));
	return rc;
}

/* All parked together with it and behind it. */
static enum rc find_candidates(struct store *replica, int64_t number, int64_t version,
			       key_list *found, struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_PARKED_AFTER);
	query_bind_integer(&query, ":number", number);
	query_bind_integer(&query, ":version", version);
	while (query_next(&query))
		vector_push(found, query_integer(&query, 0));
	return query_end(&query, err);
}

static enum rc follows_released(struct store *replica, int64_t number, bool *follows,
				struct error *err)
{
	struct query query;
	query_begin(&query, replica, STATEMENT_PENDING_FOLLOWS_RELEASED);
	query_bind_integer(&query, ":number", number);
	*follows = query_next(&query);
	return query_end(&query, err);
}

/* Releases it and all that follow it, one after the other. */
static enum rc release(struct store *replica, int64_t number, key_list *followers,
		       struct error *err)
{
	key_list candidates = {0};
	int64_t version = 0;
	enum rc rc = find_parked(replica, number, &version, err);
	if (rc == RC_OK)
		rc = find_candidates(replica, number, version, &candidates, err);
	if (rc == RC_OK)
		rc = query_run_number(replica, STATEMENT_PENDING_RELEASE, number, err);
	for (size_t i = 0; i < candidates.count && rc == RC_OK; i++) {
		bool follows = false;
		rc = follows_released(replica, candidates.items[i], &follows, err);
		if (rc != RC_OK || !follows)
			continue;
		vector_push(followers, candidates.items[i]);
		rc = query_run_number(replica, STATEMENT_PENDING_RELEASE, candidates.items[i], err);
	}
	vector_release(&candidates);
	return rc;
}

static enum rc move_last(struct store *replica, int64_t *number, struct error *err)
{
	struct query query;
	int64_t moved = 0;
	query_begin(&query, replica, STATEMENT_PENDING_MOVE_LAST);
	query_bind_integer(&query, ":number", *number);
	if (query_next(&query))
		moved = query_integer(&query, 0);
	query_next(&query);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*number = moved;
	return rc;
}

static enum rc run_followers(struct store *replica, key_list *followers, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < followers->count && rc == RC_OK; i++)
		rc = move_last(replica, &followers->items[i], err);
	if (rc != RC_OK || !followers->count)
		return rc;
	return pending_run_from(replica, followers->items[0] - 1, err);
}

enum rc pending_decide(struct store *replica, int64_t number, const char *composed,
		       struct error *err)
{
	key_list followers = {0};
	enum rc rc = release(replica, number, &followers, err);
	if (rc == RC_OK)
		rc = query_run_number(replica, STATEMENT_PENDING_DROP, number, err);
	if (rc == RC_OK)
		rc = composed ? pending_add(replica, composed, err)
			      : replica_version_next(replica, err);
	if (rc == RC_OK)
		rc = run_followers(replica, &followers, err);
	vector_release(&followers);
	return rc;
}
