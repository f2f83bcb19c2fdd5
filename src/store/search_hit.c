/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/search_parts.h"

/* Bytes of one text that is shown. */
#define SHOWN_BYTES 4096

/* The texts of a hit while it is shown. */
struct texts {
	struct strbuf title, snippet, marked_title, marked_snippet, place;
};

static void texts_init(struct texts *texts)
{
	strbuf_init(&texts->title);
	strbuf_init(&texts->snippet);
	strbuf_init(&texts->marked_title);
	strbuf_init(&texts->marked_snippet);
	strbuf_init(&texts->place);
}

static void texts_release(struct texts *texts)
{
	strbuf_release(&texts->title);
	strbuf_release(&texts->snippet);
	strbuf_release(&texts->marked_title);
	strbuf_release(&texts->marked_snippet);
	strbuf_release(&texts->place);
}

static void add_part(struct strbuf *out, const char *part)
{
	if (part && *part)
		strbuf_addf(out, "%s%s", out->length ? " · " : "", part);
}

static void add_date(struct strbuf *out, const char *iso)
{
	struct strbuf date;
	strbuf_init(&date);
	date_add_local(&date, iso ? date_parse_iso(iso) : DATE_NONE);
	add_part(out, date.data);
	strbuf_release(&date);
}

static void add_acronyms(struct strbuf *out, const char *acronyms)
{
	struct strbuf list;
	strbuf_init(&list);
	record_list_add(&list, acronyms, ", ");
	add_part(out, list.data);
	strbuf_release(&list);
}

/* "AM-2023-05, punto 2" */
static void add_minutes(struct strbuf *out, const struct search_hit *hit)
{
	add_part(out, hit->meeting);
	if (hit->meeting && hit->item)
		strbuf_addf(out, _(", punto %s"), hit->item);
}

/* "C6 › hito 3" */
static void add_commitment(struct strbuf *out, const struct search_hit *hit, const char *number)
{
	add_part(out, hit->commitment);
	if (hit->commitment && number)
		strbuf_addf(out, _(" › hito %s"), number);
}

static void add_place(struct strbuf *out, const struct search_hit *hit, struct query *query)
{
	const char *number = query_text(query, SOURCE_NUMBER, NULL);
	const char *who = query_text(query, SOURCE_WHO, NULL);
	const char *date = query_text(query, SOURCE_DATE, NULL);
	switch ((enum search_kind)hit->kind) {
	case SEARCH_COMMITMENT:
	case SEARCH_FOLLOWUP:
		add_part(out, hit->id);
		add_acronyms(out, who);
		break;
	case SEARCH_ORGANIZATION:
		add_part(out, hit->id);
		add_part(out, who ? enum_label(&sector_names, enum_value(&sector_names, who)) : "");
		break;
	case SEARCH_MEETING:
		add_date(out, date);
		break;
	case SEARCH_RESOLUTION:
		add_minutes(out, hit);
		add_acronyms(out, who);
		if (!strchr(hit->id, '#'))
			add_part(out, hit->id);
		break;
	case SEARCH_BLOCKER:
	case SEARCH_PROGRESS:
		add_commitment(out, hit, number);
		add_minutes(out, hit);
		add_date(out, date);
		break;
	default:
		add_commitment(out, hit, number);
		add_minutes(out, hit);
		add_acronyms(out, who);
	}
}

/* One line, without control characters but the marks. */
static void add_clean(struct strbuf *out, const char *text)
{
	while (*text && out->length < SHOWN_BYTES) {
		bool is_mark = *text == SEARCH_MARK_BEGIN || *text == SEARCH_MARK_END;
		if (!is_mark && !strchr("\n\t\r", *text)) {
			utf8_next_grapheme(&text, out);
			continue;
		}
		strbuf_addch(out, is_mark ? *text : ' ');
		text++;
	}
	strbuf_trim(out);
}

static void add_unmarked(struct strbuf *out, const char *text)
{
	for (; *text; text++)
		if (*text != SEARCH_MARK_BEGIN && *text != SEARCH_MARK_END)
			strbuf_addch(out, *text);
}

/* What the index gave; of a record found by its code alone, what is stored. */
static void fill_texts(struct texts *texts, const struct search_found *found, struct query *query)
{
	const char *title = found->title, *snippet = found->snippet;
	if (!found->id) {
		title = query_text(query, SOURCE_TITLE, NULL);
		snippet = query_text(query, SOURCE_BODY, NULL);
	}
	add_clean(&texts->marked_title, title ? title : "");
	add_unmarked(&texts->title, texts->marked_title.data);
	add_clean(&texts->marked_snippet, snippet ? snippet : "");
	add_unmarked(&texts->snippet, texts->marked_snippet.data);
}

static const char *or_null(const struct strbuf *text)
{
	return text->length ? text->data : NULL;
}

struct showing {
	struct search *search;
	list_visitor *visit;
	void *context;
	bool is_stopped; /* the visitor has seen enough */
};

static void show_row(struct showing *showing, const struct search_found *found,
		     struct query *query, struct texts *texts)
{
	const char *id = query_text(query, SOURCE_ID, NULL);
	struct search_hit hit = {
		.key = found->target.key,
		.sort = "",
		.kind = (int)found->target.kind,
		.id = id ? id : "",
		.meeting = query_text(query, SOURCE_MEETING, NULL),
		.item = query_text(query, SOURCE_ITEM, NULL),
		.commitment = query_text(query, SOURCE_COMMITMENT_CODE, NULL),
		.meeting_key = query_integer(query, SOURCE_MEETING_KEY),
		.item_key = query_integer(query, SOURCE_ITEM_KEY),
		.commitment_key = query_integer(query, SOURCE_COMMITMENT_KEY),
		.organization_key = query_integer(query, SOURCE_ORGANIZATION_KEY),
	};
	fill_texts(texts, found, query);
	add_place(&texts->place, &hit, query);
	hit.title = or_null(&texts->title);
	hit.marked_title = or_null(&texts->marked_title);
	hit.snippet = texts->snippet.data;
	hit.marked_snippet = texts->marked_snippet.data;
	hit.place = texts->place.data;
	showing->is_stopped = !showing->visit(showing->context, &hit);
}

static enum rc show_hit(struct showing *showing, const struct search_found *found,
			struct error *err)
{
	struct query query;
	struct texts texts;
	texts_init(&texts);
	search_source_one(&query, showing->search->store, found->target.kind, found->target.key);
	if (query_next(&query))
		show_row(showing, found, &query, &texts);
	enum rc rc = query_end(&query, err);
	texts_release(&texts);
	return rc;
}

enum rc search_show(struct search *search, const struct search_answer *answer,
		    list_visitor *visit, void *context, struct error *err)
{
	struct showing showing = {.search = search, .visit = visit, .context = context};
	bool begun = false;
	enum rc rc = transaction_begin_read(search->store, &begun, err);
	for (size_t i = 0; i < answer->hits.count && rc == RC_OK && !showing.is_stopped; i++)
		rc = show_hit(&showing, &answer->hits.items[i], err);
	return begun ? transaction_end(search->store, rc, err) : rc;
}
