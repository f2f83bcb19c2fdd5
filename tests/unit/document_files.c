/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "unit/document_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/program.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/demo_data.h"

bool document_has_program(const char *name)
{
	const char *const words[] = {"sh", "-c", "command -v \"$0\" >/dev/null", name, NULL};
	const struct program program = {
		.words = words, .input = "", .output_max = 1000,
		.memory_max = 1 << 28, .patience_ms = 20000};
	struct program_result result;
	struct strbuf out;
	struct error err;
	strbuf_init(&out);
	assert_int_equal(program_run(&program, &out, &result, &err), RC_OK);
	strbuf_release(&out);
	if (result.end != PROGRAM_DONE)
		print_message("skipped: %s is not installed\n", name);
	return result.end == PROGRAM_DONE;
}

const char *document_demo(void)
{
	for (int i = 0; i < demo_file_count; i++)
		if (strcmp(demo_files[i].name, "AM-2023-05.txt") == 0)
			return demo_files[i].text;
	fail_msg("the demonstration has no acta");
	return NULL;
}

/* ---- PDF */

/* Courier of 8 points is 4.8 points wide. */
enum { LEFT_X = 40, RIGHT_X = 210, LEFT_MAX = 32, RIGHT_MAX = 68, TOP_Y = 800, BOTTOM_Y = 40,
       LINE_HEIGHT = 11 };

struct printer {
	struct strbuf pages[8]; /* what is drawn on each */
	int page, y;
	size_t right_max;
};

/* One cell's next line, taken off `*text`, drawn at (x, y). */
static void print_line(struct printer *printer, int x, size_t most, const char **text)
{
	struct strbuf *out = &printer->pages[printer->page];
	size_t cut = 0, count = 0;
	for (const char *at = *text; *at && count <= most; count++) {
		if (*at == ' ')
			cut = (size_t)(at - *text);
		utf8_next(&at);
		if (!*at && count < most)
			cut = (size_t)(at - *text);
	}
	const char *end = *text + cut;
	strbuf_addf(out, "BT /F 8 Tf %d %d Td (", x, printer->y);
	while (*text < end) {
		uint32_t c = utf8_next(text);
		assert_true(c < 0x100);
		strbuf_addf(out, strchr("()\\", (int)c) ? "\\%c" : "%c", (int)c);
	}
	strbuf_adds(out, ") Tj ET\n");
	*text += strspn(*text, " ");
}

static void print_row(struct printer *printer, const char *left, const char *right)
{
	size_t left_max = *right ? LEFT_MAX : printer->right_max;
	do {
		if (printer->y < BOTTOM_Y) {
			printer->page++;
			printer->y = TOP_Y;
		}
		if (*left)
			print_line(printer, LEFT_X, left_max, &left);
		if (*right)
			print_line(printer, RIGHT_X, printer->right_max, &right);
		printer->y -= LINE_HEIGHT;
	} while (*left || *right);
}

/* Objects 1 to 3 are what every PDF has, then two for each page. */
static void add_objects(const struct printer *printer, int count, struct strbuf *out,
			size_t *offsets)
{
	int number = 1;
	offsets[number++] = out->length;
	strbuf_adds(out, "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
	offsets[number++] = out->length;
	strbuf_addf(out, "2 0 obj <</Type/Pages/Count %d/Kids[", count);
	for (int i = 0; i < count; i++)
		strbuf_addf(out, "%d 0 R ", 4 + 2 * i);
	strbuf_adds(out, "]>> endobj\n");
	offsets[number++] = out->length;
	strbuf_adds(out, "3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Courier"
			 "/Encoding/WinAnsiEncoding>> endobj\n");
	for (int i = 0; i < count; i++) {
		offsets[number] = out->length;
		strbuf_addf(out,
			    "%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
			    "/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>> endobj\n",
			    number, number + 1);
		number++;
		offsets[number] = out->length;
		strbuf_addf(out, "%d 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n", number,
			    printer->pages[i].length, printer->pages[i].data);
		number++;
	}
}

static void add_pdf(const struct printer *printer, struct strbuf *out)
{
	size_t offsets[3 + 2 * ARRAY_COUNT(printer->pages) + 1];
	int count = printer->page + 1, objects = 3 + 2 * count;
	strbuf_adds(out, "%PDF-1.4\n");
	add_objects(printer, count, out, offsets);
	size_t table = out->length;
	strbuf_addf(out, "xref\n0 %d\n0000000000 65535 f \n", objects + 1);
	for (int i = 1; i <= objects; i++)
		strbuf_addf(out, "%010zu 00000 n \n", offsets[i]);
	strbuf_addf(out, "trailer <</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", objects + 1,
		    table);
}

static void print_text(struct printer *printer, const char *text)
{
	char *copy = mem_strdup(text), *line = copy;
	while (*line) {
		char *end = line + strcspn(line, "\n"), *next = end + (*end == '\n');
		*end = '\0';
		char *tab = strchr(line, '\t');
		if (tab)
			*tab++ = '\0';
		print_row(printer, line, tab ? tab : "");
		line = next;
	}
	free(copy);
}

void document_pdf(const char *text, struct strbuf *out)
{
	document_pdf_narrow(text, RIGHT_MAX, out);
}

void document_pdf_narrow(const char *text, size_t columns, struct strbuf *out)
{
	struct printer printer = {.y = TOP_Y, .right_max = columns};
	for (size_t i = 0; i < ARRAY_COUNT(printer.pages); i++)
		strbuf_init(&printer.pages[i]);
	print_text(&printer, text);
	add_pdf(&printer, out);
	for (size_t i = 0; i < ARRAY_COUNT(printer.pages); i++)
		strbuf_release(&printer.pages[i]);
}

void document_pdf_scanned(struct strbuf *out)
{
	document_pdf("", out);
}

/* ---- HTML, and what pandoc makes of it */

static void add_escaped(struct strbuf *out, const char *text, size_t length)
{
	for (; length; text++, length--)
		if (*text == '&' || *text == '<')
			strbuf_adds(out, *text == '&' ? "&amp;" : "&lt;");
		else
			strbuf_addch(out, *text);
}

/* A row goes on while the left cell is empty; the agenda has a table of its own. */
static void add_html_line(struct strbuf *out, const char *line, size_t length, bool *in_table)
{
	const char *tab = memchr(line, '\t', length);
	if (*in_table && tab != line)
		strbuf_adds(out, "</td></tr>\n");
	if (*in_table && (!tab || strncmp(line, "Orden", 5) == 0)) {
		strbuf_adds(out, "</table>\n");
		*in_table = false;
	}
	if (tab && !*in_table)
		strbuf_adds(out, "<table>\n");
	*in_table = tab != NULL;
	if (tab && tab != line) {
		strbuf_adds(out, "<tr><td><p>");
		add_escaped(out, line, (size_t)(tab - line));
		strbuf_adds(out, "</p></td><td>");
	}
	const char *text = tab ? tab + 1 : line;
	strbuf_adds(out, "<p>");
	add_escaped(out, text, length - (size_t)(text - line));
	strbuf_adds(out, "</p>\n");
}

void document_html(const char *text, struct strbuf *out)
{
	bool in_table = false;
	while (*text) {
		size_t length = strcspn(text, "\n");
		add_html_line(out, text, length, &in_table);
		text += length + (text[length] == '\n');
	}
}

void document_from_html(const char *html, const char *to, struct strbuf *out)
{
	char format[32];
	snprintf(format, sizeof(format), "--to=%s", to);
	const char *const words[] = {"pandoc", "--from=html", format, "--output=-", NULL};
	const struct program program = {.words = words,
					.input = html,
					.input_length = strlen(html),
					.output_max = 1 << 20,
					.memory_max = 1 << 30,
					.patience_ms = 60000};
	struct program_result result;
	struct error err;
	assert_int_equal(program_run(&program, out, &result, &err), RC_OK);
	if (result.end != PROGRAM_DONE)
		fail_msg("pandoc: %s", result.complaint);
}
