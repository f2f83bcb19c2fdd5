/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_MEMORY_DRIVE_H
#define NUCLEO_TESTS_SYNC_MEMORY_DRIVE_H

#include "nucleo/sync/drive.h"

/** A drive that never fails, in memory, as far as the log needs one. */
struct memory_drive;

struct memory_drive *memory_drive_new(void);
void memory_drive_free(struct memory_drive *memory);
struct drive *memory_drive_drive(struct memory_drive *memory);

/** How many files it has; and back to the first so many. */
size_t memory_drive_count(const struct memory_drive *memory);
void memory_drive_cut(struct memory_drive *memory, size_t count);

#endif
