/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/filter_saved.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/saved_filters.h"

/* Choices are numbered by the place of the filter in the file: to use it, or to remove it. */
#define KEEP 0
#define USE(i) ((int64_t)(i) + 1)
#define REMOVE(i) (-USE(i))

struct menu {
	VECTOR(struct ui_choice) choices;
	VECTOR(char *) texts; /* owned */
};

static void add_choice(struct menu *menu, int64_t id, char *text, const char *detail)
{
	vector_push(&menu->texts, text);
	vector_push(&menu->choices,
		    ((struct ui_choice){.text = text, .detail = detail, .id = id}));
}

static char *labelled(const char *format, const char *text)
{
	struct strbuf label;
	strbuf_init(&label);
	strbuf_addf(&label, format, text);
	return strbuf_detach(&label);
}

static void add_saved(struct menu *menu, const struct saved_filters *saved,
		      const struct record_kind *kind)
{
	for (size_t i = 0; i < saved->items.count; i++)
		if (saved->items.items[i].kind == kind)
			add_choice(menu, USE(i), labelled("@%s", saved->items.items[i].name),
				   saved->items.items[i].text);
}

static void add_removals(struct menu *menu, const struct saved_filters *saved,
			 const struct record_kind *kind)
{
	for (size_t i = 0; i < saved->items.count; i++)
		if (saved->items.items[i].kind == kind)
			add_choice(menu, REMOVE(i),
				   labelled(_("Borrar @%s"), saved->items.items[i].name), NULL);
}

static unsigned show(struct menu *menu, struct ui *ui,
		     unsigned (*picked)(struct view *view, struct ui *ui, int64_t id))
{
	const struct ui_pick pick = {.label = _("Filtro: "),
				     .choices = menu->choices.items,
				     .count = menu->choices.count,
				     .selected = INT64_MIN,
				     .picked = picked};
	if (pick.count)
		return ui_pick(ui, &pick);
	ui_say(ui, ROLE_DIM, "%s",
	       _("No hay filtros guardados: filtre primero con / y guarde aquí el filtro."));
	return UI_REDRAW;
}

unsigned filter_saved_pick(const struct filter_box *box, struct ui *ui,
			   unsigned (*picked)(struct view *view, struct ui *ui, int64_t id))
{
	struct menu menu = {0};
	struct saved_filters saved;
	struct error err;
	unsigned done = UI_REDRAW;
	if (saved_filters_load(&saved, &err) == RC_OK) {
		add_saved(&menu, &saved, box->kind);
		if (box->text.length)
			add_choice(&menu, KEEP, labelled(_("Guardar «%s»…"), box->text.data), NULL);
		add_removals(&menu, &saved, box->kind);
		done = show(&menu, ui, picked);
	} else {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	}
	for (size_t i = 0; i < menu.texts.count; i++)
		free(menu.texts.items[i]);
	vector_release(&menu.texts);
	vector_release(&menu.choices);
	saved_filters_release(&saved);
	return done;
}

enum filter_saved_choice filter_saved_meaning(const struct filter_box *box, int64_t id,
					      struct strbuf *name)
{
	struct saved_filters saved;
	struct error ignored;
	enum filter_saved_choice choice = FILTER_SAVED_NONE;
	size_t i = (size_t)(id < 0 ? -id : id) - 1;
	if (id == KEEP)
		return FILTER_SAVED_KEEP;
	/* The file may have changed since the choices were shown. */
	if (saved_filters_load(&saved, &ignored) == RC_OK && i < saved.items.count &&
	    saved.items.items[i].kind == box->kind) {
		strbuf_adds(name, saved.items.items[i].name);
		choice = id < 0 ? FILTER_SAVED_REMOVE : FILTER_SAVED_USE;
	}
	saved_filters_release(&saved);
	return choice;
}

enum rc filter_saved_keep(const struct filter_box *box, const char *name, struct error *err)
{
	struct saved_filters saved;
	enum rc rc = saved_filters_load(&saved, err);
	if (rc == RC_OK)
		rc = saved_filters_put(&saved, box->kind, name + (*name == '@'), box->text.data,
				       err);
	if (rc == RC_OK)
		rc = saved_filters_store(&saved, err);
	saved_filters_release(&saved);
	return rc;
}

enum rc filter_saved_remove(const struct filter_box *box, const char *name, struct error *err)
{
	struct saved_filters saved;
	enum rc rc = saved_filters_load(&saved, err);
	if (rc == RC_OK)
		rc = saved_filters_remove(&saved, box->kind, name, err);
	if (rc == RC_OK)
		rc = saved_filters_store(&saved, err);
	saved_filters_release(&saved);
	return rc;
}
