/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_LABELS_H
#define NUCLEO_EXCHANGE_ACTA_LABELS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * The labels inside a list of attendees: each sets sector, capacity, status or
 * mode for the names behind it. Internal to the acta reader.
 */

/** What is said of the names that follow: values of model/names.h, ENUM_NONE for no mode. */
struct attendee_state {
	int sector, capacity, status, mode;
	bool is_ignored; /**< they are no attendees ("Preside:") */
};

struct attendee_label;

/** The label that ends a text: its last words, as many as make one, and a sector or mode named
 *  inside it ("Miembros del sector público"). */
struct attendee_label_end {
	const struct attendee_label *whole, *inner; /**< NULL: none */
	size_t start;
};

struct attendee_label_end attendee_label_ending(const char *text);

/** Whether a line without a colon is nothing but a label: "Sector Académico (3)", "Ausentes". A
 *  name may begin as labels do: "Gobierno Provincial", "Universidades Unidas". */
bool attendee_label_is_line(const char *text, size_t length);

void attendee_label_apply(const struct attendee_label *label, struct attendee_state *state);

#endif
