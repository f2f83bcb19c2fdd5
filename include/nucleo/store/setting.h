/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SETTING_H
#define NUCLEO_STORE_SETTING_H

#include <stdbool.h>

#include "nucleo/model/quorum.h"
#include "nucleo/model/settings.h"
#include "nucleo/store/operation.h"

/** What the group settled (see model/settings.h), as it is stored. */

/** Replaces `out` by the value, or by the default; `is_default` (may be NULL) says which. */
enum rc setting_load(struct store *store, enum setting_id id, struct strbuf *out, bool *is_default,
		     struct error *err) ATTR_NODISCARD;

/**
 * Adds to `operation` (empty until then) the edit that makes it what a person wrote, from what is
 * stored now, with words for the history; it stays empty when nothing changes. An empty text brings
 * back the default. RC_INVALID as setting_read().
 */
enum rc setting_change(struct store *store, enum setting_id id, const char *text,
		       struct operation *operation, struct error *err) ATTR_NODISCARD;

/** The rule of quorum. One that cannot be read, written by another version, is none. */
enum rc setting_load_quorum(struct store *store, struct quorum_rule *rule, struct error *err)
	ATTR_NODISCARD;
/** The rule votes are judged by, an enum vote_rule; ENUM_NONE: the group decides by consensus. */
enum rc setting_load_vote_rule(struct store *store, int *rule, struct error *err) ATTR_NODISCARD;
/** After how many meetings without movement a commitment is proposed for the agenda. */
enum rc setting_load_stuck_meetings(struct store *store, int *meetings, struct error *err)
	ATTR_NODISCARD;

#endif
