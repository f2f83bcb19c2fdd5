/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"

const struct cli_command cli_commands[] = {
/* clang-format off */
#include "nucleo/cli/commands_records.def"
#include "nucleo/cli/commands_meeting.def"
#include "nucleo/cli/commands_upkeep.def"
	/* clang-format on */
	{.name = NULL},
};

static bool is_called(const struct cli_command *command, const char *word)
{
	if (utf8_equal_folded(command->name, word))
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(command->spanish) && command->spanish[i]; i++)
		if (utf8_equal_folded(command->spanish[i], word))
			return true;
	return false;
}

const struct cli_command *cli_command_named(const char *word)
{
	for (const struct cli_command *command = cli_commands; command->name; command++)
		if (is_called(command, word))
			return command;
	return NULL;
}

enum rc cli_unknown_command(const char *word, struct error *err)
{
	struct nearest nearest;
	nearest_init(&nearest, word);
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		nearest_offer(&nearest, command->name);
		for (size_t i = 0; i < ARRAY_COUNT(command->spanish) && command->spanish[i]; i++)
			nearest_offer(&nearest, command->spanish[i]);
	}
	if (nearest.best)
		return error_set(err, RC_USAGE, _("no existe la orden «%s»; ¿quiso decir «%s»?"),
				 word, nearest.best);
	return error_set(err, RC_USAGE, _("no existe la orden «%s»; vea nucleo --help"), word);
}

static void offer_kind(struct nearest *nearest, const struct record_kind *kind)
{
	nearest_offer(nearest, kind->name);
	nearest_offer(nearest, kind->plural);
	for (size_t i = 0; i < ARRAY_COUNT(kind->spanish) && kind->spanish[i]; i++)
		nearest_offer(nearest, kind->spanish[i]);
}

const struct record_kind *cli_kind(const char *word, struct error *err)
{
	const struct record_kind *kind = record_kind_named(word);
	struct nearest nearest;
	struct strbuf names;
	if (kind)
		return kind;
	nearest_init(&nearest, word);
	strbuf_init(&names);
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
		offer_kind(&nearest, &record_kinds[i]);
		strbuf_addf(&names, "%s%s", i ? ", " : "", record_kinds[i].name);
	}
	if (nearest.best)
		error_set(err, RC_USAGE, _("no existe la clase «%s»; ¿quiso decir «%s»?"), word,
			  nearest.best);
	else
		error_set(err, RC_USAGE, _("no existe la clase «%s»; hay: %s"), word, names.data);
	strbuf_release(&names);
	return NULL;
}
