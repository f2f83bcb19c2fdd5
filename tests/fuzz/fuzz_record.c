/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile values of records. With clang: -fsanitize=fuzzer -DWITH_LIBFUZZER. Otherwise a plain
 * program: it reads the files named as arguments, or without arguments makes inputs of
 * pieces from a fixed seed. An input is a byte that picks the kind of record, one that picks
 * the record (or a new one), and lines: a byte that picks a field, and what is written in it.
 */
#include "fuzz/fuzz.h"

#include <unistd.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/demo.h"
#include "nucleo/exchange/record_edit.h"
#include "nucleo/exchange/record_remove.h"
#include "nucleo/store/list.h"

/* The demonstration in a folder of its own, made once; what is committed stays in it. */
struct place {
	struct store *store;
	char folder[32], path[48];
};

static struct place *place(void)
{
	static struct place place;
	if (place.store)
		return &place;
	snprintf(place.folder, sizeof(place.folder), "/tmp/nucleo-fuzz-XXXXXX");
	REQUIRE(mkdtemp(place.folder));
	snprintf(place.path, sizeof(place.path), "%s/demo.db", place.folder);
	const struct store_options options = {
		.path = place.path, .today = date_from_civil(2024, 2, 15), .throw_away = true};
	REQUIRE(store_create(&options, &place.store, NULL) == RC_OK);
	REQUIRE(demo_fill(place.store, NULL) == RC_OK);
	return &place;
}

static struct store *demo(void)
{
	return place()->store;
}

struct pick {
	size_t skip;
	int64_t key; /* 0: there was none */
};

static bool pick_row(void *context, const void *row)
{
	struct pick *pick = context;
	memcpy(&pick->key, row, sizeof(pick->key));
	return pick->skip-- > 0;
}

/* A message is for a person: it says something, in whole characters. */
static void require_message(enum rc rc, const struct error *err)
{
	REQUIRE(rc == RC_USAGE || rc == RC_INVALID || rc == RC_NOT_FOUND || rc == RC_REFUSED ||
		rc == RC_CONFLICT);
	REQUIRE(err->text[0] && utf8_is_valid(err->text, strlen(err->text)));
}

static void write_fields(struct record_edit *edit, const char *bytes, size_t length)
{
	for (size_t at = 0; at < length;) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t line = end ? (size_t)(end - bytes) - at : length - at;
		size_t field = (unsigned char)bytes[at] % record_edit_count(edit);
		char *text = mem_strndup(bytes + at + (line > 0), line - (line > 0));
		struct error err = {0};
		record_edit_set(edit, field, text);
		enum rc rc = record_edit_check(edit, field, &err);
		if (rc != RC_OK)
			require_message(rc, &err);
		free(text);
		at += line + 1;
	}
}

/* What was committed is what was written: read again, there is nothing left to change. */
static void require_settled(enum record_kind_id kind, int64_t key)
{
	struct record_edit *edit = NULL;
	struct operation *operation = operation_new();
	struct error err;
	REQUIRE(record_edit_begin(demo(), kind, key, &edit, &err) == RC_OK);
	REQUIRE(!record_edit_is_changed(edit));
	for (size_t i = 0; i < record_edit_count(edit); i++) {
		const char *text = record_edit_text(edit, i);
		REQUIRE(utf8_is_valid(text, strlen(text)));
	}
	REQUIRE(record_edit_compose(edit, operation, NULL, &err) == RC_OK);
	REQUIRE(operation_is_empty(operation));
	operation_free(operation);
	record_edit_free(edit);
}

static void commit(struct record_edit *edit, enum record_kind_id kind)
{
	struct operation *operation = operation_new();
	struct error err = {0};
	size_t field = 0;
	enum rc rc = record_edit_compose(edit, operation, &field, &err);
	if (rc != RC_OK) {
		require_message(rc, &err);
		REQUIRE(operation_is_empty(operation) && field <= record_edit_count(edit));
	} else if (!operation_is_empty(operation)) {
		/* Nothing that was let through may break a constraint of the schema. */
		rc = operation_commit(operation, demo(), NULL, &err);
		if (rc != RC_OK)
			fprintf(stderr, "%s\n", err.text);
		REQUIRE(rc == RC_OK);
		require_settled(kind, record_edit_key(edit));
	}
	operation_free(operation);
}

static void try_remove(enum record_kind_id kind, int64_t key)
{
	struct record_removal removal;
	struct operation *operation = operation_new();
	struct error err = {0};
	REQUIRE(record_removal_plan(demo(), kind, key, &removal, &err) == RC_OK);
	enum rc rc = record_remove(demo(), kind, key, operation, &err);
	REQUIRE((rc == RC_REFUSED) == (removal.blocker_count > 0));
	if (rc == RC_OK)
		REQUIRE(operation_commit(operation, demo(), NULL, &err) == RC_OK);
	record_removal_release(&removal);
	operation_free(operation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct record_edit *edit = NULL;
	struct error err;
	if (size < 2)
		return 0;
	enum record_kind_id kind = (enum record_kind_id)(data[0] % RECORD_KIND_COUNT);
	struct pick pick = {.skip = data[1] / 2};
	const struct list_query all = {0};
	if (!record_edit_knows(kind))
		return 0;
	REQUIRE(store_list(demo(), kind, &all, pick_row, &pick, NULL) == RC_OK);
	bool is_new = data[1] % 2 || !pick.key;
	enum rc rc = is_new ? record_edit_begin_new(demo(), kind, &edit, &err)
			    : record_edit_begin(demo(), kind, pick.key, &edit, &err);
	REQUIRE(rc == RC_OK);
	write_fields(edit, (const char *)data + 2, size - 2);
	commit(edit, kind);
	if (!is_new && size % 16 == 0)
		try_remove(kind, pick.key);
	record_edit_free(edit);
	return 0;
}

#ifndef WITH_LIBFUZZER
enum { ROUNDS = 1500 };

static void make_input(struct strbuf *input)
{
	static const char *const pieces[] = {
		"",	      "FCD",	   "AME, FCD",	  "C5",		  "paga2/C5",
		"AM-2023-05", "1",	   "8.a",	  "2024-02-30",	  "31/01/2024",
		"2023-11-17", "15h00",	   "25:99",	  "38,5 %",	  "-3",
		"1e9",	      "99999999",  "sí",	  "decision",	  "consensus",
		"member",     "hecha",	   "público",	  "approved",	  "present",
		"execution",  "texto",	   "R-2023-05-?", "S-2023-?",	  "',\"{}",
		"a\x1b[2Jb",  "a\xff\xfe", "\xc3",	  "\xe2\x80\xae", ";,;,",
		"////",	      "{title}",   "%s%n",	  "ñandú",	  "\xf0\x9f\x8e\x89",
		"AMEE",	      "no",
	};
	strbuf_reset(input);
	strbuf_addch(input, (char)fuzz_pick(256));
	strbuf_addch(input, (char)fuzz_pick(256));
	for (size_t lines = fuzz_pick(9); lines; lines--) {
		strbuf_addch(input, (char)(fuzz_pick(200) + '\n' + 1));
		for (size_t count = 1 + fuzz_pick(6) / 5; count; count--)
			strbuf_adds(input, pieces[fuzz_pick(sizeof(pieces) / sizeof(*pieces))]);
		strbuf_addch(input, '\n');
	}
}

int main(int argc, char **argv)
{
	struct strbuf input;
	strbuf_init(&input);
	for (int i = 1; i < argc; i++) {
		strbuf_reset(&input);
		fuzz_read(argv[i], &input);
		fuzz_run(input.data, input.length);
	}
	for (int round = 0; argc == 1 && round < ROUNDS; round++) {
		make_input(&input);
		fuzz_run(input.data, input.length);
	}
	strbuf_release(&input);
	store_close(demo());
	store_remove(place()->path);
	rmdir(place()->folder);
	return 0;
}
#endif
