/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which plan the commitments of an acta go to. */
#include "store/import_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

/* Plans before the import ("code starts ends"), what the acta says, and where C1 is to be. */
static const struct {
	const char *plans[3];
	const char *words;
	const char *code; /* NULL: refused */
	const char *remark;
} plan_cases[] = {
	{{NULL}, "", "paga", "se hizo el plan paga"},
	{{NULL}, " del Segundo PAGA", "paga2", "se hizo el plan paga2"},
	{{"paga1 - -", "paga2 - -"}, " del Segundo PAGA", "paga2", NULL},
	{{"paga1 - -", "PAGA2 - -"}, " del Segundo PAGA", "PAGA2", NULL},
	{{"paga1 2019-01-01 2022-12-31", "paga2 2023-01-01 2024-12-31"}, "", "paga2", NULL},
	{{"unico - -"}, "", "unico", NULL},
	{{"unico 2025-01-01 2026-12-31"}, "", "unico", NULL},
	{{"unico - -"}, " del Segundo PAGA", "unico", "nombra el plan paga2"},
	{{"paga1 2019-01-01 2022-12-31"}, " del Segundo PAGA", "paga2", "se hizo el plan paga2"},
	{{"a 2023-01-01 2024-12-31", "b 2023-06-01 2024-12-31"}, "", "b", "se anotaron en b"},
	{{"a 2018-01-01 2019-12-31", "b 2020-01-01 2021-12-31"}, "", "b", "se anotaron en b"},
	{{"a - -", "b - -"}, "", NULL, "a, b"},
	{{"a 2025-01-01 2026-12-31", "b - -"}, "", NULL, "a, b"},
};

static void add_plan(struct operation *op, const char *text)
{
	size_t length = strcspn(text, " ");
	char *code = mem_strndup(text, length), *starts = NULL;
	if (text[length + 1] == '-') {
		add_row(op, "plan", "code", code, NULL);
	} else {
		starts = mem_strndup(text + length + 1, 10);
		add_row(op, "plan", "code", code, "starts", starts, "ends", text + length + 12,
			NULL);
	}
	free(starts);
	free(code);
}

static bool has_remark(const struct acta *acta, const char *words)
{
	for (size_t i = 0; i < acta->remarks.count; i++)
		if (strstr(acta->remarks.items[i].text, words ? words : "plan"))
			return true;
	return false;
}

static void check_plan_case(size_t i)
{
	struct acta_import_result result;
	struct error refusal = {0};
	char name[32], *text = import_replace(import_acta, "avance:", "avance@:");
	char *said = import_replace(text, "@", plan_cases[i].words);
	const struct acta_source source = {
		.name = "a.txt", .bytes = said, .length = strlen(said)};
	snprintf(name, sizeof(name), "plan%zu.db", i);
	struct store *store = test_create(name);
	struct operation *op = operation_new();
	add_row(op, "organization", "acronym", "DPE", "sector", "public", "sort", "d", NULL);
	for (size_t j = 0; j < 3 && plan_cases[i].plans[j]; j++)
		add_plan(op, plan_cases[i].plans[j]);
	test_commit(store, op);
	enum rc rc = acta_import_text(store, &source, false, &result, &refusal);
	if (!plan_cases[i].code) {
		assert_int_equal(rc, RC_REFUSED);
		assert_non_null(strstr(refusal.text, plan_cases[i].remark));
		assert_int_equal(import_number(name, "SELECT count(*) FROM history"), 1);
	} else {
		if (rc != RC_OK)
			fail_msg("case %zu: %s", i, refusal.text);
		if (has_remark(&result.acta, plan_cases[i].remark) != !!plan_cases[i].remark)
			fail_msg("case %zu: remark", i);
		import_assert_rows(name,
			    "SELECT DISTINCT p.code AS x FROM progress JOIN commitment AS c ON "
			    "c.key = commitment JOIN plan AS p ON p.key = plan",
			    plan_cases[i].code);
		acta_import_result_release(&result);
	}
	store_close(store);
	free(text);
	free(said);
}

static void commitments_go_to_their_plan(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(plan_cases); i++)
		check_plan_case(i);
}

/* A plan guessed once is kept, also when a newer one is added with the same days. */
static void a_corrected_acta_stays_with_its_plan(void **state)
{
	(void)state;
	struct store *store = test_create("stay.db");
	struct operation *op = operation_new();
	add_plan(op, "a 2023-01-01 2024-12-31");
	test_commit(store, op);
	import_done(store, import_acta);
	op = operation_new();
	add_plan(op, "b 2023-02-01 2024-12-31");
	test_commit(store, op);
	char *text = import_replace(import_acta, "C2 (20,5%)", "C2 (25%)");
	import_done(store, text);
	char *edits = import_last_edits("stay.db");
	assert_string_equal(edits, "entry:text\nprogress:percent");
	free(edits);
	free(text);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commitments_go_to_their_plan),
		cmocka_unit_test(a_corrected_acta_stays_with_its_plan),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
