/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/help.h"

#include <stdlib.h>

#include "nucleo/base/memory.h"
#include "nucleo/ui/pager.h"

struct help_view {
	struct view view;
	const struct keymap *keymap;
	enum context context;
	struct pager pager;
};

static struct help_view *help_of(struct view *view)
{
	return (struct help_view *)(void *)view;
}

static void help_title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Ayuda"));
}

/* An op without a key is reached by its name. */
static void add_palette_words(const struct keymap *keymap, enum op op, struct strbuf *out)
{
	key_add_label(out, keymap->keys[OP_PALETTE][0]);
	strbuf_addf(out, " %s", op_info(op)->name);
}

static void add_context(struct help_view *help, enum context context)
{
	struct strbuf keys;
	strbuf_init(&keys);
	pager_heading(&help->pager, _(context_label(context)));
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++) {
		if (!op_is_in(op, context))
			continue;
		strbuf_reset(&keys);
		keymap_add_labels(help->keymap, op, context, &keys);
		if (!keys.length)
			add_palette_words(help->keymap, op, &keys);
		pager_field(&help->pager, keys.data, _(op_info(op)->help));
	}
	strbuf_release(&keys);
}

static bool has_ops(enum context context)
{
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++)
		if (op_is_in(op, context))
			return true;
	return false;
}

static enum rc help_load(struct view *view, struct ui *ui, struct error *err)
{
	struct help_view *help = help_of(view);
	(void)ui;
	(void)err;
	pager_clear(&help->pager);
	for (enum context context = help->context;; context = context_parent(context)) {
		if (has_ops(context))
			add_context(help, context);
		if (context == context_parent(context))
			break;
	}
	if (context_takes_text(help->context))
		return RC_OK;
	add_context(help, CONTEXT_COMPLETION);
	add_context(help, CONTEXT_PROMPT);
	return RC_OK;
}

static void help_draw(struct view *view, struct region body)
{
	pager_draw(&help_of(view)->pager, body, true);
}

static unsigned help_op(struct view *view, struct ui *ui, enum op op)
{
	(void)ui;
	if (op == OP_HELP)
		return UI_CLOSE;
	return pager_op(&help_of(view)->pager, op) ? UI_REDRAW : UI_PASS;
}

static bool help_copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct help_view *help = (const struct help_view *)(const void *)view;
	return kind == COPY_PAGE && pager_copy(&help->pager, out);
}

static void help_close(struct view *view)
{
	pager_release(&help_of(view)->pager);
	free(view);
}

struct view *help_view_new(const struct keymap *keymap, enum context context)
{
	static const struct view_class class = {
		.name = "help",
		.context = CONTEXT_HELP,
		.title = help_title,
		.load = help_load,
		.draw = help_draw,
		.op = help_op,
		.copy = help_copy,
		.close = help_close,
	};
	struct help_view *help = mem_alloc_zero(1, sizeof(*help));
	help->view.class = &class;
	help->keymap = keymap;
	help->context = context;
	pager_init(&help->pager);
	return &help->view;
}
