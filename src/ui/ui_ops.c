/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/help.h"
#include "nucleo/ui/ui_parts.h"

/* A view is not closed while it handles what closes it. */
static void close_front(struct ui *ui)
{
	struct view *next = ui->next;
	ui->next = NULL;
	ui_pop(ui);
	if (next)
		ui_push(ui, next);
}

void ui_apply(struct ui *ui, unsigned consequences)
{
	if (consequences & UI_REDRAW)
		ui->dirty = true;
	if (consequences & UI_QUIT)
		ui->quitting = true;
	if (consequences & UI_CLOSE)
		close_front(ui);
	/* Not at once: of the letters of a word typed fast only the last one counts. */
	if (consequences & UI_RELOAD)
		ui_view(ui)->stale = ui->dirty = true;
}

static bool change_screen(struct ui *ui, enum op op)
{
	for (size_t i = 0; i < ui->setup->screen_count; i++) {
		if (ui->setup->screens[i].op == op) {
			ui_show_screen(ui, i);
			return true;
		}
	}
	return false;
}

static void redraw(struct ui *ui)
{
	ui_term(ui)->class->forget(ui_term(ui));
	ui_reload_all(ui);
}

static void say_useless(struct ui *ui)
{
	if (ui_view(ui)->failure.code != RC_OK)
		ui_say(ui, ROLE_DIM, "%s",
		       _("Todavía no se pudo leer; Ctrl-L lo intenta otra vez."));
	else
		ui_say(ui, ROLE_DIM, "%s", _("Esa tecla no hace nada aquí; ? muestra las que sí."));
}

static void toggle_mouse(struct ui *ui)
{
	ui_set_mouse(ui, !ui_has_mouse(ui));
	ui_say(ui, ROLE_NOTICE, "%s",
	       ui_has_mouse(ui) ? _("El ratón selecciona y abre; Mayús lo deja para la terminal.")
				: _("El ratón queda para la terminal."));
}

/* What the frame does with an op that no view took. */
static void default_op(struct ui *ui, enum op op)
{
	switch (op) {
	case OP_QUIT:
		ui->quitting = true;
		break;
	case OP_HELP:
		ui_push(ui, help_view_new(ui->setup->keymap, view_context(ui_view(ui))));
		break;
	case OP_PALETTE:
		ui_palette(ui);
		break;
	case OP_COPY:
		ui_copy(ui);
		break;
	case OP_GO_BACK:
	case OP_GO_FORWARD:
		ui_travel(ui, op == OP_GO_FORWARD);
		break;
	case OP_MOUSE:
		toggle_mouse(ui);
		break;
	case OP_BACK:
		ui_pop(ui);
		break;
	case OP_REDRAW:
		redraw(ui);
		break;
	case OP_SUSPEND:
		ui_term(ui)->class->suspend(ui_term(ui));
		redraw(ui);
		break;
	default:
		if (!change_screen(ui, op))
			say_useless(ui);
	}
}

bool ui_takes_text(const struct ui *ui)
{
	const struct view *view = ui_view(ui);
	return view->class->type && view->failure.code == RC_OK &&
	       context_takes_text(view_context(view));
}

void ui_type(struct ui *ui, const char *text)
{
	struct view *view = ui_view(ui);
	if (ui->asking != ASKING_NOTHING) {
		ui_ask_type(ui, text);
		return;
	}
	unsigned consequences = view->class->type(view, ui, text);
	if (consequences & UI_PASS)
		ui_say(ui, ROLE_DIM, "%s", _("Aquí no se escribe; Tab pasa a otro campo."));
	else
		ui_apply(ui, consequences);
}

void ui_do(struct ui *ui, enum op op)
{
	ui_settle(ui);
	struct view *view = ui_view(ui);
	unsigned consequences = UI_PASS;
	if (op == OP_NONE) {
		say_useless(ui);
		return;
	}
	if (view->failure.code == RC_OK)
		consequences = view->class->op(view, ui, op);
	if ((consequences & UI_PASS) && ui->setup->op)
		consequences = ui->setup->op(ui->setup->context, ui, op);
	if (consequences & UI_PASS)
		default_op(ui, op);
	else
		ui_apply(ui, consequences);
}
