/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_MINUTES_PARTS_H
#define NUCLEO_EXCHANGE_MINUTES_PARTS_H

#include "nucleo/exchange/institutions.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/minutes.h"

/** Shared by the files of minutes.h. */

/* ---- minutes_context.c */

/** A commitment by a name a line may call it. */
struct minutes_commitment {
	char *code; /**< owned */
	int64_t key;
};

/** What the context points to, and the keys behind its names. */
struct minutes_names {
	struct institutions institutions;
	struct record_set attendees, commitments;
	VECTOR(struct prose_institution) spoken;
	VECTOR(struct capture_commitment) named;
	VECTOR(struct minutes_commitment) keys; /**< of `named`, one for one */
};

/** Key of the commitment the context calls so; 0 when there is none. */
int64_t minutes_commitment_key(const struct minutes_names *names, const char *code);

/* ---- minutes.c */

/** The meeting, for whoever is to change something of it. */
struct minutes_meeting {
	struct store *store;
	struct stored_row row;
	int64_t key;
	const char *number; /**< borrowed from the row, never NULL */
	day_number day;
	int status; /**< enum meeting_status */
};

/** RC_REFUSED for an approved acta, RC_NOT_FOUND. Release it after RC_OK. */
enum rc minutes_meeting_load(struct store *store, int64_t meeting, struct minutes_meeting *out,
			     struct error *err) ATTR_NODISCARD;
void minutes_meeting_release(struct minutes_meeting *meeting);
/** The same with one of its entries; both are released after RC_OK. */
enum rc minutes_entry_load(struct store *store, int64_t entry, struct minutes_meeting *meeting,
			   struct stored_row *row, struct error *err) ATTR_NODISCARD;
/** An agenda item of the meeting, released after RC_OK; RC_NOT_FOUND when it is of none or of
 *  another. */
enum rc minutes_item_load(const struct minutes_meeting *meeting, int64_t item,
			  struct stored_row *row, struct error *err) ATTR_NODISCARD;

/** RC_INVALID for what no entry can hold. */
enum rc minutes_check_text(const char *text, struct error *err) ATTR_NODISCARD;
/** Says that the meeting, or what it is about, is gone; returns RC_NOT_FOUND. */
enum rc minutes_gone(struct error *err);
/** The text of a column; "" for null. Borrowed. */
const char *minutes_text(const struct stored_row *row, const char *column);
/** The value of a column as one of a set; ENUM_NONE for null. */
int minutes_enum(const struct stored_row *row, const char *column, const struct enum_names *names);
bool minutes_flag(const struct stored_row *row, const char *column);
/** Changes a column from what the row has. */
void minutes_change(struct operation *operation, const char *table, const struct stored_row *row,
		    const char *column, struct value now);

/** Appends what an item is called in the history: "punto 2", of 0 "antes del primer punto". */
enum rc minutes_add_item(const struct minutes_meeting *meeting, int64_t item, struct strbuf *out,
			 struct error *err) ATTR_NODISCARD;
/** Appends the beginning of a text, quoted; of a private note only that it is one. */
void minutes_add_quote(struct strbuf *out, const char *text, bool is_private);
/** Words for the history: "AM-2024-01, punto 2: " and what was done. */
enum rc minutes_say(const struct minutes_meeting *meeting, int64_t item, const char *done,
		    struct operation *operation, struct error *err) ATTR_NODISCARD;
/** The same of an entry, which is quoted behind. */
enum rc minutes_say_of(const struct minutes_meeting *meeting, const struct stored_row *entry,
		       const char *done, struct operation *operation,
		       struct error *err) ATTR_NODISCARD;

/* ---- minutes_place.c */

/** The entries of an item in their order; of those before the first item for 0. Zeroed is empty;
 *  release it with row_list_release(). */
enum rc minutes_entries(const struct minutes_meeting *meeting, int64_t item, row_list *rows,
			struct error *err) ATTR_NODISCARD;
/** The place of an entry in a list; its count when it is not there. */
size_t minutes_index(const row_list *rows, int64_t entry);
/** The rank of one that is to come before the one at `at` (its count: at the end); those behind
 *  make room where there is none. */
int64_t minutes_rank_at(const row_list *rows, size_t at, struct operation *operation);
/** The rank for that place, which is checked. */
enum rc minutes_rank_for(const struct minutes_meeting *meeting, const struct minutes_place *place,
			 struct operation *operation, int64_t *rank,
			 struct error *err) ATTR_NODISCARD;

/* ---- minutes_followup.c */

/** What a follow-up of an entry is, before its keys are looked up. Borrowed. */
struct minutes_followup {
	int64_t entry, item;
	const char *description;
	int kind;                /**< enum followup_kind */
	const char *responsible; /**< apart by '\n' */
	day_number due;
	const char *due_text;   /**< NULL: none */
	const char *commitment; /**< as the context calls it; NULL or "": none */
};

/** Adds it, with institutions nobody knew yet; its key. */
int64_t minutes_insert_followup(const struct minutes_meeting *meeting,
				struct minutes_names *names,
				const struct minutes_followup *followup,
				struct operation *operation);
/** Key of the institution, made when there is none; 0 for none. */
int64_t minutes_institution(struct minutes_names *names, const char *acronym,
			    struct operation *operation);

/* ---- minutes_measures.c */

struct minutes_figure {
	const char *code; /**< borrowed */
	int64_t commitment;
	percent_hundredths percent;
};

/** What is heard of commitments in an item; of one commitment the last figure stands. */
struct minutes_measures {
	const struct minutes_meeting *meeting;
	int64_t item;
	VECTOR(struct minutes_figure) items;
};

/** Notes a figure; of a commitment nobody knows (0) none. */
void minutes_measure(struct minutes_measures *measures, const struct minutes_figure *figure);
/** Adds them. What the meeting heard of a commitment before is put right by it, as the reader of
 *  actas does: a meeting has one figure of each. */
enum rc minutes_insert_measures(const struct minutes_measures *measures,
				struct operation *operation, struct error *err) ATTR_NODISCARD;

#endif
