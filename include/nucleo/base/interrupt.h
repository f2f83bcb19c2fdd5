/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_INTERRUPT_H
#define NUCLEO_BASE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/**
 * Requests to end (Ctrl-C, SIGTERM, a terminal that closes) held back while
 * something is done that should end in good order. They are asked for, not
 * handled: no flag has to be shared with a signal handler.
 */
struct interrupt {
	sigset_t before;
};

/** Begins holding them back; those that are ignored stay ignored. */
void interrupt_hold(struct interrupt *interrupt);
/** Whether one came and is held back. */
bool interrupt_is_pending(void);
/** Ends holding back. What came meanwhile has been heeded, and is forgotten. */
void interrupt_release(const struct interrupt *interrupt);

#endif
