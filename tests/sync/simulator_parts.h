/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_SYNC_SIMULATOR_PARTS_H
#define NUCLEO_TESTS_SYNC_SIMULATOR_PARTS_H

#include "sync/simulator.h"

#include <ucontext.h>

#include "nucleo/base/vector.h"

/** Private to the simulator: its server, its machines and what they remember. */

#define NEGATIVE_MS 30000
#define OLD_PAGES_MS 3000
#define UNREADABLE_MS 400
#define FREEZE_MS 150000
#define AWAY_MS ((int64_t)30 * 24 * 60 * 60 * 1000)
#define LATE_MS 20000
#define NO_SPACE_MS 2000
#define UNMOUNTED_MS 20000

struct file {
	char *name;
	struct strbuf bytes;
};

/** A call that the server has yet to carry out. */
struct late_call {
	char *name;
	struct strbuf bytes;
	bool is_overwriting;
	int64_t due;
};

/** What a machine remembers of a name. */
struct memory {
	char *name;
	int64_t absent_until;	  /* it was told that there is none */
	int64_t unreadable_until; /* EINVAL */
	int64_t old_until;	  /* it reads `old` */
	struct strbuf old;
};

/** A folder of the drive as one machine sees it. */
struct view {
	struct drive drive; /* first: the seam's handle */
	struct machine *machine;
	const char *prefix; /* of its names on the server */
};

struct machine {
	struct simulator *simulator;
	struct view log, beside;
	size_t index;
	VECTOR(struct memory) memories;
	ucontext_t context;
	char *stack;
	bool is_alive, is_done;
	int64_t frozen_until, unmounted_until;
};

struct planned_fault {
	unsigned call;
	enum simulator_fault fault;
	bool was_injected;
};

struct simulator {
	VECTOR(struct file) files;
	VECTOR(struct late_call) late;
	struct machine *machines;
	size_t count, current, stack_size;
	ucontext_t scheduler;
	void (*program)(void *context, size_t machine);
	void *context;
	int64_t now, full_until;
	uint64_t seed;
	unsigned calls, overwrites;
	struct planned_fault planned[2];
};

unsigned simulator_throw(struct simulator *simulator, unsigned sides);

/** The server. */
struct file *server_find(struct simulator *simulator, const char *name);
/** The one thing a server of files does right: of all who ask, one gets the name. */
enum drive_result server_put(struct simulator *simulator, const char *name, const char *bytes,
			     size_t length);
/** Machines other than `writer` go on reading the old bytes for some time. */
void server_overwrite(struct simulator *simulator, const struct machine *writer, const char *name,
		      const struct strbuf *bytes);
/** Carries out what has become due. */
void server_catch_up(struct simulator *simulator);
/** Forgets the last operations it was given. */
void server_lose_tail(struct simulator *simulator);
void server_release(struct simulator *simulator);
bool server_has_folder(struct simulator *simulator, const char *folder);
bool server_is_in(const char *name, const char *folder);

/** A machine. */
struct memory *machine_remember(struct machine *machine, const char *name);
void machine_forget(struct machine *machine);
/** Ends the turn of the machine that runs; a test may have it use the drive of another. */
void simulator_give_way(struct simulator *simulator);

#define SERVER_NAME_SIZE 256

/** One call to the drive. */
struct call {
	struct machine *machine;
	struct simulator *simulator;
	struct planned_fault *planned; /* NULL: nothing happens to this one */
	char name[SERVER_NAME_SIZE];   /* on the server */
};

/** What a name of this view is on the server. */
void call_locate(struct drive *drive, const char *name, char out[SERVER_NAME_SIZE]);
/** False: the call ends here, with call_refuse(). */
bool call_begin(struct drive *drive, const char *name, struct call *call);
bool call_is_due(const struct call *call, enum simulator_fault fault);
/** Whether a look at the drive fails this once for a handle that went bad. */
bool call_is_stale(struct call *call);
/** Cuts or flips what was read from `start` on, when that is due. */
void call_damage(struct call *call, struct strbuf *out, size_t start);
/** Whether nothing can be written now. */
bool call_cannot_write(const struct call *call);
/** Whether there is nothing to see now. */
bool call_sees_nothing(const struct call *call);
/** Leaves it to the server to do much later, when that is due. */
bool call_delay(struct call *call, const char *bytes, size_t length, bool is_overwriting);
/** What the machine is told of a call that had this result. */
enum drive_result call_end(struct call *call, enum drive_result result, struct error *err);
enum drive_result call_refuse(struct error *err);

/** Calls of the seam. */
enum drive_result simulate_fetch(struct drive *drive, const char *name, int fd, struct error *err);
enum drive_result simulate_publish(struct drive *drive, const char *name, int fd,
				   struct error *err);
enum drive_result simulate_set_aside(struct drive *drive, const char *name, const char *other,
				     struct error *err);
extern const struct drive_ops simulate_ops;

#endif
