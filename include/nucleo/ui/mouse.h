/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_MOUSE_H
#define NUCLEO_UI_MOUSE_H

#include <stdbool.h>
#include <stdint.h>

/** What of a mouse means something here: the first button going down, and the wheel. */
enum mouse_act { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse_event {
	enum mouse_act act;
	int row, column; /**< of the screen, from 0 */
	int64_t at;      /**< when, as clock_monotonic_ms() counts */
};

/* Clicks and wheel, no motion, in decimal (SGR) so that no column is too far: XTerm Control
 * Sequences, "Mouse Tracking". */
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
/** What a report begins with. */
#define MOUSE_REPORT "\033[<"
/** Longest rest of a report. */
#define MOUSE_REPORT_MAX 32

/**
 * Reads the rest of a report, "0;12;5M". False when it is none, or of something
 * that means nothing here: a button going up, another button, a held key.
 */
bool mouse_read(const char *report, struct mouse_event *event);

#endif
