/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/sync/log.h"
#include "nucleo/sync/log_parts.h"

enum {
	FOLDER_DIGITS = 5,
	NUMBER_DIGITS = 12,
	FOLDERS_MOST = 8, /* empty ones that are passed over */
};

/* The number a name begins with, of exactly so many digits; -1: none. */
static int64_t number_in(const char *name, size_t digits, const char *end)
{
	if (strspn(name, "0123456789") != digits || strcmp(name + digits, end) != 0)
		return -1;
	return strtoll(name, NULL, 10);
}

/* The highest in a listing that is below `below`; -1: none. */
static int64_t highest_below(const drive_names *names, int64_t below, size_t digits,
			     const char *end)
{
	int64_t highest = -1;
	for (size_t i = 0; i < names->count; i++) {
		int64_t number = number_in(names->items[i], digits, end);
		if (number > highest && number < below)
			highest = number;
	}
	return highest;
}

static enum drive_result highest_in_folder(struct drive *drive, int64_t folder, int64_t *highest,
					   struct error *err)
{
	drive_names names = {0};
	struct strbuf name;
	strbuf_init(&name);
	log_add_folder(&name, folder * LOG_FOLDER_SIZE);
	enum drive_result result = drive->ops->list(drive, name.data, &names, err);
	*highest = highest_below(&names, INT64_MAX, NUMBER_DIGITS, ".json");
	strbuf_release(&name);
	drive_names_release(&names);
	return result;
}

/* A folder may have been made for an operation that then did not come. */
static enum log_result find_highest(struct drive *drive, int64_t *highest, struct error *err)
{
	drive_names folders = {0};
	int64_t folder = INT64_MAX, number = -1;
	enum drive_result result = drive->ops->list(drive, "", &folders, err);
	for (int i = 0; i < FOLDERS_MOST && result != DRIVE_UNKNOWN && number < 0; i++) {
		folder = highest_below(&folders, folder, FOLDER_DIGITS, "");
		if (folder < 0)
			break;
		result = highest_in_folder(drive, folder, &number, err);
	}
	drive_names_release(&folders);
	*highest = number < 0 ? 0 : number;
	return result == DRIVE_UNKNOWN ? LOG_UNKNOWN : LOG_DONE;
}

/* The parent of the first one that is looked at. */
static enum log_result take_parent(struct drive *drive, int64_t number, struct log_head *parent,
				   struct error *err)
{
	struct strbuf bytes;
	struct framed framed;
	*parent = log_head_none();
	if (!number)
		return LOG_DONE;
	strbuf_init(&bytes);
	enum log_result result = log_read_operation(drive, number, &bytes, &framed, err);
	if (result == LOG_DONE)
		*parent = (struct log_head){.number = number, .hash = framed.hash};
	strbuf_release(&bytes);
	return result;
}

/* Nothing is kept of it: that it follows has been checked. */
static enum rc pass(void *context, const struct log_operation *operation, struct error *err)
{
	(void)operation;
	(void)err;
	drive_moved(context);
	return RC_OK;
}

/* What lies where the first one should be says nothing of the others when it is not there: then
 * all of them are looked at. */
static enum log_result begin_at(struct drive *drive, int64_t before, struct log_audit *audit,
				struct error *err)
{
	enum log_result result = take_parent(drive, before, &audit->last, err);
	audit->first = before + 1;
	if (result == LOG_DAMAGED) {
		audit->first = before;
		audit->last.number = before - 1;
	}
	if (result != LOG_LOST)
		return result;
	audit->last = log_head_none();
	audit->first = 1;
	return LOG_DONE;
}

enum log_result log_look_through(struct drive *drive, int64_t count, struct log_audit *audit,
				 struct error *err)
{
	struct log_audit found = {.last = log_head_none()};
	enum log_result result = find_highest(drive, &found.highest, err);
	if (result == LOG_DONE)
		result = begin_at(drive, count && found.highest > count ? found.highest - count : 0,
				  &found, err);
	if (result == LOG_DONE)
		result = log_pull(drive, &found.last, pass, drive, err);
	if (result != LOG_UNKNOWN)
		*audit = found;
	return result;
}
