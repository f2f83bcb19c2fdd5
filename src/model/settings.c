/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/settings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"
#include "nucleo/model/quorum.h"

/* clang-format off */
const struct setting settings[SETTING_COUNT] = {
	[SETTING_QUORUM] = {
		.name = "quorum", .label = N_("quórum"),
		.help = N_("«mayoría», «9», «2/3», «50%», «público:3 OSC:1»; vacío: no se exige"),
		.fallback = "", .none = N_("no se exige")},
	[SETTING_VOTE_RULE] = {
		.name = "vote_rule", .label = N_("regla de votación"),
		.help = N_("con qué regla se vota si no se dice otra; vacía: por consenso"),
		.type = SETTING_CHOICE, .choices = &vote_rule_names,
		.fallback = "", .none = N_("por consenso")},
	[SETTING_STUCK_MEETINGS] = {
		.name = "stuck_meetings", .label = N_("reuniones sin movimiento"),
		.help = N_("tras cuántas se propone un compromiso para la agenda: de 1 a 20"),
		.fallback = "2", .none = ""},
	/* Titles are written into the group's record, so they are not translated. */
	[SETTING_STANDING_ITEMS] = {
		.name = "standing_items", .label = N_("puntos fijos"),
		.help = N_("títulos que abren cada orden del día, uno por línea"),
		.type = SETTING_LINES,
		.fallback = "Bienvenida y aprobación del orden del día\n"
			    "Estado de los compromisos\nVarios",
		.none = ""},
};
/* clang-format on */

enum setting_id setting_named(const char *word)
{
	enum setting_id id = 0;
	while (id < SETTING_COUNT && !utf8_equal_folded(settings[id].name, word) &&
	       !utf8_equal_folded(settings[id].label, word) &&
	       !utf8_equal_folded(_(settings[id].label), word))
		id++;
	return id;
}

static enum rc read_quorum(const char *text, struct strbuf *out, struct error *err)
{
	struct quorum_rule rule;
	enum rc rc = quorum_rule_parse(text, &rule, err);
	if (rc == RC_OK)
		quorum_rule_add(out, &rule);
	return rc;
}

static enum rc read_choice(enum setting_id id, const char *text, struct strbuf *out,
			   struct error *err)
{
	const struct enum_names *names = settings[id].choices;
	int value = enum_value(names, text);
	bool is_none = !*text || utf8_equal_folded(text, settings[id].none);
	struct strbuf list;
	if (is_none)
		return RC_OK;
	if (value != ENUM_NONE) {
		strbuf_adds(out, enum_name(names, value));
		return RC_OK;
	}
	strbuf_init(&list);
	for (int i = 0; i < names->count; i++)
		strbuf_addf(&list, "%s«%s»", i ? ", " : "", enum_label(names, i));
	error_set(err, RC_INVALID, _("«%s» no es ninguna %s: hay %s; vacía, %s."), text,
		  _(settings[id].label), list.data, _(settings[id].none));
	strbuf_release(&list);
	return RC_INVALID;
}

static enum rc read_stuck_meetings(const char *text, struct strbuf *out, struct error *err)
{
	long number = 0;
	size_t digits = strspn(text, "0123456789");
	if (!*text)
		return RC_OK;
	if (digits <= 2 && !text[digits])
		number = strtol(text, NULL, 10);
	if (number < 1 || number > STUCK_MEETINGS_MAX)
		return error_set(err, RC_INVALID,
				 _("«%s» no sirve: escriba un número de 1 a %d."), text,
				 STUCK_MEETINGS_MAX);
	strbuf_addf(out, "%ld", number);
	return RC_OK;
}

/* One title of the list, in one line with single blanks. */
static void add_title(struct strbuf *out, const char *text, size_t length)
{
	struct strbuf title;
	strbuf_init(&title);
	for (size_t i = 0; i < length; i++)
		if (!strchr(" \t\r", text[i]))
			strbuf_addch(&title, text[i]);
		else if (title.length && title.data[title.length - 1] != ' ')
			strbuf_addch(&title, ' ');
	strbuf_trim(&title);
	if (title.length)
		strbuf_addf(out, "%s%s", out->length ? "\n" : "", title.data);
	strbuf_release(&title);
}

static enum rc read_standing_items(const char *text, struct strbuf *out, struct error *err)
{
	struct strbuf list;
	int count = 0;
	strbuf_init(&list);
	while (*text) {
		size_t length = strcspn(text, "\n;"), before = list.length;
		add_title(&list, text, length);
		count += list.length > before;
		text += length + (text[length] != '\0');
	}
	enum rc rc = RC_OK;
	if (count > STANDING_ITEMS_MAX)
		rc = error_set(err, RC_INVALID, _("Son %d puntos fijos: caben %d. Quite alguno."),
			       count, STANDING_ITEMS_MAX);
	else
		strbuf_adds(out, list.data);
	strbuf_release(&list);
	return rc;
}

static enum rc read_value(enum setting_id id, const char *text, struct strbuf *out,
			  struct error *err)
{
	switch (id) {
	case SETTING_QUORUM:
		return read_quorum(text, out, err);
	case SETTING_STUCK_MEETINGS:
		return read_stuck_meetings(text, out, err);
	case SETTING_STANDING_ITEMS:
		return read_standing_items(text, out, err);
	case SETTING_VOTE_RULE:
	case SETTING_COUNT:
		break;
	}
	return read_choice(id, text, out, err);
}

enum rc setting_read(enum setting_id id, const char *text, struct strbuf *out, struct error *err)
{
	struct strbuf clean, value;
	strbuf_init(&clean);
	strbuf_init(&value);
	utf8_add_clean(&clean, text, strlen(text));
	strbuf_trim(&clean);
	enum rc rc = RC_OK;
	if (clean.length > SETTING_VALUE_MAX)
		rc = error_set(err, RC_INVALID, _("Es muy largo: caben %d letras."),
			       SETTING_VALUE_MAX);
	if (rc == RC_OK)
		rc = read_value(id, clean.data, &value, err);
	if (rc == RC_OK && strcmp(value.data, settings[id].fallback) != 0)
		strbuf_adds(out, value.data);
	strbuf_release(&clean);
	strbuf_release(&value);
	return rc;
}

/* The items of a list in one line. */
static void add_in_line(struct strbuf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			strbuf_adds(out, "; ");
		else
			strbuf_addch(out, *text);
}

/* What is stored may be of another version: what is no choice is shown as it is. */
static const char *label_of(enum setting_id id, const char *stored)
{
	const struct enum_names *names = settings[id].choices;
	int value = names ? enum_value(names, stored) : ENUM_NONE;
	if (!*stored)
		return settings[id].none;
	return value == ENUM_NONE ? NULL : names->names[value].label;
}

void setting_add_shown(struct strbuf *out, enum setting_id id, const char *stored)
{
	const char *label = label_of(id, stored);
	if (label)
		strbuf_adds(out, *label ? _(label) : "");
	else
		add_in_line(out, stored);
}

void setting_add_words(struct strbuf *out, enum setting_id id, const char *stored)
{
	const char *label = label_of(id, stored);
	add_in_line(out, label ? label : stored);
}
