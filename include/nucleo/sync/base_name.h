/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_BASE_NAME_H
#define NUCLEO_SYNC_BASE_NAME_H

#include <stdbool.h>

#include "nucleo/sync/log.h"

/**
 * Names of the snapshots beside the operations, which shorten a first open:
 * "base-2048-<64 digits>.db" has the tables as they are after operation 2048,
 * whose hash the digits are. A name is a hint by whoever wrote it, no proof.
 */

/** Appends the name of the snapshot at an operation, which is numbered from 1 on. */
void base_name_add(struct strbuf *out, const struct log_head *at);
/** Whether it is such a name, exactly as base_name_add() writes it. */
bool base_name_read(struct log_head *at, const char *name) ATTR_NODISCARD;

/** What base_name_highest() gives when there is none. */
#define BASE_NAME_NONE SIZE_MAX

/**
 * Index of the snapshot with the highest number, `at_most` at most; of several
 * with one number, of which one at least is false, that with the lowest hash.
 * Whoever finds it false takes its name out of the listing and asks again.
 */
size_t base_name_highest(const drive_names *names, int64_t at_most);

#endif
