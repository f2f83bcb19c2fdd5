/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/roll.h"
#include "nucleo/store/setting.h"

/* Whether those who are there may decide. */

static bool is_there(const struct roll *roll, const struct roll_mark *mark, int at)
{
	if (mark->status != ATTENDANCE_PRESENT)
		return false;
	return at == DAY_MINUTE_NONE ||
	       (roll_minute(roll, mark->arrived) <= at &&
		(mark->departed == DAY_MINUTE_NONE || roll_minute(roll, mark->departed) > at));
}

static void count_one(struct quorum_count *count, int sector, bool is_present)
{
	count->members++;
	count->present += is_present;
	count->sector_members[sector]++;
	count->sector_present[sector] += is_present;
}

/* `at` as roll_minute() has it. */
static void count_at(const struct roll *roll, int at, struct quorum_count *count)
{
	*count = (struct quorum_count){0};
	for (size_t i = 0, next; i < roll->rows.count; i = next) {
		const struct roll_row *row = &roll->rows.items[i];
		bool is_present = is_there(roll, &row->mark, at);
		/* Rows of one institution stand together, and one of them is enough. */
		for (next = i + 1; next < roll->rows.count && row->organization &&
				   roll->rows.items[next].organization == row->organization;
		     next++)
			is_present |= is_there(roll, &roll->rows.items[next].mark, at);
		if (row->capacity == CAPACITY_MEMBER)
			count_one(count, row->sector, is_present);
	}
}

void roll_count(const struct roll *roll, day_minute at, struct quorum_count *count)
{
	count_at(roll, roll_minute(roll, at), count);
}

static bool is_met(const struct roll *roll, const struct quorum_rule *rule, int at)
{
	struct quorum_count count;
	count_at(roll, at, &count);
	return quorum_is_met(rule, &count);
}

/* The last time somebody left with whom there was one. */
static day_minute last_loss(const struct roll *roll, const struct quorum_rule *rule)
{
	day_minute lost = DAY_MINUTE_NONE;
	for (size_t i = 0; i < roll->rows.count; i++) {
		day_minute departed = roll->rows.items[i].mark.departed;
		int left = roll_minute(roll, departed);
		if (left > roll_minute(roll, lost) && !is_met(roll, rule, left) &&
		    is_met(roll, rule, left - 1))
			lost = departed;
	}
	return lost;
}

day_minute roll_quorum_lost(const struct roll *roll, const struct quorum_rule *rule)
{
	return is_met(roll, rule, 2 * DAY_MINUTES) ? DAY_MINUTE_NONE : last_loss(roll, rule);
}

day_minute roll_quorum_regained(const struct roll *roll, const struct quorum_rule *rule,
				day_minute *lost)
{
	day_minute regained = DAY_MINUTE_NONE;
	*lost = last_loss(roll, rule);
	for (size_t i = 0; i < roll->rows.count && *lost != DAY_MINUTE_NONE; i++) {
		day_minute arrived = roll->rows.items[i].mark.arrived;
		int back = roll_minute(roll, arrived);
		if (back > roll_minute(roll, *lost) && is_met(roll, rule, back) &&
		    (regained == DAY_MINUTE_NONE || back < roll_minute(roll, regained)))
			regained = arrived;
	}
	return regained;
}

static void add_sectors(struct json_writer *json, const struct quorum_rule *rule,
			const struct quorum_count *count)
{
	json_name(json, "sectors");
	json_object_begin(json);
	for (int sector = 0; sector < QUORUM_SECTORS; sector++) {
		if (!count->sector_members[sector] && !rule->sector[sector])
			continue;
		json_name(json, enum_name(&sector_names, sector));
		json_object_begin(json);
		json_integer_member(json, "members", count->sector_members[sector]);
		json_integer_member(json, "present", count->sector_present[sector]);
		json_integer_member(json, "required", rule->sector[sector]);
		json_object_end(json);
	}
	json_object_end(json);
}

static void add_object(const struct roll *roll, const struct quorum_rule *rule,
		       struct json_writer *json)
{
	struct quorum_count count;
	struct strbuf text;
	strbuf_init(&text);
	quorum_rule_add(&text, rule);
	roll_count(roll, DAY_MINUTE_NONE, &count);
	json_object_begin(json);
	json_string_member(json, "rule", text.length ? text.data : NULL);
	json_integer_member(json, "members", count.members);
	json_integer_member(json, "present", count.present);
	json_name(json, "met");
	json_bool(json, quorum_is_met(rule, &count));
	json_daytime_member(json, "lost", roll_quorum_lost(roll, rule));
	add_sectors(json, rule, &count);
	json_object_end(json);
	strbuf_release(&text);
}

/* An empty roll when its attendance has not been taken. */
static enum rc load_stored(struct store *store, int64_t meeting, struct roll *roll,
			   struct quorum_rule *rule, struct error *err)
{
	*roll = (struct roll){0};
	enum rc rc = setting_load_quorum(store, rule, err);
	if (rc == RC_OK)
		rc = roll_load(store, meeting, roll, err);
	if (rc == RC_OK && !roll->is_stored)
		roll_release(roll);
	return rc;
}

enum rc roll_add_meeting_quorum(struct store *store, int64_t meeting, struct json_writer *json,
				struct error *err)
{
	struct roll roll;
	struct quorum_rule rule;
	enum rc rc = load_stored(store, meeting, &roll, &rule, err);
	if (rc == RC_OK && roll.is_stored)
		add_object(&roll, &rule, json);
	else
		json_null(json);
	roll_release(&roll);
	return rc;
}

/* The acta is in the group's language. */
static void add_lost(struct strbuf *out, const struct roll *roll, const struct quorum_rule *rule)
{
	day_minute lost, regained = roll_quorum_regained(roll, rule, &lost);
	if (lost == DAY_MINUTE_NONE)
		return;
	strbuf_adds(out, " Se perdió a las ");
	daytime_add_local(out, lost);
	if (regained != DAY_MINUTE_NONE) {
		strbuf_adds(out, " y volvió a haberlo a las ");
		daytime_add_local(out, regained);
	}
	strbuf_addch(out, '.');
}

enum rc roll_add_acta_quorum(struct store *store, int64_t meeting, struct strbuf *out,
			     struct error *err)
{
	struct roll roll;
	struct quorum_rule rule;
	struct quorum_count count;
	enum rc rc = load_stored(store, meeting, &roll, &rule, err);
	if (rc == RC_OK && roll.is_stored) {
		roll_count(&roll, DAY_MINUTE_NONE, &count);
		quorum_add_acta(out, &rule, &count);
		add_lost(out, &roll, &rule);
	}
	roll_release(&roll);
	return rc;
}
