/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/decision.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/record_edit_parts.h"
#include "nucleo/store/setting.h"

/* Columns of the figures, by enum ballot_choice. */
static const char *const vote_columns[] = {
	[BALLOT_FOR] = "votes_for",
	[BALLOT_AGAINST] = "votes_against",
	[BALLOT_ABSTAINED] = "votes_abstained",
};

void decision_release(struct decision *decision)
{
	free(decision->objections);
	vector_release(&decision->ballots);
	*decision = (struct decision){0};
}

/* ---- reading */

static const char *text_of(const struct stored_row *row, const char *column)
{
	struct value value = row_value(row, column);
	return value.type == VALUE_TEXT ? value.text : NULL;
}

static int word_of(const struct stored_row *row, const char *column, const struct enum_names *names)
{
	const char *text = text_of(row, column);
	return text ? enum_value(names, text) : ENUM_NONE;
}

/* A decision without a rule, or no decision yet: what is usual in the group. */
static enum rc settle_defaults(struct store *store, struct decision *decision, struct error *err)
{
	int usual = ENUM_NONE;
	enum rc rc = setting_load_vote_rule(store, &usual, err);
	if (rc != RC_OK)
		return rc;
	if (decision->kind == ENUM_NONE)
		decision->kind = usual == ENUM_NONE ? DECISION_CONSENSUS : DECISION_VOTE;
	if (decision->rule == ENUM_NONE)
		decision->rule = usual == ENUM_NONE ? VOTE_SIMPLE : usual;
	return RC_OK;
}

static void read_columns(const struct stored_row *row, struct decision *decision)
{
	decision->kind = word_of(row, "decision_kind", &decision_kind_names);
	decision->rule = word_of(row, "vote_rule", &vote_rule_names);
	decision->objections = mem_strdup_null(text_of(row, "objections"));
	for (int choice = 0; choice < 3; choice++) {
		int64_t votes = row_value(row, vote_columns[choice]).integer;
		decision->votes[choice] = votes < 0 || votes > VOTES_MAX ? 0 : (int)votes;
	}
}

static enum rc load_ballots(struct store *store, int64_t entry, row_list *rows, struct error *err)
{
	return store_rows(store, "ballot", "entry", value_integer(entry), rows, err);
}

static void read_ballots(const row_list *rows, struct decision *decision)
{
	for (size_t i = 0; i < rows->count; i++) {
		int choice = word_of(&rows->items[i], "choice", &ballot_choice_names);
		int64_t organization = row_value(&rows->items[i], "organization").integer;
		if (choice != ENUM_NONE)
			vector_push(&decision->ballots,
				    ((struct decision_ballot){organization, choice}));
	}
}

enum rc decision_load(struct store *store, int64_t entry, struct decision *decision,
		      struct error *err)
{
	struct decision read = {0};
	struct stored_row row = {0};
	row_list ballots = {0};
	enum rc rc = store_row(store, "entry", entry, &row, err);
	if (rc == RC_OK)
		rc = load_ballots(store, entry, &ballots, err);
	if (rc == RC_OK) {
		read_columns(&row, &read);
		read_ballots(&ballots, &read);
		rc = settle_defaults(store, &read, err);
	}
	row_release(&row);
	row_list_release(&ballots);
	if (rc == RC_OK)
		*decision = read;
	else
		decision_release(&read);
	return rc;
}

/* ---- counting */

/* The sector of an institution; its acronym too, appended to `acronym` (may be NULL). */
static enum rc read_organization(struct store *store, int64_t organization, int *sector,
				 struct strbuf *acronym, struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = store_row(store, "organization", organization, &row, err);
	if (rc != RC_OK)
		return rc;
	int found = word_of(&row, "sector", &sector_names);
	*sector = found == ENUM_NONE ? SECTOR_OTHER : found;
	if (acronym)
		strbuf_adds(acronym, text_of(&row, "acronym"));
	row_release(&row);
	return RC_OK;
}

/* Whether the institution of the i-th ballot has one before it. */
static bool votes_again(const struct decision *decision, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (decision->ballots.items[j].organization ==
		    decision->ballots.items[i].organization)
			return true;
	return false;
}

static enum rc votes_twice(struct store *store, int64_t organization, struct error *err)
{
	struct strbuf acronym;
	int sector;
	strbuf_init(&acronym);
	enum rc rc = read_organization(store, organization, &sector, &acronym, err);
	if (rc == RC_OK)
		rc = error_set(err, RC_INVALID,
			       _("%s está dos veces: cada institución vota una sola vez."),
			       acronym.data);
	strbuf_release(&acronym);
	return rc;
}

static enum rc count_ballots(struct store *store, const struct decision *decision,
			     struct vote_tally *tally, struct error *err)
{
	for (size_t i = 0; i < decision->ballots.count; i++) {
		const struct decision_ballot *ballot = &decision->ballots.items[i];
		int sector;
		if (votes_again(decision, i))
			return votes_twice(store, ballot->organization, err);
		enum rc rc = read_organization(store, ballot->organization, &sector, NULL, err);
		if (rc != RC_OK)
			return rc;
		tally->votes[ballot->choice]++;
		tally->sector_votes[sector][ballot->choice]++;
	}
	return RC_OK;
}

static enum rc count(struct store *store, const struct decision *decision, struct vote_tally *tally,
		     struct error *err)
{
	*tally = (struct vote_tally){0};
	if (decision->ballots.count)
		return count_ballots(store, decision, tally, err);
	memcpy(tally->votes, decision->votes, sizeof(tally->votes));
	return RC_OK;
}

static enum rc judge(struct store *store, const struct decision *decision, struct vote_tally *tally,
		     struct strbuf *printed, struct error *err)
{
	struct vote_result result = {0};
	enum vote_rule rule = (enum vote_rule)decision->rule;
	enum rc rc = count(store, decision, tally, err);
	if (rc == RC_OK)
		rc = vote_judge(rule, tally, &result, err);
	if (rc == RC_OK)
		vote_add_arithmetic(printed, rule, tally, &result);
	return rc;
}

enum rc decision_add_arithmetic(struct store *store, const struct decision *decision,
				struct strbuf *out, struct error *err)
{
	struct vote_tally tally;
	return judge(store, decision, &tally, out, err);
}

typedef VECTOR(char *) name_list;

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum rc add_name(struct store *store, int64_t organization, name_list *names,
			struct error *err)
{
	struct strbuf acronym;
	int sector;
	strbuf_init(&acronym);
	enum rc rc = read_organization(store, organization, &sector, &acronym, err);
	vector_push(names, strbuf_detach(&acronym));
	return rc;
}

static void join_names(struct strbuf *out, const name_list *names)
{
	if (names->count)
		qsort(names->items, names->count, sizeof(*names->items), compare_names);
	for (size_t i = 0; i < names->count; i++)
		strbuf_addf(out, "%s%s", i ? "," : "", names->items[i]);
}

enum rc decision_add_voters(struct store *store, const struct decision *decision, int choice,
			    struct strbuf *out, struct error *err)
{
	name_list names = {0};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < decision->ballots.count && rc == RC_OK; i++)
		if (decision->ballots.items[i].choice == choice)
			rc = add_name(store, decision->ballots.items[i].organization, &names, err);
	if (rc == RC_OK)
		join_names(out, &names);
	for (size_t i = 0; i < names.count; i++)
		free(names.items[i]);
	vector_release(&names);
	return rc;
}

/* ---- who may vote */

struct voter_search {
	struct store *store;
	decision_voters voters;
	bool leaves_out_departed;
	struct error *err;
	enum rc rc;
};

static bool add_voter(void *context, const void *row)
{
	struct voter_search *search = context;
	const struct attendee *attendee = row;
	int64_t organization;
	if (attendee->status != ATTENDANCE_PRESENT || attendee->capacity != CAPACITY_MEMBER)
		return true;
	if (search->leaves_out_departed && attendee->departed != DAY_MINUTE_NONE)
		return true;
	search->rc = store_find(search->store, RECORD_ORGANIZATION, attendee->organization,
				&organization, search->err);
	if (search->rc == RC_OK)
		vector_push(&search->voters, organization);
	return search->rc == RC_OK;
}

/* The meeting of an entry, and whether it is in session. */
static enum rc find_meeting(struct store *store, int64_t entry, int64_t *meeting, bool *is_on,
			    struct error *err)
{
	struct stored_row row = {0};
	enum rc rc = store_row(store, "entry", entry, &row, err);
	if (rc != RC_OK)
		return rc;
	*meeting = row_value(&row, "meeting").integer;
	row_release(&row);
	rc = store_row(store, "meeting", *meeting, &row, err);
	if (rc != RC_OK)
		return rc;
	*is_on = word_of(&row, "status", &meeting_status_names) == MEETING_IN_SESSION;
	row_release(&row);
	return RC_OK;
}

enum rc decision_load_voters(struct store *store, int64_t entry, enum decision_presence presence,
			     decision_voters *voters, struct error *err)
{
	struct voter_search search = {.store = store, .err = err};
	int64_t meeting;
	bool is_on;
	enum rc rc = find_meeting(store, entry, &meeting, &is_on, err);
	if (rc != RC_OK)
		return rc;
	const struct list_query query = {.meeting = meeting};
	search.leaves_out_departed = is_on && presence == DECISION_WHO_IS_THERE;
	rc = store_list(store, RECORD_ATTENDEE, &query, add_voter, &search, err);
	if (rc == RC_OK)
		rc = search.rc;
	if (rc != RC_OK) {
		vector_release(&search.voters);
		return rc;
	}
	vector_release(voters);
	voters->items = search.voters.items;
	voters->count = search.voters.count;
	voters->capacity = search.voters.capacity;
	return RC_OK;
}

/* ---- writing */

/* A decision about to be written, with what is stored. */
struct recording {
	struct store *store;
	int64_t entry;
	const struct decision *decision;
	struct stored_row row;
	row_list ballots;
	struct record_set listed; /* how people call it and its meeting */
	struct vote_tally tally;
	struct strbuf printed; /* "" of no vote */
};

static bool is_blank(const char *text)
{
	return !text || !text[strspn(text, " \t\n")];
}

static enum rc check(struct recording *recording, struct error *err)
{
	const struct decision *decision = recording->decision;
	if (!enum_name(&decision_kind_names, decision->kind))
		return error_set(err, RC_INVALID, _("Diga cómo se decidió."));
	if (decision->kind == DECISION_RESERVATIONS && is_blank(decision->objections))
		return error_set(err, RC_INVALID,
				 _("Escriba las reservas, una por línea: «FCD: ...»."));
	if (decision->kind != DECISION_VOTE)
		return RC_OK;
	if (!enum_name(&vote_rule_names, decision->rule))
		return error_set(err, RC_INVALID, _("Diga con qué regla se votó."));
	return judge(recording->store, decision, &recording->tally, &recording->printed, err);
}

static enum rc recording_load(struct recording *recording, struct error *err)
{
	struct store *store = recording->store;
	const struct list_query query = {.key = recording->entry, .limit = 1};
	enum rc rc = store_row(store, "entry", recording->entry, &recording->row, err);
	if (rc == RC_OK)
		rc = record_sealed_check(store, editable_kind_of(RECORD_RESOLUTION),
					 &recording->row, err);
	if (rc == RC_OK)
		rc = load_ballots(store, recording->entry, &recording->ballots, err);
	if (rc == RC_OK)
		rc = record_set_load(&recording->listed, store, RECORD_RESOLUTION, &query, err);
	if (rc == RC_OK && !recording->listed.count)
		rc = error_set(err, RC_NOT_FOUND, _("ese registro ya no está"));
	return rc;
}

static void change(const struct recording *recording, const char *column, struct value now,
		   struct operation *operation)
{
	operation_change(operation, "entry", recording->entry, column,
			 row_value(&recording->row, column), now);
}

static void give_number(const struct recording *recording, struct operation *operation)
{
	const struct resolution *listed = record_set_at(&recording->listed, 0);
	if (row_value(&recording->row, "decision_number").type != VALUE_NULL)
		return;
	char *number = meeting_decision_number(listed->meeting);
	change(recording, "decision_number", value_text(number), operation);
	free(number);
}

/* The printed tally of an acta that does not say its rule is left as it was read. */
static bool has_printed(const struct recording *recording)
{
	return row_value(&recording->row, "vote_rule").type != VALUE_NULL;
}

static void change_vote(const struct recording *recording, struct operation *operation)
{
	const struct decision *decision = recording->decision;
	bool is_vote = decision->kind == DECISION_VOTE;
	change(recording, "vote_rule",
	       value_text(is_vote ? enum_name(&vote_rule_names, decision->rule) : NULL),
	       operation);
	for (int choice = 0; choice < 3; choice++)
		change(recording, vote_columns[choice],
		       is_vote ? value_integer(recording->tally.votes[choice]) : value_null(),
		       operation);
	if (is_vote || has_printed(recording))
		change(recording, "tally", value_text(is_vote ? recording->printed.data : NULL),
		       operation);
}

/* How it votes now, ENUM_NONE when it does not; each is asked for once. */
static int choice_of(const struct decision *decision, int64_t organization)
{
	for (size_t i = 0; decision->kind == DECISION_VOTE && i < decision->ballots.count; i++)
		if (decision->ballots.items[i].organization == organization)
			return decision->ballots.items[i].choice;
	return ENUM_NONE;
}

static const struct stored_row *row_of(const struct recording *recording, int64_t organization)
{
	for (size_t i = 0; i < recording->ballots.count; i++)
		if (row_value(&recording->ballots.items[i], "organization").integer == organization)
			return &recording->ballots.items[i];
	return NULL;
}

/* Who votes otherwise keeps her row; one that is there twice goes. */
static void change_stored_ballots(const struct recording *recording, struct operation *operation)
{
	for (size_t i = 0; i < recording->ballots.count; i++) {
		const struct stored_row *row = &recording->ballots.items[i];
		int64_t organization = row_value(row, "organization").integer;
		int choice = choice_of(recording->decision, organization);
		if (choice == ENUM_NONE || row_of(recording, organization) != row)
			row_delete(operation, "ballot", row);
		else
			operation_change(operation, "ballot", row->key, "choice",
					 row_value(row, "choice"),
					 value_text(enum_name(&ballot_choice_names, choice)));
	}
}

static void insert_ballots(const struct recording *recording, struct operation *operation)
{
	const struct decision *decision = recording->decision;
	for (size_t i = 0; decision->kind == DECISION_VOTE && i < decision->ballots.count; i++) {
		const struct decision_ballot *ballot = &decision->ballots.items[i];
		if (row_of(recording, ballot->organization))
			continue;
		operation_insert(operation, "ballot");
		operation_field(operation, "entry", value_key(recording->entry));
		operation_field(operation, "organization", value_key(ballot->organization));
		operation_field(operation, "choice",
				value_text(enum_name(&ballot_choice_names, ballot->choice)));
	}
}

static void change_columns(const struct recording *recording, struct operation *operation)
{
	const struct decision *decision = recording->decision;
	const char *objections = is_blank(decision->objections) ? NULL : decision->objections;
	change(recording, "kind", value_text(enum_name(&entry_kind_names, ENTRY_DECISION)),
	       operation);
	change(recording, "decision_kind",
	       value_text(enum_name(&decision_kind_names, decision->kind)), operation);
	give_number(recording, operation);
	change(recording, "objections", value_text(objections), operation);
	change_vote(recording, operation);
}

/* Words are the group's record and stay in its language. */
static void set_words(const struct recording *recording, struct operation *operation)
{
	const struct resolution *listed = record_set_at(&recording->listed, 0);
	struct strbuf words;
	strbuf_init(&words);
	strbuf_addf(&words, "%s: decisión, %s", listed->id,
		    decision_kind_names.names[recording->decision->kind].label);
	if (recording->printed.length)
		strbuf_addf(&words, ": %s", recording->printed.data);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
}

static void recording_release(struct recording *recording)
{
	row_release(&recording->row);
	row_list_release(&recording->ballots);
	record_set_release(&recording->listed);
	strbuf_release(&recording->printed);
}

enum rc decision_record(struct store *store, int64_t entry, const struct decision *decision,
			struct operation *operation, struct error *err)
{
	struct recording recording = {.store = store, .entry = entry, .decision = decision};
	strbuf_init(&recording.printed);
	enum rc rc = recording_load(&recording, err);
	if (rc == RC_OK)
		rc = check(&recording, err);
	if (rc == RC_OK) {
		change_columns(&recording, operation);
		change_stored_ballots(&recording, operation);
		insert_ballots(&recording, operation);
	}
	if (rc == RC_OK && !operation_is_empty(operation))
		set_words(&recording, operation);
	recording_release(&recording);
	return rc;
}

enum rc decision_forget_vote(struct store *store, int64_t entry, struct operation *operation,
			     struct error *err)
{
	const struct decision none = {.kind = ENUM_NONE};
	struct recording recording = {.store = store, .entry = entry, .decision = &none};
	strbuf_init(&recording.printed);
	enum rc rc = store_row(store, "entry", entry, &recording.row, err);
	if (rc == RC_OK)
		rc = load_ballots(store, entry, &recording.ballots, err);
	if (rc == RC_OK) {
		change_vote(&recording, operation);
		change_stored_ballots(&recording, operation);
	}
	recording_release(&recording);
	return rc;
}
