/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_PRESENCE_PARTS_H
#define NUCLEO_SYNC_PRESENCE_PARTS_H

#include <stdbool.h>

#include "nucleo/sync/presence.h"

/** Private to src/sync: what the file of one person holds. */

/** The longest file that is looked at. */
#define PRESENCE_TEXT_LIMIT 2048

enum presence_word {
	PRESENCE_ACRONYM,
	PRESENCE_POST,
	PRESENCE_HOST,
	PRESENCE_SCREEN,
	PRESENCE_PROGRAM,
	PRESENCE_SINCE,
	PRESENCE_TOLD,
	PRESENCE_WORDS,
};

/** Appends the text of the file; it differs for each `beat`. */
void presence_compose(struct strbuf *out, const struct presence_person *own, unsigned beat);
/** Stands for what it says of somebody, whenever that is said. */
struct digest presence_words(const struct presence_person *own);

/** Sets the words, which are owned by the caller and were owned or NULL; false, and nothing
 *  changes, when the text is of no such file. */
bool presence_parse(char *words[PRESENCE_WORDS], const char *text, size_t length);

#endif
