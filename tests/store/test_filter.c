/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/exchange/filter.h"

static struct followup a_followup(void)
{
	struct followup row;
	record_clear(&record_kinds[RECORD_FOLLOWUP], &row);
	row.id = "S-2023-001";
	row.description = "Remitirá la información legislativa";
	row.kind = FOLLOWUP_UNDERTAKING;
	row.status = FOLLOWUP_IN_PROGRESS;
	row.responsible = "FCD\nAME";
	row.due = date_from_civil(2024, 1, 31);
	row.meeting = "AM-2023-05";
	row.item = "8.a";
	row.commitment = "C1";
	row.overdue = true;
	return row;
}

static void terms_on_a_followup(void **state)
{
	(void)state;
	static const struct {
		const char *term;
		bool matches;
	} cases[] = {
		{"resp:FCD", true},	       {"resp:fcd", true},
		{"responsible:FC", false},     {"Responsable:AME", true},
		{"compromiso:C1", true},       {"commitment:c1", true},
		{"compromiso:paga2/C1", true}, {"compromiso:C10", false},
		{"compromiso:C", false},       {"reunion:AM-2023-05", true},
		{"meeting:AM-2023", false},    {"punto:8.a", true},
		{"item:AM-2023-05/8.A", true}, {"punto:8", false},
		{"estado:en curso", true},     {"status:in_progress", true},
		{"estado:hecha", false},       {"tipo:compromiso asumido", true},
		{"vencidas", true},	       {"-vencidas", false},
		{"overdue:no", false},	       {"vencida:sí", true},
		{"due:2024-01", true},	       {"vence:31/01/2024", true},
		{"vence:2024-02", false},      {"description:informacion", true},
		{"qué:LEGISLATIVA", true},     {"-qué:legislativa", false},
		{"due_text:", true},	       {"due:", false},
		{"-due:", true},	       {"-remitira", false},
		{"-presupuesto", true},	       {"carried:0", true},
		{"carried:1", false},	       {"acción:S-2023-001", true},
		{"acción:S-2023-00", false},
	};
	struct followup row = a_followup();
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct filter filter;
		struct error err;
		if (filter_parse(&filter, &record_kinds[RECORD_FOLLOWUP], &cases[i].term, 1, &err) !=
		    RC_OK)
			fail_msg("%s: %s", cases[i].term, err.text);
		if (filter_matches(&filter, &row) != cases[i].matches)
			fail_msg("%s", cases[i].term);
		filter_release(&filter);
	}
}

static void codes_with_their_plan(void **state)
{
	(void)state;
	static const struct {
		const char *text, *term;
		bool matches;
	} cases[] = {
		{"paga1/C5", "compromiso:C5", true},	   {"paga1/C5", "compromiso:paga1/C5", true},
		{"paga1/C5", "compromiso:paga2/C5", false}, {"C5", "compromiso:paga2/C5", true},
		{"paga1/C15", "compromiso:C5", false},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct followup row = a_followup();
		struct filter filter;
		struct error err;
		row.commitment = cases[i].text;
		assert_int_equal(filter_parse(&filter, &record_kinds[RECORD_FOLLOWUP],
					      &cases[i].term, 1, &err),
				 RC_OK);
		assert_int_equal(filter_matches(&filter, &row), cases[i].matches);
		filter_release(&filter);
	}
}

static void numbers_times_and_percentages(void **state)
{
	(void)state;
	static const char *const good[] = {"avance:38,5", "percent:38.50 %", "código:C6", "pace:atrás"};
	static const char *const bad[] = {"avance:38", "percent:x", "code:C60", "pace:al día"};
	struct commitment row;
	record_clear(&record_kinds[RECORD_COMMITMENT], &row);
	row.code = "C6";
	row.percent = 3850;
	row.pace = PACE_BEHIND;
	for (size_t i = 0; i < ARRAY_COUNT(good) + ARRAY_COUNT(bad); i++) {
		struct filter filter;
		struct error err;
		bool is_good = i < ARRAY_COUNT(good);
		const char *term = is_good ? good[i] : bad[i - ARRAY_COUNT(good)];
		assert_int_equal(
			filter_parse(&filter, &record_kinds[RECORD_COMMITMENT], &term, 1, &err), RC_OK);
		assert_int_equal(filter_matches(&filter, &row), is_good);
		filter_release(&filter);
	}
}

static void bare_words_go_to_the_store(void **state)
{
	(void)state;
	static const char *const terms[] = {"datos  abiertos", "15:00", "vencidas"};
	struct filter filter;
	struct error err;
	assert_int_equal(filter_parse(&filter, &record_kinds[RECORD_MEETING], terms, 3, &err), RC_OK);
	assert_string_equal(filter.words.data, "datos abiertos 15:00 vencidas");
	assert_int_equal(filter.terms.count, 0);
	filter_release(&filter);
	assert_int_equal(filter_parse(&filter, &record_kinds[RECORD_MEETING], NULL, 0, &err), RC_OK);
	assert_int_equal(filter.words.length, 0);
	filter_release(&filter);
}

static void what_is_not_known_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *term, *hint;
	} cases[] = {
		{"color:rojo", "description"}, {"re:FCD", "responsible"},
		{"estado:volando", "en curso"}, {":x", NULL},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *terms[] = {"palabra", "resp:FCD", cases[i].term};
		struct filter filter;
		struct error err;
		enum rc rc = filter_parse(&filter, &record_kinds[RECORD_FOLLOWUP], terms, 3, &err);
		assert_int_equal(rc, cases[i].hint ? RC_USAGE : RC_OK);
		if (cases[i].hint)
			assert_non_null(strstr(err.text, cases[i].hint));
		filter_release(&filter);
	}
}

/* Every heading and key leads to its own field, or the descriptor has two alike. */
static void every_field_can_be_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++)
		for (size_t j = 0; j < record_kinds[i].field_count; j++) {
			const struct field *field = &record_kinds[i].fields[j];
			struct strbuf term;
			struct filter filter;
			struct error err;
			const char *text;
			if (!field->label)
				continue;
			strbuf_init(&term);
			strbuf_addf(&term, "%s:", field->name);
			text = term.data;
			assert_int_equal(filter_parse(&filter, &record_kinds[i], &text, 1, &err),
					 RC_OK);
			assert_ptr_equal(filter.terms.items[0].field, field);
			filter_release(&filter);
			strbuf_reset(&term);
			strbuf_addf(&term, "%s:", field->label);
			text = term.data;
			assert_int_equal(filter_parse(&filter, &record_kinds[i], &text, 1, &err),
					 RC_OK);
			assert_ptr_equal(filter.terms.items[0].field, field);
			filter_release(&filter);
			strbuf_release(&term);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_on_a_followup),
		cmocka_unit_test(codes_with_their_plan),
		cmocka_unit_test(numbers_times_and_percentages),
		cmocka_unit_test(bare_words_go_to_the_store),
		cmocka_unit_test(what_is_not_known_is_refused),
		cmocka_unit_test(every_field_can_be_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
