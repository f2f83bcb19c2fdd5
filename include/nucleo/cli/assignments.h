/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_ASSIGNMENTS_H
#define NUCLEO_CLI_ASSIGNMENTS_H

#include "nucleo/base/vector.h"
#include "nucleo/cli/cli.h"
#include "nucleo/exchange/record_edit.h"

/** The arguments FIELD=VALUE of a command. Zeroed is empty. */
struct assignments {
	VECTOR(struct record_assignment) pairs;
	VECTOR(char *) names;
};

/** Reads the arguments from `first` on; RC_USAGE for one without '='. Release them in any case. */
enum rc assignments_parse(struct assignments *list, const struct cli *cli, size_t first,
			  struct error *err) ATTR_NODISCARD;
/** One more, of texts that outlive the list. */
void assignments_add(struct assignments *list, const char *field, const char *value);
void assignments_release(struct assignments *list);

/** Changes the record of that code as the list says, commits, and prints it as it is now; says so
 *  when nothing changes. */
enum rc cli_change_record(struct cli *cli, const struct record_kind *kind, const char *code,
			  const struct assignments *list, struct error *err) ATTR_NODISCARD;

#endif
