/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "bench/table.h"

#include <math.h>
#include <stdio.h>

void bench_print_heading(const char *heading)
{
	printf("\n%-52s %12s %10s  %-18s %10s %7s\n", heading, "measured", "goal", "floor or peer",
	       "it takes", "ratio");
	fflush(stdout);
}

/* Whole numbers as such; "-" where there is none. */
static void print_figure(double value, const char *unit, int width)
{
	char text[64] = "-";
	if (!isnan(value))
		snprintf(text, sizeof(text), "%.*f%s%s",
			 value >= 100 || value == floor(value) ? 0 : 2, value, *unit ? " " : "",
			 unit);
	printf(" %*s", width, text);
}

void bench_print(const struct bench_row *row)
{
	double ratio = row->reference ? row->measured / row->reference_value : NAN;
	printf("%-52s", row->what);
	print_figure(row->measured, row->unit, 12);
	print_figure(row->goal, row->unit, 10);
	printf("  %-18s", row->reference ? row->reference : "");
	print_figure(row->reference ? row->reference_value : NAN, row->unit, 10);
	print_figure(ratio, "", 7);
	putchar('\n');
	fflush(stdout);
}

/* ---- latencies */

void bench_print_latency_heading(const char *heading)
{
	printf("\n%-44s %9s %8s %9s %8s  %-14s %9s %7s\n", heading, "p50", "goal", "p99", "goal",
	       "peer", "p50", "ratio");
	fflush(stdout);
}

void bench_print_latency(const struct bench_latency *row)
{
	double ratio = row->reference ? row->p50 / row->reference_p50 : NAN;
	printf("%-44s", row->what);
	print_figure(row->p50, "ms", 9);
	print_figure(row->goal_p50, "", 8);
	print_figure(row->p99, "ms", 9);
	print_figure(row->goal_p99, "", 8);
	printf("  %-14s", row->reference ? row->reference : "");
	print_figure(row->reference ? row->reference_p50 : NAN, "ms", 9);
	print_figure(ratio, "", 7);
	putchar('\n');
	fflush(stdout);
}
