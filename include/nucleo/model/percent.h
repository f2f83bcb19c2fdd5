/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PERCENT_H
#define NUCLEO_MODEL_PERCENT_H

#include "nucleo/base/strbuf.h"

/** A percentage in hundredths of a point (38.5 % is 3850), exact; or PERCENT_NONE: not known. */
typedef int percent_hundredths;
#define PERCENT_NONE (-1)
#define PERCENT_FULL 10000

/** Reads "38", "38.5", "38,5", with or without "%", the whole text, 0 to 100, two decimals;
 *  PERCENT_NONE otherwise. */
percent_hundredths percent_parse(const char *text);
/** Rounded; PERCENT_NONE when outside 0 to 100 or not a number. */
percent_hundredths percent_from_points(double points);
/** Appends "38" or "38.5", with the point of the group's documents; nothing when not known. */
void percent_add(struct strbuf *out, percent_hundredths value);

#endif
