/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_RECORDS_H
#define NUCLEO_MODEL_RECORDS_H

#include "nucleo/model/record.h"

/**
 * One struct for each kind of record, as lists show it: references are already
 * the codes and acronyms people use. All text is borrowed from whoever fills
 * the struct (the store: until its callback returns). `key` is the record's
 * random key, `sort` its place in the kind's order (see store/list.h).
 */
#define RECORD_HEAD       \
	int64_t key;      \
	const char *sort

struct organization {
	RECORD_HEAD;
	const char *acronym, *name;
	int sector, role; /**< role: enum capacity, of today's membership */
	bool review;      /**< made up by an import; somebody should look at it */
	int64_t membership_key; /**< of that membership; 0: none */
	day_number membership_starts, membership_ends;
	/** See attendance.h; 0 where the list was not asked to count them. */
	int64_t attended, meetings, absence_streak;
};

struct plan {
	RECORD_HEAD;
	const char *code, *title, *ogp_id;
	day_number starts, ends;
};

struct commitment {
	RECORD_HEAD;
	const char *called; /**< its code, with its plan where another plan has the same */
	const char *code, *plan, *title, *axis, *problem, *description, *ogp_values, *ods, *ogp_id;
	const char *contribution, *information, *contact_post, *technical_note;
	int irm_completion;
	const char *lead, *counterpart, *support; /**< lists of acronyms */
	percent_hundredths own_percent, previous_percent; /**< reported of it as a whole */
	day_number as_of;
	day_number starts, ends; /**< its own dates, else its plan's */
	day_number own_starts, own_ends;
	const char *milestone_tally; /**< "[milestones,reported,sum]", the sum maybe null */
	/** Expected at `as_of` from its milestones; PERCENT_NONE when they have no dates. */
	percent_hundredths milestone_expected;
	const char *blocker; /**< why it is blocked now; NULL when it is not */
	/* derived */
	int64_t milestones, milestones_reported; /**< how many, and of how many there is a figure */
	double milestones_sum; /**< of their percentages, none counting as 0; NAN: not reported */
	percent_hundredths percent, expected_percent;
	int pace; /**< enum pace */
	bool overdue, blocked;
};

struct milestone {
	RECORD_HEAD;
	const char *commitment, *plan, *title, *deliverable;
	int64_t number;
	day_number starts, ends;
	day_number original_starts, original_ends; /**< before it was put off; DATE_NONE: never */
	percent_hundredths percent;
	/** The present word of each reporter, enum progress_state. */
	int entity_state, counterpart_state, group_state;
	int64_t commitment_key;
	/* derived */
	bool disagreement; /**< two reporters say different states */
	bool overdue;
};

struct progress {
	RECORD_HEAD;
	const char *commitment, *plan, *milestone, *meeting, *item, *note, *evidence;
	int reporter, state;
	day_number as_of;
	percent_hundredths percent;
	int64_t item_key; /**< 0: none */
	int64_t rank;     /**< among reports on the same, the last word has the highest */
};

struct blocker {
	RECORD_HEAD;
	const char *commitment, *plan, *reason;
	const char *owner; /**< acronym of who can resolve it */
	day_number since, until;
};

struct meeting {
	RECORD_HEAD;
	const char *number, *place, *prepared_by, *virtual_place;
	const char *signatories, *annexes; /**< lists */
	day_number date;
	day_minute starts, ends;
	day_minute opened, closed; /**< when it really began and ended */
	const char *closing_reason; /**< why it was closed with something missing */
	int status;
	int64_t item_count, present_count;
};

struct agenda_item {
	RECORD_HEAD;
	const char *meeting, *label, *parent, *title, *presenter;
	int state;
	int64_t minutes_planned, minutes_spent; /**< 0: not said */
	day_minute resumed; /**< since when it is being treated, beside what was spent */
	bool parked;        /**< left for the next meeting's agenda */
	const char *followup, *commitment, *carried_from; /**< what it is about; where it was */
	int64_t followup_key, commitment_key, carried_key; /**< 0: none */
	int64_t rank;
	int64_t parent_key; /**< 0 for a top-level item */
	int64_t entry_count;
};

struct attendee {
	RECORD_HEAD;
	const char *meeting, *organization, *name, *delegate;
	int sector, capacity, status, mode, standing;
	day_minute arrived, departed;
	int64_t rank;
};

/** A paragraph of the record of a meeting. */
struct resolution {
	RECORD_HEAD;
	const char *id, *meeting, *item, *organization, *text;
	int kind;
	const char *decision_number;
	int decision_kind; /**< ENUM_NONE: no decision */
	const char *objections, *tally;
	int vote_rule; /**< ENUM_NONE: no vote, or an acta that does not say */
	int64_t votes_for, votes_against, votes_abstained; /**< of a vote with a rule; else -1 */
	const char *ballots; /**< list: "FCD for"; NULL where only the tally is known */
	bool is_private, is_doubt;
	int64_t rank, meeting_key;
	int64_t item_key; /**< 0: before the first item */
};

struct followup {
	RECORD_HEAD;
	const char *id, *description;
	int kind, status;
	const char *responsible; /**< list of acronyms */
	day_number due;
	const char *due_text, *meeting, *item, *commitment;
	int64_t carried;
	const char *notes;    /**< list; each begins with its day */
	const char *sentence; /**< the paragraph it came from; NULL when typed by hand */
	int64_t entry_key;    /**< that paragraph's key; 0: none */
	int64_t meeting_key, item_key, commitment_key; /**< 0: none */
	/* derived */
	bool overdue;
};

struct indicator {
	RECORD_HEAD;
	const char *organization, *place, *name, *meeting, *item;
	double value;
	day_number as_of;
	int64_t indicator_key, place_key; /**< what is measured, and where */
	int64_t item_key;                 /**< 0: none */
};

struct document {
	RECORD_HEAD;
	int kind; /**< enum document_kind */
	const char *title, *location, *sha256, *meeting, *commitment;
};

/** Who stands for an institution: a post, and who holds it where she agreed to be named. */
struct person {
	RECORD_HEAD;
	const char *organization, *post, *name, *email;
	int standing;
};

/** The key of one that is queued is negative. */
struct history {
	RECORD_HEAD;
	int64_t number; /**< 0 while it is queued */
	const char *at, *by, *host, *words, *refused;
	const char *op;	  /**< its id */
	const char *post; /**< the position of who did it; NULL: it was not said */
	int64_t undoes; /**< number of the operation it undoes; 0: none */
	int state; /**< enum operation_state */
	const char *parked; /**< why it waits for a decision; NULL: it does not */
	bool deletes; /**< it removed records */
	bool is_new; /**< somebody else's, after what this user saw last (see store/seen.h) */
	bool is_undone;     /**< as things stand */
	int64_t undone_by;  /**< number of what undid it last; 0: nothing, or that is queued */
	int64_t undone_key; /**< key of the same in the history; 0: it is in force */
};

/** A record that was removed and is not back. */
struct trash {
	RECORD_HEAD;
	int kind; /**< of trash_kind_names */
	const char *code, *text; /**< what people called it, what it said; NULL: nothing */
	const char *at, *by;
	int64_t number; /**< of the operation that removed it; 0 while that is queued */
	const char *table;
	int64_t operation; /**< key of that operation in the history */
};

/** Owned text that orders commitments by plan, then "C2" before "C10". */
char *commitment_sort_key(const char *plan_code, const char *code) ATTR_NODISCARD;

/**
 * What should be done by `as_of`, from the milestones where they have dates,
 * else a straight line between `starts` and `ends`. PERCENT_NONE without dates.
 */
percent_hundredths commitment_expected(const struct commitment *commitment);
/** enum pace: ahead and behind begin more than one point away from expected. */
int commitment_pace(const struct commitment *commitment);
/** Share of the time from `starts` to `ends` that has passed on `on`, 0 to PERCENT_FULL. */
percent_hundredths elapsed_share(day_number starts, day_number ends, day_number on);
/** Whether the state is one that still asks for work. */
bool followup_is_pending(int status);

#endif
