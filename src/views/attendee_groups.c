/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/attendee_groups.h"

#include "nucleo/base/i18n.h"
#include "nucleo/model/names.h"

int attendee_group(int capacity, int sector)
{
	if (capacity == CAPACITY_OBSERVER)
		return ATTENDEE_OBSERVERS;
	if (capacity == CAPACITY_GUEST)
		return ATTENDEE_GUESTS;
	return sector == ENUM_NONE ? SECTOR_OTHER : sector;
}

static const char *title_of(int group)
{
	switch (group) {
	case ATTENDEE_OBSERVERS:
		return _("Observadores");
	case ATTENDEE_GUESTS:
		return _("Invitados");
	case ATTENDEE_MISSING:
		return _("No asistieron");
	case SECTOR_PUBLIC:
		return _("Público");
	case SECTOR_CIVIL_SOCIETY:
		return _("OSC");
	case SECTOR_ACADEMIA:
		return _("Academia");
	case SECTOR_PRIVATE:
		return _("Privado");
	default:
		return _("Otros");
	}
}

static void draw_heading(const struct grid_group *group, struct region place)
{
	struct strbuf heading;
	strbuf_init(&heading);
	strbuf_addf(&heading, "%s %zu", title_of(group->id), group->count);
	region_label(place, ALIGN_LEFT, ROLE_HEADING, heading.data);
	strbuf_release(&heading);
}

void attendee_groups_draw(const struct grid *grid, int top, struct region body,
			  attendee_cell *draw, const void *page)
{
	for (size_t i = 0; i < grid->groups.count; i++) {
		const struct grid_group *group = &grid->groups.items[i];
		int row = group->row - top;
		if (row >= 0 && row < body.rows)
			draw_heading(group, region_part(body, row, group->column + 1, 1,
							group->width - 1));
		for (size_t cell = 0; cell < group->count; cell++) {
			row = group->row + 1 + (int)cell - top;
			if (row >= 0 && row < body.rows)
				draw(page, group->first + cell,
				     region_part(body, row, group->column, 1, group->width));
		}
	}
}
