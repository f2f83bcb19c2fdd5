/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "nucleo/base/digest.h"
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/institutions.h"
#include "nucleo/exchange/roll_parts.h"

/* How a roll becomes an operation, with words that name institutions alone. */

enum { WORDS_INSTITUTIONS_MAX = 6, KEY_BITS = 53, KEY_DIGITS = 16 };

/* ---- edits */

/* The same for whoever writes it: a list made twice at once is one. */
static int64_t row_key(int64_t meeting, int64_t organization)
{
	struct strbuf text;
	uint64_t key = 0;
	strbuf_init(&text);
	strbuf_addf(&text, "attendance %" PRId64 " %" PRId64, meeting, organization);
	struct digest digest = digest_of(text.data, text.length);
	for (int i = 0; i < KEY_DIGITS; i++) {
		char digit = digest.hex[i];
		key = key << 4 | (uint64_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
	}
	strbuf_release(&text);
	key &= (UINT64_C(1) << KEY_BITS) - 1;
	return key ? (int64_t)key : 1;
}

/* Nobody has it: that was looked up when the guest was added. */
static int64_t register_institution(struct operation *operation, const char *acronym)
{
	struct institutions made = {0};
	const struct institution_words words = {.acronym = acronym, .sector = SECTOR_OTHER};
	bool is_known;
	int64_t key = institutions_add(&made, operation, &words, &is_known);
	institutions_release(&made);
	return key;
}

static void change_word(struct operation *operation, int64_t row, const char *column,
			const char *was, const char *now)
{
	operation_change(operation, "attendance", row, column, value_text(was),
			 value_text(now));
}

static void change_time(struct operation *operation, int64_t row, const char *column,
			day_minute was, day_minute now)
{
	struct strbuf before, after;
	strbuf_init(&before);
	strbuf_init(&after);
	daytime_add_iso(&before, was);
	daytime_add_iso(&after, now);
	change_word(operation, row, column, before.length ? before.data : NULL,
		    after.length ? after.data : NULL);
	strbuf_release(&before);
	strbuf_release(&after);
}

static void change_mark(const struct roll_row *of, int64_t row, struct operation *operation)
{
	const struct roll_mark *was = &of->was, *now = &of->mark;
	change_word(operation, row, "status", enum_name(&attendance_status_names, was->status),
		    enum_name(&attendance_status_names, now->status));
	change_word(operation, row, "mode", enum_name(&attendance_mode_names, was->mode),
		    enum_name(&attendance_mode_names, now->mode));
	change_word(operation, row, "standing", enum_name(&standing_names, was->standing),
		    enum_name(&standing_names, now->standing));
	change_word(operation, row, "delegate", was->delegate, now->delegate);
	change_time(operation, row, "arrived", was->arrived, now->arrived);
	change_time(operation, row, "departed", was->departed, now->departed);
}

/* As it was proposed; what was marked is a change of that, which merges with the marks of another
 * who wrote the list at the same time. */
static void insert_row(const struct roll *roll, size_t i, struct operation *operation)
{
	const struct roll_row *row = &roll->rows.items[i];
	const struct roll_mark *mark = &row->was;
	int64_t organization = row->organization
				       ? row->organization
				       : register_institution(operation, row->acronym);
	int64_t key = row_key(roll->meeting, organization);
	operation_insert_again(operation, "attendance", key);
	operation_field(operation, "meeting", value_key(roll->meeting));
	operation_field(operation, "organization", value_key(organization));
	operation_field(operation, "capacity",
			value_text(enum_name(&capacity_names, row->capacity)));
	operation_field(operation, "status",
			value_text(enum_name(&attendance_status_names, mark->status)));
	operation_field(operation, "mode",
			value_text(enum_name(&attendance_mode_names, mark->mode)));
	operation_field(operation, "standing",
			value_text(enum_name(&standing_names, mark->standing)));
	operation_field(operation, "delegate", value_text(mark->delegate));
	operation_field_time(operation, "arrived", mark->arrived);
	operation_field_time(operation, "departed", mark->departed);
	operation_field(operation, "rank", value_integer((int64_t)i));
	change_mark(row, key, operation);
}

/* ---- words: the history is in the group's language, so labels are not translated */

static void add_label(struct strbuf *out, const struct enum_names *names, int value)
{
	if (value >= 0 && value < names->count)
		strbuf_addf(out, ", %s", names->names[value].label);
}

static void add_time(struct strbuf *out, const char *verb, day_minute time)
{
	if (time == DAY_MINUTE_NONE)
		return;
	strbuf_addf(out, ", %s ", verb);
	daytime_add_local(out, time);
}

static void add_one(struct strbuf *out, const struct roll_row *row)
{
	const struct roll_mark *mark = &row->mark;
	strbuf_addf(out, "%s %s", row->acronym,
		    attendance_status_names.names[mark->status].label);
	if (row->capacity == CAPACITY_GUEST && !row->key)
		add_label(out, &capacity_names, row->capacity);
	add_label(out, &attendance_mode_names, mark->mode);
	add_label(out, &standing_names, mark->standing);
	add_time(out, "llega", mark->arrived);
	add_time(out, "sale", mark->departed);
}

static void add_several(struct strbuf *out, const struct roll *roll)
{
	size_t count = 0;
	strbuf_adds(out, "asistencia de ");
	for (size_t i = 0; i < roll->rows.count; i++) {
		if (!roll_row_is_changed(&roll->rows.items[i]))
			continue;
		if (count < WORDS_INSTITUTIONS_MAX)
			strbuf_addf(out, "%s%s", count ? ", " : "", roll->rows.items[i].acronym);
		count++;
	}
	if (count > WORDS_INSTITUTIONS_MAX)
		strbuf_addf(out, " y %zu más", count - WORDS_INSTITUTIONS_MAX);
}

static void add_list(struct strbuf *out, const struct roll *roll)
{
	int present = 0;
	for (size_t i = 0; i < roll->rows.count; i++)
		present += roll->rows.items[i].mark.status == ATTENDANCE_PRESENT;
	strbuf_addf(out, present == 1 ? "asistencia, %d presente" : "asistencia, %d presentes",
		    present);
}

static void set_words(const struct roll *roll, struct operation *operation)
{
	size_t changed = 0, last = 0;
	struct strbuf words;
	strbuf_init(&words);
	for (size_t i = 0; i < roll->rows.count; i++) {
		if (!roll_row_is_changed(&roll->rows.items[i]))
			continue;
		changed++;
		last = i;
	}
	if (!roll->is_stored)
		add_list(&words, roll);
	else if (changed == 1)
		add_one(&words, &roll->rows.items[last]);
	else
		add_several(&words, roll);
	operation_set_words(operation, "%s: %s", roll->number, words.data);
	strbuf_release(&words);
}

/* ---- the operation */

static enum rc check(const struct roll *roll, struct error *err)
{
	for (size_t i = 0; i < roll->rows.count; i++) {
		const struct roll_row *row = &roll->rows.items[i];
		const struct roll_mark *mark = &row->mark;
		if (roll_row_is_changed(row) && mark->arrived != DAY_MINUTE_NONE &&
		    mark->departed != DAY_MINUTE_NONE &&
		    roll_minute(roll, mark->departed) < roll_minute(roll, mark->arrived))
			return error_set(err, RC_INVALID,
					 _("%s sale antes de llegar: corrija sus horas."),
					 row->acronym);
	}
	return RC_OK;
}

enum rc roll_compose(const struct roll *roll, struct operation *operation, struct error *err)
{
	enum rc rc = check(roll, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < roll->rows.count; i++) {
		const struct roll_row *row = &roll->rows.items[i];
		if (row->key)
			change_mark(row, row->key, operation);
		else if (!roll->is_stored || roll_row_is_changed(row))
			insert_row(roll, i, operation);
	}
	if (!roll->is_stored)
		operation_expect_version(operation, roll->version);
	if (!operation_is_empty(operation))
		set_words(roll, operation);
	return RC_OK;
}
