/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents to text, by the real programs and by stand-ins that behave badly. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/program.h"
#include "nucleo/exchange/acta_reader.h"
#include "nucleo/exchange/document_text.h"
#include "unit/acta_dump.h"
#include "unit/document_files.h"

enum { PATIENCE_MS = 60000 };

/* ---- what a file is */

#define ZIP(name, rest) "PK\3\4" "........................" "\0\0" name rest
#define ENTRY(name) "PK\1\2" ".........................................." name
#define IS(what, bytes, format) {what, bytes, sizeof(bytes) - 1, format}
#define ODF "application/vnd.oasis.opendocument."

static void formats_are_told_by_their_bytes(void **state)
{
	static const struct {
		const char *what, *bytes;
		size_t length;
		enum document_format format;
	} cases[] = {
		IS("nothing", "", DOCUMENT_TEXT),
		IS("an acta", "Acta Nro. AM-2023-05", DOCUMENT_TEXT),
		IS("talk of PDF", "se guarda como PDF-1.4", DOCUMENT_TEXT),
		IS("pdf", "%PDF-1.7\n", DOCUMENT_PDF),
		IS("pdf 2", "%PDF-2.0\n", DOCUMENT_PDF),
		IS("pdf behind a blank", "\r\n%PDF-1.4\n", DOCUMENT_PDF),
		IS("zip", "PK\3\4", DOCUMENT_TEXT),
		IS("zip of pictures", ZIP("a.png", ENTRY("a.png")), DOCUMENT_TEXT),
		IS("docx", ZIP("[Content_Types].xml", ENTRY("word/document.xml")), DOCUMENT_DOCX),
		IS("cut in the entry", ZIP("[Content_Types].xml", "PK\1\2...."), DOCUMENT_TEXT),
		IS("cut in its name", ZIP("[Content_Types].xml", ENTRY("word/docu")),
		   DOCUMENT_TEXT),
		IS("xlsx", ZIP("[Content_Types].xml", ENTRY("xl/workbook.xml")), DOCUMENT_FOREIGN),
		IS("pptx", ZIP("[Content_Types].xml", ENTRY("ppt/presentation.xml")),
		   DOCUMENT_FOREIGN),
		IS("odt", ZIP("mimetype", ODF "text"), DOCUMENT_ODT),
		IS("ods", ZIP("mimetype", ODF "spreadsheet"), DOCUMENT_FOREIGN),
		IS("odp", ZIP("mimetype", ODF "presentation"), DOCUMENT_FOREIGN),
		IS("cut in the type", ZIP("mimetype", ODF "tex"), DOCUMENT_TEXT),
		IS("cut behind mimetype", ZIP("mimetype", ""), DOCUMENT_TEXT),
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		/* A copy of exact size lets the sanitizer see a byte read too many. */
		char *bytes = mem_resize(NULL, cases[i].length, 1);
		memcpy(bytes, cases[i].bytes, cases[i].length);
		enum document_format found = document_format(bytes, cases[i].length);
		if (found != cases[i].format)
			fail_msg("%s: %d", cases[i].what, (int)found);
		free(bytes);
	}
}

/* ---- the real programs */

static void assert_reads(const struct strbuf *document, const char *what)
{
	struct strbuf text;
	struct error err = {0};
	struct acta acta;
	strbuf_init(&text);
	if (document_text(document->data, document->length, PATIENCE_MS, &text, &err) != RC_OK ||
	    acta_read(text.data, text.length, NULL, 0, &acta, &err) != RC_OK)
		fail_msg("%s: %s", what, err.text);
	assert_string_equal(acta.number, "AM-2023-05");
	assert_int_equal(acta.attendees.count, 20);
	assert_int_equal(acta.items.count, 9);
	assert_int_equal(acta.measures.count, 15);
	assert_int_equal(acta.signatories.count, 2);
	assert_string_equal(acta.items.items[1].title,
			    "Avance del Segundo Plan de Acción de Estado Abierto 2022-2024");
	acta_release(&acta);
	strbuf_release(&text);
}

static void an_acta_printed_as_pdf_is_read(void **state)
{
	struct strbuf document;
	(void)state;
	if (!document_has_program("pdftotext"))
		skip();
	strbuf_init(&document);
	document_pdf(document_demo(), &document);
	assert_reads(&document, "pdf");
	strbuf_release(&document);
}

static void an_acta_of_a_word_processor_is_read(void **state)
{
	static const char *const formats[] = {"docx", "odt"};
	struct strbuf html, document;
	(void)state;
	if (!document_has_program("pandoc"))
		skip();
	strbuf_init(&html);
	strbuf_init(&document);
	document_html(document_demo(), &html);
	for (size_t i = 0; i < ARRAY_COUNT(formats); i++) {
		strbuf_reset(&document);
		document_from_html(html.data, formats[i], &document);
		assert_reads(&document, formats[i]);
	}
	strbuf_release(&document);
	strbuf_release(&html);
}

/* Items numbered by the word processor over the rows of a table, bullets, signatures side by side. */
static void numbers_the_word_processor_wrote_are_read(void **state)
{
	static const char *const labels[] = {"1", "2", "3", "3.a"};
	struct strbuf document, text;
	struct error err = {0};
	struct acta acta;
	(void)state;
	if (!document_has_program("pandoc"))
		skip();
	strbuf_init(&document);
	strbuf_init(&text);
	read_source_file("tests/unit/documents/numerada.docx", &document);
	if (document_text(document.data, document.length, PATIENCE_MS, &text, &err) != RC_OK ||
	    acta_read(text.data, text.length, NULL, 0, &acta, &err) != RC_OK)
		fail_msg("%s", err.text);
	assert_int_equal(acta.items.count, ARRAY_COUNT(labels));
	for (size_t i = 0; i < ARRAY_COUNT(labels); i++)
		assert_string_equal(acta.items.items[i].label, labels[i]);
	assert_int_equal(acta.entries.count, 6);
	assert_string_equal(acta.entries.items[3].text, "CNE no ha entregado su reporte.");
	assert_string_equal(acta.entries.items[5].speaker, "FCD");
	assert_int_equal(acta.attendees.count, 6);
	assert_int_equal(acta.signatories.count, 2);
	acta_release(&acta);
	strbuf_release(&document);
	strbuf_release(&text);
}

/* What an HTML page is as DOCX, and that as text. */
static void assert_text(const char *html, const char *expected)
{
	struct strbuf document, text;
	struct error err = {0};
	strbuf_init(&document);
	strbuf_init(&text);
	document_from_html(html, "docx", &document);
	if (document_text(document.data, document.length, PATIENCE_MS, &text, &err) != RC_OK)
		fail_msg("%s", err.text);
	strbuf_trim(&text);
	assert_string_equal(text.data, expected);
	strbuf_release(&document);
	strbuf_release(&text);
}

static void what_is_no_text_in_a_document_is_written_out(void **state)
{
	(void)state;
	if (!document_has_program("pandoc"))
		skip();
	/* Numbers go on over the rows of a table, and so does what stands beside them. */
	assert_text("<table><tr><td><ol><li>Uno</li></ol></td><td><p>a</p><p>b</p></td></tr>"
		    "<tr><td><ol><li>Dos</li></ol></td><td>c</td></tr></table>",
		    "1. Uno\ta\n\tb\n2. Dos\tc");
	/* Text beside an item and its first sub-item belongs to the latter. */
	assert_text("<table><tr><td><p>8. Varios</p><p>a. Curso</p></td><td>Texto</td></tr></table>",
		    "8. Varios\t\na. Curso\tTexto");
	assert_text("<table><tr><td>uno<br>dos</td><td>tres<br>cuatro</td></tr></table>",
		    "uno\ttres\ndos\tcuatro");
	assert_text("<p>Asisten:</p><ul><li>FCD</li><li>AME</li></ul>",
		    "Asisten:\n• FCD\n• AME");
	assert_text("<ol start=\"3\"><li>c<ol type=\"a\"><li>x</li></ol></li><li>d</li></ol>",
		    "3. c\na. x\n4. d");
	assert_text("<h1>Acta <b>Nro.</b> <i>5</i></h1><blockquote><p>a  \n b</p></blockquote>",
		    "Acta Nro. 5\na b");
}

static void a_document_without_text_is_refused(void **state)
{
	struct strbuf document, text;
	struct error err;
	(void)state;
	if (!document_has_program("pdftotext"))
		skip();
	strbuf_init(&document);
	strbuf_init(&text);
	document_pdf_scanned(&document);
	assert_int_equal(document_text(document.data, document.length, PATIENCE_MS, &text, &err),
			 RC_INVALID);
	assert_non_null(strstr(err.text, "escaneado"));
	strbuf_truncate(&document, 300);
	assert_int_equal(document_text(document.data, document.length, PATIENCE_MS, &text, &err),
			 RC_INVALID);
	assert_int_equal(text.length, 0);
	strbuf_release(&document);
	strbuf_release(&text);
}

/* ---- stand-ins */

/* A folder that is all of PATH but for the system's, and what must be the same afterwards. */
struct scene {
	char folder[40];
	char *path;
	int descriptors;
};

static int descriptors(void)
{
	int count = 0;
	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static int scene_make(void **state)
{
	struct scene *scene = mem_alloc_zero(1, sizeof(*scene));
	struct strbuf path;
	snprintf(scene->folder, sizeof(scene->folder), "/tmp/nucleo-doc-XXXXXX");
	assert_non_null(mkdtemp(scene->folder));
	scene->path = mem_strdup(getenv("PATH"));
	scene->descriptors = descriptors();
	strbuf_init(&path);
	strbuf_addf(&path, "%s:%s", scene->folder, scene->path);
	setenv("PATH", path.data, 1);
	strbuf_release(&path);
	*state = scene;
	return 0;
}

/* No descriptor and no child is left, whatever happened. */
static int scene_end(void **state)
{
	struct scene *scene = *state;
	char path[80];
	snprintf(path, sizeof(path), "%s/pdftotext", scene->folder);
	unlink(path);
	assert_int_equal(rmdir(scene->folder), 0);
	setenv("PATH", scene->path, 1);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	assert_int_equal(descriptors(), scene->descriptors);
	free(scene->path);
	free(scene);
	return 0;
}

static void put_program(const struct scene *scene, const char *script, mode_t mode)
{
	char path[80];
	snprintf(path, sizeof(path), "%s/pdftotext", scene->folder);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\n%s\n", script);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

/* Reads a PDF, whatever that is to the stand-in. */
static enum rc try(int patience_ms, struct strbuf *text, struct error *err)
{
	static const char pdf[] = "%PDF-1.4\nhola";
	*err = (struct error){0};
	return document_text(pdf, sizeof(pdf) - 1, patience_ms, text, err);
}

static void assert_fails(const struct scene *scene, const char *script, enum rc rc,
			 const char *says)
{
	struct strbuf text;
	struct error err;
	put_program(scene, script, 0755);
	strbuf_init(&text);
	strbuf_adds(&text, "antes");
	enum rc found = try(PATIENCE_MS, &text, &err);
	if (found != rc || !strstr(err.text, says))
		fail_msg("%s: %d %s", script, (int)found, err.text);
	for (const char *at = err.text; *at; at++)
		assert_true((unsigned char)*at >= ' ' && *at != 0x7f);
	assert_string_equal(text.data, "antes");
	strbuf_release(&text);
}

static void what_it_says_is_taken(void **state)
{
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	put_program(*state,
		    "cat; echo; echo \"$@\"; echo \"$LC_ALL\"; [ -z \"$LANGUAGE\" ] && echo limpio; "
		    "echo aviso >&2",
		    0755);
	setenv("LC_ALL", "es_EC.UTF-8", 1);
	setenv("LANGUAGE", "es", 1);
	enum rc rc = try(PATIENCE_MS, &text, &err);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "", 1);
	assert_int_equal(rc, RC_OK);
	assert_string_equal(text.data,
			    "%PDF-1.4\nhola\n-layout -enc UTF-8 - -\nC.UTF-8\nlimpio\n");
	strbuf_release(&text);
}

static void failures_are_told(void **state)
{
	assert_fails(*state, "exit 1", RC_INVALID, "no dijo por qué");
	assert_fails(*state, "echo 'a\n\tb\033[31m\302\233' >&2; printf '\\377' >&2; exit 3", RC_INVALID,
		     "(a  b[31m");
	assert_fails(*state, "echo 'Command Line Error: Incorrect password' >&2; exit 1",
		     RC_INVALID, "contraseña");
	assert_fails(*state, "echo 'Unknown option --sandbox.' >&2; exit 6", RC_INVALID, "antiguo");
	assert_fails(*state, "kill -SEGV $$", RC_INVALID, "dañado");
	assert_fails(*state, "exit 0", RC_INVALID, "escaneado");
	assert_fails(*state, "printf ' \\n\\f\\n'", RC_INVALID, "escaneado");
	assert_fails(*state, "yes hola | head -c 10485760", RC_INVALID, "4 MiB");
	assert_fails(*state, "yes hola", RC_INVALID, "4 MiB");
	assert_fails(*state, "yes hola | head -c 10485760 >&2; exit 1", RC_INVALID, "hola");
}

static void without_the_program_its_package_is_named(void **state)
{
	struct scene *scene = *state;
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	setenv("PATH", scene->folder, 1);
	assert_int_equal(try(PATIENCE_MS, &text, &err), RC_NOT_FOUND);
	assert_non_null(strstr(err.text, "poppler-utils"));
	const char odt[] = ZIP("mimetype", ODF "text");
	assert_int_equal(document_text(odt, sizeof(odt) - 1, PATIENCE_MS, &text, &err),
			 RC_NOT_FOUND);
	assert_non_null(strstr(err.text, "pandoc"));
	/* There, but nothing that can be run. */
	put_program(scene, "exit 0", 0644);
	assert_int_equal(try(PATIENCE_MS, &text, &err), RC_IO);
	assert_non_null(strstr(err.text, "pdftotext"));
	assert_int_equal(text.length, 0);
	strbuf_release(&text);
}

/* Nothing about time but that it comes back, long before what it waits for would. */
static void what_hangs_is_ended_with_all_it_started(void **state)
{
	static const char *const scripts[] = {
		"sleep 1000",			 /* says nothing */
		"echo algo; sleep 1000 & exit 0", /* leaves somebody at its output */
		"exec >&- 2>&-; sleep 1000",	 /* closes its output and stays */
		"trap '' TERM INT HUP; while :; do sleep 1000; done",
	};
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	for (size_t i = 0; i < ARRAY_COUNT(scripts); i++) {
		put_program(*state, scripts[i], 0755);
		if (try(300, &text, &err) != RC_INVALID || !strstr(err.text, "no terminó"))
			fail_msg("%s: %s", scripts[i], err.text);
		assert_int_equal(text.length, 0);
	}
	strbuf_release(&text);
}

static void memory_has_an_end(void **state)
{
	/* Doubles a text up to 256 MiB. */
	static const char *const words[] = {
		"awk", "BEGIN { x = \"xxxxxxxx\"; while (i++ < 25) x = x x; print \"done\" }", NULL};
	const struct program program = {.words = words,
					.input = "",
					.output_max = 1000,
					.memory_max = 32 << 20,
					.patience_ms = PATIENCE_MS};
	struct program_result result;
	struct strbuf out;
	struct error err;
	(void)state;
	strbuf_init(&out);
	assert_int_equal(program_run(&program, &out, &result, &err), RC_OK);
	assert_int_equal(result.end, PROGRAM_FAILED);
	strbuf_release(&out);
}

static void a_request_to_end_ends_it(void **state)
{
	struct interrupt interrupt;
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	put_program(*state, "kill -INT $PPID; sleep 1000", 0755);
	interrupt_hold(&interrupt);
	assert_int_equal(try(PATIENCE_MS, &text, &err), RC_REFUSED);
	assert_true(interrupt_is_pending());
	interrupt_release(&interrupt);
	assert_false(interrupt_is_pending());
	assert_int_equal(text.length, 0);
	strbuf_release(&text);
}

/* As a daemon or a shell may leave them to us. */
static void ignored_signals_change_nothing(void **state)
{
	struct interrupt interrupt;
	struct strbuf text;
	struct error err;
	strbuf_init(&text);
	put_program(*state, "kill -INT $PPID; yes | head -n 1; exit 0", 0755);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	interrupt_hold(&interrupt);
	assert_int_equal(try(PATIENCE_MS, &text, &err), RC_OK);
	assert_string_equal(text.data, "y\n");
	assert_false(interrupt_is_pending());
	interrupt_release(&interrupt);
	assert_fails(*state, "exit 1", RC_INVALID, "dañado");
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	strbuf_release(&text);
}

/* At each of the descriptors it needs. */
static void without_descriptors_it_says_so(void **state)
{
	struct rlimit usual, tight;
	struct strbuf text;
	struct error err;
	int failures = 0;
	strbuf_init(&text);
	put_program(*state, "echo hola", 0755);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	for (rlim_t more = 0; more < 12; more++) {
		tight = (struct rlimit){.rlim_cur = (rlim_t)descriptors() + more,
					.rlim_max = usual.rlim_max};
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
		enum rc rc = try(PATIENCE_MS, &text, &err);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
		failures += rc == RC_IO;
		if (rc == RC_IO)
			assert_int_equal(text.length, 0);
		strbuf_reset(&text);
	}
	assert_true(failures >= 3);
	strbuf_release(&text);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_make, scene_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_told_by_their_bytes),
		cmocka_unit_test(an_acta_printed_as_pdf_is_read),
		cmocka_unit_test(an_acta_of_a_word_processor_is_read),
		cmocka_unit_test(numbers_the_word_processor_wrote_are_read),
		cmocka_unit_test(what_is_no_text_in_a_document_is_written_out),
		cmocka_unit_test(a_document_without_text_is_refused),
		SCENE(what_it_says_is_taken),
		SCENE(failures_are_told),
		SCENE(without_the_program_its_package_is_named),
		SCENE(what_hangs_is_ended_with_all_it_started),
		cmocka_unit_test(memory_has_an_end),
		SCENE(a_request_to_end_ends_it),
		SCENE(ignored_signals_change_nothing),
		SCENE(without_descriptors_it_says_so),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
