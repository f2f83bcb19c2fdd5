/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_FILTER_SUGGEST_H
#define NUCLEO_EXCHANGE_FILTER_SUGGEST_H

#include "nucleo/model/filter.h"
#include "nucleo/store/store.h"

/** As filter_complete(), with the codes of the records there are (`store` NULL: none) and the
 *  names of saved filters. What cannot be read is not offered. */
void filter_suggest(struct filter_completion *completion, struct store *store,
		    const struct record_kind *kind, const char *text, size_t cursor);

#endif
