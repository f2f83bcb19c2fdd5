/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/agenda_edit.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/agenda_plan.h"
#include "nucleo/exchange/convening.h"
#include "nucleo/exchange/record_edit_parts.h"

/* Of an item's title, in the history. */
enum { TITLE_COLUMNS = 50 };

/* `done` is for the history, in the group's language. */
static const struct {
	const char *name, *spanish, *done;
} moves[] = {
	[AGENDA_UP] = {"up", "arriba", "pasa a ser el punto"},
	[AGENDA_DOWN] = {"down", "abajo", "pasa a ser el punto"},
	[AGENDA_TO] = {NULL, NULL, "pasa a ser el punto"},
	[AGENDA_IN] = {"in", "dentro", "pasa a ser el punto"},
	[AGENDA_OUT] = {"out", "fuera", "pasa a ser el punto"},
	[AGENDA_PARK] = {"park", "aplazar", "queda para la próxima reunión"},
	[AGENDA_UNPARK] = {"unpark", "retomar", "vuelve al orden del día, punto"},
};

bool agenda_step_read(const char *word, struct agenda_step *step)
{
	char *end;
	for (size_t i = 0; i < ARRAY_COUNT(moves); i++)
		if (moves[i].name && (utf8_equal_folded(word, moves[i].name) ||
				      utf8_equal_folded(word, moves[i].spanish))) {
			*step = (struct agenda_step){.move = (enum agenda_move)i};
			return true;
		}
	unsigned long number = strtoul(word, &end, 10);
	if (*word < '1' || *word > '9' || *end || number > 10000)
		return false;
	*step = (struct agenda_step){AGENDA_TO, number};
	return true;
}

const char *agenda_step_choices(void)
{
	return "up, down, in, out, park, unpark";
}

/* ---- moves */

struct moving {
	struct agenda_plan plan;
	struct agenda_node *node;
	char *called; /* owned: the item's label before */
};

static void step_before(struct moving *moving)
{
	struct agenda_node *other = agenda_plan_sibling(&moving->plan, moving->node, -1);
	if (other)
		agenda_plan_place(&moving->plan, moving->node,
				  agenda_plan_index(&moving->plan, other));
}

static void step_after(struct moving *moving)
{
	struct agenda_node *other = agenda_plan_sibling(&moving->plan, moving->node, 1);
	if (other)
		agenda_plan_place(&moving->plan, moving->node,
				  agenda_plan_index(&moving->plan, other) + 1);
}

static void move_to(struct moving *moving, size_t to)
{
	size_t at = 1;
	while (agenda_plan_sibling(&moving->plan, moving->node, -1))
		step_before(moving);
	for (; at < to && agenda_plan_sibling(&moving->plan, moving->node, 1); at++)
		step_after(moving);
}

static enum rc move_in(struct moving *moving, struct error *err)
{
	struct agenda_node *node = moving->node;
	struct agenda_node *above = agenda_plan_sibling(&moving->plan, node, -1);
	if (node->is_parked)
		return error_set(err, RC_REFUSED,
				 _("%s está aplazado: primero se retoma"), moving->called);
	if (node->parent)
		return error_set(err, RC_REFUSED, _("%s ya es parte de otro punto"),
				 moving->called);
	if (agenda_plan_has_parts(&moving->plan, node))
		return error_set(err, RC_REFUSED,
				 _("%s tiene partes: no puede ser parte de otro punto"),
				 moving->called);
	if (!above)
		return error_set(err, RC_REFUSED, _("%s es el primero: no hay un punto antes"),
				 moving->called);
	node->parent = above;
	agenda_plan_place(&moving->plan, node, moving->plan.nodes.count);
	return RC_OK;
}

static enum rc move_out(struct moving *moving, struct error *err)
{
	struct agenda_node *parent = moving->node->parent;
	if (!parent)
		return error_set(err, RC_REFUSED, _("%s no es parte de otro punto"),
				 moving->called);
	moving->node->parent = parent->parent;
	agenda_plan_place(&moving->plan, moving->node,
			  agenda_plan_index(&moving->plan, parent) + 1);
	return RC_OK;
}

static void mark(struct agenda_plan *plan, struct agenda_node *node, bool is_parked)
{
	node->is_parked = is_parked;
	for (size_t i = 0; i < plan->nodes.count; i++)
		if (plan->nodes.items[i]->parent == node)
			mark(plan, plan->nodes.items[i], is_parked);
}

/* A part that is left for another day is no part of this day's item any more. */
static void park(struct moving *moving)
{
	if (moving->node->is_parked)
		return;
	moving->node->parent = NULL;
	mark(&moving->plan, moving->node, true);
	agenda_plan_place(&moving->plan, moving->node, moving->plan.nodes.count);
}

static void unpark(struct moving *moving)
{
	if (!moving->node->is_parked)
		return;
	size_t at = agenda_closing_place(&moving->plan);
	moving->node->parent = NULL;
	mark(&moving->plan, moving->node, false);
	agenda_plan_place(&moving->plan, moving->node, at);
}

static enum rc make_move(struct moving *moving, const struct agenda_step *step, struct error *err)
{
	switch (step->move) {
	case AGENDA_UP:
		step_before(moving);
		return RC_OK;
	case AGENDA_DOWN:
		step_after(moving);
		return RC_OK;
	case AGENDA_TO:
		move_to(moving, step->to);
		return RC_OK;
	case AGENDA_IN:
		return move_in(moving, err);
	case AGENDA_OUT:
		return move_out(moving, err);
	case AGENDA_PARK:
		park(moving);
		return RC_OK;
	case AGENDA_UNPARK:
		unpark(moving);
		break;
	}
	return RC_OK;
}

/* ---- the operation */

static void set_words(const struct moving *moving, enum agenda_move move,
		      struct operation *operation)
{
	const struct agenda_item *item = moving->node->was;
	struct strbuf title;
	strbuf_init(&title);
	record_add_line(&title, item->title, TITLE_COLUMNS);
	operation_set_words(operation, "%s/%s «%s»: %s%s%s", item->meeting, moving->called,
			    title.data, moves[move].done, move == AGENDA_PARK ? "" : " ",
			    move == AGENDA_PARK ? "" : moving->node->label);
	strbuf_release(&title);
}

enum rc agenda_edit_check(const struct meeting *meeting, struct error *err)
{
	if (meeting->status == MEETING_CLOSED || meeting->status == MEETING_APPROVED)
		return error_set(err, RC_REFUSED,
				 _("%s: la reunión está %s; su orden del día ya no se ordena"),
				 meeting->number,
				 meeting->status == MEETING_CLOSED ? _("cerrada") : _("aprobada"));
	return RC_OK;
}

struct meeting_check {
	struct error *err;
	enum rc rc;
};

static bool check_meeting(void *context, const void *row)
{
	struct meeting_check *check = context;
	check->rc = agenda_edit_check(row, check->err);
	return false;
}

/* The agenda the item stands on, if that can be arranged. */
static enum rc load(struct moving *moving, struct store *store, int64_t item, struct error *err)
{
	struct list_query its_meeting = {.agenda_item = item, .limit = 1};
	struct meeting_check check = {.err = err, .rc = RC_OK};
	struct stored_row row = {0};
	enum rc rc = store_row(store, "agenda_item", item, &row, err);
	int64_t meeting = row_value(&row, "meeting").integer;
	row_release(&row);
	if (rc == RC_OK)
		rc = store_list(store, RECORD_MEETING, &its_meeting, check_meeting, &check, err);
	if (rc == RC_OK)
		rc = check.rc;
	if (rc == RC_OK)
		rc = agenda_plan_load(&moving->plan, store, meeting, err);
	if (rc != RC_OK)
		return rc;
	moving->node = agenda_plan_find(&moving->plan, item);
	if (!moving->node)
		return error_set(err, RC_NOT_FOUND, _("ese punto ya no está en el orden del día"));
	moving->called = mem_strdup(moving->node->was->label);
	return RC_OK;
}

enum rc agenda_edit_move(struct store *store, int64_t item, const struct agenda_step *step,
			 struct operation *operation, struct error *err)
{
	struct moving moving = {0};
	enum rc rc = load(&moving, store, item, err);
	if (rc == RC_OK)
		rc = make_move(&moving, step, err);
	if (rc == RC_OK)
		agenda_plan_write(&moving.plan, operation);
	if (rc == RC_OK && !operation_is_empty(operation))
		set_words(&moving, step->move, operation);
	free(moving.called);
	agenda_plan_release(&moving.plan);
	return rc;
}
