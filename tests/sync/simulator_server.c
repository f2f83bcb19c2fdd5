/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator_parts.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

#define NEVER INT64_MAX
#define LOST_MOST 3

struct file *server_find(struct simulator *simulator, const char *name)
{
	for (size_t i = 0; i < simulator->files.count; i++)
		if (strcmp(simulator->files.items[i].name, name) == 0)
			return &simulator->files.items[i];
	return NULL;
}

enum drive_result server_put(struct simulator *simulator, const char *name, const char *bytes,
			     size_t length)
{
	if (server_find(simulator, name))
		return DRIVE_TAKEN;
	struct file *file = vector_add(&simulator->files);
	file->name = mem_strdup(name);
	strbuf_init(&file->bytes);
	strbuf_add(&file->bytes, bytes, length);
	return DRIVE_DONE;
}

static void keep_old_pages(struct simulator *simulator, const struct machine *writer,
			   const struct file *file)
{
	for (size_t i = 0; i < simulator->count; i++) {
		struct memory *memory;
		if (&simulator->machines[i] == writer)
			continue;
		memory = machine_remember(&simulator->machines[i], file->name);
		strbuf_reset(&memory->old);
		strbuf_add(&memory->old, file->bytes.data, file->bytes.length);
		memory->old_until = simulator->now + OLD_PAGES_MS;
	}
}

void server_overwrite(struct simulator *simulator, const struct machine *writer, const char *name,
		      const struct strbuf *bytes)
{
	struct file *file = server_find(simulator, name);
	simulator->overwrites += strstr(name, ".json") != NULL;
	if (!file) {
		server_put(simulator, name, bytes->data, bytes->length);
		return;
	}
	keep_old_pages(simulator, writer, file);
	strbuf_reset(&file->bytes);
	strbuf_add(&file->bytes, bytes->data, bytes->length);
}

void server_catch_up(struct simulator *simulator)
{
	for (size_t i = 0; i < simulator->late.count; i++) {
		struct late_call *late = &simulator->late.items[i];
		if (late->due > simulator->now)
			continue;
		if (late->is_overwriting)
			server_overwrite(simulator, NULL, late->name, &late->bytes);
		else
			server_put(simulator, late->name, late->bytes.data, late->bytes.length);
		late->due = NEVER;
	}
}

bool server_is_in(const char *name, const char *folder)
{
	const char *slash = strrchr(name, '/');
	size_t length = slash ? (size_t)(slash - name) : 0;
	return strlen(folder) == length && strncmp(name, folder, length) == 0;
}

/* A folder is there once something is in it. */
bool server_has_folder(struct simulator *simulator, const char *folder)
{
	if (!*folder || strcmp(folder, "..") == 0)
		return true;
	for (size_t i = 0; i < simulator->files.count; i++)
		if (server_is_in(simulator->files.items[i].name, folder))
			return true;
	return false;
}

void simulator_lose(struct simulator *simulator, const char *name)
{
	struct file *file = server_find(simulator, name);
	assert_non_null(file);
	free(file->name);
	strbuf_release(&file->bytes);
	/* They lie in the order in which they came. */
	size_t after = --simulator->files.count - (size_t)(file - simulator->files.items);
	memmove(file, file + 1, after * sizeof(*file));
}

void server_lose_tail(struct simulator *simulator)
{
	size_t count = 1 + simulator_throw(simulator, LOST_MOST);
	for (size_t i = simulator->files.count; i-- > 0 && count;) {
		const char *name = simulator->files.items[i].name;
		if (!strstr(name, ".json"))
			continue;
		simulator_lose(simulator, name);
		count--;
	}
}

void simulator_copy(struct simulator *to, const struct simulator *from)
{
	while (to->files.count)
		simulator_lose(to, to->files.items[0].name);
	for (size_t i = 0; i < from->files.count; i++) {
		const struct file *file = &from->files.items[i];
		server_put(to, file->name, file->bytes.data, file->bytes.length);
	}
}

void server_release(struct simulator *simulator)
{
	while (simulator->files.count)
		simulator_lose(simulator, simulator->files.items[0].name);
	vector_release(&simulator->files);
	for (size_t i = 0; i < simulator->late.count; i++) {
		free(simulator->late.items[i].name);
		strbuf_release(&simulator->late.items[i].bytes);
	}
	vector_release(&simulator->late);
}
