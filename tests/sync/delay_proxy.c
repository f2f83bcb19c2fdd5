/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * delay_proxy [--ms MILLISECONDS] PORT: stands between clients and PORT of this
 * machine as a long cable would. Each byte arrives half of the round trip (5 ms
 * unless told) after it was sent, never earlier; how many are under way is
 * bounded by memory alone, not by time. Prints the port it listens on. Ends on
 * SIGTERM and when its parent ends.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/vector.h"

enum {
	CABLE_BYTES = 4 << 20, /* under way in one direction of one connection */
	CABLE_MARKS = 4096,
	MOST_CONNECTIONS = 256,
};

/* Bytes before `end`, a count from the beginning, may leave from `due` on. */
struct mark {
	uint64_t end;
	int64_t due;
};

/** One direction: what came from `from` and waits for its time to go to `to`. */
struct cable {
	int from, to;
	uint64_t in, out; /* bytes that came, and that went */
	unsigned first_mark, mark_count;
	bool ended;  /* nothing more comes: the last mark is that of the end */
	bool closed; /* and that was passed on */
	char *bytes;
	struct mark marks[CABLE_MARKS];
};

struct connection {
	struct cable there, back;
	bool broken;
};

struct proxy {
	int listener;
	unsigned short target;
	int64_t delay; /* of one direction, ns */
	VECTOR(struct connection *) connections;
	VECTOR(struct pollfd) polled;
};

static int64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "delay_proxy: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- one direction */

static struct mark *mark_at(struct cable *cable, unsigned index)
{
	return &cable->marks[(cable->first_mark + index) % CABLE_MARKS];
}

static bool has_room(const struct cable *cable)
{
	return !cable->ended && cable->in - cable->out < CABLE_BYTES &&
	       cable->mark_count < CABLE_MARKS;
}

static void add_mark(struct cable *cable, int64_t due)
{
	*mark_at(cable, cable->mark_count++) = (struct mark){cable->in, due};
}

/* Whether the far end is still there. */
static bool take_in(struct cable *cable, int64_t delay)
{
	size_t at = cable->in % CABLE_BYTES, room = CABLE_BYTES - (cable->in - cable->out);
	if (room > CABLE_BYTES - at)
		room = CABLE_BYTES - at;
	ssize_t got = recv(cable->from, cable->bytes + at, room, MSG_DONTWAIT);
	if (got < 0)
		return errno == EAGAIN || errno == EINTR;
	cable->ended = got == 0;
	cable->in += (uint64_t)got;
	add_mark(cable, now_ns() + delay);
	return true;
}

/* Those that are of no use any more: without room for marks nothing is taken in. */
static void drop_marks(struct cable *cable, int64_t now)
{
	while (cable->mark_count && mark_at(cable, 0)->end <= cable->out &&
	       mark_at(cable, 0)->due <= now && !(cable->ended && cable->mark_count == 1)) {
		cable->first_mark = (cable->first_mark + 1) % CABLE_MARKS;
		cable->mark_count--;
	}
}

/* The count of bytes whose time has come. */
static uint64_t due_bytes(struct cable *cable, int64_t now)
{
	uint64_t end = cable->out;
	for (unsigned i = 0; i < cable->mark_count && mark_at(cable, i)->due <= now; i++)
		end = mark_at(cable, i)->end;
	return end;
}

static bool is_end_due(struct cable *cable, int64_t now)
{
	return cable->ended && !cable->closed && cable->out == cable->in &&
	       mark_at(cable, cable->mark_count - 1)->due <= now;
}

/* Sends what is due, as far as the near end takes it. */
static bool give_out(struct cable *cable, int64_t now)
{
	uint64_t end = due_bytes(cable, now);
	while (cable->out < end) {
		size_t at = cable->out % CABLE_BYTES, count = end - cable->out;
		if (count > CABLE_BYTES - at)
			count = CABLE_BYTES - at;
		ssize_t sent = send(cable->to, cable->bytes + at, count, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (sent < 0)
			return errno == EAGAIN || errno == EINTR;
		cable->out += (uint64_t)sent;
	}
	if (is_end_due(cable, now))
		cable->closed = shutdown(cable->to, SHUT_WR) == 0 || errno == ENOTCONN;
	return true;
}

/* When the next byte is due, or INT64_MAX. */
static int64_t next_due(struct cable *cable, int64_t now)
{
	for (unsigned i = 0; i < cable->mark_count; i++)
		if (mark_at(cable, i)->due > now)
			return mark_at(cable, i)->due;
	return INT64_MAX;
}

/* ---- connections */

static struct sockaddr_in address_of(unsigned short port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons(port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void send_at_once(int fd)
{
	int yes = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

/* Through the loopback a connection is there at once or refused. */
static int connect_to(unsigned short port)
{
	struct sockaddr_in address = address_of(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void cable_lay(struct cable *cable, int from, int to)
{
	cable->from = from;
	cable->to = to;
	cable->bytes = mem_alloc(CABLE_BYTES);
}

static void accept_one(struct proxy *proxy)
{
	int near = accept4(proxy->listener, NULL, NULL, SOCK_CLOEXEC);
	int far = near >= 0 ? connect_to(proxy->target) : -1;
	if (far < 0) {
		if (near >= 0)
			close(near);
		return;
	}
	struct connection *connection = mem_alloc_zero(1, sizeof(*connection));
	send_at_once(near);
	send_at_once(far);
	cable_lay(&connection->there, near, far);
	cable_lay(&connection->back, far, near);
	vector_push(&proxy->connections, connection);
}

static void connection_free(struct connection *connection)
{
	close(connection->there.from);
	close(connection->there.to);
	free(connection->there.bytes);
	free(connection->back.bytes);
	free(connection);
}

static bool is_over(const struct connection *connection)
{
	return connection->broken || (connection->there.closed && connection->back.closed);
}

static void forget_those_over(struct proxy *proxy)
{
	size_t kept = 0;
	for (size_t i = 0; i < proxy->connections.count; i++) {
		struct connection *connection = proxy->connections.items[i];
		if (is_over(connection))
			connection_free(connection);
		else
			proxy->connections.items[kept++] = connection;
	}
	proxy->connections.count = kept;
}

/* ---- the loop */

/* One end of a connection: what comes from it goes into `in`, what goes to it comes out of `out`. */
static void add_polled(struct proxy *proxy, struct cable *in, struct cable *out, int64_t now)
{
	struct pollfd *polled = vector_add(&proxy->polled);
	/* The end too may have come due since bytes were moved last. */
	bool waits = due_bytes(out, now) > out->out || is_end_due(out, now);
	polled->events = (short)((has_room(in) ? POLLIN : 0) | (waits ? POLLOUT : 0));
	/* Without events poll() would still report a hang-up, again and again. */
	polled->fd = polled->events ? in->from : -1;
}

static int64_t prepare(struct proxy *proxy, int64_t now)
{
	int64_t due = INT64_MAX;
	bool is_full = proxy->connections.count >= MOST_CONNECTIONS;
	proxy->polled.count = 0;
	*vector_add(&proxy->polled) =
		(struct pollfd){.fd = is_full ? -1 : proxy->listener, .events = POLLIN};
	for (size_t i = 0; i < proxy->connections.count; i++) {
		struct connection *connection = proxy->connections.items[i];
		struct cable *cables[] = {&connection->there, &connection->back};
		/* Both before either is asked whether it has room, or nobody would wake it up. */
		for (int side = 0; side < 2; side++)
			drop_marks(cables[side], now);
		for (int side = 0; side < 2; side++) {
			add_polled(proxy, cables[side], cables[!side], now);
			int64_t next = next_due(cables[side], now);
			due = next < due ? next : due;
		}
	}
	return due;
}

static void wait_until(struct proxy *proxy, int64_t due, int64_t now)
{
	struct timespec rest = {0, 0};
	if (due > now && due != INT64_MAX)
		rest = (struct timespec){(due - now) / 1000000000, (due - now) % 1000000000};
	int ready = ppoll(proxy->polled.items, proxy->polled.count,
			  due == INT64_MAX ? NULL : &rest, NULL);
	if (ready < 0 && errno != EINTR)
		give_up("poll");
}

static void move_bytes(struct proxy *proxy, struct connection *connection, size_t polled)
{
	struct cable *cables[] = {&connection->there, &connection->back};
	for (int side = 0; side < 2; side++)
		if (proxy->polled.items[polled + (size_t)side].revents && has_room(cables[side]) &&
		    !take_in(cables[side], proxy->delay))
			connection->broken = true;
	int64_t now = now_ns();
	for (int side = 0; side < 2; side++)
		if (!give_out(cables[side], now))
			connection->broken = true;
}

static _Noreturn void serve(struct proxy *proxy)
{
	for (;;) {
		int64_t now = now_ns();
		wait_until(proxy, prepare(proxy, now), now);
		size_t count = proxy->connections.count;
		for (size_t i = 0; i < count; i++)
			move_bytes(proxy, proxy->connections.items[i], 1 + 2 * i);
		if (proxy->polled.items[0].revents)
			accept_one(proxy);
		forget_those_over(proxy);
	}
}

static void listen_anywhere(struct proxy *proxy)
{
	struct sockaddr_in address = address_of(0);
	socklen_t length = sizeof(address);
	proxy->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (proxy->listener < 0 ||
	    bind(proxy->listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(proxy->listener, 64) != 0 ||
	    getsockname(proxy->listener, (struct sockaddr *)&address, &length) != 0)
		give_up("listen");
	printf("%d\n", ntohs(address.sin_port));
	if (fclose(stdout) != 0)
		give_up("stdout");
}

/* A whole number from 0 to `most`, or -1. */
static long number_of(const char *text, long most)
{
	char *end;
	errno = 0;
	long number = text ? strtol(text, &end, 10) : -1;
	return text && *text && !*end && !errno && number >= 0 && number <= most ? number : -1;
}

int main(int argc, char **argv)
{
	struct proxy proxy = {0};
	bool has_time = argc == 4 && strcmp(argv[1], "--ms") == 0;
	long milliseconds = has_time ? number_of(argv[2], 60000) : 5;
	long port = argc == 2 || has_time ? number_of(argv[argc - 1], 65535) : -1;
	if (port < 1 || milliseconds < 0) {
		fputs("usage: delay_proxy [--ms MILLISECONDS] PORT\n", stderr);
		return 2;
	}
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0)
		give_up("prctl");
	proxy.target = (unsigned short)port;
	proxy.delay = milliseconds * 500000;
	listen_anywhere(&proxy);
	serve(&proxy);
}
