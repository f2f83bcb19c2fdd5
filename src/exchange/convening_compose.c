/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/agenda_edit.h"
#include "nucleo/exchange/agenda_plan.h"
#include "nucleo/exchange/convening_parts.h"
#include "nucleo/exchange/meeting_rows.h"
#include "nucleo/exchange/record_edit_parts.h"

/* ---- where things go */

static bool is_top(const struct agenda_node *node)
{
	return !node->parent && !node->is_parked;
}

static const char *title_of(const struct agenda_node *node)
{
	return node->was ? node->was->title : node->title;
}

/* "Estado de los compromisos", "Compromisos del plan"; not "Una herramienta para redactar
 * compromisos". */
static bool goes_through(const char *title, const char *folded)
{
	static const char *const words[] = {"estado", "avance",	    "seguimiento",
					    "balance", "cumplimiento", "revision"};
	struct strbuf text;
	strbuf_init(&text);
	utf8_fold(&text, title);
	bool does = strncmp(text.data, folded, strlen(folded)) == 0;
	for (size_t i = 0; i < ARRAY_COUNT(words) && !does; i++)
		does = strncmp(text.data, words[i], strlen(words[i])) == 0 &&
		       strstr(text.data, folded);
	strbuf_release(&text);
	return does;
}

static struct agenda_node *find_top(const struct agenda_plan *plan, const char *folded)
{
	for (size_t i = 0; i < plan->nodes.count; i++) {
		struct agenda_node *node = plan->nodes.items[i];
		if (is_top(node) && goes_through(title_of(node), folded))
			return node;
	}
	return NULL;
}

/* The last top-level item, when it is the one for whatever else there is. */
static struct agenda_node *find_closing(const struct agenda_plan *plan)
{
	struct agenda_node *last = NULL;
	for (size_t i = 0; i < plan->nodes.count; i++)
		if (is_top(plan->nodes.items[i]))
			last = plan->nodes.items[i];
	return last && convening_speaks_of(title_of(last), CONVENING_CLOSING_WORD) ? last : NULL;
}

size_t agenda_closing_place(const struct agenda_plan *plan)
{
	const struct agenda_node *closing = find_closing(plan);
	return closing ? agenda_plan_index(plan, closing) : plan->nodes.count;
}

/* ---- items to be */

struct arranging {
	struct agenda_plan *plan;
	const struct proposal_list *list;
	struct agenda_node **made; /* owned: by place in the list */
};

static struct agenda_node *add_item(struct arranging *arranging, const char *title, size_t at)
{
	struct agenda_node *node = agenda_plan_insert(arranging->plan, at);
	node->title = mem_strdup(title);
	return node;
}

/* The item others are parts of: found by what it speaks of, else made. */
static struct agenda_node *whole_for(struct arranging *arranging, enum proposal_group group)
{
	bool is_commitment = group == PROPOSAL_COMMITMENT;
	struct agenda_node *found =
		find_top(arranging->plan, is_commitment ? CONVENING_COMMITMENTS_WORD
							 : CONVENING_FOLLOWUPS_WORD);
	return found ? found
		     : add_item(arranging,
				is_commitment ? CONVENING_COMMITMENTS : CONVENING_FOLLOWUPS,
				agenda_closing_place(arranging->plan));
}

static void fill_item(struct agenda_node *node, const struct proposal *proposal)
{
	node->presenter = proposal->presenter ? mem_strdup(proposal->presenter) : NULL;
	node->minutes = proposal->minutes;
	node->followup = proposal->followup;
	node->commitment = proposal->commitment;
	node->carried_from = proposal->carried_from;
}

/* What closes the agenda is the last of the usual items, and comes behind what there is. */
static size_t place_for(const struct arranging *arranging, const struct proposal *proposal)
{
	bool is_closing = proposal->group == PROPOSAL_STANDING &&
			  convening_speaks_of(proposal->title, CONVENING_CLOSING_WORD);
	return is_closing ? arranging->plan->nodes.count : agenda_closing_place(arranging->plan);
}

static void arrange(struct arranging *arranging, size_t i)
{
	const struct proposal *proposal = &arranging->list->proposals.items[i];
	bool is_owed = proposal->group == PROPOSAL_COMMITMENT ||
		       proposal->group == PROPOSAL_FOLLOWUP;
	struct agenda_node *parent = NULL;
	if (is_owed)
		parent = whole_for(arranging, proposal->group);
	else if (proposal->parent)
		parent = arranging->made[proposal->parent - 1];
	struct agenda_node *node = add_item(arranging, proposal->title,
					    parent ? arranging->plan->nodes.count
						   : place_for(arranging, proposal));
	node->parent = parent;
	fill_item(node, proposal);
	arranging->made[i] = node;
}

static void carry(const struct proposal *proposal, struct operation *operation)
{
	if (proposal->group == PROPOSAL_FOLLOWUP && proposal->carried < INT64_MAX)
		operation_change(operation, "followup", proposal->followup, "carried",
				 value_integer(proposal->carried),
				 value_integer(proposal->carried + 1));
}

/* The items taken, on an agenda as it is stored or one to be. */
static void add_items(const struct proposal_list *list, struct agenda_plan *plan,
		      struct operation *operation)
{
	struct arranging arranging = {.plan = plan, .list = list};
	arranging.made = mem_alloc_zero(list->proposals.count + 1, sizeof(struct agenda_node *));
	for (size_t i = 0; i < list->proposals.count; i++)
		if (list->proposals.items[i].is_taken)
			arrange(&arranging, i);
	agenda_plan_write(plan, operation);
	for (size_t i = 0; i < list->proposals.count; i++)
		if (list->proposals.items[i].is_taken)
			carry(&list->proposals.items[i], operation);
	free(arranging.made);
}

/* ---- operations; their words stay in the language of the group */

static void add_count(struct strbuf *out, size_t count)
{
	strbuf_addf(out, count == 1 ? "%zu punto propuesto al orden del día"
				    : "%zu puntos propuestos al orden del día",
		    count);
}

enum rc convening_compose(struct record_edit *edit, const struct proposal_list *list,
			  struct operation *operation, size_t *field, struct error *err)
{
	struct agenda_plan plan = {0};
	size_t taken = proposal_list_taken(list);
	enum rc rc = record_edit_compose(edit, operation, field, err);
	if (rc != RC_OK || !taken)
		return rc;
	plan.meeting = record_edit_key(edit);
	add_items(list, &plan, operation);
	agenda_plan_release(&plan);
	struct strbuf words;
	strbuf_init(&words);
	strbuf_adds(&words, operation_words(operation));
	strbuf_adds(&words, "; ");
	add_count(&words, taken);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
	return RC_OK;
}

static void convene(const struct meeting *meeting, struct operation *operation)
{
	operation_change(operation, "meeting", meeting->key, "status",
			 value_text(enum_name(&meeting_status_names, meeting->status)),
			 value_text(enum_name(&meeting_status_names, MEETING_CONVENED)));
}

static void set_words(const struct meeting *meeting, bool convenes, size_t taken,
		      struct operation *operation)
{
	struct strbuf words;
	strbuf_init(&words);
	strbuf_addf(&words, "%s: %s", meeting->number, convenes ? "convocada" : "");
	if (convenes && taken)
		strbuf_adds(&words, "; ");
	if (taken)
		add_count(&words, taken);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
}

enum rc convening_compose_change(struct store *store, const struct convening_change *change,
				 struct operation *operation, struct error *err)
{
	struct record_set set = {0};
	struct agenda_plan plan = {0};
	size_t taken = change->list ? proposal_list_taken(change->list) : 0;
	enum rc rc = meeting_record_load(store, change->convening->meeting, &set, err);
	const struct meeting *meeting = rc == RC_OK ? record_set_at(&set, 0) : NULL;
	if (rc == RC_OK)
		rc = agenda_edit_check(meeting, err);
	bool convenes = rc == RC_OK && change->convenes && meeting->status == MEETING_DRAFT;
	if (rc == RC_OK && taken)
		rc = agenda_plan_load(&plan, store, change->convening->meeting, err);
	if (rc == RC_OK && convenes)
		convene(meeting, operation);
	if (rc == RC_OK && taken)
		add_items(change->list, &plan, operation);
	if (rc == RC_OK && !operation_is_empty(operation))
		set_words(meeting, convenes, taken, operation);
	agenda_plan_release(&plan);
	record_set_release(&set);
	return rc;
}
