/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_H
#define NUCLEO_MODEL_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/date.h"
#include "nucleo/base/vector.h"
#include "nucleo/model/percent.h"

/**
 * Reads the Spanish of minutes: who speaks, what is promised, by when, and the
 * figures in a sentence. Pure functions on valid UTF-8 text of one paragraph;
 * nothing here knows of files, layout or the database, so the acta reader and
 * the live capture line share it. Positions are byte offsets into that text.
 */

/** How sure a reading is; shown to the person who checks it. */
enum certainty { CERTAINTY_DOUBTFUL, CERTAINTY_LIKELY, CERTAINTY_SURE };

struct prose_span {
	size_t start, length;
};
typedef VECTOR(struct prose_span) prose_spans;

/** An institution that may speak or be named. Both texts borrowed. */
struct prose_institution {
	const char *acronym; /**< what a record calls it: "FCD", "Presidencia" */
	const char *name;    /**< full name, or NULL */
};

/** What the reader of a paragraph knows beforehand. Everything borrowed. */
struct prose_context {
	const struct prose_institution *institutions;
	size_t institution_count;
	const char *group;        /**< how the forum calls itself ("Grupo Núcleo"), or NULL */
	day_number meeting_date;  /**< DATE_NONE: relative dates give no date */
	day_number next_meeting;  /**< DATE_NONE when not known */
};

/** Splits at sentence ends; not at abbreviations, initials, decimals, "Nro. 5" or list numbers. */
void prose_sentences(const char *text, prose_spans *out);

/**
 * The institution that begins the sentence ("El CEE pregunta", "Por su parte
 * Presidencia", "En respuesta, AME indica", "La Alcaldía expone"). Appends its
 * acronym as the context spells it; an institution the context does not know
 * is appended as written (acronym, or name without its article) and
 * `*is_known` is false; so is the forum itself ("El Grupo Núcleo resuelve").
 * Of several ("FCD y AME informan") the first. Returns false when nobody is named.
 */
bool prose_speaker(const struct prose_context *context, const char *sentence,
		   struct strbuf *acronym, bool *is_known);

/** A percentage said of a commitment. */
struct prose_measure {
	char code[8]; /**< "C5" */
	percent_hundredths percent;
	struct prose_span where;
	enum certainty certainty;
};
typedef VECTOR(struct prose_measure) prose_measures;

/**
 * Finds "C1 (20%)", "C2, C3 y C4 (0%)", "C1 a C4: 10 %", "C1-C4 (5%)",
 * "C7: 23 %", "C8 38,5%", "compromiso 3 registra un 12 %", "sube de 38 % a
 * 44 %" (44). Out-of-range figures are no measures.
 */
void prose_find_measures(const char *text, prose_measures *out);

/** The first commitment a sentence is about ("Compromiso 5", "C5"), as "C5"; false when none. */
bool prose_commitment(const char *sentence, char code[8]);

/** Whether the text names that commitment ("C5"), alone, in a list or within a range. */
bool prose_mentions(const char *text, const char *code);

/** A due date found in a sentence. */
struct prose_due {
	struct prose_span words; /**< the words it was said in; length 0: none */
	day_number date;         /**< DATE_NONE when the words allow none */
};

/**
 * "hasta enero 2024" (last of the month), "hasta el 15 de marzo", "en 30 días"
 * (calendar days from the meeting), "para el próximo año" (its 31 December),
 * "antes de la próxima reunión", "15/03/2024", "a fines de marzo".
 */
struct prose_due prose_find_due(const struct prose_context *context, const char *sentence);

/** Something somebody is to do, as one sentence says it. */
struct prose_undertaking {
	struct prose_span sentence;
	int kind;             /**< enum followup_kind */
	char *responsible;    /**< acronyms separated by '\n', owned; "" when nobody is named */
	struct prose_due due; /**< span relative to the whole text */
	char commitment[8];   /**< "" when the sentence names none */
	enum certainty certainty;
};
typedef VECTOR(struct prose_undertaking) prose_undertakings;

/**
 * Proposed follow-ups of a paragraph: present or plain future of doing
 * something, requests and invitations; past, negated and "vigente hasta" are
 * none. Responsible: the named addressee of a request or invitation, else the
 * speaker of the sentence, else of the sentences before it in the paragraph,
 * else `speaker` (borrowed, may be NULL). A sentence gives one undertaking for
 * each responsible ("AME enviará … y FCD revisará …"), each with its own due date.
 */
void prose_find_undertakings(const struct prose_context *context, const char *text,
			     const char *speaker, prose_undertakings *out);
void prose_undertakings_release(prose_undertakings *list);

/** How a paragraph is classified. */
struct prose_resolution {
	int kind;          /**< enum entry_kind */
	int decision_kind; /**< enum decision_kind, ENUM_NONE when kind is no decision */
	char *objections;  /**< who reserved or objected, with their words, owned; NULL when none */
	char *tally;       /**< "9 a favor, 2 en contra, 1 abstención", owned; NULL when no vote */
};

struct prose_resolution prose_classify(const struct prose_context *context, const char *text);
void prose_resolution_release(struct prose_resolution *resolution);

/** A figure presented about a place: "Cuenca (84.72)". */
struct prose_indicator {
	char *place; /**< owned */
	char *name;  /**< what is measured, as the text says it, owned; "" when it does not say */
	double value;
	day_number as_of; /**< a cut-off date the text states; DATE_NONE: the meeting's date */
	char *organization; /**< acronym of who presents it, owned; "" when nobody is named */
	struct prose_span where;
	enum certainty certainty;
};
typedef VECTOR(struct prose_indicator) prose_indicators;

/** Figures in parentheses or after a colon behind a proper name of a place; percentages of
 *  commitments, years, counts and list numbers are none. `speaker` as in
 *  prose_find_undertakings(). */
void prose_find_indicators(const struct prose_context *context, const char *text,
			   const char *speaker, prose_indicators *out);
void prose_indicators_release(prose_indicators *list);

/** All of the above at once, about one paragraph. */
struct prose_reading {
	char *speaker;		/**< owned; NULL when nobody is named */
	bool speaker_is_known;	/**< as prose_speaker() says; true when nobody is named */
	struct prose_resolution resolution;
	prose_measures measures;
	prose_undertakings undertakings;
	prose_indicators indicators;
};

/** Reads a paragraph in one pass, several times faster than asking one by one. `speaker`
 *  (borrowed, may be NULL) speaks when the text itself names nobody. */
void prose_read(const struct prose_context *context, const char *text, const char *speaker,
		struct prose_reading *out);
void prose_reading_release(struct prose_reading *reading);

#endif
