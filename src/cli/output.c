/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

enum { DRAIN_BYTES = 32 * 1024, COLUMNS_DEFAULT = 80, COLUMNS_LEAST = 20 };

/* Writes everything; EINTR is no failure. */
static enum rc write_all(struct cli *cli, struct error *err)
{
	size_t done = 0;
	while (done < cli->out.length) {
		ssize_t wrote =
			write(STDOUT_FILENO, cli->out.data + done, cli->out.length - done);
		if (wrote >= 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			break;
	}
	bool is_done = done == cli->out.length;
	strbuf_reset(&cli->out);
	if (is_done)
		return RC_OK;
	cli->out_is_closed = true;
	if (errno == EPIPE)
		return RC_OK;
	return error_set(err, RC_IO, _("no se pudo escribir la salida: %s"), strerror(errno));
}

enum rc cli_flush(struct cli *cli, struct error *err)
{
	if (cli->out_is_closed) {
		strbuf_reset(&cli->out);
		return RC_OK;
	}
	return write_all(cli, err);
}

enum rc cli_drain(struct cli *cli, struct error *err)
{
	return cli->out.length >= DRAIN_BYTES ? cli_flush(cli, err) : RC_OK;
}

/* Line ends stay; whatever else could move the cursor goes. */
void cli_notice(const char *text)
{
	struct strbuf clean;
	strbuf_init(&clean);
	while (*text) {
		if (*text == '\n')
			strbuf_addch(&clean, *text++);
		else
			utf8_next_grapheme(&text, &clean);
	}
	fprintf(stderr, "nucleo: %s\n", clean.data);
	strbuf_release(&clean);
}

int cli_columns_of(int fd)
{
	struct winsize size;
	if (ioctl(fd, TIOCGWINSZ, &size) != 0 || !size.ws_col)
		return COLUMNS_DEFAULT;
	return size.ws_col < COLUMNS_LEAST ? COLUMNS_LEAST : size.ws_col;
}

int cli_columns(void)
{
	return cli_columns_of(STDOUT_FILENO);
}
