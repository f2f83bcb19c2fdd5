/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_FILE_H
#define NUCLEO_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/**
 * Appends the whole of a regular file of at most `limit` bytes to `out`.
 * RC_NOT_FOUND when it is missing, RC_INVALID when it is no regular file or
 * larger than `limit`, RC_IO when reading fails; `out` is then as it was.
 */
enum rc file_read(const char *path, size_t limit, struct strbuf *out, struct error *err)
	ATTR_NODISCARD;

/** Makes `bytes` the whole content of the file, mode 0600 where new; after a crash it has either
 *  the old bytes or the new ones. RC_IO. */
enum rc file_replace(const char *path, const char *bytes, size_t length, struct error *err)
	ATTR_NODISCARD;

/** Writes a file that is to be handed on: with the permissions the user gives new
 *  files, and whole or not at all. RC_REFUSED when the name is taken; with `replaces`
 *  only when no regular file has it (a link to one stays a link). RC_IO; nothing stays of a
 *  failure. */
enum rc file_deliver(const char *path, const struct strbuf *bytes, bool replaces,
		     struct error *err) ATTR_NODISCARD;

/** Copies a regular file of at most `limit` bytes to a free path, mode 0600, piece by piece.
 *  RC_REFUSED when the path is taken; else as file_read(). Nothing stays of a failure. */
enum rc file_copy(const char *path, const char *other, int64_t limit, struct error *err)
	ATTR_NODISCARD;

/** Makes the folder `path` lies in, and those above it, mode 0700 where new. */
enum rc file_make_parent(const char *path, struct error *err) ATTR_NODISCARD;

/** Owned: the path, where "~/" at its beginning is the user's home, as a shell would have it. */
char *file_expand_home(const char *path) ATTR_NODISCARD;

/** Appends a size for people: "640 bytes", "12 kB", "3,4 MB". */
void file_add_size(struct strbuf *out, int64_t bytes);

/** Owned path below the user's folder for configuration, data or state (XDG Base Directory). */
char *file_config_path(const char *name) ATTR_NODISCARD;
char *file_data_path(const char *name) ATTR_NODISCARD;
char *file_state_path(const char *name) ATTR_NODISCARD;

#endif
