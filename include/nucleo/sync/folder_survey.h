/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_FOLDER_SURVEY_H
#define NUCLEO_SYNC_FOLDER_SURVEY_H

#include "nucleo/sync/folder.h"

/** What can be seen of a folder, for whoever asks how the drive is. */
struct folder_survey {
	unsigned bits;		  /**< permissions of the folder */
	bool can_write;		  /**< this user may make files in it, as far as the system says */
	int64_t available, total; /**< bytes; -1: not known */
	int64_t temporaries, old; /**< files in the folder of temporaries; of more than a day */
	int64_t turns;		  /**< files of turns beside the log */
};

/** Looks; makes nothing. DONE, ABSENT, UNKNOWN; `survey` is then as it was. */
enum drive_result folder_survey(struct drive *drive, struct folder_survey *survey,
				struct error *err) ATTR_NODISCARD;

/**
 * How many microseconds it takes to put so many bytes under a free name and to read them back, as
 * publishing an operation does, among the temporaries of this drive, where folder_tidy_own()
 * removes them. The self-test comes first. RC_BUSY when the drive does not take it, RC_IO
 * when it gives other bytes back.
 */
enum rc folder_time_put(struct drive *drive, size_t length, int64_t *took,
			struct error *err) ATTR_NODISCARD;

#endif
