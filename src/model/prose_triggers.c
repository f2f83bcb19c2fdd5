/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_triggers.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/model/names.h"

enum se { SE_ANY, SE_WITH, SE_WITHOUT };

/* What a verb in present or future means, by what stands around it. The first row that fits
 * counts, so the rows of one verb go from the particular to the general. */
struct rule {
	const char *lemmas; /* pattern item of "@lemma" alternatives */
	enum se se;
	const char *after; /* NULL: anything */
	int kind;
	enum certainty certainty;
	enum who who;
};

#define NOUNS_OF_DOING                                                                          \
	"conformacion|creacion|elaboracion|realizacion|organizacion|revision|publicacion|"      \
	"difusion|entrega|envio|remision|presentacion|actualizacion|contratacion|ejecucion|"    \
	"socializacion|preparacion|participacion|asistencia|colaboracion|acompanamiento|apoyo|" \
	"coordinacion|presencia|capacitacion|informacion|convocatoria"

#define DECIDE "@acordar|@resolver|@decidir|@convenir|@disponer"
#define MANNER ",? por? consenso|unanimidad|mayoria? ,? "

static const struct rule rules[] = {
	{"@comprometer", SE_WITH, NULL, FOLLOWUP_UNDERTAKING, CERTAINTY_SURE, WHO_AGENT},
	{"@comprometer", SE_WITHOUT, "su|sus|el|la? todo? " NOUNS_OF_DOING "|recursos|esfuerzos",
	 FOLLOWUP_UNDERTAKING, CERTAINTY_SURE, WHO_AGENT},
	{"@encargar", SE_WITH, "de|del", FOLLOWUP_UNDERTAKING, CERTAINTY_SURE, WHO_AGENT},
	{"@encargar|@delegar|@designar|@asignar|@encomendar|@disponer", SE_ANY, "a|al",
	 FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_ADDRESSEE_ONLY},
	{"@responsabilizar|@ocupar", SE_WITH, "de|del|por", FOLLOWUP_UNDERTAKING, CERTAINTY_SURE,
	 WHO_AGENT},
	{"@hacer", SE_WITH, "cargo", FOLLOWUP_UNDERTAKING, CERTAINTY_SURE, WHO_AGENT},
	{"@asumir", SE_ANY, "el|la|los|las|un|una funciones|cargo|poder|mandato|presidencia",
	 ENUM_NONE, CERTAINTY_DOUBTFUL, WHO_AGENT},
	{"@asumir", SE_ANY, "el|la|los|las|su|como|un|una|esta|este|dicha|dicho",
	 FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_AGENT},
	{"@quedar", SE_ANY, "pendiente|pendientes", FOLLOWUP_TASK, CERTAINTY_LIKELY, WHO_DOER},
	{"@quedar", SE_ANY, "en|de ~", FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_AGENT},
	{"@quedar|@correr|@ir", SE_ANY, "a cargo de|del?", FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY,
	 WHO_CHARGED},
	{"@quedar", SE_ANY, "como? encargad*|responsable*", FOLLOWUP_UNDERTAKING,
	 CERTAINTY_LIKELY, WHO_CHARGED},
	{"@ofrecer", SE_WITH, "a|para", FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_AGENT},
	{"@ofrecer", SE_ANY, "el|la? ~|su|sus|" NOUNS_OF_DOING, FOLLOWUP_UNDERTAKING,
	 CERTAINTY_LIKELY, WHO_AGENT},
	{"@aceptar", SE_ANY, "~", FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_AGENT},
	{"@aceptar", SE_ANY, "el|la encargo|tarea|responsabilidad|delegacion",
	 FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_AGENT},
	{"@acceder", SE_ANY, "a ~", FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_AGENT},
	{"@prometer", SE_ANY, "~|que|el|la|su", FOLLOWUP_UNDERTAKING, CERTAINTY_SURE, WHO_AGENT},
	{DECIDE "|@determinar|@aprobar", SE_ANY, MANNER "que",
	 FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_ADDRESSEE},
	{DECIDE, SE_ANY, MANNER "en|:? #? .|)? " DONE_BY_DECIDING, ENUM_NONE, CERTAINTY_DOUBTFUL,
	 WHO_AGENT},
	{DECIDE, SE_ANY, MANNER "en|:? #? .|)? encargar|encomendar|delegar|disponer a|al",
	 FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_ADDRESSEE},
	{DECIDE, SE_ANY, MANNER "en|:? #? .|)? solicitar|pedir|exhortar|instar|requerir",
	 FOLLOWUP_REQUEST, CERTAINTY_LIKELY, WHO_ADDRESSEE},
	{DECIDE, SE_ANY, MANNER "en|:? #? .|)? invitar", FOLLOWUP_INVITATION, CERTAINTY_LIKELY,
	 WHO_ADDRESSEE},
	{DECIDE "|@aprobar", SE_ANY, MANNER "en|:? #? .|)? ~", FOLLOWUP_UNDERTAKING,
	 CERTAINTY_LIKELY, WHO_AGENT},
	{"@acordar|@resolver|@disponer", SE_ANY, "la|el|los|las " NOUNS_OF_DOING,
	 FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_DOER},
	{"@reiterar|@ratificar|@expresar|@confirmar|@manifestar", SE_ANY,
	 "su|el compromiso|disposicion|voluntad de|para|en|con|a ~", FOLLOWUP_UNDERTAKING,
	 CERTAINTY_LIKELY, WHO_AGENT},
	{"@solicitar|@pedir", SE_ANY,
	 "la|el|una|las? palabra|disculpas|licencia|excusas|permiso|perdon|intervencion",
	 ENUM_NONE, CERTAINTY_DOUBTFUL, WHO_AGENT},
	{"@exhortar|@instar|@conminar", SE_ANY, NULL, FOLLOWUP_REQUEST, CERTAINTY_SURE,
	 WHO_ADDRESSEE},
	{"@solicitar|@pedir", SE_ANY, NULL, FOLLOWUP_REQUEST, CERTAINTY_SURE, WHO_ADDRESSEE},
	{"@exigir|@rogar|@requerir", SE_ANY, "que", FOLLOWUP_REQUEST, CERTAINTY_LIKELY,
	 WHO_ADDRESSEE},
	{"@exigir|@rogar|@requerir|@recomendar|@sugerir|@llamar", SE_ANY, "a|al",
	 FOLLOWUP_REQUEST, CERTAINTY_LIKELY, WHO_ADDRESSEE_ONLY},
	{"@hacer", SE_ANY, "un llamado a|al|para", FOLLOWUP_REQUEST, CERTAINTY_LIKELY,
	 WHO_ADDRESSEE},
	{"@invitar", SE_ANY, NULL, FOLLOWUP_INVITATION, CERTAINTY_SURE, WHO_ADDRESSEE},
	{"@prever|@planificar|@planear|@programar", SE_WITHOUT, "~", FOLLOWUP_UNDERTAKING,
	 CERTAINTY_DOUBTFUL, WHO_AGENT},
	{"@tener|@haber", SE_WITHOUT, "previsto|planificado|programado ~", FOLLOWUP_UNDERTAKING,
	 CERTAINTY_DOUBTFUL, WHO_AGENT},
	{"@ir", SE_ANY, "a ~", FOLLOWUP_UNDERTAKING, CERTAINTY_LIKELY, WHO_DOER},
	{"@necesitar", SE_WITH, "~|que", FOLLOWUP_TASK, CERTAINTY_DOUBTFUL, WHO_ADDRESSEE},
	{"@tener", SE_WITHOUT, "pendiente|pendientes", FOLLOWUP_TASK, CERTAINTY_LIKELY, WHO_AGENT},
	{"@deber|@tener", SE_WITHOUT, "que? ~", FOLLOWUP_TASK, CERTAINTY_DOUBTFUL, WHO_AGENT},
	{"@recibir|@receptar", SE_WITH, NULL, FOLLOWUP_TASK, CERTAINTY_LIKELY, WHO_AGENT},
	{"@vencer|@cerrar|@terminar|@concluir|@finalizar|@culminar", SE_ANY, NULL, FOLLOWUP_TASK,
	 CERTAINTY_LIKELY, WHO_AGENT},
};

/* Futures that say how things will be, by what stands before "á" or "án". */
static bool is_state(const char *folded)
{
	static const char *const stems[] = {
		"ser",	       "estar",	     "podr",	   "habr",	   "tendr",
		"permitir",    "contribuir", "servir",	   "significar",   "depender",
		"faltar",      "constituir", "durar",	   "vencer",	   "beneficiar",
		"quedar",      "querr",	     "parecer",	   "corresponder", "implicar",
		"representar", "consistir",  "resultar",   "ocurrir",	   "suceder",
		"afectar",     "requerir",   "necesitar",  "valdr",	   "cabr",
		"convertir",   "instalar",   "posesionar", "encontrar",	   "centrar",
		"enfocar",     "basar",	     "tratar",	   "ver",	   "contar",
		"existir",     "deber",	     "sabr",	   "llegar",	   "finalizar",
		"culminar",    "terminar",   "cerrar",	   "concluir",	   "conllevar",
		"cambiar",     "aumentar",   "crecer",	   "seguir",	   "continuar",
		"tomarr",      "entrar",     "acordar",	   "comprometer",  "encargar",
		"prever",      "ir",	     "asumir",
	};
	size_t length = strlen(folded);
	length -= folded[length - 1] == 'n' ? 2 : folded[length - 1] == 's' ? 4 : 1;
	for (size_t i = 0; i < ARRAY_COUNT(stems); i++)
		if (strlen(stems[i]) == length && memcmp(folded, stems[i], length) == 0)
			return true;
	return false;
}

/* "a ser", "a permitir": what "va a" announces without anybody doing it. */
static bool is_state_infinitive(const char *folded)
{
	static const char *const verbs[] = {"ser",	  "estar",    "poder",	   "haber",
					    "tener",	  "permitir", "existir",   "depender",
					    "servir",	  "ver",      "necesitar", "requerir",
					    "contribuir", "continuar"};
	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++)
		if (strcmp(verbs[i], folded) == 0)
			return true;
	return false;
}

/* What somebody else or a thing will do is no promise; what is done to a thing ("se") may be. */
static bool subject_allows(const struct trigger *trigger, bool passive)
{
	if (trigger->subject == SUBJECT_NOBODY)
		return false;
	return passive ||
	       (trigger->subject != SUBJECT_THING && trigger->subject != SUBJECT_OTHERS);
}

static bool has_participle(const struct prose_words *words, size_t at)
{
	const char *folded = word_folded(words, at);
	size_t length = strlen(folded);
	while (length && folded[length - 1] == 's')
		length--;
	if (length < 4)
		return false;
	return strncmp(folded + length - 2, "do", 2) == 0 ||
	       strncmp(folded + length - 2, "da", 2) == 0 ||
	       word_matches(words, at,
			    "hecho|hecha|hechos|hechas|puesto|puesta|puestos|puestas|"
			    "resuelto|resuelta|inscrito|inscrita|suscrito|suscrita");
}

/* "será remitido por la AME", "estará a cargo de", "será la encargada de", "deberá entregar". */
static bool auxiliary_at(const struct prose_words *words, const struct verb_group *group,
			 struct word_range sentence, struct trigger *trigger)
{
	size_t at = group->verb + 1;
	size_t used = 0;
	if (words_match(words, group->verb, sentence.to, "@ser") && has_participle(words, at)) {
		used = 1;
		trigger->who = WHO_DOER;
	} else if (words_match(words, group->verb, sentence.to, "@ser|@estar|@tener")) {
		trigger->who = WHO_CHARGED;
		used = words_match(words, at, sentence.to, "a su? cargo de|del|la|el?");
		if (!used)
			used = words_match(words, at, sentence.to,
					   "el|la|los|las? encargad*|responsable* de?");
	} else if (words_match(words, group->verb, sentence.to, "@deber")) {
		used = words_match(words, at, sentence.to, "~");
		trigger->who = WHO_DOER;
		if (used && !subject_allows(trigger, group->reflexive))
			return false;
	} else if (words_match(words, group->verb, sentence.to, "@continuar|seguira|seguiran")) {
		used = words_match(words, at, sentence.to, "con|a");
		if (!used)
			used = word_at(words, at)->tense == TENSE_GERUND ||
			       words_match(words, at, sentence.to,
					   "trabajando|sumando|ejecutando");
		if (used && !subject_allows(trigger, false))
			return false;
	}
	trigger->next = at + used;
	return used > 0 && trigger->subject != SUBJECT_NOBODY;
}

/* Any other verb in the plain future: "remitirá", "se realizarán". */
static bool future_at(const struct prose_words *words, const struct verb_group *group,
		      struct word_range sentence, struct trigger *trigger)
{
	if (word_at(words, group->verb)->tense != TENSE_FUTURE)
		return false;
	trigger->kind = FOLLOWUP_UNDERTAKING;
	trigger->certainty = CERTAINTY_LIKELY;
	trigger->who = WHO_DOER;
	trigger->next = group->verb + 1;
	if (is_state(word_folded(words, group->verb)))
		return auxiliary_at(words, group, sentence, trigger);
	return subject_allows(trigger, group->reflexive);
}

static bool fits(const struct prose_words *words, const struct verb_group *group, size_t end,
		 const struct rule *rule)
{
	if (!word_matches(words, group->verb, rule->lemmas) ||
	    (rule->se == SE_WITH && !group->reflexive) ||
	    (rule->se == SE_WITHOUT && group->reflexive))
		return false;
	return !rule->after || words_match(words, group->verb + 1, end, rule->after);
}

static const struct rule *rule_for(const struct prose_words *words,
				   const struct verb_group *group, size_t end)
{
	for (size_t i = 0; i < ARRAY_COUNT(rules); i++)
		if (fits(words, group, end, &rules[i]))
			return &rules[i];
	return NULL;
}

/* Fills what the rule says; false when the words around forbid it. */
static bool apply(const struct prose_words *words, const struct rule *rule,
		  const struct verb_group *group, struct word_range sentence,
		  struct trigger *trigger)
{
	trigger->kind = rule->kind;
	trigger->certainty = rule->certainty;
	trigger->who = rule->who;
	trigger->next = group->verb + 1;
	bool announces = word_matches(words, group->verb, "@ir");
	if (announces && is_state_infinitive(word_folded(words, group->verb + 2)))
		return false;
	size_t used = rule->after
			      ? words_match(words, group->verb + 1, sentence.to, rule->after)
			      : 0;
	/* "resuelve encargar a la AME": whom it names comes behind the infinitive. */
	bool by_infinitive = false;
	for (size_t at = group->verb + 1; at <= group->verb + used; at++)
		by_infinitive |= word_at(words, at)->tense == TENSE_INFINITIVE;
	if (rule->who == WHO_CHARGED)
		trigger->next += used;
	else if (rule->who == WHO_ADDRESSEE && by_infinitive)
		trigger->next += used - (word_matches(words, group->verb + used, "a|al") > 0);
	if (rule->kind == FOLLOWUP_TASK) {
		trigger->needs_agent = word_matches(words, group->verb, "@deber|@tener");
		trigger->needs_due = trigger->needs_process = !rule->after;
		return true;
	}
	trigger->needs_agent = rule->certainty == CERTAINTY_DOUBTFUL;
	return subject_allows(trigger, group->reflexive || rule->who == WHO_CHARGED);
}

static bool verb_trigger_at(const struct prose_words *words, size_t at,
			    struct word_range sentence, bool named, struct trigger *trigger)
{
	struct verb_group group = verb_group_at(words, at, sentence.from);
	if (group.negated)
		return false;
	trigger->subject = named ? SUBJECT_NONE : subject_before(words, &group, sentence.from);
	/* Who will ask, or will invite, promises to do so. */
	bool will_ask = word_at(words, at)->tense == TENSE_FUTURE &&
			word_is_verb(words, at, VERB_REQUESTS | VERB_INVITES);
	const struct rule *rule = will_ask ? NULL : rule_for(words, &group, sentence.to);
	if (rule && rule->kind == ENUM_NONE)
		return false;
	if (rule && !(rule->kind == FOLLOWUP_TASK && word_at(words, at)->tense == TENSE_FUTURE &&
		      rule->after))
		return apply(words, rule, &group, sentence, trigger);
	return future_at(words, &group, sentence, trigger);
}

/* "es necesario", "considera indispensable"; not "si es necesario", "no es necesario". */
static bool necessity_at(const struct prose_words *words, size_t at, struct word_range sentence,
			 struct trigger *trigger)
{
	static const char copulas[] =
		"es|son|sera|seran|resulta|considera|consideran|ve|estima|cree|"
		"hace|consideramos";
	if (!strchr("niup", word_folded(words, at)[0]) ||
	    !word_matches(words, at,
			  "necesario|necesaria|necesarios|necesarias|indispensable|"
			  "imprescindible|preciso|precisa|urgente"))
		return false;
	size_t copula = at;
	for (int i = 0; i < 2 && copula > sentence.from && !word_matches(words, copula, copulas);
	     i++)
		copula--;
	if (!word_matches(words, copula, copulas))
		return false;
	struct verb_group group = verb_group_at(words, copula, sentence.from);
	if (group.negated ||
	    words_match_before(words, group.from, sentence.from, "si|cuando|donde|como|lo"))
		return false;
	*trigger = (struct trigger){.verb = copula,
				    .next = at + 1,
				    .kind = FOLLOWUP_TASK,
				    .certainty = CERTAINTY_DOUBTFUL,
				    .who = WHO_ADDRESSEE};
	return true;
}

/* "el plazo de postulación venció en junio" */
static bool is_over(const struct prose_words *words, size_t at, size_t end)
{
	for (size_t ahead = at + 1; ahead < at + 6 && ahead < end; ahead++)
		if (word_at(words, ahead)->tense == TENSE_PAST &&
		    word_matches(words, ahead,
				 "vencio|cerro|termino|concluyo|finalizo|expiro|caduco"))
			return true;
	return false;
}

/* "postulación abierta hasta enero", "el plazo de entrega: 5 de marzo". */
static bool deadline_at(const struct prose_words *words, size_t at, struct word_range sentence,
			struct trigger *trigger)
{
	if (!strchr("ahdplt", word_folded(words, at)[0]))
		return false;
	bool open = word_matches(words, at + 1, "hasta|:") &&
		    word_matches(words, at,
				 "abierto|abierta|abiertos|abiertas|habilitado|habilitada|"
				 "habilitadas|disponible");
	bool term = word_matches(words, at, "plazo|limite|tope");
	if ((!open && !term) || (term && is_over(words, at, sentence.to)))
		return false;
	size_t from = at > sentence.from + 3 ? at - 3 : sentence.from;
	for (size_t back = from; back < at; back++)
		if (word_at(words, back)->tense == TENSE_PAST ||
		    word_matches(words, back, "no|largo|corto|mediano"))
			return false;
	*trigger = (struct trigger){.verb = at,
				    .next = at + 1,
				    .kind = FOLLOWUP_TASK,
				    .certainty = CERTAINTY_LIKELY,
				    .who = WHO_AGENT,
				    .needs_due = true,
				    .needs_process = !term};
	return true;
}

bool trigger_at(const struct prose_words *words, size_t at, struct word_range sentence,
		bool named, struct trigger *trigger)
{
	const struct prose_word *word = word_at(words, at);
	if (word->kind != WORD_TEXT)
		return false;
	*trigger = (struct trigger){.verb = at};
	if (word->tense == TENSE_PRESENT || word->tense == TENSE_FUTURE)
		return verb_trigger_at(words, at, sentence, named, trigger);
	return necessity_at(words, at, sentence, trigger) ||
	       deadline_at(words, at, sentence, trigger);
}
