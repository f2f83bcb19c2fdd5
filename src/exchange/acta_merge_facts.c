/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_merge.h"

static bool is_kind(const struct document *row, int kind, const char *title)
{
	return row->kind == kind && (!title || strcmp(row->title, title) == 0);
}

static bool take_document(struct acta_merge *merge, int kind, const char *title)
{
	struct merge_rows *rows = &merge->rows[MERGE_DOCUMENTS];
	for (size_t i = 0; i < rows->set.count; i++) {
		if (rows->used[i] || !is_kind(merge_at(merge, MERGE_DOCUMENTS, i), kind, title))
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

static const struct document *stored_source(const struct acta_merge *merge)
{
	for (size_t i = 0; i < merge_count(merge, MERGE_DOCUMENTS); i++)
		if (is_kind(merge_at(merge, MERGE_DOCUMENTS, i), DOCUMENT_ACTA, NULL))
			return merge_at(merge, MERGE_DOCUMENTS, i);
	return NULL;
}

bool merge_is_same_file(const struct acta_merge *merge, const char *sha256)
{
	const struct document *source = stored_source(merge);
	return source && merge_same_text(source->sha256, sha256);
}

/* Guides and evidence are other people's: only annexes come and go with the acta. */
static void keep_other_documents(struct acta_merge *merge)
{
	struct merge_rows *rows = &merge->rows[MERGE_DOCUMENTS];
	for (size_t i = 0; i < rows->set.count; i++)
		if (!is_kind(merge_at(merge, MERGE_DOCUMENTS, i), DOCUMENT_ANNEX, NULL))
			rows->used[i] = true;
}

void merge_documents(struct acta_merge *merge, const char *name, const char *sha256)
{
	const struct document *source = stored_source(merge);
	keep_other_documents(merge);
	for (size_t i = 0; i < merge->acta->annexes.count; i++)
		if (!take_document(merge, DOCUMENT_ANNEX, merge->acta->annexes.items[i].text))
			insert_document(merge, DOCUMENT_ANNEX, merge->acta->annexes.items[i].text,
					NULL);
	if (!source) {
		insert_document(merge, DOCUMENT_ACTA, name, sha256);
		return;
	}
	struct merge_row row = merge_row(merge, "document", source->key);
	merge_set_text(&row, "sha256", source->sha256, sha256);
	merge_row_done(&row);
}

static const struct indicator *take_indicator(struct acta_merge *merge,
					      const struct acta_indicator *wanted)
{
	struct merge_rows *rows = &merge->rows[MERGE_INDICATORS];
	for (size_t i = 0; i < rows->set.count; i++) {
		const struct indicator *row = merge_at(merge, MERGE_INDICATORS, i);
		if (rows->used[i] || !merge_same_text(row->place, wanted->place) ||
		    !merge_same_text(row->name, wanted->name))
			continue;
		rows->used[i] = true;
		return row;
	}
	return NULL;
}

/* What is measured and where, shared by the measurements of all meetings. */
struct indicator_keys {
	int64_t indicator, place;
};

static struct indicator_keys stored_keys(const struct acta_merge *merge,
					 const struct acta_indicator *wanted)
{
	struct indicator_keys keys = {0};
	for (size_t i = 0; i < merge->indicators.count; i++) {
		const struct indicator *row = record_set_at(&merge->indicators, i);
		if (row->place && utf8_equal_folded(row->place, wanted->place))
			keys.place = row->place_key;
		if (merge_same_text(row->name, wanted->name) &&
		    utf8_equal_folded(row->organization ? row->organization : "",
				      wanted->organization ? wanted->organization : ""))
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

static int64_t insert_indicator(struct acta_merge *merge, const struct acta_indicator *wanted)
{
	int64_t organization = merge_organization(merge, wanted->organization, NULL);
	int64_t key = merge_insert(merge, "indicator");
	operation_field(merge->operation, "name", value_text(wanted->name ? wanted->name : ""));
	operation_field(merge->operation, "organization", value_key(organization));
	return key;
}

static void insert_measurement(struct acta_merge *merge, const struct acta_indicator *wanted,
			       struct indicator_keys keys)
{
	day_number as_of = wanted->as_of == DATE_NONE ? merge->acta->date : wanted->as_of;
	merge_insert(merge, "measurement");
	operation_field(merge->operation, "indicator", value_key(keys.indicator));
	operation_field(merge->operation, "local_government", value_key(keys.place));
	operation_field(merge->operation, "value", value_real(wanted->value));
	operation_field_date(merge->operation, "as_of", as_of);
	operation_field(merge->operation, "meeting", value_key(merge->meeting));
	operation_field(merge->operation, "agenda_item",
			value_key(merge_item_key(merge, wanted->item)));
}

static void update_measurement(struct acta_merge *merge, const struct indicator *stored,
			       const struct acta_indicator *wanted)
{
	day_number as_of = wanted->as_of == DATE_NONE ? merge->acta->date : wanted->as_of;
	struct merge_row row = merge_row(merge, "measurement", stored->key);
	merge_set(&row, "value", value_real(stored->value), value_real(wanted->value));
	merge_set_date(&row, "as_of", stored->as_of, as_of);
	merge_row_done(&row);
}

/* Within one acta the same place or measure may be named many times: what an
 * earlier figure made is found through `made`. */
void merge_indicators(struct acta_merge *merge)
{
	const struct acta *acta = merge->acta;
	struct indicator_keys *made = mem_alloc_zero(acta->indicators.count, sizeof(*made));
	for (size_t i = 0; i < acta->indicators.count; i++) {
		const struct acta_indicator *wanted = &acta->indicators.items[i];
		const struct indicator *stored = take_indicator(merge, wanted);
		if (stored) {
			update_measurement(merge, stored, wanted);
			made[i] = (struct indicator_keys){stored->indicator_key, stored->place_key};
			continue;
		}
		made[i] = stored_keys(merge, wanted);
		for (size_t j = 0; j < i; j++) {
			const struct acta_indicator *before = &acta->indicators.items[j];
			if (!made[i].place && utf8_equal_folded(before->place, wanted->place))
				made[i].place = made[j].place;
			if (!made[i].indicator && merge_same_text(before->name, wanted->name) &&
			    merge_same_text(before->organization, wanted->organization))
				made[i].indicator = made[j].indicator;
		}
		if (!made[i].place)
			made[i].place = insert_place(merge, wanted->place);
		if (!made[i].indicator)
			made[i].indicator = insert_indicator(merge, wanted);
		insert_measurement(merge, wanted, made[i]);
	}
	free(made);
}
