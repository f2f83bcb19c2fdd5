/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/csv_report.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_columns.h"
#include "nucleo/model/records.h"

static const char *const kind_names[CSV_KINDS] = {
	[CSV_PLANS] = "plan",
	[CSV_ORGANIZATIONS] = "organization",
	[CSV_COMMITMENTS] = "commitment",
	[CSV_MILESTONES] = "milestone",
	[CSV_REPORTS] = "progress",
};

/* ---- for a person */

/* A line of text of any origin: without control characters, and of bounded length. */
static void add_line(struct strbuf *out, const char *text)
{
	enum { LINE_COLUMNS = 400 };
	struct strbuf line;
	strbuf_init(&line);
	strbuf_adds(&line, text);
	for (char *at = line.data; (at = strpbrk(at, "\n\t")) != NULL;)
		*at = ' ';
	utf8_fit(out, line.data, LINE_COLUMNS);
	strbuf_addch(out, '\n');
	strbuf_release(&line);
}

static const char *kind_label(int kind)
{
	static const char *const labels[CSV_KINDS] = {
		[CSV_PLANS] = N_("planes"),
		[CSV_ORGANIZATIONS] = N_("instituciones"),
		[CSV_COMMITMENTS] = N_("compromisos"),
		[CSV_MILESTONES] = N_("hitos"),
		[CSV_REPORTS] = N_("informes de avance"),
	};
	return _(labels[kind]);
}

static void add_part(struct strbuf *line, int count, const char *label)
{
	if (count)
		strbuf_addf(line, "%s%s %d", line->length ? ", " : "", label, count);
}

/* "  hitos: agrega 59, cambia 2". */
static void add_counts(struct strbuf *out, const struct csv_import_result *result)
{
	for (int kind = 0; kind < CSV_KINDS; kind++) {
		const struct csv_counts *counts = &result->counts[kind];
		struct strbuf line;
		strbuf_init(&line);
		add_part(&line, counts->added, _("agrega"));
		add_part(&line, counts->changed, _("cambia"));
		add_part(&line, counts->unchanged, _("sin cambio"));
		if (kind == CSV_ORGANIZATIONS)
			add_part(&line, result->unknown_organizations, _("por revisar"));
		if (line.length)
			strbuf_addf(out, "  %s: %s\n", kind_label(kind), line.data);
		strbuf_release(&line);
	}
}

static void add_list(struct strbuf *out, const char *heading, const char *items)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, "  %s: ", heading);
	record_list_add(&line, items, ", ");
	add_line(out, line.data);
	strbuf_release(&line);
}

static void add_duplicate(struct strbuf *out, const struct csv_duplicate *duplicate)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, _("  fila %zu: repite la fila %zu"), duplicate->row, duplicate->of);
	strbuf_adds(&line, *duplicate->differs ? _("; difiere en ") : _(", igual en todo"));
	record_list_add(&line, duplicate->differs, ", ");
	add_line(out, line.data);
	strbuf_release(&line);
}

/* As many as of the errors: a person reads no more, a program has them all. */
static void add_duplicates(struct strbuf *out, const struct csv_import_result *result)
{
	size_t count = result->duplicates.count, more;
	for (size_t i = 0; i < count && i < CSV_ERRORS_SHOWN; i++)
		add_duplicate(out, &result->duplicates.items[i]);
	if (count <= CSV_ERRORS_SHOWN)
		return;
	more = count - CSV_ERRORS_SHOWN;
	strbuf_addf(out,
		    ngettext("  y %zu fila repetida más\n", "  y %zu filas repetidas más\n", more),
		    more);
}

static void add_finding(struct strbuf *out, const struct csv_finding *finding)
{
	struct strbuf line;
	strbuf_init(&line);
	if (finding->column)
		strbuf_addf(&line, _("  fila %zu, columna %s: "), finding->row, finding->column);
	else
		strbuf_addf(&line, _("  fila %zu: "), finding->row);
	strbuf_adds(&line, finding->text);
	add_line(out, line.data);
	strbuf_release(&line);
}

static void add_errors(struct strbuf *out, const struct csv_import_result *result)
{
	size_t more = result->error_count - result->errors.count;
	for (size_t i = 0; i < result->errors.count; i++)
		add_finding(out, &result->errors.items[i]);
	if (more)
		strbuf_addf(out, ngettext("  y %zu error más\n", "  y %zu errores más\n", more),
			    more);
}

static const char *outcome_words(const struct csv_import_result *result, bool dry_run)
{
	switch (result->outcome) {
	case CSV_NEW:
		return dry_run ? _("se importaría") : _("importado");
	case CSV_UPDATED:
		return dry_run ? _("se actualizaría") : _("actualizado");
	case CSV_UNCHANGED:
		if (!result->rows)
			return _("no hay nada que importar: el archivo solo tiene títulos");
		return _("no cambia nada: la base ya dice lo mismo");
	case CSV_REFUSED:
		break;
	}
	return _("no se importó");
}

static void add_outcome(struct strbuf *out, const char *name,
			const struct csv_import_result *result, bool dry_run)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, "%s: %s (", name, outcome_words(result, dry_run));
	strbuf_addf(&line, ngettext("%zu fila", "%zu filas", result->rows), result->rows);
	strbuf_addch(&line, ')');
	add_line(out, line.data);
	strbuf_release(&line);
}

void csv_report_text(struct strbuf *out, const char *name, const struct csv_import_result *result,
		     bool dry_run)
{
	add_outcome(out, name, result, dry_run);
	add_counts(out, result);
	if (result->not_reported)
		strbuf_addf(out,
			    ngettext("  %d fila sin porcentaje: no informado\n",
				     "  %d filas sin porcentaje: no informado\n",
				     (unsigned long)result->not_reported),
			    result->not_reported);
	add_duplicates(out, result);
	if (result->unknown_columns)
		add_list(out,
			 result->kind == RECORD_PROGRESS ? _("columnas que quedan en la nota")
							 : _("columnas que no se importan"),
			 result->unknown_columns);
	for (size_t i = 0; i < result->remarks.count; i++)
		add_finding(out, &result->remarks.items[i]);
	add_errors(out, result);
}

/* ---- for programs */

static void members_of_counts(struct json_writer *json, const struct csv_counts *counts)
{
	json_integer_member(json, "added", counts->added);
	json_integer_member(json, "changed", counts->changed);
	json_integer_member(json, "unchanged", counts->unchanged);
}

static void write_counts(struct json_writer *json, const struct csv_import_result *result)
{
	struct csv_counts all = {0};
	for (int kind = 0; kind < CSV_KINDS; kind++) {
		all.added += result->counts[kind].added;
		all.changed += result->counts[kind].changed;
		all.unchanged += result->counts[kind].unchanged;
	}
	members_of_counts(json, &all);
	json_name(json, "records");
	json_array_begin(json);
	for (int kind = 0; kind < CSV_KINDS; kind++) {
		const struct csv_counts *counts = &result->counts[kind];
		if (!counts->added && !counts->changed && !counts->unchanged)
			continue;
		json_object_begin(json);
		json_string_member(json, "kind", kind_names[kind]);
		members_of_counts(json, counts);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_duplicates(struct json_writer *json, const struct csv_import_result *result)
{
	json_name(json, "duplicates");
	json_array_begin(json);
	for (size_t i = 0; i < result->duplicates.count; i++) {
		const struct csv_duplicate *duplicate = &result->duplicates.items[i];
		json_object_begin(json);
		json_integer_member(json, "row", (int64_t)duplicate->row);
		json_integer_member(json, "of", (int64_t)duplicate->of);
		json_name(json, "differs");
		json_lines(json, duplicate->differs);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_findings(struct json_writer *json, const char *name,
			   const struct csv_finding *items, size_t count)
{
	json_name(json, name);
	json_array_begin(json);
	for (size_t i = 0; i < count; i++) {
		json_object_begin(json);
		json_integer_member(json, "row", (int64_t)items[i].row);
		json_string_member(json, "column", items[i].column);
		json_string_member(json, "message", items[i].text);
		json_object_end(json);
	}
	json_array_end(json);
}

void csv_report_json(struct json_writer *json, const char *name,
		     const struct csv_import_result *result, bool dry_run, const char *error)
{
	static const char *const outcomes[] = {
		[CSV_UNCHANGED] = "unchanged",
		[CSV_NEW] = "new",
		[CSV_UPDATED] = "updated",
		[CSV_REFUSED] = "refused",
	};
	json_object_begin(json);
	json_string_member(json, "file", name);
	json_string_member(json, "kind", record_kinds[result->kind].name);
	json_string_member(json, "outcome", outcomes[result->outcome]);
	json_name(json, "dry_run");
	json_bool(json, dry_run);
	json_number_member(json, "operation", result->number);
	json_integer_member(json, "rows", (int64_t)result->rows);
	write_counts(json, result);
	json_integer_member(json, "unknown_organizations", result->unknown_organizations);
	json_integer_member(json, "not_reported", result->not_reported);
	write_duplicates(json, result);
	json_name(json, "unknown_columns");
	json_lines(json, result->unknown_columns);
	write_findings(json, "remarks", result->remarks.items, result->remarks.count);
	write_findings(json, "errors", result->errors.items, result->errors.count);
	json_integer_member(json, "error_count", (int64_t)result->error_count);
	json_string_member(json, "error", error);
	json_object_end(json);
}
