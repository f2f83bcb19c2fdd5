/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/record_add.h"
#include "nucleo/store/difference.h"

/* ---- a group with a record of every kind */

int64_t add_record(struct store *store, enum record_kind_id kind, const char *const *words)
{
	struct record_assignment pairs[16];
	char *fields[16];
	struct record_draft draft = {.kind = &record_kinds[kind], .pairs = pairs};
	struct operation *operation = operation_new();
	int64_t key = 0;
	for (; *words; words++, draft.count++)
		assert_done(record_assignment_parse(*words, &fields[draft.count],
						    &pairs[draft.count], err));
	assert_done(record_add(store, &draft, operation, &key, err));
	test_commit(store, operation);
	while (draft.count)
		free(fields[--draft.count]);
	return key;
}

int64_t record_keys[RECORD_KIND_COUNT];

/* Nobody will miss it after a power cut: hundreds of changes need not wait for the disk. */
static struct store *create(void)
{
	struct store *store = NULL;
	char *path = folder_path(RECORD_DATABASE);
	const struct store_options options = {
		.path = path, .actor = "FCD", .today = test_today(), .throw_away = true};
	assert_done(store_create(&options, &store, err));
	free(path);
	return store;
}

struct store *record_store(void)
{
	struct store *store = create();
	struct group group = test_group(store);
	record_keys[RECORD_PLAN] = group.plan;
	record_keys[RECORD_MEETING] = group.meeting;
	record_keys[RECORD_AGENDA] = group.item2a;
	record_keys[RECORD_COMMITMENT] = group.c2;
	record_keys[RECORD_ORGANIZATION] = group.fcd;
	record_keys[RECORD_RESOLUTION] = group.entry;
	ADD(RECORD_ORGANIZATION, "acronym=UTPL", "sector=academia", "role=member");
	ADD(RECORD_PLAN, "code=paga1");
	ADD(RECORD_COMMITMENT, "code=C2", "plan=paga1");
	ADD(RECORD_MEETING, "number=AM-2023-06", "date=2023-12-15");
	ADD(RECORD_AGENDA, "meeting=AM-2023-06", "title=Apertura");
	record_keys[RECORD_MILESTONE] =
		ADD(RECORD_MILESTONE, "commitment=C1", "number=1", "ends=2023-12-31");
	ADD(RECORD_MILESTONE, "commitment=C1", "number=2");
	record_keys[RECORD_PROGRESS] = ADD(RECORD_PROGRESS, "commitment=C1", "milestone=1",
					   "as_of=2023-11-17", "percent=38");
	record_keys[RECORD_BLOCKER] =
		ADD(RECORD_BLOCKER, "commitment=C1", "reason=Sin presupuesto");
	record_keys[RECORD_ATTENDEE] =
		ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=FCD");
	record_keys[RECORD_FOLLOWUP] =
		ADD(RECORD_FOLLOWUP, "description=Entregar los datos", "responsible=FCD,AME",
		    "commitment=C1", "meeting=AM-2023-05", "item=2.a");
	record_keys[RECORD_INDICATOR] = ADD(RECORD_INDICATOR, "name=Visitas al portal",
					    "value=12,5", "organization=CNE", "place=Cuenca");
	record_keys[RECORD_DOCUMENT] = ADD(RECORD_DOCUMENT, "title=Guía", "kind=guide");
	record_keys[RECORD_PERSON] = ADD(RECORD_PERSON, "organization=UTPL", "post=Docente");
	return store;
}

struct record_edit *begin_edit(struct store *store, enum record_kind_id kind, int64_t key)
{
	struct record_edit *edit = NULL;
	assert_done(record_edit_begin(store, kind, key, &edit, err));
	return edit;
}

void put_text(struct record_edit *edit, const char *field, const char *text)
{
	size_t i = record_edit_index(edit, field);
	if (i == record_edit_count(edit))
		fail_msg("no field %s", field);
	record_edit_set(edit, i, text);
}

const char *shown_text(const struct record_edit *edit, const char *field)
{
	return record_edit_text(edit, record_edit_index(edit, field));
}

/* Commits what is written; false when nothing changed. */
bool save_edit(struct store *store, struct record_edit *edit)
{
	struct operation *operation = operation_new();
	assert_done(record_edit_compose(edit, operation, NULL, err));
	bool is_empty = operation_is_empty(operation);
	if (is_empty)
		operation_free(operation);
	else
		test_commit(store, operation);
	record_edit_free(edit);
	return !is_empty;
}

enum rc try_save_edit(struct store *store, struct record_edit *edit, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = record_edit_compose(edit, operation, NULL, err);
	if (rc == RC_OK)
		rc = operation_commit(operation, store, NULL, err);
	else
		assert_true(operation_is_empty(operation));
	operation_free(operation);
	record_edit_free(edit);
	return rc;
}

void assert_words(const char *expected)
{
	char *words = test_query(RECORD_DATABASE, "SELECT words FROM history ORDER BY number DESC");
	assert_string_equal(words, expected);
	free(words);
}

/* ---- taking the last operation back, from its text alone */

/* What the text of an operation says is all that undoing has. */
#define INVERSE                                                                                    \
	"WITH h AS (SELECT * FROM history ORDER BY number DESC LIMIT 1)"                           \
	" SELECT json_object('op', lower(hex(randomblob(16))), 'parent', h.hash, 'at', h.at,"      \
	" 'by', h.by, 'host', h.host, 'program', '1', 'schema', json_extract(h.text, '$.schema')," \
	" 'words', 'x', 'undoes', h.op, 'edits', (SELECT json_group_array(json(inverse)) FROM"     \
	" (SELECT CASE WHEN e.value ->> 'insert' IS NOT NULL"                                      \
	" THEN json_object('table', e.value ->> 'table', 'key', e.value ->> 'key',"                \
	" 'delete', json('true'), 'was', json(e.value -> 'insert'))"                               \
	" WHEN e.value ->> 'delete' IS NOT NULL"                                                   \
	" THEN json_object('table', e.value ->> 'table', 'key', e.value ->> 'key',"                \
	" 'insert', json(e.value -> 'was'))"                                                       \
	" ELSE json_object('table', e.value ->> 'table', 'key', e.value ->> 'key',"                \
	" 'set', json(e.value -> 'was'), 'was', json(e.value -> 'set')) END AS inverse"            \
	" FROM json_each(h.text, '$.edits') AS e ORDER BY e.key DESC))) FROM h"

void assert_as(struct store *store, const char *copy)
{
	struct store *other = test_open(copy);
	struct strbuf out;
	int64_t count = 0;
	strbuf_init(&out);
	assert_done(store_differences(other, store, &count, &out, err));
	if (count)
		fail_msg("%s", out.data);
	strbuf_release(&out);
	store_close(other);
}

void take_back(struct store *store)
{
	char *text = test_query(RECORD_DATABASE, INVERSE);
	assert_done(operation_apply_text(store, text, strlen(text), NULL, err));
	free(text);
}

void snapshot(const char *name)
{
	char *path = folder_path(name);
	struct strbuf sql;
	strbuf_init(&sql);
	strbuf_addf(&sql, "VACUUM INTO '%s'", path);
	test_sql(RECORD_DATABASE, sql.data);
	strbuf_release(&sql);
	free(path);
}
