/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/digest.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/local_parts.h"

/* Of what is no text of a field: names, kinds, titles. */
enum { WORD_MAX = 400 };

/* ---- a draft in memory */

void draft_init(struct draft *draft, const char *kind, int64_t key, const char *title)
{
	*draft = (struct draft){
		.kind = mem_strdup(kind), .key = key, .title = mem_strdup(title)};
}

void draft_clear(struct draft *draft)
{
	for (size_t i = 0; i < draft->texts.count; i++) {
		free(draft->texts.items[i].name);
		free(draft->texts.items[i].was);
		free(draft->texts.items[i].text);
	}
	draft->texts.count = 0;
}

void draft_release(struct draft *draft)
{
	draft_clear(draft);
	vector_release(&draft->texts);
	free(draft->kind);
	free(draft->title);
	*draft = (struct draft){0};
}

void draft_add(struct draft *draft, const char *name, const char *was, const char *text)
{
	vector_push(&draft->texts, ((struct draft_text){.name = mem_strdup(name),
							.was = mem_strdup(was),
							.text = mem_strdup(text)}));
}

const struct draft_text *draft_text_named(const struct draft *draft, const char *name)
{
	for (size_t i = 0; i < draft->texts.count; i++)
		if (strcmp(draft->texts.items[i].name, name) == 0)
			return &draft->texts.items[i];
	return NULL;
}

void draft_list_release(struct draft_list *list)
{
	for (size_t i = 0; i < list->drafts.count; i++)
		draft_release(&list->drafts.items[i]);
	vector_release(&list->drafts);
}

/* ---- saving */

static enum rc check_size(const struct draft *draft, struct error *err)
{
	size_t bytes = 0;
	for (size_t i = 0; i < draft->texts.count; i++)
		bytes += strlen(draft->texts.items[i].was) + strlen(draft->texts.items[i].text);
	if (draft->texts.count > DRAFT_TEXTS_MAX || bytes > DRAFT_BYTES_MAX)
		return error_set(err, RC_INVALID,
				 _("el texto es demasiado largo para un borrador; guárdelo ya"));
	return RC_OK;
}

static enum rc run(struct query *query, struct error *err)
{
	query_next(query);
	return query_end(query, err);
}

static enum rc run_for(struct local *local, const char *sql, int64_t id, struct error *err)
{
	struct query query;
	query_begin_text(&query, local->store, sql);
	query_bind_integer(&query, ":id", id);
	query_bind_integer(&query, ":holder", local->holder);
	return run(&query, err);
}

/* Those that are there already can be saved again. */
static enum rc check_room(struct local *local, int64_t id, struct error *err)
{
	struct query query;
	query_begin_text(&query, local->store, "SELECT count(*) FROM draft WHERE id <> :id");
	query_bind_integer(&query, ":id", id);
	bool is_full = query_next(&query) && query_integer(&query, 0) >= DRAFTS_MAX;
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK && is_full)
		rc = error_set(err, RC_REFUSED,
			       _("hay demasiados borradores: recupere o descarte los que hay (F9, "
				 "borradores)"));
	return rc;
}

static enum rc write_head(struct local *local, const struct draft *draft, struct error *err)
{
	struct query query;
	query_begin_text(&query, local->store,
			 "INSERT OR REPLACE INTO draft (id, holder, kind, key, title, at)"
			 " VALUES (:id, :holder, :kind, :key, :title, :at)");
	query_bind_integer(&query, ":id", draft->id);
	query_bind_integer(&query, ":holder", local->holder);
	query_bind_text(&query, ":kind", draft->kind);
	query_bind_integer(&query, ":key", draft->key);
	query_bind_text(&query, ":title", draft->title);
	query_bind_text(&query, ":at", draft->at);
	return run(&query, err);
}

static enum rc write_text(struct local *local, const struct draft *draft, size_t i,
			  struct error *err)
{
	const struct draft_text *text = &draft->texts.items[i];
	struct query query;
	query_begin_text(&query, local->store,
			 "INSERT INTO draft_text (draft, place, name, was, text)"
			 " VALUES (:id, :place, :name, :was, :text)");
	query_bind_integer(&query, ":id", draft->id);
	query_bind_integer(&query, ":place", (int64_t)i);
	query_bind_text(&query, ":name", text->name);
	query_bind_text(&query, ":was", text->was);
	query_bind_text(&query, ":text", text->text);
	return run(&query, err);
}

#define REMOVE_TEXTS "DELETE FROM draft_text WHERE draft = :id"

static enum rc save(struct local *local, void *context, struct error *err)
{
	const struct draft *draft = context;
	enum rc rc = check_room(local, draft->id, err);
	if (rc == RC_OK)
		rc = write_head(local, draft, err);
	if (rc == RC_OK)
		rc = run_for(local, REMOVE_TEXTS, draft->id, err);
	for (size_t i = 0; i < draft->texts.count && rc == RC_OK; i++)
		rc = write_text(local, draft, i, err);
	return rc;
}

enum rc local_save_draft(struct local *local, struct draft *draft, struct error *err)
{
	struct strbuf now;
	struct draft saved = *draft;
	enum rc rc = check_size(draft, err);
	if (rc != RC_OK)
		return rc;
	strbuf_init(&now);
	clock_add_utc(&now);
	snprintf(saved.at, sizeof(saved.at), "%s", now.data);
	strbuf_release(&now);
	if (!saved.id)
		saved.id = random_key();
	rc = local_with_file(local, save, &saved, err);
	if (rc == RC_OK)
		*draft = saved;
	return rc;
}

/* ---- whose it is */

static enum rc find_holder(struct local *local, int64_t id, int64_t *holder, struct error *err)
{
	struct query query;
	query_begin_text(&query, local->store, "SELECT holder FROM draft WHERE id = :id");
	query_bind_integer(&query, ":id", id);
	bool is_there = query_next(&query);
	*holder = is_there ? query_integer(&query, 0) : 0;
	enum rc rc = query_end(&query, err);
	return rc != RC_OK || is_there
		       ? rc
		       : error_set(err, RC_NOT_FOUND, _("ese borrador ya no está"));
}

static enum rc take(struct local *local, void *context, struct error *err)
{
	const int64_t *id = context;
	int64_t holder;
	enum rc rc = find_holder(local, *id, &holder, err);
	if (rc == RC_OK && local_is_held(local, holder))
		rc = error_set(err, RC_NOT_FOUND,
			       _("ese borrador ya está abierto en otra ventana de nucleo"));
	return rc == RC_OK ? run_for(local, "UPDATE draft SET holder = :holder WHERE id = :id",
				     *id, err)
			   : rc;
}

enum rc local_take_draft(struct local *local, int64_t id, struct error *err)
{
	return local_with_file(local, take, &id, err);
}

static enum rc leave(struct local *local, void *context, struct error *err)
{
	return run_for(local, "UPDATE draft SET holder = 0 WHERE id = :id AND holder = :holder",
		       *(const int64_t *)context, err);
}

enum rc local_leave_draft(struct local *local, int64_t id, struct error *err)
{
	return local_with_file(local, leave, &id, err);
}

static enum rc remove_draft(struct local *local, void *context, struct error *err)
{
	const int64_t *id = context;
	enum rc rc = run_for(local, REMOVE_TEXTS, *id, err);
	return rc == RC_OK ? run_for(local, "DELETE FROM draft WHERE id = :id", *id, err) : rc;
}

enum rc local_remove_draft(struct local *local, int64_t id, struct error *err)
{
	return local_with_file(local, remove_draft, &id, err);
}

/* ---- reading: any program may have written the file */

/* A copy of a text that can be shown and edited; NULL when it cannot. */
static char *copy_text(struct query *query, int column, size_t limit)
{
	size_t length = 0;
	const char *text = query_text(query, column, &length);
	if (!text || length > limit || !utf8_is_valid(text, length))
		return NULL;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < ' ' && text[i] != '\n' && text[i] != '\t')
			return NULL;
	return mem_strndup(text, length);
}

static bool read_text(struct query *query, struct draft_text *text)
{
	*text = (struct draft_text){.name = copy_text(query, 0, WORD_MAX),
				    .was = copy_text(query, 1, DRAFT_BYTES_MAX),
				    .text = copy_text(query, 2, DRAFT_BYTES_MAX)};
	if (text->name && text->was && text->text)
		return true;
	free(text->name);
	free(text->was);
	free(text->text);
	return false;
}

static enum rc read_texts(struct local *local, struct draft *draft, struct error *err)
{
	struct query query;
	query_begin_text(&query, local->store,
			 "SELECT name, was, text FROM draft_text WHERE draft = :id"
			 " ORDER BY place LIMIT :limit");
	query_bind_integer(&query, ":id", draft->id);
	query_bind_integer(&query, ":limit", DRAFT_TEXTS_MAX);
	while (query_next(&query)) {
		struct draft_text text;
		if (read_text(&query, &text))
			vector_push(&draft->texts, text);
	}
	return query_end(&query, err);
}

static bool read_head(struct query *query, struct draft *draft)
{
	char *at = copy_text(query, 4, sizeof(draft->at) - 1);
	*draft = (struct draft){.id = query_integer(query, 0),
				.kind = copy_text(query, 1, WORD_MAX),
				.key = query_integer(query, 2),
				.title = copy_text(query, 3, WORD_MAX)};
	snprintf(draft->at, sizeof(draft->at), "%s", at ? at : "");
	free(at);
	if (draft->kind && draft->title && draft->id)
		return true;
	draft_release(draft);
	return false;
}

static enum rc read_heads(struct local *local, struct draft_list *list, struct error *err)
{
	struct query query;
	query_begin_text(&query, local->store,
			 "SELECT id, kind, key, title, at, holder FROM draft"
			 " ORDER BY at DESC, id LIMIT :limit");
	query_bind_integer(&query, ":limit", DRAFTS_MAX);
	while (query_next(&query)) {
		struct draft draft;
		if (!local_is_held(local, query_integer(&query, 5)) && read_head(&query, &draft))
			vector_push(&list->drafts, draft);
	}
	return query_end(&query, err);
}

static enum rc list_drafts(struct local *local, void *context, struct error *err)
{
	struct draft_list *list = context;
	draft_list_release(list); /* of a first try, in a file that was damaged */
	enum rc rc = read_heads(local, list, err);
	for (size_t i = 0; i < list->drafts.count && rc == RC_OK; i++)
		rc = read_texts(local, &list->drafts.items[i], err);
	return rc;
}

enum rc local_list_drafts(struct local *local, struct draft_list *list, struct error *err)
{
	struct draft_list read = {0};
	enum rc rc = local_with_file(local, list_drafts, &read, err);
	if (rc != RC_OK)
		draft_list_release(&read);
	for (size_t i = 0; i < read.drafts.count; i++)
		vector_push(&list->drafts, read.drafts.items[i]);
	vector_release(&read.drafts);
	return rc;
}
