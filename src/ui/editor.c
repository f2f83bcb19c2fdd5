/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/editor.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/ui/text_step.h"

/* What the changes that can be taken back hold at most; the oldest are forgotten. */
#define CHANGES_BYTES_MAX (1u << 20)
/* Before it is drawn first. */
#define FIRST_WIDTH 80

void editor_init(struct editor *editor, size_t limit)
{
	*editor = (struct editor){
		.limit = limit ? limit : EDITOR_MAX, .column = -1, .width = FIRST_WIDTH, .page = 1};
	strbuf_init(&editor->text);
}

/* ---- changes ---- */

static size_t change_bytes(const struct editor_change *change)
{
	return sizeof(*change) + change->removed.length + change->inserted.length;
}

static void drop_change(struct editor *editor, size_t index)
{
	struct editor_change *change = &editor->changes.items[index];
	editor->changes_bytes -= change_bytes(change);
	strbuf_release(&change->removed);
	strbuf_release(&change->inserted);
	editor->changes.count--;
	memmove(change, change + 1, (editor->changes.count - index) * sizeof(*change));
}

static void forget_changes(struct editor *editor, size_t keep)
{
	while (editor->changes.count > keep)
		drop_change(editor, editor->changes.count - 1);
	editor->done = editor->done < keep ? editor->done : keep;
	editor->is_typing = false;
}

/* The one just made is never forgotten. */
static void bound_changes(struct editor *editor)
{
	while (editor->changes_bytes > CHANGES_BYTES_MAX && editor->changes.count > 1) {
		drop_change(editor, 0);
		editor->done--;
	}
}

/* Puts bytes in the place of others; nothing is remembered of it. */
static void splice(struct editor *editor, size_t at, size_t length, const struct strbuf *inserted)
{
	struct strbuf after;
	strbuf_init(&after);
	strbuf_adds(&after, editor->text.data + at + length);
	strbuf_truncate(&editor->text, at);
	strbuf_add(&editor->text, inserted->data, inserted->length);
	strbuf_add(&editor->text, after.data, after.length);
	strbuf_release(&after);
	editor->cursor = text_whole_character(editor->text.data, at + inserted->length);
	editor->lines.count = 0;
	editor->column = -1;
}

static struct editor_change *add_change(struct editor *editor, size_t at)
{
	forget_changes(editor, editor->done);
	struct editor_change *change = vector_add(&editor->changes);
	*change = (struct editor_change){.at = at, .cursor = editor->cursor};
	strbuf_init(&change->removed);
	strbuf_init(&change->inserted);
	editor->done++;
	return change;
}

static void change(struct editor *editor, size_t at, size_t length, const struct strbuf *inserted)
{
	if (!length && !inserted->length)
		return;
	struct editor_change *change = add_change(editor, at);
	strbuf_add(&change->removed, editor->text.data + at, length);
	strbuf_add(&change->inserted, inserted->data, inserted->length);
	editor->changes_bytes += change_bytes(change);
	bound_changes(editor);
	splice(editor, at, length, inserted);
}

/* A letter that goes on with the word being typed is taken back together with it. */
static bool goes_on(const struct editor *editor, const struct strbuf *letter)
{
	if (!editor->is_typing || !editor->done)
		return false;
	const struct editor_change *last = &editor->changes.items[editor->done - 1];
	bool begins_word = letter->data[0] != ' ' &&
			   last->inserted.data[last->inserted.length - 1] == ' ';
	return !begins_word && last->at + last->inserted.length == editor->cursor;
}

static void type(struct editor *editor, const struct strbuf *letter)
{
	if (goes_on(editor, letter)) {
		struct editor_change *last = &editor->changes.items[editor->done - 1];
		strbuf_add(&last->inserted, letter->data, letter->length);
		editor->changes_bytes += letter->length;
		splice(editor, editor->cursor, 0, letter);
	} else {
		change(editor, editor->cursor, 0, letter);
	}
	editor->is_typing = true;
}

static void undo(struct editor *editor)
{
	if (!editor->done)
		return;
	const struct editor_change *last = &editor->changes.items[--editor->done];
	splice(editor, last->at, last->inserted.length, &last->removed);
	editor->cursor = last->cursor;
}

static void redo(struct editor *editor)
{
	if (editor->done == editor->changes.count)
		return;
	const struct editor_change *next = &editor->changes.items[editor->done++];
	splice(editor, next->at, next->removed.length, &next->inserted);
}

/* ---- text from outside ---- */

void editor_release(struct editor *editor)
{
	forget_changes(editor, 0);
	vector_release(&editor->changes);
	vector_release(&editor->lines);
	strbuf_release(&editor->text);
}

/* Appends what of `text` has room beside `used` bytes. */
static void add_fitting(struct editor *editor, size_t used, const char *text, struct strbuf *out)
{
	utf8_add_clean(out, text, strlen(text));
	editor->is_full = out->length > editor->limit - used;
	if (editor->is_full)
		strbuf_truncate(out, utf8_valid_prefix(out->data, editor->limit - used));
}

static bool is_one_character(const struct strbuf *text)
{
	return text->length && text->data[0] != '\n' &&
	       text_character_after(text->data, 0) == text->length;
}

void editor_insert(struct editor *editor, const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	add_fitting(editor, editor->text.length, text, &clean);
	if (is_one_character(&clean)) {
		type(editor, &clean);
	} else {
		change(editor, editor->cursor, 0, &clean);
		editor->is_typing = false;
	}
	strbuf_release(&clean);
}

void editor_replace(struct editor *editor, const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	add_fitting(editor, 0, text, &clean);
	if (strcmp(clean.data, editor->text.data) != 0)
		change(editor, 0, editor->text.length, &clean);
	editor->is_typing = false;
	strbuf_release(&clean);
}

void editor_set(struct editor *editor, const char *text)
{
	editor_replace(editor, text);
	forget_changes(editor, 0);
	editor->cursor = editor->text.length;
	editor->top = 0;
}

/* ---- lines ---- */

static void settle_lines(struct editor *editor)
{
	if (!editor->lines.count)
		editor_break_lines(&editor->text, editor->width, &editor->lines);
}

/* The line the cursor is shown in. */
static size_t cursor_line(const struct editor *editor)
{
	size_t low = 0, high = editor->lines.count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (editor->lines.items[middle].start <= editor->cursor)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static int width_between(const struct editor *editor, size_t start, size_t end)
{
	char *part = mem_strndup(editor->text.data + start, end - start);
	int width = utf8_width(part);
	free(part);
	return width;
}

/* The last place in a line; behind a break it would be the first of the next one. */
static size_t last_in(const struct editor *editor, const struct editor_line *line)
{
	return line->is_last ? line->end : text_character_before(editor->text.data, line->end);
}

/* The place in a line that is nearest to `column` from the left. */
static size_t place_at(const struct editor *editor, const struct editor_line *line, int column)
{
	struct strbuf scratch;
	const char *text = editor->text.data, *at = text + line->start;
	const char *last = text + last_in(editor, line);
	strbuf_init(&scratch);
	while (at < last) {
		const char *next = at;
		column -= utf8_next_grapheme(&next, &scratch);
		if (column < 0)
			break;
		at = next;
	}
	strbuf_release(&scratch);
	return (size_t)(at - text);
}

static void move_lines(struct editor *editor, ptrdiff_t lines)
{
	settle_lines(editor);
	size_t here = cursor_line(editor), last = editor->lines.count - 1;
	if (editor->column < 0)
		editor->column =
			width_between(editor, editor->lines.items[here].start, editor->cursor);
	size_t there = lines < 0 && (size_t)-lines > here ? 0 : here + (size_t)lines;
	if (there > last)
		there = last;
	editor->cursor = place_at(editor, &editor->lines.items[there], editor->column);
}

static size_t line_edge(struct editor *editor, bool at_end)
{
	settle_lines(editor);
	const struct editor_line *line = &editor->lines.items[cursor_line(editor)];
	return at_end ? last_in(editor, line) : line->start;
}

static size_t paragraph_before(const char *text, size_t at)
{
	size_t start = text_line_start(text, at);
	return start == at && at ? text_line_start(text, at - 1) : start;
}

static size_t paragraph_after(const char *text, size_t at)
{
	size_t end = text_line_end(text, at);
	return text[end] ? end + 1 : end;
}

/* ---- ops ---- */

static bool move_vertically(struct editor *editor, enum op op)
{
	ptrdiff_t page = editor->page > 1 ? (ptrdiff_t)editor->page - 1 : 1;
	switch (op) {
	case OP_UP:
		move_lines(editor, -1);
		return true;
	case OP_DOWN:
		move_lines(editor, 1);
		return true;
	case OP_PAGE_UP:
		move_lines(editor, -page);
		return true;
	case OP_PAGE_DOWN:
		move_lines(editor, page);
		return true;
	default:
		return false;
	}
}

/* Where an op that moves within the text leads; SIZE_MAX for any other. */
static size_t target_of(struct editor *editor, enum op op)
{
	const char *text = editor->text.data;
	switch (op) {
	case OP_CURSOR_LEFT:
		return text_character_before(text, editor->cursor);
	case OP_CURSOR_RIGHT:
		return text_character_after(text, editor->cursor);
	case OP_WORD_LEFT:
		return text_word_before(text, editor->cursor);
	case OP_WORD_RIGHT:
		return text_word_after(text, editor->cursor);
	case OP_CURSOR_START:
		return line_edge(editor, false);
	case OP_CURSOR_END:
		return line_edge(editor, true);
	case OP_PARAGRAPH_UP:
		return paragraph_before(text, editor->cursor);
	case OP_PARAGRAPH_DOWN:
		return paragraph_after(text, editor->cursor);
	case OP_TEXT_START:
		return 0;
	case OP_TEXT_END:
		return editor->text.length;
	default:
		return SIZE_MAX;
	}
}

static bool move(struct editor *editor, enum op op)
{
	if (move_vertically(editor, op))
		return true;
	size_t target = target_of(editor, op);
	if (target == SIZE_MAX)
		return false;
	editor->cursor = target;
	editor->column = -1;
	return true;
}

/* At the start of a line, its line end is what is before it. */
static size_t erase_line_from(const struct editor *editor)
{
	size_t start = text_line_start(editor->text.data, editor->cursor);
	return start == editor->cursor && start ? start - 1 : start;
}

static bool erase(struct editor *editor, enum op op)
{
	const struct strbuf nothing = {.data = ""};
	const char *text = editor->text.data;
	size_t from = editor->cursor, to = from;
	if (op == OP_ERASE_HERE)
		to = text_character_after(text, from);
	else if (op == OP_ERASE_BACK)
		from = text_character_before(text, from);
	else if (op == OP_ERASE_WORD)
		from = text_word_before(text, from);
	else if (op == OP_ERASE_LINE)
		from = erase_line_from(editor);
	else
		return false;
	change(editor, from, to - from, &nothing);
	return true;
}

bool editor_op(struct editor *editor, enum op op)
{
	editor->is_full = false;
	editor->is_typing = false;
	if (op == OP_NEW_LINE)
		editor_insert(editor, "\n");
	else if (op == OP_EDIT_UNDO)
		undo(editor);
	else if (op == OP_EDIT_REDO)
		redo(editor);
	else
		return move(editor, op) || erase(editor, op);
	return true;
}

bool editor_point(struct editor *editor, int row, int column)
{
	if (!region_holds(editor->place, row, column))
		return false;
	settle_lines(editor);
	size_t line = editor->top + (size_t)(row - editor->place.row);
	if (line >= editor->lines.count)
		line = editor->lines.count - 1;
	editor->cursor =
		place_at(editor, &editor->lines.items[line], column - editor->place.column);
	editor->column = -1;
	editor->is_typing = false;
	return true;
}

/* ---- drawing ---- */

/* The cursor needs a column behind the last letter. */
static void settle(struct editor *editor, struct region region)
{
	int width = region.columns > 2 ? region.columns - 1 : 1;
	editor->place = region;
	editor->page = region.rows > 0 ? (size_t)region.rows : 1;
	if (width != editor->width)
		editor->lines.count = 0;
	editor->width = width;
	settle_lines(editor);
	size_t here = cursor_line(editor), count = editor->lines.count;
	if (editor->top + editor->page > count)
		editor->top = count > editor->page ? count - editor->page : 0;
	if (here < editor->top)
		editor->top = here;
	if (here >= editor->top + editor->page)
		editor->top = here - editor->page + 1;
}

static void draw_line(const struct editor *editor, struct region row,
		      const struct editor_line *line)
{
	char *part = mem_strndup(editor->text.data + line->start, line->end - line->start);
	region_text(row, 0, 0, ROLE_TEXT, part);
	free(part);
}

void editor_draw(struct editor *editor, struct region region)
{
	settle(editor, region);
	size_t here = cursor_line(editor);
	for (size_t i = 0; i < editor->page && editor->top + i < editor->lines.count; i++)
		draw_line(editor, region_row(region, (int)i),
			  &editor->lines.items[editor->top + i]);
	int column = width_between(editor, editor->lines.items[here].start, editor->cursor);
	if (column >= region.columns)
		column = region.columns - 1; /* among blanks that hang over the edge */
	region_cursor(region, (int)(here - editor->top), column);
}
