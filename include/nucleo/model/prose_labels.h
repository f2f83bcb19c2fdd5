/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_LABELS_H
#define NUCLEO_MODEL_PROSE_LABELS_H

#include "nucleo/model/prose_mentions.h"

/** What minutes write before and behind a sentence instead of saying it. Private to prose_*.c. */
enum label {
	LABEL_NONE,
	LABEL_DECISION,	   /**< "Acuerdo:", "Resolución R-2023-05-01:" */
	LABEL_UNDERTAKING, /**< "Compromiso:" */
	LABEL_REQUEST,	   /**< "Solicitud:" */
	LABEL_TASK,	   /**< "Tarea:", "Pendiente:" */
};

/** The first word a sentence says, behind bullets, quotes, "a)", "1." and its label. */
size_t sentence_start(const struct prose_words *words, struct word_range sentence,
		      enum label *label);

/** Whether a sentence is a field of the one before it: "Responsable: DPE.", "Plazo: 5 de marzo." */
bool is_field(const struct prose_words *words, struct word_range sentence);

/** Who "Responsable:" names within a range. False when there is no such field, or it names
 *  nobody. */
bool responsible_field(const struct prose_context *context, const struct prose_words *words,
		       struct word_range range, struct prose_mentions *list);

#endif
