/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "ui/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/exchange/demo.h"
#include "tree.h"

static char folder[] = "/tmp/nucleo-views-XXXXXX";

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

struct store *desk_open_store(const char *path, bool read_only)
{
	struct store_options options = options_for(path, read_only);
	struct store *store = NULL;
	assert_done(store_open(&options, &store, err));
	return store;
}

struct store *desk_create_store(const char *path)
{
	struct store_options options = options_for(path, false);
	struct store *store = NULL;
	assert_done(store_create(&options, &store, err));
	return store;
}

/* ---- the second meeting ---- */

int64_t desk_find(struct store *store, enum record_kind_id kind, const char *code)
{
	int64_t key = 0;
	assert_done(store_find(store, kind, code, &key, err));
	return key;
}

void desk_commit(struct store *store, struct operation *operation)
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
				value_key(desk_find(store, RECORD_ORGANIZATION, rows[i].acronym)));
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
				value_key(desk_find(store, RECORD_COMMITMENT, rows[i].code)));
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

int64_t desk_add_followup(struct operation *operation, const char *code, const char *due,
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
	desk_add_followup(operation, "S-2024-003", "2024-02-20", "in_progress");
	desk_add_followup(operation, "S-2024-002", "2024-02-20", "open");
	desk_add_followup(operation, "S-2024-001", "2024-01-31", "done");
	desk_commit(store, operation);
	/* Only now: an approved acta takes nothing more. */
	operation = operation_new();
	operation_change(operation, "meeting", meeting, "status", value_text("closed"),
			 value_text("approved"));
	desk_commit(store, operation);
}

/* ---- the folder ---- */

int desk_make_folder(void **state)
{
	(void)state;
	setlocale(LC_ALL, ""); /* else what is not ASCII has no width */
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return -1;
	setenv("XDG_STATE_HOME", folder, 1); /* the replicas of databases that are really opened */
	struct store *store = desk_create_store("demo.db");
	assert_done(demo_fill(store, err));
	store_close(store);
	store = desk_create_store("rich.db");
	assert_done(demo_fill(store, err));
	add_second_meeting(store);
	store_close(store);
	store_close(desk_create_store("empty.db"));
	FILE *text = fopen("text", "w");
	if (!text || fputs("Acta AM-2023-05, y nada de SQLite.\n", text) == EOF)
		return -1;
	if (fclose(text) != 0)
		return -1;
	return 0;
}

int desk_remove_folder(void **state)
{
	(void)state;
	return chdir("/") != 0 || tree_remove(folder) != 0;
}

/* ---- running a screen ---- */

static void steady_status(void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, "guardado 10h00:00 · FCD");
}

static unsigned others_at_work(void *context, struct ui *ui)
{
	struct desk *desk = context;
	if (desk->others_work)
		desk->others_work(desk->other, desk->turn++);
	return session_changed(context, ui);
}

struct ui_setup desk_setup(struct desk *desk)
{
	return (struct ui_setup){
		.screens = main_screens,
		.screen_count = main_screen_count,
		.context = desk,
		.changed = others_at_work,
		.status = steady_status,
		.mouse = &desk->mouse,
	};
}

void desk_open(struct desk *desk, const char *path, bool read_only)
{
	*desk = (struct desk){.session.workplace.store = desk_open_store(path, read_only),
			      .mouse = true};
	desk->session.config = &desk->config;
}

void desk_close(struct desk *desk)
{
	session_release(&desk->session);
	store_close(desk->other);
}

const struct window window_usual = {"80x24", 24, 80}, window_small = {"40x10", 10, 40},
		    window_large = {"200x50", 50, 200};

char *desk_play(const struct ui_setup *setup, const char *keys)
{
	struct term_script script;
	struct strbuf dump;
	term_script_init(&script, 24, 80, keys);
	screen_play(&script, setup);
	strbuf_init(&dump);
	canvas_dump(&script.shown, &dump);
	canvas_dump_styles(&script.shown, &dump);
	strbuf_addf(&dump, "%d suspends, %d forgets, mouse %s, copied «%s»\n", script.suspends,
		    script.forgets, script.mouse ? "on" : "off", script.copied.data);
	term_script_release(&script);
	return strbuf_detach(&dump);
}

char *desk_dump(const char *path, const char *keys)
{
	struct desk desk;
	desk_open(&desk, path, false);
	struct ui_setup setup = desk_setup(&desk);
	char *dump = desk_play(&setup, keys);
	desk_close(&desk);
	return dump;
}

void desk_expect_same(const char *path, const struct way *ways, size_t count)
{
	size_t same = 0;
	for (size_t i = 0; i < count; i++) {
		char *got = desk_dump(path, ways[i].keys), *like = desk_dump(path, ways[i].like);
		if (strcmp(got, like) == 0)
			same++;
		else
			print_message("«%s» is not «%s»:\n%s", ways[i].keys, ways[i].like, got);
		free(got);
		free(like);
	}
	assert_int_equal(same, count);
}

void desk_expect(const char *name, const char *path, const struct window *window, const char *keys)
{
	struct desk desk;
	struct term_script script;
	struct strbuf line;
	desk_open(&desk, path, false);
	strbuf_init(&line);
	strbuf_addf(&line, "%s-%s", name, window->name);
	struct ui_setup setup = desk_setup(&desk);
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

void desk_expect_plain(const char *name, const char *path, const char *keys)
{
	struct desk desk;
	struct term_script script;
	desk_open(&desk, path, false);
	struct ui_setup setup = desk_setup(&desk);
	setup.plain = true;
	term_script_init(&script, window_usual.rows, window_usual.columns, keys);
	screen_play(&script, &setup);
	for (int cell = 0; cell < script.shown.rows * script.shown.columns; cell++)
		assert_in_range((unsigned char)script.shown.cells[cell].text[0], ' ', 0xC3);
	screen_expect_canvas(name, &script.shown);
	term_script_release(&script);
	desk_close(&desk);
}
