/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: they come back whatever the program died of, and are offered by one program only. */
#include "store/store_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/local.h"
#include "store/fault_vfs.h"

static struct local *open_local(void)
{
	struct local *local = NULL;
	char *path = folder_path("state/local.db");
	assert_done(local_open(path, &local, err));
	free(path);
	return local;
}

static struct draft draft_of(int64_t key, const char *text)
{
	struct draft draft;
	draft_init(&draft, "followup", key, "S-2023-014");
	draft_add(&draft, "description", "Entregar los datos", text);
	draft_add(&draft, "due", "", "17/11/2023");
	return draft;
}

static int64_t save(struct local *local, int64_t key, const char *text)
{
	struct draft draft = draft_of(key, text);
	assert_done(local_save_draft(local, &draft, err));
	int64_t id = draft.id;
	draft_release(&draft);
	return id;
}

/* Owned: the description of each draft on offer, apart by '|'. */
static char *offered(struct local *local)
{
	struct draft_list list = {0};
	struct strbuf out;
	strbuf_init(&out);
	assert_done(local_list_drafts(local, &list, err));
	for (size_t i = 0; i < list.drafts.count; i++) {
		const struct draft_text *text =
			draft_text_named(&list.drafts.items[i], "description");
		strbuf_addf(&out, "%s%s", i ? "|" : "", text ? text->text : "-");
	}
	draft_list_release(&list);
	return strbuf_detach(&out);
}

static void expect_offered(struct local *local, const char *expected)
{
	char *texts = offered(local);
	assert_string_equal(texts, expected);
	free(texts);
}

/* By a program that just began. */
static void expect_kept(const char *expected)
{
	struct local *local = open_local();
	expect_offered(local, expected);
	local_close(local);
}

static bool has_notice(struct local *local)
{
	struct strbuf notice;
	strbuf_init(&notice);
	local_take_notice(local, &notice);
	bool has = notice.length > 0;
	strbuf_release(&notice);
	return has;
}

static void empty_folder(void)
{
	folder_remove(NULL);
	folder_make(NULL);
}

static void a_draft_comes_back_as_it_was(void **state)
{
	(void)state;
	struct local *local = open_local();
	struct draft_list list = {0};
	save(local, 7, "Entregar\nlos \"datos\" ñ");
	local_close(local);
	local = open_local();
	assert_done(local_list_drafts(local, &list, err));
	assert_int_equal(list.drafts.count, 1);
	const struct draft *draft = &list.drafts.items[0];
	assert_string_equal(draft->kind, "followup");
	assert_string_equal(draft->title, "S-2023-014");
	assert_int_equal(draft->key, 7);
	assert_int_equal(strlen(draft->at), strlen("2023-11-17T20:42:07Z"));
	assert_int_equal(draft->texts.count, 2);
	assert_string_equal(draft->texts.items[0].was, "Entregar los datos");
	assert_string_equal(draft->texts.items[0].text, "Entregar\nlos \"datos\" ñ");
	assert_string_equal(draft->texts.items[1].text, "17/11/2023");
	draft_list_release(&list);
	local_close(local);
	empty_folder();
}

static void saving_again_replaces_it(void **state)
{
	(void)state;
	struct local *local = open_local();
	struct draft draft = draft_of(7, "uno");
	assert_done(local_save_draft(local, &draft, err));
	int64_t id = draft.id;
	draft_clear(&draft);
	draft_add(&draft, "description", "", "dos");
	assert_done(local_save_draft(local, &draft, err));
	assert_int_equal(draft.id, id);
	draft_release(&draft);
	local_close(local);
	expect_kept("dos");
	local = open_local();
	assert_done(local_remove_draft(local, id, err));
	expect_offered(local, "");
	local_close(local);
	empty_folder();
}

/* ---- whose it is */

static void what_is_being_written_is_not_offered(void **state)
{
	(void)state;
	struct local *mine = open_local(), *other = open_local();
	int64_t id = save(mine, 7, "mío");
	expect_offered(mine, "");
	expect_offered(other, "");
	/* Left, it is anybody's; once taken, that one's alone. */
	assert_done(local_leave_draft(mine, id, err));
	expect_offered(mine, "mío");
	expect_offered(other, "mío");
	assert_done(local_take_draft(other, id, err));
	expect_offered(mine, "");
	struct error why;
	assert_int_equal(local_take_draft(mine, id, &why), RC_NOT_FOUND);
	/* Nor does leaving it again take it from there. */
	assert_done(local_leave_draft(mine, id, err));
	expect_offered(mine, "");
	local_close(other);
	expect_offered(mine, "mío");
	local_close(mine);
	empty_folder();
}

static void a_killed_program_leaves_its_draft(void **state)
{
	(void)state;
	int ready[2], status;
	char byte;
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct local *local = open_local();
		save(local, 7, "a medias");
		(void)!write(ready[1], "x", 1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	struct local *local = open_local();
	expect_offered(local, "");
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	expect_offered(local, "a medias");
	local_close(local);
	close(ready[0]);
	close(ready[1]);
	empty_folder();
}

/* ---- limits */

static void sizes_are_bounded(void **state)
{
	(void)state;
	struct local *local = open_local();
	struct error why;
	char *huge = mem_alloc(DRAFT_BYTES_MAX + 1);
	memset(huge, 'a', DRAFT_BYTES_MAX);
	huge[DRAFT_BYTES_MAX] = '\0';
	struct draft draft = draft_of(7, huge);
	assert_int_equal(local_save_draft(local, &draft, &why), RC_INVALID);
	assert_int_equal(draft.id, 0);
	draft_release(&draft);
	free(huge);
	int64_t id = 0;
	for (int i = 0; i < DRAFTS_MAX; i++)
		id = save(local, i + 1, "x");
	draft = draft_of(99, "uno más");
	assert_int_equal(local_save_draft(local, &draft, &why), RC_REFUSED);
	assert_non_null(strstr(why.text, "borradores"));
	draft.id = id;
	assert_done(local_save_draft(local, &draft, err));
	draft_release(&draft);
	local_close(local);
	empty_folder();
}

/* ---- files that are not what they should be */

static void expect_begun_anew(const char *what, bool is_said)
{
	struct local *local = open_local();
	if (has_notice(local) != is_said)
		fail_msg("%s: notice", what);
	expect_offered(local, "");
	save(local, 7, "otra vez");
	local_close(local);
	expect_kept("otra vez");
	empty_folder();
}

static void write_file(const char *name, const char *bytes, size_t length)
{
	char *path = folder_path(name);
	assert_done(file_make_parent(path, err));
	assert_done(file_replace(path, bytes, length, err));
	free(path);
}

static void a_damaged_file_is_set_aside(void **state)
{
	(void)state;
	struct local *local = open_local();
	struct strbuf bytes;
	char *path = folder_path("state/local.db");
	for (int i = 0; i < 40; i++)
		save(local, i + 1, "texto que ocupa lugar, y más lugar, y más lugar todavía");
	local_close(local);
	strbuf_init(&bytes);
	assert_done(file_read(path, 1 << 24, &bytes, err));
	empty_folder();
	for (size_t at = 0; at < bytes.length; at += 4096) {
		char *copy = mem_alloc(bytes.length);
		memcpy(copy, bytes.data, bytes.length);
		memset(copy + at, 0xA5, 200);
		write_file("state/local.db", copy, bytes.length);
		free(copy);
		expect_begun_anew("overwritten page", true);
	}
	write_file("state/local.db", bytes.data, bytes.length / 2 + 100);
	expect_begun_anew("cut", true);
	write_file("state/local.db", "no es una base de datos, es otra cosa", 37);
	expect_begun_anew("text", true);
	write_file("state/local.db", "", 0);
	expect_begun_anew("empty", false);
	strbuf_release(&bytes);
	free(path);
}

static void damage_while_one_types_costs_one_save_at_most(void **state)
{
	(void)state;
	struct local *local = open_local();
	for (int i = 0; i < 40; i++)
		save(local, i + 1, "texto que ocupa lugar, y más lugar, y más lugar todavía");
	local_close(local);
	local = open_local();
	test_sql("state/local.db", "PRAGMA writable_schema = ON;"
				   "UPDATE sqlite_schema SET rootpage = 99999;"
				   "PRAGMA schema_version = 77;");
	save(local, 99, "lo que se escribe");
	assert_true(has_notice(local));
	local_close(local);
	expect_kept("lo que se escribe");
	empty_folder();
}

static void what_cannot_be_shown_is_not_offered(void **state)
{
	(void)state;
	struct local *local = open_local();
	save(local, 7, "bueno");
	local_close(local);
	test_sql("state/local.db",
		 "INSERT INTO draft VALUES (1, 0, 'followup', 1, CAST(x'1b5b324a' AS TEXT), 'z');"
		 "INSERT INTO draft VALUES (2, -5, CAST(x'ff' AS TEXT), 1, 't', 'z');"
		 "INSERT INTO draft VALUES (3, 9223372036854775807, 'followup', 1, 't', 'z');"
		 "INSERT INTO draft_text VALUES (3, 0, 'description', '', CAST(x'1b' AS TEXT));"
		 "INSERT INTO draft_text VALUES (3, 1, 'due', '', zeroblob(2000000));");
	expect_kept("-|bueno");
	empty_folder();
}

/* ---- a disk that fails */

static void the_draft_before_stays_when_saving_fails(void **state)
{
	(void)state;
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		bool has_failed = true;
		for (int countdown = 1; has_failed; countdown++) {
			struct local *local = open_local();
			struct draft draft = draft_of(7, "antes");
			struct error why = {0};
			assert_done(local_save_draft(local, &draft, err));
			draft_clear(&draft);
			draft_add(&draft, "description", "", "después");
			fault_arm_disk((enum fault)fault, countdown);
			enum rc rc = local_save_draft(local, &draft, &why);
			has_failed = fault_disarm();
			assert_true(rc == RC_OK || why.text[0]);
			/* And the next second's save works. */
			assert_false(has_notice(local));
			local_close(local);
			char *kept = offered(local = open_local());
			assert_true(strcmp(kept, "después") == 0 ||
				    (rc != RC_OK && strcmp(kept, "antes") == 0));
			assert_done(local_save_draft(local, &draft, err));
			free(kept);
			draft_release(&draft);
			local_close(local);
			expect_kept("después");
			empty_folder();
			assert_true(countdown < 200);
		}
	}
}

static void a_folder_that_cannot_be_written_is_told(void **state)
{
	(void)state;
	struct local *local = NULL;
	struct error why;
	write_file("state", "x", 1);
	char *path = folder_path("state/local.db");
	assert_int_equal(local_open(path, &local, &why), RC_IO);
	assert_null(local);
	free(path);
	empty_folder();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_draft_comes_back_as_it_was),
		cmocka_unit_test(saving_again_replaces_it),
		cmocka_unit_test(what_is_being_written_is_not_offered),
		cmocka_unit_test(a_killed_program_leaves_its_draft),
		cmocka_unit_test(sizes_are_bounded),
		cmocka_unit_test(a_damaged_file_is_set_aside),
		cmocka_unit_test(damage_while_one_types_costs_one_save_at_most),
		cmocka_unit_test(what_cannot_be_shown_is_not_offered),
		cmocka_unit_test(the_draft_before_stays_when_saving_fails),
		cmocka_unit_test(a_folder_that_cannot_be_written_is_told),
	};
	fault_install();
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
