/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/strbuf.h"
#include "nucleo/exchange/record_add.h"
#include "nucleo/model/filter.h"
#include "nucleo/model/records.h"

/* Adds a record as `nucleo add` would: its kind, then field=value by turns, NULL at the end. */
static void add(struct store *store, const char *kind, ...)
{
	struct record_assignment pairs[16];
	char *fields[16];
	struct record_draft draft = {.kind = record_kind_named(kind), .pairs = pairs};
	struct operation *operation = operation_new();
	const char *text;
	int64_t key;
	va_list args;
	va_start(args, kind);
	for (; (text = va_arg(args, const char *)) != NULL; draft.count++)
		assert_done(record_assignment_parse(text, &fields[draft.count],
						    &pairs[draft.count], err));
	va_end(args);
	assert_done(record_add(store, &draft, operation, &key, err));
	test_commit(store, operation);
	while (draft.count)
		free(fields[--draft.count]);
}

static void add_people(struct store *store)
{
	add(store, "organization", "acronym=FCD", "sector=osc", NULL);
	add(store, "organization", "acronym=AME", "sector=public", NULL);
	add(store, "organization", "acronym=CNE", "sector=public", NULL);
	add(store, "organization", "acronym=UTPL", "sector=academia", NULL);
	add(store, "plan", "code=paga1", NULL);
	add(store, "plan", "code=paga2", "starts=2023-01-01", "ends=2024-12-31", NULL);
}

static void add_commitments(struct store *store)
{
	add(store, "commitment", "plan=paga1", "code=C5", "title=Escazú", "ends=2022-12-31",
	    "starts=2020-01-01", NULL);
	add(store, "commitment", "plan=paga2", "code=C2", "title=Ñandú y datos", "lead=CNE", NULL);
	add(store, "commitment", "plan=paga2", "code=C5", "lead=AME,FCD", NULL);
	add(store, "commitment", "plan=paga2", "code=C10", "title=Nube", "lead=UTPL", NULL);
	add(store, "progress", "commitment=paga2/C2", "as_of=2023-11-17", "percent=82.86",
	    "reporter=group", NULL);
	add(store, "progress", "commitment=paga2/C5", "as_of=2023-06-01", "percent=20", NULL);
	add(store, "blocker", "commitment=paga2/C10", "reason=Sin autoridades",
	    "since=2023-10-01", NULL);
}

static void add_followups(struct store *store)
{
	add(store, "followup", "description=Entregar datos abiertos a la Asamblea",
	    "responsible=FCD", "due=2023-10-31", "commitment=paga2/C5", NULL);
	add(store, "followup", "description=Informe técnico de los datos, abiertos o no",
	    "responsible=AME,FCD", "due=2024-01-31", "status=in_progress", NULL);
	add(store, "followup", "description=Publicar el manual: hecho y derecho", "due=2023-09-30",
	    "responsible=CNE", "status=done", "due_text=en septiembre", NULL);
	add(store, "followup", "description=Reunión con prefecturas", "status=proposed", NULL);
	add(store, "followup", "description=Presupuesto", "responsible=UTPL", "due=2023-11-17",
	    "commitment=paga1/C5", NULL);
}

static void add_meeting(struct store *store)
{
	struct operation *op = operation_new();
	int64_t meeting = add_row(op, "meeting", "number", "AM-2023-05", "date", "2023-11-17",
				  "starts", "15:00", "status", "closed", NULL);
	add_row(op, "meeting", "number", "AM-2023-04", "date", "2023-06-02", "starts", "09:30",
		"status", "approved", NULL);
	int64_t item = add_row(op, "agenda_item", "label", "2", "title", "Avances", "state", "done",
			       NULL);
	operation_field(op, "meeting", value_key(meeting));
	operation_field(op, "rank", value_integer(1));
	add_row(op, "entry", "kind", "note", "text", "El compromiso C2 avanza", NULL);
	operation_field(op, "meeting", value_key(meeting));
	operation_field(op, "agenda_item", value_key(item));
	operation_field(op, "rank", value_integer(1));
	operation_set_words(op, "una reunión");
	test_commit(store, op);
}

static struct store *filled(const char *name)
{
	struct store *store = test_create(name);
	add_people(store);
	add_commitments(store);
	add_followups(store);
	add_meeting(store);
	return store;
}

/* What names a row in the tables below: the end of its code. */
struct listing {
	enum record_kind_id kind;
	struct strbuf found;
};

static bool note_row(void *context, const void *row)
{
	struct listing *listing = context;
	const struct followup *followup = row;
	const struct commitment *commitment = row;
	const char *name = listing->kind == RECORD_FOLLOWUP     ? strrchr(followup->id, '0') + 1
			   : listing->kind == RECORD_COMMITMENT ? commitment->code
			   : listing->kind == RECORD_MEETING ? ((const struct meeting *)row)->number
							     : "x";
	strbuf_addf(&listing->found, "%s%s", listing->found.length ? " " : "", name);
	if (listing->kind == RECORD_COMMITMENT)
		strbuf_addf(&listing->found, ".%c", commitment->plan[4]);
	return true;
}

static void assert_rows(struct store *store, enum record_kind_id kind, const char *text,
			const char *expected)
{
	struct listing listing = {.kind = kind};
	struct filter filter;
	struct list_query query = {.filter = &filter};
	struct error refusal;
	if (filter_parse(&filter, &record_kinds[kind], text, test_today(), &refusal) != RC_OK)
		fail_msg("%s: %s", text, refusal.text);
	strbuf_init(&listing.found);
	assert_done(store_list(store, kind, &query, note_row, &listing, err));
	if (strcmp(listing.found.data, expected) != 0)
		fail_msg("%s %s: %s, not %s", record_kinds[kind].plural, text, listing.found.data,
			 expected);
	strbuf_release(&listing.found);
	filter_release(&filter);
}

/* In their own order: 1 5 2 4 3. */
static const struct filter_case {
	const char *text, *rows;
} followup_cases[] = {
	{"", "1 5 2 4 3"},
	{"  ", "1 5 2 4 3"},
	/* words and phrases */
	{"datos", "1 2"},
	{"DATOS ábiertos", "1 2"},
	{"\"datos abiertos\"", "1"},
	{"\"datos abiertos", "1"},
	{"abiertos -asamblea", "2"},
	{"-\"datos abiertos\"", "5 2 4 3"},
	{"\"manual: hecho\"", "3"},
	{"\"\"", "1 5 2 4 3"},
	{"-", "1 5 2 4 3"},
	{"tecnico AME", "2"},
	/* states */
	{"vencidas", "1"},
	{"-vencida", "5 2 4 3"},
	{"overdue", "1"},
	{"hecho", "3"},
	{"\"hecho\"", "3"},
	{"-hechas", "1 5 2 4"},
	{"done", "3"},
	{"propuestas", "4"},
	/* fields */
	{"resp:FCD", "1 2"},
	{"resp:fcd", "1 2"},
	{"responsable:FC", ""},
	{"Responsible:AME", "2"},
	{"resp:AME,UTPL", "5 2"},
	{"-resp:FCD", "5 4 3"},
	{"resp:", "4"},
	{"-resp:", "1 5 2 3"},
	{"resp:NADIE", ""},
	{"compromiso:C5", "1 5"},
	{"compromiso:paga1/C5", "5"},
	{"commitment:paga2/c5", "1"},
	{"compromiso:C", ""},
	{"compromiso:", "2 4 3"},
	{"acción:S-2023-001", "1"},
	{"acción:S-2023-00", ""},
	{"id:s-2023-003,S-2023-001", "1 3"},
	{"estado:\"en curso\"", "2"},
	{"status:in_progress", "2"},
	{"estado:p", "1 5 4"},
	{"estado:pend,hecha", "1 5 3"},
	{"qué:TECNICO", "2"},
	{"description:\"datos, abiertos\"", "2"},
	{"plazo:septiembre", "3"},
	{"due_text:", "1 5 2 4"},
	{"arrastres:0", "1 5 2 4 3"},
	{"carried:>0", ""},
	{"overdue:no", "5 2 4 3"},
	{"vencida:sí", "1"},
	/* dates */
	{"vence:2023", "1 5 3"},
	{"vence:2023-10", "1"},
	{"vence:10/2023", "1"},
	{"vence:\"octubre 2023\"", "1"},
	{"vence:31/10/2023", "1"},
	{"vence:hoy", "5"},
	{"vence:>hoy", "2"},
	{"vence:<hoy", "1 3"},
	{"vence:<=today", "1 5 3"},
	{"vence:2023-10..2023-11", "1 5"},
	{"vence:..2023-10", "1 3"},
	{"vence:2023-11-18..", "2"},
	{"vence:", "4"},
	{"-vence:2023", "2 4"},
	{"desde:2023-11", "5 2"},
	{"hasta:2023-10", "1 3"},
	{"desde:ayer hasta:mañana", "5"},
	{"hasta:+3m", "1 5 2 3"},
	{"desde:-2s", "5 2"},
	{"desde:+1a", ""},
	/* what it belongs to */
	{"sector:osc", "1 2"},
	{"sector:público,academia", "5 2 3"},
	{"-sector:pub", "1 5 4"},
	{"sector:", "4"},
	{"plan:paga1", "5"},
	{"-plan:paga1", "1 2 4 3"},
	{"plan:nada", ""},
	/* all of it */
	{"resp:FCD vencidas compromiso:C5 desde:2023-09 sector:osc -hecho \"datos abiertos\"", "1"},
	/* order */
	{"orden:vence", "3 1 5 2 4"},
	{"orden:-vence", "2 5 1 3 4"},
	{"orden:qué", "1 2 5 3 4"},
	{"sort:-description", "4 3 5 2 1"},
	{"orden:resp", "2 3 1 5 4"},
	{"orden:estado vence:", "4"},
	{"orden:estado -resp:", "1 5 2 3"},
	{"orden:vencida -hecho", "5 2 4 1"},
	{"orden:", "1 5 2 4 3"},
};

static const struct filter_case commitment_cases[] = {
	{"", "C2.2 C5.2 C10.2 C5.1"},
	{"plan:paga2", "C2.2 C5.2 C10.2"},
	{"código:C5", "C5.2 C5.1"},
	{"compromiso:paga1/C5", "C5.1"},
	{"avance:82.86", "C2.2"},
	{"avance:82,86", "C2.2"},
	{"percent:\"82.86 %\"", "C2.2"},
	{"avance:82.8", ""},
	{"avance:>20", "C2.2"},
	{"avance:>=20", "C2.2 C5.2"},
	{"avance:20..50", "C5.2"},
	{"avance:<82.86", "C5.2"},
	{"avance:", "C10.2 C5.1"},
	{"-avance:>20", "C5.2 C10.2 C5.1"},
	{"bloqueados", "C10.2"},
	{"-blocked", "C2.2 C5.2 C5.1"},
	{"adelante", "C2.2"},
	{"pace:on_track", "C5.2"},
	{"ritmo:\"sin fechas\"", "C10.2 C5.1"},
	{"esperado:43.84", "C2.2"},
	{"vencidos", "C5.1"},
	{"sector:academia", "C10.2"},
	{"institución:FCD", "C5.2"},
	{"lead:FCD", "C5.2"},
	{"título:", "C5.2"},
	{"autoridades", "C10.2"},
	{"desde:2023-11", "C2.2"},
	{"hasta:2023-06", "C5.2"},
	{"orden:código", "C2.2 C5.1 C5.2 C10.2"},
	{"orden:-código plan:paga2", "C10.2 C5.2 C2.2"},
	{"orden:título", "C5.1 C10.2 C2.2 C5.2"},
	{"orden:-avance", "C2.2 C5.2 C10.2 C5.1"},
	{"orden:ritmo", "C2.2 C5.2 C5.1 C10.2"},
};

static const struct filter_case meeting_cases[] = {
	{"cerradas", "AM-2023-05"},
	{"reunión:AM-2023-04", "AM-2023-04"},
	{"empieza:15h00", "AM-2023-05"},
	{"starts:<12:00", "AM-2023-04"},
	{"starts:9h..10h", "AM-2023-04"},
	{"hasta:2023-07", "AM-2023-04"},
	{"compromiso:C2", ""},
	{"15:00", ""},
	{"orden:fecha", "AM-2023-04 AM-2023-05"},
};

static void assert_cases(struct store *store, enum record_kind_id kind,
			 const struct filter_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_rows(store, kind, cases[i].text, cases[i].rows);
}

static void every_term_finds_its_rows(void **state)
{
	(void)state;
	struct store *store = filled("terms.db");
	assert_cases(store, RECORD_FOLLOWUP, followup_cases, ARRAY_COUNT(followup_cases));
	assert_cases(store, RECORD_COMMITMENT, commitment_cases, ARRAY_COUNT(commitment_cases));
	assert_cases(store, RECORD_MEETING, meeting_cases, ARRAY_COUNT(meeting_cases));
	assert_rows(store, RECORD_RESOLUTION, "compromiso:C2", "x");
	assert_rows(store, RECORD_RESOLUTION, "desde:2023-11 C2", "x");
	assert_rows(store, RECORD_BLOCKER, "desde:2023-10", "x");
	assert_rows(store, RECORD_BLOCKER, "desde:", "");
	assert_rows(store, RECORD_BLOCKER, "hasta:", "x");
	assert_rows(store, RECORD_AGENDA, "reunión:AM-2023-05 tratado", "x");
	assert_rows(store, RECORD_HISTORY, "desde:2020 hasta:2020-01-02", "");
	store_close(store);
}

/* A list read page by page is the list read at once, whatever its filter and its order. */
static void pages_join(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "-hecho", "orden:vence", "orden:-vence",
					    "orden:estado", "orden:-qué -vencidas", "resp:FCD"};
	struct store *store = filled("pages.db");
	for (size_t i = 0; i < ARRAY_COUNT(texts) * 2; i++) {
		struct filter filter;
		struct record_set whole, page;
		struct list_query query = {.filter = &filter,
					   .direction = i % 2 ? LIST_BACKWARD : LIST_FORWARD};
		assert_done(filter_parse(&filter, &record_kinds[RECORD_FOLLOWUP], texts[i / 2],
					 test_today(), err));
		assert_done(record_set_load(&whole, store, RECORD_FOLLOWUP, &query, err));
		query.limit = 1;
		for (size_t j = 0; j < whole.count; j++) {
			const struct followup *row = record_set_at(&whole, j);
			const struct list_anchor anchor = {row->sort, row->key};
			query.from = &anchor;
			assert_done(record_set_load(&page, store, RECORD_FOLLOWUP, &query, err));
			assert_int_equal(page.count, j + 1 < whole.count);
			if (page.count)
				assert_int_equal(
					((const struct followup *)record_set_at(&page, 0))->key,
					((const struct followup *)record_set_at(&whole, j + 1))->key);
			record_set_release(&page);
		}
		record_set_release(&whole);
		filter_release(&filter);
	}
	store_close(store);
}

static void a_fault_is_pointed_at(void **state)
{
	(void)state;
	static const struct {
		enum record_kind_id kind;
		const char *text, *column, *says, *fault;
	} cases[] = {
		{RECORD_FOLLOWUP, "uno rsponsable:FCD", "columna 5:", "«Responsable»", "rsponsable"},
		{RECORD_FOLLOWUP, "color:rojo", "columna 1:", "plazo_dicho", "color"},
		{RECORD_FOLLOWUP, "re:FCD", "columna 1:", "Reunión", "re"},
		{RECORD_FOLLOWUP, "ñandú -estado:volando", "columna 15:", "en curso", "volando"},
		{RECORD_FOLLOWUP, "estado:hecha,volando", "columna 14:", "en curso", "volando"},
		{RECORD_FOLLOWUP, "vence:mañanita", "columna 7:", "hoy", "mañanita"},
		{RECORD_FOLLOWUP, "vence:2023-13", "columna 7:", "2023-11", "2023-13"},
		{RECORD_FOLLOWUP, "vence:31/02/2023", "columna 7:", "2023-11", "31/02/2023"},
		{RECORD_FOLLOWUP, "desde:nunca", "columna 7:", "2023-11", "nunca"},
		{RECORD_FOLLOWUP, "orden:color", "columna 7:", "color", "color"},
		{RECORD_FOLLOWUP, "sector:marciano", "columna 8:", "OSC", "marciano"},
		{RECORD_FOLLOWUP, "overdue:quizá", "columna 9:", "sí", "quizá"},
		{RECORD_COMMITMENT, "avance:mucho", "columna 8:", "20..40", "mucho"},
		{RECORD_COMMITMENT, "avance:>=", "columna 8:", "20..40", ">="},
		{RECORD_MEETING, "empieza:25h00", "columna 9:", "15h00", "25h00"},
		{RECORD_PLAN, "sector:osc", "columna 1:", "título", "sector"},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct filter filter;
		struct error err;
		assert_int_equal(filter_parse(&filter, &record_kinds[cases[i].kind], cases[i].text,
					      test_today(), &err),
				 RC_USAGE);
		char *fault = mem_strndup(cases[i].text + filter.fault.start, filter.fault.length);
		assert_string_equal(fault, cases[i].fault);
		if (strncmp(err.text, cases[i].column, strlen(cases[i].column)) != 0 ||
		    !strstr(err.text, cases[i].says))
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_int_equal(filter.terms.count, 0);
		free(fault);
		filter_release(&filter);
	}
}

/* Every heading and key leads to its own field, or the descriptor has two alike. */
static void every_field_can_be_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++)
		for (size_t j = 0; j < record_kinds[i].field_count * 2; j++) {
			const struct field *field = &record_kinds[i].fields[j / 2];
			struct strbuf text;
			struct filter filter;
			if (!field->label)
				continue;
			strbuf_init(&text);
			strbuf_addf(&text, "%s:", j % 2 ? field->label : field->name);
			for (char *blank; (blank = strchr(text.data, ' ')) != NULL;)
				*blank = '_';
			assert_done(filter_parse(&filter, &record_kinds[i], text.data,
						 test_today(), err));
			assert_int_equal(filter.terms.count, 1);
			assert_ptr_equal(filter.terms.items[0].field, field);
			filter_release(&filter);
			strbuf_release(&text);
		}
}

/* What the language says can be asked, the store can answer; every order, too. */
static void every_question_has_an_answer(void **state)
{
	(void)state;
	struct store *store = filled("questions.db");
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		const struct record_kind *of = &record_kinds[kind];
		struct strbuf text;
		strbuf_init(&text);
		strbuf_adds(&text, "a -b \"c d\" desde:2023 -hasta:2020 ");
		if (filter_knows(of->id, FILTER_SECTOR))
			strbuf_adds(&text, "-sector:osc ");
		for (int refers = 0; refers < RECORD_KIND_COUNT; refers++)
			if (filter_knows_record(of->id, (enum record_kind_id)refers))
				strbuf_addf(&text, "%s:X -%s:AM-2023-05,FCD ",
					    record_kinds[refers].name, record_kinds[refers].name);
		if (!filter_knows(of->id, FILTER_DAY))
			strbuf_reset(&text);
		for (size_t i = 0; i < of->field_count; i++) {
			struct strbuf whole;
			const char *value = of->fields[i].type == FIELD_ENUM
						    ? of->fields[i].names->names[0].name
					    : of->fields[i].type == FIELD_BOOL ? "no"
					    : of->fields[i].type == FIELD_TIME ? ">9h00"
					    : of->fields[i].type == FIELD_DATE ? "<hoy"
									       : "1";
			if (!of->fields[i].label)
				continue;
			strbuf_init(&whole);
			strbuf_addf(&whole, "%s%s:%s -%s: orden:-%s", text.data,
				    of->fields[i].name, value, of->fields[i].name,
				    of->fields[i].name);
			struct filter filter;
			struct record_set set;
			struct list_query query = {.filter = &filter};
			assert_done(filter_parse(&filter, of, whole.data, test_today(), err));
			assert_done(record_set_load(&set, store, of->id, &query, err));
			record_set_release(&set);
			filter_release(&filter);
			strbuf_release(&whole);
		}
		strbuf_release(&text);
	}
	store_close(store);
}

static void assert_completes(const char *text, const char *expected)
{
	struct filter_completion completion;
	struct strbuf choices;
	filter_complete(&completion, &record_kinds[RECORD_FOLLOWUP], text, strlen(text));
	strbuf_init(&choices);
	for (size_t i = 0; i < completion.choices.count; i++)
		strbuf_addf(&choices, "%s%s", i ? " " : "", completion.choices.items[i]);
	if (completion.has_records)
		strbuf_addf(&choices, "<%s>", record_kinds[completion.records].name);
	if (strcmp(choices.data, expected) != 0)
		fail_msg("%s: %s, not %s", text, choices.data, expected);
	strbuf_release(&choices);
	filter_completion_release(&completion);
}

static void what_is_typed_can_be_completed(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"resp", "responsable:"},
		{"respons", "responsable:"},
		{"responsi", "responsible:"},
		{"hola venc", "vencida vence:"},
		{"-he", "hecha"},
		{"estado:", "propuesta pendiente \"en curso\" hecha descartada"},
		{"estado:pr", "propuesta"},
		{"estado:hecha,EN", "\"en curso\""},
		{"estado:\"en", "\"en curso\""},
		{"sector:a", "academia"},
		{"resp:F", "<organization>"},
		{"x -compromiso:C", "<commitment>"},
		{"plan:", "<plan>"},
		{"plazo", "plazo_dicho:"},
		{"orden:-ven", "vence vencida"},
		{"orden:pl", "plazo_dicho"},
		{"sec", "sector:"},
		{"des", "descartada desde:"},
		{"vence:", ""},
		{"zzz", ""},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_completes(cases[i][0], cases[i][1]);
}

static void an_order_replaces_the_other(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"", "orden:-vence"},
		{"orden:qué", "orden:-vence"},
		{"  hola orden:-qué \"a  b\" sort:x resp:FCD", "hola \"a  b\" resp:FCD orden:-vence"},
	};
	const struct field *due = record_field_named(&record_kinds[RECORD_FOLLOWUP], "due");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct strbuf out;
		strbuf_init(&out);
		filter_add_with_order(&out, &record_kinds[RECORD_FOLLOWUP], cases[i][0], due,
				      true);
		assert_string_equal(out.data, cases[i][1]);
		strbuf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_term_finds_its_rows),
		cmocka_unit_test(pages_join),
		cmocka_unit_test(a_fault_is_pointed_at),
		cmocka_unit_test(every_field_can_be_named),
		cmocka_unit_test(every_question_has_an_answer),
		cmocka_unit_test(what_is_typed_can_be_completed),
		cmocka_unit_test(an_order_replaces_the_other),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
