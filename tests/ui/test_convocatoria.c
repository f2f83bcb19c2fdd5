/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notice of a meeting, written from its page. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "ui/desk.h"

/* Without a home, files are proposed in the working folder. */
static int begin(void **state)
{
	setenv("HOME", "", 1);
	return desk_make_folder(state);
}

static void assert_begins(const char *path, const char *text)
{
	struct strbuf found;
	strbuf_init(&found);
	assert_int_equal(file_read(path, 100000, &found, NULL), RC_OK);
	assert_memory_equal(found.data, text, strlen(text));
	strbuf_release(&found);
}

static void expect(const char *keys, const char *part)
{
	char *dump = desk_dump("demo.db", keys);
	if (!strstr(dump, part))
		fail_msg("no «%s» after %s in:\n%s", part, keys, dump);
	free(dump);
}

static void it_is_written_where_one_says(void **state)
{
	(void)state;
	desk_expect("convocatoria", "demo.db", &window_usual, "2 Enter x");
	desk_expect("convocatoria", "demo.db", &window_small, "2 Enter x");
	expect("2 Enter x Enter", "Convocatoria escrita en ./convocatoria-AM-2023-05.txt");
	assert_begins("convocatoria-AM-2023-05.txt", "Convocatoria a la reunión AM-2023-05\n");
	/* The next one has a free name; by words it is the same. */
	expect("2 Enter : type:convocatoria Enter Enter",
	       "Convocatoria escrita en ./convocatoria-AM-2023-05-2.txt");
	expect("2 Enter Down Tab x Ctrl-U type:b.md Enter", "Convocatoria escrita en b.md");
	assert_begins("b.md", "# Convocatoria");
}

static void what_is_refused_can_be_corrected(void **state)
{
	(void)state;
	expect("2 Enter x Ctrl-U type:text Enter", "ya existe «text»; no se ha tocado");
	assert_begins("text", "Acta AM-2023-05, y nada de SQLite.\n");
	expect("2 Enter x Ctrl-U type:c.doc Enter", "no se sabe qué formato es «.doc»");
	expect("2 Enter x Ctrl-U type:no/c.md Enter", "la carpeta no existe");
	expect("2 Enter x Ctrl-U type:c.doc Enter Backspace Backspace Backspace type:md Enter",
	       "Convocatoria escrita en c.md");
	assert_begins("c.md", "# Convocatoria");
	expect("2 Enter x Esc", "AM-2023-05");
	expect("2 Enter x Ctrl-U Enter", "AM-2023-05");
	assert_int_not_equal(access("c.doc", F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_written_where_one_says),
		cmocka_unit_test(what_is_refused_can_be_corrected),
	};
	return cmocka_run_group_tests(tests, begin, desk_remove_folder);
}
