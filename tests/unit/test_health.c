/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/model/health.h"

static void assert_found(health_findings *findings, enum health_check check,
			 enum health_status status, const char *value)
{
	const struct health_finding *finding = health_find(findings, check);
	assert_non_null(finding);
	if (finding->status != status)
		fail_msg("%s: %s, not %s: %s", health_check_name(check),
			 health_status_name(finding->status), health_status_name(status),
			 finding->value);
	if (!strstr(finding->value, value))
		fail_msg("%s: «%s» lacks «%s»", health_check_name(check), finding->value, value);
	/* Whatever is not well says what to do, unless it could not be looked at. */
	if (status == HEALTH_NOTICE || status == HEALTH_PROBLEM)
		assert_non_null(finding->advice);
	if (status == HEALTH_OK)
		assert_null(finding->advice);
}

static void space_has_two_thresholds(void **state)
{
	(void)state;
	health_findings findings = {0};
	health_judge_space(&findings, 5000000000, 9000000000);
	assert_found(&findings, HEALTH_SPACE, HEALTH_OK, "5000 MB de 9000 MB");
	health_judge_space(&findings, 199999999, 9000000000);
	assert_found(&findings, HEALTH_SPACE, HEALTH_NOTICE, "200 MB");
	health_judge_space(&findings, 15999999, -1);
	assert_found(&findings, HEALTH_SPACE, HEALTH_PROBLEM, "16 MB");
	health_judge_space(&findings, -1, -1);
	assert_found(&findings, HEALTH_SPACE, HEALTH_UNKNOWN, "no se sabe");
	assert_int_equal(findings.count, 1);
	health_findings_release(&findings);
}

static void a_clock_may_go_five_minutes_wrong(void **state)
{
	(void)state;
	static const struct {
		int64_t ahead;
		enum health_status status;
		const char *value;
	} cases[] = {
		{0, HEALTH_OK, "igual"},
		{-1, HEALTH_OK, "igual"},
		{90, HEALTH_OK, "90 s adelantado"},
		{-299, HEALTH_OK, "4 min atrasado"},
		{300, HEALTH_NOTICE, "5 min adelantado"},
		{-86400, HEALTH_NOTICE, "24 h atrasado"},
	};
	health_findings findings = {0};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		health_judge_clock(&findings, true, cases[i].ahead);
		assert_found(&findings, HEALTH_CLOCK, cases[i].status, cases[i].value);
	}
	health_judge_clock(&findings, false, 0);
	assert_found(&findings, HEALTH_CLOCK, HEALTH_UNKNOWN, "no se pudo");
	health_findings_release(&findings);
}

static void times_are_those_in_the_middle(void **state)
{
	(void)state;
	health_findings findings = {0};
	struct health_times times = {.took = {70000, 100, 300, 900, 200}, .count = 5};
	health_judge_reads(&findings, &times);
	assert_found(&findings, HEALTH_READ, HEALTH_OK,
		     "menos de 1 ms; la lectura más lenta, 70 ms");
	times = (struct health_times){.took = {600000, 500000, 1}, .count = 3};
	health_judge_reads(&findings, &times);
	assert_found(&findings, HEALTH_READ, HEALTH_NOTICE, "500 ms");
	times = (struct health_times){.took = {1, 1, 30000000}, .count = 3};
	health_judge_reads(&findings, &times);
	assert_found(&findings, HEALTH_READ, HEALTH_NOTICE, "30 s");
	times = (struct health_times){.count = 0};
	health_judge_reads(&findings, &times);
	assert_found(&findings, HEALTH_READ, HEALTH_UNKNOWN, "");
	health_judge_write(&findings, 1999999, NULL);
	assert_found(&findings, HEALTH_WRITE, HEALTH_OK, "1999 ms");
	health_judge_write(&findings, 2000000, NULL);
	assert_found(&findings, HEALTH_WRITE, HEALTH_NOTICE, "2000 ms");
	health_judge_write(&findings, 0, "solo se lee");
	assert_found(&findings, HEALTH_WRITE, HEALTH_UNKNOWN, "");
	health_findings_release(&findings);
}

static void the_folder_is_judged(void **state)
{
	(void)state;
	health_findings findings = {0};
	const struct health_access open = {.bits = 0770, .can_write = true};
	const struct health_access closed = {.bits = 0555};
	const struct health_access asked = {.bits = 0770, .can_write = true, .is_asked = true};
	const struct health_place good = {"carpeta de red (NFS)", "nfs4", "vers=4.2", NULL};
	const struct health_place bad = {"carpeta de la nube", "", "", "no sirve"};
	health_judge_place(&findings, &good);
	assert_found(&findings, HEALTH_PLACE, HEALTH_OK, "carpeta de red (NFS) · nfs4 (vers=4.2)");
	health_judge_place(&findings, &bad);
	assert_found(&findings, HEALTH_PLACE, HEALTH_PROBLEM, "carpeta de la nube");
	health_judge_access(&findings, &open);
	assert_found(&findings, HEALTH_ACCESS, HEALTH_OK, "rwxrwx---");
	health_judge_access(&findings, &closed);
	assert_found(&findings, HEALTH_ACCESS, HEALTH_NOTICE, "solo lectura · r-xr-xr-x");
	health_judge_access(&findings, &asked);
	assert_found(&findings, HEALTH_ACCESS, HEALTH_NOTICE, "rwx");
	health_judge_primitive(&findings, "link", RC_OK, "");
	assert_found(&findings, HEALTH_PRIMITIVE, HEALTH_OK, "enlaces");
	health_judge_primitive(&findings, "folder", RC_OK, "");
	assert_found(&findings, HEALTH_PRIMITIVE, HEALTH_OK, "carpetas");
	health_judge_primitive(&findings, "", RC_REFUSED, "deja crear dos veces");
	assert_found(&findings, HEALTH_PRIMITIVE, HEALTH_PROBLEM, "no se cumple");
	health_judge_primitive(&findings, NULL, RC_BUSY, "no responde");
	assert_found(&findings, HEALTH_PRIMITIVE, HEALTH_UNKNOWN, "");
	health_judge_leftovers(&findings, 0, 0, 0);
	assert_found(&findings, HEALTH_LEFTOVERS, HEALTH_OK, "ninguno");
	health_judge_leftovers(&findings, 900, 20, 3);
	assert_found(&findings, HEALTH_LEFTOVERS, HEALTH_OK, "900 temporales");
	health_judge_leftovers(&findings, 900, 21, 3);
	assert_found(&findings, HEALTH_LEFTOVERS, HEALTH_NOTICE, "21");
	health_findings_release(&findings);
}

static void the_log_is_judged(void **state)
{
	(void)state;
	static const struct {
		struct health_log log;
		enum health_status status;
		const char *value;
	} cases[] = {
		{{1, 0, 0, NULL}, HEALTH_OK, "ninguna todavía"},
		{{1, 9, 9, NULL}, HEALTH_OK, "de la 1 a la 9"},
		{{1, 4, 9, NULL}, HEALTH_PROBLEM, "falta la 5, y hay hasta la 9"},
		{{1, 4, 9, "dañado"}, HEALTH_PROBLEM, "la 5 está dañada"},
	};
	static const enum health_status heads[] = {
		[HEADS_SAME] = HEALTH_OK,
		[HEADS_BEHIND] = HEALTH_NOTICE,
		[HEADS_AHEAD] = HEALTH_PROBLEM,
		[HEADS_FORKED] = HEALTH_PROBLEM,
		[HEADS_UNREADABLE] = HEALTH_PROBLEM,
	};
	health_findings findings = {0};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		health_judge_log(&findings, &cases[i].log);
		assert_found(&findings, HEALTH_LOG, cases[i].status, cases[i].value);
	}
	for (size_t i = 0; i < ARRAY_COUNT(heads); i++) {
		health_judge_heads(&findings, (enum health_heads)i, 7, 8);
		assert_found(&findings, HEALTH_HEAD, heads[i], "la 7");
	}
	health_judge_published(&findings, PUBLISHED_FINE, 10, 210, NULL);
	assert_found(&findings, HEALTH_PUBLISHED, HEALTH_OK, "hasta la operación 10 de 210");
	health_judge_published(&findings, PUBLISHED_FINE, 10, 211, NULL);
	assert_found(&findings, HEALTH_PUBLISHED, HEALTH_NOTICE, "10");
	health_judge_bases(&findings, 2, 2048, "llegó incompleto");
	assert_found(&findings, HEALTH_BASES, HEALTH_PROBLEM, "2048");
	health_findings_release(&findings);
}

static void this_machine_is_judged(void **state)
{
	(void)state;
	health_findings findings = {0};
	health_judge_queue(&findings, 0, 0, "", -1);
	assert_found(&findings, HEALTH_QUEUE, HEALTH_OK, "vacía");
	health_judge_queue(&findings, 2, 0, "10h00", 3600);
	assert_found(&findings, HEALTH_QUEUE, HEALTH_OK, "2 en espera desde 10h00");
	health_judge_queue(&findings, 2, 0, "10h00", 3601);
	assert_found(&findings, HEALTH_QUEUE, HEALTH_NOTICE, "2 en espera");
	health_judge_queue(&findings, 0, 1, "", -1);
	assert_found(&findings, HEALTH_QUEUE, HEALTH_NOTICE, "1 por decidir");
	health_judge_size(&findings, 1, 64000000);
	assert_found(&findings, HEALTH_SIZE, HEALTH_OK, "1 kB, y 64000 kB");
	health_judge_size(&findings, 1, 64000001);
	assert_found(&findings, HEALTH_SIZE, HEALTH_NOTICE, "kB");
	health_judge_search(&findings, -1, NULL);
	assert_found(&findings, HEALTH_SEARCH, HEALTH_OK, "primera búsqueda");
	health_judge_search(&findings, 3, NULL);
	assert_found(&findings, HEALTH_SEARCH, HEALTH_OK, "3 operaciones");
	health_judge_search(&findings, 3, "x");
	assert_found(&findings, HEALTH_SEARCH, HEALTH_NOTICE, "dañado");
	health_judge_schema(&findings, 1, 1, "");
	assert_found(&findings, HEALTH_SCHEMA, HEALTH_OK, "usa el 1");
	health_judge_schema(&findings, 1, 2, "ana (h, nucleo 0.1)");
	assert_found(&findings, HEALTH_SCHEMA, HEALTH_NOTICE, "hasta el 2");
	assert_non_null(
		strstr(health_find(&findings, HEALTH_SCHEMA)->advice, "ana (h, nucleo 0.1)"));
	health_findings_release(&findings);
}

static void the_worst_decides(void **state)
{
	(void)state;
	health_findings findings = {0};
	assert_int_equal(health_outcome(&findings), RC_OK);
	health_judge_clock(&findings, true, 3600);
	assert_int_equal(health_outcome(&findings), RC_OK);
	health_judge_clock(&findings, false, 0);
	assert_int_equal(health_outcome(&findings), RC_OK);
	health_judge_away(&findings, "no responde");
	assert_int_equal(health_outcome(&findings), RC_BUSY);
	health_judge_replica(&findings, "page 3");
	assert_int_equal(health_outcome(&findings), RC_IO);
	assert_int_equal(health_worst(&findings), HEALTH_PROBLEM);
	health_judge_replica(&findings, NULL);
	assert_int_equal(health_outcome(&findings), RC_BUSY);
	health_findings_release(&findings);
}

static void what_others_wrote_is_shown_harmless(void **state)
{
	(void)state;
	health_findings findings = {0};
	struct strbuf long_text;
	strbuf_init(&long_text);
	for (int i = 0; i < 5000; i++)
		strbuf_adds(&long_text, "ñandú ");
	health_add(&findings, HEALTH_FOREIGN, HEALTH_NOTICE, "a\x1b[31m\nb\tc\x07\xff",
		   long_text.data);
	assert_string_equal(findings.items[0].value, "a[31m b c\xEF\xBF\xBD");
	assert_true(strlen(findings.items[0].advice) < 1600);
	assert_true(utf8_is_valid(findings.items[0].advice, strlen(findings.items[0].advice)));
	strbuf_release(&long_text);
	health_findings_release(&findings);
}

static void every_check_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < HEALTH_CHECKS; i++) {
		assert_true(*health_check_label((enum health_check)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(health_check_name((enum health_check)i),
						health_check_name((enum health_check)j));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(space_has_two_thresholds),
		cmocka_unit_test(a_clock_may_go_five_minutes_wrong),
		cmocka_unit_test(times_are_those_in_the_middle),
		cmocka_unit_test(the_folder_is_judged),
		cmocka_unit_test(the_log_is_judged),
		cmocka_unit_test(this_machine_is_judged),
		cmocka_unit_test(the_worst_decides),
		cmocka_unit_test(what_others_wrote_is_shown_harmless),
		cmocka_unit_test(every_check_has_a_name_of_its_own),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
