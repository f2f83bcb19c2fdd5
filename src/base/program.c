/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create(), pipe2(), prlimit() */
#include "nucleo/base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/interrupt.h"
#include "nucleo/base/utf8.h"
#include "nucleo/base/vector.h"

extern char **environ;

/* A stop that is asked for is seen this often; so is the end of one that has closed its output. */
enum { LOOK_MS = 100, SCRIPT_FD = 3 };

/* Descriptors: -1 where there is none. */
struct run {
	const struct program *program;
	struct strbuf *out;
	struct strbuf complaint;
	pid_t child;
	int input, script;
	int output[2], errors[2];
	int64_t deadline;
};

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void run_release(struct run *run)
{
	shut(&run->input);
	shut(&run->script);
	for (int i = 0; i < 2; i++) {
		shut(&run->output[i]);
		shut(&run->errors[i]);
	}
	strbuf_release(&run->complaint);
}

/* ---- what it is given */

/* A file without a name, in memory, at its beginning; -1 and errno when it cannot be made. */
static int file_of(const char *bytes, size_t length)
{
	int fd = memfd_create("nucleo", MFD_CLOEXEC);
	for (size_t done = 0; fd >= 0 && done < length;) {
		ssize_t wrote = write(fd, bytes + done, length - done);
		if (wrote > 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			shut(&fd);
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static bool prepare(struct run *run)
{
	const struct program *program = run->program;
	run->input = file_of(program->input, program->input_length);
	if (run->input < 0 || pipe2(run->output, O_CLOEXEC) != 0 ||
	    pipe2(run->errors, O_CLOEXEC) != 0)
		return false;
	if (program->script)
		run->script = file_of(program->script, strlen(program->script));
	return !program->script || run->script >= 0;
}

/* Owned, ended by NULL, as exec() wants them. */
typedef VECTOR(char *) words;

static void words_release(words *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	vector_release(list);
}

static bool sets(const char *entry, const char *name)
{
	size_t length = strlen(name);
	return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

/* Ours, but for the language: messages and encodings are to be the same everywhere. */
static void make_environment(words *out)
{
	for (char **entry = environ; entry && *entry; entry++)
		if (!sets(*entry, "LC_ALL") && !sets(*entry, "LANGUAGE"))
			vector_push(out, mem_strdup(*entry));
	vector_push(out, mem_strdup("LC_ALL=C.UTF-8"));
	vector_push(out, NULL);
}

static void make_arguments(const char *const *from, words *out)
{
	for (; *from; from++)
		vector_push(out, mem_strdup(*from));
	vector_push(out, NULL);
}

/* ---- starting */

/* In this order none is overwritten before it is used, whatever their numbers. */
static void set_descriptors(const struct run *run, posix_spawn_file_actions_t *actions)
{
	posix_spawn_file_actions_adddup2(actions, run->input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(actions, run->output[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(actions, run->errors[1], STDERR_FILENO);
	if (run->script >= 0)
		posix_spawn_file_actions_adddup2(actions, run->script, SCRIPT_FD);
}

/* A group of its own, and the signals as a fresh process has them. */
static void set_attributes(posix_spawnattr_t *attributes)
{
	static const int usual[] = {SIGHUP, SIGINT, SIGPIPE, SIGTERM, SIGCHLD};
	sigset_t none, defaults;
	sigemptyset(&none);
	sigemptyset(&defaults);
	for (size_t i = 0; i < ARRAY_COUNT(usual); i++)
		sigaddset(&defaults, usual[i]);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &defaults);
	posix_spawnattr_setpgroup(attributes, 0);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
						     POSIX_SPAWN_SETSIGDEF);
}

/*
 * Set from outside: a limit of our own that the child inherits would have to
 * hold for us too, and instrumented programs are far above any. It comes a
 * moment after the start, which nothing has used up by then.
 */
static void limit_memory(const struct run *run)
{
	const struct rlimit limit = {run->program->memory_max, run->program->memory_max};
	prlimit(run->child, RLIMIT_DATA, &limit, NULL);
}

/* 0 or an errno. */
static int start(struct run *run)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	words arguments = {0}, environment = {0};
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	set_descriptors(run, &actions);
	set_attributes(&attributes);
	make_arguments(run->program->words, &arguments);
	make_environment(&environment);
	int failure = posix_spawnp(&run->child, arguments.items[0], &actions, &attributes,
				   arguments.items, environment.items);
	if (!failure)
		limit_memory(run);
	words_release(&arguments);
	words_release(&environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	shut(&run->output[1]);
	shut(&run->errors[1]);
	return failure;
}

/* ---- listening */

/* Takes what is there; the descriptor is closed at the end. */
static void take(int *fd, struct strbuf *out)
{
	char block[16384];
	ssize_t got = read(*fd, block, sizeof(block));
	if (got > 0)
		strbuf_add(out, block, (size_t)got);
	else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		shut(fd);
}

static int time_left(const struct run *run)
{
	int64_t left = run->deadline - clock_monotonic_ms();
	if (left <= 0)
		return 0;
	return left < LOOK_MS ? (int)left : LOOK_MS;
}

static enum program_end read_output(struct run *run)
{
	size_t start = run->out->length;
	while (run->output[0] >= 0 || run->errors[0] >= 0) {
		struct pollfd from[2] = {{.fd = run->output[0], .events = POLLIN},
					 {.fd = run->errors[0], .events = POLLIN}};
		int left = time_left(run);
		if (interrupt_is_pending())
			return PROGRAM_STOPPED;
		if (!left)
			return PROGRAM_TOO_SLOW;
		if (poll(from, 2, left) <= 0)
			continue;
		if (from[0].revents)
			take(&run->output[0], run->out);
		if (from[1].revents)
			take(&run->errors[0], &run->complaint);
		strbuf_truncate(&run->complaint, sizeof(((struct program_result *)0)->complaint));
		if (run->out->length - start > run->program->output_max)
			return PROGRAM_TOO_LONG;
	}
	return PROGRAM_DONE;
}

/* ---- the end */

static bool has_ended(pid_t child)
{
	siginfo_t info = {0};
	if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
		return errno != EINTR;
	return info.si_pid == child;
}

/*
 * Its output is closed, so it should be gone. Whatever it has left behind goes
 * with it: the group lasts as long as the child has not been waited for.
 */
static enum program_end finish(struct run *run, enum program_end so_far)
{
	int status = 0, pause = 1;
	while (so_far == PROGRAM_DONE && !has_ended(run->child)) {
		int left = time_left(run);
		if (!left)
			so_far = PROGRAM_TOO_SLOW;
		else if (interrupt_is_pending())
			so_far = PROGRAM_STOPPED;
		poll(NULL, 0, left < pause ? left : pause);
		pause = pause < LOOK_MS ? pause * 2 : LOOK_MS;
	}
	kill(-run->child, SIGKILL);
	pid_t waited;
	while ((waited = waitpid(run->child, &status, 0)) < 0 && errno == EINTR)
		;
	if (so_far == PROGRAM_DONE &&
	    (waited != run->child || !WIFEXITED(status) || WEXITSTATUS(status) != 0))
		return PROGRAM_FAILED;
	return so_far;
}

static void set_complaint(struct run *run, struct program_result *result)
{
	struct strbuf clean;
	strbuf_init(&clean);
	for (char *at = run->complaint.data; *at; at++)
		if (strchr("\t\n\r", *at))
			*at = ' ';
	strbuf_trim(&run->complaint);
	utf8_fit(&clean, run->complaint.data, INT_MAX);
	if (clean.length >= sizeof(result->complaint))
		strbuf_truncate(&clean,
				utf8_valid_prefix(clean.data, sizeof(result->complaint) - 1));
	memcpy(result->complaint, clean.data, clean.length + 1);
	strbuf_release(&clean);
}

static enum rc run_program(struct run *run, struct program_result *result, struct error *err)
{
	size_t before = run->out->length;
	int failure = prepare(run) ? start(run) : errno;
	if (failure == ENOENT) {
		*result = (struct program_result){.end = PROGRAM_MISSING};
		return RC_OK;
	}
	if (failure)
		return error_set(err, RC_IO, _("no se pudo ejecutar «%s»: %s"),
				 run->program->words[0], strerror(failure));
	result->end = finish(run, read_output(run));
	set_complaint(run, result);
	if (result->end != PROGRAM_DONE)
		strbuf_truncate(run->out, before);
	return RC_OK;
}

/* Where the end of children is ignored, nobody would learn how they ended. */
enum rc program_run(const struct program *program, struct strbuf *out,
		    struct program_result *result, struct error *err)
{
	struct sigaction usual = {.sa_handler = SIG_DFL}, before;
	struct run run = {
		.program = program,
		.out = out,
		.input = -1,
		.script = -1,
		.output = {-1, -1},
		.errors = {-1, -1},
		.deadline = clock_monotonic_ms() + program->patience_ms,
	};
	strbuf_init(&run.complaint);
	sigaction(SIGCHLD, &usual, &before);
	enum rc rc = run_program(&run, result, err);
	sigaction(SIGCHLD, &before, NULL);
	run_release(&run);
	return rc;
}
