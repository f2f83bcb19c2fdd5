/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_COUNTS_H
#define NUCLEO_STORE_COUNTS_H

#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"

/** How many follow-ups still ask for work; counted in indexes, whatever their number. */
struct followup_counts {
	int64_t pending; /**< all of them */
	int64_t overdue; /**< due before today */
	int64_t undated; /**< without a due date */
};

enum rc store_count_followups(struct store *store, struct followup_counts *counts,
			      struct error *err) ATTR_NODISCARD;

#endif
