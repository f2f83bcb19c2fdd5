/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_parts.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/base/i18n.h"

/* More than that, without a sign, for what is done once. */
enum { RESTORE_MS = 60000 };

bool share_backup(struct share *share, const char *path)
{
	struct channel_message request = {.kind = WORKER_BACKUP, .serial = ++share->serial};
	channel_set_text(&request, path);
	return channel_send(&share->channel, &request);
}

static bool has_restored(const struct share *share)
{
	return share->is_restored;
}

/* However long: who has agreed to it wants to know how it ended, and no time is too long for it. */
static enum rc ask_restore(struct share *share, const char *name, struct error *err)
{
	struct channel_message request = {.kind = WORKER_RESTORE};
	struct strbuf text;
	const char *actor = share->options.store.actor ? share->options.store.actor : "";
	strbuf_init(&text);
	strbuf_addf(&text, "%.*s\n%s\n%s", (int)strcspn(actor, "\n"), actor, name,
		    share->place.called);
	channel_set_text(&request, text.data);
	strbuf_release(&text);
	share->is_restored = false;
	if (!channel_send(&share->channel, &request) ||
	    !share_wait_until(share, has_restored, share->options.wait_ms + RESTORE_MS))
		return error_set(err, RC_BUSY,
				 _("el disco no responde, y no se sabe si la base se restauró: "
				   "mire qué dice «nucleo history» más tarde"));
	return share->restored.code == RC_OK
		       ? RC_OK
		       : error_set(err, (enum rc)share->restored.code, "%s", share->restored.text);
}

enum rc share_restore(struct share *share, const struct share_options *options, const char *name,
		      struct share_restored *restored, struct error *err)
{
	share->options = *options;
	share_place_release(&share->place);
	share_place_init(&share->place, options->store.path);
	enum rc rc = ask_restore(share, name, err);
	if (rc != RC_OK)
		return rc;
	share->has_committed = true; /* there is something to be published at the end */
	share->is_away = share->is_other_log = false;
	rc = share_open_current(share, err);
	if (rc != RC_OK)
		return rc;
	if (!options->on_screen && !share_sync(share, options->wait_ms))
		share->is_away = true;
	restored->store = share->store;
	snprintf(restored->stamp, sizeof(restored->stamp), "%.*s",
		 (int)sizeof(restored->stamp) - 1, share->restored.text);
	return RC_OK;
}
