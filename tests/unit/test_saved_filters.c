/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/exchange/saved_filters.h"

/* A configuration folder of our own. */
static int set_up(void **state)
{
	char folder[] = "/tmp/nucleo-filters-XXXXXX";
	assert_non_null(mkdtemp(folder));
	*state = strdup(folder);
	setenv("XDG_CONFIG_HOME", folder, 1);
	return 0;
}

static int tear_down(void **state)
{
	char *path = file_config_path("filters");
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	assert_int_equal(rmdir(*state), 0); /* nothing else was left in it */
	free(path);
	free(*state);
	return 0;
}

static const struct record_kind *const followups = &record_kinds[RECORD_FOLLOWUP];
static const struct record_kind *const meetings = &record_kinds[RECORD_MEETING];

static void keep(const struct record_kind *kind, const char *name, const char *text)
{
	struct saved_filters saved;
	struct error err;
	assert_int_equal(saved_filters_load(&saved, &err), RC_OK);
	assert_int_equal(saved_filters_put(&saved, kind, name, text, &err), RC_OK);
	assert_int_equal(saved_filters_store(&saved, &err), RC_OK);
	saved_filters_release(&saved);
}

static void write_file(const char *bytes, size_t length)
{
	struct error err;
	char *path = file_config_path("filters");
	assert_int_equal(file_make_parent(path, &err), RC_OK);
	assert_int_equal(file_replace(path, bytes, length, &err), RC_OK);
	free(path);
}

static void assert_file(const char *expected)
{
	struct strbuf text;
	struct error err;
	char *path = file_config_path("filters");
	strbuf_init(&text);
	assert_int_equal(file_read(path, 1 << 20, &text, &err), RC_OK);
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
	free(path);
}

static void assert_expands(const struct record_kind *kind, const char *text, const char *expected)
{
	struct strbuf out;
	struct error err;
	strbuf_init(&out);
	assert_int_equal(saved_filters_expand(kind, text, &out, &err), RC_OK);
	assert_string_equal(out.data, expected);
	strbuf_release(&out);
}

static void a_name_stands_for_its_text(void **state)
{
	(void)state;
	keep(followups, "Urgentes", "vencidas -resp:FCD");
	keep(meetings, "urgentes", "cerradas");
	keep(followups, "año-1", "desde:-1a");
	assert_expands(followups, "@urgentes", "vencidas -resp:FCD");
	assert_expands(followups, "x @URGENTES  @año-1 y", "x vencidas -resp:FCD  desde:-1a y");
	assert_expands(meetings, "@urgentes", "cerradas");
	assert_expands(followups, "\"@urgentes\" qué:@urgentes a@b @", "\"@urgentes\" qué:@urgentes a@b @");
	keep(followups, "urgentes", "hecho");
	assert_expands(followups, "@urgentes", "hecho");
	/* What is kept does not hang on another name. */
	keep(followups, "dos", "@urgentes @año-1 x");
	keep(followups, "urgentes", "@urgentes resp:AME");
	assert_expands(followups, "@dos", "hecho desde:-1a x");
	assert_expands(followups, "@urgentes", "hecho resp:AME");
}

static void an_unknown_name_tells_those_there_are(void **state)
{
	(void)state;
	struct strbuf out;
	struct error err;
	strbuf_init(&out);
	keep(followups, "mías", "resp:FCD");
	assert_int_equal(saved_filters_expand(followups, "@otras", &out, &err), RC_NOT_FOUND);
	assert_non_null(strstr(err.text, "@mías"));
	assert_int_equal(saved_filters_expand(meetings, "@mías", &out, &err), RC_NOT_FOUND);
	strbuf_release(&out);
}

static void what_others_wrote_in_the_file_stays(void **state)
{
	(void)state;
	static const char text[] = "# mías\r\nfollowups viejas = hasta:-1a\nsin igual\n"
				   "marcianos x = y\n\nacción dos=  resp:AME  ";
	struct saved_filters saved;
	struct error err;
	write_file(text, strlen(text));
	assert_int_equal(saved_filters_load(&saved, &err), RC_OK);
	assert_string_equal(saved_filters_find(&saved, followups, "dos"), "resp:AME");
	assert_int_equal(saved_filters_remove(&saved, followups, "viejas", &err), RC_OK);
	assert_int_equal(saved_filters_remove(&saved, followups, "viejas", &err), RC_NOT_FOUND);
	assert_int_equal(saved_filters_store(&saved, &err), RC_OK);
	saved_filters_release(&saved);
	assert_file("# mías\nsin igual\nmarcianos x = y\nfollowups dos = resp:AME\n");
}

static void hostile_names_and_files_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {"", "a b", "a=b", "@a", "a:b", "\"a", "-a", "a,b", "a\nb",
					    "\xC3", "12345678901234567890123456789012345678901"};
	struct saved_filters saved;
	struct error err;
	assert_int_equal(saved_filters_load(&saved, &err), RC_OK);
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		assert_int_equal(saved_filters_put(&saved, followups, names[i], "x", &err), RC_USAGE);
	assert_int_equal(saved.items.count, 0);
	saved_filters_release(&saved);
	write_file("followups a = \xFF", 15);
	assert_int_equal(saved_filters_load(&saved, &err), RC_INVALID);
	saved_filters_release(&saved);
	write_file("followups a = b\0c", 17);
	assert_int_equal(saved_filters_load(&saved, &err), RC_INVALID);
	saved_filters_release(&saved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_name_stands_for_its_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_unknown_name_tells_those_there_are, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_others_wrote_in_the_file_stays, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(hostile_names_and_files_are_refused, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
