/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two persons at two screens of the real program, on one drive: what they change in the same
 * minutes. With $MOUNTS each has a mount of her own, as on two machines (tests/sync/mounts.sh). */
#include "ui/two_screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As a terminal sends what is pasted, over what the field had. */
#define TYPE(text) "\025\033[200~" text "\033[201~"
#define TO_DUE "\t\t\t"
#define BACK_FROM_DUE "\033[Z\033[Z\033[Z"
#define TO_DUE_TEXT "\t\t\t\t"

static void open_one(struct pair *pair, struct pty_session *screen, const char *member)
{
	screen_open(screen, pair->home, member, WIDE);
	pty_send(screen, "4");
	pty_expect(screen, "Segunda");
	pty_expect(screen, "guardado ");
	pty_expect_cursor_on(screen, "Primera");
}

static void begin_without_screens(struct pair *pair, void **state)
{
	*pair = (struct pair){.home = *state};
	AS(pair->home, "ana", 0, "init");
	AS(pair->home, "ana", 0, "add", "followup", "description=Primera", "due=2024-03-01");
	AS(pair->home, "luis", 0, "add", "followup", "description=Segunda", "due=2024-04-01");
	AS(pair->home, "ana", 0, "list", "followups");
	wait_for_silence(pair->home);
}

/* Each has read what there was before the other came. */
static void begin_at_leisure(struct pair *pair, void **state)
{
	begin_without_screens(pair, state);
	open_one(pair, &pair->ana, "ana");
	screen_wait_for_presence(&pair->ana, pair->home);
	open_one(pair, &pair->luis, "luis");
	pty_expect(&pair->luis, "1 persona más aquí");
}

static void begin(struct pair *pair, void **state)
{
	begin_without_screens(pair, state);
	open_one(pair, &pair->ana, "ana");
	open_one(pair, &pair->luis, "luis");
}

/* Into a field of the form of what is selected; without saving. */
static void write_into(struct pty_session *screen, const char *tabs, const char *text)
{
	char keys[200];
	snprintf(keys, sizeof(keys), "%s" TYPE("%s"), tabs, text);
	pty_send(screen, KEY_F2);
	pty_expect(screen, "Editar S-");
	pty_send(screen, keys);
	pty_expect(screen, text);
}

static void save(struct pty_session *screen)
{
	pty_send(screen, KEY_F2);
	pty_expect(screen, "Guardado: ");
}

/* `text` is typed where the choice asks for one. */
static void decide(struct pty_session *screen, int choice, const char *words, const char *text)
{
	screen_choose(screen, choice, words);
	if (text) {
		pty_expect_gone(screen, "Tomar lo de");
		pty_send(screen, "\025");
		pty_send(screen, text);
		pty_send(screen, "\r");
	}
	screen_apply_choice(screen);
	pty_send(screen, "4");
}

/* ---- the same record */

static void different_fields_are_merged_and_nobody_is_asked(void **state)
{
	struct pair pair;
	begin(&pair, state);
	write_into(&pair.ana, TO_DUE_TEXT, "fin de mes");
	write_into(&pair.luis, TO_DUE, "15/03/2024");
	save(&pair.ana);
	save(&pair.luis);
	pair_expect(&pair, "15/03/2024");
	pair_expect(&pair, "plazo dicho: «fin de mes»");
	assert_false(pty_shows(&pair.ana, "F5"));
	assert_false(pty_shows(&pair.luis, "F5"));
	pair_close(&pair, 4);
	AS(pair.home, "luis", 0, "list", "followups", "--json");
	assert_json(pair.home, "$[0].due", "2024-03-15");
	assert_json(pair.home, "$[0].due_text", "fin de mes");
}

static void of_the_same_field_who_is_second_decides(void **state)
{
	static const struct {
		const char *words, *text, *left;
	} outcomes[] = {
		{"Quedarme con lo mío (de Luis 0)", NULL, "«de Luis 0»"},
		{"Tomar lo de ana (de Ana 1)", NULL, "«de Ana 1»"},
		{"Los dos", NULL, "«de Ana 2 / de Luis 2»"},
		{"Escribir otro", "de acuerdo", "«de acuerdo»"},
	};
	struct pair pair;
	begin(&pair, state);
	for (int i = 0; i < (int)ARRAY_COUNT(outcomes); i++) {
		char hers[20], his[20];
		snprintf(hers, sizeof(hers), "de Ana %d", i);
		snprintf(his, sizeof(his), "de Luis %d", i);
		write_into(&pair.ana, TO_DUE_TEXT, hers);
		write_into(&pair.luis, TO_DUE_TEXT, his);
		pair_luis_goes_deaf(&pair);
		save(&pair.ana);
		save(&pair.luis);
		pair_luis_hears_again(&pair);
		screen_go_to_decision(&pair.luis);
		pty_expect(&pair.luis, hers);
		pty_expect(&pair.luis, his);
		pty_expect(&pair.luis, "ana, ");
		pty_expect(&pair.luis, "luis, ");
		decide(&pair.luis, i, outcomes[i].words, outcomes[i].text);
		pair_expect(&pair, outcomes[i].left);
	}
	/* His first texts were never there; of each pair hers was, and what he decided unless it is
	 * hers. */
	pair_close(&pair, 9);
	AS(pair.home, "ana", 0, "history", "--json");
	assert_out(pair.home, "-> «de Ana 0»");
	assert_out(pair.home, "-> «de Luis 0»");
}

static void remove_selected(struct pty_session *screen)
{
	pty_send(screen, KEY_DELETE);
	pty_expect(screen, "Dejar todo como está");
	pty_send(screen, KEY_DOWN "\r");
	pty_expect(screen, "u lo deshace");
}

static void what_one_removes_and_another_edits_is_asked(void **state)
{
	struct pair pair;
	begin(&pair, state);
	write_into(&pair.luis, TO_DUE_TEXT, "de Luis");
	pair_luis_goes_deaf(&pair);
	remove_selected(&pair.ana);
	save(&pair.luis);
	pair_luis_hears_again(&pair);
	screen_go_to_decision(&pair.luis);
	pty_expect(&pair.luis, "de Luis");
	pty_expect(&pair.luis, "ana, ");
	pty_expect(&pair.luis, "(quitado)");
	decide(&pair.luis, 0, "Recuperarlo con lo mío", NULL);
	pair_expect(&pair, "! Primera");
	/* The other way round. */
	pty_send(&pair.ana, "g");
	pty_send(&pair.luis, "g");
	pty_expect_cursor_on(&pair.ana, "Primera");
	pty_expect_cursor_on(&pair.luis, "Primera");
	write_into(&pair.ana, TO_DUE_TEXT, "de Ana");
	pair_luis_goes_deaf(&pair);
	save(&pair.ana);
	remove_selected(&pair.luis);
	pair_luis_hears_again(&pair);
	screen_go_to_decision(&pair.luis);
	pty_expect(&pair.luis, "de Ana");
	decide(&pair.luis, 1, "Dejarlo", NULL);
	pair_expect(&pair, "! Primera");
	pty_send(&pair.luis, "g");
	pair_expect(&pair, "plazo dicho: «de Ana»");
	pair_close(&pair, 5);
}

/* ---- each other */

static void what_the_other_does_is_marked_and_moves_nothing(void **state)
{
	struct pair pair;
	begin_at_leisure(&pair, state);
	pty_send(&pair.luis, "G");
	pty_expect_cursor_on(&pair.luis, "Segunda");
	pty_send(&pair.ana, "n");
	pty_expect(&pair.ana, "Acción nueva");
	pty_send(&pair.ana, TO_DUE TYPE("01/01/2023") BACK_FROM_DUE);
	pty_expect(&pair.ana, "01/01/2023");
	pty_expect_cursor_on(&pair.ana, "Qué");
	pty_send(&pair.ana, TYPE("Tercera"));
	pty_expect(&pair.ana, "Tercera");
	save(&pair.ana);
	pty_expect(&pair.luis, "• ana: Agrega la acción: Tercera");
	pty_expect(&pair.luis, "•! Tercera");
	pty_expect_cursor_on(&pair.luis, "Segunda");
	pair_close(&pair, 3);
}

static void each_is_seen_where_she_is_until_she_quits(void **state)
{
	struct pair pair;
	begin_without_screens(&pair, state);
	screen_open(&pair.ana, pair.home, "ana", WIDE);
	screen_wait_for_presence(&pair.ana, pair.home);
	open_one(&pair, &pair.luis, "luis");
	pty_send(&pair.luis, "w");
	pty_expect(&pair.luis, "Quién está aquí");
	pty_expect_cursor_on(&pair.luis, "ana");
	pty_expect_cursor_on(&pair.luis, "Compromisos");
	screen_close(&pair.ana);
	/* The next look is ten seconds away: test_people_screen waits for it as well. */
	if (getenv("MOUNTS"))
		pty_expect(&pair.luis, "Nadie más tiene abierta la base");
	screen_close(&pair.luis);
}

static void what_somebody_built_on_is_undone_after_his(void **state)
{
	struct pair pair;
	begin(&pair, state);
	write_into(&pair.ana, TO_DUE_TEXT, "uno");
	save(&pair.ana);
	pty_expect(&pair.luis, "«uno»");
	write_into(&pair.luis, TO_DUE_TEXT, "dos");
	save(&pair.luis);
	pty_expect(&pair.ana, "plazo dicho: «dos»");
	pty_send(&pair.ana, "u");
	pty_expect(&pair.ana, "luis cambió después lo mismo");
	pty_send(&pair.luis, "u");
	pty_expect(&pair.luis, "Deshecho: ");
	pair_expect(&pair, "plazo dicho: «uno»");
	pty_send(&pair.ana, "u");
	pty_expect(&pair.ana, "Deshecho: ");
	pty_expect_gone(&pair.luis, "plazo dicho: «uno»");
	pair_close(&pair, 6);
}

/* ---- disasters */

static void a_kill_in_a_form_loses_nothing_and_holds_nobody(void **state)
{
	struct pair pair;
	begin(&pair, state);
	write_into(&pair.luis, TO_DUE_TEXT, "a medio escribir");
	screen_kill(&pair.luis);
	write_into(&pair.ana, TO_DUE, "15/03/2024");
	save(&pair.ana);
	screen_open(&pair.luis, pair.home, "luis", WIDE);
	pty_expect(&pair.luis, "1 texto sin guardar");
	pty_send(&pair.luis, "4");
	pty_expect(&pair.luis, "15/03/2024");
	pty_expect_cursor_on(&pair.luis, "Primera");
	pty_send(&pair.luis, KEY_F2);
	pty_expect(&pair.luis, "Recuperar");
	pty_send(&pair.luis, "\r");
	pty_expect(&pair.luis, "a medio escribir");
	save(&pair.luis);
	pair_expect(&pair, "«a medio escribir»");
	pair_expect(&pair, "15/03/2024");
	pair_close(&pair, 4);
}

/* Only who was away for long is told what came of it. */
static void waits_since_yesterday(const struct home *home, const char *member)
{
	char *path = replica_path(home, member);
	sql_on(path, "UPDATE pending SET since = '2023-11-16T10:00:00Z'");
	free(path);
}

/* Ana's worker is the first to find it again. */
static void a_drive_that_leaves_under_both_is_told_when_it_is_back(void **state)
{
	struct pair pair;
	begin(&pair, state);
	drive_leaves(pair.home);
	write_into(&pair.ana, TO_DUE_TEXT, "de Ana");
	write_into(&pair.luis, TO_DUE_TEXT, "de Luis");
	save(&pair.ana);
	save(&pair.luis);
	pty_send(&pair.ana, "g");
	pty_expect(&pair.ana, "1 en cola desde ");
	pty_send(&pair.luis, "g");
	pty_expect(&pair.luis, "1 en cola desde ");
	waits_since_yesterday(pair.home, "ana");
	waits_since_yesterday(pair.home, "luis");
	pair_luis_goes_deaf(&pair);
	drive_returns(pair.home);
	pty_expect(&pair.ana, "1 cambio suyo publicado");
	pair_luis_hears_again(&pair);
	screen_go_to_decision(&pair.luis);
	pty_expect(&pair.luis, "de Ana");
	decide(&pair.luis, 1, "Tomar lo de ana (de Ana)", NULL);
	pair_expect(&pair, "«de Ana»");
	pty_send(&pair.luis, KEY_F5);
	pty_expect(&pair.luis, "Cuando volvió el disco");
	pty_expect(&pair.luis, "quedó lo de otros");
	pair_close(&pair, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(different_fields_are_merged_and_nobody_is_asked),
		WITH_MEMBERS(of_the_same_field_who_is_second_decides),
		WITH_MEMBERS(what_one_removes_and_another_edits_is_asked),
		WITH_MEMBERS(what_the_other_does_is_marked_and_moves_nothing),
		WITH_MEMBERS(each_is_seen_where_she_is_until_she_quits),
		WITH_MEMBERS(what_somebody_built_on_is_undone_after_his),
		WITH_MEMBERS(a_kill_in_a_form_loses_nothing_and_holds_nobody),
		WITH_MEMBERS(a_drive_that_leaves_under_both_is_told_when_it_is_back),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
