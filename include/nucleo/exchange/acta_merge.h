/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_MERGE_H
#define NUCLEO_EXCHANGE_ACTA_MERGE_H

#include "nucleo/exchange/acta_import.h"
#include "nucleo/exchange/acta_match.h"
#include "nucleo/exchange/institutions.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"

/**
 * Comparing one reading with what is stored, edit by edit. Internal to the
 * import: acta_import.c runs the stages, acta_merge.c has what they share, the
 * other acta_merge_*.c the stages themselves.
 */

/** A commitment made by this import. */
struct merge_commitment {
	int64_t key;
	const char *code; /**< borrowed from the reading */
};

/** The stored rows of one kind that belong to the meeting, and which of them the acta still has. */
struct merge_rows {
	struct record_set set;
	bool *used;
};

enum { MERGE_ATTENDEES, MERGE_ITEMS, MERGE_ENTRIES, MERGE_FOLLOWUPS, MERGE_PROGRESS,
       MERGE_INDICATORS, MERGE_DOCUMENTS, MERGE_KINDS };

struct acta_merge {
	struct store *store;
	struct acta *acta; /**< the reading; stages only add remarks to it */
	struct operation *operation;
	struct acta_import_result *result; /**< the counts go here */
	int64_t meeting;
	int64_t plan; /**< the plan its commitments belong to; 0: made when it is needed */
	char *plan_code; /**< owned */
	struct institutions institutions;     /**< all, with those it makes */
	struct record_set meetings;           /**< the stored one, or none when it is new */
	struct record_set indicators;         /**< all, of any meeting */
	struct record_set commitments;        /**< of the plan */
	struct merge_rows rows[MERGE_KINDS];
	VECTOR(struct merge_commitment) new_commitments;
	VECTOR(int64_t) item_keys;  /**< of acta->items */
	VECTOR(int64_t) entry_keys; /**< of acta->entries */
};

/** The stored rows of a stage: `which` is one of MERGE_*. */
static inline size_t merge_count(const struct acta_merge *merge, int which)
{
	return merge->rows[which].set.count;
}

static inline const void *merge_at(const struct acta_merge *merge, int which, size_t i)
{
	return record_set_at(&merge->rows[which].set, i);
}

/** Changes of one row, counted once by merge_row_done(). */
struct merge_row {
	struct acta_merge *merge;
	const char *table;
	int64_t key;
	bool touched;
};

struct merge_row merge_row(struct acta_merge *merge, const char *table, int64_t key);
void merge_set(struct merge_row *row, const char *column, struct value was, struct value now);
void merge_set_text(struct merge_row *row, const char *column, const char *was, const char *now);
void merge_set_date(struct merge_row *row, const char *column, day_number was, day_number now);
void merge_set_time(struct merge_row *row, const char *column, day_minute was, day_minute now);
void merge_set_enum(struct merge_row *row, const char *column, const struct enum_names *names,
		    int was, int now);
void merge_row_done(struct merge_row *row);

/** Begins a new row; its fields follow by operation_field(). */
int64_t merge_insert(struct acta_merge *merge, const char *table);
void merge_delete(struct acta_merge *merge, const char *table, int64_t key);

/** Gives attendees whose sector the acta does not say the one that is known. */
void merge_complete_sectors(struct acta_merge *merge, struct acta *acta);

/** Pairs texts of the reading with those of stored rows, which are used then; owned, of `count`. */
size_t *merge_pair(struct acta_merge *merge, int which, const struct match_text *wanted,
		   size_t count, const struct match_text *stored) ATTR_NODISCARD;

/** Key of the stored institution with exactly that acronym; 0 when there is none. */
int64_t merge_organization_key(const struct acta_merge *merge, const char *acronym);
/**
 * Key of the institution, known by acronym or name, else by what the directory
 * calls it; one nobody knows is made, and marked for review unless the directory
 * has it. `attendee` (may be NULL) says what it is. 0 for no acronym.
 */
int64_t merge_organization(struct acta_merge *merge, const char *acronym,
			   const struct acta_attendee *attendee);
/** Key of an item or entry of the reading by index; 0 for -1. */
int64_t merge_item_key(const struct acta_merge *merge, int item);
int64_t merge_entry_key(const struct acta_merge *merge, int entry);

/** Key of the commitment, which is made when the plan has none with that code; 0 for "". */
int64_t merge_commitment(struct acta_merge *merge, const char *code);

/* The stages, in the order they run. */
/** Loads what is stored: the meeting with all its rows, indicators and places. */
enum rc merge_load(struct acta_merge *merge, struct error *err) ATTR_NODISCARD;
/** Whether the very file with this digest was the last one imported for the meeting. */
bool merge_is_same_file(const struct acta_merge *merge, const char *sha256);
/** Chooses the plan; RC_REFUSED when nothing tells which one is meant. */
enum rc merge_plan(struct acta_merge *merge, struct error *err) ATTR_NODISCARD;
/** RC_REFUSED when the acta is approved. */
enum rc merge_meeting(struct acta_merge *merge, struct error *err) ATTR_NODISCARD;
void merge_attendees(struct acta_merge *merge);
void merge_items(struct acta_merge *merge);
void merge_entries(struct acta_merge *merge);
void merge_documents(struct acta_merge *merge, const char *name, const char *sha256);
void merge_measures(struct acta_merge *merge);
/** Whether it is a report of its own (on a milestone, by a named reporter), no part of an acta. */
bool merge_is_report(const struct progress *row);
void merge_indicators(struct acta_merge *merge);
enum rc merge_followups(struct acta_merge *merge, struct error *err) ATTR_NODISCARD;
/** Deletes what the acta no longer has, referring rows first. */
enum rc merge_delete_unused(struct acta_merge *merge, struct error *err) ATTR_NODISCARD;

#endif
