/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/filter_box.h"

#include <stdlib.h>

#include "nucleo/exchange/saved_filters.h"

void filter_box_init(struct filter_box *box, struct session *session, enum record_kind_id kind)
{
	*box = (struct filter_box){.session = session, .kind = &record_kinds[kind]};
	strbuf_init(&box->text);
}

void filter_box_release(struct filter_box *box)
{
	filter_release(&box->filter);
	strbuf_release(&box->text);
}

enum rc filter_box_set(struct filter_box *box, const char *text, struct error *err)
{
	struct filter filter;
	struct strbuf expanded;
	char *copy = mem_strdup(text); /* which may be the box's own */
	strbuf_init(&expanded);
	enum rc rc = saved_filters_expand(box->kind, copy, &expanded, err);
	if (rc == RC_OK)
		rc = filter_parse(&filter, box->kind, expanded.data,
				  store_today(session_store(box->session)), err);
	if (rc == RC_OK) {
		filter_release(&box->filter);
		box->filter = filter;
	}
	strbuf_reset(&box->text);
	strbuf_adds(&box->text, copy);
	strbuf_release(&expanded);
	free(copy);
	return rc;
}

bool filter_box_is_set(const struct filter_box *box)
{
	return !filter_is_empty(&box->filter);
}
