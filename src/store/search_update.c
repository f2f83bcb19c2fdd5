/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/history.h"
#include "nucleo/store/search_parts.h"

enum {
	PIECE_RECORDS = 1000,       /* read in one piece of work */
	PIECE_BYTES = 8 << 20,      /* of their texts */
	TEXT_BYTES = 256 << 10,     /* of one text; what a person wrote is shorter */
	FOLLOWED_OPERATIONS = 1000, /* with more to follow, all is read anew: it is as fast */
	ID_TRIES = 1000,
};

/* A record on its way into the index. */
struct item {
	int64_t id, key;
	enum search_kind kind;
	/* Owned; NULL is nothing. The last two are folded. */
	char *codes, *title, *body, *where, *code, *long_code;
};

struct items {
	VECTOR(struct item) list;
	size_t bytes;
};

static void items_release(struct items *items)
{
	for (size_t i = 0; i < items->list.count; i++) {
		free(items->list.items[i].code);
		free(items->list.items[i].long_code);
		free(items->list.items[i].codes);
		free(items->list.items[i].title);
		free(items->list.items[i].body);
		free(items->list.items[i].where);
	}
	vector_release(&items->list);
}

/* ---- reading records */

/* A number of so many bits, at an end when it is beyond. */
static int64_t in_bits(int64_t number, int bits)
{
	int64_t most = ((int64_t)1 << bits) - 1;
	return number < 0 ? 0 : number > most ? most : number;
}

/* The beginning of a sort key as a number that sorts alike: 5 bits a letter, other characters
 * first. */
static int64_t first_letters(const char *text, int bits)
{
	int64_t number = 0;
	for (; bits > 0; bits -= 5) {
		bool is_letter = *text >= 'a' && *text <= 'z';
		number = number << 5 | (is_letter ? *text - 'a' + 1 : 0);
		text += *text != '\0';
	}
	return number;
}

/* Its place among those of one date; the last bits of a number are of the key. */
static int64_t rank_of(struct query *query, int bits)
{
	enum { KEY_BITS = 24 };
	const char *text = query_text(query, SOURCE_RANK, NULL);
	if (text && sqlite3_column_type(query->stmt, SOURCE_RANK) == SQLITE_TEXT)
		return first_letters(text, bits);
	int64_t key = query_integer(query, SOURCE_KEY) & ((1 << KEY_BITS) - 1);
	return in_bits(query_integer(query, SOURCE_RANK), bits - KEY_BITS) << KEY_BITS | key;
}

/*
 * Numbers that order hits as people want them: by kind, unfinished first, latest first, then
 * as they stand in the minutes or the alphabet. A record has the same number in every index of
 * its database, unless another has all of this in common with it. Words found in very
 * many records are ranked in the first ones only, and full text takes rows fastest in this
 * order.
 */
static int64_t id_of(enum search_kind kind, struct query *query)
{
	enum { DAY_BITS = 17, RANK_BITS = 40, LAST_DAY = 100000 };
	const char *date = query_text(query, SOURCE_DATE, NULL);
	day_number day = date ? date_parse_iso(date) : DATE_NONE;
	int64_t age = day == DATE_NONE ? INT64_MAX : LAST_DAY - (int64_t)day;
	int64_t id = (int64_t)kind;
	id = id << 1 | (query_integer(query, SOURCE_FINISHED) == 1);
	id = id << DAY_BITS | in_bits(age, DAY_BITS);
	return id << RANK_BITS | rank_of(query, RANK_BITS);
}

/* Control characters would be taken for the marks of found words. */
static char *take_text(struct items *items, struct query *query, int column)
{
	size_t length;
	const char *text = query_text(query, column, &length);
	if (!text)
		return NULL;
	char *copy = mem_strndup(
		text, utf8_valid_prefix(text, length < TEXT_BYTES ? length : TEXT_BYTES));
	for (char *at = copy; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7F)
			*at = ' ';
	items->bytes += strlen(copy);
	return copy;
}

static char *folded(const char *text, size_t length)
{
	struct strbuf code;
	char *copy = mem_strndup(text, length);
	strbuf_init(&code);
	utf8_fold(&code, copy);
	free(copy);
	return strbuf_detach(&code);
}

static void take_codes(struct items *items, struct query *query, struct item *item)
{
	const char *codes = query_text(query, SOURCE_CODES, NULL);
	if (!codes)
		return;
	size_t first = strcspn(codes, "\n");
	item->code = folded(codes, first);
	if (codes[first])
		item->long_code = folded(codes + first + 1, strlen(codes + first + 1));
	item->codes = take_text(items, query, SOURCE_CODES);
}

static void take_item(struct items *items, struct query *query, enum search_kind kind)
{
	struct item item = {
		.key = query_integer(query, SOURCE_KEY),
		.kind = kind,
		.id = id_of(kind, query),
		.title = take_text(items, query, SOURCE_TITLE),
		.body = take_text(items, query, SOURCE_BODY),
		.where = take_text(items, query, SOURCE_WHERE),
	};
	take_codes(items, query, &item);
	vector_push(&items->list, item);
}

/* The records after the place `state` has come to; moves it on. */
static enum rc read_kind(struct search *search, struct search_state *state, struct items *items,
			 struct error *err)
{
	struct query query;
	int64_t limit = PIECE_RECORDS - (int64_t)items->list.count, count = 0;
	search_source_after(&query, search->store, (enum search_kind)state->kind, state->after,
			    limit);
	while (items->bytes < PIECE_BYTES && query_next(&query)) {
		take_item(items, &query, (enum search_kind)state->kind);
		state->after = query_integer(&query, SOURCE_KEY);
		count++;
	}
	bool is_cut = items->bytes >= PIECE_BYTES || count == limit;
	enum rc rc = query_end(&query, err);
	state->done += count;
	if (rc == RC_OK && !is_cut) {
		state->kind++;
		state->after = INT64_MIN;
	}
	return rc;
}

static enum rc read_piece(struct search *search, struct search_state *state, struct items *items,
			  struct error *err)
{
	enum rc rc = RC_OK;
	while (rc == RC_OK && state->kind < SEARCH_KIND_COUNT &&
	       items->list.count < PIECE_RECORDS && items->bytes < PIECE_BYTES)
		rc = read_kind(search, state, items, err);
	return rc;
}

/* ---- writing them into the index */

static int by_id(const void *a, const void *b)
{
	int64_t left = ((const struct item *)a)->id, right = ((const struct item *)b)->id;
	return (left > right) - (left < right);
}

static enum rc insert_record(struct search *search, const struct item *item, struct error *err)
{
	struct query query;
	query_begin_text(&query, search->index,
			 "INSERT OR IGNORE INTO record (id, kind, key, code, long_code)"
			 " VALUES (:id, :kind, :key, :code, :long_code)");
	query_bind_integer(&query, ":id", item->id);
	query_bind_integer(&query, ":kind", item->kind);
	query_bind_integer(&query, ":key", item->key);
	query_bind_text(&query, ":code", item->code);
	query_bind_text(&query, ":long_code", item->long_code);
	query_next(&query);
	return search_index_rc(search, query_end(&query, err));
}

/* Takes a free number from the one the record should have. */
static enum rc add_record(struct search *search, struct item *item, struct error *err)
{
	enum rc rc = insert_record(search, item, err);
	for (int i = 0; i < ID_TRIES && rc == RC_OK && !sqlite3_changes(search->index->db); i++) {
		item->id++;
		rc = insert_record(search, item, err);
	}
	return rc;
}

static enum rc add_text(struct search *search, const struct item *item, struct error *err)
{
	struct query query;
	query_begin_text(&query, search->index,
			 "INSERT INTO text (rowid, code, title, body, place)"
			 " VALUES (:id, :code, :title, :body, :place)");
	query_bind_integer(&query, ":id", item->id);
	query_bind_text(&query, ":code", item->codes);
	query_bind_text(&query, ":title", item->title);
	query_bind_text(&query, ":body", item->body);
	query_bind_text(&query, ":place", item->where);
	query_next(&query);
	return search_index_rc(search, query_end(&query, err));
}

/* In the order of their numbers: out of it FTS5 writes a segment for each row. */
static enum rc write_items(struct search *search, struct items *items, struct error *err)
{
	enum rc rc = RC_OK;
	if (items->list.count)
		qsort(items->list.items, items->list.count, sizeof(*items->list.items), by_id);
	for (size_t i = 0; i < items->list.count && rc == RC_OK; i++)
		rc = add_record(search, &items->list.items[i], err);
	if (items->list.count)
		qsort(items->list.items, items->list.count, sizeof(*items->list.items), by_id);
	for (size_t i = 0; i < items->list.count && rc == RC_OK; i++)
		rc = add_text(search, &items->list.items[i], err);
	return rc;
}

static enum rc remove_record(struct search *search, const struct search_target *target,
			     struct error *err)
{
	static const char *const statements[] = {
		"DELETE FROM text WHERE rowid ="
		" (SELECT id FROM record WHERE kind = :kind AND key = :key)",
		"DELETE FROM record WHERE kind = :kind AND key = :key"};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < ARRAY_COUNT(statements) && rc == RC_OK; i++) {
		struct query query;
		query_begin_text(&query, search->index, statements[i]);
		query_bind_integer(&query, ":kind", target->kind);
		query_bind_integer(&query, ":key", target->key);
		query_next(&query);
		rc = search_index_rc(search, query_end(&query, err));
	}
	return rc;
}

/* ---- following the history */

static bool is_ready(const struct search_state *state)
{
	return state->kind >= SEARCH_KIND_COUNT;
}

/* Whether what the index has followed is a part of this history; one without state is new. */
static enum rc is_ours(struct search *search, const struct search_state *state, bool *ours,
		       struct error *err)
{
	struct query query;
	*ours = state->hash.length && state->kind >= 0 && state->head == 0;
	if (!state->hash.length || state->kind < 0 || state->head <= 0)
		return RC_OK;
	query_begin(&query, search->store, STATEMENT_HISTORY_HASH);
	query_bind_integer(&query, ":number", state->head);
	const char *hash = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	*ours = hash && strcmp(hash, state->hash.data) == 0;
	return query_end(&query, err);
}

static enum rc read_targets(struct search *search, const search_targets *targets,
			    struct items *items, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < targets->count && rc == RC_OK && items->bytes < PIECE_BYTES; i++) {
		struct query query;
		enum search_kind kind = targets->items[i].kind;
		search_source_one(&query, search->store, kind, targets->items[i].key);
		if (query_next(&query))
			take_item(items, &query, kind);
		rc = query_end(&query, err);
	}
	return rc;
}

static enum rc replace_targets(struct search *search, const search_targets *targets,
			       struct items *items, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < targets->count && rc == RC_OK; i++)
		rc = remove_record(search, &targets->items[i], err);
	return rc == RC_OK ? write_items(search, items, err) : rc;
}

/* How far the database is: its history, and the changes on top of it that are not in it yet. */
struct moment {
	struct log_head head;
	int64_t version;
};

static enum rc read_moment(struct search *search, struct moment *moment, struct error *err)
{
	enum rc rc = history_head(search->store, &moment->head, err);
	return rc == RC_OK ? store_version(search->store, &moment->version, err) : rc;
}

static void take_moment(struct search_state *state, const struct moment *moment)
{
	state->head = moment->head.number;
	state->version = moment->version;
	strbuf_reset(&state->hash);
	strbuf_adds(&state->hash, moment->head.hash.hex);
}

static bool is_current(const struct search_state *state, const struct moment *moment)
{
	return is_ready(state) && state->head == moment->head.number &&
	       state->version == moment->version &&
	       strcmp(state->hash.data, moment->head.hash.hex) == 0;
}

/* Begins to read everything; what is changed meanwhile is followed from here. */
static enum rc begin_reading(struct search *search, struct search_state *state,
			     const struct moment *moment, struct error *err)
{
	enum rc rc = search_index_clear(search, err);
	take_moment(state, moment);
	state->kind = 0;
	state->after = INT64_MIN;
	state->done = state->total = 0;
	if (rc == RC_OK)
		rc = search_keep_queued(search, err);
	return rc == RC_OK ? search_source_count(search->store, &state->total, err) : rc;
}

static enum rc go_on_reading(struct search *search, struct search_state *state, struct error *err)
{
	struct items items = {0};
	enum rc rc = read_piece(search, state, &items, err);
	if (rc == RC_OK)
		rc = write_items(search, &items, err);
	items_release(&items);
	return rc;
}

/* Records that changed, and their texts now. */
struct changed {
	search_targets targets;
	struct items items;
};

static enum rc follow_targets(struct search *search, struct changed *changed, struct error *err)
{
	enum rc rc = replace_targets(search, &changed->targets, &changed->items, err);
	return rc == RC_OK ? search_keep_queued(search, err) : rc;
}

/* What operations after the head changed; too much of it is as well read anew. */
static enum rc follow(struct search *search, struct search_state *state,
		      const struct moment *moment, struct error *err)
{
	struct changed changed = {0};
	bool is_large = moment->head.number - state->head > FOLLOWED_OPERATIONS;
	enum rc rc = RC_OK;
	if (!is_large)
		rc = search_find_changed(search, state, &changed.targets, &is_large, err);
	if (rc == RC_OK && !is_large)
		rc = read_targets(search, &changed.targets, &changed.items, err);
	if (rc == RC_OK && (is_large || changed.items.bytes >= PIECE_BYTES)) {
		rc = begin_reading(search, state, moment, err);
	} else if (rc == RC_OK) {
		rc = follow_targets(search, &changed, err);
		take_moment(state, moment);
	}
	items_release(&changed.items);
	vector_release(&changed.targets);
	return rc;
}

/* What is to be done comes out of the state alone, so that any process can go on with it. */
static enum rc do_piece(struct search *search, struct search_state *state, struct error *err)
{
	struct moment moment;
	bool ours = false;
	enum rc rc = search_state_load(search, state, err);
	if (rc == RC_OK)
		rc = read_moment(search, &moment, err);
	if (rc == RC_OK)
		rc = is_ours(search, state, &ours, err);
	if (rc == RC_OK && !ours)
		rc = begin_reading(search, state, &moment, err);
	if (rc != RC_OK)
		return rc;
	if (!is_ready(state))
		rc = go_on_reading(search, state, err);
	else if (!is_current(state, &moment))
		rc = follow(search, state, &moment, err);
	return rc == RC_OK ? search_state_save(search, state, err) : rc;
}

/* The lock of the index first: while it is waited for, nobody is kept from the database. */
static enum rc do_piece_locked(struct search *search, struct search_state *state, struct error *err)
{
	bool begun = false;
	enum rc rc = search_index_rc(search, transaction_begin_write(search->index, err));
	if (rc != RC_OK)
		return rc;
	rc = transaction_begin_read(search->store, &begun, err);
	if (rc == RC_OK)
		rc = do_piece(search, state, err);
	if (begun)
		rc = transaction_end(search->store, rc, err);
	enum rc ended = transaction_end(search->index, rc, err);
	return ended == rc ? rc : search_index_rc(search, ended);
}

enum rc search_update(struct search *search, struct search_progress *progress, struct error *err)
{
	struct moment moment;
	struct search_state state = {0};
	strbuf_init(&state.hash);
	enum rc rc = search_state_load(search, &state, err);
	if (rc == RC_OK)
		rc = read_moment(search, &moment, err);
	if (rc == RC_OK && !is_current(&state, &moment))
		rc = do_piece_locked(search, &state, err);
	if (rc == RC_OK)
		*progress = (struct search_progress){.done = state.done,
						     .total = state.total,
						     .is_ready = is_current(&state, &moment)};
	strbuf_release(&state.hash);
	return rc;
}
