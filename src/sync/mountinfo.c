/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/sync/place_parts.h"

/* A word of a line, and what follows it. */
struct word {
	const char *text;
	size_t length;
};

/* The next word of the line that ends at `end`; false when there is none. */
static bool take_word(const char **at, const char *end, struct word *word)
{
	while (*at < end && **at == ' ')
		++*at;
	word->text = *at;
	while (*at < end && **at != ' ')
		++*at;
	word->length = (size_t)(*at - word->text);
	return word->length > 0;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* Blanks, line ends and backslashes stand there as "\040". False when it had to be cut. */
static bool decode(const struct word *word, char *out, size_t size)
{
	size_t length = 0;
	for (size_t i = 0; i < word->length && length + 1 < size; i++) {
		const char *c = word->text + i;
		if (*c == '\\' && word->length - i > 3 && c[1] <= '3' && is_octal(c[1]) &&
		    is_octal(c[2]) && is_octal(c[3])) {
			out[length++] =
				(char)((c[1] - '0') * 64 + (c[2] - '0') * 8 + (c[3] - '0'));
			i += 3;
		} else {
			out[length++] = *c;
		}
		if (i + 1 == word->length) {
			out[length] = '\0';
			return true;
		}
	}
	out[length] = '\0';
	return false;
}

static void add_options(struct mount *mount, const struct word *word)
{
	size_t length = strlen(mount->options);
	snprintf(mount->options + length, sizeof(mount->options) - length, "%s%.*s",
		 length ? "," : "", (int)word->length, word->text);
}

/* "36 35 98:0 /root /point rw,noatime shared:1 - type source rw": what stands before the hyphen
 * is of no fixed number. */
static bool read_line(struct mount *mount, const char *at, const char *end)
{
	struct word word = {0};
	bool is_found = true;
	for (int i = 0; i < 5 && is_found; i++)
		is_found = take_word(&at, end, &word);
	if (!is_found || !decode(&word, mount->point, sizeof(mount->point)))
		return false;
	mount->options[0] = '\0';
	if (take_word(&at, end, &word))
		add_options(mount, &word);
	do
		is_found = take_word(&at, end, &word);
	while (is_found && !(word.length == 1 && *word.text == '-'));
	if (!is_found || !take_word(&at, end, &word) ||
	    !decode(&word, mount->type, sizeof(mount->type)))
		return false;
	mount->source[0] = '\0';
	if (take_word(&at, end, &word))
		(void)decode(&word, mount->source, sizeof(mount->source));
	if (take_word(&at, end, &word))
		add_options(mount, &word);
	return true;
}

static bool is_below(const char *path, const char *point)
{
	size_t length = strlen(point);
	if (length && point[length - 1] == '/')
		length--;
	return strncmp(path, point, length) == 0 && (path[length] == '/' || !path[length]);
}

/* Of those with one mount point the last is on top. */
bool mount_find(struct mount *mount, const char *mountinfo, const char *path)
{
	struct mount read;
	size_t longest = 0;
	for (const char *at = mountinfo; *at;) {
		const char *end = strchrnul(at, '\n');
		if (read_line(&read, at, end) && is_below(path, read.point) &&
		    strlen(read.point) >= longest) {
			*mount = read;
			longest = strlen(read.point);
		}
		at = *end ? end + 1 : end;
	}
	return longest > 0;
}
