/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program as a script sees it: the real binary, its exit status and what it prints. */
#include "store/cli_test.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/memory.h"
#include "nucleo/cli/command.h"
#include "nucleo/exchange/record_fields.h"

/* A small group: two institutions, a plan, two commitments, two follow-ups. */
static void fill(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD", "sector=civil_society",
	       "name=Fundación Ciudadanía y Desarrollo", "role=miembro", "starts=2021-01-01");
	EXPECT(home, 0, "--as", "FCD", "add", "organization", "acronym=AME");
	EXPECT(home, 0, "add", "plan", "code=paga2", "title=Segundo plan", "starts=01/01/2023",
	       "ends=2024-12-31");
	EXPECT(home, 0, "add", "commitment", "code=C10"); /* of the only plan */
	EXPECT(home, 0, "add", "commitment", "code=C2", "plan=paga2", "title=Elecciones y datos",
	       "lead=AME", "counterpart=FCD, AME,FCD");
	EXPECT(home, 0, "add", "progress", "commitment=C2", "as_of=17/11/2023", "percent=38,5");
	EXPECT(home, 0, "add", "followup", "description=Entregar los datos", "due=2024-01-31",
	       "responsible=FCD,AME", "commitment=C2");
	EXPECT(home, 0, "add", "followup", "description=Difundir el curso", "kind=invitation",
	       "status=hecha");
}

static void init_makes_the_file_once(void **state)
{
	struct home *home = *state;
	EXPECT(home, 1, "list", "plans");
	assert_err(home, "nucleo.db");
	EXPECT(home, 0, "init");
	assert_out(home, "/.local/share/nucleo/nucleo.db");
	EXPECT(home, 1, "iniciar");
	char *other = in_home(home, "a/b/otra.db");
	EXPECT(home, 0, "--db", other, "init", "--json");
	assert_json(home, "$.path", other);
	EXPECT(home, 0, "list", "plans", "--db", other);
	setenv("NUCLEO_DB", "/nonexistent/x.db", 1);
	EXPECT(home, 1, "list", "plans");
	EXPECT(home, 0, "--db", other, "list", "plans");
	EXPECT(home, 1, "--db", "/tmp", "list", "plans");
	EXPECT(home, 1, "--read-only", "--db", "/tmp/nucleo-none.db", "init");
	free(other);
}

static void lists_in_three_forms(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "list", "commitments", "--json");
	assert_json(home, "$[0].code", "C2");
	assert_json(home, "$[1].code", "C10");
	assert_json(home, "$[0].percent", "38.5");
	assert_json(home, "$[0].as_of", "2023-11-17");
	assert_json(home, "$[0].pace", "behind");
	assert_json(home, "$[0].lead", "[\"AME\"]");
	assert_json(home, "$[0].counterpart", "[\"FCD\",\"AME\"]");
	assert_json(home, "$[1].title", "null");
	assert_json(home, "$[1].lead", "[]");
	EXPECT(home, 0, "listar", "compromisos");
	assert_out(home, "título por confirmar");
	EXPECT(home, 0, "list", "organization", "--csv");
	assert_string_equal(home->out.data,
			    "acronym,name,sector,role,review,attended,meetings,absence_streak,starts,ends\r\n"
			    "AME,Asociación de Municipalidades Ecuatorianas,public,,false,0,0,0,,\r\n"
			    "FCD,Fundación Ciudadanía y Desarrollo,civil_society,member,false,0,0,0,"
			    "2021-01-01,\r\n");
	EXPECT(home, 0, "list", "meetings", "--json");
	assert_string_equal(home->out.data, "[]\n");
	EXPECT(home, 0, "list", "meetings");
	assert_string_equal(home->out.data, "");
	EXPECT(home, 2, "list", "meetings", "--json", "--csv");
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
		EXPECT(home, 0, "list", record_kinds[i].plural, "--json");
		assert_json(home, "$[999]", "null");
		EXPECT(home, 0, "list", record_kinds[i].spanish[0], "--csv");
		EXPECT(home, 0, "list", record_kinds[i].name);
	}
}

static void filters_under_a_name(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "filter", "save", "followups", "urgentes", "vencidas", "-hecho");
	EXPECT(home, 0, "list", "followups", "@urgentes", "--json");
	assert_json(home, "$[0].description", "Entregar los datos");
	EXPECT(home, 1, "listar", "acciones", "@urgente");
	assert_non_null(strstr(home->err.data, "@urgentes"));
	EXPECT(home, 2, "filter", "save", "followups", "mal", "color:rojo");
	EXPECT(home, 2, "filter", "save", "followups", "mal");
	EXPECT(home, 0, "filtro", "listar", "--json");
	assert_json(home, "$[0].name", "urgentes");
	assert_json(home, "$[0].filter", "vencidas -hecho");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "filtro", "quitar", "acciones", "urgentes");
	EXPECT(home, 1, "filtro", "quitar", "acciones", "urgentes");
	EXPECT(home, 2, "filtro", "cambiar");
}

static void filters_and_their_exit_code(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "list", "followups", "vencidas", "resp:FCD", "compromiso:C2", "--json");
	assert_json(home, "$[0].description", "Entregar los datos");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "list", "followups", "-vencidas", "--json");
	assert_json(home, "$[0].kind", "invitation");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "list", "followups", "--json", "--", "-vencidas");
	assert_json(home, "$[0].kind", "invitation");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "list", "commitments", "ELECCIÓNES", "--json");
	assert_json(home, "$[0].code", "C2");
	assert_json(home, "$[1]", "null");
	EXPECT(home, 0, "list", "commitments", "compromiso:C10", "plan:paga2", "--json");
	assert_json(home, "$[0].code", "C10");
	EXPECT(home, 0, "list", "commitments", "compromiso:C1", "--json");
	assert_string_equal(home->out.data, "[]\n");
	EXPECT(home, 0, "list", "commitments", "plan:paga2", "--exit-code");
	EXPECT(home, 1, "list", "commitments", "plan:otro", "--exit-code", "--json");
	assert_string_equal(home->out.data, "[]\n");
	assert_string_equal(home->err.data, "");
	EXPECT(home, 0, "list", "commitments", "orden:-código", "--json");
	assert_json(home, "$[0].code", "C10");
	EXPECT(home, 2, "list", "followups", "hola", "-estado:en el aire", "--json");
	assert_non_null(strstr(home->err.data, "columna 14:"));
	assert_non_null(strstr(home->err.data, "\n  hola -estado:\"en el aire\"\n"
					       "               ^^^^^^^^^^^^\n"));
	EXPECT(home, 2, "list", "commitments", "color:rojo");
	assert_err(home, "plazo_vencido");
}

static void show_one_record(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "mostrar", "compromiso", "c2");
	assert_out(home, "Elecciones y datos");
	assert_out(home, "38.5 %");
	EXPECT(home, 0, "show", "commitment", "paga2/C2", "--json");
	assert_json(home, "$.code", "C2");
	EXPECT(home, 0, "show", "organization", "FCD", "--json");
	assert_json(home, "$.role", "member");
	EXPECT(home, 1, "show", "commitment", "C77");
	assert_err(home, "C77");
	EXPECT(home, 2, "show", "commitment");
	EXPECT(home, 2, "show", "commitment", "C2", "C10");
}

static void additions_and_their_history(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "--as", "AME", "agregar", "acción", "description=Uno\n\ty dos", "--json");
	assert_json(home, "$.status", "open");
	assert_json(home, "$.kind", "task");
	char *code = ask_json(home, "SELECT json_extract(?1, '$.id')");
	assert_int_equal(strncmp(code, "S-20", 4), 0);
	assert_string_equal(code + 6, "-003");
	free(code);
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].number", "9");
	assert_json(home, "$[0].by", "AME");
	assert_json(home, "$[0].words", "Agrega la acción: Uno  y dos");
	assert_json(home, "$[0].undoes", "null");
	assert_json(home, "$[0].refused", "null");
	assert_json(home, "$[3].words", "C2: 38.5 % al 17/11/2023");
	EXPECT(home, 0, "historial");
	assert_out(home, "Agrega el compromiso C10 (paga2)");
	EXPECT(home, 0, "add", "milestone", "commitment=C2", "number=2", "ends=2023-01-01", "--json");
	assert_json(home, "$.number", "2");
	assert_json(home, "$.overdue", "1");
	assert_json(home, "$.original_ends", "null");
	EXPECT(home, 0, "list", "milestones", "vencidos", "--json");
	assert_json(home, "$[0].commitment", "C2");
	EXPECT(home, 0, "add", "blocker", "commitment=C10", "reason=Cambio de autoridades");
	EXPECT(home, 0, "list", "commitments", "bloqueados", "--json");
	assert_json(home, "$[0].code", "C10");
	assert_json(home, "$[1]", "null");
}

static void what_cannot_be_added(void **state)
{
	static const struct {
		int status;
		const char *words[5]; /* after "add" */
		const char *hint;
	} cases[] = {
		{2, {NULL}, "CLASE"},
		{2, {"plan"}, "code="},
		{2, {"plan", "code"}, "CAMPO=VALOR"},
		{2, {"plan", "=x"}, "CAMPO=VALOR"},
		{2, {"plan", "code=x", "code=y"}, "dos veces"},
		{2, {"plan", "code=x", "colour=y"}, "ogp_id"},
		{2, {"meeting", "number=AM-2024-01"}, "date="},
		{2, {"history", "number=1"}, "followup"},
		{2, {"organization", "acronym=X"}, "sector="},
		{2, {"followup", "description=x", "item=8"}, "meeting="},
		{1, {"plan", "code=a/b"}, "a/b"},
		{1, {"plan", "code=PAGA2"}, "paga2"},
		{1, {"plan", "code=p3", "starts=2024-02-30"}, "2024-02-30"},
		{1, {"plan", "code=p3", "starts=2024-02-02", "ends=2024-02-01"}, "2024-02-01"},
		{1, {"organization", "acronym=fcd", "sector=public"}, "FCD"},
		{1, {"organization", "acronym=A,B", "sector=public"}, "A,B"},
		{1, {"organization", "acronym=X", "sector=marciano"}, "civil_society"},
		{1, {"commitment", "code=C2", "plan=paga2"}, "C2"},
		{1, {"commitment", "code=C3", "plan=paga9"}, "paga9"},
		{1, {"commitment", "code=tercero", "plan=paga2"}, "C5"},
		{1, {"commitment", "code=C3", "plan=paga2", "lead=XYZ"}, "add organization"},
		{1, {"progress", "commitment=C2", "as_of=2024-01-01", "percent=101"}, "101"},
		{1, {"followup", "description=x", "commitment=C99"}, "C99"},
		{1, {"followup", "description=a\x1b[2Jb"}, "control"},
		{2, {"followup", "description=a\xff" "b"}, "UTF-8"},
		{2, {"followup", "description="}, "description="},
	};
	struct home *home = *state;
	fill(home);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *words[WORDS_MAX] = {"add"};
		for (size_t j = 0; j < ARRAY_COUNT(cases[i].words) && cases[i].words[j]; j++)
			words[j + 1] = cases[i].words[j];
		int status = run_words(home, words);
		if (status != cases[i].status || !strstr(home->err.data, cases[i].hint))
			fail_msg("case %zu: %d %s", i, status, home->err.data);
		assert_string_equal(home->out.data, "");
	}
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].number", "8");
}

static void reading_only_writes_nothing(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 1, "--read-only", "add", "plan", "code=paga3");
	assert_err(home, "--read-only");
	EXPECT(home, 1, "add", "plan", "code=paga3", "--read-only");
	EXPECT(home, 0, "--read-only", "list", "plans", "--json");
	assert_json(home, "$[1]", "null");
}

static void who_acts(void **state)
{
	struct home *home = *state;
	struct error err;
	fill(home);
	EXPECT(home, 0, "--as", "XYZ", "add", "plan", "code=paga3");
	assert_err(home, "XYZ");
	setenv("NUCLEO_AS", "AME", 1);
	EXPECT(home, 0, "add", "plan", "code=paga4");
	assert_string_equal(home->err.data, "");
	EXPECT(home, 2, "add", "commitment", "code=C4"); /* of which of the two plans? */
	unsetenv("NUCLEO_AS");
	char *config = in_home(home, ".config/nucleo/config");
	assert_int_equal(file_make_parent(config, &err), RC_OK);
	FILE *file = fopen(config, "w");
	assert_non_null(file);
	fputs("as = FCD\nfondo = azul\n", file);
	fclose(file);
	free(config);
	EXPECT(home, 0, "add", "plan", "code=paga5");
	assert_err(home, "fondo");
	EXPECT(home, 0, "history", "--json");
	assert_json(home, "$[0].by", "FCD");
	assert_json(home, "$[1].by", "AME");
	assert_json(home, "$[2].by", "XYZ");
}

static void usage_errors(void **state)
{
	static const struct {
		const char *words[4];
		const char *hint;
	} cases[] = {
		{{"lsit", "plans"}, "list"},	{{"liztar"}, "listar"},
		{{"frobnicate"}, "--help"},	{{"\xff\xfe"}, ""},
		{{"list"}, "CLASE"},		{{"list", "comitment"}, "commitment"},
		{{"list", "qwertyuiop"}, "followup"}, {{"--nada"}, "--nada"},
		{{"-x"}, "-x"},			{{"list", "plans", "--dry-run"}, "--dry-run"},
		{{"--db"}, "--db"},		{{"--db="}, "--db"},
		{{"--wait", "mucho"}, "mucho"}, {{"--wait=-1"}, "-1"},
		{{"--demo=x"}, "--demo"},	{{"history", "x:1"}, "no hay el campo"},
		{{"help", "a", "b"}, "sobran"}, {{"help", "nada"}, "nada"},
		{{"--as="}, "--as"},		{{"list", "plans", "\xC3"}, "UTF-8"},
	};
	struct home *home = *state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *words[5] = {cases[i].words[0], cases[i].words[1], cases[i].words[2],
					cases[i].words[3], NULL};
		int status = run_words(home, words);
		if (status != 2 || !strstr(home->err.data, cases[i].hint))
			fail_msg("case %zu: %d %s", i, status, home->err.data);
		assert_int_equal(strncmp(home->err.data, "nucleo: ", 8), 0);
		assert_string_equal(home->out.data, "");
	}
}

static void hostile_arguments(void **state)
{
	struct home *home = *state;
	fill(home);
	struct strbuf long_text;
	strbuf_init(&long_text);
	strbuf_adds(&long_text, "description=");
	for (int i = 0; i < 100000; i++)
		strbuf_addch(&long_text, 'x');
	EXPECT(home, 1, "add", "followup", long_text.data);
	EXPECT(home, 2, "list", "followups", long_text.data + 12, "--json");
	assert_string_equal(home->out.data, "");
	EXPECT(home, 2, long_text.data);
	EXPECT(home, 2, "list", long_text.data);
	EXPECT(home, 2, "list", "\x1b[2J\x1b]0;x\x07");
	assert_null(strchr(home->err.data, '\x1b'));
	assert_null(strchr(home->err.data, '\x07'));
	EXPECT(home, 1, "show", "commitment", "' OR 1=1 --");
	EXPECT(home, 0, "list", "commitments", "%s%n%s", "--json");
	strbuf_release(&long_text);
}

static void help_everywhere(void **state)
{
	struct home *home = *state;
	EXPECT(home, 0, "--help");
	for (const struct cli_command *command = cli_commands; command->name; command++)
		assert_out(home, command->name);
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		EXPECT(home, 0, command->name, "--help");
		assert_out(home, command->spanish[0]);
		EXPECT(home, 0, "ayuda", command->spanish[0]);
		assert_out(home, "--db");
	}
	EXPECT(home, 0, "--version");
	assert_out(home, "nucleo ");
	EXPECT(home, 0, "--help", "list");
	assert_out(home, "--exit-code");
	EXPECT(home, 0, "help", "--commands");
	assert_out(home, "history\n");
}

static void without_a_terminal_the_commitments(void **state)
{
	struct home *home = *state;
	static const char *const nothing[] = {NULL};
	fill(home);
	assert_int_equal(run_words(home, nothing), 0);
	assert_out(home, "C10");
}

static void output_that_fails(void **state)
{
	struct home *home = *state;
	static const char *const words[] = {"list", "commitments", NULL};
	fill(home);
	if (access("/dev/full", W_OK) == 0) {
		assert_int_equal(run_into(home, "/dev/full", words), 5);
		assert_err(home, "salida");
	}
	assert_int_equal(run_into(home, NULL, words), 5);
	assert_err(home, "salida");
}

/* As `nucleo list ... | head` leaves it where SIGPIPE is ignored. */
static void a_reader_that_has_enough(void **state)
{
	struct home *home = *state;
	static const char *const words[] = {"list", "commitments", "--json", NULL};
	int ends[2];
	fill(home);
	assert_int_equal(pipe(ends), 0);
	signal(SIGPIPE, SIG_IGN);
	int saved = dup(STDOUT_FILENO);
	fflush(stdout);
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	int status = run_into(home, INHERIT, words);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(ends[1]);
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(status, 0);
	assert_string_equal(home->err.data, "");
}

/* ---- the tables themselves */

static void every_command_is_complete(void **state)
{
	(void)state;
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		assert_non_null(command->run);
		assert_non_null(command->arguments);
		assert_true(command->help && *command->help);
		assert_non_null(command->spanish[0]);
		assert_true(command->least <= command->most);
		assert_int_equal(command->options & CLI_GLOBAL, 0);
		assert_ptr_equal(cli_command_named(command->name), command);
		for (size_t i = 0; i < 2 && command->spanish[i]; i++)
			assert_ptr_equal(cli_command_named(command->spanish[i]), command);
	}
	for (int id = 0; id < CLI_OPTION_COUNT; id++) {
		assert_true(cli_options[id].name && *cli_options[id].name);
		assert_true(cli_options[id].help && *cli_options[id].help);
	}
}

static bool is_column(sqlite3 *db, const char *table, const char *column)
{
	return sqlite3_table_column_metadata(db, NULL, table, column, NULL, NULL, NULL, NULL,
					     NULL) == SQLITE_OK;
}

static void every_addition_has_its_column(void **state)
{
	struct home *home = *state;
	sqlite3 *db;
	EXPECT(home, 0, "init");
	char *path = in_home(home, ".local/share/nucleo/nucleo.db");
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	const struct editable_kind *kind;
	for (size_t i = 0; (kind = editable_kind_at(i)) != NULL; i++) {
		assert_ptr_equal(editable_kind_of(kind->kind), kind);
		assert_true(kind->field_count <= EDITABLE_FIELDS_MAX);
		assert_true(is_column(db, kind->table, "key"));
		for (size_t j = 0; j < kind->field_count; j++) {
			const struct editable_field *field = &kind->fields[j];
			if (field->column && !is_column(db, kind->table, field->column))
				fail_msg("%s.%s", kind->table, field->column);
			if (field->type != EDITABLE_QUALIFIER && field->type != EDITABLE_NOTE &&
			    !record_field_named(&record_kinds[kind->kind], field->name))
				fail_msg("%s has no key %s", kind->table, field->name);
			assert_int_equal(field->names != NULL,
					 field->type == EDITABLE_ENUM || field->type == EDITABLE_ROLE);
		}
	}
	sqlite3_close(db);
	free(path);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		IN_A_HOME(init_makes_the_file_once),
		IN_A_HOME(lists_in_three_forms),
		IN_A_HOME(filters_and_their_exit_code),
		IN_A_HOME(filters_under_a_name),
		IN_A_HOME(show_one_record),
		IN_A_HOME(additions_and_their_history),
		IN_A_HOME(what_cannot_be_added),
		IN_A_HOME(reading_only_writes_nothing),
		IN_A_HOME(who_acts),
		IN_A_HOME(usage_errors),
		IN_A_HOME(hostile_arguments),
		IN_A_HOME(help_everywhere),
		IN_A_HOME(without_a_terminal_the_commitments),
		IN_A_HOME(output_that_fails),
		IN_A_HOME(a_reader_that_has_enough),
		cmocka_unit_test(every_command_is_complete),
		IN_A_HOME(every_addition_has_its_column),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
