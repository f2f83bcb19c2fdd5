/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_OPERATION_EDITS_H
#define NUCLEO_STORE_OPERATION_EDITS_H

#include "nucleo/base/vector.h"
#include "nucleo/store/edit.h"
#include "nucleo/store/history.h"
#include "nucleo/store/operation.h"

/** Private to src/store: an operation as it is gathered, before it becomes text. */
struct gathered_field {
	char *column;
	struct value was, now; /**< their text is owned */
};

struct gathered_edit {
	enum edit_kind kind;
	char *table;
	int64_t key;
	VECTOR(struct gathered_field) fields;
};

struct operation {
	char *words;
	char *undoes; /**< id of the operation it takes back; NULL: none */
	int64_t expected_version; /**< -1: any */
	VECTOR(struct gathered_edit) edits;
};

/** Begins an edit of a row whose key is known, and adds to the last one: an operation that is made
 *  from another. */
void operation_begin_edit(struct operation *operation, enum edit_kind kind, const char *table,
			  int64_t key);
void operation_add_field(struct operation *operation, const char *column, struct value was,
			 struct value now);
/** Gives a column of a row that the operation inserts another value. */
void operation_replace_field(struct operation *operation, const char *table, int64_t key,
			     const char *column, struct value now);

/** Begins the write transaction of a commit, once it is known that there may be one. */
enum rc operation_begin(struct store *store, struct error *err) ATTR_NODISCARD;
/** What follows a commit: the operation (NULL: none was made) is known as this person's own, and
 *  whoever waits for it is told. */
void operation_done(struct store *store, const struct random_id *id);
/** RC_CONFLICT when the records are not at the version it expects. */
enum rc operation_check_version(const struct operation *operation, struct store *store,
				struct error *err) ATTR_NODISCARD;

/**
 * Appends the JSON text of the operation, which gets its id; what deleted rows hold is
 * read, inside the transaction that runs it. Its parent is still that of a first operation, and its
 * codes are open: see log_set_parent() and codes_number().
 */
enum rc operation_compose(const struct operation *operation, struct store *store,
			  struct random_id *id, struct strbuf *out, struct error *err)
	ATTR_NODISCARD;
/** The same for the migration that leads to schema `number` (see schema.h), in the name of `by`. */
void operation_compose_migration(int64_t number, const char *by, struct random_id *id,
				 struct strbuf *out);

#endif
