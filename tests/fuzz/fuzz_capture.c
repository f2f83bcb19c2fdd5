/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile lines of a live meeting. With clang: -fsanitize=fuzzer -DWITH_LIBFUZZER. Otherwise
 * a plain program: it reads the files named as arguments, or without arguments makes lines of
 * pieces of the language and of dirt, from a fixed seed. The first byte of an input says where
 * the cursor stands.
 */
#include "fuzz/fuzz.h"

#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"
#include "unit/capture_fixture.h"

static bool is_boundary(const char *text, size_t at)
{
	return ((unsigned char)text[at] & 0xC0) != 0x80;
}

static void require_span(const char *text, size_t length, struct prose_span span)
{
	REQUIRE(span.start <= length && span.length <= length - span.start);
	REQUIRE(is_boundary(text, span.start) && is_boundary(text, span.start + span.length));
}

/* One paragraph: valid, single blanks, none at its ends. */
static void require_paragraph(const char *text)
{
	size_t length = strlen(text);
	REQUIRE(utf8_is_valid(text, length));
	REQUIRE(!strstr(text, "  ") && !strpbrk(text, "\n\t\r"));
	REQUIRE(!length || (text[0] != ' ' && text[length - 1] != ' '));
}

static void require_tokens(const struct capture *capture, const char *line, size_t length)
{
	size_t end = 0;
	for (size_t i = 0; i < capture->tokens.count; i++) {
		const struct capture_token *token = &capture->tokens.items[i];
		REQUIRE(token->where.start >= end && token->where.length);
		require_span(line, length, token->where);
		end = token->where.start + token->where.length;
		if (token->problem)
			require_paragraph(token->problem);
	}
}

static void require_sense(const struct capture *capture)
{
	require_paragraph(capture->text);
	REQUIRE((capture->kind == ENTRY_DECISION) == (capture->decision_kind != ENUM_NONE));
	REQUIRE(capture->has_followup == (capture->followup_kind != ENUM_NONE));
	REQUIRE(capture->has_followup || !*capture->responsible);
	REQUIRE(capture->due == DATE_NONE || capture->due_text);
	if (capture->due_text)
		require_paragraph(capture->due_text);
	for (size_t i = 0; i < capture->measurements.count; i++)
		REQUIRE(capture->measurements.items[i].percent >= 0 &&
			capture->measurements.items[i].percent <= PERCENT_FULL);
	for (size_t i = 0; i < capture->said.count; i++)
		require_span(capture->text, strlen(capture->text), capture->said.items[i].where);
}

/* Whatever is chosen can be put in its place. */
static void require_completion(const struct capture_context *context, const char *line,
			       size_t length, size_t cursor)
{
	struct capture_choices choices;
	capture_complete(context, line, cursor, &choices);
	require_span(line, length, choices.where);
	REQUIRE(choices.where.start <= cursor);
	for (size_t i = 0; i < choices.items.count; i++) {
		const struct capture_choice *choice = &choices.items.items[i];
		REQUIRE(*choice->text && utf8_is_valid(choice->text, strlen(choice->text)));
		require_paragraph(choice->detail);
	}
	capture_choices_release(&choices);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct capture_context context = capture_fixture_context();
	if (!size)
		return 0;
	size_t valid = utf8_valid_prefix((const char *)data + 1, size - 1);
	char *line = mem_strndup((const char *)data + 1, valid);
	size_t length = strlen(line), cursor = length * data[0] / 255;
	struct capture capture;
	struct strbuf preview;
	while (!is_boundary(line, cursor))
		cursor--;
	strbuf_init(&preview);
	capture_read(&context, line, &capture);
	require_sense(&capture);
	require_tokens(&capture, line, length);
	capture_add_preview(&capture, &preview);
	require_paragraph(preview.data);
	require_span(capture.text, strlen(capture.text),
		     capture_detect(&context, capture.text, capture.speaker, 0));
	require_completion(&context, line, length, cursor);
	strbuf_release(&preview);
	capture_release(&capture);
	free(line);
	return 0;
}

#ifndef WITH_LIBFUZZER
enum { ROUNDS = 6000, PIECES = 12, MUTATIONS = 4, REMOVED = 8 };

static const char *const pieces[] = {
	"FCD: ",   "= ",       "? ",	"~",	  "@AME",    "@AME,FCD",	"@\"Asamblea Nacional\"",
	"@ame",	   "@XYZ",     "@todos", "!31/1",  "!31/02",  "!2024-01-31",	"!enero 2024",
	"!+2s",	   "!+9999a",  "!próx-reunión",	  "!\"para el próximo año\"",	"!viernes",
	"#C5",	   "#5",       "#paga1/C9", "#C9", "#C77",    "%C5=38,5",	"%C5=101",
	"%C5",	   "\\@",      "hasta ", "a la ",  "C1 (20%), C5 y C9 (0%)",	"AME terminará los talleres",
	"Se solicita a la DPE ", "Se aprueba con 9 votos a favor ", ". ", "y ", "(", ")", " ",
};

static const char *const dirt[] = {
	"@",	  "!",	    "#",	"%",	"\"",	"“",	  "”",	 "«",	 ",",	"\\",
	"\t",	  "\n",	    "\r",	"\u00a0", "\u2028", "\u200b", "\u0301", "\u202e", "\x01", "\x7F",
	"ñ",	  "É",	    "\U0001F600", "1",	"=",	":",	  "(",	 ")",	 "…",	"  ",
	"\xC2\x85", "\u3000", "~",	"?",	"/",	"-",	  "+",	 "%s%n", "C5",	".",
};

static void run_made_up(void)
{
	struct strbuf line;
	strbuf_init(&line);
	for (int round = 0; round < ROUNDS; round++) {
		strbuf_reset(&line);
		for (size_t count = 1 + fuzz_pick(PIECES); count; count--) {
			strbuf_adds(&line, pieces[fuzz_pick(ARRAY_COUNT(pieces))]);
			strbuf_adds(&line, fuzz_pick(4) ? " " : "");
		}
		for (size_t count = fuzz_pick(MUTATIONS); count; count--)
			fuzz_mutate(&line, dirt, ARRAY_COUNT(dirt), REMOVED);
		fuzz_run(line.data, line.length);
	}
	strbuf_release(&line);
}

int main(int count, char **arguments)
{
	for (int i = 1; i < count; i++) {
		struct strbuf text;
		strbuf_init(&text);
		fuzz_read(arguments[i], &text);
		fuzz_run(text.data, text.length);
		strbuf_release(&text);
	}
	if (count == 1)
		run_made_up();
	return 0;
}
#endif
