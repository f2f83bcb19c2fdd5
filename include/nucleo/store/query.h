/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_QUERY_H
#define NUCLEO_STORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"

/**
 * Private to src/store. All fixed statements stand in statements.def
 * and are prepared at first use; a query is one run of a statement. Errors are
 * kept in the query until query_end() reports them, so that binding and
 * stepping read without a check a line.
 */
struct store;
struct sqlite3_stmt;

enum statement_id {
#define STATEMENT(id, sql) STATEMENT_##id,
#include "nucleo/store/statements.def"
#undef STATEMENT
	STATEMENT_COUNT
};

/** Of the membership the institution `o` has on the day `:today`. */
#define MEMBERSHIP_TODAY(what)                                                                  \
	"(SELECT " what " FROM membership AS b WHERE b.organization = o.key"                    \
	" AND (b.starts IS NULL OR b.starts <= :today) AND (b.ends IS NULL OR b.ends >= :today)" \
	" ORDER BY b.starts DESC, b.key LIMIT 1)"

/** Codes that count, as text that sorts so: to the letter what the schema has indexes on. */
#define IN_CODES(code) "substr(" code ", 1, 7) || char(64 + length(" code ")) || " code

/** Text of every statement, by id. */
extern const char *const statement_texts[STATEMENT_COUNT];

struct query {
	struct store *store;
	struct sqlite3_stmt *stmt;
	int result;    /**< of SQLite; once it is an error nothing more is done */
	bool is_owned; /**< finalized rather than reset at the end */
};

/** Begins a run of a statement of the table. */
void query_begin(struct query *query, struct store *store, enum statement_id id);
/** Begins a run of a statement made from pieces; it is kept for the next time. */
void query_begin_text(struct query *query, struct store *store, const char *sql);

/** Bind to the parameter `name` (":key"); a statement without it ignores the value. Texts are
 *  borrowed until query_end(). NULL is null. */
void query_bind_text(struct query *query, const char *name, const char *text);
void query_bind_text_n(struct query *query, const char *name, const char *text, size_t length);
/** Bytes as they are; null for NULL. */
void query_bind_bytes(struct query *query, const char *name, const void *bytes, size_t length);
void query_bind_integer(struct query *query, const char *name, int64_t value);
/** A value only a function of ours reads, which asks for it by the same `type`; borrowed. */
void query_bind_pointer(struct query *query, const char *name, void *value, const char *type);

/** Moves to the next row; false when there is none or something failed. */
bool query_next(struct query *query);
/** Text of a column, NULL when null, valid until the next move. `length` may be NULL. */
const char *query_text(struct query *query, int column, size_t *length);
/** Bytes of a column, as query_text(). */
const void *query_bytes(struct query *query, int column, size_t *length);
int64_t query_integer(struct query *query, int column);

/** Ends the run and reports what went wrong in it, if anything. */
enum rc query_end(struct query *query, struct error *err);
/** Begins, moves once and ends: for statements that give no rows. */
enum rc query_run(struct store *store, enum statement_id id, struct error *err) ATTR_NODISCARD;
/** The same with its parameter ":number". */
enum rc query_run_number(struct store *store, enum statement_id id, int64_t number,
			 struct error *err) ATTR_NODISCARD;

#endif
