/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_SECTOR_GUESS_H
#define NUCLEO_MODEL_SECTOR_GUESS_H

/**
 * The sector (enum sector) that the name of an institution of Ecuador says: a
 * "Ministerio" is public, a "Fundación" civil society, whatever it deals with.
 * SECTOR_OTHER when it says none. A guess: somebody is to look at it.
 */
int sector_of_name(const char *name);

#endif
