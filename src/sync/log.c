/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/sync/log.h"

#include <inttypes.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/sync/log_parts.h"

struct log_head log_head_none(void)
{
	struct log_head head = {0};
	memset(head.hash.hex, '0', sizeof(head.hash.hex) - 1);
	return head;
}

void log_add_folder(struct strbuf *out, int64_t number)
{
	strbuf_addf(out, "%05" PRId64, number / LOG_FOLDER_SIZE);
}

static void add_name(struct strbuf *out, int64_t number)
{
	log_add_folder(out, number);
	strbuf_addf(out, "/%012" PRId64 ".json", number);
}

static enum log_result damaged(const char *name, struct error *err)
{
	error_set(err, RC_IO,
		  _("el archivo «%s» del disco compartido está dañado o no es de nucleo; "
		    "no lo borre: recupérelo de un respaldo"),
		  name);
	return LOG_DAMAGED;
}

static enum log_result forked(int64_t number, struct error *err)
{
	error_set(err, RC_CONFLICT,
		  _("la operación %lld del disco compartido no es la que esta máquina conoce"),
		  (long long)number);
	return LOG_FORKED;
}

static enum log_result gone(int64_t number, struct error *err)
{
	error_set(err, RC_NOT_FOUND, _("el disco compartido perdió la operación %lld"),
		  (long long)number);
	return LOG_GONE;
}

enum log_result log_read_operation(struct drive *drive, int64_t number, struct strbuf *bytes,
				   struct framed *framed, struct error *err)
{
	struct strbuf name;
	enum log_result result = LOG_DONE;
	strbuf_init(&name);
	add_name(&name, number);
	strbuf_reset(bytes);
	switch (drive->ops->read(drive, name.data, FRAME_LIMIT + 1, bytes, err)) {
	case DRIVE_DONE:
		if (!frame_read(framed, number, bytes->data, bytes->length))
			result = damaged(name.data, err);
		break;
	case DRIVE_ABSENT:
		result = LOG_LOST;
		break;
	default:
		result = LOG_UNKNOWN;
	}
	strbuf_release(&name);
	return result;
}

static enum drive_result vanished(struct error *err)
{
	error_set(err, RC_BUSY, _("el disco no está conectado"));
	return DRIVE_UNKNOWN;
}

/* A folder just made is as invisible as a file is. Where there is nothing at all of a log that is
 * known to have operations, it has lost none: the drive is not mounted. */
static enum log_result refresh(struct drive *drive, int64_t number, bool is_known,
			       struct error *err)
{
	struct strbuf folder;
	strbuf_init(&folder);
	log_add_folder(&folder, number);
	enum drive_result result = drive->ops->refresh(drive, folder.data, err);
	if (result == DRIVE_ABSENT)
		result = drive->ops->refresh(drive, "", err);
	if (result == DRIVE_ABSENT && is_known)
		result = vanished(err);
	strbuf_release(&folder);
	return result == DRIVE_UNKNOWN ? LOG_UNKNOWN : LOG_DONE;
}

/* It was not there; whether that says anything depends on what is there after. */
static enum log_result missing(struct drive *drive, int64_t number, struct error *err)
{
	enum log_result result = refresh(drive, number, true, err);
	return result == LOG_DONE ? gone(number, err) : result;
}

enum log_result log_check_head(struct drive *drive, const struct log_head *head, struct error *err)
{
	struct strbuf bytes;
	struct framed framed;
	if (!head->number)
		return LOG_DONE;
	strbuf_init(&bytes);
	enum log_result result = log_read_operation(drive, head->number, &bytes, &framed, err);
	/* That it is gone is believed only of what the server says now. */
	if (result == LOG_LOST) {
		result = refresh(drive, head->number, true, err);
		if (result == LOG_DONE)
			result = log_read_operation(drive, head->number, &bytes, &framed, err);
	}
	if (result == LOG_LOST)
		result = missing(drive, head->number, err);
	else if (result == LOG_DONE && strcmp(framed.hash.hex, head->hash.hex) != 0)
		result = forked(head->number, err);
	strbuf_release(&bytes);
	return result;
}

static enum log_result claim(struct drive *drive, int64_t number, const char *text, size_t length,
			     struct error *err)
{
	static const enum log_result meaning[] = {
		[DRIVE_DONE] = LOG_DONE,
		[DRIVE_ABSENT] = LOG_UNKNOWN,
		[DRIVE_TAKEN] = LOG_LOST,
		[DRIVE_UNKNOWN] = LOG_UNKNOWN,
	};
	struct strbuf name, bytes;
	strbuf_init(&name);
	strbuf_init(&bytes);
	add_name(&name, number);
	frame_add(&bytes, number, text, length);
	enum drive_result result = drive_claim(drive, name.data, bytes.data, bytes.length, err);
	strbuf_release(&bytes);
	strbuf_release(&name);
	return meaning[result];
}

/* Whether somebody has the number, now: a machine that asked too early goes on seeing none. */
static enum log_result look_anew(struct drive *drive, int64_t number, struct error *err)
{
	struct strbuf bytes;
	struct framed framed;
	strbuf_init(&bytes);
	enum log_result result = refresh(drive, number, number > 1, err);
	if (result == LOG_DONE)
		result = log_read_operation(drive, number, &bytes, &framed, err);
	strbuf_release(&bytes);
	return result;
}

/* A server that lost an operation in a power cut may since have been given the one after it, by a
 * call that was under way. Into such a gap goes only what belongs there: another operation would
 * leave the later ones without their parent for ever. */
static enum log_result check_next(struct drive *drive, int64_t number, const struct digest *hash,
				  struct error *err)
{
	struct strbuf bytes;
	struct framed next;
	strbuf_init(&bytes);
	enum log_result result = log_read_operation(drive, number + 1, &bytes, &next, err);
	if (result == LOG_LOST) {
		result = LOG_DONE;
	} else if (result == LOG_DONE && strcmp(next.start.parent.hex, hash->hex) != 0) {
		result = look_anew(drive, number, err);
		if (result == LOG_LOST)
			result = missing(drive, number, err);
		else if (result == LOG_DONE)
			result = LOG_LOST;
	}
	strbuf_release(&bytes);
	return result;
}

/* The head is looked for first: on a drive that lost it, one more operation would leave a gap
 * that no other machine gets over. */
enum log_result log_append(struct drive *drive, const struct log_head *head, const char *text,
			   size_t length, struct error *err)
{
	struct operation_start start;
	if (length > LOG_TEXT_LIMIT || !operation_start_read(&start, text, length) ||
	    strcmp(start.parent.hex, head->hash.hex) != 0) {
		error_set(err, RC_INVALID, _("el texto no es de una operación que siga a la %lld"),
			  (long long)head->number);
		return LOG_INVALID;
	}
	struct digest hash = digest_of(text, length);
	enum log_result result = log_check_head(drive, head, err);
	if (result == LOG_DONE)
		result = check_next(drive, head->number + 1, &hash, err);
	return result == LOG_DONE ? claim(drive, head->number + 1, text, length, err) : result;
}

static enum log_result receive_one(struct log_head *head, const struct framed *framed,
				   log_receive *receive, void *context, struct error *err)
{
	struct log_operation operation = {
		.at = {.number = head->number + 1, .hash = framed->hash},
		.id = framed->start.id,
		.text = framed->text,
		.length = framed->length,
	};
	if (strcmp(framed->start.parent.hex, head->hash.hex) != 0)
		return forked(head->number, err);
	if (receive(context, &operation, err) != RC_OK)
		return LOG_STOPPED;
	*head = operation.at;
	return LOG_DONE;
}

enum log_result log_pull(struct drive *drive, struct log_head *head, log_receive *receive,
			 void *context, struct error *err)
{
	struct strbuf bytes;
	struct framed framed;
	strbuf_init(&bytes);
	enum log_result result = refresh(drive, head->number + 1, head->number > 0, err);
	while (result == LOG_DONE) {
		/* The first of a folder: the folder may be as new as the file. */
		if ((head->number + 1) % LOG_FOLDER_SIZE == 0)
			result = refresh(drive, head->number + 1, true, err);
		if (result == LOG_DONE)
			result = log_read_operation(drive, head->number + 1, &bytes, &framed, err);
		if (result == LOG_DONE)
			result = receive_one(head, &framed, receive, context, err);
	}
	strbuf_release(&bytes);
	return result == LOG_LOST ? LOG_DONE : result;
}
