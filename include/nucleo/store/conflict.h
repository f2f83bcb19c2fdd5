/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_CONFLICT_H
#define NUCLEO_STORE_CONFLICT_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/vector.h"
#include "nucleo/store/operation.h"

/**
 * The operations of a replica that others came before: parked in the queue (pending.h), without
 * effect, until a person decides what becomes of each thing in them. What is decided is a new
 * operation, made from what the records hold then; what was parked leaves the queue in the same
 * transaction, and its text is kept on this machine for good.
 */

/** What can be decided, for one thing; a bit set where several are meant. */
enum conflict_choice {
	CONFLICT_OPEN = 0,
	CONFLICT_MINE = 1,
	CONFLICT_THEIRS = 2,
	CONFLICT_BOTH = 4,   /**< texts: theirs, then mine */
	CONFLICT_EDITED = 8, /**< another value, see conflict_edit_value() */
};

enum conflict_kind {
	CONFLICT_FIELD,	  /**< a field of a row that is there */
	CONFLICT_NEW,	  /**< a field of a row that the operation adds */
	CONFLICT_GONE,	  /**< it changes a row that others deleted; mine brings it back */
	CONFLICT_DELETES, /**< it deletes a record that others changed */
	CONFLICT_REFUSED, /**< a rule forbids all of it; mine tries again */
};

/** A value in its three forms; all NULL and VALUE_NULL for an empty one. */
struct conflict_value {
	struct value value; /**< as stored; its text is owned */
	char *code;	    /**< owned: as exchanged, "2023-11-17", "civil_society", "C5" */
	char *words;	    /**< owned: as a person reads it, "17/11/2023"; never NULL */
};

/** One thing to decide, or (without `needs_decision`) one that does well as it is. */
struct conflict_item {
	enum conflict_kind kind;
	bool needs_decision;
	unsigned choices; /**< which of enum conflict_choice there are */
	enum conflict_choice choice;
	char *table; /**< "" where it is all of the operation */
	int64_t key;
	char *column;	  /**< "" where it is a whole record */
	char *record;	  /**< what people call it: "C6", "AM-2023-05/8.a" */
	bool is_text;	  /**< prose, that may have several lines */
	bool is_internal; /**< nothing a person sees: it follows from another field of its row */
	struct conflict_value seen, mine, theirs;
	struct conflict_value edited;
	char *by, *at;	   /**< who made theirs, and when in UTC; "" when it is not known */
	int64_t operation; /**< which of the history that was; 0: none */
	bool is_own;	   /**< theirs was made here too, by another operation of the queue */
};

struct conflict {
	int64_t number;	       /**< its place in the queue */
	char *op;	       /**< its id */
	char *words, *by, *at; /**< of the operation: what, who, when in UTC */
	char *reason;	       /**< why it was parked, for a person */
	bool is_dropped;       /**< chosen: none of it, whatever its items say */
	int64_t follows; /**< place of the parked one it follows, to be decided before; 0: none */
	VECTOR(struct conflict_item) items;
};

typedef VECTOR(struct conflict) conflict_list;

/** Appends the parked operations, in their order; none for a database that is no replica.
 *  Release the list in any case. */
enum rc conflict_list_load(struct store *store, conflict_list *list,
			   struct error *err) ATTR_NODISCARD;
void conflict_list_release(conflict_list *list);
/** The operation with that id alone; RC_NOT_FOUND when it does not wait for a decision. */
enum rc conflict_load(struct store *store, const char *op, struct conflict *conflict,
		      struct error *err) ATTR_NODISCARD;
void conflict_release(struct conflict *conflict);

/** The word of a choice on the command line, "mine"; NULL for no choice. */
const char *conflict_choice_name(enum conflict_choice choice);
/** Chooses for one thing; false when that choice is none for it. */
bool conflict_choose(struct conflict_item *item, enum conflict_choice choice);
/** Chooses for each thing to be decided that has the choice. */
void conflict_choose_all(struct conflict *conflict, enum conflict_choice choice);
/** Chooses another value; it is checked by the rules of the field before: see
 *  exchange/conflict_edit.h. */
enum rc conflict_edit_value(struct store *store, struct conflict_item *item, struct value value,
			    struct error *err) ATTR_NODISCARD;
/** The item that decides about a column of a row; "" as column: about the row. NULL: none does. */
struct conflict_item *conflict_find_item(const struct conflict *conflict, const char *table,
					 int64_t key, const char *column);
/** How many things are still to be decided; none when all of it is dropped. */
size_t conflict_open_count(const struct conflict *conflict);
/** What "both" would be, appended. */
void conflict_add_both(struct strbuf *out, const struct conflict_item *item);
/** What an item is called: "Avance", or "acción de seguimiento" for a whole one; borrowed. */
const char *conflict_item_word(const struct conflict_item *item);

/**
 * Does what was chosen: commits an operation with it, if anything is left to be changed, and takes
 * the parked one out of the queue; those that follow it are tried again.
 *
 * RC_USAGE when something is not chosen yet; RC_REFUSED when it follows another parked one (unless
 * it is dropped), or a rule forbids what was chosen; RC_CONFLICT when the records changed once more
 * since the conflict was loaded: load it again; RC_NOT_FOUND when it was decided meanwhile. Nothing
 * is changed then.
 */
enum rc conflict_decide(struct store *store, const struct conflict *conflict,
			struct error *err) ATTR_NODISCARD;

/**
 * For an operation that operation_commit() ended with RC_CONFLICT: it is parked at once, so that
 * what its author wrote is not lost and is decided as any other; `*op` (may be NULL) gets its id,
 * owned. When it does apply by now it is committed instead, and `*op` is NULL. RC_REFUSED where
 * there is no queue.
 */
enum rc conflict_keep(struct operation *operation, struct store *store, char **op,
		      struct error *err) ATTR_NODISCARD;

/** An operation that was decided on this machine, as it was before that; borrowed. */
struct decided_operation {
	const char *decided_at; /**< in UTC */
	const char *outcome;	/**< "mine", "theirs", "both", "edited", "mixed" or "dropped" */
	const char *words, *by, *at;
	const char *text; /**< the whole operation, JSON */
};

/** Calls `visit` for each, the newest first, at most `limit` of them (0: all). */
enum rc conflict_list_decided(struct store *store, int64_t limit,
			      void (*visit)(void *context, const struct decided_operation *row),
			      void *context, struct error *err) ATTR_NODISCARD;

#endif
