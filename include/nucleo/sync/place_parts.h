/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_PLACE_PARTS_H
#define NUCLEO_SYNC_PLACE_PARTS_H

#include <limits.h>
#include <stdbool.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/sync/place.h"

/** Private to src/sync: how a place is recognised. */

/** A mount, as /proc/self/mountinfo tells of it. */
struct mount {
	char point[PATH_MAX];
	char type[64];
	char source[256]; /**< cut when longer */
	/** Of this mount and of the file system, apart by commas; cut when longer. */
	char options[1024];
};

/** The mount that an absolute path without links lies on; false when the text names none. */
bool mount_find(struct mount *mount, const char *mountinfo, const char *path) ATTR_NODISCARD;

/** Appends those of the options of a mount that say how files behave: no names of persons, no
 *  addresses, and nothing that is so on every mount. */
void place_add_options(struct strbuf *out, const char *options);

/** What a file system of this type is; `source` tells those apart that have one type. */
struct place place_of_type(const char *type, const char *source);

/** The sync program that leaves such a name in its folders; NULL: none. */
struct place_mark {
	const char *start, *end; /**< how the name begins and ends */
	const char *program;	 /**< borrowed, the name of the program */
	bool is_file;		 /**< only as a file: a folder so named is something else */
};
const struct place_mark *place_mark_of(const char *name);

/** Whether a name among the log's files is that of a copy which a sync program made because two
 *  machines had written it. */
bool place_is_conflict_copy(const char *name);

#endif
