/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

/* ---- each field there and back */

/* clang-format off */
static const struct change {
	enum record_kind_id kind;
	const char *field, *text;
	const char *shown; /* NULL: as it was written */
	const char *words;
} changes[] = {
	{RECORD_ORGANIZATION, "acronym", "FCyD", NULL, "FCD: siglas FCD -> FCyD"},
	{RECORD_ORGANIZATION, "name", "", NULL, "FCD: nombre «Fundación Ciudadanía» -> sin dato"},
	{RECORD_ORGANIZATION, "sector", "academia", NULL, "FCD: sector OSC -> academia"},
	{RECORD_ORGANIZATION, "role", "observer", "observador",
	 "FCD: calidad sin dato -> observador"},
	{RECORD_ORGANIZATION, "review", "sí", NULL, "FCD: por revisar no -> sí"},
	{RECORD_PLAN, "code", "paga3", NULL, "paga2: código paga2 -> paga3"},
	{RECORD_PLAN, "title", "Otro", NULL, "paga2: título «Segundo plan» -> «Otro»"},
	{RECORD_PLAN, "starts", "2022-06-01", "01/06/2022",
	 "paga2: empieza 01/01/2023 -> 01/06/2022"},
	{RECORD_PLAN, "ends", "01/01/2025", NULL, "paga2: termina 31/12/2024 -> 01/01/2025"},
	{RECORD_PLAN, "ogp_id", "EC01", NULL, "paga2: id OGP sin dato -> «EC01»"},
	{RECORD_COMMITMENT, "code", "c7", "C7", "paga2/C2: código C2 -> C7"},
	{RECORD_COMMITMENT, "title", "Datos", NULL, NULL},
	{RECORD_COMMITMENT, "lead", "cne; AME", "CNE, AME",
	 "paga2/C2: responsable sin dato -> CNE, AME"},
	{RECORD_COMMITMENT, "counterpart", "FCD", NULL, NULL},
	{RECORD_COMMITMENT, "support", "UTPL,FCD,UTPL", "UTPL, FCD", NULL},
	{RECORD_COMMITMENT, "axis", "Transparencia", NULL, NULL},
	{RECORD_COMMITMENT, "problem", "Uno\n\nDos", NULL,
	 "paga2/C2: problema sin dato -> «Uno  Dos»"},
	{RECORD_COMMITMENT, "description", "x", NULL, NULL},
	{RECORD_COMMITMENT, "contribution", "x", NULL, NULL},
	{RECORD_COMMITMENT, "ogp_values", "x", NULL, NULL},
	{RECORD_COMMITMENT, "ods", "16", NULL, NULL},
	{RECORD_COMMITMENT, "ogp_id", "x", NULL, NULL},
	{RECORD_COMMITMENT, "irm_completion", "limitado", NULL,
	 "paga2/C2: valoración del IRM sin dato -> limitado"},
	{RECORD_COMMITMENT, "starts", "01/02/2023", NULL, NULL},
	{RECORD_COMMITMENT, "ends", "01/02/2024", NULL, NULL},
	{RECORD_COMMITMENT, "information", "x", NULL, NULL},
	{RECORD_COMMITMENT, "contact_post", "Director", NULL, NULL},
	{RECORD_COMMITMENT, "technical_note", "x", NULL, NULL},
	{RECORD_MILESTONE, "number", "3", NULL, "C1, hito 1: hito 1 -> 3"},
	{RECORD_MILESTONE, "title", "Línea de base", NULL, NULL},
	{RECORD_MILESTONE, "deliverable", "Informe", NULL, NULL},
	{RECORD_MILESTONE, "starts", "01/01/2023", NULL, NULL},
	{RECORD_MILESTONE, "ends", "31/03/2024", NULL,
	 "C1, hito 1: termina 31/12/2023 -> 31/03/2024"},
	{RECORD_MILESTONE, "original_ends", "30/11/2023", NULL, NULL},
	{RECORD_PROGRESS, "commitment", "paga2/C1", "C1", NULL},
	{RECORD_PROGRESS, "milestone", "2", NULL, "C1 al 17/11/2023: hito 1 -> 2"},
	{RECORD_PROGRESS, "milestone", "", NULL, "C1 al 17/11/2023: hito 1 -> sin dato"},
	{RECORD_PROGRESS, "as_of", "18/11/2023", NULL, NULL},
	{RECORD_PROGRESS, "percent", "40,5 %", "40.5", "C1 al 17/11/2023: avance 38 % -> 40.5 %"},
	{RECORD_PROGRESS, "percent", "", NULL, "C1 al 17/11/2023: avance 38 % -> sin dato"},
	{RECORD_PROGRESS, "reporter", "grupo", NULL, NULL},
	{RECORD_PROGRESS, "state", "execution", "Ejecución", NULL},
	{RECORD_PROGRESS, "meeting", "am-2023-05", "AM-2023-05", NULL},
	{RECORD_PROGRESS, "evidence", "https://ejemplo.ec", NULL, NULL},
	{RECORD_PROGRESS, "note", "x", NULL, NULL},
	{RECORD_BLOCKER, "commitment", "C10", NULL, NULL},
	{RECORD_BLOCKER, "commitment", "paga1/C2", "C2", NULL},
	{RECORD_BLOCKER, "reason", "Otro", NULL,
	 "C1, bloqueo: motivo «Sin presupuesto» -> «Otro»"},
	{RECORD_BLOCKER, "since", "01/11/2023", NULL, NULL},
	{RECORD_BLOCKER, "until", "01/12/2023", NULL, NULL},
	{RECORD_BLOCKER, "owner", "ame", "AME", NULL},
	{RECORD_MEETING, "number", "AM-2023-07", NULL,
	 "AM-2023-05: número AM-2023-05 -> AM-2023-07"},
	{RECORD_MEETING, "date", "2023-11-20", "20/11/2023", NULL},
	{RECORD_MEETING, "starts", "14:30", "14h30", "AM-2023-05: empieza 15h00 -> 14h30"},
	{RECORD_MEETING, "ends", "", NULL, "AM-2023-05: termina 17h00 -> sin dato"},
	{RECORD_MEETING, "place", "Quito", NULL, NULL},
	{RECORD_MEETING, "virtual_place", "https://ejemplo.ec", NULL, NULL},
	{RECORD_MEETING, "status", "borrador", NULL, "AM-2023-05: estado cerrada -> borrador"},
	{RECORD_MEETING, "prepared_by", "Persona Equis", NULL,
	 "AM-2023-05: cambia «Elaborado por»"},
	{RECORD_MEETING, "signatories", " Directora \n\nSecretario, de la mesa",
	 "Directora\nSecretario, de la mesa", "AM-2023-05: cambia «Firman»"},
	{RECORD_MEETING, "opened", "15:10", "15h10", NULL},
	{RECORD_MEETING, "closed", "17h20", NULL, NULL},
	{RECORD_MEETING, "closing_reason", "Faltó luz.", NULL, NULL},
	{RECORD_AGENDA, "label", "2.b", NULL, NULL},
	{RECORD_AGENDA, "parent", "1", NULL, "AM-2023-05/2.a: parte de 2 -> 1"},
	{RECORD_AGENDA, "parent", "", NULL, NULL},
	{RECORD_AGENDA, "title", "Varios", NULL, NULL},
	{RECORD_AGENDA, "presenter", "Persona Equis", NULL, "AM-2023-05/2.a: cambia «Presenta»"},
	{RECORD_AGENDA, "minutes_planned", "15", NULL,
	 "AM-2023-05/2.a: minutos previstos sin dato -> 15"},
	{RECORD_AGENDA, "minutes_spent", "0", NULL, NULL},
	{RECORD_AGENDA, "state", "deferred", "diferido", NULL},
	{RECORD_AGENDA, "parked", "sí", NULL, NULL},
	{RECORD_AGENDA, "followup", "S-2023-001", NULL, NULL},
	{RECORD_AGENDA, "commitment", "paga1/C2", NULL, NULL},
	{RECORD_ATTENDEE, "capacity", "member", "miembro",
	 "AM-2023-05, FCD: calidad invitado -> miembro"},
	{RECORD_ATTENDEE, "status", "ausente", NULL, NULL},
	{RECORD_ATTENDEE, "mode", "virtual", NULL, NULL},
	{RECORD_ATTENDEE, "standing", "suplente", NULL, NULL},
	{RECORD_ATTENDEE, "delegate", "Persona Equis", NULL,
	 "AM-2023-05, FCD: cambia «Delegación»"},
	{RECORD_ATTENDEE, "arrived", "15:10", "15h10", NULL},
	{RECORD_ATTENDEE, "departed", "16h00", NULL, NULL},
	{RECORD_RESOLUTION, "item", "2.a", NULL, NULL},
	{RECORD_RESOLUTION, "item", "", NULL, NULL},
	{RECORD_RESOLUTION, "kind", "request", "pedido", NULL},
	{RECORD_RESOLUTION, "organization", "", NULL, NULL},
	{RECORD_RESOLUTION, "text", "Otra cosa.", NULL, NULL},
	{RECORD_RESOLUTION, "objections", "Ninguna", NULL, NULL},
	{RECORD_RESOLUTION, "tally", "5 a 1", NULL, NULL},
	{RECORD_RESOLUTION, "private", "sí", NULL, NULL},
	{RECORD_RESOLUTION, "doubt", "sí", NULL, NULL},
	{RECORD_FOLLOWUP, "description", "Publicar", NULL, NULL},
	{RECORD_FOLLOWUP, "kind", "request", "pedido", NULL},
	{RECORD_FOLLOWUP, "responsible", "AME, FCD", NULL,
	 "S-2023-001: responsable FCD, AME -> AME, FCD"},
	{RECORD_FOLLOWUP, "responsible", "AME", NULL, NULL},
	{RECORD_FOLLOWUP, "responsible", "", NULL, NULL},
	{RECORD_FOLLOWUP, "responsible", "CNE, FCD, UTPL, AME", NULL, NULL},
	{RECORD_FOLLOWUP, "due", "31/01/2024", NULL, "S-2023-001: vence sin dato -> 31/01/2024"},
	{RECORD_FOLLOWUP, "due_text", "a fin de mes", NULL, NULL},
	{RECORD_FOLLOWUP, "status", "hecha", NULL, "S-2023-001: estado pendiente -> hecha"},
	{RECORD_FOLLOWUP, "item", "1", NULL, NULL},
	{RECORD_FOLLOWUP, "commitment", "paga1/C2", NULL,
	 "S-2023-001: compromiso C1 -> paga1/C2"},
	{RECORD_FOLLOWUP, "commitment", "", NULL, NULL},
	{RECORD_FOLLOWUP, "note", "Se envió", "", "S-2023-001: nota nueva"},
	{RECORD_INDICATOR, "value", "13", NULL, "Visitas al portal: valor 12.5 -> 13"},
	{RECORD_INDICATOR, "as_of", "01/12/2023", NULL, NULL},
	{RECORD_INDICATOR, "meeting", "AM-2023-05", NULL, NULL},
	{RECORD_PERSON, "organization", "fcd", "FCD", "UTPL, Docente: institución UTPL -> FCD"},
	{RECORD_PERSON, "post", "Rectora", NULL, "UTPL, Docente: cargo «Docente» -> «Rectora»"},
	{RECORD_PERSON, "standing", "suplente", NULL, NULL},
	{RECORD_PERSON, "name", "Persona Equis", NULL, "UTPL, Docente: cambia «Nombre»"},
	{RECORD_PERSON, "email", "equis@ejemplo.ec", NULL, "UTPL, Docente: cambia «Correo»"},
	{RECORD_DOCUMENT, "kind", "annex", "anexo", "«Guía»: tipo guía -> anexo"},
	{RECORD_DOCUMENT, "title", "Guía 2", NULL, NULL},
	{RECORD_DOCUMENT, "location", "/guia.pdf", NULL, NULL},
	{RECORD_DOCUMENT, "meeting", "AM-2023-05", NULL, NULL},
	{RECORD_DOCUMENT, "commitment", "paga1/C2", NULL, NULL},
	{RECORD_DOCUMENT, "sha256",
	 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF",
	 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", NULL},
};
/* clang-format on */

static void try_change(struct store *store, const struct change *change)
{
	struct error err = {0};
	int64_t key = record_keys[change->kind];
	struct record_edit *edit = begin_edit(store, change->kind, key);
	size_t i = record_edit_index(edit, change->field);
	assert_false(record_edit_is_changed(edit));
	put_text(edit, change->field, change->text);
	if (record_edit_check(edit, i, &err) != RC_OK)
		fail_msg("%s: %s", change->field, err.text);
	bool is_saved = save_edit(store, edit);
	edit = begin_edit(store, change->kind, key);
	const char *expected = change->shown ? change->shown : change->text;
	if (strcmp(shown_text(edit, change->field), expected) != 0)
		fail_msg("%s: %s", change->field, shown_text(edit, change->field));
	record_edit_free(edit);
	if (is_saved && change->words)
		assert_words(change->words);
	if (is_saved)
		take_back(store);
	assert_as(store, "before.db");
}

static void every_field_there_and_back(void **state)
{
	(void)state;
	struct store *store = record_store();
	snapshot("before.db");
	for (size_t i = 0; i < ARRAY_COUNT(changes); i++)
		try_change(store, &changes[i]);
	store_close(store);
}

/* A field left out of the table above would go untested. */
static void no_field_is_left_out(void **state)
{
	(void)state;
	struct store *store = record_store();
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		if (!record_edit_knows((enum record_kind_id)kind))
			continue;
		struct record_edit *edit =
			begin_edit(store, (enum record_kind_id)kind, record_keys[kind]);
		assert_true(*record_edit_called(edit));
		for (size_t i = 0; i < record_edit_count(edit); i++) {
			struct record_edit_field field = record_edit_field(edit, i);
			bool is_there = field.is_fixed || field.is_hidden ||
					strstr("starts ends original_starts meeting item "
					       "decision_kind decision_number plan",
					       field.name);
			for (size_t j = 0; j < ARRAY_COUNT(changes); j++)
				is_there |= (int)changes[j].kind == kind &&
					    strcmp(changes[j].field, field.name) == 0;
			if (!is_there)
				fail_msg("%s.%s", record_kinds[kind].name, field.name);
			assert_true(*field.label);
		}
		record_edit_free(edit);
	}
	store_close(store);
}

/* ---- what the rules ask */

static void what_is_refused(void **state)
{
	static const struct {
		enum record_kind_id kind;
		const char *field, *text;
		enum rc rc;
		const char *hint;
	} cases[] = {
		{RECORD_ORGANIZATION, "acronym", "ame", RC_REFUSED, "AME"},
		{RECORD_ORGANIZATION, "acronym", "", RC_INVALID, "acronym="},
		{RECORD_ORGANIZATION, "acronym", "A,B", RC_INVALID, "acronym: "},
		{RECORD_ORGANIZATION, "review", "quizás", RC_INVALID, "review: "},
		{RECORD_ORGANIZATION, "starts", "2023-01-01", RC_USAGE, "role="},
		{RECORD_PLAN, "starts", "2025-01-01", RC_INVALID, "ends: "},
		{RECORD_PLAN, "ends", "mañana", RC_INVALID, "ends: «mañana»"},
		{RECORD_COMMITMENT, "code", "C1", RC_REFUSED, "C1"},
		{RECORD_COMMITMENT, "plan", "paga1", RC_REFUSED, "C2"},
		{RECORD_COMMITMENT, "lead", "FCD, AMEE", RC_NOT_FOUND, "¿quiso decir «AME»?"},
		{RECORD_COMMITMENT, "lead", "fundacion ciudadania", RC_NOT_FOUND, "«FCD»"},
		{RECORD_COMMITMENT, "lead", "XYZW", RC_NOT_FOUND, "add organization"},
		{RECORD_MILESTONE, "number", "2", RC_REFUSED, "2"},
		{RECORD_MILESTONE, "number", "0", RC_INVALID, "number: "},
		{RECORD_MILESTONE, "commitment", "C10", RC_REFUSED, "commitment: "},
		{RECORD_PROGRESS, "milestone", "9", RC_NOT_FOUND, "milestone: "},
		{RECORD_PROGRESS, "commitment", "C10", RC_NOT_FOUND, "milestone: "},
		{RECORD_PROGRESS, "percent", "101", RC_INVALID, "percent: «101»"},
		{RECORD_PROGRESS, "item", "1", RC_USAGE, "meeting="},
		{RECORD_MEETING, "status", "approved", RC_REFUSED, "sella"},
		{RECORD_MEETING, "ends", "14h00", RC_INVALID, "ends: "},
		{RECORD_MEETING, "starts", "25h00", RC_INVALID, "starts: «25h00»"},
		{RECORD_MEETING, "number", "AM 1", RC_INVALID, "number: "},
		{RECORD_MEETING, "number", "am-2023-06", RC_REFUSED, "AM-2023-06"},
		{RECORD_AGENDA, "label", "", RC_INVALID, "label="},
		{RECORD_AGENDA, "label", "1", RC_REFUSED, "1"},
		{RECORD_AGENDA, "parent", "2.a", RC_INVALID, "parent: "},
		{RECORD_AGENDA, "meeting", "AM-2023-06", RC_REFUSED, "meeting: "},
		{RECORD_AGENDA, "minutes_spent", "-1", RC_INVALID, "minutes_spent: "},
		{RECORD_ATTENDEE, "organization", "AME", RC_REFUSED, "organization: "},
		{RECORD_RESOLUTION, "kind", "decision", RC_USAGE, "decision_kind="},
		{RECORD_RESOLUTION, "decision_kind", "consensus", RC_INVALID, "decision_kind: "},
		{RECORD_RESOLUTION, "text", " \n ", RC_INVALID, "text="},
		{RECORD_FOLLOWUP, "description", "a\x1b[2Jb", RC_INVALID, "description: "},
		{RECORD_FOLLOWUP, "description", "a\xff", RC_INVALID, "UTF-8"},
		{RECORD_FOLLOWUP, "meeting", "AM-2023-06", RC_NOT_FOUND, "item: "},
		{RECORD_FOLLOWUP, "meeting", "", RC_USAGE, "meeting="},
		{RECORD_FOLLOWUP, "commitment", "C2", RC_INVALID, "paga1/C2"},
		{RECORD_INDICATOR, "value", "1e5", RC_INVALID, "value: "},
		{RECORD_INDICATOR, "name", "Otro", RC_REFUSED, "name: "},
		{RECORD_PERSON, "email", "equis", RC_INVALID, "email: "},
		{RECORD_DOCUMENT, "sha256", "abc", RC_INVALID, "sha256: "},
	};
	(void)state;
	struct store *store = record_store();
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct error err = {0};
		struct record_edit *edit =
			begin_edit(store, cases[i].kind, record_keys[cases[i].kind]);
		put_text(edit, cases[i].field, cases[i].text);
		enum rc rc = try_save_edit(store, edit, &err);
		if (rc != cases[i].rc || !strstr(err.text, cases[i].hint))
			fail_msg("%s=%s: %d %s", cases[i].field, cases[i].text, (int)rc, err.text);
	}
	store_close(store);
}

static void a_decision_has_what_goes_with_it(void **state)
{
	(void)state;
	struct store *store = record_store();
	struct record_edit *edit =
		begin_edit(store, RECORD_RESOLUTION, record_keys[RECORD_RESOLUTION]);
	put_text(edit, "kind", "decisión");
	put_text(edit, "decision_kind", "consensus");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_RESOLUTION, record_keys[RECORD_RESOLUTION]);
	assert_string_equal(shown_text(edit, "decision_number"), "R-2023-05-01");
	put_text(edit, "kind", "nota");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_RESOLUTION, record_keys[RECORD_RESOLUTION]);
	assert_string_equal(shown_text(edit, "decision_number"), "");
	assert_string_equal(shown_text(edit, "decision_kind"), "");
	record_edit_free(edit);
	store_close(store);
}

static void an_approved_acta_is_not_begun(void **state)
{
	static const enum record_kind_id kinds[] = {RECORD_MEETING, RECORD_AGENDA, RECORD_ATTENDEE,
						    RECORD_RESOLUTION};
	(void)state;
	struct store *store = record_store();
	struct operation *operation = operation_new();
	operation_change(operation, "meeting", record_keys[RECORD_MEETING], "status",
			 value_text("closed"), value_text("approved"));
	test_commit(store, operation);
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		struct error err = {0};
		struct record_edit *edit = NULL;
		assert_int_equal(record_edit_begin(store, kinds[i], record_keys[kinds[i]], &edit,
						   &err),
				 RC_REFUSED);
		assert_non_null(strstr(err.text, "AM-2023-05"));
		assert_null(edit);
	}
	store_close(store);
}

/* Of two commitments C2 the one of the other plan. */
static void a_plan_tells_two_commitments_apart(void **state)
{
	(void)state;
	struct store *store = record_store();
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, record_keys[RECORD_FOLLOWUP]);
	put_text(edit, "commitment", "C2");
	put_text(edit, "plan", "paga1");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_FOLLOWUP, record_keys[RECORD_FOLLOWUP]);
	assert_string_equal(shown_text(edit, "commitment"), "paga1/C2");
	record_edit_free(edit);
	store_close(store);
}

static void what_it_is_made_under_is_no_change(void **state)
{
	(void)state;
	struct store *store = record_store();
	struct record_edit *edit = NULL;
	assert_done(record_edit_begin_new(store, RECORD_FOLLOWUP, &edit, err));
	assert_string_equal(shown_text(edit, "status"), "pendiente");
	record_edit_preset(edit, record_edit_index(edit, "meeting"), "AM-2023-05");
	assert_false(record_edit_is_changed(edit));
	put_text(edit, "description", "Publicar");
	assert_true(record_edit_is_changed(edit));
	assert_true(save_edit(store, edit));
	char *meeting = test_query(RECORD_DATABASE, "SELECT number FROM followup AS f JOIN meeting"
						    " AS m ON m.key = f.meeting WHERE"
						    " description = 'Publicar'");
	assert_string_equal(meeting, "AM-2023-05");
	free(meeting);
	store_close(store);
}

static void a_standing_that_follows_another(void **state)
{
	(void)state;
	struct store *store = record_store();
	struct record_edit *edit =
		begin_edit(store, RECORD_ORGANIZATION, record_keys[RECORD_ORGANIZATION]);
	put_text(edit, "role", "member");
	put_text(edit, "starts", "2020-01-01");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_ORGANIZATION, record_keys[RECORD_ORGANIZATION]);
	put_text(edit, "role", "observer");
	put_text(edit, "starts", "2023-06-01");
	assert_true(save_edit(store, edit));
	char *roles = test_query(RECORD_DATABASE,
				 "SELECT group_concat(role || starts || coalesce(ends, '-'),"
				 " ' ') FROM (SELECT * FROM membership WHERE starts"
				 " IS NOT NULL ORDER BY starts)");
	assert_string_equal(roles, "member2020-01-012023-05-31 observer2023-06-01-");
	free(roles);
	edit = begin_edit(store, RECORD_ORGANIZATION, record_keys[RECORD_ORGANIZATION]);
	put_text(edit, "starts", "2023-07-01"); /* a correction: the same standing */
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_ORGANIZATION, record_keys[RECORD_ORGANIZATION]);
	assert_string_equal(shown_text(edit, "starts"), "01/07/2023");
	put_text(edit, "role", "");
	put_text(edit, "starts", "");
	assert_true(save_edit(store, edit));
	edit = begin_edit(store, RECORD_ORGANIZATION, record_keys[RECORD_ORGANIZATION]);
	assert_string_equal(shown_text(edit, "role"), "");
	record_edit_free(edit);
	store_close(store);
}

/* ---- two people at once */

/* Rows of their own: they merge, and there is nothing to be seen of them. */
static bool has_rows(const char *field)
{
	static const char *const names[] = {"lead",	   "counterpart", "support",
					    "responsible", "role",	  "note"};
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(names[i], field) == 0)
			return true;
	return false;
}

/* Begins anew after others changed the field to what the person writes as well: what the operation
 * says she saw is exactly what was stored before them, or it would not apply there. */
static void try_seen(struct store *store, const struct change *change)
{
	struct error failure = {0};
	int64_t key = record_keys[change->kind];
	struct record_edit *theirs = begin_edit(store, change->kind, key);
	size_t i = record_edit_index(theirs, change->field);
	char *seen = mem_strdup(record_edit_text(theirs, i));
	put_text(theirs, change->field, change->text);
	if (save_edit(store, theirs)) {
		struct operation *operation = operation_new();
		struct record_edit *mine = begin_edit(store, change->kind, key);
		assert_done(record_edit_set_seen(mine, i, seen, err));
		assert_done(record_edit_compose(mine, operation, NULL, err));
		assert_false(operation_is_empty(operation));
		take_back(store);
		if (operation_commit(operation, store, NULL, &failure) != RC_OK)
			fail_msg("%s: %s", change->field, failure.text);
		take_back(store);
		record_edit_free(mine);
		operation_free(operation);
	}
	assert_as(store, "before.db");
	free(seen);
}

static void what_she_saw_is_what_was_stored(void **state)
{
	(void)state;
	struct store *store = record_store();
	snapshot("before.db");
	for (size_t i = 0; i < ARRAY_COUNT(changes); i++)
		if (!has_rows(changes[i].field))
			try_seen(store, &changes[i]);
	store_close(store);
}

static void nothing_changed_is_nothing_to_save(void **state)
{
	(void)state;
	struct store *store = record_store();
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, record_keys[RECORD_FOLLOWUP]);
	put_text(edit, "responsible", "fcd,ame");
	put_text(edit, "description", "  Entregar los datos\n");
	put_text(edit, "commitment", "paga2/C1");
	put_text(edit, "kind", "task");
	assert_false(save_edit(store, edit));
	store_close(store);
}

/* ---- what can be chosen */

static size_t count_choices(struct record_edit *edit, const char *field, const char *first)
{
	struct record_choices choices = {0};
	size_t i = record_edit_index(edit, field);
	assert_done(record_edit_choices(edit, i, &choices, err));
	if (first && (!choices.count || strcmp(choices.items[0].text, first) != 0))
		fail_msg("%s: %s", field, choices.count ? choices.items[0].text : "none");
	size_t count = choices.count;
	record_choices_release(&choices);
	return count;
}

static void what_can_be_chosen(void **state)
{
	(void)state;
	struct store *store = record_store();
	struct record_edit *edit = begin_edit(store, RECORD_FOLLOWUP, record_keys[RECORD_FOLLOWUP]);
	assert_int_equal(count_choices(edit, "responsible", "AME"), 4);
	assert_int_equal(count_choices(edit, "status", "propuesta"), 5);
	assert_int_equal(count_choices(edit, "commitment", "C1"), 4);
	assert_int_equal(count_choices(edit, "meeting", "AM-2023-06"), 2);
	assert_int_equal(count_choices(edit, "item", "1"), 3);
	put_text(edit, "meeting", "AM-2023-06");
	assert_int_equal(count_choices(edit, "item", "1"), 1);
	put_text(edit, "meeting", "AM-9");
	assert_int_equal(count_choices(edit, "item", NULL), 0);
	assert_int_equal(count_choices(edit, "description", NULL), 0);
	record_edit_free(edit);
	edit = begin_edit(store, RECORD_MEETING, record_keys[RECORD_MEETING]);
	assert_int_equal(count_choices(edit, "status", "borrador"), 4);
	record_edit_free(edit);
	edit = begin_edit(store, RECORD_PROGRESS, record_keys[RECORD_PROGRESS]);
	assert_int_equal(count_choices(edit, "milestone", "1"), 2);
	record_edit_free(edit);
	assert_done(record_edit_begin_new(store, RECORD_INDICATOR, &edit, err));
	assert_int_equal(count_choices(edit, "name", "Visitas al portal"), 1);
	assert_int_equal(count_choices(edit, "place", "Cuenca"), 1);
	record_edit_free(edit);
	store_close(store);
}

/* ---- new records find their place */

static void new_records_find_their_place(void **state)
{
	(void)state;
	struct store *store = record_store();
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Parte", "parent=1");
	ADD(RECORD_AGENDA, "meeting=AM-2023-05", "title=Última");
	ADD(RECORD_RESOLUTION, "meeting=AM-2023-05", "item=2", "text=Se acuerda", "kind=decision",
	    "decision_kind=vote");
	ADD(RECORD_ATTENDEE, "meeting=AM-2023-05", "organization=UTPL");
	ADD(RECORD_INDICATOR, "name=Visitas al portal", "organization=CNE", "place=Cuenca",
	    "value=9");
	char *labels =
		test_query(RECORD_DATABASE, "SELECT group_concat(label, ' ') FROM (SELECT label"
					    " FROM agenda_item WHERE meeting ="
					    " (SELECT key FROM meeting WHERE number = 'AM-2023-05')"
					    " ORDER BY rank)");
	assert_string_equal(labels, "1 1.a 2 2.a 3");
	free(labels);
	char *others = test_query(
		RECORD_DATABASE,
		"SELECT (SELECT decision_number FROM entry WHERE kind = 'decision')"
		" || (SELECT group_concat(capacity, ' ') FROM (SELECT * FROM attendance ORDER BY "
		"rank))"
		" || (SELECT count(*) FROM indicator) || (SELECT count(*) FROM local_government)"
		" || (SELECT count(*) FROM measurement)");
	assert_string_equal(others, "R-2023-05-01guest member112");
	free(others);
	store_close(store);
}

static void a_commit_that_fails_changes_nothing(void **state)
{
	(void)state;
	struct error err = {0};
	struct store *store = record_store();
	snapshot("before.db");
	struct record_edit *edit =
		begin_edit(store, RECORD_COMMITMENT, record_keys[RECORD_COMMITMENT]);
	put_text(edit, "lead", "FCD,CNE");
	put_text(edit, "title", "Datos");
	store_set_read_only(store, "no hay sitio");
	assert_int_equal(try_save_edit(store, edit, &err), RC_REFUSED);
	assert_as(store, "before.db");
	store_close(store);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(every_field_there_and_back),
		IN_A_FOLDER(no_field_is_left_out),
		IN_A_FOLDER(what_is_refused),
		IN_A_FOLDER(a_decision_has_what_goes_with_it),
		IN_A_FOLDER(an_approved_acta_is_not_begun),
		IN_A_FOLDER(a_plan_tells_two_commitments_apart),
		IN_A_FOLDER(what_it_is_made_under_is_no_change),
		IN_A_FOLDER(a_standing_that_follows_another),
		IN_A_FOLDER(what_she_saw_is_what_was_stored),
		IN_A_FOLDER(nothing_changed_is_nothing_to_save),
		IN_A_FOLDER(what_can_be_chosen),
		IN_A_FOLDER(new_records_find_their_place),
		IN_A_FOLDER(a_commit_that_fails_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
