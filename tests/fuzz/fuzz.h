/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_FUZZ_H
#define NUCLEO_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"

/** What fuzzers share when they are plain programs. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)        \
	do {                      \
		if (!(condition)) \
			abort();  \
	} while (0)

/** A number below `count` (0 for none), from a fixed seed. */
static inline size_t fuzz_pick(size_t count)
{
	static uint32_t seed = 20231117;
	seed = seed * 1664525u + 1013904223u;
	return count ? (seed >> 4) % count : 0;
}

/** Appends a file, or ends the program. */
static inline void fuzz_read(const char *path, struct strbuf *out)
{
	struct error err;
	if (file_read(path, 1 << 24, out, &err) == RC_OK)
		return;
	fprintf(stderr, "%s\n", err.text);
	exit(1);
}

/** Runs one input from a block of exactly its size, so that a byte too many is seen. */
static inline void fuzz_run(const char *bytes, size_t length)
{
	uint8_t *copy = mem_alloc(length ? length : 1);
	memcpy(copy, bytes, length);
	LLVMFuzzerTestOneInput(copy, length);
	free(copy);
}

/** Takes up to `most` bytes out somewhere, or puts one of the `count` pieces of dirt in. */
static inline void fuzz_mutate(struct strbuf *text, const char *const *dirt, size_t count,
			       size_t most)
{
	size_t at = fuzz_pick(text->length + 1), length = fuzz_pick(most);
	struct strbuf out;
	strbuf_init(&out);
	strbuf_add(&out, text->data, at);
	if (fuzz_pick(3) == 0)
		at += length < text->length - at ? length : text->length - at;
	else
		strbuf_adds(&out, dirt[fuzz_pick(count)]);
	strbuf_add(&out, text->data + at, text->length - at);
	strbuf_reset(text);
	strbuf_add(text, out.data, out.length);
	strbuf_release(&out);
}

#endif
