/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_words.h"

/*
 * Dirt of a scan looks like words of no language: lone letters, signs, digits
 * inside words, English where the recogniser guessed. Each word speaks for or
 * against the line; a few against it in a short line are enough.
 */

static const char *const short_words =
	"|a|al|asi|con|da|dan|de|del|dos|e|el|ella|en|era|es|ese|eso|fin|fue|ha|han|hay|hoy|ir|"
	"la|las|le|les|ley|lo|los|luz|mas|mes|mil|muy|ni|no|nos|o|osc|para|pero|plan|por|que|"
	"red|san|se|sea|ser|si|sin|son|su|sur|sus|tal|tan|tu|u|un|una|uno|uso|va|van|ver|vez|"
	"via|voz|web|y|ya|guia|nro|art|sr|sra|dr|dra|ing|lic|abg|av|gad|zoom|eje|ano|acta|dia|"
	"item|mesa|";

static const char *const english_words =
	"|and|are|as|at|be|but|by|december|january|february|march|april|june|july|august|"
	"september|october|november|for|from|has|have|if|in|is|it|not|of|on|or|that|the|their|"
	"this|to|was|were|will|with|you|your|page|";

static bool is_vowel(char c)
{
	return c && strchr("aeiouy", c) != NULL;
}

/* Letters as Spanish puts them: a vowel somewhere, no long run of consonants, a usual ending. */
static bool looks_spanish(const char *folded)
{
	int run = 0, vowels = 0;
	size_t length = strlen(folded);
	for (const char *at = folded; *at; at++) {
		if (!isalpha((unsigned char)*at))
			return false;
		run = is_vowel(*at) ? 0 : run + 1;
		vowels += run == 0;
		if (run > 4)
			return false;
	}
	return vowels && strchr("aeiouynslrdzxjmtbckpgf", folded[length - 1]) != NULL;
}

/* "dE", but not a name such as "DataLab". */
static bool has_capital_inside(const char *word, size_t length)
{
	if (!islower((unsigned char)word[0]))
		return false;
	for (size_t i = 1; i < length; i++)
		if (isupper((unsigned char)word[i]))
			return true;
	return false;
}

/* A digit with letters on both sides, but not "C5", "15h00", "2do" or "C1=20%". */
static bool mixes_digits(const char *word, size_t length)
{
	enum { NOTHING, LETTERS, DIGITS } seen = NOTHING;
	for (size_t i = 0; i < length; i++) {
		if (isalpha((unsigned char)word[i])) {
			if (seen == DIGITS)
				return true;
			seen = LETTERS;
		} else if (isdigit((unsigned char)word[i])) {
			seen = seen == NOTHING ? NOTHING : DIGITS;
		} else {
			seen = NOTHING;
		}
	}
	return false;
}

static bool has_digit(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (isdigit((unsigned char)word[i]))
			return true;
	return false;
}

/* "%", "-" and "20%": signs of figures, which say nothing of the words around them. */
static bool is_figure(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)word[i]) && !strchr("%+-/.,$", word[i]))
			return false;
	return true;
}

/* +1 speaks against the line, -1 for it, 0 nothing. */
static int judge(const char *word, size_t length)
{
	struct strbuf folded;
	int verdict = 0;
	while (length && strchr(".,;:()\"'?!", word[length - 1]))
		length--;
	while (length && strchr("(\"'", *word)) {
		word++;
		length--;
	}
	if (!length || is_figure(word, length))
		return 0;
	strbuf_init(&folded);
	acta_fold_n(&folded, word, length);
	if (acta_word_in(word, length, short_words))
		verdict = 0;
	else if (length == 1)
		verdict = 1;
	else if (acta_word_in(word, length, english_words) || mixes_digits(word, length) ||
		 has_capital_inside(word, length) || strpbrk(folded.data, "~|\\_^*{}<>#") ||
		 (strchr(folded.data, '=') && !has_digit(word, length)))
		verdict = 1;
	else if (has_digit(word, length) || acta_is_acronym(word, length))
		verdict = 0;
	else if (!looks_spanish(folded.data))
		verdict = strchr(folded.data, '-') || strchr(folded.data, '/') ||
					  strchr(folded.data, '.') ?
				  0 :
				  1;
	else
		verdict = folded.length > 3 ? -1 : isupper((unsigned char)*word) ? 0 : 1;
	strbuf_release(&folded);
	return verdict;
}

bool acta_is_noise(const char *text)
{
	int bad = 0, good = 0, words = 0, letters = 0;
	while (*(text += strspn(text, " \t"))) {
		size_t length = acta_word_length(text);
		int verdict = judge(text, length);
		bad += verdict > 0;
		good += verdict < 0;
		words++;
		for (size_t i = 0; i < length; i++)
			letters += isalnum((unsigned char)text[i]) ||
				   ((unsigned char)text[i] & 0x80);
		text += length;
	}
	if (!words)
		return false;
	return !letters || (bad > good && bad * 4 >= words && (bad > 1 || words <= 2));
}
