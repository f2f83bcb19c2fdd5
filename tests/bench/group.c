/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/group.h"

#include <stdio.h>
#include <stdlib.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/records.h"

/* Milestones of each commitment, and what the lists of all meetings are made of. */
enum { MILESTONES = 4, PLACES = 221, INDICATORS = 40 };
enum { EDITS_AN_OPERATION = 2000 };

int64_t maker_row(struct group_maker *maker, const char *table)
{
	maker->written++;
	return operation_insert(maker->operation, table);
}

void maker_text(struct group_maker *maker, const char *column, const char *text)
{
	operation_field(maker->operation, column, value_text(text));
}

void maker_number(struct group_maker *maker, const char *column, int64_t number)
{
	operation_field(maker->operation, column, value_integer(number));
}

void maker_date(struct group_maker *maker, const char *column, day_number date)
{
	operation_field_date(maker->operation, column, date);
}

enum rc maker_commit(struct group_maker *maker, const char *words, bool is_last, struct error *err)
{
	if (!maker->written || (!is_last && maker->written < EDITS_AN_OPERATION))
		return RC_OK;
	operation_set_words(maker->operation, "%s", words);
	enum rc rc = operation_commit(maker->operation, maker->store, NULL, err);
	operation_free(maker->operation);
	maker->operation = operation_new();
	maker->written = 0;
	return rc;
}

static void add_organization(struct group_maker *maker, unsigned index)
{
	struct strbuf text;
	strbuf_init(&text);
	words_add_acronym(&text, index);
	maker->organizations[index] = maker_row(maker, "organization");
	maker_text(maker, "acronym", text.data);
	char *sort = utf8_sort_key(text.data);
	maker_text(maker, "sort", sort);
	free(sort);
	strbuf_reset(&text);
	words_add_organization(&text, index);
	maker_text(maker, "name", text.data);
	maker_text(maker, "sector", words_sector(index));
	maker_row(maker, "membership");
	maker_number(maker, "organization", maker->organizations[index]);
	maker_text(maker, "role", index % 6 ? "member" : "observer");
	maker_row(maker, "person");
	maker_number(maker, "organization", maker->organizations[index]);
	maker_text(maker, "post", index % 2 ? "Dirección de Planificación" : "Secretaría General");
	maker_text(maker, "standing", "principal");
	strbuf_release(&text);
}

static void add_place(struct group_maker *maker, int index)
{
	struct strbuf name;
	strbuf_init(&name);
	words_add_place(&name, (unsigned)index);
	maker->places[index] = maker_row(maker, "local_government");
	maker_text(maker, "name", name.data);
	char *sort = utf8_sort_key(name.data);
	maker_text(maker, "sort", sort);
	free(sort);
	maker_text(maker, "level", index % 9 ? "municipality" : "province");
	strbuf_release(&name);
}

static void add_indicator(struct group_maker *maker, int index)
{
	struct strbuf name;
	strbuf_init(&name);
	words_add_title(&name, &maker->dice);
	maker->indicators[index] = maker_row(maker, "indicator");
	maker_text(maker, "name", name.data);
	maker_number(maker, "organization",
		     maker->organizations[dice_roll(&maker->dice, WORDS_ORGANIZATIONS)]);
	strbuf_release(&name);
}

static enum rc add_directory(struct group_maker *maker, struct error *err)
{
	for (unsigned i = 0; i < WORDS_ORGANIZATIONS; i++)
		add_organization(maker, i);
	for (int i = 0; i < PLACES; i++)
		add_place(maker, i);
	for (int i = 0; i < INDICATORS; i++)
		add_indicator(maker, i);
	maker->place_count = PLACES;
	maker->indicator_count = INDICATORS;
	return maker_commit(maker, "Instituciones, lugares e indicadores", true, err);
}

static void add_party(struct group_maker *maker, int64_t commitment, const char *role, int rank)
{
	maker_row(maker, "commitment_party");
	maker_number(maker, "commitment", commitment);
	maker_number(maker, "organization",
		     maker->organizations[dice_roll(&maker->dice, WORDS_ORGANIZATIONS)]);
	maker_text(maker, "role", role);
	maker_number(maker, "rank", rank);
}

static void add_parties(struct group_maker *maker, int64_t commitment)
{
	int supporters = (int)dice_roll(&maker->dice, 4);
	add_party(maker, commitment, "lead", 0);
	if (dice_chance(&maker->dice, 15))
		add_party(maker, commitment, "lead", 1);
	if (dice_chance(&maker->dice, 70))
		add_party(maker, commitment, "counterpart", 0);
	for (int i = 0; i < supporters; i++)
		add_party(maker, commitment, "support", i);
}

static void add_report(struct group_maker *maker, int64_t commitment, int64_t milestone,
		       day_number as_of, unsigned percent)
{
	static const char *const states[] = {"definition", "planning", "execution", "completed"};
	maker_row(maker, "progress");
	maker_number(maker, "commitment", commitment);
	maker_number(maker, "milestone", milestone);
	maker_date(maker, "as_of", as_of);
	if (!dice_chance(&maker->dice, 5))
		operation_field(maker->operation, "percent", value_real(percent));
	maker_text(maker, "state", states[percent / 34]);
	maker_text(maker, "reporter", dice_chance(&maker->dice, 60) ? "entity" : "counterpart");
}

/* Two dated reports each; some milestones have not been reported at all. */
static void add_milestone(struct group_maker *maker, int64_t commitment, int number,
			  day_number starts)
{
	struct strbuf title;
	day_number begins = starts + (number - 1) * 180;
	unsigned percent = dice_roll(&maker->dice, 60);
	strbuf_init(&title);
	words_add_title(&title, &maker->dice);
	int64_t key = maker_row(maker, "milestone");
	maker_number(maker, "commitment", commitment);
	maker_number(maker, "number", number);
	maker_text(maker, "title", title.data);
	maker_date(maker, "starts", begins);
	maker_date(maker, "ends", begins + 179);
	if (!dice_chance(&maker->dice, 10)) {
		add_report(maker, commitment, key, begins + 60, percent);
		add_report(maker, commitment, key, begins + 150,
			   percent + dice_roll(&maker->dice, 101 - percent));
	}
	strbuf_release(&title);
}

static void add_blocker(struct group_maker *maker, int64_t commitment, day_number since)
{
	struct strbuf reason;
	strbuf_init(&reason);
	words_add_sentence(&reason, &maker->dice, "La institución no");
	maker_row(maker, "blocker");
	maker_number(maker, "commitment", commitment);
	maker_date(maker, "since", since);
	if (dice_chance(&maker->dice, 50))
		maker_date(maker, "until", since + 90);
	maker_text(maker, "reason", reason.data);
	strbuf_release(&reason);
}

/* The ficha; some titles are not known yet, as in life. */
static int64_t add_ficha(struct group_maker *maker, int64_t plan, const char *plan_code, int number)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "C%d", number);
	char *sort = commitment_sort_key(plan_code, text.data);
	int64_t key = maker_row(maker, "commitment");
	maker_number(maker, "plan", plan);
	maker_text(maker, "code", text.data);
	maker_text(maker, "sort", sort);
	free(sort);
	strbuf_reset(&text);
	words_add_title(&text, &maker->dice);
	maker_text(maker, "title", dice_chance(&maker->dice, 90) ? text.data : NULL);
	strbuf_reset(&text);
	for (int i = 0; i < 3; i++)
		words_add_sentence(&text, &maker->dice, i ? " El equipo" : "La institución");
	maker_text(maker, "problem", text.data);
	maker_text(maker, "axis", number % 2 ? "Transparencia" : "Participación ciudadana");
	strbuf_release(&text);
	return key;
}

static enum rc add_plan(struct group_maker *maker, int number, int from, int to, struct error *err)
{
	char code[24];
	enum rc rc = RC_OK;
	day_number starts = date_from_civil(
		GROUP_FIRST_YEAR + number * GROUP_YEARS / maker->plan_count, 1, 1);
	int64_t plan = maker_row(maker, "plan");
	snprintf(code, sizeof(code), "paga%d", number + 1);
	maker_text(maker, "code", code);
	maker_date(maker, "starts", starts);
	maker_date(maker, "ends", starts + 729);
	for (int i = from; i < to && rc == RC_OK; i++) {
		int64_t key = add_ficha(maker, plan, code, i - from + 1);
		maker->commitments[i] = key;
		add_parties(maker, key);
		for (int milestone = 1; milestone <= MILESTONES; milestone++)
			add_milestone(maker, key, milestone, starts);
		if (dice_chance(&maker->dice, 10))
			add_blocker(maker, key, starts + (int)dice_roll(&maker->dice, 700));
		rc = maker_commit(maker, "Compromisos, hitos y avances", false, err);
	}
	return rc;
}

static enum rc add_plans(struct group_maker *maker, struct error *err)
{
	int total = maker->sizes.commitments, each = maker->sizes.plan_size;
	enum rc rc = RC_OK;
	maker->plan_size = each;
	maker->plan_count = (total + each - 1) / each;
	for (int i = 0; i < maker->plan_count && rc == RC_OK; i++)
		rc = add_plan(maker, i, i * each, (i + 1) * each < total ? (i + 1) * each : total,
			      err);
	return rc == RC_OK ? maker_commit(maker, "Compromisos, hitos y avances", true, err) : rc;
}

enum rc group_fill(struct store *store, const struct group_sizes *sizes, struct error *err)
{
	struct group_maker maker = {.store = store, .sizes = *sizes, .dice = {sizes->seed}};
	maker.operation = operation_new();
	maker.commitments = mem_alloc_zero((size_t)sizes->commitments + 1, sizeof(int64_t));
	maker.places = mem_alloc_zero(PLACES, sizeof(int64_t));
	enum rc rc = add_directory(&maker, err);
	if (rc == RC_OK)
		rc = add_plans(&maker, err);
	if (rc == RC_OK)
		rc = maker_add_meetings(&maker, err);
	operation_free(maker.operation);
	free(maker.commitments);
	free(maker.places);
	return rc;
}

enum rc group_make(const char *path, const struct group_sizes *sizes, struct error *err)
{
	struct store *store = NULL;
	struct store_options options = {.path = path,
					.actor = "MINCUE",
					.mode = STORE_READ_WRITE,
					.today = group_meeting_day(1, 2),
					.throw_away = true};
	enum rc rc = store_create(&options, &store, err);
	if (rc == RC_OK)
		rc = group_fill(store, sizes, err);
	store_close(store);
	return rc;
}
