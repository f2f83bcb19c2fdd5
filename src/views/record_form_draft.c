/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/views/record_form.h"

/* Everything typed, with what was stored: of a new record also what it was given to begin with. */
static void collect(void *context, struct draft *draft)
{
	const struct record_form *form = context;
	for (size_t i = 0; i < form->count; i++) {
		const struct record_form_field *field = &form->fields[i];
		const char *text = form_value(form->form, i);
		if (record_form_is_touched(form, i) || (!form->target.key && *text))
			draft_add(draft, record_edit_field(form->edit, field->edit).name,
				  field->seen ? field->seen : field->was, text);
	}
}

void record_form_begin_draft(struct record_form *form, const struct draft *draft)
{
	struct writing *writing = &form->writing;
	struct strbuf title;
	strbuf_init(&title);
	strbuf_adds(&title, form->target.key ? editing_kind_word(form->target.kind)
					     : editing_new_title(form->target.kind));
	if (form->target.key)
		strbuf_addf(&title, " %s", record_edit_called(form->edit));
	draft_init(&writing->draft, record_kinds[form->target.kind].name, form->target.key,
		   title.data);
	writing->draft.id = draft ? draft->id : 0;
	writing->collect = collect;
	writing->context = form;
	writing_begin(form->session, writing);
	strbuf_release(&title);
}

struct draft *record_form_hand_over(struct record_form *form)
{
	struct writing *writing = &form->writing;
	writing_changed(form->session, writing);
	writing_keep(form->session, writing);
	draft_clear(&writing->draft);
	collect(form, &writing->draft);
	writing->is_ended = true;
	return &writing->draft;
}
