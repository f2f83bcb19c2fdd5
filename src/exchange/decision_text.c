/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/decision.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/store/list.h"

/* Fields of the three choices, by enum ballot_choice. */
static const char *const tally_fields[] = {
	[BALLOT_FOR] = "votes_for",
	[BALLOT_AGAINST] = "votes_against",
	[BALLOT_ABSTAINED] = "votes_abstained",
};
static const char *const ballot_fields[] = {
	[BALLOT_FOR] = "ballots_for",
	[BALLOT_AGAINST] = "ballots_against",
	[BALLOT_ABSTAINED] = "ballots_abstained",
};

/* The choice a field is about; ENUM_NONE for none of them. */
static int choice_of(const char *const *fields, const char *field)
{
	for (int choice = 0; choice < 3; choice++)
		if (strcmp(fields[choice], field) == 0)
			return choice;
	return ENUM_NONE;
}

static bool is_tally(const char *field)
{
	return choice_of(tally_fields, field) != ENUM_NONE;
}

static bool is_ballots(const char *field)
{
	return choice_of(ballot_fields, field) != ENUM_NONE;
}

bool decision_is_vote_field(const char *field)
{
	return strcmp(field, "vote_rule") == 0 || is_tally(field) || is_ballots(field);
}

/* What is being read, and the place of what is wrong. */
struct reading {
	struct store *store;
	int64_t entry;
	struct decision *decision;
	const struct record_assignment *pairs;
	size_t count, at;
	bool gives_tally, gives_ballots, gives_rule, gives_kind;
};

static const char *given(const struct reading *reading, const char *field)
{
	for (size_t i = 0; i < reading->count; i++)
		if (strcmp(reading->pairs[i].field, field) == 0)
			return reading->pairs[i].value;
	return NULL;
}

static void survey(struct reading *reading)
{
	for (size_t i = 0; i < reading->count; i++) {
		reading->gives_tally |= is_tally(reading->pairs[i].field);
		reading->gives_ballots |= is_ballots(reading->pairs[i].field);
		reading->gives_rule |= strcmp(reading->pairs[i].field, "vote_rule") == 0;
		reading->gives_kind |= strcmp(reading->pairs[i].field, "decision_kind") == 0;
	}
}

/* ---- one value */

static enum rc read_word(const struct enum_names *names, const char *text, int *value,
			 struct error *err)
{
	int found = enum_value(names, text);
	struct strbuf list;
	if (found != ENUM_NONE) {
		*value = found;
		return RC_OK;
	}
	strbuf_init(&list);
	for (int i = 0; i < names->count; i++)
		strbuf_addf(&list, "%s%s (%s)", i ? ", " : "", names->names[i].name,
			    _(names->names[i].label));
	error_set(err, RC_INVALID, _("«%s» no sirve; puede ser: %s"), text, list.data);
	strbuf_release(&list);
	return RC_INVALID;
}

/* Nothing is none: an empty field of the page is a zero. */
static enum rc read_votes(const char *text, int *votes, struct error *err)
{
	size_t digits = strspn(text, "0123456789");
	long number = digits <= 5 && !text[digits] ? strtol(text, NULL, 10) : -1;
	if (number < 0 || number > VOTES_MAX)
		return error_set(err, RC_INVALID, _("«%s» no es una cuenta de votos, de 0 a %d"),
				 text, VOTES_MAX);
	*votes = (int)number;
	return RC_OK;
}

static enum rc read_objections(const char *text, struct decision *decision, struct error *err)
{
	struct strbuf lines;
	enum rc rc = record_text_check(text, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&lines);
	strbuf_adds(&lines, text);
	strbuf_trim(&lines);
	free(decision->objections);
	decision->objections = lines.length ? strbuf_detach(&lines) : NULL;
	strbuf_release(&lines);
	return RC_OK;
}

/* ---- who voted how */

static int place_of(const struct decision *decision, int64_t organization)
{
	for (size_t i = 0; i < decision->ballots.count; i++)
		if (decision->ballots.items[i].organization == organization)
			return (int)i;
	return -1;
}

static void take_out(struct decision *decision, size_t place)
{
	decision->ballots.count--;
	memmove(decision->ballots.items + place, decision->ballots.items + place + 1,
		(decision->ballots.count - place) * sizeof(*decision->ballots.items));
}

static void drop_choice(struct decision *decision, int choice)
{
	for (size_t i = decision->ballots.count; i-- > 0;)
		if (decision->ballots.items[i].choice == choice)
			take_out(decision, i);
}

/* Whoever voted otherwise before votes so now; but not when both were said together. */
static enum rc cast(struct reading *reading, const char *acronym, int choice, struct error *err)
{
	struct decision *decision = reading->decision;
	int64_t organization;
	enum rc rc = store_find(reading->store, RECORD_ORGANIZATION, acronym, &organization, err);
	if (rc != RC_OK)
		return rc;
	int place = place_of(decision, organization);
	int before = place < 0 ? ENUM_NONE : decision->ballots.items[place].choice;
	if (before == choice)
		return RC_OK;
	if (before != ENUM_NONE && given(reading, ballot_fields[before]))
		return error_set(err, RC_INVALID,
				 _("%s está dos veces: cada institución vota una sola vez."),
				 acronym);
	if (place >= 0)
		take_out(decision, (size_t)place);
	vector_push(&decision->ballots, ((struct decision_ballot){organization, choice}));
	return RC_OK;
}

/* The list of one field; `*rest` is set when it names all the others. */
static enum rc read_list(struct reading *reading, const char *list, int choice, bool *rest,
			 struct error *err)
{
	struct strbuf acronym;
	enum rc rc = RC_OK;
	strbuf_init(&acronym);
	while (*list && rc == RC_OK) {
		size_t length = strcspn(list, ",");
		strbuf_reset(&acronym);
		strbuf_add(&acronym, list, length);
		strbuf_trim(&acronym);
		if (strcmp(acronym.data, DECISION_THE_REST) == 0)
			*rest = true;
		else if (acronym.length)
			rc = cast(reading, acronym.data, choice, err);
		list += length + (list[length] == ',');
	}
	strbuf_release(&acronym);
	return rc;
}

static enum rc add_the_rest(struct reading *reading, int choice, struct error *err)
{
	decision_voters voters = {0};
	enum rc rc = decision_load_voters(reading->store, reading->entry, DECISION_WHO_IS_THERE,
					  &voters, err);
	if (rc == RC_OK && !voters.count)
		rc = error_set(err, RC_INVALID,
			       _("no consta qué miembros están presentes: tome primero la "
				 "asistencia, o nombre a quienes votaron"));
	for (size_t i = 0; rc == RC_OK && i < voters.count; i++)
		if (place_of(reading->decision, voters.items[i]) < 0)
			vector_push(&reading->decision->ballots,
				    ((struct decision_ballot){voters.items[i], choice}));
	vector_release(&voters);
	return rc;
}

/* Lists first, what they leave over last. */
static enum rc read_ballots(struct reading *reading, struct error *err)
{
	int rest = ENUM_NONE;
	for (size_t i = 0; i < reading->count; i++) {
		int choice = choice_of(ballot_fields, reading->pairs[i].field);
		if (choice != ENUM_NONE)
			drop_choice(reading->decision, choice);
	}
	for (size_t i = 0; i < reading->count; i++) {
		int choice = choice_of(ballot_fields, reading->pairs[i].field);
		bool takes_rest = false;
		reading->at = i;
		enum rc rc = choice == ENUM_NONE ? RC_OK
						 : read_list(reading, reading->pairs[i].value,
							     choice, &takes_rest, err);
		if (rc == RC_OK && takes_rest && rest != ENUM_NONE)
			rc = error_set(err, RC_INVALID,
				       _("«*», los demás presentes, va en una sola de las listas "
					 "de votos"));
		if (rc != RC_OK)
			return rc;
		rest = takes_rest ? choice : rest;
	}
	for (size_t i = 0; rest != ENUM_NONE && i < reading->count; i++)
		if (strcmp(reading->pairs[i].field, ballot_fields[rest]) == 0)
			reading->at = i;
	return rest == ENUM_NONE ? RC_OK : add_the_rest(reading, rest, err);
}

/* ---- all of it */

static enum rc read_pair(struct reading *reading, const struct record_assignment *pair,
			 struct error *err)
{
	struct decision *decision = reading->decision;
	int choice = choice_of(tally_fields, pair->field);
	if (choice != ENUM_NONE)
		return read_votes(pair->value, &decision->votes[choice], err);
	if (strcmp(pair->field, "decision_kind") == 0)
		return read_word(&decision_kind_names, pair->value, &decision->kind, err);
	if (strcmp(pair->field, "vote_rule") == 0)
		return read_word(&vote_rule_names, pair->value, &decision->rule, err);
	if (strcmp(pair->field, "objections") == 0)
		return read_objections(pair->value, decision, err);
	return RC_OK;
}

static enum rc read_all(struct reading *reading, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < reading->count && rc == RC_OK; i++) {
		reading->at = i;
		rc = read_pair(reading, &reading->pairs[i], err);
	}
	if (rc == RC_OK && reading->gives_tally)
		reading->decision->ballots.count = 0;
	return rc == RC_OK && reading->gives_ballots ? read_ballots(reading, err) : rc;
}

enum rc decision_assign(struct store *store, int64_t entry, struct decision *decision,
			const struct record_assignment *pairs, size_t count, size_t *blamed,
			struct error *err)
{
	struct reading reading = {.store = store,
				  .entry = entry,
				  .decision = decision,
				  .pairs = pairs,
				  .count = count};
	survey(&reading);
	if (reading.gives_tally && reading.gives_ballots)
		return error_set(err, RC_USAGE,
				 _("dé la cuenta de los votos o cómo votó cada institución, no "
				   "ambas cosas"));
	bool gives_vote = reading.gives_tally || reading.gives_ballots || reading.gives_rule;
	if (gives_vote && !reading.gives_kind)
		decision->kind = DECISION_VOTE;
	enum rc rc = read_all(&reading, err);
	if (rc == RC_OK && gives_vote && decision->kind != DECISION_VOTE)
		return error_set(err, RC_INVALID,
				 _("decision_kind: los votos son de una votación (vote)"));
	if (rc == RC_OK)
		return rc;
	if (blamed)
		*blamed = reading.at;
	return error_prefix(err, "%s", pairs[reading.at].field);
}

/* ---- beside other fields of the entry */

static bool is_of_decision(const char *field)
{
	return decision_is_vote_field(field) || strcmp(field, "decision_kind") == 0 ||
	       strcmp(field, "objections") == 0;
}

typedef VECTOR(struct record_assignment) pair_list;

/* A vote is a decision: that need not be said, but may be. */
static enum rc check_kind(const struct record_assignment *pair, struct error *err)
{
	if (strcmp(pair->field, "tally") == 0)
		return error_set(err, RC_USAGE,
				 _("tally: la escribe el programa con los votos; quítela"));
	if (strcmp(pair->field, "kind") == 0 &&
	    enum_value(&entry_kind_names, pair->value) != ENTRY_DECISION)
		return error_set(err, RC_INVALID, _("kind: solo una decisión se vota"));
	return RC_OK;
}

static enum rc split(const struct record_assignment *pairs, size_t count, pair_list *decided,
		     pair_list *others, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		enum rc rc = check_kind(&pairs[i], err);
		if (rc != RC_OK)
			return rc;
		for (size_t j = 0; j < i; j++)
			if (strcmp(pairs[j].field, pairs[i].field) == 0)
				return error_set(err, RC_USAGE, _("%s: se dio dos veces"),
						 pairs[i].field);
		if (is_of_decision(pairs[i].field))
			vector_push(decided, pairs[i]);
		else if (strcmp(pairs[i].field, "kind") != 0)
			vector_push(others, pairs[i]);
	}
	return RC_OK;
}

static enum rc compose_others(struct store *store, int64_t entry, const pair_list *others,
			      struct operation *operation, struct error *err)
{
	struct record_edit *edit = NULL;
	enum rc rc = record_edit_begin(store, RECORD_RESOLUTION, entry, &edit, err);
	if (rc == RC_OK)
		rc = record_edit_assign(edit, others->items, others->count, err);
	if (rc == RC_OK)
		rc = record_edit_compose(edit, operation, NULL, err);
	record_edit_free(edit);
	return rc;
}

static enum rc compose_decision(struct store *store, int64_t entry, const pair_list *decided,
				struct operation *operation, struct error *err)
{
	struct decision decision = {0};
	enum rc rc = decision_load(store, entry, &decision, err);
	if (rc == RC_OK)
		rc = decision_assign(store, entry, &decision, decided->items, decided->count, NULL,
				     err);
	if (rc == RC_OK)
		rc = decision_record(store, entry, &decision, operation, err);
	decision_release(&decision);
	return rc;
}

/* Both say what they do. */
static void join_words(struct operation *operation, const char *first)
{
	char *second = mem_strdup(operation_words(operation));
	if (*first && strcmp(first, second) != 0)
		operation_set_words(operation, "%s; %s", first, second);
	free(second);
}

enum rc decision_edit_entry(struct store *store, int64_t entry,
			    const struct record_assignment *pairs, size_t count,
			    struct operation *operation, struct error *err)
{
	pair_list decided = {0}, others = {0};
	char *words = NULL;
	enum rc rc = split(pairs, count, &decided, &others, err);
	if (rc == RC_OK && others.count)
		rc = compose_others(store, entry, &others, operation, err);
	if (rc == RC_OK) {
		words = mem_strdup(operation_words(operation));
		rc = compose_decision(store, entry, &decided, operation, err);
	}
	if (rc == RC_OK)
		join_words(operation, words);
	free(words);
	vector_release(&decided);
	vector_release(&others);
	return rc;
}
