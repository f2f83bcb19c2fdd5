/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/code.h"

/* Line ends and tabs may stand in a text; nothing else a terminal would obey. */
static bool has_controls(const char *text)
{
	for (uint32_t c; (c = utf8_next(&text)) != 0;)
		if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0))
			return true;
	return false;
}

enum rc record_text_check(const char *text, struct error *err)
{
	size_t length = strnlen(text, RECORD_VALUE_MAX + 1);
	if (length > RECORD_VALUE_MAX)
		return error_set(err, RC_INVALID, _("pasa de %d bytes"), RECORD_VALUE_MAX);
	if (!utf8_is_valid(text, length))
		return error_set(err, RC_INVALID, _("no es texto UTF-8"));
	if (has_controls(text))
		return error_set(err, RC_INVALID, _("tiene caracteres de control"));
	return RC_OK;
}

static enum rc bad_word(const struct enum_names *names, const char *text, struct error *err)
{
	struct strbuf list;
	strbuf_init(&list);
	for (int i = 0; i < names->count; i++)
		strbuf_addf(&list, "%s%s (%s)", i ? ", " : "", enum_name(names, i),
			    enum_label(names, i));
	error_set(err, RC_INVALID, _("no existe «%s»; puede ser: %s"), text, list.data);
	strbuf_release(&list);
	return RC_INVALID;
}

static bool is_whole(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	return digits && digits <= 6 && !text[digits] && (*text != '0' || digits == 1);
}

static bool is_count(const char *text)
{
	return is_whole(text) && *text != '0';
}

/* With a point or a comma; NAN for anything else. */
static double real_of(const char *text)
{
	char digits[40];
	size_t length = strlen(text), sign = *text == '-';
	size_t whole = strspn(text + sign, "0123456789");
	const char *point = text + sign + whole;
	size_t rest = *point == '.' || *point == ',' ? strspn(point + 1, "0123456789") : 0;
	if (!whole || length >= sizeof(digits) || point[rest + (rest > 0)])
		return NAN;
	memcpy(digits, text, length + 1);
	if (rest)
		digits[point - text] = '.';
	return strtod(digits, NULL);
}

static int bool_of(const char *text)
{
	static const char *const words[][5] = {{"no", "false", "0", "n", "falso"},
					       {"sí", "true", "1", "s", "yes"}};
	for (int value = 0; value < 2; value++)
		for (size_t i = 0; i < ARRAY_COUNT(words[value]); i++)
			if (utf8_equal_folded(words[value][i], text))
				return value;
	if (utf8_equal_folded(_("no"), text))
		return 0;
	return utf8_equal_folded(_("sí"), text) ? 1 : -1;
}

static bool is_sha256(const char *text)
{
	size_t digits = strspn(text, "0123456789abcdefABCDEF");
	return digits == 64 && !text[digits];
}

/* Numbers of meetings and labels of items are parts of longer codes: AM-2023-05/8.a#1. */
static bool is_number_code(const char *text)
{
	return strlen(text) <= CODE_ACRONYM_MAX && !strpbrk(text, " \t\n/#,;") && *text != '-' &&
	       *text != '?' && text[strlen(text) - 1] != '?';
}

static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	return at && at > text && at[1] && !strchr(at + 1, '@') && !strpbrk(text, " \t\n,;");
}

static enum rc check_number(enum editable_type type, const char *text, struct error *err)
{
	if (type == EDITABLE_PERCENT && percent_parse(text) == PERCENT_NONE)
		return error_set(err, RC_INVALID,
				 _("«%s» no es un porcentaje de 0 a 100, con dos "
				   "decimales a lo más"),
				 text);
	if (type == EDITABLE_COUNT && !is_count(text))
		return error_set(err, RC_INVALID, _("«%s» no es un número de 1 en adelante"), text);
	if (type == EDITABLE_MINUTES && !is_whole(text))
		return error_set(err, RC_INVALID, _("«%s» no es un número de minutos"), text);
	if (type == EDITABLE_REAL && isnan(real_of(text)))
		return error_set(err, RC_INVALID, _("«%s» no es un número, como 12 o 12.5"), text);
	return RC_OK;
}

static enum rc check_moment(enum editable_type type, const char *text, struct error *err)
{
	if (type == EDITABLE_TIME && daytime_parse(text) == DAY_MINUTE_NONE)
		return error_set(err, RC_INVALID, _("«%s» no es una hora, como 15h00"), text);
	if (type != EDITABLE_TIME && date_parse(text) == DATE_NONE)
		return error_set(err, RC_INVALID,
				 _("«%s» no es una fecha, como 2024-01-31 o 31/01/2024"), text);
	return RC_OK;
}

static enum rc check_code(enum editable_type type, const char *text, struct error *err)
{
	if (type == EDITABLE_ACRONYM && !code_is_acronym(text))
		return error_set(err, RC_INVALID,
				 _("«%s» no sirve de siglas: hasta %d letras, sin comas, "
				   "puntos y comas ni barras"),
				 text, CODE_ACRONYM_MAX);
	if (type == EDITABLE_PLAN_CODE && !code_is_plan(text))
		return error_set(err, RC_INVALID,
				 _("«%s» no es un código de plan, como paga2: hasta %d "
				   "letras sin tilde, cifras, «-», «_» o «.»"),
				 text, CODE_PLAN_MAX);
	if (type == EDITABLE_COMMITMENT_CODE && !code_is_commitment(text))
		return error_set(err, RC_INVALID, _("«%s» no es un código de compromiso, como C5"),
				 text);
	if (type == EDITABLE_NUMBER_CODE && !is_number_code(text))
		return error_set(err, RC_INVALID,
				 _("«%s» no sirve de número: hasta %d letras, cifras y guiones, "
				   "sin espacios ni barras"),
				 text, CODE_ACRONYM_MAX);
	if (type == EDITABLE_EMAIL && !is_email(text))
		return error_set(err, RC_INVALID, _("«%s» no es un correo"), text);
	if (type == EDITABLE_SHA256 && !is_sha256(text))
		return error_set(err, RC_INVALID,
				 _("«%s» no es un SHA-256: 64 cifras hexadecimales"), text);
	return RC_OK;
}

enum rc record_value_check(const struct editable_field *field, const char *text, struct error *err)
{
	switch (field->type) {
	case EDITABLE_DATE:
	case EDITABLE_TIME:
	case EDITABLE_MEMBER_SINCE:
	case EDITABLE_MEMBER_UNTIL:
		return check_moment(field->type, text, err);
	case EDITABLE_ENUM:
	case EDITABLE_ROLE:
		return enum_value(field->names, text) == ENUM_NONE
			       ? bad_word(field->names, text, err)
			       : RC_OK;
	case EDITABLE_PERCENT:
	case EDITABLE_COUNT:
	case EDITABLE_MINUTES:
	case EDITABLE_REAL:
		return check_number(field->type, text, err);
	case EDITABLE_BOOL:
		return bool_of(text) < 0
			       ? error_set(err, RC_INVALID, _("«%s» no es sí ni no"), text)
			       : RC_OK;
	default:
		return check_code(field->type, text, err);
	}
}

static void add_upper(struct strbuf *out, const char *text)
{
	for (; *text; text++)
		strbuf_addch(out, (char)(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text));
}

/* Each item trimmed, none empty. */
static void add_items(struct strbuf *out, const char *text, const char *between,
		      const char *separator)
{
	struct strbuf item;
	strbuf_init(&item);
	while (*text) {
		size_t length = strcspn(text, between);
		strbuf_reset(&item);
		strbuf_add(&item, text, length);
		strbuf_trim(&item);
		if (item.length)
			strbuf_addf(out, "%s%s", out->length ? separator : "", item.data);
		text += length + (text[length] != '\0');
	}
	strbuf_release(&item);
}

char *record_value_canonical(const struct editable_field *field, const char *text)
{
	struct strbuf out;
	strbuf_init(&out);
	switch (field->type) {
	case EDITABLE_DATE:
	case EDITABLE_MEMBER_SINCE:
	case EDITABLE_MEMBER_UNTIL:
		date_add_iso(&out, date_parse(text));
		break;
	case EDITABLE_TIME:
		daytime_add_iso(&out, daytime_parse(text));
		break;
	case EDITABLE_ENUM:
	case EDITABLE_ROLE:
		strbuf_adds(&out, enum_name(field->names, enum_value(field->names, text)));
		break;
	case EDITABLE_BOOL:
		strbuf_adds(&out, bool_of(text) ? "1" : "0");
		break;
	case EDITABLE_PERCENT:
		percent_add(&out, percent_parse(text));
		break;
	case EDITABLE_REAL:
		strbuf_addf(&out, "%.15g", real_of(text));
		break;
	case EDITABLE_COMMITMENT_CODE:
		add_upper(&out, text);
		break;
	case EDITABLE_SHA256:
		utf8_add_lower(&out, text);
		break;
	case EDITABLE_LINES:
		add_items(&out, text, "\n", "\n");
		break;
	case EDITABLE_PARTIES:
		add_items(&out, text, ",;\n", ", ");
		break;
	default:
		strbuf_adds(&out, text);
	}
	return strbuf_detach(&out);
}

/* What is stored may be damaged: that is shown as it is. */
char *record_value_shown(const struct editable_field *field, const char *canonical)
{
	struct strbuf out;
	strbuf_init(&out);
	if ((field->type == EDITABLE_ENUM || field->type == EDITABLE_ROLE) &&
	    enum_value(field->names, canonical) != ENUM_NONE)
		strbuf_adds(&out, enum_label(field->names, enum_value(field->names, canonical)));
	else if (field->type == EDITABLE_BOOL)
		strbuf_adds(&out, strcmp(canonical, "1") == 0 ? _("sí") : _("no"));
	else if (field->type == EDITABLE_TIME)
		daytime_add_local(&out, daytime_parse(canonical));
	else if (field->type == EDITABLE_DATE || field->type == EDITABLE_MEMBER_SINCE ||
		 field->type == EDITABLE_MEMBER_UNTIL)
		date_add_local(&out, date_parse_iso(canonical));
	if (!out.length)
		strbuf_adds(&out, canonical);
	return strbuf_detach(&out);
}

struct value record_value(const struct editable_field *field, const char *text)
{
	if (!text)
		return value_null();
	switch (field->type) {
	case EDITABLE_PERCENT:
		return value_percent(percent_parse(text));
	case EDITABLE_REAL:
		return value_real(real_of(text));
	case EDITABLE_COUNT:
	case EDITABLE_MINUTES:
	case EDITABLE_BOOL:
		return value_integer(strtol(text, NULL, 10));
	default:
		return value_text(text);
	}
}

static const struct editable_field *field_named(const struct editable_kind *kind, const char *name)
{
	return &kind->fields[editable_index(kind, name)];
}

/* A meeting may end on the day after, and who came may leave then; one that would last longer than
 * this is a slip. */
enum { NIGHT_MEETING_MINUTES_MAX = 8 * 60 };

static bool is_past_midnight(const struct editable_kind *kind, int distance)
{
	bool is_of_a_meeting = kind->kind == RECORD_MEETING || kind->kind == RECORD_ATTENDEE;
	return is_of_a_meeting && distance < 0 &&
	       distance + DAY_MINUTES <= NIGHT_MEETING_MINUTES_MAX;
}

enum rc record_dates_check(const struct editable_kind *kind, const char *first, const char *last,
			   struct error *err)
{
	if (!first || !last)
		return RC_OK;
	int distance = field_named(kind, kind->starts)->type == EDITABLE_TIME
			       ? daytime_parse(last) - daytime_parse(first)
			       : date_parse(last) - date_parse(first);
	if (distance > 0 || (!distance && kind->may_be_one_day) ||
	    is_past_midnight(kind, distance))
		return RC_OK;
	return error_set(err, RC_INVALID, _("«%s» no viene después de %s, «%s»"), last,
			 kind->starts, first);
}
