/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SCRIBES_H
#define NUCLEO_TESTS_SCRIBES_H

#include "ui/two_screens.h"

/** Two persons who write down one meeting, each at a screen of the real program. */

#define ROOM ((struct screen_size){60, 100})
#define MEETING "AM-2024-01"
/** What stands in the history before anything is typed: who is in the group, the meeting, and its
 *  session begun. */
enum { BEGINNING = 4 };

/** Both in the room; Ana begins the session, and Luis may write without a key more. */
void scribes_begin(struct pair *pair, void **state);
/** Types a line and writes it into the record. */
void scribe_write(struct pty_session *screen, const char *line);

#endif
