/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_paragraph.h"

#include <stdlib.h>

void paragraph_cut(struct prose_paragraph *paragraph, const struct prose_context *context,
		   const char *text)
{
	*paragraph = (struct prose_paragraph){.context = context};
	words_cut(&paragraph->words, text);
	words_sentences(&paragraph->words, &paragraph->sentences);
}

void paragraph_release(struct prose_paragraph *paragraph)
{
	vector_release(&paragraph->sentences);
	words_release(&paragraph->words);
}

void prose_read(const struct prose_context *context, const char *text, const char *speaker,
		struct prose_reading *out)
{
	struct prose_paragraph paragraph;
	struct strbuf acronym;
	*out = (struct prose_reading){.speaker_is_known = true};
	paragraph_cut(&paragraph, context, text);
	strbuf_init(&acronym);
	if (paragraph_speaker(&paragraph, &acronym, &out->speaker_is_known) && acronym.length)
		out->speaker = strbuf_detach(&acronym);
	else
		out->speaker = mem_strdup_null(speaker);
	strbuf_release(&acronym);
	paragraph_measures(&paragraph, &out->measures);
	paragraph_undertakings(&paragraph, out->speaker, &out->undertakings);
	paragraph_indicators(&paragraph, out->speaker, &out->indicators);
	out->resolution = paragraph_classify(&paragraph, &out->undertakings);
	paragraph_release(&paragraph);
}

void prose_reading_release(struct prose_reading *reading)
{
	free(reading->speaker);
	vector_release(&reading->measures);
	prose_undertakings_release(&reading->undertakings);
	prose_indicators_release(&reading->indicators);
	prose_resolution_release(&reading->resolution);
}
