/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_PUBLICATION_H
#define NUCLEO_STORE_PUBLICATION_H

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/store.h"
#include "nucleo/sync/drive.h"

/**
 * The database people find on the drive, for any tool to query or copy: a copy for
 * convenience, a little behind, that safety never rests on (snapshot.h).
 */
struct publication {
	struct store *replica;
	struct drive *drive; /**< of the folder it lies in */
	const char *name;    /**< there */
};

enum publication_result {
	PUBLICATION_DONE,    /**< it is as new as the replica, by this or by somebody else */
	PUBLICATION_REFUSED, /**< later: the drive did not take it; the error says why */
};

/**
 * Puts a copy of the replica there when what is there is older. A file that another
 * program has written is never overwritten: it is set aside under a name with the time,
 * and `notice` gets a text for a person with the rows that differ.
 */
enum publication_result publication_update(const struct publication *publication,
					   struct strbuf *notice, struct error *err);

/** Puts one there whatever there is: for a name that leads to another database now. */
enum publication_result publication_replace(struct store *replica, struct drive *drive,
					    const char *name, struct error *err);

/** Notes in the replica that the file there now is the one it was made from: it may be replaced,
 *  although no nucleo marked it, for as long as nobody writes into it. */
enum rc publication_adopted(struct store *replica, struct drive *drive, const char *name,
			    struct error *err) ATTR_NODISCARD;

/** Puts a snapshot for first opens into the log's folder, once for a number. */
enum publication_result publication_add_base(struct store *replica, struct drive *log,
					     struct error *err);

#endif
