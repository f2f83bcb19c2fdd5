/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a group settles for its meetings, through the command. */
#include "store/cli_test.h"

#include <stdlib.h>
#include <string.h>

static void begin(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society");
}

static void assert_last_words(struct home *home, const char *expected)
{
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].words", expected);
}

static void all_have_defaults(void **state)
{
	struct home *home = *state;
	begin(home);
	EXPECT(home, 0, "setting");
	assert_out(home, "quorum  no se exige  (por omisión)\n");
	assert_out(home, "vote_rule  por consenso  (por omisión)\n");
	assert_out(home, "stuck_meetings  2  (por omisión)\n");
	assert_out(home, "standing_items  Bienvenida y aprobación del orden del día; "
			 "Estado de los compromisos; Varios  (por omisión)\n");
	EXPECT(home, 0, "ajustes", "--json");
	assert_json(home, "$[0].value", "null");
	assert_json(home, "$[0].default", "1");
	assert_json(home, "$[2].value", "2");
	assert_json(home, "$[3].value[2]", "Varios");
	assert_json(home, "$[3].label", "puntos fijos");
}

static void one_is_changed_and_brought_back(void **state)
{
	struct home *home = *state;
	begin(home);
	EXPECT(home, 0, "setting", "quorum=1/2+1 osc:1");
	assert_out(home, "quorum  mayoría OSC:1\n");
	assert_last_words(home, "Ajuste «quórum»: no se exige -> mayoría OSC:1");
	EXPECT(home, 0, "ajuste", "Quórum", "--json");
	assert_json(home, "$.name", "quorum");
	assert_json(home, "$.value", "mayoría OSC:1");
	assert_json(home, "$.default", "0");
	EXPECT(home, 0, "setting", "quorum=osc:1 MAYORIA");
	assert_err(home, "ya estaba así");
	EXPECT(home, 0, "setting", "quorum=");
	assert_out(home, "no se exige  (por omisión)");
	assert_last_words(home, "Ajuste «quórum»: mayoría OSC:1 -> no se exige");
	EXPECT(home, 0, "setting", "vote_rule=Dos tercios", "--json");
	assert_json(home, "$.value", "two_thirds");
	assert_last_words(home, "Ajuste «regla de votación»: por consenso -> dos tercios");
	EXPECT(home, 0, "setting", "standing_items=Bienvenida;  Lectura\tdel acta ;;Varios");
	assert_out(home, "Bienvenida; Lectura del acta; Varios");
	EXPECT(home, 0, "setting", "stuck_meetings=20");
	EXPECT(home, 0, "setting", "stuck_meetings=2");
	assert_out(home, "stuck_meetings  2  (por omisión)\n");
}

static void undoing_brings_it_back_by_name(void **state)
{
	struct home *home = *state;
	begin(home);
	EXPECT(home, 0, "setting", "vote_rule=two_thirds");
	EXPECT(home, 0, "setting", "vote_rule=four_fifths");
	EXPECT(home, 0, "show", "history", "3");
	assert_out(home, "ajuste regla de votación");
	assert_out(home, "dos tercios -> cuatro quintos");
	EXPECT(home, 0, "undo");
	assert_out(home, "Ajuste «regla de votación»: dos tercios -> cuatro quintos");
	EXPECT(home, 0, "setting", "vote_rule", "--json");
	assert_json(home, "$.value", "two_thirds");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "setting", "vote_rule", "--json");
	assert_json(home, "$.default", "1");
	EXPECT(home, 0, "show", "history", "2");
	assert_out(home, "ajuste regla de votación");
	EXPECT(home, 0, "redo");
	EXPECT(home, 0, "redo");
	EXPECT(home, 0, "setting", "vote_rule", "--json");
	assert_json(home, "$.value", "four_fifths");
}

static void what_makes_no_sense_is_refused(void **state)
{
	static const struct {
		int status;
		const char *word, *says;
	} rows[] = {
		{2, "quorun", "¿quiso decir «quorum»?"},
		{2, "nada", "hay: quorum, vote_rule, stuck_meetings, standing_items"},
		{1, "quorum=muchos", "quorum: La regla de quórum no se entiende en «muchos»"},
		{1, "vote_rule=casi", "«casi» no es ninguna regla de votación"},
		{1, "stuck_meetings=0", "de 1 a 20"},
		{1, "stuck_meetings=21", "de 1 a 20"},
		{1, "stuck_meetings=2,5", "de 1 a 20"},
		{1, "standing_items=1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;"
		    "24;25;26;27;28;29;30;31",
		 "caben 30"},
	};
	struct home *home = *state;
	begin(home);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		EXPECT(home, rows[i].status, "setting", rows[i].word);
		assert_err(home, rows[i].says);
	}
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].number", "1");
}

/* Looking is not writing. */
static void read_only_shows_and_does_not_change(void **state)
{
	struct home *home = *state;
	begin(home);
	EXPECT(home, 0, "setting", "--read-only");
	EXPECT(home, 0, "setting", "quorum", "--read-only");
	EXPECT(home, 1, "setting", "quorum=9", "--read-only");
	EXPECT(home, 0, "setting", "quorum", "--json");
	assert_json(home, "$.default", "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(all_have_defaults),
		IN_A_HOME(one_is_changed_and_brought_back),
		IN_A_HOME(undoing_brings_it_back_by_name),
		IN_A_HOME(what_makes_no_sense_is_refused),
		IN_A_HOME(read_only_shows_and_does_not_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
