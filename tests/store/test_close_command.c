/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cli_test.h"

#include <stdlib.h>
#include <string.h>

/* A meeting in session: its second item is still to be treated, one of two proposals is whole. */
static void fill(struct home *home)
{
	EXPECT(home, 0, "init");
	EXPECT(home, 0, "add", "organization", "acronym=FCD");
	EXPECT(home, 0, "add", "organization", "acronym=AME");
	EXPECT(home, 0, "add", "meeting", "number=AM-2024-01", "date=2024-01-20",
	       "status=in_session");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2024-01", "title=Apertura", "state=done");
	EXPECT(home, 0, "add", "agenda", "meeting=AM-2024-01", "title=Avance");
	EXPECT(home, 0, "add", "attendee", "meeting=AM-2024-01", "organization=FCD");
	EXPECT(home, 0, "add", "resolution", "meeting=AM-2024-01", "item=1",
	       "text=Se aprueba el orden del día.", "kind=decision", "decision_kind=consensus");
	EXPECT(home, 0, "add", "followup", "description=Entregar los datos", "responsible=FCD",
	       "due=2024-02-15", "meeting=AM-2024-01", "item=1", "status=proposed");
	EXPECT(home, 0, "add", "followup", "description=Convocar a los GAD",
	       "meeting=AM-2024-01", "item=1", "status=proposed");
}

/* Owned: the code of the n-th follow-up, which is of the year it is run in. */
static char *code_at(struct home *home, const char *path)
{
	struct strbuf query;
	strbuf_init(&query);
	strbuf_addf(&query, "SELECT ?1 ->> '%s'", path);
	EXPECT(home, 0, "list", "followups", "meeting:AM-2024-01", "orden:id", "--json");
	char *code = ask_json(home, query.data);
	strbuf_release(&query);
	return code;
}

static void says_what_is_missing_and_stays_open(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 1, "close", "AM-2024-01", "--json");
	assert_err(home, "faltan 2 cosas (punto 2: quedó sin tratar;");
	assert_err(home, "reason=");
	assert_json(home, "$.meeting", "AM-2024-01");
	assert_json(home, "$.status", "in_session");
	assert_json(home, "$.closed", "null");
	assert_json(home, "$.missing[0].kind", "item");
	assert_json(home, "$.missing[0].item", "2");
	assert_json(home, "$.missing[0].record", "AM-2024-01/2");
	assert_json(home, "$.missing[0].text", "quedó sin tratar");
	assert_json(home, "$.missing[1].kind", "followup");
	assert_json(home, "$.missing[2]", "null");
	assert_json(home, "$.hints[0].kind", "previous_acta");
	EXPECT(home, 1, "cerrar", "AM-2024-01");
	assert_out(home, "! punto 2: quedó sin tratar\n    Anote en qué quedó");
	assert_out(home, "· ninguna decisión aprueba el acta anterior");
	assert_out(home, "AM-2024-01: en sesión\n");
	/* To look only is no failure. */
	EXPECT(home, 0, "close", "AM-2024-01", "--dry-run");
	assert_out(home, "! punto 2");
	EXPECT(home, 0, "--read-only", "close", "AM-2024-01", "--dry-run");
}

static void closes_with_a_reason(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 0, "close", "AM-2024-01", "reason=Se cortó la luz", "--json");
	assert_json(home, "$.status", "closed");
	assert_json(home, "$.closing_reason", "Se cortó la luz");
	char *closed = ask_json(home, "SELECT ?1 ->> '$.closed' GLOB '[0-2][0-9]:[0-5][0-9]'");
	assert_string_equal(closed, "1");
	free(closed);
	EXPECT(home, 0, "show", "meeting", "AM-2024-01");
	assert_out(home, "Se cortó la luz");
	EXPECT(home, 1, "close", "AM-2024-01", "reason=Otra vez");
	assert_err(home, "ya está cerrada");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "show", "meeting", "AM-2024-01", "--json");
	assert_json(home, "$.status", "in_session");
	assert_json(home, "$.closing_reason", "null");
}

static void closes_when_nothing_is_missing(void **state)
{
	struct home *home = *state;
	fill(home);
	char *code = code_at(home, "$[1].id");
	EXPECT(home, 0, "set", "followup", code, "responsible=AME", "due=2024-03-01");
	EXPECT(home, 0, "set", "agenda", "AM-2024-01/2", "state=deferred");
	EXPECT(home, 0, "close", "AM-2024-01");
	assert_out(home, "AM-2024-01: cerrada · ");
	free(code);
}

static void confirms_those_that_are_complete(void **state)
{
	struct home *home = *state;
	fill(home);
	char *whole = code_at(home, "$[0].id"), *bare = code_at(home, "$[1].id");
	EXPECT(home, 0, "confirm", "AM-2024-01", "--dry-run", "--json");
	assert_json(home, "$.confirmed[0]", whole);
	EXPECT(home, 0, "show", "followup", whole, "--json");
	assert_json(home, "$.status", "proposed");
	EXPECT(home, 0, "confirm", "AM-2024-01", "--json");
	assert_json(home, "$.confirmed[0]", whole);
	assert_json(home, "$.proposed[0]", bare);
	EXPECT(home, 0, "show", "followup", whole, "--json");
	assert_json(home, "$.status", "open");
	EXPECT(home, 0, "confirm", "AM-2024-01");
	assert_out(home, "queda propuesta: diga quién y hasta cuándo");
	assert_err(home, "no hay nada que confirmar");
	/* By name it is confirmed as it is. */
	EXPECT(home, 0, "confirmar", "AM-2024-01", bare);
	EXPECT(home, 0, "show", "followup", bare, "--json");
	assert_json(home, "$.status", "open");
	EXPECT(home, 0, "undo");
	EXPECT(home, 0, "show", "followup", bare, "--json");
	assert_json(home, "$.status", "proposed");
	free(whole);
	free(bare);
}

static void what_is_not_understood(void **state)
{
	struct home *home = *state;
	fill(home);
	EXPECT(home, 2, "close");
	EXPECT(home, 2, "close", "AM-2024-01", "motivo");
	EXPECT(home, 2, "close", "AM-2024-01", "why=x");
	assert_err(home, "reason=");
	EXPECT(home, 1, "close", "AM-2099-01");
	EXPECT(home, 1, "confirm", "AM-2024-01", "S-2099-001");
	EXPECT(home, 0, "add", "followup", "description=De ninguna");
	EXPECT(home, 0, "list", "followups", "--json");
	char *code = ask_json(home, "SELECT value ->> 'id' FROM json_each(?1)"
				    " WHERE value ->> 'meeting' IS NULL");
	EXPECT(home, 1, "confirm", "AM-2024-01", code);
	assert_err(home, "ya no es de esta reunión");
	EXPECT(home, 1, "--read-only", "close", "AM-2024-01", "reason=x");
	free(code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOME(says_what_is_missing_and_stays_open),
		IN_A_HOME(closes_with_a_reason),
		IN_A_HOME(closes_when_nothing_is_missing),
		IN_A_HOME(confirms_those_that_are_complete),
		IN_A_HOME(what_is_not_understood),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
