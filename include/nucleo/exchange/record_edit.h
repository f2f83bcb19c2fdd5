/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RECORD_EDIT_H
#define NUCLEO_EXCHANGE_RECORD_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/model/record.h"
#include "nucleo/store/operation.h"

/**
 * A record being written by a person, field by field: one there is, or one to be. It begins
 * with what is stored, takes what she writes and at last becomes one operation that changes
 * only the fields she changed, each from the value that was stored when it began: what
 * others changed meanwhile merges or conflicts field by field (see store/operation.h). The
 * commands and the forms of the screen both write through it.
 *
 * Texts are as a person writes them, which is also how they are shown: dates 17/11/2023 (or
 * 2023-11-17), times 15h00 (15:00), enums by label (or name), percentages 38.5, records by
 * their code, institutions by acronym, apart by commas. An empty text is no value.
 */
struct record_edit;

enum record_edit_type {
	RECORD_EDIT_LINE, /**< a text of one line */
	RECORD_EDIT_TEXT, /**< one of several paragraphs */
	RECORD_EDIT_DATE,
	RECORD_EDIT_TIME,
	RECORD_EDIT_NUMBER,  /**< with decimals, or whole: its help says so */
	RECORD_EDIT_PERCENT, /**< 0 to 100, without the sign */
	RECORD_EDIT_ENUM,      /**< one of a few choices, which never change */
	RECORD_EDIT_REFERENCE, /**< the code of another record */
	RECORD_EDIT_INSTITUTIONS, /**< acronyms apart by commas, in the order that counts */
	RECORD_EDIT_LINES,        /**< items of a list, one a line */
};

/** What a form must know of a field. Texts live as long as the edit. */
struct record_edit_field {
	const char *name;  /**< JSON key, as in FIELD=VALUE */
	const char *label; /**< heading for a person, translated */
	const char *help;  /**< one line, translated: how to write it, what it is for; or NULL */
	enum record_edit_type type;
	bool is_required; /**< cannot be left empty */
	/** Says what the record is or where it belongs: given when it is made, shown since. */
	bool is_fixed;
	/** For commands alone: what a form asks in another way. */
	bool is_hidden;
};

enum { RECORD_EDIT_FIELDS_MAX = 32 };

/** Begins with a record there is; RC_NOT_FOUND when it is gone, RC_REFUSED for one of an approved
 *  acta, RC_USAGE for a kind that is not edited so. Free it. */
enum rc record_edit_begin(struct store *store, enum record_kind_id kind, int64_t key,
			  struct record_edit **edit, struct error *err) ATTR_NODISCARD;
/** Begins with an empty one, its defaults filled in; what it is made under (meeting=,
 *  commitment=...) comes with record_edit_preset(). RC_USAGE as above. */
enum rc record_edit_begin_new(struct store *store, enum record_kind_id kind,
			      struct record_edit **edit, struct error *err) ATTR_NODISCARD;
/** NULL is no matter. */
void record_edit_free(struct record_edit *edit);

/** Whether records of the kind are edited so. */
bool record_edit_knows(enum record_kind_id kind);
/** What a person calls the record, "S-2023-014" or "C5, hito 3"; of a new one "". */
const char *record_edit_called(const struct record_edit *edit);

size_t record_edit_count(const struct record_edit *edit);
/** The i-th field; `i` < record_edit_count(). */
struct record_edit_field record_edit_field(const struct record_edit *edit, size_t i);
/** The place of the field with that name; record_edit_count() when there is none. */
size_t record_edit_index(const struct record_edit *edit, const char *name);

/** What is written in the field now: at first what is stored; never NULL, valid until the next
 *  record_edit_set() of the field. */
const char *record_edit_text(const struct record_edit *edit, size_t i);
/** Writes it; nothing is checked. */
void record_edit_set(struct record_edit *edit, size_t i, const char *text);

/** Of a new record: what is in the field to begin with, which is no change a person made. */
void record_edit_preset(struct record_edit *edit, size_t i, const char *text);

/**
 * Of a record there is: what she saw in the field when she began to write in it, where others
 * changed it since the edit was begun anew. The operation changes it from that, so that it
 * conflicts with theirs; of a list, what others added stays. After what she writes was set. RC_IO.
 */
enum rc record_edit_set_seen(struct record_edit *edit, size_t i, const char *text,
			     struct error *err) ATTR_NODISCARD;

/** FIELD=VALUE, both valid UTF-8; FIELD is a JSON key. Borrowed. */
struct record_assignment {
	const char *field, *value;
};

/** Writes what a command was given. RC_USAGE naming the fields there are when one is not known, or
 *  when one is given twice; RC_INVALID for a value that is no text. */
enum rc record_edit_assign(struct record_edit *edit, const struct record_assignment *pairs,
			   size_t count, struct error *err) ATTR_NODISCARD;

/** Whether a person wrote anything that changes the record: what has to be saved or given up. */
bool record_edit_is_changed(const struct record_edit *edit);

/**
 * Whether what is written in the field will do, given what is written in the others: a form
 * says so while one is still at it. RC_INVALID, RC_NOT_FOUND (a record or institution that is
 * not there, naming one like it), RC_USAGE (it is missing), each with a message that does not
 * repeat the field's name; RC_IO.
 */
enum rc record_edit_check(struct record_edit *edit, size_t i, struct error *err) ATTR_NODISCARD;

/** Something that can be written in a field. */
struct record_choice {
	char *text;   /**< what is written: a label, a code, an acronym */
	char *detail; /**< what it stands for: a title, a name; NULL: nothing more */
};

enum { RECORD_CHOICES_MAX = 1000 };

/** Owned; zeroed is empty. */
struct record_choices {
	struct record_choice *items;
	size_t count, capacity;
};

/** Replaces `choices` by those of the field, in the order of their list, at most
 *  RECORD_CHOICES_MAX; given what is written in the others (the items of that meeting). None
 *  for a field one writes freely. For a list: of one item. */
enum rc record_edit_choices(struct record_edit *edit, size_t i, struct record_choices *choices,
			    struct error *err) ATTR_NODISCARD;
void record_choices_release(struct record_choices *choices);

/**
 * Adds to `operation` (empty until then, or with other edits composed so, whose words give way) the
 * edits that make the record what is written, with
 * words for the history; it stays empty when nothing changed. Nothing is written: commit the
 * operation, then look for the record as record_edit_key(). After an error the operation is as
 * it was, and `*field` (may be NULL) is the place of the field to blame, or record_edit_count().
 *
 * RC_USAGE: a value is missing. RC_INVALID: one breaks a rule. RC_NOT_FOUND: a record it
 * refers to. RC_REFUSED: there is another one so already, or the group's rules forbid it.
 * Messages begin with the JSON key of the field.
 */
enum rc record_edit_compose(struct record_edit *edit, struct operation *operation, size_t *field,
			    struct error *err) ATTR_NODISCARD;
/** The record's key; of a new one 0 until it was composed. */
int64_t record_edit_key(const struct record_edit *edit);

#endif
