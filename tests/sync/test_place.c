/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/folder_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/sync/place_parts.h"

static const char mountinfo[] =
	"27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
	"30 27 0:40 / /mnt rw - tmpfs tmpfs rw\n"
	"31 30 0:41 / /mnt/grupo rw,noatime shared:1 master:2 - fuse.sshfs u@s:/srv/a\\040b rw\n"
	"32 30 0:42 / /mnt/grupo\\040nuevo rw - cifs //servidor/datos rw,vers=3.1.1\n"
	"33 30 0:43 / /mnt/a\\134b\\011c rw - nfs4 servidor:/datos rw\n"
	"34 30 0:44 / /mnt/doble rw - autofs systemd-1 rw\n"
	"35 34 0:45 / /mnt/doble rw - nfs servidor:/datos rw\n"
	"a line that is none\n"
	"\n"
	"36 30 0:46 / /mnt/malo\n"
	"37 30 0:46 / /mnt/malo rw shared:3\n"
	"38 30 0:46 / /mnt/malo rw shared:3 -\n"
	"39 30 0:46 / /mnt/sin rw - davfs";

static void the_longest_mount_point_above_is_found(void **state)
{
	(void)state;
	static const struct {
		const char *path, *point, *type, *source;
	} cases[] = {
		{"/", "/", "ext4", "/dev/sda1"},
		{"/home/u", "/", "ext4", "/dev/sda1"},
		{"/mntx", "/", "ext4", "/dev/sda1"},
		{"/mnt", "/mnt", "tmpfs", "tmpfs"},
		{"/mnt/grupo", "/mnt/grupo", "fuse.sshfs", "u@s:/srv/a b"},
		{"/mnt/grupo/a/acta.db-log", "/mnt/grupo", "fuse.sshfs", "u@s:/srv/a b"},
		{"/mnt/grupo2", "/mnt", "tmpfs", "tmpfs"},
		{"/mnt/grupo nuevo/x", "/mnt/grupo nuevo", "cifs", "//servidor/datos"},
		{"/mnt/a\\b\tc/x", "/mnt/a\\b\tc", "nfs4", "servidor:/datos"},
		{"/mnt/doble/x", "/mnt/doble", "nfs", "servidor:/datos"},
		{"/mnt/malo/x", "/mnt", "tmpfs", "tmpfs"},
		{"/mnt/sin/x", "/mnt/sin", "davfs", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct mount mount;
		assert_true(mount_find(&mount, mountinfo, cases[i].path));
		assert_string_equal(mount.point, cases[i].point);
		assert_string_equal(mount.type, cases[i].type);
		assert_string_equal(mount.source, cases[i].source);
	}
}

static void a_hostile_table_of_mounts_does_no_harm(void **state)
{
	(void)state;
	struct mount mount;
	struct strbuf text;
	assert_false(mount_find(&mount, "", "/"));
	assert_false(mount_find(&mount, "\n\n - \n-", "/"));
	assert_false(mount_find(&mount, "1 2 3 / /\\", "/"));
	strbuf_init(&text);
	strbuf_adds(&text, "27 1 8:1 / /");
	for (int i = 0; i < 100000; i++)
		strbuf_adds(&text, "\\057x\\4\\08");
	strbuf_adds(&text, " rw - ext4 x\n27 1 8:1 / / rw - ");
	for (int i = 0; i < 100000; i++)
		strbuf_addch(&text, 'x');
	strbuf_adds(&text, " source\n");
	assert_false(mount_find(&mount, text.data, "/"));
	/* Cut anywhere, it is still read without going beyond its end. */
	for (size_t i = 0; i < sizeof(mountinfo); i++) {
		strbuf_reset(&text);
		strbuf_add(&text, mountinfo, i);
		assert_int_equal(mount_find(&mount, text.data, "/mnt/doble/x"),
				 i >= strlen("27 1 8:1 / / rw,relatime - e"));
	}
	strbuf_release(&text);
}

static void a_long_source_is_cut(void **state)
{
	(void)state;
	struct mount mount;
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(&text, "27 1 8:1 / / rw - fuse https://");
	for (int i = 0; i < 1000; i++)
		strbuf_addch(&text, 'x');
	assert_true(mount_find(&mount, text.data, "/a"));
	assert_int_equal(strlen(mount.source), sizeof(mount.source) - 1);
	assert_int_equal(place_of_type(mount.type, mount.source).kind, PLACE_SYNCED);
	strbuf_release(&text);
}

static void types_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *type, *source;
		enum place_kind kind;
		int poll_ms;
		const char *words;
	} cases[] = {
		{"ext4", "/dev/sda1", PLACE_LOCAL, 1000, "disco de esta máquina"},
		{"btrfs", "/dev/sda1", PLACE_LOCAL, 1000, "disco de esta máquina"},
		{"bcachefs", "x", PLACE_LOCAL, 1000, "disco de esta máquina"},
		{"", "", PLACE_LOCAL, 1000, "disco de esta máquina"},
		{"tmpfs", "tmpfs", PLACE_LOCAL, 1000, "memoria"},
		{"fuseblk", "/dev/sdb1", PLACE_LOCAL, 1000, "disco de otro sistema"},
		{"fuse.gocryptfs", "/x", PLACE_LOCAL, 1000, "disco"},
		{"fuse.sshfs", "u@s:/", PLACE_NETWORK, 1000, "sshfs"},
		{"nfs", "s:/", PLACE_NETWORK, 1000, "NFS"},
		{"nfs4", "s:/", PLACE_NETWORK, 1000, "NFS"},
		{"cifs", "//s/d", PLACE_NETWORK, 1500, "SMB"},
		{"smb3", "//s/d", PLACE_NETWORK, 1500, "SMB"},
		{"9p", "hostshare", PLACE_NETWORK, 1000, "anfitriona"},
		{"9p", "C:\\", PLACE_NETWORK, 1000, "WSL"},
		{"9p", "drvfs", PLACE_NETWORK, 1000, "WSL"},
		{"drvfs", "C:", PLACE_NETWORK, 1000, "WSL"},
		{"fuse.somebody", "x", PLACE_NETWORK, 1000, "programa"},
		{"fuse", "x", PLACE_NETWORK, 1000, "programa"},
		{"fuse.rclone", "drive:", PLACE_SYNCED, 1000, "nube"},
		{"fuse.RClone", "drive:", PLACE_SYNCED, 1000, "nube"},
		{"fuse.onedriver", "onedriver", PLACE_SYNCED, 1000, "nube"},
		{"davfs", "https://s/", PLACE_SYNCED, 1000, "WebDAV"},
		{"fuse", "https://s/", PLACE_SYNCED, 1000, "WebDAV"},
		{"ext4", "https://s/", PLACE_LOCAL, 1000, "disco"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct place place = place_of_type(cases[i].type, cases[i].source);
		assert_int_equal(place.kind, cases[i].kind);
		assert_int_equal(place.poll_ms, cases[i].poll_ms);
		assert_string_equal(place.type, cases[i].type);
		assert_non_null(strstr(place.words, cases[i].words));
	}
}

static void marks_of_sync_programs_are_known(void **state)
{
	(void)state;
	static const struct {
		const char *name, *program;
	} cases[] = {
		{".stfolder", "Syncthing"}, {".dropbox", "Dropbox"}, {".dropbox.cache", "Dropbox"},
		{".nextcloudsync.log", "Nextcloud"}, {".owncloudsync.log", "ownCloud"},
		{".sync_3f2a.db", "Nextcloud"}, {"._sync_3f2a.db", "ownCloud"},
		{".SyncTrash", "un programa de sincronización"},
		{".SyncTrash-1", "un programa de sincronización"},
		{".stfolder2", NULL}, {"stfolder", NULL}, {".dropbox.cache2", NULL},
		{".sync_.d", NULL}, {".sync_", NULL}, {".db", NULL}, {"", NULL}, {"acta.db", NULL},
		{"acta.db-log", NULL}, {"FORMAT", NULL}, {".nfs000000000042", NULL},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct place_mark *mark = place_mark_of(cases[i].name);
		if (!cases[i].program != !mark)
			fail_msg("%s", cases[i].name);
		if (mark)
			assert_string_equal(mark->program, cases[i].program);
	}
}

static void conflict_copies_are_known(void **state)
{
	(void)state;
	static const char *const copies[] = {
		"000000000042 (1).json",
		"000000000042 (conflicted copy 2023-11-17 204207).json",
		"000000000042 (Copia en conflicto de PC 2023-11-17).json",
		"000000000042.sync-conflict-20231117-204207-ABCDEFG.json",
		"000000000042-PC-DE-ANA.json",
		"000000000042.json.conflict",
		"0000000000420.json",
		"000000000042",
		"FORMAT (1)",
		"FORMAT (2).txt",
		"FORMAT (copia en conflicto de PC)",
		"base-1024-aa.sync-conflict-20231117-204207.db",
		"who-1_PC_Jan-03-0901-2013_CaseConflict.json",
		"FORMAT_Conflict",
	};
	static const char *const others[] = {
		"000000000042.json", "000000004096.json", "FORMAT", "tmp", "00000", "base-1024-aa.db",
		"who-0123456789abcdef", "turn-0123456789abcdef", ".", "..", "",
		"00000.0123456789abcdef0123456789abcdef", ".nfs0000000000420000", "._000000000042.json",
		"a (b).json", "a (1) b", "notas.txt", " ()",
	};
	for (size_t i = 0; i < ARRAY_COUNT(copies); i++)
		if (!place_is_conflict_copy(copies[i]))
			fail_msg("not seen: %s", copies[i]);
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		if (place_is_conflict_copy(others[i]))
			fail_msg("taken for a copy: %s", others[i]);
}

static void make_file(const struct folder_test *test, const char *name)
{
	char path[200];
	snprintf(path, sizeof(path), "%s/%s", test->path, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	close(fd);
}

static void make_folder(const struct folder_test *test, const char *name)
{
	char path[200];
	snprintf(path, sizeof(path), "%s/%s", test->path, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

/* What lies where in the test's folder, and what the refusal then names; NULL: there is none. */
struct case_of_folder {
	const char *folder, *file, *named;
};

static void check_folder(void **state, const struct case_of_folder *it)
{
	struct folder_test *test = *state;
	char log[120];
	make_folder(test, "a");
	make_folder(test, "a/acta.db-log");
	make_folder(test, "a/acta.db-log/00000");
	make_folder(test, "a/acta.db-log/00001");
	if (it->folder)
		make_folder(test, it->folder);
	if (it->file)
		make_file(test, it->file);
	snprintf(log, sizeof(log), "%s/a/acta.db-log", test->path);
	assert_int_equal(place_check(log, &test->err), it->named ? RC_REFUSED : RC_OK);
	if (it->named && !strstr(test->err.text, it->named))
		fail_msg("%s: %s", it->named, test->err.text);
	assert_int_equal(folder_test_tear_down(state), 0);
	assert_int_equal(folder_test_set_up(state), 0);
}

static void what_sync_programs_leave_is_found(void **state)
{
	static const struct case_of_folder cases[] = {
		{NULL, NULL, NULL},
		{NULL, "a/acta.db-log/00001/000000004096.json", NULL},
		{NULL, "a/informe (1).odt", NULL},
		{".dropbox", NULL, NULL},
		{".stfolder", NULL, "Syncthing"},
		{"a/.stfolder", NULL, "«.stfolder»"},
		{"a/acta.db-log/.stfolder", NULL, "Syncthing"},
		{NULL, ".dropbox", "Dropbox"},
		{NULL, "a/.sync_4a5b.db", "Nextcloud"},
		{NULL, "a/acta.db-log/FORMAT (1)", "«FORMAT (1)»"},
		{NULL, "a/acta.db-log/00001/000000004096 (1).json", "«000000004096 (1).json»"},
		{NULL, "a/acta.db-log/00001/000000004096\033[31m.json", "«000000004096[31m.json»"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		check_folder(state, &cases[i]);
}

/* Before the first change there is no log yet, only the folder it will lie in. */
static void a_log_to_be_is_looked_at_as_well(void **state)
{
	struct folder_test *test = *state;
	assert_int_equal(place_check(test->log, &test->err), RC_OK);
	make_folder(test, ".stfolder");
	assert_int_equal(place_check(test->log, &test->err), RC_REFUSED);
	assert_int_equal(chdir(test->path), 0);
	assert_int_equal(place_check("acta.db-log", &test->err), RC_REFUSED);
	assert_int_equal(chdir("/"), 0);
}

static void this_machine_is_told_of_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(place_of("/proc/self").type, "proc");
	assert_string_equal(place_of("/proc/self/nada/de/nada").type, "proc");
	assert_int_equal(place_of("/proc").kind, PLACE_LOCAL);
	assert_int_equal(place_of("").kind, PLACE_LOCAL);
	assert_true(place_of(".").type[0] != '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_mount_point_above_is_found),
		cmocka_unit_test(a_hostile_table_of_mounts_does_no_harm),
		cmocka_unit_test(a_long_source_is_cut),
		cmocka_unit_test(types_are_told_apart),
		cmocka_unit_test(marks_of_sync_programs_are_known),
		cmocka_unit_test(conflict_copies_are_known),
		FOLDER_TEST(what_sync_programs_leave_is_found),
		FOLDER_TEST(a_log_to_be_is_looked_at_as_well),
		cmocka_unit_test(this_machine_is_told_of_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
