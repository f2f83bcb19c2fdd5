/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/base_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HEX "0123456789abcdef"
/* As many as the names of operations have. */
#define MOST_DIGITS 12

void base_name_add(struct strbuf *out, const struct log_head *at)
{
	strbuf_addf(out, "base-%" PRId64 "-%s.db", at->number, at->hash.hex);
}

/* The number without leading zeros; false when it is none or too long. */
static bool take_number(const char **at, int64_t *number)
{
	size_t count = strspn(*at, "0123456789");
	if (!count || count > MOST_DIGITS || **at == '0')
		return false;
	*number = 0;
	for (; count; count--)
		*number = *number * 10 + *(*at)++ - '0';
	return true;
}

bool base_name_read(struct log_head *at, const char *name)
{
	static const char start[] = "base-";
	struct log_head read;
	const size_t digits = sizeof(read.hash.hex) - 1;
	const char *rest = name + strlen(start);
	if (strncmp(name, start, strlen(start)) != 0 || !take_number(&rest, &read.number) ||
	    *rest++ != '-' || strspn(rest, HEX) != digits || strcmp(rest + digits, ".db") != 0)
		return false;
	snprintf(read.hash.hex, sizeof(read.hash.hex), "%s", rest);
	*at = read;
	return true;
}

static bool is_better(const struct log_head *at, const struct log_head *best)
{
	return at->number > best->number ||
	       (at->number == best->number && strcmp(at->hash.hex, best->hash.hex) < 0);
}

size_t base_name_highest(const drive_names *names, int64_t at_most)
{
	struct log_head best = log_head_none(), at;
	size_t index = BASE_NAME_NONE;
	for (size_t i = 0; i < names->count; i++) {
		if (!base_name_read(&at, names->items[i]) || at.number > at_most ||
		    !is_better(&at, &best))
			continue;
		best = at;
		index = i;
	}
	return index;
}
