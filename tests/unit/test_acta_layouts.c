/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One made-up acta at a time, printed in every layout and encoding the reader
 * knows: whatever the layout, the reading is the acta it was printed from.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acta_dump.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_reader.h"

/* ---- made-up actas */

struct paragraph {
	char *text;
	const char *speaker;
};

struct point {
	char label[8];
	bool is_sub;
	char *title;
	VECTOR(struct paragraph) paragraphs;
};

struct made {
	uint32_t seed;
	char number[24];
	struct civil_date date;
	VECTOR(struct point) points;
	int members; /* of the list below */
	bool has_observers, has_signatures, has_annexes;
};

static const char *const members[] = {"SNP",  "CJ",   "DPE", "AME",   "FCD",   "DATALAT",
				      "UTPL", "IAEN", "CEE", "CITEC", "CPCCS", "MINTEL"};

static uint32_t next_random(struct made *made)
{
	made->seed = made->seed * 1664525u + 1013904223u;
	return made->seed >> 8;
}

static int pick(struct made *made, int count)
{
	return (int)(next_random(made) % (uint32_t)count);
}

#define PICK(made, list) (list)[pick(made, (int)ARRAY_COUNT(list))]

static void add_title(struct made *made, struct strbuf *out)
{
	static const char *const heads[] = {"Presentación", "Revisión",	  "Balance",
					    "Avance",	    "Análisis",	  "Situación",
					    "Discusión",    "Seguimiento"};
	static const char *const what[] = {"del catálogo de datos",
					   "de la escuela ciudadana",
					   "de los compromisos parroquiales",
					   "del portal único",
					   "de las guías",
					   "del índice cantonal"};
	static const char *const more[] = {
		"", " en las provincias de la Sierra",
		" y aprobación del cronograma para las mesas territoriales", " con la academia",
		" 2024-2025"};
	strbuf_adds(out, PICK(made, heads));
	strbuf_addch(out, ' ');
	strbuf_adds(out, PICK(made, what));
	strbuf_adds(out, PICK(made, more));
}

static void add_sentence(struct made *made, struct strbuf *out)
{
	static const char *const subjects[] = {"la propuesta de reglamento",
					       "el informe semestral",
					       "una matriz con doce indicadores",
					       "la línea de base",
					       "los resultados de la encuesta en línea",
					       "el mapa de actores (versión preliminar)"};
	static const char *const places[] = {
		"con las prefecturas de Bolívar y Cañar",
		"ante las delegaciones presentes",
		"durante el trimestre",
		"junto a las universidades, los colegios y los gremios",
		"según el calendario vigente",
		"con apoyo de la cooperación"};
	strbuf_adds(out, PICK(made, subjects));
	strbuf_addch(out, ' ');
	strbuf_adds(out, PICK(made, places));
	if (pick(made, 3) == 0) {
		strbuf_addch(out, ' ');
		strbuf_adds(out, PICK(made, places));
	}
	strbuf_addch(out, '.');
}

static struct paragraph make_paragraph(struct made *made)
{
	static const char *const verbs[] = {"expone", "detalla", "comenta", "resume", "muestra"};
	static const char *const links[] = {"Además detalla", "Luego repasa", "También describe",
					    "Más tarde analizó", "Con ese fin comparte"};
	struct paragraph paragraph;
	struct strbuf text;
	strbuf_init(&text);
	paragraph.speaker = members[pick(made, made->members)];
	strbuf_addf(&text, "%s%s %s ", pick(made, 4) ? "" : "El ", paragraph.speaker,
		    PICK(made, verbs));
	add_sentence(made, &text);
	for (int more = pick(made, 3); more > 0; more--) {
		strbuf_addf(&text, " %s ", PICK(made, links));
		add_sentence(made, &text);
	}
	paragraph.text = strbuf_detach(&text);
	return paragraph;
}

static void add_point(struct made *made, int number, int sub)
{
	struct point *point = vector_add(&made->points);
	struct strbuf title;
	strbuf_init(&title);
	add_title(made, &title);
	point->title = strbuf_detach(&title);
	point->is_sub = sub > 0;
	if (sub)
		snprintf(point->label, sizeof(point->label), "%d.%c", number % 100,
			 'a' + (sub - 1) % 26);
	else
		snprintf(point->label, sizeof(point->label), "%d", number % 100);
	for (int count = 1 + pick(made, 4); count > 0; count--)
		vector_push(&point->paragraphs, make_paragraph(made));
}

static void make(struct made *made, uint32_t seed)
{
	*made = (struct made){.seed = seed * 2654435761u + 1};
	int points = 1 + pick(made, 20);
	snprintf(made->number, sizeof(made->number), "AM-%d-%02d", 2021 + pick(made, 8),
		 1 + pick(made, 12));
	made->date = (struct civil_date){2021 + pick(made, 8), 1 + pick(made, 12),
					 1 + pick(made, 28)};
	made->members = 3 + pick(made, (int)ARRAY_COUNT(members) - 3);
	made->has_observers = pick(made, 2);
	made->has_signatures = pick(made, 3) > 0;
	made->has_annexes = pick(made, 2);
	for (int number = 1; number <= points; number++) {
		add_point(made, number, 0);
		for (int sub = 1, subs = pick(made, 4) ? 0 : 1 + pick(made, 6); sub <= subs; sub++)
			add_point(made, number, sub);
	}
}

static void release(struct made *made)
{
	for (size_t i = 0; i < made->points.count; i++) {
		struct point *point = &made->points.items[i];
		for (size_t k = 0; k < point->paragraphs.count; k++)
			free(point->paragraphs.items[k].text);
		vector_release(&point->paragraphs);
		free(point->title);
	}
	vector_release(&made->points);
}

/* ---- printing: cells are given, layouts differ */

struct printer;

struct layout {
	const char *name;
	/* One table row: heading and paragraphs, either may be empty. */
	void (*row)(struct printer *printer, const char *left, const char *const *texts,
		    size_t count);
	int left, gap, right; /* widths of printed columns */
	int blank;	      /* empty lines between rows and paragraphs */
	int page;	      /* lines of a page; 0: no pages */
};

struct printer {
	const struct layout *layout;
	struct strbuf *out;
	int lines, pages;
};

static void end_line(struct printer *printer)
{
	const struct layout *layout = printer->layout;
	strbuf_addch(printer->out, '\n');
	if (!layout->page || ++printer->lines % layout->page)
		return;
	printer->pages++;
	strbuf_addf(printer->out, "\n%*sPágina %d de 9\n\f", layout->left, "", printer->pages);
}

static void row_with_tabs(struct printer *printer, const char *left, const char *const *texts,
			  size_t count)
{
	strbuf_adds(printer->out, left);
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(printer->out, "\t%s", texts[i]);
		end_line(printer);
	}
	if (!count)
		end_line(printer);
}

/* Cells with several paragraphs, as a word processor pastes a table. */
static void row_pasted(struct printer *printer, const char *left, const char *const *texts,
		       size_t count)
{
	strbuf_addf(printer->out, "%s\t", left);
	for (size_t i = 0; i < count; i++) {
		strbuf_adds(printer->out, texts[i]);
		end_line(printer);
	}
	if (!count)
		end_line(printer);
}

static void row_by_lines(struct printer *printer, const char *left, const char *const *texts,
			 size_t count)
{
	if (*left) {
		strbuf_adds(printer->out, left);
		end_line(printer);
	}
	for (size_t i = 0; i < count; i++) {
		for (int k = 0; k < printer->layout->blank; k++)
			end_line(printer);
		strbuf_adds(printer->out, texts[i]);
		end_line(printer);
	}
	for (int k = 0; k < printer->layout->blank; k++)
		end_line(printer);
}

/* Appends the next line of `*text` within `width` columns, moving past it; returns its columns. */
static int wrap(struct strbuf *out, const char **text, int width)
{
	int used = 0;
	while (**text) {
		size_t length = strcspn(*text, " ");
		char *word = mem_strndup(*text, length);
		int columns = utf8_width(word);
		bool fits = !used || used + 1 + columns <= width;
		if (fits) {
			strbuf_addf(out, "%s%s", used ? " " : "", word);
			used += columns + (used > 0);
			*text += length;
			*text += strspn(*text, " ");
		}
		free(word);
		if (!fits)
			break;
	}
	return used;
}

static void row_in_columns(struct printer *printer, const char *left, const char *const *texts,
			   size_t count)
{
	const struct layout *layout = printer->layout;
	size_t i = 0;
	const char *text = count ? texts[0] : "";
	while (*left || *text || i + 1 < count) {
		int blanks = 0;
		if (!*text && i + 1 < count) {
			text = texts[++i];
			blanks = layout->blank;
		}
		for (int k = 0; k < blanks && !*left; k++)
			end_line(printer);
		int used = wrap(printer->out, &left, layout->left);
		if (*text) {
			strbuf_addf(printer->out, "%*s", layout->left + layout->gap - used, "");
			wrap(printer->out, &text, layout->right);
		}
		end_line(printer);
	}
	for (int k = 0; k < layout->blank; k++)
		end_line(printer);
}

static void row_of_one(struct printer *printer, const char *left, const char *text)
{
	printer->layout->row(printer, left, &text, 1);
}

static void add_members(const struct made *made, struct strbuf *out)
{
	strbuf_adds(out, "Miembros: Sector Público: ");
	for (int i = 0; i < made->members; i++)
		strbuf_addf(out, "%s%s",
			    i == 0		   ? "" :
			    i + 1 == made->members ? " y " :
						     ", ",
			    members[i]);
	strbuf_adds(out, ".");
}

static void print_header(const struct made *made, struct printer *printer)
{
	struct strbuf text;
	const char *rows[2] = {NULL, "Observadores e invitaciones especiales: OPS, PNUD"};
	char title[48];
	strbuf_init(&text);
	snprintf(title, sizeof(title), "Acta Nro. %s", made->number);
	row_of_one(printer, "REUNIÓN GRUPO NÚCLEO", title);
	date_add_local(&text, date_from_civil(made->date.year, made->date.month, made->date.day));
	row_of_one(printer, "Fecha:", text.data);
	row_of_one(printer, "Hora:", "9h00 a 11h30");
	row_of_one(printer, "Lugar:",
		   "Presencial, auditorio del edificio matriz de la Universidad Andina "
		   "(avenida Toledo y Coruña, Quito) y virtual por Zoom");
	strbuf_reset(&text);
	add_members(made, &text);
	rows[0] = text.data;
	printer->layout->row(printer, "Asistentes:", rows, made->has_observers ? 2 : 1);
	strbuf_release(&text);
}

static void print_points(const struct made *made, struct printer *printer)
{
	for (size_t i = 0; i < made->points.count; i++) {
		const struct point *point = &made->points.items[i];
		const char *texts[8];
		struct strbuf heading;
		size_t count = 0;
		strbuf_init(&heading);
		strbuf_addf(&heading, "%s. %s",
			    point->label + (point->is_sub ? strcspn(point->label, ".") + 1 : 0),
			    point->title);
		for (; count < point->paragraphs.count; count++)
			texts[count] = point->paragraphs.items[count].text;
		printer->layout->row(printer, heading.data, texts, count);
		strbuf_release(&heading);
	}
}

static void print(const struct made *made, const struct layout *layout, struct strbuf *out)
{
	struct printer printer = {.layout = layout, .out = out};
	print_header(made, &printer);
	row_of_one(&printer, "Orden del día:", "Resoluciones:");
	print_points(made, &printer);
	row_of_one(&printer, "Elaborado por:", "Dirección de Gobierno Abierto");
	strbuf_adds(out, "\nAnexos:\n");
	if (made->has_annexes)
		strbuf_adds(out, "1. Registro de asistencia\n2. Diapositivas\n");
	if (made->has_signatures)
		strbuf_adds(out, "\n\nMinistra de Gobierno Presidencia de la República Presidencia "
				 "del Grupo "
				 "Núcleo Directora Ejecutiva Fundación Ciudadanía y Desarrollo "
				 "Copresidencia del Grupo Núcleo\n");
}

/* ---- what the reading must be */

static void expect_attendees(const struct made *made, const struct acta *acta)
{
	size_t count = (size_t)made->members + (made->has_observers ? 2 : 0);
	assert_int_equal(acta->attendees.count, count);
	for (size_t i = 0; i < count; i++) {
		const struct acta_attendee *at = &acta->attendees.items[i];
		bool is_member = i < (size_t)made->members;
		assert_int_equal(at->capacity, is_member ? CAPACITY_MEMBER : CAPACITY_OBSERVER);
		assert_int_equal(at->sector, is_member ? SECTOR_PUBLIC : SECTOR_OTHER);
		if (is_member)
			assert_string_equal(at->acronym, members[i]);
	}
}

static void expect_points(const struct made *made, const struct acta *acta)
{
	size_t entry = 0;
	assert_int_equal(acta->items.count, made->points.count);
	for (size_t i = 0; i < made->points.count; i++) {
		const struct point *point = &made->points.items[i];
		assert_string_equal(acta->items.items[i].label, point->label);
		assert_string_equal(acta->items.items[i].title, point->title);
		assert_int_equal(acta->items.items[i].parent >= 0, point->is_sub);
		for (size_t k = 0; k < point->paragraphs.count; k++, entry++) {
			assert_in_range(entry, 0, acta->entries.count - 1);
			assert_int_equal(acta->entries.items[entry].item, i);
			assert_string_equal(acta->entries.items[entry].text,
					    point->paragraphs.items[k].text);
			assert_string_equal(acta->entries.items[entry].speaker,
					    point->paragraphs.items[k].speaker);
		}
	}
	assert_int_equal(acta->entries.count, entry);
}

static void expect(const struct made *made, const struct acta *acta)
{
	assert_string_equal(acta->number, made->number);
	assert_string_equal(acta->group, "Grupo Núcleo");
	assert_int_equal(acta->date,
			 date_from_civil(made->date.year, made->date.month, made->date.day));
	assert_int_equal(acta->starts, 9 * 60);
	assert_int_equal(acta->ends, 11 * 60 + 30);
	assert_true(acta->is_virtual);
	expect_attendees(made, acta);
	expect_points(made, acta);
	assert_string_equal(acta->prepared_by, "Dirección de Gobierno Abierto");
	assert_int_equal(acta->annexes.count, made->has_annexes ? 2 : 0);
	assert_int_equal(acta->signatories.count, made->has_signatures ? 2 : 0);
}

/* ---- layouts and encodings */

static const struct layout layouts[] = {
	{"tabs", row_with_tabs, 0, 0, 0, 0, 0},
	{"pasted table", row_pasted, 0, 0, 0, 0, 0},
	{"lines", row_by_lines, 0, 0, 0, 0, 0},
	{"lines apart", row_by_lines, 0, 0, 0, 1, 0},
	{"columns", row_in_columns, 32, 3, 84, 0, 0},
	{"narrow columns", row_in_columns, 26, 5, 62, 0, 0},
	{"wide columns", row_in_columns, 40, 2, 100, 0, 0},
	{"columns apart", row_in_columns, 30, 6, 78, 1, 0},
	{"columns on pages", row_in_columns, 32, 4, 80, 0, 43},
};

static void to_cp1252_crlf(struct strbuf *text)
{
	struct strbuf bytes;
	const char *at = text->data;
	uint32_t c;
	strbuf_init(&bytes);
	while ((c = utf8_next(&at)) != 0) {
		if (c == '\n')
			strbuf_addch(&bytes, '\r');
		strbuf_addch(&bytes, (char)c);
	}
	strbuf_reset(text);
	strbuf_add(text, bytes.data, bytes.length);
	strbuf_release(&bytes);
}

static void check(const struct made *made, uint32_t seed, const struct layout *layout)
{
	struct strbuf text;
	strbuf_init(&text);
	print(made, layout, &text);
	for (int round = 0; round < 2; round++) {
		struct acta acta;
		struct error err;
		if (acta_read(text.data, text.length, NULL, 0, &acta, &err) != RC_OK)
			fail_msg("seed %u, %s: %s", seed, layout->name, err.text);
		if (getenv("SHOW_LAYOUT"))
			print_message("seed %u, %s\n%s\n", seed, layout->name, text.data);
		expect(made, &acta);
		acta_release(&acta);
		to_cp1252_crlf(&text);
	}
	strbuf_release(&text);
}

enum { ACTAS = 12 };

static void every_layout_reads_the_same(void **state)
{
	const struct layout *layout = *state;
	for (uint32_t seed = 1; seed <= ACTAS; seed++) {
		struct made made;
		make(&made, seed);
		check(&made, seed, layout);
		release(&made);
	}
}

int main(void)
{
	struct CMUnitTest tests[ARRAY_COUNT(layouts)];
	setlocale(LC_ALL, "C.UTF-8");
	for (size_t i = 0; i < ARRAY_COUNT(layouts); i++)
		tests[i] = (struct CMUnitTest){layouts[i].name, every_layout_reads_the_same, NULL,
					       NULL, (void *)(uintptr_t)&layouts[i]};
	return _cmocka_run_group_tests("layouts", tests, ARRAY_COUNT(tests), NULL, NULL);
}
