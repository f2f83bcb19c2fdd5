/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_RETURN_WORDS_H
#define NUCLEO_EXCHANGE_RETURN_WORDS_H

#include "nucleo/base/json.h"
#include "nucleo/store/return_report.h"

/** What happened when the drive came back, as one sentence; nothing when there is no report. */
void return_add_sentence(struct strbuf *out, const struct return_report *report);
/** {"since", "published", "received", "by", "merged": [...], "parked"}, or null. */
void return_add_json(struct json_writer *json, const struct return_report *report);

#endif
