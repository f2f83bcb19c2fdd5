/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_MACHINE_H
#define NUCLEO_BASE_MACHINE_H

/** Longest name of a machine, with the zero at its end; a longer one is cut. */
#define MACHINE_NAME_SIZE 256

/** What this machine calls itself; "" when it does not say. */
void machine_name(char name[MACHINE_NAME_SIZE]);

#endif
