/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/random_operation.h"
#include "store/replica_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/sync/folder.h"

/* The processes of two members: who commits, who works with the drive, and one that does both. */
enum { SCREEN, WORKER, BOTH, PROCESSES };
static const char *const replicas[PROCESSES] = {"ours.db", "ours.db", "theirs.db"};

/* Operations that were acknowledged, by the words they were given. */
typedef VECTOR(struct random_id) told_words;

struct process {
	pid_t pid;
	int told; /* where it tells what was acknowledged */
};

/* NUCLEO_SEEDS=50: so many times as long. */
static int rounds(int usual)
{
	const char *wish = getenv("NUCLEO_SEEDS");
	return wish ? usual * (int)strtol(wish, NULL, 10) : usual;
}

static struct drive *open_drive(void)
{
	char *log = folder_path("log");
	struct drive *drive = folder_open(log);
	free(log);
	return drive;
}

/* Ends a process, which its parent sees: only a kill ends one. */
static void give_up(const char *reason)
{
	fprintf(stderr, "%s\n", reason);
	_exit(1);
}

static void commit_and_tell(struct store *replica, struct dice *dice, int pipe_end)
{
	struct error refusal;
	struct random_id words = random_id_new();
	struct operation *op = operation_random(replica, dice);
	operation_set_words(op, "%s", words.hex);
	enum rc rc = operation_commit(op, replica, NULL, &refusal);
	operation_free(op);
	if (rc == RC_IO || rc == RC_BUSY)
		give_up(refusal.text);
	if (rc == RC_OK && write(pipe_end, &words, sizeof(words)) != sizeof(words))
		give_up("pipe");
}

static void run_round(struct store *replica, struct drive *drive)
{
	struct error refusal;
	struct share_report report;
	const struct share_round round = {.replica = replica, .drive = drive, .check_head = true};
	if (share_run(&round, &report, &refusal) != RC_OK)
		give_up(refusal.text);
	if (report.condition != SHARE_FINE)
		give_up(report.reason);
}

/* Until it is killed. */
static void work(int which, uint64_t seed, int pipe_end)
{
	/* A test that fails ends without having killed it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	struct dice dice = dice_new(seed);
	struct drive *drive = open_drive();
	struct store *replica = replica_reopen_safely(replicas[which]);
	for (;;) {
		if (which != WORKER)
			commit_and_tell(replica, &dice, pipe_end);
		if (which != SCREEN)
			run_round(replica, drive);
	}
}

static struct process start(int which, uint64_t seed)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		work(which, seed, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	return (struct process){child, ends[0]};
}

static void end(struct process *process, told_words *told)
{
	struct random_id words;
	int status;
	assert_int_equal(kill(process->pid, SIGKILL), 0);
	assert_int_equal(waitpid(process->pid, &status, 0), process->pid);
	assert_true(WIFSIGNALED(status));
	while (read(process->told, &words, sizeof(words)) == sizeof(words))
		vector_push(told, words);
	close(process->told);
}

/* Half of them are killed in the middle of work, however slow the machine is. */
static void wait_for_first(struct process *process, told_words *told)
{
	struct random_id words;
	assert_int_equal(read(process->told, &words, sizeof(words)), sizeof(words));
	vector_push(told, words);
}

static void pass_time(struct dice *dice, unsigned most_us)
{
	const struct timespec moment = {.tv_nsec = (long)dice_throw(dice, most_us) * 1000};
	nanosleep(&moment, NULL);
}

/* Each is in the log or in the queue, once. */
static void check_told(struct store *replica, const told_words *told)
{
	struct strbuf sql;
	strbuf_init(&sql);
	for (size_t i = 0; i < told->count; i++) {
		strbuf_reset(&sql);
		strbuf_addf(&sql,
			    "SELECT (SELECT count(*) FROM history WHERE words = '%s') + (SELECT"
			    " count(*) FROM pending WHERE json_extract(text, '$.words') = '%s')",
			    told->items[i].hex, told->items[i].hex);
		char *found = replica_value(replica, sql.data);
		assert_string_equal(found, "1");
		free(found);
	}
	strbuf_release(&sql);
}

static void check(const char *name, const told_words *told)
{
	struct store *replica = replica_reopen(name);
	assert_sound(replica);
	check_told(replica, told);
	store_close(replica);
}

static void settle(const told_words *ours_told, const told_words *theirs_told)
{
	struct drive *drive = open_drive();
	struct store *ours = replica_reopen("ours.db"), *theirs = replica_reopen("theirs.db");
	assert_int_equal(run_rounds(ours, drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(theirs, drive).condition, SHARE_FINE);
	assert_int_equal(run_rounds(ours, drive).condition, SHARE_FINE);
	assert_int_equal(replica_counts(ours).waiting, 0);
	assert_int_equal(replica_counts(theirs).waiting, 0);
	assert_string_equal(replica_digest(ours).hex, replica_digest(theirs).hex);
	check_told(ours, ours_told);
	check_told(theirs, theirs_told);
	store_close(ours);
	store_close(theirs);
	folder_close(drive);
}

static void what_was_acknowledged_survives_kills(void **state)
{
	(void)state;
	struct dice dice = dice_new(20231117);
	told_words ours = {0}, theirs = {0};
	store_close(test_replica("ours.db"));
	struct store *first = replica_reopen("ours.db");
	test_group(first);
	store_close(first);
	store_close(test_replica("theirs.db"));
	settle(&ours, &theirs);
	for (int i = 0; i < rounds(8); i++) {
		struct process processes[PROCESSES];
		for (int j = 0; j < PROCESSES; j++)
			processes[j] = start(j, (uint64_t)i << 8 | (uint64_t)j);
		if (i % 2)
			wait_for_first(&processes[SCREEN], &ours);
		for (int j = 0; j < PROCESSES; j++) {
			pass_time(&dice, 60000);
			end(&processes[j], j == BOTH ? &theirs : &ours);
		}
		check("ours.db", &ours);
		check("theirs.db", &theirs);
	}
	settle(&ours, &theirs);
	print_message("%zu operations acknowledged under kills, none lost\n",
		      ours.count + theirs.count);
	assert_true(ours.count + theirs.count >= 4);
	vector_release(&ours);
	vector_release(&theirs);
}

static void make_replica(const char *path)
{
	const struct random_id uuid = {"0123456789abcdef0123456789abcdef"};
	assert_done(replica_create(path, &uuid, 0, err));
}

static void make_until_killed(const char *path)
{
	make_replica(path);
	for (;;)
		pause();
}

/* Killed while it makes one: it is there whole, or another can be made. */
static void a_replica_has_its_name_when_it_is_whole(void **state)
{
	(void)state;
	struct dice dice = dice_new(1);
	char *path = folder_path("made.db");
	for (int i = 0; i < rounds(25); i++) {
		struct error refusal;
		struct store *made = NULL;
		const struct store_options options = {.path = path, .today = test_today()};
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			make_until_killed(path);
		pass_time(&dice, 12000);
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(waitpid(child, NULL, 0), child);
		if (access(path, F_OK) != 0)
			make_replica(path);
		if (replica_open(&options, &made, &refusal) != RC_OK)
			fail_msg("%s", refusal.text);
		assert_int_equal(replica_counts(made).waiting, 0);
		store_close(made);
		replica_remove_files("made.db");
	}
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_acknowledged_survives_kills),
		cmocka_unit_test(a_replica_has_its_name_when_it_is_whole),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
