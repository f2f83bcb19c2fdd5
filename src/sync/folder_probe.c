/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/sync/folder_parts.h"

/* Whether a name keeps the bytes it was first given, whatever the second attempt says. */
static bool keeps_first(struct folder *folder, const char *name)
{
	struct strbuf found;
	strbuf_init(&found);
	enum drive_result result =
		folder->drive.ops->read(&folder->drive, name, 2, &found, NULL);
	bool is_kept = result == DRIVE_DONE && strcmp(found.data, "1") == 0;
	strbuf_release(&found);
	return is_kept;
}

/* 0 when the primitive works and keeps the promise, EEXIST when it breaks it, else why it cannot
 * be used here. */
static int try_primitive(struct folder *folder, enum folder_primitive primitive)
{
	const struct folder_content first = {.bytes = "1", .length = 1};
	const struct folder_content second = {.bytes = "2", .length = 1};
	const char *name = folder_temporary(folder);
	int failure = folder_put(folder, primitive, name, &first);
	if (failure)
		return failure == EEXIST ? EIO : failure;
	failure = folder_put(folder, primitive, name, &second);
	return failure && keeps_first(folder, name) ? 0 : EEXIST;
}

static enum rc refuse(const struct folder *folder, int failure, struct error *err)
{
	if (failure == EEXIST)
		return error_set(err, RC_REFUSED,
				 _("la carpeta «%s» deja crear dos veces un mismo nombre: no sirve "
				   "para compartir; aquí solo se puede leer"),
				 folder->path);
	if (failure == EACCES || failure == EROFS || failure == EPERM)
		return error_set(err, RC_REFUSED,
				 _("en la carpeta «%s» no se puede escribir (%s): "
				   "solo se puede leer"),
				 folder->path, strerror(failure));
	(void)folder_failed(folder->path, failure, err);
	return RC_BUSY;
}

enum rc folder_self_test(struct drive *drive, struct error *err)
{
	struct folder *folder = folder_of(drive);
	enum folder_primitive primitive = FOLDER_LINK;
	int failure = folder_found(folder);
	if (failure)
		return refuse(folder, failure, err);
	failure = try_primitive(folder, primitive);
	if (failure && failure != EEXIST) {
		primitive = FOLDER_RENAME;
		failure = try_primitive(folder, primitive);
	}
	if (failure)
		return refuse(folder, failure, err);
	folder->primitive = primitive;
	return RC_OK;
}

static const char *const primitive_words[] = {
	[FOLDER_LINK] = "link",
	[FOLDER_RENAME] = "folder",
};

const char *folder_primitive(const struct drive *drive)
{
	return primitive_words[((const struct folder *)drive)->primitive];
}

bool folder_set_primitive(struct drive *drive, const char *word)
{
	for (size_t i = FOLDER_LINK; i < ARRAY_COUNT(primitive_words); i++)
		if (strcmp(primitive_words[i], word) == 0) {
			folder_of(drive)->primitive = (enum folder_primitive)i;
			folder_of(drive)->is_known = true;
			return true;
		}
	return false;
}
