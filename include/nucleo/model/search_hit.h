/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_SEARCH_HIT_H
#define NUCLEO_MODEL_SEARCH_HIT_H

#include "nucleo/model/records.h"

/**
 * What a search finds, whatever its kind. The kinds are named as those of
 * records; their order is the one among hits that match equally well.
 */
enum search_kind {
	SEARCH_COMMITMENT,
	SEARCH_MILESTONE,
	SEARCH_MEETING,
	SEARCH_AGENDA,
	SEARCH_RESOLUTION,
	SEARCH_ORGANIZATION,
	SEARCH_DOCUMENT,
	SEARCH_FOLLOWUP,
	SEARCH_INDICATOR,
	SEARCH_BLOCKER,
	SEARCH_PROGRESS,
	SEARCH_KIND_COUNT
};

extern const struct enum_names search_kind_names;

/** In marked texts the words that were found stand between these; in no other text are they. */
#define SEARCH_MARK_BEGIN '\001'
#define SEARCH_MARK_END '\002'

/** All text is one line, without control characters but the marks. */
struct search_hit {
	RECORD_HEAD; /**< `sort` is not used */
	int kind;    /**< enum search_kind */
	const char *id;    /**< as `show KIND ID` takes it */
	const char *title; /**< NULL: the kind has none, or it is not known yet */
	const char *place; /**< where it stands: "AM-2023-05, punto 2", "C6 › hito 3" */
	const char *snippet; /**< the part of its text with the words */
	const char *meeting, *item, *commitment; /**< their codes; NULL: none */
	/** `title` (NULL too when that is) and `snippet` with the marks. */
	const char *marked_title, *marked_snippet;
	int64_t meeting_key, item_key, commitment_key, organization_key; /**< 0: none */
};

/** How hits are printed; it is none of record_kinds, for nobody lists hits. */
extern const struct record_kind search_hit_kind;

/** The line a hit is listed by, with marks: its title, or what there is instead; borrowed. */
const char *search_hit_heading(const struct search_hit *hit);
/** What the text says beyond the heading, with marks; "" when nothing; borrowed. */
const char *search_hit_text(const struct search_hit *hit);

#endif
