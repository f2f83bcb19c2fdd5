/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/search.h"

#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/search_parts.h"

/* A throw-away database would leave an index nobody asks for again. */
struct search *search_new(struct store *store)
{
	struct search *search = mem_alloc_zero(1, sizeof(*search));
	search->store = store;
	if (!store->throw_away)
		search->path = search_index_path(store->path);
	return search;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	search_index_close(search);
	free(search->path);
	free(search);
}

/*
 * What to do about an index that failed. A file that is damaged or not what it should be is made
 * anew, once; one that is held, cannot be written or fails again is left alone, and the
 * index is held in memory from now on. False when that fails too.
 */
static bool recover(struct search *search, enum rc rc, int attempt)
{
	search_index_close(search);
	if (!search->path)
		return attempt == 0;
	if (attempt == 0 && (rc == RC_IO || rc == RC_INVALID)) {
		search_index_remove(search);
		return true;
	}
	free(search->path);
	search->path = NULL;
	return true;
}

typedef enum rc index_work(struct search *search, void *context, struct error *err);

/* Does it with the index open; again after that was made anew or moved to memory. */
static enum rc with_index(struct search *search, index_work *work, void *context, struct error *err)
{
	for (int attempt = 0;; attempt++) {
		search->index_failed = false;
		enum rc rc = search->index ? RC_OK : search_index_open(search, err);
		if (rc == RC_OK)
			rc = work(search, context, err);
		if (rc == RC_OK || !search->index_failed || !recover(search, rc, attempt))
			return rc;
	}
}

static enum rc update(struct search *search, void *context, struct error *err)
{
	return search_update(search, context, err);
}

enum rc search_prepare(struct search *search, struct search_progress *progress, struct error *err)
{
	return with_index(search, update, progress, err);
}

/* The answer is whole before anybody sees a part of it. */
static enum rc find(struct search *search, void *context, struct error *err)
{
	struct search_answer *answer = context;
	search_answer_clear(answer);
	return search_rank(search, answer, err);
}

enum rc search_run(struct search *search, struct search_question *question, list_visitor *visit,
		   void *context, struct error *err)
{
	struct search_answer answer = {.question = question};
	enum rc rc = RC_OK;
	if (search_has_words(question->text))
		rc = with_index(search, find, &answer, err);
	if (rc == RC_OK)
		rc = search_show(search, &answer, visit, context, err);
	if (rc == RC_OK)
		question->has_more = answer.has_more;
	search_answer_release(&answer);
	return rc;
}
