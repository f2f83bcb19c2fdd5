/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "nucleo/base/memory.h"

#define STACK_SIZE ((size_t)256 << 10)
#define NEGATIVE_MS 30000
#define OLD_PAGES_MS 3000
#define UNREADABLE_MS 400
#define FREEZE_MS 150000
#define LATE_MS 20000
#define NO_SPACE_MS 2000
#define NEVER INT64_MAX

struct file {
	char *name;
	struct strbuf bytes;
};

/* What a machine remembers of a name. */
struct memory {
	char *name;
	int64_t absent_until;	  /* it was told that there is none */
	int64_t unreadable_until; /* EINVAL */
	int64_t old_until;	  /* it reads `old` */
	struct strbuf old;
};

/* A call that the server has yet to carry out. */
struct late_put {
	char *name;
	struct strbuf bytes;
	int64_t due;
};

struct machine {
	struct drive drive; /* first: the seam's handle */
	struct simulator *simulator;
	size_t index;
	VECTOR(struct memory) memories;
	ucontext_t context;
	char *stack;
	bool is_alive, is_done;
	int64_t frozen_until;
};

struct simulator {
	VECTOR(struct file) files;
	VECTOR(struct late_put) late;
	struct machine *machines;
	size_t count, current;
	ucontext_t scheduler;
	void (*program)(void *context, size_t machine);
	void *context;
	int64_t now, full_until;
	uint64_t seed;
	unsigned calls, fault_at, overwrites;
	enum simulator_fault fault;
	bool was_injected;
};

static unsigned throw_dice(struct simulator *simulator, unsigned sides)
{
	simulator->seed = simulator->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(simulator->seed >> 33) % sides;
}

static struct file *find(struct simulator *simulator, const char *name)
{
	for (size_t i = 0; i < simulator->files.count; i++)
		if (strcmp(simulator->files.items[i].name, name) == 0)
			return &simulator->files.items[i];
	return NULL;
}

static void store_file(struct simulator *simulator, const char *name, const char *bytes,
		       size_t length)
{
	struct file *file = vector_add(&simulator->files);
	file->name = mem_strdup(name);
	strbuf_init(&file->bytes);
	strbuf_add(&file->bytes, bytes, length);
}

/* The one thing a server of files does right: of all who ask, one gets the name. */
static enum drive_result serve_put(struct simulator *simulator, const char *name, const char *bytes,
				   size_t length)
{
	if (find(simulator, name))
		return DRIVE_TAKEN;
	store_file(simulator, name, bytes, length);
	return DRIVE_DONE;
}

static struct memory *remember(struct machine *machine, const char *name)
{
	for (size_t i = 0; i < machine->memories.count; i++)
		if (strcmp(machine->memories.items[i].name, name) == 0)
			return &machine->memories.items[i];
	struct memory *memory = vector_add(&machine->memories);
	memory->name = mem_strdup(name);
	strbuf_init(&memory->old);
	return memory;
}

static void forget_all(struct machine *machine)
{
	for (size_t i = 0; i < machine->memories.count; i++) {
		free(machine->memories.items[i].name);
		strbuf_release(&machine->memories.items[i].old);
	}
	vector_release(&machine->memories);
}

static void carry_out_late(struct simulator *simulator)
{
	for (size_t i = 0; i < simulator->late.count; i++) {
		struct late_put *late = &simulator->late.items[i];
		if (late->due > simulator->now)
			continue;
		serve_put(simulator, late->name, late->bytes.data, late->bytes.length);
		late->due = NEVER;
	}
}

/* Ends the turn of the machine that runs; a test may have it use the drive of another. */
static void give_way(struct simulator *simulator)
{
	struct machine *machine = &simulator->machines[simulator->current];
	swapcontext(&machine->context, &simulator->scheduler);
}

/* What happens to the call that begins; a machine that is killed sees errors to its end. */
struct call {
	struct machine *machine;
	bool is_faulty;
	enum simulator_fault fault;
};

static struct machine *machine_of(struct drive *drive)
{
	return (struct machine *)drive;
}

static bool is_due(const struct call *call, enum simulator_fault fault)
{
	return call->is_faulty && call->fault == fault;
}

/* FALSE: the call ends here with an error. */
static bool begin_call(struct drive *drive, struct call *call)
{
	struct machine *machine = machine_of(drive);
	struct simulator *simulator = machine->simulator;
	*call = (struct call){.machine = machine};
	if (!machine->is_alive)
		return false;
	give_way(simulator);
	simulator->now += 1 + throw_dice(simulator, 50);
	carry_out_late(simulator);
	if (++simulator->calls == simulator->fault_at) {
		call->is_faulty = true;
		call->fault = simulator->fault;
	}
	if (is_due(call, FAULT_FREEZE)) {
		simulator->was_injected = true;
		machine->frozen_until = simulator->now + FREEZE_MS;
		give_way(simulator);
		carry_out_late(simulator);
	}
	if (is_due(call, FAULT_CRASH_BEFORE))
		machine->is_alive = false;
	if (is_due(call, FAULT_NO_SPACE))
		simulator->full_until = simulator->now + NO_SPACE_MS;
	if (is_due(call, FAULT_BEFORE) || is_due(call, FAULT_CRASH_BEFORE) ||
	    is_due(call, FAULT_NO_SPACE)) {
		simulator->was_injected = true;
		return false;
	}
	return true;
}

static enum drive_result end_call(struct call *call, enum drive_result result)
{
	if (is_due(call, FAULT_CRASH_AFTER))
		call->machine->is_alive = false;
	if (is_due(call, FAULT_AFTER) || is_due(call, FAULT_CRASH_AFTER)) {
		call->machine->simulator->was_injected = true;
		return DRIVE_UNKNOWN;
	}
	return result;
}

static enum drive_result refuse(struct error *err)
{
	error_set(err, RC_BUSY, "the drive does not say");
	return DRIVE_UNKNOWN;
}

static bool is_in(const char *name, const char *folder)
{
	const char *slash = strrchr(name, '/');
	size_t length = slash ? (size_t)(slash - name) : 0;
	return strlen(folder) == length && strncmp(name, folder, length) == 0;
}

/* A folder is there once something is in it. */
static bool is_folder(struct simulator *simulator, const char *folder)
{
	if (!*folder)
		return true;
	for (size_t i = 0; i < simulator->files.count; i++)
		if (is_in(simulator->files.items[i].name, folder))
			return true;
	return false;
}

static enum drive_result simulate_refresh(struct drive *drive, const char *folder,
					  struct error *err)
{
	struct call call;
	if (!begin_call(drive, &call))
		return refuse(err);
	struct machine *machine = call.machine;
	struct simulator *simulator = machine->simulator;
	struct memory *own = remember(machine, folder);
	enum drive_result result = DRIVE_DONE;
	if (own->absent_until > simulator->now || !is_folder(simulator, folder)) {
		if (own->absent_until <= simulator->now)
			own->absent_until = simulator->now + NEGATIVE_MS;
		result = DRIVE_ABSENT;
	} else {
		for (size_t i = 0; i < machine->memories.count; i++)
			if (is_in(machine->memories.items[i].name, folder)) {
				machine->memories.items[i].absent_until = 0;
				machine->memories.items[i].old_until = 0;
			}
	}
	result = end_call(&call, result);
	return result == DRIVE_UNKNOWN ? refuse(err) : result;
}

static void damage(struct call *call, struct strbuf *out, size_t start)
{
	struct simulator *simulator = call->machine->simulator;
	size_t length = out->length - start;
	if (!length || (!is_due(call, FAULT_CUT) && !is_due(call, FAULT_FLIP)))
		return;
	size_t at = throw_dice(simulator, (unsigned)length);
	simulator->was_injected = true;
	if (is_due(call, FAULT_CUT))
		strbuf_truncate(out, start + at);
	else
		out->data[start + at] ^= (char)(1 << throw_dice(simulator, 7));
}

static enum drive_result simulate_read(struct drive *drive, const char *name, size_t limit,
				       struct strbuf *out, struct error *err)
{
	struct call call;
	if (!begin_call(drive, &call))
		return refuse(err);
	struct simulator *simulator = call.machine->simulator;
	struct memory *memory = remember(call.machine, name);
	const struct file *file = find(simulator, name);
	size_t start = out->length;
	enum drive_result result = DRIVE_DONE;
	if (memory->unreadable_until > simulator->now)
		return refuse(err);
	if (memory->absent_until > simulator->now)
		return end_call(&call, DRIVE_ABSENT) == DRIVE_UNKNOWN ? refuse(err) : DRIVE_ABSENT;
	if (!file) {
		memory->absent_until = simulator->now + NEGATIVE_MS;
		result = DRIVE_ABSENT;
	} else {
		const struct strbuf *seen =
			memory->old_until > simulator->now ? &memory->old : &file->bytes;
		strbuf_add(out, seen->data, seen->length < limit ? seen->length : limit);
		damage(&call, out, start);
	}
	result = end_call(&call, result);
	if (result == DRIVE_UNKNOWN) {
		strbuf_truncate(out, start);
		refuse(err);
	}
	return result;
}

/* What the machine is told of a put that had `result` on the server. */
static enum drive_result answer_put(struct call *call, const char *name, enum drive_result result)
{
	struct simulator *simulator = call->machine->simulator;
	struct memory *memory = remember(call->machine, name);
	if (result == DRIVE_DONE)
		memory->absent_until = 0;
	if (is_due(call, FAULT_TAKEN_BY_US) && result == DRIVE_DONE)
		result = DRIVE_TAKEN;
	else if (is_due(call, FAULT_LIE_WON) && result == DRIVE_TAKEN)
		result = DRIVE_DONE;
	else if (is_due(call, FAULT_EINVAL))
		memory->unreadable_until = simulator->now + UNREADABLE_MS;
	else
		return end_call(call, result);
	simulator->was_injected = true;
	return result;
}

static enum drive_result simulate_put(struct drive *drive, const char *name, const char *bytes,
				      size_t length, struct error *err)
{
	struct call call;
	if (!begin_call(drive, &call))
		return refuse(err);
	struct simulator *simulator = call.machine->simulator;
	if (simulator->full_until > simulator->now)
		return refuse(err);
	if (is_due(&call, FAULT_LATE)) {
		struct late_put *late = vector_add(&simulator->late);
		late->name = mem_strdup(name);
		strbuf_init(&late->bytes);
		strbuf_add(&late->bytes, bytes, length);
		late->due = simulator->now + 1 + throw_dice(simulator, LATE_MS);
		simulator->was_injected = true;
		return refuse(err);
	}
	enum drive_result result =
		answer_put(&call, name, serve_put(simulator, name, bytes, length));
	return result == DRIVE_UNKNOWN ? refuse(err) : result;
}

/* Others go on reading the old bytes for some time. */
static void keep_old_pages(struct simulator *simulator, size_t writer, const struct file *file)
{
	for (size_t i = 0; i < simulator->count; i++) {
		struct memory *memory;
		if (i == writer)
			continue;
		memory = remember(&simulator->machines[i], file->name);
		strbuf_reset(&memory->old);
		strbuf_add(&memory->old, file->bytes.data, file->bytes.length);
		memory->old_until = simulator->now + OLD_PAGES_MS;
	}
}

static enum drive_result simulate_replace(struct drive *drive, const char *name, const char *bytes,
					  size_t length, struct error *err)
{
	struct call call;
	if (!begin_call(drive, &call))
		return refuse(err);
	struct simulator *simulator = call.machine->simulator;
	struct file *file = find(simulator, name);
	simulator->overwrites += strstr(name, ".json") != NULL;
	remember(call.machine, name)->absent_until = 0;
	if (file) {
		keep_old_pages(simulator, call.machine->index, file);
		strbuf_reset(&file->bytes);
		strbuf_add(&file->bytes, bytes, length);
	} else {
		store_file(simulator, name, bytes, length);
	}
	return end_call(&call, DRIVE_DONE) == DRIVE_UNKNOWN ? refuse(err) : DRIVE_DONE;
}

static enum drive_result simulate_list(struct drive *drive, const char *folder, drive_names *names,
				       struct error *err)
{
	struct call call;
	if (!begin_call(drive, &call))
		return refuse(err);
	struct simulator *simulator = call.machine->simulator;
	enum drive_result result =
		end_call(&call, is_folder(simulator, folder) ? DRIVE_DONE : DRIVE_ABSENT);
	if (result == DRIVE_UNKNOWN)
		return refuse(err);
	for (size_t i = 0; i < simulator->files.count; i++) {
		const char *name = simulator->files.items[i].name;
		if (is_in(name, folder))
			vector_push(names, mem_strdup(name + strlen(folder) + (*folder ? 1 : 0)));
	}
	return result;
}

void simulator_lose(struct simulator *simulator, const char *name)
{
	struct file *file = find(simulator, name);
	assert_non_null(file);
	free(file->name);
	strbuf_release(&file->bytes);
	*file = simulator->files.items[--simulator->files.count];
}

static enum drive_result simulate_remove(struct drive *drive, const char *name, struct error *err)
{
	struct call call;
	if (!begin_call(drive, &call))
		return refuse(err);
	struct simulator *simulator = call.machine->simulator;
	enum drive_result result = find(simulator, name) ? DRIVE_DONE : DRIVE_ABSENT;
	simulator->overwrites += strstr(name, ".json") != NULL;
	if (result == DRIVE_DONE)
		simulator_lose(simulator, name);
	result = end_call(&call, result);
	return result == DRIVE_UNKNOWN ? refuse(err) : result;
}

struct simulator *simulator_new(unsigned seed, size_t machines)
{
	static const struct drive_ops ops = {
		.refresh = simulate_refresh,
		.read = simulate_read,
		.put_if_absent = simulate_put,
		.replace = simulate_replace,
		.list = simulate_list,
		.remove = simulate_remove,
	};
	struct simulator *simulator = mem_alloc_zero(1, sizeof(*simulator));
	simulator->seed = seed;
	simulator->count = machines;
	simulator->machines = mem_alloc_zero(machines, sizeof(*simulator->machines));
	for (size_t i = 0; i < machines; i++) {
		simulator->machines[i].drive.ops = &ops;
		simulator->machines[i].simulator = simulator;
		simulator->machines[i].index = i;
		simulator->machines[i].stack = mem_alloc(STACK_SIZE);
	}
	return simulator;
}

void simulator_free(struct simulator *simulator)
{
	while (simulator->files.count)
		simulator_lose(simulator, simulator->files.items[0].name);
	vector_release(&simulator->files);
	for (size_t i = 0; i < simulator->late.count; i++) {
		free(simulator->late.items[i].name);
		strbuf_release(&simulator->late.items[i].bytes);
	}
	vector_release(&simulator->late);
	for (size_t i = 0; i < simulator->count; i++) {
		forget_all(&simulator->machines[i]);
		free(simulator->machines[i].stack);
	}
	free(simulator->machines);
	free(simulator);
}

struct drive *simulator_drive(struct simulator *simulator, size_t machine)
{
	return &simulator->machines[machine].drive;
}

bool simulator_is_alive(struct simulator *simulator, size_t machine)
{
	return simulator->machines[machine].is_alive;
}

void simulator_inject(struct simulator *simulator, unsigned call, enum simulator_fault fault)
{
	simulator->fault_at = simulator->calls + call;
	simulator->fault = fault;
	simulator->was_injected = false;
}

bool simulator_was_injected(const struct simulator *simulator)
{
	return simulator->was_injected;
}

unsigned simulator_calls(const struct simulator *simulator)
{
	return simulator->calls;
}

unsigned simulator_overwrites(const struct simulator *simulator)
{
	return simulator->overwrites;
}

/* makecontext() passes only ints: halves of the address. */
static void run_program(unsigned high, unsigned low)
{
	struct machine *machine = (struct machine *)(((uintptr_t)high << 32) | low);
	struct simulator *simulator = machine->simulator;
	simulator->program(simulator->context, machine->index);
	machine->is_done = machine->is_alive;
	machine->frozen_until = -1;
	give_way(simulator);
}

static void start_machine(struct machine *machine)
{
	uintptr_t address = (uintptr_t)machine;
	machine->is_alive = true;
	machine->is_done = false;
	machine->frozen_until = 0;
	getcontext(&machine->context);
	machine->context.uc_stack.ss_sp = machine->stack;
	machine->context.uc_stack.ss_size = STACK_SIZE;
	machine->context.uc_link = NULL;
	makecontext(&machine->context, (void (*)(void))run_program, 2, (unsigned)(address >> 32),
		    (unsigned)address);
}

/* A throw among those that are not frozen; when all are, time passes. */
static struct machine *choose(struct simulator *simulator)
{
	bool is_any = false;
	size_t first = throw_dice(simulator, (unsigned)simulator->count);
	for (size_t i = 0; i < simulator->count; i++) {
		struct machine *machine = &simulator->machines[(first + i) % simulator->count];
		is_any |= !machine->is_done;
		if (!machine->is_done && machine->frozen_until <= simulator->now)
			return machine;
	}
	if (!is_any)
		return NULL;
	simulator->now += FREEZE_MS;
	return choose(simulator);
}

void simulator_run(struct simulator *simulator, void (*program)(void *context, size_t machine),
		   void *context)
{
	struct machine *machine;
	simulator->program = program;
	simulator->context = context;
	for (size_t i = 0; i < simulator->count; i++)
		start_machine(&simulator->machines[i]);
	while ((machine = choose(simulator))) {
		simulator->current = machine->index;
		swapcontext(&simulator->scheduler, &machine->context);
		/* It was killed: the new program remembers nothing of the old one's view. */
		if (machine->frozen_until < 0 && !machine->is_done) {
			forget_all(machine);
			start_machine(machine);
		}
	}
}
