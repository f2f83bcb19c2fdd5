/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders and disks that do not take what is written: the drive's, and the member's own. */
#define _GNU_SOURCE /* unshare() */
#include "store/members_test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "tree.h"

enum { NOBODY = 65534 };
#define FALLBACK "/var/tmp/nucleo-65534"

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	wait_for_silence(home);
}

/* ---- a member who may only read; only root can become one */

static void become_nobody(struct home *home)
{
	become(home, "nadie");
	if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)
		_exit(99);
}

static void redirect(const struct home *home, const char *name, int to)
{
	char *path = in_home(home, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dup2(fd, to) < 0)
		_exit(99);
	free(path);
}

static int run_as_nobody(struct home *home, const char *const *words)
{
	char *argv[WORDS_MAX + 2] = {program_path()};
	for (int i = 0; words[i]; i++)
		argv[i + 1] = (char *)(uintptr_t)words[i];
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		redirect(home, "nadie.out", STDOUT_FILENO);
		redirect(home, "nadie.err", STDERR_FILENO);
		become_nobody(home);
		execv(argv[0], argv);
		_exit(98);
	}
	free(argv[0]);
	return member_finish(home, "nadie", child);
}

#define AS_NOBODY(home, wanted, ...)                                                         \
	do {                                                                                 \
		int status_ = run_as_nobody(home, (const char *const[]){__VA_ARGS__, NULL}); \
		if (status_ != (wanted))                                                     \
			fail_msg("line %d: exit %d: %s%s", __LINE__, status_,                \
				 (home)->out.data, (home)->err.data);                        \
	} while (0)

/* Her home; and whether she reaches the program at all. */
static bool nobody_can_run(struct home *home)
{
	char *own = in_home(home, "nadie");
	if (geteuid() != 0 || chmod(home->folder, 0755) != 0 || mkdir(own, 0700) != 0 ||
	    chown(own, NOBODY, NOBODY) != 0)
		return false;
	free(own);
	return run_as_nobody(home, (const char *const[]){"--version", NULL}) == 0;
}

static void set_mode_below(const char *path, mode_t folders, mode_t files)
{
	struct strbuf each;
	struct stat st;
	char *names = names_below(path), *rest = NULL;
	strbuf_init(&each);
	assert_int_equal(chmod(path, folders), 0);
	for (char *name = strtok_r(names, "\n", &rest); name; name = strtok_r(NULL, "\n", &rest)) {
		strbuf_reset(&each);
		strbuf_addf(&each, "%s/%s", path, name);
		assert_int_equal(stat(each.data, &st), 0);
		assert_int_equal(chmod(each.data, S_ISDIR(st.st_mode) ? folders : files), 0);
	}
	strbuf_release(&each);
	free(names);
}

static void a_folder_one_may_not_write_is_read(void **state)
{
	struct home *home = *state;
	if (!nobody_can_run(home))
		skip();
	begin(home);
	char *drive = on_drive(home, "");
	set_mode_below(drive, 0755, 0644);
	char *before = names_below(drive);
	for (int i = 0; i < 2; i++) {
		AS_NOBODY(home, 0, "list", "followups", "--json");
		assert_json(home, "$[0].description", "Primera");
		AS_NOBODY(home, 1, "add", "followup", "description=No");
		assert_err(home, "acta.db-log» no se puede escribir");
		assert_err(home, "nada se guardó");
	}
	wait_for_silence(home);
	char *after = names_below(drive);
	assert_string_equal(after, before);
	/* Once she may, she does. */
	set_mode_below(drive, 0777, 0666);
	AS_NOBODY(home, 0, "add", "followup", "description=Por fin");
	ALIKE(home, 2, "ana", "luis");
	free(after);
	free(before);
	free(drive);
}

static void a_plain_database_there_is_read_as_well(void **state)
{
	struct home *home = *state;
	if (!nobody_can_run(home))
		skip();
	begin(home);
	char *drive = on_drive(home, ""), *plain = in_home(home, "plana"), *log;
	char *database = on_drive(home, "acta.db"), *copy = in_home(home, "plana/acta.db");
	assert_int_equal(mkdir(plain, 0755), 0);
	copy_file(database, copy);
	set_mode_below(plain, 0755, 0644);
	log = in_home(home, "plana/acta.db-log");
	for (int i = 0; i < 2; i++) {
		AS_NOBODY(home, 0, "--db", copy, "list", "followups", "--json");
		assert_json(home, "$[0].description", "Primera");
		assert_no_err(home, "otra base");
		AS_NOBODY(home, 1, "--db", copy, "add", "followup", "description=No");
		assert_err(home, "solo se puede leer");
		assert_err(home, "nada se guardó");
	}
	/* Somebody else writes into it. */
	sql_on(copy, "DELETE FROM followup; DELETE FROM history");
	AS_NOBODY(home, 0, "--db", copy, "list", "followups", "--json");
	assert_string_equal(home->out.data, "[]\n");
	assert_int_not_equal(access(log, F_OK), 0);
	assert_int_equal(chmod(plain, 0777), 0);
	AS_NOBODY(home, 0, "--db", copy, "add", "followup", "description=Ahora sí");
	assert_int_equal(access(log, F_OK), 0);
	free(log);
	free(copy);
	free(database);
	free(plain);
	free(drive);
}

static void a_folder_one_may_not_read_is_said_so(void **state)
{
	struct home *home = *state;
	if (!nobody_can_run(home))
		skip();
	begin(home);
	char *drive = on_drive(home, "");
	set_mode_below(drive, 0755, 0644);
	assert_int_equal(chmod(drive, 0700), 0);
	AS_NOBODY(home, 4, "list", "followups");
	assert_err(home, "no tiene permiso para «");
	assert_err(home, "acta.db-log");
	assert_int_equal(chmod(drive, 0755), 0);
	AS_NOBODY(home, 0, "list", "followups");
	assert_int_equal(chmod(drive, 0700), 0);
	AS_NOBODY(home, 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "Primera");
	assert_err(home, "se usa la copia");
	free(drive);
}

/* Where somebody of that number works already, what is hers is left alone. */
static void a_home_that_cannot_be_written_is_done_without(void **state)
{
	struct home *home = *state;
	if (access(FALLBACK, F_OK) == 0 || !nobody_can_run(home))
		skip();
	begin(home);
	char *drive = on_drive(home, ""), *own = in_home(home, "nadie");
	set_mode_below(drive, 0777, 0666);
	assert_int_equal(chown(own, 0, 0), 0);
	assert_int_equal(chmod(own, 0755), 0);
	AS_NOBODY(home, 0, "add", "followup", "description=Sin casa");
	AS_NOBODY(home, 0, "list", "followups", "--json");
	assert_json(home, "$[1].description", "Sin casa");
	wait_for_silence(home);
	struct stat st;
	assert_int_equal(stat(FALLBACK, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	/* One that others can write in is not used. */
	assert_int_equal(chmod(FALLBACK, 0777), 0);
	AS_NOBODY(home, 5, "list", "followups");
	assert_err(home, "no se puede crear la carpeta");
	assert_int_equal(tree_remove(FALLBACK), 0);
	ALIKE(home, 2, "ana", "luis");
	free(own);
	free(drive);
}

/* ---- full disks */

/* A small disk of this test alone; false where none can be had. */
static bool mount_small(const char *path, const char *size)
{
	struct strbuf options;
	strbuf_init(&options);
	strbuf_addf(&options, "size=%s", size);
	bool can = geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
		   mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
		   mount("none", path, "tmpfs", 0, options.data) == 0;
	strbuf_release(&options);
	return can;
}

static void fill(const char *path)
{
	static const char block[4096];
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	close(fd);
}

static void a_full_disk_of_ones_own_is_told(void **state)
{
	struct home *home = *state;
	begin(home);
	char *small = in_home(home, "chico"), *filler = in_home(home, "chico/relleno");
	assert_int_equal(mkdir(small, 0700), 0);
	if (!mount_small(small, "3m"))
		skip();
	setenv("XDG_STATE_HOME", small, 1);
	fill(filler);
	AS(home, "luis", 5, "list", "followups");
	assert_err(home, "no queda espacio");
	assert_err(home, small);
	remove_file(filler);
	AS(home, "luis", 0, "list", "followups");
	fill(filler);
	AS(home, "luis", 5, "add", "followup", "description=No cabe");
	assert_err(home, "no queda espacio");
	assert_err(home, small);
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "Primera");
	remove_file(filler);
	AS(home, "luis", 0, "add", "followup", "description=Cabe");
	wait_for_silence(home);
	unsetenv("XDG_STATE_HOME");
	assert_int_equal(umount(small), 0);
	ALIKE(home, 2, "ana", "luis");
	free(filler);
	free(small);
}

static void a_full_drive_is_waited_for(void **state)
{
	struct home *home = *state;
	char *drive = on_drive(home, ""), *filler = on_drive(home, "relleno");
	if (!mount_small(drive, "3m"))
		skip();
	begin(home);
	fill(filler);
	AS(home, "luis", 4, "--wait", "0.3", "add", "followup", "description=No cabe");
	assert_err(home, "no queda espacio en el disco compartido");
	assert_err(home, "1 en cola desde ");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[1].description", "null");
	remove_file(filler);
	AS(home, "luis", 0, "list", "followups");
	ALIKE(home, 2, "ana", "luis");
	wait_for_silence(home);
	assert_int_equal(umount(drive), 0);
	free(filler);
	free(drive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_folder_one_may_not_write_is_read),
		WITH_MEMBERS(a_plain_database_there_is_read_as_well),
		WITH_MEMBERS(a_folder_one_may_not_read_is_said_so),
		WITH_MEMBERS(a_home_that_cannot_be_written_is_done_without),
		WITH_MEMBERS(a_full_disk_of_ones_own_is_told),
		WITH_MEMBERS(a_full_drive_is_waited_for),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
