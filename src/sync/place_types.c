/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "nucleo/base/i18n.h"
#include "nucleo/sync/place_parts.h"

/* A look at a drive costs a round trip or two; names that others give appear within a second on
 * most, somewhat later where Windows serves them. */
#define POLL_MS 1000
#define POLL_SMB_MS 1500

#define WORDS_NETWORK N_("carpeta de red")
#define WORDS_HOST N_("carpeta que presta la máquina anfitriona")
#define WORDS_WINDOWS N_("carpeta de red de Windows (SMB)")
#define WORDS_WSL N_("unidad de Windows (WSL)")
#define WORDS_OTHER N_("disco de otro sistema")
#define WORDS_MEMORY N_("memoria que se borra al apagar la máquina")
#define WORDS_LOCAL N_("disco de esta máquina")
#define WORDS_CLOUD N_("carpeta que un programa trae de la nube")
#define WORDS_WEB N_("carpeta de un servidor WebDAV")
#define WORDS_PROGRAM N_("carpeta que da un programa")

static const struct {
	const char *type;
	enum place_kind kind;
	const char *words;
} types[] = {
	{"9p", PLACE_NETWORK, WORDS_HOST},
	{"afs", PLACE_NETWORK, WORDS_NETWORK},
	{"autofs", PLACE_NETWORK, WORDS_NETWORK},
	{"beegfs", PLACE_NETWORK, WORDS_NETWORK},
	{"ceph", PLACE_NETWORK, WORDS_NETWORK},
	{"cifs", PLACE_NETWORK, WORDS_WINDOWS},
	{"davfs", PLACE_SYNCED, WORDS_WEB},
	{"drvfs", PLACE_NETWORK, WORDS_WSL},
	{"exfat", PLACE_LOCAL, WORDS_OTHER},
	{"fuse.bindfs", PLACE_LOCAL, WORDS_LOCAL},
	{"fuse.blobfuse", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.blobfuse2", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.cryfs", PLACE_LOCAL, WORDS_LOCAL},
	{"fuse.davfs", PLACE_SYNCED, WORDS_WEB},
	{"fuse.davfs2", PLACE_SYNCED, WORDS_WEB},
	{"fuse.dbxfs", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.dropbox", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.encfs", PLACE_LOCAL, WORDS_LOCAL},
	{"fuse.gcsfuse", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.gdfs", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.gdrive", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.gocryptfs", PLACE_LOCAL, WORDS_LOCAL},
	{"fuse.google-drive-ocamlfuse", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.goofys", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.gvfsd-fuse", PLACE_NETWORK, N_("carpeta de red abierta desde el escritorio")},
	{"fuse.mergerfs", PLACE_LOCAL, WORDS_LOCAL},
	{"fuse.mount-s3", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.mountpoint-s3", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.ntfs-3g", PLACE_LOCAL, WORDS_OTHER},
	{"fuse.onedrive", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.onedriver", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.pcloud", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.rclone", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.s3fs", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.seadrive", PLACE_SYNCED, WORDS_CLOUD},
	{"fuse.securefs", PLACE_LOCAL, WORDS_LOCAL},
	{"fuse.sshfs", PLACE_NETWORK, N_("carpeta de red (sshfs)")},
	{"fuse.vmhgfs-fuse", PLACE_NETWORK, WORDS_HOST},
	{"fuseblk", PLACE_LOCAL, WORDS_OTHER},
	{"gfs2", PLACE_NETWORK, WORDS_NETWORK},
	{"gpfs", PLACE_NETWORK, WORDS_NETWORK},
	{"lustre", PLACE_NETWORK, WORDS_NETWORK},
	{"msdos", PLACE_LOCAL, WORDS_OTHER},
	{"ncpfs", PLACE_NETWORK, WORDS_NETWORK},
	{"nfs", PLACE_NETWORK, N_("carpeta de red (NFS)")},
	{"nfs4", PLACE_NETWORK, N_("carpeta de red (NFS)")},
	{"ntfs", PLACE_LOCAL, WORDS_OTHER},
	{"ntfs3", PLACE_LOCAL, WORDS_OTHER},
	{"ocfs2", PLACE_NETWORK, WORDS_NETWORK},
	{"prl_fs", PLACE_NETWORK, WORDS_HOST},
	{"ramfs", PLACE_LOCAL, WORDS_MEMORY},
	{"smb3", PLACE_NETWORK, WORDS_WINDOWS},
	{"smbfs", PLACE_NETWORK, WORDS_WINDOWS},
	{"tmpfs", PLACE_LOCAL, WORDS_MEMORY},
	{"vboxsf", PLACE_NETWORK, WORDS_HOST},
	{"vfat", PLACE_LOCAL, WORDS_OTHER},
	{"virtiofs", PLACE_NETWORK, WORDS_HOST},
};

static bool is_web(const char *source)
{
	return strncasecmp(source, "http://", 7) == 0 || strncasecmp(source, "https://", 8) == 0;
}

/* "C:\", or the name that older ones have. */
static bool is_windows_disk(const char *source)
{
	return strcmp(source, "drvfs") == 0 ||
	       (isalpha((unsigned char)source[0]) && source[1] == ':' && source[2] == '\\');
}

static struct place make_place(const char *type, enum place_kind kind, const char *words)
{
	struct place place = {.kind = kind, .words = words, .poll_ms = POLL_MS};
	snprintf(place.type, sizeof(place.type), "%s", type);
	if (strcasecmp(type, "cifs") == 0 || strncasecmp(type, "smb", 3) == 0)
		place.poll_ms = POLL_SMB_MS;
	return place;
}

/* What is not known is a disk, but of a program anything may come, most likely from far away. */
struct place place_of_type(const char *type, const char *source)
{
	if (strcmp(type, "fuse") == 0 && is_web(source))
		return make_place(type, PLACE_SYNCED, WORDS_WEB);
	if (strcmp(type, "fuse") == 0 && strcmp(source, "mountpoint-s3") == 0)
		return make_place(type, PLACE_SYNCED, WORDS_CLOUD);
	if ((strcmp(type, "9p") == 0 || strcmp(type, "virtiofs") == 0) && is_windows_disk(source))
		return make_place(type, PLACE_NETWORK, WORDS_WSL);
	for (size_t i = 0; i < ARRAY_COUNT(types); i++)
		if (strcasecmp(types[i].type, type) == 0)
			return make_place(type, types[i].kind, types[i].words);
	if (strcmp(type, "fuse") == 0 || strncmp(type, "fuse.", 5) == 0)
		return make_place(type, PLACE_NETWORK, WORDS_PROGRAM);
	return make_place(type, PLACE_LOCAL, WORDS_LOCAL);
}

/* How the name of such an option begins, up to its end or a "=". */
static bool is_told(const char *option, size_t length)
{
	static const char *const told[] = {
		"ro", "vers", "hard", "soft", "nolock", "local_lock", "sec", "proto", "cache",
		"nobrl", "nosharesock", "actimeo", "acregmin", "acregmax", "acdirmin", "acdirmax",
		"noac", "lookupcache", "timeo", "retrans", "sync", "noserverino", "dynperm",
		"file_mode", "dir_mode", "noperm", "max_read",
	};
	size_t name = 0;
	while (name < length && option[name] != '=')
		name++;
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (strlen(told[i]) == name && strncmp(told[i], option, name) == 0)
			return true;
	return false;
}

static bool has_option(const char *list, const char *option, size_t length)
{
	for (const char *at = list; *at;) {
		size_t end = strcspn(at, ",");
		if (end == length && strncmp(at, option, length) == 0)
			return true;
		at += end + (at[end] == ',');
	}
	return false;
}

/* The mount and its file system often say the same. */
void place_add_options(struct strbuf *out, const char *options)
{
	for (const char *at = options; *at;) {
		size_t length = strcspn(at, ",");
		if (is_told(at, length) && !has_option(out->data, at, length))
			strbuf_addf(out, "%s%.*s", out->length ? "," : "", (int)length, at);
		at += length + (at[length] == ',');
	}
}

const struct place_mark *place_mark_of(const char *name)
{
	static const struct place_mark marks[] = {
		{".stfolder", NULL, "Syncthing", false},
		/* In a home there is a folder with this name wherever the program is installed. */
		{".dropbox", NULL, "Dropbox", true},
		{".dropbox.cache", NULL, "Dropbox", false},
		{".nextcloudsync.log", NULL, "Nextcloud", false},
		{".owncloudsync.log", NULL, "ownCloud", false},
		{".sync_", ".db", "Nextcloud", false},
		{"._sync_", ".db", "ownCloud", false},
		{".849C9593-D756-4E56-8D6E-42412F2A707B", NULL, "OneDrive", false},
		{".tmp.drivedownload", NULL, "Google Drive", false},
		{".tmp.driveupload", NULL, "Google Drive", false},
		{".insync-trash", NULL, "Insync", false},
		{".megaignore", NULL, "MEGA", true},
		{".SynologyWorkingDirectory", NULL, "Synology Drive", false},
		{".SyncTrash", "", N_("un programa de sincronización"), false},
	};
	size_t length = strlen(name);
	for (size_t i = 0; i < ARRAY_COUNT(marks); i++) {
		const struct place_mark *mark = &marks[i];
		size_t start = strlen(mark->start), end = mark->end ? strlen(mark->end) : 0;
		if (strncmp(name, mark->start, start) == 0 && length >= start + end &&
		    (mark->end || length == start) &&
		    (!end || strcmp(name + length - end, mark->end) == 0))
			return mark;
	}
	return NULL;
}

/* "name (1).json", "name (2)". */
static bool has_count(const char *name)
{
	for (const char *at = name; (at = strstr(at, " (")); at++) {
		size_t digits = strspn(at + 2, "0123456789");
		const char *after = at + 2 + digits;
		if (digits && *after == ')' && (!after[1] || after[1] == '.'))
			return true;
	}
	return false;
}

/* Only one name can begin with the number of an operation. All programs but those that count say
 * "conflict" in some form, in Spanish as in English, and no name of ours does. */
bool place_is_conflict_copy(const char *name)
{
	enum { OPERATION_DIGITS = 12 };
	if (strspn(name, "0123456789") >= OPERATION_DIGITS)
		return strcmp(name + OPERATION_DIGITS, ".json") != 0;
	return strcasestr(name, "conflict") || has_count(name);
}
