/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/cli.h"

#include "config.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/command.h"

/* Above every character, so that getopt's '?' and ':' cannot be an option. */
enum { FIRST_OPTION = 256 };

void cli_init(struct cli *cli)
{
	*cli = (struct cli){0};
	config_init(&cli->config);
	strbuf_init(&cli->out);
}

void cli_release(struct cli *cli)
{
	workplace_close(&cli->workplace);
	config_release(&cli->config);
	strbuf_release(&cli->out);
}

/* The rows getopt wants for the options in `bits`; `rows` has room for all and an end. */
static void fill_getopt(struct option *rows, unsigned bits)
{
	size_t count = 0;
	for (int id = 0; id < CLI_OPTION_COUNT; id++)
		if (bits & CLI_BIT(id))
			rows[count++] = (struct option){
				cli_options[id].name,
				cli_options[id].argument ? required_argument : no_argument, NULL,
				FIRST_OPTION + id};
	rows[count] = (struct option){0};
}

static enum rc bad_option(int found, char **argv, struct error *err)
{
	const char *word = argv[optind > 0 ? optind - 1 : 0];
	char letter[3] = {'-', (char)optopt, '\0'};
	if (found == ':')
		return error_set(err, RC_USAGE, _("a la opción «%s» le falta su valor"), word);
	if (optopt >= FIRST_OPTION)
		return error_set(err, RC_USAGE, _("la opción «--%s» no lleva valor"),
				 cli_options[optopt - FIRST_OPTION].name);
	return error_set(err, RC_USAGE, _("no existe la opción «%s»; vea nucleo --help"),
			 optopt ? letter : word);
}

/*
 * "-hecho" excludes the rows with that word and is no option: while options are
 * read its dash is hidden. No command with a filter has options of one letter.
 */
#define HIDDEN_DASH '\x1f'

static void hide_dashes(int argc, char **argv, bool hide)
{
	char from = hide ? '-' : HIDDEN_DASH;
	for (int i = 1; i < argc && !(hide && strcmp(argv[i], "--") == 0); i++)
		if (argv[i][0] == from && argv[i][1] && argv[i][1] != '-')
			argv[i][0] = hide ? HIDDEN_DASH : '-';
}

/* The letters getopt wants for the options in `bits`, behind how it is to begin. */
static void add_letters(struct strbuf *out, unsigned bits)
{
	for (int id = 0; id < CLI_OPTION_COUNT; id++)
		if ((bits & CLI_BIT(id)) && cli_option_letters[id])
			strbuf_addf(out, "%c%s", cli_option_letters[id],
				    cli_options[id].argument ? ":" : "");
}

/* The option getopt found; -1: none that there is. */
static int option_found(int found)
{
	if (found >= FIRST_OPTION)
		return found - FIRST_OPTION;
	for (int id = 0; id < CLI_OPTION_COUNT; id++)
		if (cli_option_letters[id] && cli_option_letters[id] == found)
			return id;
	return -1;
}

/*
 * Reads the options in `bits` from argv; `order` "+" stops at the first word
 * that is none. Setting optind to 0 makes getopt start afresh.
 */
static enum rc read_options(struct cli *cli, int argc, char **argv, unsigned bits,
			    struct error *err)
{
	struct option rows[CLI_OPTION_COUNT + 1];
	struct strbuf letters;
	bool is_first_pass = bits == CLI_GLOBAL && !cli->command;
	enum rc rc = RC_OK;
	int found;
	fill_getopt(rows, bits);
	strbuf_init(&letters);
	strbuf_adds(&letters, is_first_pass ? "+:" : ":");
	add_letters(&letters, bits);
	optind = 0;
	opterr = 0;
	while (rc == RC_OK &&
	       (found = getopt_long(argc, argv, letters.data, rows, NULL)) != -1) {
		int id = option_found(found);
		if (id < 0) {
			rc = bad_option(found, argv, err);
			continue;
		}
		cli->is_given[id] = true;
		cli->value[id] = optarg;
	}
	strbuf_release(&letters);
	cli->args = argv + optind;
	cli->arg_count = (size_t)(argc - optind);
	return rc;
}

static void replace(char **text, const char *value)
{
	if (!value)
		return;
	free(*text);
	*text = mem_strdup(value);
}

/* What the command line says comes before environment and file. */
static enum rc take_options(struct cli *cli, struct error *err)
{
	const char *db = cli->value[CLI_DB], *actor = cli->value[CLI_AS];
	const char *wait = cli->value[CLI_WAIT];
	if (cli->is_given[CLI_DB] && !*db)
		return error_set(err, RC_USAGE, _("--db: falta el nombre del archivo"));
	if (actor && (!*actor || !utf8_is_valid(actor, strlen(actor))))
		return error_set(err, RC_USAGE, _("--as: escriba unas siglas, como FCD"));
	if (wait && config_parse_wait(wait) < 0)
		return error_set(err, RC_USAGE, _("--wait: «%s» no son segundos, de 0 a 3600"),
				 wait);
	replace(&cli->config.db, db);
	replace(&cli->config.actor, actor);
	if (wait)
		cli->config.wait_ms = config_parse_wait(wait);
	cli->config.as_observer = cli->is_given[CLI_AS_OBSERVER];
	cli->config.read_only = cli->is_given[CLI_READ_ONLY];
	cli->config.demo = cli->is_given[CLI_DEMO];
	return RC_OK;
}

static enum rc check_text(const struct cli *cli, struct error *err)
{
	for (size_t i = 0; i < cli->arg_count; i++)
		if (!utf8_is_valid(cli->args[i], strlen(cli->args[i])))
			return error_set(err, RC_USAGE, _("el argumento %zu no es texto UTF-8"),
					 i + 1);
	return RC_OK;
}

bool cli_will_write(const struct cli *cli)
{
	const struct cli_command *command = cli->command;
	bool writes = command->writes_now ? command->writes_now(cli) : command->writes;
	return writes && !cli->is_given[CLI_DRY_RUN];
}

static enum rc check_arguments(const struct cli *cli, struct error *err)
{
	const struct cli_command *command = cli->command;
	if (cli->arg_count < command->least || cli->arg_count > command->most) {
		struct strbuf synopsis;
		strbuf_init(&synopsis);
		cli_add_synopsis(&synopsis, command);
		error_set(err, RC_USAGE,
			  cli->arg_count < command->least ? _("faltan argumentos; uso: %s")
							  : _("sobran argumentos; uso: %s"),
			  synopsis.data);
		strbuf_release(&synopsis);
		return RC_USAGE;
	}
	if (cli_will_write(cli) && cli->config.read_only)
		return error_set(err, RC_REFUSED, _("«%s» escribe, y se pidió --read-only"),
				 command->name);
	return command->takes_files ? RC_OK : check_text(cli, err);
}

static void print_version(struct cli *cli)
{
	strbuf_addf(&cli->out, "nucleo %s\n", PACKAGE_VERSION);
	strbuf_addf(&cli->out, "%s\n", _("Licencia GPL-3.0-or-later; sin garantía alguna."));
}

/* Prints what is left of the answer, then the error; gives the exit status. */
static int finish(struct cli *cli, enum rc rc, const struct error *err)
{
	struct error output_error = {.code = RC_OK};
	enum rc output = cli_flush(cli, &output_error);
	if (rc != RC_OK && err->text[0])
		cli_notice(err->text);
	if (output != RC_OK)
		cli_notice(output_error.text);
	return rc_exit_status(rc != RC_OK ? rc : output);
}

int cli_run_command(struct cli *cli, int count, char **words)
{
	struct error err = {.code = RC_OK};
	enum rc rc;
	cli->command = cli_command_named(words[0]);
	if (!cli->command)
		return finish(cli, cli_unknown_command(words[0], &err), &err);
	hide_dashes(count, words, cli->command->takes_filter);
	rc = read_options(cli, count, words, CLI_GLOBAL | cli->command->options, &err);
	hide_dashes(count, words, false);
	if (rc == RC_OK)
		rc = take_options(cli, &err);
	if (rc == RC_OK && (cli->is_given[CLI_HELP] || cli->is_given[CLI_VERSION])) {
		if (cli->is_given[CLI_HELP])
			cli_add_command_help(&cli->out, cli->command);
		else
			print_version(cli);
		return finish(cli, RC_OK, &err);
	}
	if (rc == RC_OK)
		rc = check_arguments(cli, &err);
	if (rc == RC_OK)
		rc = cli->command->run(cli, &err);
	if (rc == RC_OK)
		rc = cli_settle(cli, &err);
	return finish(cli, rc, &err);
}

int cli_run(struct cli *cli, int argc, char **argv)
{
	struct error err = {.code = RC_OK};
	enum rc rc = read_options(cli, argc, argv, CLI_GLOBAL, &err);
	if (rc == RC_OK)
		rc = take_options(cli, &err);
	if (rc != RC_OK)
		return finish(cli, rc, &err);
	if (cli->is_given[CLI_VERSION])
		print_version(cli);
	else if (cli->is_given[CLI_HELP] && !cli->arg_count)
		cli_add_help(&cli->out);
	else if (!cli->arg_count)
		return CLI_OPEN_SCREEN;
	else
		return cli_run_command(cli, (int)cli->arg_count, cli->args);
	return finish(cli, RC_OK, &err);
}
