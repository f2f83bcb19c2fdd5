/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/search_test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/memory.h"
#include "nucleo/base/strbuf.h"

#define INDEX_FOLDER "state/nucleo/search"

int search_folder_make(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	char *path = folder_path("state");
	setenv("XDG_STATE_HOME", path, 1);
	free(path);
	return 0;
}

/* Path of some file in the folder of indexes; NULL when it is empty or not there. */
static char *any_file(void)
{
	char *folder = folder_path(INDEX_FOLDER), *found = NULL;
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && !found && (entry = readdir(dir));) {
		struct strbuf name;
		strbuf_init(&name);
		strbuf_addf(&name, INDEX_FOLDER "/%s", entry->d_name);
		if (entry->d_name[0] != '.')
			found = folder_path(name.data);
		strbuf_release(&name);
	}
	if (dir)
		closedir(dir);
	free(folder);
	return found;
}

int search_folder_remove(void **state)
{
	static const char *const folders[] = {INDEX_FOLDER, "state/nucleo", "state"};
	for (char *file; (file = any_file()); free(file))
		if (unlink(file) != 0 && rmdir(file) != 0)
			return -1;
	for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
		char *path = folder_path(folders[i]);
		rmdir(path);
		free(path);
	}
	return folder_remove(state);
}

char *index_file(void)
{
	return any_file();
}

int search_until_ready(struct search *search)
{
	struct search_progress progress = {0};
	int pieces = 0;
	while (!progress.is_ready) {
		assert_done(search_prepare(search, &progress, err));
		assert_in_range(++pieces, 1, 10000);
	}
	return pieces;
}

/* Where the code is a random key, the name of the kind. */
static bool add_id(void *context, const void *row)
{
	struct strbuf *ids = context;
	const struct search_hit *hit = row;
	bool is_key = strspn(hit->id, "0123456789") == strlen(hit->id);
	strbuf_addf(ids, "%s%s", ids->length ? " " : "",
		    is_key ? search_kind_names.names[hit->kind].name : hit->id);
	return true;
}

char *search_ids(struct search *search, const char *text, int64_t limit)
{
	struct search_question question = {.text = text, .limit = limit};
	struct strbuf ids;
	strbuf_init(&ids);
	assert_done(search_run(search, &question, add_id, &ids, err));
	strbuf_adds(&ids, question.has_more ? " +" : "");
	return strbuf_detach(&ids);
}

void expect_found(struct search *search, const char *text, const char *ids)
{
	search_until_ready(search);
	char *found = search_ids(search, text, 100);
	if (strcmp(found, ids) != 0)
		fail_msg("«%s»: %s, not %s", text, found, ids);
	free(found);
}

void expect_hits(struct store *store, const char *text, const char *ids)
{
	struct search *search = search_new(store);
	expect_found(search, text, ids);
	search_free(search);
}

int64_t add_followup(struct operation *op, const char *code, const char *what)
{
	return add_row(op, "followup", "code", code, "description", what, "kind", "task", "status",
		       "open", NULL);
}

int64_t commit_followup(struct store *store, const char *code, const char *what)
{
	struct operation *op = operation_new();
	operation_set_words(op, "%s", what);
	int64_t key = add_followup(op, code, what);
	test_commit(store, op);
	return key;
}
