/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/chain.h"
#include "sync/folder_test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WRITERS 4
#define KILLS 40

static void check_first_wins(struct folder_test *test)
{
	struct strbuf out;
	strbuf_init(&out);
	assert_int_equal(test->drive->ops->read(test->drive, "a/x", 9, &out, &test->err),
			 DRIVE_ABSENT);
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	assert_int_equal(folder_test_put(test, "a/x", "dos"), DRIVE_TAKEN);
	folder_test_assert_reads(test->drive, "a/x", "uno");
	assert_int_equal(drive_claim(test->drive, "a/x", "uno", 3, &test->err), DRIVE_DONE);
	assert_int_equal(drive_claim(test->drive, "a/x", "unos", 4, &test->err), DRIVE_TAKEN);
	assert_int_equal(drive_claim(test->drive, "a/x", "un", 2, &test->err), DRIVE_TAKEN);
	assert_int_equal(folder_test_entries(test->drive, "a"), 1);
	folder_tidy(test->drive);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
	folder_test_assert_reads(test->drive, "a/x", "uno");
	strbuf_release(&out);
}

static void the_first_to_put_a_name_has_it(void **state)
{
	struct folder_test *test = *state;
	check_first_wins(test);
	assert_int_equal(calls.unsynced_names, 0);
}

static void without_links_a_folder_is_renamed(void **state)
{
	static const int refusals[] = {EPERM, EOPNOTSUPP, ENOSYS, EMLINK, EINVAL};
	struct folder_test *test = *state;
	for (size_t i = 0; i < ARRAY_COUNT(refusals); i++) {
		calls.link_fails = refusals[i];
		check_first_wins(test);
		folder_test_tear_down(state);
		assert_int_equal(folder_test_set_up(state), 0);
		test = *state;
	}
}

/* A machine with links and one without may meet on one drive. */
static void both_ways_respect_each_other(void **state)
{
	struct folder_test *test = *state;
	struct drive *other = folder_open(test->log);
	calls.link_fails = EPERM;
	assert_int_equal(folder_test_put(test, "a/x", "carpeta"), DRIVE_DONE);
	calls.link_fails = 0;
	assert_int_equal(other->ops->put_if_absent(other, "a/y", "archivo", 7, &test->err),
			 DRIVE_DONE);
	assert_int_equal(other->ops->put_if_absent(other, "a/x", "archivo", 7, &test->err),
			 DRIVE_TAKEN);
	assert_int_equal(folder_test_put(test, "a/y", "carpeta"), DRIVE_TAKEN);
	folder_test_assert_reads(test->drive, "a/x", "carpeta");
	folder_test_assert_reads(test->drive, "a/y", "archivo");
	folder_close(other);
}

static void a_folder_that_overwrites_is_refused(void **state)
{
	struct folder_test *test = *state;
	calls.link_overwrites = true;
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_REFUSED);
	assert_non_null(strstr(test->err.text, test->log));
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_UNKNOWN);
}

static void what_is_not_on_the_disk_gets_no_name(void **state)
{
	struct folder_test *test = *state;
	struct strbuf out;
	strbuf_init(&out);
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_OK);
	calls.sync_fails = EIO;
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_UNKNOWN);
	assert_int_equal(test->err.code, RC_BUSY);
	assert_int_equal(test->drive->ops->read(test->drive, "a/x", 9, &out, &test->err),
			 DRIVE_ABSENT);
	strbuf_release(&out);
}

static void advisory_files_are_replaced_listed_and_removed(void **state)
{
	struct folder_test *test = *state;
	const struct drive_ops *ops = test->drive->ops;
	drive_names names = {0};
	assert_int_equal(ops->refresh(test->drive, "", &test->err), DRIVE_ABSENT);
	assert_int_equal(ops->list(test->drive, "", &names, &test->err), DRIVE_ABSENT);
	assert_int_equal(mkdir(test->log, 0775), 0);
	assert_int_equal(ops->replace(test->drive, "who-1", "uno", 3, &test->err), DRIVE_DONE);
	assert_int_equal(ops->replace(test->drive, "who-1", "dos", 3, &test->err), DRIVE_DONE);
	folder_test_assert_reads(test->drive, "who-1", "dos");
	assert_int_equal(folder_test_entries(test->drive, ""), 2);
	assert_int_equal(ops->refresh(test->drive, "", &test->err), DRIVE_DONE);
	assert_int_equal(ops->remove(test->drive, "who-1", &test->err), DRIVE_DONE);
	assert_int_equal(ops->remove(test->drive, "who-1", &test->err), DRIVE_ABSENT);
}

/* A mount point without its drive looks like this. */
static void nothing_is_left_where_the_drive_is_not(void **state)
{
	struct folder_test *test = *state;
	const struct drive_ops *ops = test->drive->ops;
	assert_true(folder_set_primitive(test->drive, "link"));
	assert_true(folder_set_primitive(test->beside, "link"));
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_UNKNOWN);
	assert_int_equal(ops->replace(test->drive, "who-1", "uno", 3, &test->err), DRIVE_UNKNOWN);
	assert_int_equal(ops->replace(test->beside, "acta.db", "uno", 3, &test->err),
			 DRIVE_UNKNOWN);
	assert_int_equal(folder_test_entries(test->beside, ""), 0);
	assert_int_equal(rmdir(test->path), 0);
	assert_int_equal(ops->replace(test->beside, "acta.db", "uno", 3, &test->err),
			 DRIVE_UNKNOWN);
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_BUSY);
	assert_int_equal(mkdir(test->path, 0775), 0);
	assert_int_equal(folder_test_entries(test->beside, ""), 0);
}

static void what_is_made_takes_the_bits_of_the_folder(void **state)
{
	struct folder_test *test = *state;
	mode_t before = umask(077);
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	umask(before);
	assert_int_equal(folder_test_mode(test, ""), 0775);
	assert_int_equal(folder_test_mode(test, "a"), 0775);
	assert_int_equal(folder_test_mode(test, "tmp"), 0775);
	assert_int_equal(folder_test_mode(test, "a/x"), 0664);
}

static void a_temporary_may_be_made_ahead(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_OK);
	folder_tidy(test->drive);
	folder_prepare(test->drive);
	folder_prepare(test->drive);
	folder_tidy(test->drive);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 1);
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 1);
	assert_int_equal(folder_test_mode(test, "a/x"), 0664);
	assert_int_equal(folder_test_put(test, "a/y", "dos"), DRIVE_DONE);
	folder_prepare(test->drive);
	assert_int_equal(folder_test_put(test, "a/y", "tres"), DRIVE_TAKEN);
	folder_test_assert_reads(test->drive, "a/x", "uno");
	folder_test_assert_reads(test->drive, "a/y", "dos");
	assert_int_equal(calls.unsynced_names, 0);
	folder_prepare(test->drive);
	folder_tidy_own(test->drive);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 0);
}

/* A day later it may be gone, and the folder may be open to others than before. */
static void one_made_ahead_is_not_relied_on(void **state)
{
	struct folder_test *test = *state;
	drive_names names = {0};
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_OK);
	folder_tidy(test->drive);
	folder_prepare(test->drive);
	assert_int_equal(test->drive->ops->list(test->drive, "tmp", &names, &test->err),
			 DRIVE_DONE);
	assert_int_equal(names.count, 1);
	char name[64];
	snprintf(name, sizeof(name), "tmp/%s", names.items[0]);
	assert_int_equal(test->drive->ops->remove(test->drive, name, &test->err), DRIVE_DONE);
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	folder_prepare(test->drive);
	assert_int_equal(chmod(test->log, 0770), 0);
	assert_int_equal(folder_test_put(test, "a/y", "dos"), DRIVE_DONE);
	assert_int_equal(folder_test_mode(test, "a/y"), 0660);
	folder_test_assert_reads(test->drive, "a/x", "uno");
	folder_test_assert_reads(test->drive, "a/y", "dos");
	drive_names_release(&names);
}

/* Links and pipes that a prankster put there are neither followed nor waited for. */
static void odd_files_are_not_read(void **state)
{
	struct folder_test *test = *state;
	struct strbuf out;
	char path[200];
	strbuf_init(&out);
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	snprintf(path, sizeof(path), "%s/a/pipe", test->log);
	assert_int_equal(mkfifo(path, 0600), 0);
	snprintf(path, sizeof(path), "%s/a/link", test->log);
	assert_int_equal(symlink("x", path), 0);
	snprintf(path, sizeof(path), "%s/a/empty", test->log);
	assert_int_equal(mkdir(path, 0700), 0);
	static const char *const names[] = {"a/pipe", "a/link", "a/empty"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		assert_int_equal(test->drive->ops->read(test->drive, names[i], 9, &out,
							 &test->err),
				 DRIVE_UNKNOWN);
	assert_int_equal(out.length, 0);
	assert_int_equal(test->drive->ops->read(test->drive, "a/x", 2, &out, &test->err),
			 DRIVE_DONE);
	assert_string_equal(out.data, "un");
	strbuf_release(&out);
}

static void make_leftover(const struct folder_test *test, const char *name, time_t age)
{
	char path[200];
	snprintf(path, sizeof(path), "%s/tmp/%s", test->log, name);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = time(NULL) - age}};
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
}

static void only_old_leftovers_of_others_are_removed(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	make_leftover(test, "old", 90000);
	make_leftover(test, "young", 3600);
	folder_tidy(test->drive);
	assert_int_equal(folder_test_entries(test->drive, "tmp"), 1);
	folder_test_assert_reads(test->drive, "tmp/young", "");
}

static int only_reads(const struct folder_test *test)
{
	struct error err;
	struct strbuf out;
	int failures = 0;
	strbuf_init(&out);
	struct drive *drive = folder_open(test->log);
	failures += folder_self_test(drive, &err) != RC_REFUSED;
	failures += strstr(err.text, test->log) == NULL;
	failures += drive->ops->put_if_absent(drive, "a/y", "x", 1, &err) != DRIVE_UNKNOWN;
	failures += drive->ops->read(drive, "a/x", 9, &out, &err) != DRIVE_DONE;
	failures += strcmp(out.data, "uno") != 0;
	folder_tidy(drive);
	folder_close(drive);
	strbuf_release(&out);
	return failures;
}

static void set_modes(const struct folder_test *test, mode_t mode)
{
	static const char *const folders[] = {"", "a", "tmp"};
	char path[200];
	for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", test->log, folders[i]);
		assert_int_equal(chmod(path, mode), 0);
	}
}

static void a_folder_without_permission_is_only_read(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	folder_tidy(test->drive);
	chmod(test->path, 0755);
	set_modes(test, 0555);
	int failures = folder_test_as_nobody(test, only_reads);
	set_modes(test, 0755);
	assert_int_equal(failures, 0);
}

/* A drive that is not mounted leaves an empty folder, into which anybody may write. */
static void nothing_is_written_where_the_drive_was(void **state)
{
	struct folder_test *test = *state;
	const struct drive_ops *ops = test->drive->ops;
	char away[120];
	FILE *local = tmpfile();
	assert_int_equal(folder_test_put(test, "a/x", "uno"), DRIVE_DONE);
	snprintf(away, sizeof(away), "%s-away", test->log);
	assert_int_equal(rename(test->log, away), 0);
	assert_int_equal(folder_test_put(test, "a/y", "dos"), DRIVE_UNKNOWN);
	assert_int_equal(ops->replace(test->drive, "who-1", "x", 1, &test->err), DRIVE_UNKNOWN);
	assert_int_equal(folder_self_test(test->drive, &test->err), RC_BUSY);
	assert_int_equal(ops->publish(test->beside, "acta.db", fileno(local), &test->err),
			 DRIVE_UNKNOWN);
	folder_tidy(test->drive);
	folder_tidy(test->beside);
	assert_int_equal(folder_test_entries(test->beside, ""), 1);
	assert_int_equal(rename(away, test->log), 0);
	assert_int_equal(folder_test_put(test, "b/y", "dos"), DRIVE_DONE);
	fclose(local);
}

/* Publishes for ever, and tells each that it knows to be in the log. */
static void publish_and_tell(const struct folder_test *test, size_t writer, int told)
{
	struct error err;
	struct chain chain = chain_new();
	struct drive *drive = folder_open(test->log);
	for (size_t which = 0;; which++) {
		struct random_id id = chain_id(writer, which);
		enum log_result result;
		do {
			struct log_head head = chain.head;
			result = log_pull(drive, &head, chain_receive, &chain, &err);
			if (result == LOG_DONE && !chain_count(&chain, id.hex))
				result = chain_append(&chain, drive, id.hex, &err);
			if (result == LOG_DAMAGED || result == LOG_FORKED || result == LOG_GONE)
				_exit(1);
		} while (result != LOG_DONE);
		if (write(told, id.hex, sizeof(id.hex)) != sizeof(id.hex))
			_exit(2);
		if (which % 16 == 0)
			folder_tidy(drive);
	}
}

static pid_t start_writer(const struct folder_test *test, size_t writer, int told)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* A test that fails leaves nobody behind who publishes for ever. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		publish_and_tell(test, writer, told);
	}
	return child;
}

/* Waits until somebody publishes, however slow the machine is. */
static void await_progress(int told)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	struct stat before, now;
	assert_int_equal(fstat(told, &before), 0);
	for (int i = 0; i < 10000; i++) {
		nanosleep(&pause, NULL);
		assert_int_equal(fstat(told, &now), 0);
		if (now.st_size > before.st_size)
			return;
	}
	fail_msg("nobody publishes any more");
}

/* Kills writers at odd moments, each followed by another. */
static void kill_and_replace(const struct folder_test *test, int told)
{
	pid_t children[WRITERS];
	int status;
	unsigned seed = 20231117;
	for (size_t i = 0; i < WRITERS; i++)
		children[i] = start_writer(test, i, told);
	for (size_t i = 0; i < KILLS + WRITERS; i++) {
		pid_t *child = &children[i % WRITERS];
		seed = seed * 1103515245u + 12345u;
		const struct timespec moment = {.tv_nsec = (long)(seed >> 16) * 400};
		if (i % 2)
			await_progress(told);
		nanosleep(&moment, NULL);
		assert_int_equal(kill(*child, SIGKILL), 0);
		assert_int_equal(waitpid(*child, &status, 0), *child);
		assert_true(WIFSIGNALED(status));
		if (i < KILLS)
			*child = start_writer(test, WRITERS + i, told);
	}
}

static unsigned check_told(FILE *told, const struct chain *log)
{
	struct random_id id;
	unsigned count = 0;
	rewind(told);
	while (fread(id.hex, sizeof(id.hex), 1, told) == 1) {
		assert_int_equal(chain_count(log, id.hex), 1);
		count++;
	}
	return count;
}

static void check_killed_writers(struct folder_test *test)
{
	struct chain log = chain_new();
	struct log_head head = log.head;
	FILE *told = tmpfile();
	assert_int_equal(fcntl(fileno(told), F_SETFL, O_APPEND), 0);
	kill_and_replace(test, fileno(told));
	assert_int_equal(log_pull(test->drive, &head, chain_receive, &log, &test->err), LOG_DONE);
	unsigned acknowledged = check_told(told, &log);
	for (size_t i = 0; i < log.operations.count; i++)
		assert_int_equal(chain_count(&log, log.operations.items[i].id.hex), 1);
	assert_true(acknowledged >= KILLS / 2);
	/* Each writer can have published one that it was killed before telling. */
	assert_in_range(log.operations.count, acknowledged, acknowledged + KILLS + WRITERS);
	print_message("%u acknowledged by %d writers killed, all there\n", acknowledged,
		      KILLS + WRITERS);
	chain_release(&log);
	fclose(told);
}

static void killed_writers_lose_nothing(void **state)
{
	check_killed_writers(*state);
}

static void killed_writers_lose_nothing_without_links(void **state)
{
	calls.link_fails = EPERM;
	check_killed_writers(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(the_first_to_put_a_name_has_it),
		FOLDER_TEST(without_links_a_folder_is_renamed),
		FOLDER_TEST(both_ways_respect_each_other),
		FOLDER_TEST(a_folder_that_overwrites_is_refused),
		FOLDER_TEST(what_is_not_on_the_disk_gets_no_name),
		FOLDER_TEST(advisory_files_are_replaced_listed_and_removed),
		FOLDER_TEST(nothing_is_left_where_the_drive_is_not),
		FOLDER_TEST(what_is_made_takes_the_bits_of_the_folder),
		FOLDER_TEST(a_temporary_may_be_made_ahead),
		FOLDER_TEST(one_made_ahead_is_not_relied_on),
		FOLDER_TEST(odd_files_are_not_read),
		FOLDER_TEST(only_old_leftovers_of_others_are_removed),
		FOLDER_TEST(a_folder_without_permission_is_only_read),
		FOLDER_TEST(nothing_is_written_where_the_drive_was),
		FOLDER_TEST(killed_writers_lose_nothing),
		FOLDER_TEST(killed_writers_lose_nothing_without_links),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
