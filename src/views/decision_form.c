/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/views/decision_parts.h"

/* The fields of the page of a decision, as they are first shown. */

const char *const decision_field_names[FIELD_COUNT] = {
	"decision_kind",   "objections",       "vote_rule", NULL,	    "ballots_for",
	"ballots_against", "ballots_abstained", "votes_for", "votes_against", "votes_abstained",
};

const char *decision_field_label(size_t field)
{
	static const char *const labels[FIELD_COUNT] = {
		N_("Forma de decidir"), N_("Reservas"),	   N_("Regla"),	    N_("Votos"),
		N_("A favor"),		N_("En contra"),   N_("Abstención"), N_("A favor"),
		N_("En contra"),	N_("Abstenciones"),
	};
	return _(labels[field]);
}

/* ---- who may vote */

static bool is_voter(const decision_voters *voters, const struct decision *decision,
		     const struct organization *organization)
{
	for (size_t i = 0; i < voters->count; i++)
		if (voters->items[i] == organization->key)
			return true;
	for (size_t i = 0; i < decision->ballots.count; i++)
		if (decision->ballots.items[i].organization == organization->key)
			return true;
	return !voters->count && organization->role == CAPACITY_MEMBER;
}

/* Those present, or, where nobody took attendance, all members; and whoever voted. */
static void add_voters(struct decision_page *page, const struct decision *decision,
		       const decision_voters *voters)
{
	if (voters->count)
		vector_push(&page->voters, ((struct form_choice){
						   .value = DECISION_THE_REST,
						   .text = _("todos los demás presentes")}));
	for (size_t i = 0; i < page->organizations.count; i++) {
		const struct organization *organization = record_set_at(&page->organizations, i);
		if (is_voter(voters, decision, organization))
			vector_push(&page->voters,
				    ((struct form_choice){.value = organization->acronym,
							  .text = organization->acronym,
							  .detail = organization->name}));
	}
}

/* ---- what is decided */

static void set_choices(struct form_field *field, struct form_choice *choices,
			const struct enum_names *of)
{
	for (int i = 0; i < of->count; i++)
		choices[i] = (struct form_choice){.value = enum_name(of, i),
						  .text = enum_label(of, i)};
	field->kind = FORM_CHOICE;
	field->is_required = true;
	field->choices = choices;
	field->choice_count = (size_t)of->count;
}

static char *number_text(int number)
{
	struct strbuf text;
	strbuf_init(&text);
	if (number)
		strbuf_addf(&text, "%d", number);
	return strbuf_detach(&text);
}

static void set_texts(const struct decision_page *page, const struct decision *decision,
		      bool has_voters, struct decision_fields *first)
{
	const struct resolution *entry = decision_page_entry(page);
	bool has_ballots = decision->ballots.count > 0;
	/* What an acta says of a vote is not taken for more than it says. */
	bool is_voted = entry && entry->decision_kind == DECISION_VOTE;
	first->texts[FIELD_KIND] = mem_strdup(enum_name(&decision_kind_names, decision->kind));
	first->texts[FIELD_OBJECTIONS] =
		mem_strdup(decision->objections ? decision->objections : "");
	first->texts[FIELD_RULE] = mem_strdup(enum_name(&vote_rule_names, decision->rule));
	first->texts[FIELD_COUNTING] = mem_strdup(
		has_ballots || (has_voters && !is_voted) ? BY_INSTITUTION : BY_TALLY);
	for (int choice = 0; choice < 3; choice++) {
		first->texts[FIELD_BALLOTS + choice] = decision_page_voters(page, decision, choice);
		first->texts[FIELD_VOTES + choice] = number_text(decision->votes[choice]);
	}
	if (has_voters && !is_voted) {
		free(first->texts[FIELD_BALLOTS + BALLOT_FOR]);
		first->texts[FIELD_BALLOTS + BALLOT_FOR] = mem_strdup(DECISION_THE_REST);
	}
}

static void set_counting(struct form_field *field, struct form_choice *choices)
{
	choices[0] = (struct form_choice){.value = BY_INSTITUTION,
					  .text = _("se anota cómo vota cada institución")};
	choices[1] = (struct form_choice){.value = BY_TALLY, .text = _("solo la cuenta")};
	field->kind = FORM_CHOICE;
	field->is_required = true;
	field->choices = choices;
	field->choice_count = 2;
}

static void set_fields(struct decision_page *page, struct decision_fields *first)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		first->fields[i] = (struct form_field){.label = decision_field_label(i),
						       .value = first->texts[i]};
	set_choices(&first->fields[FIELD_KIND], page->kinds, &decision_kind_names);
	set_choices(&first->fields[FIELD_RULE], page->rules, &vote_rule_names);
	set_counting(&first->fields[FIELD_COUNTING], page->countings);
	first->fields[FIELD_OBJECTIONS].kind = FORM_TEXT;
	first->fields[FIELD_OBJECTIONS].hint =
		_("Una por línea, con la institución: «FCD: ...».");
	for (size_t i = FIELD_BALLOTS; i < FIELD_VOTES; i++) {
		first->fields[i].kind = FORM_LIST;
		first->fields[i].choices = page->voters.items;
		first->fields[i].choice_count = page->voters.count;
	}
}

void decision_fields_init(struct decision_fields *fields, struct decision_page *page,
			  const struct decision *decision, const decision_voters *voters)
{
	*fields = (struct decision_fields){0};
	add_voters(page, decision, voters);
	set_texts(page, decision, voters->count > 0, fields);
	set_fields(page, fields);
}

void decision_fields_release(struct decision_fields *fields)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		free(fields->texts[i]);
}
