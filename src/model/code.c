/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/code.h"

#include <ctype.h>
#include <string.h>

#include "nucleo/base/utf8.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

bool code_is_commitment(const char *code)
{
	size_t letters = strspn(code, LETTERS);
	const char *number = code + letters;
	size_t digits = strspn(number, DIGITS);
	return letters >= 1 && letters <= 3 && digits >= 1 && digits <= 3 && !number[digits] &&
	       *number != '0';
}

bool code_is_plan(const char *code)
{
	size_t length = strspn(code, LETTERS DIGITS "-_.");
	return length && length <= CODE_PLAN_MAX && !code[length] &&
	       isalnum((unsigned char)code[0]);
}

bool code_is_acronym(const char *acronym)
{
	size_t length = strlen(acronym);
	if (!length || length > CODE_ACRONYM_MAX || !utf8_is_valid(acronym, length) ||
	    acronym[0] == ' ' || acronym[length - 1] == ' ')
		return false;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)acronym[i];
		if (c < 0x20 || c == 0x7F || c == ',' || c == ';' || c == '/')
			return false;
	}
	return true;
}
