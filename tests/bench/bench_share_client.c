/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench_share.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "nucleo/store/history.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/share_round.h"
#include "nucleo/store/verify.h"
#include "nucleo/sync/folder.h"

enum {
	POLL_MS = 1000, /* as the worker does, and up to so much more: */
	POLL_JITTER_MS = 500,
	ALONE_POLL_MS = 100, /* one who writes alone has nothing to find, and asks to be measured */
	CALM_MS = 2000,
	RETRY_MS = 100,
	SETTLE_MS = 50,
};

/* As at a user: one connection that commits, and one of the worker. */
struct client {
	const struct share_bench *bench;
	const struct share_run_plan *plan;
	struct share_tally *tally;
	unsigned index;
	struct store *store, *replica;
	struct drive *drive;
	struct turn turn;
	struct dice dice;
	int64_t head;
	bool check_head, is_tidy;
	double next_look, next_change, published_at;
};

static _Noreturn void complain(struct client *client, const char *what, const char *why)
{
	snprintf(client->tally->complaint, sizeof(client->tally->complaint), "client %u: %s: %s",
		 client->index, what, why);
	_exit(1);
}

static void demand(struct client *client, const char *what, enum rc rc, const struct error *err)
{
	if (rc != RC_OK)
		complain(client, what, err->text);
}

static struct store *open_replica(struct client *client)
{
	struct store *opened = NULL;
	struct error err;
	char *path = share_replica_path(client->bench, client->index);
	const struct store_options options = {.path = path, .actor = "MINCUE", .wait_ms = 10000};
	demand(client, "replica", replica_open(&options, &opened, &err), &err);
	free(path);
	return opened;
}

static void open_all(struct client *client)
{
	struct error err;
	const struct share_bench *bench = client->bench;
	char *log = share_log_path(bench, bench->machines[client->index % bench->machine_count]);
	client->store = open_replica(client);
	client->replica = open_replica(client);
	demand(client, "replica", replica_relax(client->replica, &err), &err);
	client->drive = folder_open(log);
	demand(client, "self-test", folder_self_test(client->drive, &err), &err);
	folder_tidy_own(client->drive);
	free(log);
}

static double jitter(struct client *client, int from, int range)
{
	return from + (double)dice_roll(&client->dice, (unsigned)range);
}

/* ---- rounds */

/* What came is seen now; what was published is on the drive now. */
static void note_head(struct client *client, const struct share_report *report)
{
	struct log_head head;
	struct error err;
	struct share_board *board = client->bench->board;
	double now = measure_now();
	demand(client, "head", history_head(client->replica, &head, &err), &err);
	if (head.number >= SHARE_NUMBERS)
		complain(client, "head", "too many operations");
	for (int64_t i = client->head + 1; i <= head.number; i++)
		client->tally->seen[i] = now;
	if (report->published) {
		board->published[head.number].client = client->index;
		board->published[head.number].at = now;
		client->published_at = now;
		client->is_tidy = false;
	}
	client->head = head.number;
}

static bool is_waiting(struct client *client)
{
	struct pending_counts counts;
	struct error err;
	demand(client, "queue", pending_count(client->replica, &counts, &err), &err);
	if (counts.parked)
		complain(client, "queue", "a new record conflicts");
	return counts.waiting;
}

static void run_round(struct client *client, struct share_report *report)
{
	struct error err;
	const struct share_round round = {.replica = client->replica,
					  .drive = client->drive,
					  .turn = &client->turn,
					  .check_head = client->check_head};
	if (!client->bench->is_local && is_waiting(client))
		folder_prepare(client->drive);
	demand(client, "round", share_run(&round, report, &err), &err);
	client->check_head = report->condition != SHARE_FINE;
	if (report->condition != SHARE_FINE && report->condition != SHARE_AWAY)
		complain(client, "round", report->reason);
	note_head(client, report);
	if (report->wait_ms)
		poll(NULL, 0, (int)report->wait_ms);
}

static void look(struct client *client)
{
	struct share_report report;
	struct share_tally *tally = client->tally;
	double since = measure_now();
	run_round(client, &report);
	if (!report.received && !client->check_head && tally->poll_count < SHARE_POLLS)
		tally->polls[tally->poll_count++] = measure_now() - since;
}

/* ---- changes */

static void commit(struct client *client)
{
	char description[32];
	struct error err;
	struct operation *operation = operation_new();
	share_describe(description, sizeof(description), client->index,
		       client->tally->commit_count);
	operation_insert(operation, "followup");
	operation_field(operation, "code", value_text("S-2030-?"));
	operation_field(operation, "description", value_text(description));
	operation_field(operation, "kind", value_text("task"));
	operation_field(operation, "status", value_text("open"));
	demand(client, "commit", operation_commit(operation, client->store, NULL, &err), &err);
	operation_free(operation);
}

static void change(struct client *client)
{
	struct share_report report;
	struct share_tally *tally = client->tally;
	if (tally->commit_count == SHARE_COMMITS)
		return;
	double since = measure_now();
	commit(client);
	do {
		run_round(client, &report);
		if (client->check_head)
			poll(NULL, 0, RETRY_MS);
	} while (is_waiting(client));
	tally->commits[tally->commit_count++] = measure_now() - since;
}

/* ---- a life */

static void tidy(struct client *client, double now)
{
	if (!client->bench->is_local && client->published_at > 0)
		folder_prepare(client->drive);
	if (client->is_tidy || now < client->published_at + CALM_MS)
		return;
	folder_tidy(client->drive);
	client->is_tidy = true;
}

static void sleep_until(double moment)
{
	double left = moment - measure_now();
	if (left > 0)
		poll(NULL, 0, (int)left + 1);
}

static double next_look(struct client *client)
{
	bool is_alone = client->plan->writers == 1 && client->index == 0;
	return measure_now() +
	       (is_alone ? ALONE_POLL_MS : jitter(client, POLL_MS, POLL_JITTER_MS));
}

static void work(struct client *client)
{
	const struct share_run_plan *plan = client->plan;
	double now = measure_now();
	bool writes = client->index < plan->writers;
	client->next_look = now + jitter(client, 0, POLL_MS);
	client->next_change = writes ? now + jitter(client, 0, plan->change_ms) : 1e300;
	while (!atomic_load(&client->bench->board->is_over)) {
		bool is_change = client->next_change < client->next_look;
		sleep_until(is_change ? client->next_change : client->next_look);
		if (is_change) {
			change(client);
			client->next_change +=
				jitter(client, plan->change_ms / 2, plan->change_ms);
		} else {
			look(client);
			tidy(client, measure_now());
			client->next_look = next_look(client);
		}
	}
}

/* All have said what they had to: what is still missing comes in, and is what the history says. */
static void settle(struct client *client)
{
	struct share_board *board = client->bench->board;
	struct share_report report;
	struct error err;
	while (!atomic_load(&board->last))
		poll(NULL, 0, SETTLE_MS);
	for (; client->head < atomic_load(&board->last); poll(NULL, 0, SETTLE_MS))
		run_round(client, &report);
	demand(client, "verify", store_verify(client->replica, &err), &err);
}

static void close_all(struct client *client)
{
	turn_end(&client->turn, client->drive);
	turn_release(&client->turn);
	folder_tidy_own(client->drive);
	folder_close(client->drive);
	store_close(client->store);
	store_close(client->replica);
}

_Noreturn void share_client(const struct share_bench *bench, const struct share_run_plan *plan,
			    unsigned index)
{
	struct client client = {.bench = bench,
				.plan = plan,
				.tally = &bench->board->clients[index],
				.index = index,
				.dice = {index + 1},
				.check_head = true,
				.is_tidy = true};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	open_all(&client);
	atomic_store(&client.tally->is_ready, true);
	while (!atomic_load(&bench->board->has_begun))
		poll(NULL, 0, SETTLE_MS);
	work(&client);
	atomic_store(&client.tally->is_idle, true);
	settle(&client);
	close_all(&client);
	atomic_store(&client.tally->is_settled, true);
	_exit(0);
}
