/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_CODE_H
#define NUCLEO_MODEL_CODE_H

#include <stdbool.h>

/**
 * The codes people name records by. All are short and hold none of the
 * characters the command line and lists separate them with.
 */
enum {
	CODE_PLAN_MAX = 20,    /**< characters of "paga2" */
	CODE_ACRONYM_MAX = 40, /**< bytes of "CONAGOPARE" or "Asamblea Nacional" */
};

/** "C5": one to three letters and a number from 1 to 999 without leading zeros. */
bool code_is_commitment(const char *code);
/** "paga2": ASCII letters, digits, '-', '_' and '.', beginning with a letter or digit. */
bool code_is_plan(const char *code);
/** Acronym (or short name) of an institution: no ',', ';', '/', controls or blanks at its ends. */
bool code_is_acronym(const char *acronym);

#endif
