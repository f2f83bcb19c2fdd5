/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/mouse.h"

#include <ctype.h>

/* Beyond any screen; more digits are no report. */
#define NUMBER_MAX 100000

static bool read_number(const char **at, int *number)
{
	const char *start = *at;
	*number = 0;
	for (; isdigit((unsigned char)**at) && *number < NUMBER_MAX; (*at)++)
		*number = *number * 10 + (**at - '0');
	return *at > start && *number < NUMBER_MAX;
}

static bool read_act(int button, enum mouse_act *act)
{
	switch (button) {
	case 0:
		*act = MOUSE_PRESS;
		return true;
	case 64:
		*act = MOUSE_WHEEL_UP;
		return true;
	case 65:
		*act = MOUSE_WHEEL_DOWN;
		return true;
	default:
		return false;
	}
}

bool mouse_read(const char *report, struct mouse_event *event)
{
	int button, column, row;
	enum mouse_act act;
	if (!read_number(&report, &button) || *report++ != ';' ||
	    !read_number(&report, &column) || *report++ != ';' || !read_number(&report, &row) ||
	    report[0] != 'M' || report[1])
		return false;
	if (!read_act(button, &act) || column < 1 || row < 1)
		return false;
	*event = (struct mouse_event){.act = act, .row = row - 1, .column = column - 1};
	return true;
}
