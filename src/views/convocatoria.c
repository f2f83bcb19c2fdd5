/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/convocatoria.h"

#include <stdlib.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/exchange/export.h"
#include "nucleo/views/meeting_records.h"

/* How many names are looked at for one that is free. */
enum { NAMES_MAX = 100 };

static enum rc write_to(struct session *session, const char *path, struct error *err)
{
	enum export_format format;
	struct strbuf bytes;
	const struct export *what = export_named("convocatoria", err);
	if (!what)
		return RC_USAGE;
	enum rc rc = export_format_for(what, NULL, path, &format, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&bytes);
	rc = what->write(session_store(session), session->meeting, format, &bytes, err);
	if (rc == RC_OK)
		rc = file_deliver(path, &bytes, false, err);
	strbuf_release(&bytes);
	return rc;
}

static unsigned answered(struct view *view, struct ui *ui, const char *text)
{
	struct error err;
	unsigned consequences = UI_REDRAW;
	(void)view;
	if (!*text)
		return UI_REDRAW;
	char *path = file_expand_home(text);
	if (write_to(ui_context(ui), path, &err) == RC_OK) {
		ui_say(ui, ROLE_NOTICE, _("Convocatoria escrita en %s"), path);
	} else {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
		consequences |= UI_KEEP;
	}
	free(path);
	return consequences;
}

/* Owned: "convocatoria-AM-2024-01.txt" in the home, with a number where that is taken. What a
 * number of a meeting has that would lead to another folder is left out. */
static char *default_path(const struct meeting *meeting)
{
	const char *home = getenv("HOME");
	struct strbuf path, number;
	strbuf_init(&path);
	strbuf_init(&number);
	for (const char *at = meeting->number; *at; at++)
		strbuf_addch(&number, *at == '/' ? '-' : *at);
	for (int i = 1; i <= NAMES_MAX; i++) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/convocatoria-%s", home && *home ? home : ".",
			    number.data);
		strbuf_addf(&path, i > 1 ? "-%d.txt" : ".txt", i);
		if (access(path.data, F_OK) != 0)
			break;
	}
	strbuf_release(&number);
	return strbuf_detach(&path);
}

unsigned convocatoria_ask(struct session *session, struct ui *ui)
{
	struct record_set meetings;
	struct error err;
	enum rc rc = meeting_records_load_meeting(&meetings, session_store(session),
						  session->meeting, &err);
	unsigned consequences = UI_REDRAW;
	if (rc == RC_OK) {
		char *path = default_path(record_set_at(&meetings, 0));
		const struct ui_question question = {
			.label = _("Convocatoria en: "),
			.text = path,
			.answered = answered};
		consequences = ui_ask(ui, &question);
		free(path);
	} else {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	}
	record_set_release(&meetings);
	return consequences;
}
