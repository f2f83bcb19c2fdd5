/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>

#include "nucleo/base/utf8.h"

/*
 * The text of an entry: the words of the line, tokens as the words they stand for. Those that
 * only say who and by when behind the sentence leave it, and what punctuation they leave behind
 * is put in order.
 */
struct writer {
	const struct capture_reader *reader;
	struct strbuf text;
	struct strbuf opens; /* brackets of a token that left: the next word has them */
};

static bool ends_in(const struct strbuf *text, const char *set)
{
	size_t last = text->length;
	while (last && ((unsigned char)text->data[last - 1] & 0xC0) == 0x80)
		last--;
	last -= last > 0;
	return text->length && utf8_span(text->data + last, set) > 0;
}

/* Words after which a sentence cannot end: "apoyo a la @AME" needs its AME. */
static bool asks_for_more(const struct strbuf *text)
{
	static const char *const words[] = {
		"a",	"al",  "ante", "con", "contra", "de",	"del", "desde", "durante", "e",
		"el",	"en",  "entre", "es", "hacia",	"hasta", "la", "las",	"lo",	   "los",
		"o",	"para", "por",	"que", "segun",	"sin",	"sobre", "su",	"sus",	   "tras",
		"u",	"un",  "una",	"y",   "mediante",
	};
	const char *blank = strrchr(text->data, ' ');
	const char *last = blank ? blank + 1 : text->data;
	if (ends_in(text, ":"))
		return true;
	for (size_t i = 0; strlen(last) < 16 && i < ARRAY_COUNT(words); i++)
		if (utf8_equal_folded(last, words[i]))
			return true;
	return false;
}

static void add_span(struct writer *writer, struct prose_span span)
{
	utf8_add_clean(&writer->text, writer->reader->line + span.start, span.length);
}

static void add_piece(struct writer *writer, const struct capture_piece *piece)
{
	struct strbuf *text = &writer->text;
	size_t before = text->length;
	if (before)
		strbuf_addch(text, ' ');
	size_t blank = text->length;
	strbuf_add(text, writer->opens.data, writer->opens.length);
	strbuf_reset(&writer->opens);
	add_span(writer, piece->opens);
	if (piece->is_token)
		strbuf_adds(text, piece->said);
	else
		add_span(writer, piece->body);
	add_span(writer, piece->closes);
	if (text->length == blank) /* nothing but characters that are not shown */
		strbuf_truncate(text, before);
}

/* A date within a sentence, which says it better without. */
static void leave_out(struct writer *writer, const struct capture_piece *piece)
{
	const char *closes = writer->reader->line + piece->closes.start;
	size_t length = piece->closes.length, skip = 0;
	if (piece->opens.length && length && strchr(")]", *closes))
		skip = 1;
	else if (piece->opens.length) {
		utf8_add_clean(&writer->opens, writer->reader->line + piece->opens.start,
			       piece->opens.length);
		return;
	}
	if (!ends_in(&writer->text, ",.;:!?…") || (length > skip && closes[skip] == ')'))
		strbuf_add(&writer->text, closes + skip, writer->text.length ? length - skip : 0);
}

/* A token behind the sentence: of its punctuation stays what ends the sentence, and a bracket
 * that was opened before. */
static void drop_behind(struct writer *writer, const struct capture_piece *piece, size_t *open,
			bool is_last)
{
	const char *line = writer->reader->line;
	for (size_t i = 0; i < piece->opens.length; i++)
		*open += strchr("([", line[piece->opens.start + i]) != NULL;
	for (size_t i = 0; i < piece->closes.length && writer->text.length; i++) {
		char c = line[piece->closes.start + i];
		if (strchr(")]", c) && *open)
			--*open;
		else if (strchr(")]", c) ||
			 (is_last && strchr(".?!", c) && !ends_in(&writer->text, ".?!…")))
			strbuf_addch(&writer->text, c);
	}
}

/* Takes away what would join the sentence to a token that left. */
static void cut_joint(struct strbuf *text)
{
	while (ends_in(text, ",;:-–— ")) {
		size_t last = text->length - 1;
		while (((unsigned char)text->data[last] & 0xC0) == 0x80)
			last--;
		strbuf_truncate(text, last);
	}
}

/* The "y" of "@AME y @FCD". */
static bool is_joint(const struct capture_reader *reader, size_t at)
{
	const struct capture_piece *pieces = reader->pieces.items;
	if (!at || at + 1 >= reader->pieces.count || pieces[at].closes.length ||
	    pieces[at].body.length != 1 || !strchr("ye", reader->line[pieces[at].body.start]))
		return false;
	return pieces[at - 1].is_token && pieces[at - 1].kind == CAPTURE_RESPONSIBLE &&
	       pieces[at + 1].is_token && pieces[at + 1].kind == CAPTURE_RESPONSIBLE;
}

/* Where the tokens begin with which the line ends, understood or not. */
static size_t last_run(const struct capture_reader *reader)
{
	const struct capture_piece *pieces = reader->pieces.items;
	size_t run = reader->pieces.count;
	while (run && (pieces[run - 1].is_token || pieces[run - 1].is_wrong ||
		       is_joint(reader, run - 1)))
		run--;
	return run;
}

/* Those the sentence asks for: "apoyo a la @AME, @FCD y @CNE !enero" without the date. */
static size_t write_asked(struct writer *writer, size_t at)
{
	const struct capture_reader *reader = writer->reader;
	bool goes_on = writer->text.length && asks_for_more(&writer->text);
	while (goes_on && at < reader->pieces.count) {
		const struct capture_piece *piece = &reader->pieces.items[at];
		add_piece(writer, piece);
		goes_on = is_joint(reader, at) || is_joint(reader, at + 1) ||
			  (ends_in(&writer->text, ",") && at + 1 < reader->pieces.count &&
			   piece[1].kind == piece->kind);
		at++;
	}
	return at;
}

static void write_run(struct writer *writer, size_t from)
{
	const struct capture_reader *reader = writer->reader;
	size_t open = 0, count = reader->pieces.count;
	bool dropped = false;
	for (size_t at = write_asked(writer, from); at < count; at++) {
		const struct capture_piece *piece = &reader->pieces.items[at];
		if (piece->stays || piece->is_wrong) {
			add_piece(writer, piece);
			continue;
		}
		if (!dropped)
			cut_joint(&writer->text);
		dropped = true;
		if (!is_joint(reader, at))
			drop_behind(writer, piece, &open, at + 1 == count);
	}
}

static void write_measurements(struct writer *writer)
{
	const struct capture *capture = writer->reader->capture;
	for (size_t i = 0; i < capture->measurements.count; i++) {
		const char *slash = strrchr(capture->measurements.items[i].code, '/');
		strbuf_addf(&writer->text, "%s%s: ", i ? "; " : "",
			    slash ? slash + 1 : capture->measurements.items[i].code);
		percent_add(&writer->text, capture->measurements.items[i].percent);
		strbuf_adds(&writer->text, " %");
	}
	if (capture->measurements.count)
		strbuf_addch(&writer->text, '.');
}

char *capture_make_text(const struct capture_reader *reader)
{
	struct writer writer = {.reader = reader};
	size_t run = last_run(reader);
	strbuf_init(&writer.text);
	strbuf_init(&writer.opens);
	for (size_t i = 0; i < run; i++) {
		const struct capture_piece *piece = &reader->pieces.items[i];
		bool date = piece->is_token && piece->kind == CAPTURE_DUE && !piece->stays;
		if (date && !asks_for_more(&writer.text))
			leave_out(&writer, piece);
		else
			add_piece(&writer, piece);
	}
	write_run(&writer, run);
	if (!writer.text.length)
		write_measurements(&writer);
	strbuf_release(&writer.opens);
	return strbuf_detach(&writer.text);
}
