/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/views/sala_parts.h"

/* Lines written into the record. */

/* ---- which */

static void add_note(struct sala *page, struct sala_notes *notes, const char *line)
{
	struct sala_note *note = vector_add(&notes->items);
	note->text = mem_strdup(line);
	capture_read(&page->minutes.capture, line, &note->capture);
}

static void remove_first(struct sala_notes *notes)
{
	free(notes->items.items[0].text);
	capture_release(&notes->items.items[0].capture);
	notes->items.count--;
	memmove(notes->items.items, notes->items.items + 1,
		notes->items.count * sizeof(*notes->items.items));
}

void sala_notes_release(struct sala_notes *notes)
{
	while (notes->items.count)
		remove_first(notes);
	vector_release(&notes->items);
}

static bool is_blank(const char *line, size_t length)
{
	return strspn(line, " ") >= length;
}

static void end_paragraph(struct sala *page, struct sala_notes *notes, struct strbuf *paragraph)
{
	strbuf_trim(paragraph);
	if (paragraph->length)
		add_note(page, notes, paragraph->data);
	strbuf_reset(paragraph);
}

static bool has_blank_line(const char *text)
{
	for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1)
		if (is_blank(text, (size_t)(end - text)))
			return true;
	return false;
}

/* Text that was broken into lines to fit a page has its paragraphs apart by empty lines. */
void sala_notes_add_paragraphs(struct sala *page, struct sala_notes *notes, const char *text)
{
	struct strbuf trimmed, paragraph;
	strbuf_init(&trimmed);
	strbuf_init(&paragraph);
	strbuf_adds(&trimmed, text);
	strbuf_trim(&trimmed);
	bool is_apart = has_blank_line(trimmed.data);
	for (const char *at = trimmed.data; *at;) {
		size_t length = strcspn(at, "\n");
		if (!is_apart || is_blank(at, length))
			end_paragraph(page, notes, &paragraph);
		if (paragraph.length)
			strbuf_addch(&paragraph, ' ');
		strbuf_add(&paragraph, at, length);
		at += length + (at[length] == '\n');
	}
	end_paragraph(page, notes, &paragraph);
	strbuf_release(&trimmed);
	strbuf_release(&paragraph);
}

bool sala_notes_say_values(const struct sala_notes *notes)
{
	for (size_t i = 0; i < notes->items.count; i++)
		if (notes->items.items[i].capture.said.count)
			return true;
	return false;
}

/* ---- written */

/* What is left to be written is what is typed from now on. */
static void leave_rest(struct sala *page, const struct sala_notes *notes)
{
	struct strbuf rest;
	if (!notes->is_paragraphs) {
		sala_line_set(page, notes->items.count ? notes->items.items[0].text : "");
		return;
	}
	strbuf_init(&rest);
	for (size_t i = 0; i < notes->items.count; i++)
		strbuf_addf(&rest, "%s%s", i ? "\n\n" : "", notes->items.items[i].text);
	strbuf_release(&page->paragraph);
	page->paragraph = rest;
	sala_draft_changed(page);
}

static enum rc write_first(struct sala *page, struct ui *ui, struct sala_notes *notes,
			   int64_t *entry, unsigned *done)
{
	const struct minutes_place place = {.meeting = page->key,
					    .item = notes->is_paragraphs ? page->current
									 : sala_line_item(page),
					    .entry = notes->is_paragraphs ? 0 : page->next_entry};
	const struct capture *capture = &notes->items.items[0].capture;
	struct operation *operation = operation_new();
	struct error err;
	int64_t made;
	enum rc rc = minutes_add_line(session_store(page->session), &place, capture,
				      capture->said.count > 0, operation, &made, &err);
	if (rc != RC_OK)
		*done = sala_say(ui, &err);
	else
		rc = sala_commit(page, ui, operation, done);
	if (rc == RC_OK) {
		*entry = made;
		if (capture->has_followup || capture->measurements.count || capture->said.count)
			ui_say(ui, ROLE_NOTICE, "%s", operation_words(operation));
	}
	operation_free(operation);
	return rc;
}

enum rc sala_notes_write(struct sala *page, struct ui *ui, struct sala_notes *notes,
			 int64_t *entry, unsigned *done)
{
	enum rc rc = RC_OK;
	*entry = 0;
	*done = UI_REDRAW;
	while (rc == RC_OK && notes->items.count) {
		rc = write_first(page, ui, notes, entry, done);
		/* What waits for a decision is kept, and is not to be typed again. */
		if (rc == RC_OK || rc == RC_CONFLICT)
			remove_first(notes);
	}
	if (*entry)
		sala_record_select(page, 0);
	leave_rest(page, notes);
	return rc;
}

static bool has_line(const struct sala *page)
{
	const char *text = page->line.prompt.text.data;
	return !is_blank(text, strlen(text));
}

/* Whether there is something she may write; she is told when not. */
static bool can_write(struct sala *page, struct ui *ui, enum op op)
{
	if (has_line(page))
		return session_may_write(page->session, ui, op);
	ui_say(ui, ROLE_DIM, "%s", _("No hay nada escrito que anotar."));
	return false;
}

unsigned sala_note_down(struct sala *page, struct ui *ui)
{
	struct sala_notes notes = {0};
	int64_t entry;
	unsigned done;
	if (!can_write(page, ui, OP_NOTE_DOWN))
		return UI_REDRAW;
	add_note(page, &notes, page->line.prompt.text.data);
	if (sala_notes_say_values(&notes))
		done = ui_open(ui, sala_values_new(page, &notes));
	else
		(void)!sala_notes_write(page, ui, &notes, &entry, &done);
	sala_notes_release(&notes);
	return done;
}

/* The sign of a decision may be there already. With nothing typed it is about what was noted. */
unsigned sala_note_decision(struct sala *page, struct ui *ui)
{
	const struct sala_line *line = &page->line;
	struct sala_notes notes = {0};
	struct strbuf text;
	int64_t entry;
	unsigned done;
	if (!has_line(page) && sala_record_selected(page))
		return sala_entry_op(page, ui, OP_DECISION);
	if (!can_write(page, ui, OP_DECISION))
		return UI_REDRAW;
	strbuf_init(&text);
	strbuf_addf(&text, "%s%s", line->capture.kind == ENTRY_DECISION ? "" : "= ",
		    line->prompt.text.data);
	add_note(page, &notes, text.data);
	if (sala_notes_write(page, ui, &notes, &entry, &done) == RC_OK) {
		done |= decision_open(page->session, ui, entry);
		ui_mark_stale(ui);
	}
	sala_notes_release(&notes);
	strbuf_release(&text);
	return done;
}
