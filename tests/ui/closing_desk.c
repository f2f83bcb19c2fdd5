/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/record_add.h"
#include "ui/closing_desk.h"

int64_t closing_desk_add(struct store *store, enum record_kind_id kind, const char *const *words)
{
	struct record_assignment pairs[16];
	char *fields[16];
	struct record_draft draft = {.kind = &record_kinds[kind], .pairs = pairs};
	struct operation *operation = operation_new();
	int64_t key = 0;
	for (; *words; words++, draft.count++)
		assert_done(record_assignment_parse(*words, &fields[draft.count],
						    &pairs[draft.count], err));
	assert_done(record_add(store, &draft, operation, &key, err));
	desk_commit(store, operation);
	while (draft.count)
		free(fields[--draft.count]);
	return key;
}

void closing_desk_set(struct store *store, enum record_kind_id kind, const char *code,
		      const char *field, const char *value)
{
	struct record_edit *edit = NULL;
	struct operation *operation = operation_new();
	const struct record_assignment pair = {field, value};
	assert_done(record_edit_begin(store, kind, desk_find(store, kind, code), &edit, err));
	assert_done(record_edit_assign(edit, &pair, 1, err));
	assert_done(record_edit_compose(edit, operation, NULL, err));
	desk_commit(store, operation);
	record_edit_free(edit);
}

static void add_record(struct store *store)
{
	DESK_ADD(store, RECORD_RESOLUTION, "meeting=AM-2024-01", "item=1", "kind=decision",
		 "decision_kind=consensus", "text=Se aprueba el orden del día.");
	DESK_ADD(store, RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "organization=AME",
		 "kind=undertaking",
		 "text=AME terminará los talleres en las siete regionales antes de que acabe el "
		 "mes de marzo, y avisará al Grupo Núcleo de las fechas de cada uno para que las "
		 "organizaciones locales puedan asistir.");
	DESK_ADD(store, RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "organization=CEE",
		 "kind=request", "text=Pide parámetros para los GAD.");
	DESK_ADD(store, RECORD_RESOLUTION, "meeting=AM-2024-01", "item=2", "organization=FCD",
		 "private=true", "text=Conviene hablar aparte con CEE.");
	DESK_ADD(store, RECORD_PROGRESS, "commitment=C5", "percent=38", "as_of=2024-01-20",
		 "meeting=AM-2024-01", "item=2");
	DESK_ADD(store, RECORD_FOLLOWUP, "description=Terminar los talleres en las siete regionales",
		 "responsible=AME", "due=2024-03-31", "due_text=antes de que acabe marzo",
		 "commitment=C5", "meeting=AM-2024-01", "item=2", "status=proposed",
		 "kind=undertaking");
	DESK_ADD(store, RECORD_FOLLOWUP, "description=Enviar los parámetros para los GAD",
		 "meeting=AM-2024-01", "item=2", "status=proposed", "kind=request");
}

void closing_desk_make(const char *path)
{
	struct store *store = desk_create_store(path);
	DESK_ADD(store, RECORD_ORGANIZATION, "acronym=FCD", "sector=civil_society", "role=member");
	DESK_ADD(store, RECORD_ORGANIZATION, "acronym=AME", "sector=public", "role=member");
	DESK_ADD(store, RECORD_ORGANIZATION, "acronym=CEE", "sector=civil_society", "role=member");
	DESK_ADD(store, RECORD_PLAN, "code=paga2");
	DESK_ADD(store, RECORD_COMMITMENT, "code=C5", "lead=AME");
	DESK_ADD(store, RECORD_MEETING, "number=AM-2024-01", "date=2024-01-20", "starts=15:00",
		 "ends=17:00", "place=Hotel Finlandia", "status=in_session",
		 "prepared_by=Secretaría");
	DESK_ADD(store, RECORD_AGENDA, "meeting=AM-2024-01", "title=Bienvenida y orden del día",
		 "state=done");
	DESK_ADD(store, RECORD_AGENDA, "meeting=AM-2024-01", "title=Estado de los compromisos",
		 "state=in_progress", "presenter=Presidencia");
	DESK_ADD(store, RECORD_AGENDA, "meeting=AM-2024-01", "title=Varios");
	DESK_ADD(store, RECORD_ATTENDEE, "meeting=AM-2024-01", "organization=FCD");
	DESK_ADD(store, RECORD_ATTENDEE, "meeting=AM-2024-01", "organization=AME");
	add_record(store);
	store_close(store);
}

static day_minute ten_past_five(void)
{
	return 17 * 60 + 10;
}

void closing_desk_open(struct desk *desk, const char *path)
{
	desk_open(desk, path, false);
	desk->session.time_of_day = ten_past_five;
}

char *closing_desk_play(struct desk *desk, const char *keys)
{
	struct ui_setup setup = desk_setup(desk);
	setup.op = session_op;
	return desk_play(&setup, keys);
}

void closing_desk_expect(struct desk *desk, const char *keys, const char *part)
{
	bool is_wanted = *part != '-';
	char *screen = closing_desk_play(desk, keys);
	const char *found = strstr(screen, is_wanted ? part : part + 1);
	if (!found == is_wanted)
		fail_msg("«%s» after «%s»:\n%s", part, keys, screen);
	free(screen);
}

void closing_desk_expect_screen(const char *name, const char *path, const struct window *window,
				const char *keys)
{
	struct desk desk;
	struct term_script script;
	struct strbuf line;
	closing_desk_open(&desk, path);
	strbuf_init(&line);
	strbuf_addf(&line, "%s-%s", name, window->name);
	struct ui_setup setup = desk_setup(&desk);
	setup.op = session_op;
	term_script_init(&script, window->rows, window->columns, keys);
	screen_play(&script, &setup);
	screen_expect_canvas(line.data, &script.shown);
	assert_in_range(script.shown.cursor_row, 0, window->rows - 1);
	assert_string_equal(script.rest, "");
	term_script_release(&script);
	strbuf_release(&line);
	desk_close(&desk);
}
