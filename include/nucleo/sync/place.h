/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_PLACE_H
#define NUCLEO_SYNC_PLACE_H

#include "nucleo/base/error.h"

/**
 * What kind of place a folder is. Only wording, the rate of polls and the
 * refusal of folders that are copied about hang on it: whether a folder keeps
 * its promise is tried (folder_self_test()), not guessed.
 */
enum place_kind {
	PLACE_LOCAL,
	PLACE_NETWORK,
	/** Copied between machines by a program that brings changes later: each has a folder of
	 *  its own, and two can give one name at once. */
	PLACE_SYNCED,
};

struct place {
	enum place_kind kind;
	char type[64];	   /**< of the file system, as the kernel calls it; "" when not known */
	char options[256]; /**< of the mount, those that matter; "" when not known */
	const char *words; /**< for people, in Spanish; translate with _() */
	int poll_ms;	   /**< between two looks at the drive */
};

/**
 * What the folder at `path` lies on, or the nearest folder above that is there.
 * May take as long as the drive takes. PLACE_LOCAL when nothing is known.
 */
struct place place_of(const char *path);

/**
 * Whether a log may lie in the folder `log_path`: RC_REFUSED when a sync program
 * copies it about, seen by the file system, by what such programs leave in their
 * folders, or by copies they made of the log's files. The message names the
 * reason and what to do.
 */
enum rc place_check(const char *log_path, struct error *err) ATTR_NODISCARD;

#endif
