/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drive that is away, or hangs, and programs that are killed meanwhile. */
#include "store/members_test.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "nucleo/store/share.h"

#define ADD "add", "followup"

static void begin(struct home *home)
{
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, ADD, "description=Primera");
	AS(home, "luis", 0, "list", "followups");
}

static void a_read_is_answered_from_the_copy(void **state)
{
	struct home *home = *state;
	begin(home);
	drive_leaves(home);
	AS(home, "luis", 0, "--wait", "0.3", "list", "followups", "--json");
	assert_json(home, "$[0].description", "Primera");
	assert_err(home, "el disco no está conectado");
	assert_err(home, "se usa la copia de esta máquina");
	AS(home, "luis", 0, "list", "followups", "--exit-code");
	AS(home, "luis", 0, "search", "primera");
	wait_for_silence(home);
	drive_returns(home);
	AS(home, "luis", 0, "list", "followups");
	assert_no_err(home, "copia");
}

static void a_write_is_queued_and_published_once(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "luis", 4, "--wait", "0.3", ADD, "description=Sin disco", "--json");
	assert_json(home, "$.description", "Sin disco");
	assert_err(home, "guardado solo en esta máquina: 1 en cola desde ");
	AS(home, "luis", 4, "--wait", "0", ADD, "description=Otra");
	assert_err(home, "2 en cola desde ");
	AS(home, "luis", 0, "--wait", "0", "list", "followups", "--json");
	assert_json(home, "$[2].description", "Otra");
	assert_int_equal(queued(home, "luis"), 2);
	wait_for_silence(home);
	drive_returns(home);
	AS(home, "ana", 0, ADD, "description=De Ana");
	assert_out(home, "S-2026-002");
	/* Whatever command comes next publishes it, and the codes follow the group's order. */
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_no_err(home, "cola");
	assert_json(home, "$[3].id", "S-2026-004");
	assert_json(home, "$[3].description", "Otra");
	assert_int_equal(queued(home, "luis"), 0);
	assert_int_equal(operations_on_drive(home), 4);
	ALIKE(home, 4, "ana", "luis", "nueva");
}

/* Whoever opens a copy first after a crash reads what its log has, and lets nobody in meanwhile. */
static void a_copy_in_use_is_waited_for(void **state)
{
	struct home *home = *state;
	sqlite3 *other;
	begin(home);
	wait_for_silence(home);
	char *path = replica_path(home, "luis");
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other,
				      "PRAGMA locking_mode = EXCLUSIVE;"
				      "SELECT count(*) FROM pending",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	drive_leaves(home);
	pid_t child = START(home, "luis", "--wait", "0", "list", "followups");
	poll(NULL, 0, 500);
	sqlite3_close(other);
	assert_int_equal(member_finish(home, "luis", child), 0);
	assert_out(home, "Primera");
	free(path);
}

static void a_first_open_needs_the_drive(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "nueva", 1, "list", "followups");
	assert_err(home, "no existe la base");
	drive_returns(home);
	if (!drive_hangs(home))
		skip();
	AS(home, "nueva", 4, "--wait", "0.3", "list", "followups");
	assert_err(home, "no responde");
	assert_err(home, "vuelva a intentarlo");
	assert_string_equal(home->out.data, "");
	drive_answers(home);
	wait_for_silence(home);
	ALIKE(home, 1, "nueva", "ana");
}

static void a_hung_drive_holds_nobody(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	if (!drive_hangs(home))
		skip();
	AS(home, "luis", 0, "--wait", "0.3", "list", "followups", "--json");
	assert_json(home, "$[0].description", "Primera");
	assert_err(home, "se usa la copia");
	AS(home, "luis", 4, "--wait", "0.3", ADD, "description=Colgada");
	assert_err(home, "1 en cola desde ");
	drive_answers(home);
	wait_for_silence(home);
	AS(home, "luis", 0, "list", "followups");
	assert_int_equal(queued(home, "luis"), 0);
	ALIKE(home, 2, "ana", "luis");
}

/* ---- ends */

static void ctrl_c_ends_the_wait(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	pid_t child = START(home, "luis", "--wait", "3000", ADD, "description=Interrumpida");
	wait_for_queue(home, "luis", 1);
	assert_int_equal(kill(child, SIGINT), 0);
	assert_int_equal(member_finish(home, "luis", child), 4);
	assert_err(home, "1 en cola desde ");
	assert_out(home, "Interrumpida");
	wait_for_silence(home);
	drive_returns(home);
	AS(home, "luis", 0, "list", "followups");
	ALIKE(home, 2, "ana", "luis");
}

static void a_killed_program_has_queued_it(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	pid_t child = START(home, "luis", "--wait", "3000", ADD, "description=Matada");
	wait_for_queue(home, "luis", 1);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(member_finish(home, "luis", child), -SIGKILL);
	wait_for_silence(home);
	drive_returns(home);
	AS(home, "luis", 0, "list", "followups", "--json");
	assert_json(home, "$[1].description", "Matada");
	ALIKE(home, 2, "ana", "luis");
}

static void a_killed_worker_is_told(void **state)
{
	struct home *home = *state;
	begin(home);
	wait_for_silence(home);
	drive_leaves(home);
	pid_t child = START(home, "luis", "--wait", "3000", ADD, "description=Sin obrero");
	wait_for_queue(home, "luis", 1);
	assert_int_equal(kill(worker_of(child), SIGKILL), 0);
	assert_int_equal(member_finish(home, "luis", child), 4);
	assert_err(home, "1 en cola desde ");
	assert_err(home, "el proceso que habla con el disco terminó");
	wait_for_silence(home);
	drive_returns(home);
	AS(home, "luis", 0, ADD, "description=Después");
	ALIKE(home, 3, "ana", "luis");
}

/* The system may kill it before it has been told anything. */
static void without_a_worker_there_is_the_replica(void **state)
{
	struct home *home = *state;
	struct error err = {.code = RC_OK};
	struct share *share;
	struct share_status status;
	struct store *store;
	begin(home);
	wait_for_silence(home);
	become(home, "luis");
	assert_int_equal(share_start(&share, &err), RC_OK);
	pid_t worker = worker_of(getpid());
	assert_true(worker > 0);
	assert_int_equal(kill(worker, SIGKILL), 0);
	assert_int_equal(waitpid(worker, NULL, 0), worker);
	const struct share_options options = {
		.store = {.path = getenv("NUCLEO_DB"), .actor = "luis", .mode = STORE_READ_WRITE},
		.wait_ms = 300};
	if (share_open(share, &options, &store, &err) != RC_OK)
		fail_msg("%s", err.text);
	share_status(share, &status);
	assert_int_equal(status.condition, SHARE_AWAY);
	assert_non_null(strstr(status.reason, "terminó"));
	share_close(share);
}

/* ---- the same record meanwhile */

static char *put_organization(const struct home *home, const char *name, const char *sector)
{
	char text[200];
	snprintf(text, sizeof(text), "siglas,nombre,sector\nAME,%s,%s\n", name, sector);
	return put_text(home, "org.csv", text);
}

/* `file` is written by the call, and freed. */
static void import(struct home *home, const char *member, int wanted, char *file)
{
	AS(home, member, wanted, "--wait", wanted ? "0.2" : "10", "import", "organizations", file);
	free(file);
}

static void different_fields_merge(void **state)
{
	struct home *home = *state;
	begin(home);
	import(home, "ana", 0, put_organization(home, "Asociación", "publico"));
	AS(home, "luis", 0, "list", "organizations");
	wait_for_silence(home);
	drive_leaves(home);
	import(home, "luis", 4, put_organization(home, "Asociación", "academia"));
	drive_returns(home);
	import(home, "ana", 0, put_organization(home, "Asociación de Municipalidades", "publico"));
	AS(home, "luis", 0, "list", "organizations", "--json");
	assert_no_err(home, "decisión");
	assert_json(home, "$[0].name", "Asociación de Municipalidades");
	assert_json(home, "$[0].sector", "academia");
	ALIKE(home, 4, "ana", "luis");
}

static void the_same_field_waits_for_a_decision(void **state)
{
	struct home *home = *state;
	begin(home);
	import(home, "ana", 0, put_organization(home, "Asociación", "publico"));
	AS(home, "luis", 0, "list", "organizations");
	wait_for_silence(home);
	drive_leaves(home);
	import(home, "luis", 4, put_organization(home, "De Luis", "publico"));
	drive_returns(home);
	import(home, "ana", 0, put_organization(home, "De Ana", "publico"));
	/* Each command says so until it is decided; nothing else waits for it. */
	for (int i = 0; i < 2; i++) {
		AS(home, "luis", 0, "list", "organizations", "--json");
		assert_err(home, "1 cambio suyo no se publicó");
		assert_err(home, "espera su decisión");
		assert_json(home, "$[0].name", "De Ana");
	}
	AS(home, "luis", 0, ADD, "description=Otra cosa");
	assert_int_equal(queued(home, "luis"), 1);
	ALIKE(home, 4, "ana", "luis");
}

/* Its worker sleeps while Ana is faster: the command itself meets what she did. */
static void a_command_that_loses_says_so(void **state)
{
	struct home *home = *state;
	begin(home);
	import(home, "ana", 0, put_organization(home, "Asociación", "publico"));
	AS(home, "luis", 0, "list", "organizations");
	wait_for_silence(home);
	drive_leaves(home);
	char *file = put_organization(home, "De Luis", "publico");
	pid_t luis = START(home, "luis", "--wait", "3000", "import", "organizations", file);
	wait_for_queue(home, "luis", 1);
	pid_t worker = worker_of(luis);
	assert_int_equal(kill(worker, SIGSTOP), 0);
	drive_returns(home);
	import(home, "ana", 0, put_organization(home, "De Ana", "publico"));
	assert_int_equal(kill(worker, SIGCONT), 0);
	assert_int_equal(member_finish(home, "luis", luis), 3);
	assert_err(home, "otra persona cambió lo mismo");
	assert_err(home, "espera su decisión");
	assert_int_equal(queued(home, "luis"), 1);
	ALIKE(home, 3, "ana", "luis");
	free(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(a_read_is_answered_from_the_copy),
		WITH_MEMBERS(a_write_is_queued_and_published_once),
		WITH_MEMBERS(a_copy_in_use_is_waited_for),
		WITH_MEMBERS(a_first_open_needs_the_drive),
		WITH_MEMBERS(a_hung_drive_holds_nobody),
		WITH_MEMBERS(ctrl_c_ends_the_wait),
		WITH_MEMBERS(a_killed_program_has_queued_it),
		WITH_MEMBERS(a_killed_worker_is_told),
		WITH_MEMBERS(without_a_worker_there_is_the_replica),
		WITH_MEMBERS(different_fields_merge),
		WITH_MEMBERS(the_same_field_waits_for_a_decision),
		WITH_MEMBERS(a_command_that_loses_says_so),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
