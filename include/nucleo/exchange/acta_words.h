/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_WORDS_H
#define NUCLEO_EXCHANGE_ACTA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "nucleo/base/strbuf.h"

/**
 * What single words and line ends tell about the structure of an acta, before
 * its sentences are understood. Case and accents never matter. Internal to the
 * acta reader.
 */

/** The labels an acta prints before its parts. */
enum acta_label {
	LABEL_NONE,
	LABEL_DATE,
	LABEL_TIME,
	LABEL_PLACE,
	LABEL_MODE,
	LABEL_ATTENDEES, /**< attendees, or any part of them: observers, absentees, a sector */
	LABEL_AGENDA,
	LABEL_RESOLUTIONS,
	LABEL_PREPARED_BY,
	LABEL_ANNEXES,
	LABEL_SIGNATURES,
	LABEL_IGNORED /**< known, holds nothing that is kept ("Quórum:") */
};

/**
 * The label `text` begins with ("Hora de inicio: 15h00"), `*value` set to what
 * follows its colon. Without a colon it must be the whole text.
 */
enum acta_label acta_label_of(const char *text, const char **value);

/** Whether the text ends a sentence: . ! ? … behind quotes or parentheses, no abbreviation. */
bool acta_ends_sentence(const char *text);
/** Whether something must follow: the text ends in "de", "y", a comma, an open parenthesis ... */
bool acta_ends_open(const char *text);
/** Whether the first letter or digit of `text` is a lower-case letter. */
bool acta_starts_lower(const char *text);
/** Whether `text` reads as what a scanner makes of dirt ("E Page or u del Nr."). */
bool acta_is_noise(const char *text);
/** Whether `word` (first of the text) names a post: "Directora", "Subsecretario". */
bool acta_starts_post(const char *text);
/** Whether `text` begins with the kind of an institution: "Fundación", "Cámara". */
bool acta_starts_institution(const char *text);
/** Whether the text reads as the name of a person, which is not kept: "Ing. Ana de la Torre". */
bool acta_is_person(const char *text);
/** Whether the text is one word in capitals: "CNE", "CC.AA.", "GAD-C". */
bool acta_is_acronym(const char *text, size_t length);

/** Length of the word at `text`: up to a blank. */
size_t acta_word_length(const char *text);
/** Length of the word without the punctuation that follows it. */
size_t acta_bare_length(const char *word, size_t length);
/** Whether the word heads a column of numbers: "No.", "N°", "#". */
bool acta_is_number_word(const char *text, size_t length);
/** Length of a bullet with its blanks: "• ", "- ", "o "; 0 when the text begins with none. */
size_t acta_bullet_length(const char *text);
/** Whether the folded `words` ("|de|la|") hold the word, folded too, without its punctuation. */
bool acta_word_in(const char *text, size_t length, const char *words);
/** Appends the folded text of `length` bytes. */
void acta_fold_n(struct strbuf *out, const char *text, size_t length);
/** Appends `text` with runs of blanks made one, none at the ends of what is added. */
void acta_squeeze(struct strbuf *out, const char *text, size_t length);

/** The beginning of a text for a message: whole characters, "..." when more follows. */
struct acta_brief {
	char text[88];
};
struct acta_brief acta_brief(const char *text);

#endif
