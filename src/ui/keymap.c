/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/keymap.h"

#include <string.h>

/* Longest key name in a configuration file. */
#define KEY_NAME_MAX 31

static enum rc parse_keys(const char *text, key_code *keys, struct error *err)
{
	size_t count = 0;
	for (size_t i = 0; i < KEYMAP_KEYS_MAX; i++)
		keys[i] = K_NONE;
	while (*(text += strspn(text, " \t"))) {
		char name[KEY_NAME_MAX + 1] = "";
		size_t length = strcspn(text, " \t");
		if (count == KEYMAP_KEYS_MAX)
			return error_set(err, RC_INVALID,
					 _("«%s»: hay demasiadas teclas; se admiten %d por orden."),
					 text, KEYMAP_KEYS_MAX);
		memcpy(name, text, length > KEY_NAME_MAX ? KEY_NAME_MAX : length);
		keys[count] = key_parse(name);
		if (keys[count++] == K_NONE)
			return error_set(err, RC_INVALID,
					 _("«%s» no es una tecla; se escriben como q, F3, Enter, "
					   "Space, PgDn o Ctrl-R."),
					 name);
		text += length;
	}
	return RC_OK;
}

static bool has_key(const key_code *keys, key_code key)
{
	for (size_t i = 0; i < KEYMAP_KEYS_MAX; i++)
		if (keys[i] == key)
			return key != K_NONE;
	return false;
}

/* Whether some context knows both. */
static bool ops_meet(enum op a, enum op b)
{
	for (enum context context = 0; context < CONTEXT_COUNT; context++)
		if (op_works_in(a, context) && op_works_in(b, context))
			return true;
	return false;
}

static enum rc check_free(const struct keymap *keymap, enum op op, key_code key, struct error *err)
{
	struct strbuf name;
	for (enum op other = OP_NONE + 1; other < OP_COUNT; other++) {
		if (other == op || !has_key(keymap->keys[other], key) || !ops_meet(op, other))
			continue;
		strbuf_init(&name);
		key_add_name(&name, key);
		enum rc rc = error_set(err, RC_INVALID,
				       _("La tecla %s ya sirve para «%s»; cambie antes esa orden."),
				       name.data, op_info(other)->name);
		strbuf_release(&name);
		return rc;
	}
	return RC_OK;
}

void keymap_init(struct keymap *keymap)
{
	for (enum op op = 0; op < OP_COUNT; op++)
		(void)parse_keys(op_info(op)->keys, keymap->keys[op], NULL);
}

enum rc keymap_bind(struct keymap *keymap, enum op op, const char *text, struct error *err)
{
	key_code keys[KEYMAP_KEYS_MAX];
	enum rc rc = parse_keys(text, keys, err);
	for (size_t i = 0; rc == RC_OK && i < KEYMAP_KEYS_MAX && keys[i] != K_NONE; i++)
		rc = check_free(keymap, op, keys[i], err);
	if (rc == RC_OK)
		memcpy(keymap->keys[op], keys, sizeof(keys));
	return rc;
}

static enum op find_own(const struct keymap *keymap, enum context context, key_code key)
{
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++)
		if (has_key(keymap->keys[op], key) && op_is_in(op, context))
			return op;
	return OP_NONE;
}

enum op keymap_find(const struct keymap *keymap, enum context context, key_code key)
{
	enum op found = find_own(keymap, context, key);
	while (found == OP_NONE && context_parent(context) != context) {
		context = context_parent(context);
		found = find_own(keymap, context, key);
	}
	return found;
}

/* Not one that is text there, nor one that means something else. */
static bool is_key_in(const struct keymap *keymap, enum op op, key_code key, enum context context)
{
	if (key == K_NONE || (context_takes_text(context) && key_is_text(key)))
		return false;
	return !op_works_in(op, context) || keymap_find(keymap, context, key) == op;
}

void keymap_add_labels(const struct keymap *keymap, enum op op, enum context context,
		       struct strbuf *out)
{
	size_t before = out->length;
	for (size_t i = 0; i < KEYMAP_KEYS_MAX; i++) {
		if (!is_key_in(keymap, op, keymap->keys[op][i], context))
			continue;
		if (out->length > before)
			strbuf_adds(out, "  ");
		key_add_label(out, keymap->keys[op][i]);
	}
}

key_code keymap_first(const struct keymap *keymap, enum op op, enum context context)
{
	for (size_t i = 0; i < KEYMAP_KEYS_MAX; i++)
		if (is_key_in(keymap, op, keymap->keys[op][i], context))
			return keymap->keys[op][i];
	return K_NONE;
}
