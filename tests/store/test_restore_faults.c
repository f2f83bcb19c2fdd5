/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups and restores that are cut short, or find no room, at every call that changes a disk. */
#include "store/members_test.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Calls between two that are tried; NUCLEO_STRIDE=1 tries them all, which takes some minutes. */
enum { STRIDE = 83, CALLS_MAX = 5000 };

static int stride(void)
{
	const char *given = getenv("NUCLEO_STRIDE");
	long number = given ? strtol(given, NULL, 10) : 0;
	return number > 0 && number < CALLS_MAX ? (int)number : STRIDE;
}

static void run_tool(const char *name, const char *option, const char *from, const char *to)
{
	char *words[] = {(char *)(uintptr_t)name, (char *)(uintptr_t)option,
			 (char *)(uintptr_t)from, (char *)(uintptr_t)to, NULL};
	pid_t child;
	int status;
	assert_int_equal(posix_spawnp(&child, name, NULL, NULL, words, environ), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void keep(const struct home *home, const char *from, const char *to)
{
	char *a = in_home(home, from), *b = in_home(home, to);
	run_tool("rm", "-rf", b, NULL);
	run_tool("cp", "-a", a, b);
	free(a);
	free(b);
}

/* Three operations on the drive, the first of them in the backup with another that waits. */
static void begin(struct home *home)
{
	char *backup = in_home(home, "respaldo.db");
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "followup", "description=Primera");
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "ana", 4, "--wait", "0.1", "add", "followup", "description=En cola");
	AS(home, "ana", 0, "--wait", "0.1", "backup", backup);
	drive_returns(home);
	AS(home, "ana", 0, "add", "followup", "description=Segunda");
	wait_for_silence(home);
	keep(home, "ana", "ana.antes");
	keep(home, "disco", "disco.antes");
	free(backup);
}

static void as_before(const struct home *home)
{
	wait_for_silence(home);
	keep(home, "ana.antes", "ana");
	keep(home, "disco.antes", "disco");
}

static char *library(void)
{
	struct strbuf path;
	const char *top = getenv("top_builddir");
	strbuf_init(&path);
	strbuf_addf(&path, "%s/tests/store/fault.so", top ? top : ".");
	return strbuf_detach(&path);
}

struct fault {
	const char *as, *in;
	int at;
};

/* Runs the command with the fault; false when it ended before it came to it. */
static bool run_with(struct home *home, const struct fault *fault, const char *const *words)
{
	char *preload = library(), *mark = in_home(home, "falla"), number[16];
	int status;
	assert_int_equal(access(preload, R_OK), 0);
	unlink(mark);
	snprintf(number, sizeof(number), "%d", fault->at);
	setenv("LD_PRELOAD", preload, 1);
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
	setenv("FAULT_AT", number, 1);
	setenv("FAULT_AS", fault->as, 1);
	setenv("FAULT_IN", fault->in, 1);
	setenv("FAULT_MARK", mark, 1);
	pid_t child = member_start(home, "ana", words);
	unsetenv("LD_PRELOAD");
	unsetenv("ASAN_OPTIONS");
	assert_int_equal(waitpid(child, &status, 0), child);
	wait_for_silence(home);
	bool was_hit = access(mark, F_OK) == 0;
	free(mark);
	free(preload);
	return was_hit;
}

/* A copy that could not be opened, for there was no room, is set aside with its queue. */
static bool is_set_aside(const struct home *home)
{
	char *own = in_home(home, "ana"), *names = names_below(own);
	bool is = strstr(names, ".db.20") != NULL;
	free(names);
	free(own);
	return is;
}

/* The old database works, whole, or the new one does. */
static void assert_one_of_both(struct home *home, const struct fault *fault)
{
	char *before, *after;
	AS(home, "ana", 0, "list", "followups", "--json");
	before = ask_json(home, "SELECT group_concat(value ->> 'description', ',')"
				" FROM json_each(?1)");
	bool is_old = strcmp(before, "Primera,En cola,Segunda") == 0;
	bool is_new = strcmp(before, "Primera,En cola") == 0;
	bool is_short = strcmp(before, "Primera") == 0 && is_set_aside(home);
	is_new |= is_short;
	if (!is_old && !is_new)
		fail_msg("%s at %d in %s: %s", fault->as, fault->at, fault->in, before);
	AS(home, "ana", 0, "add", "followup", "description=Después");
	AS(home, "luis", 0, "list", "followups", "--json");
	after = ask_json(home, "SELECT count(*) FROM json_each(?1)");
	assert_string_equal(after, is_old ? "4" : is_short ? "2" : "3");
	free(before);
	free(after);
}

static void sweep(struct home *home, const char *as, const char *in)
{
	char *backup = in_home(home, "respaldo.db"), *luis = in_home(home, "luis");
	const char *const words[] = {"restore", "--yes", backup, NULL};
	struct fault fault = {.as = as, .in = in, .at = 1};
	int tried = 0;
	while (run_with(home, &fault, words)) {
		assert_one_of_both(home, &fault);
		as_before(home);
		run_tool("rm", "-rf", luis, NULL);
		fault.at += stride();
		assert_true(fault.at < CALLS_MAX);
		tried++;
	}
	assert_true(tried > 0);
	as_before(home);
	free(luis);
	free(backup);
}

static void a_restore_cut_short_leaves_one_of_both(void **state)
{
	struct home *home = *state;
	begin(home);
	sweep(home, "kill", "worker");
	sweep(home, "kill", "program");
}

static void a_restore_without_room_leaves_one_of_both(void **state)
{
	struct home *home = *state;
	begin(home);
	sweep(home, "fail", "worker");
	sweep(home, "fail", "program");
}

/* Either the whole backup or nothing under its name. */
static void a_backup_cut_short_is_none(void **state)
{
	static const char *const ways[] = {"kill", "fail"};
	struct home *home = *state;
	begin(home);
	char *path = in_home(home, "otro.db"), *folder = in_home(home, "");
	const char *const words[] = {"backup", path, NULL};
	for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
		struct fault fault = {.as = ways[i], .in = "program", .at = 1};
		while (run_with(home, &fault, words)) {
			if (access(path, F_OK) == 0)
				AS(home, "ana", 0, "restore", "--dry-run", path);
			unlink(path);
			fault.at += stride();
		}
		assert_true(fault.at > 1);
		assert_int_equal(access(path, F_OK), 0);
		unlink(path);
	}
	free(folder);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_restore_cut_short_leaves_one_of_both),
		WITH_MEMBERS(a_restore_without_room_leaves_one_of_both),
		WITH_MEMBERS(a_backup_cut_short_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
