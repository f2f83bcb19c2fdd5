/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_CHANNEL_H
#define NUCLEO_SYNC_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "nucleo/base/error.h"

/**
 * A worker process and what it says to the program it works for. A mount that hangs
 * keeps whoever touches it in the kernel for minutes, out of the reach of signals: so it
 * is another process, in a session of its own, that does, and it is never waited for
 * without a limit. Messages go both ways over one pair of sockets; between programs that
 * are two halves of one, their form is that of this struct.
 */

/** Longest text of a message, with its end: a path, or what went wrong. */
#define CHANNEL_TEXT_MAX 8192

struct channel_message {
	int32_t kind;	/**< what it means is between the two */
	int32_t code;	/**< likewise */
	int64_t serial; /**< of the request this answers; 0: none */
	int64_t number;
	char text[CHANNEL_TEXT_MAX];
};

/** What both can see at any time, without a message: the moments are clock_monotonic_ms(). */
struct channel_pulse {
	/** Since when the worker is using the drive; 0 while it is not. */
	_Atomic int64_t busy_since;
};

struct channel {
	int fd; /**< becomes readable when there is a message; -1: closed */
	struct channel_pulse *pulse;
};

enum channel_event { CHANNEL_MESSAGE, CHANNEL_TIMEOUT, CHANNEL_CLOSED };

/**
 * Starts a worker: `run` is called in the new process and its end is that of the process. It
 * has nothing open but the channel, and neither terminal nor standard streams; it ends
 * when the channel is closed. Before the program opens any database. RC_IO.
 */
enum rc channel_start(struct channel *channel, void (*run)(struct channel *channel),
		      struct error *err) ATTR_NODISCARD;

/** Closes; in the program it gives the worker `patience_ms` to end by itself, no more. NULL and
 *  a closed one are ignored. */
void channel_close(struct channel *channel, int patience_ms);

/** Never waits: false when the other side is gone, or has left too many unread. */
bool channel_send(struct channel *channel, const struct channel_message *message);
/** Waits at most `timeout_ms` for a message; 0: takes what is there, -1: for ever. */
enum channel_event channel_receive(struct channel *channel, int timeout_ms,
				   struct channel_message *message);

/** Sets the text, cut at the end of a character where it is too long. */
void channel_set_text(struct channel_message *message, const char *text);

#endif
