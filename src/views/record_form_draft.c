/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/views/record_form.h"

/* Everything typed, with what was stored: of a new record also what it was given to begin with. */
static void collect(struct record_form *form)
{
	struct draft *draft = &form->draft.draft;
	draft_clear(draft);
	for (size_t i = 0; i < form->count; i++) {
		const struct record_form_field *field = &form->fields[i];
		const char *text = form_value(form->form, i);
		if (record_form_is_touched(form, i) || (!form->target.key && *text))
			draft_add(draft, record_edit_field(form->edit, field->edit).name,
				  field->seen ? field->seen : field->was, text);
	}
}

void record_form_keep(struct record_form *form)
{
	struct record_form_draft *keeping = &form->draft;
	struct local *local = form->session->local;
	if (!keeping->is_dirty || keeping->is_ended || !local || !form->form)
		return;
	keeping->tried_at = clock_monotonic_ms();
	collect(form);
	struct error err = {0};
	if (local_save_draft(local, &keeping->draft, &err) == RC_OK)
		keeping->is_dirty = false;
	keeping->failure = err;
}

struct draft *record_form_hand_over(struct record_form *form)
{
	record_form_keep(form);
	collect(form);
	form->draft.is_ended = true;
	form->draft.is_dirty = false;
	return &form->draft.draft;
}

void record_form_keep_soon(struct record_form *form)
{
	form->draft.is_dirty = true;
	if (clock_monotonic_ms() - form->draft.tried_at >= RECORD_FORM_KEEP_MS)
		record_form_keep(form);
}

void record_form_end_draft(struct record_form *form)
{
	struct record_form_draft *keeping = &form->draft;
	keeping->is_ended = true;
	keeping->is_dirty = false;
	if (!keeping->draft.id)
		return;
	/* One that cannot be removed is offered once more: better than too few. */
	(void)!local_remove_draft(form->session->local, keeping->draft.id, NULL);
	keeping->draft.id = 0;
}

void record_form_leave_draft(struct record_form *form)
{
	record_form_keep(form);
	if (form->draft.draft.id)
		(void)!local_leave_draft(form->session->local, form->draft.draft.id, NULL);
}
