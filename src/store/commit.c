/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/operation_edits.h"

/* Somebody may have upgraded the database since it was opened. */
static enum rc check_still_ours(struct store *store, struct error *err)
{
	struct query query;
	enum rc found = RC_OK;
	query_begin(&query, store, STATEMENT_FILE_MARKS);
	if (query_next(&query))
		found = store_check_version(store->path, query_integer(&query, 0),
					    query_integer(&query, 1), err);
	enum rc rc = query_end(&query, err);
	return rc != RC_OK ? rc : found;
}

static enum rc check_expected_head(const struct operation *operation,
				   const struct log_head *head, struct error *err)
{
	if (operation->expected_head < 0 || operation->expected_head == head->number)
		return RC_OK;
	return error_set(err, RC_CONFLICT,
			 _("otra persona guardó cambios mientras se preparaban estos; nada se "
			   "guardó, vuelva a intentarlo"));
}

static enum rc compose_and_run(const struct operation *operation, struct store *store,
			       int64_t *number, struct error *err)
{
	struct log_head head;
	struct strbuf text;
	enum rc rc = check_still_ours(store, err);
	if (rc == RC_OK)
		rc = history_head(store, &head, err);
	if (rc == RC_OK)
		rc = check_expected_head(operation, &head, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&text);
	rc = operation_compose(operation, store, &head, &text, err);
	if (rc == RC_OK)
		rc = history_append(store, &head, text.data, text.length, err);
	if (rc == RC_OK)
		*number = head.number + 1;
	strbuf_release(&text);
	return rc;
}

enum rc operation_commit(struct operation *operation, struct store *store, int64_t *number,
			 struct error *err)
{
	int64_t made = 0;
	if (operation_is_empty(operation))
		return error_set(err, RC_INVALID, _("no hay ningún cambio que guardar"));
	if (store_is_read_only(store))
		return error_set(err, RC_REFUSED,
				 _("«%s» está abierta solo para leer; nada se guardó"),
				 store_path(store));
	enum rc rc = transaction_begin_write(store, err);
	if (rc != RC_OK)
		return rc;
	rc = compose_and_run(operation, store, &made, err);
	rc = transaction_end(store, rc, err);
	if (rc == RC_OK && number)
		*number = made;
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
