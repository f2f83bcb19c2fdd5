/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/base/interrupt.h"

#include <time.h>

#include "nucleo/base/attributes.h"

static const int requests[] = {SIGINT, SIGTERM, SIGHUP};

/* An ignored signal that is blocked counts as pending: it must not be blocked. */
void interrupt_hold(struct interrupt *interrupt)
{
	sigset_t held;
	sigemptyset(&held);
	for (size_t i = 0; i < ARRAY_COUNT(requests); i++) {
		struct sigaction action;
		if (sigaction(requests[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&held, requests[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &interrupt->before);
}

bool interrupt_is_pending(void)
{
	sigset_t pending;
	bool is = false;
	if (sigpending(&pending) != 0)
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(requests); i++)
		is |= sigismember(&pending, requests[i]) == 1;
	return is;
}

void interrupt_release(const struct interrupt *interrupt)
{
	const struct timespec at_once = {0};
	sigset_t asked;
	sigemptyset(&asked);
	for (size_t i = 0; i < ARRAY_COUNT(requests); i++)
		if (!sigismember(&interrupt->before, requests[i]))
			sigaddset(&asked, requests[i]);
	while (interrupt_is_pending() && sigtimedwait(&asked, NULL, &at_once) > 0)
		;
	sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
}
