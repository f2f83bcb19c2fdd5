/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/term_character.h"

#include "nucleo/base/utf8.h"

static size_t bytes_of_character(char first)
{
	unsigned char byte = (unsigned char)first;
	return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 0;
}

bool term_character_add(struct term_character *character, char byte, uint32_t *code)
{
	const char *text = character->bytes;
	if (bytes_of_character(byte))
		character->count = 0;
	character->bytes[character->count++] = byte;
	character->bytes[character->count] = '\0';
	if (character->count < bytes_of_character(*text))
		return false;
	*code = utf8_next(&text);
	bool is_whole = text == character->bytes + character->count && character->count > 1;
	character->count = 0;
	return is_whole;
}
