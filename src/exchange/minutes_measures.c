/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/minutes_parts.h"

void minutes_measure(struct minutes_measures *measures, const struct minutes_figure *figure)
{
	for (size_t i = 0; i < measures->items.count; i++)
		if (measures->items.items[i].commitment == figure->commitment) {
			measures->items.items[i] = *figure;
			return;
		}
	if (figure->commitment)
		vector_push(&measures->items, *figure);
}

/* A report of its own, on a milestone or by a named reporter, is no word of the meeting. */
static bool is_heard(const struct stored_row *row, int64_t commitment)
{
	return row_value(row, "commitment").integer == commitment &&
	       row_value(row, "milestone").type == VALUE_NULL &&
	       row_value(row, "reporter").type == VALUE_NULL;
}

static const struct stored_row *find_heard(const row_list *rows, int64_t commitment)
{
	for (size_t i = 0; i < rows->count; i++)
		if (is_heard(&rows->items[i], commitment))
			return &rows->items[i];
	return NULL;
}

static void insert_figure(const struct minutes_measures *measures,
			  const struct minutes_figure *figure, const row_list *stored,
			  struct operation *operation)
{
	const struct stored_row *heard = find_heard(stored, figure->commitment);
	const struct measure_row row = {
		.meeting = measures->meeting->key,
		.item = measures->item,
		.commitment = figure->commitment,
		.day = measures->meeting->day,
		.percent = figure->percent,
	};
	if (!heard) {
		meeting_add_measure(operation, &row);
		return;
	}
	minutes_change(operation, "progress", heard, "percent", value_percent(figure->percent));
	minutes_change(operation, "progress", heard, "agenda_item", value_key(row.item));
}

enum rc minutes_insert_measures(const struct minutes_measures *measures,
				struct operation *operation, struct error *err)
{
	row_list stored = {0};
	if (!measures->items.count)
		return RC_OK;
	enum rc rc = store_rows(measures->meeting->store, "progress", "meeting",
				value_key(measures->meeting->key), &stored, err);
	for (size_t i = 0; rc == RC_OK && i < measures->items.count; i++)
		insert_figure(measures, &measures->items.items[i], &stored, operation);
	row_list_release(&stored);
	return rc;
}
