/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "nucleo/ui/term_output.h"

#include <sys/mman.h>
#include <unistd.h>

#include "nucleo/ui/term_bytes.h"

bool term_output_open(struct term_output *output)
{
	int out = dup(STDOUT_FILENO);
	strbuf_init(&output->bytes);
	strbuf_init(&output->sent);
	output->frame = memfd_create("frame", MFD_CLOEXEC);
	output->file = out < 0 ? NULL : fdopen(out, "w");
	return output->file != NULL;
}

void term_output_close(struct term_output *output)
{
	if (output->file)
		fclose(output->file);
	if (output->frame >= 0)
		close(output->frame);
	strbuf_release(&output->bytes);
	strbuf_release(&output->sent);
}

void term_output_write(const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);
		if (written < 0)
			return;
		bytes += written;
		length -= (size_t)written;
	}
}

bool term_output_catch(struct term_output *output)
{
	return output->frame >= 0 && dup2(output->frame, fileno(output->file)) >= 0;
}

void term_output_send(struct term_output *output)
{
	char block[4096];
	dup2(STDOUT_FILENO, fileno(output->file));
	off_t length = lseek(output->frame, 0, SEEK_CUR);
	strbuf_reset(&output->bytes);
	for (off_t at = 0; at < length;) {
		size_t rest = (size_t)(length - at);
		size_t wanted = rest < sizeof(block) ? rest : sizeof(block);
		ssize_t got = pread(output->frame, block, wanted, at);
		if (got <= 0)
			break;
		strbuf_add(&output->bytes, block, (size_t)got);
		at += got;
	}
	lseek(output->frame, 0, SEEK_SET);
	strbuf_reset(&output->sent);
	term_bytes_add(&output->sent, output->bytes.data, output->bytes.length);
	term_output_write(output->sent.data, output->sent.length);
}
