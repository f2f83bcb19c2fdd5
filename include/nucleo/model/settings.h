/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_SETTINGS_H
#define NUCLEO_MODEL_SETTINGS_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/**
 * What a group settles once for all its meetings, each a row of the table "setting". Where there
 * is no row, or no value in it, the default holds. Pure; see store/setting.h for what is stored.
 */
enum setting_id { SETTING_QUORUM, SETTING_VOTE_RULE, SETTING_STUCK_MEETINGS,
		  SETTING_STANDING_ITEMS, SETTING_COUNT };

enum setting_type {
	SETTING_LINE,
	SETTING_CHOICE, /**< one of a closed set, or nothing */
	SETTING_LINES,	/**< a list, one a line */
};

struct enum_names;

struct setting {
	const char *name;  /**< as it is stored, and in commands */
	const char *label; /**< msgid, small letters: "quórum" */
	const char *help;  /**< msgid, one line: what it does and how to write it */
	enum setting_type type;
	const struct enum_names *choices; /**< of a SETTING_CHOICE */
	const char *fallback; /**< the default as it would be stored; "" for none */
	const char *none;     /**< msgid: what it means to have no value */
};

extern const struct setting settings[SETTING_COUNT];

enum { STUCK_MEETINGS_MAX = 20, STANDING_ITEMS_MAX = 30, SETTING_VALUE_MAX = 4000 };

/** The setting called so, by name or label, accents and case aside; SETTING_COUNT for none. */
enum setting_id setting_named(const char *word);

/**
 * Appends what is stored for a text as a person writes it; nothing where it says nothing or what
 * holds by default: then none is stored. RC_INVALID says what is wrong and how to write it. The
 * items of a list may be apart by semicolons too.
 */
enum rc setting_read(enum setting_id id, const char *text, struct strbuf *out, struct error *err)
	ATTR_NODISCARD;

/** Appends a stored value for a person, in one line and translated. */
void setting_add_shown(struct strbuf *out, enum setting_id id, const char *stored);
/** The same in the group's language, for the history. */
void setting_add_words(struct strbuf *out, enum setting_id id, const char *stored);

#endif
