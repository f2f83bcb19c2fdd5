/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_BACKUPS_H
#define NUCLEO_VIEWS_BACKUPS_H

#include "nucleo/views/session.h"

/** Asks where a backup is to be written, and has it written. */
unsigned backups_ask_path(struct session *session, struct ui *ui);
/** Shows the backups of every day, and says of one how to go back to it. */
unsigned backups_show(struct session *session, struct ui *ui);

#endif
