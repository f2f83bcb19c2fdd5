/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

/* ---- what the program writes into it */

static void expect_file(const char *expected)
{
	struct strbuf text;
	struct error err;
	char *path = file_config_path("config");
	strbuf_init(&text);
	assert_int_equal(file_read(path, CONFIG_MAX_BYTES, &text, &err), RC_OK);
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
	free(path);
}

/* Every other line stays to the letter, and what counted before counts no more. */
static void what_is_kept_replaces_only_itself(void **state)
{
	const struct {
		const char *before, *as, *post, *after;
	} cases[] = {
		{"", "FCD", "", "as = FCD\n"},
		{"# mía\r\n  mouse=no\r\nraro\n", "FCD", "Dirección",
		 "# mía\r\n  mouse=no\r\nraro\nas = FCD\npost = Dirección\n"},
		{"as=AME\n# as = no\ndb = x", "FCD", "", "as = FCD\n# as = no\ndb = x\n"},
		{" as =AME\npost=Jefe\nas = CNE\n", "FCD", "P", "as = FCD\npost = P\n"},
		{"\xEF\xBB\xBF" "as = AME\ndb = y\n", "FCD", "", "as = FCD\ndb = y\n"},
		{"as = AME\npost = Jefe\ndb = z\n", "", "", "db = z\n"},
		{"asa = 1\n", "# = x", "", "asa = 1\nas = # = x\n"},
	};
	struct error err;
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct config_setting settings[] = {{"as", cases[i].as},
							  {"post", cases[i].post}};
		write_config(cases[i].before, strlen(cases[i].before));
		assert_int_equal(config_keep(settings, 2, &err), RC_OK);
		expect_file(cases[i].after);
		/* Again gives the same. */
		assert_int_equal(config_keep(settings, 2, &err), RC_OK);
		expect_file(cases[i].after);
	}
}

static void hostile_values_change_nothing(void **state)
{
	char *large = malloc(CONFIG_VALUE_MAX + 2);
	const char *const values[] = {"FCD\ndb = /ajena", "FCD\r", "\x1b[2J", " FCD", "FCD ",
				      "\xff\xfe",	   "a\x7f", large};
	struct error err;
	(void)state;
	memset(large, 'x', CONFIG_VALUE_MAX + 1);
	large[CONFIG_VALUE_MAX + 1] = '\0';
	write_config("as = AME\n", 9);
	for (size_t i = 0; i < ARRAY_COUNT(values); i++) {
		const struct config_setting setting = {"as", values[i]};
		assert_int_equal(config_keep(&setting, 1, &err), RC_USAGE);
		expect_file("as = AME\n");
	}
	large[CONFIG_VALUE_MAX] = '\0';
	assert_int_equal(config_keep(&(const struct config_setting){"as", large}, 1, &err), RC_OK);
	free(large);
}

static size_t files_beside(const char *path)
{
	char *folder = strdup(path);
	size_t count = 0;
	*strrchr(folder, '/') = '\0';
	DIR *list = opendir(folder);
	assert_non_null(list);
	while (readdir(list))
		count++;
	closedir(list);
	free(folder);
	return count - 2;
}

/* A full disk: each write fails, at one byte more of them each time. */
static void a_write_that_fails_leaves_the_file_as_it_was(void **state)
{
	const struct config_setting setting = {"as", "FCD"};
	const struct rlimit no_limit = {RLIM_INFINITY, RLIM_INFINITY};
	struct error err;
	char *path = file_config_path("config");
	(void)state;
	write_config("# mía\n", 7);
	signal(SIGXFSZ, SIG_IGN);
	rlim_t room = 0;
	for (;; room++) {
		const struct rlimit limit = {room, RLIM_INFINITY};
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		enum rc rc = config_keep(&setting, 1, &err);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);
		assert_int_equal(files_beside(path), 1);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_IO);
		expect_file("# mía\n");
	}
	assert_int_equal(room, strlen("# mía\nas = FCD\n"));
	expect_file("# mía\nas = FCD\n");
	free(path);
}

static void a_file_that_is_no_text_is_not_touched(void **state)
{
	const struct config_setting setting = {"as", "FCD"};
	struct error err;
	(void)state;
	write_config("a\0b", 3);
	assert_int_equal(config_keep(&setting, 1, &err), RC_INVALID);
	write_config("\xff", 1);
	assert_int_equal(config_keep(&setting, 1, &err), RC_INVALID);
	expect_file("\xff");
}

/* Some keep their settings in another folder, and a link to them. */
static void a_link_stays_one(void **state)
{
	const struct config_setting setting = {"as", "FCD"};
	struct error err;
	struct stat found;
	char *path = file_config_path("config");
	struct strbuf elsewhere;
	strbuf_init(&elsewhere);
	strbuf_addf(&elsewhere, "%s/elsewhere", (const char *)*state);
	write_config("", 0);
	assert_int_equal(rename(path, elsewhere.data), 0);
	assert_int_equal(symlink(elsewhere.data, path), 0);
	assert_int_equal(config_keep(&setting, 1, &err), RC_OK);
	assert_int_equal(lstat(path, &found), 0);
	assert_true(S_ISLNK(found.st_mode));
	expect_file("as = FCD\n");
	unlink(elsewhere.data);
	strbuf_release(&elsewhere);
	free(path);
}

/* A post is one in the institution of the file. */
static void a_post_goes_with_its_institution(void **state)
{
	const struct {
		const char *text, *given, *post;
	} cases[] = {
		{"as = FCD\npost = Jefe\n", NULL, "Jefe"},
		{"as = FCD\npost = Jefe\n", "fcd", "Jefe"},
		{"as = FCD\npost = Jefe\n", "AME", NULL},
		{"post = Jefe\n", "FCD", NULL},
		{"post = Jefe\n", NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct config config;
		struct strbuf notices;
		struct error err;
		strbuf_init(&notices);
		config_init(&config);
		if (cases[i].given)
			config.actor = strdup(cases[i].given);
		write_config(cases[i].text, strlen(cases[i].text));
		assert_int_equal(config_load(&config, &notices, &err), RC_OK);
		assert_int_equal(notices.length, 0);
		if (cases[i].post)
			assert_string_equal(config.post, cases[i].post);
		else
			assert_null(config.post);
		config_release(&config);
		strbuf_release(&notices);
	}
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

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
		IN_A_FOLDER(what_is_kept_replaces_only_itself),
		IN_A_FOLDER(hostile_values_change_nothing),
		IN_A_FOLDER(a_write_that_fails_leaves_the_file_as_it_was),
		IN_A_FOLDER(a_file_that_is_no_text_is_not_touched),
		IN_A_FOLDER(a_link_stays_one),
		IN_A_FOLDER(a_post_goes_with_its_institution),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
