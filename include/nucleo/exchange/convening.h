/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONVENING_H
#define NUCLEO_EXCHANGE_CONVENING_H

#include <stdbool.h>

#include "nucleo/base/date.h"
#include "nucleo/base/json.h"
#include "nucleo/base/vector.h"
#include "nucleo/exchange/record_edit.h"
#include "nucleo/store/operation.h"

/**
 * Convening a meeting: what its agenda could be made of, each thing to be taken or left, and the
 * one operation that makes it of what was taken. The screen and the commands both go this way.
 */

enum proposal_group {
	PROPOSAL_STANDING, /**< what every agenda has, or the agenda that was copied */
	PROPOSAL_COMMITMENT, /**< one that is blocked, or did not move for some meetings */
	PROPOSAL_FOLLOWUP,   /**< one that is pending */
	PROPOSAL_DEFERRED,   /**< an item an earlier meeting put off */
	PROPOSAL_PARKED,     /**< one left for a later meeting before it met */
	PROPOSAL_GROUP_COUNT
};

/** Its heading, translated. */
const char *proposal_group_heading(enum proposal_group group);

struct proposal {
	enum proposal_group group;
	bool is_taken;
	char *code;   /**< "S-2023-014", "C5", "AM-2023-04/3"; NULL: a standing item */
	char *title;  /**< of the item to be */
	char *detail; /**< why it is here, for a person, translated; may be NULL */
	char *presenter; /**< may be NULL */
	int64_t minutes; /**< planned; 0: not said */
	size_t parent;   /**< place in the list, from 1, of the one it is a part of; 0: none */
	int64_t followup, commitment, carried_from; /**< keys of what it is about; 0: none */
	int64_t carried; /**< how often that follow-up was carried already */
};

/** In the order of the groups. Zeroed is empty. */
struct proposal_list {
	VECTOR(struct proposal) proposals;
	int64_t minutes; /**< planned of what is on the agenda already */
};

/** What the agenda is for. */
struct convening {
	int64_t meeting;     /**< one there is: what its agenda has is not proposed; 0: one to be */
	day_number date;
	int64_t copied_from; /**< the meeting whose agenda stands for the usual items; 0: none */
};

/**
 * Fills in `list`, empty before, with what the meeting could treat. Taken to begin with: the
 * usual items, unless the meeting has an agenda already; what other meetings left; commitments
 * that are blocked or stand still; and of the follow-ups those that are due by that day: the
 * others have time, and may be more than a meeting can hear of. RC_IO.
 */
enum rc convening_propose(struct store *store, const struct convening *convening,
			  struct proposal_list *list, struct error *err) ATTR_NODISCARD;
void proposal_list_release(struct proposal_list *list);
/** Sets what the person said in `from` of what is proposed in both: taken or not, its minutes. */
void proposal_list_keep(struct proposal_list *list, const struct proposal_list *from);
/** Takes or leaves what people call so: codes apart by commas, or "all". RC_NOT_FOUND. */
enum rc proposal_list_mark(struct proposal_list *list, const char *codes, bool is_taken,
			   struct error *err) ATTR_NODISCARD;
/** How many are taken. */
size_t proposal_list_taken(const struct proposal_list *list);
/** Planned minutes of those taken, and of what is on the agenda already. */
int64_t proposal_list_minutes(const struct proposal_list *list);
/** Appends them as a JSON array; and as text for a person. */
void proposal_list_add_json(struct strbuf *out, const struct proposal_list *list);
void proposal_list_add_text(struct strbuf *out, const struct proposal_list *list);

/**
 * Appends the number of the next meeting of the year of `date`: one more than the highest there
 * is, in the form of the latest meeting's ("AM-2024-02"). RC_IO.
 */
enum rc convening_next_number(struct store *store, day_number date, struct strbuf *out,
			      struct error *err) ATTR_NODISCARD;

/** What a new meeting's record begins with: the next number of this year, and the hours of the
 *  latest meeting. RC_IO. */
enum rc convening_preset(struct store *store, struct record_edit *edit,
			 struct error *err) ATTR_NODISCARD;

/**
 * The operation (empty until then) that makes the meeting in `edit` with the items taken:
 * follow-ups become parts of one item, commitments of another, made where the agenda has none; the
 * rest comes before the item that closes it. Follow-ups are carried once more. Errors and `*field`
 * as record_edit_compose().
 */
enum rc convening_compose(struct record_edit *edit, const struct proposal_list *list,
			  struct operation *operation, size_t *field, struct error *err)
	ATTR_NODISCARD;

/** What a meeting there is gets. */
struct convening_change {
	const struct convening *convening;
	const struct proposal_list *list; /**< whose items taken are added; NULL: none */
	bool convenes;                    /**< a draft becomes convened */
};

/** The operation (empty until then) that makes those changes; it stays empty when there are none.
 *  RC_REFUSED: the meeting is over. RC_NOT_FOUND, RC_IO. */
enum rc convening_compose_change(struct store *store, const struct convening_change *change,
				 struct operation *operation, struct error *err) ATTR_NODISCARD;

/** Where an item goes that comes at the end, but before the one that closes every agenda. */
struct agenda_plan;
size_t agenda_closing_place(const struct agenda_plan *plan);

#endif
