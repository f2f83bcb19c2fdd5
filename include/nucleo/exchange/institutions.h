/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_INSTITUTIONS_H
#define NUCLEO_EXCHANGE_INSTITUTIONS_H

#include <stdbool.h>

#include "nucleo/store/operation.h"
#include "nucleo/store/record_set.h"

/**
 * The institutions there are, with those an operation makes: whoever reads a text
 * written by people knows some by their acronym, some by their name, and some not
 * at all.
 */

/** One made by the operation. */
struct institution_made {
	int64_t key;
	char *acronym, *name; /**< owned; name may be NULL */
};

/** Zeroed is empty. */
struct institutions {
	struct record_set stored;
	VECTOR(struct institution_made) made;
};

/** What a text says of one. Borrowed. */
struct institution_words {
	const char *acronym; /**< or what it is called by */
	const char *name;    /**< NULL: not said */
	int sector;          /**< SECTOR_OTHER: not said */
};

/** Loads those there are; release it after RC_OK. */
enum rc institutions_load(struct institutions *institutions, struct store *store,
			  struct error *err) ATTR_NODISCARD;
void institutions_release(struct institutions *institutions);

/** Key of the stored one with exactly that acronym; 0 when there is none. */
int64_t institutions_key(const struct institutions *institutions, const char *acronym);
/** Key of the one known by that acronym or name, else by what the directory calls it; 0 for none,
 *  and for no acronym. */
int64_t institutions_find(const struct institutions *institutions, const char *acronym,
			  const char *name);
/**
 * Adds one to the operation and returns its key. What the text says comes before the directory's
 * word, and that before what the name says; `*is_known` is false where the first two differ, or
 * the directory has none: it is marked for review then.
 */
int64_t institutions_add(struct institutions *institutions, struct operation *operation,
			 const struct institution_words *words, bool *is_known);
/** The sector of one: as stored, else as the directory or its name says. */
int institutions_sector(const struct institutions *institutions, const char *acronym,
			const char *name);

#endif
