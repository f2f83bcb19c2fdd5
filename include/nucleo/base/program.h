/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_PROGRAM_H
#define NUCLEO_BASE_PROGRAM_H

#include <stddef.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/**
 * Another program that makes text out of bytes. There is no shell in between,
 * and the bytes come on its standard input: the name of a file never reaches it.
 */
struct program {
	const char *const *words; /**< its name, sought in PATH, then arguments; NULL ends them */
	const char *input;
	size_t input_length;
	const char *script; /**< a text it finds in the file /dev/fd/3; NULL: none */
	size_t output_max;  /**< bytes */
	size_t memory_max;  /**< bytes of data it may have */
	int patience_ms;    /**< it is killed then */
};

enum program_end {
	PROGRAM_DONE,
	PROGRAM_MISSING,  /**< there is no such program */
	PROGRAM_FAILED,   /**< it ended with a failure, or something killed it */
	PROGRAM_TOO_SLOW, /**< killed: its time was up */
	PROGRAM_TOO_LONG, /**< killed: it wrote more than `output_max` */
	PROGRAM_STOPPED,  /**< killed: a request to end is pending, see interrupt.h */
};

struct program_result {
	enum program_end end;
	char complaint[200]; /**< how its error output begins: one line, no controls */
};

/**
 * Runs it in the locale C.UTF-8 and in a process group of its own, which is
 * gone when this returns, and appends its output to `out` (only when it is
 * PROGRAM_DONE). RC_IO when it could not be run for want of memory, processes
 * or files.
 */
enum rc program_run(const struct program *program, struct strbuf *out,
		    struct program_result *result, struct error *err) ATTR_NODISCARD;

#endif
