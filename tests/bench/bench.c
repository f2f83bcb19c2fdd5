/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench [--short]: measures the program as people meet it and prints one table.
 * Nothing is judged here; what does not depend on the machine is judged by
 * test_gates.c.
 */
#include "test.h"

#include "bench/bench.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/memory.h"

extern char **environ;

char *bench_path(const struct bench *bench, const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", bench->folder, name);
	return strbuf_detach(&path);
}

int bench_times(const struct bench *bench, int count)
{
	return bench->is_short && count > 3 ? 3 : count;
}

/* The largest is what the goals speak of; plans and meetings are of one size in all. */
static void make_groups(struct bench *bench)
{
	static const int sizes[2][BENCH_SIZES] = {{100, 10000, 100000}, {100, 300, 1000}};
	for (int i = 0; i < BENCH_SIZES; i++) {
		char name[32];
		int followups = sizes[bench->is_short][i];
		const struct group_sizes group = {.commitments = followups / 20,
						  .meetings = followups / 100,
						  .followups = followups,
						  .plan_size = 25,
						  .seed = 1};
		snprintf(name, sizeof(name), "group-%d.db", followups);
		bench->followups[i] = followups;
		bench->databases[i] = bench_path(bench, name);
		measure_make_group(bench->databases[i], &group);
	}
}

static void remove_folder(const char *folder)
{
	char rm[] = "rm", all[] = "-rf";
	char *words[] = {rm, all, (char *)(uintptr_t)folder, NULL};
	pid_t child;
	if (posix_spawnp(&child, rm, NULL, NULL, words, environ) == 0)
		waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
	char folder[] = "bench-XXXXXX", here[4096];
	struct bench bench = {.is_short = argc == 2 && strcmp(argv[1], "--short") == 0};
	if (argc > 2 || (argc == 2 && !bench.is_short)) {
		fputs("usage: bench [--short]\n", stderr);
		return 2;
	}
	if (!getcwd(here, sizeof(here)) || !mkdtemp(folder)) {
		perror("bench");
		return 1;
	}
	bench.folder = folder;
	bench.nucleo = measure_built("nucleo");
	measure_environment(folder);
	setlocale(LC_ALL, "C.UTF-8");
	printf("%dx%d, %s%s\n", MEASURE_COLUMNS, MEASURE_ROWS, getenv("TERM"),
	       bench.is_short ? ", short form: figures mean nothing" : "");
	make_groups(&bench);
	bench_start(&bench);
	bench_keys(&bench);
	bench_rest(&bench);
	bench_lists(&bench);
	bench_search(&bench);
	bench_imports(&bench);
	bench_commits(&bench);
	bench_room(&bench);
	for (int i = 0; i < BENCH_SIZES; i++)
		free(bench.databases[i]);
	free(bench.nucleo);
	remove_folder(folder);
	return 0;
}
