/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile filters. With clang: -fsanitize=fuzzer -DWITH_LIBFUZZER. Otherwise a
 * plain program: it reads the files named as arguments, or without arguments
 * makes filters of pieces of the language for a second, from a fixed seed. The
 * first byte of an input picks the kind of record.
 */
#include "fuzz/fuzz.h"

#include <unistd.h>

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/demo.h"
#include "nucleo/model/filter.h"
#include "nucleo/store/list.h"

static bool count_row(void *context, const void *row)
{
	(void)row;
	++*(int *)context;
	return true;
}

/* The demonstration in a file nobody can see, made once. */
static struct store *demo(void)
{
	static struct store *store;
	char folder[] = "/tmp/nucleo-fuzz-XXXXXX";
	struct strbuf path;
	if (store)
		return store;
	REQUIRE(mkdtemp(folder));
	strbuf_init(&path);
	strbuf_addf(&path, "%s/demo.db", folder);
	const struct store_options options = {
		.path = path.data, .today = date_from_civil(2024, 2, 15), .throw_away = true};
	REQUIRE(store_create(&options, &store, NULL) == RC_OK);
	REQUIRE(demo_fill(store, NULL) == RC_OK);
	unlink(path.data);
	rmdir(folder);
	strbuf_release(&path);
	return store;
}

/* Whatever could be understood can be asked, and excluded rows are the others. */
static void require_answer(const struct filter *filter)
{
	const struct list_query query = {.filter = filter}, all = {0};
	int rows = 0, most = 0;
	REQUIRE(store_list(demo(), filter->kind->id, &query, count_row, &rows, NULL) == RC_OK);
	REQUIRE(store_list(demo(), filter->kind->id, &all, count_row, &most, NULL) == RC_OK);
	REQUIRE(rows <= most);
	if (!filter->terms.count)
		REQUIRE(rows == most);
}

static void require_completion(const struct record_kind *kind, const char *text)
{
	struct filter_completion completion;
	size_t length = strlen(text);
	filter_complete(&completion, kind, text, length);
	filter_completion_offer(&completion, text, "FCD, AME");
	REQUIRE(completion.span.start + completion.span.length <= length);
	for (size_t i = 0; i < completion.choices.count; i++)
		REQUIRE(utf8_is_valid(completion.choices.items[i],
				      strlen(completion.choices.items[i])));
	filter_completion_release(&completion);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct filter filter;
	struct error err = {0};
	if (!size)
		return 0;
	const struct record_kind *kind = &record_kinds[data[0] % RECORD_KIND_COUNT];
	char *text = mem_strndup((const char *)data + 1, size - 1);
	enum rc rc = filter_parse(&filter, kind, text, date_from_civil(2024, 2, 15), &err);
	if (rc == RC_OK) {
		require_answer(&filter);
		require_completion(kind, text);
	} else {
		REQUIRE(rc == RC_USAGE && *err.text && !filter.terms.count);
		REQUIRE(utf8_is_valid(err.text, strlen(err.text)));
		REQUIRE(filter.fault.start + filter.fault.length <= strlen(text));
	}
	filter_release(&filter);
	free(text);
	return 0;
}

#ifndef WITH_LIBFUZZER
enum { ROUNDS = 4000 };

static void add_piece(struct strbuf *text, const struct record_kind *kind)
{
	static const char *const pieces[] = {
		" ",	   " ",	     " ",     "-",	"\"",	 ":",	   ",",	    "..",
		">",	   ">=",     "<",     "=",	"desde:", "hasta:", "orden:", "orden:-",
		"sector:", "hoy",    "+30d",  "-2s",	"-9999a", "2023",   "2023-11", "31/02/2023",
		"99999999", "-1e9",  "FCD",   "C5",	"AM-2023-05", "paga2/C5", "vencidas", "hecho",
		"'",	   ";--",    "%s%n",  "\xC3",	"\xED\xA0\x80", "ñ", "\xE2\x80\xAE", "\t\n",
		"1",	   "0.5",    "82,86", "9h00",	"sí",	 "en curso", "(", ":x",
	};
	const struct field *field = &kind->fields[fuzz_pick(kind->field_count)];
	if (fuzz_pick(3) == 0)
		strbuf_addf(text, "%s:", field->name);
	else if (fuzz_pick(4) == 0 && field->names)
		strbuf_adds(text, field->names->names[fuzz_pick((size_t)field->names->count)].label);
	else
		strbuf_adds(text, pieces[fuzz_pick(ARRAY_COUNT(pieces))]);
}

static void run_made_up(void)
{
	struct strbuf text;
	strbuf_init(&text);
	for (int round = 0; round < ROUNDS; round++) {
		size_t kind = fuzz_pick(RECORD_KIND_COUNT);
		strbuf_reset(&text);
		strbuf_addch(&text, (char)kind);
		for (size_t count = 1 + fuzz_pick(9); count; count--)
			add_piece(&text, &record_kinds[kind]);
		LLVMFuzzerTestOneInput((const uint8_t *)text.data, text.length);
	}
	strbuf_release(&text);
}

int main(int count, char **arguments)
{
	for (int i = 1; i < count; i++) {
		struct strbuf text;
		strbuf_init(&text);
		fuzz_read(arguments[i], &text);
		LLVMFuzzerTestOneInput((const uint8_t *)text.data, text.length);
		strbuf_release(&text);
	}
	if (count == 1)
		run_made_up();
	store_close(demo());
	return 0;
}
#endif
