/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/prompt.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/text_step.h"

void prompt_init(struct prompt *prompt)
{
	*prompt = (struct prompt){0};
	strbuf_init(&prompt->text);
}

void prompt_release(struct prompt *prompt)
{
	strbuf_release(&prompt->text);
	prompt->cursor = 0;
}

void prompt_set(struct prompt *prompt, const char *text)
{
	struct prompt fresh;
	prompt_init(&fresh);
	prompt_insert(&fresh, text); /* which may be the text it has now */
	prompt_release(prompt);
	*prompt = fresh;
}

/* Puts `text`, clean already, at the cursor. */
static void insert(struct prompt *prompt, const char *text, size_t length)
{
	struct strbuf after;
	if (prompt->text.length + length > PROMPT_MAX)
		return;
	strbuf_init(&after);
	strbuf_adds(&after, prompt->text.data + prompt->cursor);
	strbuf_truncate(&prompt->text, prompt->cursor);
	strbuf_add(&prompt->text, text, length);
	prompt->cursor = prompt->text.length;
	strbuf_add(&prompt->text, after.data, after.length);
	strbuf_release(&after);
}

void prompt_insert(struct prompt *prompt, const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	while (*text) {
		if (*text == '\n' || *text == '\t') {
			strbuf_addch(&clean, ' ');
			text++;
		} else {
			utf8_next_grapheme(&text, &clean);
		}
	}
	if (clean.length > PROMPT_MAX - prompt->text.length)
		strbuf_truncate(&clean, utf8_valid_prefix(clean.data,
							  PROMPT_MAX - prompt->text.length));
	insert(prompt, clean.data, clean.length);
	strbuf_release(&clean);
}

void prompt_type(struct prompt *prompt, key_code key)
{
	struct strbuf character;
	if (!key_is_text(key))
		return;
	strbuf_init(&character);
	utf8_append(&character, key);
	prompt_insert(prompt, character.data);
	strbuf_release(&character);
}

/* Removes the bytes [from, to); the cursor goes there. */
static void erase(struct prompt *prompt, size_t from, size_t to)
{
	memmove(prompt->text.data + from, prompt->text.data + to, prompt->text.length - to + 1);
	prompt->text.length -= to - from;
	prompt->cursor = from;
}

void prompt_replace(struct prompt *prompt, size_t start, size_t length, const char *text)
{
	if (start > prompt->text.length || length > prompt->text.length - start)
		return;
	if (length)
		erase(prompt, start, start + length);
	prompt->cursor = start;
	prompt_insert(prompt, text);
}

static bool move(struct prompt *prompt, enum op op)
{
	const char *text = prompt->text.data;
	switch (op) {
	case OP_CURSOR_LEFT:
		prompt->cursor = text_character_before(text, prompt->cursor);
		return true;
	case OP_CURSOR_RIGHT:
		prompt->cursor = text_character_after(text, prompt->cursor);
		return true;
	case OP_WORD_LEFT:
		prompt->cursor = text_word_before(text, prompt->cursor);
		return true;
	case OP_WORD_RIGHT:
		prompt->cursor = text_word_after(text, prompt->cursor);
		return true;
	case OP_CURSOR_START:
		prompt->cursor = 0;
		return true;
	case OP_CURSOR_END:
		prompt->cursor = prompt->text.length;
		return true;
	default:
		return false;
	}
}

bool prompt_op(struct prompt *prompt, enum op op)
{
	const char *text = prompt->text.data;
	size_t from = prompt->cursor, to = from;
	if (move(prompt, op))
		return true;
	if (op == OP_ERASE_HERE)
		to = text_character_after(text, from);
	else if (op == OP_ERASE_BACK)
		from = text_character_before(text, from);
	else if (op == OP_ERASE_WORD)
		from = text_word_before(text, from);
	else if (op == OP_ERASE_LINE)
		from = 0;
	else
		return false;
	if (from < to)
		erase(prompt, from, to);
	return true;
}

/* Bytes to leave out at the start so that the text up to the cursor fits in `columns`. */
static size_t hidden_start(const struct prompt *prompt, int columns)
{
	struct strbuf before, scratch;
	strbuf_init(&before);
	strbuf_init(&scratch);
	strbuf_add(&before, prompt->text.data, prompt->cursor);
	int width = utf8_width(before.data);
	const char *at = before.data;
	while (*at && width > columns)
		width -= utf8_next_grapheme(&at, &scratch);
	size_t hidden = (size_t)(at - before.data);
	strbuf_release(&before);
	strbuf_release(&scratch);
	return hidden;
}

/* Draws the bytes from `*at` to `end`, as far as there are some; returns the next column. */
static int draw_part(const struct prompt *prompt, struct region field, int column, size_t *at,
		     size_t end, enum role role)
{
	struct strbuf part;
	end = end < prompt->text.length ? end : prompt->text.length;
	if (end <= *at)
		return column;
	strbuf_init(&part);
	strbuf_add(&part, prompt->text.data + *at, end - *at);
	column = region_text(field, 0, column, role, part.data);
	strbuf_release(&part);
	*at = end;
	return column;
}

/* From byte `hidden` on; what is wrong in it, or means something, stands out. */
static void draw_text(const struct prompt *prompt, struct region field, size_t hidden)
{
	const struct prompt_span fault = {prompt->fault, prompt->fault_length, ROLE_ERROR};
	const struct prompt_span *spans = prompt->span_count ? prompt->spans : &fault;
	size_t count = prompt->span_count ? prompt->span_count : prompt->fault_length > 0;
	size_t at = hidden;
	int column = 0;
	for (size_t i = 0; i < count; i++) {
		column = draw_part(prompt, field, column, &at, spans[i].start, ROLE_TEXT);
		column = draw_part(prompt, field, column, &at, spans[i].start + spans[i].length,
				   spans[i].role);
	}
	draw_part(prompt, field, column, &at, prompt->text.length, ROLE_TEXT);
}

void prompt_draw(const struct prompt *prompt, struct region region, const char *label)
{
	int label_width = utf8_width(label);
	if (label_width > region.columns / 2)
		label_width = region.columns / 2;
	region_label(region_part(region, 0, 0, 1, label_width), ALIGN_LEFT, ROLE_PROMPT, label);
	struct region field = region_rest(region, 0, label_width);
	size_t hidden = hidden_start(prompt, field.columns - 1);
	struct strbuf before;
	strbuf_init(&before);
	strbuf_add(&before, prompt->text.data + hidden, prompt->cursor - hidden);
	draw_text(prompt, field, hidden);
	region_cursor(field, 0, utf8_width(before.data));
	strbuf_release(&before);
}

void prompt_point(struct prompt *prompt, struct region field, int column)
{
	struct strbuf scratch;
	size_t hidden = hidden_start(prompt, field.columns - 1);
	const char *at = prompt->text.data + hidden;
	strbuf_init(&scratch);
	for (column -= field.column; *at;) {
		const char *next = at;
		column -= utf8_next_grapheme(&next, &scratch);
		if (column < 0)
			break;
		at = next;
	}
	strbuf_release(&scratch);
	prompt->cursor = (size_t)(at - prompt->text.data);
}
