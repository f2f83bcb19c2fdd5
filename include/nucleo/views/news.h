/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_NEWS_H
#define NUCLEO_VIEWS_NEWS_H

#include "nucleo/store/arrivals.h"

/**
 * What was changed elsewhere, marked on the screen for a moment: the rows of the records, and a
 * line with the words of the last change. Times are clock_monotonic_ms(). Zeroed is empty.
 */

/** How long something is marked. */
#define NEWS_MS 6000
/** Stands before a row that is. */
#define NEWS_SIGN "•"

struct news_mark {
	int64_t key, until;
};

struct news {
	struct arrivals arrivals;
	VECTOR(struct news_mark) marks; /**< by key */
	char *by, *words;		/**< owned, of the last change; NULL: none is told */
	int64_t count;			/**< changes since there was none to tell */
	int64_t until;			/**< of what is told */
};

/** From now on is elsewhere. */
void news_begin(struct news *news, struct store *store);
/** Takes in what has arrived; what cannot be read is not marked. Whether there was something. */
bool news_look(struct news *news, struct store *store, int64_t now);
/** Forgets what had its moment; whether there was something. */
bool news_expire(struct news *news, int64_t now);
/** Milliseconds until news_expire() has something to do; -1: there is nothing. */
int news_wait_ms(const struct news *news, int64_t now);
bool news_is_marked(const struct news *news, int64_t key);
/** Who changed the record just now; NULL when nobody did, or when it may have been several. */
const char *news_author(const struct news *news, int64_t key);
/** Appends the line; nothing where there is nothing to tell. */
void news_add_line(const struct news *news, struct strbuf *out);
void news_release(struct news *news);

#endif
