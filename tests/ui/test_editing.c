/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing, making and removing records on the screen, and what is typed and not saved. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/local.h"
#include "store/fault_vfs.h"
#include "ui/desk.h"

/* ---- a database and a desk that a test may write on */

static void copy_file(const char *from, const char *to)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	assert_done(file_read(from, 1 << 24, &bytes, err));
	assert_done(file_replace(to, bytes.data, bytes.length, err));
	strbuf_release(&bytes);
}

static void begin(struct desk *desk)
{
	copy_file("demo.db", "own.db");
	desk_open(desk, "own.db", false);
	assert_done(local_open("local.db", &desk->session.local, err));
	session_count_drafts(&desk->session);
}

/* The same files, as the program that is started next finds them. */
static void again(struct desk *desk)
{
	desk_close(desk);
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

/* Owned: the last screen. */
static char *play(struct desk *desk, const char *keys)
{
	struct ui_setup setup = desk_setup(desk);
	setup.status = session_status;
	setup.op = session_op;
	return desk_play(&setup, keys);
}

static void expect_on_screen(struct desk *desk, const char *keys, const char *part)
{
	char *screen = play(desk, keys);
	if (!strstr(screen, part))
		fail_msg("no «%s» after «%s»:\n%s", part, keys, screen);
	free(screen);
}

static void expect_not_on_screen(struct desk *desk, const char *keys, const char *part)
{
	char *screen = play(desk, keys);
	if (strstr(screen, part))
		fail_msg("«%s» after «%s»:\n%s", part, keys, screen);
	free(screen);
}

static bool take_description(void *context, const void *record)
{
	strbuf_adds(context, ((const struct followup *)record)->description);
	return false;
}

/* Owned: of the follow-up that the list shows first. */
static char *first_description(struct desk *desk)
{
	struct list_query query = {.limit = 1};
	struct strbuf text;
	strbuf_init(&text);
	assert_done(store_list(session_store(&desk->session), RECORD_FOLLOWUP, &query,
			       take_description, &text, err));
	return strbuf_detach(&text);
}

static bool count_one(void *context, const void *record)
{
	(void)record;
	++*(int *)context;
	return true;
}

static int count(struct desk *desk, enum record_kind_id kind)
{
	struct list_query query = {0};
	int rows = 0;
	assert_done(store_list(session_store(&desk->session), kind, &query, count_one, &rows, err));
	return rows;
}

/* ---- every form */

/* Keys that lead to the form of every kind, of a record there is and of a new one. */
static const struct scene {
	const char *name, *keys;
} scenes[] = {
	{"followup", "4 e"},
	{"followup-new", "4 n"},
	{"commitment", "e"},
	{"commitment-new", "n"},
	{"commitment-parts", "Down Down Down Down Down Enter e"},
	{"commitment-makes", "Enter n"},
	{"progress-new", "Enter n Enter"},
	{"milestone-new", "Enter n Down Enter"},
	{"blocker-new", "Enter n Down Down Enter"},
	{"followup-of-commitment", "Down Down Down Down a"},
	{"meeting", "2 e"},
	{"meeting-new", "2 n"},
	{"item", "2 Enter Down Down e"},
	{"item-new", "2 Enter Down Down n Enter"},
	{"followup-of-item", "2 Enter Down Down a"},
	{"resolution", "2 Enter Down Down Tab e"},
	{"resolution-new", "2 Enter Down Down Tab n"},
	{"attendee", "3 Down e"},
	{"attendee-new", "3 n"},
	{"organization", "3 Down Enter e"},
	{"organization-new", "3 m n"},
	{"organization-makes", "3 Down Enter n"},
	{"person-new", "3 Down Enter n type:persona Enter"},
	{"attendee-of-matrix", "3 m Tab e"},
	{"timeline", "t e"},
	{"search", "8 type:talleres Enter e"},
	{"remove-asks", "4 Delete"},
	{"remove-refused", "Down Down Down Down Delete"},
};

static void every_form_at_both_sizes(void **state)
{
	static const struct window *const sizes[] = {&window_usual, &window_small};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		for (size_t j = 0; j < ARRAY_COUNT(sizes); j++) {
			struct strbuf name;
			strbuf_init(&name);
			strbuf_addf(&name, "editing-%s", scenes[i].name);
			desk_expect(name.data, "demo.db", sizes[j], scenes[i].keys);
			strbuf_release(&name);
		}
}

static void forms_in_fonts_of_latin_1(void **state)
{
	(void)state;
	desk_expect_plain("editing-plain-followup", "demo.db", "4 e");
	desk_expect_plain("editing-plain-remove", "demo.db", "4 Delete");
}

/* ---- saving */

static void what_is_saved_shows_and_stays_selected(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	char *before = first_description(&desk);
	expect_on_screen(&desk, "4 e type:Primero,_ F2", "Guardado: ");
	char *after = first_description(&desk);
	assert_string_not_equal(before, after);
	assert_non_null(strstr(after, "Primero,"));
	/* It is a draft no more. */
	assert_int_equal(desk.session.drafts, 0);
	free(before);
	free(after);
	end(&desk);
}

static void a_new_record_is_selected_in_its_list(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	int before = count(&desk, RECORD_FOLLOWUP);
	char *screen = play(&desk, "4 n type:Zurcir_las_redes F2");
	assert_int_equal(count(&desk, RECORD_FOLLOWUP), before + 1);
	assert_non_null(strstr(screen, "▶· Zurcir las redes"));
	free(screen);
	end(&desk);
}

/* A part of an institution, with a place on its page alone. */
static void a_person_is_written_on_the_page_of_an_institution(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, "3 Down Enter n type:persona Enter type:Directora F2",
			 "Guardado: ");
	assert_int_equal(count(&desk, RECORD_PERSON), 1);
	expect_on_screen(&desk, "3 Down Enter e type:Directora Enter", "Editar SNP, Directora");
	expect_on_screen(&desk, "3 Down Enter e type:Directora Enter Tab End type:_Ejecutiva F2",
			 "cargo «Directora» -> «Directora Ejecutiva»");
	expect_on_screen(&desk, "3 Down Enter Delete type:Ejecutiva Enter Down Enter",
			 "u lo deshace");
	assert_int_equal(count(&desk, RECORD_PERSON), 0);
	end(&desk);
}

static void a_value_that_will_not_do_is_said_and_kept(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	int before = count(&desk, RECORD_FOLLOWUP);
	expect_on_screen(&desk, "4 n F2", "Falta este dato");
	expect_on_screen(&desk, "4 n type:Algo Tab Tab Tab type:31/02/2024 F2", "31/02/2024");
	assert_int_equal(count(&desk, RECORD_FOLLOWUP), before);
	end(&desk);
}

static void esc_asks_only_when_something_was_typed(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_not_on_screen(&desk, "4 e Esc", "Seguir escribiendo");
	expect_on_screen(&desk, "4 e type:x Esc Esc", "Seguir escribiendo");
	end(&desk);
}

static void a_base_that_is_read_only_opens_no_form(void **state)
{
	static const char *const keys[] = {"4 e", "4 n", "4 a", "4 Delete",
					   "e",	  "3 n", "u",	"Ctrl-R"};
	struct desk desk;
	(void)state;
	desk_open(&desk, "demo.db", true);
	for (size_t i = 0; i < ARRAY_COUNT(keys); i++)
		expect_on_screen(&desk, keys[i], "solo para leer");
	desk_close(&desk);
}

/* ---- removing */

static void removing_asks_and_then_removes(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	int before = count(&desk, RECORD_FOLLOWUP);
	/* Neither the key twice nor Enter at once removes anything. */
	expect_on_screen(&desk, "4 Delete", "Dejar todo como está");
	free(play(&desk, "4 Delete Delete Enter"));
	free(play(&desk, "4 Delete Esc"));
	assert_int_equal(count(&desk, RECORD_FOLLOWUP), before);
	expect_on_screen(&desk, "4 Delete Down Enter", "u lo deshace");
	assert_int_equal(count(&desk, RECORD_FOLLOWUP), before - 1);
	/* Its own page closes. */
	expect_on_screen(&desk, "4 Enter Delete Down Enter", "Vencidas");
	assert_int_equal(count(&desk, RECORD_FOLLOWUP), before - 2);
	end(&desk);
}

/* ---- somebody else meanwhile */

static void change_description(struct store *other, int turn)
{
	struct operation *operation = operation_new();
	struct list_query query = {.limit = 1};
	struct strbuf text;
	strbuf_init(&text);
	assert_done(store_list(other, RECORD_FOLLOWUP, &query, take_description, &text, err));
	int64_t key = desk_find(other, RECORD_FOLLOWUP, "S-2023-001");
	operation_set_words(operation, "S-2023-001");
	if (turn == 0) {
		operation_change(operation, "followup", key, "due_text", value_null(),
				 value_text("de otra persona"));
		desk_commit(other, operation);
	} else {
		operation_free(operation);
	}
	strbuf_release(&text);
}

static void begin_with_other(struct desk *desk)
{
	begin(desk);
	desk->other = desk_open_store("own.db", false);
	desk->others_work = change_description;
}

/* Keys to the fifth field of that action, "plazo dicho". */
#define TO_DUE_TEXT "4 / type:S-2023-001 Enter e Tab Tab Tab Tab "

static void what_another_person_changes_shows_beside_the_field(void **state)
{
	struct desk desk;
	(void)state;
	begin_with_other(&desk);
	expect_on_screen(&desk, TO_DUE_TEXT "type:mío idle", "ahora «de otra persona»");
	end(&desk);
	/* A field nobody here changed has the new value. */
	begin_with_other(&desk);
	expect_on_screen(&desk, TO_DUE_TEXT "idle", "de otra persona");
	end(&desk);
}

static bool take_due_text(void *context, const void *record)
{
	const char *text = ((const struct followup *)record)->due_text;
	strbuf_adds(context, text ? text : "");
	return false;
}

static void expect_due_text(struct desk *desk, const char *expected)
{
	struct store *store = session_store(&desk->session);
	struct list_query query = {.key = desk_find(store, RECORD_FOLLOWUP, "S-2023-001"),
				   .limit = 1};
	struct strbuf text;
	strbuf_init(&text);
	assert_done(store_list(store, RECORD_FOLLOWUP, &query, take_due_text, &text, err));
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
}

/* Where nothing can wait for a decision; elsewhere see test_contested.c. */
static void both_values_are_shown_before_one_replaces_the_other(void **state)
{
	struct desk desk;
	(void)state;
	begin_with_other(&desk);
	expect_on_screen(&desk, TO_DUE_TEXT "type:mío idle F2", "otra vez guarda lo suyo");
	expect_due_text(&desk, "de otra persona");
	assert_int_equal(desk.session.drafts, 1);
	end(&desk);
	begin_with_other(&desk);
	expect_on_screen(&desk, TO_DUE_TEXT "type:mío idle F2", "ahora «de otra persona»");
	end(&desk);
	begin_with_other(&desk);
	expect_on_screen(&desk, TO_DUE_TEXT "type:mío idle F2 F2", "Guardado: ");
	expect_due_text(&desk, "mío");
	end(&desk);
}

/* ---- drafts */

static void what_was_typed_is_offered_again(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	/* The script ends in the form, as a terminal that is closed does. */
	free(play(&desk, "4 e type:Sin_guardar,_"));
	assert_int_equal(desk.session.drafts, 1);
	again(&desk);
	expect_on_screen(&desk, "", "1 texto sin guardar: F9, borradores");
	expect_on_screen(&desk, "4 e", "Recuperar ");
	expect_on_screen(&desk, "4 e Enter", "Sin guardar,");
	/* It is the same draft, not another one; once saved there is none. */
	assert_int_equal(desk.session.drafts, 1);
	expect_on_screen(&desk, "4 e Enter F2", "Guardado: ");
	assert_int_equal(desk.session.drafts, 0);
	char *saved = first_description(&desk);
	assert_non_null(strstr(saved, "Sin guardar,"));
	free(saved);
	expect_not_on_screen(&desk, "4 e", "Recuperar ");
	end(&desk);
}

static void a_draft_can_be_left_or_thrown_away(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	free(play(&desk, "4 n type:Uno"));
	again(&desk);
	/* Left, it is there the next time. */
	expect_not_on_screen(&desk, "4 n Down Down Enter", "Uno");
	assert_int_equal(desk.session.drafts, 1);
	expect_not_on_screen(&desk, "4 n Down Enter", "Uno");
	assert_int_equal(desk.session.drafts, 0);
	expect_not_on_screen(&desk, "4 n", "Recuperar");
	/* Esc, and the answer that leaves it unsaved, throws it away too. */
	free(play(&desk, "4 n type:Dos Esc Esc Down Down Enter"));
	assert_int_equal(desk.session.drafts, 0);
	end(&desk);
}

static void all_drafts_are_listed(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, ": type:borradores Enter", "No hay textos sin guardar");
	free(play(&desk, "4 n type:Uno"));
	free(play(&desk, "2 n type:AM-2024-09"));
	assert_int_equal(desk.session.drafts, 2);
	expect_on_screen(&desk, ": type:borradores Enter type:Uno", "«Uno»");
	expect_on_screen(&desk, ": type:borradores Enter type:Uno Enter Enter", "Acción nueva");
	expect_on_screen(&desk, ": type:borradores Enter type:AM-2024 Enter Down Down Enter",
			 "se descartó");
	assert_int_equal(desk.session.drafts, 1);
	end(&desk);
}

/* The demonstration, which is gone when the program ends. */
static void without_a_file_nothing_is_kept_and_all_works(void **state)
{
	struct desk desk;
	(void)state;
	copy_file("demo.db", "own.db");
	desk_open(&desk, "own.db", false);
	expect_on_screen(&desk, "4 e type:Primero,_ F2", "Guardado: ");
	free(play(&desk, "4 e type:x"));
	expect_not_on_screen(&desk, "4 e", "Recuperar");
	end(&desk);
}

static void a_disk_that_is_full_is_said_and_typing_goes_on(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	fault_arm_disk(FAULT_DEAD, 1);
	char *screen = play(&desk, "4 n type:Sigo idle");
	assert_true(fault_disarm());
	assert_non_null(strstr(screen, "El borrador no se guarda"));
	assert_non_null(strstr(screen, "Sigo"));
	free(screen);
	end(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_at_both_sizes),
		cmocka_unit_test(forms_in_fonts_of_latin_1),
		cmocka_unit_test(what_is_saved_shows_and_stays_selected),
		cmocka_unit_test(a_new_record_is_selected_in_its_list),
		cmocka_unit_test(a_person_is_written_on_the_page_of_an_institution),
		cmocka_unit_test(a_value_that_will_not_do_is_said_and_kept),
		cmocka_unit_test(esc_asks_only_when_something_was_typed),
		cmocka_unit_test(a_base_that_is_read_only_opens_no_form),
		cmocka_unit_test(removing_asks_and_then_removes),
		cmocka_unit_test(what_another_person_changes_shows_beside_the_field),
		cmocka_unit_test(both_values_are_shown_before_one_replaces_the_other),
		cmocka_unit_test(what_was_typed_is_offered_again),
		cmocka_unit_test(a_draft_can_be_left_or_thrown_away),
		cmocka_unit_test(all_drafts_are_listed),
		cmocka_unit_test(without_a_file_nothing_is_kept_and_all_works),
		cmocka_unit_test(a_disk_that_is_full_is_said_and_typing_goes_on),
	};
	fault_install();
	return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
