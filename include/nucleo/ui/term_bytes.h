/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TERM_BYTES_H
#define NUCLEO_UI_TERM_BYTES_H

#include "nucleo/base/strbuf.h"

/**
 * Appends a frame as curses made it, without the bytes that change nothing: a
 * character set chosen that is the only one in use, attributes set one after
 * the other or just before they are taken back. The screen is the same.
 */
void term_bytes_add(struct strbuf *out, const char *bytes, size_t length);

#endif
