/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/saved_filters.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/file.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/filter_parts.h"

/* ---- names */

static bool is_name(const char *name)
{
	size_t length = strlen(name);
	return length && length <= SAVED_FILTER_NAME_MAX && !strpbrk(name, " \t\n\"=@:,") &&
	       *name != '-';
}

static size_t position(const struct saved_filters *saved, const struct record_kind *kind,
		       const char *name)
{
	size_t i = 0;
	while (i < saved->items.count && (saved->items.items[i].kind != kind ||
					  !utf8_equal_folded(saved->items.items[i].name, name)))
		i++;
	return i;
}

const char *saved_filters_find(const struct saved_filters *saved, const struct record_kind *kind,
			       const char *name)
{
	size_t i = position(saved, kind, name);
	return i < saved->items.count ? saved->items.items[i].text : NULL;
}

static enum rc unknown(const struct saved_filters *saved, const struct record_kind *kind,
		       const char *name, struct error *err)
{
	struct strbuf names;
	strbuf_init(&names);
	for (size_t i = 0; i < saved->items.count; i++)
		if (saved->items.items[i].kind == kind)
			strbuf_addf(&names, "%s@%s", names.length ? ", " : "",
				    saved->items.items[i].name);
	error_set(err, RC_NOT_FOUND,
		  names.length ? _("no hay un filtro guardado «@%s»; hay: %s")
			       : _("no hay un filtro guardado «@%s» para %s"),
		  name, names.length ? names.data : kind->spanish[0]);
	strbuf_release(&names);
	return RC_NOT_FOUND;
}

/* ---- changing */

static int compare(const void *a, const void *b)
{
	const struct saved_filter *one = a, *two = b;
	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	return strcmp(one->name, two->name);
}

static enum rc set(struct saved_filters *saved, const struct record_kind *kind, const char *name,
		   const char *text, struct error *err)
{
	if (!is_name(name) || !utf8_is_valid(name, strlen(name)))
		return error_set(err, RC_USAGE,
				 _("«%s» no sirve de nombre: letras, cifras, «-» y «_», hasta %d"),
				 name, SAVED_FILTER_NAME_MAX);
	char *copy = mem_strdup(text);
	size_t i = position(saved, kind, name);
	if (i == saved->items.count)
		*vector_add(&saved->items) =
			(struct saved_filter){.kind = kind, .name = mem_strdup(name)};
	free(saved->items.items[i].text);
	saved->items.items[i].text = copy;
	qsort(saved->items.items, saved->items.count, sizeof(*saved->items.items), compare);
	return RC_OK;
}

enum rc saved_filters_remove(struct saved_filters *saved, const struct record_kind *kind,
			     const char *name, struct error *err)
{
	size_t i = position(saved, kind, name);
	if (i == saved->items.count)
		return unknown(saved, kind, name, err);
	free(saved->items.items[i].name);
	free(saved->items.items[i].text);
	memmove(&saved->items.items[i], &saved->items.items[i + 1],
		(--saved->items.count - i) * sizeof(*saved->items.items));
	return RC_OK;
}

void saved_filters_release(struct saved_filters *saved)
{
	for (size_t i = 0; i < saved->items.count; i++) {
		free(saved->items.items[i].name);
		free(saved->items.items[i].text);
	}
	for (size_t i = 0; i < saved->others.count; i++)
		free(saved->others.items[i]);
	vector_release(&saved->items);
	vector_release(&saved->others);
}

/* ---- the file */

/* The next word of the line, without the blanks around it; `*line` moves behind it. */
static char *take_word(const char **line, const char *stop)
{
	struct strbuf word;
	size_t length = strcspn(*line, stop);
	strbuf_init(&word);
	strbuf_add(&word, *line, length);
	strbuf_trim(&word);
	*line += length + ((*line)[length] != '\0');
	return strbuf_detach(&word);
}

/* "kind name = text" */
static bool read_filter(struct saved_filters *saved, const char *line)
{
	const char *rest = line + strspn(line, " \t");
	if (*rest == '#' || !strchr(rest, '='))
		return false;
	char *word = take_word(&rest, " \t"), *name = take_word(&rest, "=");
	char *text = take_word(&rest, "");
	const struct record_kind *kind = record_kind_named(word);
	struct error ignored;
	bool is_filter =
		kind && set(saved, kind, name, text, &ignored) == RC_OK;
	free(word);
	free(name);
	free(text);
	return is_filter;
}

static void read_line(struct saved_filters *saved, const char *line, size_t length)
{
	char *copy = mem_strndup(line, length);
	if (read_filter(saved, copy) || !*copy)
		free(copy);
	else
		vector_push(&saved->others, copy);
}

enum rc saved_filters_load(struct saved_filters *saved, struct error *err)
{
	struct strbuf text;
	char *path = file_config_path("filters");
	*saved = (struct saved_filters){0};
	strbuf_init(&text);
	enum rc rc = file_read(path, SAVED_FILTERS_MAX_BYTES, &text, err);
	if (rc == RC_OK &&
	    (!utf8_is_valid(text.data, text.length) || strlen(text.data) != text.length))
		rc = error_set(err, RC_INVALID, _("«%s» no es texto UTF-8; corríjalo o bórrelo"),
			       path);
	for (const char *at = text.data; rc == RC_OK && *at;) {
		size_t length = strcspn(at, "\r\n");
		read_line(saved, at, length);
		at += length + (at[length] != '\0');
	}
	strbuf_release(&text);
	free(path);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc saved_filters_store(const struct saved_filters *saved, struct error *err)
{
	struct strbuf text;
	char *path = file_config_path("filters");
	strbuf_init(&text);
	for (size_t i = 0; i < saved->others.count; i++)
		strbuf_addf(&text, "%s\n", saved->others.items[i]);
	for (size_t i = 0; i < saved->items.count; i++)
		strbuf_addf(&text, "%s %s = %s\n", saved->items.items[i].kind->plural,
			    saved->items.items[i].name, saved->items.items[i].text);
	enum rc rc = file_make_parent(path, err);
	if (rc == RC_OK)
		rc = file_replace(path, text.data, text.length, err);
	strbuf_release(&text);
	free(path);
	return rc;
}

/* ---- using them */

static bool is_saved(const char *text, const struct filter_token *token)
{
	return !token->name.length && !token->is_quoted && !token->is_negated &&
	       text[token->rest.start] == '@' && token->rest.length > 1;
}

static bool names_saved(const char *text)
{
	struct filter_token token;
	for (size_t at = 0; filter_next_token(text, at, &token);
	     at = token.span.start + token.span.length)
		if (is_saved(text, &token))
			return true;
	return false;
}

static enum rc expand(const struct saved_filters *saved, const struct record_kind *kind,
		      const char *text, struct strbuf *out, struct error *err)
{
	struct filter_token token;
	size_t done = 0;
	enum rc rc = RC_OK;
	while (rc == RC_OK && filter_next_token(text, done, &token)) {
		size_t end = token.span.start + token.span.length;
		strbuf_add(out, text + done, token.span.start - done);
		if (is_saved(text, &token)) {
			char *name = mem_strndup(text + token.rest.start + 1,
						 token.rest.length - 1);
			const char *found = saved_filters_find(saved, kind, name);
			strbuf_adds(out, found ? found : "");
			rc = found ? RC_OK : unknown(saved, kind, name, err);
			free(name);
		} else {
			strbuf_add(out, text + token.span.start, token.span.length);
		}
		done = end;
	}
	strbuf_adds(out, text + done);
	return rc;
}

enum rc saved_filters_put(struct saved_filters *saved, const struct record_kind *kind,
			  const char *name, const char *text, struct error *err)
{
	struct strbuf whole;
	strbuf_init(&whole);
	enum rc rc = expand(saved, kind, text, &whole, err);
	if (rc == RC_OK)
		rc = set(saved, kind, name, whole.data, err);
	strbuf_release(&whole);
	return rc;
}

enum rc saved_filters_expand(const struct record_kind *kind, const char *text, struct strbuf *out,
			     struct error *err)
{
	struct saved_filters saved;
	if (!names_saved(text)) {
		strbuf_adds(out, text);
		return RC_OK;
	}
	enum rc rc = saved_filters_load(&saved, err);
	if (rc == RC_OK)
		rc = expand(&saved, kind, text, out, err);
	saved_filters_release(&saved);
	return rc;
}
