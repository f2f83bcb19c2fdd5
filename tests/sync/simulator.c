/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator_parts.h"

#include <stdlib.h>

#include "nucleo/base/memory.h"

/* Enough for a database. */
#define STACK_SIZE ((size_t)512 << 10)

unsigned simulator_throw(struct simulator *simulator, unsigned sides)
{
	simulator->seed = simulator->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(simulator->seed >> 33) % sides;
}

void simulator_give_way(struct simulator *simulator)
{
	struct machine *machine = &simulator->machines[simulator->current];
	swapcontext(&machine->context, &simulator->scheduler);
}

static void set_up_view(struct view *view, struct machine *machine, const char *prefix)
{
	view->drive.ops = &simulate_ops;
	view->machine = machine;
	view->prefix = prefix;
}

struct simulator *simulator_new(unsigned seed, size_t machines)
{
	struct simulator *simulator = mem_alloc_zero(1, sizeof(*simulator));
	simulator->seed = seed;
	simulator->count = machines;
	simulator->stack_size = STACK_SIZE;
	simulator->machines = mem_alloc_zero(machines, sizeof(*simulator->machines));
	for (size_t i = 0; i < machines; i++) {
		struct machine *machine = &simulator->machines[i];
		set_up_view(&machine->log, machine, "");
		set_up_view(&machine->beside, machine, "..");
		machine->simulator = simulator;
		machine->index = i;
	}
	return simulator;
}

void simulator_free(struct simulator *simulator)
{
	server_release(simulator);
	for (size_t i = 0; i < simulator->count; i++) {
		machine_forget(&simulator->machines[i]);
		free(simulator->machines[i].stack);
	}
	free(simulator->machines);
	free(simulator);
}

void simulator_set_stack(struct simulator *simulator, size_t size)
{
	simulator->stack_size = size;
}

struct drive *simulator_drive(struct simulator *simulator, size_t machine)
{
	return &simulator->machines[machine].log.drive;
}

struct drive *simulator_beside(struct simulator *simulator, size_t machine)
{
	return &simulator->machines[machine].beside.drive;
}

bool simulator_is_alive(struct simulator *simulator, size_t machine)
{
	return simulator->machines[machine].is_alive;
}

int64_t simulator_now(const struct simulator *simulator)
{
	return simulator->now;
}

void simulator_sleep(struct simulator *simulator, size_t machine, int64_t milliseconds)
{
	simulator->machines[machine].frozen_until = simulator->now + milliseconds;
	simulator_give_way(simulator);
}

void simulator_inject(struct simulator *simulator, unsigned call, enum simulator_fault fault)
{
	simulator->planned[0] = (struct planned_fault){
		.call = call ? simulator->calls + call : 0,
		.fault = fault,
	};
	simulator->planned[1] = (struct planned_fault){.call = 0};
}

void simulator_inject_second(struct simulator *simulator, unsigned call, enum simulator_fault fault)
{
	simulator->planned[1] = (struct planned_fault){
		.call = simulator->calls + call,
		.fault = fault,
	};
}

unsigned simulator_injected(const struct simulator *simulator)
{
	return (unsigned)simulator->planned[0].was_injected + simulator->planned[1].was_injected;
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
	simulator_give_way(simulator);
}

static void start_machine(struct machine *machine)
{
	uintptr_t address = (uintptr_t)machine;
	machine->is_alive = true;
	machine->is_done = false;
	machine->frozen_until = 0;
	if (!machine->stack)
		machine->stack = mem_alloc(machine->simulator->stack_size);
	getcontext(&machine->context);
	machine->context.uc_stack.ss_sp = machine->stack;
	machine->context.uc_stack.ss_size = machine->simulator->stack_size;
	machine->context.uc_link = NULL;
	makecontext(&machine->context, (void (*)(void))run_program, 2, (unsigned)(address >> 32),
		    (unsigned)address);
}

/* The next moment at which somebody can go on. */
static int64_t first_awake(const struct simulator *simulator)
{
	int64_t first = INT64_MAX;
	for (size_t i = 0; i < simulator->count; i++) {
		const struct machine *machine = &simulator->machines[i];
		if (!machine->is_done && machine->frozen_until < first)
			first = machine->frozen_until;
	}
	return first;
}

/* A throw among those that are not frozen; when all are, time passes. */
static struct machine *choose(struct simulator *simulator)
{
	int64_t awake = first_awake(simulator);
	size_t first = simulator_throw(simulator, (unsigned)simulator->count);
	if (awake == INT64_MAX)
		return NULL;
	if (awake > simulator->now)
		simulator->now = awake;
	for (size_t i = 0;; i++) {
		struct machine *machine = &simulator->machines[(first + i) % simulator->count];
		if (!machine->is_done && machine->frozen_until <= simulator->now)
			return machine;
	}
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
			machine_forget(machine);
			start_machine(machine);
		}
	}
}
