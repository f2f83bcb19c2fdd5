/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_CONVOCATORIA_H
#define NUCLEO_VIEWS_CONVOCATORIA_H

#include "nucleo/views/session.h"

/** Asks in which file the notice of the session's meeting is to be written, and writes it in the
 *  format the name ends in. A file that is there already stays. */
unsigned convocatoria_ask(struct session *session, struct ui *ui);

#endif
