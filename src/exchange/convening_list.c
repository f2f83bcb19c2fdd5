/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/convening_parts.h"
#include "nucleo/model/agenda_clock.h"

static const struct {
	const char *name, *heading;
} groups[PROPOSAL_GROUP_COUNT] = {
	[PROPOSAL_STANDING] = {"standing", N_("Lo de siempre")},
	[PROPOSAL_COMMITMENT] = {"commitment", N_("Compromisos detenidos o bloqueados")},
	[PROPOSAL_FOLLOWUP] = {"followup", N_("Acciones pendientes")},
	[PROPOSAL_DEFERRED] = {"deferred", N_("Diferidos en otra reunión")},
	[PROPOSAL_PARKED] = {"parked", N_("Aplazados para esta")},
};

const char *proposal_group_heading(enum proposal_group group)
{
	return _(groups[group].heading);
}

void proposal_list_release(struct proposal_list *list)
{
	for (size_t i = 0; i < list->proposals.count; i++) {
		struct proposal *proposal = &list->proposals.items[i];
		free(proposal->code);
		free(proposal->title);
		free(proposal->detail);
		free(proposal->presenter);
	}
	vector_release(&list->proposals);
	list->minutes = 0;
}

/* ---- what the person said of it */

static bool is_same(const struct proposal *a, const struct proposal *b)
{
	return a->group == b->group && a->followup == b->followup &&
	       a->commitment == b->commitment && a->carried_from == b->carried_from &&
	       (a->code || strcmp(a->title, b->title) == 0);
}

void proposal_list_keep(struct proposal_list *list, const struct proposal_list *from)
{
	for (size_t i = 0; i < list->proposals.count; i++)
		for (size_t j = 0; j < from->proposals.count; j++) {
			struct proposal *proposal = &list->proposals.items[i];
			const struct proposal *before = &from->proposals.items[j];
			if (!is_same(proposal, before))
				continue;
			proposal->is_taken = before->is_taken;
			proposal->minutes = before->minutes;
			break;
		}
}

static bool is_called(const struct proposal *proposal, const char *code)
{
	return utf8_equal_folded(proposal->code ? proposal->code : proposal->title, code);
}

static enum rc mark_called(struct proposal_list *list, const char *code, bool is_taken,
			   struct error *err)
{
	bool is_all = utf8_equal_folded(code, "all"), found = is_all;
	for (size_t i = 0; i < list->proposals.count; i++) {
		struct proposal *proposal = &list->proposals.items[i];
		if (!is_all && !is_called(proposal, code))
			continue;
		proposal->is_taken = is_taken;
		found = true;
	}
	return found ? RC_OK
		     : error_set(err, RC_NOT_FOUND,
				 _("«%s» no está entre lo que se propone; véalo con «nucleo "
				   "propose»"),
				 code);
}

enum rc proposal_list_mark(struct proposal_list *list, const char *codes, bool is_taken,
			   struct error *err)
{
	enum rc rc = RC_OK;
	while (rc == RC_OK && *codes) {
		size_t length = strcspn(codes, ",");
		struct strbuf code;
		strbuf_init(&code);
		strbuf_add(&code, codes, length);
		strbuf_trim(&code);
		if (code.length)
			rc = mark_called(list, code.data, is_taken, err);
		strbuf_release(&code);
		codes += length + (codes[length] == ',');
	}
	return rc;
}

size_t proposal_list_taken(const struct proposal_list *list)
{
	size_t taken = 0;
	for (size_t i = 0; i < list->proposals.count; i++)
		taken += list->proposals.items[i].is_taken;
	return taken;
}

int64_t proposal_list_minutes(const struct proposal_list *list)
{
	int64_t minutes = list->minutes;
	for (size_t i = 0; i < list->proposals.count; i++)
		if (list->proposals.items[i].is_taken)
			minutes += clock_minutes(list->proposals.items[i].minutes);
	return minutes;
}

/* ---- printing */

static void add_object(struct json_writer *json, const struct proposal *proposal)
{
	json_object_begin(json);
	json_string_member(json, "group", groups[proposal->group].name);
	json_string_member(json, "code", proposal->code);
	json_string_member(json, "title", proposal->title);
	json_string_member(json, "detail", proposal->detail);
	json_string_member(json, "presenter", proposal->presenter);
	json_number_member(json, "minutes_planned", proposal->minutes);
	json_name(json, "taken");
	json_bool(json, proposal->is_taken);
	json_object_end(json);
}

void proposal_list_add_json(struct strbuf *out, const struct proposal_list *list)
{
	struct json_writer json;
	json_init(&json, out);
	json_array_begin(&json);
	for (size_t i = 0; i < list->proposals.count; i++)
		add_object(&json, &list->proposals.items[i]);
	json_array_end(&json);
	strbuf_addch(out, '\n');
}

void proposal_list_add_text(struct strbuf *out, const struct proposal_list *list)
{
	for (size_t i = 0; i < list->proposals.count; i++) {
		const struct proposal *proposal = &list->proposals.items[i];
		if (!i || proposal[-1].group != proposal->group)
			strbuf_addf(out, "%s%s\n", i ? "\n" : "",
				    proposal_group_heading(proposal->group));
		strbuf_addf(out, "  [%s] %s%s\n", proposal->is_taken ? "x" : " ",
			    proposal->parent ? "  " : "", proposal->title);
		if (proposal->detail)
			strbuf_addf(out, "      %s\n", proposal->detail);
	}
}
