/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_OPERATION_H
#define NUCLEO_STORE_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/date.h"
#include "nucleo/base/error.h"
#include "nucleo/model/percent.h"
#include "nucleo/store/store.h"

/**
 * The only way anything is written. An operation is a list of edits of rows
 * (insert; set, with the values the author saw; delete) with words for a
 * person. It is JSON text from its first moment and is always run from that
 * text by one generic function, so that history, undo and replay see exactly
 * what happened.
 */
struct operation;

enum value_type { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT };

/** One value of a column; text is borrowed until the call it is passed to returns. */
struct value {
	enum value_type type;
	int64_t integer;
	double real;
	const char *text;
};

struct value value_null(void);
struct value value_integer(int64_t integer);
/** Null for NAN. */
struct value value_real(double real);
/** Null for NULL. */
struct value value_text(const char *text);
/** Null for 0: references are keys, and no key is 0. */
struct value value_key(int64_t key);
/** A REAL; null for PERCENT_NONE. */
struct value value_percent(percent_hundredths percent);
bool value_equal(struct value a, struct value b);

struct operation *operation_new(void);
void operation_free(struct operation *operation);

/** What the history shows: "C6: 38 % -> 40 %". Institutions and posts, never persons. */
void operation_set_words(struct operation *operation, const char *format, ...) ATTR_PRINTF(2, 3);

/** Says which operation of the history this one takes back, by its id (borrowed). */
void operation_set_undoes(struct operation *operation, const char *id);
/** As they were set; "" before. Borrowed until they are set again. */
const char *operation_words(const struct operation *operation);

/** Begins an insert; returns the new row's key, usable in later edits. Its fields follow. */
int64_t operation_insert(struct operation *operation, const char *table);
/** The same under a key that is known: of a row that was there before, or that is looked for. */
void operation_insert_again(struct operation *operation, const char *table, int64_t key);
/** A column of the insert begun last. Columns not named are null or their default. */
void operation_field(struct operation *operation, const char *column, struct value value);
/** As operation_field() for dates and times of day. */
void operation_field_date(struct operation *operation, const char *column, day_number date);
void operation_field_time(struct operation *operation, const char *column, day_minute time);

/**
 * Sets one column of a row, from what the author saw to what it shall be;
 * nothing when both are equal. Consecutive calls for one row make one edit.
 */
void operation_change(struct operation *operation, const char *table, int64_t key,
		      const char *column, struct value was, struct value now);

/** Deletes a row; the values it had are read and kept when the operation is committed. */
void operation_delete(struct operation *operation, const char *table, int64_t key);

/**
 * Commits only while the records are at this store_version(), else RC_CONFLICT: for edits that
 * follow from more than the values they change ("there is no such row yet").
 */
void operation_expect_version(struct operation *operation, int64_t version);

/** Takes all edits and words out of it again. */
void operation_clear(struct operation *operation);

/** Whether it has no edit: such an operation is not worth committing. */
bool operation_is_empty(const struct operation *operation);

/**
 * Applies and keeps the operation in one immediate transaction; when it returns RC_OK
 * the change is on the local disk and cannot be lost. In the replica of a shared
 * database it is queued for the drive. `*number` (may be NULL) is its place in the
 * history, 0 while it is queued. A text that ends in "-?" in a code column
 * (followup.code, entry.decision_number) is given the number after the largest in the
 * database in place of the "?"; while the operation is queued that may change.
 *
 * RC_CONFLICT when a field no longer has the value the author saw (the message
 * names it and both values), RC_REFUSED when a rule of the group or of the
 * schema forbids it, RC_BUSY when somebody else was writing all the time,
 * RC_IO; nothing is changed then.
 */
enum rc operation_commit(struct operation *operation, struct store *store, int64_t *number,
			 struct error *err) ATTR_NODISCARD;

/**
 * Runs and records an operation that somebody else composed. RC_INVALID when
 * the text is no operation or its parent is not the last one of this database;
 * else as operation_commit().
 */
enum rc operation_apply_text(struct store *store, const char *text, size_t length,
			     int64_t *number, struct error *err) ATTR_NODISCARD;

#endif
