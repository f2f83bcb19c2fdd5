/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* ppoll */
#include "nucleo/ui/term_signals.h"

#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/attributes.h"

static struct {
	volatile sig_atomic_t end, stop, resumed;
} flags;

/* Prepared while all is well: a crash handler can neither allocate nor look up anything. */
static struct {
	struct termios modes;
	char farewell[256];
	volatile size_t length;
	volatile sig_atomic_t armed;
} restore;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
static const int caught[] = {SIGTERM, SIGHUP, SIGTSTP, SIGCONT};

static void note(int signal_number)
{
	if (signal_number == SIGTSTP)
		flags.stop = 1;
	else if (signal_number == SIGCONT)
		flags.resumed = 1;
	else
		flags.end = 1;
}

static void on_crash(int signal_number)
{
	if (restore.armed) {
		restore.armed = 0;
		if (write(STDOUT_FILENO, restore.farewell, restore.length) >= 0)
			tcsetattr(STDIN_FILENO, TCSANOW, &restore.modes);
	}
	raise(signal_number); /* the handler is gone: dies as it would have */
}

static void catch_crash(int signal_number)
{
	struct sigaction action = {.sa_handler = on_crash, .sa_flags = (int)SA_RESETHAND}, now;
	if (sigaction(signal_number, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
		sigaction(signal_number, &action, NULL);
}

static void hold_back(int how)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	for (size_t i = 0; i < ARRAY_COUNT(caught); i++)
		sigaddset(&set, caught[i]);
	sigprocmask(how, &set, NULL);
}

void term_signals_start(const struct termios *modes)
{
	struct sigaction action = {.sa_handler = note};
	for (size_t i = 0; i < ARRAY_COUNT(caught); i++)
		sigaction(caught[i], &action, NULL);
	hold_back(SIG_BLOCK);
	restore.modes = *modes;
	restore.armed = 1;
	for (size_t i = 0; i < ARRAY_COUNT(crashes); i++)
		catch_crash(crashes[i]);
}

/* A crash meanwhile, unlikely as it is, writes nothing half. */
void term_signals_farewell(const char *farewell)
{
	size_t length = strlen(farewell);
	restore.length = 0;
	if (length > sizeof(restore.farewell))
		return;
	memcpy(restore.farewell, farewell, length);
	restore.length = length;
}

/* The program is leaving, and a terminal that goes away says so in many ways at once: what asks
 * for the end must not cut short what is still to be tidied up. */
void term_signals_stop(void)
{
	struct sigaction normal = {.sa_handler = SIG_DFL}, ignore = {.sa_handler = SIG_IGN};
	restore.armed = 0;
	for (size_t i = 0; i < ARRAY_COUNT(caught); i++)
		sigaction(caught[i], &normal, NULL);
	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGTERM, &ignore, NULL);
	hold_back(SIG_UNBLOCK);
}

struct term_signals term_signals_take(void)
{
	struct term_signals now = {flags.end, flags.stop, flags.resumed};
	flags.stop = flags.resumed = 0;
	return now; /* an end stays asked for */
}

enum term_wake term_signals_wait(int timeout, int other, bool *hung_up)
{
	struct pollfd from[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
				 {.fd = other > 0 ? other : -1, .events = POLLIN}};
	struct timespec limit = {timeout / 1000, (long)(timeout % 1000) * 1000000L};
	sigset_t none;
	sigprocmask(SIG_BLOCK, NULL, &none);
	sigdelset(&none, SIGWINCH);
	for (size_t i = 0; i < ARRAY_COUNT(caught); i++)
		sigdelset(&none, caught[i]);
	int ready = ppoll(from, ARRAY_COUNT(from), &limit, &none);
	bool has_input = ready != 0 && (ready < 0 || from[0].revents);
	*hung_up = ready > 0 && (from[0].revents & (POLLHUP | POLLERR | POLLNVAL));
	return ready == 0 ? TERM_WAKE_TIMEOUT : has_input ? TERM_WAKE_INPUT : TERM_WAKE_OTHER;
}

void term_signals_pause(void)
{
	struct sigaction normal = {.sa_handler = SIG_DFL}, ours;
	sigset_t set, pending;
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigaction(SIGTSTP, &normal, &ours);
	/* One that was sent to the whole job, and held back here, has stopped the others. */
	if (sigpending(&pending) != 0 || !sigismember(&pending, SIGTSTP))
		kill(0, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(SIGTSTP, &ours, NULL);
}
