/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_FOLDER_PARTS_H
#define NUCLEO_SYNC_FOLDER_PARTS_H

#include <stdbool.h>
#include <sys/types.h>

#include "nucleo/sync/folder.h"

/** Private to src/sync: the parts of the folder. */

/** How a name is put if absent. */
enum folder_primitive {
	FOLDER_UNTESTED,
	FOLDER_LINK,   /**< a file, given its name by link() */
	FOLDER_RENAME, /**< a folder with the bytes in it, given its name by rename() */
};

/** A temporary that lies ready, empty and open. */
struct folder_spare {
	char *name; /**< owned; NULL: there is none */
	int fd;
	mode_t bits; /**< those of the folder, when it was made */
};

struct folder {
	struct drive drive;
	char *path;
	char *temporary_folder; /**< name of where the temporaries lie */
	bool is_known; /**< the folder was there once */
	enum folder_primitive primitive;
	drive_names temporaries; /**< names this process made, to be removed by folder_tidy() */
	struct folder_spare spare;
};

/** Where the temporaries lie, in the log's folder. */
#define FOLDER_TEMPORARIES "tmp"
/** The file with the bytes, in a folder that was renamed onto a name. */
#define FOLDER_BYTES "bytes"

struct folder *folder_of(struct drive *drive);
/** Owned path of the folder that a path lies in; "." when it names none. */
char *folder_parent(const char *path) ATTR_NODISCARD;
/** Owned path of a name. */
char *folder_locate(const struct folder *folder, const char *name) ATTR_NODISCARD;
/** Owned name in the folder of temporaries that nobody else has. */
char *folder_temporary_name(const struct folder *folder) ATTR_NODISCARD;
/** The same, of one that folder_tidy() is to remove; borrowed from `folder`. */
const char *folder_temporary(struct folder *folder);
/** DRIVE_UNKNOWN, with what could not be done to the name for this errno. */
enum drive_result folder_failed(const char *name, int failure, struct error *err);
/** As folder_failed(), or DRIVE_ABSENT when the errno says that there is nothing. */
enum drive_result folder_not_there(const char *name, int failure, struct error *err);

/** What a file is to hold. */
struct folder_content {
	const char *bytes; /**< NULL: all that the local file open at `fd` holds */
	size_t length;
	int fd;
};

/** Writes the content into the one that lies ready, and forces it to the disk; its name, borrowed
 *  from `folder`, or NULL: another one is to be made. There is none ready after. */
const char *folder_fill_spare(struct folder *folder, const struct folder_content *content)
	ATTR_NODISCARD;
/** Leaves it to be tidied up, if there is one. */
void folder_give_up_spare(struct folder *folder);
/** The permission bits of files that are made. */
mode_t folder_file_bits(const struct folder *folder);

/** These give 0 or an errno. */

/** Opens the regular file that holds the bytes of a name. */
int folder_open_name(const struct folder *folder, const char *name, int *fd) ATTR_NODISCARD;

/** Makes the folder itself, if it was not there once; nothing when it is there. */
int folder_found(struct folder *folder) ATTR_NODISCARD;
/** Makes a folder in one that is there; nothing when it is there itself. */
int folder_ensure(struct folder *folder, const char *name) ATTR_NODISCARD;
/** Puts the content at a free name in the given way. */
int folder_put(struct folder *folder, enum folder_primitive primitive, const char *name,
	       const struct folder_content *content) ATTR_NODISCARD;
/** Makes it the whole content of a name. */
int folder_overwrite(struct folder *folder, const char *name, const struct folder_content *content)
	ATTR_NODISCARD;
/** Makes a file at a free path, with those bits, and opens it for writing. */
int folder_create(const struct folder *folder, const char *path, int *fd) ATTR_NODISCARD;
/** Writes all of the bytes where the file stands. */
int folder_write(int fd, const char *bytes, size_t length) ATTR_NODISCARD;
/** Writes all of the content there, and forces it to the disk. */
int folder_write_and_sync(int fd, const struct folder_content *content) ATTR_NODISCARD;

/** Whether such an errno says that the name was not free. */
bool folder_is_taken(int failure);
/** Forces to the disk what the folder that a path lies in says of it. */
void folder_sync_parent(const char *path);

/** Calls of the seam, see drive.h. */
enum drive_result folder_fetch(struct drive *drive, const char *name, int fd, struct error *err);
enum drive_result folder_set_aside(struct drive *drive, const char *name, const char *other,
				   struct error *err);

#endif
