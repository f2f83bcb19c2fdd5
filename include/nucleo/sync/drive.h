/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_DRIVE_H
#define NUCLEO_SYNC_DRIVE_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/**
 * The seam to the drive a group shares. Everything above knows only named
 * pieces of bytes; behind it lies a folder (sync/folder.h), or in the tests a
 * server that lies. Names are relative, with "/" between folders; "" is the
 * uppermost folder. A missing folder in that one is made when something is put into it.
 *
 * Any call may take minutes on a mount that hangs: only the worker process
 * calls them.
 */
struct drive {
	const struct drive_ops *ops;
	/** Called when a piece of something long is done: drive_moved(). NULL: nobody asks. */
	void (*moved)(void *context);
	void *moved_context;
};

/**
 * What is known after a call. A network drive can fail before the effect or
 * after it, when only the answer was lost, and says EIO, ESTALE, EINVAL or EPERM
 * for either: all of these are DRIVE_UNKNOWN, never "it failed". Whoever gets it
 * looks again later, and recognises her own bytes by the id in them.
 */
enum drive_result {
	DRIVE_DONE,
	DRIVE_ABSENT,  /**< there is no such name, as far as this machine can see */
	DRIVE_TAKEN,   /**< the name was not free; nothing was changed */
	DRIVE_UNKNOWN, /**< it may have happened or not; `err` has the reason, RC_BUSY */
};

/** Names in a folder, owned. */
typedef VECTOR(char *) drive_names;

void drive_names_release(drive_names *names);

struct drive_ops {
	/**
	 * Forgets what this machine remembers of the names in a folder. Without it a name asked
	 * for too early stays "absent" for 30 s and more on NFS. DONE, ABSENT, UNKNOWN.
	 */
	enum drive_result (*refresh)(struct drive *drive, const char *folder, struct error *err);

	/**
	 * Appends at most `limit` bytes from the beginning of a file to `out`, which is as it was
	 * unless DONE. DONE, ABSENT, UNKNOWN.
	 */
	enum drive_result (*read)(struct drive *drive, const char *name, size_t limit,
				  struct strbuf *out, struct error *err);

	/**
	 * Creates the name with these bytes only if it is free: of any number of machines one
	 * at most succeeds, and nobody ever reads a part of the bytes. They are on the server's
	 * disk before the name appears. DONE, TAKEN, UNKNOWN: a mere hint, for servers were seen
	 * telling several callers that each had won; drive_claim() looks at what is there.
	 */
	enum drive_result (*put_if_absent)(struct drive *drive, const char *name, const char *bytes,
					   size_t length, struct error *err);

	/**
	 * Makes these bytes the whole content of the name, whoever wrote it before; readers see
	 * the old ones or the new. For files that safety does not rest on. DONE, UNKNOWN.
	 */
	enum drive_result (*replace)(struct drive *drive, const char *name, const char *bytes,
				     size_t length, struct error *err);

	/** Appends the names in a folder, in no order, as they are on the server now; none of a
	 *  folder that is absent. DONE, ABSENT, UNKNOWN; `names` is then as it was. */
	enum drive_result (*list)(struct drive *drive, const char *folder, drive_names *names,
				  struct error *err);

	/** Removes a file that was written by replace(). DONE, ABSENT, UNKNOWN. */
	enum drive_result (*remove)(struct drive *drive, const char *name, struct error *err);

	/**
	 * Makes a file the whole content of the local file open at `fd`, piece by piece. While
	 * others replace it a machine may get the beginning of the old file and the end of the
	 * new one: whoever uses it checks it. DONE, ABSENT, UNKNOWN: the local file then holds
	 * anything, and the error is RC_IO when it is that one that cannot be written.
	 */
	enum drive_result (*fetch)(struct drive *drive, const char *name, int fd,
				   struct error *err);

	/** As replace(), with the whole content of the local file open at `fd`, piece by piece. */
	enum drive_result (*publish)(struct drive *drive, const char *name, int fd,
				     struct error *err);

	/**
	 * Moves a file to another name in the same folder, if that is free: of all who move
	 * something there one at most succeeds. DONE, ABSENT: there is no such file, TAKEN,
	 * UNKNOWN: a try that failed may leave the other name taken, by an empty file.
	 */
	enum drive_result (*set_aside)(struct drive *drive, const char *name, const char *other,
				       struct error *err);
};

/** Tells whoever asked that what takes long goes on. */
void drive_moved(const struct drive *drive);

/** The longest file that is fetched (4 GiB); hostile ones have no end. */
#define DRIVE_FILE_LIMIT ((int64_t)4 << 30)

/**
 * Puts the bytes at a free name and believes only what it then reads there.
 * DONE: these bytes are there, now or from an earlier try. TAKEN: other bytes
 * are. UNKNOWN: nothing can be read; try the same bytes at the same name again
 * later, and no other name before, for the call may still be under way.
 */
enum drive_result drive_claim(struct drive *drive, const char *name, const char *bytes,
			      size_t length, struct error *err) ATTR_NODISCARD;

#endif
