/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_I18N_H
#define NUCLEO_BASE_I18N_H

#include <libintl.h>

/**
 * Spanish is the source language: message ids are the Spanish texts. `_()`
 * translates at run time, `N_()` only marks a string in a constant table for
 * extraction; whoever shows it calls `_()` on it. `NN_()` is the same for the two forms
 * of a plural, for ngettext().
 */
#define _(text) gettext(text)
#define N_(text) text
#define NN_(one, many) one, many

#endif
