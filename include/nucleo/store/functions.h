/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_FUNCTIONS_H
#define NUCLEO_STORE_FUNCTIONS_H

/**
 * Private to src/store: the functions our queries call from SQL. For queries
 * only: the schema must open in any SQLite, so nothing in it may name them.
 */
struct sqlite3;

/** What `:attendance` is bound to: a struct attendance_table (see query_bind_pointer()). */
#define ATTENDANCE_POINTER "attendance"
/** What `:undone` is bound to: a struct undone_table. */
#define UNDONE_POINTER "undone"

/** Adds them to a connection; returns a result code of SQLite. */
int functions_register(struct sqlite3 *db);

#endif
