/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SCREEN_SVG_H
#define NUCLEO_TESTS_SCREEN_SVG_H

#include "nucleo/base/strbuf.h"

struct screen_size {
	int rows, columns;
};

/** Appends what a terminal of that size shows after `bytes`, as a picture called `title`. */
void screen_svg(const struct strbuf *bytes, const struct screen_size *size, const char *title,
		struct strbuf *out);

#endif
