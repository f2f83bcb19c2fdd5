/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/backups.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/backup.h"
#include "nucleo/store/daily_backup.h"

/* ---- to a file one names */

/* The demonstration is on a local disk, and nobody else looks after it. */
static unsigned back_up_demo(struct session *session, struct ui *ui, const char *path)
{
	struct backup_report report;
	struct error err;
	if (backup_write(session_store(session), path, false, &report, &err) != RC_OK) {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
		return UI_KEEP | UI_REDRAW;
	}
	ui_say(ui, ROLE_NOTICE, _("Respaldo hecho y comprobado: %s"), path);
	return UI_REDRAW;
}

/* The worker writes it, for the path may be on a drive that hangs; what came of it is news. */
static unsigned answered(struct view *view, struct ui *ui, const char *text)
{
	struct session *session = ui_context(ui);
	unsigned consequences = UI_REDRAW;
	(void)view;
	if (!*text)
		return UI_REDRAW;
	char *path = file_expand_home(text);
	if (!session->workplace.share)
		consequences = back_up_demo(session, ui, path);
	else if (share_backup(session->workplace.share, path))
		ui_say(ui, ROLE_DIM, "%s", _("Se está haciendo el respaldo."));
	else
		ui_say(ui, ROLE_ERROR, "%s",
		       _("No se pudo pedir el respaldo: vuelva a abrir nucleo."));
	free(path);
	return consequences;
}

/* "acta-2024-01-31.db" in the home. */
static char *default_path(const struct session *session)
{
	struct strbuf path;
	const char *home = getenv("HOME");
	const char *name = strrchr(store_path(session_store(session)), '/');
	name = name ? name + 1 : store_path(session_store(session));
	const char *dot = strrchr(name, '.');
	size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%.*s-", home && *home ? home : ".", (int)length, name);
	date_add_iso(&path, clock_today());
	strbuf_adds(&path, ".db");
	return strbuf_detach(&path);
}

unsigned backups_ask_path(struct session *session, struct ui *ui)
{
	char *path = default_path(session);
	const struct ui_question question = {
		.label = _("Respaldar en: "), .text = path, .answered = answered};
	unsigned consequences = ui_ask(ui, &question);
	free(path);
	return consequences;
}

/* ---- those of every day */

/* Restoring changes the database under everybody: it is done by a command, that shows first what
 * would be lost. */
static unsigned picked(struct view *view, struct ui *ui, int64_t day)
{
	struct strbuf date;
	(void)view;
	strbuf_init(&date);
	date_add_iso(&date, (day_number)day);
	ui_say(ui, ROLE_NOTICE,
	       _("Para ver qué se perdería y decidir, salga y ejecute: nucleo restore %s"),
	       date.data);
	strbuf_release(&date);
	return UI_REDRAW;
}

/* A line for each: day, operations, size. Owned. */
static char *describe(const struct daily_backup *backup)
{
	struct strbuf text;
	strbuf_init(&text);
	date_add_local(&text, backup->day);
	strbuf_addf(&text,
		    ngettext(" · %lld operación", " · %lld operaciones",
			     (unsigned long)backup->operations),
		    (long long)backup->operations);
	strbuf_adds(&text, " · ");
	file_add_size(&text, backup->bytes);
	return strbuf_detach(&text);
}

static unsigned pick(struct ui *ui, const daily_backups *backups)
{
	VECTOR(struct ui_choice) choices = {0};
	for (size_t i = 0; i < backups->count; i++)
		*vector_add(&choices) = (struct ui_choice){.text = describe(&backups->items[i]),
							   .id = backups->items[i].day};
	const struct ui_pick pick = {.label = _("Volver al respaldo del día: "),
				     .choices = choices.items,
				     .count = choices.count,
				     .picked = picked};
	unsigned consequences = ui_pick(ui, &pick);
	for (size_t i = 0; i < choices.count; i++)
		free((char *)(uintptr_t)choices.items[i].text);
	vector_release(&choices);
	return consequences;
}

unsigned backups_show(struct session *session, struct ui *ui)
{
	struct share_place place;
	daily_backups backups = {0};
	unsigned consequences = UI_REDRAW;
	share_place_init(&place, store_path(session_store(session)));
	daily_backups_read(&backups, &place);
	if (backups.count)
		consequences = pick(ui, &backups);
	else
		ui_say(ui, ROLE_NOTICE, "%s",
		       _("No hay respaldos diarios todavía; los hechos con «respaldar» se "
			 "recuperan con: nucleo restore ARCHIVO"));
	daily_backups_release(&backups);
	share_place_release(&place);
	return consequences;
}
