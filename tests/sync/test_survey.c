/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a drive to whoever asks how it is. */
#include "sync/chain.h"
#include "sync/folder_test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/sync/folder_survey.h"
#include "nucleo/sync/log_parts.h"
#include "nucleo/sync/place_parts.h"

enum { LENGTH = 12 };

/* ---- the log */

static void fill(struct folder_test *test)
{
	struct chain chain = chain_new();
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_OK);
	for (size_t i = 0; i < LENGTH; i++)
		assert_int_equal(chain_append(&chain, test->drive, chain_id(0, i).hex, &test->err),
				 LOG_DONE);
	chain_release(&chain);
}

static void operation_path(const struct folder_test *test, int64_t number, char *path, size_t size)
{
	snprintf(path, size, "%s/00000/%012lld.json", test->log, (long long)number);
}

static void assert_audit(struct folder_test *test, int64_t count, enum log_result result,
			 int64_t first, int64_t last, int64_t highest)
{
	struct log_audit audit = {0};
	assert_int_equal(log_look_through(test->drive, count, &audit, &test->err), result);
	assert_int_equal(audit.first, first);
	assert_int_equal(audit.last.number, last);
	assert_int_equal(audit.highest, highest);
}

static void a_sound_log_is_followed_to_its_end(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_OK);
	assert_audit(test, 5, LOG_DONE, 1, 0, 0);
	fill(test);
	assert_audit(test, 0, LOG_DONE, 1, LENGTH, LENGTH);
	assert_audit(test, LENGTH, LOG_DONE, 1, LENGTH, LENGTH);
	assert_audit(test, 5, LOG_DONE, LENGTH - 4, LENGTH, LENGTH);
	assert_audit(test, 1000, LOG_DONE, 1, LENGTH, LENGTH);
}

static void a_hole_is_seen(void **state)
{
	struct folder_test *test = *state;
	char path[200];
	fill(test);
	operation_path(test, 10, path, sizeof(path));
	assert_int_equal(unlink(path), 0);
	assert_audit(test, 5, LOG_DONE, 8, 9, LENGTH);
	assert_audit(test, 0, LOG_DONE, 1, 9, LENGTH);
	/* Where the first one to be looked at should come after it, all are. */
	assert_audit(test, 2, LOG_DONE, 1, 9, LENGTH);
	/* After it nothing is known to be wrong. */
	assert_audit(test, 1, LOG_DONE, 12, LENGTH, LENGTH);
}

static void damage_is_seen(void **state)
{
	struct folder_test *test = *state;
	char path[200];
	fill(test);
	operation_path(test, 10, path, sizeof(path));
	assert_int_equal(truncate(path, 40), 0);
	assert_audit(test, 5, LOG_DAMAGED, 8, 9, LENGTH);
	assert_non_null(strstr(test->err.text, "000000000010.json"));
	assert_audit(test, 2, LOG_DAMAGED, 10, 9, LENGTH);
}

/* An operation that is whole, but follows another one. */
static void what_does_not_follow_is_seen(void **state)
{
	struct folder_test *test = *state;
	char path[200], name[64];
	struct strbuf text, bytes;
	struct log_head other = log_head_none();
	fill(test);
	memset(other.hash.hex, 'a', sizeof(other.hash.hex) - 1);
	strbuf_init(&text);
	strbuf_init(&bytes);
	chain_compose(&text, chain_id(1, 1).hex, &other);
	frame_add(&bytes, 10, text.data, text.length);
	operation_path(test, 10, path, sizeof(path));
	assert_int_equal(unlink(path), 0);
	snprintf(name, sizeof(name), "00000/%012d.json", 10);
	assert_int_equal(folder_test_put(test, name, bytes.data), DRIVE_DONE);
	assert_audit(test, 5, LOG_FORKED, 8, 9, LENGTH);
	strbuf_release(&bytes);
	strbuf_release(&text);
}

/* Anybody can put names there: empty folders, and what looks like an operation far away. */
static void odd_names_cost_little(void **state)
{
	static const char *const odd[] = {"99999", "99998", "0000x", "000001", "12345"};
	struct folder_test *test = *state;
	char path[200];
	fill(test);
	for (size_t i = 0; i < ARRAY_COUNT(odd); i++) {
		snprintf(path, sizeof(path), "%s/%s", test->log, odd[i]);
		assert_int_equal(mkdir(path, 0755), 0);
	}
	unsigned before = calls.count;
	assert_audit(test, 5, LOG_DONE, 8, LENGTH, LENGTH);
	assert_true(calls.count - before < 200);
	assert_int_equal(folder_test_put(test, "00000/000000004000.json", "{}"), DRIVE_DONE);
	assert_audit(test, 5, LOG_DONE, 1, LENGTH, 4000);
}

static void a_drive_that_is_not_there_says_nothing(void **state)
{
	struct folder_test *test = *state;
	struct log_audit audit = {.highest = 77};
	char path[200];
	fill(test);
	snprintf(path, sizeof(path), "%s.fuera", test->log);
	assert_int_equal(rename(test->log, path), 0);
	struct folder_survey survey;
	assert_int_equal(folder_survey(test->drive, &survey, &test->err), DRIVE_ABSENT);
	assert_int_equal(log_look_through(test->drive, 5, &audit, &test->err), LOG_DONE);
	assert_int_equal(audit.highest, 0);
	assert_int_not_equal(access(test->log, F_OK), 0);
	assert_int_equal(rename(path, test->log), 0);
}

/* ---- the folder */

static void a_folder_is_surveyed(void **state)
{
	struct folder_test *test = *state;
	struct folder_survey survey;
	char path[200];
	const struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	assert_int_equal(folder_survey(test->drive, &survey, &test->err), DRIVE_ABSENT);
	assert_int_not_equal(access(test->log, F_OK), 0);
	fill(test);
	assert_int_equal(chmod(test->log, 0750), 0);
	folder_tidy_own(test->drive);
	assert_int_equal(folder_survey(test->drive, &survey, &test->err), DRIVE_DONE);
	assert_int_equal(survey.bits, 0750);
	assert_true(survey.can_write);
	assert_true(survey.available > 0 && survey.total >= survey.available);
	assert_int_equal(survey.temporaries, 0);
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/tmp/%d", test->log, i);
		int fd = open(path, O_CREAT | O_WRONLY, 0600);
		assert_true(fd >= 0);
		assert_true(i == 0 || futimens(fd, old) == 0);
		close(fd);
	}
	assert_int_equal(folder_test_put(test, "turn-000001-x", ""), DRIVE_DONE);
	folder_tidy_own(test->drive);
	assert_int_equal(folder_survey(test->drive, &survey, &test->err), DRIVE_DONE);
	assert_int_equal(survey.temporaries, 3);
	assert_int_equal(survey.old, 2);
	assert_int_equal(survey.turns, 1);
}

static int sees_no_permission(const struct folder_test *test)
{
	struct folder_survey survey;
	struct error err;
	return folder_survey(test->drive, &survey, &err) != DRIVE_DONE || survey.can_write;
}

static void a_folder_of_others_is_only_read(void **state)
{
	struct folder_test *test = *state;
	fill(test);
	assert_int_equal(chmod(test->log, 0755), 0);
	assert_int_equal(chmod(test->path, 0755), 0);
	assert_int_equal(folder_test_as_nobody(test, sees_no_permission), 0);
}

/* Nothing is left of it, whichever call fails and however; and never an operation. */
static void what_is_put_to_measure_goes_again(void **state)
{
	struct folder_test *test = *state;
	int64_t took = -1;
	fill(test);
	for (unsigned fault_at = 0; fault_at == 0 || calls.was_injected; fault_at++) {
		struct drive *own = folder_open(test->log);
		struct error err;
		assert_int_equal(own->ops->refresh(own, "", &err), DRIVE_DONE);
		assert_int_equal(folder_self_test(own, &err), RC_OK);
		calls.was_injected = false;
		calls.fault = CALL_BEFORE;
		calls.failure = EIO;
		calls.fault_at = fault_at ? calls.count + fault_at : 0;
		enum rc rc = folder_time_put(own, 2048, &took, &err);
		calls.fault_at = 0;
		if (!calls.was_injected) {
			assert_int_equal(rc, RC_OK);
			assert_true(took >= 0);
		}
		folder_tidy_own(own);
		folder_close(own);
		assert_int_equal(folder_test_entries(test->drive, "00000"), LENGTH);
		if (fault_at == 0)
			assert_int_equal(rc, RC_OK);
	}
	folder_tidy_own(test->drive);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
}

static void without_links_it_is_measured_too(void **state)
{
	struct folder_test *test = *state;
	int64_t took = -1;
	calls.link_fails = EPERM;
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_OK);
	assert_int_equal(folder_time_put(test->drive, 2048, &took, &test->err), RC_OK);
	folder_tidy_own(test->drive);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
}

/* ---- the mount */

static void options_that_matter_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *options, *told;
	} cases[] = {
		{"", ""},
		{"rw,relatime", ""},
		{"ro,noatime,ro", "ro"},
		{"rw,noatime,rw,vers=4.2,rsize=1048576,hard,proto=tcp,timeo=600,clientaddr=10.0.0."
		 "1",
		 "vers=4.2,hard,proto=tcp,timeo=600"},
		{"rw,vers=3.1.1,username=ana,password=x,addr=10.0.0.2,nobrl,cache=strict",
		 "vers=3.1.1,nobrl,cache=strict"},
		{",,ro,", "ro"},
		{"roto,versiones=2", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf told;
		strbuf_init(&told);
		place_add_options(&told, cases[i].options);
		assert_string_equal(told.data, cases[i].told);
		strbuf_release(&told);
	}
}

static void they_are_those_of_the_mount_and_of_its_file_system(void **state)
{
	(void)state;
	struct mount mount;
	assert_true(mount_find(&mount,
			       "27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
			       "32 30 0:42 / /mnt ro,noatime shared:1 - cifs //s/d rw,vers=3.1.1\n",
			       "/mnt/x"));
	assert_string_equal(mount.options, "ro,noatime,rw,vers=3.1.1");
	assert_true(mount_find(&mount, "27 1 8:1 / / rw - ext4", "/"));
	assert_string_equal(mount.options, "rw");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_sound_log_is_followed_to_its_end),
		FOLDER_TEST(a_hole_is_seen),
		FOLDER_TEST(damage_is_seen),
		FOLDER_TEST(what_does_not_follow_is_seen),
		FOLDER_TEST(odd_names_cost_little),
		FOLDER_TEST(a_drive_that_is_not_there_says_nothing),
		FOLDER_TEST(a_folder_is_surveyed),
		FOLDER_TEST(a_folder_of_others_is_only_read),
		FOLDER_TEST(what_is_put_to_measure_goes_again),
		FOLDER_TEST(without_links_it_is_measured_too),
		cmocka_unit_test(options_that_matter_are_told),
		cmocka_unit_test(they_are_those_of_the_mount_and_of_its_file_system),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
