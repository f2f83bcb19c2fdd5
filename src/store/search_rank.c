/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/memory.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/search_parts.h"

enum {
	/* Ranked of very common words: those the person would be shown first anyway (see
	 * id_of() in search_update.c). Ranking all of a hundred thousand takes too long to
	 * be done at every key. */
	CANDIDATES_MAX = 1000,
	/* Scores nearer to each other than this part of the best one are the same to a
	 * reader; then kind, state and date decide. */
	SCORE_STEPS = 8,
};

/* The weights of code, title, body and place. */
#define WEIGHTS "8.0, 4.0, 1.0, 2.0"
/* Words around what was found. */
#define SNIPPET_WORDS "24"

static void found_release(struct search_found *found)
{
	free(found->title);
	free(found->snippet);
}

void search_answer_clear(struct search_answer *answer)
{
	for (size_t i = 0; i < answer->hits.count; i++)
		found_release(&answer->hits.items[i]);
	answer->hits.count = 0;
}

void search_answer_release(struct search_answer *answer)
{
	search_answer_clear(answer);
	vector_release(&answer->hits);
}

/* ---- candidates */

static void take_candidate(struct search_answer *answer, struct query *query)
{
	struct search_found found = {
		.id = query_integer(query, 0),
		.target = {(enum search_kind)query_integer(query, 1), query_integer(query, 2)},
		.is_exact = query_integer(query, 3) != 0,
		.score = sqlite3_column_double(query->stmt, 4),
	};
	/* A file somebody else can write may hold anything. */
	if (found.target.kind >= 0 && found.target.kind < SEARCH_KIND_COUNT)
		vector_push(&answer->hits, found);
}

/* Candidates in the order of their numbers, from beyond `after`. */
static enum rc find_candidates(struct search *search, struct search_answer *answer,
			       const char *match, int64_t after, struct error *err)
{
	struct query query;
	struct strbuf code;
	strbuf_init(&code);
	search_words_code(answer->question->text, &code);
	query_begin_text(&query, search->index,
			 "SELECT text.rowid, r.kind, r.key, :code IN (r.code, r.long_code),"
			 " bm25(text, " WEIGHTS ") FROM text JOIN record AS r ON r.id = text.rowid"
			 " WHERE text MATCH :match AND text.rowid > :after"
			 " ORDER BY text.rowid LIMIT :limit");
	query_bind_text(&query, ":code", code.data);
	query_bind_text(&query, ":match", match);
	query_bind_integer(&query, ":after", after);
	query_bind_integer(&query, ":limit", CANDIDATES_MAX);
	for (answer->rows = 0; query_next(&query); answer->rows++)
		take_candidate(answer, &query);
	enum rc rc = search_index_rc(search, query_end(&query, err));
	strbuf_release(&code);
	return rc;
}

/* Of common words also those that have them in their code, wherever they stand. */
static enum rc find_all(struct search *search, struct search_answer *answer, const char *match,
			struct error *err)
{
	struct strbuf codes;
	enum rc rc = find_candidates(search, answer, match, INT64_MIN, err);
	if (rc != RC_OK || answer->rows < CANDIDATES_MAX || !answer->hits.count)
		return rc;
	int64_t last = answer->hits.items[answer->hits.count - 1].id;
	strbuf_init(&codes);
	strbuf_addf(&codes, "{code} : (%s)", match);
	rc = find_candidates(search, answer, codes.data, last, err);
	strbuf_release(&codes);
	answer->has_more = true;
	return rc;
}

/* "AM-2023-05/2#1" counts paragraphs, which no index can: it is looked up. */
static enum rc find_paragraph(struct search *search, struct search_answer *answer,
			      struct error *err)
{
	struct search_found found = {.is_exact = true, .target.kind = SEARCH_RESOLUTION};
	struct strbuf code;
	enum rc rc = RC_OK;
	strbuf_init(&code);
	strbuf_adds(&code, answer->question->text);
	strbuf_trim(&code);
	if (strchr(code.data, '#') && code.length < SEARCH_TEXT_MAX)
		rc = store_find(search->store, RECORD_RESOLUTION, code.data, &found.target.key,
				err);
	if (rc == RC_OK && found.target.key)
		vector_push(&answer->hits, found);
	strbuf_release(&code);
	return rc == RC_NOT_FOUND || rc == RC_INVALID ? RC_OK : rc;
}

/* ---- their order */

static void set_steps(struct search_answer *answer)
{
	double best = 0;
	for (size_t i = 0; i < answer->hits.count; i++) {
		const struct search_found *found = &answer->hits.items[i];
		if (!found->is_exact && found->score < best)
			best = found->score;
	}
	for (size_t i = 0; i < answer->hits.count; i++) {
		struct search_found *found = &answer->hits.items[i];
		double part = best < 0 ? found->score / best : 1;
		found->step = part > 0 && part < 1 ? (int)(SCORE_STEPS * (1 - part)) : 0;
	}
}

static int by_rank(const void *a, const void *b)
{
	const struct search_found *left = a, *right = b;
	if (left->is_exact != right->is_exact)
		return left->is_exact ? -1 : 1;
	if (left->step != right->step)
		return left->step < right->step ? -1 : 1;
	return (left->id > right->id) - (left->id < right->id);
}

static void keep_best(struct search_answer *answer)
{
	size_t limit = (size_t)(answer->question->limit > 0 ? answer->question->limit : 1);
	set_steps(answer);
	if (answer->hits.count)
		qsort(answer->hits.items, answer->hits.count, sizeof(*answer->hits.items), by_rank);
	if (answer->hits.count > limit) {
		answer->has_more = true;
		answer->hits.count = limit; /* they have no texts yet */
	}
}

/* ---- their texts */

static char *take_text(struct query *query, int column)
{
	const char *text = query_text(query, column, NULL);
	return text ? mem_strdup(text) : NULL;
}

static struct search_found *found_with(struct search_answer *answer, int64_t id)
{
	for (size_t i = 0; i < answer->hits.count; i++)
		if (answer->hits.items[i].id == id)
			return &answer->hits.items[i];
	return NULL;
}

static bool is_marked(const char *text)
{
	return text && strchr(text, SEARCH_MARK_BEGIN);
}

/* The part of the text with the words; where it has none, of the title; else the text's beginning.
 */
static void take_texts(struct search_found *found, struct query *query)
{
	const char *title = query_text(query, 2, NULL), *body = query_text(query, 3, NULL);
	bool is_title = (is_marked(title) && !is_marked(body)) || !body || !*body;
	free(found->title);
	free(found->snippet);
	found->title = take_text(query, 1);
	found->snippet = take_text(query, is_title ? 2 : 3);
}

/* Numbers of the hits as a JSON array; `*last` is the greatest. */
static void add_ids(const struct search_answer *answer, struct strbuf *ids, int64_t *last)
{
	*last = INT64_MIN;
	for (size_t i = 0; i < answer->hits.count; i++) {
		int64_t id = answer->hits.items[i].id;
		strbuf_addf(ids, "%s%lld", i ? "," : "[", (long long)id);
		*last = id > *last ? id : *last;
	}
	strbuf_addch(ids, ']');
}

/* One walk over the rows that match. The sign keeps SQLite from one walk for each number. */
static enum rc find_texts(struct search *search, struct search_answer *answer, const char *match,
			  struct error *err)
{
	struct query query;
	struct strbuf ids;
	int64_t last;
	if (!answer->hits.count)
		return RC_OK;
	strbuf_init(&ids);
	add_ids(answer, &ids, &last);
	query_begin_text(&query, search->index,
			 "SELECT rowid, highlight(text, 1, char(1), char(2)),"
			 " snippet(text, 1, char(1), char(2), '…', " SNIPPET_WORDS "),"
			 " snippet(text, 2, char(1), char(2), '…', " SNIPPET_WORDS ")"
			 " FROM text WHERE text MATCH :match AND rowid <= :last"
			 " AND +rowid IN (SELECT value FROM json_each(:ids)) ORDER BY rowid");
	query_bind_text(&query, ":match", match);
	query_bind_integer(&query, ":last", last);
	query_bind_text(&query, ":ids", ids.data);
	while (query_next(&query)) {
		struct search_found *found = found_with(answer, query_integer(&query, 0));
		if (found)
			take_texts(found, &query);
	}
	enum rc rc = search_index_rc(search, query_end(&query, err));
	strbuf_release(&ids);
	return rc;
}

/* One moment of the index, though others may be filling it. */
static enum rc rank_locked(struct search *search, struct search_answer *answer, struct error *err)
{
	struct strbuf match;
	strbuf_init(&match);
	search_words_match(answer->question->text, &match);
	enum rc rc = find_paragraph(search, answer, err);
	if (rc == RC_OK)
		rc = find_all(search, answer, match.data, err);
	if (rc == RC_OK) {
		keep_best(answer);
		rc = find_texts(search, answer, match.data, err);
	}
	strbuf_release(&match);
	return rc;
}

enum rc search_rank(struct search *search, struct search_answer *answer, struct error *err)
{
	bool begun = false;
	enum rc rc = search_index_rc(search, transaction_begin_read(search->index, &begun, err));
	if (rc != RC_OK)
		return rc;
	rc = rank_locked(search, answer, err);
	enum rc ended = transaction_end(search->index, rc, err);
	return ended == rc ? rc : search_index_rc(search, ended);
}
