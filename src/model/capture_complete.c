/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

/* How well a choice answers what was typed. */
enum rank { RANK_BEGINS, RANK_WORD, RANK_WITHIN, RANK_NONE };

struct completion {
	const struct capture_context *context;
	const char *line;
	size_t cursor;
	struct capture_choices *choices;
	char sign;	   /* of the token; 0: the speaker of the line */
	bool is_first;	   /* the sign is part of what is replaced, not a comma before */
	struct strbuf typed; /* folded, without sign and quotes */
	char *written;	   /* the same as it was typed, owned */
};

static enum rank rank_in(const char *text, const char *typed)
{
	struct strbuf folded;
	enum rank rank = RANK_NONE;
	strbuf_init(&folded);
	utf8_fold(&folded, text ? text : "");
	const char *at = strstr(folded.data, typed);
	for (; at && rank > RANK_WORD; at = strstr(at + 1, typed)) {
		rank = at == folded.data ? RANK_BEGINS : at[-1] == ' ' ? RANK_WORD : RANK_WITHIN;
		if (!*typed)
			break;
	}
	strbuf_release(&folded);
	return rank;
}

/* By the code first: what only its name begins with comes behind. */
static enum rank rank_of(const struct completion *completion, const char *code, const char *name)
{
	const char *typed = completion->typed.data;
	enum rank own = rank_in(code, typed);
	enum rank other = *typed ? rank_in(name, typed) : RANK_NONE;
	if (other == RANK_BEGINS)
		other = RANK_WORD;
	return own < other ? own : other;
}

/* Takes `detail`. */
static void offer(struct completion *completion, const char *text, const char *behind, char *detail)
{
	struct strbuf whole;
	const struct prose_span *where = &completion->choices->where;
	bool quoted = completion->sign == '@' && strchr(text, ' ');
	strbuf_init(&whole);
	if (completion->sign && completion->is_first)
		strbuf_addch(&whole, completion->sign);
	strbuf_addf(&whole, quoted ? "\"%s\"" : "%s", text);
	strbuf_adds(&whole, behind);
	if (!completion->line[where->start + where->length] && strcmp(behind, "=") != 0)
		strbuf_addch(&whole, ' ');
	struct capture_choice *choice = vector_add(&completion->choices->items);
	*choice = (struct capture_choice){strbuf_detach(&whole), detail};
}

static void offer_institutions(struct completion *completion, enum rank last, const char *behind)
{
	const struct prose_context *prose = &completion->context->prose;
	for (int rank = RANK_BEGINS; rank <= (int)last; rank++)
		for (size_t i = 0; i < prose->institution_count; i++) {
			const struct prose_institution *each = &prose->institutions[i];
			if ((int)rank_of(completion, each->acronym, each->name) == rank)
				offer(completion, each->acronym, behind,
				      mem_strdup(each->name ? each->name : ""));
		}
}

static void offer_responsible(struct completion *completion)
{
	const struct prose_span where = completion->choices->where;
	size_t typed = strlen(completion->written);
	const char *rest = completion->line + completion->cursor;
	char *name = capture_say("%s%.*s", completion->written,
				 (int)(where.start + where.length - completion->cursor), rest);
	offer_institutions(completion, RANK_WITHIN, "");
	if (typed && capture_institution(completion->context, name) < 0 &&
	    capture_may_be_institution(name))
		offer(completion, name, "", mem_strdup(_("nueva institución")));
	free(name);
}

static char *commitment_detail(const struct capture_commitment *commitment)
{
	struct strbuf detail;
	strbuf_init(&detail);
	strbuf_adds(&detail, commitment->title ? commitment->title : "");
	if (commitment->percent != PERCENT_NONE) {
		strbuf_adds(&detail, detail.length ? " · " : "");
		percent_add(&detail, commitment->percent);
		strbuf_adds(&detail, " %");
	}
	return strbuf_detach(&detail);
}

/* "5" begins C5, "c5" also that of one plan of several. */
static enum rank rank_of_commitment(const struct completion *completion,
				    const struct capture_commitment *commitment)
{
	const char *slash = strrchr(commitment->code, '/');
	const char *code = slash ? slash + 1 : commitment->code;
	enum rank rank = rank_of(completion, commitment->code, commitment->title);
	if (rank > RANK_BEGINS && rank_in(code, completion->typed.data) == RANK_BEGINS)
		rank = RANK_BEGINS;
	if (rank > RANK_BEGINS && rank_in(code + 1, completion->typed.data) == RANK_BEGINS)
		rank = RANK_BEGINS;
	return rank;
}

static void offer_commitments(struct completion *completion)
{
	const struct capture_context *context = completion->context;
	for (int rank = RANK_BEGINS; rank < RANK_NONE; rank++)
		for (size_t i = 0; i < context->commitment_count; i++) {
			const struct capture_commitment *each = &context->commitments[i];
			if ((int)rank_of_commitment(completion, each) == rank)
				offer(completion, each->code, completion->sign == '%' ? "=" : "",
				      commitment_detail(each));
		}
}

/* ---- ways to say a date, each with the day it means */

static char *day_meant(const struct completion *completion, const char *way)
{
	struct strbuf day;
	struct capture_when when = capture_read_when(completion->context, way, 0);
	strbuf_init(&day);
	date_add_local(&day, when.date);
	if (!day.length)
		strbuf_adds(&day, when.problem ? when.problem : _("sin fecha"));
	free(when.words);
	free(when.problem);
	return strbuf_detach(&day);
}

static void offer_way(struct completion *completion, const char *way, enum rank rank)
{
	if (rank_in(way, completion->typed.data) == rank)
		offer(completion, way, "", day_meant(completion, way));
}

static void offer_months(struct completion *completion, enum rank rank)
{
	day_number today = completion->context->prose.meeting_date;
	if (today == DATE_NONE)
		return;
	struct civil_date now = date_to_civil(today);
	for (int ahead = 0; ahead < 12; ahead++) {
		int month = now.month - 1 + ahead;
		char *way = capture_say("%s %d", date_month_name(month % 12 + 1),
					now.year + month / 12);
		offer_way(completion, way, rank);
		free(way);
	}
}

/* "+3" as days, weeks, months or years. */
static void offer_units(struct completion *completion)
{
	static const char units[] = "dsma";
	for (size_t i = 0; units[i]; i++) {
		char *way = capture_say("%s%c", completion->written, units[i]);
		offer(completion, way, "", day_meant(completion, way));
		free(way);
	}
}

static void offer_dates(struct completion *completion)
{
	static const char *const ways[] = {
		"próx-reunión", "+1s",	     "+2s",    "+1m",	"hoy",	  "mañana",
		"lunes",	"martes",    "miércoles", "jueves", "viernes", "fin de mes",
		"fin de año",	"próximo mes", "\"para el próximo año\"",
	};
	const char *typed = completion->written;
	size_t digits = *typed == '+' ? strspn(typed + 1, "0123456789") : 0;
	if (digits && digits <= 4 && !typed[digits + 1]) {
		offer_units(completion);
		return;
	}
	for (int rank = RANK_BEGINS; rank < RANK_NONE; rank++) {
		for (size_t i = 0; i < ARRAY_COUNT(ways); i++)
			offer_way(completion, ways[i], (enum rank)rank);
		offer_months(completion, (enum rank)rank);
	}
}

/* ---- what is being completed */

/* Where the token in quotes that is open at the end of `before` begins; its length for none. */
static size_t open_quote(const char *before, size_t length)
{
	size_t from = length > CAPTURE_PHRASE_MAX ? length - CAPTURE_PHRASE_MAX : 0;
	for (size_t at = length; at-- > from;) {
		if (before[at] != '"')
			continue;
		bool opens = at && strchr("@!", before[at - 1]) &&
			     (at < 2 || capture_blank(before + at - 2) || before[at - 2] == '(');
		return opens ? at - 1 : length;
	}
	return length;
}

static size_t last_word(const char *before, size_t length)
{
	size_t at = length;
	while (at) {
		size_t character = at - 1;
		while (character && ((unsigned char)before[character] & 0xC0) == 0x80)
			character--;
		if (capture_blank(before + character))
			break;
		at = character;
	}
	return at + utf8_span(before + at, "([{«“\"¿¡");
}

/* Whether a speaker could stand at `word`: nothing but signs before it. */
static bool begins_line(const struct capture_context *context, const char *before, size_t word)
{
	struct capture capture = {.kind = 0};
	struct capture_reader reader = {.context = context, .line = before, .capture = &capture};
	bool begins = capture_read_lead(&reader) == word && !capture.speaker;
	capture_release(&capture);
	return begins;
}

/* "50 %": the sign of a figure. */
static bool is_percentage(const char *before, size_t word)
{
	size_t at = word;
	if (before[word] != '%' || before[word + 1])
		return false;
	while (at && before[at - 1] == ' ')
		at--;
	return at && before[at - 1] >= '0' && before[at - 1] <= '9';
}

/* The end of what was typed of the token, behind the cursor too. */
static size_t end_of_name(const char *line, size_t at)
{
	for (const char *next = line + at; utf8_is_alphanumeric(utf8_next(&next));)
		at = (size_t)(next - line);
	return at;
}

/* Of "@AME,FC" only what is behind the comma. */
static size_t behind_comma(const struct completion *completion, const char *before, size_t word)
{
	const char *comma = completion->sign == '@' ? strrchr(before + word, ',') : NULL;
	return comma ? (size_t)(comma + 1 - before) : word;
}

static void set_typed(struct completion *completion, const char *before, size_t from)
{
	from += completion->sign && completion->is_first;
	completion->written = mem_strdup(before + from + (completion->sign == '@' &&
							  before[from] == '"'));
	utf8_fold(&completion->typed, completion->written);
}

static void offer_all(struct completion *completion)
{
	switch (completion->sign) {
	case '@':
		offer_responsible(completion);
		break;
	case '#':
	case '%':
		if (!strchr(completion->written, '='))
			offer_commitments(completion);
		break;
	case '!':
		offer_dates(completion);
		break;
	default:
		offer_institutions(completion, RANK_BEGINS, ":");
		break;
	}
}

void capture_complete(const struct capture_context *context, const char *line, size_t cursor,
		      struct capture_choices *choices)
{
	struct completion completion = {
		.context = context, .line = line, .cursor = cursor, .choices = choices};
	char *before = mem_strndup(line, cursor);
	size_t word = open_quote(before, cursor);
	*choices = (struct capture_choices){.where = {cursor, 0}};
	if (word == cursor)
		word = last_word(before, cursor);
	completion.sign = before[word] && strchr("@!#%", before[word]) ? before[word] : '\0';
	if (word < cursor && cursor - word <= CAPTURE_PHRASE_MAX &&
	    !is_percentage(before, word) &&
	    (completion.sign || begins_line(context, before, word))) {
		size_t from = behind_comma(&completion, before, word);
		completion.is_first = from == word;
		choices->where = (struct prose_span){from, end_of_name(line, cursor) - from};
		strbuf_init(&completion.typed);
		set_typed(&completion, before, from);
		offer_all(&completion);
		strbuf_release(&completion.typed);
		free(completion.written);
	}
	if (!choices->items.count)
		choices->where = (struct prose_span){cursor, 0};
	free(before);
}

void capture_choices_release(struct capture_choices *choices)
{
	for (size_t i = 0; i < choices->items.count; i++) {
		free(choices->items.items[i].text);
		free(choices->items.items[i].detail);
	}
	vector_release(&choices->items);
}
