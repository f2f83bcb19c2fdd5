/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_DOCUMENT_DATA_H
#define NUCLEO_EXCHANGE_DOCUMENT_DATA_H

/** A filter of share/pandoc/, as it lies there. */
struct document_filter {
	const char *name; /**< without the folder */
	const char *text;
};

/** One for actas; a row of zeros ends them. */
extern const struct document_filter document_filters[];
extern const int document_filter_count;

#endif
