/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_LOCAL_PARTS_H
#define NUCLEO_STORE_LOCAL_PARTS_H

#include "nucleo/store/connection.h"
#include "nucleo/store/local.h"

/** Private to src/store/local*.c: local.c keeps the file, local_draft.c the drafts in it. */

struct local {
	struct store *store; /**< NULL: could not be opened again */
	char *path;          /**< of the file */
	int holders;         /**< descriptor of the file of locks */
	int64_t holder;      /**< who this program is in it */
	struct strbuf notice;
};

/** Whether the program that had this number still runs. */
bool local_is_held(const struct local *local, int64_t holder);

typedef enum rc local_work(struct local *local, void *context, struct error *err);

/** Does it in one transaction; when the file proves damaged it is set aside and the work done
 *  in the new one. */
enum rc local_with_file(struct local *local, local_work *work, void *context, struct error *err)
	ATTR_NODISCARD;

#endif
