/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person saw in a field that others have changed since. */
#include <stdlib.h>

#include "nucleo/exchange/record_edit_parts.h"

/* Reads a field as if `text` were written in it. */
static enum rc read_as(struct record_edit *edit, size_t i, const char *text,
		       struct record_written *written, struct error *err)
{
	struct record_slot *slot = &edit->slots[i];
	char *mine = slot->text;
	record_written_init(written, edit);
	slot->text = mem_strdup(text);
	enum rc rc = record_read_field(written, i, err);
	free(slot->text);
	slot->text = mine;
	return rc;
}

/* The same, of what a field held once. It may have been meant within another plan than what others
 * wrote. What is none any more, as the code of a record that is gone, stays the text it was: that
 * is a value as well, other than theirs. */
static enum rc read_text(struct record_edit *edit, size_t i, const char *text,
			 struct record_written *written, struct error *err)
{
	const char *outer = edit->kind->fields[i].within;
	enum rc rc = read_as(edit, i, text, written, err);
	if (rc == RC_NOT_FOUND && outer) {
		size_t within = record_edit_index(edit, outer);
		char *theirs = edit->slots[within].text;
		edit->slots[within].text = mem_strdup("");
		record_written_release(written);
		rc = read_as(edit, i, text, written, err);
		free(edit->slots[within].text);
		edit->slots[within].text = theirs;
	}
	return rc == RC_IO ? rc : RC_OK;
}

static bool names(const struct record_written *written, size_t i, int64_t organization)
{
	for (size_t j = 0; j < written->parties.count; j++)
		if (written->parties.items[j].field == i &&
		    written->parties.items[j].organization == organization)
			return true;
	return false;
}

/* Rows that she neither saw nor writes are none of her business: they stay. */
static enum rc leave_parties(struct record_edit *edit, size_t i, const struct record_written *seen,
			     struct error *err)
{
	struct record_written mine;
	size_t kept = 0;
	char *text = mem_strdup(edit->slots[i].text);
	enum rc rc = read_text(edit, i, text, &mine, err);
	for (size_t j = 0; j < edit->parties.count && rc == RC_OK; j++) {
		const struct record_party party = edit->parties.items[j];
		if (party.field != i || names(seen, i, party.organization) ||
		    names(&mine, i, party.organization))
			edit->parties.items[kept++] = party;
	}
	if (rc == RC_OK)
		edit->parties.count = kept;
	record_written_release(&mine);
	free(text);
	return rc;
}

enum rc record_edit_set_seen(struct record_edit *edit, size_t i, const char *text,
			     struct error *err)
{
	struct record_slot *slot = &edit->slots[i];
	struct record_written seen;
	enum rc rc = read_text(edit, i, text, &seen, err);
	if (rc == RC_OK && edit->kind->fields[i].type == EDITABLE_PARTIES)
		rc = leave_parties(edit, i, &seen, err);
	if (rc == RC_OK) {
		free(slot->stored);
		free(slot->shown);
		slot->stored = seen.given[i];
		seen.given[i] = NULL;
		slot->shown = mem_strdup(text);
		slot->key = seen.keys[i];
		slot->is_seen = true;
	}
	record_written_release(&seen);
	return rc;
}
