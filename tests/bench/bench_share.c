/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_share [--short] local|mounts|cable [CLIENTS]: measures groups that share a
 * folder, of all sizes or of one, and prints one table. Run by bench_share.sh, below
 * mounts.sh unless on the local disk; "cable" is a delay of 5 ms, which the goals are
 * about. Times are not judged, but nothing may be lost.
 */
#include "bench/bench_share.h"

#include <math.h>
#include <poll.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/table.h"
#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/schema_data.h"
#include "nucleo/sync/folder.h"
#include "nucleo/sync/log.h"

extern char **environ;

/* What takes longer hangs. */
enum { PATIENCE_MS = 120000, TICK_MS = 20, REPLICA_LIMIT = 1 << 24 };

_Noreturn void share_fail(const char *format, ...)
{
	va_list arguments;
	fflush(stdout);
	fputs("bench_share: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

static char *text_of(const char *format, const char *first, const char *second)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, format, first, second);
	return strbuf_detach(&text);
}

char *share_log_path(const struct share_bench *bench, const char *folder)
{
	return text_of("%s/%s.log", folder, bench->uuid.hex);
}

char *share_replica_path(const struct share_bench *bench, unsigned client)
{
	char number[16];
	snprintf(number, sizeof(number), "%u.db", client);
	return text_of("%s/%s", bench->folder, number);
}

/* ---- a group */

static void copy_replica(const struct share_bench *bench, const struct strbuf *bytes,
			 unsigned client)
{
	char *path = share_replica_path(bench, client);
	store_remove(path);
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(bytes->data, 1, bytes->length, file) != bytes->length ||
	    fclose(file) != 0)
		share_fail("%s cannot be written", path);
	free(path);
}

/* A new log, and replicas that know nothing of it yet: one is made, the others are copies. */
static void found(struct share_bench *bench, unsigned clients)
{
	struct log_format format;
	struct error err;
	struct strbuf bytes;
	bench->uuid = random_id_new();
	char *log = share_log_path(bench, bench->served);
	char *replica = share_replica_path(bench, SHARE_CLIENTS);
	struct drive *drive = folder_open(log);
	store_remove(replica);
	if (log_create_format(drive, schema_script_count, &format, &err) != RC_OK ||
	    replica_create(replica, &format.uuid, format.schema, &err) != RC_OK)
		share_fail("%s", err.text);
	folder_tidy_own(drive);
	folder_close(drive);
	strbuf_init(&bytes);
	if (file_read(replica, REPLICA_LIMIT, &bytes, &err) != RC_OK)
		share_fail("%s", err.text);
	for (unsigned i = 0; i < clients; i++)
		copy_replica(bench, &bytes, i);
	strbuf_release(&bytes);
	store_remove(replica);
	free(replica);
	free(log);
}

static void start(const struct share_bench *bench, const struct share_run_plan *plan, pid_t *pids)
{
	memset(bench->board, 0, sizeof(*bench->board));
	fflush(stdout);
	for (unsigned i = 0; i < plan->clients; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			share_client(bench, plan, i);
	}
}

/* Until all clients have raised the flag that lies at `offset` in their tallies. */
static void await_all(const struct share_bench *bench, unsigned clients, size_t offset)
{
	double end = measure_now() + PATIENCE_MS;
	for (unsigned i = 0; i < clients;) {
		struct share_tally *tally = &bench->board->clients[i];
		const _Atomic bool *flag = (const void *)((const char *)tally + offset);
		if (tally->complaint[0])
			share_fail("%s", tally->complaint);
		if (atomic_load(flag))
			i++;
		else if (measure_now() > end)
			share_fail("client %u hangs", i);
		else
			poll(NULL, 0, TICK_MS);
	}
}

static void run(struct share_bench *bench, const struct share_run_plan *plan)
{
	pid_t pids[SHARE_CLIENTS];
	struct share_board *board = bench->board;
	found(bench, plan->clients);
	start(bench, plan, pids);
	await_all(bench, plan->clients, offsetof(struct share_tally, is_ready));
	atomic_store(&board->has_begun, true);
	poll(NULL, 0, plan->seconds * 1000);
	atomic_store(&board->is_over, true);
	await_all(bench, plan->clients, offsetof(struct share_tally, is_idle));
	atomic_store(&board->last, share_last_number(bench));
	await_all(bench, plan->clients, offsetof(struct share_tally, is_settled));
	for (unsigned i = 0; i < plan->clients; i++)
		waitpid(pids[i], NULL, 0);
	share_check_log(bench, plan);
}

/* ---- the table */

typedef VECTOR(double) figures;

static void add_tally(figures *out, const double *values, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		vector_push(out, values[i]);
}

/* From where one client knew it to be on the drive until another had it. */
static void add_notices(figures *out, const struct share_board *board, unsigned clients)
{
	for (int number = 1; number < SHARE_NUMBERS; number++)
		for (unsigned i = 0; i < clients; i++) {
			double seen = board->clients[i].seen[number],
			       at = board->published[number].at;
			if (at > 0 && seen > 0 && i != board->published[number].client)
				vector_push(out, seen > at ? seen - at : 0);
		}
}

static void print_line(const char *what, const struct share_run_plan *plan, figures *values,
		       struct bench_latency row)
{
	char text[80];
	snprintf(text, sizeof(text), "%u client%s: %s", plan->writers, plan->writers > 1 ? "s" : "",
		 what);
	row.what = text;
	row.p50 = measure_percentile(values->items, values->count, 50);
	row.p99 = measure_percentile(values->items, values->count, 99);
	bench_print_latency(&row);
	vector_release(values);
}

static void print(const struct share_bench *bench, const struct share_run_plan *plan)
{
	figures commits = {0}, polls = {0}, notices = {0};
	const struct share_board *board = bench->board;
	char what[40];
	for (unsigned i = 0; i < plan->clients; i++) {
		const struct share_tally *tally = &board->clients[i];
		add_tally(&commits, tally->commits, tally->commit_count);
		add_tally(&polls, tally->polls, tally->poll_count);
	}
	add_notices(&notices, board, plan->clients);
	bool is_alone = plan->writers == 1;
	double p99 = plan->writers == 24   ? bench->goal_p99_24
		     : plan->writers == 96 ? bench->goal_p99_96
					   : NAN;
	snprintf(what, sizeof(what), "commit (%zu, 0 lost)", commits.count);
	print_line(what, plan, &commits,
		   (struct bench_latency){.goal_p50 = is_alone ? bench->goal_commit : NAN,
					  .goal_p99 = p99,
					  .reference = is_alone ? bench->peer : NULL,
					  .reference_p50 = bench->stock_p50});
	print_line("poll", plan, &polls,
		   (struct bench_latency){.goal_p50 = is_alone ? bench->goal_poll : NAN,
					  .goal_p99 = NAN});
	print_line("notice", plan, &notices, (struct bench_latency){.goal_p50 = NAN,
								    .goal_p99 = NAN});
}

/* One who writes needs another who notices. Many make as many changes a second as they would in
 * a day's work, each one every 15 s; few make more, to be measured in some seconds. */
static void measure(struct share_bench *bench, const char *name, const char *only)
{
	bool is_goal = strcmp(name, "cable") == 0;
	const struct share_run_plan plans[] = {
		{.clients = 2, .writers = 1, .change_ms = 500, .seconds = is_goal ? 8 : 4},
		{.clients = 8, .writers = 8, .change_ms = 5000, .seconds = is_goal ? 10 : 6},
		{.clients = 24, .writers = 24, .change_ms = 15000, .seconds = is_goal ? 18 : 8},
		{.clients = 96, .writers = 96, .change_ms = 15000, .seconds = is_goal ? 18 : 8},
	};
	bench_print_latency_heading(bench->place);
	for (size_t i = 0; i < (bench->is_short ? 2 : ARRAY_COUNT(plans)); i++) {
		struct share_run_plan plan = plans[i];
		if (only && strtoul(only, NULL, 10) != plan.writers)
			continue;
		plan.seconds = bench->is_short ? 2 : plan.seconds;
		run(bench, &plan);
		print(bench, &plan);
	}
}

/* ---- set-up */

static void find_machines(struct share_bench *bench, bool is_local)
{
	const char *mounts = is_local ? NULL : getenv("MOUNTS");
	if (is_local) {
		bench->machines[bench->machine_count++] = mem_strdup(bench->folder);
		bench->served = mem_strdup(bench->folder);
		return;
	}
	if (!mounts)
		share_fail("is to be run by mounts.sh");
	bench->served = text_of("%s/%s", mounts, "served");
	for (unsigned i = 0; i < SHARE_MACHINES; i++) {
		char number[16];
		snprintf(number, sizeof(number), "%u", i + 1);
		char *process = text_of("%s/%s.pid", mounts, number);
		if (access(process, F_OK) == 0)
			bench->machines[bench->machine_count++] = text_of("%s/%s", mounts, number);
		free(process);
	}
}

static void set_goals(struct share_bench *bench, const char *name)
{
	bool is_cable = strcmp(name, "cable") == 0;
	bench->stock_p50 = share_stock_time(bench->machines[0], bench->is_short ? 5 : 25);
	bench->goal_commit = is_cable		 ? 75
			     : bench->is_local ? 2 * bench->stock_p50
					       : NAN;
	bench->goal_poll = is_cable ? 8 : NAN;
	bench->goal_p99_24 = is_cable ? 500 : NAN;
	bench->goal_p99_96 = is_cable ? 1000 : NAN;
	bench->peer = bench->is_local ? "stock SQLite" : "stock, 1 mount";
}

static void set_up(struct share_bench *bench, const char *name)
{
	char place[80];
	bench->is_local = strcmp(name, "local") == 0;
	snprintf(bench->folder, sizeof(bench->folder), "bench-share-XXXXXX");
	if (!mkdtemp(bench->folder))
		share_fail("no folder can be made here");
	bench->board = mmap(NULL, sizeof(*bench->board), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (bench->board == MAP_FAILED)
		share_fail("no memory to share");
	find_machines(bench, bench->is_local);
	snprintf(place, sizeof(place), "sharing: %u sshfs mount%s%s", bench->machine_count,
		 bench->machine_count > 1 ? "s" : "",
		 strcmp(name, "cable") == 0 ? ", 5 ms away" : "");
	bench->place = mem_strdup(bench->is_local ? "sharing: a local disk" : place);
	set_goals(bench, name);
}

static void tear_down(struct share_bench *bench)
{
	char rm[] = "rm", all[] = "-rf";
	char *words[] = {rm, all, bench->folder, NULL};
	pid_t child;
	if (posix_spawnp(&child, rm, NULL, NULL, words, environ) == 0)
		waitpid(child, NULL, 0);
	for (unsigned i = 0; i < bench->machine_count; i++)
		free(bench->machines[i]);
	free(bench->served);
	free((char *)(uintptr_t)bench->place);
	munmap(bench->board, sizeof(*bench->board));
}

int main(int argc, char **argv)
{
	static const char *const names[] = {"local", "mounts", "cable"};
	struct share_bench bench = {.is_short = argc > 1 && strcmp(argv[1], "--short") == 0};
	char **words = argv + 1 + bench.is_short;
	size_t i = 0;
	while (words[0] && i < ARRAY_COUNT(names) && strcmp(names[i], words[0]) != 0)
		i++;
	if (!words[0] || i == ARRAY_COUNT(names)) {
		fputs("usage: bench_share [--short] local|mounts|cable [CLIENTS]\n", stderr);
		return 2;
	}
	setlocale(LC_ALL, "C.UTF-8");
	set_up(&bench, names[i]);
	measure(&bench, names[i], words[1]);
	tear_down(&bench);
	return 0;
}
