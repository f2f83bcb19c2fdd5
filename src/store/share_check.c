/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_parts.h"

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"

/* ---- how it is */

void share_check(struct share *share, bool is_full)
{
	struct channel_message request = {.kind = WORKER_CHECK, .code = is_full};
	request.serial = ++share->check;
	health_findings_release(&share->findings);
	if (!channel_send(&share->channel, &request))
		share_take_all(share);
}

static bool has_checked(const struct share *share)
{
	return share->checked >= share->check;
}

const health_findings *share_findings(struct share *share, bool *is_done)
{
	*is_done = has_checked(share);
	if (!*is_done && (share->is_away || share_is_stuck(share) || share->channel.fd < 0))
		health_judge_away(&share->findings, _("el disco no responde"));
	return &share->findings;
}

void share_wait_for_check(struct share *share, int wait_ms)
{
	if (!share->is_away && !share_wait_until(share, has_checked, wait_ms))
		share->is_away = true;
}

static bool has_repaired(const struct share *share)
{
	return !share->is_repairing;
}

bool share_is_repairing(const struct share *share)
{
	return share->is_repairing;
}

enum rc share_repair(struct share *share, int wait_ms, struct error *err)
{
	const struct channel_message request = {.kind = WORKER_REPAIR};
	share->is_repairing = true;
	if (!channel_send(&share->channel, &request) ||
	    !share_wait_until(share, has_repaired, wait_ms))
		return error_set(err, RC_BUSY,
				 _("el disco no responde: la copia de esta máquina se hace de "
				   "nuevo cuando responda"));
	return share->repaired.code == RC_OK
		       ? RC_OK
		       : error_set(err, (enum rc)share->repaired.code, "%s", share->repaired.text);
}
