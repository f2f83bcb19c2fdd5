/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/chain.h"

#include <stdio.h>
#include <string.h>

void chain_compose(struct strbuf *out, const char *id, const struct log_head *head)
{
	strbuf_addf(out, "{\"op\":\"%s\",\"parent\":\"%s\",\"words\":\"línea\",\"edits\":[]}", id,
		    head->hash.hex);
}

struct random_id chain_id(size_t writer, size_t which)
{
	struct random_id id;
	snprintf(id.hex, sizeof(id.hex), "%016zx%016zx", writer + 1, which);
	return id;
}

struct chain chain_new(void)
{
	return (struct chain){.head = log_head_none()};
}

void chain_release(struct chain *chain)
{
	vector_release(&chain->operations);
}

void chain_add(struct chain *chain, const struct log_operation *operation)
{
	struct log_operation *kept = vector_add(&chain->operations);
	*kept = *operation;
	kept->text = NULL;
	chain->head = operation->at;
}

enum rc chain_receive(void *context, const struct log_operation *operation, struct error *err)
{
	struct chain *chain = context;
	if (operation->at.number != chain->head.number + 1)
		return error_set(err, RC_INVALID, "operation %lld came after %lld",
				 (long long)operation->at.number, (long long)chain->head.number);
	chain_add(chain, operation);
	return RC_OK;
}

unsigned chain_count(const struct chain *chain, const char *id)
{
	unsigned count = 0;
	for (size_t i = 0; i < chain->operations.count; i++)
		count += strcmp(chain->operations.items[i].id.hex, id) == 0;
	return count;
}

bool chain_is_prefix(const struct chain *chain, const struct chain *whole)
{
	if (chain->operations.count > whole->operations.count)
		return false;
	for (size_t i = 0; i < chain->operations.count; i++)
		if (strcmp(chain->operations.items[i].at.hash.hex,
			   whole->operations.items[i].at.hash.hex) != 0)
			return false;
	return true;
}

enum log_result chain_append(struct chain *chain, struct drive *drive, const char *id,
			     struct error *err)
{
	struct strbuf text;
	struct log_operation operation = {.at.number = chain->head.number + 1};
	strbuf_init(&text);
	chain_compose(&text, id, &chain->head);
	enum log_result result = log_append(drive, &chain->head, text.data, text.length, err);
	if (result == LOG_DONE) {
		operation.at.hash = digest_of(text.data, text.length);
		snprintf(operation.id.hex, sizeof(operation.id.hex), "%s", id);
		chain_add(chain, &operation);
	}
	strbuf_release(&text);
	return result;
}
