/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/utf8.h"
#include "nucleo/ui/ui_parts.h"

/* Columns of what is copied that a line shows of it. */
enum { CHOICE_COLUMNS = 200, MESSAGE_COLUMNS = 40 };

static const char *const names[COPY_COUNT] = {
#define COPY(id, name) [COPY_##id] = name,
	COPY_TABLE(COPY)
#undef COPY
};

/* What the view in front has of that kind; false for nothing. */
static bool take(const struct ui *ui, enum copy_kind kind, struct strbuf *out)
{
	const struct view *view = ui_view(ui);
	strbuf_reset(out);
	return view->failure.code == RC_OK && view->class->copy &&
	       view->class->copy(view, kind, out) && out->length;
}

/* The text in one line of at most so many columns. */
static void add_line(struct strbuf *out, const char *text, int columns)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_adds(&line, text);
	for (char *at = line.data; *at; at++)
		*at = *at == '\n' || *at == '\t' ? ' ' : *at;
	utf8_fit(out, line.data, columns);
	strbuf_release(&line);
}

/* The terminal never tells whether it obeyed: the message must not claim more. */
static void send(struct ui *ui, enum copy_kind kind)
{
	struct strbuf text, line;
	struct error err;
	strbuf_init(&text);
	strbuf_init(&line);
	(void)take(ui, kind, &text);
	add_line(&line, text.data, MESSAGE_COLUMNS);
	if (ui_term(ui)->class->copy(ui_term(ui), text.data, &err) == RC_OK)
		ui_say(ui, ROLE_NOTICE, _("Copiado: %s (si la terminal lo permite)"), line.data);
	else
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	strbuf_release(&text);
	strbuf_release(&line);
}

static unsigned picked(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	send(ui, (enum copy_kind)id);
	return UI_REDRAW;
}

static void ask_which(struct ui *ui, const enum copy_kind *kinds, size_t count)
{
	struct ui_choice choices[COPY_COUNT];
	struct strbuf lines[COPY_COUNT], text;
	strbuf_init(&text);
	for (size_t i = 0; i < count; i++) {
		(void)take(ui, kinds[i], &text);
		strbuf_init(&lines[i]);
		strbuf_addf(&lines[i], "%s: ", _(names[kinds[i]]));
		add_line(&lines[i], text.data, CHOICE_COLUMNS);
		choices[i] = (struct ui_choice){.text = lines[i].data, .id = kinds[i]};
	}
	struct ui_pick pick = {.label = _("Copiar: "),
			       .choices = choices,
			       .count = count,
			       .selected = kinds[0],
			       .picked = picked};
	ui_apply(ui, ui_pick(ui, &pick));
	for (size_t i = 0; i < count; i++)
		strbuf_release(&lines[i]);
	strbuf_release(&text);
}

void ui_copy(struct ui *ui)
{
	enum copy_kind kinds[COPY_COUNT];
	struct strbuf text;
	size_t count = 0;
	strbuf_init(&text);
	for (enum copy_kind kind = 0; kind < COPY_COUNT; kind++)
		if (take(ui, kind, &text))
			kinds[count++] = kind;
	strbuf_release(&text);
	if (count > 1)
		ask_which(ui, kinds, count);
	else if (count == 1)
		send(ui, kinds[0]);
	else
		ui_say(ui, ROLE_DIM, "%s", _("Aquí no hay nada que copiar."));
}
