/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_DIRECTORY_H
#define NUCLEO_MODEL_DIRECTORY_H

/**
 * Public bodies of Ecuador and institutions of its open-government forum that
 * actas call by their acronym alone: what is publicly known of them. It fills
 * in what neither an acta nor a person says about a new institution, and never
 * changes one that is in the database already.
 */
struct directory_entry {
	const char *acronym;
	const char *name; /**< NULL: not known publicly */
	int sector;       /**< enum sector */
};

/** The entry with that acronym or full name, case and accents aside; NULL when there is none. */
const struct directory_entry *directory_find(const char *text);
/** By position, NULL after the last; in the order of their acronyms. */
const struct directory_entry *directory_at(int i);

#endif
