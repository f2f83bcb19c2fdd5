/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/names.h"
#include "nucleo/model/prose_clauses.h"
#include "nucleo/model/prose_codes.h"
#include "nucleo/model/prose_labels.h"
#include "nucleo/model/prose_moments.h"
#include "nucleo/model/prose_paragraph.h"
#include "nucleo/model/prose_triggers.h"

#include <stdlib.h>
#include <string.h>

/*
 * A sentence is walked from left to right, keeping who acts: the speaker, then
 * any institution that is the subject of a verb. Each verb that promises, asks
 * or invites becomes a finding with its responsible; findings of one sentence
 * with the same responsible are one undertaking.
 */
struct finding {
	size_t at;
	struct trigger trigger;
	char *responsible;
};

/* Looked up once for a sentence, when first asked for. */
enum answer { UNASKED, NO, YES };

enum { FINDINGS_MAX = 16 };

struct walk {
	const struct prose_context *context;
	const struct prose_words *words;
	struct word_range sentence;
	struct word_range fields; /* "Responsable: …", "Plazo: …" right behind it, or empty */
	char *agent;	    /* who acts now, as in prose_undertaking; owned */
	size_t agent_verb;  /* the verb whose subject the agent is */
	bool agent_unknown; /* an institution the context does not know, and not who speaks */
	bool asking;	    /* inside what somebody asks */
	bool subordinate;   /* inside "que …" of a noun, "cuando …" */
	bool seen_verb;	    /* of that subordinate clause */
	enum answer has_due, has_process;
	VECTOR(struct finding) findings;
};

/* Processes one can take part in until a day. */
#define PROCESSES                                                                               \
	"postulacion|postulaciones|convocatoria|convocatorias|inscripcion|inscripciones|plazo|" \
	"recepcion|consulta|registro|candidatura|candidaturas|aplicacion|aplicaciones|"         \
	"observaciones|propuestas|aportes"

static char *names_of(const struct walk *walk, const struct prose_mentions *list)
{
	struct strbuf names;
	strbuf_init(&names);
	mentions_append(&names, walk->context, walk->words, list);
	return strbuf_detach(&names);
}

static void set_agent(struct walk *walk, const struct prose_mentions *list, size_t verb)
{
	free(walk->agent);
	walk->agent = names_of(walk, list);
	walk->agent_verb = verb;
}

static void add_finding(struct walk *walk, size_t at, struct trigger trigger, char *responsible)
{
	struct finding *finding = vector_add(&walk->findings);
	finding->at = at;
	finding->trigger = trigger;
	finding->responsible = responsible;
	if (!responsible[0] && trigger.certainty > CERTAINTY_DOUBTFUL)
		finding->trigger.certainty--;
}

/* "AME enviará la matriz; CNE, el padrón": another does the same, the verb left out. */
static void see_gap(struct walk *walk, size_t before, const struct prose_mentions *list)
{
	static const char articles[] = "el|la|los|las|un|una|unos|unas|su|sus";
	const struct prose_words *words = walk->words;
	size_t from = walk->sentence.from, end = walk->sentence.to;
	if (!walk->findings.count || before == from || walk->asking)
		return;
	const struct trigger *last = &walk->findings.items[walk->findings.count - 1].trigger;
	size_t comma = words_match(words, list->next, end, ",");
	bool joined = words_match_before(words, before, from, ";") ||
		      words_match_before(words, before, from, "; y|e");
	joined |= words_match_before(words, before, from, comma ? "y|e" : ", y|e") > 0;
	if (last->kind != FOLLOWUP_UNDERTAKING || !joined ||
	    !word_matches(words, list->next + comma, articles))
		return;
	add_finding(walk, before, *last, names_of(walk, list));
}

/* "una mesa integrada por la AME y el CNE, que presentará": its members do what it does. Returns
 * the word to go on with. */
static size_t see_body(struct walk *walk, size_t at)
{
	struct prose_mentions list;
	const struct prose_words *words = walk->words;
	size_t end = walk->sentence.to;
	if (!word_is(words, at + 1, "por"))
		return at;
	size_t used = words_match(words, at, end,
				  "integrad*|conformad*|compuest*|formad*|constituid*|"
				  "coordinad*|liderad*|encabezad*|presidid* por");
	if (!used || !mentions_at(walk->context, words, at + used, end, &list))
		return at;
	size_t next = list.next;
	used = words_match(words, next, end, ",? la|el|los|las|misma|mismo? que|cual|cuales");
	if (!used)
		used = words_match(words, next, end, ",? y|e|quien|quienes");
	if (!used)
		used = words_match(words, next, end, ",");
	next += used;
	set_agent(walk, &list, subject_verb(words, next, end));
	return next;
}

/* An institution at `at` that is the subject of a verb becomes the agent. Returns the word to go
 * on with. */
static size_t see_subject(struct walk *walk, size_t at)
{
	struct prose_mentions list;
	const struct prose_words *words = walk->words;
	if (word_at(words, at)->kind != WORD_TEXT || word_at(words, at)->shape == SHAPE_LOWER)
		return at;
	size_t before = at;
	if (before > walk->sentence.from && word_matches(words, before - 1, "el|la|los|las"))
		before--;
	if (before > walk->sentence.from &&
	    word_matches(words, before - 1,
			 "a|al|de|del|en|con|por|para|sobre|desde|ante|entre|"
			 "hacia|segun|como|sin"))
		return at;
	if (!mentions_at(walk->context, words, at, walk->sentence.to, &list))
		return at;
	size_t verb = subject_verb(words, list.next, walk->sentence.to);
	if (verb == NO_VERB)
		see_gap(walk, before, &list);
	if (verb == NO_VERB || word_at(words, verb)->tense == TENSE_SUBJUNCTIVE)
		return list.next;
	walk->agent_unknown = list.items[0].institution == MENTION_UNKNOWN &&
			      walk->agent[0] != '\0' && at > walk->sentence.from + 1;
	set_agent(walk, &list, verb);
	walk->asking = false;
	return list.next;
}

/* "… e invita", "… y se compromete": after a joint, the speaker goes on in the main clause. */
static bool speaks_on(const struct prose_words *words, size_t at)
{
	return word_is_verb(words, at, VERB_SAYS) && !word_is_verb(words, at, VERB_ASKS) &&
	       word_at(words, at)->tense == TENSE_PRESENT;
}

/* Keeps track of questions and subordinate clauses. */
static void see_clause(struct walk *walk, size_t at)
{
	const struct prose_words *words = walk->words;
	switch (clause_opened_by(words, at, walk->sentence.from)) {
	case CLAUSE_SUBORDINATE:
		walk->subordinate = true;
		walk->seen_verb = false;
		return;
	case CLAUSE_MAIN:
		walk->subordinate = false;
		walk->asking &= !word_is(words, at, ";");
		return;
	default:
		break;
	}
	if (word_is_verb(words, at, VERB_ASKS) && word_at(words, at)->tense != TENSE_FUTURE)
		walk->asking = true;
	if (word_is(words, at, ",") && walk->seen_verb)
		walk->subordinate = false;
	if (walk->subordinate && word_is_finite(words, at)) {
		struct verb_group group = verb_group_at(words, at, walk->sentence.from);
		bool joined =
			words_match_before(words, group.from, walk->sentence.from, "y|e") > 0;
		if (walk->seen_verb && (!joined || speaks_on(words, at)))
			walk->subordinate = false;
		walk->seen_verb = true;
	}
	if (walk->asking && speaks_on(words, at) && at > walk->sentence.from &&
	    words_match_before(words, verb_group_at(words, at, walk->sentence.from).from,
			       walk->sentence.from, "y|e"))
		walk->asking = false;
}

static char *group_or_agent(const struct walk *walk)
{
	return mem_strdup(walk->context->group ? walk->context->group : walk->agent);
}

/* Who has to do it, owned; NULL when the trigger needs somebody named and nobody is. */
static char *responsible_of(const struct walk *walk, const struct trigger *trigger)
{
	struct prose_mentions list;
	bool members = false, found = false;
	struct word_range rest = {trigger->next, walk->sentence.to};
	switch (trigger->who) {
	case WHO_ADDRESSEE:
	case WHO_ADDRESSEE_ONLY:
		found = addressee_in(walk->context, walk->words, rest, &list, &members);
		if (!found &&
		    words_match(walk->words, walk->sentence.from, trigger->next, "a|al"))
			found = mentions_at(walk->context, walk->words, walk->sentence.from,
					    trigger->next, &list);
		break;
	case WHO_CHARGED:
		found = walk->agent_verb != trigger->verb &&
			mentions_at(walk->context, walk->words, rest.from, rest.to, &list);
		break;
	case WHO_DOER:
		found = walk->agent_verb != trigger->verb &&
			doer_in(walk->context, walk->words, rest, &list);
		break;
	case WHO_AGENT:
		break;
	}
	if (members || (!found && trigger->subject == SUBJECT_MEMBERS))
		return group_or_agent(walk);
	if (found)
		return names_of(walk, &list);
	return trigger->who == WHO_ADDRESSEE_ONLY ? NULL : mem_strdup(walk->agent);
}

static bool is_reported_plan(const struct walk *walk, const struct trigger *trigger)
{
	return walk->agent_unknown && walk->agent_verb == trigger->verb &&
	       trigger->kind == FOLLOWUP_UNDERTAKING;
}

static bool has_due(struct walk *walk)
{
	if (walk->has_due == UNASKED)
		walk->has_due = due_in(walk->context, walk->words, walk->sentence).words.length
					? YES
					: NO;
	return walk->has_due == YES;
}

static bool has_process(struct walk *walk)
{
	struct word_range all = walk->sentence;
	if (walk->has_process == UNASKED)
		walk->has_process =
			words_find(walk->words, all.from, all.to, PROCESSES) < all.to ? YES : NO;
	return walk->has_process == YES;
}

/* Whether the sentence has what the trigger asks for. */
static bool is_met(struct walk *walk, const struct trigger *trigger)
{
	bool asks = trigger->kind == FOLLOWUP_REQUEST || trigger->kind == FOLLOWUP_INVITATION;
	if ((walk->asking && !asks) || is_reported_plan(walk, trigger))
		return false;
	if (trigger->needs_agent && walk->agent_verb != trigger->verb)
		return false;
	return (!trigger->needs_process || has_process(walk)) &&
	       (!trigger->needs_due || has_due(walk));
}

static void see_trigger(struct walk *walk, size_t at)
{
	struct trigger trigger;
	bool named = walk->agent_verb == at;
	if (walk->subordinate || !trigger_at(walk->words, at, walk->sentence, named, &trigger))
		return;
	if (walk->findings.count >= FINDINGS_MAX || !is_met(walk, &trigger))
		return;
	char *responsible = responsible_of(walk, &trigger);
	if (responsible)
		add_finding(walk, at, trigger, responsible);
}

static bool has_firm(const struct walk *walk)
{
	for (size_t i = 0; i < walk->findings.count; i++)
		if (walk->findings.items[i].trigger.kind != FOLLOWUP_TASK)
			return true;
	return false;
}

static void emit(const struct walk *walk, const struct finding *finding, struct word_range part,
		 prose_undertakings *out)
{
	struct word_range sentence = walk->sentence;
	struct prose_undertaking *undertaking = vector_add(out);
	undertaking->sentence =
		(struct prose_span){range_start(walk->words, sentence.from),
				    range_length(walk->words, sentence.from, sentence.to)};
	undertaking->kind = finding->trigger.kind;
	undertaking->certainty = finding->trigger.certainty;
	undertaking->responsible = mem_strdup(finding->responsible);
	undertaking->due = due_in(walk->context, walk->words, walk->fields);
	if (!undertaking->due.words.length)
		undertaking->due = due_in(walk->context, walk->words, part);
	if (!codes_first(walk->words, part, undertaking->commitment))
		codes_first(walk->words, sentence, undertaking->commitment);
}

/* Whether the same people were found before in the sentence. */
static bool is_repeated(const struct walk *walk, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(walk->findings.items[i].responsible,
			   walk->findings.items[index].responsible) == 0)
			return true;
	return false;
}

/* Each part of the sentence, from one responsible to the next, has its own due date. */
static void emit_findings(const struct walk *walk, prose_undertakings *out)
{
	bool firm = has_firm(walk);
	const struct finding *pending = NULL;
	size_t from = walk->sentence.from;
	for (size_t i = 0; i < walk->findings.count; i++) {
		const struct finding *finding = &walk->findings.items[i];
		if ((firm && finding->trigger.kind == FOLLOWUP_TASK) || is_repeated(walk, i))
			continue;
		if (pending) {
			emit(walk, pending, (struct word_range){from, finding->at}, out);
			from = finding->at;
		}
		pending = finding;
	}
	if (pending)
		emit(walk, pending, (struct word_range){from, walk->sentence.to}, out);
}

static void release_findings(struct walk *walk)
{
	for (size_t i = 0; i < walk->findings.count; i++)
		free(walk->findings.items[i].responsible);
	vector_release(&walk->findings);
}

/* What a label or an infinitive at the start of a sentence makes of it; ENUM_NONE for nothing. */
static int kind_by_form(const struct walk *walk)
{
	enum label label;
	size_t start = sentence_start(walk->words, walk->sentence, &label);
	struct prose_mentions named;
	/* "SNP: remitir el formato" */
	if (label == LABEL_NONE &&
	    mentions_known_at(walk->context, walk->words, start, walk->sentence.to, &named) &&
	    words_match(walk->words, named.next, walk->sentence.to, ": ~")) {
		label = LABEL_DECISION;
		start = named.next + 1;
	}
	bool to_do = word_at(walk->words, start)->tense == TENSE_INFINITIVE &&
		     !word_matches(walk->words, start, DONE_BY_DECIDING);
	switch (label) {
	case LABEL_UNDERTAKING:
		return FOLLOWUP_UNDERTAKING;
	case LABEL_REQUEST:
		return FOLLOWUP_REQUEST;
	case LABEL_TASK:
		return FOLLOWUP_TASK;
	case LABEL_DECISION:
		return to_do ? FOLLOWUP_UNDERTAKING : ENUM_NONE;
	case LABEL_NONE:
		break;
	}
	return to_do && walk->fields.to > walk->fields.from ? FOLLOWUP_UNDERTAKING : ENUM_NONE;
}

/* "Responsable: DPE" settles who is to do what the sentence says, whatever its verb. */
static void see_form(struct walk *walk)
{
	struct prose_mentions list;
	struct word_range all = {walk->sentence.from, walk->fields.to};
	struct trigger trigger = {.verb = NO_VERB, .certainty = CERTAINTY_LIKELY};
	bool named = responsible_field(walk->context, walk->words, all, &list);
	trigger.kind = kind_by_form(walk);
	if (!named && (trigger.kind == ENUM_NONE || has_firm(walk)))
		return;
	if (has_firm(walk))
		trigger.kind = walk->findings.items[0].trigger.kind;
	else if (named)
		trigger.kind = FOLLOWUP_UNDERTAKING;
	release_findings(walk);
	add_finding(walk, walk->sentence.from, trigger,
		    named ? names_of(walk, &list) : mem_strdup(walk->agent));
}

/* `*speaker` (owned) is who spoke before and becomes who speaks this sentence. */
static void read_sentence(struct walk *walk, char **speaker, prose_undertakings *out)
{
	struct prose_mentions list;
	size_t at = walk->sentence.from;
	walk->agent = mem_strdup(*speaker);
	walk->agent_verb = NO_VERB;
	if (speakers_of(walk->context, walk->words, walk->sentence, &list)) {
		set_agent(walk, &list, subject_verb(walk->words, list.next, walk->sentence.to));
		free(*speaker);
		*speaker = mem_strdup(walk->agent);
		at = list.next;
	}
	while (at < walk->sentence.to) {
		size_t next = see_subject(walk, at);
		if (next == at)
			next = see_body(walk, at);
		see_clause(walk, at);
		see_trigger(walk, at);
		at = next > at ? next : at + 1;
	}
	see_form(walk);
	emit_findings(walk, out);
	release_findings(walk);
	free(walk->agent);
}

/* Reads sentence by sentence, who speaks handed on from one to the next. The fields behind a
 * sentence belong to it when it says something to do; else they are read as sentences. */
static void read_sentences(struct walk start, const word_ranges *sentences, const char *speaker,
			   prose_undertakings *out)
{
	char *who = mem_strdup(speaker ? speaker : "");
	for (size_t i = 0; i < sentences->count; i++) {
		struct walk walk = start;
		size_t found = out->count, last = i;
		walk.sentence = sentences->items[i];
		while (last + 1 < sentences->count &&
		       is_field(walk.words, sentences->items[last + 1]))
			last++;
		walk.fields = (struct word_range){walk.sentence.to, sentences->items[last].to};
		read_sentence(&walk, &who, out);
		if (out->count > found)
			i = last;
	}
	free(who);
}

void paragraph_undertakings(const struct prose_paragraph *paragraph, const char *speaker,
			    prose_undertakings *out)
{
	read_sentences((struct walk){.context = paragraph->context, .words = &paragraph->words},
		       &paragraph->sentences, speaker, out);
}

void prose_find_undertakings(const struct prose_context *context, const char *text,
			     const char *speaker, prose_undertakings *out)
{
	struct prose_paragraph paragraph;
	paragraph_cut(&paragraph, context, text);
	paragraph_undertakings(&paragraph, speaker, out);
	paragraph_release(&paragraph);
}

void prose_undertakings_release(prose_undertakings *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].responsible);
	vector_release(list);
}
