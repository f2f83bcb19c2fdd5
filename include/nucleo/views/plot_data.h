/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_PLOT_DATA_H
#define NUCLEO_VIEWS_PLOT_DATA_H

#include "nucleo/base/vector.h"
#include "nucleo/store/record_set.h"
#include "nucleo/ui/plot.h"

/** Measurements as lines over time: what a plot shows of them, without drawing. */

/** One line: what one reporter says, or what is measured in one place. */
struct plot_track {
	char *name;     /**< owned */
	char glyph[8];  /**< "": a guide to read the others by, without values of its own */
	enum role role;
	VECTOR(struct plot_point) points; /**< by date */
	VECTOR(size_t) rows;              /**< of `records`: where each point comes from */
};

struct plot_data {
	VECTOR(struct plot_track) tracks; /**< those with values first */
	size_t value_tracks;              /**< how many have */
	struct record_set records;        /**< struct progress or struct indicator */
	char *name;   /**< owned; of the indicator */
	size_t choice, choices; /**< which indicator of how many */
};

/** Most measurements looked at; the oldest are left out. */
#define PLOT_ROWS_MAX 20000

/**
 * How a commitment advanced: as it was reported itself, by reporter where
 * several did, and by the mean of its milestones as reported until each day; first the one its
 * figure is taken from. And what was expected, where dates say.
 */
enum rc plot_data_commitment(struct plot_data *data, struct store *store,
			     const struct commitment *commitment, struct error *err) ATTR_NODISCARD;
/** The indicator number `choice` (from 0, by name) that the institution presents, by place. */
enum rc plot_data_indicator(struct plot_data *data, struct store *store, int64_t organization,
			    size_t choice, struct error *err) ATTR_NODISCARD;
void plot_data_release(struct plot_data *data);

#endif
