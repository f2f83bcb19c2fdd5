/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/views/list_view.h"
#include "nucleo/views/undoing.h"

enum { COLUMN_KIND, COLUMN_CODE, COLUMN_TEXT, COLUMN_WHEN, COLUMN_BY, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_KIND] = {.title = N_("Clase"), .min = 6, .max = 22, .weight = 10, .drop = 3},
	[COLUMN_CODE] = {.title = N_("Código"), .min = 10, .max = 14, .weight = 3},
	[COLUMN_TEXT] = {.title = N_("Qué decía"), .min = 10, .weight = 30},
	[COLUMN_WHEN] = {.title = N_("Quitado"), .min = 10, .max = 16, .weight = 10},
	[COLUMN_BY] = {.title = N_("Por"), .min = 5, .max = 10, .weight = 5, .drop = 4},
};

static void fill(const void *record, struct table_row *row)
{
	const struct trash *trash = record;
	struct strbuf when;
	strbuf_init(&when);
	clock_add_local(&when, trash->at ? trash->at : "");
	table_row_text(row, COLUMN_KIND, ROLE_DIM, enum_label(&trash_kind_names, trash->kind));
	table_row_text(row, COLUMN_CODE, ROLE_TITLE, trash->code);
	table_row_text(row, COLUMN_TEXT, ROLE_TEXT, trash->text);
	table_row_text(row, COLUMN_WHEN, ROLE_DIM, when.data);
	strbuf_truncate(&when, 10);
	table_row_brief(row, COLUMN_WHEN, when.data);
	table_row_text(row, COLUMN_BY, ROLE_TEXT, trash->by);
	table_row_note(row, trash->text ? trash->text : trash->code);
	strbuf_release(&when);
}

static bool take_operation(void *context, const void *record)
{
	*(int64_t *)context = ((const struct trash *)record)->operation;
	return false;
}

/* What it held stands in the operation that removed it. */
static struct view *open_removal(struct session *session, int64_t key)
{
	struct list_query query = {.key = key, .limit = 1};
	struct error ignored; /* the page says that it is gone */
	int64_t operation = 0;
	enum rc rc = store_list(session_store(session), RECORD_TRASH, &query, take_operation,
				&operation, &ignored);
	(void)rc;
	return operation_view_new(session, operation);
}

static void sentence(const void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, _("Lo que se quitó y no ha vuelto · Enter lo muestra, r lo recupera"));
}

static const char *const fields[COLUMN_COUNT] = {
	[COLUMN_KIND] = "kind", [COLUMN_CODE] = "code", [COLUMN_TEXT] = "text",
	[COLUMN_WHEN] = "at",	[COLUMN_BY] = "by",
};

static const struct list_spec spec = {
	.kind = RECORD_TRASH,
	.context = CONTEXT_TRASH,
	.name = "trash",
	.title = N_("Papelera"),
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.fields = fields,
	.fill = fill,
	.open = open_removal,
	.op = undoing_recover,
	.sentence = sentence,
	.summary_size = 1,
	.note_rows = 2,
	.empty = N_("La papelera está vacía: nada de lo que se quitó falta."),
};

struct view *trash_view_new(struct session *session)
{
	return list_view_new(session, &spec);
}
