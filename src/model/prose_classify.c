/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_labels.h"
#include "nucleo/model/prose_paragraph.h"
#include "nucleo/model/prose_triggers.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/model/names.h"

/* What one paragraph was found to hold. */
struct finding {
	bool decided, noted, voted;
	struct strbuf tally, objections;
};

enum { CLAUSE_REACH = 14, NEGATION_REACH = 5 };

#define DECIDES "@@aprobar|@@acordar|@@resolver|@@decidir|@@convenir|@@disponer"

/* Whether the words at `at` stand in what somebody reports or asks: "informa que se aprobó",
 * "pregunta si se aprueba". */
static bool is_reported(const struct prose_words *words, size_t at, size_t from)
{
	for (size_t back = at; back > from && at - back < CLAUSE_REACH; back--) {
		if (word_matches(words, back - 1, "si|cuando|donde"))
			return true;
		if (word_is(words, back - 1, "que") && back > from + 1)
			return word_is_verb(words, back - 2, VERB_SAYS);
		if (word_matches(words, back - 1, ";|:|y|e"))
			return false;
	}
	return false;
}

/* "En la reunión anterior se aprobó": a past decision, told. */
static bool is_earlier_meeting(const struct prose_words *words, size_t at,
			       struct word_range sentence)
{
	size_t first = at > sentence.from + CLAUSE_REACH ? at - CLAUSE_REACH : sentence.from;
	size_t last = at + CLAUSE_REACH < sentence.to ? at + CLAUSE_REACH : sentence.to;
	if (word_at(words, at)->tense != TENSE_PAST &&
	    word_at(words, at + 1)->tense != TENSE_PAST)
		return false;
	return words_find(words, first, last, "reunion|sesion|ano|mes anterior|pasada|pasado") <
	       last;
}

/* "se aprueba", "quedó aprobada", "se da por aprobada", "los miembros acuerdan"; the words used.
 */
static size_t decision_at(const struct prose_words *words, size_t at, size_t end)
{
	size_t used = words_match(words, at, end, "se " DECIDES);
	if (used)
		return words_match(words, at + used, end, "de") ? 0 : used;
	used = words_match(words, at, end, "se @@designar");
	if (!used)
		used = words_match(words, at, end,
				   "se "
				   "elige|eligio|ratifica|ratifico|adopta|adopto|rechaza|rechazo|"
				   "niega|nego");
	if (!used)
		used = words_match(words, at, end,
				   "queda|quedan|quedo|quedaron|es|son|fue|fueron "
				   "aprobad*|acordad*|resuelt*");
	if (!used)
		used = words_match(words, at, end, "por aprobad*");
	if (!used)
		used = words_match(words, at, end, "pleno|foro|grupo " DECIDES);
	if (!used)
		used = words_match(words, at, end,
				   "miembros|integrantes|asistentes|presentes|delegados "
				   "lo|la|los|las? " DECIDES);
	return used;
}

static bool noted_at(const struct prose_words *words, size_t at, size_t end)
{
	return words_match(words, at, end, "da|dan|dio por conocid*|recibid*") ||
	       words_match(words, at, end, "toma|toman|tomo nota|conocimiento");
}

/* "por unanimidad" is a decision beside a word of deciding; alone it describes how a forum works.
 */
static bool manner_at(const struct prose_words *words, size_t at, struct word_range sentence)
{
	static const char deciding[] =
		"aprob*|aprueb*|acord*|acuerd*|resolv*|resuel*|decid*|design*|"
		"elig*|eleg*|ratific*|adopt*|defin*|acept*|acog*|consens*";
	if (!words_match(words, at, sentence.to, "por|en unanimidad|consenso|mayoria") &&
	    !words_match(words, at, sentence.to, "de comun acuerdo") &&
	    !words_match(words, at, sentence.to, "hay|existe|llega|alcanza a? un? consenso"))
		return false;
	size_t from = at > sentence.from + CLAUSE_REACH ? at - CLAUSE_REACH : sentence.from;
	size_t to = at + CLAUSE_REACH < sentence.to ? at + CLAUSE_REACH : sentence.to;
	for (size_t near = from; near < to; near++)
		if (word_matches(words, near, deciding) &&
		    !is_reported(words, near, sentence.from) &&
		    word_at(words, near)->tense != TENSE_INFINITIVE)
			return true;
	return false;
}

/* One part of a count of votes, "9 votos a favor"; the words used, 0 for none. */
static size_t votes_at(const struct prose_words *words, size_t at, size_t end,
		       struct strbuf *tally)
{
	static const struct {
		const char *said, *one, *many;
	} parts[] = {
		{"votos|voto? a favor|favorables", "a favor", "a favor"},
		{"votos|voto favorables|favorable|afirmativos", "a favor", "a favor"},
		{"votos|voto? en contra", "en contra", "en contra"},
		{"votos|voto contrarios|negativos", "en contra", "en contra"},
		{"votos|voto? abstencion|abstenciones", "abstención", "abstenciones"},
		{"votos|voto? en? blanco|blancos", "en blanco", "en blanco"},
		{"votos|voto nulo|nulos", "nulo", "nulos"},
	};
	int count;
	size_t number = words_number(words, at, end, &count);
	for (size_t i = 0; number && i < ARRAY_COUNT(parts); i++) {
		size_t said = words_match(words, at + number, end, parts[i].said);
		if (!said)
			continue;
		strbuf_addf(tally, "%s%d %s", tally->length ? ", " : "", count,
			    count == 1 ? parts[i].one : parts[i].many);
		return number + said;
	}
	return 0;
}

/* "sin objeciones", "ni reservas", "no hay objeción". */
static bool is_denied(const struct prose_words *words, size_t at, size_t from)
{
	for (size_t back = at; back > from && at - back < NEGATION_REACH; back--)
		if (word_matches(words, back - 1, "sin|ni|no|ninguna|ningun|tampoco"))
			return true;
	return false;
}

/* Where the words of a reservation begin, at `at`; NO_VERB for none. */
static size_t objection_at(const struct prose_words *words, size_t at, struct word_range sentence)
{
	static const char nouns[] = "reserva|reservas|objecion|objeciones|salvedad|salvedades|"
				    "oposicion|discrepancia|discrepancias|desacuerdo";
	size_t end = sentence.to;
	size_t with = words_match(words, at, end, "con|bajo la|las|una|unas|el|su|sus?");
	if (with && word_matches(words, at + with, nouns))
		return at + with;
	size_t against =
		words_match(words, at, end, "con el|los|un? voto|votos en contra de|del");
	if (against)
		return at + 1 + words_match(words, at + 1, end, "el|los|un");
	if (words_match(words, at, end, "con excepcion de|del") ||
	    words_match(words, at, end, "con la excepcion de|del"))
		return at;
	if ((word_matches(words, at, nouns) && word_matches(words, at + 1, "de|del|formulad*")) ||
	    words_match(words, at, end, "@@objetar") ||
	    words_match(words, at, end, "se @@oponer") ||
	    words_match(words, at, end, "voto|votos salvado|razonado|salvados"))
		return sentence.from;
	size_t own = words_match(words, at, end, "su|sus|en");
	if (own && word_matches(words, at + own, nouns))
		return sentence.from;
	return NO_VERB;
}

static void add_objection(struct finding *finding, const struct prose_words *words, size_t from,
			  size_t to)
{
	while (to > from && word_matches(words, to - 1, ".|;|,"))
		to--;
	if (finding->objections.length)
		strbuf_adds(&finding->objections, "; ");
	range_append(&finding->objections, words, from, to);
}

static void read_objection(const struct prose_words *words, struct word_range sentence,
			   struct finding *finding)
{
	for (size_t at = sentence.from; at < sentence.to; at++) {
		size_t from = objection_at(words, at, sentence);
		if (from == NO_VERB || is_denied(words, at, sentence.from))
			continue;
		add_objection(finding, words, from, sentence.to);
		return;
	}
}

/* "El Grupo Núcleo resuelve", "Los miembros aprueban": the forum itself as the subject. */
static bool forum_decides(const struct prose_context *context, const struct prose_words *words,
			  struct word_range sentence)
{
	struct prose_mentions list;
	size_t members = members_at(words, sentence.from, sentence.to);
	size_t verb = NO_VERB;
	if (members)
		verb = subject_verb(words, sentence.from + members, sentence.to);
	else if (speakers_of(context, words, sentence, &list) &&
		 list.items[0].institution == MENTION_GROUP)
		verb = subject_verb(words, list.next, sentence.to);
	return verb != NO_VERB &&
	       word_matches(words, verb,
			    DECIDES "|@@ratificar|@@adoptar|@@designar|@@autorizar");
}

/* What is denied, reported or long decided is no decision of this meeting. */
static bool is_told(const struct prose_words *words, size_t at, struct word_range sentence)
{
	return (at > sentence.from && word_matches(words, at - 1, "no|ni|nunca")) ||
	       is_reported(words, at, sentence.from) || is_earlier_meeting(words, at, sentence);
}

/* Whether a sentence has a word that deciding needs. Most have none, and looking closer at every
 * word of them is what classifying would cost. */
static bool may_decide(const struct prose_words *words, struct word_range sentence)
{
	static const char stems[] =
		"aprob*|aprueb*|acord*|acuerd*|resolv*|resuel*|resol*|decid*|conven*|convien*|"
		"convin*|dispon*|dispus*|design*|elig*|eleg*|ratific*|adopt*|rechaz*|nieg*|nego|"
		"conocid*|conocim*|recibid*|nota|consens*|unanim*|mayor*|voto|votos|votacion|"
		"abstenc*|defin*|acept*|acog*|autoriz*|favor|contra";
	for (size_t at = sentence.from; at < sentence.to; at++)
		if (strchr("aredcnumvf", word_folded(words, at)[0]) &&
		    word_matches(words, at, stems))
			return true;
	return false;
}

static void read_sentence(const struct prose_context *context, const struct prose_words *words,
			  struct word_range sentence, struct finding *finding)
{
	enum label label;
	sentence_start(words, sentence, &label);
	finding->decided |= label == LABEL_DECISION;
	if (!may_decide(words, sentence))
		return;
	finding->decided |= forum_decides(context, words, sentence);
	for (size_t at = sentence.from; at < sentence.to; at++) {
		size_t votes = votes_at(words, at, sentence.to, &finding->tally);
		if (votes) {
			finding->voted = finding->decided = true;
			at += votes - 1;
			continue;
		}
		if (manner_at(words, at, sentence)) {
			finding->decided = true;
			finding->voted |= word_is(words, at + 1, "mayoria");
		}
		bool noted = noted_at(words, at, sentence.to);
		bool decided = decision_at(words, at, sentence.to) > 0;
		if ((!noted && !decided) || is_told(words, at, sentence))
			continue;
		finding->noted |= noted;
		finding->decided |= decided;
	}
	if (words_find(words, sentence.from, sentence.to, "a votacion") < sentence.to ||
	    words_find(words, sentence.from, sentence.to, "con # votos") < sentence.to)
		finding->voted |= finding->decided;
}

static int decision_kind(const struct finding *finding)
{
	if (finding->voted)
		return DECISION_VOTE;
	if (finding->objections.length)
		return DECISION_RESERVATIONS;
	return finding->decided ? DECISION_CONSENSUS : DECISION_NOTED;
}

/* The first thing promised or asked for gives a paragraph without decision its kind. */
static int kind_by_verb(const prose_undertakings *promises)
{
	for (size_t i = 0; i < promises->count; i++) {
		switch (promises->items[i].kind) {
		case FOLLOWUP_UNDERTAKING:
			return ENTRY_UNDERTAKING;
		case FOLLOWUP_REQUEST:
		case FOLLOWUP_INVITATION:
			return ENTRY_REQUEST;
		default:
			break;
		}
	}
	return ENTRY_NOTE;
}

static struct prose_resolution decision(struct finding *finding)
{
	struct prose_resolution resolution = {.kind = ENTRY_DECISION,
					      .decision_kind = decision_kind(finding)};
	if (finding->objections.length)
		resolution.objections = strbuf_detach(&finding->objections);
	if (finding->tally.length)
		resolution.tally = strbuf_detach(&finding->tally);
	return resolution;
}

struct prose_resolution paragraph_classify(const struct prose_paragraph *paragraph,
					   const prose_undertakings *promises)
{
	struct finding finding = {0};
	const word_ranges *sentences = &paragraph->sentences;
	strbuf_init(&finding.tally);
	strbuf_init(&finding.objections);
	for (size_t i = 0; i < sentences->count; i++)
		read_sentence(paragraph->context, &paragraph->words, sentences->items[i],
			      &finding);
	struct prose_resolution resolution = {.kind = kind_by_verb(promises),
					      .decision_kind = ENUM_NONE};
	if (finding.decided || finding.noted) {
		for (size_t i = 0; i < sentences->count; i++)
			read_objection(&paragraph->words, sentences->items[i], &finding);
		resolution = decision(&finding);
	}
	strbuf_release(&finding.tally);
	strbuf_release(&finding.objections);
	return resolution;
}

struct prose_resolution prose_classify(const struct prose_context *context, const char *text)
{
	struct prose_paragraph paragraph;
	prose_undertakings promises = {0};
	paragraph_cut(&paragraph, context, text);
	paragraph_undertakings(&paragraph, NULL, &promises);
	struct prose_resolution resolution = paragraph_classify(&paragraph, &promises);
	prose_undertakings_release(&promises);
	paragraph_release(&paragraph);
	return resolution;
}

void prose_resolution_release(struct prose_resolution *resolution)
{
	free(resolution->objections);
	free(resolution->tally);
}
