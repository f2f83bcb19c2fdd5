/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_TWO_SCREENS_H
#define NUCLEO_TESTS_TWO_SCREENS_H

#include "ui/member_screen.h"

/** Two persons at two screens of the real program, on one drive. With $MOUNTS each has a mount of
 *  her own, as on two machines (tests/sync/mounts.sh). */
struct pair {
	struct home *home;
	struct pty_session ana, luis;
};

/** Waits until both show it. */
void pair_expect(struct pair *pair, const char *text);
/** Neither is told that something waits for a decision. */
void pair_expect_nothing_asked(struct pair *pair);
/** Quits both; they have it all, that many operations, and the same. */
void pair_close(struct pair *pair, int operations);
/** Between the two Luis reads nothing of her and sends nothing: she is first on the drive. */
void pair_luis_goes_deaf(struct pair *pair);
void pair_luis_hears_again(struct pair *pair);

/** Opens the one change that waits for a decision by the key that is told, where the question is
 *  not on the screen already. */
void screen_go_to_decision(struct pty_session *screen);
/** Takes the choice that many lines down, which has these words. */
void screen_choose(struct pty_session *screen, int choice, const char *words);
/** Has it done, once all is chosen. */
void screen_apply_choice(struct pty_session *screen);

#endif
