/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SEARCH_PARTS_H
#define NUCLEO_STORE_SEARCH_PARTS_H

#include "nucleo/base/vector.h"
#include "nucleo/store/query.h"
#include "nucleo/store/search.h"

/**
 * Private to src/store: the parts of search.
 *   search.c         what is public, and what happens when the index fails
 *   search_index.c   the file of the index and its tables
 *   search_source.c  what is indexed of each kind, and what depends on what
 *   search_update.c  filling the index, and following the history
 *   search_follow.c  what changed since
 *   search_words.c   what a person typed, as an expression of FTS5
 *   search_rank.c    candidates, their order and their texts
 *   search_hit.c     what is shown of each
 */

struct search {
	struct store *store; /**< the group's database */
	struct store *index; /**< connection to the index; NULL: not open */
	char *path;          /**< of its file, owned; NULL: in memory */
	bool index_failed;   /**< the error just returned is the index's, not the database's */
};

/** Returns `rc`, noting that it comes from the index. */
enum rc search_index_rc(struct search *search, enum rc rc);

/* ---- search_index.c */

/** Owned path of the index of the database at `path`; NULL when there can be none. */
char *search_index_path(const char *path) ATTR_NODISCARD;
/** Opens the file, new when missing, or with no path one in memory. RC_INVALID when the file
 *  is not what it should be. */
enum rc search_index_open(struct search *search, struct error *err) ATTR_NODISCARD;
void search_index_close(struct search *search);
/** Removes the file. */
void search_index_remove(const struct search *search);

/** Up to where the index has followed the database. */
struct search_state {
	int64_t head;       /**< number of the last operation in it */
	struct strbuf hash; /**< of that operation */
	int64_t version;    /**< store_version(): what waits in a queue is in the records too */
	int64_t kind;       /**< enum search_kind being read; SEARCH_KIND_COUNT: all are */
	int64_t after;      /**< the last key read of that kind */
	int64_t done, total;
};

enum rc search_state_load(struct search *search, struct search_state *state, struct error *err)
	ATTR_NODISCARD;
enum rc search_state_save(struct search *search, const struct search_state *state,
			  struct error *err) ATTR_NODISCARD;
/** Empties all tables of the index, inside a transaction. */
enum rc search_index_clear(struct search *search, struct error *err) ATTR_NODISCARD;

/* ---- search_source.c */

/** Columns of the statement of every kind. */
enum search_column {
	SOURCE_KEY,
	SOURCE_ID,	   /**< as people call it */
	SOURCE_CODES,	   /**< codes it is found by exactly, at most two, a line each */
	SOURCE_TITLE,
	SOURCE_BODY,
	SOURCE_WHERE,	   /**< words of its place */
	SOURCE_DATE,	   /**< for the latest first */
	SOURCE_FINISHED,   /**< 1: after those that are not */
	SOURCE_RANK,	   /**< among those of one date: a number, or a text */
	SOURCE_MEETING,
	SOURCE_ITEM,
	SOURCE_COMMITMENT_CODE,
	SOURCE_NUMBER,	   /**< of a milestone */
	SOURCE_WHO,	   /**< acronyms, one a line; of an institution its sector */
	SOURCE_MEETING_KEY,
	SOURCE_ITEM_KEY,
	SOURCE_COMMITMENT_KEY,
	SOURCE_ORGANIZATION_KEY,
	SOURCE_COLUMN_COUNT
};

/** Appends the statement that reads one record of a kind, or those after one. */
void search_source_add_sql(struct strbuf *out, enum search_kind kind, bool is_one);
/** Begins reading one record of the kind, or those after a key in the order of keys. */
void search_source_one(struct query *query, struct store *store, enum search_kind kind,
		       int64_t key);
void search_source_after(struct query *query, struct store *store, enum search_kind kind,
			 int64_t after, int64_t limit);
/** How many records there are of all kinds. */
enum rc search_source_count(struct store *store, int64_t *count, struct error *err)
	ATTR_NODISCARD;

/** A record whose text may have changed. */
struct search_target {
	enum search_kind kind;
	int64_t key;
};
typedef VECTOR(struct search_target) search_targets;

/** A row an operation edited, with up to three parents it had or has (0: none). */
struct search_edit {
	const char *table;
	int64_t key, parents[3];
};

/** Appends the records whose text depends on the row. */
enum rc search_source_depending(struct store *store, const struct search_edit *edit,
				search_targets *targets, struct error *err) ATTR_NODISCARD;

/* ---- search_follow.c */

/** Appends the records that were changed after the state, or were not as the history says then or
 *  are not now; `*is_large`: more than are worth following. */
enum rc search_find_changed(struct search *search, const struct search_state *state,
			    search_targets *targets, bool *is_large, struct error *err)
	ATTR_NODISCARD;
/** Notes in the index which records are not as the history says, because of the queue. */
enum rc search_keep_queued(struct search *search, struct error *err) ATTR_NODISCARD;

/* ---- search_update.c */

/** One piece of work; see search_prepare(). */
enum rc search_update(struct search *search, struct search_progress *progress, struct error *err)
	ATTR_NODISCARD;

/* ---- search_words.c */

/** Appends the expression of FTS5 for a question; nothing when it has no words. */
void search_words_match(const char *text, struct strbuf *match);
/** Appends the question as a code is compared: folded, without blanks at its ends. */
void search_words_code(const char *text, struct strbuf *code);

/* ---- search_rank.c */

/** A record that has the words, and its texts with the marks (owned). */
struct search_found {
	struct search_target target;
	int64_t id; /**< in the index; 0: found by its code alone */
	bool is_exact;
	double score; /**< of bm25(): the lower, the better */
	int step;     /**< of the score, 0 the best; hits of one step match equally well */
	char *title, *snippet;
};

struct search_answer {
	const struct search_question *question;
	VECTOR(struct search_found) hits; /**< the best first */
	int64_t rows;                     /**< that the last statement gave */
	bool has_more;
};

/** Fills `answer` from the index. */
enum rc search_rank(struct search *search, struct search_answer *answer, struct error *err)
	ATTR_NODISCARD;
void search_answer_clear(struct search_answer *answer);
void search_answer_release(struct search_answer *answer);

/* ---- search_hit.c */

/** Gives the hits as they are now in the database; one that has gone meanwhile is left out. */
enum rc search_show(struct search *search, const struct search_answer *answer,
		    list_visitor *visit, void *context, struct error *err) ATTR_NODISCARD;

#endif
