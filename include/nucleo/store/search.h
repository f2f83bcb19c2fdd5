/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SEARCH_H
#define NUCLEO_STORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/model/search_hit.h"
#include "nucleo/store/list.h"
#include "nucleo/store/store.h"

/**
 * Search over everything a person can read, by an index of full text. The index is
 * a file of each user and database in the folder for state, follows the history of
 * the database, and can be thrown away at any time: it is made again. Where there
 * can be no such file it is held in memory. What is wrong with the index is never an
 * error here; errors are those of the database. Names and e-mail addresses of persons
 * are not in it.
 */
struct search;

/** Longest text that is searched for, in bytes; what is beyond is not looked at. */
#define SEARCH_TEXT_MAX 1024

/** `store` is borrowed until search_free(). Nothing is opened yet. */
struct search *search_new(struct store *store) ATTR_NODISCARD;
void search_free(struct search *search);

/** How far the index has come: all is in it when done equals total. */
struct search_progress {
	int64_t done, total; /**< records */
	bool is_ready;
};

/**
 * Brings the index nearer to the database, by a bounded piece of work (some
 * 30 ms); call again until it is ready. When nothing has changed it costs next to nothing.
 */
enum rc search_prepare(struct search *search, struct search_progress *progress,
		       struct error *err) ATTR_NODISCARD;

struct search_question {
	/**
	 * Words that must all be there, case and accents aside, the last one perhaps only
	 * begun (a blank behind it says that it is whole); "these words in this order";
	 * -without. Anything else in it is taken for blanks: there is no wrong question.
	 */
	const char *text;
	int64_t limit; /**< at most so many hits */
	bool has_more; /**< out: there are more than that */
};

/**
 * Calls `visit` with each struct search_hit, the best first: a record whose code it is, then by
 * how well the words match (a title counts more than a text), kind, unfinished before
 * finished, latest first. The same question to the same database has the same answer. An
 * index that is not ready gives what it has.
 */
enum rc search_run(struct search *search, struct search_question *question, list_visitor *visit,
		   void *context, struct error *err) ATTR_NODISCARD;

/** Whether there is anything to search for in `text`. */
bool search_has_words(const char *text);

#endif
