/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/undoing.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/machine.h"
#include "nucleo/store/record_set.h"

/* What is asked about is told by its key, which is never 0. */
enum { ANSWER_LEAVE = 0 };

/* ---- what is pointed at */

static unsigned say(struct ui *ui, const struct error *err)
{
	ui_say(ui, ROLE_ERROR, "%s", err->text);
	return UI_REDRAW;
}

/* A set of the one row with that key. */
static enum rc load_one(struct session *session, enum record_kind_id kind, int64_t key,
			struct record_set *set, struct error *err)
{
	const struct list_query query = {.key = key, .limit = 1};
	enum rc rc = record_set_load(set, session_store(session), kind, &query, err);
	if (rc == RC_OK && !set->count)
		rc = error_set(err, RC_NOT_FOUND, "%s", _("Esto ya no está."));
	return rc;
}

/* Made by this institution on this machine: nobody else is surprised. */
static bool is_own(const struct session *session, const struct history *operation)
{
	char host[MACHINE_NAME_SIZE];
	machine_name(host);
	return strcmp(operation->by, store_actor(session_store(session))) == 0 &&
	       strcmp(operation->host, host) == 0;
}

/* ---- doing it */

static unsigned run(struct session *session, struct ui *ui, enum undo_direction direction,
		    const struct history *operation)
{
	/* By its number it is told better why it cannot be; what is queued has none yet. */
	const struct undo_request request = {.direction = direction,
					     .number = operation->number,
					     .op = operation->number ? NULL : operation->op};
	return session_undo(session, ui, &request);
}

static unsigned run_key(struct session *session, struct ui *ui, enum undo_direction direction,
			int64_t key)
{
	struct record_set set = {0};
	struct error err;
	enum rc rc = load_one(session, RECORD_HISTORY, key, &set, &err);
	unsigned done = rc == RC_OK ? run(session, ui, direction, record_set_at(&set, 0))
				    : say(ui, &err);
	record_set_release(&set);
	return done;
}

static unsigned picked_undo(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	return id == ANSWER_LEAVE ? UI_REDRAW : run_key(ui_context(ui), ui, UNDO, id);
}

static unsigned picked_redo(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	return id == ANSWER_LEAVE ? UI_REDRAW : run_key(ui_context(ui), ui, REDO, id);
}

/* "2024-02-17T10:20:30Z" as "17/02". */
static void add_day(struct strbuf *out, const char *at)
{
	struct strbuf local;
	strbuf_init(&local);
	clock_add_local(&local, at);
	strbuf_truncate(&local, strlen("17/02"));
	strbuf_adds(out, local.data);
	strbuf_release(&local);
}

/* What the person is about to touch is told whole over the choices, which are lines: there the
 * author comes first. Leaving it is the first choice: a hasty Enter changes nothing of what others
 * did. */
struct question {
	const char *label, *remark; /* translated, as all of them */
	const char *outcome;	    /* a format of author, day and words */
	unsigned (*picked)(struct view *view, struct ui *ui, int64_t id);
};

static unsigned ask(struct ui *ui, const struct history *operation,
		    const struct question *question, int64_t key)
{
	struct strbuf text, outcome, day;
	strbuf_init(&text);
	strbuf_init(&outcome);
	strbuf_init(&day);
	add_day(&day, operation->at);
	strbuf_addf(&outcome, question->outcome, operation->by, day.data, operation->words);
	strbuf_addf(&text, "%s\n%s", operation->words, question->remark);
	const struct ui_choice choices[] = {
		{.text = _("Dejarlo"), .id = ANSWER_LEAVE},
		{.text = outcome.data, .id = key},
	};
	const struct ui_pick pick = {.label = question->label,
				     .text = text.data,
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = question->picked};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&day);
	strbuf_release(&outcome);
	strbuf_release(&text);
	return done;
}

static unsigned ask_undo(struct ui *ui, const struct history *operation, int64_t key)
{
	const struct question question = {
		.label = _("Deshacer: "),
		/* TRANSLATORS: who made a change, the day, and the words of the change */
		.outcome = _("Deshacer lo de %s (%s): «%s»"),
		.remark = _("No lo hizo usted aquí. Queda en el historial; se puede rehacer."),
		.picked = picked_undo};
	return ask(ui, operation, &question, key);
}

static unsigned ask_redo(struct ui *ui, const struct history *operation, int64_t key)
{
	const struct question question = {
		.label = _("Rehacer: "),
		.outcome = _("Rehacer lo de %s (%s): «%s»"),
		.remark = _("No lo hizo usted aquí. Queda en el historial; se puede deshacer."),
		.picked = picked_redo};
	return ask(ui, operation, &question, key);
}

unsigned undoing_op(struct session *session, struct ui *ui, enum op op, int64_t key)
{
	struct record_set set = {0};
	struct error err;
	unsigned done;
	if ((op != OP_UNDO && op != OP_REDO) || !key)
		return UI_PASS;
	if (!session_may_write(session, ui, op))
		return UI_REDRAW;
	enum rc rc = load_one(session, RECORD_HISTORY, key, &set, &err);
	const struct history *operation = rc == RC_OK ? record_set_at(&set, 0) : NULL;
	/* Where there is nothing to do it is said at once. */
	if (!operation)
		done = say(ui, &err);
	else if (is_own(session, operation) || operation->is_undone == (op == OP_UNDO))
		done = run(session, ui, op == OP_UNDO ? UNDO : REDO, operation);
	else
		done = (op == OP_UNDO ? ask_undo : ask_redo)(ui, operation, key);
	record_set_release(&set);
	return done;
}

/* ---- the trash */

static void add_name(struct strbuf *out, const struct trash *trash)
{
	strbuf_adds(out, enum_label(&trash_kind_names, trash->kind));
	if (trash->code)
		strbuf_addf(out, " %s", trash->code);
	if (trash->text)
		strbuf_addf(out, " · %s", trash->text);
}

static unsigned recover(struct session *session, struct ui *ui, const struct trash *trash)
{
	struct strbuf name;
	strbuf_init(&name);
	add_name(&name, trash);
	unsigned done = run_key(session, ui, UNDO, trash->operation);
	if (done & UI_RELOAD)
		ui_say(ui, ROLE_NOTICE, _("Recuperado: %s"), name.data);
	strbuf_release(&name);
	return done;
}

static unsigned picked_recover(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct record_set set = {0};
	struct error err;
	(void)view;
	if (id == ANSWER_LEAVE)
		return UI_REDRAW;
	enum rc rc = load_one(session, RECORD_TRASH, id, &set, &err);
	unsigned done = rc == RC_OK ? recover(session, ui, record_set_at(&set, 0)) : say(ui, &err);
	record_set_release(&set);
	return done;
}

static unsigned ask_recover(struct ui *ui, const struct history *removal, int64_t key)
{
	const struct question question = {
		.label = _("Recuperar: "),
		.outcome = _("Deshacer lo de %s (%s): «%s»"),
		.remark = _("No lo quitó usted aquí. Vuelve todo lo que se quitó en el mismo "
			    "cambio."),
		.picked = picked_recover};
	return ask(ui, removal, &question, key);
}

unsigned undoing_recover(struct session *session, struct ui *ui, enum op op, int64_t key)
{
	struct record_set gone = {0}, removal = {0};
	struct error err;
	unsigned done;
	if ((op != OP_UNDO && op != OP_RECOVER) || !key)
		return UI_PASS;
	if (!session_may_write(session, ui, op))
		return UI_REDRAW;
	enum rc rc = load_one(session, RECORD_TRASH, key, &gone, &err);
	const struct trash *trash = rc == RC_OK ? record_set_at(&gone, 0) : NULL;
	if (rc == RC_OK)
		rc = load_one(session, RECORD_HISTORY, trash->operation, &removal, &err);
	if (rc != RC_OK)
		done = say(ui, &err);
	else if (is_own(session, record_set_at(&removal, 0)))
		done = recover(session, ui, trash);
	else
		done = ask_recover(ui, record_set_at(&removal, 0), key);
	record_set_release(&gone);
	record_set_release(&removal);
	return done;
}
