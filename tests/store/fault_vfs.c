/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fault_vfs.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct fault_file {
	sqlite3_file base;
	sqlite3_file *real; /**< lies right behind */
};

/* The state of the one faulty machine; tests have one thread. */
static struct {
	enum fault fault;
	int disk, memory;
	bool has_failed;
	unsigned syncs;
} state;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static sqlite3_mem_methods real_memory;

static bool disk_fails(void)
{
	if (state.disk > 1) {
		state.disk--;
		return false;
	}
	if (state.disk != 1)
		return false;
	state.has_failed = true;
	if (state.fault != FAULT_DEAD)
		state.disk = 0;
	return true;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct fault_file *)(void *)file)->real;
}

static int fault_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int fault_read(sqlite3_file *file, void *out, int count, sqlite3_int64 offset)
{
	return real_of(file)->pMethods->xRead(real_of(file), out, count, offset);
}

static int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
	sqlite3_file *real = real_of(file);
	bool fails = disk_fails();
	if (fails && state.fault != FAULT_TORN && state.fault != FAULT_AFTER)
		return SQLITE_IOERR_WRITE;
	if (fails && state.fault == FAULT_TORN)
		count /= 2;
	int result = real->pMethods->xWrite(real, bytes, count, offset);
	return fails ? SQLITE_FULL : result;
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	bool fails = disk_fails();
	int result = SQLITE_OK;
	if (!fails || state.fault == FAULT_AFTER)
		result = real_of(file)->pMethods->xTruncate(real_of(file), size);
	return fails ? SQLITE_IOERR_TRUNCATE : result;
}

static int fault_sync(sqlite3_file *file, int flags)
{
	state.syncs++;
	if (disk_fails())
		return SQLITE_IOERR_FSYNC;
	return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int fault_lock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int fault_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int fault_reserved(sqlite3_file *file, int *is_reserved)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_reserved);
}

static int fault_control(sqlite3_file *file, int op, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int fault_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int fault_characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

/* What the processes of one machine share in memory, beside a write-ahead log: no disk. */
static int fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int fault_shm_unmap(sqlite3_file *file, int delete)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

/* Version 2: no mapping of the file, so that every byte passes here. */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = fault_close,
	.xRead = fault_read,
	.xWrite = fault_write,
	.xTruncate = fault_truncate,
	.xSync = fault_sync,
	.xFileSize = fault_size,
	.xLock = fault_lock,
	.xUnlock = fault_unlock,
	.xCheckReservedLock = fault_reserved,
	.xFileControl = fault_control,
	.xSectorSize = fault_sector,
	.xDeviceCharacteristics = fault_characteristics,
	.xShmMap = fault_shm_map,
	.xShmLock = fault_shm_lock,
	.xShmBarrier = fault_shm_barrier,
	.xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given)
{
	struct fault_file *made = (struct fault_file *)(void *)file;
	(void)vfs;
	made->real = (sqlite3_file *)(void *)(made + 1);
	made->base.pMethods = NULL;
	int result = real_vfs->xOpen(real_vfs, name, made->real, flags, given);
	if (result == SQLITE_OK)
		made->base.pMethods = &methods;
	return result;
}

static int fault_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	bool fails = disk_fails();
	int result = SQLITE_OK;
	(void)vfs;
	if (!fails || state.fault == FAULT_AFTER)
		result = real_vfs->xDelete(real_vfs, name, sync_folder);
	return fails ? SQLITE_IOERR_DELETE : result;
}

static bool memory_fails(void)
{
	if (state.memory == 0 || --state.memory > 0)
		return false;
	state.has_failed = true;
	return true;
}

static void *fault_malloc(int size)
{
	return memory_fails() ? NULL : real_memory.xMalloc(size);
}

static void *fault_realloc(void *block, int size)
{
	return memory_fails() ? NULL : real_memory.xRealloc(block, size);
}

void fault_install(void)
{
	sqlite3_mem_methods memory;
	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
	memory = real_memory;
	memory.xMalloc = fault_malloc;
	memory.xRealloc = fault_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
	real_vfs = sqlite3_vfs_find(NULL);
	fault_vfs = *real_vfs;
	fault_vfs.szOsFile += (int)sizeof(struct fault_file);
	fault_vfs.zName = "fault";
	fault_vfs.pNext = NULL;
	fault_vfs.xOpen = fault_open;
	fault_vfs.xDelete = fault_delete;
	sqlite3_vfs_register(&fault_vfs, 1);
}

void fault_arm_disk(enum fault fault, int countdown)
{
	state.fault = fault;
	state.disk = countdown;
	state.has_failed = false;
}

void fault_arm_memory(int countdown)
{
	state.memory = countdown;
	state.has_failed = false;
}

unsigned fault_syncs(void)
{
	return state.syncs;
}

bool fault_disarm(void)
{
	state.disk = state.memory = 0;
	return state.has_failed;
}
