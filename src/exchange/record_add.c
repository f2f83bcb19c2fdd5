/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_add.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"

enum rc record_add(struct store *store, const struct record_draft *draft,
		   struct operation *operation, int64_t *key, struct error *err)
{
	struct record_edit *edit = NULL;
	enum rc rc = record_edit_begin_new(store, draft->kind->id, &edit, err);
	if (rc == RC_OK)
		rc = record_edit_assign(edit, draft->pairs, draft->count, err);
	if (rc == RC_OK)
		rc = record_edit_compose(edit, operation, NULL, err);
	if (rc == RC_OK)
		*key = record_edit_key(edit);
	record_edit_free(edit);
	return rc;
}

enum rc record_assignment_parse(const char *text, char **field, struct record_assignment *pair,
				struct error *err)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text)
		return error_set(err, RC_USAGE, _("«%s» no es CAMPO=VALOR"), text);
	*field = mem_strndup(text, (size_t)(equals - text));
	*pair = (struct record_assignment){.field = *field, .value = equals + 1};
	return RC_OK;
}
