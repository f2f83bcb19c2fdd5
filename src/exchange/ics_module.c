/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module nucleo-ics.so: a file of its own, so that only who asks for a calendar pays for
 * loading libical. It uses nothing of the program. */
#include <libical/ical.h>
#include <string.h>

#include "nucleo/exchange/ics.h"

/* Takes the property, or notes that there was no memory for it. */
static void add_property(icalcomponent *component, icalproperty *property, bool *is_whole)
{
	if (property)
		icalcomponent_add_property(component, property);
	else
		*is_whole = false;
}

static struct icaltimetype moment(const struct ics_event *event, int64_t seconds)
{
	icaltimezone *zone = event->is_whole_day ? NULL : icaltimezone_get_utc_timezone();
	return icaltime_from_timet_with_zone((time_t)seconds, event->is_whole_day, zone);
}

/* Moments are in UTC, which every calendar knows and shows in its own time. */
static void add_times(icalcomponent *entry, const struct ics_event *event, bool *is_whole)
{
	struct icaltimetype stamp = icaltime_from_timet_with_zone(
		(time_t)event->stamp, 0, icaltimezone_get_utc_timezone());
	add_property(entry, icalproperty_new_dtstamp(stamp), is_whole);
	add_property(entry, icalproperty_new_dtstart(moment(event, event->starts)), is_whole);
	if (event->ends > event->starts)
		add_property(entry, icalproperty_new_dtend(moment(event, event->ends)), is_whole);
}

static void add_texts(icalcomponent *entry, const struct ics_event *event, bool *is_whole)
{
	add_property(entry, icalproperty_new_uid(event->uid), is_whole);
	add_property(entry, icalproperty_new_summary(event->summary), is_whole);
	if (event->location)
		add_property(entry, icalproperty_new_location(event->location), is_whole);
	if (event->description)
		add_property(entry, icalproperty_new_description(event->description), is_whole);
	if (event->url)
		add_property(entry, icalproperty_new_url(event->url), is_whole);
}

static void add_entry(icalcomponent *calendar, const struct ics_event *event, bool *is_whole)
{
	icalproperty_status status =
		event->is_tentative ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
	icalcomponent *entry = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	if (!entry) {
		*is_whole = false;
		return;
	}
	add_times(entry, event, is_whole);
	add_texts(entry, event, is_whole);
	add_property(entry, icalproperty_new_status(status), is_whole);
	add_property(entry, icalproperty_new_sequence(event->sequence), is_whole);
	icalcomponent_add_component(calendar, entry);
}

static bool write_event(const struct ics_event *event,
			void (*add)(void *context, const char *bytes, size_t length),
			void *context)
{
	bool is_whole = true;
	char *text = NULL;
	icalerror_set_errors_are_fatal(0);
	icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	if (!calendar)
		return false;
	add_property(calendar, icalproperty_new_prodid(event->product), &is_whole);
	add_property(calendar, icalproperty_new_version("2.0"), &is_whole);
	add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH), &is_whole);
	add_entry(calendar, event, &is_whole);
	if (is_whole)
		text = icalcomponent_as_ical_string_r(calendar);
	icalcomponent_free(calendar);
	if (!text)
		return false;
	add(context, text, strlen(text));
	icalmemory_free_buffer(text);
	return true;
}

extern const struct ics_module nucleo_ics_module;
__attribute__((visibility("default")))
const struct ics_module nucleo_ics_module = {ICS_INTERFACE, write_event};
