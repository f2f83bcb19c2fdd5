/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

/* Words a date takes at most: "viernes 15 de marzo de 2024". */
enum { WORDS_MAX = 7, DIGITS_MAX = 4 };

struct when_reader {
	const struct capture_context *context;
	const char *line;
	size_t at;   /* behind the '!' */
	size_t end;  /* of the word there, without the punctuation that closes it */
	char *word;  /* that word, owned */
};

typedef struct capture_when read_when(const struct when_reader *);

static const struct capture_when nothing = {.date = DATE_NONE};

static struct capture_when found(size_t end, day_number date, char *words)
{
	return (struct capture_when){.end = end, .date = date, .words = words};
}

static struct capture_when wrong(const struct when_reader *reader, char *problem)
{
	return (struct capture_when){.end = reader->end, .date = DATE_NONE, .problem = problem};
}

/* The number at `*text`, of up to four digits, else -1; moves past it. */
static int take_number(const char **text)
{
	size_t digits = strspn(*text, "0123456789");
	int number = 0;
	if (!digits || digits > DIGITS_MAX)
		return -1;
	for (; digits; digits--, ++*text)
		number = number * 10 + (**text - '0');
	return number;
}

/* The date the words of a sentence say; with "hasta" where they lack what makes them a date. */
static day_number date_of_words(const struct capture_context *context, const char *words)
{
	struct prose_due due = prose_find_due(&context->prose, words);
	if (!due.words.length) {
		char *until = capture_say("hasta %s", words);
		due = prose_find_due(&context->prose, until);
		free(until);
	}
	return due.date;
}

static struct capture_when read_phrase(const struct when_reader *reader)
{
	struct prose_span inside;
	if (!capture_is_quote(reader->line, reader->at))
		return nothing;
	size_t end = capture_quoted(reader->line, reader->at, CAPTURE_PHRASE_MAX, &inside);
	if (!end)
		return wrong(reader, mem_strdup(_("faltan las comillas que cierran el plazo")));
	char *words = capture_words(reader->line, inside);
	if (!*words) {
		free(words);
		return wrong(reader, mem_strdup(_("entre las comillas va el plazo, con las "
						  "palabras en que se dijo")));
	}
	struct capture_when when = found(end, date_of_words(reader->context, words), words);
	when.is_phrase = true;
	return when;
}

static day_number months_after(day_number date, int months)
{
	struct civil_date c = date_to_civil(date);
	int month = c.month - 1 + months, year = c.year + month / 12;
	int last = date_days_in_month(year, month % 12 + 1);
	return date_from_civil(year, month % 12 + 1, c.day < last ? c.day : last);
}

/* The day a count of units after the meeting; the words are the group's, not the program's. */
static struct capture_when read_distance(const struct when_reader *reader)
{
	static const struct {
		char letter;
		const char *one, *many;
		int days, months;
	} units[] = {
		{'d', "día", "días", 1, 0},
		{'s', "semana", "semanas", 7, 0},
		{'m', "mes", "meses", 0, 1},
		{'a', "año", "años", 0, 12},
	};
	const char *unit = reader->word + 1;
	if (*reader->word != '+')
		return nothing;
	int number = take_number(&unit);
	if (number < 0 || !unit[0] || unit[1])
		return wrong(reader, mem_strdup(_("se escribe +3d, +2s, +1m o +1a: días, "
						  "semanas, meses o años")));
	day_number today = reader->context->prose.meeting_date, date = DATE_NONE;
	for (size_t i = 0; i < ARRAY_COUNT(units); i++) {
		if ((*unit | 0x20) != units[i].letter)
			continue;
		if (today != DATE_NONE)
			date = units[i].days ? today + number * units[i].days
					     : months_after(today, number * units[i].months);
		bool is_day = date != DATE_NONE && date <= date_from_civil(2199, 12, 31);
		if (today != DATE_NONE && !is_day)
			return wrong(reader, mem_strdup(_("ese plazo queda demasiado lejos")));
		return found(reader->end, date,
			     capture_say("en %d %s", number,
					 number == 1 ? units[i].one : units[i].many));
	}
	return wrong(reader, mem_strdup(_("la unidad es d, s, m o a: días, semanas, meses o "
					  "años")));
}

/* The first such day from the meeting on. */
static day_number next_such_day(const struct capture_context *context, int month, int day)
{
	day_number today = context->prose.meeting_date;
	if (today == DATE_NONE)
		return DATE_NONE;
	int year = date_to_civil(today).year;
	for (int ahead = 0; ahead <= 8; ahead++) {
		day_number date = date_from_civil(year + ahead, month, day);
		if (date != DATE_NONE && date >= today)
			return date;
	}
	return DATE_NONE;
}

/* "3", "03", "ene", "enero" up to a '/' or '-'; 0 when it is no month at all. */
static int take_month(const char **text)
{
	int number = take_number(text);
	if (number >= 0)
		return number ? number : -1;
	size_t length = strcspn(*text, "/-");
	char *name = mem_strndup(*text, length);
	int month = date_month_named(name);
	free(name);
	*text += month ? length : 0;
	return month;
}

/* "31/1", "31/1/24", "31-ene", "31-ene-2024"; false when it is not written so. The year is 0
 * where it was left out. */
static bool take_day(const char *word, int *day, int *month, int *year)
{
	*day = take_number(&word);
	if (*day < 0 || (*word != '/' && *word != '-'))
		return false;
	word++;
	*month = take_month(&word);
	*year = 0;
	if (!*month)
		return false;
	if (!*word)
		return true;
	if (*word != '/' && *word != '-')
		return false;
	word++;
	*year = take_number(&word);
	if (*year >= 0 && *year < 100)
		*year += 2000;
	return *year > 0 && !*word;
}

static bool looks_numeric(const char *word)
{
	size_t digits = strspn(word, "0123456789");
	return digits && word[digits] && strchr("/-.", word[digits]) &&
	       strspn(word, "0123456789/-.") == strlen(word);
}

static struct capture_when read_day(const struct when_reader *reader)
{
	int day, month, year;
	struct strbuf words;
	day_number date = date_parse(reader->word);
	bool partial = date == DATE_NONE && take_day(reader->word, &day, &month, &year);
	if (date == DATE_NONE && !partial && !looks_numeric(reader->word))
		return nothing;
	if (partial) {
		date = year ? date_from_civil(year, month, day)
			    : next_such_day(reader->context, month, day);
		/* A day of no certain year is right in a leap year, or not at all. */
		if (!year && date == DATE_NONE && date_from_civil(2000, month, day) != DATE_NONE)
			return found(reader->end, DATE_NONE, mem_strdup(reader->word));
	}
	if (date == DATE_NONE)
		return wrong(reader, capture_say(_("%.24s: ese día no existe"), reader->word));
	strbuf_init(&words);
	date_add_local(&words, date);
	return found(reader->end, date, strbuf_detach(&words));
}

/* A year at `at`, "2024" or "de 2024"; moves past it, else 0. */
static int take_year(const char *line, size_t *at)
{
	size_t from = capture_skip_blanks(line, *at);
	size_t end = capture_word_end(line, from);
	if (strncmp(line + from, "de ", 3) == 0 || strncmp(line + from, "del ", 4) == 0) {
		from = capture_skip_blanks(line, end);
		end = capture_word_end(line, from);
	}
	size_t close = capture_word_close(line, from, end);
	const char *digits = line + from;
	int year = take_number(&digits);
	if (digits != line + close || year < 1900 || year > 2199)
		return 0;
	*at = close;
	return year;
}

static struct capture_when read_month(const struct when_reader *reader)
{
	int month = date_month_named(reader->word);
	size_t end = reader->end;
	day_number today = reader->context->prose.meeting_date;
	if (!month)
		return nothing;
	/* "enero, 2024": punctuation ends a token. */
	int year = capture_blank(reader->line + end) ? take_year(reader->line, &end) : 0;
	if (!year && today != DATE_NONE) {
		struct civil_date now = date_to_civil(today);
		year = now.year + (month < now.month);
	}
	struct prose_span said = {reader->at, end - reader->at};
	return found(end, year ? date_month_end(year, month) : DATE_NONE,
		     capture_words(reader->line, said));
}

static struct capture_when read_next_meeting(const struct when_reader *reader)
{
	static const char *const names[] = {"prox-reunion",    "proxima-reunion", "prox.reunion",
					    "prox-reu",	       "reunion",	  "proxreunion",
					    "siguiente-reunion"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (utf8_equal_folded(reader->word, names[i]))
			return found(reader->end, reader->context->prose.next_meeting,
				     mem_strdup("la próxima reunión"));
	return nothing;
}

/* Words that say a date as a sentence does: "viernes", "mañana", "15 de marzo", "fin de mes". As
 * many as belong to it. */
static struct capture_when read_words(const struct when_reader *reader)
{
	static const char until[] = "hasta ";
	struct strbuf text;
	size_t ends[WORDS_MAX], lengths[WORDS_MAX], count = 0, end = reader->at, taken = 0;
	strbuf_init(&text);
	strbuf_adds(&text, until);
	for (size_t at = reader->at; count < WORDS_MAX && at - reader->at < CAPTURE_NAME_MAX;) {
		size_t to = capture_word_end(reader->line, at);
		if (at == to || (count && strchr("@#%!", reader->line[at])))
			break;
		end = capture_word_close(reader->line, at, to);
		if (count)
			strbuf_addch(&text, ' ');
		strbuf_add(&text, reader->line + at, end - at);
		ends[count] = end;
		lengths[count++] = text.length;
		if (end < to)
			break;
		at = capture_skip_blanks(reader->line, to);
	}
	struct prose_due due = prose_find_due(&reader->context->prose, text.data);
	if (due.words.length && !due.words.start)
		while (taken < count && lengths[taken] <= due.words.length)
			taken++;
	struct capture_when when = nothing;
	if (taken)
		when = found(ends[taken - 1], due.date,
			     mem_strndup(text.data + strlen(until),
					 lengths[taken - 1] - strlen(until)));
	strbuf_release(&text);
	return when;
}

struct capture_when capture_read_when(const struct capture_context *context, const char *line,
				      size_t at)
{
	static read_when *const readers[] = {read_phrase, read_distance,     read_day,
					     read_month,  read_next_meeting, read_words};
	struct when_reader reader = {.context = context, .line = line, .at = at};
	reader.end = capture_word_close(line, at, capture_word_end(line, at));
	if (reader.end == at)
		reader.end = capture_word_end(line, at);
	reader.word = mem_strndup(line + at, reader.end - at);
	struct capture_when when = nothing;
	bool too_long = reader.end - at > CAPTURE_NAME_MAX && !capture_is_quote(line, at);
	for (size_t i = 0; i < ARRAY_COUNT(readers) && !when.end && !too_long; i++)
		when = readers[i](&reader);
	if (!when.end) {
		char *brief = capture_brief(line, (struct prose_span){at, reader.end - at});
		when = wrong(&reader, capture_say(_("«%s» no es una fecha que se entienda"),
						  brief));
		free(brief);
	}
	free(reader.word);
	return when;
}
