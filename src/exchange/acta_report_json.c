/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_report.h"
#include "nucleo/model/names.h"

static void member_date(struct json_writer *json, const char *name, day_number date)
{
	struct strbuf text;
	strbuf_init(&text);
	date_add_iso(&text, date);
	json_string_member(json, name, date == DATE_NONE ? NULL : text.data);
	strbuf_release(&text);
}

static void member_time(struct json_writer *json, const char *name, day_minute time)
{
	struct strbuf text;
	strbuf_init(&text);
	daytime_add_iso(&text, time);
	json_string_member(json, name, time == DAY_MINUTE_NONE ? NULL : text.data);
	strbuf_release(&text);
}

static void member_list(struct json_writer *json, const char *name, const char *items)
{
	json_name(json, name);
	json_lines(json, items);
}

static void found(struct json_writer *json, int line, enum certainty certainty)
{
	static const char *const names[] = {
		[CERTAINTY_DOUBTFUL] = "doubtful",
		[CERTAINTY_LIKELY] = "likely",
		[CERTAINTY_SURE] = "sure",
	};
	json_integer_member(json, "line", line);
	json_string_member(json, "certainty", names[certainty]);
}

static void member_item(struct json_writer *json, const struct acta *acta, int item)
{
	json_string_member(json, "item", item < 0 ? NULL : acta->items.items[item].label);
}

static void write_attendees(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "attendees");
	json_array_begin(json);
	for (size_t i = 0; i < acta->attendees.count; i++) {
		const struct acta_attendee *attendee = &acta->attendees.items[i];
		json_object_begin(json);
		json_string_member(json, "organization", attendee->acronym);
		json_string_member(json, "sector", enum_name(&sector_names, attendee->sector));
		json_string_member(json, "capacity",
				   enum_name(&capacity_names, attendee->capacity));
		json_string_member(json, "status",
				   enum_name(&attendance_status_names, attendee->status));
		json_string_member(json, "mode", enum_name(&attendance_mode_names, attendee->mode));
		json_string_member(json, "delegate", attendee->delegate);
		found(json, attendee->line, attendee->certainty);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_agenda(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "agenda");
	json_array_begin(json);
	for (size_t i = 0; i < acta->items.count; i++) {
		const struct acta_item *item = &acta->items.items[i];
		json_object_begin(json);
		json_string_member(json, "label", item->label);
		json_string_member(json, "parent",
				   item->parent < 0 ? NULL : acta->items.items[item->parent].label);
		json_string_member(json, "title", item->title);
		found(json, item->line, item->certainty);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_resolutions(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "resolutions");
	json_array_begin(json);
	for (size_t i = 0; i < acta->entries.count; i++) {
		const struct acta_entry *entry = &acta->entries.items[i];
		json_object_begin(json);
		member_item(json, acta, entry->item);
		json_string_member(json, "organization", entry->speaker);
		json_string_member(json, "kind",
				   enum_name(&entry_kind_names, entry->resolution.kind));
		json_string_member(json, "text", entry->text);
		found(json, entry->line, entry->certainty);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_figures(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "progress");
	json_array_begin(json);
	for (size_t i = 0; i < acta->measures.count; i++) {
		const struct acta_measure *measure = &acta->measures.items[i];
		json_object_begin(json);
		json_string_member(json, "commitment", measure->code);
		json_name(json, "percent");
		json_hundredths(json, measure->percent);
		member_item(json, acta, measure->item);
		found(json, measure->line, measure->certainty);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_indicators(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "indicators");
	json_array_begin(json);
	for (size_t i = 0; i < acta->indicators.count; i++) {
		const struct acta_indicator *indicator = &acta->indicators.items[i];
		json_object_begin(json);
		json_string_member(json, "organization", indicator->organization);
		json_string_member(json, "place", indicator->place);
		json_string_member(json, "name", indicator->name);
		json_name(json, "value");
		json_number(json, indicator->value);
		member_date(json, "as_of", indicator->as_of);
		member_item(json, acta, indicator->item);
		found(json, indicator->line, indicator->certainty);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_followups(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "followups");
	json_array_begin(json);
	for (size_t i = 0; i < acta->followups.count; i++) {
		const struct acta_followup *followup = &acta->followups.items[i];
		json_object_begin(json);
		json_string_member(json, "description", followup->description);
		json_string_member(json, "kind", enum_name(&followup_kind_names, followup->kind));
		member_list(json, "responsible", followup->responsible);
		member_date(json, "due", followup->due);
		json_string_member(json, "due_text", followup->due_text);
		json_string_member(json, "commitment",
				   *followup->commitment ? followup->commitment : NULL);
		member_item(json, acta, followup->item);
		found(json, followup->line, followup->certainty);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_texts(struct json_writer *json, const struct acta *acta)
{
	json_name(json, "signatories");
	json_array_begin(json);
	for (size_t i = 0; i < acta->signatories.count; i++)
		json_string(json, acta->signatories.items[i].text);
	json_array_end(json);
	json_name(json, "annexes");
	json_array_begin(json);
	for (size_t i = 0; i < acta->annexes.count; i++)
		json_string(json, acta->annexes.items[i].text);
	json_array_end(json);
	json_name(json, "remarks");
	json_array_begin(json);
	for (size_t i = 0; i < acta->remarks.count; i++) {
		json_object_begin(json);
		json_integer_member(json, "line", acta->remarks.items[i].line);
		json_string_member(json, "text", acta->remarks.items[i].text);
		json_object_end(json);
	}
	json_array_end(json);
	json_name(json, "unplaced");
	json_array_begin(json);
	for (size_t i = 0; i < acta->unplaced.count; i++) {
		json_object_begin(json);
		json_integer_member(json, "line", acta->unplaced.items[i].line);
		json_string_member(json, "text", acta->unplaced.items[i].text);
		json_object_end(json);
	}
	json_array_end(json);
}

static void write_header(struct json_writer *json, const struct acta *acta)
{
	json_string_member(json, "number", acta->number);
	member_date(json, "date", acta->date);
	member_time(json, "starts", acta->starts);
	member_time(json, "ends", acta->ends);
	json_string_member(json, "place", acta->place);
	json_string_member(json, "prepared_by", acta->prepared_by);
}

void acta_report_json(struct json_writer *json, const char *name,
		      const struct acta_import_result *result, bool dry_run)
{
	static const char *const outcomes[] = {
		[ACTA_IMPORT_NEW] = "new",
		[ACTA_IMPORT_UPDATED] = "updated",
		[ACTA_IMPORT_UNCHANGED] = "unchanged",
	};
	json_object_begin(json);
	json_string_member(json, "file", name);
	json_string_member(json, "outcome", outcomes[result->outcome]);
	json_name(json, "dry_run");
	json_bool(json, dry_run);
	json_number_member(json, "operation", result->number);
	json_integer_member(json, "added", result->added);
	json_integer_member(json, "changed", result->changed);
	json_integer_member(json, "removed", result->removed);
	json_integer_member(json, "new_organizations", result->new_organizations);
	json_integer_member(json, "unknown_organizations", result->unknown_organizations);
	write_header(json, &result->acta);
	write_attendees(json, &result->acta);
	write_agenda(json, &result->acta);
	write_resolutions(json, &result->acta);
	write_figures(json, &result->acta);
	write_indicators(json, &result->acta);
	write_followups(json, &result->acta);
	write_texts(json, &result->acta);
	json_object_end(json);
}
