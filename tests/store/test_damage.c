/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/record.h"
#include "nucleo/store/counts.h"
#include "nucleo/store/schema_data.h"
#include "nucleo/store/verify.h"

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

static void write_bytes(const char *name, const struct strbuf *bytes)
{
	char *path = folder_path(name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes->data, 1, bytes->length, file), bytes->length);
	assert_int_equal(fclose(file), 0);
	free(path);
}

/* Reads every field as a person and as a program would see it. */
static bool print_row(void *context, const void *row)
{
	const struct record_kind *kind = context;
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < kind->field_count; i++) {
		record_add_text(&text, &kind->fields[i], row);
		record_add_value(&text, &kind->fields[i], row);
	}
	strbuf_release(&text);
	return true;
}

/* Either it works or it says why not. */
static void assert_clean(enum rc rc, const struct error *refusal)
{
	if (rc != RC_OK)
		assert_true(refusal->text[0] != '\0');
}

static void read_everything(struct store *store, struct error *refusal)
{
	struct followup_counts counts;
	int64_t key;
	for (int i = 0; i < RECORD_KIND_COUNT; i++) {
		const struct record_kind *kind = &record_kinds[i];
		for (int way = 0; way < 2; way++) {
			struct filter filter;
			struct list_query query = {.filter = &filter,
						   .direction = way ? LIST_BACKWARD : LIST_FORWARD};
			assert_done(filter_parse(&filter, kind, way ? "a" : "", DATE_NONE, err));
			*refusal = (struct error){0};
			assert_clean(store_list(store, kind->id, &query, print_row,
						(void *)(uintptr_t)kind, refusal),
				     refusal);
			filter_release(&filter);
		}
		*refusal = (struct error){0};
		assert_clean(store_find(store, kind->id, "C1", &key, refusal), refusal);
	}
	assert_clean(store_count_followups(store, &counts, refusal), refusal);
}

static void use_everything(const char *name)
{
	struct error refusal = {0};
	struct store *store = NULL;
	char *path = folder_path(name);
	struct store_options options = {.path = path, .today = test_today()};
	enum rc rc = store_open(&options, &store, &refusal);
	assert_clean(rc, &refusal);
	if (rc == RC_OK) {
		struct operation *op = operation_new();
		read_everything(store, &refusal);
		assert_clean(store_verify(store, &refusal), &refusal);
		add_row(op, "plan", "code", "paga9", NULL);
		assert_clean(operation_commit(op, store, NULL, &refusal), &refusal);
		operation_free(op);
	}
	store_close(store);
	free(path);
}

static void load_database(struct strbuf *bytes)
{
	char *path = folder_path("whole.db");
	struct store *store = test_create("whole.db");
	test_group(store);
	struct operation *op = operation_new();
	for (int i = 0; i < 40; i++)
		add_row(op, "followup", "code", "S-2023-?", "description", "Enviar el informe",
			"kind", "task", "status", i % 3 ? "open" : "done", NULL);
	test_commit(store, op);
	store_close(store);
	assert_done(file_read(path, 1 << 24, bytes, err));
	free(path);
}

/* Some bytes of a random page, its header above all: that is where structure is. */
static void damage(struct strbuf *bytes, unsigned *seed)
{
	unsigned count = 1 + next_random(seed) % 8;
	size_t pages = bytes->length / 4096;
	for (unsigned i = 0; i < count; i++) {
		size_t page = next_random(seed) % pages * 4096;
		size_t offset = next_random(seed) % (next_random(seed) % 2 ? 128 : 4096);
		bytes->data[page + offset] = (char)next_random(seed);
	}
	if (next_random(seed) % 8 == 0)
		strbuf_truncate(bytes, next_random(seed) % bytes->length);
}

static void damaged_files_give_errors_only(void **state)
{
	(void)state;
	struct strbuf whole, broken;
	unsigned seed = 20231117;
	strbuf_init(&whole);
	strbuf_init(&broken);
	load_database(&whole);
	for (int round = 0; round < 60; round++) {
		strbuf_reset(&broken);
		strbuf_add(&broken, whole.data, whole.length);
		damage(&broken, &seed);
		write_bytes("broken.db", &broken);
		use_everything("broken.db");
	}
	strbuf_release(&broken);
	strbuf_release(&whole);
}

static void add_untyped(struct strbuf *sql, const char *script)
{
	for (const char *at = script; *at;) {
		const char *found = strstr(at, ") STRICT;");
		size_t length = found ? (size_t)(found - at) : strlen(at);
		strbuf_add(sql, at, length);
		at += length;
		if (found) {
			strbuf_adds(sql, ");");
			at += strlen(") STRICT;");
		}
	}
}

/* Our schema without its types, so that it takes any content. */
static void make_hostile(const char *name)
{
	struct strbuf sql;
	strbuf_init(&sql);
	for (int i = 0; i < schema_script_count; i++)
		add_untyped(&sql, schema_scripts[i].sql);
	strbuf_addf(&sql,
		    "PRAGMA application_id = 1316316012; PRAGMA user_version = %d;"
		    "PRAGMA ignore_check_constraints = ON;",
		    schema_script_count);
	test_sql(name, sql.data);
	strbuf_release(&sql);
}

static const char hostile_rows[] =
	"PRAGMA ignore_check_constraints = ON;"
	"INSERT INTO organization VALUES (-1, x'ff00fe', zeroblob(2000000), 17, 'x', x'80'),"
	" (9223372036854775807, printf('%.*c', 1100000, 'ñ'), char(27) || '[2J', '', 5, '');"
	"INSERT INTO plan VALUES (1, x'c3', 7, 8, '2023-99-99', 1e300);"
	"INSERT INTO commitment (key, plan, code, title, starts, ends, sort, irm_completion) VALUES"
	" (1, 1, 'C1', zeroblob(5), 'ayer', -1, x'ff', 'nada'), (2, 4, '', 1e99, '', '', 7, 7);"
	"INSERT INTO progress (key, commitment, as_of, percent) VALUES"
	" (1, 1, 'x', 1e308), (2, 1, 5, -9e999), (3, 1, '2023-01-01', 'mucho');"
	"INSERT INTO milestone (key, commitment, number, starts, ends) VALUES"
	" (1, 2, 9223372036854775807, 'a', 'b'), (2, 2, -9223372036854775808, 1, 2);"
	"INSERT INTO meeting (key, number, date, starts, status) VALUES"
	" (1, x'00', '99999-01-01', '99:99', 'x'), (-9223372036854775808, 'm', -5e300, 12, 3);"
	"INSERT INTO agenda_item (key, meeting, parent, rank, label, title, state, resumed, followup)"
	" VALUES (1, 1, 1, 'x', x'', x'ff', 'y', '99:99', 1),"
	" (2, 1, 1, -9223372036854775808, 'a', 'b', 'c', x'ff', 'z');"
	"INSERT INTO entry (key, meeting, agenda_item, rank, kind, text, vote_rule, votes_for, doubt)"
	" VALUES (1, 1, 1, 1e308, 'z', x'ff', 'w', -7, x'00'), (2, 1, NULL, 'q', 5, 6, 7, 1e300, 9);"
	"INSERT INTO ballot VALUES (1, 1, -1, x'ff'), (2, 1, 9223372036854775807, 'for');"
	"INSERT INTO followup (key, code, description, kind, status, due, entry) VALUES"
	" (1, 'S-2023-99999999999999999999', x'ff', 'k', 's', 'due', 1), (2, 5, 6, 7, 8, 9, 10);"
	"INSERT INTO attendance (key, meeting, organization, capacity, status) VALUES (1, 1, -1, "
	"1, 1);"
	"INSERT INTO indicator (key, name) VALUES (1, x'ff');"
	"INSERT INTO measurement (key, indicator, value) VALUES (1, 1, 'x'), (2, 1, 9e999);"
	"INSERT INTO blocker (key, commitment, since, reason) VALUES (1, 1, 5, x'ff');"
	"INSERT INTO document (key, kind, title, rank) VALUES (1, 5, x'ff', 'r');"
	"INSERT INTO history VALUES (5, 'o', 'p', 'h', 'at', x'ff', 7, zeroblob(9), NULL, NULL, "
	"'{');";

static void hostile_content_gives_rows_or_errors(void **state)
{
	(void)state;
	make_hostile("hostile.db");
	test_sql("hostile.db", hostile_rows);
	use_everything("hostile.db");
}

static bool measure_text(void *context, const void *row)
{
	const struct record_kind *kind = &record_kinds[RECORD_ORGANIZATION];
	const struct field *field = record_field_named(kind, "acronym");
	struct strbuf text;
	size_t *longest = context;
	strbuf_init(&text);
	record_add_value(&text, field, row);
	if (text.length > *longest)
		*longest = text.length;
	strbuf_release(&text);
	return true;
}

static void long_texts_are_cut(void **state)
{
	(void)state;
	size_t longest = 0;
	struct store *store = test_open("hostile.db");
	assert_done(store_list(store, RECORD_ORGANIZATION, &(struct list_query){0}, measure_text,
			       &longest, err));
	assert_in_range(longest, (1 << 20) - 4, 1 << 20);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_files_give_errors_only),
		cmocka_unit_test(hostile_content_gives_rows_or_errors),
		cmocka_unit_test(long_texts_are_cut),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
