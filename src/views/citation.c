/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/citation.h"

#include "nucleo/store/list.h"
#include "nucleo/views/phrases.h"

static void cite_commitment(const struct commitment *commitment, struct strbuf *out)
{
	strbuf_adds(out, commitment->code);
	if (commitment->plan)
		strbuf_addf(out, " (%s)", commitment->plan);
}

/* A numbered decision is known by its number; other paragraphs, by where they stand. */
static void cite_resolution(const struct resolution *resolution, struct strbuf *out)
{
	if (resolution->decision_number)
		strbuf_adds(out, resolution->decision_number);
	else
		phrase_place(out, resolution->meeting, resolution->item);
}

static void cite_organization(const struct organization *organization, struct strbuf *out)
{
	if (organization->name)
		strbuf_addf(out, "%s (%s)", organization->name, organization->acronym);
	else
		strbuf_adds(out, organization->acronym);
}

static void cite_milestone(const struct milestone *milestone, struct strbuf *out)
{
	strbuf_addf(out, _("%s, hito %lld"), milestone->commitment, (long long)milestone->number);
}

static void cite_attendee(const struct attendee *attendee, struct strbuf *out)
{
	strbuf_addf(out, "%s, %s", attendee->organization, attendee->meeting);
}

static void cite(enum record_kind_id kind, const void *record, struct strbuf *out)
{
	const struct agenda_item *item = record;
	switch (kind) {
	case RECORD_COMMITMENT:
		cite_commitment(record, out);
		break;
	case RECORD_MILESTONE:
		cite_milestone(record, out);
		break;
	case RECORD_MEETING:
		strbuf_adds(out, ((const struct meeting *)record)->number);
		break;
	case RECORD_AGENDA:
		phrase_place(out, item->meeting, item->label);
		break;
	case RECORD_RESOLUTION:
		cite_resolution(record, out);
		break;
	case RECORD_FOLLOWUP:
		strbuf_adds(out, ((const struct followup *)record)->id);
		break;
	case RECORD_ORGANIZATION:
		cite_organization(record, out);
		break;
	case RECORD_ATTENDEE:
		cite_attendee(record, out);
		break;
	default:
		break;
	}
}

/* What the record is about, in its own words; NULL when nobody wrote it. */
static const char *text_of(enum record_kind_id kind, const void *record)
{
	switch (kind) {
	case RECORD_COMMITMENT:
		return ((const struct commitment *)record)->title;
	case RECORD_MILESTONE:
		return ((const struct milestone *)record)->title;
	case RECORD_AGENDA:
		return ((const struct agenda_item *)record)->title;
	case RECORD_RESOLUTION:
		return ((const struct resolution *)record)->text;
	case RECORD_FOLLOWUP:
		return ((const struct followup *)record)->description;
	case RECORD_ORGANIZATION:
		return ((const struct organization *)record)->name;
	case RECORD_ATTENDEE:
		return ((const struct attendee *)record)->name;
	default:
		return NULL;
	}
}

bool citation_copy(enum record_kind_id kind, const void *record, enum copy_kind copy,
		   struct strbuf *out)
{
	size_t before = out->length;
	if (copy == COPY_CITATION) {
		cite(kind, record, out);
	} else if (copy == COPY_TEXT) {
		const char *text = text_of(kind, record);
		strbuf_adds(out, text ? text : "");
	}
	return out->length > before;
}

/* What is being copied, for the visitor that gets the record. */
struct copying {
	enum record_kind_id record;
	enum copy_kind copy;
	struct strbuf *out;
};

static bool copy_record(void *context, const void *record)
{
	const struct copying *copying = context;
	citation_copy(copying->record, record, copying->copy, copying->out);
	return false;
}

bool citation_copy_stored(struct store *store, enum record_kind_id kind, int64_t key,
			  enum copy_kind copy, struct strbuf *out)
{
	struct list_query query = {.key = key, .limit = 1};
	struct copying copying = {kind, copy, out};
	struct error ignored; /* what cannot be read is not copied */
	size_t before = out->length;
	return store_list(store, kind, &query, copy_record, &copying, &ignored) == RC_OK &&
	       out->length > before;
}
