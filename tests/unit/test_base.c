/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/date.h"
#include "nucleo/base/digest.h"
#include "nucleo/base/json.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/percent.h"

static void dates_round_trip_over_two_centuries(void **state)
{
	(void)state;
	struct strbuf text;
	strbuf_init(&text);
	day_number last = date_from_civil(2199, 12, 31);
	for (day_number day = date_from_civil(1900, 1, 1); day <= last; day++) {
		strbuf_reset(&text);
		date_add_iso(&text, day);
		assert_int_equal(date_parse_iso(text.data), day);
		strbuf_reset(&text);
		date_add_local(&text, day);
		assert_int_equal(date_parse(text.data), day);
	}
	assert_int_equal(date_from_civil(1970, 1, 1), 0);
	assert_int_equal(date_from_civil(2023, 11, 17), 19678);
	strbuf_release(&text);
}

static void impossible_dates_are_none(void **state)
{
	(void)state;
	static const char *const bad[] = {"",	       "2023-02-29", "31/04/2023", "2023-13-01",
					  "00/01/2023", "1/1/23",     "2023-1-1",   "2023-01-01x",
					  "17/11/20233"};
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		assert_int_equal(date_parse(bad[i]), DATE_NONE);
	assert_int_equal(date_parse("1/2/2024"), date_from_civil(2024, 2, 1));
	assert_int_equal(date_month_end(2024, 2), date_from_civil(2024, 2, 29));
}

static void times_and_months(void **state)
{
	(void)state;
	assert_int_equal(daytime_parse("15h00"), 900);
	assert_int_equal(daytime_parse("9:30"), 570);
	assert_int_equal(daytime_parse("15h"), 900);
	assert_int_equal(daytime_parse("24h00"), DAY_MINUTE_NONE);
	assert_int_equal(daytime_parse("15h60"), DAY_MINUTE_NONE);
	assert_int_equal(date_month_named("Enero"), 1);
	assert_int_equal(date_month_named("SEPT"), 9);
	assert_int_equal(date_month_named("setiembre"), 9);
	assert_int_equal(date_month_named("Quito"), 0);
}

static void folding_and_sorting(void **state)
{
	(void)state;
	struct strbuf folded;
	strbuf_init(&folded);
	utf8_fold(&folded, "Ñandú ÁÉÍ Straße Ａ");
	assert_string_equal(folded.data, "nandu aei strasse a");
	assert_int_equal(utf8_span(".– Uno", ".)-–"), strlen(".–"));
	assert_int_equal(utf8_span("• Uno", "-–"), 0); /* they share their first bytes */
	assert_int_equal(utf8_span("–", "-–"), strlen("–"));
	assert_int_equal(utf8_compose('e', 0x301), 0xE9);
	assert_int_equal(utf8_compose('N', 0x303), 0xD1);
	assert_int_equal(utf8_compose('q', 0x301), 0);
	assert_true(utf8_has_words("Fundación Ciudadanía y Desarrollo", "ciudadania fund"));
	assert_false(utf8_has_words("Fundación", "fundacion x"));
	char *n = utf8_sort_key("nz"), *enye = utf8_sort_key("ña"), *o = utf8_sort_key("Oa");
	assert_true(strcmp(n, enye) < 0);
	assert_true(strcmp(enye, o) < 0);
	free(n);
	free(enye);
	free(o);
	strbuf_release(&folded);
}

static void widths_and_cuts(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int columns;
		const char *expected;
	} cases[] = {
		{"corto", 10, "corto"}, {"justo", 5, "justo"},	   {"demasiado", 5, "dema…"},
		{"a\xCC\x81rbol", 3, "a\xCC\x81r…"}, {"日本語", 4, "日…"}, {"x\x1b[31my", 9, "x[31my"},
		{"\xff\xfe", 9, "\xEF\xBF\xBD\xEF\xBF\xBD"},	   {"abc", 0, ""},
		{"abc", 1, "…"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf out;
		strbuf_init(&out);
		int used = utf8_fit(&out, cases[i].text, cases[i].columns);
		assert_string_equal(out.data, cases[i].expected);
		assert_true(used <= cases[i].columns);
		assert_int_equal(used, utf8_width(out.data));
		strbuf_release(&out);
	}
}

static void windows_1252(void **state)
{
	(void)state;
	struct strbuf out;
	strbuf_init(&out);
	assert_true(utf8_from_cp1252(&out, "\x93" "Reuni\xF3n\x94 \x96", 11));
	assert_string_equal(out.data, "“Reunión” –");
	assert_false(utf8_from_cp1252(&out, "\x81", 1));
	strbuf_release(&out);
}

static void json_is_valid_whatever_goes_in(void **state)
{
	(void)state;
	struct strbuf out;
	struct json_writer json;
	strbuf_init(&out);
	json_init(&json, &out);
	json_object_begin(&json);
	json_name(&json, "a\"b");
	json_string(&json, "l\n\x01\xff€\x7F");
	json_name(&json, "n");
	json_array_begin(&json);
	json_hundredths(&json, 3850);
	json_hundredths(&json, 8286);
	json_hundredths(&json, -5);
	json_hundredths(&json, 100);
	json_null(&json);
	json_bool(&json, true);
	json_array_end(&json);
	json_object_end(&json);
	assert_string_equal(out.data, "{\"a\\\"b\":\"l\\n\\u0001\xEF\xBF\xBD€\\u007f\","
				      "\"n\":[38.5,82.86,-0.05,1,null,true]}");
	strbuf_release(&out);
}

static void percentages(void **state)
{
	(void)state;
	assert_int_equal(percent_parse("38"), 3800);
	assert_int_equal(percent_parse("38,5%"), 3850);
	assert_int_equal(percent_parse("38.25 %"), 3825);
	assert_int_equal(percent_parse("100"), 10000);
	assert_int_equal(percent_parse("100.01"), PERCENT_NONE);
	assert_int_equal(percent_parse("-1"), PERCENT_NONE);
	assert_int_equal(percent_parse("3.141"), PERCENT_NONE);
	assert_int_equal(percent_parse(""), PERCENT_NONE);
}

static void digest_of_known_text(void **state)
{
	(void)state;
	/* FIPS 180-2, appendix B.1 */
	assert_string_equal(digest_of("abc", 3).hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_true(random_key() > 0);
	assert_string_not_equal(random_id_new().hex, random_id_new().hex);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_round_trip_over_two_centuries),
		cmocka_unit_test(impossible_dates_are_none),
		cmocka_unit_test(times_and_months),
		cmocka_unit_test(folding_and_sorting),
		cmocka_unit_test(widths_and_cuts),
		cmocka_unit_test(windows_1252),
		cmocka_unit_test(json_is_valid_whatever_goes_in),
		cmocka_unit_test(percentages),
		cmocka_unit_test(digest_of_known_text),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
