/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator_parts.h"

#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"

/* The pages of the old file that a machine still has, then those of the new one. */
static void add_torn(struct call *call, struct strbuf *out, const struct strbuf *old,
		     const struct strbuf *fresh)
{
	size_t cut = simulator_throw(call->simulator, (unsigned)old->length + 1);
	strbuf_add(out, old->data, cut);
	if (fresh->length > cut)
		strbuf_add(out, fresh->data + cut, fresh->length - cut);
}

static void fill(int fd, const struct strbuf *bytes)
{
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, bytes->data, bytes->length, 0), bytes->length);
}

enum drive_result simulate_fetch(struct drive *drive, const char *name, int fd, struct error *err)
{
	struct call call;
	struct strbuf seen;
	if (!call_begin(drive, name, &call) || call_is_stale(&call))
		return call_refuse(err);
	if (call_sees_nothing(&call))
		return DRIVE_ABSENT;
	struct memory *memory = machine_remember(call.machine, call.name);
	const struct file *file = server_find(call.simulator, call.name);
	if (memory->absent_until > call.simulator->now)
		return call_end(&call, DRIVE_ABSENT, err);
	if (!file) {
		memory->absent_until = call.simulator->now + NEGATIVE_MS;
		return call_end(&call, DRIVE_ABSENT, err);
	}
	strbuf_init(&seen);
	if (memory->old_until > call.simulator->now)
		add_torn(&call, &seen, &memory->old, &file->bytes);
	else
		strbuf_add(&seen, file->bytes.data, file->bytes.length);
	call_damage(&call, &seen, 0);
	fill(fd, &seen);
	strbuf_release(&seen);
	return call_end(&call, DRIVE_DONE, err);
}

static void take(int fd, struct strbuf *out)
{
	char piece[4096];
	ssize_t got;
	while ((got = pread(fd, piece, sizeof(piece), (off_t)out->length)) > 0)
		strbuf_add(out, piece, (size_t)got);
	assert_int_equal(got, 0);
}

enum drive_result simulate_publish(struct drive *drive, const char *name, int fd,
				   struct error *err)
{
	struct strbuf bytes;
	strbuf_init(&bytes);
	take(fd, &bytes);
	enum drive_result result =
		drive->ops->replace(drive, name, bytes.data, bytes.length, err);
	strbuf_release(&bytes);
	return result;
}

enum drive_result simulate_set_aside(struct drive *drive, const char *name, const char *other,
				     struct error *err)
{
	struct call call;
	char target[SERVER_NAME_SIZE];
	if (!call_begin(drive, name, &call))
		return call_refuse(err);
	if (call_sees_nothing(&call))
		return DRIVE_ABSENT;
	struct simulator *simulator = call.simulator;
	struct file *file = server_find(simulator, call.name);
	call_locate(drive, other, target);
	if (!file)
		return call_end(&call, DRIVE_ABSENT, err);
	if (server_find(simulator, target))
		return call_end(&call, DRIVE_TAKEN, err);
	simulator->overwrites += strstr(name, ".json") != NULL;
	free(file->name);
	file->name = mem_strdup(target);
	machine_remember(call.machine, target)->absent_until = 0;
	return call_end(&call, DRIVE_DONE, err);
}
