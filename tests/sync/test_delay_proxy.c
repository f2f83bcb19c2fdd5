/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/clock.h"

/* A round trip that a machine does not take for other reasons. */
#define ROUND_TRIP_MS 80
/* More than is ever under way at once, so that the proxy has to wait for its ends. */
#define LONG_TEXT ((size_t)12 << 20)
#define PATIENCE_MS 20000
/* More than it keeps the times of. */
#define SHORT_MESSAGES 12000

/* The proxy, and the port it stands before. */
struct path {
	pid_t proxy;
	int server;
	unsigned short port;
};

static struct sockaddr_in address_of(unsigned short port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons(port),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static unsigned short listen_on(int fd)
{
	struct sockaddr_in address = address_of(0);
	socklen_t length = sizeof(address);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
	return ntohs(address.sin_port);
}

static void run_proxy(unsigned short target, int output)
{
	char program[4096], port[16], time[16], option[] = "--ms";
	char *arguments[] = {program, option, time, port, NULL};
	snprintf(program, sizeof(program), "%s/tests/sync/delay_proxy", getenv("top_builddir"));
	snprintf(port, sizeof(port), "%d", target);
	snprintf(time, sizeof(time), "%d", ROUND_TRIP_MS);
	dup2(output, STDOUT_FILENO);
	execv(program, arguments);
	_exit(127);
}

/* The port it says it listens on. */
static unsigned short port_said(int fd)
{
	char line[16] = "";
	for (size_t got = 0; !strchr(line, '\n') && got < sizeof(line) - 1;) {
		ssize_t more = read(fd, line + got, sizeof(line) - 1 - got);
		assert_true(more > 0);
		got += (size_t)more;
	}
	return (unsigned short)strtol(line, NULL, 10);
}

static int set_up(void **state)
{
	struct path *path = calloc(1, sizeof(*path));
	int pipes[2];
	path->server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	unsigned short target = listen_on(path->server);
	assert_int_equal(pipe(pipes), 0);
	path->proxy = fork();
	if (path->proxy == 0)
		run_proxy(target, pipes[1]);
	close(pipes[1]);
	path->port = port_said(pipes[0]);
	close(pipes[0]);
	assert_int_not_equal(path->port, 0);
	*state = path;
	return 0;
}

static int tear_down(void **state)
{
	struct path *path = *state;
	int status;
	kill(path->proxy, SIGTERM);
	assert_int_equal(waitpid(path->proxy, &status, 0), path->proxy);
	close(path->server);
	free(path);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM ? 0 : -1;
}

/* Both ends of a connection through the proxy. */
struct ends {
	int near, far;
};

static struct ends connect_through(const struct path *path)
{
	struct sockaddr_in address = address_of(path->port);
	struct ends ends = {.near = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
	const struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
	int yes = 1;
	assert_int_equal(connect(ends.near, (struct sockaddr *)&address, sizeof(address)), 0);
	ends.far = accept4(path->server, NULL, NULL, SOCK_CLOEXEC);
	assert_true(ends.far >= 0);
	setsockopt(ends.near, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	setsockopt(ends.far, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	setsockopt(ends.near, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(ends.far, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return ends;
}

static void close_ends(struct ends *ends)
{
	close(ends->near);
	close(ends->far);
}

/* What stands at a place of a long text, such that nothing moved or doubled goes unseen. */
static char letter_at(size_t place, unsigned salt)
{
	uint32_t mixed = (uint32_t)(place + salt) * 2654435761u;
	return (char)(mixed >> 24);
}

/* One direction of a long text: what was sent of it and what came. */
struct flow {
	int from, to;
	unsigned salt;
	size_t sent, received;
};

static void send_some(struct flow *flow)
{
	char bytes[60000];
	size_t count = LONG_TEXT - flow->sent;
	if (count > sizeof(bytes))
		count = sizeof(bytes);
	for (size_t i = 0; i < count; i++)
		bytes[i] = letter_at(flow->sent + i, flow->salt);
	ssize_t sent = send(flow->from, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (sent > 0)
		flow->sent += (size_t)sent;
	else
		assert_int_equal(errno, EAGAIN);
	if (flow->sent == LONG_TEXT)
		assert_int_equal(shutdown(flow->from, SHUT_WR), 0);
}

/* False at the end. */
static bool receive_some(struct flow *flow)
{
	char bytes[60000];
	ssize_t got = recv(flow->to, bytes, sizeof(bytes), MSG_DONTWAIT);
	if (got < 0)
		assert_int_equal(errno, EAGAIN);
	for (ssize_t i = 0; i < got; i++)
		if (bytes[i] != letter_at(flow->received++, flow->salt))
			fail_msg("byte %zu is not the one that was sent", flow->received - 1);
	return got != 0;
}

static void long_texts_arrive_whole_in_both_directions(void **state)
{
	struct ends ends = connect_through(*state);
	struct flow flows[] = {{ends.near, ends.far, 1, 0, 0}, {ends.far, ends.near, 77, 0, 0}};
	bool open[] = {true, true};
	while (open[0] || open[1]) {
		struct pollfd polled[4] = {{-1, 0, 0}, {-1, 0, 0}, {-1, 0, 0}, {-1, 0, 0}};
		for (int i = 0; i < 2; i++) {
			if (flows[i].sent < LONG_TEXT)
				polled[2 * i] = (struct pollfd){flows[i].from, POLLOUT, 0};
			if (open[i])
				polled[2 * i + 1] = (struct pollfd){flows[i].to, POLLIN, 0};
		}
		assert_true(poll(polled, 4, PATIENCE_MS) > 0);
		for (int i = 0; i < 2; i++) {
			if (polled[2 * i].revents)
				send_some(&flows[i]);
			if (polled[2 * i + 1].revents)
				open[i] = receive_some(&flows[i]);
		}
	}
	assert_int_equal(flows[0].received, LONG_TEXT);
	assert_int_equal(flows[1].received, LONG_TEXT);
	close_ends(&ends);
}

/* Sends a few bytes and says how many milliseconds passed until the last of them was there. */
static int64_t time_of(int from, int to, const char *bytes)
{
	char got[64];
	size_t length = strlen(bytes), received = 0;
	int64_t began = clock_monotonic_ms();
	assert_int_equal(send(from, bytes, length, 0), length);
	while (received < length) {
		ssize_t more = recv(to, got + received, sizeof(got) - received, 0);
		assert_true(more > 0);
		/* Also the first of them. */
		assert_true(clock_monotonic_ms() + 1 - began >= ROUND_TRIP_MS / 2);
		received += (size_t)more;
	}
	assert_memory_equal(got, bytes, length);
	return clock_monotonic_ms() - began;
}

/* Milliseconds are cut, not rounded: one of them may be missing. */
static void no_byte_comes_before_its_time(void **state)
{
	struct ends ends = connect_through(*state), others = connect_through(*state);
	for (int i = 0; i < 3; i++) {
		assert_true(time_of(ends.near, ends.far, "pregunta") + 1 >= ROUND_TRIP_MS / 2);
		assert_true(time_of(ends.far, ends.near, "respuesta") + 1 >= ROUND_TRIP_MS / 2);
		assert_true(time_of(others.near, others.far, "otra") + 1 >= ROUND_TRIP_MS / 2);
	}
	close_ends(&ends);
	close_ends(&others);
}

/* What is sent while other bytes are under way waits its own time, not theirs. */
static void each_byte_has_its_own_time(void **state)
{
	struct ends ends = connect_through(*state);
	int64_t sent[3];
	char got;
	for (int i = 0; i < 3; i++) {
		sent[i] = clock_monotonic_ms();
		assert_int_equal(send(ends.near, &"abc"[i], 1, 0), 1);
		poll(NULL, 0, ROUND_TRIP_MS / 8);
	}
	for (int i = 0; i < 3; i++) {
		assert_int_equal(recv(ends.far, &got, 1, 0), 1);
		assert_int_equal(got, "abc"[i]);
		assert_true(clock_monotonic_ms() + 1 - sent[i] >= ROUND_TRIP_MS / 2);
	}
	close_ends(&ends);
}

/* As a mount goes on for hours: what has arrived is not remembered. */
static void short_messages_never_fill_it(void **state)
{
	struct ends ends = connect_through(*state);
	struct pollfd listener = {ends.far, POLLIN, 0};
	size_t received = 0;
	char bytes[1024];
	for (size_t sent = 0; received < SHORT_MESSAGES;) {
		const struct timespec pause = {.tv_nsec = 20000};
		if (sent < SHORT_MESSAGES)
			sent += send(ends.near, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL) == 1;
		nanosleep(&pause, NULL);
		assert_true(poll(&listener, 1, sent < SHORT_MESSAGES ? 0 : PATIENCE_MS) >= 0);
		ssize_t got = recv(ends.far, bytes, sizeof(bytes), MSG_DONTWAIT);
		if (got < 0 && sent == SHORT_MESSAGES)
			fail_msg("of %d messages %zu arrive", SHORT_MESSAGES, received);
		received += got > 0 ? (size_t)got : 0;
	}
	close_ends(&ends);
}

static void one_end_may_stop_sending_and_still_listen(void **state)
{
	struct ends ends = connect_through(*state);
	char got[8];
	assert_int_equal(send(ends.near, "fin", 3, 0), 3);
	assert_int_equal(shutdown(ends.near, SHUT_WR), 0);
	assert_int_equal(recv(ends.far, got, sizeof(got), MSG_WAITALL), 3);
	assert_int_equal(recv(ends.far, got, sizeof(got), 0), 0);
	assert_true(time_of(ends.far, ends.near, "adiós") + 1 >= ROUND_TRIP_MS / 2);
	close(ends.far);
	assert_int_equal(recv(ends.near, got, sizeof(got), 0), 0);
	close(ends.near);
}

/* Many bytes wait for one who does not listen; nobody else is to wait, nor are they to be lost. */
static void a_slow_listener_holds_up_nobody(void **state)
{
	struct ends ends = connect_through(*state), others = connect_through(*state);
	struct flow flow = {ends.near, ends.far, 5, 0, 0};
	struct pollfd sender = {ends.near, POLLOUT, 0}, listener = {ends.far, POLLIN, 0};
	while (flow.sent < LONG_TEXT && poll(&sender, 1, 2 * ROUND_TRIP_MS) == 1)
		send_some(&flow);
	assert_true(time_of(others.near, others.far, "pregunta") + 1 >= ROUND_TRIP_MS / 2);
	assert_true(time_of(others.far, others.near, "respuesta") + 1 >= ROUND_TRIP_MS / 2);
	while (flow.received < flow.sent) {
		assert_int_equal(poll(&listener, 1, PATIENCE_MS), 1);
		receive_some(&flow);
	}
	assert_true(time_of(others.near, others.far, "y otra") + 1 >= ROUND_TRIP_MS / 2);
	close_ends(&ends);
	close_ends(&others);
}

/* What a killed machine leaves: the other side must learn of it. */
static void a_broken_connection_ends_on_both_sides(void **state)
{
	struct ends ends = connect_through(*state), others = connect_through(*state);
	struct linger at_once = {.l_onoff = 1, .l_linger = 0};
	struct pollfd polled = {ends.far, POLLIN, 0};
	char got;
	setsockopt(ends.near, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(ends.near);
	assert_int_equal(poll(&polled, 1, PATIENCE_MS), 1);
	assert_true(recv(ends.far, &got, 1, 0) <= 0);
	close(ends.far);
	assert_true(time_of(others.near, others.far, "sigue") + 1 >= ROUND_TRIP_MS / 2);
	close_ends(&others);
}

static void it_ends_with_its_parent(void **state)
{
	(void)state;
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), pipes[2];
	char bytes[64];
	unsigned short target = listen_on(server);
	assert_int_equal(pipe(pipes), 0);
	pid_t parent = fork();
	if (parent == 0) {
		/* It has the end of the pipe a second time, until it ends. */
		if (fork() == 0)
			run_proxy(target, pipes[1]);
		close(pipes[1]);
		pause();
		_exit(0);
	}
	close(pipes[1]);
	assert_int_not_equal(port_said(pipes[0]), 0);
	kill(parent, SIGKILL);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
	struct pollfd polled = {pipes[0], POLLIN, 0};
	assert_int_equal(poll(&polled, 1, PATIENCE_MS), 1);
	assert_int_equal(read(pipes[0], bytes, sizeof(bytes)), 0);
	close(pipes[0]);
	close(server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(long_texts_arrive_whole_in_both_directions, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(no_byte_comes_before_its_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_byte_has_its_own_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(short_messages_never_fill_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_end_may_stop_sending_and_still_listen, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_slow_listener_holds_up_nobody, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_broken_connection_ends_on_both_sides, set_up,
						tear_down),
		cmocka_unit_test(it_ends_with_its_parent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
