/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/record_remove.h"
#include "nucleo/store/operation.h"
#include "nucleo/views/editing_parts.h"

enum { ANSWER_LEAVE, ANSWER_REMOVE };

static enum rc remove_it(struct store *store, struct editing_target target, struct strbuf *words,
			 struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = record_remove(store, target.kind, target.key, operation, err);
	if (rc == RC_OK)
		rc = operation_commit(operation, store, NULL, err);
	if (rc == RC_OK)
		strbuf_adds(words, operation_words(operation));
	operation_free(operation);
	return rc;
}

/* Its own page has nothing to show any more. */
static unsigned consequences(const struct editing *editing)
{
	bool is_own_page = editing->place.is_page && editing->target.kind == editing->place.kind &&
			   editing->target.key == editing->place.key;
	return is_own_page ? UI_CLOSE | UI_RELOAD : UI_RELOAD;
}

static unsigned answered(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct strbuf words;
	struct error err;
	(void)view;
	if (id != ANSWER_REMOVE)
		return UI_REDRAW;
	strbuf_init(&words);
	enum rc rc = remove_it(session_store(session), session->editing->target, &words, &err);
	if (rc == RC_OK) {
		ui_mark_stale(ui);
		ui_say(ui, ROLE_NOTICE, _("Hecho; u lo deshace: %s"), words.data);
	}
	strbuf_release(&words);
	return rc == RC_OK ? consequences(session->editing) : editing_say(ui, &err);
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

static unsigned ask(struct ui *ui, const struct record_removal *removal)
{
	struct strbuf text, outcome;
	strbuf_init(&text);
	strbuf_init(&outcome);
	strbuf_addf(&text, "%s", removal->called);
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

unsigned editing_remove(struct session *session, struct ui *ui, struct editing_target target)
{
	struct record_removal removal;
	struct error err;
	session->editing->target = target;
	if (record_removal_plan(session_store(session), target.kind, target.key, &removal, &err) !=
	    RC_OK)
		return editing_say(ui, &err);
	unsigned done = removal.blocker_count ? say_blocked(ui, &removal) : ask(ui, &removal);
	record_removal_release(&removal);
	return done;
}
