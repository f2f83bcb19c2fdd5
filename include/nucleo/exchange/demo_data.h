/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_DEMO_DATA_H
#define NUCLEO_EXCHANGE_DEMO_DATA_H

/** One file of share/demo/, as it lies there, byte for byte. */
struct demo_file {
	const char *name; /**< without the folder */
	const char *text;
};

/** In the order in which they are read; a row of zeros ends them. */
extern const struct demo_file demo_files[];
extern const int demo_file_count;

#endif
