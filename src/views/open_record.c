/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/open_record.h"

static struct view *view_of(struct session *session, const struct record_target *target)
{
	switch (target->kind) {
	case RECORD_COMMITMENT:
		return commitment_view_new(session, target->key);
	case RECORD_ORGANIZATION:
		return organization_view_new(session, target->key);
	case RECORD_MEETING:
		return meeting_view_new(session, target->key, target->item, target->entry);
	case RECORD_HISTORY:
		return operation_view_new(session, target->key);
	default:
		return followup_view_new(session, target->key);
	}
}

unsigned open_record(struct session *session, struct ui *ui, const struct record_target *target)
{
	return ui_open(ui, view_of(session, target));
}
