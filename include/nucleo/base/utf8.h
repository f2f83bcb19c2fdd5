/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_UTF8_H
#define NUCLEO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/strbuf.h"

/** Length in bytes of the longest valid UTF-8 prefix (RFC 3629: no surrogates, no overlongs). */
size_t utf8_valid_prefix(const char *bytes, size_t length);
/** Whether `bytes` is valid UTF-8 as a whole. */
bool utf8_is_valid(const char *bytes, size_t length);

/**
 * Decodes the character at `*text` (terminated) and moves past it. 0 at the
 * end; U+FFFD for a byte that starts no valid character (moves one byte).
 */
uint32_t utf8_next(const char **text);

/** A character of which some bytes are still to come. Zeroed is none. */
struct utf8_pieces {
	char bytes[5];
	size_t count;
};
/** Takes the next byte; true when that made a character whole. What becomes none is dropped. */
bool utf8_complete(struct utf8_pieces *pieces, char byte, uint32_t *character);
/** Appends one character. */
void utf8_append(struct strbuf *out, uint32_t character);

/**
 * Appends the next grapheme cluster (what a reader sees as one character) of
 * `*text` and moves past it. Returns its width in terminal columns: 0, 1 or 2.
 * Control characters and direction overrides give nothing and width 0; invalid
 * bytes give U+FFFD.
 */
int utf8_next_grapheme(const char **text, struct strbuf *out);

/**
 * Appends text of whatever origin as people write it: line ends of any kind as
 * '\n', tabs as a space, bytes that are no UTF-8 as U+FFFD; other control
 * characters and direction overrides are left out.
 */
void utf8_add_clean(struct strbuf *out, const char *bytes, size_t length);

/** Bytes of the characters `text` begins with that are all in `set`: strspn() by characters, so
 *  that none is cut in two. */
size_t utf8_span(const char *text, const char *set);

/** Whether it is a letter or a digit, of whatever script. */
bool utf8_is_alphanumeric(uint32_t character);

/** Columns `text` takes on a terminal, as utf8_next_grapheme() counts them. */
int utf8_width(const char *text);
/** Appends as much of `text` as fits in `columns`, ending in "…" when cut; returns columns used. */
int utf8_fit(struct strbuf *out, const char *text, int columns);

/** Bytes of the longest beginning of `text` that fits in `columns` beside an "…" and ends with a
 *  word; inside one only when the word alone is too wide. All of it when all fits. */
size_t utf8_fit_words(const char *text, int columns);

/** The letter that `letter` and the accent `mark` behind it make ("e" and U+0301 are "é"); 0 when
 *  there is none. */
uint32_t utf8_compose(uint32_t letter, uint32_t mark);

/** Appends `text` in small letters. */
void utf8_add_lower(struct strbuf *out, const char *text);
/** Appends `text` as a search key: lower case, without accents (á = a, ñ = n). */
void utf8_fold(struct strbuf *out, const char *text);
/** Owned key that sorts by strcmp() as Spanish does: accents ignored, ñ after n. */
char *utf8_sort_key(const char *text) ATTR_NODISCARD;
/** As utf8_sort_key(), with numbers in the text sorting by value: "C2" before "C10". */
char *utf8_natural_key(const char *text) ATTR_NODISCARD;
/** Whether both are the same but for case and accents. */
bool utf8_equal_folded(const char *a, const char *b);
/**
 * Whether every blank-separated word of `folded_words` (made by utf8_fold())
 * occurs somewhere in `text`, case and accents aside. No words: true.
 */
bool utf8_has_words(const char *text, const char *folded_words);

/** Appends `bytes` read as Windows-1252; false at a byte that code page leaves undefined. */
bool utf8_from_cp1252(struct strbuf *out, const char *bytes, size_t length) ATTR_NODISCARD;

#endif
