/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The room of a meeting, whole screens by scripted keys. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/exchange/minutes.h"
#include "nucleo/base/memory.h"
#include "ui/desk.h"

#define DATABASE "sala.db"

static day_minute now;

static day_minute time_of_day(void)
{
	return now;
}

/* ---- a meeting with an agenda, convened for today */

static void add_institutions(struct operation *operation)
{
	static const char *const acronyms[] = {"FCD", "AME", "DPE", "CEE"};
	for (size_t i = 0; i < ARRAY_COUNT(acronyms); i++) {
		operation_insert(operation, "organization");
		operation_field(operation, "acronym", value_text(acronyms[i]));
		operation_field(operation, "name", value_text(acronyms[i]));
		operation_field(operation, "sort", value_text(acronyms[i]));
		operation_field(operation, "sector", value_text("public"));
	}
}

static void add_commitments(struct operation *operation)
{
	static const char *const codes[] = {"C1", "C2", "C3", "C5"};
	int64_t plan = operation_insert(operation, "plan");
	operation_field(operation, "code", value_text("paga2"));
	for (size_t i = 0; i < ARRAY_COUNT(codes); i++) {
		operation_insert(operation, "commitment");
		operation_field(operation, "plan", value_key(plan));
		operation_field(operation, "code", value_text(codes[i]));
		operation_field(operation, "title", value_text("Datos abiertos"));
		operation_field(operation, "sort", value_text(codes[i]));
	}
}

static void add_items(struct operation *operation, int64_t meeting)
{
	static const char *const titles[] = {"Bienvenida", "Estado de los compromisos",
					     "Seguimiento", "Varios"};
	for (size_t i = 0; i < ARRAY_COUNT(titles); i++) {
		char label[8];
		snprintf(label, sizeof(label), "%zu", i + 1);
		operation_insert(operation, "agenda_item");
		operation_field(operation, "meeting", value_key(meeting));
		operation_field(operation, "label", value_text(label));
		operation_field(operation, "title", value_text(titles[i]));
		operation_field(operation, "state", value_text("pending"));
		operation_field(operation, "minutes_planned", value_integer(15));
		operation_field(operation, "rank", value_integer((int64_t)i + 1));
	}
}

static void make_database(void)
{
	struct store *store;
	struct operation *operation = operation_new();
	unlink(DATABASE);
	store = desk_create_store(DATABASE);
	operation_set_words(operation, "AM-2024-02");
	add_institutions(operation);
	add_commitments(operation);
	int64_t meeting = operation_insert(operation, "meeting");
	operation_field(operation, "number", value_text("AM-2024-02"));
	operation_field(operation, "date", value_text("2024-02-15"));
	operation_field(operation, "starts", value_text("15:00"));
	operation_field(operation, "ends", value_text("16:30"));
	operation_field(operation, "status", value_text("convened"));
	add_items(operation, meeting);
	desk_commit(store, operation);
	store_close(store);
}

/* ---- playing */

static void play(struct desk *desk, struct term_script *script, const struct window *window,
		 bool plain, const char *keys)
{
	struct ui_setup setup = desk_setup(desk);
	desk->session.time_of_day = time_of_day;
	now = 15 * 60 + 12;
	setup.plain = plain;
	setup.op = session_op;
	setup.begin = session_begin;
	term_script_init(script, window->rows, window->columns, keys);
	screen_play(script, &setup);
	assert_string_equal(script->rest, "");
	assert_in_range(script->shown.cursor_row, 0, window->rows - 1);
}

/* From a meeting that has not begun. */
static void expect(const char *name, const struct window *window, const char *keys)
{
	struct desk desk;
	struct term_script script;
	char file[80];
	make_database();
	desk_open(&desk, DATABASE, false);
	play(&desk, &script, window, false, keys);
	snprintf(file, sizeof(file), "sala-%s-%s", name, window->name);
	screen_expect_canvas(file, &script.shown);
	term_script_release(&script);
	desk_close(&desk);
}

#define BEGIN "5 F7 "
#define FOUR_NOTES                                                                          \
	BEGIN "type:FCD_informa_que_ya_entregó_los_datos_abiertos Enter "                   \
	      "type:@AME_termina_los_talleres_!2024-03-31_#C5 Enter "                       \
	      "type:=_Se_aprueba_el_orden_del_día Enter "                                   \
	      "type:DPE_revisará_el_plan_en_30_días Enter "

struct scene {
	const char *name, *keys;
};

static void the_room_at_each_width(void **state)
{
	static const struct scene scenes[] = {
		{"before", "5"},
		{"begun", BEGIN},
		{"notes", FOUR_NOTES},
		{"preview", FOUR_NOTES "type:@AME_envía_el_informe_!+2s_#C5"},
		{"problem", FOUR_NOTES "type:envía_!31/02/2024_el_informe"},
		{"choices", FOUR_NOTES "type:@ Tab"},
		{"values", BEGIN "type:C1_(20%),_C2_y_C3_(0%)_avanzan Enter Space"},
		{"agenda", FOUR_NOTES "Tab Down"},
		{"record", FOUR_NOTES "Shift-Tab Up"},
		{"next", FOUR_NOTES "F7 type:otro_punto Enter"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++) {
		expect(scenes[i].name, &window_usual, scenes[i].keys);
		expect(scenes[i].name, &window_small, scenes[i].keys);
	}
}

static void what_the_keys_do(void **state)
{
	static const struct scene scenes[] = {
		{"followup", FOUR_NOTES "F8"},
		{"followup-form", FOUR_NOTES "F8 F8"},
		{"nothing-marked", BEGIN "F8"},
		{"decision", BEGIN "type:Se_cambia_la_fecha F6"},
		{"completed", BEGIN "type:@am Tab type:revisa"},
		{"cursor-in-the-middle", BEGIN "type:abc Left Left type:X Home type:Y End type:Z"},
		{"values-none", BEGIN "type:C1_(20%)_avanza Enter Space Enter"},
		{"values-back", BEGIN "type:C1_(20%)_avanza Enter Esc"},
		{"pasted", BEGIN "type:antes paste:uno\\ndos\\ntres"},
		{"pasted-saved", BEGIN "paste:uno\\ndos\\ntres F2"},
		{"pasted-paragraphs", BEGIN "paste:uno\\nsigue\\n\\ndos F2"},
		{"editor", BEGIN "type:un_párrafo_largo Ctrl-E"},
		{"digits", BEGIN "type:1234_q_?_u_:"},
		{"help", BEGIN "F1"},
		{"palette", BEGIN "F9 type:decisión"},
		{"kept-elsewhere", BEGIN "type:a_medias F9 type:acciones_de_seguimiento Enter 5"},
		{"left", "4 5 F7 Esc"},
		{"left-after-reading", "4 5 F7 F11 Esc Esc"},
		{"esc-with-text", BEGIN "type:a_medias Esc"},
		{"deferred", BEGIN "Tab Down d"},
		{"gone-to", BEGIN "Tab Down Down Enter"},
		{"last-item", BEGIN "F7 F7 F7 F7 F7"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		expect(scenes[i].name, &window_usual, scenes[i].keys);
}

static void what_is_done_with_a_line(void **state)
{
	static const struct scene scenes[] = {
		{"moved", FOUR_NOTES "Shift-Tab m Enter"},
		{"moved-by-number", FOUR_NOTES "Shift-Tab m type:4 Enter"},
		{"raised", FOUR_NOTES "Shift-Tab <"},
		{"lowered", FOUR_NOTES "Shift-Tab Up Up >"},
		{"joined", FOUR_NOTES "Shift-Tab Home +"},
		{"split", FOUR_NOTES "Shift-Tab d Enter Home Ctrl-Right Enter F2"},
		{"split-refused", FOUR_NOTES "Shift-Tab d Enter type:X F2"},
		{"retyped", FOUR_NOTES "Shift-Tab t type:pedido Enter"},
		{"hidden", FOUR_NOTES "Shift-Tab ~"},
		{"doubted", FOUR_NOTES "Shift-Tab D"},
		{"undone", FOUR_NOTES "Shift-Tab D u"},
		{"removed", FOUR_NOTES "Shift-Tab Delete Down Enter"},
		{"edited", FOUR_NOTES "Shift-Tab e"},
		{"decided", FOUR_NOTES "Shift-Tab F6"},
		{"of-selected", FOUR_NOTES "Shift-Tab Home F8"},
		{"opened", FOUR_NOTES "Shift-Tab Home Down Enter"},
		{"opened-line", FOUR_NOTES "Shift-Tab Enter"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		expect(scenes[i].name, &window_usual, scenes[i].keys);
}

static void a_plain_font_has_all_signs(void **state)
{
	struct desk desk;
	struct term_script script;
	(void)state;
	make_database();
	desk_open(&desk, DATABASE, false);
	play(&desk, &script, &window_usual, true, FOUR_NOTES "type:@AME_va_!ayer");
	for (int cell = 0; cell < script.shown.rows * script.shown.columns; cell++)
		assert_in_range((unsigned char)script.shown.cells[cell].text[0], ' ', 0xC3);
	screen_expect_canvas("sala-plain", &script.shown);
	term_script_release(&script);
	desk_close(&desk);
}

static void who_may_not_write_sees_the_room(void **state)
{
	struct desk desk;
	struct term_script script;
	(void)state;
	make_database();
	desk_open(&desk, DATABASE, false);
	play(&desk, &script, &window_usual, false, FOUR_NOTES);
	term_script_release(&script);
	desk_close(&desk);
	desk_open(&desk, DATABASE, true);
	play(&desk, &script, &window_usual, false, "5 Tab");
	screen_expect_canvas("sala-read-only-80x24", &script.shown);
	term_script_release(&script);
	desk_close(&desk);
}

/* ---- the clock, and others */

/* Each look at the data is a minute later. */
static void a_minute_goes_by(struct store *other, int turn)
{
	(void)other;
	(void)turn;
	now++;
}

static void the_clock_moves_with_the_minutes(void **state)
{
	struct desk desk;
	struct term_script script;
	struct strbuf sentence;
	(void)state;
	make_database();
	desk_open(&desk, DATABASE, false);
	desk.others_work = a_minute_goes_by;
	play(&desk, &script, &window_usual, false, BEGIN "idle idle idle");
	strbuf_init(&sentence);
	screen_row(&script.shown, 1, &sentence);
	assert_non_null(strstr(sentence.data, "3 de 15 min"));
	strbuf_release(&sentence);
	term_script_release(&script);
	desk_close(&desk);
}

static void nothing_is_drawn_while_nothing_happens(void **state)
{
	struct desk desk;
	struct term_script script;
	(void)state;
	make_database();
	desk_open(&desk, DATABASE, false);
	play(&desk, &script, &window_usual, false, BEGIN "idle");
	int draws = script.draws;
	term_script_release(&script);
	desk_close(&desk);
	make_database();
	desk_open(&desk, DATABASE, false);
	play(&desk, &script, &window_usual, false, BEGIN "idle idle idle");
	assert_int_equal(script.draws, draws);
	term_script_release(&script);
	desk_close(&desk);
}

/* Another one writes a line, once the meeting has begun. */
static void write_a_line(struct store *other, int turn)
{
	struct operation *operation;
	if (turn != 1)
		return;
	operation = operation_new();
	operation_insert(operation, "entry");
	operation_field(operation, "meeting",
			value_key(desk_find(other, RECORD_MEETING, "AM-2024-02")));
	operation_field(operation, "agenda_item",
			value_key(desk_find(other, RECORD_AGENDA, "AM-2024-02/1")));
	operation_field(operation, "kind", value_text("note"));
	operation_field(operation, "text", value_text("Lo que escribe la otra persona"));
	operation_field(operation, "rank", value_integer(9));
	operation_set_words(operation, "AM-2024-02, punto 1: una nota");
	desk_commit(other, operation);
}

/* Goes on to the next item while somebody types. */
static void go_on(struct store *other, int turn)
{
	struct operation *operation;
	if (turn != 1)
		return;
	operation = operation_new();
	assert_done(minutes_go_to(other, desk_find(other, RECORD_MEETING, "AM-2024-02"),
				  desk_find(other, RECORD_AGENDA, "AM-2024-02/2"), 15 * 60 + 20,
				  operation, err));
	desk_commit(other, operation);
}

static void play_beside(void (*work)(struct store *other, int turn), const char *keys,
			const char *name)
{
	struct desk desk;
	struct term_script script;
	struct store_options options = {.path = DATABASE, .actor = "AME", .wait_ms = 5000,
					.today = date_from_civil(2024, 2, 15)};
	make_database();
	desk_open(&desk, DATABASE, false);
	assert_done(store_open(&options, &desk.other, err));
	desk.others_work = work;
	play(&desk, &script, &window_usual, false, keys);
	screen_expect_canvas(name, &script.shown);
	term_script_release(&script);
	desk_close(&desk);
}

static void lines_of_others_appear_with_their_author(void **state)
{
	(void)state;
	play_beside(write_a_line, BEGIN "type:Lo_mío Enter type:a_medias idle idle",
		    "sala-another-80x24");
}

static void a_line_stays_where_it_was_begun(void **state)
{
	(void)state;
	play_beside(go_on, BEGIN "type:a_medias idle idle type:_del_uno", "sala-beside-80x24");
	play_beside(go_on,
		    BEGIN "type:a_medias idle idle type:_del_uno Enter type:ya_del_dos Enter Tab Tab Up",
		    "sala-beside-written-80x24");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_room_at_each_width),
		cmocka_unit_test(what_the_keys_do),
		cmocka_unit_test(what_is_done_with_a_line),
		cmocka_unit_test(a_plain_font_has_all_signs),
		cmocka_unit_test(who_may_not_write_sees_the_room),
		cmocka_unit_test(the_clock_moves_with_the_minutes),
		cmocka_unit_test(nothing_is_drawn_while_nothing_happens),
		cmocka_unit_test(lines_of_others_appear_with_their_author),
		cmocka_unit_test(a_line_stays_where_it_was_begun),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
