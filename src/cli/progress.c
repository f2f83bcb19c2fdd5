/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/cli/cli.h"

enum { BAR_COLUMNS = 12, BAR_LEAST = 4, NAME_LEAST = 12, WIDE = 60 };

void cli_progress_init(struct cli_progress *progress, size_t total)
{
	*progress = (struct cli_progress){
		.is_wanted = total > 1 && isatty(STDERR_FILENO),
		.total = total,
		/* In the last column the cursor would wrap on some terminals. */
		.columns = cli_columns_of(STDERR_FILENO) - 1,
	};
}

static void add_bar(struct strbuf *out, const struct cli_progress *progress, size_t done)
{
	size_t columns = progress->columns + 1 < WIDE ? BAR_LEAST : BAR_COLUMNS;
	size_t full = done * columns / progress->total;
	for (size_t i = 0; i < columns; i++)
		strbuf_adds(out, i < full ? "█" : "·");
}

/* The bar and the name give way first; where even a short one has no room, the hint does. */
void cli_progress_add(struct strbuf *out, const struct cli_progress *progress, size_t done,
		      const char *path)
{
	const char *slash = strrchr(path, '/'), *hint = _(" · Ctrl-C detiene");
	struct strbuf line;
	strbuf_init(&line);
	add_bar(&line, progress, done);
	strbuf_addf(&line, " %zu/%zu ", done + 1, progress->total);
	int room = progress->columns - utf8_width(line.data) - utf8_width(hint);
	if (room < NAME_LEAST) {
		room += utf8_width(hint);
		hint = "";
	}
	utf8_fit(&line, slash ? slash + 1 : path, room);
	strbuf_adds(&line, hint);
	utf8_fit(out, line.data, progress->columns);
	strbuf_release(&line);
}

/* Blanks, not an escape: it works on every terminal. */
void cli_progress_hide(struct cli_progress *progress)
{
	if (progress->is_shown)
		fprintf(stderr, "\r%*s\r", progress->columns, "");
	progress->is_shown = false;
}

void cli_progress_show(struct cli_progress *progress, size_t done, const char *path)
{
	struct strbuf line;
	if (!progress->is_wanted)
		return;
	cli_progress_hide(progress);
	strbuf_init(&line);
	cli_progress_add(&line, progress, done, path);
	fputs(line.data, stderr);
	fflush(stderr);
	strbuf_release(&line);
	progress->is_shown = true;
}
