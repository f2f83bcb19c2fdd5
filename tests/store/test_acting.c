/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In whose name is written, and who has to say something first. */
#include "store/store_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/acting.h"

/* Today is 17 November 2023. */
static const struct seat {
	const char *acronym, *role, *starts, *ends;
} seats[] = {
	{"SIEMPRE", "observer", NULL, NULL},
	{"DESDE", "observer", "2023-11-17", NULL},
	{"HASTA", "observer", "2020-01-01", "2023-11-17"},
	{"FUE", "observer", "2020-01-01", "2023-11-16"},
	{"SERA", "observer", "2023-11-18", NULL},
	{"ASCENDIO", "observer", "2020-01-01", "2022-12-31"},
	{"ASCENDIO", "member", "2023-01-01", NULL},
	{"DESCENDIO", "member", "2020-01-01", "2022-12-31"},
	{"DESCENDIO", "observer", "2023-01-01", NULL},
	{"MIEMBRO", "member", NULL, NULL},
	{"INVITADO", "guest", NULL, NULL},
	{"SIN", NULL, NULL, NULL},
};

static void add_seats(struct store *store)
{
	struct operation *operation = operation_new();
	int64_t organization = 0;
	for (size_t i = 0; i < ARRAY_COUNT(seats); i++) {
		const char *acronym = seats[i].acronym;
		if (!i || strcmp(seats[i - 1].acronym, acronym) != 0)
			organization = add_row(operation, "organization", "acronym", acronym,
					       "name", acronym, "sector", "public", "sort", acronym,
					       NULL);
		if (!seats[i].role)
			continue;
		operation_insert(operation, "membership");
		operation_field(operation, "organization", value_key(organization));
		operation_field(operation, "role", value_text(seats[i].role));
		operation_field(operation, "starts", value_text(seats[i].starts));
		operation_field(operation, "ends", value_text(seats[i].ends));
	}
	test_commit(store, operation);
}

static enum rc write_something(struct store *store, struct error *err)
{
	struct operation *operation = operation_new();
	operation_set_words(operation, "prueba");
	add_row(operation, "organization", "acronym", "NUEVA", "name", "N", "sector", "public",
		"sort", "N", NULL);
	enum rc rc = operation_commit(operation, store, NULL, err);
	operation_free(operation);
	return rc;
}

static void observers_are_those_of_today(void **state)
{
	static const struct {
		const char *actor;
		bool needs_name, confirms;
		enum acting acting;
	} cases[] = {
		{"SIEMPRE", true, false, ACTING_OBSERVING},
		{"siempre", false, false, ACTING_OBSERVING},
		{"SIEMPRE", true, true, ACTING_FREELY},
		{"DESDE", false, false, ACTING_OBSERVING},
		{"HASTA", false, false, ACTING_OBSERVING},
		{"FUE", false, false, ACTING_FREELY},
		{"SERA", false, false, ACTING_FREELY},
		{"ASCENDIO", false, false, ACTING_FREELY},
		{"DESCENDIO", false, false, ACTING_OBSERVING},
		{"MIEMBRO", true, false, ACTING_FREELY},
		{"INVITADO", false, false, ACTING_FREELY},
		{"SIN", false, false, ACTING_FREELY},
		{"NADIE-CONOCE", true, false, ACTING_FREELY},
		{"", false, false, ACTING_FREELY},
		{"", true, false, ACTING_NAMELESS},
		{"", true, true, ACTING_NAMELESS},
	};
	struct store *store = test_create("a.db");
	(void)state;
	add_seats(store);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct acting_terms terms = {.needs_name = cases[i].needs_name,
						   .confirms = cases[i].confirms};
		enum acting acting = ACTING_READ_ONLY;
		store_set_person(store, cases[i].actor, NULL);
		assert_done(acting_settle(store, &terms, &acting, err));
		if (acting != cases[i].acting)
			fail_msg("«%s» is %d", cases[i].actor, acting);
		assert_int_equal(store_is_read_only(store), acting != ACTING_FREELY);
		assert_int_equal(store_is_held(store), acting != ACTING_FREELY);
	}
	store_close(store);
}

/* Whatever forgets to ask first is refused where everything is written. */
static void what_is_held_is_not_written(void **state)
{
	struct store *store = test_create("a.db");
	struct acting_terms terms = {0};
	enum acting acting;
	struct error refusal;
	(void)state;
	add_seats(store);
	store_set_person(store, "SIEMPRE", "Jefatura");
	assert_done(acting_settle(store, &terms, &acting, err));
	assert_int_equal(write_something(store, &refusal), RC_REFUSED);
	assert_non_null(strstr(refusal.text, "SIEMPRE participa como observador"));
	assert_non_null(strstr(refusal.text, "nada se guardó"));
	terms.confirms = true;
	assert_done(acting_settle(store, &terms, &acting, err));
	assert_int_equal(acting, ACTING_FREELY);
	assert_int_equal(write_something(store, &refusal), RC_OK);
	store_close(store);
}

/* What else keeps her from writing stays, and is what she is told. */
static void a_word_of_hers_opens_no_other_door(void **state)
{
	struct store *store = test_create("a.db");
	const struct acting_terms terms = {.confirms = true};
	struct strbuf reason;
	enum acting acting;
	(void)state;
	add_seats(store);
	store_set_person(store, "SIEMPRE", NULL);
	store_set_read_only(store, "la carpeta no deja escribir");
	strbuf_init(&reason);
	for (int confirms = 0; confirms < 2; confirms++) {
		const struct acting_terms now = {.confirms = confirms};
		assert_done(acting_settle(store, &now, &acting, err));
		assert_int_equal(acting, ACTING_READ_ONLY);
		assert_true(store_is_read_only(store));
		assert_false(store_is_held(store));
		strbuf_reset(&reason);
		store_add_read_only_reason(store, &reason);
		assert_string_equal(reason.data, "la carpeta no deja escribir");
	}
	assert_done(acting_settle(store, &terms, &acting, err));
	strbuf_release(&reason);
	store_close(store);
}

static void an_acronym_is_as_the_database_has_it(void **state)
{
	struct store *store = test_create("a.db");
	struct strbuf acronym;
	bool is_known = false;
	(void)state;
	add_seats(store);
	strbuf_init(&acronym);
	assert_done(acting_find(store, "miembro", &is_known, &acronym, err));
	assert_true(is_known);
	assert_string_equal(acronym.data, "MIEMBRO");
	strbuf_reset(&acronym);
	assert_done(acting_find(store, "Otra Cosa", &is_known, &acronym, err));
	assert_false(is_known);
	assert_string_equal(acronym.data, "Otra Cosa");
	strbuf_release(&acronym);
	store_close(store);
}

/* A remark beside the edits, in the chain like the rest; none where there is no post. */
static void the_post_is_in_the_operation(void **state)
{
	struct store *store = test_create("a.db");
	struct error err;
	(void)state;
	store_set_person(store, "FCD", "Jefatura de «datos»\\");
	assert_int_equal(write_something(store, &err), RC_OK);
	store_set_person(store, "FCD", NULL);
	struct operation *operation = operation_new();
	add_row(operation, "organization", "acronym", "OTRA", "name", "O", "sector", "public",
		"sort", "O", NULL);
	test_commit(store, operation);
	store_close(store);
	char *post = test_query("a.db", "SELECT json_extract(text, '$.post') FROM history"
					" WHERE number = 1");
	char *none = test_query("a.db", "SELECT count(*) FROM history WHERE number = 2 AND"
					" json_type(text, '$.post') IS NULL");
	assert_string_equal(post, "Jefatura de «datos»\\");
	assert_string_equal(none, "1");
	free(post);
	free(none);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(observers_are_those_of_today),
		IN_A_FOLDER(what_is_held_is_not_written),
		IN_A_FOLDER(a_word_of_hers_opens_no_other_door),
		IN_A_FOLDER(an_acronym_is_as_the_database_has_it),
		IN_A_FOLDER(the_post_is_in_the_operation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
