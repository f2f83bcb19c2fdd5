/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of a group, each with a home of her own, on one drive: how they come to the same. */
#include "store/members_test.h"
#include "store/store_test.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/sync/base_name.h"

#define AME "acronym=AME", "name=Asociación", "sector=public"

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "organization", AME);
	AS(home, "ana", 0, "add", "followup", "description=Primera");
}

static void what_one_adds_the_other_lists(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "luis", 0, "list", "organizations", "--json");
	assert_json(home, "$[0].acronym", "AME");
	assert_string_equal(home->err.data,
			    "nucleo: aviso: la base no conoce la institución «luis»; queda como "
			    "se dio\n");
	AS(home, "luis", 0, "add", "followup", "description=Segunda");
	assert_out(home, "S-2026-002");
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[1].description", "Segunda");
	AS(home, "ana", 0, "history", "--json");
	assert_json(home, "$[0].by", "luis");
	ALIKE(home, 3, "ana", "luis", "nueva");
}

static void two_at_once_get_two_codes(void **state)
{
	enum { ROUNDS = 4 };
	struct home *home = *state;
	AS(home, "ana", 0, "init");
	AS(home, "luis", 0, "list", "followups");
	for (int i = 0; i < ROUNDS; i++) {
		pid_t ana = START(home, "ana", "add", "followup", "description=De Ana");
		pid_t luis = START(home, "luis", "add", "followup", "description=De Luis");
		assert_int_equal(member_finish(home, "ana", ana), 0);
		assert_int_equal(member_finish(home, "luis", luis), 0);
	}
	AS(home, "ana", 0, "list", "followups", "--json");
	char *codes = ask_json(home, "SELECT count(DISTINCT value ->> 'id') || max(value ->> 'id')"
				     " FROM json_each(?1)");
	assert_string_equal(codes, "8S-2026-008");
	free(codes);
	ALIKE(home, 2 * ROUNDS, "ana", "luis");
}

/* Whatever helps a first open may be missing, damaged or of another database. */
static void a_newcomer_needs_the_log_alone(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	char *database = on_drive(home, "acta.db");
	ALIKE(home, 2, "ana", "publicada");
	assert_int_equal(truncate(database, 20480), 0);
	ALIKE(home, 2, "ana", "corta");
	free(put_text(home, "disco/acta.db", "nada"));
	ALIKE(home, 2, "ana", "ajena");
	remove_file(database);
	ALIKE(home, 2, "ana", "sin");
	free(database);
}

static void a_snapshot_helps_a_newcomer(void **state)
{
	struct home *home = *state;
	struct log_head head = {.number = 2};
	struct strbuf name;
	begin(home);
	wait_for_silence(home);
	char *database = on_drive(home, "acta.db"), *last = operation_path(home, 2);
	char *seal = file_text(last);
	snprintf(head.hash.hex, sizeof(head.hash.hex), "%s", strstr(seal, "\"hash\":\"") + 8);
	strbuf_init(&name);
	strbuf_adds(&name, "acta.db-log/");
	base_name_add(&name, &head);
	char *base = on_drive(home, name.data);
	copy_file(database, base);
	/* Without its first operation nothing but the snapshot leads to what is there. */
	char *first = operation_path(home, 1);
	remove_file(first);
	remove_file(database);
	ALIKE(home, 2, "ana", "nueva");
	strbuf_release(&name);
	free(first);
	free(base);
	free(seal);
	free(last);
	free(database);
}

/* ---- a database from before it had a log */

static void make_plain(const struct home *home)
{
	struct store *store = NULL;
	char *path = on_drive(home, "acta.db");
	const struct store_options options = {.path = path, .actor = "FCD", .wait_ms = 5000};
	assert_done(store_create(&options, &store, err));
	for (int i = 0; i < 3; i++) {
		char code[32];
		struct operation *operation = operation_new();
		snprintf(code, sizeof(code), "S-2026-%03d", i + 1);
		operation_set_words(operation, "%s", code);
		add_row(operation, "followup", "description", "De antes", "kind", "task", "status",
			"open", "code", code, NULL);
		test_commit(store, operation);
	}
	store_close(store);
	free(path);
}

static void a_plain_database_is_taken_over(void **state)
{
	struct home *home = *state;
	make_plain(home);
	AS(home, "ana", 0, "list", "followups", "--json");
	assert_json(home, "$[2].id", "S-2026-003");
	AS(home, "luis", 0, "add", "followup", "description=De ahora");
	assert_out(home, "S-2026-004");
	assert_int_equal(operations_on_drive(home), 4);
	ALIKE(home, 4, "ana", "luis", "nueva");
}

static void two_take_one_over_at_once(void **state)
{
	struct home *home = *state;
	make_plain(home);
	pid_t ana = START(home, "ana", "add", "followup", "description=De Ana");
	pid_t luis = START(home, "luis", "add", "followup", "description=De Luis");
	assert_int_equal(member_finish(home, "ana", ana), 0);
	assert_int_equal(member_finish(home, "luis", luis), 0);
	ALIKE(home, 5, "ana", "luis", "nueva");
}

/* The journal that a killed program leaves has what a half-written file was before. */
static void leave_a_hot_journal(const struct home *home)
{
	sqlite3 *db;
	char *path = on_drive(home, "acta.db");
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		if (sqlite3_open(path, &db) == SQLITE_OK)
			sqlite3_exec(db,
				     "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;"
				     "UPDATE followup SET description = hex(randomblob(9000));"
				     "UPDATE history SET words = 'falso'",
				     NULL, NULL, NULL);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	free(path);
}

static void a_hot_journal_is_rolled_back(void **state)
{
	struct home *home = *state;
	make_plain(home);
	leave_a_hot_journal(home);
	char *journal = on_drive(home, "acta.db-journal");
	assert_int_equal(access(journal, F_OK), 0);
	free(journal);
	AS(home, "ana", 0, "add", "followup", "description=De ahora");
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[0].description", "De antes");
	ALIKE(home, 4, "ana", "luis");
}

/* ---- where it lies */

static void paths_are_what_people_type(void **state)
{
	static const char *const names[] = {"con espacios/mi acta.db", "comillas'\"`$x/a'b.db",
					    "ñandú/Ácta «1».db", "-guion/x", "a%b;c#d/e?f=g.db"};
	struct home *home = *state;
	become(home, "ana");
	unsetenv("NUCLEO_DB");
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		char *path = in_home(home, names[i]);
		EXPECT(home, 0, "--db", path, "init");
		EXPECT(home, 0, "--db", path, "add", "organization", AME);
		EXPECT(home, 0, "--db", path, "list", "organizations", "--json");
		assert_json(home, "$[0].acronym", "AME");
		assert_int_equal(access(path, F_OK), 0);
		free(path);
	}
}

/* One database by several names is one database. */
static void a_relative_path_is_the_same_database(void **state)
{
	static const char *const paths[] = {"acta.db", "./acta.db", "../disco/acta.db",
					    ".//../disco/./acta.db"};
	struct home *home = *state;
	char *drive = on_drive(home, ""), *here = getcwd(NULL, 0);
	char *program = realpath(getenv("top_builddir"), NULL);
	setenv("top_builddir", program, 1);
	begin(home);
	assert_int_equal(chdir(drive), 0);
	unsetenv("NUCLEO_DB");
	for (size_t i = 0; i < ARRAY_COUNT(paths); i++) {
		EXPECT(home, 0, "--db", paths[i], "add", "followup", "description=Relativa");
		EXPECT(home, 0, "--db", paths[i], "history", "--json");
		assert_no_err(home, "se usa la copia");
	}
	assert_int_equal(chdir(here), 0);
	ALIKE(home, 6, "ana", "luis");
	free(program);
	free(here);
	free(drive);
}

static void a_path_that_leads_nowhere_leaves_nothing(void **state)
{
	struct home *home = *state;
	AS(home, "ana", 1, "list", "followups");
	assert_err(home, "no existe la base");
	assert_err(home, "nucleo init");
	AS(home, "ana", 1, "add", "followup", "description=x");
	AS(home, "ana", 1, "--read-only", "history");
	EXPECT(home, 1, "--db", "/nonexistent/a/b.db", "list", "followups");
	wait_for_silence(home);
	char *own = in_home(home, "ana"), *drive = on_drive(home, "");
	char *left = names_below(own), *there = names_below(drive);
	assert_string_equal(left, "");
	assert_string_equal(there, "");
	free(there);
	free(left);
	free(drive);
	free(own);
}

static void a_command_leaves_nothing_behind(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "luis", 0, "list", "followups");
	AS(home, "luis", 0, "add", "followup", "description=Otra");
	AS(home, "ana", 0, "list", "followups");
	wait_for_silence(home);
	char *drive = on_drive(home, ""), *there = names_below(drive);
	assert_string_equal(there, "acta.db\nacta.db-log\nacta.db-log/00000\n"
				   "acta.db-log/00000/000000000001.json\n"
				   "acta.db-log/00000/000000000002.json\n"
				   "acta.db-log/00000/000000000003.json\n"
				   "acta.db-log/FORMAT\nacta.db-log/tmp\n");
	for (size_t i = 0; i < 2; i++) {
		char *own = in_home(home, i ? "luis" : "ana"), *names = names_below(own);
		assert_null(strstr(names, "tmp"));
		free(names);
		free(own);
	}
	free(there);
	free(drive);
}

static void what_is_there_is_not_made_anew(void **state)
{
	struct home *home = *state;
	begin(home);
	AS(home, "luis", 1, "init");
	assert_err(home, "ya existe");
	char *database = on_drive(home, "acta.db");
	wait_for_silence(home);
	remove_file(database);
	AS(home, "luis", 1, "init");
	ALIKE(home, 2, "ana", "luis");
	free(database);
}

static void reading_only_publishes_nothing(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	char *drive = on_drive(home, ""), *before = names_below(drive);
	AS(home, "luis", 0, "--read-only", "list", "organizations", "--json");
	assert_json(home, "$[0].acronym", "AME");
	AS(home, "luis", 1, "--read-only", "add", "organization", AME);
	assert_err(home, "--read-only");
	wait_for_silence(home);
	char *after = names_below(drive);
	assert_string_equal(after, before);
	AS(home, "luis", 0, "--as", "AME", "add", "followup", "description=x");
	assert_no_err(home, "no conoce");
	AS(home, "ana", 0, "history", "--json");
	assert_json(home, "$[0].by", "AME");
	free(after);
	free(before);
	free(drive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(what_one_adds_the_other_lists),
		WITH_MEMBERS(two_at_once_get_two_codes),
		WITH_MEMBERS(a_newcomer_needs_the_log_alone),
		WITH_MEMBERS(a_snapshot_helps_a_newcomer),
		WITH_MEMBERS(a_plain_database_is_taken_over),
		WITH_MEMBERS(two_take_one_over_at_once),
		WITH_MEMBERS(a_hot_journal_is_rolled_back),
		WITH_MEMBERS(paths_are_what_people_type),
		WITH_MEMBERS(a_relative_path_is_the_same_database),
		WITH_MEMBERS(a_path_that_leads_nowhere_leaves_nothing),
		WITH_MEMBERS(a_command_leaves_nothing_behind),
		WITH_MEMBERS(what_is_there_is_not_made_anew),
		WITH_MEMBERS(reading_only_publishes_nothing),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
