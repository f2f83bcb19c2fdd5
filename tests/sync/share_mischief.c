/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/share_rig.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

/* How long something is stopped: shorter and longer than what the program takes for a dead peer. */
enum { STOP_LEAST_MS = 2000, STOP_MORE_MS = 6000 };
/* How long a mount fails, then is bare. */
enum { DEAD_MORE_MS = 2000, BARE_MORE_MS = 1500 };

void client_mark(char *out, size_t size, size_t note)
{
	snprintf(out, size, "n%zu", note);
}

static int64_t stop_end(struct rig *rig, int64_t now)
{
	return now + STOP_LEAST_MS + rig_random(rig, STOP_MORE_MS);
}

/* ---- processes */

/* The client, its worker, or both: all that carry the mark but one of the two. */
enum victims { CLIENT_ONLY, WORKER_ONLY, BOTH, VICTIMS };

static void find_victims(const struct client *client, enum victims victims, process_ids *found)
{
	char mark[32];
	process_ids all = {0};
	client_mark(mark, sizeof(mark), client->note);
	if (victims == CLIENT_ONLY)
		vector_push(&all, client->pid);
	else
		process_find(mark, &all);
	for (size_t i = 0; i < all.count; i++)
		if (victims != WORKER_ONLY || all.items[i] != client->pid)
			vector_push(found, all.items[i]);
	vector_release(&all);
}

static void kill_some(struct rig *rig, struct client *client)
{
	process_ids found = {0};
	enum victims victims = rig_random(rig, VICTIMS);
	find_victims(client, victims, &found);
	for (size_t i = 0; i < found.count; i++)
		kill(found.items[i], SIGKILL);
	if (found.count) {
		client->killed |= victims != WORKER_ONLY;
		rig->done[KILLS]++;
	}
	vector_release(&found);
}

static void stop_some(struct rig *rig, struct client *client, int64_t now)
{
	process_ids found = {0};
	int64_t until = stop_end(rig, now);
	find_victims(client, rig_random(rig, VICTIMS), &found);
	for (size_t i = 0; i < found.count; i++) {
		kill(found.items[i], SIGSTOP);
		vector_push(&rig->stops, ((struct stop){found.items[i], until}));
	}
	rig->done[STOPS] += found.count > 0;
	vector_release(&found);
}

static void wake(struct rig *rig, int64_t now)
{
	size_t kept = 0;
	for (size_t i = 0; i < rig->stops.count; i++) {
		struct stop stop = rig->stops.items[i];
		if (stop.until <= now)
			kill(stop.pid, SIGCONT);
		else
			rig->stops.items[kept++] = stop;
	}
	rig->stops.count = kept;
}

/* ---- mounts */

static void freeze(struct rig *rig, unsigned which, int64_t now)
{
	struct mount *mount = &rig->mount[which];
	pid_t pid = process_sshfs(rig, which);
	if (mount->state != MOUNT_UP || !pid || kill(pid, SIGSTOP) != 0)
		return;
	*mount = (struct mount){MOUNT_FROZEN, stop_end(rig, now), 0};
	rig->done[FREEZES]++;
}

static void kill_mount(struct rig *rig, unsigned which, int64_t now)
{
	struct mount *mount = &rig->mount[which];
	pid_t pid = process_sshfs(rig, which);
	if (mount->state != MOUNT_UP || !pid || kill(pid, SIGKILL) != 0)
		return;
	*mount = (struct mount){MOUNT_DEAD, now + rig_random(rig, DEAD_MORE_MS), 0};
	rig->done[REMOUNTS]++;
}

/* Whether mounts.sh has done its work; it must. */
static bool has_helped(const struct rig *rig, const struct mount *mount)
{
	int status;
	if (!process_has_ended(mount->helper, &status))
		return false;
	if (status != 0)
		rig_fail(rig, "a machine cannot be %s",
			 mount->state == MOUNT_LEAVING ? "unmounted" : "mounted again");
	return true;
}

static void mount_go_on(struct rig *rig, unsigned which, int64_t now)
{
	struct mount *mount = &rig->mount[which];
	bool is_due = mount->until <= now;
	if (mount->state == MOUNT_FROZEN && is_due) {
		kill(process_sshfs(rig, which), SIGCONT);
		mount->state = MOUNT_UP;
	} else if (mount->state == MOUNT_DEAD && is_due) {
		mount->helper = process_start_script(rig, "--unmount", which);
		mount->state = MOUNT_LEAVING;
	} else if (mount->state == MOUNT_LEAVING && has_helped(rig, mount)) {
		mount->until = now + rig_random(rig, BARE_MORE_MS);
		mount->state = MOUNT_BARE;
	} else if (mount->state == MOUNT_BARE && is_due) {
		mount->helper = process_start_script(rig, "--mount", which);
		mount->state = MOUNT_COMING;
	} else if (mount->state == MOUNT_COMING && has_helped(rig, mount)) {
		mount->state = MOUNT_UP;
	}
}

/* ---- all of it */

/* Of a hundred harms so many are of each kind. */
static void harm(struct rig *rig, int64_t now)
{
	unsigned which = rig_random(rig, 100), mount = rig_random(rig, rig->mount_count);
	if (which >= 97) {
		kill_mount(rig, mount, now);
	} else if (which >= 91) {
		freeze(rig, mount, now);
	} else if (rig->clients.count) {
		size_t victim = rig_random(rig, (unsigned)rig->clients.count);
		if (which < 60)
			kill_some(rig, &rig->clients.items[victim]);
		else
			stop_some(rig, &rig->clients.items[victim], now);
	}
}

void mischief_go_on(struct rig *rig, int64_t now)
{
	wake(rig, now);
	for (unsigned i = 0; i < rig->mount_count; i++)
		mount_go_on(rig, i, now);
	if (!rig->gap || rig->next_mischief > now)
		return;
	if (rig->next_mischief)
		harm(rig, now);
	rig->next_mischief = now + 1 + rig_random(rig, 2 * rig->gap);
}

bool mischief_is_over(struct rig *rig, int64_t now)
{
	bool is_over = true;
	wake(rig, INT64_MAX);
	for (unsigned i = 0; i < rig->mount_count; i++) {
		if (rig->mount[i].state == MOUNT_FROZEN)
			rig->mount[i].until = 0;
		mount_go_on(rig, i, now);
		is_over &= rig->mount[i].state == MOUNT_UP;
	}
	return is_over;
}
