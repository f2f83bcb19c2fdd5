/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_remove.h"
#include "nucleo/store/operation.h"
#include "nucleo/views/editing_parts.h"

enum { ANSWER_LEAVE, ANSWER_REMOVE };

/* Its own page has nothing to show any more. */
static unsigned consequences(const struct editing *editing)
{
	bool is_own_page = editing->place.is_page && editing->target.kind == editing->place.kind &&
			   editing->target.key == editing->place.key;
	return is_own_page ? UI_CLOSE | UI_RELOAD : UI_RELOAD;
}

static unsigned ask_about(struct session *session, struct ui *ui, const char *warning);

/* What another person changed since it was shown is not removed unseen. */
static unsigned answered(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct operation *removal = session->editing->removal;
	struct error err;
	(void)view;
	if (id != ANSWER_REMOVE)
		return UI_REDRAW;
	enum rc rc = operation_commit(removal, session_store(session), NULL, &err);
	if (rc == RC_CONFLICT)
		return ask_about(session, ui, err.text) | UI_RELOAD;
	if (rc != RC_OK)
		return editing_say(ui, &err);
	ui_mark_stale(ui);
	ui_say(ui, ROLE_NOTICE, _("Hecho; u lo deshace: %s"), operation_words(removal));
	return consequences(session->editing);
}

static void add_blockers(struct strbuf *text, const struct record_removal *removal)
{
	strbuf_addf(text, _("No se puede quitar %s mientras haya registros que se refieran a eso:"),
		    removal->called);
	for (size_t i = 0; i < removal->blocker_count; i++) {
		const struct record_group *group = &removal->blockers[i];
		strbuf_addf(text, "\n· %s: %s", group->words, group->codes);
	}
	strbuf_adds(text, _("\nQuite antes esos registros, o cambie en ellos a qué se refieren."));
}

static unsigned say_blocked(struct ui *ui, const struct record_removal *removal)
{
	static const char *const leave = N_("Dejar todo como está");
	const struct ui_choice choice = {.text = _(leave), .id = ANSWER_LEAVE};
	struct strbuf text;
	strbuf_init(&text);
	add_blockers(&text, removal);
	const struct ui_pick pick = {.label = _("Quitar: "),
				     .text = text.data,
				     .choices = &choice,
				     .count = 1,
				     .picked = answered};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&text);
	return done;
}

static unsigned ask(struct ui *ui, const struct record_removal *removal, const char *warning)
{
	struct strbuf text, outcome;
	strbuf_init(&text);
	strbuf_init(&outcome);
	if (warning)
		strbuf_addf(&text, _("No se quitó: %s\n\n"), warning);
	strbuf_adds(&text, removal->called);
	if (*removal->parts)
		strbuf_addf(&text, _("\nSe va también lo que es parte: %s."), removal->parts);
	strbuf_adds(&text, _("\nDespués se puede deshacer con u."));
	strbuf_addf(&outcome, _("Quitar %s"), removal->called);
	const struct ui_choice choices[] = {
		{.text = _("Dejar todo como está"), .id = ANSWER_LEAVE},
		{.text = outcome.data, .id = ANSWER_REMOVE},
	};
	const struct ui_pick pick = {.label = _("Quitar: "),
				     .text = text.data,
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = answered};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&text);
	strbuf_release(&outcome);
	return done;
}

/* What will be removed is made now: it is what the question shows. */
static enum rc prepare(struct session *session, struct record_removal *removal, struct error *err)
{
	struct editing *editing = session->editing;
	const struct editing_target *target = &editing->target;
	struct store *store = session_store(session);
	operation_free(editing->removal);
	editing->removal = operation_new();
	enum rc rc = record_removal_plan(store, target->kind, target->key, removal, err);
	if (rc != RC_OK || removal->blocker_count)
		return rc;
	rc = record_remove(store, target->kind, target->key, editing->removal, err);
	if (rc != RC_OK)
		record_removal_release(removal);
	return rc;
}

static unsigned ask_about(struct session *session, struct ui *ui, const char *warning)
{
	struct record_removal removal;
	struct error err;
	if (prepare(session, &removal, &err) != RC_OK)
		return editing_say(ui, &err);
	unsigned done =
		removal.blocker_count ? say_blocked(ui, &removal) : ask(ui, &removal, warning);
	record_removal_release(&removal);
	return done;
}

unsigned editing_remove(struct session *session, struct ui *ui, struct editing_target target)
{
	session->editing->target = target;
	return ask_about(session, ui, NULL);
}
