/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include <sha2.h>

static void to_hex(char *out, const unsigned char *bytes, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < length; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * length] = '\0';
}

struct digest digest_of(const void *bytes, size_t length)
{
	struct digest digest;
	uint8_t raw[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;
	SHA256Init(&context);
	SHA256Update(&context, bytes, length);
	SHA256Final(raw, &context);
	to_hex(digest.hex, raw, sizeof(raw));
	return digest;
}

/* Up to 256 bytes getrandom() neither fails nor returns short once the kernel
 * is seeded; going on without randomness could give two rows one key. */
static void random_bytes(void *out, size_t length)
{
	if (getrandom(out, length, 0) == (ssize_t)length)
		return;
	fputs("nucleo: getrandom\n", stderr);
	abort();
}

struct random_id random_id_new(void)
{
	struct random_id id;
	unsigned char raw[16];
	random_bytes(raw, sizeof(raw));
	to_hex(id.hex, raw, sizeof(raw));
	return id;
}

int64_t random_key(void)
{
	uint64_t bits;
	do {
		random_bytes(&bits, sizeof(bits));
		bits &= ((uint64_t)1 << 53) - 1;
	} while (!bits);
	return (int64_t)bits;
}
