/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/style.h"

#define PLAIN .foreground = COLOUR_DEFAULT, .background = COLOUR_DEFAULT
#define INK(colour) .foreground = COLOUR_##colour, .background = COLOUR_DEFAULT

/*
 * Ink on the terminal's own background, which may be light or dark: white,
 * black, yellow on white and blue on black are what people cannot read.
 */
const struct theme theme_colour = {
	.looks = {
		[ROLE_TEXT] = {PLAIN},
		[ROLE_DIM] = {PLAIN, .dim = true},
		[ROLE_TITLE] = {PLAIN, .bold = true},
		[ROLE_TAB] = {PLAIN},
		[ROLE_TAB_ACTIVE] = {PLAIN, .bold = true, .reverse = true},
		[ROLE_SENTENCE] = {PLAIN},
		[ROLE_HEADING] = {INK(CYAN), .bold = true},
		[ROLE_RULE] = {PLAIN, .dim = true},
		[ROLE_GOOD] = {INK(GREEN)},
		[ROLE_WARNING] = {INK(MAGENTA)},
		[ROLE_BAD] = {INK(RED), .bold = true},
		[ROLE_BAR] = {INK(CYAN)},
		[ROLE_KEY] = {PLAIN, .bold = true},
		[ROLE_LINK] = {INK(CYAN)},
		[ROLE_MATCH] = {INK(CYAN), .bold = true, .underline = true},
		[ROLE_PROMPT] = {PLAIN, .bold = true},
		[ROLE_NOTICE] = {PLAIN},
		[ROLE_ERROR] = {INK(RED), .bold = true},
	},
	.selected = {PLAIN, .reverse = true},
};

const struct theme theme_mono = {
	.looks = {
		[ROLE_TEXT] = {PLAIN},
		[ROLE_DIM] = {PLAIN},
		[ROLE_TITLE] = {PLAIN, .bold = true},
		[ROLE_TAB] = {PLAIN},
		[ROLE_TAB_ACTIVE] = {PLAIN, .bold = true, .reverse = true},
		[ROLE_SENTENCE] = {PLAIN},
		[ROLE_HEADING] = {PLAIN, .bold = true},
		[ROLE_RULE] = {PLAIN},
		[ROLE_GOOD] = {PLAIN},
		[ROLE_WARNING] = {PLAIN},
		[ROLE_BAD] = {PLAIN, .bold = true},
		[ROLE_BAR] = {PLAIN},
		[ROLE_KEY] = {PLAIN, .bold = true},
		[ROLE_LINK] = {PLAIN, .underline = true},
		[ROLE_MATCH] = {PLAIN, .bold = true, .underline = true},
		[ROLE_PROMPT] = {PLAIN, .bold = true},
		[ROLE_NOTICE] = {PLAIN},
		[ROLE_ERROR] = {PLAIN, .bold = true},
	},
	.selected = {PLAIN, .reverse = true},
};

char role_letter(enum role role)
{
	static const char letters[ROLE_COUNT] = {
#define ROLE(id, letter) letter,
		ROLE_TABLE(ROLE)
#undef ROLE
	};
	return letters[role];
}
