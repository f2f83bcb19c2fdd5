/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

struct memory *machine_remember(struct machine *machine, const char *name)
{
	for (size_t i = 0; i < machine->memories.count; i++)
		if (strcmp(machine->memories.items[i].name, name) == 0)
			return &machine->memories.items[i];
	struct memory *memory = vector_add(&machine->memories);
	memory->name = mem_strdup(name);
	strbuf_init(&memory->old);
	return memory;
}

void machine_forget(struct machine *machine)
{
	for (size_t i = 0; i < machine->memories.count; i++) {
		free(machine->memories.items[i].name);
		strbuf_release(&machine->memories.items[i].old);
	}
	vector_release(&machine->memories);
}

bool call_is_due(const struct call *call, enum simulator_fault fault)
{
	return call->planned && call->planned->fault == fault;
}

/* A machine that is killed sees errors to its end. */
static void plan(struct call *call)
{
	struct simulator *simulator = call->simulator;
	simulator->calls++;
	for (size_t i = 0; i < ARRAY_COUNT(simulator->planned); i++)
		if (simulator->planned[i].call == simulator->calls)
			call->planned = &simulator->planned[i];
}

static void freeze(struct call *call, int64_t milliseconds)
{
	call->planned->was_injected = true;
	call->machine->frozen_until = call->simulator->now + milliseconds;
	simulator_give_way(call->simulator);
	server_catch_up(call->simulator);
}

/* What happens to the call before it has its effect. */
static void befall(struct call *call)
{
	if (call_is_due(call, FAULT_FREEZE))
		freeze(call, FREEZE_MS);
	if (call_is_due(call, FAULT_AWAY))
		freeze(call, AWAY_MS);
	if (call_is_due(call, FAULT_CRASH_BEFORE))
		call->machine->is_alive = false;
	if (call_is_due(call, FAULT_NO_SPACE))
		call->simulator->full_until = call->simulator->now + NO_SPACE_MS;
	if (call_is_due(call, FAULT_LOST_TAIL))
		server_lose_tail(call->simulator);
	if (call_is_due(call, FAULT_UNMOUNTED)) {
		call->planned->was_injected = true;
		call->machine->unmounted_until = call->simulator->now + UNMOUNTED_MS;
		machine_forget(call->machine);
	}
}

void call_locate(struct drive *drive, const char *name, char out[SERVER_NAME_SIZE])
{
	const char *prefix = ((struct view *)drive)->prefix;
	int length = snprintf(out, SERVER_NAME_SIZE, "%s%s%s", prefix, *prefix && *name ? "/" : "",
			      name);
	assert_in_range(length, 0, SERVER_NAME_SIZE - 1);
}

bool call_begin(struct drive *drive, const char *name, struct call *call)
{
	struct machine *machine = ((struct view *)drive)->machine;
	struct simulator *simulator = machine->simulator;
	*call = (struct call){.machine = machine, .simulator = simulator};
	call_locate(drive, name, call->name);
	if (!machine->is_alive)
		return false;
	simulator_give_way(simulator);
	simulator->now += 1 + simulator_throw(simulator, 50);
	server_catch_up(simulator);
	plan(call);
	befall(call);
	if (call_is_due(call, FAULT_BEFORE) || call_is_due(call, FAULT_CRASH_BEFORE) ||
	    call_is_due(call, FAULT_NO_SPACE) || call_is_due(call, FAULT_LOST_TAIL)) {
		call->planned->was_injected = true;
		return false;
	}
	return true;
}

enum drive_result call_refuse(struct error *err)
{
	error_set(err, RC_BUSY, "the drive does not say");
	return DRIVE_UNKNOWN;
}

enum drive_result call_end(struct call *call, enum drive_result result, struct error *err)
{
	if (call_is_due(call, FAULT_CRASH_AFTER))
		call->machine->is_alive = false;
	if (call_is_due(call, FAULT_AFTER) || call_is_due(call, FAULT_CRASH_AFTER)) {
		call->planned->was_injected = true;
		result = DRIVE_UNKNOWN;
	}
	return result == DRIVE_UNKNOWN ? call_refuse(err) : result;
}

bool call_is_stale(struct call *call)
{
	if (!call_is_due(call, FAULT_STALE))
		return false;
	call->planned->was_injected = true;
	machine_forget(call->machine);
	return true;
}

void call_damage(struct call *call, struct strbuf *out, size_t start)
{
	size_t length = out->length - start;
	if (!length || (!call_is_due(call, FAULT_CUT) && !call_is_due(call, FAULT_FLIP)))
		return;
	size_t at = simulator_throw(call->simulator, (unsigned)length);
	call->planned->was_injected = true;
	if (call_is_due(call, FAULT_CUT))
		strbuf_truncate(out, start + at);
	else
		out->data[start + at] ^= (char)(1 << simulator_throw(call->simulator, 7));
}

bool call_sees_nothing(const struct call *call)
{
	return call->machine->unmounted_until > call->simulator->now;
}

/* The log's folder is not made anew where a drive should be. */
bool call_cannot_write(const struct call *call)
{
	return call->simulator->full_until > call->simulator->now || call_sees_nothing(call);
}

bool call_delay(struct call *call, const char *bytes, size_t length, bool is_overwriting)
{
	struct simulator *simulator = call->simulator;
	if (!call_is_due(call, FAULT_LATE))
		return false;
	struct late_call *late = vector_add(&simulator->late);
	late->name = mem_strdup(call->name);
	late->is_overwriting = is_overwriting;
	strbuf_init(&late->bytes);
	strbuf_add(&late->bytes, bytes, length);
	late->due = simulator->now + 1 + simulator_throw(simulator, LATE_MS);
	call->planned->was_injected = true;
	return true;
}
