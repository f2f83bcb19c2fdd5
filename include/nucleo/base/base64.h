/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_BASE64_H
#define NUCLEO_BASE_BASE64_H

#include "nucleo/base/strbuf.h"

/** Characters that base64_add() appends for so many bytes. */
#define BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)

/** Appends the bytes in base 64 (RFC 4648, section 4), padded, on one line. */
void base64_add(struct strbuf *out, const void *bytes, size_t length);

#endif
