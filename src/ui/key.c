/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/key.h"

#include <string.h>

#include "nucleo/base/utf8.h"

static const struct {
	const char *name, *label;
} specials[] = {
#define KEY(id, name, label) [K_##id - K_NONE] = {name, label},
	KEY_TABLE(KEY)
#undef KEY
};

bool key_is_text(key_code key)
{
	return key >= 0x20 && key != 0x7F && key < K_NONE;
}

/* The one character of `name`, in upper case when Control is held. */
static key_code character_named(const char *name, key_code held)
{
	key_code key = utf8_next(&name);
	if (*name || !key_is_text(key) || key == ' ')
		return K_NONE;
	return held & K_CTRL && key >= 'a' && key <= 'z' ? key - 'a' + 'A' : key;
}

static key_code bare_key_named(const char *name, key_code held)
{
	/* No special key has so short a name; most keys do, and all are read at every start. */
	if (name[0] && !name[1])
		return character_named(name, held);
	for (key_code i = 1; i < ARRAY_COUNT(specials); i++)
		if (utf8_equal_folded(name, specials[i].name) ||
		    utf8_equal_folded(name, _(specials[i].label)))
			return K_NONE + i;
	if (utf8_equal_folded(name, "Space"))
		return ' ';
	return character_named(name, held);
}

key_code key_parse(const char *name)
{
	key_code held = 0;
	for (;; name = strchr(name, '-') + 1) {
		if (strncmp(name, "Ctrl-", 5) == 0)
			held |= K_CTRL;
		else if (strncmp(name, "Alt-", 4) == 0)
			held |= K_ALT;
		else
			break;
	}
	key_code key = bare_key_named(name, held);
	return key == K_NONE ? K_NONE : key | held;
}

static void add_key(struct strbuf *out, key_code key, bool label)
{
	key_code bare = key & ~(K_CTRL | K_ALT);
	if (key & K_CTRL)
		strbuf_adds(out, "Ctrl-");
	if (key & K_ALT)
		strbuf_adds(out, "Alt-");
	if (bare > K_NONE && bare < K_LIMIT)
		strbuf_adds(out, label ? _(specials[bare - K_NONE].label)
				       : specials[bare - K_NONE].name);
	else if (bare == ' ')
		strbuf_adds(out, label ? _("Espacio") : "Space");
	else if (key_is_text(bare))
		utf8_append(out, bare);
}

void key_add_name(struct strbuf *out, key_code key)
{
	add_key(out, key, false);
}

void key_add_label(struct strbuf *out, key_code key)
{
	add_key(out, key, true);
}
