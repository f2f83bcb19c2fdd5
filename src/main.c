/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nucleo: commitments, meetings and follow-up actions of an open-government
 * forum, in one SQLite file that several institutions share.
 *
 * The map of the house. Code in src/LAYER/x.c has its contract in
 * include/nucleo/LAYER/x.h, and includes only from its own layer and those
 * above it in this list:
 *
 *   base/      text, time, files, errors, other programs: knows nothing of us
 *   model/     what a commitment, a meeting, a follow-up is, and their rules;
 *              records.c describes every kind of record field by field
 *   sync/      the drive the group shares: bytes, no tables
 *   store/     the database: lists, search and operations, and the worker that
 *              keeps it and the drive alike; alone knows it is SQLite
 *   exchange/  actas, JSON, CSV and text in and out; the configuration
 *   ui/        what a screen is made of; knows no records
 *   views/     the screens
 *   cli/       the commands, in one table
 *   app.c      the screens put together
 *   main.c     this file: readies the process and picks cli or app
 *
 * Data flows one way. A person's wish, typed in a view or a command, becomes
 * an operation (store/operation.h): a text of row edits with words for the
 * history, the only way anything is written. What is shown comes back as rows
 * of a list (store/list.h), each a struct of model/records.h; which rows, and
 * in which order, is a filter (model/filter.h) that the screen, the commands
 * and SQL read alike. An acta or a spreadsheet enters through exchange/, is
 * compared with what is stored, and becomes one operation too.
 *
 * Nothing of that touches the drive. The database is a replica on the local disk
 * (store/replica.h); an operation is queued there, and a worker process
 * (store/worker.h, forked before anything is open) publishes it to the log on the
 * drive (sync/log.h) and brings in what others published, round by round
 * (store/share_round.h).
 */
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/app.h"
#include "nucleo/base/i18n.h"

/*
 * With a standard stream closed, the next file opened would take its number
 * and be written into. Opened read-only, writing to it fails as it should.
 */
static void keep_standard_streams(void)
{
	int fd;
	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/*
 * Text is UTF-8 inside, whatever the locale; where it says otherwise the
 * terminal is taken to be UTF-8 all the same. Numbers keep the decimal point:
 * documents of the group have it, and JSON and CSV must.
 */
static void set_language(void)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	bindtextdomain("nucleo", LOCALEDIR);
	bind_textdomain_codeset("nucleo", "UTF-8");
	textdomain("nucleo");
}

int main(int argc, char **argv)
{
	struct cli cli;
	keep_standard_streams();
	set_language();
	cli_init(&cli);
	int status = cli_run(&cli, argc, argv);
	if (status == CLI_OPEN_SCREEN)
		status = app_run(&cli);
	cli_release(&cli);
	return status;
}
