/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/store/rescue.h"

/* Writes all of it, from the file that is open. */
static bool copy_bytes(int from, int to)
{
	char piece[65536];
	ssize_t got = 0;
	while ((got = read(from, piece, sizeof(piece))) > 0)
		if (write(to, piece, (size_t)got) != got)
			return false;
	return got == 0;
}

static bool copy_part(const char *path, const char *copy, const char *end)
{
	struct strbuf source, target;
	strbuf_init(&source);
	strbuf_init(&target);
	strbuf_addf(&source, "%s%s", path, end);
	strbuf_addf(&target, "%s%s", copy, end);
	int from = open(source.data, O_RDONLY | O_CLOEXEC);
	int to = from < 0 ? -1 : open(target.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool is_done = to >= 0 && copy_bytes(from, to);
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	strbuf_release(&target);
	strbuf_release(&source);
	return is_done;
}

/*
 * What stands at the beginning of each of our replicas, whatever they hold
 * (https://www.sqlite.org/fileformat.html): pages of 4096 bytes, WAL, and tables in UTF-8. Where
 * the counters are wrong SQLite goes by the length of the file.
 */
static bool put_header(const char *copy)
{
	static const char start[24] = "SQLite format 3\0\x10\0\2\2\0\100\40\40";
	static const char format[4] = {0, 0, 0, 4}, encoding[4] = {0, 0, 0, 1}, nothing[8] = {0};
	int fd = open(copy, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool is_done = pwrite(fd, start, sizeof(start), 0) == sizeof(start) &&
		       pwrite(fd, nothing, 8, 32) == 8 && /* no free pages: it is only read */
		       pwrite(fd, format, 4, 44) == 4 && pwrite(fd, nothing, 8, 48) == 8 &&
		       pwrite(fd, encoding, 4, 56) == 4 && pwrite(fd, nothing, 4, 64) == 4 &&
		       pwrite(fd, nothing, 4, 92) == 4;
	close(fd);
	return is_done;
}

bool rescue_copy_with_header(const char *path, const char *copy)
{
	(void)copy_part(path, copy, "-wal");
	return copy_part(path, copy, "") && put_header(copy);
}
