/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_CITATION_H
#define NUCLEO_VIEWS_CITATION_H

#include "nucleo/model/records.h"
#include "nucleo/store/store.h"
#include "nucleo/ui/view.h"

/**
 * Appends what a record gives to copy: how people refer to it in writing
 * (COPY_CITATION: "AM-2023-05, punto 2", "C6 (paga2)", "S-2023-014") or what it
 * says (COPY_TEXT: the paragraph, the description, the title). False, nothing
 * appended, when it has none.
 */
bool citation_copy(enum record_kind_id kind, const void *record, enum copy_kind copy,
		   struct strbuf *out);
/** As citation_copy(), of a record that is read for it: a list has only what it shows. */
bool citation_copy_stored(struct store *store, enum record_kind_id kind, int64_t key,
			  enum copy_kind copy, struct strbuf *out);

#endif
