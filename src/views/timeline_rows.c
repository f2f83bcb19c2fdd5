/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/timeline_rows.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"

/*
 * The sort text of a row says where to go on from it: the key of its
 * commitment, how long the commitment's sort is, that sort and, for a
 * milestone, its own. The table only hands it back.
 */
struct place {
	int64_t commitment;
	char *sort;      /**< owned; of the commitment */
	char *milestone; /**< owned; sort of the milestone; NULL: on the commitment itself */
};

static struct place place_parse(const char *text, bool is_milestone)
{
	char *at = NULL;
	struct place place = {.commitment = strtoll(text, &at, 10)};
	size_t length = strtoul(at, &at, 10), rest;
	at += *at == ' ';
	rest = strlen(at);
	length = length > rest ? rest : length;
	place.sort = mem_strndup(at, length);
	if (is_milestone)
		place.milestone = mem_strdup(at + length);
	return place;
}

static void place_release(struct place *place)
{
	free(place->sort);
	free(place->milestone);
}

static void add_place(struct strbuf *out, int64_t commitment, const char *sort,
		      const char *milestone)
{
	strbuf_addf(out, "%lld %zu %s%s", (long long)commitment, strlen(sort), sort,
		    milestone ? milestone : "");
}

int64_t timeline_row_commitment(const struct table_row *row)
{
	return strtoll(row->sort, NULL, 10);
}

/* One fetch, and the commitment whose milestones are being added. */
struct filling {
	const struct timeline_rows *rows;
	struct table_rows *out;
	size_t limit;
	bool backwards;
	int64_t commitment;
	const char *sort;
	enum rc rc;
	struct error *err;
};

static size_t room(const struct filling *filling)
{
	return filling->limit - filling->out->count;
}

static struct list_query query_for(const struct filling *filling, const struct list_anchor *from)
{
	return (struct list_query){
		.from = from,
		.direction = filling->backwards ? LIST_BACKWARD : LIST_FORWARD,
		.limit = (int64_t)room(filling),
	};
}

static struct table_row *add_row(struct filling *filling, int64_t key, const char *milestone)
{
	struct strbuf sort;
	strbuf_init(&sort);
	add_place(&sort, filling->commitment, filling->sort, milestone);
	struct table_row *row = table_rows_add(filling->out, key, sort.data);
	strbuf_release(&sort);
	return row;
}

static bool add_milestone(void *context, const void *record)
{
	struct filling *filling = context;
	const struct milestone *milestone = record;
	struct table_row *row = add_row(filling, -milestone->key, milestone->sort);
	row->depth = 1;
	filling->rows->fill_milestone(filling->rows->context, milestone, row);
	return true;
}

static void add_milestones(struct filling *filling, const struct list_anchor *from)
{
	struct list_query query = query_for(filling, from);
	query.commitment = filling->commitment;
	if (filling->rc == RC_OK && room(filling))
		filling->rc = store_list(filling->rows->store, RECORD_MILESTONE, &query,
					 add_milestone, filling, filling->err);
}

static void add_heading(struct filling *filling, const struct commitment *commitment)
{
	if (filling->rc == RC_OK && room(filling))
		filling->rows->fill_commitment(filling->rows->context, commitment,
					       add_row(filling, commitment->key, NULL));
}

static bool add_commitment(void *context, const void *record)
{
	struct filling *filling = context;
	const struct commitment *commitment = record;
	filling->commitment = commitment->key;
	filling->sort = commitment->sort;
	if (!filling->backwards)
		add_heading(filling, commitment);
	add_milestones(filling, NULL);
	if (filling->backwards)
		add_heading(filling, commitment);
	return filling->rc == RC_OK && room(filling);
}

static bool add_heading_alone(void *context, const void *record)
{
	add_heading(context, record);
	return false;
}

/* What is left of the commitment the place is in. */
static void add_rest(struct filling *filling, const struct place *place, int64_t key)
{
	struct list_anchor anchor = {.sort = place->milestone, .key = -key};
	struct list_query itself = {.key = place->commitment, .limit = 1};
	filling->commitment = place->commitment;
	filling->sort = place->sort;
	if (!filling->backwards || place->milestone)
		add_milestones(filling, place->milestone ? &anchor : NULL);
	if (filling->backwards && place->milestone && filling->rc == RC_OK && room(filling))
		filling->rc = store_list(filling->rows->store, RECORD_COMMITMENT, &itself,
					 add_heading_alone, filling, filling->err);
}

enum rc timeline_rows_fetch(void *context, const struct table_query *wanted, struct table_rows *out,
			    struct error *err)
{
	struct timeline_rows *rows = context;
	struct place place = {0};
	struct filling filling = {
		.rows = rows,
		.out = out,
		.limit = out->count + wanted->limit,
		.backwards = wanted->backwards,
		.err = err,
	};
	if (wanted->sort) {
		place = place_parse(wanted->sort, wanted->key < 0);
		add_rest(&filling, &place, wanted->key);
	}
	struct list_anchor anchor = {.sort = place.sort, .key = place.commitment};
	struct list_query query = query_for(&filling, place.sort ? &anchor : NULL);
	query.plan = rows->plan;
	if (filling.rc == RC_OK && room(&filling))
		filling.rc = store_list(rows->store, RECORD_COMMITMENT, &query, add_commitment,
					&filling, err);
	place_release(&place);
	return filling.rc;
}

struct finding {
	int64_t commitment;
	struct strbuf sort;
	bool found;
};

static bool take_milestone(void *context, const void *record)
{
	struct finding *finding = context;
	const struct milestone *milestone = record;
	finding->found = true;
	finding->commitment = milestone->commitment_key;
	strbuf_adds(&finding->sort, milestone->sort);
	return false;
}

static bool take_commitment(void *context, const void *record)
{
	struct finding *finding = context;
	finding->found = true;
	strbuf_adds(&finding->sort, ((const struct commitment *)record)->sort);
	return false;
}

/* The sort text of a commitment or a milestone. */
static enum rc find(const struct timeline_rows *rows, enum record_kind_id kind, int64_t key,
		    struct finding *finding, struct error *err)
{
	struct list_query query = {.key = key, .limit = 1};
	strbuf_init(&finding->sort);
	finding->found = false;
	enum rc rc = store_list(rows->store, kind, &query,
				kind == RECORD_MILESTONE ? take_milestone : take_commitment,
				finding, err);
	if (rc == RC_OK && !finding->found)
		return error_set(err, RC_NOT_FOUND, _("esa fila ya no está"));
	return rc;
}

enum rc timeline_rows_locate(void *context, int64_t key, struct strbuf *sort, struct error *err)
{
	const struct timeline_rows *rows = context;
	struct finding milestone = {.commitment = key}, commitment = {0};
	enum rc rc = RC_OK;
	strbuf_init(&milestone.sort);
	strbuf_init(&commitment.sort);
	if (key < 0)
		rc = find(rows, RECORD_MILESTONE, -key, &milestone, err);
	if (rc == RC_OK)
		rc = find(rows, RECORD_COMMITMENT, milestone.commitment, &commitment, err);
	if (rc == RC_OK)
		add_place(sort, milestone.commitment, commitment.sort.data,
			  key < 0 ? milestone.sort.data : NULL);
	strbuf_release(&milestone.sort);
	strbuf_release(&commitment.sort);
	return rc;
}
