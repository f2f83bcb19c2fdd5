/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen_test.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"

#define DUMP_SIZE_MAX (1u << 20)

static char *expected_path(const char *name)
{
	struct strbuf path;
	const char *top = getenv("top_srcdir");
	strbuf_init(&path);
	strbuf_addf(&path, "%s/tests/ui/expected/%s.txt", top ? top : ".", name);
	return strbuf_detach(&path);
}

static void update(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	if (!file || fputs(text, file) == EOF || fclose(file) != 0)
		fail_msg("cannot write %s", path);
}

/* One line of each text a turn, until both end. */
static void print_difference(const char *expected, const char *got)
{
	for (int line = 1; *expected || *got; line++) {
		size_t a = strcspn(expected, "\n"), b = strcspn(got, "\n");
		if (a != b || memcmp(expected, got, a) != 0)
			print_message("%3d -%.*s\n    +%.*s\n", line, (int)a, expected, (int)b, got);
		expected += a + (expected[a] != '\0');
		got += b + (got[b] != '\0');
	}
}

void screen_expect_text(const char *name, const char *text)
{
	struct strbuf expected;
	struct error err;
	const char *updating = getenv("NUCLEO_UPDATE_DUMPS");
	char *path = expected_path(name);
	strbuf_init(&expected);
	if (updating && *updating)
		update(path, text);
	enum rc rc = file_read(path, DUMP_SIZE_MAX, &expected, &err);
	bool same = rc == RC_OK && strcmp(expected.data, text) == 0;
	if (!same)
		print_difference(expected.data, text);
	strbuf_release(&expected);
	free(path);
	if (!same)
		fail_msg("%s is not as expected (NUCLEO_UPDATE_DUMPS=1 accepts it)", name);
}

void screen_expect_canvas(const char *name, const struct canvas *canvas)
{
	struct strbuf dump;
	strbuf_init(&dump);
	canvas_dump(canvas, &dump);
	screen_expect_text(name, dump.data);
	strbuf_release(&dump);
}

void screen_play(struct term_script *script, const struct ui_setup *setup)
{
	struct ui_setup here = *setup;
	struct keymap keymap;
	keymap_init(&keymap);
	here.term = &script->term;
	if (!here.keymap)
		here.keymap = &keymap;
	ui_run(&here);
}

void screen_expect(const char *name, int rows, int columns, const char *keys,
		   const struct ui_setup *setup)
{
	struct term_script script;
	term_script_init(&script, rows, columns, keys);
	screen_play(&script, setup);
	screen_expect_canvas(name, &script.shown);
	term_script_release(&script);
}

void screen_row(const struct canvas *canvas, int row, struct strbuf *out)
{
	struct strbuf dump;
	strbuf_init(&dump);
	canvas_dump(canvas, &dump);
	const char *line = dump.data;
	for (int i = 0; i < row; i++)
		line += strcspn(line, "\n") + 1;
	strbuf_add(out, line, strcspn(line, "\n"));
	strbuf_release(&dump);
}
