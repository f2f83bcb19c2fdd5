/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/convocatoria.h"
#include "nucleo/exchange/ics.h"

enum {
	DAY_SECONDS = 24 * 60 * 60,
	/* Mainland Ecuador keeps this time the whole year. In UTC no reader of calendars needs to
	 * know anything of it. */
	BEHIND_UTC_SECONDS = 5 * 60 * 60
};

/* What a reader of calendars can open. */
static bool is_address(const char *text)
{
	if (!text || (strncmp(text, "https://", 8) != 0 && strncmp(text, "http://", 7) != 0))
		return false;
	while (isgraph((unsigned char)*text) && (unsigned char)*text < 0x80)
		text++;
	return !*text;
}

/* Blanks of any kind as one space, no controls. */
static void add_plain(struct strbuf *out, const char *text)
{
	size_t start = out->length;
	utf8_add_clean(out, text, strlen(text));
	for (char *at = out->data + start; *at; at++)
		if (*at == '\n')
			*at = ' ';
}

static void add_location(struct strbuf *out, const struct meeting *meeting)
{
	if (meeting->place)
		add_plain(out, meeting->place);
	if (!meeting->virtual_place || is_address(meeting->virtual_place))
		return;
	strbuf_adds(out, out->length ? "; " : "");
	add_plain(out, meeting->virtual_place);
}

/* Where the end is not said, the agenda tells how long it takes. */
static void set_times(struct ics_event *event, const struct convocatoria *notice)
{
	const struct meeting *meeting = convocatoria_meeting(notice);
	int64_t midnight = (int64_t)meeting->date * DAY_SECONDS;
	int64_t minutes = convocatoria_length(meeting);
	event->is_whole_day = meeting->starts == DAY_MINUTE_NONE;
	if (event->is_whole_day) {
		event->starts = midnight;
		event->ends = midnight + DAY_SECONDS;
		return;
	}
	if (meeting->ends == DAY_MINUTE_NONE)
		minutes = notice->minutes;
	event->starts = midnight + (int64_t)meeting->starts * 60 + BEHIND_UTC_SECONDS;
	event->ends = event->starts + minutes * 60;
}

enum rc convocatoria_add_event(struct strbuf *out, const struct convocatoria *notice, int64_t now,
			       struct error *err)
{
	const struct meeting *meeting = convocatoria_meeting(notice);
	struct strbuf uid, summary, location, description;
	struct ics_event event = {
		.product = "-//nucleo//nucleo " PACKAGE_VERSION "//ES",
		.is_tentative = meeting->status == MEETING_DRAFT,
		.stamp = now,
		/* Readers keep what they have unless this grew; minutes fit for long. */
		.sequence = (int)(now / 60 % INT_MAX),
	};
	strbuf_init(&uid);
	strbuf_init(&summary);
	strbuf_init(&location);
	strbuf_init(&description);
	strbuf_addf(&uid, "reunion-%lld@nucleo.invalid", (long long)meeting->key);
	strbuf_adds(&summary, "Reunión ");
	add_plain(&summary, meeting->number);
	add_location(&location, meeting);
	convocatoria_add_paper(&description, notice, PAPER_TEXT);
	event.uid = uid.data;
	event.summary = summary.data;
	event.location = location.length ? location.data : NULL;
	event.description = description.data;
	event.url = is_address(meeting->virtual_place) ? meeting->virtual_place : NULL;
	set_times(&event, notice);
	enum rc rc = ics_write(&event, out, err);
	strbuf_release(&uid);
	strbuf_release(&summary);
	strbuf_release(&location);
	strbuf_release(&description);
	return rc;
}
