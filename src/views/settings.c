/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the group settled for its meetings: a list, and a form of one field for each. */
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"
#include "nucleo/store/conflict.h"
#include "nucleo/store/setting.h"
#include "nucleo/ui/form.h"
#include "nucleo/views/editing_parts.h"

enum { VALUE_COLUMNS = 40, CHOICES_MAX = 8 };

/* One setting being written. */
struct setting_form {
	struct session *session;
	enum setting_id id;
	struct form_choice choices[CHOICES_MAX];
};

/* ---- saving */

static unsigned saved(struct ui *ui, const struct operation *operation)
{
	ui_mark_stale(ui);
	ui_say(ui, ROLE_NOTICE, _("Guardado: %s"), operation_words(operation));
	return UI_CLOSE | UI_RELOAD;
}

/* Another person changed the same one: hers waits to be decided. */
static unsigned keep_both(struct session *session, struct ui *ui, struct operation *operation)
{
	struct error err;
	char *op = NULL;
	enum rc rc = conflict_keep(operation, session_store(session), &op, &err);
	if (rc != RC_OK)
		return editing_say(ui, &err);
	if (!op)
		return saved(ui, operation);
	session->parked++;
	ui_mark_stale(ui);
	unsigned done = ui_replace(ui, conflict_view_new(session, op));
	free(op);
	return done;
}

static unsigned commit(struct session *session, struct ui *ui, struct operation *operation)
{
	struct error err;
	if (operation_is_empty(operation)) {
		ui_say(ui, ROLE_DIM, "%s", _("No había nada que guardar."));
		return UI_CLOSE;
	}
	enum rc rc = operation_commit(operation, session_store(session), NULL, &err);
	if (rc == RC_OK)
		return saved(ui, operation);
	return rc == RC_CONFLICT ? keep_both(session, ui, operation) : editing_say(ui, &err);
}

static unsigned save(void *context, struct ui *ui, struct form *form)
{
	struct setting_form *setting = context;
	struct operation *operation = operation_new();
	struct error err;
	enum rc rc = setting_change(session_store(setting->session), setting->id,
				    form_value(form, 0), operation, &err);
	unsigned done = rc == RC_OK ? commit(setting->session, ui, operation)
				    : form_refuse(form, ui, 0, err.text);
	operation_free(operation);
	return done;
}

/* ---- the form */

static enum rc check(void *context, const struct form *form, size_t field, struct error *err)
{
	struct setting_form *setting = context;
	struct strbuf ignored;
	strbuf_init(&ignored);
	enum rc rc = setting_read(setting->id, form_value(form, field), &ignored, err);
	strbuf_release(&ignored);
	return rc;
}

static void release(void *context)
{
	free(context);
}

static size_t fill_choices(struct setting_form *setting)
{
	const struct setting *of = &settings[setting->id];
	size_t count = 0;
	if (!of->choices)
		return 0;
	setting->choices[count++] = (struct form_choice){.value = "", .text = _(of->none)};
	for (int i = 0; i < of->choices->count && count < CHOICES_MAX; i++)
		setting->choices[count++] = (struct form_choice){
			.value = enum_name(of->choices, i), .text = enum_label(of->choices, i)};
	return count;
}

static unsigned open_form(struct session *session, struct ui *ui, enum setting_id id,
			  const char *value)
{
	static const enum form_kind kinds[] = {[SETTING_LINE] = FORM_LINE,
					       [SETTING_CHOICE] = FORM_CHOICE,
					       [SETTING_LINES] = FORM_TEXT};
	struct setting_form *setting = mem_alloc_zero(1, sizeof(*setting));
	setting->session = session;
	setting->id = id;
	const struct form_field field = {.label = _(settings[id].label),
					 .hint = _(settings[id].help),
					 .kind = kinds[settings[id].type],
					 .limit = SETTING_VALUE_MAX,
					 .value = value,
					 .choices = setting->choices,
					 .choice_count = fill_choices(setting)};
	const struct form_setup setup = {
		.title = _("Ajustes"),
		.sentence = _("Rige para todo el grupo; vacío vuelve a lo que había al comienzo."),
		.fields = &field,
		.count = 1,
		.context = setting,
		.check = check,
		.save = save,
		.release = release,
	};
	return ui_open(ui, form_view_new(&setup));
}

static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct strbuf value;
	struct error err;
	(void)view;
	strbuf_init(&value);
	enum rc rc = setting_load(session_store(session), (enum setting_id)id, &value, NULL, &err);
	unsigned done = rc == RC_OK ? open_form(session, ui, (enum setting_id)id, value.data)
				    : editing_say(ui, &err);
	strbuf_release(&value);
	return done;
}

/* Owned: what holds, as far as it has room. */
static char *detail_of(struct session *session, enum setting_id id, struct error *err)
{
	struct strbuf value, shown, fitted;
	strbuf_init(&value);
	strbuf_init(&shown);
	strbuf_init(&fitted);
	enum rc rc = setting_load(session_store(session), id, &value, NULL, err);
	setting_add_shown(&shown, id, value.data);
	utf8_fit(&fitted, shown.data, VALUE_COLUMNS);
	strbuf_release(&value);
	strbuf_release(&shown);
	if (rc == RC_OK)
		return strbuf_detach(&fitted);
	strbuf_release(&fitted);
	return NULL;
}

unsigned settings_ask(struct session *session, struct ui *ui)
{
	struct ui_choice choices[SETTING_COUNT];
	char *details[SETTING_COUNT] = {NULL};
	struct error err;
	size_t count = 0;
	if (!session_may_write(session, ui, OP_SETTINGS))
		return UI_REDRAW;
	for (enum setting_id id = 0; id < SETTING_COUNT; id++) {
		details[id] = detail_of(session, id, &err);
		if (!details[id])
			break;
		choices[count++] = (struct ui_choice){.text = _(settings[id].label),
						      .detail = details[id],
						      .also = settings[id].name,
						      .id = id};
	}
	const struct ui_pick pick = {.label = _("Ajuste: "),
				     .choices = choices,
				     .count = count,
				     .picked = picked};
	unsigned done = count == SETTING_COUNT ? ui_pick(ui, &pick) : editing_say(ui, &err);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		free(details[i]);
	return done;
}
