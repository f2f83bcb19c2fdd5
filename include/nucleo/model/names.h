/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_NAMES_H
#define NUCLEO_MODEL_NAMES_H

/**
 * Every closed set of words of the domain, once. The name is what the database
 * and JSON hold; the label is what a person reads (translate with _()); the
 * sign tells the value without colour, in one column, "" where none is needed.
 */
#define ENUM_NONE (-1) /**< null: no value */

struct enum_name {
	const char *name;
	const char *label;
	const char *sign;
};

struct enum_names {
	const char *title; /**< what the set is called, for messages */
	const struct enum_name *names;
	int count;
};

enum sector { SECTOR_PUBLIC, SECTOR_CIVIL_SOCIETY, SECTOR_ACADEMIA, SECTOR_PRIVATE, SECTOR_OTHER };

enum capacity { CAPACITY_MEMBER, CAPACITY_OBSERVER, CAPACITY_GUEST };

enum attendance_status { ATTENDANCE_PRESENT, ATTENDANCE_ABSENT, ATTENDANCE_EXCUSED };

enum attendance_mode { MODE_IN_PERSON, MODE_VIRTUAL };

enum meeting_status {
	MEETING_DRAFT,
	MEETING_CONVENED,
	MEETING_IN_SESSION,
	MEETING_CLOSED,
	MEETING_APPROVED
};

enum item_state { ITEM_PENDING, ITEM_IN_PROGRESS, ITEM_DONE, ITEM_DEFERRED };

enum entry_kind { ENTRY_NOTE, ENTRY_DECISION, ENTRY_REQUEST, ENTRY_UNDERTAKING };

enum decision_kind { DECISION_CONSENSUS, DECISION_RESERVATIONS, DECISION_VOTE, DECISION_NOTED };

enum followup_kind {
	FOLLOWUP_UNDERTAKING,
	FOLLOWUP_REQUEST,
	FOLLOWUP_INVITATION,
	FOLLOWUP_TASK
};

enum followup_status {
	FOLLOWUP_PROPOSED,
	FOLLOWUP_OPEN,
	FOLLOWUP_IN_PROGRESS,
	FOLLOWUP_DONE,
	FOLLOWUP_DROPPED
};

enum party_role { PARTY_LEAD, PARTY_COUNTERPART, PARTY_SUPPORT };

/** How an institution voted, and by what rule the votes are judged. */
enum ballot_choice { BALLOT_FOR, BALLOT_AGAINST, BALLOT_ABSTAINED };

enum vote_rule { VOTE_SIMPLE, VOTE_TWO_THIRDS, VOTE_FOUR_FIFTHS, VOTE_BY_SECTOR };

/** How a person stands for her institution in the group. */
enum standing { STANDING_PRINCIPAL, STANDING_ALTERNATE };

enum document_kind {
	DOCUMENT_ACTA, /**< the file an acta was read from */
	DOCUMENT_GUIDE,
	DOCUMENT_ANNEX,
	DOCUMENT_EVIDENCE,
	DOCUMENT_OTHER
};

/** How far a milestone is, in the words of the national reports. */
enum progress_state {
	PROGRESS_DEFINITION,
	PROGRESS_PLANNING,
	PROGRESS_EXECUTION,
	PROGRESS_COMPLETED,
	PROGRESS_STOPPED
};

/** Who reports a figure of progress. */
enum reporter { REPORTER_ENTITY, REPORTER_COUNTERPART, REPORTER_GROUP };

/** The independent reporting mechanism's own judgement, entered by hand. */
enum irm_completion {
	IRM_NO_EVIDENCE,
	IRM_NOT_STARTED,
	IRM_LIMITED,
	IRM_SUBSTANTIAL,
	IRM_COMPLETE
};

/** Where an operation of the history is, and what became of it. */
enum operation_state {
	OPERATION_PUBLISHED,
	OPERATION_QUEUED, /**< not on the drive yet */
	OPERATION_PARKED, /**< somebody else changed the same: a person has to decide */
	OPERATION_REFUSED /**< the rules of the group did not let it change anything */
};

enum pace { PACE_AHEAD, PACE_ON_TRACK, PACE_BEHIND, PACE_UNKNOWN };

extern const struct enum_names sector_names;
extern const struct enum_names capacity_names;
extern const struct enum_names attendance_status_names;
extern const struct enum_names attendance_mode_names;
extern const struct enum_names meeting_status_names;
extern const struct enum_names item_state_names;
extern const struct enum_names entry_kind_names;
extern const struct enum_names decision_kind_names;
extern const struct enum_names ballot_choice_names;
extern const struct enum_names vote_rule_names;
extern const struct enum_names followup_kind_names;
extern const struct enum_names followup_status_names;
extern const struct enum_names party_role_names;
extern const struct enum_names standing_names;
extern const struct enum_names document_kind_names;
extern const struct enum_names progress_state_names;
extern const struct enum_names reporter_names;
extern const struct enum_names irm_completion_names;
extern const struct enum_names operation_state_names;
/** Kinds of what can be removed, those without a list of their own too; by name alone. */
extern const struct enum_names trash_kind_names;
extern const struct enum_names pace_names;

/** The value named `name` (as stored or as labelled, accents and case aside), or ENUM_NONE. */
int enum_value(const struct enum_names *names, const char *name);
/** Stored name of `value`; NULL for ENUM_NONE or a value outside the set. */
const char *enum_name(const struct enum_names *names, int value);
/** Translated label of `value`; "" for ENUM_NONE or a value outside the set. */
const char *enum_label(const struct enum_names *names, int value);
/** Sign of `value`; "" for none. */
const char *enum_sign(const struct enum_names *names, int value);

#endif
