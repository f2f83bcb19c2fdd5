/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/sync/log.h"

#define FORMAT_NAME "FORMAT"
#define FORMAT_LIMIT 4096
#define FORMAT_START "{\"format\":\"nucleo log\",\"protocol\":"

/* The protocol is part of the text: another one is another program's. */
static void add_format(struct strbuf *out, const struct log_format *format)
{
	strbuf_addf(out, FORMAT_START "1,\"schema\":%d,\"uuid\":\"%s\"}\n", format->schema,
		    format->uuid.hex);
}

/* What the text says, or anything: it is written anew and compared. */
static struct log_format read_members(const char *text)
{
	static const char before_schema[] = FORMAT_START "1,\"schema\":";
	static const char before_uuid[] = "\"uuid\":\"";
	struct log_format read = {.schema = 0};
	if (strncmp(text, before_schema, strlen(before_schema)) == 0)
		read.schema = (int)strtol(text + strlen(before_schema), NULL, 10);
	const char *uuid = strstr(text, before_uuid);
	snprintf(read.uuid.hex, sizeof(read.uuid.hex), "%s",
		 uuid ? uuid + strlen(before_uuid) : "");
	return read;
}

static enum rc parse(const char *text, struct log_format *format, struct error *err)
{
	struct log_format read = read_members(text);
	struct strbuf again;
	if (strncmp(text, FORMAT_START, strlen(FORMAT_START)) == 0 &&
	    strncmp(text, FORMAT_START "1,", strlen(FORMAT_START "1,")) != 0)
		return error_set(err, RC_REFUSED,
				 _("el registro compartido es de un nucleo más nuevo; "
				   "actualice este"));
	strbuf_init(&again);
	add_format(&again, &read);
	bool is_valid = read.schema > 0 &&
			strspn(read.uuid.hex, "0123456789abcdef") == sizeof(read.uuid.hex) - 1 &&
			strcmp(again.data, text) == 0;
	strbuf_release(&again);
	if (!is_valid)
		return error_set(err, RC_INVALID,
				 _("el archivo «%s» del disco compartido está dañado o no es de "
				   "nucleo; recupérelo de un respaldo"),
				 FORMAT_NAME);
	*format = read;
	return RC_OK;
}

enum rc log_read_format(struct drive *drive, struct log_format *format, struct error *err)
{
	struct strbuf text;
	enum rc rc;
	strbuf_init(&text);
	switch (drive->ops->read(drive, FORMAT_NAME, FORMAT_LIMIT, &text, err)) {
	case DRIVE_DONE:
		rc = parse(text.data, format, err);
		break;
	case DRIVE_ABSENT:
		rc = error_set(err, RC_NOT_FOUND, _("aún no hay un registro compartido ahí"));
		break;
	default:
		rc = RC_BUSY;
	}
	strbuf_release(&text);
	return rc;
}

enum rc log_create_format(struct drive *drive, int schema, struct log_format *format,
			  struct error *err)
{
	struct strbuf text;
	const struct log_format made = {.uuid = random_id_new(), .schema = schema};
	enum rc rc = RC_OK;
	strbuf_init(&text);
	add_format(&text, &made);
	enum drive_result result = drive_claim(drive, FORMAT_NAME, text.data, text.length, err);
	if (result == DRIVE_DONE)
		*format = made;
	else
		rc = result == DRIVE_TAKEN ? log_read_format(drive, format, err) : RC_BUSY;
	strbuf_release(&text);
	return rc;
}
