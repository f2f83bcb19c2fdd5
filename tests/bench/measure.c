/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "bench/measure.h"

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/vector.h"

extern char **environ;

/* After so long without a byte a frame is over; so long its first one may take to come. */
enum { QUIET_MS = 25, QUIET_START_MS = 120, FIRST_MS = 400, FIRST_START_MS = 5000 };
enum { LOG_MAX = 1 << 24 };

double measure_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double measure_percentile(double *values, size_t count, int percent)
{
	if (!count)
		return NAN;
	qsort(values, count, sizeof(*values), compare);
	size_t at = count * (size_t)percent / 100;
	return values[at < count ? at : count - 1];
}

char *measure_built(const char *name)
{
	const char *folder = getenv("top_builddir");
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder ? folder : ".", name);
	return strbuf_detach(&path);
}

bool measure_is_installed(const char *program)
{
	bool found = false;
	const char *folders = getenv("PATH");
	for (const char *at = folders ? folders : ""; *at && !found;) {
		struct strbuf path;
		size_t length = strcspn(at, ":");
		strbuf_init(&path);
		strbuf_add(&path, at, length);
		strbuf_addf(&path, "/%s", program);
		found = access(path.data, X_OK) == 0;
		strbuf_release(&path);
		at += length + (at[length] == ':');
	}
	return found;
}

void measure_environment(const char *home)
{
	static const char *const unset[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
					    "NUCLEO_DB",	     "NO_COLOR",
					    "LINES",	       "COLUMNS",	"LESS"};
	for (size_t i = 0; i < ARRAY_COUNT(unset); i++)
		unsetenv(unset[i]);
	setenv("HOME", home, 1);
	setenv("NUCLEO_AS", "FCD", 1); /* who says nothing is asked first */
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "America/Guayaquil", 1);
	/* Built with it, the program would look for leaks at its end, and fail to under strace. */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
}

void measure_make_group(const char *path, const struct group_sizes *sizes)
{
	struct error err;
	if (group_make(path, sizes, &err) == RC_OK)
		return;
	fprintf(stderr, "%s\n", err.text);
	exit(1);
}

/* ---- /proc */

/* The number behind `name` in a file of /proc; -1 when there is none. */
static long proc_number(pid_t process, const char *file, const char *name)
{
	struct strbuf path, text;
	long number = -1;
	char *line;
	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "/proc/%d/%s", (int)process, file);
	FILE *stream = fopen(path.data, "r");
	char block[4096];
	for (size_t got; stream && (got = fread(block, 1, sizeof(block), stream)) > 0;)
		strbuf_add(&text, block, got);
	if (stream)
		fclose(stream);
	if ((line = strstr(text.data, name)) != NULL)
		number = strtol(line + strlen(name), NULL, 10);
	strbuf_release(&text);
	strbuf_release(&path);
	return number;
}

/* The sum over the process and its children, of whom there are few. */
static long family_number(pid_t process, const char *file, const char *name)
{
	long sum = proc_number(process, file, name);
	char path[64], children[1024];
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)process, (int)process);
	FILE *stream = fopen(path, "r");
	if (!stream)
		return sum;
	size_t length = fread(children, 1, sizeof(children) - 1, stream);
	fclose(stream);
	children[length] = '\0';
	char *at = children, *end;
	for (long child; (child = strtol(at, &end, 10)) > 0 && end != at; at = end)
		sum += proc_number((pid_t)child, file, name);
	return sum;
}

long measure_memory(pid_t process)
{
	return family_number(process, "smaps_rollup", "\nPss:");
}

/* ---- the terminal */

static void run(void *arguments)
{
	char *const *words = arguments;
	execvp(words[0], words);
	_exit(127);
}

/* Reads until there is nothing for `quiet` ms; the moment of the last byte counts. */
static struct frame listen(struct pty_session *session, double since, int first, int quiet)
{
	struct frame frame = {.ms = NAN};
	struct pollfd input = {.fd = session->terminal, .events = POLLIN};
	char block[65536];
	while (poll(&input, 1, frame.bytes ? quiet : first) > 0) {
		ssize_t got = read(session->terminal, block, sizeof(block));
		if (got <= 0)
			break;
		frame.ms = measure_now() - since;
		frame.bytes += (size_t)got;
		vterm_input_write(session->vterm, block, (size_t)got);
	}
	return frame;
}

struct frame measure_start(struct pty_session *session, char *const *arguments)
{
	double since = measure_now();
	char *words[MEASURE_ARGUMENTS] = {NULL};
	for (int i = 0; i < MEASURE_ARGUMENTS - 1 && arguments[i]; i++)
		words[i] = arguments[i];
	pty_start(session, MEASURE_ROWS, MEASURE_COLUMNS, run, words);
	return listen(session, since, FIRST_START_MS, QUIET_START_MS);
}

struct frame measure_key(struct pty_session *session, const char *key)
{
	double since = measure_now();
	pty_send(session, key);
	return listen(session, since, FIRST_MS, QUIET_MS);
}

void measure_finish(struct pty_session *session, const char *key)
{
	pty_send(session, key);
	pty_finish(session);
	pty_stop(session);
}

struct idleness measure_idle(struct pty_session *session, int milliseconds)
{
	struct idleness idleness = {0};
	struct pollfd input = {.fd = session->terminal, .events = POLLIN};
	char block[4096];
	long before = family_number(session->child, "status", "\nvoluntary_ctxt_switches:");
	double end = measure_now() + milliseconds;
	for (double left; (left = end - measure_now()) > 0;) {
		if (poll(&input, 1, (int)left + 1) <= 0)
			continue;
		ssize_t got = read(session->terminal, block, sizeof(block));
		if (got <= 0)
			break;
		idleness.bytes += (size_t)got;
	}
	idleness.wakeups =
		family_number(session->child, "status", "\nvoluntary_ctxt_switches:") - before;
	return idleness;
}

/* ---- commands */

double measure_command(char *const *arguments)
{
	posix_spawn_file_actions_t silence;
	pid_t child;
	int status = -1;
	posix_spawn_file_actions_init(&silence);
	posix_spawn_file_actions_addopen(&silence, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&silence, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	double since = measure_now();
	if (posix_spawnp(&child, arguments[0], &silence, NULL, arguments, environ) == 0)
		waitpid(child, &status, 0);
	double took = measure_now() - since;
	posix_spawn_file_actions_destroy(&silence);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? took : NAN;
}

bool measure_traced(char *const *arguments, char **traced, const char *calls, const char *log)
{
	static char strace[] = "strace", follow[] = "-f", only[] = "-e", to[] = "-o", nowhere[] = "true";
	char *trial[] = {strace, follow, nowhere, NULL};
	size_t count = 0;
	bool may_trace = measure_is_installed(strace) && !isnan(measure_command(trial));
	if (may_trace) {
		char *const before[] = {strace, follow,	only, (char *)(uintptr_t)calls,
					to,	(char *)(uintptr_t)log};
		for (; count < ARRAY_COUNT(before); count++)
			traced[count] = before[count];
	}
	while (*arguments && count < MEASURE_ARGUMENTS - 1)
		traced[count++] = *arguments++;
	traced[count] = NULL;
	return may_trace;
}

int measure_count(const char *log, const char *const *texts)
{
	struct strbuf text;
	int count = 0;
	strbuf_init(&text);
	if (file_read(log, LOG_MAX, &text, NULL) != RC_OK)
		count = -1;
	for (; *texts && count >= 0; texts++)
		for (const char *at = text.data; (at = strstr(at, *texts)) != NULL; at++)
			count++;
	strbuf_release(&text);
	return count;
}
