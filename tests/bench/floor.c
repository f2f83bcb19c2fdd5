/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor FILE: the least a screen on a database does. It opens the terminal and
 * the file, reads one row, paints, and waits for a key. What `nucleo` takes is
 * told as a multiple of this, so that machines can be compared.
 */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>

static int paint(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *stmt = NULL;
	int result = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_prepare_v2(db, "SELECT name FROM organization LIMIT 1", -1, &stmt,
					    NULL);
	if (result == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		for (int row = 0; row < LINES; row++)
			mvprintw(row, 0, "%3d %s", row, sqlite3_column_text(stmt, 0));
	refresh();
	getch();
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return result != SQLITE_OK;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: floor FILE\n", stderr);
		return 2;
	}
	setlocale(LC_ALL, "");
	if (!initscr())
		return 1;
	noecho();
	int status = paint(argv[1]);
	endwin();
	return status;
}
