/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator_parts.h"

#include <string.h>

#include "nucleo/base/memory.h"

static void look_anew(struct machine *machine, const char *folder)
{
	for (size_t i = 0; i < machine->memories.count; i++)
		if (server_is_in(machine->memories.items[i].name, folder)) {
			machine->memories.items[i].absent_until = 0;
			machine->memories.items[i].old_until = 0;
		}
}

static enum drive_result simulate_refresh(struct drive *drive, const char *folder,
					  struct error *err)
{
	struct call call;
	if (!call_begin(drive, folder, &call) || call_is_stale(&call))
		return call_refuse(err);
	if (call_sees_nothing(&call))
		return DRIVE_ABSENT;
	struct simulator *simulator = call.simulator;
	struct memory *own = machine_remember(call.machine, call.name);
	enum drive_result result = DRIVE_DONE;
	if (own->absent_until > simulator->now || !server_has_folder(simulator, call.name)) {
		if (own->absent_until <= simulator->now)
			own->absent_until = simulator->now + NEGATIVE_MS;
		result = DRIVE_ABSENT;
	} else {
		look_anew(call.machine, call.name);
	}
	return call_end(&call, result, err);
}

static enum drive_result simulate_read(struct drive *drive, const char *name, size_t limit,
				       struct strbuf *out, struct error *err)
{
	struct call call;
	if (!call_begin(drive, name, &call) || call_is_stale(&call))
		return call_refuse(err);
	if (call_sees_nothing(&call))
		return DRIVE_ABSENT;
	struct simulator *simulator = call.simulator;
	struct memory *memory = machine_remember(call.machine, call.name);
	const struct file *file = server_find(simulator, call.name);
	size_t start = out->length;
	enum drive_result result = DRIVE_DONE;
	if (memory->unreadable_until > simulator->now)
		return call_refuse(err);
	if (memory->absent_until > simulator->now)
		return call_end(&call, DRIVE_ABSENT, err);
	if (!file) {
		memory->absent_until = simulator->now + NEGATIVE_MS;
		result = DRIVE_ABSENT;
	} else {
		const struct strbuf *seen =
			memory->old_until > simulator->now ? &memory->old : &file->bytes;
		strbuf_add(out, seen->data, seen->length < limit ? seen->length : limit);
		call_damage(&call, out, start);
	}
	result = call_end(&call, result, err);
	if (result == DRIVE_UNKNOWN)
		strbuf_truncate(out, start);
	return result;
}

/* What the machine is told of a put that had `result` on the server. */
static enum drive_result answer_put(struct call *call, enum drive_result result, struct error *err)
{
	struct memory *memory = machine_remember(call->machine, call->name);
	if (result == DRIVE_DONE)
		memory->absent_until = 0;
	if (call_is_due(call, FAULT_TAKEN_BY_US) && result == DRIVE_DONE)
		result = DRIVE_TAKEN;
	else if (call_is_due(call, FAULT_LIE_WON) && result == DRIVE_TAKEN)
		result = DRIVE_DONE;
	else if (call_is_due(call, FAULT_EPERM) && result == DRIVE_TAKEN)
		result = call_refuse(err);
	else if (call_is_due(call, FAULT_EINVAL))
		memory->unreadable_until = call->simulator->now + UNREADABLE_MS;
	else
		return call_end(call, result, err);
	call->planned->was_injected = true;
	return result;
}

static enum drive_result simulate_put(struct drive *drive, const char *name, const char *bytes,
				      size_t length, struct error *err)
{
	struct call call;
	if (!call_begin(drive, name, &call) || call_cannot_write(&call) ||
	    call_delay(&call, bytes, length, false))
		return call_refuse(err);
	return answer_put(&call, server_put(call.simulator, call.name, bytes, length), err);
}

static enum drive_result simulate_replace(struct drive *drive, const char *name, const char *bytes,
					  size_t length, struct error *err)
{
	struct call call;
	struct strbuf content;
	if (!call_begin(drive, name, &call) || call_cannot_write(&call) ||
	    call_delay(&call, bytes, length, true))
		return call_refuse(err);
	strbuf_init(&content);
	strbuf_add(&content, bytes, length);
	server_overwrite(call.simulator, call.machine, call.name, &content);
	strbuf_release(&content);
	machine_remember(call.machine, call.name)->absent_until = 0;
	return call_end(&call, DRIVE_DONE, err);
}

static enum drive_result simulate_list(struct drive *drive, const char *folder, drive_names *names,
				       struct error *err)
{
	struct call call;
	if (!call_begin(drive, folder, &call) || call_is_stale(&call))
		return call_refuse(err);
	if (call_sees_nothing(&call))
		return DRIVE_ABSENT;
	struct simulator *simulator = call.simulator;
	enum drive_result result =
		server_has_folder(simulator, call.name) ? DRIVE_DONE : DRIVE_ABSENT;
	result = call_end(&call, result, err);
	if (result == DRIVE_UNKNOWN)
		return result;
	for (size_t i = 0; i < simulator->files.count; i++) {
		const char *name = simulator->files.items[i].name, *slash = strrchr(name, '/');
		if (server_is_in(name, call.name))
			vector_push(names, mem_strdup(slash ? slash + 1 : name));
	}
	return result;
}

static enum drive_result simulate_remove(struct drive *drive, const char *name, struct error *err)
{
	struct call call;
	if (!call_begin(drive, name, &call))
		return call_refuse(err);
	if (call_sees_nothing(&call))
		return DRIVE_ABSENT;
	struct simulator *simulator = call.simulator;
	bool is_there = server_find(simulator, call.name) != NULL;
	simulator->overwrites += strstr(name, ".json") != NULL;
	if (is_there)
		simulator_lose(simulator, call.name);
	return call_end(&call, is_there ? DRIVE_DONE : DRIVE_ABSENT, err);
}

const struct drive_ops simulate_ops = {
	.refresh = simulate_refresh,
	.read = simulate_read,
	.put_if_absent = simulate_put,
	.replace = simulate_replace,
	.list = simulate_list,
	.remove = simulate_remove,
	.fetch = simulate_fetch,
	.publish = simulate_publish,
	.set_aside = simulate_set_aside,
};
