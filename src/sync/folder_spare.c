/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "nucleo/sync/folder_parts.h"

/* Where a folder takes the place of a file there is none, and none before it was tried. */
void folder_prepare(struct drive *drive)
{
	struct folder *folder = folder_of(drive);
	struct folder_spare *spare = &folder->spare;
	if (spare->name || folder->primitive != FOLDER_LINK)
		return;
	char *name = folder_temporary_name(folder);
	char *path = folder_locate(folder, name);
	spare->bits = folder_file_bits(folder);
	if (folder_create(folder, path, &spare->fd) == 0)
		spare->name = name;
	else
		free(name);
	free(path);
}

/* From here on it is a temporary like any other: once it may have been given a name, it is never
 * written again. */
const char *folder_fill_spare(struct folder *folder, const struct folder_content *content)
{
	struct folder_spare spare = folder->spare;
	if (!spare.name)
		return NULL;
	folder->spare.name = NULL;
	vector_push(&folder->temporaries, spare.name);
	bool is_filled = spare.bits == folder_file_bits(folder) &&
			 folder_write_and_sync(spare.fd, content) == 0;
	if (close(spare.fd) != 0)
		is_filled = false;
	return is_filled ? spare.name : NULL;
}

void folder_give_up_spare(struct folder *folder)
{
	struct folder_spare *spare = &folder->spare;
	if (!spare->name)
		return;
	close(spare->fd);
	vector_push(&folder->temporaries, spare->name);
	spare->name = NULL;
}
