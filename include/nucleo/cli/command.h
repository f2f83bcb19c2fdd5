/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_CLI_COMMAND_H
#define NUCLEO_CLI_COMMAND_H

#include "nucleo/cli/cli.h"
#include "nucleo/model/filter.h"
#include "nucleo/model/record.h"
#include "nucleo/store/operation.h"
#include "nucleo/store/backup.h"

/** A command: one row of the table, one file with its function. */
struct cli_command {
	const char *name;
	const char *spanish[2]; /**< aliases */
	const char *choices;    /**< what the first argument can be, apart by spaces; NULL: open */
	const char *arguments;  /**< synopsis after the name, options apart; "" for none */
	const char *help;       /**< one line */
	const char *details;    /**< more, for its own help; NULL: nothing */
	unsigned options;       /**< CLI_BIT() of its own */
	size_t least, most;     /**< how many arguments it takes */
	bool takes_kind;        /**< the first argument is a kind of record */
	/** Whether it works on a kind; NULL: on all of them. */
	bool (*knows_kind)(enum record_kind_id kind);
	bool takes_filter;      /**< a word that begins with '-' is a term, no option */
	bool takes_files;       /**< arguments may be names of files, whatever their bytes */
	bool writes;            /**< refused with --read-only, but for a dry run */
	/** Whether it writes with the arguments it has; NULL: `writes` says it. */
	bool (*writes_now)(const struct cli *cli);
	/** RC_OK, or an error with its message; an empty message prints nothing. */
	enum rc (*run)(struct cli *cli, struct error *err);
};

#define CLI_ANY_NUMBER ((size_t)-1)

/** operation_commit() to the open database, for a command. Where somebody else came before, what
 *  it says is kept until it is decided; the command ends with RC_CONFLICT all the same. */
enum rc cli_commit(struct cli *cli, struct operation *operation, struct error *err) ATTR_NODISCARD;
/** The same of an operation that may be empty: then it says that nothing had to be changed. */
enum rc cli_commit_if_any(struct cli *cli, struct operation *operation,
			  struct error *err) ATTR_NODISCARD;
/** Prints, in place of the answer, the operation that was parked last as {"conflict": ...}. */
void cli_print_conflict(struct cli *cli);

/** The table, ended by a row without name; the order is that of the help. */
extern const struct cli_command cli_commands[];

/** The command called `word`; NULL when there is none. */
const struct cli_command *cli_command_named(const char *word);
/** RC_USAGE for a command that is not there, naming one like it. */
enum rc cli_unknown_command(const char *word, struct error *err);
/** The kind called `word`; otherwise NULL and an RC_USAGE error that names one like it. */
const struct record_kind *cli_kind(const char *word, struct error *err);

/** Appends the help of the program, or of one command. */
void cli_add_help(struct strbuf *out);
void cli_add_command_help(struct strbuf *out, const struct cli_command *command);
/** Appends "nucleo list KIND [FILTER...] [--json] ...". */
void cli_add_synopsis(struct strbuf *out, const struct cli_command *command);

/** Appends the arguments from `first` on as the line of a filter one would type on the screen. */
void cli_add_filter(const struct cli *cli, size_t first, struct strbuf *line);
/** Reads them as a filter of the kind, saved ones included; an error shows the place. Release the
 *  filter in any case. */
enum rc cli_parse_filter(const struct cli *cli, size_t first, struct filter *filter,
			 const struct record_kind *kind, struct error *err) ATTR_NODISCARD;

/** The key of an item of a meeting, given by its label or code; 0 for "-" and "", which is what
 *  comes before the first. */
enum rc cli_find_item(struct store *store, const char *meeting, const char *item, int64_t *key,
		      struct error *err) ATTR_NODISCARD;

/** Appends how many operations a database has, and the last one of them. */
void cli_add_last(struct strbuf *out, const struct backup_facts *facts);

enum rc cli_add(struct cli *cli, struct error *err);
/** The form of cli_add() for a line of a meeting as one types it there. */
enum rc cli_add_entry(struct cli *cli, struct error *err);
bool cli_can_edit(enum record_kind_id kind);
enum rc cli_close(struct cli *cli, struct error *err);
enum rc cli_confirm(struct cli *cli, struct error *err);
enum rc cli_done(struct cli *cli, struct error *err);
enum rc cli_convene(struct cli *cli, struct error *err);
enum rc cli_conflicts(struct cli *cli, struct error *err);
enum rc cli_decide(struct cli *cli, struct error *err);
enum rc cli_doctor(struct cli *cli, struct error *err);
enum rc cli_backup(struct cli *cli, struct error *err);
enum rc cli_export(struct cli *cli, struct error *err);
enum rc cli_entry(struct cli *cli, struct error *err);
enum rc cli_filter(struct cli *cli, struct error *err);
enum rc cli_go(struct cli *cli, struct error *err);
enum rc cli_help(struct cli *cli, struct error *err);
enum rc cli_history(struct cli *cli, struct error *err);
enum rc cli_import(struct cli *cli, struct error *err);
enum rc cli_initialise(struct cli *cli, struct error *err);
enum rc cli_list(struct cli *cli, struct error *err);
enum rc cli_redo(struct cli *cli, struct error *err);
enum rc cli_move(struct cli *cli, struct error *err);
enum rc cli_propose(struct cli *cli, struct error *err);
enum rc cli_remove(struct cli *cli, struct error *err);
enum rc cli_republish(struct cli *cli, struct error *err);
enum rc cli_restore(struct cli *cli, struct error *err);
enum rc cli_search(struct cli *cli, struct error *err);
enum rc cli_set(struct cli *cli, struct error *err);
/** Whether `set` with that code is about the attendance of a whole meeting. */
bool cli_is_attendance(enum record_kind_id kind, const char *code);
enum rc cli_set_attendees(struct cli *cli, struct error *err);
enum rc cli_setting(struct cli *cli, struct error *err);
bool cli_setting_writes(const struct cli *cli);
enum rc cli_show(struct cli *cli, struct error *err);
enum rc cli_undo(struct cli *cli, struct error *err);
enum rc cli_upgrade(struct cli *cli, struct error *err);
enum rc cli_who(struct cli *cli, struct error *err);
enum rc cli_whoami(struct cli *cli, struct error *err);

#endif
