/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/exchange/demo.h"
#include "nucleo/store/list.h"
#include "nucleo/store/operation.h"
#include "nucleo/views/session.h"
#include "ui/screen_test.h"

/*
 * Whole screens on real databases, in a temporary folder that is the working
 * folder meanwhile, on 15 February 2024:
 *   demo.db   the demonstration
 *   rich.db   it, and a second meeting with all that the first one lacks
 *   empty.db  nothing
 */
static char folder[] = "/tmp/nucleo-views-XXXXXX";

/* What the frame gets as its context: a session, and somebody else at work meanwhile. */
struct desk {
	struct session session; /* first: it is what the views take it for */
	struct config config;
	struct store *other;
	void (*others_work)(struct store *other, int turn);
	int turn;
};

#define assert_done(call)                                                                   \
	do {                                                                                \
		struct error done_error = {0}, *err = &done_error;                          \
		if ((call) != RC_OK)                                                        \
			fail_msg("%s: %s", #call, done_error.text);                         \
	} while (0)

static struct store_options options_for(const char *path, bool read_only)
{
	return (struct store_options){
		.path = path,
		.actor = "FCD",
		.mode = read_only ? STORE_READ_ONLY : STORE_READ_WRITE,
		.wait_ms = 5000,
		.today = date_from_civil(2024, 2, 15),
		.throw_away = true,
	};
}

static struct store *open_store(const char *path, bool read_only)
{
	struct store_options options = options_for(path, read_only);
	struct store *store = NULL;
	assert_done(store_open(&options, &store, err));
	return store;
}

static struct store *create_store(const char *path)
{
	struct store_options options = options_for(path, false);
	struct store *store = NULL;
	assert_done(store_create(&options, &store, err));
	return store;
}

/* ---- the second meeting ---- */

static int64_t find(struct store *store, enum record_kind_id kind, const char *code)
{
	int64_t key = 0;
	assert_done(store_find(store, kind, code, &key, err));
	return key;
}

static void commit(struct store *store, struct operation *operation)
{
	assert_done(operation_commit(operation, store, NULL, err));
	operation_free(operation);
}

/* A row of text columns, name and value by turns, NULL at the end. */
static int64_t insert(struct operation *operation, const char *table, ...)
{
	const char *column;
	va_list columns;
	int64_t key = operation_insert(operation, table);
	va_start(columns, table);
	while ((column = va_arg(columns, const char *)) != NULL)
		operation_field(operation, column, value_text(va_arg(columns, const char *)));
	va_end(columns);
	return key;
}

static void add_attendees(struct store *store, struct operation *operation, int64_t meeting)
{
	static const struct {
		const char *acronym, *capacity, *status, *mode, *delegate;
	} rows[] = {
		{"Presidencia", "member", "present", "in_person", NULL},
		{"FCD", "member", "present", "virtual", "Director Ejecutivo"},
		{"UTPL", "member", "excused", NULL, NULL},
		{"CNE", "member", "absent", NULL, NULL},
		{"MINTEL", "observer", "present", "virtual", NULL},
		{"AN", "guest", "present", "in_person", "Secretaría General"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		insert(operation, "attendance", "capacity", rows[i].capacity, "status",
		       rows[i].status, "mode", rows[i].mode, "delegate", rows[i].delegate, NULL);
		operation_field(operation, "meeting", value_key(meeting));
		operation_field(operation, "organization",
				value_key(find(store, RECORD_ORGANIZATION, rows[i].acronym)));
		operation_field(operation, "rank", value_integer((int64_t)i));
	}
}

static void add_progress(struct store *store, struct operation *operation, int64_t meeting,
			 int64_t item)
{
	static const struct {
		const char *code;
		percent_hundredths percent;
	} rows[] = {{"C8", 4500}, {"C6", 4050}, {"C1", 2000}, {"C15", PERCENT_NONE}, {"C12", 3225}};
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		insert(operation, "progress", "as_of", "2024-01-20", NULL);
		operation_field(operation, "commitment",
				value_key(find(store, RECORD_COMMITMENT, rows[i].code)));
		operation_field(operation, "percent", value_percent(rows[i].percent));
		operation_field(operation, "meeting", value_key(meeting));
		operation_field(operation, "agenda_item", value_key(item));
	}
}

static int64_t add_item(struct operation *operation, int64_t meeting, int64_t rank,
			const char *title, const char *state)
{
	char label[8];
	snprintf(label, sizeof(label), "%d", (int)rank);
	int64_t item = insert(operation, "agenda_item", "label", label, "title", title, "state",
			      state, NULL);
	operation_field(operation, "meeting", value_key(meeting));
	operation_field(operation, "rank", value_integer(rank));
	return item;
}

static void add_decision(struct operation *operation, int64_t meeting, int64_t item)
{
	insert(operation, "entry", "kind", "decision", "text",
	       "Se aprueba el calendario de reuniones de 2024.", "decision_number",
	       "R-2024-01-01", "decision_kind", "reservations", "tally",
	       "9 a favor, 2 en contra, 1 abstención", "objections",
	       "CEE pide que la segunda reunión sea virtual.", NULL);
	operation_field(operation, "meeting", value_key(meeting));
	operation_field(operation, "agenda_item", value_key(item));
	operation_field(operation, "rank", value_integer(1));
}

static int64_t add_followup(struct operation *operation, const char *code, const char *due,
			    const char *status)
{
	return insert(operation, "followup", "code", code, "description",
		      "Publicar el calendario", "kind", "task", "status", status, "due", due,
		      "due_text", due ? "antes de la próxima reunión" : NULL, NULL);
}

static void add_second_meeting(struct store *store)
{
	struct operation *operation = operation_new();
	operation_set_words(operation, "AM-2024-01");
	int64_t meeting = insert(operation, "meeting", "number", "AM-2024-01", "date",
				 "2024-01-20", "starts", "10:00", "status", "closed", NULL);
	int64_t first = add_item(operation, meeting, 1, "Calendario", "done");
	int64_t second = add_item(operation, meeting, 2, "Avance", "deferred");
	add_attendees(store, operation, meeting);
	add_progress(store, operation, meeting, second);
	add_decision(operation, meeting, first);
	/* Two of one day: their code says which comes first. */
	add_followup(operation, "S-2024-003", "2024-02-20", "in_progress");
	add_followup(operation, "S-2024-002", "2024-02-20", "open");
	add_followup(operation, "S-2024-001", "2024-01-31", "done");
	commit(store, operation);
	/* Only now: an approved acta takes nothing more. */
	operation = operation_new();
	operation_change(operation, "meeting", meeting, "status", value_text("closed"),
			 value_text("approved"));
	commit(store, operation);
}

/* ---- the folder ---- */

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return -1;
	struct store *store = create_store("demo.db");
	assert_done(demo_fill(store, err));
	store_close(store);
	store = create_store("rich.db");
	assert_done(demo_fill(store, err));
	add_second_meeting(store);
	store_close(store);
	store_close(create_store("empty.db"));
	FILE *text = fopen("text", "w");
	if (!text || fputs("Acta AM-2023-05, y nada de SQLite.\n", text) == EOF)
		return -1;
	if (fclose(text) != 0)
		return -1;
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	DIR *dir = opendir(".");
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		unlink(entry->d_name);
	if (dir)
		closedir(dir);
	return chdir("/") != 0 || rmdir(folder) != 0;
}

/* ---- running a screen ---- */

static void steady_status(void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, "guardado 10h00:00 · FCD");
}

static bool others_at_work(void *context)
{
	struct desk *desk = context;
	if (desk->others_work)
		desk->others_work(desk->other, desk->turn++);
	return session_changed(context);
}

static struct ui_setup setup_of(struct desk *desk)
{
	return (struct ui_setup){
		.screens = main_screens,
		.screen_count = main_screen_count,
		.context = desk,
		.changed = others_at_work,
		.status = steady_status,
	};
}

static void desk_open(struct desk *desk, const char *path, bool read_only)
{
	*desk = (struct desk){.session.workplace.store = open_store(path, read_only)};
	desk->session.config = &desk->config;
}

static void desk_close(struct desk *desk)
{
	workplace_close(&desk->session.workplace);
	store_close(desk->other);
}

static const struct window {
	const char *name;
	int rows, columns;
} usual = {"80x24", 24, 80}, small = {"40x10", 10, 40}, large = {"200x50", 50, 200};

static void expect(const char *name, const char *path, const struct window *window,
		   const char *keys)
{
	struct desk desk;
	struct term_script script;
	struct strbuf line;
	desk_open(&desk, path, false);
	strbuf_init(&line);
	strbuf_addf(&line, "views-%s-%s", name, window->name);
	struct ui_setup setup = setup_of(&desk);
	term_script_init(&script, window->rows, window->columns, keys);
	screen_play(&script, &setup);
	screen_expect_canvas(line.data, &script.shown);
	/* A screen reader follows the cursor: it is on every screen. */
	assert_in_range(script.shown.cursor_row, 0, window->rows - 1);
	assert_string_equal(script.rest, "");
	term_script_release(&script);
	strbuf_release(&line);
	desk_close(&desk);
}

struct scene {
	const char *name, *database, *keys;
};

static void expect_at_all_sizes(const struct scene *scenes, size_t count)
{
	static const struct window *const sizes[] = {&usual, &small, &large};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < ARRAY_COUNT(sizes); j++)
			expect(scenes[i].name, scenes[i].database, sizes[j], scenes[i].keys);
}

/* ---- tests ---- */

static void every_screen_at_every_size(void **state)
{
	static const struct scene scenes[] = {
		{"commitments", "demo.db", "Down Down Down"},
		{"commitments-changed", "rich.db", "End"},
		{"commitment-c4", "demo.db", "Down Down Down Enter"},
		{"commitment-c6", "rich.db", "Down Down Down Down Down Enter"},
		{"commitment-c3-end", "demo.db", "Down Down Enter End"},
		{"agenda", "rich.db", "2"},
		{"meeting", "demo.db", "2 Enter"},
		{"meeting-item", "demo.db", "2 Enter Down Down"},
		{"meeting-reading", "demo.db", "2 Enter Down Down Down Tab PgDn"},
		{"meeting-last-item", "demo.db", "2 Enter End Tab End"},
		{"meeting-decision", "rich.db", "2 Enter Down"},
		{"meeting-measurements", "rich.db", "2 Enter End Tab"},
		{"attendees", "demo.db", "3 Down"},
		{"attendees-of-every-kind", "rich.db", "3 Down"},
		{"attendees-end", "demo.db", "3 End"},
		{"organization", "demo.db", "3 Down Down Down Down Down Down Enter"},
		{"followups", "rich.db", "4 Down"},
		{"followup", "demo.db", "4 Enter"},
	};
	(void)state;
	expect_at_all_sizes(scenes, ARRAY_COUNT(scenes));
}

static void an_empty_database_says_what_comes_first(void **state)
{
	static const struct scene scenes[] = {
		{"empty-commitments", "empty.db", ""},
		{"empty-agenda", "empty.db", "2 Enter"},
		{"empty-attendees", "empty.db", "3 Enter Down"},
		{"empty-followups", "empty.db", "4 Enter"},
	};
	(void)state;
	expect_at_all_sizes(scenes, ARRAY_COUNT(scenes));
}

static void ways_between_screens(void **state)
{
	static const struct scene scenes[] = {
		/* from a follow-up to its item, and from the item to another follow-up */
		{"followup-to-item", "demo.db", "4 Enter Enter"},
		{"item-to-followup", "demo.db", "2 Enter Down Down Down Enter Enter"},
		{"item-and-back", "demo.db", "2 Enter Down Down Down Enter Enter Esc Esc"},
		{"commitment-to-item", "demo.db", "Enter End Enter"},
		{"organization-to-commitment", "demo.db", "3 Down Down Enter Enter"},
		/* the meeting looked at is the one whose attendees show */
		{"attendees-of-meeting", "rich.db", "2 Down Enter 3"},
		{"attendees-older", "rich.db", "3 <"},
		{"attendees-newer", "rich.db", "3 < >"},
		{"attendees-no-older", "rich.db", "3 < <"},
		{"attendees-groups", "demo.db", "3 PgDn PgDn PgUp Down"},
		{"help-in-meeting", "demo.db", "2 Enter ?"},
		{"resized", "demo.db",
		 "2 Enter End size:40x10 Tab Down size:20x5 size:200x50 Tab Up size:80x24"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		expect(scenes[i].name, scenes[i].database, &usual, scenes[i].keys);
}

static void filters(void **state)
{
	static const struct scene scenes[] = {
		{"filter-typing", "demo.db", "4 / type:TECNICA"},
		{"filter-kept", "demo.db", "/ type:transparencia Enter"},
		{"filter-opened", "demo.db", "4 / type:talleres Enter Enter"},
		{"filter-nothing", "demo.db", "2 / type:xyz"},
		{"filter-left", "demo.db", "4 Down Down / type:conagopare Enter Esc"},
		{"filter-cancelled", "demo.db", "2 / type:hotel Esc"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		expect(scenes[i].name, scenes[i].database, &usual, scenes[i].keys);
	expect("filter-typing", "demo.db", &small, "4 / type:TECNICA");
}

/* Signs have a stand-in of one column in fonts that have only Latin-1. */
static void plain_glyphs(void **state)
{
	static const struct scene scenes[] = {
		{"plain-commitments", "rich.db", "Down"},
		{"plain-agenda", "rich.db", "2"},
		{"plain-meeting", "rich.db", "2 Enter Down Tab"},
		{"plain-attendees", "rich.db", "3"},
		{"plain-followups", "rich.db", "4"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++) {
		struct desk desk;
		desk_open(&desk, scenes[i].database, false);
		struct ui_setup setup = setup_of(&desk);
		struct term_script script;
		setup.plain = true;
		term_script_init(&script, 24, 80, scenes[i].keys);
		screen_play(&script, &setup);
		for (int row = 0; row < 24; row++)
			for (int column = 0; column < 80; column++)
				assert_in_range((unsigned char)canvas_cell(&script.shown, row,
									   column)->text[0],
						' ', 0xC3);
		char name[64];
		snprintf(name, sizeof(name), "views-%s", scenes[i].name);
		screen_expect_canvas(name, &script.shown);
		term_script_release(&script);
		desk_close(&desk);
	}
}

static void expect_beside_others(const char *name, const char *keys,
				 void (*others_work)(struct store *other, int turn))
{
	struct desk desk;
	struct store *fresh = create_store("shared.db");
	assert_done(demo_fill(fresh, err));
	store_close(fresh);
	desk_open(&desk, "shared.db", false);
	desk.other = open_store("shared.db", false);
	desk.others_work = others_work;
	struct ui_setup setup = setup_of(&desk);
	screen_expect(name, 24, 80, keys, &setup);
	desk_close(&desk);
	assert_int_equal(unlink("shared.db"), 0);
}

/* Comes in above everything, then goes. */
static void add_and_delete(struct store *other, int turn)
{
	struct operation *operation = operation_new();
	operation_set_words(operation, "S-2023-099");
	if (turn == 0)
		add_followup(operation, "S-2023-099", "2023-12-01", "open");
	else if (turn == 1)
		operation_delete(operation, "followup", find(other, RECORD_FOLLOWUP, "S-2023-099"));
	if (turn < 2)
		commit(other, operation);
	else
		operation_free(operation);
}

static void what_others_change_shows(void **state)
{
	(void)state;
	expect_beside_others("views-others-add", "4 Down Down idle", add_and_delete);
	expect_beside_others("views-others-delete", "4 Down idle Home idle", add_and_delete);
	expect_beside_others("views-others-delete-open", "4 idle Home Enter idle", add_and_delete);
	expect_beside_others("views-others-delete-open-back", "4 idle Home Enter idle Esc",
			     add_and_delete);
	/* Other screens read again when one comes back to them. */
	expect_beside_others("views-others-elsewhere", "4 End 1 idle 4", add_and_delete);
}

static void read_only_is_said(void **state)
{
	struct desk desk;
	struct term_script script;
	struct strbuf line;
	(void)state;
	desk_open(&desk, "demo.db", true);
	struct ui_setup setup = setup_of(&desk);
	setup.status = session_status;
	strbuf_init(&line);
	term_script_init(&script, 10, 60, "");
	screen_play(&script, &setup);
	screen_row(&script.shown, 8, &line);
	assert_non_null(strstr(line.data, "guardado "));
	assert_non_null(strstr(line.data, "· FCD · solo lectura"));
	strbuf_release(&line);
	term_script_release(&script);
	desk_close(&desk);
}

/* ---- the start screen ---- */

/* Plays it with no database at `db`; the session is what came of it. */
static void play_start(struct desk *desk, const char *name, const char *keys)
{
	static const struct ui_screen *const start = &start_screen;
	*desk = (struct desk){.config = {.db = mem_strdup("grupo.db"), .wait_ms = 1000}};
	desk->session.config = &desk->config;
	struct ui_setup setup = {
		.screens = start, .screen_count = 1, .context = desk, .status = session_status};
	struct term_script script;
	term_script_init(&script, 24, 80, keys);
	screen_play(&script, &setup);
	if (name)
		screen_expect_canvas(name, &script.shown);
	term_script_release(&script);
}

static void stop_start(struct desk *desk)
{
	workplace_close(&desk->session.workplace);
	config_release(&desk->config);
}

static void starting_without_a_database(void **state)
{
	struct desk desk;
	(void)state;
	play_start(&desk, "views-start", "");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, "views-start-40x10", "size:40x10 Down");
	stop_start(&desk);
	play_start(&desk, "views-start-missing", "End Enter type:nada.db Enter");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, NULL, "End Enter type:text Enter");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, "views-start-exists", "Down Enter Ctrl-U type:demo.db Enter");
	assert_null(session_store(&desk.session));
	stop_start(&desk);
	play_start(&desk, NULL, "End Enter type:demo.db Enter Down");
	assert_non_null(session_store(&desk.session));
	assert_string_equal(store_path(session_store(&desk.session)), "demo.db");
	stop_start(&desk);
	assert_int_equal(access("grupo.db", F_OK), -1);
}

static void creating_where_one_says(void **state)
{
	struct desk desk;
	(void)state;
	play_start(&desk, NULL, "Down Enter Enter Down");
	assert_non_null(session_store(&desk.session));
	stop_start(&desk);
	assert_int_equal(unlink("grupo.db"), 0);
	play_start(&desk, NULL, "Down Enter Ctrl-U type:nuevo.db Enter");
	assert_string_equal(store_path(session_store(&desk.session)), "nuevo.db");
	stop_start(&desk);
	assert_int_equal(unlink("nuevo.db"), 0);
}

static void the_demonstration_leaves_nothing(void **state)
{
	struct desk desk;
	(void)state;
	play_start(&desk, NULL, "Enter Down");
	assert_non_null(session_store(&desk.session));
	char *path = mem_strdup(store_path(session_store(&desk.session)));
	struct strbuf status;
	strbuf_init(&status);
	session_status(&desk.session, &status);
	assert_non_null(strstr(status.data, "demostración"));
	strbuf_release(&status);
	stop_start(&desk);
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_at_every_size),
		cmocka_unit_test(an_empty_database_says_what_comes_first),
		cmocka_unit_test(ways_between_screens),
		cmocka_unit_test(filters),
		cmocka_unit_test(plain_glyphs),
		cmocka_unit_test(what_others_change_shows),
		cmocka_unit_test(read_only_is_said),
		cmocka_unit_test(starting_without_a_database),
		cmocka_unit_test(creating_where_one_says),
		cmocka_unit_test(the_demonstration_leaves_nothing),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
