/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_EDIT_PARTS_H
#define NUCLEO_EXCHANGE_RECORD_EDIT_PARTS_H

#include "nucleo/base/vector.h"
#include "nucleo/exchange/record_edit.h"
#include "nucleo/exchange/record_fields.h"
#include "nucleo/store/record_set.h"
#include "nucleo/store/row.h"

/** Shared by the files of record_edit.h: what is stored, what was written, what follows. */

struct record_slot {
	char *stored; /**< owned, canonical; NULL: no value, or a new record */
	char *shown; /**< owned: what a person was shown at first */
	char *text; /**< owned: what is written now */
	int64_t key; /**< of the record a stored reference leads to; 0: none */
	bool is_seen; /**< `stored` is what she saw, not what is stored by now */
};

/** An institution with a part in the record. */
struct record_party {
	size_t field; /**< place of the field that lists it */
	int64_t row; /**< key of its row; 0: to be made */
	int64_t organization, rank;
};

typedef VECTOR(struct record_party) party_list;

struct record_edit {
	struct store *store;
	const struct editable_kind *kind;
	int64_t key; /**< 0 for a new one that was not composed */
	bool is_new;
	struct stored_row row; /**< as it was when it began; empty for a new one */
	struct record_set listed; /**< the same as lists show it; empty for a new one */
	struct stored_row membership; /**< of an organization, today's; key 0: none */
	party_list parties; /**< as they were, in their order */
	char *called; /**< owned */
	struct record_slot slots[EDITABLE_FIELDS_MAX];
};

/** What a person wrote, read; values are by place in the kind's table of fields. */
struct record_written {
	const struct record_edit *edit;
	char *given[EDITABLE_FIELDS_MAX]; /**< owned, canonical; NULL: no value */
	int64_t keys[EDITABLE_FIELDS_MAX]; /**< of references */
	bool is_changed[EDITABLE_FIELDS_MAX];
	party_list parties; /**< of the lists that changed; without rows */
	size_t blame; /**< place of the field an error is about; or the number of fields */
};

/* ---- record_load.c */

/** Fills in what is stored of the record `edit->key`. */
enum rc record_load(struct record_edit *edit, struct error *err) ATTR_NODISCARD;
/** Fills in what a new one begins with. */
enum rc record_load_new(struct record_edit *edit, struct error *err) ATTR_NODISCARD;
/** RC_REFUSED for a row of an approved acta, which is not written any more: a person learns it
 *  before she begins. */
enum rc record_sealed_check(struct store *store, const struct editable_kind *kind,
			    const struct stored_row *row, struct error *err) ATTR_NODISCARD;
/** Name of the table of a field's parties. */
const char *record_party_table(const struct editable_kind *kind);

/* ---- record_read.c */

/** Reads one field, with those its value is meant within. Release what was written in any case. */
enum rc record_read_field(struct record_written *written, size_t i,
			  struct error *err) ATTR_NODISCARD;
/** Reads all fields and checks them together; messages begin with the field's name. */
enum rc record_read(struct record_written *written, struct error *err) ATTR_NODISCARD;
void record_written_init(struct record_written *written, const struct record_edit *edit);
void record_written_release(struct record_written *written);
/** What was given for the field of that name; NULL for none, or no such field. */
const char *record_given(const struct record_written *written, const char *name);
int64_t record_given_key(const struct record_written *written, const char *name);
bool record_has_changed(const struct record_written *written, const char *name);

/* ---- record_rules.c: what is asked of a record as a whole */

enum rc record_rules_check(struct record_written *written, struct error *err) ATTR_NODISCARD;
/** RC_REFUSED when another record has the same value in the field no two may share. */
enum rc record_unique_check(struct record_written *written, struct error *err) ATTR_NODISCARD;
/** Fills in what follows from the rest: the next label, how somebody takes part. */
enum rc record_fill(struct record_written *written, struct error *err) ATTR_NODISCARD;

/* ---- record_own.c: columns a person does not give */

/** The place of a new record behind those it is listed with, 0 where that is no matter; what has
 *  to make room is moved. */
enum rc record_find_rank(const struct record_written *written, struct operation *operation,
			 int64_t *rank, struct error *err) ATTR_NODISCARD;
/** Of a new record, into the insert begun last: sort key, code, rank. */
void record_add_own(const struct record_written *written, int64_t rank,
		    struct operation *operation);
/** Of one there is: what goes with the columns that change. */
void record_change_own(const struct record_written *written, struct operation *operation);
/** What a measurement measures and where, before the insert; keys into `written->keys`. */
enum rc record_add_measured(struct record_written *written, struct operation *operation,
			    struct error *err) ATTR_NODISCARD;

/* ---- record_words.c */

/** Appends a template with the values of a listed row; a value that is not known leaves out what
 *  joins it to what comes before. */
void record_words_row(struct strbuf *out, const char *template, const struct record_kind *kind,
		      const void *row);
/** What the history says of what was written. */
void record_set_words(const struct record_written *written, struct operation *operation);
/** Appends a text in one line, shortened to so many columns. */
void record_add_line(struct strbuf *out, const char *text, int columns);

#endif
