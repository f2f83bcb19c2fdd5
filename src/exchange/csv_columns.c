/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/csv_columns.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/records.h"

/* clang-format off */
/* T: a field; N: one that no file can do without; R: one of a certain reporter. */
#define T(kind_, field_, headings_) \
	{.kind = kind_, .field = field_, .reporter = ENUM_NONE, .headings = headings_}
#define N(kind_, field_, headings_)                                                    \
	{.kind = kind_, .field = field_, .reporter = ENUM_NONE, .headings = headings_, \
	 .is_required = true}
#define R(field_, reporter_, headings_) \
	{.kind = CSV_REPORTS, .field = field_, .reporter = reporter_, .headings = headings_}

#define COMMITMENT_NUMBER                                                                \
	"codigo del compromiso|codigo compromiso|cod compromiso|numero de compromiso|"   \
	"numero del compromiso|numero compromiso|n compromiso|no compromiso|"            \
	"n de compromiso|no de compromiso|nro compromiso|nro de compromiso|"             \
	"compromiso n|compromiso no|compromiso nro|id compromiso|id del compromiso|"     \
	"commitment code|commitment number|commitment|compromiso|compromisos"
#define PLAN_HEADINGS "plan|codigo del plan|plan de accion|paga"

/* Of the ficha of a commitment; a table of milestones has them too. */
#define FICHA                                                                              \
	T(CSV_COMMITMENTS, "lead",                                                         \
	  "lead|entidad responsable|entidades responsables|institucion responsable|"       \
	  "instituciones responsables|responsable|responsables|resp|entidad lider|"        \
	  "entidad|institucion|lead institution"),                                         \
	T(CSV_COMMITMENTS, "counterpart",                                                  \
	  "counterpart|contraparte|contrapartes|contraparte osc|"                          \
	  "contraparte de sociedad civil"),                                                \
	T(CSV_COMMITMENTS, "support",                                                      \
	  "support|apoyo|instituciones de apoyo|entidades de apoyo|otros actores|"         \
	  "otros actores involucrados|actores|supporting institution s|"                     \
	  "supporting institutions"),                                           \
	T(CSV_COMMITMENTS, "axis",                                                         \
	  "axis|theme|eje|eje tematico|tematica|tema|area tematica|area"),                 \
	T(CSV_COMMITMENTS, "problem", "problem|problema|problematica|problema que aborda"), \
	T(CSV_COMMITMENTS, "ogp_values",                                                   \
	  "ogp values|valores ogp|valores de ogp|valores aga|"                             \
	  "valores de gobierno abierto|valores"),                                          \
	T(CSV_COMMITMENTS, "ods",                                                          \
	  "ods|objetivos de desarrollo sostenible|objetivo de desarrollo sostenible|sdg|sdgs"), \
	T(CSV_COMMITMENTS, "ogp_id",                                                       \
	  "ogp id|id ogp|codigo ogp|commitment unique identifier"),                          \
	T(CSV_COMMITMENTS, "irm_completion", "irm completion|valoracion del irm|valoracion irm|irm")

#define STARTS                                                                                \
	"starts|inicio|empieza|fecha inicio|fecha de inicio|comienzo|comienza|desde|start|" \
	"start date"
#define ENDS                                                                                  \
	"ends|fin|termina|fecha fin|fecha de fin|final|termino|fecha de termino|fecha final|" \
	"finalizacion|fecha de finalizacion|hasta|end|end date"

/* In order of preference: a field takes the first heading that fits, and what is left over is
 * offered to the rows that follow. */
static const struct csv_target organization_targets[] = {
	T(CSV_ORGANIZATIONS, "acronym",
	  "acronym|siglas|sigla|acronimo|abreviatura|codigo"),
	T(CSV_ORGANIZATIONS, "name",
	  "name|nombre|nombre completo|nombre de la institucion|nombre de la organizacion|"
	  "razon social|institucion|organizacion|entidad|organization|institution"),
	T(CSV_ORGANIZATIONS, "sector", "sector|tipo de institucion|tipo de organizacion|tipo"),
	/* No field a person sets: an institution is new with it, or without. */
	T(CSV_ORGANIZATIONS, "review", "review|por revisar"),
	T(CSV_ORGANIZATIONS, "role", "role|calidad|rol|membresia|condicion|calidad de miembro"),
	T(CSV_ORGANIZATIONS, "starts",
	  "starts|miembro desde|desde|fecha de ingreso|ingreso|empieza"),
};

static const struct csv_target commitment_targets[] = {
	N(CSV_COMMITMENTS, "code", "code|codigo|numero|nro|no|n|id|" COMMITMENT_NUMBER),
	T(CSV_COMMITMENTS, "plan", PLAN_HEADINGS),
	T(CSV_COMMITMENTS, "title",
	  "title|titulo|titulo del compromiso|nombre del compromiso|nombre|commitment title|"
	  "compromiso|commitment"),
	T(CSV_COMMITMENTS, "description",
	  "description|descripcion|descripcion del compromiso|detalle"),
	T(CSV_COMMITMENTS, "starts", STARTS),
	T(CSV_COMMITMENTS, "ends", ENDS),
	FICHA,
};

static const struct csv_target milestone_targets[] = {
	N(CSV_COMMITMENTS, "code", COMMITMENT_NUMBER),
	T(CSV_COMMITMENTS, "plan", PLAN_HEADINGS),
	N(CSV_MILESTONES, "number",
	  "number|numero de hito|numero del hito|n hito|no hito|nro hito|n de hito|no de hito|"
	  "hito n|hito no|hito nro|id hito|codigo hito|codigo del hito|milestone number|hito|"
	  "milestone|numero|nro|no|n"),
	T(CSV_MILESTONES, "title",
	  "descripcion del hito|titulo del hito|nombre del hito|hito descripcion|milestone title|"
	  "descripcion|description|actividad|entregable"),
	T(CSV_COMMITMENTS, "title",
	  "titulo del compromiso|nombre del compromiso|compromiso titulo|commitment title"),
	T(CSV_COMMITMENTS, "description", "descripcion del compromiso"),
	/* "título" is the milestone's own, unless something else is. */
	T(CSV_MILESTONES, "title", "title|titulo|nombre|name|hito|milestone"),
	T(CSV_COMMITMENTS, "title", "title|titulo|nombre|name|compromiso|commitment"),
	T(CSV_MILESTONES, "starts", STARTS "|inicio del hito"),
	T(CSV_MILESTONES, "ends", ENDS "|fin del hito"),
	T(CSV_MILESTONES, "original_starts", "original starts|inicio original|empezaba"),
	T(CSV_MILESTONES, "original_ends", "original ends|fin original|terminaba"),
	FICHA,
};

static const struct csv_target progress_targets[] = {
	N(CSV_COMMITMENTS, "code", COMMITMENT_NUMBER "|c"),
	T(CSV_COMMITMENTS, "plan", PLAN_HEADINGS),
	T(CSV_MILESTONES, "number",
	  "milestone|numero de hito|numero del hito|n hito|no hito|nro hito|n de hito|no de hito|"
	  "hito n|hito no|hito nro|id hito|codigo hito|codigo del hito|hito|number|numero"),
	T(CSV_REPORTS, "as_of",
	  "as of|fecha de corte|fecha corte|fecha de registro|fecha registro|fecha del reporte|"
	  "fecha de reporte|fecha reporte|corte|fecha|date"),
	T(CSV_REPORTS, "reporter",
	  "reporter|informa|quien informa|informante|reporta|quien reporta|reportado por"),
	R("percent", REPORTER_COUNTERPART,
	  "avance contraparte|avance pct contraparte|porcentaje contraparte|% contraparte"),
	R("percent", REPORTER_GROUP,
	  "avance grupo nucleo|avance pct grupo nucleo|porcentaje grupo nucleo|avance gn|"
	  "avance pct gn|porcentaje gn|% gn"),
	T(CSV_REPORTS, "percent",
	  "percent|avance pct|avance %|% avance|% de avance|porcentaje de avance|"
	  "porcentaje avance|avance porcentual|porcentaje|pct|%|avance entidad|"
	  "porcentaje entidad|avance|percentage"),
	R("state", REPORTER_ENTITY,
	  "estado entidad|estado de la entidad|estado entidad responsable|entity state"),
	R("state", REPORTER_COUNTERPART,
	  "estado contraparte|estado de la contraparte|estado segun contraparte|"
	  "counterpart state"),
	R("state", REPORTER_GROUP,
	  "estado grupo nucleo|estado del grupo nucleo|estado gn|estado grupo|group state"),
	T(CSV_REPORTS, "state", "state|estado|estado del hito|estado de avance|estado del avance"),
	T(CSV_REPORTS, "meeting", "meeting|reunion|acta"),
	T(CSV_REPORTS, "item", "item|punto|punto del orden del dia"),
	T(CSV_REPORTS, "evidence",
	  "evidence|evidencia|evidencias|enlace de evidencia|medio de verificacion|"
	  "medios de verificacion|verificable|enlace|link|url"),
	T(CSV_REPORTS, "note",
	  "note|nota|notas|observaciones|observacion|comentarios|comentario|descripcion|"
	  "description|detalle"),
};

/* clang-format on */

static const struct sheet {
	enum record_kind_id kind;
	const struct csv_target *targets;
	size_t count;
} sheets[] = {
	{RECORD_ORGANIZATION, organization_targets, ARRAY_COUNT(organization_targets)},
	{RECORD_COMMITMENT, commitment_targets, ARRAY_COUNT(commitment_targets)},
	{RECORD_MILESTONE, milestone_targets, ARRAY_COUNT(milestone_targets)},
	{RECORD_PROGRESS, progress_targets, ARRAY_COUNT(progress_targets)},
};

static const struct sheet *sheet_of(enum record_kind_id kind)
{
	for (size_t i = 0; i < ARRAY_COUNT(sheets); i++)
		if (sheets[i].kind == kind)
			return &sheets[i];
	return NULL;
}

bool csv_can_import(enum record_kind_id kind)
{
	return sheet_of(kind) != NULL;
}

/* Lower case without accents; what is neither letter, digit nor '%' is a blank. */
static char *plain_heading(const char *heading)
{
	struct strbuf folded, plain;
	strbuf_init(&folded);
	strbuf_init(&plain);
	utf8_fold(&folded, heading);
	for (const char *at = folded.data; *at; at++) {
		unsigned char c = (unsigned char)*at;
		bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c >= 0x80 ||
			       c == '%';
		if (is_word)
			strbuf_addch(&plain, *at);
		else if (plain.length && plain.data[plain.length - 1] != ' ')
			strbuf_addch(&plain, ' ');
	}
	strbuf_trim(&plain);
	strbuf_release(&folded);
	return strbuf_detach(&plain);
}

/* ---- giving columns to fields */

struct matching {
	struct csv_columns *columns;
	char *plain[CSV_MAX_COLUMNS];
};

size_t csv_column_of(const struct csv_columns *columns, enum csv_kind kind, const char *field,
		     int reporter)
{
	for (size_t i = 0; i < columns->count; i++) {
		const struct csv_target *target = columns->items[i].target;
		if (target && target->kind == kind && target->reporter == reporter &&
		    strcmp(target->field, field) == 0)
			return i;
	}
	return CSV_NONE;
}

static bool take(struct matching *matching, const struct csv_target *target, const char *heading,
		 size_t length)
{
	for (size_t i = 0; i < matching->columns->count; i++) {
		struct csv_column *column = &matching->columns->items[i];
		if (column->target || strlen(matching->plain[i]) != length ||
		    memcmp(matching->plain[i], heading, length) != 0)
			continue;
		column->target = target;
		return true;
	}
	return false;
}

static void match_target(struct matching *matching, const struct csv_target *target)
{
	const char *at = target->headings;
	if (csv_column_of(matching->columns, target->kind, target->field, target->reporter) !=
	    CSV_NONE)
		return;
	while (*at) {
		size_t length = strcspn(at, "|");
		if (take(matching, target, at, length))
			return;
		at += length + (at[length] == '|');
	}
}

/* The heading of our own lists, in the language they are shown in. */
static void match_label(struct matching *matching, const struct csv_target *target,
			enum record_kind_id kind)
{
	const struct field *field = record_field_named(&record_kinds[kind], target->field);
	if (!field || !field->label || target->reporter != ENUM_NONE ||
	    csv_column_of(matching->columns, target->kind, target->field, ENUM_NONE) != CSV_NONE)
		return;
	char *plain = plain_heading(_(field->label));
	take(matching, target, plain, strlen(plain));
	free(plain);
}

static enum record_kind_id record_kind_of(enum csv_kind kind)
{
	static const enum record_kind_id kinds[CSV_KINDS] = {RECORD_PLAN, RECORD_ORGANIZATION,
							     RECORD_COMMITMENT, RECORD_MILESTONE,
							     RECORD_PROGRESS};
	return kinds[kind];
}

static void match_columns(struct csv_columns *columns, const struct sheet *sheet)
{
	struct matching matching = {.columns = columns};
	for (size_t i = 0; i < columns->count; i++)
		matching.plain[i] = plain_heading(columns->items[i].heading);
	for (size_t i = 0; i < sheet->count; i++)
		match_target(&matching, &sheet->targets[i]);
	for (size_t i = 0; i < sheet->count; i++)
		if (record_kind_of(sheet->targets[i].kind) == sheet->kind)
			match_label(&matching, &sheet->targets[i], sheet->kind);
	for (size_t i = 0; i < columns->count; i++)
		free(matching.plain[i]);
}

/* ---- what is missing */

static void add_missing(struct strbuf *list, const char *headings)
{
	size_t length = strcspn(headings, "|");
	strbuf_adds(list, list->length ? ", " : "");
	strbuf_add(list, headings, length);
}

static bool has_field(const struct csv_columns *columns, enum csv_kind kind, const char *field)
{
	for (int reporter = ENUM_NONE; reporter <= REPORTER_GROUP; reporter++)
		if (csv_column_of(columns, kind, field, reporter) != CSV_NONE)
			return true;
	return false;
}

/* An institution is told by its acronym or its name; progress is a figure or a state. */
static void add_missing_choices(struct strbuf *list, enum record_kind_id kind,
				const struct csv_columns *columns)
{
	if (kind == RECORD_ORGANIZATION && !has_field(columns, CSV_ORGANIZATIONS, "acronym") &&
	    !has_field(columns, CSV_ORGANIZATIONS, "name"))
		add_missing(list, _("siglas o nombre"));
	if (kind == RECORD_PROGRESS && !has_field(columns, CSV_REPORTS, "percent") &&
	    !has_field(columns, CSV_REPORTS, "state"))
		add_missing(list, _("avance_pct o estado"));
}

static const char *spanish_name(const struct csv_target *target)
{
	if (target->kind == CSV_COMMITMENTS)
		return _("compromiso");
	return _("hito");
}

static enum rc check_missing(const struct csv_columns *columns, const struct sheet *sheet,
			     struct error *err)
{
	struct strbuf list;
	enum rc rc = RC_OK;
	strbuf_init(&list);
	for (size_t i = 0; i < sheet->count; i++)
		if (sheet->targets[i].is_required &&
		    !has_field(columns, sheet->targets[i].kind, sheet->targets[i].field))
			add_missing(&list, spanish_name(&sheet->targets[i]));
	add_missing_choices(&list, sheet->kind, columns);
	if (list.length)
		rc = error_set(err, RC_INVALID,
			       _("faltan columnas: %s; la primera fila debe tener sus títulos"),
			       list.data);
	strbuf_release(&list);
	return rc;
}

static char *in_one_line(const char *text)
{
	char *line = mem_strdup(text);
	for (char *at = line; (at = strpbrk(at, "\n\t")) != NULL;)
		*at = ' ';
	return line;
}

static enum rc read_headings(struct csv_columns *columns, const struct sheet *sheet,
			     const struct csv_table *table, size_t row, struct error *err)
{
	*columns = (struct csv_columns){0};
	for (size_t i = row; i < table->rows.count; i++)
		if (table->rows.items[i].count > columns->count)
			columns->count = table->rows.items[i].count;
	for (size_t i = 0; i < columns->count; i++)
		columns->items[i].heading = in_one_line(csv_cell(table, row, i));
	match_columns(columns, sheet);
	enum rc rc = check_missing(columns, sheet, err);
	if (rc != RC_OK)
		csv_columns_release(columns);
	return rc;
}

/* A sheet made for people has lines of its own above the headings of its columns. */
enum rc csv_columns_read(struct csv_columns *columns, enum record_kind_id kind,
			 struct csv_table *table, struct error *err)
{
	enum { LINES_ABOVE = 10 };
	const struct sheet *sheet = sheet_of(kind);
	struct error ignored;
	size_t row = 0;
	enum rc rc = read_headings(columns, sheet, table, row, err);
	while (rc != RC_OK && ++row <= LINES_ABOVE && row < table->rows.count)
		rc = read_headings(columns, sheet, table, row, &ignored);
	if (rc == RC_OK)
		csv_drop_rows(table, row);
	return rc;
}

void csv_columns_release(struct csv_columns *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		free(columns->items[i].heading);
	columns->count = 0;
}

void csv_add_column(struct strbuf *out, const struct csv_columns *columns, size_t column)
{
	const char *heading = columns->items[column].heading;
	struct strbuf letters;
	strbuf_init(&letters);
	csv_add_letters(&letters, column);
	if (*heading)
		strbuf_addf(out, "%s (%s)", heading, letters.data);
	else
		strbuf_adds(out, letters.data);
	strbuf_release(&letters);
}

static bool has_word(const char *plain, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = plain; (at = strstr(at, word)) != NULL; at += length)
		if ((at == plain || at[-1] == ' ') && (!at[length] || at[length] == ' '))
			return true;
	return false;
}

int csv_column_reporter(const struct csv_columns *columns, size_t column)
{
	char *plain = plain_heading(columns->items[column].heading);
	int reporter = ENUM_NONE;
	/* Whether one did its part is for the other to say: "entidad_cumplio" is the
	 * counterpart's word. */
	bool is_judgement = has_word(plain, "cumplio") || has_word(plain, "cumple");
	if (is_judgement && has_word(plain, "entidad"))
		reporter = REPORTER_COUNTERPART;
	else if (is_judgement && has_word(plain, "contraparte"))
		reporter = ENUM_NONE;
	else if (has_word(plain, "contraparte") || has_word(plain, "counterpart"))
		reporter = REPORTER_COUNTERPART;
	else if (has_word(plain, "gn") || has_word(plain, "grupo") || has_word(plain, "group"))
		reporter = REPORTER_GROUP;
	free(plain);
	return reporter;
}

bool csv_is_plan_heading(const struct csv_columns *columns, size_t column)
{
	static const char *const headings[] = {"country", "country locality", "pais",
					       "pais localidad", "action plan number"};
	char *plain = plain_heading(columns->items[column].heading);
	bool is_found = false;
	for (size_t i = 0; i < ARRAY_COUNT(headings); i++)
		is_found |= strcmp(plain, headings[i]) == 0;
	is_found &= !columns->items[column].target;
	free(plain);
	return is_found;
}
