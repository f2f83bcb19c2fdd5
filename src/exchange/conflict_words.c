/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/conflict_words.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

/* Of a value within the name of an outcome. */
enum { OUTCOME_COLUMNS = 40 };

static const enum conflict_choice choices[] = {CONFLICT_MINE, CONFLICT_THEIRS, CONFLICT_BOTH,
					       CONFLICT_EDITED};

void conflict_add_subject(struct strbuf *out, const struct conflict_item *item)
{
	if (item->record[0])
		strbuf_addf(out, "%s · ", item->record);
	strbuf_adds(out, conflict_item_word(item));
}

static bool is_refused(const struct conflict *conflict)
{
	size_t count = conflict->items.count;
	return count && conflict->items.items[count - 1].kind == CONFLICT_REFUSED;
}

void conflict_add_reason(struct strbuf *out, const struct conflict *conflict)
{
	const char *separator = "";
	if (is_refused(conflict)) {
		strbuf_adds(out, conflict->reason);
		return;
	}
	strbuf_adds(out, _("en conflicto: "));
	for (size_t i = 0; i < conflict->items.count; i++) {
		if (!conflict->items.items[i].needs_decision)
			continue;
		strbuf_addf(out, "%s%s", separator, conflict_item_word(&conflict->items.items[i]));
		separator = ", ";
	}
}

void conflict_add_author(struct strbuf *out, const char *by, const char *at)
{
	strbuf_adds(out, *by ? by : _("alguien"));
	if (!*at)
		return;
	strbuf_adds(out, ", ");
	clock_add_local(out, at);
}

/* One line of it: what is long is read above. */
static void add_value(struct strbuf *out, const char *words)
{
	struct strbuf line;
	strbuf_init(&line);
	strbuf_addf(&line, "%.*s%s", (int)strcspn(words, "\n"), words,
		    strchr(words, '\n') ? "…" : "");
	strbuf_adds(out, " (");
	utf8_fit(out, line.data, OUTCOME_COLUMNS);
	strbuf_adds(out, ")");
	strbuf_release(&line);
}

static void add_theirs(struct strbuf *out, const struct conflict_item *item)
{
	if (item->is_own || !item->by[0])
		strbuf_adds(out, _("Dejar lo que hay ahora"));
	else
		strbuf_addf(out, _("Tomar lo de %s"), item->by);
	add_value(out, item->theirs.words);
}

static void add_field_outcome(struct strbuf *out, const struct conflict_item *item,
			      enum conflict_choice choice)
{
	switch (choice) {
	case CONFLICT_MINE:
		strbuf_adds(out, _("Quedarme con lo mío"));
		add_value(out, item->mine.words);
		break;
	case CONFLICT_THEIRS:
		add_theirs(out, item);
		break;
	case CONFLICT_BOTH:
		strbuf_adds(out, _("Los dos, uno tras otro"));
		break;
	case CONFLICT_EDITED:
		strbuf_adds(out, _("Escribir otro"));
		if (item->choice == CONFLICT_EDITED)
			add_value(out, item->edited.words);
		break;
	case CONFLICT_OPEN:
		strbuf_adds(out, _("sin decidir"));
	}
}

static void add_deletion_outcome(struct strbuf *out, const struct conflict_item *item,
				 enum conflict_choice choice)
{
	if (choice == CONFLICT_MINE)
		strbuf_adds(out, _("Quitarlo de todos modos"));
	else if (choice == CONFLICT_OPEN)
		strbuf_adds(out, _("sin decidir"));
	else if (item->by[0])
		strbuf_addf(out, _("Dejarlo como lo puso %s"), item->by);
	else
		strbuf_adds(out, _("Dejarlo como está"));
}

void conflict_add_outcome(struct strbuf *out, const struct conflict_item *item,
			  enum conflict_choice choice)
{
	static const char *const gone[] = {N_("sin decidir"), N_("Recuperarlo con lo mío"),
					   N_("Dejarlo quitado")};
	static const char *const refused[] = {N_("sin decidir"), N_("Intentarlo otra vez"),
					      N_("Dejarlo: no se guarda")};
	size_t plain = choice <= CONFLICT_THEIRS ? (size_t)choice : 0;
	switch (item->kind) {
	case CONFLICT_GONE:
		strbuf_adds(out, _(gone[plain]));
		break;
	case CONFLICT_REFUSED:
		strbuf_adds(out, _(refused[plain]));
		break;
	case CONFLICT_DELETES:
		add_deletion_outcome(out, item, choice);
		break;
	case CONFLICT_FIELD:
	case CONFLICT_NEW:
		add_field_outcome(out, item, choice);
		break;
	}
}

enum conflict_choice conflict_choice_named(const char *word)
{
	static const struct {
		const char *word;
		enum conflict_choice choice;
	} words[] = {
		{"mine", CONFLICT_MINE},     {"mío", CONFLICT_MINE},	{"mía", CONFLICT_MINE},
		{"theirs", CONFLICT_THEIRS}, {"suyo", CONFLICT_THEIRS}, {"suya", CONFLICT_THEIRS},
		{"both", CONFLICT_BOTH},     {"ambos", CONFLICT_BOTH},
	};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (utf8_equal_folded(words[i].word, word))
			return words[i].choice;
	return CONFLICT_OPEN;
}

/* ---- as text */

static void add_labelled(struct strbuf *out, const char *label, const char *text)
{
	strbuf_addf(out, "     %s: ", label);
	for (; *text; text++) {
		strbuf_addch(out, *text);
		if (*text == '\n')
			strbuf_adds(out, "       ");
	}
	strbuf_addch(out, '\n');
}

static void add_item_choices(struct strbuf *out, const struct conflict_item *item)
{
	for (size_t i = 0; i < ARRAY_COUNT(choices); i++) {
		if (!(item->choices & (unsigned)choices[i]))
			continue;
		if (choices[i] == CONFLICT_EDITED)
			strbuf_addf(out, "       %s==… ", item->column);
		else
			strbuf_addf(out, "       %s=%s ", item->column[0] ? item->column : "record",
				    conflict_choice_name(choices[i]));
		conflict_add_outcome(out, item, choices[i]);
		strbuf_addch(out, '\n');
	}
}

static void add_item_text(struct strbuf *out, const struct conflict_item *item)
{
	struct strbuf label;
	if (item->is_internal || (!item->needs_decision && !item->choices))
		return;
	strbuf_adds(out, "   ");
	conflict_add_subject(out, item);
	strbuf_addch(out, '\n');
	strbuf_init(&label);
	if (item->seen.words[0])
		add_labelled(out, _("usted vio"), item->seen.words);
	if (item->mine.words[0])
		add_labelled(out, _("usted puso"), item->mine.words);
	if (item->theirs.words[0]) {
		conflict_add_author(&label, item->by, item->at);
		add_labelled(out, label.data, item->theirs.words);
	}
	add_item_choices(out, item);
	strbuf_release(&label);
}

void conflict_add_text(struct strbuf *out, const struct conflict *conflict, size_t place)
{
	strbuf_addf(out, "%zu. %s (", place, conflict->words);
	conflict_add_author(out, conflict->by, conflict->at);
	strbuf_adds(out, ")\n   ");
	if (conflict->follows)
		strbuf_adds(out, conflict->reason);
	else
		conflict_add_reason(out, conflict);
	strbuf_addch(out, '\n');
	for (size_t i = 0; i < conflict->items.count && !conflict->follows; i++)
		add_item_text(out, &conflict->items.items[i]);
}

/* ---- as JSON */

static void add_value_json(struct json_writer *json, const char *name,
			   const struct conflict_value *value)
{
	json_name(json, name);
	if (!value->code)
		json_null(json);
	else if (value->value.type == VALUE_REAL)
		json_number(json, value->value.real);
	else
		json_string(json, value->code);
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

static void add_item_json(struct json_writer *json, const struct conflict_item *item)
{
	static const char *const kinds[] = {"field", "new", "gone", "deletion", "refused"};
	json_object_begin(json);
	json_string_member(json, "kind", kinds[item->kind]);
	json_string_member(json, "table", or_null(item->table));
	json_string_member(json, "record", or_null(item->record));
	json_string_member(json, "field", or_null(item->column));
	json_name(json, "needs_decision");
	json_bool(json, item->needs_decision);
	add_value_json(json, "seen", &item->seen);
	add_value_json(json, "mine", &item->mine);
	add_value_json(json, "theirs", &item->theirs);
	json_string_member(json, "by", or_null(item->by));
	json_string_member(json, "at", or_null(item->at));
	json_name(json, "choices");
	json_array_begin(json);
	for (size_t i = 0; i < ARRAY_COUNT(choices); i++)
		if (item->choices & (unsigned)choices[i])
			json_string(json, conflict_choice_name(choices[i]));
	json_array_end(json);
	json_object_end(json);
}

void conflict_add_json(struct json_writer *json, const struct conflict *conflict)
{
	json_object_begin(json);
	json_string_member(json, "op", conflict->op);
	json_string_member(json, "words", conflict->words);
	json_string_member(json, "by", conflict->by);
	json_string_member(json, "at", conflict->at);
	json_string_member(json, "reason", conflict->reason);
	json_name(json, "follows");
	json_bool(json, conflict->follows != 0);
	json_name(json, "fields");
	json_array_begin(json);
	for (size_t i = 0; i < conflict->items.count; i++)
		if (!conflict->items.items[i].is_internal)
			add_item_json(json, &conflict->items.items[i]);
	json_array_end(json);
	json_object_end(json);
}
