/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/model/quorum.h"

static const struct quorum_count seventeen = {
	.members = 17,
	.present = 14,
	.sector_members = {8, 4, 3, 2, 0},
	.sector_present = {7, 3, 2, 2, 0},
};

static struct quorum_rule rule_of(const char *text)
{
	struct quorum_rule rule;
	struct error err = {0};
	if (quorum_rule_parse(text, &rule, &err) != RC_OK)
		fail_msg("%s: %s", text, err.text);
	return rule;
}

static void rules_are_read_and_written(void **state)
{
	static const struct {
		const char *text, *written;
		int needed; /**< of 17 members */
	} rows[] = {
		{"", "", 0},
		{"  ", "", 0},
		{"ninguno", "", 0},
		{"Consenso", "", 0},
		{"0", "", 0},
		{"9", "9", 9},
		{"999", "999", 999},
		{"1/2+1", "mayoría", 9},
		{"MAYORÍA", "mayoría", 9},
		{"mayoria", "mayoría", 9},
		{"majority", "mayoría", 9},
		{"1/2", "1/2", 9},
		{"2/3", "2/3", 12},
		{"2/3+1", "2/3+1", 12},
		{"1/1", "1/1", 17},
		{"50%", "50%", 9},
		{"100%", "100%", 17},
		{"1%", "1%", 1},
		{"público:3 OSC:1 academia:1", "público:3 OSC:1 academia:1", 0},
		{"PUBLICO:3, osc:1; Academia:1", "público:3 OSC:1 academia:1", 0},
		{"public:3 civil_society:1 private:2", "público:3 OSC:1 privado:2", 0},
		{"osc:1 mayoría", "mayoría OSC:1", 9},
		{"otro:1", "otro:1", 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct quorum_rule rule = rule_of(rows[i].text), again;
		struct strbuf out;
		strbuf_init(&out);
		quorum_rule_add(&out, &rule);
		assert_string_equal(out.data, rows[i].written);
		assert_int_equal(quorum_needed(&rule, 17), rows[i].needed);
		assert_int_equal(quorum_rule_is_set(&rule), out.length > 0);
		again = rule_of(out.data);
		assert_memory_equal(&again, &rule, sizeof(rule));
		strbuf_release(&out);
	}
}

static void half_and_more_than_half_differ(void **state)
{
	struct quorum_rule half = rule_of("1/2"), majority = rule_of("mayoría");
	(void)state;
	assert_int_equal(quorum_needed(&half, 16), 8);
	assert_int_equal(quorum_needed(&majority, 16), 9);
	assert_int_equal(quorum_needed(&majority, 1), 1);
	assert_int_equal(quorum_needed(&majority, 0), 0);
}

static void what_is_no_rule_names_its_word(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{"muchos", "«muchos»"},
		{"mayoría casi", "«casi»"},
		{"-3", "«-3»"},
		{"1000", "«1000»"},
		{"99999999999999999999", "«99999999999999999999»"},
		{"3/2", "«3/2»"},
		{"0/2", "«0/2»"},
		{"1/0", "«1/0»"},
		{"1/2+", "«1/2+»"},
		{"1/2+0", "«1/2+0»"},
		{"1/2+1x", "«1/2+1x»"},
		{"101%", "«101%»"},
		{"0%", "«0%»"},
		{"50%%", "«50%%»"},
		{"marciano:3", "«marciano:3»"},
		{"público:", "«público:»"},
		{"público:0", "«público:0»"},
		{"público:tres", "«público:tres»"},
		{":3", "«:3»"},
		{"OSC:1 osc:2", "dos veces"},
		{"9 mayoría", "sobra «mayoría»"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct quorum_rule rule = {.count = 5};
		struct error err = {0};
		assert_int_equal(quorum_rule_parse(rows[i].text, &rule, &err), RC_INVALID);
		if (!strstr(err.text, rows[i].says))
			fail_msg("%s: %s", rows[i].text, err.text);
		assert_int_equal(rule.count, 5);
	}
}

struct said {
	const char *rule;
	struct quorum_count count;
	bool is_met;
	const char *sentence, *acta;
};

static const struct said said[] = {
	{"",
	 {17, 14, {8, 4, 3, 2, 0}, {7, 3, 2, 2, 0}},
	 true,
	 "Quórum: 14 de 17 (público 7, OSC 3, academia 2, privado 2)",
	 "Estuvieron presentes 14 de los 17 miembros del grupo (público 7, OSC 3, academia 2, "
	 "privado 2). No se exige quórum: el grupo decide por consenso."},
	{"mayoría",
	 {17, 14, {8, 4, 3, 2, 0}, {7, 3, 2, 2, 0}},
	 true,
	 "Quórum: 14 de 17 (público 7, OSC 3, academia 2, privado 2) · hacen falta 9: hay quórum",
	 "Estuvieron presentes 14 de los 17 miembros del grupo (público 7, OSC 3, academia 2, "
	 "privado 2). Hubo quórum: se requerían 9 miembros (mayoría)."},
	{"mayoría OSC:3",
	 {17, 8, {12, 5, 0, 0, 0}, {6, 2, 0, 0, 0}},
	 false,
	 "Sin quórum: 8 de 17 (público 6, OSC 2) · hacen falta 9, OSC 3: faltan 1, OSC 1",
	 "Estuvieron presentes 8 de los 17 miembros del grupo (público 6, OSC 2). No hubo quórum: "
	 "se requerían 9 miembros (mayoría) y, por sector, OSC 3; faltaron 1, OSC 1."},
	{"OSC:1",
	 {2, 1, {1, 1, 0, 0, 0}, {1, 0, 0, 0, 0}},
	 false,
	 "Sin quórum: 1 de 2 (público 1, OSC 0) · hace falta OSC 1: falta OSC 1",
	 "Estuvo presente 1 de los 2 miembros del grupo (público 1, OSC 0). No hubo quórum: "
	 "se requería por sector OSC 1; faltó OSC 1."},
	{"1",
	 {2, 0, {2, 0, 0, 0, 0}, {0}},
	 false,
	 "Sin quórum: 0 de 2 (público 0) · hace falta 1: falta 1",
	 "No estuvo presente ninguno de los 2 miembros del grupo. No hubo quórum: se requería "
	 "1 miembro; faltó 1."},
	{"",
	 {0, 0, {0}, {0}},
	 true,
	 "Quórum: 0 de 0",
	 "No consta quiénes eran miembros del grupo. No se exige quórum: el grupo decide por "
	 "consenso."},
	{"mayoría",
	 {0, 0, {0}, {0}},
	 true,
	 "Quórum: 0 de 0",
	 "No consta quiénes eran miembros del grupo. No se sabe si hubo quórum: la regla (mayoría) "
	 "cuenta sobre ellos."},
};

static void sentences_say_what_is_missing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(said); i++) {
		struct quorum_rule rule = rule_of(said[i].rule);
		struct strbuf out;
		strbuf_init(&out);
		assert_int_equal(quorum_is_met(&rule, &said[i].count), said[i].is_met);
		quorum_add_sentence(&out, &rule, &said[i].count);
		assert_string_equal(out.data, said[i].sentence);
		strbuf_reset(&out);
		quorum_add_acta(&out, &rule, &said[i].count);
		assert_string_equal(out.data, said[i].acta);
		strbuf_release(&out);
	}
}

/* Enough in all is not enough where a sector must be there. */
static void each_part_of_a_rule_counts(void **state)
{
	struct quorum_rule rule = rule_of("9 academia:3");
	struct quorum_count count = seventeen;
	(void)state;
	assert_false(quorum_is_met(&rule, &count));
	count.sector_present[SECTOR_ACADEMIA] = 3;
	assert_true(quorum_is_met(&rule, &count));
	count.present = 8;
	assert_false(quorum_is_met(&rule, &count));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_read_and_written),
		cmocka_unit_test(half_and_more_than_half_differ),
		cmocka_unit_test(what_is_no_rule_names_its_word),
		cmocka_unit_test(sentences_say_what_is_missing),
		cmocka_unit_test(each_part_of_a_rule_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
