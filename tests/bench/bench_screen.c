/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "nucleo/base/memory.h"

#define DOWN "\033[B"
#define PAGE_DOWN "\033[6~"
#define HOME "\033[H"
#define END "\033[F"

/* ---- start ---- */

/* The median over several starts of what it takes until the last byte of the first screen. */
static double start_time(const struct bench *bench, char *const *arguments)
{
	double times[32];
	int count = bench_times(bench, 15);
	for (int i = 0; i < count; i++) {
		struct pty_session session;
		times[i] = measure_start(&session, arguments).ms;
		measure_finish(&session, "q");
	}
	return measure_percentile(times, (size_t)count, 50);
}

/* A file of as many lines as the largest group has follow-ups, for pagers. */
static char *make_text(const struct bench *bench)
{
	char *path = bench_path(bench, "lines.txt");
	struct dice dice = {1};
	FILE *file = fopen(path, "w");
	for (int i = 0; file && i < bench->followups[BENCH_SIZES - 1]; i++) {
		struct strbuf line;
		strbuf_init(&line);
		words_add_sentence(&line, &dice, "El equipo");
		fprintf(file, "S-%06d %s\n", i, line.data);
		strbuf_release(&line);
	}
	if (!file || fclose(file) != 0)
		exit(1);
	return path;
}

void bench_start(const struct bench *bench)
{
	char db[] = "--db", less[] = "less";
	char *floor_path = measure_built("tests/bench/floor");
	bench_print_heading("start to painted");
	for (int i = 0; i < BENCH_SIZES; i++) {
		char what[64];
		char *words[] = {bench->nucleo, db, bench->databases[i], NULL};
		char *floor_words[] = {floor_path, bench->databases[i], NULL};
		double floor_ms = start_time(bench, floor_words);
		snprintf(what, sizeof(what), "%d follow-ups, %d commitments", bench->followups[i],
			 bench->followups[i] / 20);
		bench_print(&(struct bench_row){what, "ms", start_time(bench, words), 3 * floor_ms,
						"floor", floor_ms});
	}
	if (measure_is_installed(less)) {
		char *text = make_text(bench);
		char *words[] = {less, text, NULL};
		bench_print(&(struct bench_row){"  less on as many lines, for comparison", "ms",
						start_time(bench, words), NAN, NULL, NAN});
		free(text);
	}
	free(floor_path);
}

/* ---- keys ---- */

enum { KEYS_MAX = 400 };

/* What so many frames of one key cost. */
struct series {
	double p50, p99;
	double bytes; /**< in the middle */
};

static struct series repeat(struct pty_session *session, const char *key, int count)
{
	double times[KEYS_MAX], bytes[KEYS_MAX];
	size_t n = 0;
	/* At the end of a list nothing moves any more. */
	for (int i = 0; i < count; i++) {
		struct frame frame = measure_key(session, key);
		if (!frame.bytes)
			break;
		times[n] = frame.ms;
		bytes[n++] = (double)frame.bytes;
	}
	return (struct series){measure_percentile(times, n, 50), measure_percentile(times, n, 99),
			       measure_percentile(bytes, n, 50)};
}

static void open_list(struct pty_session *session, const struct bench *bench, int size,
		      const char *digit)
{
	char db[] = "--db";
	char *words[] = {bench->nucleo, db, bench->databases[size], NULL};
	measure_start(session, words);
	measure_key(session, digit);
}

static void print_times(const char *what, const struct series *ours, const struct series *peer)
{
	char middle[80], worst[80];
	const char *name = peer ? "less" : NULL;
	snprintf(middle, sizeof(middle), "%s, p50", what);
	snprintf(worst, sizeof(worst), "%s, p99", what);
	bench_print(&(struct bench_row){middle, "ms", ours->p50, 0.4, name, peer ? peer->p50 : NAN});
	bench_print(&(struct bench_row){worst, "ms", ours->p99, 1.5, name, peer ? peer->p99 : NAN});
}

/* The same keys in a pager, when there is one. */
static bool keys_of_less(const struct bench *bench, struct series *down, struct series *page)
{
	char less[] = "less";
	struct pty_session session;
	if (!measure_is_installed(less))
		return false;
	char *text = bench_path(bench, "lines.txt");
	char *words[] = {less, text, NULL};
	measure_start(&session, words);
	*down = repeat(&session, DOWN, bench_times(bench, 200));
	*page = repeat(&session, PAGE_DOWN, bench_times(bench, 100));
	measure_finish(&session, "q");
	free(text);
	return true;
}

static void bytes_of(const struct bench *bench, const char *digit, const char *list)
{
	struct pty_session session;
	char move[80], scroll[80];
	open_list(&session, bench, BENCH_SIZES - 1, digit);
	double moves = repeat(&session, DOWN, 20).bytes;
	repeat(&session, DOWN, MEASURE_ROWS);
	double scrolls = repeat(&session, DOWN, 20).bytes;
	measure_finish(&session, "q");
	snprintf(move, sizeof(move), "a move in the list of %s", list);
	snprintf(scroll, sizeof(scroll), "a one-line scroll in it");
	bench_print(&(struct bench_row){move, "bytes", moves, 250, NULL, NAN});
	bench_print(&(struct bench_row){scroll, "bytes", scrolls, 350, NULL, NAN});
}

static void times_at(const struct bench *bench, int size, const struct series *peer_down,
		     const struct series *peer_page)
{
	struct pty_session session;
	char down[64], page[64], end[64];
	open_list(&session, bench, size, "4");
	struct series downs = repeat(&session, DOWN, bench_times(bench, 200));
	struct series pages = repeat(&session, PAGE_DOWN, bench_times(bench, 100));
	double ends[64];
	int count = bench_times(bench, 30);
	for (int i = 0; i < count; i++)
		ends[i] = measure_key(&session, i % 2 ? HOME : END).ms;
	measure_finish(&session, "q");
	snprintf(down, sizeof(down), "Down, %d follow-ups", bench->followups[size]);
	snprintf(page, sizeof(page), "PgDn, %d follow-ups", bench->followups[size]);
	snprintf(end, sizeof(end), "End and Home, %d follow-ups, p50", bench->followups[size]);
	print_times(down, &downs, peer_down);
	print_times(page, &pages, peer_page);
	bench_print(&(struct bench_row){end, "ms", measure_percentile(ends, (size_t)count, 50), NAN,
					NULL, NAN});
}

void bench_keys(const struct bench *bench)
{
	struct series down, page;
	bool has_peer = keys_of_less(bench, &down, &page);
	bench_print_heading("key to last byte");
	for (int size = 0; size < BENCH_SIZES; size += BENCH_SIZES - 1)
		times_at(bench, size, has_peer ? &down : NULL, has_peer ? &page : NULL);
	bench_print_heading("bytes to the terminal");
	bytes_of(bench, "2", "meetings");
	bytes_of(bench, "1", "commitments");
	bytes_of(bench, "4", "follow-ups");
}

/* ---- while nothing happens ---- */

void bench_rest(const struct bench *bench)
{
	struct pty_session session;
	int seconds = bench->is_short ? 1 : 10;
	open_list(&session, bench, BENCH_SIZES - 1, "4");
	/* What is done once after an opening, in the first moment of calm. */
	(void)measure_idle(&session, MEASURE_SETTLE_MS);
	struct idleness idle = measure_idle(&session, seconds * 1000);
	measure_key(&session, END);
	for (int i = 0; i < 5; i++)
		measure_key(&session, "\033[5~");
	long kilobytes = measure_memory(session.child);
	measure_finish(&session, "q");
	bench_print_heading("ten seconds of rest, and memory");
	bench_print(&(struct bench_row){"bytes to the terminal", "bytes",
					(double)idle.bytes, 0, NULL, NAN});
	bench_print(&(struct bench_row){"wake-ups (voluntary context switches)", "",
					(double)(idle.wakeups * 10 / seconds), 14, NULL, NAN});
	bench_print(&(struct bench_row){"memory of all processes (Pss)", "MB",
					kilobytes < 0 ? NAN : (double)kilobytes / 1024, 12, NULL,
					NAN});
}

/* ---- the record of a meeting ---- */

/* One with nothing in its record yet. */
static void open_room(struct pty_session *session, const struct bench *bench)
{
	char db[] = "--db", *path = bench->databases[BENCH_SIZES - 1];
	char add[] = "add", kind[] = "meeting", number[] = "number=AM-2030-01";
	char date[] = "date=2030-03-15", agenda[] = "agenda=proposed";
	char *convene[] = {bench->nucleo, db, path, add, kind, number, date, agenda, NULL};
	char *screen[] = {bench->nucleo, db, path, NULL};
	if (isnan(measure_command(convene)))
		exit(1);
	measure_start(session, screen);
	measure_key(session, "5");
	pty_expect(session, "AM-2030-01");
	measure_key(session, "\033[18~");
	pty_expect(session, "punto 1 de ");
}

/* From Enter until the line stands in the record: by then it is safe on the disk. */
static double line_time(struct pty_session *session, int i)
{
	char line[64], shown[64];
	snprintf(line, sizeof(line), "FCD: dicho %03d", i);
	snprintf(shown, sizeof(shown), "FCD      dicho %03d", i);
	measure_key(session, line);
	double since = measure_now();
	pty_send(session, "\r");
	while (!pty_shows(session, shown) && measure_now() - since < PTY_PATIENCE_MS)
		pty_listen(session, 20);
	return measure_now() - since;
}

void bench_room(const struct bench *bench)
{
	struct pty_session session;
	double times[200];
	size_t count = (size_t)bench_times(bench, 200);
	open_room(&session, bench);
	for (size_t i = 0; i < count; i++)
		times[i] = line_time(&session, (int)i);
	measure_finish(&session, "\033[21~");
	bench_print_heading("a line of a meeting, Enter to shown, the commit included");
	bench_print(&(struct bench_row){"p50", "ms", measure_percentile(times, count, 50), 16,
					NULL, NAN});
	bench_print(&(struct bench_row){"p99", "ms", measure_percentile(times, count, 99), NAN,
					NULL, NAN});
}
