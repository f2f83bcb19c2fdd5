/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/backup.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/daily_backup.h"
#include "nucleo/store/pending.h"
#include "nucleo/store/replica.h"
#include "nucleo/store/worker_parts.h"

/* What is kept of a failure, so that it is told once a day and not at each start. */
#define FAILED "backup_failed"

static void tell_failure(struct worker *worker, day_number today, const char *reason)
{
	struct strbuf date, told, notice;
	strbuf_init(&date);
	strbuf_init(&told);
	strbuf_init(&notice);
	date_add_iso(&date, today);
	if (replica_recall(worker->replica, FAILED, &told, NULL) == RC_OK &&
	    strcmp(told.data, date.data) != 0 &&
	    replica_remember(worker->replica, FAILED, date.data, NULL) == RC_OK) {
		strbuf_addf(&notice, _("hoy no se pudo hacer el respaldo diario: %s"), reason);
		worker_keep_notice(worker, &notice);
	}
	strbuf_release(&notice);
	strbuf_release(&told);
	strbuf_release(&date);
}

void worker_back_up(struct worker *worker)
{
	struct error err = {.code = RC_OK};
	bool is_made = false;
	day_number today = clock_today();
	/* Of a replica that was removed nothing is kept: its folder would be made again. */
	if (worker->backed_up == today || worker->is_alone || store_has_moved(worker->replica))
		return;
	worker->backed_up = today;
	if (daily_backup_make(worker->replica, &worker->place, today, &is_made, &err) != RC_OK)
		tell_failure(worker, today, err.text);
}

/* How old it may be is said with it: the drive may be away. */
void worker_back_up_to(struct worker *worker, const char *path, enum share_condition condition)
{
	struct error err;
	struct strbuf text;
	struct backup_report report;
	enum rc rc = backup_write(worker->replica, path, false, &report, &err);
	strbuf_init(&text);
	if (rc != RC_OK)
		strbuf_adds(&text, err.text);
	else
		strbuf_addf(&text,
			    condition == SHARE_FINE || condition == SHARE_READ_ONLY
				    ? _("Respaldo hecho y comprobado: %s")
				    : _("Respaldo hecho, de lo que hay en esta máquina sin el "
					"disco: %s"),
			    path);
	worker_send(worker, WORKER_NOTICE, 0, 0, text.data);
	strbuf_release(&text);
}

/* Reading is no reason for one. */
bool worker_has_written(const struct worker *worker)
{
	struct pending_counts counts = {0};
	return worker->has_published || worker->is_unpublished || worker->flags & WORKER_SCREEN ||
	       (pending_count(worker->replica, &counts, NULL) == RC_OK && counts.waiting);
}
