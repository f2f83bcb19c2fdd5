/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "ui/desk.h"

/*
 * Pictures of many records, on the databases of the desk and two more:
 *   charts.db  an invented group with a long past
 *   long.db    a plan of 300 commitments
 *   late.db    a plan that begins in November
 */
static const char past[] =
	"INSERT INTO organization (key, acronym, name, sector, sort) VALUES"
	" (1, 'ALFA', 'Asociación Alfa', 'civil_society', 'alfa'),"
	" (2, 'BETA', 'Universidad Beta', 'academia', 'beta'),"
	" (3, 'GAMA', 'Consejo Gama', 'public', 'gama'),"
	" (4, 'DELTA', 'Ministerio Delta', 'public', 'delta'),"
	" (5, 'EPSILON', NULL, 'private', 'epsilon'), (6, 'DSETA', NULL, 'public', 'dseta');"
	"INSERT INTO membership (key, organization, role, starts, ends) VALUES"
	" (1, 1, 'member', '2020-01-01', NULL), (2, 2, 'member', '2023-03-01', NULL),"
	" (3, 3, 'member', NULL, NULL), (4, 4, 'observer', NULL, NULL),"
	" (5, 5, 'member', '2020-01-01', '2022-12-31');"
	/* 30 meetings, one a month, the last in October 2023. */
	"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29)"
	" INSERT INTO meeting (key, number, date, status) SELECT 100 + i,"
	" printf('AM-%s-%02d', strftime('%Y', date('2021-05-10', i || ' months')),"
	" (i + 4) % 12 + 1), date('2021-05-10', i || ' months'), 'closed' FROM n;"
	"INSERT INTO agenda_item (key, meeting, rank, label, title, state)"
	" SELECT key + 1000, key, 1, '1', 'Avances', 'done' FROM meeting;"
	"INSERT INTO attendance (key, meeting, organization, capacity, status, mode)"
	" SELECT m.key * 10 + o.key, m.key, o.key, 'member',"
	" iif(o.key = 3 AND m.key % 7 = 3, 'excused', 'present'),"
	" iif((m.key + o.key) % 3 = 0, 'virtual', 'in_person')"
	" FROM meeting AS m, organization AS o WHERE (o.key = 1 AND m.key < 127)"
	" OR (o.key = 2 AND m.key >= 122 AND m.key % 4 <> 1) OR (o.key = 3 AND m.key % 5 <> 4)"
	" OR (o.key = 4 AND m.key % 6 = 0) OR (o.key = 5 AND m.key < 115);"
	"INSERT INTO plan (key, code, title, starts, ends) VALUES"
	" (1, 'plan1', 'Plan uno', '2021-01-01', '2022-12-31'),"
	" (2, 'plan2', 'Plan dos', '2023-01-01', '2024-12-31'), (3, 'plan3', NULL, NULL, NULL);"
	"INSERT INTO commitment (key, plan, code, title, sort) VALUES"
	" (1, 1, 'A1', 'Datos abiertos de compras', 'plan1/a000001'),"
	" (2, 2, 'B1', 'Portal de consultas ciudadanas', 'plan2/b000001'),"
	" (3, 2, 'B2', NULL, 'plan2/b000002'), (4, 3, 'D1', NULL, 'plan3/d000001');"
	"INSERT INTO milestone (key, commitment, number, title, starts, ends, original_ends) VALUES"
	" (1, 2, 1, 'Diagnóstico de las consultas hechas', '2023-01-01', '2023-04-30', NULL),"
	" (2, 2, 2, 'Versión de prueba', '2023-04-01', '2023-10-31', '2023-07-31'),"
	" (3, 2, 3, 'Publicación', '2023-09-01', '2024-03-31', NULL),"
	" (4, 2, 4, 'Evaluación', '2024-02-01', '2024-12-31', NULL),"
	" (5, 3, 1, 'Todavía sin acordar', NULL, NULL, NULL),"
	" (6, 3, 2, NULL, '2023-06-01', '2024-01-31', '2024-01-31'),"
	" (7, 1, 1, 'Catálogo', '2021-02-01', '2021-11-30', NULL);"
	"INSERT INTO progress (key, commitment, milestone, as_of, percent, reporter, meeting,"
	" agenda_item, note) VALUES"
	" (1, 2, 1, '2023-02-10', 50, NULL, 121, 1121, NULL),"
	" (2, 2, 1, '2023-05-10', 100, NULL, 124, 1124, NULL),"
	" (3, 2, 2, '2023-07-10', 40.5, NULL, 126, 1126, 'El proveedor se retrasó'),"
	" (4, 2, 2, '2023-10-10', 60, NULL, 129, 1129, NULL),"
	" (5, 2, 3, '2023-10-10', 10, NULL, 129, 1129, NULL),"
	" (6, 1, NULL, '2021-05-10', 10, 'entity', 100, 1100, NULL),"
	" (7, 1, NULL, '2021-05-10', 5, 'counterpart', 100, 1100, NULL),"
	" (8, 1, NULL, '2021-12-10', 70, 'entity', 107, 1107, 'Según la entidad'),"
	" (9, 1, NULL, '2021-12-10', 35, 'counterpart', 107, 1107, NULL),"
	" (10, 1, NULL, '2022-08-10', 100, 'entity', NULL, NULL, NULL),"
	" (11, 1, NULL, '2022-08-10', 60, 'counterpart', 115, 1115, NULL),"
	" (12, 1, NULL, '2022-09-10', NULL, 'group', 116, 1116, NULL),"
	" (13, 3, NULL, '2023-06-30', 30, NULL, NULL, NULL, NULL),"
	" (14, 3, 6, '2023-09-30', 20, 'counterpart', NULL, NULL, NULL),"
	" (15, 3, 6, '2023-09-30', 80, 'entity', NULL, NULL, NULL);"
	"INSERT INTO local_government (key, name, sort) VALUES (1, 'Cantón Uno', 'canton uno'),"
	" (2, 'Cantón Dos', 'canton dos');"
	"INSERT INTO indicator (key, name, organization) VALUES (1, 'Índice municipal', 3),"
	" (2, 'Saldo de cumplimiento', 3);"
	"INSERT INTO measurement (key, indicator, local_government, value, as_of, meeting,"
	" agenda_item) VALUES (1, 1, 1, 55.83, '2021-06-30', 102, 1102),"
	" (2, 1, 2, 71.5, '2021-06-30', 102, 1102), (3, 1, 1, 62, '2022-06-30', 114, 1114),"
	" (4, 1, 2, 69.25, '2022-06-30', 114, 1114), (5, 1, 1, 84.72, NULL, 129, 1129),"
	" (6, 2, NULL, -12.5, '2022-01-31', 109, 1109);";

static const char long_plan[] =
	"INSERT INTO plan (key, code, starts, ends) VALUES (1, 'largo', '2023-01-01', '2024-12-31');"
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
	" INSERT INTO commitment (key, plan, code, sort)"
	" SELECT i, 1, 'C' || i, printf('largo/c%06d', i) FROM n;"
	"INSERT INTO milestone (key, commitment, number, starts, ends)"
	" SELECT c.key * 10 + n.value, c.key, n.value, date('2023-01-01', n.value || ' months'),"
	" date('2023-03-31', n.value || ' months') FROM commitment AS c,"
	" json_each('[1,2,3]') AS n WHERE c.key % 4;";

/* It begins at the end of a year. */
static const char late_plan[] =
	"INSERT INTO plan (key, code) VALUES (1, 'viejo');"
	"INSERT INTO commitment (key, plan, code, sort) VALUES (1, 1, 'C1', 'viejo/c000001');"
	"INSERT INTO milestone (key, commitment, number, starts, ends) VALUES"
	" (1, 1, 1, '2019-11-01', '2020-03-31'), (2, 1, 2, '2021-01-01', '2022-06-30');";

/* A new database with these rows, put there as another tool would. */
static void make_database(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	store_close(desk_create_store(path));
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", path, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int make_databases(void **state)
{
	if (desk_make_folder(state) != 0)
		return -1;
	make_database("charts.db", past);
	make_database("long.db", long_plan);
	make_database("late.db", late_plan);
	return 0;
}

/* Of two years whose names would run into each other the whole one is named. */
static void a_year_that_only_ends_gives_way(void **state)
{
	(void)state;
	desk_expect("charts-timeline-late", "late.db", &window_usual, "t");
	desk_expect("charts-timeline-late", "late.db", &window_small, "t");
}

struct scene {
	const char *name, *database, *keys;
};

static void expect_all(const struct scene *scenes, size_t count, const struct window *window)
{
	for (size_t i = 0; i < count; i++)
		desk_expect(scenes[i].name, scenes[i].database, window, scenes[i].keys);
}

static void every_picture_at_every_size(void **state)
{
	static const struct scene scenes[] = {
		{"charts-matrix", "charts.db", "3 m"},
		{"charts-matrix-cell", "charts.db", "3 m Down Right Left"},
		{"charts-matrix-demo", "demo.db", "3 m Down Tab"},
		{"charts-timeline", "charts.db", "Down t Down Down"},
		{"charts-timeline-demo", "demo.db", "t"},
		{"charts-plot-milestones", "charts.db", "p Left"},
		{"charts-plot-reporters", "charts.db", "Down Down p Down Left"},
		{"charts-plot-places", "charts.db", "3 m Enter p Home Down"},
		{"charts-plot-demo", "demo.db", "Down Down Down Down Down p"},
	};
	(void)state;
	expect_all(scenes, ARRAY_COUNT(scenes), &window_usual);
	expect_all(scenes, ARRAY_COUNT(scenes), &window_small);
	expect_all(scenes, ARRAY_COUNT(scenes), &window_large);
}

static void where_keys_lead(void **state)
{
	static const struct scene scenes[] = {
		{"charts-matrix-oldest", "charts.db", "3 m Home"},
		{"charts-matrix-name-again", "charts.db", "3 m Home Left End Tab"},
		{"charts-matrix-meeting", "charts.db", "3 m Home Right Enter"},
		{"charts-matrix-institution", "charts.db", "3 m Down Down Enter"},
		{"charts-matrix-back", "charts.db", "3 m Down Right Enter Esc"},
		{"charts-matrix-resized", "charts.db", "3 m End Left Left size:40x10 size:30x8 size:80x24"},
		{"charts-matrix-copied", "charts.db", "3 m Right y"},
		{"charts-timeline-copied", "charts.db", "t Down Down y"},
		{"charts-plot-copied", "charts.db", "p y"},
		{"charts-timeline-wider", "charts.db", "t + + Right Right"},
		{"charts-timeline-narrower", "charts.db", "t + + Right - - -"},
		{"charts-timeline-first-plan", "charts.db", "t < <"},
		{"charts-timeline-undated", "charts.db", "t > >"},
		{"charts-timeline-opened", "charts.db", "t Down Down Down Enter"},
		{"charts-timeline-end", "charts.db", "Enter t End"},
		{"charts-timeline-help", "charts.db", "t ?"},
		{"charts-plot-source", "charts.db", "Down Down p Down Home Enter"},
		{"charts-plot-no-source", "charts.db", "Down Down p Enter"},
		{"charts-plot-other-indicator", "charts.db", "3 m Enter p PgDn"},
		{"charts-plot-nothing", "charts.db", "End p Left Enter"},
		{"charts-plot-no-indicator", "charts.db", "3 m Down Enter p"},
		{"charts-plot-both", "charts.db", "Down p"},
		{"charts-plot-left", "charts.db", "Down Down p Esc"},
	};
	(void)state;
	expect_all(scenes, ARRAY_COUNT(scenes), &window_usual);
}

static void the_mouse_does_what_keys_do(void **state)
{
	static const struct way ways[] = {
		/* names, cells, totals; headings of groups are nothing */
		{"3 m click:8,3", "3 m Down"},
		{"3 m dblclick:8,3", "3 m Down Enter"},
		{"3 m click:8,60", "3 m End Down"},
		{"3 m dblclick:8,57", "3 m End Down Left Enter"},
		{"3 m click:6,9", "3 m Right"},
		{"3 m Home click:6,9", "3 m Home"},
		{"3 m End Down click:6,66", "3 m"},
		{"3 m dblclick:5,3", "3 m"},
		{"3 m click:3,20", "3 m"},
		{"3 m click:16,20", "3 m"},
		{"3 m wheel-down:9,9", "3 m Down Down Down"},
		{"3 m End wheel-down:9,9 wheel-up:9,9", "3 m End Down Down Down Up Up Up"},
		/* commitments and milestones */
		{"Down t click:7,10", "Down t Home Down Down"},
		{"Down t dblclick:7,60", "Down t Home Down Down Enter"},
		{"Down t click:3,60", "Down t"},
		{"Down t Home wheel-down:9,9", "Down t Home Down Down Down"},
		{"t + click:7,10", "t + Home Down Down"},
		/* values: the nearest one; the wheel goes through time */
		{"Down Down p click:11,43", "Down Down p Down Left"},
		{"Down Down p click:12,41", "Down Down p Down Left"},
		{"Down Down p dblclick:11,43", "Down Down p Down Left Enter"},
		{"Down Down p click:5,77", "Down Down p"},
		{"Down Down p click:15,6", "Down Down p Down Home"},
		{"Down Down p Down click:3,10", "Down Down p Down"},
		{"Down Down p Down click:10,2", "Down Down p Down"},
		{"Down Down p wheel-up:9,9", "Down Down p Left"},
		{"Down Down p wheel-up:9,9 wheel-down:9,9", "Down Down p"},
		{"3 m Enter p click:7,39", "3 m Enter p Down"},
		{"End p click:9,9", "End p"},
	};
	(void)state;
	desk_expect_same("charts.db", ways, ARRAY_COUNT(ways));
}

/* Where one was is found as one left it: cursor, scroll, zoom, plan and indicator. */
static void back_and_forward(void **state)
{
	static const struct way ways[] = {
		{"3 m End Down Down Left Enter [", "3 m End Down Down Left"},
		{"3 m Home Right Down Enter 4 [ [", "3 m Home Right Down"},
		{"3 m Home Down Tab 1 [", "3 m Home Down Tab"},
		{"3 m Down Enter [ ]", "3 m Down Enter"},
		{"t + + Right Down Down Enter [", "t + + Right Down Down"},
		{"t > 4 [", "t >"},
		{"t + Right [ ]", "t + Right"},
		{"Down Down p Down Home Enter [", "Down Down p Down Home"},
		{"Down Down p Down Home Enter [ ]", "Down Down p Down Home Enter"},
		{"3 m Enter p PgDn 2 [", "3 m Enter p PgDn"},
		{"3 m Enter p Down Home Enter [ [ ]", "3 m Enter p Down Home"},
		{"3 m End Enter Esc", "3 m End"},
	};
	(void)state;
	desk_expect_same("charts.db", ways, ARRAY_COUNT(ways));
}

static void nothing_yet(void **state)
{
	static const struct scene scenes[] = {
		{"charts-matrix-empty", "empty.db", "3 m Down Right Home Enter"},
		{"charts-timeline-without-rows", "empty.db", "t"},
	};
	(void)state;
	expect_all(scenes, ARRAY_COUNT(scenes), &window_usual);
}

static void plain_glyphs(void **state)
{
	static const struct scene scenes[] = {
		{"charts-plain-matrix", "charts.db", "3 m Down Right"},
		{"charts-plain-timeline", "charts.db", "t"},
		{"charts-plain-plot", "charts.db", "p"},
		{"charts-plain-reporters", "charts.db", "Down Down p"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++)
		desk_expect_plain(scenes[i].name, scenes[i].database, scenes[i].keys);
}

/* What is selected, late or missing is lit too, and never only that. */
static void styles(void **state)
{
	static const struct scene scenes[] = {
		{"charts-styles-matrix", "charts.db", "3 m Down Right"},
		{"charts-styles-timeline", "charts.db", "t"},
		{"charts-styles-plot", "charts.db", "Down Down p"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scenes); i++) {
		struct desk desk;
		struct term_script script;
		struct strbuf dump;
		strbuf_init(&dump);
		desk_open(&desk, scenes[i].database, false);
		struct ui_setup setup = desk_setup(&desk);
		term_script_init(&script, window_usual.rows, window_usual.columns, scenes[i].keys);
		screen_play(&script, &setup);
		canvas_dump_styles(&script.shown, &dump);
		screen_expect_text(scenes[i].name, dump.data);
		strbuf_release(&dump);
		term_script_release(&script);
		desk_close(&desk);
	}
}

/* Up and down through pages of both lists, every row is met once, in one order. */
static void a_long_timeline_scrolls_both_ways(void **state)
{
	static const struct scene scenes[] = {
		{"charts-timeline-long", "long.db",
		 "t PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn"},
		{"charts-timeline-long-end", "long.db", "t End"},
		{"charts-timeline-long-back", "long.db",
		 "t End PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp"},
		{"charts-timeline-long-in-sight", "long.db", "PgDn PgDn PgDn PgDn PgDn PgDn t Up"},
	};
	(void)state;
	expect_all(scenes, ARRAY_COUNT(scenes), &window_usual);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_year_that_only_ends_gives_way),
		cmocka_unit_test(every_picture_at_every_size),
		cmocka_unit_test(where_keys_lead),
		cmocka_unit_test(the_mouse_does_what_keys_do),
		cmocka_unit_test(back_and_forward),
		cmocka_unit_test(nothing_yet),
		cmocka_unit_test(plain_glyphs),
		cmocka_unit_test(styles),
		cmocka_unit_test(a_long_timeline_scrolls_both_ways),
	};
	return cmocka_run_group_tests(tests, make_databases, desk_remove_folder);
}
