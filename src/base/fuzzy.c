/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/fuzzy.h"

#include <stdbool.h>
#include <string.h>

#include "nucleo/base/utf8.h"

/* What makes one answer better than another; only their order matters. */
enum { LETTER = 16, SIDE_BY_SIDE = 12, WORD_START = 10, WHOLE_WORD = 20, UNREACHED = -10000 };

/* Folded characters, and the byte of the text each was made from. */
struct letters {
	uint32_t letter[FUZZY_TEXT_MAX];
	size_t byte[FUZZY_TEXT_MAX];
	size_t count;
};

/* The best way to have the first letters of a word end at one letter of the text. */
struct cell {
	int score;
	int from; /* where the letter before stands; -1: this is the first */
	int run;  /* letters side by side that end here */
};

static void add_folded(struct letters *letters, const char *folded, size_t byte, size_t limit)
{
	for (uint32_t c; (c = utf8_next(&folded)) != 0 && letters->count < limit;) {
		letters->letter[letters->count] = c;
		letters->byte[letters->count++] = byte;
	}
}

/* Folds the first `length` bytes of `text`, at most `limit` letters. */
static void fold_letters(struct letters *letters, const char *text, size_t length, size_t limit)
{
	struct strbuf character, folded;
	strbuf_init(&character);
	strbuf_init(&folded);
	letters->count = 0;
	for (const char *at = text; at < text + length && *at && letters->count < limit;) {
		size_t byte = (size_t)(at - text);
		strbuf_reset(&character);
		strbuf_reset(&folded);
		utf8_append(&character, utf8_next(&at));
		utf8_fold(&folded, character.data);
		add_folded(letters, folded.data, byte, limit);
	}
	strbuf_release(&character);
	strbuf_release(&folded);
}

/* Of a folded text; beyond ASCII, all but the signs of Latin-1 and general punctuation. */
static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F));
}

static bool starts_word(const struct letters *text, size_t at)
{
	return !at || !is_letter(text->letter[at - 1]);
}

static bool ends_word(const struct letters *text, size_t at)
{
	return at + 1 == text->count || !is_letter(text->letter[at + 1]);
}

static struct cell first_cell(const struct letters *text, size_t at)
{
	return (struct cell){LETTER + (starts_word(text, at) ? WORD_START : 0), -1, 1};
}

/* The way to `at` from one of the cells of the letter before: from the one beside it, or from
 * `leap`, the best of those further off, which costs one for each letter left out. */
static struct cell next_cell(const struct letters *text, const struct cell *before, size_t at,
			     struct cell leap)
{
	struct cell beside = before[at - 1];
	int start = starts_word(text, at) ? WORD_START : 0;
	if (beside.score + SIDE_BY_SIDE >= leap.score && beside.score > UNREACHED)
		return (struct cell){beside.score + SIDE_BY_SIDE + LETTER + start, (int)at - 1,
				     beside.run + 1};
	return (struct cell){leap.score + LETTER + start, leap.from, 1};
}

/* Fills the cells of one letter of the word. */
static void fill_row(const struct letters *text, uint32_t letter, const struct cell *before,
		     struct cell *row)
{
	struct cell leap = {.score = UNREACHED};
	for (size_t at = 0; at < text->count; at++) {
		row[at] = (struct cell){.score = UNREACHED};
		if (before && at >= 2 && before[at - 2].score >= leap.score)
			leap = (struct cell){.score = before[at - 2].score, .from = (int)at - 2};
		leap.score -= leap.score > UNREACHED;
		if (text->letter[at] != letter)
			continue;
		if (!before)
			row[at] = first_cell(text, at);
		else if (at && (before[at - 1].score > UNREACHED || leap.score > UNREACHED))
			row[at] = next_cell(text, before, at, leap);
	}
}

static bool is_whole_word(const struct letters *text, size_t end, const struct cell *cell,
			  size_t length)
{
	return (size_t)cell->run == length && starts_word(text, end + 1 - length) &&
	       ends_word(text, end);
}

/* Where the word ends best, and how good that is; UNREACHED when it is not there. */
static int best_end(const struct letters *text, const struct cell *last, size_t length, int *end)
{
	int best = UNREACHED;
	for (size_t at = 0; at < text->count; at++) {
		int score = last[at].score;
		if (score > UNREACHED && is_whole_word(text, at, &last[at], length))
			score += WHOLE_WORD;
		if (score > best) {
			best = score;
			*end = (int)at;
		}
	}
	return best;
}

static void mark(struct strbuf *marks, const char *text, size_t byte)
{
	const char *next = text + byte;
	utf8_next(&next);
	memset(marks->data + byte, '^', (size_t)(next - text) - byte);
}

/* How well one word is answered; marks its letters. */
static int match_word(const struct letters *letters, const struct letters *word, const char *text,
		      struct strbuf *marks)
{
	struct cell cells[FUZZY_WORD_MAX][FUZZY_TEXT_MAX];
	int end = -1;
	for (size_t i = 0; i < word->count; i++)
		fill_row(letters, word->letter[i], i ? cells[i - 1] : NULL, cells[i]);
	int score = best_end(letters, cells[word->count - 1], word->count, &end);
	if (score <= UNREACHED)
		return FUZZY_NONE;
	for (size_t i = word->count; marks && i-- > 0; end = cells[i][end].from)
		mark(marks, text, letters->byte[end]);
	return score > 0 ? score : 1; /* however far apart: it is there */
}

/* Takes the next word of the pattern; false at its end. */
static bool next_word(const char **pattern, struct letters *word)
{
	for (;;) {
		*pattern += strspn(*pattern, " \t");
		size_t length = strcspn(*pattern, " \t");
		if (!length)
			return false;
		fold_letters(word, *pattern, length, FUZZY_WORD_MAX);
		*pattern += length;
		if (word->count)
			return true;
	}
}

int fuzzy_match(const char *text, const char *pattern, struct strbuf *marks)
{
	struct letters letters, word;
	int sum = 0;
	if (marks) {
		strbuf_reset(marks);
		for (const char *at = text; *at; at++)
			strbuf_addch(marks, ' ');
	}
	fold_letters(&letters, text, strlen(text), FUZZY_TEXT_MAX);
	while (next_word(&pattern, &word)) {
		int score = match_word(&letters, &word, text, marks);
		if (score == FUZZY_NONE)
			return FUZZY_NONE;
		sum += score;
	}
	return sum;
}

int fuzzy_match_either(const char *text, const char *also, const char *pattern)
{
	struct letters letters, others, word;
	int sum = 0;
	fold_letters(&letters, text, strlen(text), FUZZY_TEXT_MAX);
	fold_letters(&others, also ? also : "", also ? strlen(also) : 0, FUZZY_TEXT_MAX);
	while (next_word(&pattern, &word)) {
		int score = match_word(&letters, &word, text, NULL);
		int other = match_word(&others, &word, also, NULL);
		int worth = other - other / 4;
		if (score == FUZZY_NONE && other == FUZZY_NONE)
			return FUZZY_NONE;
		sum += score > worth ? score : worth;
	}
	return sum;
}
