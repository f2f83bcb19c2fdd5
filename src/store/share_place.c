/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_place.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"

#define CURRENT_NAME "current"
#define CURRENT_LIMIT 8192
/* Of the hash of a path: enough to tell the paths of one user apart. */
#define FOLDER_DIGITS 32

/* Without "." and doubled slashes; ".." stays, for what it means is known to the drive alone. */
static char *absolute_path(const char *path)
{
	struct strbuf out;
	char *here = *path == '/' ? NULL : getcwd(NULL, 0);
	strbuf_init(&out);
	if (here)
		strbuf_adds(&out, strcmp(here, "/") == 0 ? "" : here);
	while (*path) {
		size_t length = strcspn(path, "/");
		if (length && !(length == 1 && *path == '.')) {
			strbuf_addch(&out, '/');
			strbuf_add(&out, path, length);
		}
		path += length + (path[length] == '/');
	}
	free(here);
	return strbuf_detach(&out);
}

static char *joined(const char *a, const char *b, const char *c)
{
	struct strbuf out;
	strbuf_init(&out);
	strbuf_addf(&out, "%s%s%s", a, b, c);
	return strbuf_detach(&out);
}

/* Others can write in /var/tmp: what is there must be this user's own, and closed to them. */
static bool is_private_folder(const char *path)
{
	struct stat st;
	return (mkdir(path, 0700) == 0 || errno == EEXIST) && lstat(path, &st) == 0 &&
	       S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 077) == 0;
}

/* Whether the folder can be written or made; it is not made before there is something for it. */
static bool can_have_files(const char *path)
{
	char *above = mem_strdup(path);
	for (char *slash; access(above, F_OK) != 0 && (slash = strrchr(above, '/')) > above;)
		*slash = '\0';
	bool can = access(above, W_OK | X_OK) == 0;
	free(above);
	return can;
}

/* In the folder for state, or where that cannot be written, in one of /var/tmp, which like it
 * outlives a restart. */
static char *state_folder(const char *name)
{
	struct strbuf own;
	char *usual = file_state_path(name);
	if (can_have_files(usual))
		return usual;
	strbuf_init(&own);
	strbuf_addf(&own, "/var/tmp/nucleo-%ld", (long)geteuid());
	if (!is_private_folder(own.data)) {
		strbuf_release(&own);
		return usual;
	}
	free(usual);
	strbuf_addf(&own, "/%s", name);
	return strbuf_detach(&own);
}

void share_place_init(struct share_place *place, const char *path)
{
	struct strbuf name;
	place->called = mem_strdup(path);
	place->path = absolute_path(path);
	place->log = joined(place->path, "-log", "");
	place->name = strrchr(place->path, '/');
	place->name = place->name ? place->name + 1 : place->path;
	strbuf_init(&name);
	strbuf_addf(&name, "bases/%.*s", FOLDER_DIGITS,
		    digest_of(place->path, strlen(place->path)).hex);
	place->folder = state_folder(name.data);
	strbuf_release(&name);
}

void share_place_release(struct share_place *place)
{
	free(place->called);
	free(place->path);
	free(place->log);
	free(place->folder);
	*place = (struct share_place){0};
}

char *share_place_file(const struct share_place *place, const char *name)
{
	return joined(place->folder, "/", name);
}

char *share_place_replica(const struct share_place *place, const struct random_id *uuid)
{
	char *name = joined(uuid->hex, ".db", "");
	char *path = share_place_file(place, name);
	free(name);
	return path;
}

enum rc share_place_current(const struct share_place *place, struct random_id *uuid,
			    struct error *err)
{
	struct strbuf text;
	char *path = share_place_file(place, CURRENT_NAME);
	strbuf_init(&text);
	enum rc rc = file_read(path, CURRENT_LIMIT, &text, err);
	size_t digits = strspn(text.data, "0123456789abcdef");
	if (rc == RC_OK && digits != sizeof(uuid->hex) - 1)
		rc = error_set(err, RC_NOT_FOUND, _("«%s» no dice de qué base es la copia"), path);
	if (rc == RC_OK)
		snprintf(uuid->hex, sizeof(uuid->hex), "%.*s", (int)digits, text.data);
	strbuf_release(&text);
	free(path);
	return rc;
}

/* With the path, for people who look into the folder. */
enum rc share_place_set_current(const struct share_place *place, const struct random_id *uuid,
				struct error *err)
{
	struct strbuf text;
	char *path = share_place_file(place, CURRENT_NAME);
	strbuf_init(&text);
	strbuf_addf(&text, "%s\n%s\n", uuid->hex, place->path);
	enum rc rc = file_make_parent(path, err);
	if (rc == RC_OK)
		rc = file_replace(path, text.data, text.length, err);
	strbuf_release(&text);
	free(path);
	return rc;
}
