/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_CLOSING_H
#define NUCLEO_MODEL_CLOSING_H

#include "nucleo/base/vector.h"
#include "nucleo/model/prose.h"
#include "nucleo/model/records.h"

/** What the record of a meeting still lacks before it is closed. Pure. */

enum closing_kind {
	CLOSING_ATTENDANCE,  /**< nobody is said to have been there */
	CLOSING_QUORUM,      /**< it was lost, or never there */
	CLOSING_ITEM,        /**< an item nothing came of */
	CLOSING_FOLLOWUP,    /**< without who or by when */
	CLOSING_UNDERTAKING, /**< what somebody is to do, and no follow-up says so */
	CLOSING_SENTENCE,    /**< words that sound like that */
	CLOSING_DECISION,    /**< without a number, or without how it was decided */
	CLOSING_VOTE,        /**< figures that do not add up */
	CLOSING_DOUBT,       /**< a question nobody has answered */
	CLOSING_AGENDA,      /**< no decision approves the agenda */
	CLOSING_PREVIOUS,    /**< nor the acta before */
	CLOSING_SIGNATURE,   /**< who wrote it or who signs */
	CLOSING_KIND_COUNT
};

extern const struct enum_names closing_kind_names;

struct closing_remark {
	enum closing_kind kind;
	/** It may well be right so: the meeting is closed without a reason for it. */
	bool is_hint;
	char *where; /**< "punto 3", "S-2024-003"; "" for the meeting as a whole */
	char *text;  /**< what is missing, translated */
	char *mend;  /**< how that is mended, translated */
	char *code;  /**< of the record it is about, as store_find() takes it; NULL: the meeting */
	char *label; /**< of the item it belongs to, "3.a"; NULL: none */
	int64_t item, entry, followup; /**< where it is mended; 0: not there */
};

struct closing_report {
	VECTOR(struct closing_remark) remarks; /**< what has to be mended first, then hints */
};

/** All there is about the meeting, as it stands. Borrowed. */
struct closing_facts {
	const struct meeting *meeting;
	const struct agenda_item *items;
	const struct resolution *entries;
	const struct followup *followups;
	const struct attendee *attendees;
	const struct progress *progress;
	size_t item_count, entry_count, followup_count, attendee_count, progress_count;
	/** Why there was none, a sentence; NULL: there was, or none is needed. */
	const char *quorum;
	/** It is of a while in the middle alone: to be known, not to be mended. */
	bool is_quorum_back;
	/** Of each entry, what the detector marks in it; NULL: nothing was looked for. */
	const struct prose_span *marked;
};

/** Zeroed is empty; replaces what is in the report. */
void closing_review(const struct closing_facts *facts, struct closing_report *report);
void closing_report_release(struct closing_report *report);

/** How many of them need a reason. */
size_t closing_missing(const struct closing_report *report);
/** Appends those in one line, "punto 3: quedó sin tratar; S-2024-003: no tiene responsable". */
void closing_add_missing(const struct closing_report *report, struct strbuf *out);

/** Whether somebody can be held to it: it says who and by when. */
bool closing_is_complete(const struct followup *followup);

#endif
