/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_CAPTURE_PARTS_H
#define NUCLEO_MODEL_CAPTURE_PARTS_H

#include "nucleo/model/capture.h"

/** How a line is taken apart and put together again. Private to capture*.c. */
enum {
	CAPTURE_NAMES_MAX = 32,	  /**< institutions of a line */
	CAPTURE_NAME_MAX = 120,	  /**< bytes of one, or of what stands before a colon */
	CAPTURE_PHRASE_MAX = 240, /**< bytes between quotes */
};

/** A word of the line, or a token, with the punctuation at both its ends. */
struct capture_piece {
	struct prose_span opens, body, closes; /**< of the line */
	bool is_token;	/**< and understood */
	bool is_wrong;	/**< meant as a token, and not understood */
	bool stays;	/**< its words belong to the sentence wherever it stands */
	enum capture_token_kind kind;
	char *said; /**< what a token leaves in a sentence, owned */
};

struct capture_reader {
	const struct capture_context *context;
	const char *line;
	struct capture *capture;
	VECTOR(struct capture_piece) pieces;
	struct strbuf responsible;
	size_t responsible_count;
};

/** A date behind '!'. */
struct capture_when {
	size_t end; /**< first byte behind it */
	day_number date;
	char *words;   /**< as said, owned; NULL with a problem */
	char *problem; /**< owned */
	bool is_phrase; /**< in quotes */
};

/** Bytes of the blank that `text` begins with, of whatever kind; 0 for none. */
size_t capture_blank(const char *text);
size_t capture_skip_blanks(const char *text, size_t at);
/** The end of the word at `at`. */
size_t capture_word_end(const char *text, size_t at);
/** Where the punctuation begins that closes the word; its end for none. */
size_t capture_word_close(const char *text, size_t at, size_t end);
/** Behind the quote that `text` has at `at`; `*inside` is what stands in quotes. 0 when there is
 *  no quote, or none that closes it within `most` bytes. */
size_t capture_quoted(const char *text, size_t at, size_t most, struct prose_span *inside);
/** Whether `text` has an opening quote at `at`. */
bool capture_is_quote(const char *text, size_t at);
/** Owned text of a span with single blanks. */
char *capture_words(const char *text, struct prose_span span);
/** The same, cut to what fits in a message. */
char *capture_brief(const char *text, struct prose_span span);
char *capture_say(const char *format, ...) ATTR_PRINTF(1, 2) ATTR_NODISCARD;

/** The institution called so, by acronym or by its whole name, case and accents apart; -1. */
int capture_institution(const struct capture_context *context, const char *name);
/** Whether an institution nobody knows may be called so: "REDAM", "Cancillería". */
bool capture_may_be_institution(const char *name);
/** The commitment called so; NULL, with the reason in `*problem` (owned, may be NULL to ask
 *  for none). */
const struct capture_commitment *capture_commitment(const struct capture_context *context,
						    const char *code, char **problem);
/** Appends the signs and the speaker a line begins with to the tokens; where the rest begins. */
size_t capture_read_lead(struct capture_reader *reader);
/** Cuts the line from `at` on into pieces. */
void capture_read_pieces(struct capture_reader *reader, size_t at);
/** Reads what stands at `at`, behind the '!'. */
struct capture_when capture_read_when(const struct capture_context *context, const char *line,
				      size_t at);
/** The text of the entry, owned. */
char *capture_make_text(const struct capture_reader *reader);

#endif
