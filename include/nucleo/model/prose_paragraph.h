/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_PARAGRAPH_H
#define NUCLEO_MODEL_PROSE_PARAGRAPH_H

#include "nucleo/model/prose_mentions.h"

/** A paragraph cut into words once, for all that is read from it. Private to prose_*.c. */
struct prose_paragraph {
	const struct prose_context *context;
	struct prose_words words;
	word_ranges sentences;
};

/** `context` and `text` must outlive the paragraph. */
void paragraph_cut(struct prose_paragraph *paragraph, const struct prose_context *context,
		   const char *text);
void paragraph_release(struct prose_paragraph *paragraph);

/** What the public functions of the same names in prose.h do. */
bool paragraph_speaker(const struct prose_paragraph *paragraph, struct strbuf *acronym,
		       bool *is_known);
void paragraph_measures(const struct prose_paragraph *paragraph, prose_measures *out);
void paragraph_undertakings(const struct prose_paragraph *paragraph, const char *speaker,
			    prose_undertakings *out);
/** `promises` are those of the paragraph; they tell its kind when nothing is decided. */
struct prose_resolution paragraph_classify(const struct prose_paragraph *paragraph,
					   const prose_undertakings *promises);
void paragraph_indicators(const struct prose_paragraph *paragraph, const char *speaker,
			  prose_indicators *out);

#endif
