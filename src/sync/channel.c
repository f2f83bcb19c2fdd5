/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* close_range() */
#include "nucleo/sync/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

#define CHANNEL_FD 3

/* A pipe that somebody reads to its end must not be held open by the worker. */
static void leave_everything(int fd)
{
	int null = open("/dev/null", O_RDWR);
	for (int i = 0; i < CHANNEL_FD; i++)
		dup2(null, i);
	if (fd != CHANNEL_FD)
		dup2(fd, CHANNEL_FD);
	close_range(CHANNEL_FD + 1, ~0u, 0);
}

static void reset_signals(void)
{
	static const int usual[] = {SIGHUP, SIGINT, SIGTERM, SIGCHLD, SIGTSTP, SIGCONT, SIGWINCH};
	sigset_t none;
	for (size_t i = 0; i < ARRAY_COUNT(usual); i++)
		signal(usual[i], SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A session of its own: neither the keys of the terminal nor its end reach the worker. */
static ATTR_NORETURN void become_worker(int fd, struct channel_pulse *pulse,
					void (*run)(struct channel *channel))
{
	struct channel channel = {.fd = CHANNEL_FD, .pulse = pulse};
	setsid();
	reset_signals();
	leave_everything(fd);
	run(&channel);
	_exit(0);
}

static enum rc start_error(struct error *err)
{
	return error_set(err, RC_IO, _("no se pudo empezar a trabajar con el disco: %s"),
			 strerror(errno));
}

enum rc channel_start(struct channel *channel, void (*run)(struct channel *channel),
		      struct error *err)
{
	int ends[2];
	struct channel_pulse *pulse = mmap(NULL, sizeof(*pulse), PROT_READ | PROT_WRITE,
					   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pulse == MAP_FAILED)
		return start_error(err);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		munmap(pulse, sizeof(*pulse));
		return start_error(err);
	}
	pid_t child = fork();
	if (child == 0)
		become_worker(ends[1], pulse, run);
	close(ends[1]);
	if (child < 0) {
		close(ends[0]);
		munmap(pulse, sizeof(*pulse));
		return start_error(err);
	}
	*channel = (struct channel){.fd = ends[0], .pulse = pulse};
	return RC_OK;
}

/* The end of the worker closes its side. It is not reaped: this program is about to end itself, or
 * ignores its children. */
void channel_close(struct channel *channel, int patience_ms)
{
	struct channel_message last;
	if (!channel || channel->fd < 0)
		return;
	shutdown(channel->fd, SHUT_WR);
	int64_t end = clock_monotonic_ms() + patience_ms;
	for (int64_t left = patience_ms; left > 0; left = end - clock_monotonic_ms())
		if (channel_receive(channel, (int)left, &last) != CHANNEL_MESSAGE)
			break;
	close(channel->fd);
	munmap(channel->pulse, sizeof(*channel->pulse));
	*channel = (struct channel){.fd = -1};
}

bool channel_send(struct channel *channel, const struct channel_message *message)
{
	size_t length = offsetof(struct channel_message, text) + strlen(message->text) + 1;
	ssize_t sent;
	do
		sent = send(channel->fd, message, length, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)length;
}

/* What is not a whole message, with the end of its text, is none. */
static bool is_whole(const struct channel_message *message, ssize_t got)
{
	const size_t head = offsetof(struct channel_message, text);
	return got > (ssize_t)head && memchr(message->text, '\0', (size_t)got - head);
}

enum channel_event channel_receive(struct channel *channel, int timeout_ms,
				   struct channel_message *message)
{
	struct pollfd from = {.fd = channel->fd, .events = POLLIN};
	int64_t end = clock_monotonic_ms() + timeout_ms;
	int ready;
	while ((ready = poll(&from, 1, timeout_ms)) < 0 && errno == EINTR)
		if (timeout_ms > 0 && (timeout_ms = (int)(end - clock_monotonic_ms())) < 0)
			timeout_ms = 0;
	if (ready == 0)
		return CHANNEL_TIMEOUT;
	ssize_t got = ready > 0 ? recv(channel->fd, message, sizeof(*message), 0) : -1;
	return is_whole(message, got) ? CHANNEL_MESSAGE : CHANNEL_CLOSED;
}

void channel_set_text(struct channel_message *message, const char *text)
{
	size_t length = strlen(text);
	if (length >= sizeof(message->text))
		length = utf8_valid_prefix(text, sizeof(message->text) - 1);
	memcpy(message->text, text, length);
	message->text[length] = '\0';
}
