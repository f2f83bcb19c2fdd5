/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_CONFLICT_WORDS_H
#define NUCLEO_EXCHANGE_CONFLICT_WORDS_H

#include "nucleo/base/json.h"
#include "nucleo/store/conflict.h"

/** What waits for a decision, in words for a person and for scripts. */

/** "acción de seguimiento S-2023-014 · Vence", or what it is where it has no name. */
void conflict_add_subject(struct strbuf *out, const struct conflict_item *item);
/** "AME, 17/11/2023 15h42", as far as it is known. */
void conflict_add_author(struct strbuf *out, const char *by, const char *at);
/** Why it waits, in short: "en conflicto: Título, Eje", or what refused it. */
void conflict_add_reason(struct strbuf *out, const struct conflict *conflict);
/** What comes of a choice: "Quedarme con lo mío (38)", "Tomar lo de AME (40)"; values that take
 *  more than a line's part are cut. */
void conflict_add_outcome(struct strbuf *out, const struct conflict_item *item,
			  enum conflict_choice choice);
/** The choice called so, in English or Spanish; CONFLICT_OPEN when there is none. */
enum conflict_choice conflict_choice_named(const char *word);

/** Appends all of a conflict as text; `place` is how the command line calls it. */
void conflict_add_text(struct strbuf *out, const struct conflict *conflict, size_t place);
/**
 * Writes a conflict as an object: {"op", "words", "by", "at", "reason", "follows", "fields":
 * [{"record", "field", "needs_decision", "seen", "mine", "theirs", "by", "at", "choices"}]}. The
 * keys are a promise to scripts.
 */
void conflict_add_json(struct json_writer *json, const struct conflict *conflict);

#endif
