/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/convening.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/store/convening.h"
#include "nucleo/store/list.h"

/* How a group numbers its meetings, as the latest one shows: "AM-2023-" and two digits. */
struct number_form {
	char prefix[64];
	int digits;
};

static size_t trailing_digits(const char *text)
{
	size_t length = strlen(text), digits = 0;
	while (digits < length && text[length - digits - 1] >= '0' &&
	       text[length - digits - 1] <= '9')
		digits++;
	return digits;
}

/* The year in it becomes that of the meeting to be; without one the numbers count on. */
static void renew_year(struct number_form *form, int was, int is)
{
	char year[16];
	snprintf(year, sizeof(year), "%04d", was);
	char *at = strstr(form->prefix, year);
	if (!at)
		return;
	snprintf(year, sizeof(year), "%04d", is);
	memcpy(at, year, strlen(year));
}

struct latest {
	struct number_form *form;
	int year;
};

static bool take_form(void *context, const void *row)
{
	struct latest *latest = context;
	const struct meeting *meeting = row;
	struct number_form form = {.digits = (int)trailing_digits(meeting->number)};
	size_t length = strlen(meeting->number) - (size_t)form.digits;
	if (!form.digits || form.digits > 4 || length >= sizeof(form.prefix))
		return false;
	memcpy(form.prefix, meeting->number, length);
	renew_year(&form, date_to_civil(meeting->date).year, latest->year);
	*latest->form = form;
	return false;
}

enum rc convening_next_number(struct store *store, day_number date, struct strbuf *out,
			      struct error *err)
{
	struct number_form form = {.digits = 2};
	struct latest latest = {&form, date_to_civil(date).year};
	const struct list_query newest = {.limit = 1};
	int64_t number = 0;
	snprintf(form.prefix, sizeof(form.prefix), "AM-%04d-", latest.year);
	enum rc rc = store_list(store, RECORD_MEETING, &newest, take_form, &latest, err);
	if (rc == RC_OK)
		rc = store_meeting_last_number(store, form.prefix, &number, err);
	if (rc == RC_OK)
		strbuf_addf(out, "%s%0*lld", form.prefix, form.digits, (long long)number + 1);
	return rc;
}

/* ---- the record a person begins with */

static void preset(struct record_edit *edit, const char *field, const char *text)
{
	size_t i = record_edit_index(edit, field);
	if (i < record_edit_count(edit) && *text)
		record_edit_preset(edit, i, text);
}

static bool preset_hours(void *context, const void *row)
{
	struct record_edit *edit = context;
	const struct meeting *meeting = row;
	struct strbuf time;
	strbuf_init(&time);
	daytime_add_local(&time, meeting->starts);
	preset(edit, "starts", time.data);
	strbuf_reset(&time);
	daytime_add_local(&time, meeting->ends);
	preset(edit, "ends", time.data);
	strbuf_release(&time);
	return false;
}

enum rc convening_preset(struct store *store, struct record_edit *edit, struct error *err)
{
	const struct list_query newest = {.limit = 1};
	day_number today = store_today(store);
	struct strbuf number;
	strbuf_init(&number);
	enum rc rc = convening_next_number(store, today == DATE_NONE ? clock_today() : today,
					   &number, err);
	if (rc == RC_OK)
		rc = store_list(store, RECORD_MEETING, &newest, preset_hours, edit, err);
	if (rc == RC_OK)
		preset(edit, "number", number.data);
	strbuf_release(&number);
	return rc;
}
