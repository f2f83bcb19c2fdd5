/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SEEN_PARTS_H
#define NUCLEO_STORE_SEEN_PARTS_H

#include "nucleo/store/query.h"
#include "nucleo/store/seen.h"

/** Private to src/store: binds :seen, :actor and :host, by which a statement knows what is new;
 *  `mark` is borrowed until the query ends. */
void seen_bind(struct query *query, const struct store *store, const struct seen_mark *mark);

#endif
