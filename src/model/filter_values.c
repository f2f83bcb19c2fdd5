/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/filter_parts.h"

/* A figure is compared as people read it, with two decimals. */
#define HALF_HUNDREDTH 0.005

struct filter_value *filter_add_value(struct filter_term *term, const char *text)
{
	struct filter_value *value = vector_add(&term->values);
	struct strbuf folded;
	strbuf_init(&folded);
	utf8_fold(&folded, text);
	*value = (struct filter_value){.text = mem_strdup(text),
				       .folded = strbuf_detach(&folded),
				       .low = -INFINITY,
				       .high = INFINITY};
	return value;
}

/* ---- days */

static bool read_digits(const char **text, size_t most, int *number)
{
	size_t length = strspn(*text, "0123456789");
	*number = 0;
	if (!length || length > most)
		return false;
	for (size_t i = 0; i < length; i++)
		*number = *number * 10 + ((*text)[i] - '0');
	*text += length;
	return true;
}

static bool month_days(int year, int month, day_number *first, day_number *last)
{
	*first = date_from_civil(year, month, 1);
	*last = date_month_end(year, month);
	return *first != DATE_NONE && *last != DATE_NONE;
}

/* "2023", "2023-09", "09/2023" */
static bool parse_part(const char *text, day_number *first, day_number *last)
{
	int one, two;
	if (!read_digits(&text, 4, &one))
		return false;
	if (!*text) {
		*first = date_from_civil(one, 1, 1);
		*last = date_from_civil(one, 12, 31);
		return *first != DATE_NONE;
	}
	char separator = *text++;
	if ((separator != '-' && separator != '/') || !read_digits(&text, 4, &two) || *text)
		return false;
	return one > 12 ? month_days(one, two, first, last) : month_days(two, one, first, last);
}

/* "septiembre 2023" */
static bool parse_month_name(const char *text, day_number *first, day_number *last)
{
	size_t length = strcspn(text, " ");
	const char *rest = text + length + strspn(text + length, " ");
	int year;
	char *name = mem_strndup(text, length);
	int month = date_month_named(name);
	free(name);
	return month && read_digits(&rest, 4, &year) && !*rest &&
	       month_days(year, month, first, last);
}

static day_number add_months(day_number day, int months)
{
	struct civil_date date = date_to_civil(day);
	int count = date.year * 12 + date.month - 1 + months;
	int year = count / 12, month = count % 12 + 1, most = date_days_in_month(year, month);
	return date_from_civil(year, month, date.day < most ? date.day : most);
}

/* "+30d", "-2s": days, weeks, months or years from today. */
static bool parse_distance(const char *text, day_number today, day_number *day)
{
	const char *unit = text + 1;
	int number;
	if ((*text != '+' && *text != '-') || !read_digits(&unit, 4, &number) || !*unit || unit[1])
		return false;
	number = *text == '-' ? -number : number;
	switch (*unit) {
	case 'd':
		*day = today + number;
		break;
	case 's':
	case 'w':
		*day = today + 7 * number;
		break;
	case 'm':
		*day = add_months(today, number);
		break;
	case 'a':
	case 'y':
		*day = add_months(today, 12 * number);
		break;
	default:
		return false;
	}
	return *day != DATE_NONE;
}

static bool parse_day_word(const char *text, day_number today, day_number *day)
{
	static const struct {
		const char *word;
		int distance;
	} words[] = {
		{"hoy", 0},   {"today", 0},  {"ayer", -1},
		{"yesterday", -1}, {"mañana", 1}, {"tomorrow", 1},
	};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (utf8_equal_folded(words[i].word, text)) {
			*day = today + words[i].distance;
			return true;
		}
	return false;
}

bool filter_parse_days(const char *text, day_number today, day_number *first, day_number *last)
{
	day_number day = date_parse(text);
	if (day != DATE_NONE ||
	    (today != DATE_NONE &&
	     (parse_day_word(text, today, &day) || parse_distance(text, today, &day)))) {
		*first = *last = day;
		return true;
	}
	return parse_part(text, first, last) || parse_month_name(text, first, last);
}

/* ---- comparisons */

struct comparison {
	char low_sign, high_sign; /* '=' included, '<' not, 0: open */
	const char *low, *high;   /* borrowed, or of `copy` */
	char *copy;
};

/* Takes ">=40", "40", "20..40", "..40" apart. */
static struct comparison comparison_of(const char *text)
{
	struct comparison parts = {0};
	const char *dots = strstr(text, "..");
	size_t sign = strspn(text, "<>=");
	bool is_equal = sign && text[sign - 1] == '=';
	const char *bare = text + sign + strspn(text + sign, " ");
	parts.copy = mem_strndup(text, dots ? (size_t)(dots - text) : strlen(text));
	if (dots && !sign)
		return (struct comparison){*parts.copy ? '=' : 0, dots[2] ? '=' : 0, parts.copy,
					   dots + 2, parts.copy};
	if (*text != '<') {
		parts.low = bare;
		parts.low_sign = *text == '>' && !is_equal ? '<' : '=';
	}
	if (*text != '>') {
		parts.high = bare;
		parts.high_sign = *text == '<' && !is_equal ? '<' : '=';
	}
	return parts;
}

/* A figure and how far from it counts as the same; false when it is no number. */
typedef bool figure_reader(const char *text, double *low, double *high);

static bool read_percent(const char *text, double *low, double *high)
{
	percent_hundredths percent = percent_parse(text);
	*low = percent / 100.0 - HALF_HUNDREDTH;
	*high = nextafter(percent / 100.0 + HALF_HUNDREDTH, -INFINITY);
	return percent != PERCENT_NONE;
}

static bool read_number(const char *text, double *low, double *high)
{
	char plain[32], *end;
	size_t length = strlen(text);
	if (!length || length >= sizeof(plain) ||
	    strspn(text, "-0123456789.,") != length)
		return false;
	memcpy(plain, text, length + 1);
	for (char *comma; (comma = strchr(plain, ',')) != NULL;)
		*comma = '.';
	*low = *high = strtod(plain, &end);
	return !*end;
}

static bool read_time(const char *text, double *low, double *high)
{
	day_minute minute = daytime_parse(text);
	*low = *high = minute;
	return minute != DAY_MINUTE_NONE;
}

static bool apply_comparison(const struct comparison *parts, figure_reader *read,
			     struct filter_value *value)
{
	double low, high;
	if (parts->low_sign) {
		if (!read(parts->low, &low, &high))
			return false;
		value->low = parts->low_sign == '=' ? low : nextafter(high, INFINITY);
	}
	if (parts->high_sign) {
		if (!read(parts->high, &low, &high))
			return false;
		value->high = parts->high_sign == '=' ? high : nextafter(low, -INFINITY);
	}
	return true;
}

static bool apply_days(const struct comparison *parts, day_number today,
		       struct filter_value *value)
{
	day_number first, last;
	if (parts->low_sign) {
		if (!filter_parse_days(parts->low, today, &first, &last))
			return false;
		value->low = parts->low_sign == '=' ? first : last + 1;
	}
	if (parts->high_sign) {
		if (!filter_parse_days(parts->high, today, &first, &last))
			return false;
		value->high = parts->high_sign == '=' ? last : first - 1;
	}
	return true;
}

static bool read_compared(const struct field *field, day_number today,
			  struct filter_value *value)
{
	struct comparison parts = comparison_of(value->text);
	bool is_good;
	switch (field->type) {
	case FIELD_DATE:
		is_good = apply_days(&parts, today, value);
		break;
	case FIELD_TIME:
		is_good = apply_comparison(&parts, read_time, value);
		break;
	case FIELD_PERCENT:
		is_good = apply_comparison(&parts, read_percent, value);
		break;
	default:
		is_good = apply_comparison(&parts, read_number, value);
	}
	free(parts.copy);
	return is_good;
}

/* ---- words of closed sets */

static bool read_bool(struct filter_value *value)
{
	static const struct {
		const char *word;
		bool choice;
	} words[] = {{"sí", true},  {"yes", true},    {"true", true}, {"1", true},
		     {"no", false}, {"false", false}, {"0", false}};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (utf8_equal_folded(value->text, words[i].word)) {
			value->choice = words[i].choice;
			return true;
		}
	return false;
}

static bool label_begins(const char *label, const char *folded)
{
	struct strbuf own;
	strbuf_init(&own);
	utf8_fold(&own, label);
	bool yes = strncmp(own.data, folded, strlen(folded)) == 0;
	strbuf_release(&own);
	return yes;
}

static enum rc unknown_choice(const struct enum_names *names, const char *text,
			      struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (int i = 0; i < names->count; i++)
		strbuf_addf(&list, "%s%s", list.length ? ", " : "", enum_label(names, i));
	error_set(err, RC_USAGE, _("%s: no existe «%s»; puede ser: %s"), _(names->title), text,
		  list.data);
	strbuf_release(&list);
	return RC_USAGE;
}

enum rc filter_read_choices(const struct enum_names *names, const char *text,
			    struct filter_term *term, struct error *err)
{
	size_t before = term->values.count;
	int exact = enum_value(names, text);
	if (exact != ENUM_NONE) {
		filter_add_value(term, text)->choice = exact;
		return RC_OK;
	}
	for (int i = 0; i < names->count; i++) {
		struct filter_value *value = filter_add_value(term, text);
		value->choice = i;
		if (label_begins(names->names[i].name, value->folded) ||
		    label_begins(names->names[i].label, value->folded) ||
		    label_begins(enum_label(names, i), value->folded))
			continue;
		term->values.count--;
		free(value->text);
		free(value->folded);
	}
	return term->values.count > before ? RC_OK : unknown_choice(names, text, err);
}

enum rc filter_read_value(const struct field *field, day_number today,
			  struct filter_value *value, struct error *err)
{
	switch (field->type) {
	case FIELD_BOOL:
		return read_bool(value) ? RC_OK
					: error_set(err, RC_USAGE, _("%s: «%s» no es sí ni no"),
						    field->name, value->text);
	case FIELD_DATE:
		return read_compared(field, today, value)
			       ? RC_OK
			       : error_set(err, RC_USAGE,
					   _("%s: «%s» no es una fecha, como 2023-11-17, "
					     "2023-11, hoy o +30d"),
					   field->name, value->text);
	case FIELD_TIME:
		return read_compared(field, today, value)
			       ? RC_OK
			       : error_set(err, RC_USAGE, _("%s: «%s» no es una hora, como 15h00"),
					   field->name, value->text);
	case FIELD_PERCENT:
	case FIELD_NUMBER:
	case FIELD_INTEGER:
		return read_compared(field, today, value)
			       ? RC_OK
			       : error_set(err, RC_USAGE,
					   _("%s: «%s» no es un número, como 40, >=40 o 20..40"),
					   field->name, value->text);
	default:
		return RC_OK;
	}
}
