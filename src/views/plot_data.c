/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/plot_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"

/* Letters that tell places apart, and are read aloud as what they are. */
#define LETTERS "abcdefghijklmnopqrstuvwxyz"

typedef VECTOR(size_t) row_order;

static struct plot_track *add_track(struct plot_data *data, const char *name, const char *glyph,
				    enum role role)
{
	struct plot_track *track = vector_add(&data->tracks);
	track->name = mem_strdup(name);
	snprintf(track->glyph, sizeof(track->glyph), "%s", glyph);
	track->role = role;
	data->value_tracks += *glyph != '\0';
	return track;
}

static void add_point(struct plot_track *track, int64_t x, double y, size_t row)
{
	vector_push(&track->points, ((struct plot_point){x, y}));
	vector_push(&track->rows, row);
}

static void release_track(struct plot_track *track)
{
	free(track->name);
	vector_release(&track->points);
	vector_release(&track->rows);
}

void plot_data_release(struct plot_data *data)
{
	for (size_t i = 0; i < data->tracks.count; i++)
		release_track(&data->tracks.items[i]);
	vector_release(&data->tracks);
	record_set_release(&data->records);
	free(data->name);
	*data = (struct plot_data){0};
}

/* ---- a commitment */

struct dated_row {
	day_number day;
	int weight;
	int64_t key;
	size_t row;
};

/* Who is believed of those who report for one day comes last, as in the commitment's figure. */
static int weight_of(int reporter)
{
	switch (reporter) {
	case REPORTER_GROUP:
		return 3;
	case REPORTER_ENTITY:
		return 2;
	case REPORTER_COUNTERPART:
		return 1;
	default:
		return 0;
	}
}

static int by_day(const void *a, const void *b)
{
	const struct dated_row *left = a, *right = b;
	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	if (left->weight != right->weight)
		return left->weight - right->weight;
	return left->key < right->key ? -1 : left->key > right->key;
}

static const struct progress *progress_at(const struct plot_data *data, size_t row)
{
	return record_set_at(&data->records, row);
}

/* The reports with a figure, oldest first: of the commitment itself, or of its milestones. */
static void order_reports(const struct plot_data *data, bool of_milestones, row_order *order)
{
	VECTOR(struct dated_row) rows = {0};
	for (size_t i = 0; i < data->records.count; i++) {
		const struct progress *progress = progress_at(data, i);
		if (progress->percent != PERCENT_NONE && !progress->milestone == !of_milestones)
			vector_push(&rows, ((struct dated_row){progress->as_of,
							       weight_of(progress->reporter),
							       progress->key, i}));
	}
	if (rows.count)
		qsort(rows.items, rows.count, sizeof(rows.items[0]), by_day);
	for (size_t i = 0; i < rows.count; i++)
		vector_push(order, rows.items[i].row);
	vector_release(&rows);
}

static void add_reporter(struct plot_data *data, const row_order *order, int reporter, bool alone)
{
	static const char *const glyphs[] = {
		[REPORTER_ENTITY] = "e", [REPORTER_COUNTERPART] = "c", [REPORTER_GROUP] = "g"};
	static const enum role roles[] = {
		[REPORTER_ENTITY] = ROLE_BAR,
		[REPORTER_COUNTERPART] = ROLE_GOOD,
		[REPORTER_GROUP] = ROLE_WARNING,
	};
	bool is_known = reporter != ENUM_NONE;
	struct plot_track *track = add_track(
		data, is_known ? enum_label(&reporter_names, reporter) : _("avance"),
		is_known && !alone ? glyphs[reporter] : "●", is_known ? roles[reporter] : ROLE_BAR);
	for (size_t i = 0; i < order->count; i++) {
		const struct progress *progress = progress_at(data, order->items[i]);
		if (progress->reporter == reporter)
			add_point(track, progress->as_of, progress->percent / 100.0,
				  order->items[i]);
	}
}

static void add_reporters(struct plot_data *data, const row_order *order)
{
	size_t counts[REPORTER_GROUP + 2] = {0}; /* the first: nobody is named */
	for (size_t i = 0; i < order->count; i++)
		counts[progress_at(data, order->items[i])->reporter + 1]++;
	for (int reporter = ENUM_NONE; reporter <= REPORTER_GROUP; reporter++)
		if (counts[reporter + 1])
			add_reporter(data, order, reporter, counts[reporter + 1] == order->count);
}

struct milestone_report {
	const char *number; /**< borrowed from the records */
	double percent;
};

typedef VECTOR(struct milestone_report) milestone_reports;

static void note_report(milestone_reports *reports, const struct progress *progress)
{
	for (size_t i = 0; i < reports->count; i++) {
		if (strcmp(reports->items[i].number, progress->milestone) != 0)
			continue;
		reports->items[i].percent = progress->percent / 100.0;
		return;
	}
	vector_push(reports, ((struct milestone_report){progress->milestone,
							progress->percent / 100.0}));
}

/* Of all milestones, those not reported yet counting as zero; one value a day. */
static void add_mean(struct plot_data *data, const row_order *order, size_t milestones,
		     const char *glyph)
{
	milestone_reports reports = {0};
	struct plot_track *track = add_track(data, _("media de los hitos"), glyph, ROLE_BAR);
	for (size_t i = 0; i < order->count; i++) {
		const struct progress *progress = progress_at(data, order->items[i]);
		note_report(&reports, progress);
		if (i + 1 < order->count &&
		    progress_at(data, order->items[i + 1])->as_of == progress->as_of)
			continue;
		double sum = 0;
		for (size_t j = 0; j < reports.count; j++)
			sum += reports.items[j].percent;
		size_t count = milestones > reports.count ? milestones : reports.count;
		add_point(track, progress->as_of, sum / (double)count, order->items[i]);
	}
	vector_release(&reports);
}

static int by_x(const void *a, const void *b)
{
	const struct plot_point *left = a, *right = b;
	return left->x < right->x ? -1 : left->x > right->x;
}

/* Bends where a milestone begins or ends; between those days it is straight. */
static void add_milestones_expected(struct plot_track *track, const struct record_set *milestones)
{
	for (size_t i = 0; i < milestones->count; i++) {
		const struct milestone *milestone = record_set_at(milestones, i);
		add_point(track, milestone->starts, 0, 0);
		add_point(track, milestone->ends, 0, 0);
	}
	qsort(track->points.items, track->points.count, sizeof(track->points.items[0]), by_x);
	for (size_t i = 0; i < track->points.count; i++) {
		struct plot_point *point = &track->points.items[i];
		for (size_t j = 0; j < milestones->count; j++) {
			const struct milestone *milestone = record_set_at(milestones, j);
			point->y += elapsed_share(milestone->starts, milestone->ends,
						  (day_number)point->x) /
				    100.0;
		}
		point->y /= (double)milestones->count;
	}
}

static void add_expected(struct plot_data *data, const struct commitment *commitment,
			 const struct record_set *milestones)
{
	bool all_dated = milestones->count > 0;
	for (size_t i = 0; i < milestones->count; i++) {
		const struct milestone *milestone = record_set_at(milestones, i);
		all_dated &= milestone->starts != DATE_NONE && milestone->ends != DATE_NONE;
	}
	bool has_term = commitment->starts != DATE_NONE && commitment->ends != DATE_NONE;
	if (!all_dated && !has_term)
		return;
	struct plot_track *track = add_track(data, _("esperado"), "", ROLE_DIM);
	if (all_dated) {
		add_milestones_expected(track, milestones);
		return;
	}
	add_point(track, commitment->starts, 0, 0);
	add_point(track, commitment->ends, 100, 0);
}

/* What the commitment's figure is taken from comes first: the later of both. */
static void add_reports(struct plot_data *data, const row_order *own, const row_order *parts,
			size_t milestones)
{
	bool own_first = false;
	if (own->count && parts->count)
		own_first = progress_at(data, own->items[own->count - 1])->as_of >=
			    progress_at(data, parts->items[parts->count - 1])->as_of;
	if (own_first)
		add_reporters(data, own);
	if (parts->count)
		add_mean(data, parts, milestones, own->count ? "h" : "●");
	if (!own_first)
		add_reporters(data, own);
}

enum rc plot_data_commitment(struct plot_data *data, struct store *store,
			     const struct commitment *commitment, struct error *err)
{
	struct plot_data made = {0};
	struct record_set milestones = {0};
	struct list_query query = {.commitment = commitment->key};
	enum rc rc = record_set_load(&milestones, store, RECORD_MILESTONE, &query, err);
	query.limit = PLOT_ROWS_MAX;
	if (rc == RC_OK)
		rc = record_set_load(&made.records, store, RECORD_PROGRESS, &query, err);
	if (rc == RC_OK) {
		row_order own = {0}, parts = {0};
		order_reports(&made, false, &own);
		order_reports(&made, true, &parts);
		add_reports(&made, &own, &parts, milestones.count);
		add_expected(&made, commitment, &milestones);
		vector_release(&own);
		vector_release(&parts);
		*data = made;
	}
	record_set_release(&milestones);
	return rc;
}

/* ---- an indicator */

static const struct indicator *indicator_at(const struct plot_data *data, size_t row)
{
	return record_set_at(&data->records, row);
}

static int by_key(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return left < right ? -1 : left > right;
}

/* The keys of what was measured, each once. */
static int64_t chosen_indicator(struct plot_data *data, size_t choice)
{
	VECTOR(int64_t) keys = {0};
	size_t kept = 0;
	for (size_t i = 0; i < data->records.count; i++)
		vector_push(&keys, indicator_at(data, i)->indicator_key);
	if (keys.count)
		qsort(keys.items, keys.count, sizeof(keys.items[0]), by_key);
	for (size_t i = 0; i < keys.count; i++)
		if (!kept || keys.items[kept - 1] != keys.items[i])
			keys.items[kept++] = keys.items[i];
	data->choices = kept;
	data->choice = kept ? choice % kept : 0;
	int64_t chosen = kept ? keys.items[data->choice] : 0;
	vector_release(&keys);
	return chosen;
}

static struct plot_track *track_of_place(struct plot_data *data, const char *place)
{
	static const enum role roles[] = {ROLE_BAR, ROLE_GOOD, ROLE_WARNING, ROLE_BAD, ROLE_TITLE};
	const char *name = place ? place : _("sin lugar");
	char glyph[2] = {LETTERS[data->tracks.count % (sizeof(LETTERS) - 1)], '\0'};
	for (size_t i = 0; i < data->tracks.count; i++)
		if (strcmp(data->tracks.items[i].name, name) == 0)
			return &data->tracks.items[i];
	return add_track(data, name, glyph, roles[data->tracks.count % ARRAY_COUNT(roles)]);
}

/* Rows come newest first. */
static void add_places(struct plot_data *data, int64_t indicator)
{
	for (size_t i = data->records.count; i-- > 0;) {
		const struct indicator *row = indicator_at(data, i);
		if (row->indicator_key != indicator)
			continue;
		if (!data->name)
			data->name = mem_strdup_null(row->name);
		if (row->as_of != DATE_NONE)
			add_point(track_of_place(data, row->place), row->as_of, row->value, i);
	}
}

enum rc plot_data_indicator(struct plot_data *data, struct store *store, int64_t organization,
			    size_t choice, struct error *err)
{
	struct plot_data made = {0};
	struct list_query query = {.organization = organization, .limit = PLOT_ROWS_MAX};
	enum rc rc = record_set_load(&made.records, store, RECORD_INDICATOR, &query, err);
	if (rc != RC_OK)
		return rc;
	add_places(&made, chosen_indicator(&made, choice));
	*data = made;
	return RC_OK;
}
