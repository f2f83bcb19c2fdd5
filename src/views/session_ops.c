/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/views/backups.h"
#include "nucleo/views/editing.h"
#include "nucleo/views/session.h"

enum { REPUBLISH_NO, REPUBLISH_YES };

static unsigned picked_republish(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	(void)view;
	if (id != REPUBLISH_YES)
		return UI_REDRAW;
	(void)share_republish(session->workplace.share, 0);
	ui_say(ui, ROLE_NOTICE, "%s", _("Se está publicando otra vez lo que el disco perdió."));
	return UI_REDRAW;
}

static unsigned ask_republish(struct session *session, struct ui *ui)
{
	const struct ui_choice choices[] = {
		{.text = _("Dejarlo como está, hasta saber qué pasó con el disco"),
		 .id = REPUBLISH_NO},
		{.text = _("Publicar otra vez lo que esta máquina tiene"), .id = REPUBLISH_YES},
	};
	const struct ui_pick pick = {.label = _("El disco perdió cambios: "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = picked_republish};
	struct share_status status;
	share_status(session->workplace.share, &status);
	if (status.condition == SHARE_LOST_TAIL)
		return ui_pick(ui, &pick);
	ui_say(ui, ROLE_DIM, "%s", _("El disco tiene todo lo que esta máquina conoce."));
	return UI_REDRAW;
}

static unsigned exchange(struct session *session, struct ui *ui)
{
	(void)share_sync(session->workplace.share, 0);
	ui_say(ui, ROLE_DIM, "%s", _("Se está intercambiando con el disco."));
	return UI_REDRAW;
}

unsigned session_undo(struct session *session, struct ui *ui, const struct undo_request *request)
{
	struct strbuf words;
	struct error err;
	int64_t number;
	if (!session_may_write(session, ui, request->direction == UNDO ? OP_UNDO : OP_REDO))
		return UI_REDRAW;
	strbuf_init(&words);
	enum rc rc = undo_commit(session_store(session), request, &words, &number, &err);
	if (rc != RC_OK)
		ui_say(ui, rc == RC_NOT_FOUND ? ROLE_DIM : ROLE_ERROR, "%s", err.text);
	else if (request->direction == UNDO)
		ui_say(ui, ROLE_NOTICE, _("Deshecho: %s · Ctrl-R rehace"), words.data);
	else
		ui_say(ui, ROLE_NOTICE, _("Rehecho: %s · u deshace"), words.data);
	strbuf_release(&words);
	if (rc == RC_OK)
		ui_mark_stale(ui);
	return rc == RC_OK ? UI_RELOAD : UI_REDRAW;
}

static unsigned take_back_last(struct session *session, struct ui *ui, enum op op)
{
	const struct undo_request last = {.direction = op == OP_UNDO ? UNDO : REDO};
	return session_undo(session, ui, &last);
}

/* What is done with the drive: a database that is not shared has none. */
static unsigned drive_op(struct session *session, struct ui *ui, enum op op)
{
	if (session->workplace.share)
		return op == OP_EXCHANGE ? exchange(session, ui) : ask_republish(session, ui);
	ui_say(ui, ROLE_DIM, "%s", _("Esta base no se comparte."));
	return UI_REDRAW;
}

unsigned session_op(void *context, struct ui *ui, enum op op)
{
	struct session *session = context;
	if (!session_store(session))
		return UI_PASS;
	switch (op) {
	case OP_UNDO:
	case OP_REDO:
		return take_back_last(session, ui, op);
	case OP_CONFLICTS:
		return ui_open(ui, conflicts_view_new(session));
	case OP_DRAFTS:
		return editing_list_drafts(session, ui);
	case OP_HEALTH:
		return ui_open(ui, health_view_new(session));
	case OP_PEOPLE:
		return ui_open(ui, people_view_new(session));
	case OP_WHOAMI:
		return session_ask_person(session, ui);
	case OP_SETTINGS:
		return settings_ask(session, ui);
	case OP_BACKUP:
		return backups_ask_path(session, ui);
	case OP_RESTORE:
		return backups_show(session, ui);
	case OP_EXCHANGE:
	case OP_REPUBLISH:
		return drive_op(session, ui, op);
	default:
		return UI_PASS;
	}
}
