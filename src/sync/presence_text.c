/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/sync/presence_parts.h"

/* A line that says what the file is, then lines of a name and a word. Later programs may add
 * names. */
#define START "nucleo who\n"
#define WORD_COLUMNS 40

static const char *const names[PRESENCE_WORDS] = {
	[PRESENCE_ACRONYM] = "acronym ", [PRESENCE_POST] = "post ",
	[PRESENCE_HOST] = "host ",	 [PRESENCE_SCREEN] = "screen ",
	[PRESENCE_PROGRAM] = "program ", [PRESENCE_SINCE] = "since ",
	[PRESENCE_TOLD] = "told ",
};

static void add_line(struct strbuf *out, enum presence_word word, const char *text)
{
	strbuf_adds(out, names[word]);
	utf8_fit(out, text ? text : "", WORD_COLUMNS);
	strbuf_addch(out, '\n');
}

static void add_words(struct strbuf *out, const struct presence_person *own)
{
	add_line(out, PRESENCE_ACRONYM, own->acronym);
	add_line(out, PRESENCE_POST, own->post);
	add_line(out, PRESENCE_HOST, own->host);
	add_line(out, PRESENCE_SCREEN, own->screen);
	add_line(out, PRESENCE_PROGRAM, own->program);
	add_line(out, PRESENCE_SINCE, own->since);
}

void presence_compose(struct strbuf *out, const struct presence_person *own, unsigned beat)
{
	strbuf_addf(out, START "beat %u\n", beat);
	add_words(out, own);
	add_line(out, PRESENCE_TOLD, own->told);
}

struct digest presence_words(const struct presence_person *own)
{
	struct strbuf words;
	strbuf_init(&words);
	add_words(&words, own);
	struct digest digest = digest_of(words.data, words.length);
	strbuf_release(&words);
	return digest;
}

/* Owned, "" when no line says it. */
static char *find_word(const char *text, const char *name)
{
	struct strbuf word;
	strbuf_init(&word);
	for (const char *line = text; *line;) {
		const char *end = strchrnul(line, '\n');
		if (strncmp(line, name, strlen(name)) == 0) {
			char *raw = mem_strndup(line + strlen(name),
						(size_t)(end - line) - strlen(name));
			utf8_fit(&word, raw, WORD_COLUMNS);
			free(raw);
			break;
		}
		line = *end ? end + 1 : end;
	}
	return strbuf_detach(&word);
}

/* A text with a NUL ends there. */
bool presence_parse(char *words[PRESENCE_WORDS], const char *text, size_t length)
{
	if (length > PRESENCE_TEXT_LIMIT || strncmp(text, START, strlen(START)) != 0)
		return false;
	for (int i = 0; i < PRESENCE_WORDS; i++) {
		free(words[i]);
		words[i] = find_word(text, names[i]);
	}
	return true;
}
