/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include "acta_dump.h"

#include <stdlib.h>

#include "nucleo/base/file.h"

static void add_line_number(struct strbuf *out, bool with_lines, int line)
{
	if (with_lines)
		strbuf_addf(out, " @%d", line);
	strbuf_addch(out, '\n');
}

static const char *shown(const char *text)
{
	return text ? text : "-";
}

static void dump_header(const struct acta *acta, struct strbuf *out)
{
	strbuf_addf(out, "number %s\ngroup %s\ndate ", acta->number, shown(acta->group));
	date_add_iso(out, acta->date);
	strbuf_adds(out, "\nhours ");
	daytime_add_iso(out, acta->starts);
	strbuf_addch(out, '-');
	daytime_add_iso(out, acta->ends);
	strbuf_addf(out, "\nplace %s%s\n", shown(acta->place),
		    acta->is_virtual ? " [virtual]" : "");
	strbuf_addf(out, "plan %s (%s)\n", shown(acta->plan_title), shown(acta->plan_code));
	strbuf_addf(out, "prepared by %s\n", shown(acta->prepared_by));
}

static void dump_attendees(const struct acta *acta, bool with_lines, struct strbuf *out)
{
	for (size_t i = 0; i < acta->attendees.count; i++) {
		const struct acta_attendee *at = &acta->attendees.items[i];
		strbuf_addf(out, "%s %s | %s | %s | %s | %s | %s",
			    enum_name(&capacity_names, at->capacity), at->acronym, shown(at->name),
			    shown(at->delegate), enum_name(&sector_names, at->sector),
			    enum_name(&attendance_status_names, at->status),
			    shown(enum_name(&attendance_mode_names, at->mode)));
		add_line_number(out, with_lines, at->line);
	}
}

static void dump_agenda(const struct acta *acta, bool with_lines, struct strbuf *out)
{
	for (size_t i = 0; i < acta->items.count; i++) {
		const struct acta_item *item = &acta->items.items[i];
		strbuf_addf(out, "item %s", item->label);
		if (item->parent >= 0)
			strbuf_addf(out, " of %s", acta->items.items[item->parent].label);
		strbuf_addf(out, ": %s", item->title);
		add_line_number(out, with_lines, item->line);
	}
	for (size_t i = 0; i < acta->entries.count; i++) {
		const struct acta_entry *entry = &acta->entries.items[i];
		strbuf_addf(out, "entry %s [%s] %s",
			    entry->item < 0 ? "-" : acta->items.items[entry->item].label,
			    shown(entry->speaker), entry->text);
		add_line_number(out, with_lines, entry->line);
	}
	for (size_t i = 0; i < acta->measures.count; i++) {
		const struct acta_measure *measure = &acta->measures.items[i];
		strbuf_addf(out, "measure %s ", measure->code);
		percent_add(out, measure->percent);
		strbuf_addf(out, " in %s", acta->items.items[measure->item].label);
		add_line_number(out, with_lines, measure->line);
	}
}

static void dump_closing(const struct acta *acta, bool with_lines, struct strbuf *out)
{
	for (size_t i = 0; i < acta->annexes.count; i++) {
		strbuf_addf(out, "annex %s", acta->annexes.items[i].text);
		add_line_number(out, with_lines, acta->annexes.items[i].line);
	}
	for (size_t i = 0; i < acta->signatories.count; i++) {
		strbuf_addf(out, "signs %s", acta->signatories.items[i].text);
		add_line_number(out, with_lines, acta->signatories.items[i].line);
	}
}

static void dump_dirt(const struct acta *acta, struct strbuf *out)
{
	for (size_t i = 0; i < acta->unplaced.count; i++) {
		strbuf_addf(out, "unplaced %s", acta->unplaced.items[i].text);
		add_line_number(out, true, acta->unplaced.items[i].line);
	}
	for (size_t i = 0; i < acta->remarks.count; i++) {
		strbuf_addf(out, "remark %s", acta->remarks.items[i].text);
		add_line_number(out, true, acta->remarks.items[i].line);
	}
}

void acta_dump(const struct acta *acta, bool with_lines, struct strbuf *out)
{
	dump_header(acta, out);
	dump_attendees(acta, with_lines, out);
	dump_agenda(acta, with_lines, out);
	dump_closing(acta, with_lines, out);
	if (with_lines)
		dump_dirt(acta, out);
}

void read_source_file(const char *name, struct strbuf *out)
{
	struct strbuf path;
	struct error err;
	const char *top = getenv("top_srcdir");
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", top ? top : ".", name);
	if (file_read(path.data, 8 << 20, out, &err) != RC_OK)
		fail_msg("%s", err.text);
	strbuf_release(&path);
}
