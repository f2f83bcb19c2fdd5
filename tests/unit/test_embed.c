/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <dirent.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/exchange/demo_data.h"
#include "nucleo/store/schema_data.h"

static char *source_path(const char *folder)
{
	const char *top = getenv("top_srcdir");
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/share/%s", top ? top : ".", folder);
	return strbuf_detach(&path);
}

/* Hidden files are an editor's, README.md is for readers. */
static int files_in(const char *folder)
{
	char *path = source_path(folder);
	DIR *dir = opendir(path);
	int count = 0;
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		count += entry->d_name[0] != '.' && strcmp(entry->d_name, "README.md") != 0;
	if (dir)
		closedir(dir);
	free(path);
	return count;
}

static void assert_same_bytes(const char *folder, const char *name, const char *text)
{
	char *path = source_path(folder);
	struct strbuf file, bytes;
	struct error err;
	strbuf_init(&file);
	strbuf_init(&bytes);
	strbuf_addf(&file, "%s/%s", path, name);
	assert_int_equal(file_read(file.data, 1 << 24, &bytes, &err), RC_OK);
	assert_int_equal(bytes.length, strlen(text));
	assert_memory_equal(bytes.data, text, bytes.length);
	strbuf_release(&bytes);
	strbuf_release(&file);
	free(path);
}

static void every_migration_is_embedded_in_order(void **state)
{
	(void)state;
	assert_true(schema_script_count > 0);
	assert_int_equal(schema_script_count, files_in("schema"));
	for (int i = 0; i < schema_script_count; i++) {
		const struct schema_script *script = &schema_scripts[i];
		struct strbuf name;
		strbuf_init(&name);
		strbuf_addf(&name, "%03d-%s.sql", script->number, script->name);
		assert_int_equal(script->number, i + 1);
		assert_same_bytes("schema", name.data, script->sql);
		strbuf_release(&name);
	}
	assert_null(schema_scripts[schema_script_count].sql);
}

/* Run on every machine, it must give the same tables, within the transaction of its operation. */
static void migrations_depend_on_nothing_else(void **state)
{
	(void)state;
	static const char banned[] =
		"random(blob)?\\(|'now'|current_|localtime|(begin|commit|end|rollback)( [a-z]+)?;|"
		"vacuum|pragma|attach|create (temp )?(trigger|view|virtual)";
	regex_t pattern;
	regmatch_t found;
	assert_int_equal(regcomp(&pattern, banned, REG_EXTENDED | REG_ICASE), 0);
	for (int i = 0; i < schema_script_count; i++)
		if (regexec(&pattern, schema_scripts[i].sql, 1, &found, 0) == 0)
			fail_msg("%d: %.40s", schema_scripts[i].number,
				 schema_scripts[i].sql + found.rm_so);
	regfree(&pattern);
}

static void every_demo_file_is_embedded(void **state)
{
	(void)state;
	assert_int_equal(demo_file_count, files_in("demo"));
	for (int i = 0; i < demo_file_count; i++)
		assert_same_bytes("demo", demo_files[i].name, demo_files[i].text);
	assert_null(demo_files[demo_file_count].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_migration_is_embedded_in_order),
		cmocka_unit_test(migrations_depend_on_nothing_else),
		cmocka_unit_test(every_demo_file_is_embedded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
