/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/place.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/sync/folder_parts.h"
#include "nucleo/sync/place_parts.h"

#define MOUNTINFO_LIMIT ((size_t)4 << 20)
/* Names looked at in a folder: enough for one of operations and some more. */
#define MOST_NAMES 10000
#define NAME_COLUMNS 60
#define OPTION_COLUMNS 60

/* Owned real path of the folder, or of the nearest one above that is there; NULL: none is. */
static char *real_folder(const char *path)
{
	char *real = NULL, *at = mem_strdup(path);
	bool is_last = false;
	while (!is_last && !(real = realpath(at, NULL))) {
		char *above = folder_parent(at);
		is_last = strcmp(above, at) == 0;
		free(at);
		at = above;
	}
	free(at);
	return real;
}

/* Where /proc is not there; the numbers are part of the kernel's interface. */
static const char *type_by_number(const char *path)
{
	static const struct {
		unsigned long number;
		const char *type;
	} numbers[] = {
		{0x00006969, "nfs"},   {0xff534d42, "cifs"},   {0xfe534d42, "smb3"},
		{0x0000517b, "smbfs"}, {0x01021997, "9p"},     {0x65735546, "fuse"},
		{0x00c36400, "ceph"},  {0x01021994, "tmpfs"},  {0x858458f6, "ramfs"},
		{0x5346414f, "afs"},   {0x0187, "autofs"},     {0x786f4256, "vboxsf"},
		{0x7461636f, "ocfs2"}, {0x01161970, "gfs2"},   {0x0bd00bd0, "lustre"},
		{0x47504653, "gpfs"},  {0x19830326, "beegfs"}, {0x6a656a63, "virtiofs"},
	};
	struct statfs st;
	if (statfs(path, &st) == 0)
		for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
			if (((unsigned long)st.f_type & 0xffffffff) == numbers[i].number)
				return numbers[i].type;
	return "";
}

/* Anybody who may mount something can give them odd bytes. */
static void keep_options(struct place *place, const struct mount *mount)
{
	struct strbuf told, shown;
	strbuf_init(&told);
	strbuf_init(&shown);
	place_add_options(&told, mount->options);
	utf8_fit(&shown, told.data, OPTION_COLUMNS);
	snprintf(place->options, sizeof(place->options), "%s", shown.data);
	strbuf_release(&shown);
	strbuf_release(&told);
}

static struct place place_of_real(const char *real)
{
	struct strbuf mountinfo;
	struct mount mount;
	struct place place;
	strbuf_init(&mountinfo);
	if (file_read("/proc/self/mountinfo", MOUNTINFO_LIMIT, &mountinfo, NULL) == RC_OK &&
	    mount_find(&mount, mountinfo.data, real)) {
		place = place_of_type(mount.type, mount.source);
		keep_options(&place, &mount);
	} else {
		place = place_of_type(type_by_number(real), "");
	}
	strbuf_release(&mountinfo);
	return place;
}

struct place place_of(const char *path)
{
	char *real = real_folder(path);
	struct place place = real ? place_of_real(real) : place_of_type("", "");
	free(real);
	return place;
}

#define ADVICE                                                                    \
	N_("dos personas podrían guardar cambios distintos con un mismo número y " \
	   "perderse uno; use una carpeta de red (SMB, NFS, sshfs) o un disco local")

static enum rc refuse_type(const char *path, const struct place *place, struct error *err)
{
	return error_set(err, RC_REFUSED, _("«%s» está en una %s (%s): %s"), path, _(place->words),
			 place->type, _(ADVICE));
}

/* The name is whatever somebody made: it is shown without controls and not too long. */
static enum rc refuse_name(const char *path, const char *name, const char *program,
			   struct error *err)
{
	struct strbuf shown;
	strbuf_init(&shown);
	utf8_fit(&shown, name, NAME_COLUMNS);
	if (program)
		error_set(err, RC_REFUSED, _("%s copia «%s» entre máquinas (ahí está «%s»): %s"),
			  _(program), path, shown.data, _(ADVICE));
	else
		error_set(err, RC_REFUSED,
			  _("un programa de sincronización dejó en «%s» la copia «%s»: %s"), path,
			  shown.data, _(ADVICE));
	strbuf_release(&shown);
	return RC_REFUSED;
}

/* Gets a name of a folder; anything but RC_OK ends the look. */
typedef enum rc look_at(void *context, const char *folder, const char *name, struct error *err);

/* A folder that cannot be read shows nothing. */
static enum rc look_through(const char *folder, look_at *look, void *context, struct error *err)
{
	struct dirent *entry;
	enum rc rc = RC_OK;
	DIR *opened = opendir(folder);
	if (!opened)
		return RC_OK;
	for (int i = 0; i < MOST_NAMES && rc == RC_OK && (entry = readdir(opened)); i++)
		rc = look(context, folder, entry->d_name, err);
	closedir(opened);
	return rc;
}

static bool is_file(const char *folder, const char *name)
{
	struct strbuf path;
	struct stat st;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder, name);
	bool is_regular = lstat(path.data, &st) == 0 && S_ISREG(st.st_mode);
	strbuf_release(&path);
	return is_regular;
}

static enum rc look_for_mark(void *context, const char *folder, const char *name,
			     struct error *err)
{
	(void)context;
	const struct place_mark *mark = place_mark_of(name);
	if (!mark || (mark->is_file && !is_file(folder, name)))
		return RC_OK;
	return refuse_name(folder, name, mark->program, err);
}

/* Not beyond the mount: what lies above is of another disk, and on an automounter every name asked
 * for is taken for that of a server. */
static enum rc check_marks(const char *real, struct error *err)
{
	char *at = mem_strdup(real);
	struct stat st, first;
	enum rc rc = RC_OK;
	bool is_same = stat(at, &first) == 0;
	while (is_same && rc == RC_OK) {
		rc = look_through(at, look_for_mark, NULL, err);
		char *above = folder_parent(at);
		is_same = strcmp(above, at) != 0 && stat(above, &st) == 0 &&
			  st.st_dev == first.st_dev;
		free(at);
		at = above;
	}
	free(at);
	return rc;
}

/* The context is the name of the folder with the latest operations, owned, or "". */
static enum rc look_for_copy(void *context, const char *folder, const char *name,
			     struct error *err)
{
	char **latest = context;
	if (place_is_conflict_copy(name))
		return refuse_name(folder, name, NULL, err);
	if (latest && strlen(name) == 5 && strspn(name, "0123456789") == 5 &&
	    strcmp(name, *latest) > 0) {
		free(*latest);
		*latest = mem_strdup(name);
	}
	return RC_OK;
}

static enum rc check_copies(const char *log_path, struct error *err)
{
	char *latest = mem_strdup("");
	enum rc rc = look_through(log_path, look_for_copy, &latest, err);
	if (rc == RC_OK && *latest) {
		struct strbuf folder;
		strbuf_init(&folder);
		strbuf_addf(&folder, "%s/%s", log_path, latest);
		rc = look_through(folder.data, look_for_copy, NULL, err);
		strbuf_release(&folder);
	}
	free(latest);
	return rc;
}

enum rc place_check(const char *log_path, struct error *err)
{
	char *real = real_folder(log_path);
	if (!real)
		return RC_OK;
	struct place place = place_of_real(real);
	enum rc rc = place.kind == PLACE_SYNCED ? refuse_type(log_path, &place, err)
						: check_marks(real, err);
	free(real);
	return rc == RC_OK ? check_copies(log_path, err) : rc;
}
