/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_LOG_PARTS_H
#define NUCLEO_SYNC_LOG_PARTS_H

#include <stdbool.h>

#include "nucleo/sync/log.h"

/** Private to src/sync: the bytes of one operation on the drive (see log.h). */

/** The longest file: a text and its seal. */
#define FRAME_LIMIT (LOG_TEXT_LIMIT + 256)

/** Operations in a folder. */
#define LOG_FOLDER_SIZE 4096
/** Appends the name of the folder that operation `number` lies in. */
void log_add_folder(struct strbuf *out, int64_t number);

/** What every operation begins with. */
struct operation_start {
	struct random_id id;
	struct digest parent;
};

/** Whether the text begins as an operation does. */
bool operation_start_read(struct operation_start *start, const char *text, size_t length)
	ATTR_NODISCARD;

/** Appends the text and the line that seals it as operation `number`. */
void frame_add(struct strbuf *out, int64_t number, const char *text, size_t length);

/** An operation read from its bytes, which the text borrows from. */
struct framed {
	struct operation_start start;
	struct digest hash;
	const char *text;
	size_t length;
};

/** Whether the bytes are operation `number`, whole and unchanged. */
bool frame_read(struct framed *framed, int64_t number, const char *bytes, size_t length)
	ATTR_NODISCARD;

/** Reads operation `number` into `bytes`, which `framed` borrows from. DONE, UNKNOWN, DAMAGED;
 *  LOST: there is none. */
enum log_result log_read_operation(struct drive *drive, int64_t number, struct strbuf *bytes,
				   struct framed *framed, struct error *err);

#endif
