/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_STYLE_H
#define NUCLEO_UI_STYLE_H

#include <stdbool.h>

/**
 * What a piece of text is, never how it looks: a theme gives each role its
 * look. The letter stands for the role in the style dumps of the tests.
 */
#define ROLE_TABLE(ROLE)                                                                    \
	ROLE(TEXT, '.')       /* plain */                                                   \
	ROLE(DIM, 'd')        /* there, but not what one came for */                        \
	ROLE(TITLE, 't')      /* where one is */                                            \
	ROLE(TAB, 'b')        /* a screen one could go to */                                \
	ROLE(TAB_ACTIVE, 'a') /* the screen one is on */                                    \
	ROLE(SENTENCE, 's')   /* the line that matters */                                   \
	ROLE(HEADING, 'h')    /* of a column or a section */                                \
	ROLE(RULE, 'r')       /* lines between parts */                                     \
	ROLE(GOOD, 'g')                                                                     \
	ROLE(WARNING, 'w')                                                                  \
	ROLE(BAD, 'x')                                                                      \
	ROLE(BAR, 'p')     /* a proportion */                                               \
	ROLE(KEY, 'k')     /* a key in the hints line */                                    \
	ROLE(LINK, 'l')    /* leads somewhere with Enter */                                 \
	ROLE(MATCH, 'm')   /* letters that answer what one types */                         \
	ROLE(PROMPT, 'q')  /* what the program asks */                                      \
	ROLE(NOTICE, 'n')  /* what just happened */                                         \
	ROLE(ERROR, 'e')

enum role {
#define ROLE(id, letter) ROLE_##id,
	ROLE_TABLE(ROLE)
#undef ROLE
	ROLE_COUNT
};

/** The eight colours every colour terminal has, in their usual order. */
enum colour {
	COLOUR_DEFAULT = -1,
	COLOUR_BLACK,
	COLOUR_RED,
	COLOUR_GREEN,
	COLOUR_YELLOW,
	COLOUR_BLUE,
	COLOUR_MAGENTA,
	COLOUR_CYAN,
	COLOUR_WHITE,
};

struct look {
	enum colour foreground, background;
	bool bold, dim, underline, reverse;
};

/** A selected cell takes the `selected` look whatever its role. */
struct theme {
	struct look looks[ROLE_COUNT];
	struct look selected;
};

extern const struct theme theme_colour;
/** Bold, underline and reverse alone: NO_COLOR, or a terminal without colours. */
extern const struct theme theme_mono;

/** The letter of a role in style dumps. */
char role_letter(enum role role);

#endif
