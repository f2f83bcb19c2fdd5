/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/exchange/record_add.h"
#include "nucleo/store/local.h"
#include "nucleo/store/record_set.h"
#include "ui/desk.h"

/* ---- a desk that a test may write on */

static void begin(struct desk *desk)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	assert_done(file_read("demo.db", 1 << 24, &bytes, err));
	assert_done(file_replace("own.db", bytes.data, bytes.length, err));
	strbuf_release(&bytes);
	desk_open(desk, "own.db", false);
	assert_done(local_open("local.db", &desk->session.local, err));
	session_count_drafts(&desk->session);
}

static void end(struct desk *desk)
{
	static const char *const files[] = {"own.db",       "local.db",     "local.db-wal",
					    "local.db-shm", "local.db-holders"};
	desk_close(desk);
	for (size_t i = 0; i < ARRAY_COUNT(files); i++)
		unlink(files[i]);
}

static void look(struct desk *desk, const char *name, const struct window *window,
		 const char *keys)
{
	struct ui_setup setup = desk_setup(desk);
	struct strbuf file;
	setup.op = session_op;
	strbuf_init(&file);
	strbuf_addf(&file, "%s-%s", name, window->name);
	screen_expect(file.data, window->rows, window->columns, keys, &setup);
	strbuf_release(&file);
}

static void expect_on_screen(struct desk *desk, const char *keys, const char *part)
{
	struct ui_setup setup = desk_setup(desk);
	setup.op = session_op;
	char *screen = desk_play(&setup, keys);
	if (!strstr(screen, part))
		fail_msg("no «%s» after «%s»:\n%s", part, keys, screen);
	free(screen);
}

static size_t count(struct desk *desk, enum record_kind_id kind, const char *meeting)
{
	struct store *store = session_store(&desk->session);
	struct list_query query = {0};
	struct record_set set;
	if (store_find(store, RECORD_MEETING, meeting, &query.meeting, NULL) != RC_OK)
		return 0;
	assert_done(record_set_load(&set, store, kind, &query, err));
	size_t rows = set.count;
	record_set_release(&set);
	return rows;
}

#define TO_PROPOSALS "2 n type:15/03/2024 F2"

static void the_form_leads_to_what_is_proposed(void **state)
{
	static const struct {
		const char *name, *keys;
		bool is_small;
	} scenes[] = {
		{"convening-form", "2 n", false},
		{"convening", TO_PROPOSALS, true},
		{"convening-left", TO_PROPOSALS " Down Space Down Enter Down Down Space", true},
		{"convening-minutes", TO_PROPOSALS " Down m type:15 Enter Down m type:x Enter",
		 false},
		{"convening-over", TO_PROPOSALS " Down m type:150 Enter", true},
		{"convening-template", TO_PROPOSALS " t", true},
		{"convening-copied", TO_PROPOSALS " t Down Enter", false},
	};
	struct desk desk;
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++) {
		begin(&desk);
		look(&desk, scenes[i].name, &window_usual, scenes[i].keys);
		end(&desk);
		if (!scenes[i].is_small)
			continue;
		begin(&desk);
		look(&desk, scenes[i].name, &window_small, scenes[i].keys);
		end(&desk);
	}
	desk_expect_plain("convening-plain", "demo.db", TO_PROPOSALS);
}

static void escape_leads_back_to_the_form_as_it_was(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	look(&desk, "convening-back", &window_usual,
	     "2 n type:15/03/2024 Tab Tab Tab type:Quito F2 Esc");
	/* Left there, it is offered again; saved, it is not. */
	expect_on_screen(&desk, "2 n", "Aquí se escribió algo");
	expect_on_screen(&desk, "2 n Enter F2 F2", "Guardado");
	expect_on_screen(&desk, "2 n", "Reunión nueva");
	assert_int_equal(count(&desk, RECORD_MEETING, "AM-2024-01"), 1);
	end(&desk);
}

static void it_is_saved_as_one_change(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	look(&desk, "convening-saved", &window_usual,
	     TO_PROPOSALS " Down m type:15 Enter F2");
	assert_int_equal(count(&desk, RECORD_AGENDA, "AM-2024-01"), 8);
	expect_on_screen(&desk, "2 u", "Deshecho");
	assert_int_equal(count(&desk, RECORD_MEETING, "AM-2024-01"), 0);
	end(&desk);
}

/* Somebody else convenes a meeting of that number while the proposals are looked at. */
static void take_the_number(struct store *other, int turn)
{
	const struct record_assignment pairs[] = {{"number", "AM-2024-01"},
						  {"date", "2024-03-01"}};
	const struct record_draft draft = {&record_kinds[RECORD_MEETING], pairs,
					   ARRAY_COUNT(pairs)};
	int64_t key;
	if (turn != 0)
		return;
	struct operation *operation = operation_new();
	assert_done(record_add(other, &draft, operation, &key, err));
	desk_commit(other, operation);
}

static void a_number_taken_meanwhile_is_told(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	desk.other = desk_open_store("own.db", false);
	desk.others_work = take_the_number;
	look(&desk, "convening-taken", &window_usual, TO_PROPOSALS " idle F2");
	assert_int_equal(count(&desk, RECORD_AGENDA, "AM-2024-01"), 0);
	end(&desk);
	begin(&desk);
	desk.other = desk_open_store("own.db", false);
	desk.others_work = take_the_number;
	expect_on_screen(&desk, TO_PROPOSALS " idle F2 F2", "reunión AM-2024-02 del 15/03/2024");
	assert_int_equal(count(&desk, RECORD_AGENDA, "AM-2024-02"), 8);
	end(&desk);
}

/* ---- on the page of the meeting */

static void items_are_arranged(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, TO_PROPOSALS " F2", "Guardado");
	look(&desk, "agenda-moved", &window_usual, "2 Enter Down Down > > m type:20 Enter");
	look(&desk, "agenda-part", &window_usual, "2 Enter Down Down Down i");
	look(&desk, "agenda-parked", &window_usual, "2 Enter Down Down Down p");
	look(&desk, "agenda-parked", &window_small, "2 Enter End");
	look(&desk, "agenda-unparked", &window_usual, "2 Enter End p");
	look(&desk, "agenda-proposals", &window_usual, "2 Enter t Down Space F2");
	look(&desk, "agenda-convened", &window_usual, "2 Enter c");
	expect_on_screen(&desk, "2 Enter c", "ya está convocada");
	expect_on_screen(&desk, "2 Enter m", "seleccione un punto");
	expect_on_screen(&desk, "2 Down Enter Down p", "ya no se ordena");
	expect_on_screen(&desk, "2 Enter Down m type:-3 Enter", "minutos");
	end(&desk);
}

/* The page of a meeting nobody has planned says what to do. */
static void an_empty_agenda_says_how_to_begin(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	take_the_number(session_store(&desk.session), 0);
	expect_on_screen(&desk, "2 Enter", "01/03/2024 · borrador");
	expect_on_screen(&desk, "2 Enter", "Sin orden del día: n agrega un punto");
	expect_on_screen(&desk, "2 Enter t F2", "1     Bienvenida");
	end(&desk);
}

/* The room, looked into while there was no meeting, begins with the first item of the one made. */
static void the_room_begins_with_the_first_item(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, "5 " TO_PROPOSALS " F2 5", "▶· 1   Bienvenida");
	end(&desk);
}

static void nothing_is_arranged_read_only(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, TO_PROPOSALS " F2", "Guardado");
	store_set_read_only(session_store(&desk.session), "Solo para leer.");
	expect_on_screen(&desk, "2 n", "olo para leer");
	expect_on_screen(&desk, "2 Enter Down >", "olo para leer");
	expect_on_screen(&desk, "2 Enter t", "olo para leer");
	end(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_leads_to_what_is_proposed),
		cmocka_unit_test(escape_leads_back_to_the_form_as_it_was),
		cmocka_unit_test(it_is_saved_as_one_change),
		cmocka_unit_test(a_number_taken_meanwhile_is_told),
		cmocka_unit_test(items_are_arranged),
		cmocka_unit_test(an_empty_agenda_says_how_to_begin),
		cmocka_unit_test(the_room_begins_with_the_first_item),
		cmocka_unit_test(nothing_is_arranged_read_only),
	};
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
