/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/ui_parts.h"

/* Every op that works where one is, to be found by what it does. */

static bool has_screen(const struct ui *ui, enum op op)
{
	for (size_t i = 0; i < ui->setup->screen_count; i++)
		if (ui->setup->screens[i].op == op)
			return true;
	return false;
}

/* A screen works anywhere, but only in a program that has it. How one moves in what one types is
 * no order. */
static bool is_listed(const struct ui *ui, enum op op)
{
	enum context context = view_context(ui_view(ui));
	bool works = context_takes_text(context) ? op_is_in(op, context)
						 : op_works_in(op, context);
	return op != OP_PALETTE && works && (!op_is_screen(op) || has_screen(ui, op));
}

struct palette {
	struct ui_choice choices[OP_COUNT];
	struct strbuf keys[OP_COUNT], names[OP_COUNT];
	size_t count;
};

/* Found also by its name in the configuration and by what it does untranslated: who has a manual
 * in the other language knows those words. */
static void add_choice(struct palette *palette, const struct ui *ui, enum op op)
{
	struct strbuf *keys = &palette->keys[palette->count];
	struct strbuf *names = &palette->names[palette->count];
	strbuf_init(keys);
	strbuf_init(names);
	keymap_add_labels(ui->setup->keymap, op, view_context(ui_view(ui)), keys);
	strbuf_addf(names, "%s %s", op_info(op)->name, op_info(op)->help);
	palette->choices[palette->count++] = (struct ui_choice){
		.text = _(op_info(op)->help),
		.detail = keys->data,
		.also = names->data,
		.id = op,
	};
}

static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	ui_do(ui, (enum op)id);
	return UI_NOTHING;
}

void ui_palette(struct ui *ui)
{
	struct palette palette = {.count = 0};
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++)
		if (is_listed(ui, op))
			add_choice(&palette, ui, op);
	struct ui_pick pick = {
		.label = _("Orden: "),
		.choices = palette.choices,
		.count = palette.count,
		.picked = picked,
	};
	ui_apply(ui, ui_pick(ui, &pick));
	for (size_t i = 0; i < palette.count; i++) {
		strbuf_release(&palette.keys[i]);
		strbuf_release(&palette.names[i]);
	}
}
