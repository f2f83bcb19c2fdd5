/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A meeting that was imported from its acta, typed anew into the room as a secretary would: the
 * records are the same. NUCLEO_KEYS_A_SECOND is how fast, as fast as it goes without it.
 */
#include "store/members_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/base/vector.h"
#include "ui/member_screen.h"

#define MEETING "AM-2023-05"
#define KEY_F8 "\033[19~"
#define KEY_ALL "\024"
#define TABLE "Lo escrito dice estas mediciones"

static const struct screen_size SCREEN = {24, 150};

/* Most keys for the attendance. */
enum { ROLL_KEYS_MAX = 20, CELL_COUNT = 8, TAIL_BYTES = 12 };

/* A line of what a query of the JSON gives, its cells apart by tabs. */
struct row {
	char *cells[CELL_COUNT];
};
typedef VECTOR(struct row) row_cells;

struct typed {
	struct home *imported, *live; /* each a group of its own */
	char *acta;                   /* path of the file */
	row_cells items, entries, followups;
	struct pty_session screen;
	int keys_a_second;
	int64_t due; /* the next key, in microseconds */
	int keys, roll_keys;
	size_t letters; /* of its titles and entries */
};

/* ---- what is to be typed */

static void read_rows(struct typed *typed, const char *kind, const char *query, row_cells *rows)
{
	char *text;
	AS(typed->imported, "Presidencia", 0, "list", kind, "--json");
	text = ask_json(typed->imported, query);
	for (char *line = text, *next; line && *line; line = next) {
		struct row row = {{line}};
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		for (int i = 1; i < CELL_COUNT && (line = strchr(line, '\t')) != NULL; i++) {
			*line++ = '\0';
			row.cells[i] = line;
		}
		for (int i = 0; i < CELL_COUNT; i++)
			row.cells[i] = row.cells[i] ? mem_strdup(row.cells[i]) : NULL;
		vector_push(rows, row);
	}
	free(text);
}

static void release_rows(row_cells *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		for (int j = 0; j < CELL_COUNT; j++)
			free(rows->items[i].cells[j]);
	vector_release(rows);
}

#define VALUE(name) "coalesce(json_extract(value, '$." name "'), '')"
#define TAB "|| char(9) ||"
#define ROWS(cells) "SELECT group_concat(" cells ", char(10)) FROM json_each(?1)"
enum { ITEM_LABEL, ITEM_TITLE, ITEM_PARENT };
enum { ENTRY_ID, ENTRY_ITEM, ENTRY_KIND, ENTRY_SPEAKER, ENTRY_TEXT };
enum { FOLLOWUP_ITEM, FOLLOWUP_SENTENCE };

static void import(struct typed *typed)
{
	AS(typed->imported, "Presidencia", 0, "init");
	AS(typed->imported, "Presidencia", 0, "import", "acta", typed->acta);
	read_rows(typed, "agenda", ROWS(VALUE("label") TAB VALUE("title") TAB VALUE("parent")),
		  &typed->items);
	read_rows(typed, "resolutions",
		  ROWS(VALUE("id") TAB VALUE("item") TAB VALUE("kind")
		       TAB VALUE("organization") TAB VALUE("text")),
		  &typed->entries);
	read_rows(typed, "followups",
		  "SELECT group_concat(line, char(10)) FROM (SELECT " VALUE("item")
		  TAB VALUE("sentence") " AS line FROM json_each(?1)"
		  " ORDER BY json_extract(value, '$.id'))",
		  &typed->followups);
	assert_true(typed->items.count && typed->entries.count && typed->followups.count);
}

/* ---- what there is before the meeting: institutions, plan, agenda */

/* What a list says is taken as a sheet. */
static void copy_kind(struct typed *typed, const char *kind)
{
	char *sheet;
	AS(typed->imported, "Presidencia", 0, "list", kind, "--csv");
	sheet = put_text(typed->live, "hoja.csv", typed->imported->out.data);
	AS(typed->live, "Presidencia", 0, "import", kind, sheet);
	free(sheet);
}

static void convene(struct typed *typed)
{
	AS(typed->imported, "Presidencia", 0, "list", "meetings", "--json");
	char *place = ask_json(typed->imported,
			       "SELECT 'place=' || json_extract(?1, '$[0].place')");
	AS(typed->live, "Presidencia", 0, "add", "meeting", "number=" MEETING, "date=2023-11-17",
	   "starts=15:00", "ends=17:00", place);
	free(place);
	for (size_t i = 0; i < typed->items.count; i++) {
		char *const *cells = typed->items.items[i].cells;
		struct strbuf title, parent;
		strbuf_init(&title);
		strbuf_init(&parent);
		strbuf_addf(&title, "title=%s", cells[ITEM_TITLE]);
		strbuf_addf(&parent, "parent=%s", cells[ITEM_PARENT]);
		AS(typed->live, "Presidencia", 0, "add", "agenda", "meeting=" MEETING, title.data,
		   *cells[ITEM_PARENT] ? parent.data : NULL);
		strbuf_release(&title);
		strbuf_release(&parent);
	}
	AS(typed->live, "Presidencia", 0, "convene", MEETING);
}

static void prepare(struct typed *typed)
{
	AS(typed->live, "Presidencia", 0, "init");
	copy_kind(typed, "organizations");
	AS(typed->live, "Presidencia", 0, "add", "plan", "code=paga2");
	copy_kind(typed, "commitments");
	convene(typed);
}

/* ---- keys */

/* One key, as a terminal sends it. */
static void press(struct typed *typed, const char *key)
{
	pty_send(&typed->screen, key);
	typed->keys++;
	typed->due += typed->keys_a_second ? 1000000 / typed->keys_a_second : 0;
	int64_t now = clock_monotonic_ms() * 1000;
	if (typed->due < now) /* what was waited for is no pause */
		typed->due = now;
	do {
		pty_listen(&typed->screen, (int)((typed->due - now) / 1000));
		now = clock_monotonic_ms() * 1000;
	} while (now < typed->due);
}

static void type(struct typed *typed, const char *text)
{
	for (const char *at = text; *at;) {
		const char *next = at;
		char key[8];
		(void)utf8_next(&next);
		assert_true((size_t)(next - at) < sizeof(key));
		memcpy(key, at, (size_t)(next - at));
		key[next - at] = '\0';
		press(typed, key);
		at = next;
	}
}

/* What is in the line where one types is over when nothing is in it. */
static bool is_line_empty(struct typed *typed)
{
	struct strbuf row;
	bool is_empty = false;
	strbuf_init(&row);
	for (int i = 0; i < SCREEN.rows; i++) {
		pty_row(&typed->screen, i, &row);
		is_empty |= strcmp(row.data, "›") == 0;
	}
	strbuf_release(&row);
	return is_empty;
}

static bool is_noted(struct typed *typed)
{
	return pty_shows(&typed->screen, TABLE) || is_line_empty(typed);
}

static void wait_until(struct typed *typed, bool (*is_so)(struct typed *), const char *what)
{
	int64_t deadline = clock_monotonic_ms() + PTY_PATIENCE_MS;
	while (!is_so(typed)) {
		if (clock_monotonic_ms() > deadline)
			fail_msg("waited behind: %s", what);
		pty_listen(&typed->screen, 20);
	}
}

/* ---- the meeting */

/* Present are all of them, as they mostly are: one key marks them. */
static void take_attendance(struct typed *typed)
{
	int before = typed->keys;
	press(typed, KEY_F4);
	pty_expect(&typed->screen, "Asistencia");
	press(typed, KEY_ALL);
	press(typed, "\r");
	pty_expect(&typed->screen, "presentes");
	press(typed, KEY_F4);
	pty_expect(&typed->screen, "F1 ayuda  Enter anotar");
	typed->roll_keys = typed->keys - before;
}

static bool begins_with(const char *text, const char *speaker)
{
	size_t article = strncmp(text, "El ", 3) == 0 || strncmp(text, "La ", 3) == 0 ? 3 : 0;
	size_t length = strlen(speaker);
	char *start = mem_strndup(text + article, length);
	bool does = utf8_equal_folded(start, speaker) && text[article + length] == ' ';
	free(start);
	return does;
}

static size_t count_letters(const char *text)
{
	size_t count = 0;
	while (utf8_next(&text))
		count++;
	return count;
}

/* The end of it, from where a letter begins. */
static const char *tail_of(const char *text)
{
	size_t at = strlen(text) - TAIL_BYTES;
	while (((unsigned char)text[at] & 0xC0) == 0x80)
		at++;
	return text + at;
}

static void type_entry(struct typed *typed, char *const *cells)
{
	size_t length = strlen(cells[ENTRY_TEXT]);
	if (strcmp(cells[ENTRY_KIND], "decision") == 0)
		type(typed, "= ");
	if (*cells[ENTRY_SPEAKER] && !begins_with(cells[ENTRY_TEXT], cells[ENTRY_SPEAKER])) {
		type(typed, cells[ENTRY_SPEAKER]);
		type(typed, ": ");
	}
	type(typed, cells[ENTRY_TEXT]);
	assert_true(length > TAIL_BYTES);
	pty_expect(&typed->screen, tail_of(cells[ENTRY_TEXT]));
	press(typed, "\r");
	wait_until(typed, is_noted, cells[ENTRY_TEXT]);
	if (pty_shows(&typed->screen, TABLE)) {
		press(typed, "\r");
		pty_expect_gone(&typed->screen, TABLE);
	}
	typed->letters += count_letters(cells[ENTRY_TEXT]);
}

/* By the code it was imported with: they come in the order of the acta. */
static void expect_followup(struct typed *typed, size_t number)
{
	char code[32];
	snprintf(code, sizeof(code), "S-2023-%03zu", number + 1);
	pty_expect(&typed->screen, code);
}

/* Those of an entry: F8 for each sentence marked. Twice at once it would edit the first. */
static void make_followups(struct typed *typed, char *const *entry, size_t *next)
{
	for (int made = 0; *next < typed->followups.count; made++, ++*next) {
		char *const *cells = typed->followups.items[*next].cells;
		if (strcmp(cells[FOLLOWUP_ITEM], entry[ENTRY_ITEM]) != 0 ||
		    strcmp(cells[FOLLOWUP_SENTENCE], entry[ENTRY_TEXT]) != 0)
			return;
		if (made)
			press(typed, KEY_END);
		press(typed, KEY_F8);
		expect_followup(typed, *next);
	}
}

static void go_to_next_item(struct typed *typed, size_t item)
{
	char heading[64];
	const char *label = typed->items.items[item].cells[ITEM_LABEL];
	press(typed, KEY_F7);
	snprintf(heading, sizeof(heading), " · punto %s de", label);
	pty_expect(&typed->screen, heading);
	typed->letters += count_letters(typed->items.items[item].cells[ITEM_TITLE]);
}

static void type_meeting(struct typed *typed)
{
	size_t entry = 0, followup = 0;
	screen_open(&typed->screen, typed->live, "Presidencia", SCREEN);
	press(typed, "5");
	pty_expect(&typed->screen, "F7 abre la sesión");
	for (size_t item = 0; item < typed->items.count; item++) {
		const char *label = typed->items.items[item].cells[ITEM_LABEL];
		go_to_next_item(typed, item);
		if (item == 0)
			take_attendance(typed);
		for (; entry < typed->entries.count; entry++) {
			char *const *cells = typed->entries.items[entry].cells;
			if (strcmp(cells[ENTRY_ITEM], label) != 0)
				break;
			type_entry(typed, cells);
			make_followups(typed, cells, &followup);
		}
	}
	press(typed, KEY_F7); /* the last one is done */
	pty_expect_gone(&typed->screen, " · punto ");
	pty_send(&typed->screen, KEY_F10);
	assert_int_equal(pty_finish(&typed->screen), 0);
	pty_stop(&typed->screen);
	assert_int_equal(entry, typed->entries.count);
	AS(typed->live, "Presidencia", 0, "close", MEETING,
	   "reason=Se completa después de la reunión");
}

/* ---- the same */

/* What differs: an acta says neither how long an item took nor who came by video. */
static const struct {
	const char *kind, *but;
} compared[] = {
	{"agenda", "'$.minutes_spent'"},
	{"resolutions", "'$.none'"},
	{"followups", "'$.none'"},
	{"progress", "'$.key'"}, /* one of their own */
	{"attendees", "'$.mode'"},
};

static char *records(struct home *home, size_t which)
{
	struct strbuf query;
	strbuf_init(&query);
	strbuf_addf(&query,
		    "SELECT group_concat(line, char(10)) FROM (SELECT json_remove(value, %s) AS line"
		    " FROM json_each(?1) ORDER BY 1)",
		    compared[which].but);
	AS(home, "Presidencia", 0, "list", compared[which].kind, "--json");
	char *found = ask_json(home, query.data);
	strbuf_release(&query);
	return found;
}

/* Where they part, as far as a message goes. */
static void fail_apart(const char *kind, const char *imported, const char *live)
{
	size_t at = 0;
	while (imported[at] && imported[at] == live[at])
		at++;
	while (at && imported[at - 1] != '\n')
		at--;
	fail_msg("%s, imported:\n%.400s\ntyped:\n%.400s", kind, imported + at, live + at);
}

static void compare(struct typed *typed)
{
	for (size_t i = 0; i < ARRAY_COUNT(compared); i++) {
		char *imported = records(typed->imported, i), *live = records(typed->live, i);
		if (strcmp(imported, live) != 0)
			fail_apart(compared[i].kind, imported, live);
		free(imported);
		free(live);
	}
}

static void typed_as_it_was_imported(const char *path)
{
	void *imported, *live;
	const char *speed = getenv("NUCLEO_KEYS_A_SECOND");
	assert_int_equal(members_make(&imported), 0);
	assert_int_equal(members_make(&live), 0);
	struct typed typed = {.imported = imported, .live = live, .acta = mem_strdup(path)};
	typed.keys_a_second = speed ? (int)strtol(speed, NULL, 10) : 0;
	import(&typed);
	prepare(&typed);
	type_meeting(&typed);
	compare(&typed);
	char *text = file_text(path);
	size_t letters = count_letters(text);
	free(text);
	print_message("%d keys: %.2f for each of %zu characters of the acta, %.2f for each of %zu "
		      "of its record; attendance %d keys\n",
		      typed.keys, (double)typed.keys / (double)letters, letters,
		      (double)typed.keys / (double)typed.letters, typed.letters,
		      typed.roll_keys);
	assert_true(typed.roll_keys <= ROLL_KEYS_MAX);
	release_rows(&typed.items);
	release_rows(&typed.entries);
	release_rows(&typed.followups);
	free(typed.acta);
	home_remove(&imported);
	home_remove(&live);
}

static char *source_path(const char *name)
{
	struct strbuf path;
	const char *top = getenv("top_srcdir");
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", top ? top : ".", name);
	return strbuf_detach(&path);
}

static void the_demo_acta(void **state)
{
	char *path = source_path("share/demo/AM-2023-05.txt");
	(void)state;
	typed_as_it_was_imported(path);
	free(path);
}

static void the_seed_acta(void **state)
{
	char *path = source_path("../shared/seed/AM-2023-05.txt");
	(void)state;
	if (access(path, R_OK) != 0)
		skip();
	typed_as_it_was_imported(path);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_demo_acta),
		cmocka_unit_test(the_seed_acta),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
