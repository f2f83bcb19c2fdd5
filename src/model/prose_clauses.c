/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_clauses.h"

#include <string.h>

enum {
	PRONOUNS_MAX = 3, /* "no se les" */
	SUBJECT_REACH = 20,
	ADDRESSEE_REACH = 14,
};

#define PREPOSITIONS                                                                             \
	"a|al|de|del|en|con|por|para|sobre|desde|hasta|durante|dentro|segun|ante|tras|mediante|" \
	"entre|hacia|bajo|sin|contra|como"
#define MEMBERS "miembros|integrantes|delegados|delegadas|asistentes|participantes|presentes"
/* The forum only when it says so: "las instituciones miembros". */
#define MEMBER_BODIES "instituciones|entidades|organizaciones|representantes"

struct verb_group verb_group_at(const struct prose_words *words, size_t at, size_t from)
{
	struct verb_group group = {.from = at, .verb = at};
	for (int i = 0; i < PRONOUNS_MAX && group.from > from &&
			word_matches(words, group.from - 1, "se|le|les|lo|la|los|las|nos");
	     i++) {
		group.from--;
		group.reflexive |= word_is(words, group.from, "se");
	}
	if (group.from > from &&
	    word_matches(words, group.from - 1, "no|ni|tampoco|nunca|jamas")) {
		group.from--;
		group.negated = true;
	}
	return group;
}

/* Where the clause of a verb group begins: behind the nearest mark, joint or other verb. */
static size_t clause_start(const struct prose_words *words, size_t before, size_t from)
{
	size_t at = before;
	while (at > from && before - at < SUBJECT_REACH) {
		if (word_at(words, at - 1)->kind == WORD_MARK ||
		    word_matches(words, at - 1,
				 "que|y|e|o|u|pero|si|cuando|donde|mientras|sino") ||
		    (word_is_finite(words, at - 1) && word_at(words, at - 1)->verb))
			break;
		at--;
	}
	return at;
}

static enum subject_kind kind_of_head(const struct prose_words *words, size_t head)
{
	if (word_matches(words, head, MEMBERS) ||
	    (word_matches(words, head, MEMBER_BODIES) && word_matches(words, head + 1, MEMBERS)))
		return SUBJECT_MEMBERS;
	if (word_at(words, head)->shape != SHAPE_LOWER && mention_begins(words, head))
		return SUBJECT_NONE;
	if (word_matches(
		    words, head,
		    "secretaria|equipo|comision|mesa|delegad*|representante|presidente|"
		    "presidenta|coordinador*|subsecretari*|director*|direccion|unidad|comite|"
		    "subcomision|forum|foro|grupo|directorio|facilitador*|moderador*|"
		    "copresidencia|presidencia|secretario"))
		return SUBJECT_OFFICE;
	if (word_matches(
		    words, head,
		    "municipi*|autoridad*|gobierno*|prefectura*|alcaldia*|universidad*|asamblea|"
		    "ciudadan*|gad|gads|pais|paises|ministerio*|empresa*|academia|sociedad|"
		    "administraci*|alcalde*|prefect*|president*|parroquia*|personas|"
		    "funcionari*|joven*|consejo|legislativo|ejecutivo|organismo*|evaluador*|"
		    "investigador*|consultor*|cooperante*|banco|organizacion|institucion|"
		    "entidad|instituciones|entidades|organizaciones|representantes|"
		    "fundacion|ministro|ministra|postulante*|candidat*"))
		return SUBJECT_OTHERS;
	return word_at(words, head)->shape == SHAPE_UPPER ? SUBJECT_OTHERS : SUBJECT_THING;
}

/* "el 15 de marzo", "la próxima semana": an article that opens no subject. */
static bool is_time(const struct prose_words *words, size_t head)
{
	return word_at(words, head)->kind == WORD_NUMBER ||
	       word_matches(words, head,
			    "proxim*|lunes|martes|miercoles|jueves|viernes|sabado|domingo|mes|"
			    "ano|semana|dia|siguiente|primer|segundo|tercer|presente|primera|"
			    "tarde|manana|cual|que|mismo|misma");
}

size_t members_at(const struct prose_words *words, size_t at, size_t end)
{
	size_t used = words_match(words, at, end, "todos|todas? los|las " MEMBERS);
	if (!used)
		used = words_match(words, at, end,
				   "todos|todas? los|las " MEMBER_BODIES " " MEMBERS);
	return used;
}

enum subject_kind subject_before(const struct prose_words *words, const struct verb_group *group,
				 size_t from)
{
	static const char determiners[] = "el|la|los|las|un|una|unos|unas|este|esta|estos|estas|"
					  "ese|esa|esos|esas|dicho|dicha|"
					  "dichos|dichas|su|sus|cada|ambos|ambas|otro|otra|otros|"
					  "otras|algunos|algunas|varios|"
					  "varias";
	size_t start = clause_start(words, group->from, from);
	if (words_match(words, start, group->from, "ningun|ninguna|nadie|ninguno") ||
	    words_match(words, start, group->from,
			"la|el? proxima|siguiente|proximo reunion|sesion|encuentro|plenaria"))
		return SUBJECT_NOBODY;
	if (words_match(words, start, group->from, "todos|todas|ambos|ambas"))
		return SUBJECT_MEMBERS;
	for (size_t at = start; at + 1 < group->from; at++) {
		if (!word_matches(words, at, determiners) ||
		    (at > start && word_matches(words, at - 1, PREPOSITIONS)))
			continue;
		size_t head = at + 1;
		head += words_match(words, head, group->from,
				    "nuevo|nueva|nuevos|nuevas|propio|propia|demas|distintos|"
				    "diferentes|mismo|misma|mismos|mismas|citado|citada");
		if (!is_time(words, head) && head < group->from)
			return kind_of_head(words, head);
	}
	return SUBJECT_NONE;
}

static bool is_saying(const struct prose_words *words, size_t at)
{
	const struct prose_word *word = word_at(words, at);
	return word->verb && word->tense != TENSE_PARTICIPLE &&
	       (word->verb->uses & (VERB_SAYS | VERB_AGREES | VERB_REQUESTS));
}

/* Whether the clause behind "que" is what somebody says or decides: "indica también que",
 * "informa a la AME que", "… y que", "por lo que"; not "informa sobre los talleres que". */
static bool completes_speech(const struct prose_words *words, size_t que, size_t from)
{
	static const char between[] = "tambien|ademas|asimismo|igualmente|finalmente|,|y|e";
	size_t at = que;
	if (words_match_before(words, que, from, "por|con lo") ||
	    words_match_before(words, que, from, "y|e") ||
	    words_match_before(words, que, from,
			       "conocimiento|conocer|constancia|saber|manifiesto|claro") ||
	    words_match_before(words, que, from, "@@quedar|@@convenir|@@acordar en") ||
	    words_match_before(words, que, from, "compromiso|acuerdo de"))
		return true;
	while (at > from && word_matches(words, at - 1, between))
		at--;
	if (at > from && is_saying(words, at - 1))
		return true;
	for (int i = 0; i < 8 && at > from + 1; i++, at--)
		if (word_matches(words, at - 1, "a|al") && is_saying(words, at - 2))
			return true;
	return false;
}

enum clause clause_opened_by(const struct prose_words *words, size_t at, size_t from)
{
	const char *folded = word_folded(words, at);
	if (folded[0] == ';' || folded[0] == ':')
		return CLAUSE_MAIN;
	if (!strchr("qcdsam", folded[0]))
		return CLAUSE_SAME;
	if (word_is(words, at, "que"))
		return completes_speech(words, at, from) ? CLAUSE_MAIN : CLAUSE_SUBORDINATE;
	if (word_matches(words, at,
			 "quien|quienes|cual|cuales|cuyo|cuya|cuyos|cuyas|donde|cuando|"
			 "si|aunque|mientras"))
		return CLAUSE_SUBORDINATE;
	return CLAUSE_SAME;
}

/* The first institution behind "que" that is a subject, not the object of a preposition. */
static bool subject_in(const struct prose_context *context, const struct prose_words *words,
		       struct word_range range, struct prose_mentions *list, bool *members)
{
	for (size_t at = range.from; at < range.to && at < range.from + ADDRESSEE_REACH; at++) {
		bool governed = at > range.from && word_matches(words, at - 1, PREPOSITIONS);
		if (!governed && members_at(words, at, range.to)) {
			*members = true;
			return true;
		}
		if (!governed && !word_matches(words, at, PREPOSITIONS) &&
		    mentions_at(context, words, at, range.to, list))
			return true;
		if (governed || word_matches(words, at, PREPOSITIONS)) {
			struct prose_mentions object;
			if (mentions_at(context, words, at, range.to, &object))
				at = object.next - 1;
		} else if (word_is_finite(words, at)) {
			return false;
		}
	}
	return false;
}

/* "el envío del informe a Presidencia": who receives it is not who is asked. */
static bool is_recipient(const struct prose_words *words, size_t at, size_t from)
{
	static const char transfers[] =
		"envio|entrega|remision|traspaso|presentacion|difusion|"
		"acceso|socializacion|notificacion|traslado|transferencia";
	for (size_t back = at; back > from && at - back < 6; back--)
		if (word_matches(words, back - 1, transfers))
			return true;
	return false;
}

bool doer_in(const struct prose_context *context, const struct prose_words *words,
	     struct word_range range, struct prose_mentions *list)
{
	for (size_t at = range.from; at < range.to && at < range.from + ADDRESSEE_REACH; at++) {
		size_t by = words_match(words, at, range.to, "por|de parte de|del");
		if (!by)
			by = words_match(words, at, range.to, "por|desde");
		if (!by)
			by = words_match(
				words, at, range.to,
				"apoyo|colaboracion|ayuda|acompanamiento|asistencia|gestion|"
				"intervencion|participacion de|del");
		if (by && mentions_at(context, words, at + by, range.to, list))
			return true;
		if (word_matches(words, at, ";|para"))
			return false;
	}
	return false;
}

bool addressee_in(const struct prose_context *context, const struct prose_words *words,
		  struct word_range range, struct prose_mentions *list, bool *members)
{
	for (size_t at = range.from; at < range.to && at < range.from + ADDRESSEE_REACH; at++) {
		if (word_is(words, at, "que"))
			return subject_in(context, words, (struct word_range){at + 1, range.to},
					  list, members);
		if (word_at(words, at)->tense == TENSE_INFINITIVE ||
		    word_matches(words, at, ";|:|para"))
			return false;
		if (word_matches(words, at, "a|al") && !is_recipient(words, at, range.from)) {
			size_t to = word_is(words, at, "a") ? at + 1 : at;
			if (mentions_at(context, words, at, range.to, list))
				return true;
			*members = members_at(words, to, range.to) > 0;
			if (*members)
				return true;
		}
		if (words_match(words, at, range.to,
				"por|de|desde|apoyo|colaboracion|ayuda|gestion") &&
		    doer_in(context, words,
			    (struct word_range){at, at + 6 < range.to ? at + 6 : range.to}, list))
			return true;
	}
	return false;
}
