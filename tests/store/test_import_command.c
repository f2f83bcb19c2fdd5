/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nucleo import acta and --demo as a script sees them: exit status, output, what is left behind. */
#include "store/cli_test.h"
#include "store/import_test.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/verify.h"

extern char **environ;

#define DATABASE ".local/share/nucleo/nucleo.db"

static struct digest digest_at(const char *path)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	assert_done(file_read(path, 1 << 26, &bytes, err));
	struct digest digest = digest_of(bytes.data, bytes.length);
	strbuf_release(&bytes);
	return digest;
}

/* Head of a database that verifies. */
static int64_t verified_head_at(const char *path)
{
	int64_t head = 0;
	struct store *store = NULL;
	struct store_options options = {.path = path, .wait_ms = 5000, .today = test_today()};
	assert_done(store_open(&options, &store, err));
	assert_done(store_version(store, &head, err));
	assert_done(store_verify(store, err));
	store_close(store);
	return head;
}

/* The file people see is a little behind: its turn comes when it costs little. */
static void wait_for_head(const char *path, int64_t head)
{
	for (int i = 0; i < 600 && verified_head_at(path) != head; i++)
		poll(NULL, 0, 50);
	assert_int_equal(verified_head_at(path), head);
}

static void several_files_with_a_bad_one_among_them(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	char *one = put_text(home, "uno.txt", import_acta);
	char *bad = put_text(home, "malo.txt", "nada que ver\n");
	char *other = import_replace(import_acta, "AM-2023-04", "AM-2023-05");
	char *two = put_text(home, "dos.txt", other);
	EXPECT(home, 1, "import", "acta", one, bad, two);
	assert_out(home, "AM-2023-04");
	assert_out(home, "AM-2023-05");
	assert_err(home, "malo.txt");
	assert_err(home, "1 de 3");
	EXPECT(home, 0, "list", "meetings", "--json");
	assert_json(home, "$[0].number", "AM-2023-05");
	assert_json(home, "$[1].number", "AM-2023-04");
	assert_json(home, "$[1].prepared_by", "Secretaría Técnica");
	EXPECT(home, 0, "importar", "acta", one, two);
	assert_out(home, "ya se importó");
	/* An institution the acta named keeps the sector everybody knows, observers too. */
	EXPECT(home, 0, "list", "attendees", "reunion:AM-2023-04", "MINTEL", "--json");
	assert_json(home, "$[0].sector", "public");
	EXPECT(home, 2, "import", "acta");
	EXPECT(home, 2, "import", "foto", one);
	EXPECT(home, 2, "import", "acta", "--plan", "paga1", one);
	free(one);
	free(bad);
	free(two);
	free(other);
}

static void the_report_as_json(void **state)
{
	struct home *home = *state;
	static const char *const keys[] = {
		"file", "outcome", "dry_run", "operation", "added", "changed", "removed",
		"new_organizations", "unknown_organizations", "number", "date", "starts", "ends",
		"place", "prepared_by", "attendees", "agenda", "resolutions", "progress",
		"indicators", "followups", "signatories", "annexes", "remarks", "unplaced"};
	EXPECT(home, 0, "init");
	char *db = in_home(home, DATABASE), *one = put_text(home, "uno.txt", import_acta);
	struct digest before = digest_at(db);
	EXPECT(home, 0, "import", "acta", "--dry-run", "--json", one);
	assert_json(home, "$[0].outcome", "new");
	assert_json(home, "$[0].dry_run", "1");
	assert_json(home, "$[0].operation", "null");
	assert_json(home, "$[0].attendees[6].sector", "public");
	assert_json(home, "$[0].attendees[6].capacity", "observer");
	assert_json(home, "$[0].progress[1].percent", "20.5");
	assert_json(home, "$[0].progress[1].line", "10");
	assert_json(home, "$[0].followups[0].due", "2024-03-31");
	for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
		char query[128];
		snprintf(query, sizeof(query), "SELECT json_type(?1, '$[0].%s') IS NOT NULL",
			 keys[i]);
		char *found = ask_json(home, query);
		if (strcmp(found, "1") != 0)
			fail_msg("no key %s", keys[i]);
		free(found);
	}
	assert_string_equal(digest_at(db).hex, before.hex);
	EXPECT(home, 1, "import", "acta", "--json", one, "/nonexistent.txt");
	assert_json(home, "$[0].operation", "1");
	assert_json(home, "$[1].file", "/nonexistent.txt");
	char *error = ask_json(home, "SELECT json_extract(?1, '$[1].error') LIKE '%no existe%'");
	assert_string_equal(error, "1");
	free(error);
	free(db);
	free(one);
}

/* ---- files that are no actas */

static char *many(const char *unit, size_t count)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(&text, import_acta);
	for (size_t i = 0; i < count; i++)
		strbuf_adds(&text, unit);
	return strbuf_detach(&text);
}

/* Each refused with its own words, in under a second (five when instrumented), nothing written. */
static void assert_refused(struct home *home, const char *path, int status, const char *hint)
{
	struct timespec start, end;
	char *db = in_home(home, DATABASE);
	struct digest before = digest_at(db);
	clock_gettime(CLOCK_MONOTONIC, &start);
	int found = RUN(home, "import", "acta", path);
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (found != status || !strstr(home->err.data, hint))
		fail_msg("%s: %d %s", path, found, home->err.data);
	assert_true(end.tv_sec - start.tv_sec < 5);
	assert_string_equal(home->out.data, "");
	assert_string_equal(digest_at(db).hex, before.hex);
	assert_int_equal(RUN(home, "import", "acta", "--dry-run", path), status);
	free(db);
}

static void what_is_no_acta_is_refused(void **state)
{
	struct home *home = *state;
	char *huge = many("texto de sobra para pasar de cuatro megas\n", 125000);
	char *lines = many("x\n", 25000);
	char *absurd = import_replace(import_acta, "14/09/2023", "31/02/2023");
	const struct {
		const char *name, *bytes;
		size_t length;
		const char *hint;
	} cases[] = {
		{"vacio", "", 0, "vac"},
		{"blancos", " \n\t\n\n", 5, "vac"},
		{"binario", "\x7f" "ELF\0\1\2\3\0\0", 10, ""},
		{"nulos", "Acta\0Nro", 8, ""},
		{"utf16", "\xff\xfe" "A\0c\0", 6, ""},
		{"enorme", huge, strlen(huge), "4 MiB"},
		{"largo", lines, strlen(lines), "20"},
		{"sin-encabezado", "Orden del dia\n1. Uno\tSe habla.\n", 31, ""},
		{"fecha", absurd, strlen(absurd), "fecha"},
	};
	EXPECT(home, 0, "init");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char *path = put_bytes(home, cases[i].name, cases[i].bytes, cases[i].length);
		assert_refused(home, path, 1, cases[i].hint);
		free(path);
	}
	assert_refused(home, "/nonexistent", 1, "no existe");
	assert_refused(home, home->folder, 1, "carpeta");
	char *fifo = in_home(home, "tubo");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_refused(home, fifo, 1, "no es un archivo");
	free(fifo);
	free(huge);
	free(lines);
	free(absurd);
}

/* Runs it as a user who owns nothing here but a folder for her replica; only root can become one. */
static int run_as_nobody(struct home *home, const char *path)
{
	int status;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		char *state = in_home(home, "nadie");
		setenv("XDG_STATE_HOME", state, 1);
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(99);
		_exit(RUN(home, "import", "acta", path));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void set_mode(const struct home *home, const char *name, mode_t mode)
{
	char *path = in_home(home, name);
	assert_int_equal(chmod(path, mode), 0);
	free(path);
}

/* Another user reaches the program only where its folders let her. */
static bool nobody_can_run(void)
{
	int status;
	const char *top = getenv("top_builddir");
	char program[4096];
	snprintf(program, sizeof(program), "%s/nucleo", top ? top : ".");
	pid_t child = fork();
	if (child == 0)
		_exit(setgid(65534) || setuid(65534) || access(program, X_OK) ? 1 : 0);
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && !WEXITSTATUS(status);
}

static void files_one_may_not_read_or_write(void **state)
{
	struct home *home = *state;
	if (geteuid() != 0 || !nobody_can_run())
		skip();
	EXPECT(home, 0, "init");
	char *one = put_text(home, "uno.txt", import_acta);
	char *out = put_text(home, "out", ""), *err = put_text(home, "err", "");
	chmod(out, 0666);
	chmod(err, 0666);
	set_mode(home, "", 0755);
	set_mode(home, ".local", 0755);
	set_mode(home, ".local/share", 0755);
	set_mode(home, ".local/share/nucleo", 0755);
	set_mode(home, DATABASE, 0644);
	set_mode(home, DATABASE "-log", 0755);
	set_mode(home, DATABASE "-log/FORMAT", 0644);
	char *state_folder = in_home(home, "nadie");
	assert_int_equal(mkdir(state_folder, 0700), 0);
	assert_int_equal(chown(state_folder, 65534, 65534), 0);
	free(state_folder);
	chmod(one, 0644);
	assert_int_equal(run_as_nobody(home, one), 1);
	EXPECT(home, 0, "history", "--json");
	assert_string_equal(home->out.data, "[]\n");
	set_mode(home, DATABASE, 0666);
	set_mode(home, ".local/share/nucleo", 0777);
	set_mode(home, DATABASE "-log", 0777);
	set_mode(home, DATABASE "-log/tmp", 0777);
	chmod(one, 0600);
	assert_int_equal(run_as_nobody(home, one), 5);
	chmod(one, 0644);
	assert_int_equal(run_as_nobody(home, one), 0);
	free(one);
	free(out);
	free(err);
}

static void reading_only_and_who_acts(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	char *one = put_text(home, "uno.txt", import_acta);
	EXPECT(home, 1, "--read-only", "import", "acta", one);
	assert_err(home, "--read-only");
	EXPECT(home, 0, "--as", "QQQ", "import", "acta", one);
	assert_err(home, "QQQ");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].by", "QQQ");
	assert_json(home, "$[1]", "null");
	free(one);
}

/* ---- the text of the report */

static void assert_narrow(const struct home *home)
{
	char *text = mem_strdup(home->out.data), *line = text;
	for (char *end; *line; line = end + 1) {
		end = line + strcspn(line, "\n");
		bool is_last = !*end;
		*end = '\0';
		for (const char *at = line; *at; at++)
			assert_true((unsigned char)*at >= ' ' && *at != 0x7f);
		/* The first says the path, as it was given. */
		if (line != text && utf8_width(line) > 80)
			fail_msg("wide: %s", line);
		if (is_last)
			break;
	}
	free(text);
}

static void the_report_fits_and_counts_in_words(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "init");
	char *one = put_text(home, "uno.txt", import_acta);
	EXPECT(home, 0, "import", "acta", "--dry-run", one);
	assert_narrow(home);
	assert_out(home, "6 miembros (público 3, OSC 2, academia 1), 1 observador, 1 ausente");
	assert_out(home, "6 puntos, 8 resoluciones, 3 mediciones, 2 indicadores");
	assert_out(home, "1 institución nueva, por revisar");
	assert_out(home, "1 firma");
	assert_out(home, "línea 10    seguro    C2: 20.5 % (punto 2)");
	char *hostile = import_replace(import_acta, "Varios\n",
				       "Varios \x1b[2J\x07 \xc2\x9b" "31m \xe2\x80\xae fin\n");
	char *two = put_text(home, "\x1b[31mdos.txt", hostile);
	EXPECT(home, 0, "import", "acta", "--dry-run", two);
	assert_narrow(home);
	EXPECT(home, 0, "import", "acta", two);
	assert_narrow(home);
	free(one);
	free(two);
	free(hostile);
}

/* ---- the demonstration */

static int files_in(const char *path)
{
	int count = 0;
	DIR *dir = opendir(path);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		count += entry->d_name[0] != '.';
	closedir(dir);
	return count;
}

static void the_demonstration_leaves_nothing(void **state)
{
	struct home *home = *state;
	char *temporary = in_home(home, "tmp"), *one = put_text(home, "uno.txt", import_acta);
	assert_int_equal(mkdir(temporary, 0700), 0);
	setenv("TMPDIR", temporary, 1);
	EXPECT(home, 0, "--demo", "list", "commitments", "--json");
	assert_json(home, "$[0].code", "C1");
	assert_string_equal(home->err.data, "");
	assert_int_equal(files_in(temporary), 0);
	EXPECT(home, 0, "--demo", "import", "acta", one);
	assert_err(home, "se borra");
	assert_out(home, "guardado");
	EXPECT(home, 0, "--demo", "add", "plan", "code=paga9");
	assert_err(home, "se borra");
	EXPECT(home, 1, "--demo", "import", "acta", "/nonexistent");
	EXPECT(home, 1, "--demo", "show", "commitment", "C99");
	EXPECT(home, 1, "--demo", "--read-only", "add", "plan", "code=paga9");
	EXPECT(home, 0, "--demo", "--read-only", "list", "plans");
	assert_int_equal(files_in(temporary), 0);
	setenv("TMPDIR", "/nonexistent", 1);
	EXPECT(home, 5, "--demo", "list", "plans");
	assert_err(home, "/nonexistent");
	unsetenv("TMPDIR");
	free(temporary);
	free(one);
}

/* ---- kill -9 */

static pid_t start_import(const struct home *home, char *path)
{
	char program[4096];
	const char *top = getenv("top_builddir");
	char *words[] = {program, (char *)(uintptr_t)"import", (char *)(uintptr_t)"acta", path,
			 NULL};
	posix_spawn_file_actions_t files;
	pid_t child;
	(void)home;
	snprintf(program, sizeof(program), "%s/nucleo", top ? top : ".");
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawn(&child, program, &files, NULL, words, environ), 0);
	posix_spawn_file_actions_destroy(&files);
	return child;
}

static long elapsed_us(struct timespec start)
{
	struct timespec end;
	clock_gettime(CLOCK_MONOTONIC, &end);
	return (end.tv_sec - start.tv_sec) * 1000000 + (end.tv_nsec - start.tv_nsec) / 1000;
}

/* Moments all over the time one import takes on this machine. */
static void a_kill_leaves_all_or_nothing(void **state)
{
	enum { ROUNDS = 20 };
	struct home *home = *state;
	unsigned seed = 20231117;
	int status;
	char *db = in_home(home, DATABASE);
	EXPECT(home, 0, "init");
	struct timespec start;
	clock_gettime(CLOCK_MONOTONIC, &start);
	char *path = put_text(home, "acta.txt", import_acta);
	EXPECT(home, 0, "import", "acta", path);
	long whole = elapsed_us(start);
	for (int round = 0; round < ROUNDS; round++) {
		char number[32];
		snprintf(number, sizeof(number), "AM-2024-%02d", round + 1);
		char *text = import_replace(import_acta, "AM-2023-04", number);
		free(put_text(home, "acta.txt", text));
		seed = seed * 1103515245u + 12345u;
		long moment = whole * round / ROUNDS + (long)(seed >> 16) % (whole / ROUNDS + 1);
		pid_t child = start_import(home, path);
		const struct timespec pause = {.tv_sec = moment / 1000000,
					       .tv_nsec = moment % 1000000 * 1000};
		nanosleep(&pause, NULL);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		/* Whether it had come as far as the queue or not: it is there once in the end. */
		EXPECT(home, 0, "import", "acta", path);
		EXPECT(home, 0, "history", "--json");
		snprintf(number, sizeof(number), "%d", round + 2);
		char *count = ask_json(home, "SELECT json_array_length(?1)");
		assert_string_equal(count, number);
		free(count);
		free(text);
	}
	/* Commands published the file people see as they went; the last one at the latest. */
	char *text = import_replace(import_acta, "AM-2023-04", "AM-2024-99");
	free(put_text(home, "acta.txt", text));
	EXPECT(home, 0, "import", "acta", path);
	free(text);
	wait_for_head(db, ROUNDS + 2);
	free(path);
	free(db);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		IN_A_HOME(several_files_with_a_bad_one_among_them),
		IN_A_HOME(the_report_as_json),
		IN_A_HOME(what_is_no_acta_is_refused),
		IN_A_HOME(files_one_may_not_read_or_write),
		IN_A_HOME(reading_only_and_who_acts),
		IN_A_HOME(the_report_fits_and_counts_in_words),
		IN_A_HOME(the_demonstration_leaves_nothing),
		IN_A_HOME(a_kill_leaves_all_or_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
