/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import whose memory or disk fails at the n-th call: done whole, or not at all. */
#include "store/import_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/error.h"
#include "nucleo/base/file.h"
#include "nucleo/base/strbuf.h"
#include "store/fault_vfs.h"

/* The linker sends the program's own allocations here (see Makefile.am); SQLite's go
 * through fault_vfs.h. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

static int allocations_left; /* 0: none fails */
static int allocations_made;

static bool allocation_fails(void)
{
	allocations_made++;
	return allocations_left > 0 && --allocations_left == 0;
}

void *__wrap_malloc(size_t size)
{
	return allocation_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return allocation_fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
	return allocation_fails() ? NULL : __real_realloc(block, size);
}

/* The database as it was before each try: an import, and a correction to come. */
static char *corrected;
static struct strbuf base;

static void read_whole(const char *name, struct strbuf *bytes)
{
	char *path = folder_path(name);
	strbuf_reset(bytes);
	assert_done(file_read(path, 1 << 24, bytes, err));
	free(path);
}

static void restore(const char *name)
{
	char *path = folder_path(name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(base.data, 1, base.length, file), base.length);
	assert_int_equal(fclose(file), 0);
	free(path);
}

static int make_base(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	struct store *store = test_create("base.db");
	assert_int_equal(import_done(store, import_acta), ACTA_IMPORT_NEW);
	store_close(store);
	strbuf_init(&base);
	read_whole("base.db", &base);
	/* New, changed and removed rows of all kinds. */
	char *one = import_replace(import_acta, "CNE. OSC: FCD, XQZ", "CNE, ZZT. OSC: FCD");
	corrected = import_replace(one, "hasta marzo 2024", "hasta abril 2024");
	free(one);
	one = import_replace(corrected, "C3 (0%)", "C3 (5%) y C4 (7%)");
	free(corrected);
	corrected = import_replace(one, "y Tena", "y Puyo");
	free(one);
	return 0;
}

static int remove_base(void **state)
{
	free(corrected);
	strbuf_release(&base);
	return folder_remove(state);
}

static bool is_as_before(const char *name)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	read_whole(name, &bytes);
	bool same = bytes.length == base.length && memcmp(bytes.data, base.data, base.length) == 0;
	strbuf_release(&bytes);
	return same;
}

static struct store *open_fast(const char *name, struct error *err)
{
	struct store *store = NULL;
	char *path = folder_path(name);
	struct store_options options = {.path = path,
					.wait_ms = 1000,
					.today = test_today()};
	enum rc rc = store_open(&options, &store, err);
	free(path);
	return rc == RC_OK ? store : NULL;
}

/* What a program does: opens, imports, says what went wrong. */
static int import_status(const char *name)
{
	struct error err = {0};
	struct store *store = open_fast(name, &err);
	enum rc rc = store ? import_try(store, corrected, &err) : err.code;
	store_close(store);
	if (rc != RC_OK)
		fprintf(stderr, "%s\n", err.text);
	return rc_exit_status(rc);
}

struct memory_try {
	bool is_of_sqlite;
	int countdown;
	int made;  /* allocations, when all went well */
	bool done; /* nothing failed */
};

/* Tells on `told` how many allocations it made; its complaint goes to the same pipe. */
static int run_child(const struct memory_try *try, int told)
{
	dup2(told, STDERR_FILENO);
	allocations_made = 0;
	if (try->is_of_sqlite)
		fault_arm_memory(try->countdown);
	else
		allocations_left = try->countdown;
	int status = import_status("memory.db");
	bool has_failed = fault_disarm() || (!try->is_of_sqlite && allocations_left == 0);
	int made = allocations_made;
	allocations_left = 0;
	if (status == 0)
		fprintf(stderr, "%d %d\n", made, has_failed);
	return status;
}

static void try_memory(struct memory_try *try)
{
	char text[2048];
	int ends[2], status;
	size_t length = 0;
	ssize_t got;
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(run_child(try, ends[1]));
	close(ends[1]);
	while (length < sizeof(text) - 1 &&
	       (got = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 5))
		fail_msg("at %d: status %x: %s", try->countdown, (unsigned)status, text);
	try->done = false;
	if (WEXITSTATUS(status) == 5) {
		assert_non_null(strstr(text, "memoria"));
		assert_true(is_as_before("memory.db"));
		return;
	}
	char *end;
	try->made = (int)strtol(text, &end, 10);
	try->done = strcmp(end, " 0\n") == 0;
	assert_int_equal(import_verified_head("memory.db"), 2);
	restore("memory.db");
}

/* A child takes ten times as long with the sanitizer: a sample of the points does there, since
 * it is the plain run that looks at all kinds of them. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_INSTRUMENTED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define IS_INSTRUMENTED 1
#endif
#ifdef IS_INSTRUMENTED
enum { POINTS = 30, DENSE_POINTS = 5, DISK_STEP = 4 };
#else
enum { POINTS = 160, DENSE_POINTS = 20, DISK_STEP = 1 };
#endif

/* Every call at first, then by steps that reach all over the rest. */
static void fail_memory(bool is_of_sqlite, int calls)
{
	struct memory_try try = {.is_of_sqlite = is_of_sqlite};
	int step = calls / POINTS + 1, points = 0;
	restore("memory.db");
	for (try.countdown = 1; !try.done; points++) {
		try_memory(&try);
		try.countdown += points < DENSE_POINTS ? 1 : step;
	}
	assert_true(points >= POINTS);
}

static void missing_memory_leaves_all_or_nothing(void **state)
{
	(void)state;
	struct memory_try try = {.countdown = 0};
	restore("memory.db");
	try_memory(&try);
	assert_true(try.made > 1000);
	fail_memory(false, try.made);
}

static void missing_memory_of_sqlite_too(void **state)
{
	(void)state;
	fail_memory(true, 8000);
}

static int64_t head_of(const char *name)
{
	int64_t head = 0;
	struct store *store = test_open(name);
	assert_done(store_version(store, &head, err));
	store_close(store);
	return head;
}

static bool import_with_fault(enum fault fault, int countdown)
{
	struct error refusal = {0};
	restore("disk.db");
	struct store *store = test_open("disk.db");
	fault_arm_disk(fault, countdown);
	enum rc rc = import_try(store, corrected, &refusal);
	store_close(store);
	bool has_failed = fault_disarm();
	/* Opening it takes back what a journal was left for. */
	int64_t head = head_of("disk.db");
	if (head == 1)
		assert_true(is_as_before("disk.db"));
	else
		assert_int_equal(import_verified_head("disk.db"), 2);
	if (rc == RC_OK) {
		assert_int_equal(head, 2);
	} else {
		assert_int_equal(rc_exit_status(rc), 5);
		assert_true(refusal.text[0]);
		/* Only a call that failed after its work leaves what was not acknowledged. */
		assert_true(head == 1 || fault == FAULT_AFTER);
	}
	return has_failed;
}

static void a_failing_disk_leaves_all_or_nothing(void **state)
{
	(void)state;
	for (int fault = 0; fault < FAULT_KINDS; fault++) {
		int countdown = 1;
		while (import_with_fault((enum fault)fault, countdown))
			countdown += DISK_STEP;
		assert_true(countdown > 20);
	}
	/* And the next import completes what did not happen. */
	restore("disk.db");
	struct store *store = test_open("disk.db");
	assert_int_equal(import_done(store, corrected), ACTA_IMPORT_UPDATED);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_memory_leaves_all_or_nothing),
		cmocka_unit_test(missing_memory_of_sqlite_too),
		cmocka_unit_test(a_failing_disk_leaves_all_or_nothing),
	};
	fault_install();
	return cmocka_run_group_tests(tests, make_base, remove_base);
}
