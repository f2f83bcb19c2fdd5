/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_merge.h"

/* What the import itself adds says no place: a file somebody registered does, and is hers. */
static bool is_own(const struct document *row, int kind)
{
	return row->kind == kind && !row->location;
}

static bool take_annex(struct acta_merge *merge, const char *title)
{
	struct merge_rows *rows = &merge->rows[MERGE_DOCUMENTS];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct document *row = merge_at(merge, MERGE_DOCUMENTS, i);
		if (rows->used[i] || row->kind != DOCUMENT_ANNEX || strcmp(row->title, title) != 0)
			continue;
		rows->used[i] = true;
		return true;
	}
	return false;
}

static void insert_document(struct acta_merge *merge, int kind, const char *title,
			    const char *sha256)
{
	merge_insert(merge, "document");
	operation_field(merge->operation, "kind",
			value_text(enum_name(&document_kind_names, kind)));
	operation_field(merge->operation, "title", value_text(title));
	operation_field(merge->operation, "sha256", value_text(sha256));
	operation_field(merge->operation, "meeting", value_key(merge->meeting));
}

/* The file the acta was read from last. */
static const struct document *stored_source(const struct acta_merge *merge)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_DOCUMENTS); i++) {
		const struct document *row = merge_at(merge, MERGE_DOCUMENTS, i);
		if (is_own(row, DOCUMENT_ACTA) && row->sha256)
			return row;
	}
	return NULL;
}

bool merge_is_same_file(const struct acta_merge *merge, const char *sha256)
{
	const struct document *source = stored_source(merge);
	return source && strcmp(source->sha256, sha256) == 0;
}

/* Only annexes the import added come and go with the acta. */
static void keep_other_documents(struct acta_merge *merge)
{
	struct merge_rows *rows = &merge->rows[MERGE_DOCUMENTS];
	for (size_t i = 0; i < rows->set.count; i++)
		if (!is_own(merge_at(merge, MERGE_DOCUMENTS, i), DOCUMENT_ANNEX))
			rows->used[i] = true;
}

void merge_documents(struct acta_merge *merge, const char *name, const char *sha256)
{
	const struct document *source = stored_source(merge);
	for (size_t i = 0; i < merge->acta->annexes.count; i++)
		if (!take_annex(merge, merge->acta->annexes.items[i].text))
			insert_document(merge, DOCUMENT_ANNEX, merge->acta->annexes.items[i].text,
					NULL);
	keep_other_documents(merge);
	if (!source) {
		insert_document(merge, DOCUMENT_ACTA, name, sha256);
		return;
	}
	struct merge_row row = merge_row(merge, "document", source->key);
	merge_set_text(&row, "title", source->title, name);
	merge_set_text(&row, "sha256", source->sha256, sha256);
	merge_row_done(&row);
}

/* What is measured and where, shared by the measurements of all meetings. */
struct indicator_keys {
	int64_t indicator, place;
};

/* What one figure of the acta is about; `organization` presents it, 0: nobody. */
struct figure {
	const struct acta_indicator *wanted;
	const char *name; /* "" when the acta gives the measure none */
	int64_t organization;
	day_number as_of;
};

static bool is_measure(const struct acta_merge *merge, const struct figure *figure,
		       const struct indicator *row)
{
	return utf8_equal_folded(row->name, figure->name) &&
	       merge_organization_key(merge, row->organization) == figure->organization;
}

static bool is_place(const struct figure *figure, const struct indicator *row)
{
	return row->place && utf8_equal_folded(row->place, figure->wanted->place);
}

static const struct indicator *take_indicator(struct acta_merge *merge,
					      const struct figure *figure)
{
	struct merge_rows *rows = &merge->rows[MERGE_INDICATORS];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct indicator *row = merge_at(merge, MERGE_INDICATORS, i);
		if (rows->used[i] || !is_place(figure, row) || !is_measure(merge, figure, row))
			continue;
		rows->used[i] = true;
		return row;
	}
	return NULL;
}

static struct indicator_keys stored_keys(const struct acta_merge *merge,
					 const struct figure *figure)
{
	struct indicator_keys keys = {0};
	for (size_t i = 0; i < merge->indicators.count; i++) {
		const struct indicator *row = record_set_at(&merge->indicators, i);
		if (is_place(figure, row))
			keys.place = row->place_key;
		if (is_measure(merge, figure, row))
			keys.indicator = row->indicator_key;
	}
	return keys;
}

static int64_t insert_place(struct acta_merge *merge, const char *name)
{
	char *sort = utf8_sort_key(name);
	int64_t key = merge_insert(merge, "local_government");
	operation_field(merge->operation, "name", value_text(name));
	operation_field(merge->operation, "sort", value_text(sort));
	free(sort);
	return key;
}

static int64_t insert_indicator(struct acta_merge *merge, const struct figure *figure)
{
	int64_t key = merge_insert(merge, "indicator");
	operation_field(merge->operation, "name", value_text(figure->name));
	operation_field(merge->operation, "organization", value_key(figure->organization));
	return key;
}

static void insert_measurement(struct acta_merge *merge, const struct figure *figure,
			       struct indicator_keys keys)
{
	merge_insert(merge, "measurement");
	operation_field(merge->operation, "indicator", value_key(keys.indicator));
	operation_field(merge->operation, "local_government", value_key(keys.place));
	operation_field(merge->operation, "value", value_real(figure->wanted->value));
	operation_field_date(merge->operation, "as_of", figure->as_of);
	operation_field(merge->operation, "meeting", value_key(merge->meeting));
	operation_field(merge->operation, "agenda_item",
			value_key(merge_item_key(merge, figure->wanted->item)));
}

static void update_measurement(struct acta_merge *merge, const struct indicator *stored,
			       const struct figure *figure)
{
	struct merge_row row = merge_row(merge, "measurement", stored->key);
	merge_set(&row, "value", value_real(stored->value), value_real(figure->wanted->value));
	merge_set_date(&row, "as_of", stored->as_of, figure->as_of);
	merge_set(&row, "agenda_item", value_key(stored->item_key),
		  value_key(merge_item_key(merge, figure->wanted->item)));
	merge_row_done(&row);
}

static struct figure figure_of(struct acta_merge *merge, const struct acta_indicator *wanted)
{
	return (struct figure){
		.wanted = wanted,
		.name = wanted->name ? wanted->name : "",
		.organization = merge_organization(merge, wanted->organization, NULL),
		.as_of = wanted->as_of == DATE_NONE ? merge->acta->date : wanted->as_of,
	};
}

/* Within one acta the same place or measure may be named many times: what an
 * earlier figure stood for or made. */
static void find_made(struct indicator_keys *keys, const struct figure *figure,
		      const struct figure *before, struct indicator_keys made)
{
	if (!keys->place && utf8_equal_folded(before->wanted->place, figure->wanted->place))
		keys->place = made.place;
	if (!keys->indicator && before->organization == figure->organization &&
	    utf8_equal_folded(before->name, figure->name))
		keys->indicator = made.indicator;
}

void merge_indicators(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	size_t count = acta->indicators.count;
	struct indicator_keys *made = mem_alloc_zero(count, sizeof(*made));
	struct figure *figures = mem_alloc_zero(count, sizeof(*figures));
	for (size_t i = 0; i < count; i++) {
		figures[i] = figure_of(merge, &acta->indicators.items[i]);
		const struct indicator *stored = take_indicator(merge, &figures[i]);
		if (stored) {
			update_measurement(merge, stored, &figures[i]);
			made[i] = (struct indicator_keys){stored->indicator_key, stored->place_key};
			continue;
		}
		made[i] = stored_keys(merge, &figures[i]);
		for (size_t j = 0; j < i; j++)
			find_made(&made[i], &figures[i], &figures[j], made[j]);
		if (!made[i].place)
			made[i].place = insert_place(merge, figures[i].wanted->place);
		if (!made[i].indicator)
			made[i].indicator = insert_indicator(merge, &figures[i]);
		insert_measurement(merge, &figures[i], made[i]);
	}
	free(figures);
	free(made);
}
