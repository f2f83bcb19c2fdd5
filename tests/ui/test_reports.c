/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a commitment whose milestones were reported, by reporters who do not agree. */
#include "store/csv_test.h"

#include <stdlib.h>

#include "nucleo/views/session.h"
#include "ui/screen_test.h"

static void steady_status(void *context, struct strbuf *out)
{
	(void)context;
	strbuf_adds(out, "guardado 10h00:00 · FCD");
}

static void expect(const char *name, int rows, int columns, const char *keys)
{
	struct config config;
	struct session session = {.config = &config};
	struct ui_setup setup = {
		.screens = main_screens,
		.screen_count = main_screen_count,
		.context = &session,
		.changed = session_changed,
		.status = steady_status,
	};
	config_init(&config);
	session.workplace.store = test_open("a.db");
	screen_expect(name, rows, columns, keys, &setup);
	session_release(&session);
	config_release(&config);
}

static int make_reports(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	struct store *store = test_create("a.db");
	csv_outcome_of(store, RECORD_MILESTONE, "paga7_hoja.csv", csv_milestones);
	csv_outcome_of(store, RECORD_PROGRESS, "paga7_hoja.csv", csv_progress);
	store_close(store);
	return 0;
}

static void who_says_what(void **state)
{
	(void)state;
	expect("reports-commitment-80x24", 24, 80, "Enter");
	expect("reports-commitment-end-80x24", 24, 80, "Enter End");
	expect("reports-commitment-40x10", 10, 40, "Enter PgDn");
	expect("reports-commitment-agreed-200x50", 50, 200, "Down Enter");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_says_what, make_reports, folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
