/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

void config_init(struct config *config)
{
	*config = (struct config){.wait_ms = CONFIG_WAIT_DEFAULT_MS};
}

void config_release(struct config *config)
{
	free(config->db);
	free(config->actor);
	free(config->post);
	config_init(config);
}

int config_parse_wait(const char *text)
{
	int ms = 0, digits = 0, scale = 1000;
	for (; isdigit((unsigned char)*text) && digits < 5; text++, digits++)
		ms = ms * 10 + (*text - '0') * 1000;
	if (digits && *text == '.')
		for (text++; isdigit((unsigned char)*text); text++)
			ms += (*text - '0') * (scale /= 10);
	return digits && !*text && ms <= CONFIG_WAIT_MAX_MS ? ms : -1;
}

static void set_once(char **value, const char *text)
{
	if (!*value && text && *text)
		*value = mem_strdup(text);
}

static void set_path(char **value, const char *text)
{
	char *path = file_expand_home(text);
	set_once(value, path);
	free(path);
}

static void set_mouse(struct config *config, const char *value, int number,
		      struct strbuf *notices)
{
	bool yes = utf8_equal_folded(value, "yes") || utf8_equal_folded(value, "sí");
	if (yes || utf8_equal_folded(value, "no"))
		config->no_mouse = !yes;
	else
		strbuf_addf(notices, _("configuración, línea %d: «mouse» es yes o no, no «%s»\n"),
			    number, value);
}

static void read_setting(struct config *config, const char *name, const char *value, int number,
			 struct strbuf *notices)
{
	if (strcmp(name, "db") == 0)
		set_path(&config->db, value);
	else if (strcmp(name, "as") == 0)
		set_once(&config->actor, value);
	else if (strcmp(name, "post") == 0)
		set_once(&config->post, value);
	else if (strcmp(name, "mouse") == 0)
		set_mouse(config, value, number, notices);
	else
		strbuf_addf(notices, _("configuración, línea %d: no existe la opción «%s»\n"),
			    number, name);
}

static void read_line(struct config *config, const char *line, int number,
		      struct strbuf *notices)
{
	struct strbuf name, value;
	const char *equals = strchr(line, '=');
	strbuf_init(&name);
	strbuf_init(&value);
	strbuf_add(&name, line, equals ? (size_t)(equals - line) : strlen(line));
	strbuf_adds(&value, equals ? equals + 1 : "");
	strbuf_trim(&name);
	strbuf_trim(&value);
	if (name.data[0] == '#' || (!name.length && !equals))
		;
	else if (equals)
		read_setting(config, name.data, value.data, number, notices);
	else
		strbuf_addf(notices, _("configuración, línea %d: falta «=»\n"), number);
	strbuf_release(&name);
	strbuf_release(&value);
}

static void read_lines(struct config *config, char *text, struct strbuf *notices)
{
	int number = 1;
	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	for (; *text; number++) {
		size_t length = strcspn(text, "\n");
		bool is_last = !text[length];
		text[length] = '\0';
		read_line(config, text, number, notices);
		text += length + !is_last;
	}
}

enum rc config_read(const char *path, struct strbuf *text, struct error *err)
{
	enum rc rc = file_read(path, CONFIG_MAX_BYTES, text, err);
	if (rc == RC_OK && (!utf8_is_valid(text->data, text->length) ||
			    strlen(text->data) != text->length))
		return error_set(err, RC_INVALID,
				 _("la configuración «%s» no es texto UTF-8; corríjala o bórrela"),
				 path);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* A post is one in the institution the file names: who acts for another has another, or none. */
static void complete_person(struct config *config, struct config *file)
{
	set_once(&config->actor, file->actor);
	if (file->post && file->actor && utf8_equal_folded(config->actor, file->actor))
		set_once(&config->post, file->post);
}

static enum rc read_file(struct config *config, const char *path, struct strbuf *notices,
			 struct error *err)
{
	struct strbuf text;
	struct config file;
	strbuf_init(&text);
	config_init(&file);
	enum rc rc = config_read(path, &text, err);
	if (rc == RC_OK)
		read_lines(&file, text.data, notices);
	if (rc == RC_OK) {
		set_once(&config->db, file.db);
		complete_person(config, &file);
		config->no_mouse = file.no_mouse;
	}
	config_release(&file);
	strbuf_release(&text);
	return rc;
}

enum rc config_load(struct config *config, struct strbuf *notices, struct error *err)
{
	set_once(&config->db, getenv("NUCLEO_DB"));
	set_once(&config->actor, getenv("NUCLEO_AS"));
	char *path = file_config_path("config");
	enum rc rc = read_file(config, path, notices, err);
	free(path);
	if (rc == RC_OK && !config->db)
		config->db = file_data_path("nucleo.db");
	return rc;
}
