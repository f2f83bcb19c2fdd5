/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_ACTA_H
#define NUCLEO_MODEL_ACTA_H

#include <stdbool.h>

#include "nucleo/base/date.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/names.h"
#include "nucleo/model/prose.h"

/**
 * The minutes of one meeting as they were read from a text, before anything
 * is written: what was found, on which line of the source (1-based), how sure.
 * Every char * is owned by the struct; NULL means the text does not say.
 */
struct acta_attendee {
	char *acronym;
	char *name;     /**< full name when the text gives it */
	char *delegate; /**< post (or person) that attends, when the text gives it */
	int sector;     /**< enum sector; SECTOR_OTHER when not said */
	int capacity;   /**< enum capacity */
	int status;     /**< enum attendance_status */
	int mode;       /**< enum attendance_mode or ENUM_NONE */
	int line;
	enum certainty certainty;
};

struct acta_item {
	char label[16]; /**< "8", "8.a" */
	int parent;     /**< index of the item it is part of; -1: none */
	char *title;
	int line;
	enum certainty certainty; /**< e.g. LIKELY for a number that was lost in the text */
};

struct acta_entry {
	int item; /**< index into items; -1: before the first */
	char *speaker; /**< acronym, or NULL */
	char *text; /**< one paragraph: no line ends, single blanks */
	struct prose_resolution resolution;
	int line;
	enum certainty certainty;
};

struct acta_measure {
	char code[8];
	percent_hundredths percent;
	int item, entry; /**< indexes */
	int line;
	enum certainty certainty;
};

struct acta_followup {
	char *description; /**< the sentence */
	char *responsible; /**< acronyms separated by '\n' */
	int kind;          /**< enum followup_kind */
	day_number due;
	char *due_text; /**< NULL when no date was said */
	char commitment[8];
	int item, entry;
	int line;
	enum certainty certainty;
};

struct acta_indicator {
	char *organization, *place, *name;
	double value;
	day_number as_of;
	int item, entry;
	int line;
	enum certainty certainty;
};

/** Text that found no place, quoted for the person who checks. */
struct acta_unplaced {
	char *text;
	int line;
};

/** A remark on the reading ("el número 1 faltaba"), in the user's language. */
struct acta_remark {
	char *text;
	int line;
};

struct acta_text {
	char *text;
	int line;
};

struct acta {
	char *group; /**< "Grupo Núcleo", from the title line; NULL when it names none */
	char *number; /**< "AM-2023-05" */
	day_number date;
	day_minute starts, ends;
	char *place;
	bool is_virtual; /**< some or all took part by video */
	char *plan_title; /**< plan the text speaks of, "Segundo Plan de Acción 2022-2024" */
	char *plan_code;  /**< "paga2" when the ordinal is said; NULL otherwise */
	char *prepared_by;
	int header_line;
	VECTOR(struct acta_attendee) attendees;
	VECTOR(struct acta_item) items;
	VECTOR(struct acta_entry) entries;
	VECTOR(struct acta_measure) measures;
	VECTOR(struct acta_followup) followups;
	VECTOR(struct acta_indicator) indicators;
	VECTOR(struct acta_text) signatories; /**< "post, institution, role" */
	VECTOR(struct acta_text) annexes;
	VECTOR(struct acta_unplaced) unplaced;
	VECTOR(struct acta_remark) remarks;
};

void acta_init(struct acta *acta);
void acta_release(struct acta *acta);

#endif
