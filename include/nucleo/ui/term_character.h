/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_TERM_CHARACTER_H
#define NUCLEO_UI_TERM_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A character of UTF-8 as it comes from a terminal: its bytes may be far apart. */
struct term_character {
	char bytes[5];
	size_t count;
};

/** Takes the next byte, not of ASCII; true when the character is whole. What is none is dropped. */
bool term_character_add(struct term_character *character, char byte, uint32_t *code);

#endif
