/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * generate FILE [--commitments N] [--followups N] [--meetings N] [--seed S]
 * makes a database of a made-up group; generate --actas FOLDER [--meetings N]
 * writes the actas of its meetings as text files.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/group.h"
#include "nucleo/base/memory.h"

enum { COUNT_MAX = 10000000 };

struct wish {
	struct group_sizes sizes;
	const char *actas;
};

static int usage(void)
{
	fputs("usage: generate FILE [--commitments N] [--followups N] [--meetings N] [--seed S]\n"
	      "       generate --actas FOLDER [--meetings N] [--seed S]\n",
	      stderr);
	return 2;
}

static bool read_count(const char *text, int *count)
{
	char *end;
	errno = 0;
	long value = strtol(text, &end, 10);
	if (errno || *end || end == text || value < 0 || value > COUNT_MAX)
		return false;
	*count = (int)value;
	return true;
}

static bool take_option(struct wish *wish, int option, const char *text)
{
	int seed;
	switch (option) {
	case 'c':
		return read_count(text, &wish->sizes.commitments);
	case 'f':
		return read_count(text, &wish->sizes.followups);
	case 'm':
		return read_count(text, &wish->sizes.meetings);
	case 's':
		if (!read_count(text, &seed))
			return false;
		wish->sizes.seed = (uint64_t)seed;
		return true;
	case 'a':
		wish->actas = text;
		return true;
	default:
		return false;
	}
}

static enum rc write_acta(const char *folder, struct dice *dice, int number, int meetings,
			  struct error *err)
{
	struct strbuf path, text;
	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "%s/", folder);
	group_add_meeting_number(&path, number, meetings);
	strbuf_adds(&path, ".txt");
	group_add_acta(&text, dice, number, meetings);
	FILE *file = fopen(path.data, "w");
	bool is_written = file && fputs(text.data, file) >= 0;
	if (file && fclose(file) != 0)
		is_written = false;
	enum rc rc = is_written ? RC_OK
				: error_set(err, RC_IO, "%s: %s", path.data, strerror(errno));
	strbuf_release(&text);
	strbuf_release(&path);
	return rc;
}

static enum rc make_actas(const struct wish *wish, struct error *err)
{
	struct dice dice = {wish->sizes.seed};
	enum rc rc = RC_OK;
	for (int i = 0; i < wish->sizes.meetings && rc == RC_OK; i++)
		rc = write_acta(wish->actas, &dice, i, wish->sizes.meetings, err);
	return rc;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {{"commitments", required_argument, NULL, 'c'},
						{"followups", required_argument, NULL, 'f'},
						{"meetings", required_argument, NULL, 'm'},
						{"seed", required_argument, NULL, 's'},
						{"actas", required_argument, NULL, 'a'},
						{0}};
	struct wish wish = {.sizes = {.commitments = 5000,
				     .meetings = 1000,
				     .followups = 100000,
				     .plan_size = 25,
				     .seed = 1}};
	struct error err;
	setlocale(LC_CTYPE, "C.UTF-8");
	for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;)
		if (!take_option(&wish, option, optarg))
			return usage();
	if ((argc - optind == 1) == (wish.actas != NULL) ||
	    (wish.sizes.followups && !wish.sizes.meetings))
		return usage();
	enum rc rc = wish.actas ? make_actas(&wish, &err)
				: group_make(argv[optind], &wish.sizes, &err);
	if (rc != RC_OK)
		fprintf(stderr, "generate: %s\n", err.text);
	return rc_exit_status(rc);
}
