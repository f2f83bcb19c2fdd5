/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/text_diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "nucleo/base/utf8.h"

/* Edits looked for in one comparison, whose memory goes with their square; and
 * steps in all of them, whose time that is. */
enum { EDITS_MAX = 1000, STEPS_MAX = 4000000 };

struct token {
	size_t start, length;
	uint32_t hash;
};

/* One text, cut into pieces. */
struct pieces {
	const char *text;
	VECTOR(struct token) tokens;
	bool *kept; /* by token: whether the other text has it too */
};

/* Some of the pieces, side by side. */
struct slice {
	const char *text;
	const struct token *tokens;
	bool *kept;
	int count;
};

/* ---- cutting */

enum piece { PIECE_WORD, PIECE_BLANK, PIECE_SIGN };

static enum piece piece_at(const char *text)
{
	if (*text == ' ' || *text == '\t')
		return PIECE_BLANK;
	return utf8_is_alphanumeric(utf8_next(&text)) ? PIECE_WORD : PIECE_SIGN;
}

static uint32_t hash_of(const char *bytes, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
	return hash;
}

static void add_token(struct pieces *pieces, const char *start, const char *end)
{
	size_t length = (size_t)(end - start);
	vector_push(&pieces->tokens, ((struct token){(size_t)(start - pieces->text), length,
						     hash_of(start, length)}));
}

/* Words, blanks between them, and every other character by itself. */
static void cut_words(struct pieces *pieces, const char *text)
{
	struct strbuf ignored;
	strbuf_init(&ignored);
	*pieces = (struct pieces){.text = text};
	for (const char *at = text, *start = text; *at; start = at) {
		enum piece piece = piece_at(at);
		do {
			strbuf_reset(&ignored);
			utf8_next_grapheme(&at, &ignored);
		} while (*at && piece != PIECE_SIGN && piece_at(at) == piece);
		add_token(pieces, start, at);
	}
	pieces->kept = mem_alloc_zero(pieces->tokens.count + 1, sizeof(bool));
	strbuf_release(&ignored);
}

static bool ends_line(const struct pieces *words, size_t i)
{
	const struct token *token = &words->tokens.items[i];
	return words->text[token->start + token->length - 1] == '\n';
}

/* Lines end where a word does. */
static void join_lines(struct pieces *lines, const struct pieces *words)
{
	const char *start = words->text;
	*lines = (struct pieces){.text = words->text};
	for (size_t i = 0; i < words->tokens.count; i++) {
		const struct token *token = &words->tokens.items[i];
		const char *end = words->text + token->start + token->length;
		if (!ends_line(words, i) && i + 1 < words->tokens.count)
			continue;
		add_token(lines, start, end);
		start = end;
	}
	lines->kept = mem_alloc_zero(lines->tokens.count + 1, sizeof(bool));
}

static void release(struct pieces *pieces)
{
	vector_release(&pieces->tokens);
	free(pieces->kept);
}

/* ---- the shortest way from one to the other */

static struct slice slice_of(const struct pieces *pieces, size_t from, size_t to)
{
	return (struct slice){pieces->text, pieces->tokens.items + from, pieces->kept + from,
			      (int)(to - from)};
}

static bool is_same(const struct slice *a, int i, const struct slice *b, int j)
{
	const struct token *x = &a->tokens[i], *y = &b->tokens[j];
	return x->hash == y->hash && x->length == y->length &&
	       memcmp(a->text + x->start, b->text + y->start, x->length) == 0;
}

/*
 * How far one gets with each number of edits, by diagonal (pieces of a less
 * those of b): Myers' greedy search. The row of `edits` has 2 * edits + 1
 * places, those before it edits * edits.
 */
typedef VECTOR(int) reach_table;

static int *reach_at(const reach_table *reach, int edits, int diagonal)
{
	return &reach->items[edits * edits + edits + diagonal];
}

/* Whether the best way to the diagonal takes a piece of b rather than leaving
 * one of a. */
static bool is_addition(const reach_table *reach, int edits, int diagonal)
{
	return diagonal == -edits ||
	       (diagonal != edits && *reach_at(reach, edits - 1, diagonal - 1) <
					     *reach_at(reach, edits - 1, diagonal + 1));
}

static int begin_at(const reach_table *reach, int edits, int diagonal)
{
	if (!edits)
		return 0;
	return is_addition(reach, edits, diagonal) ? *reach_at(reach, edits - 1, diagonal + 1)
						   : *reach_at(reach, edits - 1, diagonal - 1) + 1;
}

/* One edit more on every diagonal; true when the end of both is reached. */
static bool advance(reach_table *reach, int edits, const struct slice *a, const struct slice *b,
		    int *steps)
{
	for (int i = 0; i < 2 * edits + 1; i++)
		vector_push(reach, 0);
	for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
		int x = begin_at(reach, edits, diagonal), y = x - diagonal;
		for (; x < a->count && y < b->count && is_same(a, x, b, y); x++, y++)
			++*steps;
		++*steps;
		*reach_at(reach, edits, diagonal) = x;
		if (x >= a->count && y >= b->count)
			return true;
	}
	return false;
}

/* Back along the way that was found: what was passed without an edit is in
 * both. */
static void mark_kept(const reach_table *reach, int edits, struct slice *a, struct slice *b)
{
	int x = a->count, y = b->count;
	for (; edits >= 0; edits--) {
		int diagonal = x - y, start = begin_at(reach, edits, diagonal);
		for (; x > start; x--, y--)
			a->kept[x - 1] = b->kept[y - 1] = true;
		if (edits && is_addition(reach, edits, diagonal))
			y--;
		else if (edits)
			x--;
	}
}

/* Marks what both have; false, nothing marked, when finding it would cost too
 * much. */
static bool compare(struct slice a, struct slice b, int *steps)
{
	reach_table reach = {0};
	bool is_found = false;
	for (int edits = 0; !is_found && edits <= EDITS_MAX && *steps < STEPS_MAX; edits++) {
		is_found = advance(&reach, edits, &a, &b, steps);
		if (is_found)
			mark_kept(&reach, edits, &a, &b);
	}
	vector_release(&reach);
	return is_found;
}

/* ---- walking through what was found: pieces are kept in pairs */

/* How many pieces from `at` on the other text does not have. */
static size_t count_changed(const struct pieces *pieces, size_t at)
{
	size_t end = at;
	while (end < pieces->tokens.count && !pieces->kept[end])
		end++;
	return end - at;
}

/* How many both have, from there on, without a change between them. */
static size_t count_same(const struct pieces *pieces, size_t i, size_t j)
{
	size_t count = 0;
	while (i + count < pieces[0].tokens.count && j + count < pieces[1].tokens.count &&
	       pieces[0].kept[i + count] && pieces[1].kept[j + count])
		count++;
	return count;
}

/* ---- lines first, where all words at once are too many */

/* The words of the lines up to `line`, from where the last ones ended. */
static size_t words_until(const struct pieces *words, const struct pieces *lines, size_t line,
			  size_t from)
{
	size_t end = line < lines->tokens.count ? lines->tokens.items[line].start : SIZE_MAX;
	while (from < words->tokens.count && words->tokens.items[from].start < end)
		from++;
	return from;
}

/* A place in both texts. */
struct place {
	size_t line_a, line_b, word_a, word_b;
};

/* Behind the lines that stand alike on both sides, or up to the next of them.
 */
static struct place place_after(const struct pieces *words, const struct pieces *lines,
				struct place at, bool alike)
{
	if (alike) {
		size_t same = count_same(lines, at.line_a, at.line_b);
		at.line_a += same;
		at.line_b += same;
	} else {
		at.line_a += count_changed(&lines[0], at.line_a);
		at.line_b += count_changed(&lines[1], at.line_b);
	}
	at.word_a = words_until(&words[0], &lines[0], at.line_a, at.word_a);
	at.word_b = words_until(&words[1], &lines[1], at.line_b, at.word_b);
	return at;
}

static void keep(struct pieces *words, size_t from, size_t to)
{
	for (; from < to; from++)
		words->kept[from] = true;
}

static void compare_by_lines(struct pieces *words, int *steps)
{
	struct pieces lines[2];
	struct place at = {0};
	for (int i = 0; i < 2; i++)
		join_lines(&lines[i], &words[i]);
	*steps = 0;
	(void)compare(slice_of(&lines[0], 0, lines[0].tokens.count),
		      slice_of(&lines[1], 0, lines[1].tokens.count), steps);
	while (at.line_a < lines[0].tokens.count || at.line_b < lines[1].tokens.count) {
		struct place end = place_after(words, lines, at, true);
		keep(&words[0], at.word_a, end.word_a);
		keep(&words[1], at.word_b, end.word_b);
		at = end;
		end = place_after(words, lines, at, false);
		(void)compare(slice_of(&words[0], at.word_a, end.word_a),
			      slice_of(&words[1], at.word_b, end.word_b), steps);
		at = end;
	}
	release(&lines[0]);
	release(&lines[1]);
}

/* ---- what is shown */

static bool is_blank(const struct pieces *words, size_t i)
{
	return piece_at(words->text + words->tokens.items[i].start) == PIECE_BLANK;
}

static void add_run(struct text_diff *diff, enum text_run_kind kind, const struct pieces *words,
		    size_t from, size_t count)
{
	if (!count)
		return;
	const struct token *first = &words->tokens.items[from];
	const struct token *last = &words->tokens.items[from + count - 1];
	vector_push(&diff->runs, ((struct text_run){kind, words->text + first->start,
						    last->start + last->length - first->start}));
}

/* A blank alone between two changes reads better as part of them. */
static void take_blanks(struct pieces *words)
{
	size_t i = 0, j = 0;
	while (i < words[0].tokens.count && j < words[1].tokens.count) {
		size_t removed = count_changed(&words[0], i);
		size_t added = count_changed(&words[1], j);
		i += removed;
		j += added;
		size_t same = count_same(words, i, j);
		bool is_last =
			i + same >= words[0].tokens.count || j + same >= words[1].tokens.count;
		if (same == 1 && removed && added && !is_last && is_blank(&words[0], i) &&
		    !words[0].kept[i + 1] && !words[1].kept[j + 1])
			words[0].kept[i] = words[1].kept[j] = false;
		i += same;
		j += same;
	}
}

static void add_runs(struct text_diff *diff, const struct pieces *words)
{
	size_t i = 0, j = 0;
	while (i < words[0].tokens.count || j < words[1].tokens.count) {
		size_t removed = count_changed(&words[0], i);
		size_t added = count_changed(&words[1], j);
		add_run(diff, TEXT_REMOVED, &words[0], i, removed);
		add_run(diff, TEXT_ADDED, &words[1], j, added);
		i += removed;
		j += added;
		size_t same = count_same(words, i, j);
		add_run(diff, TEXT_SAME, &words[0], i, same);
		i += same;
		j += same;
	}
}

static void replace_all(struct text_diff *diff, const char *before, const char *after)
{
	if (*before)
		vector_push(&diff->runs, ((struct text_run){TEXT_REMOVED, before, strlen(before)}));
	if (*after)
		vector_push(&diff->runs, ((struct text_run){TEXT_ADDED, after, strlen(after)}));
}

void text_diff_init(struct text_diff *diff, const char *before, const char *after)
{
	struct pieces words[2];
	int steps = 0;
	*diff = (struct text_diff){0};
	if (strnlen(before, TEXT_DIFF_MAX + 1) > TEXT_DIFF_MAX ||
	    strnlen(after, TEXT_DIFF_MAX + 1) > TEXT_DIFF_MAX) {
		replace_all(diff, before, after);
		return;
	}
	cut_words(&words[0], before);
	cut_words(&words[1], after);
	if (!compare(slice_of(&words[0], 0, words[0].tokens.count),
		     slice_of(&words[1], 0, words[1].tokens.count), &steps))
		compare_by_lines(words, &steps);
	take_blanks(words);
	add_runs(diff, words);
	release(&words[0]);
	release(&words[1]);
}

void text_diff_release(struct text_diff *diff)
{
	vector_release(&diff->runs);
}

void text_diff_add_marked(struct strbuf *out, const struct text_diff *diff)
{
	static const struct {
		const char *before, *after;
	} signs[] = {
		[TEXT_SAME] = {"", ""}, [TEXT_REMOVED] = {"[-", "-]"}, [TEXT_ADDED] = {"{+", "+}"}};
	for (size_t i = 0; i < diff->runs.count; i++) {
		const struct text_run *run = &diff->runs.items[i];
		strbuf_adds(out, signs[run->kind].before);
		strbuf_add(out, run->text, run->length);
		strbuf_adds(out, signs[run->kind].after);
	}
}
