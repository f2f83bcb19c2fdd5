/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SIDE_FILE_H
#define NUCLEO_STORE_SIDE_FILE_H

#include "nucleo/store/connection.h"

/**
 * Private to src/store: a database of this program alone, kept beside those of
 * groups: the index of search, what a person has not saved yet (local.h).
 */
struct side_file {
	const char *application_id; /**< a number of its own, as text */
	const char *version;        /**< of its tables, as text: another number is another file */
	const char *settings;       /**< run at each opening: how it is written and read */
	const char *tables;         /**< what makes it */
	const char *names;          /**< of those tables, for IN () */
	const char *count;          /**< of those names, as text */
	int wait_ms;                /**< for another process that writes to it */
};

/**
 * Opens the file at `path`, made with its folders where missing; NULL: one in memory.
 * RC_INVALID when it is damaged, another file or has more in it than it should, RC_IO when it
 * cannot be read or made, RC_BUSY.
 */
enum rc side_file_open(const struct side_file *file, const char *path, struct store **opened,
		       struct error *err) ATTR_NODISCARD;
/** Whether what failed last did so because the file is damaged. */
bool side_file_is_damaged(const struct store *file);

#endif
