/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_DIGEST_H
#define NUCLEO_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/** A SHA-256 (FIPS 180-4) in lower-case hexadecimal, terminated. */
struct digest {
	char hex[65];
};

struct digest digest_of(const void *bytes, size_t length);

/** 128 random bits in hexadecimal, from the kernel: names an operation for ever. */
struct random_id {
	char hex[33];
};

struct random_id random_id_new(void);

/** A random record key: 1 to 2^53 - 1, exact in every JSON reader. */
int64_t random_key(void);

#endif
