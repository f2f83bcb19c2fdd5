/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

/** How figures are printed, beside their goals and what they are compared with. */

/** One line: a figure, its goal (NAN: none), and a floor or peer measured in this run (or none). */
struct bench_row {
	const char *what;
	const char *unit;
	double measured, goal;
	const char *reference; /**< NULL: none */
	double reference_value;
};
void bench_print_heading(const char *heading);
void bench_print(const struct bench_row *row);

/** A line of latencies in ms: what half of them and what nearly all of them stay below. NAN: no
 *  goal, or nothing measured. */
struct bench_latency {
	const char *what;
	double p50, goal_p50, p99, goal_p99;
	const char *reference; /**< NULL: none */
	double reference_p50;
};
void bench_print_latency_heading(const char *heading);
void bench_print_latency(const struct bench_latency *row);

#endif
