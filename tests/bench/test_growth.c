/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "bench/group.h"
#include "nucleo/base/memory.h"
#include "nucleo/model/records.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/verify.h"
#include "nucleo/views/session.h"
#include "ui/screen_test.h"

/*
 * What is looked at costs the same in a group of any size: the same lists and
 * the same keys on two made-up groups, one eight times the other, compared in
 * steps of SQLite's virtual machine, which no slow machine changes. Plans and
 * meetings are alike in both: there are only more of them.
 */
static const struct group_sizes small = {.commitments = 60,
					 .meetings = 12,
					 .followups = 480,
					 .plan_size = 20,
					 .seed = 1};
static const struct group_sizes large = {.commitments = 480,
					 .meetings = 96,
					 .followups = 3840,
					 .plan_size = 20,
					 .seed = 1};
#define PAGE 20

static struct store *stores[2];
static int64_t steps;

/* Up to twice is chance: some records have more parts than others. Reading all of eight times the
 * rows would be far more. */
static int64_t allowance(int64_t few)
{
	return 2 * few + 2000;
}

static int count_steps(unsigned event, void *context, void *stmt, void *time)
{
	(void)event;
	(void)context;
	(void)time;
	steps += sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
	return 0;
}

static struct store *make_group(const char *name, const struct group_sizes *sizes)
{
	char *path = folder_path(name);
	struct store *store = NULL;
	struct store_options options = {.path = path,
					.actor = "MINCUE",
					.mode = STORE_READ_WRITE,
					.today = date_from_civil(2024, 3, 1),
					.throw_away = true};
	assert_done(store_create(&options, &store, err));
	assert_done(group_fill(store, sizes, err));
	sqlite3_trace_v2(store->db, SQLITE_TRACE_PROFILE, count_steps, NULL);
	free(path);
	return store;
}

static int make_groups(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	stores[0] = make_group("small.db", &small);
	stores[1] = make_group("large.db", &large);
	return 0;
}

static int remove_groups(void **state)
{
	store_close(stores[0]);
	store_close(stores[1]);
	return folder_remove(state);
}

/* What the program makes is what the program accepts. */
static void the_history_of_a_made_up_group_verifies(void **state)
{
	(void)state;
	assert_done(store_verify(stores[0], err));
}

/* ---- lists */

struct place {
	char *sort;
	int64_t key;
	int count, stop;
};

static bool note_place(void *context, const void *row)
{
	struct place *place = context;
	const struct followup *head = row; /* all kinds begin with key and sort */
	free(place->sort);
	place->sort = mem_strdup(head->sort);
	place->key = head->key;
	return ++place->count != place->stop;
}

static struct place walk(struct store *store, enum record_kind_id kind,
			 const struct list_query *query, int stop)
{
	struct place place = {.stop = stop};
	steps = 0;
	assert_done(store_list(store, kind, query, note_place, &place, err));
	return place;
}

/* The steps of a page at the start, or in the middle, of a list in either direction. */
static int64_t page_steps(struct store *store, enum record_kind_id kind, bool from_middle,
			  enum list_direction direction)
{
	const struct list_query all = {0};
	struct list_query page = {.limit = PAGE, .direction = direction};
	struct list_anchor anchor;
	struct place end = walk(store, kind, &all, 0);
	struct place middle = walk(store, kind, &all, end.count / 2);
	anchor = (struct list_anchor){middle.sort, middle.key};
	if (from_middle)
		page.from = &anchor;
	struct place shown = walk(store, kind, &page, 0);
	assert_true(shown.count > 0);
	free(end.sort);
	free(middle.sort);
	free(shown.sort);
	return steps * PAGE / shown.count;
}

/* Of plans and of operations there are too few here to compare, and nothing was removed. */
static bool is_rare(int kind)
{
	return kind == RECORD_PLAN || kind == RECORD_HISTORY || kind == RECORD_TRASH;
}

static void a_page_of_any_list_costs_the_same(void **state)
{
	(void)state;
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
		for (int way = 0; way < 4 && !is_rare(kind); way++) {
			enum list_direction direction = way & 1 ? LIST_BACKWARD : LIST_FORWARD;
			enum record_kind_id id = (enum record_kind_id)kind;
			int64_t few = page_steps(stores[0], id, way & 2, direction);
			int64_t many = page_steps(stores[1], id, way & 2, direction);
			if (many > allowance(few))
				fail_msg("%s, way %d: %lld steps, %lld in the larger group",
					 record_kinds[kind].plural, way, (long long)few,
					 (long long)many);
		}
}

static bool take_key(void *context, const void *row)
{
	*(int64_t *)context = ((const struct followup *)row)->key;
	return false;
}

static int64_t first_key(struct store *store, enum record_kind_id kind)
{
	const struct list_query all = {0};
	int64_t key = 0;
	assert_done(store_list(store, kind, &all, take_key, &key, err));
	return key;
}

/* What belongs to one commitment, meeting or item is found by it. */
static void the_records_of_a_record_are_found_by_it(void **state)
{
	static const enum record_kind_id kinds[] = {RECORD_PROGRESS, RECORD_FOLLOWUP,
						    RECORD_RESOLUTION, RECORD_AGENDA};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
		for (int of = 0; of < 3; of++) {
			int64_t cost[2];
			for (int size = 0; size < 2; size++) {
				struct list_query query = {0};
				if (of == 0)
					query.meeting = first_key(stores[size], RECORD_MEETING);
				else if (of == 1)
					query.agenda_item = first_key(stores[size], RECORD_AGENDA);
				else
					query.commitment =
						first_key(stores[size], RECORD_COMMITMENT);
				struct place all = walk(stores[size], kinds[i], &query, 0);
				cost[size] = steps;
				free(all.sort);
			}
			if (cost[1] > allowance(cost[0]))
				fail_msg("%s of %d: %lld steps, %lld in the larger group",
					 record_kinds[kinds[i]].plural, of, (long long)cost[0],
					 (long long)cost[1]);
		}
}

/* Kinds people call by a code, and the fields it is made of. */
static const struct spelling {
	enum record_kind_id kind;
	const char *fields[3];
} spellings[] = {
	{RECORD_COMMITMENT, {"plan", "code"}}, {RECORD_MILESTONE, {"plan", "commitment", "number"}},
	{RECORD_MEETING, {"number"}},	       {RECORD_AGENDA, {"meeting", "label"}},
	{RECORD_RESOLUTION, {"id"}},	       {RECORD_ATTENDEE, {"meeting", "organization"}},
	{RECORD_FOLLOWUP, {"id"}},
};

struct called {
	const struct spelling *spelling;
	struct strbuf code;
	int64_t key;
	int left; /* rows until the one that is called */
};

static bool call(void *context, const void *row)
{
	struct called *called = context;
	const struct record_kind *kind = &record_kinds[called->spelling->kind];
	if (called->left-- > 0)
		return true;
	called->key = ((const struct followup *)row)->key;
	for (size_t i = 0; i < 3 && called->spelling->fields[i]; i++) {
		if (i)
			strbuf_addch(&called->code, '/');
		record_add_value(&called->code,
				 record_field_named(kind, called->spelling->fields[i]), row);
	}
	return false;
}

/* The steps of finding a record in the middle of its list by what people call it. */
static int64_t find_steps(struct store *store, const struct spelling *spelling)
{
	const struct list_query all = {0};
	struct called called = {.spelling = spelling};
	struct place end = walk(store, spelling->kind, &all, 0);
	int64_t key;
	called.left = end.count / 2;
	strbuf_init(&called.code);
	assert_done(store_list(store, spelling->kind, &all, call, &called, err));
	steps = 0;
	assert_done(store_find(store, spelling->kind, called.code.data, &key, err));
	assert_int_equal(key, called.key);
	strbuf_release(&called.code);
	free(end.sort);
	return steps;
}

static void finding_a_record_by_its_code_costs_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(spellings); i++) {
		int64_t few = find_steps(stores[0], &spellings[i]);
		int64_t many = find_steps(stores[1], &spellings[i]);
		/* Without what is allowed for pages: finding takes hundreds of steps. */
		if (many > 2 * few + 100)
			fail_msg("%s: %lld steps, %lld in the larger group",
				 record_kinds[spellings[i].kind].plural, (long long)few,
				 (long long)many);
	}
}

/* ---- screens */

/* Plays the keys on a fresh screen; gives the steps and, when asked, the row of the sentence. */
static int64_t play(struct store *store, const char *keys, struct strbuf *sentence)
{
	struct config config = {0};
	struct session session = {.config = &config, .workplace = {.store = store}};
	struct term_script script;
	struct ui_setup setup = {.screens = main_screens,
				 .screen_count = main_screen_count,
				 .context = &session,
				 .status = session_status};
	term_script_init(&script, 24, 80, keys);
	steps = 0;
	screen_play(&script, &setup);
	if (sentence)
		screen_row(&script.shown, 1, sentence);
	term_script_release(&script);
	return steps;
}

static void the_same_keys_cost_the_same(void **state)
{
	static const char *const keys[] = {
		"", "Down PgDn PgDn", "End", "End PgUp Home", "Enter", "2", "2 PgDn End",
		"2 Enter", "2 Enter Down Down Down", "3", "4 End PgUp", "4 Enter",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
		int64_t few = play(stores[0], keys[i], NULL);
		int64_t many = play(stores[1], keys[i], NULL);
		/* The follow-ups above the list are counted, in an index: some steps each. */
		if (keys[i][0] == '4')
			many -= 8 * (large.followups - small.followups);
		if (many > allowance(few))
			fail_msg("«%s»: %lld steps, %lld in the larger group", keys[i],
				 (long long)few, (long long)many);
	}
}

/* With several plans the sentence is about the one that runs, and says so. */
static void the_sentence_is_about_the_running_plan(void **state)
{
	struct strbuf sentence;
	(void)state;
	strbuf_init(&sentence);
	play(stores[0], "", &sentence);
	if (!strstr(sentence.data, "paga3 · ") || !strstr(sentence.data, " de 20 por debajo"))
		fail_msg("%s", sentence.data);
	strbuf_release(&sentence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_history_of_a_made_up_group_verifies),
		cmocka_unit_test(a_page_of_any_list_costs_the_same),
		cmocka_unit_test(the_records_of_a_record_are_found_by_it),
		cmocka_unit_test(finding_a_record_by_its_code_costs_the_same),
		cmocka_unit_test(the_same_keys_cost_the_same),
		cmocka_unit_test(the_sentence_is_about_the_running_plan),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, make_groups, remove_groups);
}
