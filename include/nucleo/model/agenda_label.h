/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_AGENDA_LABEL_H
#define NUCLEO_MODEL_AGENDA_LABEL_H

#include <stddef.h>

#include "nucleo/base/strbuf.h"

/** How the items of an agenda are numbered: 1, 2, 3; their parts 3.a to 3.z, then 3.aa. */

/** Most items of one agenda, or parts of one item, that get a label. */
#define AGENDA_LABEL_MAX 100000

/** Appends the label of the `number`-th item, from 1; `parent` is the label of the item it is a
 *  part of, NULL for none. */
void agenda_label_add(struct strbuf *out, const char *parent, size_t number);
/** Which one it is among its siblings: 8 of "8", 3 of "8.c"; 0 when it is numbered otherwise. */
size_t agenda_label_number(const char *label);

#endif
