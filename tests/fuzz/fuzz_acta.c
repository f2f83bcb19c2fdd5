/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile actas. With clang: -fsanitize=fuzzer -DWITH_LIBFUZZER. Otherwise a
 * plain program: it reads the files named as arguments, or without arguments
 * mutates the actas of tests/unit/actas for a second from a fixed seed.
 */
#include "fuzz/fuzz.h"

#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_reader.h"

/* What others take from the reading must be text of one line that can be shown. */
static void require_text(const char *text)
{
	REQUIRE(text && utf8_is_valid(text, strlen(text)) && !strpbrk(text, "\n\r\t\f"));
}

static void require_indexes(const struct acta *acta, int item, int entry, int line)
{
	REQUIRE(item >= -1 && item < (int)acta->items.count);
	REQUIRE(entry >= 0 && entry < (int)acta->entries.count);
	REQUIRE(line >= 1 && line <= ACTA_MAX_LINES);
}

static void require_agenda(const struct acta *acta)
{
	for (size_t i = 0; i < acta->items.count; i++) {
		const struct acta_item *item = &acta->items.items[i];
		require_text(item->title);
		require_text(item->label);
		REQUIRE(item->parent >= -1 && item->parent < (int)i);
	}
	for (size_t i = 0; i < acta->entries.count; i++) {
		require_text(acta->entries.items[i].text);
		require_indexes(acta, acta->entries.items[i].item, (int)i,
				acta->entries.items[i].line);
	}
}

static void require_findings(const struct acta *acta)
{
	for (size_t i = 0; i < acta->measures.count; i++) {
		const struct acta_measure *at = &acta->measures.items[i];
		require_indexes(acta, at->item, at->entry, at->line);
		REQUIRE(at->percent >= 0 && at->percent <= PERCENT_FULL);
	}
	for (size_t i = 0; i < acta->followups.count; i++) {
		const struct acta_followup *at = &acta->followups.items[i];
		require_indexes(acta, at->item, at->entry, at->line);
		require_text(at->description);
	}
	for (size_t i = 0; i < acta->indicators.count; i++) {
		const struct acta_indicator *at = &acta->indicators.items[i];
		require_indexes(acta, at->item, at->entry, at->line);
	}
}

static void require_people(const struct acta *acta)
{
	for (size_t i = 0; i < acta->attendees.count; i++) {
		require_text(acta->attendees.items[i].acronym);
		REQUIRE(*acta->attendees.items[i].acronym);
	}
	for (size_t i = 0; i < acta->signatories.count; i++)
		require_text(acta->signatories.items[i].text);
	for (size_t i = 0; i < acta->unplaced.count; i++)
		require_text(acta->unplaced.items[i].text);
	for (size_t i = 0; i < acta->remarks.count; i++)
		require_text(acta->remarks.items[i].text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct prose_institution known[] = {
		{"FCD", "Fundación Ciudadanía y Desarrollo"},
		{"AME", NULL},
	};
	struct acta acta;
	struct error err = {0};
	enum rc rc = acta_read((const char *)data, size, known, ARRAY_COUNT(known), &acta, &err);
	if (rc == RC_OK) {
		require_text(acta.number);
		REQUIRE(acta.date != DATE_NONE);
		require_agenda(&acta);
		require_findings(&acta);
		require_people(&acta);
	} else {
		REQUIRE(rc == RC_INVALID && *err.text && !acta.number);
		REQUIRE(utf8_is_valid(err.text, strlen(err.text)));
	}
	acta_release(&acta);
	return 0;
}

#ifndef WITH_LIBFUZZER
#include <glob.h>

/* One change of the kinds that scanners, converters and people make. */
static void mutate(struct strbuf *text)
{
	static const char *const dirt[] = {
		"\t",
		"\n",
		"\n\n",
		"  ",
		"    ",
		"\f",
		"\r",
		":",
		".",
		"(",
		")",
		"1. ",
		"a. ",
		"7.1 ",
		"\xC3",
		"\xED",
		"\xFF",
		"\xE2\x80\x8B",
		"- ",
		" y ",
		", ",
		"%",
		"C5 (12%) ",
		"Asistentes: ",
		"Orden del día:",
		"Elaborado por:",
		"Anexos:",
		"Firmas:",
		"-\n",
		"de ",
	};
	fuzz_mutate(text, dirt, ARRAY_COUNT(dirt), 40);
}

static void run_mutations(const char *path)
{
	struct strbuf text;
	strbuf_init(&text);
	fuzz_read(path, &text);
	fuzz_run(text.data, text.length);
	for (int round = 0; round < 300; round++) {
		strbuf_reset(&text);
		fuzz_read(path, &text);
		for (size_t changes = 1 + fuzz_pick(12); changes; changes--)
			mutate(&text);
		fuzz_run(text.data, text.length);
	}
	for (size_t length = 0; length < text.length; length += 1 + text.length / 16)
		fuzz_run(text.data, length);
	strbuf_release(&text);
}

int main(int count, char **arguments)
{
	struct strbuf pattern, text;
	glob_t found = {0};
	const char *top = getenv("top_srcdir");
	strbuf_init(&pattern);
	strbuf_init(&text);
	for (int i = 1; i < count; i++) {
		strbuf_reset(&text);
		fuzz_read(arguments[i], &text);
		fuzz_run(text.data, text.length);
	}
	strbuf_addf(&pattern, "%s/tests/unit/actas/*.txt", top ? top : ".");
	if (count == 1 && glob(pattern.data, 0, NULL, &found) != 0)
		return 1;
	for (size_t i = 0; i < found.gl_pathc; i++)
		run_mutations(found.gl_pathv[i]);
	globfree(&found);
	strbuf_release(&text);
	strbuf_release(&pattern);
	return 0;
}
#endif
