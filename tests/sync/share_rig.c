/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * share_rig [--total N] [--seed N] [--gap MS] [--users N] [--each N]: run by
 * check_share.sh below mounts.sh. Some users, some clients each, add follow-ups
 * until a total is acknowledged; harm is done meanwhile, one in so many ms on
 * average (0: none). Judges what is left, prints one line and ends with 0, or
 * says what is wrong and keeps the files.
 */
#include "config.h"

#include "sync/share_rig.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"

/* How long a client waits for the drive: most longer than it is ever away, some not. */
enum { PATIENT_SECONDS = 20, HASTY_SECONDS = 1, HASTY_IN = 4 };
/* What it may take in all, with what it is stopped for: longer is for ever. */
enum { HANG_MS = 120000 };

struct options {
	unsigned long total, seed, gap, users, each;
};

unsigned rig_random(struct rig *rig, unsigned limit)
{
	uint64_t z = rig->random += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return limit ? (unsigned)((z ^ (z >> 31)) % limit) : 0;
}

/* Without what it says: files may go while it looks. */
static void run_tool(const char *const *words)
{
	pid_t child = fork();
	if (child == 0) {
		char *arguments[6] = {0};
		for (size_t i = 0; words[i]; i++)
			arguments[i] = (char *)(uintptr_t)words[i];
		close(STDERR_FILENO);
		execvp(arguments[0], arguments);
		_exit(126);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
}

/* The server's files are not behind a mount. */
static void keep_files(const struct rig *rig)
{
	struct strbuf served;
	for (size_t i = 0; i < rig->clients.count; i++)
		kill(rig->clients.items[i].pid, SIGKILL);
	strbuf_init(&served);
	strbuf_addf(&served, "%s/served", rig->mounts);
	const char *const words[] = {"cp", "-R", served.data, rig->folder, NULL};
	run_tool(words);
	strbuf_release(&served);
}

void rig_fail(const struct rig *rig, const char *format, ...)
{
	va_list arguments;
	fflush(stdout);
	fputs("share_rig: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	keep_files(rig);
	fprintf(stderr, "\nshare_rig: the files are kept in %s\n", rig->folder);
	exit(1);
}

/* ---- clients */

static void start_client(struct rig *rig, unsigned user, int64_t now)
{
	char mark[32], description[64], wait[16];
	const char *const words[] = {"--as",   "FCD",	    "--wait",	 wait, "add",
				     "followup", description, "--json", NULL};
	size_t note = rig->notes.count;
	snprintf(wait, sizeof(wait), "%d",
		 rig_random(rig, HASTY_IN) ? PATIENT_SECONDS : HASTY_SECONDS);
	snprintf(description, sizeof(description), "description=m%u n%zu", user, note);
	client_mark(mark, sizeof(mark), note);
	*vector_add(&rig->notes) = (struct note){.user = user};
	pid_t pid = process_start(rig, &rig->users[user], mark, mark, words);
	vector_push(&rig->clients, ((struct client){pid, user, note, now, false}));
}

/* A client has said what became of its note; its output is of no use any more. */
static void settle_note(struct rig *rig, struct note *note, enum fate fate, const char *name)
{
	char messages[40];
	const char *const names[] = {name, messages};
	snprintf(messages, sizeof(messages), "%s.err", name);
	note->fate = fate;
	rig->saved += fate == FATE_SAVED;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		char *path = rig_path(rig, names[i]);
		unlink(path);
		free(path);
	}
}

static void take_end(struct rig *rig, const struct client *client, int status, int64_t now)
{
	char name[32];
	struct note *note = &rig->notes.items[client->note];
	client_mark(name, sizeof(name), client->note);
	note->ms = (int)(now - client->began);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		settle_note(rig, note, FATE_SAVED, name);
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 4)
		settle_note(rig, note, FATE_QUEUED, name);
	else if (WIFSIGNALED(status) && client->killed)
		settle_note(rig, note, FATE_UNKNOWN, name);
	else
		rig_fail(rig, "note %zu of user %u: the client ended with status 0x%x, see %s.err",
			 client->note, client->user, (unsigned)status, name);
}

static void take_ends(struct rig *rig, int64_t now)
{
	size_t kept = 0;
	int status;
	for (size_t i = 0; i < rig->clients.count; i++) {
		struct client client = rig->clients.items[i];
		if (process_has_ended(client.pid, &status))
			take_end(rig, &client, status, now);
		else if (now - client.began > HANG_MS)
			rig_fail(rig, "note %zu of user %u: the client (process %d) hangs",
				 client.note, client.user, (int)client.pid);
		else
			rig->clients.items[kept++] = client;
	}
	rig->clients.count = kept;
}

static unsigned clients_of(const struct rig *rig, unsigned user)
{
	unsigned count = 0;
	for (size_t i = 0; i < rig->clients.count; i++)
		count += rig->clients.items[i].user == user;
	return count;
}

static void start_missing(struct rig *rig, int64_t now)
{
	for (unsigned user = 0; user < rig->user_count; user++)
		while (clients_of(rig, user) < rig->clients_each)
			start_client(rig, user, now);
}

/* ---- the run */

static void work(struct rig *rig, unsigned long total)
{
	while (rig->saved < total) {
		int64_t now = clock_monotonic_ms();
		take_ends(rig, now);
		start_missing(rig, now);
		mischief_go_on(rig, now);
		poll(NULL, 0, 3);
	}
	for (bool is_over = false; !is_over || rig->clients.count;) {
		int64_t now = clock_monotonic_ms();
		is_over = mischief_is_over(rig, now);
		take_ends(rig, now);
		poll(NULL, 0, 10);
	}
}

static int compare_times(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void report(const struct rig *rig, int64_t ms)
{
	size_t fates[FATE_COUNT] = {0}, count = 0;
	int *times = mem_alloc_zero(rig->notes.count + 1, sizeof(*times));
	for (size_t i = 0; i < rig->notes.count; i++) {
		fates[rig->notes.items[i].fate]++;
		if (rig->notes.items[i].fate == FATE_SAVED)
			times[count++] = rig->notes.items[i].ms;
	}
	qsort(times, count, sizeof(*times), compare_times);
	printf("%zu commits acknowledged, %zu queued, %zu unknown, %u kills, %u stops, %u frozen, "
	       "%u remounted, 0 lost",
	       fates[FATE_SAVED], fates[FATE_QUEUED], fates[FATE_UNKNOWN], rig->done[KILLS],
	       rig->done[STOPS], rig->done[FREEZES], rig->done[REMOUNTS]);
	printf(" (%d s, add p50 %d ms, p99 %d ms)\n", (int)(ms / 1000), times[count / 2],
	       times[count * 99 / 100]);
	free(times);
}

/* ---- set-up */

static char *text_of(const char *format, const char *first, unsigned second)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, format, first, second);
	return strbuf_detach(&text);
}

/* NUCLEO may name another program, to try the rig itself. */
static char *find_program(void)
{
	const char *named = getenv("NUCLEO"), *folder = getenv("top_builddir");
	char *path = named ? mem_strdup(named) : text_of("%s/nucleo", folder ? folder : ".", 0);
	char *whole = realpath(path, NULL);
	if (!whole) {
		fprintf(stderr, "share_rig: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	free(path);
	return whole;
}

static void add_users(struct rig *rig, unsigned long count)
{
	char here[4096];
	if (!getcwd(here, sizeof(here)))
		exit(1);
	rig->user_count = (unsigned)(count < RIG_USERS ? count : RIG_USERS);
	for (unsigned i = 0; i < rig->user_count; i++) {
		struct user *user = &rig->users[i];
		struct strbuf home;
		strbuf_init(&home);
		strbuf_addf(&home, "%s/%s/user-%u", here, rig->folder, i);
		user->home = strbuf_detach(&home);
		user->mount = i % rig->mount_count;
		user->database = text_of("%s/%u/acta.db", rig->mounts, user->mount + 1);
		if (mkdir(user->home, 0700) != 0)
			rig_fail(rig, "%s: %s", user->home, strerror(errno));
	}
}

static unsigned count_mounts(const char *folder)
{
	unsigned count = 0;
	for (; count < RIG_MOUNTS; count++) {
		char *file = text_of("%s/%u.pid", folder, count + 1);
		bool is_there = access(file, F_OK) == 0;
		free(file);
		if (!is_there)
			break;
	}
	return count;
}

static void set_up(struct rig *rig, const struct options *options)
{
	const char *const init[] = {"init", NULL}, *const list[] = {"list", "followups", NULL};
	struct strbuf out;
	snprintf(rig->folder, sizeof(rig->folder), "share-XXXXXX");
	rig->mounts = getenv("MOUNTS");
	rig->script = getenv("MOUNTS_SCRIPT");
	rig->mount_count = rig->mounts && rig->script ? count_mounts(rig->mounts) : 0;
	if (!rig->mount_count || !mkdtemp(rig->folder)) {
		fputs("share_rig: is to be run by mounts.sh\n", stderr);
		exit(1);
	}
	rig->nucleo = find_program();
	rig->random = options->seed;
	rig->clients_each = (unsigned)options->each;
	rig->gap = (unsigned)options->gap;
	add_users(rig, options->users);
	strbuf_init(&out);
	rig_run(rig, 0, init, &out);
	for (unsigned i = 0; i < rig->user_count; i++)
		rig_run(rig, i, list, &out);
	strbuf_release(&out);
}

static void tear_down(struct rig *rig)
{
	const char *const words[] = {"rm", "-rf", rig->folder, NULL};
	run_tool(words);
	for (unsigned i = 0; i < rig->user_count; i++) {
		free(rig->users[i].home);
		free(rig->users[i].database);
	}
	vector_release(&rig->notes);
	vector_release(&rig->clients);
	vector_release(&rig->stops);
	free(rig->nucleo);
}

/* False when the words cannot be understood. */
static bool read_options(struct options *options, char **words)
{
	const struct {
		const char *name;
		unsigned long *value;
	} known[] = {{"--total", &options->total}, {"--seed", &options->seed},
		     {"--gap", &options->gap},	{"--users", &options->users},
		     {"--each", &options->each}};
	for (; *words; words += 2) {
		size_t i = 0;
		char *end;
		while (i < ARRAY_COUNT(known) && strcmp(known[i].name, *words) != 0)
			i++;
		if (i == ARRAY_COUNT(known) || !words[1])
			return false;
		*known[i].value = strtoul(words[1], &end, 10);
		if (!*words[1] || *end)
			return false;
	}
	return options->users > 0 && options->each > 0;
}

int main(int argc, char **argv)
{
	struct options options = {.total = 100, .seed = 1, .gap = 300, .users = 4, .each = 2};
	struct rig rig = {0};
	(void)argc;
	if (!read_options(&options, argv + 1)) {
		fputs("usage: share_rig [--total N] [--seed N] [--gap MS] [--users N] [--each N]\n",
		      stderr);
		return 2;
	}
	setlocale(LC_ALL, "C.UTF-8");
	set_up(&rig, &options);
	check_visibility(&rig);
	int64_t began = clock_monotonic_ms();
	work(&rig, options.total);
	int64_t took = clock_monotonic_ms() - began;
	check_all(&rig);
	report(&rig, took);
	tear_down(&rig);
	return 0;
}
