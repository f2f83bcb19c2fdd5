/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_labels.h"

#include "nucleo/base/attributes.h"

enum { LABEL_WORDS_MAX = 12, FIELD_WORDS_MAX = 5 };

/* "1", "Nro. 3", "R-2023-05-01": what numbers a label. */
static bool is_numbering(const struct prose_words *words, size_t at)
{
	return word_at(words, at)->kind == WORD_NUMBER ||
	       word_matches(words, at, "-|.|^|nro|no|num|numero|n|r|unico|unica");
}

/* The words of the label at `at`, its colon included; 0 for none. */
static size_t label_at(const struct prose_words *words, size_t at, size_t end, enum label *label)
{
	static const struct {
		const char *words;
		enum label label;
		bool numbered; /* "Compromiso 5:" is a commitment of the plan */
	} labels[] = {
		{"acuerdo|acuerdos|resolucion|resoluciones|decision|decisiones", LABEL_DECISION,
		 true},
		{"compromiso|compromisos asumid*|adquirid*|acordad*?", LABEL_UNDERTAKING, false},
		{"solicitud|solicitudes|pedido|pedidos|peticion|requerimiento", LABEL_REQUEST,
		 true},
		{"tarea|tareas|accion|pendiente|pendientes|seguimiento", LABEL_TASK, true},
	};
	*label = LABEL_NONE;
	for (size_t i = 0; i < ARRAY_COUNT(labels); i++) {
		size_t to = at + words_match(words, at, end, labels[i].words);
		if (to == at)
			continue;
		while (labels[i].numbered && to < at + LABEL_WORDS_MAX && is_numbering(words, to))
			to++;
		if (to >= end || !word_is(words, to, ":"))
			return 0;
		*label = labels[i].label;
		return to + 1 - at;
	}
	return 0;
}

/* Bullets, quotes and list letters. */
static size_t skip_opening(const struct prose_words *words, size_t at, size_t end)
{
	while (at < end && word_at(words, at)->kind == WORD_MARK)
		at++;
	if (word_at(words, at)->length == 1 && word_at(words, at)->kind == WORD_TEXT &&
	    word_matches(words, at + 1, ".|)"))
		at += 2;
	else if (word_at(words, at)->kind == WORD_NUMBER && word_matches(words, at + 1, ".|)"))
		at += 2;
	return at < end ? at : end;
}

size_t sentence_start(const struct prose_words *words, struct word_range sentence,
		      enum label *label)
{
	size_t at = skip_opening(words, sentence.from, sentence.to);
	size_t used = label_at(words, at, sentence.to, label);
	return used ? skip_opening(words, at + used, sentence.to) : at;
}

#define CHARGED "responsable|responsables|encargado|encargada|encargados|encargadas"

bool is_field(const struct prose_words *words, struct word_range sentence)
{
	size_t from = sentence.from + words_match(words, sentence.from, sentence.to, "(|-|*");
	size_t last = from + FIELD_WORDS_MAX < sentence.to ? from + FIELD_WORDS_MAX : sentence.to;
	if (!word_matches(words, from, CHARGED "|plazo|plazos|fecha|vencimiento|entrega"))
		return false;
	return words_find(words, from, last, ":") < last;
}

bool responsible_field(const struct prose_context *context, const struct prose_words *words,
		       struct word_range range, struct prose_mentions *list)
{
	for (size_t at = range.from + 1; at < range.to; at++)
		if (word_is(words, at, ":") && word_matches(words, at - 1, CHARGED) &&
		    mentions_at(context, words, at + 1, range.to, list))
			return true;
	return false;
}
