/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text changed by another editor, in a real terminal; the editors are scripts. */
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/ui/form.h"
#include "tree.h"
#include "ui/pty_session.h"

#define ROWS 12
#define COLUMNS 100
#define LIMIT 300

static char folder[64];

/* ---- the program: a form of one text ---- */

static unsigned save(void *context, struct ui *ui, struct form *form)
{
	(void)context;
	(void)ui;
	(void)form;
	return UI_QUIT;
}

static struct view *open_form(void *context)
{
	static const struct form_field fields[] = {
		{.label = "Detalle", .kind = FORM_TEXT, .limit = LIMIT, .value = "uno"},
		{.label = "Lugar", .value = "Quito"},
	};
	return form_view_new(&(struct form_setup){.title = "Prueba",
						  .fields = fields,
						  .count = ARRAY_COUNT(fields),
						  .context = context,
						  .save = save});
}

static void run_form(void *context)
{
	static const struct ui_screen screen = {OP_SCREEN_AGENDA, "Prueba", open_form};
	struct error err;
	struct keymap keymap;
	(void)context;
	setenv("TERM", "xterm-256color", 1);
	struct term *term = term_curses_open(&err);
	if (!term)
		_exit(77);
	keymap_init(&keymap);
	ui_run(&(struct ui_setup){
		.term = term, .keymap = &keymap, .screens = &screen, .screen_count = 1});
	term_close(term);
	_exit(0);
}

static void run(void *context)
{
	pty_run_job(run_form, context);
}

/* ---- the editors ---- */

static void make_editor(const char *script)
{
	struct strbuf path;
	struct error err;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/editor.sh", folder);
	assert_int_equal(file_replace(path.data, script, strlen(script), &err), RC_OK);
	strbuf_reset(&path);
	strbuf_addf(&path, "sh %s/editor.sh", folder);
	setenv("EDITOR", path.data, 1);
	unsetenv("VISUAL");
	strbuf_release(&path);
}

/* Texts that lie where they were given to an editor. */
static int files_left(void)
{
	struct strbuf path;
	int count = 0;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/nucleo/textos", folder);
	DIR *open = opendir(path.data);
	for (struct dirent *entry; open && (entry = readdir(open));)
		count += entry->d_name[0] != '.';
	if (open)
		closedir(open);
	strbuf_release(&path);
	return count;
}

static void start(struct pty_session *session)
{
	pty_start(session, ROWS, COLUMNS, run, NULL);
	pty_expect(session, "Detalle");
}

static void finish(struct pty_session *session)
{
	pty_send(session, "\033OQ");
	int status = pty_finish(session);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_false(session->alternate);
	pty_stop(session);
}

#define F6 "\033[17~"

static void what_is_written_comes_back(void **state)
{
	static const struct {
		const char *script, *shown;
	} cases[] = {
		{"printf ' dos\\n' >> \"$1\"", "Detalle  uno dos"},
		{"printf 'ma\\303\\261ana\\r\\n\\033[31m\\tfin\\n' > \"$1\"", "[31m fin"},
		{"printf '%s' \"$(stat -c 'modo %a' \"$1\"), $(stty -a | grep -o -e '.icanon')\" > \"$1\"",
		 "modo 600,  icanon"},
		{"mv \"$1\" \"$1~\"; echo otro > \"$1\"; rm \"$1~\"", "Detalle  otro"},
		{": > \"$1\"", "Detalle"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct pty_session session;
		make_editor(cases[i].script);
		start(&session);
		pty_send(&session, F6);
		pty_expect(&session, cases[i].shown);
		finish(&session);
		assert_int_equal(files_left(), 0);
	}
}

static void what_fails_leaves_the_text(void **state)
{
	static const struct {
		const char *script, *said;
		int left;
	} cases[] = {
		{"exit 1", "terminó con error.", 0},
		{"echo dos > \"$1\"; exit 1", "Lo escrito está en", 1},
		{"printf '\\377' > \"$1\"", "no es texto UTF-8. Lo escrito está en", 1},
		{"head -c 301 /dev/zero | tr '\\0' a > \"$1\"", "ocupa 301 bytes y caben 300", 1},
		{"head -c 3000 /dev/zero | tr '\\0' a > \"$1\"", "Lo escrito está en", 1},
		{"rm \"$1\"", "no existe el archivo", 0},
		{"rm \"$1\"; mkdir \"$1\"", "es una carpeta", 1},
		{"kill -9 $PPID", "El texto quedó como estaba", 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct pty_session session;
		struct strbuf path;
		make_editor(cases[i].script);
		start(&session);
		pty_send(&session, F6);
		pty_expect(&session, "El texto quedó como estaba");
		pty_expect(&session, cases[i].said);
		pty_send(&session, "\r");
		pty_expect(&session, "[ Guardar ]");
		pty_expect_row(&session, 1, "▶Detalle  uno");
		finish(&session);
		assert_int_equal(files_left(), cases[i].left);
		strbuf_init(&path);
		strbuf_addf(&path, "%s/nucleo", folder);
		tree_remove(path.data);
		strbuf_release(&path);
	}
}

static void a_missing_editor_is_said(void **state)
{
	struct pty_session session;
	(void)state;
	setenv("VISUAL", "/nonexistent/editor --wait", 1); /* goes before EDITOR */
	setenv("EDITOR", "true", 1);
	start(&session);
	pty_send(&session, F6);
	pty_expect(&session, "no existe el editor «/nonexistent/editor --wait»");
	pty_send(&session, "\033");
	pty_expect(&session, "[ Guardar ]");
	finish(&session);
	unsetenv("VISUAL");
	assert_int_equal(files_left(), 0);
}

static void no_room_for_the_file_is_said(void **state)
{
	struct pty_session session;
	(void)state;
	setenv("XDG_STATE_HOME", "/dev/null/none", 1);
	make_editor("echo dos > \"$1\"");
	start(&session);
	setenv("XDG_STATE_HOME", folder, 1);
	pty_send(&session, F6);
	pty_expect(&session, "no se puede crear la carpeta");
	pty_send(&session, "\r");
	pty_expect(&session, "[ Guardar ]");
	pty_expect_row(&session, 1, "▶Detalle  uno");
	finish(&session);
}

/* What comes in after the editor, and too much of it, is text all the same. */
static void a_paste_is_cut_to_what_fits(void **state)
{
	struct pty_session session;
	struct strbuf paste;
	(void)state;
	strbuf_init(&paste);
	strbuf_adds(&paste, "\033[200~");
	for (int i = 0; i < 70000 / 2; i++)
		strbuf_adds(&paste, i % 40 ? "q\r" : "q ");
	strbuf_adds(&paste, "\033[201~");
	start(&session);
	for (size_t at = 0, length; at < paste.length; at += length) {
		char block[513] = "";
		length = paste.length - at < 512 ? paste.length - at : 512;
		memcpy(block, paste.data + at, length);
		pty_send(&session, block);
		pty_listen(&session, 0);
	}
	pty_expect(&session, "No cabe más en este campo");
	pty_send(&session, "\033");
	pty_expect(&session, "[ Guardar ]");
	finish(&session);
	strbuf_release(&paste);
}

/* Keys go to the editor, also that which would end us; it leaves the screen as it was. */
static void the_terminal_is_the_editors(void **state)
{
	struct pty_session session;
	(void)state;
	make_editor("trap 'echo interrumpido' INT; echo escriba; read linea; "
		    "[ -n \"$linea\" ] || read linea; echo \"$linea\" > \"$1\"");
	start(&session);
	pty_send(&session, F6);
	pty_expect(&session, "escriba");
	assert_false(session.alternate);
	assert_non_null(strstr(session.bytes.data, "\033[?2004l"));
	pty_send(&session, "\003");
	pty_expect(&session, "interrumpido");
	pty_send(&session, "dos tres\r");
	pty_expect(&session, "Detalle  dos tres");
	assert_true(session.alternate);
	/* what is typed now is ours again, pastes too */
	pty_send(&session, "\t\033[200~ y Loja\033[201~");
	pty_expect(&session, "Quito y Loja");
	finish(&session);
}

static void a_pause_in_the_editor_is_one_of_the_job(void **state)
{
	struct pty_session session;
	(void)state;
	make_editor("echo listo; read linea; echo \"$linea\" > \"$1\"");
	start(&session);
	pty_send(&session, F6);
	pty_expect(&session, "listo");
	pty_send(&session, "\032");
	pty_expect(&session, "[en pausa]");
	pty_send(&session, "\r"); /* fg */
	pty_send(&session, "dos\r");
	pty_expect(&session, "Detalle  dos");
	finish(&session);
}

int main(void)
{
	setlocale(LC_ALL, "");
	snprintf(folder, sizeof(folder), "/tmp/nucleo-test-XXXXXX");
	if (!mkdtemp(folder))
		return EXIT_FAILURE;
	setenv("XDG_STATE_HOME", folder, 1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_comes_back),
		cmocka_unit_test(what_fails_leaves_the_text),
		cmocka_unit_test(a_missing_editor_is_said),
		cmocka_unit_test(no_room_for_the_file_is_said),
		cmocka_unit_test(a_paste_is_cut_to_what_fits),
		cmocka_unit_test(the_terminal_is_the_editors),
		cmocka_unit_test(a_pause_in_the_editor_is_one_of_the_job),
	};
	int failures = cmocka_run_group_tests(tests, NULL, NULL);
	tree_remove(folder);
	return failures;
}
