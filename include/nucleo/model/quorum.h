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
 *	"2/3", "50%"			at least that share of the members there are that day
 *	"2/3+1"				that share without its fraction, and one more
 *	"mayoría"			more than half: "1/2+1"
 *	"público:3 OSC:1 academia:1"	so many of a sector, alone or beside one of the above
 * Sectors by name or label, accents and case aside; blanks, commas or semicolons between.
 * Pure.
 */
enum { QUORUM_SECTORS = SECTOR_OTHER + 1 };

struct quorum_rule {
	int count;                        /**< members; 0: see the share */
	int numerator, denominator, more; /**< share of the members, and how many more; 0/0: none */
	int sector[QUORUM_SECTORS];       /**< of each; 0: any */
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

/** Members it takes in all, of so many; 0: any. A share of no members is none: who they were is
 *  not recorded, so nothing is said of it. */
int quorum_needed(const struct quorum_rule *rule, int members);
/** Whether the meeting may decide; always without a rule. */
bool quorum_is_met(const struct quorum_rule *rule, const struct quorum_count *count);
/** Appends "Quórum: 14 de 17 (público 7, OSC 3, academia 2, privado 2)", translated; where there is
 *  a rule, what it takes and whether it is there: "· hacen falta 9: hay quórum", or
 *  "Sin quórum: 7 de 17 (...) · hacen falta 9: faltan 2". */
void quorum_add_sentence(struct strbuf *out, const struct quorum_rule *rule,
			 const struct quorum_count *count);
/** The same in the words of an acta, whole sentences: the group's record, so not translated. */
void quorum_add_acta(struct strbuf *out, const struct quorum_rule *rule,
		     const struct quorum_count *count);

#endif
