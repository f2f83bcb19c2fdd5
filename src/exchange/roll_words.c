/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/exchange/roll_parts.h"
#include "nucleo/model/directory.h"
#include "nucleo/store/record_set.h"

/* What a command says of one institution, and guests by their acronym. */

enum { ACRONYM_BYTES_MAX = 64 };

/* As people say it beside the labels. */
struct spoken {
	const char *word;
	int value;
};

static int spoken_value(const struct spoken *table, const struct enum_names *names,
			const char *word)
{
	int value = enum_value(names, word);
	for (; value == ENUM_NONE && table->word; table++)
		if (utf8_equal_folded(table->word, word))
			value = table->value;
	return value;
}

static int status_of(const char *word)
{
	static const struct spoken table[] = {{"justificada", ATTENDANCE_EXCUSED},
					      {"excusado", ATTENDANCE_EXCUSED},
					      {"excusada", ATTENDANCE_EXCUSED},
					      {NULL, 0}};
	return spoken_value(table, &attendance_status_names, word);
}

static int mode_of(const char *word)
{
	static const struct spoken table[] = {{"en persona", MODE_IN_PERSON},
					      {"in-person", MODE_IN_PERSON},
					      {"en línea", MODE_VIRTUAL},
					      {NULL, 0}};
	return spoken_value(table, &attendance_mode_names, word);
}

static int standing_of(const char *word)
{
	static const struct spoken table[] = {{"alterno", STANDING_ALTERNATE},
					      {"alterna", STANDING_ALTERNATE},
					      {NULL, 0}};
	return spoken_value(table, &standing_names, word);
}

/* What the words said, each at most once. */
struct said {
	int status, mode, standing;
	char *times; /* owned */
};

static enum rc hear(struct said *said, const char *word, struct error *err)
{
	int status = status_of(word), mode = mode_of(word), standing = standing_of(word);
	if (status != ENUM_NONE && said->status == ENUM_NONE)
		said->status = status;
	else if (mode != ENUM_NONE && said->mode == ENUM_NONE)
		said->mode = mode;
	else if (standing != ENUM_NONE && said->standing == ENUM_NONE)
		said->standing = standing;
	else if (*word >= '-' && *word <= '9' && !said->times)
		said->times = mem_strdup(word);
	else
		return error_set(err, RC_INVALID,
				 _("«%s» no se entiende aquí: se dice presente, ausente o "
				   "justificado; presencial o virtual; titular o suplente; y las "
				   "horas, 15h20-16h40"),
				 word);
	return RC_OK;
}

static enum rc hear_all(struct said *said, const char *words, struct error *err)
{
	enum rc rc = RC_OK;
	for (const char *at = words; rc == RC_OK && at;) {
		const char *comma = strchr(at, ',');
		char *word = mem_strndup(at, comma ? (size_t)(comma - at) : strlen(at));
		rc = hear(said, word, err);
		free(word);
		at = comma ? comma + 1 : NULL;
	}
	return rc;
}

static enum rc do_said(struct roll *roll, size_t i, const struct said *said, struct error *err)
{
	struct roll_mark *mark = &roll->rows.items[i].mark;
	int status = said->status == ENUM_NONE ? ATTENDANCE_PRESENT : said->status;
	bool is_more = said->mode != ENUM_NONE || said->standing != ENUM_NONE || said->times;
	if (status != ATTENDANCE_PRESENT && is_more)
		return error_set(err, RC_INVALID, "%s",
				 _("de quien no está no se dice modalidad, delegación ni horas"));
	/* The command says the times itself: it may be given long after the meeting. */
	roll_set_status(roll, i, status, DAY_MINUTE_NONE);
	if (said->mode != ENUM_NONE)
		mark->mode = said->mode;
	if (said->standing != ENUM_NONE)
		mark->standing = said->standing;
	return said->times ? roll_set_times(roll, i, said->times, err) : RC_OK;
}

enum rc roll_assign(struct roll *roll, size_t i, const char *words, struct error *err)
{
	struct said said = {ENUM_NONE, ENUM_NONE, ENUM_NONE, NULL};
	enum rc rc = hear_all(&said, words, err);
	if (rc == RC_OK)
		rc = do_said(roll, i, &said, err);
	free(said.times);
	return rc;
}

/* ---- guests */

static enum rc check_acronym(const char *acronym, struct error *err)
{
	const struct editable_kind *kind = editable_kind_of(RECORD_ORGANIZATION);
	const struct editable_field *field = &kind->fields[editable_index(kind, "acronym")];
	if (!*acronym || strlen(acronym) > ACRONYM_BYTES_MAX)
		return error_set(err, RC_INVALID, _("«%.40s» no son siglas."), acronym);
	enum rc rc = record_text_check(acronym, err);
	return rc == RC_OK ? record_value_check(field, acronym, err) : rc;
}

/* Owned: "gn", as it is typed in a hurry, is GN. */
static char *spelt(const char *acronym)
{
	char *text = mem_strdup(acronym);
	for (const char *at = acronym; *at; at++)
		if (!(*at >= 'a' && *at <= 'z'))
			return text;
	for (char *at = text; *at; at++)
		*at = (char)(*at - 'a' + 'A');
	return text;
}

/* As the directory of public bodies spells it; the rest somebody is to look at. */
static void add_unknown(struct roll *roll, const char *acronym)
{
	const struct directory_entry *entry = directory_find(acronym);
	char *text = spelt(acronym);
	struct roll_row *row = roll_add_row(roll, 0, entry ? entry->acronym : text,
					    entry ? entry->name : NULL);
	row->sector = entry ? entry->sector : SECTOR_OTHER;
	free(text);
}

static enum rc add_known(struct store *store, struct roll *roll, int64_t key, struct error *err)
{
	struct record_set set = {0};
	const struct list_query itself = {.key = key};
	enum rc rc = record_set_load(&set, store, RECORD_ORGANIZATION, &itself, err);
	if (rc == RC_OK && set.count) {
		const struct organization *found = record_set_at(&set, 0);
		roll_add_row(roll, key, found->acronym, found->name)->sector =
			found->sector == ENUM_NONE ? SECTOR_OTHER : found->sector;
	}
	record_set_release(&set);
	return rc;
}

static enum rc add_guest(struct store *store, struct roll *roll, const char *acronym,
			 bool *is_known, struct error *err)
{
	const struct directory_entry *entry = directory_find(acronym);
	int64_t key = 0;
	enum rc rc = store_find(store, RECORD_ORGANIZATION, acronym, &key, err);
	if (rc == RC_NOT_FOUND && entry)
		rc = store_find(store, RECORD_ORGANIZATION, entry->acronym, &key, err);
	*is_known = rc == RC_OK;
	if (rc == RC_OK)
		return add_known(store, roll, key, err);
	if (rc == RC_NOT_FOUND)
		rc = check_acronym(acronym, err);
	if (rc == RC_OK)
		add_unknown(roll, acronym);
	return rc;
}

enum rc roll_add_guest(struct store *store, struct roll *roll, const char *acronym, size_t *row,
		       bool *is_known, struct error *err)
{
	size_t before = roll->rows.count, found = roll_find(roll, acronym);
	bool known = true;
	if (found == before) {
		enum rc rc = add_guest(store, roll, acronym, &known, err);
		if (rc != RC_OK)
			return rc;
	}
	if (roll->rows.count > before) {
		/* A name the directory knows may be that of one who is there. */
		roll->rows.items[before].mark.status = ATTENDANCE_PRESENT;
		roll->rows.items[before].mark.mode = roll->mode;
	}
	*row = found;
	*is_known = known;
	return RC_OK;
}
