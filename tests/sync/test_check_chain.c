/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether check_chain, which judges what `make check-share` leaves, would notice. */
#include "config.h"

#include "sync/chain.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/sync/folder.h"

enum { OPERATIONS = 5 };

struct place {
	char path[64], log[80];
	struct drive *drive;
	struct chain chain;
};

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path);
}

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	snprintf(place->path, sizeof(place->path), "/tmp/nucleo-chain-XXXXXX");
	assert_non_null(mkdtemp(place->path));
	snprintf(place->log, sizeof(place->log), "%s/acta.db-log", place->path);
	place->drive = folder_open(place->log);
	place->chain = chain_new();
	for (size_t i = 0; i < OPERATIONS; i++)
		assert_int_equal(chain_append(&place->chain, place->drive, chain_id(0, i).hex, NULL),
				 LOG_DONE);
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	int removed = nftw(place->path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	folder_close(place->drive);
	chain_release(&place->chain);
	free(place);
	return removed;
}

static bool is_accepted(const struct place *place, const char *count)
{
	char program[4096];
	int status;
	snprintf(program, sizeof(program), "%s/tests/sync/check_chain", getenv("top_builddir"));
	pid_t pid = fork();
	if (pid == 0) {
		close(STDERR_FILENO);
		execl(program, program, place->log, count, (char *)NULL);
		_exit(126);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
	return WEXITSTATUS(status) == 0;
}

static char *file_of(const struct place *place, int number)
{
	static const size_t size = 200;
	char *path = calloc(1, size);
	snprintf(path, size, "%s/00000/%012d.json", place->log, number);
	return path;
}

static void a_chain_is_accepted(void **state)
{
	assert_true(is_accepted(*state, "5"));
	assert_true(is_accepted(*state, NULL));
	assert_false(is_accepted(*state, "4"));
	assert_false(is_accepted(*state, "6"));
}

static void an_operation_may_be_a_folder(void **state)
{
	char *path = file_of(*state, 2), inside[300], away[300];
	snprintf(away, sizeof(away), "%s.away", path);
	snprintf(inside, sizeof(inside), "%s/bytes", path);
	assert_int_equal(rename(path, away), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(rename(away, inside), 0);
	assert_true(is_accepted(*state, "5"));
	free(path);
}

static void each_changed_byte_is_seen(void **state)
{
	char *path = file_of(*state, 3), byte;
	int fd = open(path, O_RDWR);
	struct stat st;
	assert_int_equal(fstat(fd, &st), 0);
	for (off_t at = 0; at < st.st_size; at += 7) {
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		byte ^= 1;
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		assert_false(is_accepted(*state, "5"));
		byte ^= 1;
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	}
	assert_true(is_accepted(*state, "5"));
	assert_int_equal(ftruncate(fd, st.st_size - 1), 0);
	assert_false(is_accepted(*state, "5"));
	close(fd);
	free(path);
}

static void a_gap_is_seen(void **state)
{
	char *path = file_of(*state, 3);
	assert_int_equal(unlink(path), 0);
	assert_false(is_accepted(*state, NULL));
	free(path);
}

static void exchanged_files_are_seen(void **state)
{
	char *one = file_of(*state, 3), *other = file_of(*state, 4), *last = file_of(*state, 6);
	assert_int_equal(rename(one, last), 0);
	assert_int_equal(rename(other, one), 0);
	assert_int_equal(rename(last, other), 0);
	assert_false(is_accepted(*state, "5"));
	free(one);
	free(other);
	free(last);
}

static void an_operation_there_twice_is_seen(void **state)
{
	struct place *place = *state;
	assert_int_equal(chain_append(&place->chain, place->drive, chain_id(0, 1).hex, NULL),
			 LOG_DONE);
	assert_false(is_accepted(place, "6"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_chain_is_accepted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_operation_may_be_a_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_changed_byte_is_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_gap_is_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(exchanged_files_are_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_operation_there_twice_is_seen, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
