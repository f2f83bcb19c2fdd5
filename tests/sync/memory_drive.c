/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/memory_drive.h"

#include <string.h>

#include "nucleo/base/memory.h"

struct memory_file {
	char *name;
	struct strbuf bytes;
};

struct memory_drive {
	struct drive drive; /* first: the seam's handle */
	VECTOR(struct memory_file) files;
};

static struct memory_file *find(struct drive *drive, const char *name)
{
	struct memory_drive *memory = (struct memory_drive *)drive;
	for (size_t i = 0; i < memory->files.count; i++)
		if (strcmp(memory->files.items[i].name, name) == 0)
			return &memory->files.items[i];
	return NULL;
}

static enum drive_result memory_refresh(struct drive *drive, const char *folder, struct error *err)
{
	(void)drive, (void)folder, (void)err;
	return DRIVE_DONE;
}

static enum drive_result memory_read(struct drive *drive, const char *name, size_t limit,
				     struct strbuf *out, struct error *err)
{
	const struct memory_file *file = find(drive, name);
	(void)err;
	if (!file)
		return DRIVE_ABSENT;
	strbuf_add(out, file->bytes.data, file->bytes.length < limit ? file->bytes.length : limit);
	return DRIVE_DONE;
}

static enum drive_result memory_put(struct drive *drive, const char *name, const char *bytes,
				    size_t length, struct error *err)
{
	struct memory_drive *memory = (struct memory_drive *)drive;
	(void)err;
	if (find(drive, name))
		return DRIVE_TAKEN;
	struct memory_file *file = vector_add(&memory->files);
	file->name = mem_strdup(name);
	strbuf_init(&file->bytes);
	strbuf_add(&file->bytes, bytes, length);
	return DRIVE_DONE;
}

static const struct drive_ops memory_ops = {
	.refresh = memory_refresh, .read = memory_read, .put_if_absent = memory_put};

struct memory_drive *memory_drive_new(void)
{
	struct memory_drive *memory = mem_alloc_zero(1, sizeof(*memory));
	memory->drive.ops = &memory_ops;
	return memory;
}

void memory_drive_free(struct memory_drive *memory)
{
	memory_drive_cut(memory, 0);
	vector_release(&memory->files);
	free(memory);
}

struct drive *memory_drive_drive(struct memory_drive *memory)
{
	return &memory->drive;
}

size_t memory_drive_count(const struct memory_drive *memory)
{
	return memory->files.count;
}

void memory_drive_cut(struct memory_drive *memory, size_t count)
{
	while (memory->files.count > count) {
		struct memory_file *file = &memory->files.items[--memory->files.count];
		free(file->name);
		strbuf_release(&file->bytes);
	}
}
