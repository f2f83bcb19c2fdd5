/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

enum { HELP_INDENT = 22 };

static void add_row(struct strbuf *out, const char *left, const char *right)
{
	strbuf_addf(out, "  %s", left);
	for (int used = 2 + utf8_width(left); used < HELP_INDENT; used++)
		strbuf_addch(out, ' ');
	strbuf_addf(out, " %s\n", right);
}

static void add_option(struct strbuf *out, int id)
{
	const struct cli_option *option = &cli_options[id];
	struct strbuf left;
	strbuf_init(&left);
	strbuf_addf(&left, "--%s", option->name);
	if (option->argument)
		strbuf_addf(&left, " %s", _(option->argument));
	if (cli_option_letters[id])
		strbuf_addf(&left, ", -%c", cli_option_letters[id]);
	add_row(out, left.data, _(option->help));
	strbuf_release(&left);
}

static void add_options(struct strbuf *out, unsigned bits)
{
	for (int id = 0; id < CLI_OPTION_COUNT; id++)
		if (bits & CLI_BIT(id))
			add_option(out, id);
}

static void add_commands(struct strbuf *out)
{
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		struct strbuf left;
		strbuf_init(&left);
		strbuf_addf(&left, "%s, %s", command->name, command->spanish[0]);
		add_row(out, left.data, _(command->help));
		strbuf_release(&left);
	}
}

/* NULL stands for no command: all the kinds there are. */
static bool knows_kind(const struct cli_command *command, const struct record_kind *kind)
{
	return !command || !command->knows_kind || command->knows_kind(kind->id);
}

static void add_kinds(struct strbuf *out, const struct cli_command *command)
{
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++)
		if (knows_kind(command, &record_kinds[i]))
			add_row(out, record_kinds[i].name, record_kinds[i].spanish[0]);
}

void cli_add_synopsis(struct strbuf *out, const struct cli_command *command)
{
	strbuf_addf(out, "nucleo %s", command->name);
	if (*command->arguments)
		strbuf_addf(out, " %s", _(command->arguments));
	for (int id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_option *option = &cli_options[id];
		if (!(command->options & CLI_BIT(id)))
			continue;
		strbuf_addf(out, " [--%s", option->name);
		if (option->argument)
			strbuf_addf(out, " %s", _(option->argument));
		strbuf_addch(out, ']');
	}
}

void cli_add_help(struct strbuf *out)
{
	strbuf_adds(out, _("uso: nucleo [OPCIONES] [ORDEN ...]\n\n"
			   "Compromisos, reuniones y acciones de un foro de gobierno abierto.\n"
			   "Sin ORDEN abre las pantallas.\n\nOpciones:\n"));
	add_options(out, CLI_GLOBAL);
	strbuf_addf(out, "\n%s\n", _("Órdenes (nucleo ORDEN --help explica cada una):"));
	add_commands(out);
	strbuf_addf(out, "\n%s\n", _("Clases, en singular o plural:"));
	add_kinds(out, NULL);
	strbuf_addf(out, "\n%s\n",
		    _("Termina con 0 si lo hizo, 1 si no existe o no se puede, 2 si la orden\n"
		      "está mal escrita, 3 si otra persona cambió lo mismo, 4 si la base está\n"
		      "ocupada y 5 si no se pudo leer o escribir."));
}

static void add_choices(struct strbuf *out, const char *choices, const char *indent)
{
	for (; choices && *choices; choices += strspn(choices, " ")) {
		size_t length = strcspn(choices, " ");
		strbuf_addf(out, "%s%.*s\n", indent, (int)length, choices);
		choices += length;
	}
}

void cli_add_command_help(struct strbuf *out, const struct cli_command *command)
{
	strbuf_adds(out, _("uso: "));
	cli_add_synopsis(out, command);
	strbuf_addf(out, "\n\n%s.\n", _(command->help));
	if (command->details)
		strbuf_addf(out, "%s\n", _(command->details));
	if (command->options)
		strbuf_addf(out, "\n%s\n", _("Opciones:"));
	add_options(out, command->options);
	strbuf_addf(out, "\n%s\n", _("Opciones de todas las órdenes:"));
	add_options(out, CLI_GLOBAL);
	strbuf_addf(out, "\n%s %s", _("También:"), command->spanish[0]);
	if (command->spanish[1])
		strbuf_addf(out, ", %s", command->spanish[1]);
	strbuf_addch(out, '\n');
	if (command->choices) {
		strbuf_addf(out, "\n%s\n", _("Primer argumento:"));
		add_choices(out, command->choices, "  ");
	}
	if (command->takes_kind) {
		strbuf_addf(out, "\n%s\n", _("Clases, en singular o plural:"));
		add_kinds(out, command);
	}
}

/* What shells complete with. */
static void add_words(struct strbuf *out, const struct cli_command *command)
{
	for (int id = 0; id < CLI_OPTION_COUNT; id++)
		if ((command->options | CLI_GLOBAL) & CLI_BIT(id))
			strbuf_addf(out, "--%s\n", cli_options[id].name);
	add_choices(out, command->choices, "");
	for (size_t i = 0; command->takes_kind && i < RECORD_KIND_COUNT; i++)
		if (knows_kind(command, &record_kinds[i]))
			strbuf_addf(out, "%s\n", record_kinds[i].name);
}

static void add_command_names(struct strbuf *out)
{
	for (const struct cli_command *command = cli_commands; command->name; command++)
		strbuf_addf(out, "%s\n", command->name);
}

enum rc cli_help(struct cli *cli, struct error *err)
{
	bool words_only = cli->is_given[CLI_COMMANDS];
	if (!cli->arg_count) {
		(words_only ? add_command_names : cli_add_help)(&cli->out);
		return RC_OK;
	}
	const struct cli_command *command = cli_command_named(cli->args[0]);
	if (!command)
		return cli_unknown_command(cli->args[0], err);
	(words_only ? add_words : cli_add_command_help)(&cli->out, command);
	return RC_OK;
}
