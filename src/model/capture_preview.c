/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"

/*
 * What is said first survives a narrow screen: what it is, whose, by when, and what is
 * wrong with it.
 */
enum { SHOWN_MAX = 4 };

/* "AME, FCD y CNE", not more than a few: "AME, FCD, CNE y 5 más". */
static void add_list(struct strbuf *out, const char *lines)
{
	size_t count = 0, index = 0;
	for (const char *at = lines; *at; at++)
		count += *at == '\n';
	count++;
	for (const char *at = lines; *at && index < SHOWN_MAX; at += *at == '\n') {
		size_t length = strcspn(at, "\n");
		const char *joint = index + 1 == count ? _(" y ") : ", ";
		strbuf_adds(out, index ? joint : "");
		strbuf_add(out, at, length);
		at += length;
		index++;
	}
	if (count > index)
		strbuf_addf(out, _(" y %d más"), (int)(count - index));
}

static void add_kind(const struct capture *capture, struct strbuf *out)
{
	if (capture->kind == ENTRY_DECISION)
		strbuf_addf(out, _("decisión: %s"),
			    enum_label(&decision_kind_names, capture->decision_kind));
	else if (capture->has_followup)
		strbuf_adds(out, capture->kind == ENTRY_REQUEST ? _("pedido") : _("acción"));
	else
		strbuf_adds(out, enum_label(&entry_kind_names, capture->kind));
	if (capture->is_private)
		strbuf_adds(out, _(" privada"));
	if (capture->is_doubt)
		strbuf_adds(out, _(" (duda)"));
}

static void add_responsible(const struct capture *capture, struct strbuf *out)
{
	if (!capture->has_followup)
		return;
	if (!*capture->responsible) {
		strbuf_adds(out, _(" · sin responsable"));
		return;
	}
	strbuf_adds(out, capture->kind == ENTRY_UNDERTAKING ? _(" de ") : _(" · a cargo de "));
	add_list(out, capture->responsible);
}

static void add_due(const struct capture *capture, struct strbuf *out)
{
	struct strbuf date;
	if (!capture->due_text)
		return;
	strbuf_init(&date);
	date_add_local(&date, capture->due);
	if (!date.length)
		strbuf_addf(out, _(" · plazo «%s», sin fecha"), capture->due_text);
	else if (strcmp(date.data, capture->due_text) == 0)
		strbuf_addf(out, _(" · vence %s"), date.data);
	else
		strbuf_addf(out, _(" · vence %s (%s)"), date.data, capture->due_text);
	if (capture->due_is_past)
		strbuf_adds(out, _(", antes de la reunión"));
	strbuf_release(&date);
}

static void add_problem(const struct capture *capture, struct strbuf *out)
{
	for (size_t i = 0; i < capture->tokens.count; i++)
		if (capture->tokens.items[i].problem) {
			strbuf_addf(out, " · %s", capture->tokens.items[i].problem);
			return;
		}
	if (!*capture->text)
		strbuf_adds(out, _(" · falta decir qué"));
}

static void add_percent(struct strbuf *out, size_t index, const char *code,
			percent_hundredths percent)
{
	strbuf_addf(out, "%s%s ", index ? ", " : " ", code);
	percent_add(out, percent);
	strbuf_adds(out, " %");
}

static void add_measurements(const struct capture *capture, struct strbuf *out)
{
	size_t count = capture->measurements.count;
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++) {
		strbuf_adds(out, i ? "" : _(" · avance"));
		add_percent(out, i, capture->measurements.items[i].code,
			    capture->measurements.items[i].percent);
	}
	if (count > SHOWN_MAX)
		strbuf_addf(out, _(" y %d más"), (int)(count - SHOWN_MAX));
}

static void add_said(const struct capture *capture, struct strbuf *out)
{
	size_t count = capture->said.count;
	if (!count)
		return;
	strbuf_addf(out,
		    ngettext(" · %d avance por confirmar:", " · %d avances por confirmar:",
			     count),
		    (int)count);
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
		add_percent(out, i, capture->said.items[i].code, capture->said.items[i].percent);
	if (count > SHOWN_MAX)
		strbuf_addf(out, _(" y %d más"), (int)(count - SHOWN_MAX));
}

static void add_unknown(const struct capture *capture, struct strbuf *out)
{
	bool several = strchr(capture->unknown, '\n') != NULL;
	if (!*capture->unknown)
		return;
	strbuf_adds(out, " · ");
	add_list(out, capture->unknown);
	strbuf_adds(out, several ? _(": nuevas instituciones") : _(": nueva institución"));
}

void capture_add_preview(const struct capture *capture, struct strbuf *out)
{
	if (!*capture->text && !capture->tokens.count)
		return;
	add_kind(capture, out);
	add_responsible(capture, out);
	add_due(capture, out);
	add_problem(capture, out);
	if (capture->commitment)
		strbuf_addf(out, " · %s", capture->commitment);
	add_measurements(capture, out);
	add_said(capture, out);
	if (capture->speaker && strcmp(capture->speaker, capture->responsible) != 0)
		strbuf_addf(out, _(" · habla %s"), capture->speaker);
	add_unknown(capture, out);
}
