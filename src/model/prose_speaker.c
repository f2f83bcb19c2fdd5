/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_labels.h"
#include "nucleo/model/prose_paragraph.h"

#include <string.h>

#include "nucleo/base/attributes.h"

/* How far into a sentence its subject may begin: past "En respuesta a la consulta de …,". */
enum { LEAD_MAX = 30 };

/* What may stand before the subject without a comma. Longest first where one begins another. */
static const char *const connectors[] = {
	"por su parte",
	"por su lado",
	"por otra parte",
	"por otro lado",
	"por un lado",
	"por ultimo",
	"por parte de",
	"por parte del",
	"por consiguiente",
	"por lo tanto",
	"de parte de",
	"de parte del",
	"de igual manera|forma|modo",
	"de la misma manera|forma",
	"del mismo modo",
	"de otro|otra lado|parte",
	"en representacion de|del",
	"en nombre de|del",
	"en respuesta",
	"en este|ese|tal sentido|punto|contexto|marco|caso|tema",
	"en esta|esa linea|misma",
	"en cuanto a esto",
	"en relacion con esto",
	"en tanto",
	"en seguida",
	"a continuacion",
	"a su vez",
	"a su turno",
	"al respecto",
	"al mismo tiempo",
	"ante esto|ello",
	"con ello|esto",
	"sobre este|el punto|tema|particular|asunto",
	"sobre esto|ello",
	"tambien|ademas|asimismo|asi|adicionalmente|finalmente|igualmente|luego|posteriormente|"
	"seguidamente|enseguida|entonces|mientras|incluso|desde|complementariamente|nuevamente|"
	"previamente|inicialmente|similarmente|paralelamente|y|e|pero",
	"asi mismo",
	"asi tambien",
	"acto seguido",
	"no obstante",
	"sin embargo",
	"toma|tomo|hace|hizo la palabra",
	"hace|hizo uso de la palabra",
	"pide|pidio la palabra",
	"interviene|intervino",
	"mientras tanto",
	"una vez mas",
};

static size_t skip_connector(const struct prose_words *words, size_t at, size_t end)
{
	size_t longest = 0;
	for (size_t i = 0; i < ARRAY_COUNT(connectors); i++) {
		size_t length = words_match(words, at, end, connectors[i]);
		if (length > longest)
			longest = length;
	}
	at += longest;
	return at + (longest ? words_match(words, at, end, ",") : 0);
}

/* Where the verb of a subject that ends at `at` stands: past ", a través de su delegada," and the
 *  like, pronouns and "también". */
static size_t verb_after(const struct prose_words *words, size_t at, size_t end)
{
	if (word_is(words, at, ",")) {
		size_t close = at + 1;
		while (close < end && close < at + LEAD_MAX && !word_is(words, close, ","))
			close++;
		if (word_is(words, close, ","))
			at = close + 1;
	}
	at += words_match(words, at, end, "por su parte|lado");
	at += words_match(words, at, end, ":");
	at += words_match(words, at, end, "tambien|ademas|igualmente|asimismo|finalmente");
	at += words_match(words, at, end, "no");
	for (int i = 0; i < 2; i++)
		at += words_match(words, at, end, "se|les|le|lo|la|los|las|nos");
	return at;
}

size_t subject_verb(const struct prose_words *words, size_t at, size_t end)
{
	size_t verb = verb_after(words, at, end);
	return verb < end && word_is_finite(words, verb) ? verb : NO_VERB;
}

static bool has_verb(const struct prose_words *words, size_t at, size_t end)
{
	return subject_verb(words, at, end) != NO_VERB;
}

static bool is_known(const struct prose_mentions *list)
{
	return list->items[0].institution != MENTION_UNKNOWN;
}

/* "La alcaldía expone": a common name in small letters, only right before a verb of speech. */
static bool common_name_at(const struct prose_words *words, size_t at, size_t end,
			   struct prose_mentions *list)
{
	static const char heads[] = "alcaldia|prefectura|municipalidad|secretaria|defensoria|"
				    "contraloria|vicealcaldia|gobernacion|universidad";
	size_t name = at + words_match(words, at, end, "la");
	if (name == at || !word_matches(words, name, heads))
		return false;
	size_t to = name + 1;
	while (word_matches(words, to, "de|del|la|los") ||
	       (to > name + 1 && word_at(words, to)->shape != SHAPE_LOWER))
		to++;
	if (to >= end || !word_is_verb(words, verb_after(words, to, end), VERB_SAYS))
		return false;
	list->items[0] = (struct prose_mention){MENTION_UNKNOWN, {name, to}};
	list->count = 1;
	list->next = to;
	return true;
}

/* "Fundapi presenta": an unknown proper name, alone before a verb of speech. */
static bool proper_name_at(const struct prose_words *words, size_t at, size_t end,
			   struct prose_mentions *list)
{
	static const char pronouns[] =
		"esto|eso|ello|este|esta|estos|estas|esos|esas|todo|todos|todas|quien|quienes|"
		"nadie|"
		"alguien|ninguno|algunos|otros|cada|ambos|ambas|uno|una|aqui|ahi|alli|hoy|ayer|"
		"cuando|donde|como|que|se|no|si|solo|ya|aun|siempre|nunca|tampoco|despues|antes|"
		"ahora|lo|le|les|la|el|los|las|nos|tras|segun|conforme|el|ella|ellos|ellas|luego|"
		"ecuador|zoom";
	const struct prose_word *word = word_at(words, at);
	const char *folded = word_folded(words, at);
	size_t length = strlen(folded);
	bool adverb = length > 5 && strcmp(folded + length - 5, "mente") == 0;
	if (at >= end || word->kind != WORD_TEXT || word->shape != SHAPE_CAPITAL || word->verb ||
	    adverb || word->tense != TENSE_NONE || word_matches(words, at, pronouns))
		return false;
	if (!word_is_verb(words, at + 1, VERB_SAYS))
		return false;
	list->items[0] = (struct prose_mention){MENTION_UNKNOWN, {at, at + 1}};
	list->count = 1;
	list->next = at + 1;
	return true;
}

/* "La alcaldesa informa": who heads the only Alcaldía there is speaks for it. */
static bool office_at(const struct prose_context *context, const struct prose_words *words,
		      struct word_range place, struct prose_mentions *list)
{
	static const struct {
		const char *head, *institution;
	} offices[] = {
		{"alcalde|alcaldesa", "alcaldia"},
		{"prefecto|prefecta", "prefectura"},
		{"rector|rectora", "universidad"},
		{"gobernador|gobernadora", "gobernacion"},
	};
	size_t at = place.from + words_match(words, place.from, place.to, "el|la senor|senora?");
	for (size_t i = 0; at > place.from && i < ARRAY_COUNT(offices); i++) {
		int found = word_matches(words, at, offices[i].head)
				    ? mention_beginning(context, offices[i].institution)
				    : MENTION_UNKNOWN;
		if (found == MENTION_UNKNOWN)
			continue;
		list->items[0] = (struct prose_mention){found, {at, at + 1}};
		list->count = 1;
		list->next = at + 1;
		while (list->next < place.to && word_matches(words, list->next, "de|del|la") &&
		       list->next < at + 6)
			list->next += 2;
		return true;
	}
	return false;
}

/* A subject right here. What the context does not know needs its verb behind it. */
static bool subject_at(const struct prose_context *context, const struct prose_words *words,
		       struct word_range place, struct prose_mentions *list)
{
	if (word_matches(words, place.from, "a|al|de|del|con"))
		return false;
	if (mentions_at(context, words, place.from, place.to, list) &&
	    (is_known(list) || has_verb(words, list->next, place.to)))
		return true;
	return office_at(context, words, place, list) ||
	       common_name_at(words, place.from, place.to, list) ||
	       proper_name_at(words, place.from, place.to, list);
}

/* "Informa la AME que", "Toma la palabra el CNE". */
static bool subject_behind_verb(const struct prose_context *context,
				const struct prose_words *words, struct word_range place,
				struct prose_mentions *list)
{
	size_t at = place.from + words_match(words, place.from, place.to, "se");
	if (at != place.from || !word_is_verb(words, at, VERB_SAYS) ||
	    word_matches(words, at + 1, "a|al|de|del"))
		return false;
	return mentions_at(context, words, at + 1, place.to, list) &&
	       (is_known(list) || word_matches(words, list->next, "que|,|y|:"));
}

/* "María Pérez, delegada de la DPE, informa": the institution a person stands for. */
static bool delegate_at(const struct prose_context *context, const struct prose_words *words,
			struct word_range place, struct prose_mentions *list)
{
	size_t at = place.from;
	while (at < place.to && at < place.from + 6 && word_at(words, at)->shape == SHAPE_CAPITAL)
		at++;
	if (at < place.from + 2 || !word_matches(words, at, ",|("))
		return false;
	at += 1 + words_match(words, at + 1, place.to, "en representacion|nombre");
	at += words_match(words, at, place.to,
			  "delegad*|representante|vocer*|director*|tecnic*|coordinador*|por|de");
	return mentions_at(context, words, at, place.to, list);
}

/* "En el marco del PAGA, la FCD informa": the subject behind a comma, with a verb of its own. */
static bool subject_behind_comma(const struct prose_context *context,
				 const struct prose_words *words, struct word_range place,
				 struct prose_mentions *list)
{
	static const char leads[] =
		"en|por|sobre|con|respecto|a|al|de|ante|tras|durante|para|como|luego|una|"
		"mientras|"
		"segun|frente|acerca|dentro|desde|debido|gracias|conforme|referente|cuando|si|"
		"aunque|pese|despues|antes|dado|considerando|terminada|concluida|finalizada|"
		"sin|junto|hasta|desde|bajo|mediante";
	bool participial = word_at(words, place.from)->tense == TENSE_GERUND ||
			   word_at(words, place.from)->tense == TENSE_PARTICIPLE;
	if (!participial && !word_matches(words, place.from, leads))
		return false;
	for (size_t at = place.from; at < place.to && at < place.from + LEAD_MAX; at++)
		if (word_is(words, at, ",") &&
		    subject_at(context, words, (struct word_range){at + 1, place.to}, list) &&
		    has_verb(words, list->next, place.to))
			return true;
	return false;
}

bool speakers_of(const struct prose_context *context, const struct prose_words *words,
		 struct word_range sentence, struct prose_mentions *list)
{
	struct word_range place = sentence;
	enum label label;
	place.from = sentence_start(words, sentence, &label);
	if (subject_at(context, words, place, list))
		return true;
	size_t behind = skip_connector(words, place.from, place.to);
	/* "Posteriormente, y en respuesta a la AME, la SNP indica" */
	if (word_matches(words, behind, "y|e"))
		behind = skip_connector(words, behind, place.to);
	if (behind != place.from) {
		struct word_range rest = {behind, place.to};
		if (subject_at(context, words, rest, list) ||
		    subject_behind_verb(context, words, rest, list) ||
		    subject_behind_comma(context, words, rest, list))
			return true;
	}
	return subject_behind_verb(context, words, place, list) ||
	       delegate_at(context, words, place, list) ||
	       subject_behind_comma(context, words, place, list);
}

bool paragraph_speaker(const struct prose_paragraph *paragraph, struct strbuf *acronym,
		       bool *is_known_to_context)
{
	struct prose_mentions list;
	if (!paragraph->sentences.count || !speakers_of(paragraph->context, &paragraph->words,
							paragraph->sentences.items[0], &list))
		return false;
	mention_append(acronym, paragraph->context, &paragraph->words, &list.items[0]);
	*is_known_to_context = list.items[0].institution >= 0;
	return true;
}

bool prose_speaker(const struct prose_context *context, const char *sentence,
		   struct strbuf *acronym, bool *is_known_to_context)
{
	struct prose_paragraph paragraph;
	paragraph_cut(&paragraph, context, sentence);
	bool found = paragraph_speaker(&paragraph, acronym, is_known_to_context);
	paragraph_release(&paragraph);
	return found;
}
