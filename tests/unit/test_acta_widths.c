/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An acta printed in two columns, as wide as paper ever has them: wherever the margin breaks a
 * sentence it is one sentence. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/document_text.h"
#include "unit/document_files.h"

enum { LEFT = 26, NARROWEST = 40, WIDEST = 100, PDF_WIDEST = 68, PATIENCE_MS = 60000 };

static const char invented[] =
	"FORO DE LECTURA\tActa Nro. AM-2022-07\n"
	"Fecha:\t14/09/2022\n"
	"Hora:\t09h00 a 10h30\n"
	"Lugar:\tBiblioteca municipal\n"
	"Asistentes:\tMiembros: Sector Público: DPE, AME. OSC: FCD. Academia: UTPL.\n"
	"Orden del día:\tResoluciones:\n"
	"1. Apertura\tDPE da la bienvenida a las instituciones que asisten y lee el orden del día.\n"
	"\tLos asistentes lo aprueban por consenso, sin cambios ni observaciones de nadie.\n"
	"2. Programa\tFCD presenta ante el foro el Programa de Lectura Abierta: Huertos y "
	"Mapas, un ciclo gratuito dirigido a las bibliotecas de los barrios y a quienes las cuidan.\n"
	"\tAME registra en la presente reunión los siguientes avances: C1 (20%), C2 (5%), C3 "
	"(0%) y C4 (12%), según informaron las instituciones que responden por cada uno.\n"
	"3. Aportes\tSe recogen los aportes:\n"
	"\tFCD propone publicar el calendario del ciclo en la página del foro.\n"
	"\tUTPL ofrece un aula para el taller que falta y pide confirmar la fecha.\n"
	"Elaborado por:\tSecretaría Técnica\n";

/* ---- printing */

static size_t fitting(const char *text, size_t most)
{
	size_t cut = 0, count = 0;
	const char *at = text;
	while (*at && count <= most) {
		if (*at == ' ')
			cut = (size_t)(at - text);
		utf8_next(&at);
		count++;
	}
	return count <= most || !cut ? (size_t)(at - text) : cut;
}

static void print_cell(const char **text, size_t most, struct strbuf *out)
{
	size_t length = fitting(*text, most);
	strbuf_add(out, *text, length);
	*text += length;
	*text += strspn(*text, " \t");
}

static void print_row(const char *left, const char *right, size_t width, struct strbuf *out)
{
	do {
		size_t before = out->length;
		print_cell(&left, LEFT, out);
		if (*right)
			for (int used = utf8_width(out->data + before); used < LEFT + 4; used++)
				strbuf_addch(out, ' ');
		print_cell(&right, width, out);
		strbuf_addch(out, '\n');
	} while (*left || *right);
}

/* As pdftotext lays it out. */
static void print_columns(const char *text, size_t width, struct strbuf *out)
{
	while (*text) {
		size_t length = strcspn(text, "\n"), left = strcspn(text, "\t\n");
		char *first = mem_strndup(text, left), *second = mem_strndup(text + left, length - left);
		const char *right = second + strspn(second, "\t ");
		print_row(left < length ? first : "", left < length ? right : first,
			  left < length ? width : width + LEFT, out);
		free(first);
		free(second);
		text += length + (text[length] == '\n');
	}
}

/* ---- reading */

static void read_text(const struct strbuf *text, size_t width, struct acta *acta)
{
	struct error err;
	if (acta_read(text->data, text->length, NULL, 0, acta, &err) != RC_OK)
		fail_msg("%zu: %s", width, err.text);
}

static void read_columns(const char *text, size_t width, struct acta *acta)
{
	struct strbuf columns;
	strbuf_init(&columns);
	print_columns(text, width, &columns);
	read_text(&columns, width, acta);
	strbuf_release(&columns);
}

static void read_pdf(const char *text, size_t width, struct acta *acta)
{
	struct strbuf pdf, columns;
	struct error err;
	strbuf_init(&pdf);
	strbuf_init(&columns);
	document_pdf_narrow(text, width, &pdf);
	if (document_text(pdf.data, pdf.length, PATIENCE_MS, &columns, &err) != RC_OK)
		fail_msg("%zu: %s", width, err.text);
	read_text(&columns, width, acta);
	strbuf_release(&pdf);
	strbuf_release(&columns);
}

static const struct acta_entry *entry_with(const struct acta *acta, const char *part)
{
	for (size_t i = 0; i < acta->entries.count; i++)
		if (strstr(acta->entries.items[i].text, part))
			return &acta->entries.items[i];
	return NULL;
}

static void assert_entry(const struct acta *acta, const char *part, const char *speaker, int item,
			 size_t width)
{
	const struct acta_entry *entry = entry_with(acta, part);
	if (!entry || entry->item != item || !entry->speaker ||
	    strcmp(entry->speaker, speaker) != 0)
		fail_msg("%zu: no «%s» of %s under %d", width, part, speaker, item);
}

static void assert_invented(const struct acta *acta, size_t width)
{
	assert_entry(acta, "Programa de Lectura Abierta: Huertos y Mapas", "FCD", 1, width);
	assert_entry(acta, "avances: C1 (20%), C2 (5%), C3", "AME", 1, width);
	/* What a colon announces may be a paragraph of its own. */
	assert_entry(acta, "FCD propone", "FCD", 2, width);
	if (entry_with(acta, "aportes: FCD"))
		fail_msg("%zu: joined behind the colon", width);
}

/* Each paragraph that has a colon inside has what follows it too. */
static void assert_colons(const struct acta *acta, size_t width)
{
	for (size_t i = 0; i < acta->entries.count; i++) {
		const char *text = acta->entries.items[i].text;
		if (*text && text[strlen(text) - 1] == ':')
			fail_msg("%zu: «%s»", width, text);
	}
}

/* ---- tests */

static void in_any_width(void **state)
{
	(void)state;
	for (size_t width = NARROWEST; width <= WIDEST; width++) {
		struct acta acta;
		read_columns(invented, width, &acta);
		assert_invented(&acta, width);
		acta_release(&acta);
	}
}

static void printed_as_pdf(void **state)
{
	(void)state;
	if (!document_has_program("pdftotext"))
		skip();
	for (size_t width = NARROWEST; width <= PDF_WIDEST; width += 4) {
		struct acta acta;
		read_pdf(invented, width, &acta);
		assert_invented(&acta, width);
		acta_release(&acta);
	}
}

static void the_published_acta(void **state)
{
	struct strbuf path, text;
	struct error err;
	const char *top = getenv("top_srcdir");
	(void)state;
	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "%s/../shared/seed/AM-2023-05.txt", top ? top : ".");
	bool found = file_read(path.data, ACTA_MAX_BYTES, &text, &err) == RC_OK;
	for (size_t width = NARROWEST; found && width <= WIDEST; width++) {
		struct acta acta;
		read_columns(text.data, width, &acta);
		assert_colons(&acta, width);
		assert_int_equal(acta.measures.count, 15);
		acta_release(&acta);
	}
	strbuf_release(&path);
	strbuf_release(&text);
	if (!found)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_any_width),
		cmocka_unit_test(printed_as_pdf),
		cmocka_unit_test(the_published_acta),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
