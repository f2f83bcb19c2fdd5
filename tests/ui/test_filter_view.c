/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "ui/desk.h"

/* Filters kept under a name go to a configuration folder of our own. */
static char config_folder[] = "/tmp/nucleo-filters-XXXXXX";

static int make_folders(void **state)
{
	assert_non_null(mkdtemp(config_folder));
	setenv("XDG_CONFIG_HOME", config_folder, 1);
	return desk_make_folder(state);
}

static void forget_saved(void)
{
	char *path = file_config_path("filters");
	unlink(path);
	free(path);
}

static int remove_folders(void **state)
{
	char *path = file_config_path("");
	forget_saved();
	rmdir(path);
	rmdir(config_folder);
	free(path);
	return desk_remove_folder(state);
}

static void expect_sizes(const char *name, const char *keys)
{
	desk_expect(name, "rich.db", &window_usual, keys);
	desk_expect(name, "rich.db", &window_small, keys);
	desk_expect(name, "rich.db", &window_large, keys);
}

static void the_language_works_on_the_screen(void **state)
{
	(void)state;
	expect_sizes("filter-empty", "4 /");
	expect_sizes("filter-language", "4 / type:vencidas_-resp:CNE_desde:2024 Enter");
	desk_expect("filter-phrase", "rich.db", &window_usual, "4 / type:\"datos_abiertos\"");
	desk_expect("filter-commitments", "rich.db", &window_usual,
		    "1 / type:atrás_avance:20..40_sector:público Enter");
}

/* Half typed, it means nothing yet: the rows stay and the line says what is wrong and where. */
static void what_means_nothing_is_pointed_at(void **state)
{
	(void)state;
	expect_sizes("filter-fault", "4 / type:resp:FCD_estado:volando");
	desk_expect("filter-fault-refused", "rich.db", &window_usual,
		    "4 / type:resp:FCD_color:rojo Enter");
}

static void tab_completes(void **state)
{
	(void)state;
	desk_expect("filter-complete-one", "rich.db", &window_usual, "4 / type:respo Tab");
	desk_expect("filter-complete-code", "rich.db", &window_usual, "4 / type:resp:FU Tab");
	desk_expect("filter-complete-value", "rich.db", &window_usual,
		    "4 / type:estado:en Tab Enter");
	expect_sizes("filter-complete-many", "4 / type:p Tab");
	desk_expect("filter-complete-nothing", "rich.db", &window_usual, "4 / type:zzz Tab");
	desk_expect("filter-complete-middle", "rich.db", &window_usual,
		    "4 / type:venci_hola Ctrl-A Right Right Right Right Right Tab");
}

static void any_column_sorts(void **state)
{
	(void)state;
	expect_sizes("sort-menu", "4 o");
	expect_sizes("sort-due", "4 o type:vence Enter");
	desk_expect("sort-due-again", "rich.db", &window_usual,
		    "4 o type:vence Enter o type:vence Enter");
	desk_expect("sort-reversed", "rich.db", &window_usual, "1 o type:avance Enter O");
	desk_expect("sort-with-filter", "rich.db", &window_usual,
		    "1 / type:atrás Enter o type:título Enter");
	desk_expect("sort-own-again", "rich.db", &window_usual,
		    "1 o type:avance Enter o type:siempre Enter");
	desk_expect("sort-back", "rich.db", &window_usual, "1 o type:avance Enter Esc");
	desk_expect("sort-nothing-to-reverse", "rich.db", &window_usual, "2 O");
}

static void filters_are_kept_used_and_deleted(void **state)
{
	(void)state;
	forget_saved();
	desk_expect("saved-none", "rich.db", &window_usual, "4 f");
	desk_expect("saved-bad-name", "rich.db", &window_usual,
		    "4 / type:vencidas Enter f Enter type:a_b Enter");
	desk_expect("saved-kept", "rich.db", &window_usual,
		    "4 / type:vencidas Enter f Enter type:urgentes Enter");
	expect_sizes("saved-menu", "4 / type:hecho Enter f");
	desk_expect("saved-used", "rich.db", &window_usual, "4 f type:urg Enter");
	desk_expect("saved-typed", "rich.db", &window_usual, "4 / type:@urg Tab Enter");
	desk_expect("saved-unknown", "rich.db", &window_usual, "4 / type:@nadie Enter");
	desk_expect("saved-elsewhere", "rich.db", &window_usual, "1 f");
	desk_expect("saved-deleted", "rich.db", &window_usual, "4 f type:borrar Enter");
	desk_expect("saved-none", "rich.db", &window_usual, "4 f");
}

static void plain_glyphs(void **state)
{
	(void)state;
	desk_expect_plain("filter-plain", "rich.db", "4 / type:resp:FCD_estado:volando Enter");
	desk_expect_plain("sort-plain", "rich.db", "4 o type:vence Enter o");
	desk_expect_plain("saved-plain", "rich.db", "4 / type:hecho Enter f");
}

/* Letters typed faster than frames are drawn, then a key that needs the rows they ask for. */
static void keys_typed_fast_see_the_filtered_rows(void **state)
{
	(void)state;
	desk_expect("filter-fast", "rich.db", &window_usual, "4 batch / type:calendario Enter Enter");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_language_works_on_the_screen),
		cmocka_unit_test(what_means_nothing_is_pointed_at),
		cmocka_unit_test(tab_completes),
		cmocka_unit_test(any_column_sorts),
		cmocka_unit_test(filters_are_kept_used_and_deleted),
		cmocka_unit_test(plain_glyphs),
		cmocka_unit_test(keys_typed_fast_see_the_filtered_rows),
	};
	return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
