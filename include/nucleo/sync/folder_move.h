/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_FOLDER_MOVE_H
#define NUCLEO_SYNC_FOLDER_MOVE_H

#include "nucleo/sync/drive.h"

/**
 * The folder of a log as one piece, to be put in the place of another: a folder never takes the
 * name of one that has something in it, on no file system and whatever a machine remembers of
 * the names there.
 */

/** Gives it another name beside. DONE: it has that one, by this call or an earlier one; ABSENT:
 *  there is none; TAKEN: there is another of that name; UNKNOWN. */
enum drive_result folder_move(const char *path, const char *other, struct error *err)
	ATTR_NODISCARD;

/** Removes the folder of a log that nobody ever used. What cannot be removed stays. */
void folder_discard(const char *path);

#endif
