/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"

#define DIGITS "0123456789"

/* What spreadsheets say for the words of a set, folded. */
static const struct synonym {
	const struct enum_names *names;
	const char *word;
	int value;
} synonyms[] = {
	{&sector_names, "publica", SECTOR_PUBLIC},
	{&sector_names, "sector publico", SECTOR_PUBLIC},
	{&sector_names, "entidad publica", SECTOR_PUBLIC},
	{&sector_names, "gobierno", SECTOR_PUBLIC},
	{&sector_names, "sociedad civil", SECTOR_CIVIL_SOCIETY},
	{&sector_names, "organizacion de la sociedad civil", SECTOR_CIVIL_SOCIETY},
	{&sector_names, "organizaciones de la sociedad civil", SECTOR_CIVIL_SOCIETY},
	{&sector_names, "academico", SECTOR_ACADEMIA},
	{&sector_names, "sector privado", SECTOR_PRIVATE},
	{&sector_names, "privada", SECTOR_PRIVATE},
	{&sector_names, "empresa privada", SECTOR_PRIVATE},
	{&sector_names, "otra", SECTOR_OTHER},
	{&capacity_names, "observadora", CAPACITY_OBSERVER},
	{&capacity_names, "invitada", CAPACITY_GUEST},
	{&progress_state_names, "en definicion", PROGRESS_DEFINITION},
	{&progress_state_names, "en planificacion", PROGRESS_PLANNING},
	{&progress_state_names, "planificado", PROGRESS_PLANNING},
	{&progress_state_names, "en ejecucion", PROGRESS_EXECUTION},
	{&progress_state_names, "en curso", PROGRESS_EXECUTION},
	{&progress_state_names, "completo", PROGRESS_COMPLETED},
	{&progress_state_names, "completada", PROGRESS_COMPLETED},
	{&progress_state_names, "cumplido", PROGRESS_COMPLETED},
	{&progress_state_names, "finalizado", PROGRESS_COMPLETED},
	{&progress_state_names, "detenida", PROGRESS_STOPPED},
	{&progress_state_names, "suspendido", PROGRESS_STOPPED},
	{&reporter_names, "entidad responsable", REPORTER_ENTITY},
	{&reporter_names, "institucion responsable", REPORTER_ENTITY},
	{&reporter_names, "grupo nucleo", REPORTER_GROUP},
	{&reporter_names, "gn", REPORTER_GROUP},
	{&irm_completion_names, "no evidence available", IRM_NO_EVIDENCE},
	{&irm_completion_names, "not started", IRM_NOT_STARTED},
};

/* What a number may come behind, folded and without its marks. */
static bool is_number_word(const char *word)
{
	static const char *const words[] = {
		"compromiso",	"commitment", "c",   "hito", "milestone",     "h",	 "numero",
		"number",	"no",	      "nro", "n",    "compromiso no", "hito no", "#",
		"compromiso n", "hito n",
	};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (utf8_equal_folded(words[i], word))
			return true;
	return false;
}

/* The number in "Compromiso N.º 5", "C-5" or "5"; the text itself when it is none of these. */
static const char *skip_words(const char *text)
{
	const char *digits = strpbrk(text, DIGITS);
	struct strbuf word;
	strbuf_init(&word);
	for (const char *at = text; digits && at < digits; at++)
		if (!strchr(".-", *at))
			strbuf_addch(&word, *at);
	strbuf_trim(&word);
	bool is_one = digits == text || (word.length && *text != '-' && is_number_word(word.data));
	strbuf_release(&word);
	return is_one ? digits : text;
}

/* "5", also as spreadsheets write a whole number ("5.0"); NULL when more than that follows. */
static char *whole_number(const char *text)
{
	text += strspn(text, "0") < strspn(text, DIGITS) ? strspn(text, "0") : 0;
	size_t digits = strspn(text, DIGITS);
	const char *rest = text + digits;
	if (*rest == '.' || *rest == ',')
		rest += 1 + strspn(rest + 1, "0");
	return digits && !*rest ? mem_strndup(text, digits) : NULL;
}

char *csv_spelled_number(const char *text)
{
	char *number = whole_number(skip_words(text));
	return number ? number : mem_strdup(text);
}

/* "C5" from "5", "5.0", "C 5", "c-5" and "Compromiso 5". */
static char *spell_commitment(const char *text)
{
	struct strbuf code;
	strbuf_init(&code);
	char *number = whole_number(skip_words(text));
	if (number)
		strbuf_addf(&code, "C%s", number);
	else
		strbuf_adds(&code, text);
	free(number);
	return strbuf_detach(&code);
}

static char *without_blanks(const char *text)
{
	struct strbuf out;
	strbuf_init(&out);
	for (; *text; text++)
		if (*text != ' ' && *text != '\t' && *text != '\n')
			strbuf_addch(&out, *text);
	return strbuf_detach(&out);
}

/* A computed figure has more decimals than a percentage is kept with: rounded. */
static char *spell_percent(const char *text)
{
	char *plain = without_blanks(text), *end;
	char *comma = strchr(plain, ',');
	if (comma)
		*comma = '.';
	char *point = strchr(plain, '.');
	size_t decimals = point ? strspn(point + 1, DIGITS) : 0;
	const char *rest = point ? point + 1 + decimals : "?";
	if (decimals <= 2 || !isdigit((unsigned char)*plain) || (*rest && strcmp(rest, "%") != 0))
		return plain;
	double value = strtod(plain, &end);
	if (!(value >= 0 && value <= 100))
		return plain;
	struct strbuf rounded;
	strbuf_init(&rounded);
	percent_add(&rounded, (percent_hundredths)(value * 100 + 0.5));
	free(plain);
	return strbuf_detach(&rounded);
}

/* ---- dates */

static char *iso_text(day_number date)
{
	struct strbuf out;
	strbuf_init(&out);
	date_add_iso(&out, date);
	return strbuf_detach(&out);
}

static int read_digits(const char **text, size_t most)
{
	int value = 0;
	size_t digits = 0;
	for (; digits < most && isdigit((unsigned char)**text); digits++)
		value = value * 10 + (*(*text)++ - '0');
	return digits ? value : -1;
}

static int read_month_name(const char **text)
{
	size_t length = strcspn(*text, " .-/" DIGITS);
	char *word = mem_strndup(*text, length);
	int month = date_month_named(word);
	free(word);
	*text += length;
	return month;
}

/* "2020-02", "02/2020", "febrero de 2020": the month's first day, or its last. */
static day_number month_day(const char *text, bool is_end)
{
	const char *at = text;
	int month, year;
	if (isdigit((unsigned char)*at)) {
		year = read_digits(&at, 4);
		bool year_first = at - text == 4;
		at += *at == '/' || *at == '-';
		month = read_digits(&at, 4);
		if (!year_first) {
			int swap = year;
			year = month;
			month = swap;
		}
	} else {
		month = read_month_name(&at);
		at += strspn(at, " .-/");
		at += strncmp(at, "de ", 3) == 0 ? 3 : strncmp(at, "del ", 4) == 0 ? 4 : 0;
		year = read_digits(&at, 4);
	}
	if (*at || month < 1 || year < 1900)
		return DATE_NONE;
	return is_end ? date_month_end(year, month) : date_from_civil(year, month, 1);
}

/* A spreadsheet's date may carry a time of day, which says nothing here. */
static char *spell_date(const char *text, bool is_end)
{
	size_t digits = strspn(text, DIGITS "-/.");
	const char *rest = text + digits;
	bool has_time = (*rest == ' ' || *rest == 'T') && isdigit((unsigned char)rest[1]) &&
			!rest[1 + strspn(rest + 1, DIGITS ":.Z+-")];
	char *date = mem_strndup(text, has_time ? digits : strlen(text));
	day_number month = month_day(date, is_end);
	if (month == DATE_NONE)
		return date;
	free(date);
	return iso_text(month);
}

day_number csv_date_in_name(const char *name)
{
	for (; (name = strpbrk(name, DIGITS)) != NULL; name += strspn(name, DIGITS)) {
		const char *at = name;
		if (strspn(name, DIGITS) != 4 && strspn(name, DIGITS) != 8)
			continue;
		int year = read_digits(&at, 4);
		at += *at == '-' || *at == '_' || *at == '.';
		int month = read_digits(&at, 2);
		at += *at == '-' || *at == '_' || *at == '.';
		int day = read_digits(&at, 2);
		day_number date = date_from_civil(year, month, day);
		if (date != DATE_NONE && !isdigit((unsigned char)*at))
			return date;
	}
	return DATE_NONE;
}

/* ---- words of a set */

static char *spell_word(const struct enum_names *names, const char *text)
{
	for (size_t i = 0; i < ARRAY_COUNT(synonyms); i++)
		if (synonyms[i].names == names && utf8_equal_folded(synonyms[i].word, text))
			return mem_strdup(enum_name(names, synonyms[i].value));
	return mem_strdup(text);
}

char *csv_spelled(const struct editable_field *field, const char *text)
{
	switch (field->type) {
	case EDITABLE_COMMITMENT_CODE:
		return spell_commitment(text);
	case EDITABLE_PLAN_CODE:
		return without_blanks(text);
	case EDITABLE_COUNT:
		return csv_spelled_number(text);
	case EDITABLE_PERCENT:
		return spell_percent(text);
	case EDITABLE_DATE:
	case EDITABLE_MEMBER_SINCE:
		return spell_date(text, strstr(field->name, "ends") != NULL);
	case EDITABLE_ENUM:
	case EDITABLE_ROLE:
		return spell_word(field->names, text);
	default:
		return mem_strdup(text);
	}
}
