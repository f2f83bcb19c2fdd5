/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/store/codes.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/operation_edits.h"
#include "nucleo/store/pending.h"

/* Somebody may have upgraded the database since it was opened. */
static enum rc check_still_ours(struct store *store, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_FILE_MARKS);
	if (query_next(&query)) {
		found = store_check_version(store->called, query_integer(&query, 0),
					    query_integer(&query, 1), err);
		if (found == RC_OK)
			found = store_check_upgraded(store->called, query_integer(&query, 1), err);
	}
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

enum rc operation_check_version(const struct operation *operation, struct store *store,
				struct error *err)
{
	int64_t version;
	if (operation->expected_version < 0)
		return RC_OK;
	enum rc rc = store_version(store, &version, err);
	if (rc != RC_OK || version == operation->expected_version)
		return rc;
	return error_set(err, RC_CONFLICT,
			 _("otra persona guardó cambios mientras se preparaban estos; nada se "
			   "guardó, vuelva a intentarlo"));
}

/* In a database that no log belongs to, what is committed is in the history at once. */
static enum rc append(struct store *store, const char *composed, int64_t *number,
		      struct error *err)
{
	struct log_head head;
	struct strbuf text;
	strbuf_init(&text);
	enum rc rc = history_head(store, &head, err);
	if (rc == RC_OK)
		rc = codes_number(store, composed, &text, err);
	if (rc == RC_OK && !log_set_parent(text.data, text.length, &head.hash))
		rc = edit_malformed(err, "op, parent");
	if (rc == RC_OK)
		rc = history_append(store, &head, text.data, text.length, err);
	if (rc == RC_OK)
		*number = head.number + 1;
	strbuf_release(&text);
	return rc;
}

static enum rc compose_and_run(const struct operation *operation, struct store *store,
			       struct random_id *id, int64_t *number, struct error *err)
{
	struct strbuf composed;
	enum rc rc = operation_check_version(operation, store, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&composed);
	rc = operation_compose(operation, store, id, &composed, err);
	if (rc == RC_OK)
		rc = store->is_replica ? pending_add(store, composed.data, err)
				       : append(store, composed.data, number, err);
	strbuf_release(&composed);
	return rc;
}

/* In a replica; 0 for one that is still queued. What is committed stays so, whatever happens
 * here. */
static int64_t find_number(struct store *store, const struct random_id *id)
{
	struct query query;
	query_begin(&query, store, STATEMENT_HISTORY_NUMBER);
	query_bind_text(&query, ":op", id->hex);
	int64_t found = query_next(&query) ? query_integer(&query, 0) : 0;
	return query_end(&query, NULL) == RC_OK ? found : 0;
}

static enum rc refuse_to_write(const struct store *store, struct error *err)
{
	struct strbuf reason;
	strbuf_init(&reason);
	store_add_read_only_reason(store, &reason);
	error_set(err, RC_REFUSED, _("%s; nada se guardó"), reason.data);
	strbuf_release(&reason);
	return RC_REFUSED;
}

enum rc operation_begin(struct store *store, struct error *err)
{
	if (store_is_read_only(store))
		return refuse_to_write(store, err);
	enum rc rc = transaction_begin_write(store, err);
	if (rc != RC_OK)
		return rc;
	rc = check_still_ours(store, err);
	return rc == RC_OK ? RC_OK : transaction_end(store, rc, err);
}

void operation_done(struct store *store, const struct random_id *id)
{
	if (store->keeps_own && id)
		vector_push(&store->own, *id);
	if (store->committed)
		store->committed(store->committed_context);
}

enum rc operation_commit(struct operation *operation, struct store *store, int64_t *number,
			 struct error *err)
{
	struct random_id id;
	int64_t appended = 0;
	if (operation_is_empty(operation))
		return error_set(err, RC_INVALID, _("no hay ningún cambio que guardar"));
	enum rc rc = operation_begin(store, err);
	if (rc != RC_OK)
		return rc;
	rc = compose_and_run(operation, store, &id, &appended, err);
	rc = transaction_end(store, rc, err);
	if (rc == RC_OK)
		operation_done(store, &id);
	if (rc == RC_OK && number)
		*number = store->is_replica ? find_number(store, &id) : appended;
	return rc;
}

enum rc operation_apply_text(struct store *store, const char *text, size_t length, int64_t *number,
			     struct error *err)
{
	struct log_head head;
	enum rc rc = transaction_begin_write(store, err);
	if (rc != RC_OK)
		return rc;
	rc = history_head(store, &head, err);
	if (rc == RC_OK)
		rc = history_append(store, &head, text, length, err);
	rc = transaction_end(store, rc, err);
	if (rc == RC_OK && number)
		*number = head.number + 1;
	return rc;
}
