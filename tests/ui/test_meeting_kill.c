/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real program, killed at random moments while a meeting is typed into it: what it showed as
 * noted is there, what was being typed is offered, and who goes on has each line once. By hand
 * NUCLEO_RUNS, NUCLEO_ENTRIES and NUCLEO_SEED say how often, how long, and which moments.
 */
#include "store/members_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"
#include "ui/member_screen.h"

#define MEETING "AM-2024-01"
#define OFFER "Seguir escribiendo en la Sala"
#define NOTED_SIDE "│" /* the record is on the other side of it, what is typed is not */

static const struct screen_size SCREEN = {24, 150};

enum { RUNS = 4, ENTRIES = 16, ITEMS = 5, LINE_BYTES = 120 };
/* How far what is kept may be behind what is shown, and surely more than that. A second is promised
 * (see writing.h); a machine that does much else is given twice as much again. */
enum { LOST_MS = 3000, PAUSE_MS = 3500 };

/* What is typed, and the entry it becomes. "%03d" is its number. */
static const struct form {
	const char *typed, *text;
	bool is_asked;     /* of the measurements it says: Enter twice */
	bool has_followup;
} forms[] = {
	{"anotación %03d sin nada más", "anotación %03d sin nada más", false, false},
	{"FCD: anotación %03d de quien habla", "anotación %03d de quien habla", false, false},
	{"= anotación %03d que se aprueba", "anotación %03d que se aprueba", false, false},
	{"anotación %03d @AME entrega la lista !+2s", "anotación %03d AME entrega la lista", false,
	 true},
	{"anotación %03d sobre el portal #C5", "anotación %03d sobre el portal", false, false},
	{"? anotación %03d queda abierta", "anotación %03d queda abierta", false, false},
	{"anotación %03d dice C5 (40%%) y C6 (10%%)", "anotación %03d dice C5 (40%%) y C6 (10%%)",
	 true, false},
	{"anotación %03d con acentos: áéíóú ñandú «así»",
	 "anotación %03d con acentos: áéíóú ñandú «así»", false, false},
};

/* When the harm is done. */
enum moment {
	WITHIN_LINE,    /* between two bytes */
	AFTER_PAUSE,    /* with some of a line typed, and nothing more for a while */
	AFTER_ENTER,    /* right behind it */
	AFTER_LONG_LINE,/* the same, when the line had been there for a while */
	AFTER_QUESTION, /* between the two Enters of a line that is asked about */
	AFTER_NEXT,     /* right behind the key of the next item */
	MOMENT_COUNT,
};

/* When how much of the line was on the screen. */
struct seen {
	int64_t at;
	size_t length;
};

struct run {
	struct home *home;
	struct pty_session screen;
	uint64_t dice;
	int number, entries;
	int last; /* entry, at which it is killed */
	enum moment moment;
	char line[LINE_BYTES]; /* of that entry */
	struct seen seen[LINE_BYTES];
	size_t seen_count;
	bool is_noted; /* it was shown as noted in the end */
};

static struct {
	int runs, typed, noted, offered, unseen;
} total;

static int number_from(const char *name, int otherwise)
{
	const char *text = getenv(name);
	return text ? (int)strtol(text, NULL, 10) : otherwise;
}

/* splitmix64 */
static int roll(struct run *run, int sides)
{
	uint64_t x = run->dice += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return (int)((x ^ (x >> 31)) % (uint64_t)sides);
}

/* ---- the script */

static const struct form *form_of(const struct run *run, int entry)
{
	return &forms[(size_t)(entry * 5 + run->number) % ARRAY_COUNT(forms)];
}

static int item_of(const struct run *run, int entry)
{
	return 1 + (entry - 1) * ITEMS / run->entries;
}

static bool begins_item(const struct run *run, int entry)
{
	return entry == 1 || item_of(run, entry) != item_of(run, entry - 1);
}

static void fill(char line[LINE_BYTES], const char *form, int entry)
{
	const char *at = strstr(form, "%03d");
	struct strbuf text;
	strbuf_init(&text);
	strbuf_add(&text, form, (size_t)(at - form));
	strbuf_addf(&text, "%03d", entry);
	for (at += strlen("%03d"); *at; at++)
		if (*at != '%' || at[1] != '%')
			strbuf_addch(&text, *at);
	assert_true(text.length < LINE_BYTES);
	memcpy(line, text.data, text.length + 1);
	strbuf_release(&text);
}

/* ---- the screen */

static void listen_for(struct run *run, int ms)
{
	int64_t end = clock_monotonic_ms() + ms;
	for (int64_t now; (now = clock_monotonic_ms()) < end;)
		pty_listen(&run->screen, (int)(end - now));
}

/* Whether the record has the entry. */
static bool shows_noted(struct run *run, int entry)
{
	char part[32];
	struct strbuf row;
	bool is_there = false;
	snprintf(part, sizeof(part), "anotación %03d", entry);
	strbuf_init(&row);
	for (int i = 0; i < SCREEN.rows && !is_there; i++) {
		pty_row(&run->screen, i, &row);
		const char *side = strstr(row.data, NOTED_SIDE);
		is_there = side && strstr(side, part);
	}
	strbuf_release(&row);
	return is_there;
}

static bool shows_table(struct run *run)
{
	return pty_shows(&run->screen, "Lo escrito dice estas mediciones");
}

/* Before the session is open the heading is that of the first item as well. */
static bool shows_item(struct run *run, int item)
{
	char heading[64];
	snprintf(heading, sizeof(heading), NOTED_SIDE "   %d. Punto %d", item, item);
	return pty_shows(&run->screen, heading) && !pty_shows(&run->screen, "F7 abre la sesión");
}

static bool is_noted(struct run *run, int entry)
{
	return !shows_table(run) && shows_noted(run, entry);
}

/* Replaces `out` by what is in the line where one types. */
static void read_line(struct run *run, struct strbuf *out)
{
	size_t sign = strlen("›");
	for (int row = SCREEN.rows - 1; row >= 0; row--) {
		pty_row(&run->screen, row, out);
		bool is_apart = !strncmp(out->data, "›", sign) &&
				(!out->data[sign] || out->data[sign] == ' ');
		if (!is_apart)
			continue;
		char *text = mem_strdup(out->data + sign + (out->data[sign] == ' '));
		strbuf_reset(out);
		strbuf_adds(out, text);
		free(text);
		return;
	}
	strbuf_reset(out);
}

/* Fails after a while. */
static void wait_until(struct run *run, bool (*is_so)(struct run *, int), int which)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	struct strbuf text;
	while (!is_so(run, which)) {
		pty_listen(&run->screen, 20);
		if (clock_monotonic_ms() < deadline)
			continue;
		strbuf_init(&text);
		read_line(run, &text);
		fail_msg("run %d, entry %d, moment %d: waited for %d with «%s» in the line, at "
			 "last for «%s»",
			 run->number, run->last, run->moment, which, text.data, run->line);
	}
}

/* How much of the line of the last entry is on the screen. */
static size_t length_shown(struct run *run)
{
	struct strbuf text;
	strbuf_init(&text);
	read_line(run, &text);
	bool is_start = strncmp(run->line, text.data, text.length) == 0;
	size_t length = is_start ? text.length : 0;
	strbuf_release(&text);
	return length;
}

static void look(struct run *run)
{
	size_t length = length_shown(run);
	size_t before = run->seen_count ? run->seen[run->seen_count - 1].length : 0;
	if (length > before && run->seen_count < ARRAY_COUNT(run->seen))
		run->seen[run->seen_count++] = (struct seen){clock_monotonic_ms(), length};
}

/* What cannot be lost at that time. */
static size_t length_kept(const struct run *run, int64_t at)
{
	size_t length = 0;
	for (size_t i = 0; i < run->seen_count; i++)
		if (run->seen[i].at <= at - LOST_MS)
			length = run->seen[i].length;
	return length;
}

/* ---- typing */

static void next_item(struct run *run, int item)
{
	pty_send(&run->screen, KEY_F7);
	wait_until(run, shows_item, item);
}

/* As somebody who looks at the screen before she goes on. */
static void note_down(struct run *run, int entry)
{
	char line[LINE_BYTES];
	if (begins_item(run, entry))
		next_item(run, item_of(run, entry));
	fill(line, form_of(run, entry)->typed, entry);
	pty_send(&run->screen, line);
	pty_send(&run->screen, form_of(run, entry)->is_asked ? "\r\r" : "\r");
	wait_until(run, is_noted, entry);
}

static void type_slowly(struct run *run, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char byte[] = {run->line[i], '\0'};
		pty_send(&run->screen, byte);
		listen_for(run, 2 + roll(run, 40));
		look(run);
	}
}

static bool is_whole(struct run *run, int unused)
{
	(void)unused;
	return length_shown(run) == strlen(run->line);
}

static void type_whole(struct run *run)
{
	size_t length = strlen(run->line);
	type_slowly(run, length);
	wait_until(run, is_whole, 0);
	look(run);
}

/* The last entry, up to the moment. */
static void go_to_moment(struct run *run)
{
	size_t length = strlen(run->line);
	if (begins_item(run, run->last)) {
		pty_send(&run->screen, KEY_F7);
		if (run->moment == AFTER_NEXT) {
			listen_for(run, roll(run, 30));
			return;
		}
		wait_until(run, shows_item, item_of(run, run->last));
	}
	if (run->moment == WITHIN_LINE || run->moment == AFTER_PAUSE) {
		type_slowly(run, 1 + (size_t)roll(run, (int)length));
		listen_for(run, run->moment == AFTER_PAUSE ? PAUSE_MS + roll(run, 200) : 0);
		return;
	}
	type_whole(run);
	listen_for(run, run->moment == AFTER_LONG_LINE ? PAUSE_MS : 0);
	pty_send(&run->screen, "\r");
	if (form_of(run, run->last)->is_asked && run->moment != AFTER_QUESTION) {
		listen_for(run, roll(run, 2) * 30);
		pty_send(&run->screen, "\r");
	}
	listen_for(run, roll(run, 25));
}

/* ---- the harm, and what is left */

static void kill_all(struct run *run)
{
	pid_t worker = worker_of(run->screen.child);
	int order = roll(run, 4);
	if (order == 0)
		kill(worker, SIGKILL);
	kill(run->screen.child, SIGKILL);
	if (order == 1)
		kill(worker, SIGKILL);
	(void)pty_finish(&run->screen);
	run->is_noted = is_noted(run, run->last);
	pty_stop(&run->screen);
}

/* "AM-2024-01/2#3 text", a line each, of so many entries. */
static void add_expected(const struct run *run, int entries, struct strbuf *out)
{
	char text[LINE_BYTES];
	for (int entry = 1, place = 0; entry <= entries; entry++) {
		place = begins_item(run, entry) ? 1 : place + 1;
		fill(text, form_of(run, entry)->text, entry);
		strbuf_addf(out, "%s" MEETING "/%d#%d %s", entry > 1 ? "\n" : "",
			    item_of(run, entry), place, text);
	}
}

static int count_followups(const struct run *run, int entries)
{
	int count = 0;
	for (int entry = 1; entry <= entries; entry++)
		count += form_of(run, entry)->has_followup;
	return count;
}

/* What another process finds, which has to be the first so many entries; gives how many. */
static int expect_record(struct run *run, const char *member, int least, int most)
{
	struct strbuf expected;
	char *found, *followups;
	int entries = least - 1;
	bool is_same = false;
	AS(run->home, member, 0, "list", "resolutions", "--json");
	found = ask_json(run->home,
			 "SELECT coalesce(group_concat(json_extract(value, '$.id') || ' ' ||"
			 " json_extract(value, '$.text'), char(10)), '') FROM json_each(?1)");
	strbuf_init(&expected);
	while (!is_same && entries < most) {
		strbuf_reset(&expected);
		add_expected(run, ++entries, &expected);
		is_same = strcmp(expected.data, found) == 0;
	}
	if (!is_same)
		fail_msg("run %d, entry %d, moment %d: of %d to %d entries there are:\n%s",
			 run->number, run->last, run->moment, least, most, found);
	AS(run->home, member, 0, "list", "followups", "--json");
	followups = ask_json(run->home, "SELECT count(*) FROM json_each(?1)");
	assert_int_equal(strtol(followups, NULL, 10), count_followups(run, entries));
	free(followups);
	free(found);
	strbuf_release(&expected);
	return entries;
}

static bool is_back(struct run *run, int unused)
{
	(void)unused;
	return pty_shows(&run->screen, "? ayuda") ||
	       pty_shows(&run->screen, OFFER);
}

/* The key that opened the session may have come too late. */
static bool is_in_room(struct run *run, int unused)
{
	(void)unused;
	return pty_shows(&run->screen, "F1 ayuda  Enter anotar") ||
	       pty_shows(&run->screen, "F7 abre la sesión");
}

/* Comes back; whether something was offered, which is then in the line. */
static bool come_back(struct run *run)
{
	screen_start(&run->screen, run->home, "ana", SCREEN);
	wait_until(run, is_back, 0);
	bool is_offered = pty_shows(&run->screen, OFFER);
	pty_send(&run->screen, is_offered ? "\r" : "5");
	if (is_offered)
		pty_expect_gone(&run->screen, OFFER);
	wait_until(run, is_in_room, 0);
	return is_offered;
}

/* What was offered, `kept` bytes at least, completed and noted. */
static void complete_last(struct run *run, size_t kept)
{
	struct strbuf text;
	strbuf_init(&text);
	read_line(run, &text);
	if (strncmp(run->line, text.data, text.length) != 0 || text.length < kept)
		fail_msg("run %d, moment %d: of «%s», %zu bytes of which are old, there is «%s»",
			 run->number, run->moment, run->line, kept, text.data);
	/* A blank at its end does not show: then all of it is typed over. */
	bool is_blank_next = run->line[text.length] == ' ';
	pty_send(&run->screen, is_blank_next ? KEY_END "\025" : KEY_END);
	pty_send(&run->screen, run->line + (is_blank_next ? 0 : text.length));
	pty_send(&run->screen, form_of(run, run->last)->is_asked ? "\r\r" : "\r");
	wait_until(run, is_noted, run->last);
	strbuf_release(&text);
}

static void recover(struct run *run, size_t kept)
{
	bool is_begun = begins_item(run, run->last);
	int least = run->is_noted ? run->last : run->last - 1;
	int there = expect_record(run, "ana", least, run->last);
	bool is_offered = come_back(run);
	if (there == run->last && is_offered)
		fail_msg("run %d, moment %d: «%s» is noted, and offered again", run->number,
			 run->moment, run->line);
	if (there < run->last && !is_offered && kept)
		fail_msg("run %d, moment %d: «%s» is lost", run->number, run->moment, run->line);
	if (is_begun && there < run->last && !shows_item(run, item_of(run, run->last)))
		next_item(run, item_of(run, run->last));
	if (there < run->last)
		complete_last(run, kept);
	total.offered += is_offered;
	total.unseen += there == run->last && !run->is_noted;
}

/* ---- a run */

static void begin(struct run *run)
{
	struct home *home = run->home;
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "organization", "acronym=ana", "sector=civil_society");
	AS(home, "ana", 0, "add", "organization", "acronym=FCD", "sector=civil_society");
	AS(home, "ana", 0, "add", "organization", "acronym=AME", "sector=public");
	AS(home, "ana", 0, "add", "plan", "code=paga2", "starts=2023-01-01", "ends=2024-12-31");
	AS(home, "ana", 0, "add", "commitment", "code=C5", "plan=paga2", "title=Portal");
	AS(home, "ana", 0, "add", "commitment", "code=C6", "plan=paga2", "title=Datos");
	AS(home, "ana", 0, "add", "meeting", "number=" MEETING, "date=2024-03-15");
	for (int item = 1; item <= ITEMS; item++) {
		char title[32];
		snprintf(title, sizeof(title), "title=Punto %d", item);
		AS(home, "ana", 0, "add", "agenda", "meeting=" MEETING, title);
	}
	AS(home, "ana", 0, "convene", MEETING);
}

static void choose(struct run *run)
{
	run->moment = (enum moment)roll(run, MOMENT_COUNT);
	do {
		run->last = 1 + roll(run, run->entries);
	} while ((run->moment == AFTER_NEXT && !begins_item(run, run->last)) ||
		 (run->moment == AFTER_QUESTION && !form_of(run, run->last)->is_asked));
	fill(run->line, form_of(run, run->last)->typed, run->last);
}

static void do_run(struct run *run)
{
	begin(run);
	choose(run);
	screen_open(&run->screen, run->home, "ana", SCREEN);
	pty_send(&run->screen, "5");
	pty_expect(&run->screen, "F7 abre la sesión");
	for (int entry = 1; entry < run->last; entry++)
		note_down(run, entry);
	go_to_moment(run);
	size_t kept = length_kept(run, clock_monotonic_ms());
	kill_all(run);
	recover(run, kept);
	pty_send(&run->screen, KEY_F10);
	assert_int_equal(pty_finish(&run->screen), 0);
	pty_stop(&run->screen);
	expect_record(run, "luis", run->last, run->last);
	total.runs++;
	total.typed += run->last;
	total.noted += run->last - !run->is_noted;
	wait_for_silence(run->home);
}

static void nothing_is_lost_or_there_twice(void **state)
{
	int runs = number_from("NUCLEO_RUNS", RUNS), seed = number_from("NUCLEO_SEED", 1);
	(void)state;
	for (int i = 0; i < runs; i++) {
		void *home;
		assert_int_equal(members_make(&home), 0);
		struct run run = {.home = home,
				  .dice = (uint64_t)seed * 1000003u + (uint64_t)i,
				  .number = i,
				  .entries = number_from("NUCLEO_ENTRIES", ENTRIES)};
		do_run(&run);
		home_remove(&home);
	}
	print_message("kills %d, entries typed %d, shown as noted %d, lost 0, twice 0; offered "
		      "again %d, noted unseen %d\n",
		      total.runs, total.typed, total.noted, total.offered, total.unseen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_or_there_twice),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
