/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two persons who write down one meeting and change the same line of its record. With $MOUNTS each
 * has a mount of her own, as on two machines (tests/sync/mounts.sh). */
#include "ui/scribes.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/base/memory.h"

/* As a terminal sends what is pasted, over what the field had. */
#define TYPE(text) "\025\033[200~" text "\033[201~"

/* One line, which both have selected in the record. */
static void begin_with_line(struct pair *pair, void **state, const char *line)
{
	scribes_begin(pair, state);
	scribe_write(&pair->ana, line);
	pty_expect(&pair->luis, "anota ana");
	pty_send(&pair->ana, KEY_BACK_TAB);
	pty_send(&pair->luis, KEY_BACK_TAB);
	pty_expect_cursor_on(&pair->ana, "FCD  ");
	pty_expect_cursor_on(&pair->luis, "FCD  ");
}

/* Into the text of the selected line, without saving. */
static void rewrite(struct pty_session *screen, const char *text)
{
	char keys[200];
	snprintf(keys, sizeof(keys), "\t\t\t\r" TYPE("%s"), text);
	pty_send(screen, KEY_F2);
	pty_expect(screen, "Editar " MEETING);
	pty_send(screen, keys);
	pty_expect(screen, text);
}

static void save(struct pty_session *screen)
{
	pty_send(screen, KEY_F2);
	pty_expect(screen, "Guardado: ");
}

static void of_the_same_line_who_is_second_decides(void **state)
{
	static const struct {
		const char *words;
		bool is_written;
		const char *left;
	} outcomes[] = {
		{"Quedarme con lo mío (de Luis 0)", false, "FCD      de Luis 0"},
		{"Tomar lo de ana (de Ana 1)", false, "FCD      de Ana 1"},
		{"Los dos", false, "FCD      de Ana 2 / de Luis 2"},
		{"Escribir otro", true, "FCD      de acuerdo"},
	};
	struct pair pair;
	begin_with_line(&pair, state, "FCD: primera versión");
	for (int i = 0; i < (int)ARRAY_COUNT(outcomes); i++) {
		char hers[20], his[20];
		snprintf(hers, sizeof(hers), "de Ana %d", i);
		snprintf(his, sizeof(his), "de Luis %d", i);
		rewrite(&pair.ana, hers);
		rewrite(&pair.luis, his);
		pair_luis_goes_deaf(&pair);
		save(&pair.ana);
		save(&pair.luis);
		pair_luis_hears_again(&pair);
		screen_go_to_decision(&pair.luis);
		pty_expect(&pair.luis, hers);
		pty_expect(&pair.luis, his);
		pty_expect(&pair.luis, "ana, ");
		screen_choose(&pair.luis, i, outcomes[i].words);
		if (outcomes[i].is_written) {
			pty_expect(&pair.luis, "› Escribir otro");
			pty_expect_cursor_on(&pair.luis, "de Luis 3");
			pty_send(&pair.luis, "\r" TYPE("de acuerdo") KEY_F2);
			pty_expect(&pair.luis, "Todo está decidido");
			pty_send(&pair.luis, KEY_DOWN "\r");
		}
		screen_apply_choice(&pair.luis);
		pty_send(&pair.luis, "5");
		pair_expect(&pair, outcomes[i].left);
	}
	pair_close(&pair, BEGINNING + 8);
}

/* Ana moves it to the last item while he rewrites it. */
static void move_beside_rewriting(struct pair *pair)
{
	rewrite(&pair->luis, "una mitad y otra mitad");
	pair_luis_goes_deaf(pair);
	pty_send(&pair->ana, "m");
	pty_expect(&pair->ana, "Mover al punto");
	pty_send(&pair->ana, KEY_DOWN "\r");
	pty_expect(&pair->ana, "pasa a punto 3");
	save(&pair->luis);
	pair_luis_hears_again(pair);
}

/* In the record of the last item. */
static void go_to_last_item(struct pty_session *screen)
{
	pty_send(screen, KEY_BACK_TAB KEY_END "\t");
	pty_expect_cursor_on(screen, "una mitad y otra mitad");
}

static void divide_behind(struct pty_session *screen, const char *first)
{
	pty_send(screen, "d");
	pty_expect(screen, "Dividir");
	pty_send(screen, "\r\001");
	for (size_t i = 0; i < strlen(first); i++)
		pty_send(screen, KEY_RIGHT);
	pty_send(screen, "\r" KEY_F2);
	pty_expect(screen, "se parte");
}

static void divide_beside_rewriting(struct pair *pair)
{
	rewrite(&pair->luis, "de Luis");
	pair_luis_goes_deaf(pair);
	divide_behind(&pair->ana, "una mitad");
	save(&pair->luis);
	pair_luis_hears_again(pair);
	screen_go_to_decision(&pair->luis);
	pty_expect(&pair->luis, "de Luis");
	pty_expect(&pair->luis, "una mitad");
	screen_choose(&pair->luis, 0, "Quedarme con lo mío (de Luis)");
	screen_apply_choice(&pair->luis);
	pty_send(&pair->luis, "5");
	pair_expect(pair, "FCD      de Luis");
	pair_expect(pair, "FCD      y otra mitad");
}

static void what_one_moves_or_divides_another_rewrites(void **state)
{
	struct pair pair;
	begin_with_line(&pair, state, "FCD: primera versión");
	move_beside_rewriting(&pair);
	go_to_last_item(&pair.ana);
	go_to_last_item(&pair.luis);
	pair_expect_nothing_asked(&pair);
	divide_beside_rewriting(&pair);
	pair_close(&pair, BEGINNING + 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(of_the_same_line_who_is_second_decides),
		WITH_MEMBERS(what_one_moves_or_divides_another_rewrites),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
