/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_QUORUM_H
#define NUCLEO_MODEL_QUORUM_H

#include <stdbool.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/model/names.h"

/**
 * How many members must be there. The rule is the group's and kept in its settings, as text:
 *	(empty) or "ninguno"		none is required: the group decides by consensus
 *	"9"				so many members
 *	"1/2+1", "2/3", "50%", "mayoría"	a share of the members there are that day
 *	"público:3 OSC:1 academia:1"	so many of a sector, alone or beside one of the above
 * Pure.
 */
enum { QUORUM_SECTORS = SECTOR_OTHER + 1 };

struct quorum_rule {
	int count;                      /**< members; 0: see the share */
	int numerator, denominator, more; /**< share of the members, and how many more; 0/0: none */
	int sector[QUORUM_SECTORS];     /**< of each; 0: any */
};

/** RC_INVALID says which word is not understood. */
enum rc quorum_rule_parse(const char *text, struct quorum_rule *rule, struct error *err)
	ATTR_NODISCARD;
/** Appends it as the settings hold it; "" where none is required. */
void quorum_rule_add(struct strbuf *out, const struct quorum_rule *rule);
/** Whether anything is required. */
bool quorum_rule_is_set(const struct quorum_rule *rule);

/** Members of the group, and those present, in all and by sector. */
struct quorum_count {
	int members, present;
	int sector_members[QUORUM_SECTORS], sector_present[QUORUM_SECTORS];
};

/** Whether the meeting may decide; always without a rule. */
bool quorum_is_met(const struct quorum_rule *rule, const struct quorum_count *count);
/** Appends "Quórum: 14 de 17 (público 7, OSC 3, academia 2, privado 2)", with the rule where there
 *  is one, and what is missing where it is not met. */
void quorum_add_sentence(struct strbuf *out, const struct quorum_rule *rule,
			 const struct quorum_count *count);
/** The same in the words of an acta. */
void quorum_add_acta(struct strbuf *out, const struct quorum_rule *rule,
		     const struct quorum_count *count);

#endif
