/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/record_value.h"

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
		strbuf_addf(&list, "%s%s", i ? ", " : "", enum_name(names, i));
	error_set(err, RC_INVALID, _("no existe «%s»; puede ser: %s"), text, list.data);
	strbuf_release(&list);
	return RC_INVALID;
}

static bool is_count(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	return digits && digits <= 6 && !text[digits] && *text != '0';
}

static enum rc check_code(enum add_type type, const char *text, struct error *err)
{
	if (type == ADD_ACRONYM && !code_is_acronym(text))
		return error_set(err, RC_INVALID,
				 _("«%s» no sirve de siglas: hasta %d letras, sin comas, "
				   "puntos y comas ni barras"),
				 text, CODE_ACRONYM_MAX);
	if (type == ADD_PLAN_CODE && !code_is_plan(text))
		return error_set(err, RC_INVALID,
				 _("«%s» no es un código de plan, como paga2: hasta %d "
				   "letras sin tilde, cifras, «-», «_» o «.»"),
				 text, CODE_PLAN_MAX);
	if (type == ADD_COMMITMENT_CODE && !code_is_commitment(text))
		return error_set(err, RC_INVALID, _("«%s» no es un código de compromiso, como C5"),
				 text);
	return RC_OK;
}

enum rc record_value_check(const struct add_field *field, const char *text, struct error *err)
{
	switch (field->type) {
	case ADD_DATE:
	case ADD_MEMBER_SINCE:
		if (date_parse(text) == DATE_NONE)
			return error_set(err, RC_INVALID,
					 _("«%s» no es una fecha, como 2024-01-31 o 31/01/2024"),
					 text);
		return RC_OK;
	case ADD_ENUM:
	case ADD_ROLE:
		return enum_value(field->names, text) == ENUM_NONE
			       ? bad_word(field->names, text, err)
			       : RC_OK;
	case ADD_PERCENT:
		if (percent_parse(text) == PERCENT_NONE)
			return error_set(err, RC_INVALID,
					 _("«%s» no es un porcentaje de 0 a 100, con dos "
					   "decimales a lo más"),
					 text);
		return RC_OK;
	case ADD_COUNT:
		if (!is_count(text))
			return error_set(err, RC_INVALID,
					 _("«%s» no es un número de 1 en adelante"), text);
		return RC_OK;
	default:
		return check_code(field->type, text, err);
	}
}

static void add_upper(struct strbuf *out, const char *text)
{
	for (; *text; text++)
		strbuf_addch(out, (char)(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text));
}

char *record_value_canonical(const struct add_field *field, const char *text)
{
	struct strbuf out;
	strbuf_init(&out);
	switch (field->type) {
	case ADD_DATE:
	case ADD_MEMBER_SINCE:
		date_add_iso(&out, date_parse(text));
		break;
	case ADD_ENUM:
	case ADD_ROLE:
		strbuf_adds(&out, enum_name(field->names, enum_value(field->names, text)));
		break;
	case ADD_PERCENT:
		percent_add(&out, percent_parse(text));
		break;
	case ADD_COMMITMENT_CODE:
		add_upper(&out, text);
		break;
	default:
		strbuf_adds(&out, text);
	}
	return strbuf_detach(&out);
}

struct value record_value(const struct add_field *field, const char *text)
{
	if (text && field->type == ADD_PERCENT)
		return value_percent(percent_parse(text));
	if (text && field->type == ADD_COUNT)
		return value_integer(strtol(text, NULL, 10));
	return value_text(text);
}

enum rc record_dates_check(const struct add_kind *kind, const char *first, const char *last,
			   struct error *err)
{
	if (!first || !last)
		return RC_OK;
	int days = date_parse(last) - date_parse(first);
	if (days > 0 || (!days && kind->may_be_one_day))
		return RC_OK;
	return error_set(err, RC_INVALID, _("«%s» no viene después de %s, «%s»"), last,
			 kind->starts, first);
}
