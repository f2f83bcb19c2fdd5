/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_FILTER_SAVED_H
#define NUCLEO_VIEWS_FILTER_SAVED_H

#include "nucleo/views/filter_box.h"

/** The filters a person keeps under a name, on the screen of a list. */
enum filter_saved_choice {
	FILTER_SAVED_NONE,
	FILTER_SAVED_USE,
	FILTER_SAVED_KEEP,
	FILTER_SAVED_REMOVE
};

/** Offers to use or remove those there are, and to keep the present one. */
unsigned filter_saved_pick(const struct filter_box *box, struct ui *ui,
			   unsigned (*picked)(struct view *view, struct ui *ui, int64_t id));
/** What the choice with that id means; appends the name of the filter it is about. */
enum filter_saved_choice filter_saved_meaning(const struct filter_box *box, int64_t id,
					      struct strbuf *name);
/** Keeps the present text under a name. RC_USAGE, RC_IO. */
enum rc filter_saved_keep(const struct filter_box *box, const char *name, struct error *err)
	ATTR_NODISCARD;
/** Removes the one of that name. RC_NOT_FOUND, RC_IO. */
enum rc filter_saved_remove(const struct filter_box *box, const char *name, struct error *err)
	ATTR_NODISCARD;

#endif
