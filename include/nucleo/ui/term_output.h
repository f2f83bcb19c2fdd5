/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TERM_OUTPUT_H
#define NUCLEO_UI_TERM_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "nucleo/base/strbuf.h"

/**
 * The way of bytes to the terminal. Curses writes at every jump of the cursor.
 * Over ssh each write may be a packet, and half a frame shows; so it writes
 * into memory, and the frame goes out whole.
 */
struct term_output {
	FILE *file;	     /**< what curses writes to: standard output, on its own descriptor */
	int frame;	     /**< a file in memory that catches a frame; -1: there is none */
	struct strbuf bytes; /**< of the frame, as curses made it */
	struct strbuf sent;  /**< the same without what changes nothing */
};

bool term_output_open(struct term_output *output);
void term_output_close(struct term_output *output);
/** From here on, what is written to `file` is kept; false when it cannot be. */
bool term_output_catch(struct term_output *output);
/** Sends what was kept since, at once; `file` writes to the terminal again. */
void term_output_send(struct term_output *output);
/** Writes to the terminal now, beside `file`. When it is gone, reading finds out. */
void term_output_write(const char *bytes, size_t length);

#endif
