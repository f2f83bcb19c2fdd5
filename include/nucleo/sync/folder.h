/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_FOLDER_H
#define NUCLEO_SYNC_FOLDER_H

#include <stdbool.h>

#include "nucleo/sync/drive.h"

/**
 * A drive that is a folder of a file system, most often a network mount. A name
 * is put if absent by writing a temporary, forcing it to the disk, and giving it
 * its name with link(); where there is no link(), by renaming a folder that holds
 * the bytes. Those two alone gave one winner on every NFS, SMB and sshfs mount
 * tried; renaming a file, with RENAME_NOREPLACE or without, told several callers
 * that they had won.
 *
 * What is made takes the permission bits of the folder, whatever the umask, so
 * that colleagues can go on where one began. Temporaries lie in "tmp" and stay
 * until folder_tidy(): on SMB a name just linked cannot be read by the machine
 * that made it while its temporary goes, and removing that may take half a minute.
 */

/** The drive in the folder at `path`. Touches nothing yet. */
struct drive *folder_open(const char *path) ATTR_NODISCARD;

/** The drive in the folder that the log's folder lies in, for the files people see there. Its
 *  temporaries lie in the log's folder all the same, which has to be there to write. Touches
 *  nothing yet. */
struct drive *folder_open_beside(const char *log_path) ATTR_NODISCARD;

void folder_close(struct drive *drive);

/**
 * Makes the folder if its parent is there and it was not there before; nothing
 * else does, for where a drive is not mounted nothing must be left. Then, whether
 * names can be put if absent here, tried on temporaries: giving a name that is
 * there must fail. Decides between link() and folders, once; putting does it by
 * itself when it was not done before. RC_REFUSED when the folder cannot be written
 * or breaks the promise: it is to be used read-only, for the reason given; RC_BUSY
 * when the drive does not say.
 */
enum rc folder_self_test(struct drive *drive, struct error *err) ATTR_NODISCARD;

/**
 * Makes the temporary of the next put ahead, for a moment when nobody waits: that put
 * then takes a third fewer round trips. Nothing rests on it.
 */
void folder_prepare(struct drive *drive);

/** What the self-test chose, as a word to keep for the next time; NULL: not tested. */
const char *folder_primitive(const struct drive *drive);
/** Takes such a word for the outcome of a self-test made before, when the folder was there; false
 *  when it means nothing. */
bool folder_set_primitive(struct drive *drive, const char *word);

/**
 * Removes the temporaries of this drive that are of no use any more, and those that
 * programs which ended badly left more than a day ago by the clock of the server. May take
 * half a minute on SMB: for idle moments. What cannot be removed is left for next time.
 */
void folder_tidy(struct drive *drive);
/** Removes the temporaries of this drive alone, also the one that lies ready: for the end. */
void folder_tidy_own(struct drive *drive);

/** By how many seconds the clock of this machine is ahead of the server's, from the time a file has
 *  that is written for this; false when that is not known. */
bool folder_clock_ahead(struct drive *drive, int64_t *seconds);

#endif
