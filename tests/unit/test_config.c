/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/exchange/config.h"

/* A configuration folder of our own; the variables point into it. */
static int set_up(void **state)
{
	char folder[] = "/tmp/nucleo-config-XXXXXX";
	assert_non_null(mkdtemp(folder));
	*state = strdup(folder);
	setenv("HOME", folder, 1);
	setenv("XDG_CONFIG_HOME", folder, 1);
	unsetenv("XDG_DATA_HOME");
	unsetenv("NUCLEO_DB");
	unsetenv("NUCLEO_AS");
	return 0;
}

static int tear_down(void **state)
{
	char *path = file_config_path("config");
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(*state);
	free(path);
	free(*state);
	return 0;
}

static void write_config(const char *bytes, size_t length)
{
	struct error err;
	char *path = file_config_path("config");
	assert_int_equal(file_make_parent(path, &err), RC_OK);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
	free(path);
}

static void nothing_said_gives_the_data_folder(void **state)
{
	struct config config;
	struct strbuf notices, expected;
	struct error err;
	strbuf_init(&notices);
	strbuf_init(&expected);
	config_init(&config);
	assert_int_equal(config_load(&config, &notices, &err), RC_OK);
	strbuf_addf(&expected, "%s/.local/share/nucleo/nucleo.db", (char *)*state);
	assert_string_equal(config.db, expected.data);
	assert_null(config.actor);
	assert_int_equal(config.wait_ms, CONFIG_WAIT_DEFAULT_MS);
	assert_int_equal(notices.length, 0);
	config_release(&config);
	strbuf_release(&expected);
}

static void nearer_words_win(void **state)
{
	static const char text[] = "\xEF\xBB\xBF# mía\r\n db = ~/grupo.db \r\n\nas=AME";
	struct config config;
	struct strbuf notices, expected;
	struct error err;
	strbuf_init(&notices);
	strbuf_init(&expected);
	write_config(text, strlen(text));
	config_init(&config);
	assert_int_equal(config_load(&config, &notices, &err), RC_OK);
	strbuf_addf(&expected, "%s/grupo.db", (char *)*state);
	assert_string_equal(config.db, expected.data);
	assert_string_equal(config.actor, "AME");
	config_release(&config);

	setenv("NUCLEO_DB", "/entorno.db", 1);
	setenv("NUCLEO_AS", "FCD", 1);
	config.actor = strdup("DPE");
	assert_int_equal(config_load(&config, &notices, &err), RC_OK);
	assert_string_equal(config.db, "/entorno.db");
	assert_string_equal(config.actor, "DPE");
	assert_int_equal(notices.length, 0);
	config_release(&config);
	strbuf_release(&expected);
}

static void the_mouse_is_on_unless_the_file_says_no(void **state)
{
	static const struct {
		const char *text;
		bool no_mouse, notice;
	} cases[] = {
		{"", false, false},	      {"mouse = no\n", true, false},
		{"mouse=yes\n", false, false}, {"mouse = Sí\n", false, false},
		{"mouse = NO\n", true, false}, {"mouse = 1\n", false, true},
		{"mouse =\n", false, true},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct config config;
		struct strbuf notices;
		struct error err;
		strbuf_init(&notices);
		write_config(cases[i].text, strlen(cases[i].text));
		config_init(&config);
		assert_int_equal(config_load(&config, &notices, &err), RC_OK);
		assert_int_equal(config.no_mouse, cases[i].no_mouse);
		assert_int_equal(strstr(notices.data, "línea 1") != NULL, cases[i].notice);
		config_release(&config);
		strbuf_release(&notices);
	}
}

static void meaningless_lines_are_named(void **state)
{
	static const char text[] = "color=azul\nhola\ndb=/x.db\n=nada\n";
	struct config config;
	struct strbuf notices;
	struct error err;
	(void)state;
	strbuf_init(&notices);
	write_config(text, strlen(text));
	config_init(&config);
	assert_int_equal(config_load(&config, &notices, &err), RC_OK);
	assert_string_equal(config.db, "/x.db");
	assert_non_null(strstr(notices.data, "línea 1"));
	assert_non_null(strstr(notices.data, "color"));
	assert_non_null(strstr(notices.data, "línea 2"));
	assert_null(strstr(notices.data, "línea 3"));
	assert_non_null(strstr(notices.data, "línea 4"));
	config_release(&config);
	strbuf_release(&notices);
}

static void what_is_no_text_is_refused(void **state)
{
	static char large[CONFIG_MAX_BYTES + 1];
	static const struct {
		const char *bytes;
		size_t length;
	} cases[] = {{"db=\xff\xfe", 5}, {"db=a\0b", 6}, {large, sizeof(large)}};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct config config;
		struct strbuf notices;
		struct error err;
		strbuf_init(&notices);
		config_init(&config);
		write_config(cases[i].bytes, cases[i].length);
		assert_int_equal(config_load(&config, &notices, &err), RC_INVALID);
		assert_non_null(strstr(err.text, "config"));
		config_release(&config);
		strbuf_release(&notices);
	}
}

static void seconds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int ms;
	} cases[] = {{"10", 10000}, {"0", 0},	    {"0.5", 500},  {"1.2345", 1234}, {"3600", 3600000},
		     {"3601", -1},  {"", -1},	    {"-1", -1},	   {"1e3", -1},	     {"5s", -1},
		     {".5", -1},    {"999999", -1}, {"3600.5", -1}};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(config_parse_wait(cases[i].text), cases[i].ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_said_gives_the_data_folder, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(nearer_words_win, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_mouse_is_on_unless_the_file_says_no, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(meaningless_lines_are_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_text_is_refused, set_up, tear_down),
		cmocka_unit_test(seconds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
