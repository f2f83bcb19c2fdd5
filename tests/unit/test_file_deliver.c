/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are handed on: whole, under a name nobody has, or not there at all. */
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/file.h"

static char folder[] = "/tmp/nucleo-deliver-XXXXXX";

/* ---- a machine that fails at the call it is told to */

static int calls, fails_at;
static int fails_with;

static bool fails(void)
{
	if (!fails_at || ++calls != fails_at)
		return false;
	errno = fails_with;
	return true;
}

ssize_t __real_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

/* Only some of it at a time, as to a pipe or a share. */
ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
	return fails() ? -1 : __real_write(fd, bytes, length > 7 ? 7 : length);
}

int __wrap_fsync(int fd)
{
	return fails() ? -1 : __real_fsync(fd);
}

int __wrap_link(const char *from, const char *to)
{
	return fails() ? -1 : __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to)
{
	return fails() ? -1 : __real_rename(from, to);
}

/* ---- helpers */

static char *in_folder(const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder, name);
	return strbuf_detach(&path);
}

static int names_in_folder(void)
{
	int count = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static enum rc deliver(const char *path, const char *text, bool replaces)
{
	struct error err = {.code = RC_OK};
	struct strbuf bytes;
	strbuf_init(&bytes);
	strbuf_adds(&bytes, text);
	enum rc rc = file_deliver(path, &bytes, replaces, &err);
	assert_int_equal(err.code, rc);
	assert_int_equal(rc == RC_OK, !err.text[0]);
	strbuf_release(&bytes);
	return rc;
}

static void assert_has(const char *path, const char *text)
{
	struct strbuf found;
	strbuf_init(&found);
	assert_int_equal(file_read(path, 1000, &found, NULL), RC_OK);
	assert_string_equal(found.data, text);
	strbuf_release(&found);
}

static int make_folder(void **state)
{
	(void)state;
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	DIR *dir = opendir(folder);
	for (struct dirent *entry; (entry = readdir(dir));) {
		char *path = in_folder(entry->d_name);
		if (unlink(path) != 0)
			rmdir(path);
		free(path);
	}
	closedir(dir);
	return rmdir(folder);
}

/* ---- tests */

static void a_file_has_the_permissions_others_have(void **state)
{
	(void)state;
	struct stat st;
	char *path = in_folder("convocatoria.txt");
	mode_t before = umask(027);
	assert_int_equal(deliver(path, "De una vez, entera.", false), RC_OK);
	umask(before);
	assert_has(path, "De una vez, entera.");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(names_in_folder(), 1);
	free(path);
}

static void what_is_there_stays_unless_told(void **state)
{
	(void)state;
	struct stat st;
	char *path = in_folder("a.txt"), *name = in_folder("enlace.txt");
	char *lost = in_folder("perdido.txt");
	assert_int_equal(deliver(path, "uno", false), RC_OK);
	assert_int_equal(symlink(path, name), 0);
	assert_int_equal(symlink("no-hay", lost), 0);
	assert_int_equal(deliver(path, "dos", false), RC_REFUSED);
	assert_int_equal(deliver(name, "dos", false), RC_REFUSED);
	assert_int_equal(deliver(lost, "dos", false), RC_REFUSED);
	assert_int_equal(deliver(lost, "dos", true), RC_REFUSED);
	assert_has(path, "uno");
	assert_int_equal(deliver(name, "tres", true), RC_OK);
	assert_has(path, "tres");
	assert_int_equal(lstat(name, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(names_in_folder(), 3);
	free(lost);
	free(name);
	free(path);
}

static void what_is_no_file_is_refused(void **state)
{
	(void)state;
	char *pipe = in_folder("tubo"), *away = in_folder("no/a.txt"), *end = in_folder("a/");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	for (int replaces = 0; replaces < 2; replaces++) {
		assert_int_equal(deliver("", "x", replaces), RC_REFUSED);
		assert_int_equal(deliver(folder, "x", replaces), RC_REFUSED);
		assert_int_equal(deliver(end, "x", replaces), RC_REFUSED);
		assert_int_equal(deliver(pipe, "x", replaces), RC_REFUSED);
		assert_int_equal(deliver("/dev/null", "x", replaces), RC_REFUSED);
		assert_int_equal(deliver(away, "x", replaces), RC_IO);
	}
	assert_int_equal(names_in_folder(), 1);
	free(end);
	free(away);
	free(pipe);
}

/* Where others keep their files; root may write to any folder that takes files at all. */
static void a_folder_of_others_is_said(void **state)
{
	(void)state;
	struct error err;
	struct strbuf bytes;
	char *path = in_folder("a.txt");
	strbuf_init(&bytes);
	assert_int_equal(chmod(folder, 0500), 0);
	enum rc rc = file_deliver(geteuid() ? path : "/sys/a.txt", &bytes, false, &err);
	assert_int_equal(chmod(folder, 0700), 0);
	assert_int_equal(rc, RC_IO);
	assert_non_null(strstr(err.text, "permiso"));
	strbuf_release(&bytes);
	free(path);
}

static void every_failure_leaves_what_was_there(void **state)
{
	(void)state;
	char *path = in_folder("a.txt"), *fresh = in_folder("b.txt");
	const char *long_text = "Un texto que no cabe en una sola escritura.";
	assert_int_equal(deliver(path, "antes", false), RC_OK);
	for (int replaces = 0; replaces < 2; replaces++) {
		const char *target = replaces ? path : fresh;
		int at = 0;
		enum rc rc = RC_IO;
		while (rc != RC_OK) {
			calls = 0;
			fails_at = ++at;
			fails_with = ENOSPC;
			rc = deliver(target, long_text, replaces);
			fails_at = 0;
			if (rc != RC_OK) {
				assert_int_equal(rc, RC_IO);
				assert_has(path, "antes");
				assert_int_equal(names_in_folder(), 1);
			}
		}
		/* Seven writes, an fsync, and the name: a new one can be had in two ways. */
		assert_int_equal(at, 7 + 1 + 1 + replaces);
		assert_has(target, long_text);
		unlink(fresh);
		if (replaces)
			continue;
		assert_has(path, "antes");
	}
	free(fresh);
	free(path);
}

/* A share that has no links. */
static void a_name_can_be_taken_without_links(void **state)
{
	(void)state;
	char *path = in_folder("a.txt");
	calls = 0;
	fails_at = 3;
	fails_with = EPERM;
	assert_int_equal(deliver(path, "corto", false), RC_OK);
	fails_at = 0;
	assert_has(path, "corto");
	assert_int_equal(names_in_folder(), 1);
	free(path);
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(a_file_has_the_permissions_others_have),
		IN_A_FOLDER(what_is_there_stays_unless_told),
		IN_A_FOLDER(what_is_no_file_is_refused),
		IN_A_FOLDER(a_folder_of_others_is_said),
		IN_A_FOLDER(every_failure_leaves_what_was_there),
		IN_A_FOLDER(a_name_can_be_taken_without_links),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
