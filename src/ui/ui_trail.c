/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/ui_parts.h"

/* Where one was, as a browser remembers it: every page opened, every screen changed to and every
 * page left is a step. The pages stay as they were left, for as long as the trail knows them. */

static bool is_here(const struct ui *ui, const struct place *place)
{
	return place->screen == ui->screen && place->page == ui_top(ui);
}

static void forget_after(struct trail *trail, size_t count)
{
	while (trail->count > count)
		page_leave(trail->places[--trail->count].page);
}

static void forget_first(struct trail *trail)
{
	page_leave(trail->places[0].page);
	trail->count--;
	for (size_t i = 0; i < trail->count; i++)
		trail->places[i] = trail->places[i + 1];
}

/* What one writes in is over once it is left; so is the help that was opened over it. */
static bool is_passing(const struct page *page)
{
	for (; page->below; page = page->below)
		if (page->view->class->type)
			return true;
	return false;
}

void ui_note_place(struct ui *ui)
{
	struct trail *trail = &ui->trail;
	if ((trail->count && is_here(ui, &trail->places[trail->at])) || is_passing(ui_top(ui)))
		return;
	if (trail->count)
		forget_after(trail, trail->at + 1);
	if (trail->count == UI_TRAIL_MAX)
		forget_first(trail);
	trail->at = trail->count++;
	trail->places[trail->at] = (struct place){ui->screen, page_use(ui_top(ui))};
}

void ui_travel(struct ui *ui, bool forward)
{
	struct trail *trail = &ui->trail;
	if (forward ? trail->at + 1 >= trail->count : trail->at == 0) {
		ui_say(ui, ROLE_DIM, "%s",
		       forward ? _("No hay nada más adelante.") : _("No hay nada más atrás."));
		return;
	}
	trail->at += forward ? 1 : (size_t)-1;
	ui_go(ui, trail->places[trail->at].screen, trail->places[trail->at].page);
}

/* A page opened from the screen and left leads back to it: it would be no way out. */
void ui_leave_screen(struct ui *ui)
{
	struct trail *trail = &ui->trail;
	size_t at = trail->at;
	while (at > 0 && trail->places[at].screen == ui->screen)
		at--;
	if (trail->places[at].screen == ui->screen) {
		ui_say(ui, ROLE_DIM, "%s", _("No hay nada más atrás."));
		return;
	}
	trail->at = at;
	ui_go(ui, trail->places[at].screen, trail->places[at].page);
}

void ui_forget_trail(struct ui *ui)
{
	forget_after(&ui->trail, 0);
	ui->trail.at = 0;
}
