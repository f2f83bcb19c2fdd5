/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/ui/form.h"
#include "nucleo/views/sala_parts.h"

/* Text of several lines: paragraphs written at once, and a line to be divided. */

/* ---- paragraphs */

static void take_text(struct sala *page, const char *text)
{
	strbuf_reset(&page->paragraph);
	strbuf_adds(&page->paragraph, text);
	sala_draft_changed(page);
}

static void changed(void *context, struct form *form, size_t field)
{
	take_text(context, form_value(form, field));
}

static void discarded(void *context, struct form *form)
{
	(void)form;
	take_text(context, "");
}

/* What could not be written stays in the form. */
static unsigned write_all(struct sala *page, struct ui *ui, struct form *form,
			  struct sala_notes *notes)
{
	int64_t entry;
	unsigned done;
	enum rc rc = sala_notes_write(page, ui, notes, &entry, &done);
	if (rc == RC_OK)
		return UI_CLOSE | done;
	struct strbuf rest;
	strbuf_init(&rest);
	strbuf_adds(&rest, page->paragraph.data);
	form_set_value(form, 0, rest.data);
	strbuf_release(&rest);
	return done;
}

static unsigned save(void *context, struct ui *ui, struct form *form)
{
	struct sala *page = context;
	struct sala_notes notes = {.is_paragraphs = true};
	unsigned done;
	take_text(page, form_value(form, 0));
	if (!page->has_minutes || !page->is_open)
		return form_refuse(form, ui, 0, _("la reunión ya no está en sesión"));
	sala_notes_add_paragraphs(page, &notes, page->paragraph.data);
	if (sala_notes_say_values(&notes))
		done = ui_replace(ui, sala_values_new(page, &notes));
	else
		done = write_all(page, ui, form, &notes);
	sala_notes_release(&notes);
	return done;
}

struct view *sala_text_new(struct sala *page)
{
	const struct form_field field = {
		.label = _("Texto"),
		.hint = _("cada renglón es una anotación; con renglones vacíos, cada párrafo"),
		.kind = FORM_TEXT,
		.is_required = true,
		.value = "",
		.draft = page->paragraph.data,
	};
	const struct form_setup setup = {
		.title = _("Escribir párrafos"),
		.sentence = _("F2 los anota en el punto que se trata"),
		.fields = &field,
		.count = 1,
		.context = page,
		.changed = changed,
		.save = save,
		.discarded = discarded,
	};
	return form_view_new(&setup);
}

unsigned sala_write_text(struct sala *page, struct ui *ui, const char *more)
{
	struct prompt *prompt = &page->line.prompt;
	if (!session_may_write(page->session, ui, *more ? OP_NONE : OP_WRITE_TEXT))
		return UI_REDRAW;
	strbuf_reset(&page->paragraph);
	strbuf_add(&page->paragraph, prompt->text.data, prompt->cursor);
	strbuf_adds(&page->paragraph, more);
	strbuf_adds(&page->paragraph, prompt->text.data + prompt->cursor);
	sala_line_set(page, "");
	return ui_open(ui, sala_text_new(page));
}

/* ---- dividing */

struct split {
	struct sala *page;
	int64_t entry;
	char *text; /* owned, as it is stored */
};

static void release_split(void *context)
{
	struct split *split = context;
	free(split->text);
	free(split);
}

/* Where the text has a line end that it did not have; SIZE_MAX when something else changed. */
static size_t place_of_split(const char *was, const char *now)
{
	size_t same = 0;
	while (was[same] && was[same] == now[same])
		same++;
	const char *rest = now + same;
	rest += strspn(rest, " \n");
	bool is_split = rest > now + same && memchr(now + same, '\n', (size_t)(rest - now) - same);
	return is_split && strcmp(rest, was + same + strspn(was + same, " ")) == 0 ? same
										   : SIZE_MAX;
}

static unsigned save_split(void *context, struct ui *ui, struct form *form)
{
	struct split *split = context;
	struct operation *operation;
	struct error err;
	int64_t second;
	unsigned done;
	size_t at = place_of_split(split->text, form_value(form, 0));
	if (at == SIZE_MAX)
		return form_refuse(form, ui, 0,
				   _("ponga un fin de línea donde se divide, y nada más"));
	operation = operation_new();
	enum rc rc = minutes_split(session_store(split->page->session), split->entry, at,
				   operation, &second, &err);
	if (rc != RC_OK)
		done = form_refuse(form, ui, 0, err.text);
	else
		rc = sala_commit(split->page, ui, operation, &done);
	if (rc == RC_OK) {
		ui_say(ui, ROLE_NOTICE, "%s", operation_words(operation));
		done |= UI_CLOSE;
	}
	operation_free(operation);
	return done;
}

unsigned sala_ask_split(struct sala *page, struct ui *ui, const struct resolution *entry)
{
	struct split *split = mem_alloc_zero(1, sizeof(*split));
	split->page = page;
	split->entry = entry->key;
	split->text = mem_strdup(entry->text);
	const struct form_field field = {
		.label = _("Texto"),
		.hint = _("Enter abre el texto; un fin de línea lo divide allí"),
		.kind = FORM_TEXT,
		.value = split->text,
	};
	const struct form_setup setup = {
		.title = _("Dividir"),
		.fields = &field,
		.count = 1,
		.context = split,
		.save = save_split,
		.release = release_split,
	};
	return ui_open(ui, form_view_new(&setup));
}
