/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/config.h"

/* The file is a person's own: what is not about these settings stays to the letter. */

static bool is_about(const char *line, size_t length, const char *name)
{
	struct strbuf word;
	const char *equals = memchr(line, '=', length);
	if (!equals)
		return false;
	strbuf_init(&word);
	strbuf_add(&word, line, (size_t)(equals - line));
	strbuf_trim(&word);
	/* An editor's mark at the very start is no part of the name. */
	const char *at = word.data;
	if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	bool is_same = strcmp(at + strspn(at, " \t"), name) == 0;
	strbuf_release(&word);
	return is_same;
}

static void add_setting(struct strbuf *out, const struct config_setting *setting)
{
	if (*setting->value)
		strbuf_addf(out, "%s = %s\n", setting->name, setting->value);
}

/* The first line of a name is the one that counts: it is replaced where it stands, and others of
 * that name would count once it is gone. */
static void replace(const char *text, const struct config_setting *setting, struct strbuf *out)
{
	bool is_set = false;
	while (*text) {
		size_t length = strcspn(text, "\n");
		bool ends = text[length] == '\n';
		if (!is_about(text, length, setting->name)) {
			strbuf_add(out, text, length);
			strbuf_addch(out, '\n');
		} else if (!is_set) {
			add_setting(out, setting);
			is_set = true;
		}
		text += length + ends;
	}
	if (!is_set)
		add_setting(out, setting);
}

static enum rc check(const struct config_setting *setting, struct error *err)
{
	struct strbuf clean;
	strbuf_init(&clean);
	strbuf_adds(&clean, setting->value);
	strbuf_trim(&clean);
	size_t length = strlen(setting->value);
	bool is_fine = length <= CONFIG_VALUE_MAX && clean.length == length &&
		       utf8_is_valid(setting->value, length);
	for (const char *at = setting->value; *at; at++)
		is_fine &= (unsigned char)*at >= ' ' && *at != 0x7F;
	strbuf_release(&clean);
	return is_fine ? RC_OK
		       : error_set(err, RC_USAGE,
				   _("el valor de «%s» no sirve: una línea de texto "
				     "de hasta %d "
				     "bytes, sin espacios a los lados"),
				   setting->name, CONFIG_VALUE_MAX);
}

static enum rc replace_all(const struct config_setting *settings, size_t count, struct strbuf *text,
			   struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct strbuf changed;
		enum rc rc = check(&settings[i], err);
		if (rc != RC_OK)
			return rc;
		strbuf_init(&changed);
		replace(text->data, &settings[i], &changed);
		strbuf_release(text);
		*text = changed;
	}
	if (text->length > CONFIG_MAX_BYTES)
		return error_set(err, RC_INVALID,
				 _("la configuración no cabe en %d bytes; quite algo de ella"),
				 CONFIG_MAX_BYTES);
	return RC_OK;
}

/* Some people keep their settings elsewhere and a link here, which stays one. */
static enum rc write_file(const char *path, const struct strbuf *text, struct error *err)
{
	char *real = realpath(path, NULL);
	enum rc rc = file_make_parent(path, err);
	if (rc == RC_OK)
		rc = file_replace(real ? real : path, text->data, text->length, err);
	free(real);
	return rc;
}

enum rc config_keep(const struct config_setting *settings, size_t count, struct error *err)
{
	struct strbuf text;
	char *path = file_config_path("config");
	strbuf_init(&text);
	enum rc rc = config_read(path, &text, err);
	if (rc == RC_OK)
		rc = replace_all(settings, count, &text, err);
	if (rc == RC_OK)
		rc = write_file(path, &text, err);
	strbuf_release(&text);
	free(path);
	return rc;
}
