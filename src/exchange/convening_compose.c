/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/agenda_edit.h"
#include "nucleo/exchange/agenda_plan.h"
#include "nucleo/exchange/convening_parts.h"
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
	struct agenda_plan plan;
	const struct proposal_list *list;
	struct agenda_node **made; /* owned: by place in the list */
};

static struct agenda_node *add_item(struct arranging *arranging, const char *title, size_t at)
{
	struct agenda_node *node = agenda_plan_insert(&arranging->plan, at);
	node->title = mem_strdup(title);
	return node;
}

/* The item others are parts of: found by what it speaks of, else made. */
static struct agenda_node *whole_for(struct arranging *arranging, enum proposal_group group)
{
	bool is_commitment = group == PROPOSAL_COMMITMENT;
	struct agenda_node *found =
		find_top(&arranging->plan, is_commitment ? CONVENING_COMMITMENTS_WORD
							 : CONVENING_FOLLOWUPS_WORD);
	return found ? found
		     : add_item(arranging,
				is_commitment ? CONVENING_COMMITMENTS : CONVENING_FOLLOWUPS,
				agenda_closing_place(&arranging->plan));
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
	return is_closing ? arranging->plan.nodes.count : agenda_closing_place(&arranging->plan);
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
					    parent ? arranging->plan.nodes.count
						   : place_for(arranging, proposal));
	node->parent = parent;
	fill_item(node, proposal);
	arranging->made[i] = node;
}

static void carry(const struct proposal *proposal, struct operation *operation)
{
	if (proposal->group == PROPOSAL_FOLLOWUP)
		operation_change(operation, "followup", proposal->followup, "carried",
				 value_integer(proposal->carried),
				 value_integer(proposal->carried + 1));
}

enum rc convening_add_items(struct store *store, const struct convening *convening, int64_t made,
			    const struct proposal_list *list, struct operation *operation,
			    struct error *err)
{
	struct arranging arranging = {.list = list};
	int64_t meeting = convening->meeting ? convening->meeting : made;
	enum rc rc = RC_OK;
	arranging.made = mem_alloc_zero(list->proposals.count + 1, sizeof(struct agenda_node *));
	if (convening->meeting)
		rc = agenda_plan_load(&arranging.plan, store, meeting, err);
	for (size_t i = 0; rc == RC_OK && i < list->proposals.count; i++)
		if (list->proposals.items[i].is_taken)
			arrange(&arranging, i);
	if (rc == RC_OK)
		agenda_plan_write(&arranging.plan, meeting, operation);
	for (size_t i = 0; rc == RC_OK && i < list->proposals.count; i++)
		if (list->proposals.items[i].is_taken)
			carry(&list->proposals.items[i], operation);
	free(arranging.made);
	agenda_plan_release(&arranging.plan);
	return rc;
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
	const struct convening convening = {.meeting = 0};
	size_t taken = proposal_list_taken(list);
	enum rc rc = record_edit_compose(edit, operation, field, err);
	if (rc != RC_OK || !taken)
		return rc;
	rc = convening_add_items(edit->store, &convening, record_edit_key(edit), list, operation,
				 err);
	struct strbuf words;
	strbuf_init(&words);
	strbuf_adds(&words, operation_words(operation));
	strbuf_adds(&words, "; ");
	add_count(&words, taken);
	operation_set_words(operation, "%s", words.data);
	strbuf_release(&words);
	return rc;
}

struct changed_meeting {
	struct record_set rows;
	const struct meeting *meeting;
};

static enum rc load_meeting(struct changed_meeting *changed, struct store *store, int64_t key,
			    struct error *err)
{
	const struct list_query itself = {.key = key, .limit = 1};
	enum rc rc = record_set_load(&changed->rows, store, RECORD_MEETING, &itself, err);
	if (rc == RC_OK && !changed->rows.count)
		return error_set(err, RC_NOT_FOUND, _("esa reunión ya no está"));
	if (rc == RC_OK)
		changed->meeting = record_set_at(&changed->rows, 0);
	return rc == RC_OK ? agenda_edit_check(changed->meeting, err) : rc;
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
	struct changed_meeting changed = {0};
	size_t taken = change->list ? proposal_list_taken(change->list) : 0;
	enum rc rc = load_meeting(&changed, store, change->convening->meeting, err);
	bool convenes = rc == RC_OK && change->convenes && changed.meeting->status == MEETING_DRAFT;
	if (rc == RC_OK && convenes)
		convene(changed.meeting, operation);
	if (rc == RC_OK && taken)
		rc = convening_add_items(store, change->convening, 0, change->list, operation, err);
	if (rc == RC_OK && !operation_is_empty(operation))
		set_words(changed.meeting, convenes, taken, operation);
	record_set_release(&changed.rows);
	return rc;
}
