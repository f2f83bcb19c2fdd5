/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_moments.h"

#include "nucleo/base/attributes.h"

/* How surely words before a time make it a due date. */
enum strength { BLOCKED, BARE, TOWARDS, LIMIT };

struct lead {
	const char *pattern;
	enum strength strength;
	bool before; /* the day before a period: "antes de marzo" */
	bool spans;  /* a duration may follow: "en 30 días" */
};

/* The longest that matches counts. What a pattern may begin with has one first letter. */
static const struct lead leads[] = {
	{"hasta", LIMIT, false, true},
	{"hasta en", LIMIT, false, true},
	{"hasta antes de|del", LIMIT, true, false},
	{"antes de|del", LIMIT, true, true},
	{"a mas tardar hasta|en|para|al?", LIMIT, false, true},
	{"dentro de|del", LIMIT, false, true},
	{"plazo maximo? :|de|hasta|al|es", LIMIT, false, true},
	{"plazo no mayor a|de", LIMIT, false, true},
	{"en un|el plazo maximo? de", LIMIT, false, true},
	{"en un|el plazo no mayor a|de", LIMIT, false, true},
	{"en un|el termino|periodo|lapso|tiempo maximo? de", LIMIT, false, true},
	{"en un|el termino|periodo|lapso|tiempo no mayor a|de", LIMIT, false, true},
	{"en no mas de", LIMIT, false, true},
	{"en maximo", LIMIT, false, true},
	{"fecha limite|maxima|tope :|es|de|sera?", LIMIT, false, true},
	{"como|con maximo hasta|en?", LIMIT, false, true},
	{"maximo hasta|en?", LIMIT, false, true},
	{"para", TOWARDS, false, true},
	{"para antes de|del", LIMIT, true, false},
	{"en", TOWARDS, false, true},
	{"al", BARE, false, false},
	{"a", BARE, false, false},
	{"hacia", BARE, false, false},
	{"durante", TOWARDS, false, false},
	{"vigente|vigentes|vigencia hasta", BLOCKED, false, true},
	{"desde", BLOCKED, false, true},
	{"a partir de|del", BLOCKED, false, true},
	{"hace", BLOCKED, false, true},
	{"cada", BLOCKED, false, true},
	{"con? corte a|al|:|de|en|hasta?", BLOCKED, false, true},
	{"de|del", BLOCKED, false, true},
	{"con fecha", BLOCKED, false, true},
};

static const struct lead bare = {"", BARE, false, false};

/* What a due date without any preposition may begin with. */
#define BARE_STARTS                                                                        \
	"el|la|este|esta|proximo|proxima|siguiente|lunes|martes|miercoles|jueves|viernes|" \
	"sabado|domingo"

static const struct lead *lead_at(const struct moment_reader *reader, size_t at, size_t *length)
{
	const struct lead *longest = NULL;
	*length = 0;
	char first = word_folded(reader->words, at)[0];
	for (size_t i = 0; i < ARRAY_COUNT(leads); i++) {
		if (leads[i].pattern[0] != first)
			continue;
		size_t used = words_match(reader->words, at, reader->end, leads[i].pattern);
		if (used > *length) {
			longest = &leads[i];
			*length = used;
		}
	}
	if (!longest && (word_matches(reader->words, at, BARE_STARTS) ||
			 word_at(reader->words, at)->kind == WORD_NUMBER))
		longest = &bare;
	return longest;
}

/* Past "las 17h00 del" in "hasta las 17h00 del 5 de marzo". */
static size_t skip_hour(const struct moment_reader *reader, size_t at)
{
	size_t article = words_match(reader->words, at, reader->end, "las|la");
	const char *hour = word_folded(reader->words, at + article);
	if (!article || hour[0] < '0' || hour[0] > '9')
		return at;
	size_t used = article + 1;
	used += words_match(reader->words, at + used, reader->end, ": #");
	used += words_match(reader->words, at + used, reader->end, "horas|h|pm|am");
	return at + used + words_match(reader->words, at + used, reader->end, "de|del|,");
}

static struct moment moment_behind(const struct moment_reader *reader, const struct lead *lead,
				   size_t at)
{
	size_t behind = at;
	if (lead->strength >= TOWARDS)
		behind = skip_hour(reader, at);
	struct moment moment = moment_at(reader, behind);
	if (!moment.next && lead->strength >= TOWARDS)
		moment = moment_tomorrow(reader, behind);
	if (moment.span && !lead->spans &&
	    !words_match(reader->words, behind, reader->end, "los proximos"))
		moment.next = 0;
	/* "Convoca a la próxima reunión": what it speaks of, not when. */
	if (lead->strength == BARE && moment.meeting)
		moment.next = 0;
	/* "2024" or "marzo" alone is a name of things: "Plan 2022-2024". */
	if (lead == &bare && moment.first != DATE_NONE &&
	    word_at(reader->words, at)->kind == WORD_NUMBER)
		moment.next = 0;
	if (moment.next && lead->before && moment.first != DATE_NONE &&
	    !word_matches(reader->words, behind, "fin|fines|finales|final"))
		moment.date = moment.first - 1;
	return moment;
}

static bool is_past(const struct prose_context *context, day_number date)
{
	return context->meeting_date != DATE_NONE && date != DATE_NONE &&
	       date < context->meeting_date;
}

struct prose_due due_in(const struct prose_context *context, const struct prose_words *words,
			struct word_range range)
{
	struct moment_reader reader = moment_reader(context, words, range.to);
	struct prose_due best = {.date = DATE_NONE};
	enum strength strength = BLOCKED;
	for (size_t at = range.from; at < range.to;) {
		size_t length;
		const struct lead *lead = lead_at(&reader, at, &length);
		struct moment moment = {0};
		if (lead)
			moment = moment_behind(&reader, lead, at + length);
		if (!moment.next) {
			at++;
			continue;
		}
		if (lead->strength > strength && !is_past(context, moment.date)) {
			strength = lead->strength;
			best.words = (struct prose_span){range_start(words, at),
							 range_length(words, at, moment.next)};
			best.date = moment.date;
		}
		at = moment.next;
	}
	return best;
}

struct prose_due prose_find_due(const struct prose_context *context, const char *sentence)
{
	struct prose_words words;
	words_cut(&words, sentence);
	struct prose_due due = due_in(context, &words, (struct word_range){0, words.list.count});
	words_release(&words);
	return due;
}
