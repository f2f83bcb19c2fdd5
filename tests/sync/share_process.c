/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/share_rig.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"

enum { WORDS = 16, ENVIRONMENT_LIMIT = 1 << 20, OUTPUT_LIMIT = 1 << 28 };

/* Longer than the program is told to wait by so much that it hangs. */
#define PATIENCE_MS 120000

char *rig_path(const struct rig *rig, const char *name)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", rig->folder, name);
	return strbuf_detach(&path);
}

static void open_as(int fd, const char *path, int flags)
{
	int opened = open(path, flags, 0600);
	if (opened < 0)
		_exit(126);
	dup2(opened, fd);
	close(opened);
}

/* What it says to people goes to a second file. */
static void send_output_to(const char *path)
{
	char messages[4096];
	snprintf(messages, sizeof(messages), "%s.err", path);
	open_as(STDIN_FILENO, "/dev/null", O_RDONLY);
	open_as(STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_TRUNC);
	open_as(STDERR_FILENO, messages, O_WRONLY | O_CREAT | O_TRUNC);
}

/* A machine of her own: nothing of another user's is found by the program. */
static void move_into(const struct user *user, const char *mark)
{
	static const char *const folders[][2] = {{"XDG_CONFIG_HOME", "config"},
						 {"XDG_DATA_HOME", "data"},
						 {"XDG_STATE_HOME", "state"},
						 {"XDG_CACHE_HOME", "cache"}};
	char path[4096];
	setenv("HOME", user->home, 1);
	for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", user->home, folders[i][1]);
		setenv(folders[i][0], path, 1);
	}
	setenv("SHARE_CLIENT", mark, 1);
	unsetenv("NUCLEO_DB");
	unsetenv("NUCLEO_AS");
}

pid_t process_start(const struct rig *rig, const struct user *user, const char *mark,
		    const char *output, const char *const *words)
{
	char *path = rig_path(rig, output);
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		char *arguments[WORDS] = {rig->nucleo, (char *)(uintptr_t) "--db", user->database};
		for (size_t i = 0; words[i] && i + 4 < WORDS; i++)
			arguments[i + 3] = (char *)(uintptr_t)words[i];
		send_output_to(path);
		move_into(user, mark);
		execv(rig->nucleo, arguments);
		_exit(126);
	}
	free(path);
	return pid;
}

pid_t process_start_script(const struct rig *rig, const char *option, unsigned mount)
{
	char number[16];
	snprintf(number, sizeof(number), "%u", mount + 1);
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/sh", "sh", rig->script, option, number, (char *)NULL);
		_exit(126);
	}
	return pid;
}

bool process_has_ended(pid_t pid, int *status)
{
	pid_t ended = waitpid(pid, status, WNOHANG);
	if (ended < 0)
		*status = 0;
	return ended != 0;
}

/* Whether the environment that a process began with has the text as one of its entries. */
static bool has_entry(const char *pid, const char *entry)
{
	char path[300];
	struct strbuf bytes;
	bool found = false;
	snprintf(path, sizeof(path), "/proc/%s/environ", pid);
	strbuf_init(&bytes);
	if (file_read(path, ENVIRONMENT_LIMIT, &bytes, NULL) == RC_OK)
		for (size_t at = 0; at < bytes.length && !found; at += strlen(bytes.data + at) + 1)
			found = strcmp(bytes.data + at, entry) == 0;
	strbuf_release(&bytes);
	return found;
}

void process_find(const char *mark, process_ids *found)
{
	char entry[64];
	struct dirent *item;
	DIR *all = opendir("/proc");
	snprintf(entry, sizeof(entry), "SHARE_CLIENT=%s", mark);
	while (all && (item = readdir(all)))
		if (item->d_name[0] >= '1' && item->d_name[0] <= '9' &&
		    has_entry(item->d_name, entry))
			vector_push(found, (pid_t)strtol(item->d_name, NULL, 10));
	if (all)
		closedir(all);
}

pid_t process_sshfs(const struct rig *rig, unsigned mount)
{
	char path[4096];
	struct strbuf text;
	pid_t pid = 0;
	snprintf(path, sizeof(path), "%s/%u.pid", rig->mounts, mount + 1);
	strbuf_init(&text);
	if (file_read(path, 64, &text, NULL) == RC_OK)
		pid = (pid_t)strtol(text.data, NULL, 10);
	strbuf_release(&text);
	return pid > 0 ? pid : 0;
}

static int wait_for(const struct rig *rig, pid_t pid, const char *what)
{
	int status;
	int64_t end = clock_monotonic_ms() + PATIENCE_MS;
	while (!process_has_ended(pid, &status)) {
		if (clock_monotonic_ms() > end)
			rig_fail(rig, "%s (process %d) does not end", what, (int)pid);
		poll(NULL, 0, 2);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void rig_read(const struct rig *rig, const char *name, struct strbuf *out)
{
	struct error err = {0};
	char *path = rig_path(rig, name);
	strbuf_reset(out);
	if (file_read(path, OUTPUT_LIMIT, out, &err) != RC_OK)
		rig_fail(rig, "%s", err.text);
	free(path);
}

void rig_run(const struct rig *rig, unsigned user, const char *const *words, struct strbuf *out)
{
	char name[32];
	snprintf(name, sizeof(name), "output-%u", user);
	pid_t pid = process_start(rig, &rig->users[user], "0", name, words);
	int status = wait_for(rig, pid, words[0]);
	rig_read(rig, name, out);
	if (status != 0)
		rig_fail(rig, "user %u, %s ...: status %d, see %s.err", user, words[0], status, name);
}
