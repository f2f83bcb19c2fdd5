/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ROLL_H
#define NUCLEO_EXCHANGE_ROLL_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/json.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/names.h"
#include "nucleo/model/quorum.h"
#include "nucleo/store/operation.h"

/**
 * The attendance of one meeting while it is taken: a row for each member and observer of the
 * group on its day, and for the guests. The screen and the command both write through it.
 *
 * Before anything is stored the list is that of the last meeting held: who was present is, in the
 * same mode and standing. Who came for an institution may be a person's name, so it is never
 * carried over. The first roll_compose() writes the list as a whole, each later one only what was
 * changed since, field by field: two who take it at once merge. The key of a row follows from the
 * meeting and the institution, so that two who write the whole list cannot make it twice.
 *
 * Once the list is stored and the meeting in session, marks tell the time by themselves: who is
 * marked present arrived now; who leaves departed now, stays in the record and is out of the
 * quorum.
 */

struct roll_mark {
	int status;                    /**< enum attendance_status */
	int mode, standing;            /**< enums of names.h or ENUM_NONE */
	day_minute arrived, departed;
	char *delegate;                /**< owned: who came for it; NULL: not said */
};

struct roll_row {
	int64_t key;          /**< of its row of the attendance; 0: none is stored */
	int64_t organization; /**< 0: nobody knows it yet; it is registered, for review */
	char *acronym, *name; /**< owned; name may be NULL */
	int sector, capacity; /**< enums of names.h */
	struct roll_mark mark;
	struct roll_mark was; /**< as it was loaded */
	/** What it was before it was marked as not present, which a second thought has back;
	 *  status ENUM_NONE: nothing. */
	struct roll_mark kept;
};

/** Zeroed is empty. */
struct roll {
	int64_t meeting;
	char *number;        /**< of the meeting, owned */
	int status;          /**< enum meeting_status */
	int mode;            /**< how one takes part when nothing else is said; or ENUM_NONE */
	day_minute dawn; /**< earlier times are of the day after, when it meets by night; or 0 */
	bool is_stored;      /**< the list was written once; else it is a proposal */
	char *from;          /**< owned: number of the meeting it is proposed from; NULL: none */
	int64_t version;     /**< store_version() when it was loaded */
	VECTOR(struct roll_row) rows; /**< members by sector, observers, guests */
};

/** Loads it anew; release it after RC_OK. RC_NOT_FOUND when the meeting is gone. */
enum rc roll_load(struct store *store, int64_t meeting, struct roll *roll, struct error *err)
	ATTR_NODISCARD;
void roll_release(struct roll *roll);
/** Loads it again and keeps what was marked and not stored; as it was after an error. */
enum rc roll_reload(struct store *store, struct roll *roll, struct error *err) ATTR_NODISCARD;
/** Marks all as in the last meeting held before it, guests apart. RC_NOT_FOUND: there is none. */
enum rc roll_take_last(struct store *store, struct roll *roll, struct error *err)
	ATTR_NODISCARD;

/** Marks nobody as present, guests apart: for who says all of it. */
void roll_clear(struct roll *roll);

/** The row of an institution, accents and case aside; the number of rows when there is none. */
size_t roll_find(const struct roll *roll, const char *acronym);
/** Whether somebody marked what is not stored: not so of a proposal nobody touched. */
bool roll_is_changed(const struct roll *roll);
bool roll_row_is_changed(const struct roll_row *row);
/** The time that marks are given: `now`, or none before the list is stored and in session. */
day_minute roll_clock(const struct roll *roll, day_minute now);

/** A time of day counted from the midnight before the meeting; DAY_MINUTE_NONE stays so. */
int roll_minute(const struct roll *roll, day_minute time);

/** ---- marks; `now` is the time of day */

void roll_set_status(struct roll *roll, size_t row, int status, day_minute now);
/** Present, or absent when it is. Who has left comes back. */
void roll_toggle(struct roll *roll, size_t row, day_minute now);
/** Excused, or absent when it is. */
void roll_toggle_excused(struct roll *roll, size_t row, day_minute now);
/** Virtual, or in person when it is; whoever is not present is by that. */
void roll_toggle_mode(struct roll *roll, size_t row, day_minute now);
/** The alternate, or the principal when it is. */
void roll_toggle_standing(struct roll *roll, size_t row, day_minute now);
/** Leaves now, or is back when it has left; nothing before marks are given the time. */
void roll_leave(struct roll *roll, size_t row, day_minute now);
/** All members and observers. */
void roll_set_all_present(struct roll *roll, day_minute now);
/** Who came for it; "" for nobody in particular. RC_INVALID. */
enum rc roll_set_delegate(struct roll *roll, size_t row, const char *text, struct error *err)
	ATTR_NODISCARD;
/** "15h20-16h40", "15h20-", "-16h40", "" for no times; present by that. RC_INVALID. */
enum rc roll_set_times(struct roll *roll, size_t row, const char *text, struct error *err)
	ATTR_NODISCARD;
/**
 * What a command says of one: status, mode, standing and times apart by commas, in any order and
 * in Spanish or by their stored names; without a status it is present. RC_INVALID names the word
 * that is not understood.
 */
enum rc roll_assign(struct roll *roll, size_t row, const char *words, struct error *err)
	ATTR_NODISCARD;
/**
 * Adds a guest, who is present; `*row` is its place. One that is in the roll already is only found.
 * `*is_known` is false for an institution nobody knew, which will be registered for review.
 * RC_INVALID for what is no acronym.
 */
enum rc roll_add_guest(struct store *store, struct roll *roll, const char *acronym, size_t *row,
		       bool *is_known, struct error *err) ATTR_NODISCARD;

/** ---- what comes of them */

/**
 * Adds the edits that store the roll to `operation` (empty until then), with words for the
 * history; it stays empty when nothing changed. Commit it, then roll_reload(). RC_INVALID when one
 * left before arriving. A first list commits only while nobody else wrote (RC_CONFLICT): reload and
 * compose again.
 */
enum rc roll_compose(const struct roll *roll, struct operation *operation, struct error *err)
	ATTR_NODISCARD;

/** Counts the members who are present at that time; DAY_MINUTE_NONE: those who came at all. */
void roll_count(const struct roll *roll, day_minute at, struct quorum_count *count);
/** When those who left took the quorum with them for good; DAY_MINUTE_NONE: it lasted to the
 *  end, or was never there. */
day_minute roll_quorum_lost(const struct roll *roll, const struct quorum_rule *rule);
/** When who arrived brought it back after it was lost, at `*lost`; DAY_MINUTE_NONE: it was never
 *  lost, or not brought back since. */
day_minute roll_quorum_regained(const struct roll *roll, const struct quorum_rule *rule,
				day_minute *lost);

/** The quorum of a meeting by the rule that is settled, of those who came, as an object: rule,
 *  members, present, met, lost (the time, or null), and by sector how many of each and how many the
 *  rule asks for; null before its attendance was taken, and after an error. */
enum rc roll_add_meeting_quorum(struct store *store, int64_t meeting, struct json_writer *json,
				struct error *err) ATTR_NODISCARD;
/** The same in the words of the acta; nothing before its attendance was taken. */
enum rc roll_add_acta_quorum(struct store *store, int64_t meeting, struct strbuf *out,
			     struct error *err) ATTR_NODISCARD;

#endif
