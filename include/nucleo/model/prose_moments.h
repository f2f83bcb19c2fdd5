/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_MOMENTS_H
#define NUCLEO_MODEL_PROSE_MOMENTS_H

#include "nucleo/model/prose.h"
#include "nucleo/model/prose_words.h"

/** Times as sentences say them, without the preposition. Private to prose_*.c. */
struct moment {
	size_t next;	  /**< first word after it; 0: there is no time here */
	day_number date;  /**< the last day meant; DATE_NONE when the words allow none */
	day_number first; /**< first day of a period ("marzo"); DATE_NONE for a day */
	bool meeting;	  /**< "la próxima reunión" */
	bool span;	  /**< a duration ("30 días"), counted from the meeting */
};

struct moment_reader {
	const struct prose_context *context;
	const struct prose_words *words;
	size_t end;
	struct civil_date today; /**< of the meeting; year 0 when not known */
};

struct moment_reader moment_reader(const struct prose_context *context,
				   const struct prose_words *words, size_t end);
/** The time said from `at` on, articles skipped. */
struct moment moment_at(const struct moment_reader *reader, size_t at);
/** "mañana", "pasado mañana", "hoy": times only behind "hasta" or "para". */
struct moment moment_tomorrow(const struct moment_reader *reader, size_t at);

/** prose_find_due() on a range of words; the span is relative to the whole text. */
struct prose_due due_in(const struct prose_context *context, const struct prose_words *words,
			struct word_range range);

#endif
