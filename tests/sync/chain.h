/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_CHAIN_H
#define NUCLEO_TESTS_SYNC_CHAIN_H

#include "test.h"

#include "nucleo/sync/log.h"

/** The smallest text that is an operation, as the one after `head`. */
void chain_compose(struct strbuf *out, const char *id, const struct log_head *head);
/** An id that says whose operation it is, and which. */
struct random_id chain_id(size_t writer, size_t which);

/** What one replica has: the ids and hashes of the operations it applied, in order. */
struct chain {
	struct log_head head;
	VECTOR(struct log_operation) operations; /* without their texts */
};

struct chain chain_new(void);
void chain_release(struct chain *chain);
void chain_add(struct chain *chain, const struct log_operation *operation);
/** A log_receive: adds to the chain that is the context, when it is the next one. */
enum rc chain_receive(void *context, const struct log_operation *operation, struct error *err);
/** How often the operation is in it. */
unsigned chain_count(const struct chain *chain, const char *id);
bool chain_is_prefix(const struct chain *chain, const struct chain *whole);
/** Publishes as the next one; when DONE the chain has it too. */
enum log_result chain_append(struct chain *chain, struct drive *drive, const char *id,
			     struct error *err);

#endif
