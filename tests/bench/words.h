/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

#include <stdint.h>

#include "nucleo/base/strbuf.h"

/**
 * Spanish of the length and vocabulary of real actas, put together from lists
 * of our own by a generator of numbers of our own: the same seed gives the
 * same text on every machine.
 */
struct dice {
	uint64_t state;
};

/** A number from 0 to `sides` - 1. */
unsigned dice_roll(struct dice *dice, unsigned sides);
/** True `percent` times in a hundred. */
int dice_chance(struct dice *dice, unsigned percent);

/** Institutions there are words for. */
#define WORDS_ORGANIZATIONS 120

/** Appends the acronym of institution `index`, never the same twice below WORDS_ORGANIZATIONS. */
void words_add_acronym(struct strbuf *out, unsigned index);
void words_add_organization(struct strbuf *out, unsigned index);
/** Its sector, as stored. */
const char *words_sector(unsigned index);
/** Name of a municipality, parish or province; up to `index` 400 no two are alike. */
void words_add_place(struct strbuf *out, unsigned index);

/** Appends a title without full stop: of a commitment, a milestone, an agenda item, a document. */
void words_add_title(struct strbuf *out, struct dice *dice);
/** Appends one sentence about what was done. */
void words_add_sentence(struct strbuf *out, struct dice *dice, const char *speaker);
/** Appends one sentence that promises, asks or invites, with or without a date. */
void words_add_promise(struct strbuf *out, struct dice *dice, const char *speaker);
/** Appends a task in the infinitive, as people write follow-ups. */
void words_add_task(struct strbuf *out, struct dice *dice);
const char *words_due(struct dice *dice);

#endif
