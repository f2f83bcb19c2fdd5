/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/base64.h"

#include <stdint.h>

void base64_add(struct strbuf *out, const void *bytes, size_t length)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *at = bytes;
	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		uint32_t group = (uint32_t)at[i] << 16 | (left > 1 ? (uint32_t)at[i + 1] << 8 : 0) |
				 (left > 2 ? at[i + 2] : 0);
		strbuf_addch(out, digits[group >> 18]);
		strbuf_addch(out, digits[group >> 12 & 63]);
		strbuf_addch(out, left > 1 ? digits[group >> 6 & 63] : '=');
		strbuf_addch(out, left > 2 ? digits[group & 63] : '=');
	}
}
