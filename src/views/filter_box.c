/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/filter_box.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/filter_suggest.h"
#include "nucleo/exchange/saved_filters.h"

void filter_box_init(struct filter_box *box, struct session *session, enum record_kind_id kind)
{
	*box = (struct filter_box){.session = session, .kind = &record_kinds[kind]};
	strbuf_init(&box->text);
	strbuf_init(&box->in_force);
}

void filter_box_release(struct filter_box *box)
{
	filter_release(&box->filter);
	strbuf_release(&box->text);
	strbuf_release(&box->in_force);
}

static void take(struct filter_box *box, struct filter filter, const char *text)
{
	filter_release(&box->filter);
	box->filter = filter;
	strbuf_reset(&box->in_force);
	strbuf_adds(&box->in_force, text);
}

enum rc filter_box_set(struct filter_box *box, const char *text, struct filter_span *fault,
		       struct error *err)
{
	struct filter filter = {0};
	struct strbuf expanded;
	char *copy = mem_strdup(text); /* which may be the box's own */
	strbuf_init(&expanded);
	enum rc rc = saved_filters_expand(box->kind, copy, &expanded, err);
	if (rc == RC_OK)
		rc = filter_parse(&filter, box->kind, expanded.data,
				  store_today(session_store(box->session)), err);
	if (rc == RC_OK)
		take(box, filter, copy);
	else if (fault)
		*fault = strcmp(expanded.data, copy) == 0 ? filter.fault
							  : (struct filter_span){0};
	strbuf_reset(&box->text);
	strbuf_adds(&box->text, copy);
	strbuf_release(&expanded);
	free(copy);
	return rc;
}

bool filter_box_leaves_out(const struct filter_box *box)
{
	return box->filter.terms.count > 0;
}

/* ---- order */

static void set_order(struct filter_box *box, const struct field *field, bool is_descending)
{
	struct strbuf text;
	struct error ignored;
	strbuf_init(&text);
	filter_add_with_order(&text, box->kind, box->in_force.data, field, is_descending);
	/* A text that was understood is so with another order. */
	if (filter_box_set(box, text.data, NULL, &ignored) != RC_OK)
		filter_release(&box->filter);
	strbuf_release(&text);
}

void filter_box_sort(struct filter_box *box, const struct field *field)
{
	bool is_present = field && field == box->filter.order;
	set_order(box, field, is_present && !box->filter.is_descending);
}

bool filter_box_reverse(struct filter_box *box)
{
	if (!box->filter.order)
		return false;
	set_order(box, box->filter.order, !box->filter.is_descending);
	return true;
}

unsigned filter_box_pick_order(const struct filter_box *box, struct ui *ui,
			       unsigned (*picked)(struct view *view, struct ui *ui, int64_t id))
{
	const struct record_kind *kind = box->kind;
	VECTOR(struct ui_choice) choices = {0};
	struct ui_pick pick = {.label = _("Ordenar por: "), .selected = -1, .picked = picked};
	vector_push(&choices, ((struct ui_choice){.text = _("El orden de siempre"), .id = -1}));
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		if (!field->label)
			continue;
		struct ui_choice *choice = vector_add(&choices);
		*choice = (struct ui_choice){.text = _(field->label), .id = (int64_t)i};
		if (field != box->filter.order)
			continue;
		choice->detail = box->filter.is_descending ? "↓" : "↑";
		pick.selected = choice->id;
	}
	pick.choices = choices.items;
	pick.count = choices.count;
	unsigned done = ui_pick(ui, &pick);
	vector_release(&choices);
	return done;
}

/* ---- completion */

/* Bytes all choices begin with. */
static size_t common_length(const struct filter_completion *completion)
{
	const char *first = completion->choices.items[0];
	size_t length = strlen(first);
	for (size_t i = 1; i < completion->choices.count; i++) {
		const char *other = completion->choices.items[i];
		size_t same = 0;
		while (same < length && other[same] == first[same])
			same++;
		length = same;
	}
	return utf8_valid_prefix(first, length);
}

/* A lone choice that is a whole term is followed by a blank. */
static void add_insertion(const struct filter_completion *completion, struct strbuf *out)
{
	size_t length = common_length(completion);
	strbuf_add(out, completion->choices.items[0], length);
	if (completion->choices.count == 1 && length && out->data[length - 1] != ':')
		strbuf_addch(out, ' ');
}

static void say_choices(const struct filter_completion *completion, struct ui *ui)
{
	struct strbuf list;
	strbuf_init(&list);
	for (size_t i = 0; i < completion->choices.count; i++)
		strbuf_addf(&list, "%s%s", i ? "  " : "", completion->choices.items[i]);
	ui_say(ui, ROLE_NOTICE, "%s", list.data);
	strbuf_release(&list);
}

unsigned filter_box_complete(const struct filter_box *box, struct ui *ui, const char *text,
			     size_t cursor)
{
	struct filter_completion completion;
	struct strbuf insertion;
	unsigned done = UI_REDRAW;
	filter_suggest(&completion, session_store(box->session), box->kind, text, cursor);
	strbuf_init(&insertion);
	if (completion.choices.count)
		add_insertion(&completion, &insertion);
	if (insertion.length > completion.span.length || completion.choices.count == 1)
		done = ui_complete(ui, completion.span.start, completion.span.length,
				   insertion.data);
	else if (!completion.choices.count)
		ui_say(ui, ROLE_DIM, "%s", _("Nada empieza así."));
	if (completion.choices.count > 1)
		say_choices(&completion, ui);
	strbuf_release(&insertion);
	filter_completion_release(&completion);
	return done;
}
