/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/phrases.h"

#include "nucleo/base/i18n.h"
#include "nucleo/model/agenda_clock.h"
#include "nucleo/model/names.h"

void phrase_percent(struct strbuf *out, percent_hundredths percent)
{
	percent_add(out, percent);
	/* A no-break space keeps the sign with its figure. */
	strbuf_adds(out, percent == PERCENT_NONE ? _("sin medir") : "\u00A0%");
}

void phrase_day_distance(struct strbuf *out, day_number day, day_number today)
{
	int days = day - today;
	if (!days)
		strbuf_adds(out, _("hoy"));
	else if (days == 1)
		strbuf_adds(out, _("mañana"));
	else if (days == -1)
		strbuf_adds(out, _("ayer"));
	else
		strbuf_addf(out, days > 0 ? _("en %d días") : _("hace %d días"),
			    days > 0 ? days : -days);
}

void phrase_term(struct strbuf *out, day_number starts, day_number ends)
{
	if (starts == DATE_NONE && ends == DATE_NONE)
		return;
	date_add_local(out, starts);
	strbuf_adds(out, " – ");
	date_add_local(out, ends);
}

void phrase_hours(struct strbuf *out, const struct meeting *meeting)
{
	daytime_add_local(out, meeting->starts);
	if (meeting->ends != DAY_MINUTE_NONE)
		strbuf_adds(out, "–");
	daytime_add_local(out, meeting->ends);
}

void phrase_minutes(struct strbuf *out, int64_t planned, day_minute starts, day_minute ends)
{
	const struct clock_item all = {
		.state = ITEM_PENDING, .planned = planned, .resumed = DAY_MINUTE_NONE};
	struct agenda_clock clock;
	agenda_clock_read(&all, 1, starts, ends, DAY_MINUTE_NONE, &clock);
	strbuf_addf(out, "%lld", (long long)planned);
	if (clock.length)
		strbuf_addf(out, _(" de %lld"), (long long)clock.length);
	strbuf_adds(out, _(" min"));
	if (clock.over)
		strbuf_addf(out, _(", %lld de más"), (long long)clock.over);
}

void phrase_place(struct strbuf *out, const char *meeting, const char *item)
{
	strbuf_adds(out, meeting);
	if (item)
		strbuf_addf(out, _(", punto %s"), item);
}

const char *phrase_title(const char *title)
{
	return title ? title : _("título por confirmar");
}
