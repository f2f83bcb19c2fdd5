/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a decision, and that of a setting of the group. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/exchange/decision.h"
#include "nucleo/exchange/record_add.h"
#include "nucleo/store/setting.h"
#include "ui/desk.h"

/* To the only paragraph of the only item of the only meeting, and its decision. */
#define TO_ENTRY "2 Enter Down Tab "
#define TO_PAGE TO_ENTRY "F6 "
/* From there a vote: its reservations have the keys. */
#define TO_VOTE TO_PAGE "type:vota Enter "

static int64_t add(struct store *store, enum record_kind_id kind, const char *const *words)
{
	struct record_assignment pairs[8];
	char *fields[8];
	struct record_draft draft = {.kind = &record_kinds[kind], .pairs = pairs};
	struct operation *operation = operation_new();
	int64_t key = 0;
	for (; *words; words++, draft.count++)
		assert_done(record_assignment_parse(*words, &fields[draft.count],
						    &pairs[draft.count], err));
	assert_done(record_add(store, &draft, operation, &key, err));
	desk_commit(store, operation);
	while (draft.count)
		free(fields[--draft.count]);
	return key;
}
#define ADD(kind, ...) (void)add(store, kind, (const char *const[]){__VA_ARGS__, NULL})

static void add_member(struct store *store, const char *acronym, const char *sector, bool comes)
{
	struct strbuf words[2];
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		strbuf_init(&words[i]);
	strbuf_addf(&words[0], "acronym=%s", acronym);
	strbuf_addf(&words[1], "organization=%s", acronym);
	ADD(RECORD_ORGANIZATION, words[0].data, sector, "role=member");
	ADD(RECORD_ATTENDEE, "meeting=AM-2024-01", words[1].data, "capacity=member",
	    comes ? "status=present" : "status=absent");
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		strbuf_release(&words[i]);
}

static int make_databases(void **state)
{
	if (desk_make_folder(state) != 0)
		return -1;
	struct store *store = desk_create_store("vote.db");
	ADD(RECORD_MEETING, "number=AM-2024-01", "date=2024-02-15", "status=in_session");
	ADD(RECORD_AGENDA, "meeting=AM-2024-01", "title=Calendario");
	add_member(store, "FCD", "sector=civil_society", true);
	add_member(store, "AME", "sector=public", true);
	add_member(store, "UTPL", "sector=academia", true);
	add_member(store, "CNE", "sector=public", false);
	ADD(RECORD_RESOLUTION, "meeting=AM-2024-01", "item=1",
	    "text=Se aprueba el calendario de reuniones.");
	store_close(store);
	return 0;
}

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
	copy_file("vote.db", "own.db");
	desk_open(desk, "own.db", false);
}

static void end(struct desk *desk)
{
	desk_close(desk);
	unlink("own.db");
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

/* How it is decided: the tally, with who voted. */
static void assert_decided(struct desk *desk, const char *expected)
{
	struct store *store = session_store(&desk->session);
	struct decision decision;
	struct strbuf told;
	strbuf_init(&told);
	int64_t entry = desk_find(store, RECORD_RESOLUTION, "AM-2024-01/1#1");
	assert_done(decision_load(store, entry, &decision, err));
	strbuf_addf(&told, "%s", enum_name(&decision_kind_names, decision.kind));
	if (decision.objections)
		strbuf_addf(&told, " (%s)", decision.objections);
	if (decision.kind == DECISION_VOTE) {
		strbuf_adds(&told, ": ");
		assert_done(decision_add_arithmetic(store, &decision, &told, err));
	}
	for (int choice = 0; choice < 3 && decision.ballots.count; choice++) {
		strbuf_adds(&told, " / ");
		assert_done(decision_add_voters(store, &decision, choice, &told, err));
	}
	decision_release(&decision);
	assert_string_equal(told.data, expected);
	strbuf_release(&told);
}

static void every_way_at_every_size(void **state)
{
	static const struct {
		const char *name, *keys;
	} scenes[] = {
		{"decision-new", TO_PAGE},
		{"decision-reservations", TO_PAGE "type:reser Enter"},
		{"decision-vote", TO_VOTE "Tab Tab Tab Tab type:AME Enter"},
		{"decision-abstains", TO_VOTE "Tab Tab Tab Tab Tab type:AME Enter"},
		{"decision-tally", TO_VOTE "Tab Tab type:solo Enter type:9 Tab type:4"},
		{"decision-tie", TO_VOTE "Tab Tab type:solo Enter type:4 Tab type:4"},
		{"decision-leaving", TO_VOTE "Esc"},
		{"decision-nothing", TO_VOTE "Tab Tab type:solo Enter F2"},
	};
	static const struct window *const windows[] = {&window_usual, &window_small};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		for (size_t j = 0; j < ARRAY_COUNT(windows); j++)
			desk_expect(scenes[i].name, "vote.db", windows[j], scenes[i].keys);
}

static void a_vote_by_institution_is_saved(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, TO_VOTE "Tab Tab Tab Tab type:AME Enter F2",
			 "Guardado: AM-2024-01/1#1: decisión, por votación: 2 a favor");
	assert_decided(&desk, "vote: 2 a favor, 1 en contra, 0 abstenciones; la mayoría simple de "
			      "3 votos son 2: se aprueba / FCD,UTPL / AME / ");
	/* Opened again, everybody stands where she voted. */
	expect_on_screen(&desk, TO_PAGE, "Decisión R-2024-01-01");
	expect_on_screen(&desk, TO_PAGE, "FCD, UTPL");
	expect_on_screen(&desk, TO_PAGE "F2", "No había nada que guardar.");
	end(&desk);
}

static void a_tally_is_saved(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	free(play(&desk, TO_VOTE "Tab type:dos Enter type:solo Enter type:9 Tab type:4 Tab "
				 "type:1 F2"));
	assert_decided(&desk, "vote: 9 a favor, 4 en contra, 1 abstención; dos tercios de 13 votos "
			      "son 9: se aprueba");
	end(&desk);
}

static void reservations_have_to_be_written(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, TO_PAGE "type:reser Enter F2", "Escriba las reservas");
	free(play(&desk, TO_PAGE "type:reser Enter type:FCD:_el_plazo Esc F2"));
	assert_decided(&desk, "reservations (FCD: el plazo)");
	/* By consensus, there are none. */
	free(play(&desk, TO_PAGE "type:por_consenso Enter F2"));
	assert_decided(&desk, "consensus");
	end(&desk);
}

static void what_is_wrong_stays_to_be_mended(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, TO_VOTE "Tab Tab type:solo Enter type:nueve F2",
			 "A favor: «nueve» no es una cuenta de votos");
	expect_on_screen(&desk, TO_VOTE "Tab type:sector Enter type:solo Enter type:9 F2",
			 "cómo votó cada institución");
	expect_on_screen(&desk, TO_VOTE "Tab Tab Tab Tab type:AME Enter Tab type:AME Enter F2",
			 "AME está dos veces");
	expect_on_screen(&desk, TO_VOTE "Esc", "Hay cambios sin guardar");
	end(&desk);
}

static void before_a_paragraph_is_chosen_it_says_so(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, "2 Enter Down F6", "Elija primero, con Tab");
	end(&desk);
}

/* Somebody else decides it while it is written here. */
static void decide_elsewhere(struct store *other, int turn)
{
	const struct decision consensus = {.kind = DECISION_NOTED};
	if (turn != 0)
		return;
	struct operation *operation = operation_new();
	assert_done(decision_record(other, desk_find(other, RECORD_RESOLUTION, "AM-2024-01/1#1"),
				    &consensus, operation, err));
	desk_commit(other, operation);
}

static void others_are_not_written_over_unseen(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	desk.other = desk_open_store("own.db", false);
	desk.others_work = decide_elsewhere;
	expect_on_screen(&desk, TO_VOTE "idle F2", "F2 otra vez guarda lo suyo");
	assert_decided(&desk, "noted");
	end(&desk);
	begin(&desk);
	desk.other = desk_open_store("own.db", false);
	desk.others_work = decide_elsewhere;
	free(play(&desk, TO_VOTE "idle F2 F2"));
	assert_decided(&desk, "vote: 3 a favor, 0 en contra, 0 abstenciones; la mayoría simple de "
			      "3 votos son 2: se aprueba / AME,FCD,UTPL /  / ");
	end(&desk);
}

static void an_approved_acta_is_not_decided(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	struct store *store = session_store(&desk.session);
	struct operation *operation = operation_new();
	operation_set_words(operation, "aprueba");
	operation_change(operation, "meeting", desk_find(store, RECORD_MEETING, "AM-2024-01"),
			 "status", value_text("in_session"), value_text("approved"));
	desk_commit(store, operation);
	expect_on_screen(&desk, TO_PAGE, "está aprobada");
	end(&desk);
}

static void who_only_looks_does_not_decide(void **state)
{
	struct desk desk;
	(void)state;
	copy_file("vote.db", "own.db");
	desk_open(&desk, "own.db", true);
	expect_on_screen(&desk, TO_PAGE, "Calendario");
	end(&desk);
}

/* ---- settings */

#define TO_SETTINGS "F9 type:ajustes Enter "

static void assert_setting(struct desk *desk, enum setting_id id, const char *expected)
{
	struct strbuf value;
	strbuf_init(&value);
	assert_done(setting_load(session_store(&desk->session), id, &value, NULL, err));
	assert_string_equal(value.data, expected);
	strbuf_release(&value);
}

static void settings_are_listed_and_changed(void **state)
{
	struct desk desk;
	(void)state;
	begin(&desk);
	expect_on_screen(&desk, TO_SETTINGS, "no se exige");
	expect_on_screen(&desk, TO_SETTINGS, "puntos fijos");
	expect_on_screen(&desk, TO_SETTINGS "Enter type:muchos F2", "no se entiende en «muchos»");
	expect_on_screen(&desk, TO_SETTINGS "Enter type:mayoria F2",
			 "Guardado: Ajuste «quórum»: no se exige -> mayoría");
	assert_setting(&desk, SETTING_QUORUM, "mayoría");
	free(play(&desk, TO_SETTINGS "type:regla Enter type:dos Enter F2"));
	assert_setting(&desk, SETTING_VOTE_RULE, "two_thirds");
	expect_on_screen(&desk, TO_PAGE, "dos tercios");
	free(play(&desk, TO_SETTINGS "type:puntos Enter type:Lectura Enter Esc F2"));
	assert_setting(&desk, SETTING_STANDING_ITEMS,
		       "Bienvenida y aprobación del orden del día\nEstado de los compromisos\n"
		       "VariosLectura");
	end(&desk);
}

static void a_setting_at_every_size(void **state)
{
	static const struct window *const windows[] = {&window_usual, &window_small};
	(void)state;
	for (size_t j = 0; j < ARRAY_COUNT(windows); j++) {
		struct desk desk;
		struct term_script script;
		struct strbuf name;
		desk_open(&desk, "vote.db", false);
		struct ui_setup setup = desk_setup(&desk);
		setup.op = session_op;
		strbuf_init(&name);
		strbuf_addf(&name, "settings-%s", windows[j]->name);
		term_script_init(&script, windows[j]->rows, windows[j]->columns, TO_SETTINGS);
		screen_play(&script, &setup);
		screen_expect_canvas(name.data, &script.shown);
		term_script_release(&script);
		strbuf_release(&name);
		desk_close(&desk);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_at_every_size),
		cmocka_unit_test(a_vote_by_institution_is_saved),
		cmocka_unit_test(a_tally_is_saved),
		cmocka_unit_test(reservations_have_to_be_written),
		cmocka_unit_test(what_is_wrong_stays_to_be_mended),
		cmocka_unit_test(before_a_paragraph_is_chosen_it_says_so),
		cmocka_unit_test(others_are_not_written_over_unseen),
		cmocka_unit_test(an_approved_acta_is_not_decided),
		cmocka_unit_test(who_only_looks_does_not_decide),
		cmocka_unit_test(settings_are_listed_and_changed),
		cmocka_unit_test(a_setting_at_every_size),
	};
	return cmocka_run_group_tests(tests, make_databases, desk_remove_folder);
}
