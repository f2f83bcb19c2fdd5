/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/filter_suggest.h"

#include "nucleo/exchange/saved_filters.h"
#include "nucleo/model/filter_parts.h"
#include "nucleo/store/list.h"

/* More than anybody would read. */
enum { CHOICES_MAX = 50 };

struct offering {
	struct filter_completion *completion;
	const char *text;
	const struct field *code;
};

static bool offer_record(void *context, const void *row)
{
	struct offering *offering = context;
	struct strbuf code;
	strbuf_init(&code);
	record_add_value(&code, offering->code, row);
	filter_completion_offer(offering->completion, offering->text, code.data);
	strbuf_release(&code);
	return offering->completion->choices.count < CHOICES_MAX;
}

static void offer_records(struct filter_completion *completion, struct store *store,
			  const char *text)
{
	const struct record_kind *kind = &record_kinds[completion->records];
	const struct list_query all = {0};
	struct offering offering = {completion, text, filter_own_code(kind)};
	struct error ignored;
	enum rc rc = store_list(store, kind->id, &all, offer_record, &offering, &ignored);
	(void)rc;
}

static void offer_saved(struct filter_completion *completion, const struct record_kind *kind,
			const char *text)
{
	struct saved_filters saved;
	struct strbuf name;
	struct error ignored;
	enum rc rc = saved_filters_load(&saved, &ignored);
	strbuf_init(&name);
	for (size_t i = 0; rc == RC_OK && i < saved.items.count; i++) {
		if (saved.items.items[i].kind != kind)
			continue;
		strbuf_reset(&name);
		strbuf_addf(&name, "@%s", saved.items.items[i].name);
		filter_completion_offer(completion, text, name.data);
	}
	saved_filters_release(&saved);
	strbuf_release(&name);
}

void filter_suggest(struct filter_completion *completion, struct store *store,
		    const struct record_kind *kind, const char *text, size_t cursor)
{
	filter_complete(completion, kind, text, cursor);
	if (completion->has_records && store)
		offer_records(completion, store, text);
	else if (text[completion->span.start] == '@')
		offer_saved(completion, kind, text);
}
