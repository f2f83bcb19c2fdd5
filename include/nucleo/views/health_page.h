/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_HEALTH_PAGE_H
#define NUCLEO_VIEWS_HEALTH_PAGE_H

#include "nucleo/model/health.h"
#include "nucleo/views/session.h"

/** The page of one finding, over the view of all of them, which outlives it: what was found, what
 *  to do and, where this program can do it, a line that does. `finding` is copied. */
struct view *health_page_new(struct view *health, struct session *session,
			     const struct health_finding *finding);

/** Mends what the finding of that check is about; says that it is under way. */
void health_view_mend(struct view *health, struct ui *ui, enum health_check check);

#endif
