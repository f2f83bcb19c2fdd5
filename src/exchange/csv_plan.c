/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/model/code.h"
#include "nucleo/model/records.h"

/* Whether progress may be told of plans that are not there: no, it would be of nothing. */
static bool may_add(const struct csv_import *import)
{
	return import->source->kind != RECORD_PROGRESS;
}

static size_t plan_column(const struct csv_import *import)
{
	return csv_column_of(&import->columns, CSV_COMMITMENTS, "plan", ENUM_NONE);
}

static size_t named_plan(struct csv_import *import, size_t row, size_t column)
{
	const struct editable_field *field =
		&csv_editable_kind(CSV_PLANS)->fields[csv_field(CSV_PLANS, "code")];
	struct error err;
	size_t plan = CSV_NONE;
	char *code = csv_spelled(field, csv_cell(&import->table, row, column));
	if (record_value_check(field, code, &err) != RC_OK)
		csv_fault(import, row, column, "%s", err.text);
	else if ((plan = csv_plan(import, code, may_add(import))) == CSV_NONE)
		csv_fault(import, row, column,
			  _("no hay un plan «%s»; importe antes sus hitos o compromisos"), code);
	free(code);
	return plan;
}

size_t csv_plan_of_row(struct csv_import *import, size_t row)
{
	size_t column = plan_column(import);
	if (column != CSV_NONE && *csv_cell(&import->table, row, column))
		return named_plan(import, row, column);
	return csv_plan(import, import->plan_code, may_add(import));
}

/* ---- when the rows do not say it */

static bool begins_with_code(const char *name, const char *code)
{
	size_t length = strlen(code);
	return strncasecmp(name, code, length) == 0 && !isalnum((unsigned char)name[length]);
}

/* The longest code of a stored plan the file's name begins with. */
static const char *stored_plan_in_name(const struct csv_import *import)
{
	const char *best = NULL;
	for (size_t i = 0; i < import->sets[CSV_PLANS].count; i++) {
		const struct plan *plan = record_set_at(&import->sets[CSV_PLANS], i);
		if (begins_with_code(import->source->name, plan->code) &&
		    (!best || strlen(plan->code) > strlen(best)))
			best = plan->code;
	}
	return best;
}

/* Owned: "paga1" from "PAGA1_2019-2022_hitos.csv"; NULL when it begins otherwise. */
static char *paga_in_name(const char *name)
{
	struct strbuf code;
	size_t digits = strspn(name + (strncasecmp(name, "paga", 4) == 0 ? 4 : 0), "0123456789");
	if (strncasecmp(name, "paga", 4) != 0 || !digits || digits > 4 ||
	    isalnum((unsigned char)name[4 + digits]))
		return NULL;
	strbuf_init(&code);
	strbuf_addf(&code, "paga%.*s", (int)digits, name + 4);
	return strbuf_detach(&code);
}

static bool every_row_says_it(const struct csv_import *import)
{
	size_t column = plan_column(import);
	for (size_t row = 1; row < import->table.rows.count; row++)
		if (column == CSV_NONE || !*csv_cell(&import->table, row, column))
			return false;
	return true;
}

/* A column that says whose plan a row is of, in lists of the plans of the world: of more than
 * one, they are not the plan of this group, and their codes repeat. */
static enum rc check_one_plan(const struct csv_import *import, struct error *err)
{
	for (size_t i = 0; i < import->columns.count; i++) {
		const char *first = NULL, *heading = import->columns.items[i].heading;
		if (!csv_is_plan_heading(&import->columns, i))
			continue;
		for (size_t row = 1; row < import->table.rows.count; row++) {
			const char *cell = csv_cell(&import->table, row, i);
			if (!*cell || (first && csv_is_same(first, cell)))
				continue;
			if (first)
				return error_set(err, RC_INVALID,
						 _("tiene filas de varios planes: la columna «%s» "
						   "dice «%s» y «%s»; deje en el archivo las de un "
						   "solo país y un solo plan"),
						 heading, first, cell);
			first = cell;
		}
	}
	return RC_OK;
}

static enum rc unknown_plan(const struct csv_import *import, struct error *err)
{
	struct strbuf codes;
	strbuf_init(&codes);
	for (size_t i = 0; i < import->sets[CSV_PLANS].count; i++) {
		const struct plan *plan = record_set_at(&import->sets[CSV_PLANS], i);
		strbuf_addf(&codes, "%s%s", i ? ", " : "", plan->code);
	}
	bool has_plans = codes.length;
	if (has_plans)
		error_set(err, RC_USAGE,
			  _("no se sabe de qué plan son las filas; dígalo con --plan (hay: %s)"),
			  codes.data);
	strbuf_release(&codes);
	if (has_plans)
		return RC_USAGE;
	if (!may_add(import))
		return error_set(err, RC_NOT_FOUND,
				 _("en la base no hay ningún plan; importe antes los hitos o los "
				   "compromisos («nucleo import milestones»)"));
	return error_set(err, RC_USAGE,
			 _("no se sabe de qué plan son las filas; dígalo con --plan, como --plan "
			   "paga1"));
}

/* Progress is of what is there. */
static enum rc check_plan(struct csv_import *import, struct error *err)
{
	if (may_add(import) || csv_plan(import, import->plan_code, false) != CSV_NONE)
		return RC_OK;
	return error_set(err, RC_NOT_FOUND,
			 _("no hay un plan «%s»; importe antes sus hitos o compromisos"),
			 import->plan_code);
}

enum rc csv_choose_plan(struct csv_import *import, struct error *err)
{
	const char *said = import->source->plan, *stored;
	if (said && !code_is_plan(said))
		return error_set(err, RC_USAGE, _("--plan: «%s» no es un código de plan"), said);
	if (every_row_says_it(import))
		return RC_OK;
	enum rc rc = check_one_plan(import, err);
	if (rc != RC_OK)
		return rc;
	stored = stored_plan_in_name(import);
	if (said)
		import->plan_code = mem_strdup(said);
	else if (stored)
		import->plan_code = mem_strdup(stored);
	else
		import->plan_code = paga_in_name(import->source->name);
	if (!import->plan_code && import->sets[CSV_PLANS].count == 1)
		import->plan_code = mem_strdup(
			((const struct plan *)record_set_at(&import->sets[CSV_PLANS], 0))->code);
	return import->plan_code ? check_plan(import, err) : unknown_plan(import, err);
}
