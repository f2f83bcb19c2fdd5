/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/views/record_form.h"

/* What is typed is kept on this machine as one goes on: the part of it that is the session's. */

enum rc session_open_local(struct session *session, struct error *err)
{
	if (!session->workplace.share)
		return RC_OK;
	char *path = share_file(session->workplace.share, "local.db");
	enum rc rc = local_open(path, &session->local, err);
	free(path);
	session_count_drafts(session);
	return rc;
}

void session_count_drafts(struct session *session)
{
	struct draft_list list = {0};
	session->drafts = 0;
	if (!session->local || local_list_drafts(session->local, &list, NULL) != RC_OK)
		return;
	session->drafts = list.drafts.count;
	draft_list_release(&list);
}

int session_soon(void *context)
{
	const struct session *session = context;
	const struct record_form *form = session->writing;
	if (!form || !session->local || (!form->draft.is_dirty && !form->draft.failure.code))
		return -1;
	int64_t due = form->draft.tried_at + RECORD_FORM_KEEP_MS - clock_monotonic_ms();
	return due < 0 ? 0 : (int)due;
}

void session_keep_draft(struct session *session, struct ui *ui)
{
	struct record_form *form = session->writing;
	if (!form)
		return;
	if (clock_monotonic_ms() - form->draft.tried_at >= RECORD_FORM_KEEP_MS)
		record_form_keep(form);
	if (form->draft.failure.code != RC_OK)
		ui_say(ui, ROLE_WARNING, _("El borrador no se guarda: %s"),
		       form->draft.failure.text);
	form->draft.failure.code = RC_OK;
}
