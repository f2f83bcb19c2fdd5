/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/views/session.h"
#include "nucleo/views/writing.h"

/* What is typed is kept on this machine as one goes on. */

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

/* ---- one of them */

void writing_begin(struct session *session, struct writing *writing)
{
	writing->next = session->writings;
	session->writings = writing;
}

void writing_keep(struct session *session, struct writing *writing)
{
	struct error err = {0};
	if (!writing->is_dirty || writing->is_ended || !session->local)
		return;
	writing->tried_at = clock_monotonic_ms();
	draft_clear(&writing->draft);
	writing->collect(writing->context, &writing->draft);
	if (local_save_draft(session->local, &writing->draft, &err) == RC_OK)
		writing->is_dirty = false;
	writing->failure = err;
}

static bool is_due(const struct writing *writing)
{
	return clock_monotonic_ms() - writing->tried_at >= WRITING_KEEP_MS;
}

void writing_changed(struct session *session, struct writing *writing)
{
	writing->is_dirty = true;
	writing->is_ended = false;
	if (is_due(writing))
		writing_keep(session, writing);
}

void writing_end(struct session *session, struct writing *writing)
{
	writing->is_ended = true;
	writing->is_dirty = false;
	if (!writing->draft.id)
		return;
	/* One that cannot be removed is offered once more: better than too few. */
	(void)!local_remove_draft(session->local, writing->draft.id, NULL);
	writing->draft.id = 0;
}

void writing_leave(struct session *session, struct writing *writing)
{
	struct writing **at = &session->writings;
	writing_keep(session, writing);
	if (writing->draft.id && session->local)
		(void)!local_leave_draft(session->local, writing->draft.id, NULL);
	while (*at && *at != writing)
		at = &(*at)->next;
	if (*at)
		*at = writing->next;
	session_count_drafts(session);
}

/* ---- all of them */

int session_writing_wait_ms(const struct session *session)
{
	int64_t wait = -1;
	for (const struct writing *at = session->writings; at && session->local; at = at->next) {
		if (!at->is_dirty && !at->failure.code)
			continue;
		int64_t due = at->tried_at + WRITING_KEEP_MS - clock_monotonic_ms();
		if (wait < 0 || due < wait)
			wait = due < 0 ? 0 : due;
	}
	return (int)wait;
}

void session_keep_writings(struct session *session, struct ui *ui)
{
	for (struct writing *at = session->writings; at; at = at->next) {
		if (is_due(at))
			writing_keep(session, at);
		if (at->failure.code != RC_OK)
			ui_say(ui, ROLE_WARNING, _("El borrador no se guarda: %s"),
			       at->failure.text);
		at->failure.code = RC_OK;
	}
}
