/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nucleo import acta of documents and of several files, as people and scripts see it. */
#include "store/cli_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "ui/pty_session.h"
#include "unit/document_files.h"

static char *put_pdf(const struct home *home, const char *name)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	document_pdf(document_demo(), &bytes);
	char *path = put_bytes(home, name, bytes.data, bytes.length);
	strbuf_release(&bytes);
	return path;
}

static char *put_from_html(const struct home *home, const char *name, const char *format)
{
	struct strbuf html, bytes;
	strbuf_init(&html);
	strbuf_init(&bytes);
	document_html(document_demo(), &html);
	document_from_html(html.data, format, &bytes);
	char *path = put_bytes(home, name, bytes.data, bytes.length);
	strbuf_release(&bytes);
	strbuf_release(&html);
	return path;
}

/* A program of that name, before all others; gives the PATH it had. */
static char *put_program(const struct home *home, const char *name, const char *script)
{
	char *path = put_text(home, name, script), *before = mem_strdup(getenv("PATH"));
	struct strbuf first;
	assert_int_equal(chmod(path, 0755), 0);
	strbuf_init(&first);
	strbuf_addf(&first, "%s:%s", home->folder, before);
	setenv("PATH", first.data, 1);
	strbuf_release(&first);
	free(path);
	return before;
}

static void restore_path(char *before)
{
	setenv("PATH", before, 1);
	free(before);
}

/* The same acta as text, PDF, DOCX and ODT: the reading differs in nothing. */
static void one_acta_in_four_formats_is_one_acta(void **state)
{
	struct home *home = *state;
	if (!document_has_program("pdftotext") || !document_has_program("pandoc"))
		skip();
	char *files[] = {
		put_text(home, "acta.txt", document_demo()),
		put_pdf(home, "acta.pdf"),
		put_from_html(home, "acta.docx", "docx"),
		put_from_html(home, "acta.odt", "odt"),
	};
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "import", "acta", "--json", files[0], files[1], files[2], files[3]);
	assert_json(home, "$[0].outcome", "new");
	for (int i = 1; i < 4; i++) {
		char path[40];
		snprintf(path, sizeof(path), "$[%d].outcome", i);
		assert_json(home, path, "updated");
		/* What changed is the document it was read from. */
		snprintf(path, sizeof(path), "$[%d].changed", i);
		assert_json(home, path, "1");
		snprintf(path, sizeof(path), "$[%d].added", i);
		assert_json(home, path, "0");
		snprintf(path, sizeof(path), "$[%d].removed", i);
		assert_json(home, path, "0");
	}
	assert_err(home, "4 de 4 archivos leídos, 1 nuevo, 3 corregidos");
	EXPECT(home, 0, "import", "acta", files[3]);
	assert_out(home, "ya se importó");
	for (size_t i = 0; i < ARRAY_COUNT(files); i++)
		free(files[i]);
}

static void a_document_that_is_no_acta_says_what_is_not_read(void **state)
{
	struct home *home = *state;
	struct strbuf bytes;
	if (!document_has_program("pandoc"))
		skip();
	strbuf_init(&bytes);
	document_from_html("<p>Fecha: 17/11/2023</p><p>Orden del día</p>", "odt", &bytes);
	char *path = put_bytes(home, "carta.odt", bytes.data, bytes.length);
	EXPECT(home, 0, "init");
	EXPECT(home, 1, "import", "acta", path);
	assert_err(home, "falta su número");
	assert_err(home, "encabezados de página");
	strbuf_release(&bytes);
	free(path);
}

/* The digest is the file's: what the program makes of it does not matter. */
static void the_same_document_changes_nothing(void **state)
{
	struct home *home = *state;
	struct strbuf script;
	strbuf_init(&script);
	char *text = put_text(home, "texto", document_demo());
	char *pdf = put_text(home, "acta.pdf", "%PDF-1.4\n");
	strbuf_addf(&script, "#!/bin/sh\ncat '%s'\n", text);
	char *before = put_program(home, "pdftotext", script.data);
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "import", "acta", "--dry-run", pdf);
	assert_out(home, "ensayo");
	EXPECT(home, 0, "import", "acta", pdf);
	assert_out(home, "guardado: 157 filas nuevas");
	free(put_text(home, "texto", "Acta Nro. AM-2023-05\nFecha: 17/11/2023\nOrden del día:\n1. A\n"));
	EXPECT(home, 0, "import", "acta", pdf);
	assert_out(home, "ya se importó");
	restore_path(before);
	strbuf_release(&script);
	free(text);
	free(pdf);
}

/* Names are only opened, never given to anybody. */
static void any_name_is_a_name(void **state)
{
	static const char *const names[] = {"-x", "-", "--help", "a b\nc;$(false) 'd'.docx", "x.txt"};
	struct home *home = *state;
	if (!document_has_program("pdftotext"))
		skip();
	char *here = getcwd(NULL, 0);
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		free(put_pdf(home, names[i]));
	EXPECT(home, 0, "init");
	char *top = realpath(getenv("top_builddir"), NULL);
	setenv("top_builddir", top, 1);
	assert_int_equal(chdir(home->folder), 0);
	EXPECT(home, 0, "import", "acta", "--json", "--", names[0], names[1], names[2], names[3],
	       names[4]);
	assert_int_equal(chdir(here), 0);
	assert_json(home, "$[4].outcome", "unchanged");
	assert_err(home, "5 de 5 archivos leídos, 1 nuevo, 4 sin cambios");
	free(top);
	free(here);
}

static void what_cannot_be_read_says_what_to_do(void **state)
{
	static const struct {
		const char *name, *bytes, *says;
	} cases[] = {
		{"viejo.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "guárdelo sin contraseña como DOCX"},
		{"acta.rtf", "{\\rtf1 Acta}", "guárdelo como DOCX o PDF"},
		{"foto.pdf", "\x89PNG\r\n", "es una imagen"},
		{"roto.pdf", "%PDF-1.4\nnada", "guárdelo de nuevo"},
	};
	struct home *home = *state;
	if (!document_has_program("pdftotext"))
		skip();
	EXPECT(home, 0, "init");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char *path = put_text(home, cases[i].name, cases[i].bytes);
		EXPECT(home, 1, "import", "acta", path);
		assert_err(home, cases[i].name);
		assert_err(home, cases[i].says);
		assert_string_equal(home->out.data, "");
		free(path);
	}
	EXPECT(home, 1, "import", "acta", home->folder);
	assert_err(home, "carpeta");
}

static void a_summary_names_what_failed(void **state)
{
	struct home *home = *state;
	char *good = put_text(home, "bien.txt", document_demo());
	char *bad = put_text(home, "mal\033[31m.txt", "nada\n");
	EXPECT(home, 0, "init");
	EXPECT(home, 1, "import", "acta", good, bad, good, "/nonexistent");
	assert_out(home, "\n2 de 4 archivos leídos, 1 nuevo, 1 sin cambios, 2 con error\n");
	assert_err(home, "2 de 4 archivos no se importaron: ");
	assert_err(home, "mal[31m.txt, /nonexistent");
	assert_null(strchr(home->err.data, '\r'));
	EXPECT(home, 0, "import", "acta", "--dry-run", good, good);
	assert_out(home, "2 de 2 archivos leídos, 2 sin cambios (ensayo: no se guardó nada)");
	EXPECT(home, 0, "import", "acta", good);
	assert_null(strstr(home->out.data, "leído"));
	free(good);
	free(bad);
}

/* ---- on a terminal */

struct invocation {
	struct home *home;
	const char *const *words;
};

static void exec_program(void *context)
{
	const struct invocation *invocation = context;
	char path[4096], *words[WORDS_MAX + 2] = {(char *)(uintptr_t)"nucleo"};
	snprintf(path, sizeof(path), "%s/nucleo", getenv("top_builddir"));
	for (int i = 0; invocation->words[i] && i < WORDS_MAX; i++)
		words[i + 1] = (char *)(uintptr_t)invocation->words[i];
	execv(path, words);
	_exit(127);
}

/* `ask` as a stand-in for pdftotext: waits until the file "sigue" is there. */
static char *put_waiting_program(const struct home *home, const char *text)
{
	struct strbuf script;
	strbuf_init(&script);
	strbuf_addf(&script,
		    "#!/bin/sh\nwhile [ ! -e '%s/sigue' ]; do sleep 0.02; done\ncat '%s'\n",
		    home->folder, text);
	char *before = put_program(home, "pdftotext", script.data);
	strbuf_release(&script);
	return before;
}

static void a_terminal_shows_how_far_it_is(void **state)
{
	struct home *home = *state;
	struct pty_session session;
	char *text = put_text(home, "texto", document_demo());
	char *slow = put_text(home, "lenta con un nombre largo de verdad, más que la pantalla.pdf",
			      "%PDF-1.4\n");
	char *before = put_waiting_program(home, text);
	EXPECT(home, 0, "init");
	const char *const words[] = {"import", "acta", text, slow, NULL};
	pty_start(&session, 24, 60, exec_program, &(struct invocation){home, words});
	pty_expect(&session, "██████······ 2/2 lenta con un nombre larg… · Ctrl-C detiene");
	free(put_text(home, "sigue", ""));
	assert_int_equal(pty_finish(&session), 0);
	pty_expect(&session, "2 de 2 archivos leídos, 1 nuevo, 1 corregido");
	/* Nothing of the bar is left among the reports. */
	for (int row = 0; row < 24; row++) {
		pty_row(&session, row, &home->out);
		assert_null(strstr(home->out.data, "██"));
		assert_null(strstr(home->out.data, "Ctrl-C"));
	}
	pty_stop(&session);
	restore_path(before);
	free(text);
	free(slow);
}

static void ctrl_c_keeps_what_was_imported(void **state)
{
	struct home *home = *state;
	struct pty_session session;
	char *text = put_text(home, "texto", document_demo());
	char *slow = put_text(home, "lenta.pdf", "%PDF-1.4\n");
	char *before = put_waiting_program(home, text);
	EXPECT(home, 0, "init");
	const char *const words[] = {"import", "acta", text, slow, text, text, NULL};
	pty_start(&session, 24, 80, exec_program, &(struct invocation){home, words});
	pty_expect(&session, "2/4 lenta.pdf");
	pty_send(&session, "\003");
	int status = pty_finish(&session);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	pty_expect(&session, "1 de 4 archivos leídos, 1 nuevo, 1 con error");
	pty_expect(&session, "quedaron 2 archivos sin leer");
	pty_stop(&session);
	EXPECT(home, 0, "list", "meetings", "--json");
	assert_json(home, "$[0].number", "AM-2023-05");
	restore_path(before);
	free(text);
	free(slow);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		IN_A_HOME(one_acta_in_four_formats_is_one_acta),
		IN_A_HOME(a_document_that_is_no_acta_says_what_is_not_read),
		IN_A_HOME(the_same_document_changes_nothing),
		IN_A_HOME(any_name_is_a_name),
		IN_A_HOME(what_cannot_be_read_says_what_to_do),
		IN_A_HOME(a_summary_names_what_failed),
		IN_A_HOME(a_terminal_shows_how_far_it_is),
		IN_A_HOME(ctrl_c_keeps_what_was_imported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
