/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>
#include <strings.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/code.h"

int capture_institution(const struct capture_context *context, const char *name)
{
	const struct prose_context *prose = &context->prose;
	if (strlen(name) > CAPTURE_NAME_MAX)
		return -1;
	for (size_t i = 0; i < prose->institution_count; i++)
		if (utf8_equal_folded(prose->institutions[i].acronym, name))
			return (int)i;
	for (size_t i = 0; i < prose->institution_count; i++)
		if (prose->institutions[i].name &&
		    utf8_equal_folded(prose->institutions[i].name, name))
			return (int)i;
	return -1;
}

static bool is_capital(const char *text)
{
	struct strbuf lower;
	const char *next = text;
	strbuf_init(&lower);
	bool letter = utf8_is_alphanumeric(utf8_next(&next));
	char *first = mem_strndup(text, (size_t)(next - text));
	utf8_add_lower(&lower, first);
	bool capital = letter && strcmp(lower.data, first) != 0;
	free(first);
	strbuf_release(&lower);
	return capital;
}

bool capture_may_be_institution(const char *name)
{
	size_t letters = 0;
	if (!code_is_acronym(name) || !is_capital(name))
		return false;
	for (const char *at = name; *at; letters++) {
		uint32_t c = utf8_next(&at);
		if (!utf8_is_alphanumeric(c) && !(c < 0x80 && strchr(" -&.'", (int)c)))
			return false;
	}
	return letters > 1 && !code_is_commitment(name);
}

/* The commitment of that code where plans must be told apart: "C5" of "paga1/C5". NULL for none
 * and for several. */
static const struct capture_commitment *without_plan(const struct capture_context *context,
						     const char *code, char **problem)
{
	const struct capture_commitment *found = NULL;
	for (size_t i = 0; i < context->commitment_count; i++) {
		const char *slash = strchr(context->commitments[i].code, '/');
		if (!slash || strcasecmp(slash + 1, code) != 0)
			continue;
		if (found) {
			if (problem)
				*problem = capture_say(
					_("%s está en varios planes: escriba #%s o #%s"), code,
					found->code, context->commitments[i].code);
			return NULL;
		}
		found = &context->commitments[i];
	}
	return found;
}

const struct capture_commitment *capture_commitment(const struct capture_context *context,
						    const char *code, char **problem)
{
	char *why = NULL;
	bool bare = strspn(code, "0123456789") == strlen(code);
	char *whole = bare ? capture_say("C%s", code) : mem_strdup(code);
	const struct capture_commitment *found = NULL;
	for (size_t i = 0; i < context->commitment_count && !found; i++)
		if (strcasecmp(context->commitments[i].code, whole) == 0)
			found = &context->commitments[i];
	if (!found)
		found = without_plan(context, whole, &why);
	if (!found && !why) {
		char *brief = capture_brief(whole, (struct prose_span){0, strlen(whole)});
		why = capture_say(_("no hay un compromiso %s"), brief);
		free(brief);
	}
	free(whole);
	if (problem)
		*problem = why;
	else
		free(why);
	return found;
}
