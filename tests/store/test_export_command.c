/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the real program exports: the notice of a meeting, in each of its formats. */
#include "store/members_test.h"
#include "store/store_test.h"

#include <fcntl.h>
#include <libical/ical.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nucleo/base/utf8.h"

extern char **environ;

/* ---- a group whose records have what other programs could take for more than text */

#define HOSTILE "# Datos\x1b[31m *abiertos*\n- <b>ya</b>\u202e, hoy; \\n"
#define HOSTILE_PLAIN "# Datos[31m *abiertos* - <b>ya</b>, hoy; \\n"
#define HOSTILE_MARKDOWN "\\# Datos\\[31m \\*abiertos\\* - \\<b\\>ya\\</b\\>, hoy; \\\\n"

struct records {
	struct operation *operation;
	int64_t meeting, item, plan;
	int rank;
};

static int64_t add_organization(struct records *records, const char *acronym, const char *name)
{
	char *sort = utf8_sort_key(acronym);
	int64_t key = add_row(records->operation, "organization", "acronym", acronym, "name", name,
			      "sector", "public", "sort", sort, NULL);
	free(sort);
	add_row(records->operation, "membership", "role", "member", NULL);
	operation_field(records->operation, "organization", value_key(key));
	return key;
}

static int64_t add_item(struct records *records, const char *label, const char *title,
			int64_t parent)
{
	int64_t key = add_row(records->operation, "agenda_item", "label", label, "title", title,
			      "state", "pending", NULL);
	operation_field(records->operation, "meeting", value_key(records->meeting));
	operation_field(records->operation, "parent", value_key(parent));
	operation_field(records->operation, "rank", value_integer(records->rank++));
	return key;
}

static void add_minutes(struct records *records, int64_t minutes)
{
	operation_field(records->operation, "minutes_planned", value_integer(minutes));
}

static int64_t add_followup(struct records *records, const char *description, const char *due,
			    const char *status)
{
	char code[32];
	snprintf(code, sizeof(code), "S-2024-%03d", records->rank++);
	int64_t key = add_row(records->operation, "followup", "code", code, "description",
			      description, "kind", "task", "status", status, "due", due, NULL);
	operation_field(records->operation, "meeting", value_key(records->meeting));
	operation_field(records->operation, "agenda_item", value_key(records->item));
	return key;
}

static void add_responsible(struct records *records, int64_t followup, int64_t organization)
{
	int64_t rank = records->rank++;
	operation_insert(records->operation, "followup_responsible");
	operation_field(records->operation, "followup", value_key(followup));
	operation_field(records->operation, "organization", value_key(organization));
	operation_field(records->operation, "rank", value_integer(rank));
}

/* With a report of the day half of the plan's time had passed. */
static int64_t add_commitment(struct records *records, const char *code, int64_t lead,
			      double percent)
{
	char *sort = commitment_sort_key("paga", code);
	int64_t key = add_row(records->operation, "commitment", "code", code, "title",
			      "Título de compromiso", "sort", sort, NULL);
	operation_field(records->operation, "plan", value_key(records->plan));
	add_row(records->operation, "commitment_party", "role", "lead", NULL);
	operation_field(records->operation, "commitment", value_key(key));
	operation_field(records->operation, "organization", value_key(lead));
	add_row(records->operation, "progress", "as_of", "2024-01-01", "reporter", "group", NULL);
	operation_field(records->operation, "commitment", value_key(key));
	operation_field(records->operation, "percent", value_real(percent));
	free(sort);
	return key;
}

static void add_agenda(struct records *records)
{
	int64_t parked;
	records->item = add_item(records, "1", "Bienvenida y aprobación", 0);
	operation_field(records->operation, "presenter", value_text("Presidencia, y otros"));
	add_minutes(records, 10);
	int64_t second = add_item(records, "2", HOSTILE, 0);
	add_minutes(records, 25);
	add_item(records, "2.a", "Una parte", second);
	add_minutes(records, 5);
	parked = add_item(records, "3", "Lo aplazado", 0);
	operation_field(records->operation, "parked", value_integer(1));
	add_minutes(records, 500);
	add_item(records, "3.a", "Parte de lo aplazado", parked);
	add_minutes(records, 500);
	add_row(records->operation, "entry", "kind", "note", "text", "Nota privada", NULL);
	operation_field(records->operation, "meeting", value_key(records->meeting));
	operation_field(records->operation, "agenda_item", value_key(records->item));
	operation_field(records->operation, "rank", value_integer(0));
	operation_field(records->operation, "private", value_integer(1));
}

static void add_debts(struct records *records)
{
	int64_t nube = add_organization(records, "NUBE", "Red de la Nube");
	int64_t enie = add_organization(records, "ÑAN", "Camino del Inca");
	int64_t ola = add_organization(records, "OLA", NULL);
	int64_t late = add_followup(records, "Entregar lo de ayer", "2024-01-31", "in_progress");
	int64_t early = add_followup(records, HOSTILE, "2199-12-31", "open");
	int64_t undated = add_followup(records, "Algún día", NULL, "proposed");
	int64_t done = add_followup(records, "Lo que ya se hizo", "2024-01-01", "done");
	add_organization(records, "PAZ", "Nada por entregar");
	add_followup(records, "Lo que es de nadie", NULL, "open");
	add_responsible(records, undated, enie);
	add_responsible(records, early, enie);
	add_responsible(records, early, nube);
	add_responsible(records, late, enie);
	add_responsible(records, done, ola);
	records->plan = add_row(records->operation, "plan", "code", "paga", "starts", "2023-01-01",
				"ends", "2024-12-31", NULL);
	add_commitment(records, "C1", nube, 20);
	add_commitment(records, "C2", nube, 90);
	int64_t blocked = add_commitment(records, "C3", ola, 91.5);
	add_row(records->operation, "blocker", "reason", "Sin autoridades", NULL);
	operation_field(records->operation, "commitment", value_key(blocked));
}

/* The database of the drive, with one meeting. */
static void make_group(const struct home *home, const char *starts, const char *ends)
{
	struct store *store = NULL;
	char *path = on_drive(home, "acta.db");
	const struct store_options options = {.path = path, .actor = "FCD", .wait_ms = 5000};
	struct records records = {.operation = operation_new()};
	assert_done(store_create(&options, &store, err));
	operation_set_words(records.operation, "grupo de prueba");
	records.meeting = add_row(records.operation, "meeting", "number", "AM-2024-01", "date",
				  "2024-02-16", "starts", starts, "ends", ends, "status",
				  "convened", "place", "Sala \"uno\", piso 2; Quito", "virtual_place",
				  "https://reunion.invalid/j/1?a=b,c;d", NULL);
	add_agenda(&records);
	add_debts(&records);
	test_commit(store, records.operation);
	store_close(store);
	free(path);
}

static void make_usual(const struct home *home)
{
	make_group(home, "15:00", "17:00");
}

#define EXPORT "export", "convocatoria", "AM-2024-01"

/* ---- text */

static void assert_in_order(const char *text, const char *const *parts)
{
	for (const char *at = text; *parts; parts++) {
		at = strstr(at, *parts);
		if (!at)
			fail_msg("no «%s», or too early, in: %s", *parts, text);
		at += strlen(*parts);
	}
}
#define IN_ORDER(text, ...) assert_in_order(text, (const char *const[]){__VA_ARGS__, NULL})

static void assert_no_out(const struct home *home, const char *part)
{
	if (strstr(home->out.data, part))
		fail_msg("«%s» in: %s", part, home->out.data);
}

static void assert_nothing_private(const struct home *home)
{
	assert_no_out(home, "aplazado");
	assert_no_out(home, "privada");
	assert_no_out(home, "ya se hizo");
}

static void text_says_when_what_and_who_owes(void **state)
{
	struct home *home = *state;
	make_usual(home);
	AS(home, "ana", 0, EXPORT);
	IN_ORDER(home->out.data, "Convocatoria a la reunión AM-2024-01\n====",
		 "Fecha:   viernes 16 de febrero de 2024\n", "Hora:    de 15h00 a 17h00\n",
		 "Lugar:   Sala \"uno\", piso 2; Quito\n",
		 "Enlace:  https://reunion.invalid/j/1?a=b,c;d\n",
		 " 1. Bienvenida y aprobación (10 min; presenta Presidencia, y otros)\n",
		 " 2. " HOSTILE_PLAIN " (25 min)\n", "    a. Una parte (5 min)\n",
		 "Tiempo previsto: 40 minutos; la reunión dura 120.\n",
		 "Lo que cada institución tiene por entregar\n",
		 "Red de la Nube (NUBE)\n", "- " HOSTILE_PLAIN "\n    Vence el 31/12/2199; junto",
		 "con ÑAN", "- Compromiso C1, Título de compromiso\n    20\u00A0% el 01/01/2024",
		 "ATRASADO\n", "Camino del Inca (ÑAN)\n",
		 "- Entregar lo de ayer\n    VENCIDA: vencía el 31/01/2024; viene de AM-2024-01,",
		 "punto 1", "Vence el 31/12/2199; junto con NUBE",
		 "- Algún día\n    Sin fecha; viene de AM-2024-01, punto 1; propuesta, por",
		 "OLA\n", "- Compromiso C3", "91.5\u00A0% el 01/01/2024; BLOQUEADO: Sin autoridades",
		 "Sin institución responsable\n", "- Lo que es de nadie\n",
		 "Sin nada por entregar: PAZ.\n");
	assert_nothing_private(home);
	assert_no_out(home, "Compromiso C2");
	assert_no_out(home, "\x1b");
	assert_no_out(home, "\u202e");
	AS(home, "ana", 0, "exportar", "Convocatoria", "am-2024-01");
	assert_out(home, "16 de febrero");
}

static void what_is_not_known_is_said(void **state)
{
	struct home *home = *state;
	become(home, "ana");
	AS(home, "ana", 0, "init");
	AS(home, "ana", 0, "add", "meeting", "number=AM-2024-02", "date=2024-02-29");
	AS(home, "ana", 0, "export", "convocatoria", "AM-2024-02");
	assert_string_equal(home->out.data, "Convocatoria a la reunión AM-2024-02\n"
					    "====================================\n"
					    "\n"
					    "Fecha:   jueves 29 de febrero de 2024\n"
					    "Hora:    por confirmar\n"
					    "Lugar:   por confirmar\n"
					    "\n"
					    "Orden del día\n"
					    "-------------\n"
					    "\n"
					    "Está por definir.\n"
					    "\n"
					    "Lo que cada institución tiene por entregar\n"
					    "------------------------------------------\n"
					    "\n"
					    "No hay nada pendiente.\n");
}

static void markdown_shows_text_as_it_is(void **state)
{
	struct home *home = *state;
	make_usual(home);
	AS(home, "ana", 0, EXPORT, "--format=md");
	IN_ORDER(home->out.data, "# Convocatoria a la reunión AM-2024-01\n",
		 "**Fecha:** viernes 16 de febrero de 2024\\\n", "## Orden del día\n\n",
		 "- **2.** " HOSTILE_MARKDOWN " (25 min)\n  - **a.** Una parte (5 min)\n",
		 "### Red de la Nube (NUBE)\n\n", "- " HOSTILE_MARKDOWN "\\\n  Vence el 31/12/2199");
	assert_nothing_private(home);
	assert_no_out(home, "<b>");
}

static void json_has_the_same(void **state)
{
	struct home *home = *state;
	make_usual(home);
	AS(home, "ana", 0, EXPORT, "--json");
	assert_json(home, "$.meeting.number", "AM-2024-01");
	assert_json(home, "$.meeting.starts", "15:00");
	assert_json(home, "$.minutes_planned", "40");
	assert_json(home, "$.agenda[0].presenter", "Presidencia, y otros");
	assert_json(home, "$.agenda[1].title", HOSTILE);
	assert_json(home, "$.agenda[2].parent", "2");
	assert_json(home, "$.agenda[3]", "null");
	assert_json(home, "$.owes[0].organization", "NUBE");
	assert_json(home, "$.owes[0].commitments[0].code", "C1");
	assert_json(home, "$.owes[0].commitments[0].percent", "20");
	assert_json(home, "$.owes[0].commitments[1]", "null");
	assert_json(home, "$.owes[1].organization", "ÑAN");
	assert_json(home, "$.owes[1].followups[0].description", "Entregar lo de ayer");
	assert_json(home, "$.owes[1].followups[0].overdue", "1");
	assert_json(home, "$.owes[1].followups[1].overdue", "0");
	assert_json(home, "$.owes[1].followups[2].due", "null");
	assert_json(home, "$.owes[2].commitments[0].blocker", "Sin autoridades");
	assert_json(home, "$.owes[3].organization", "null");
	assert_json(home, "$.owes[4]", "null");
	assert_nothing_private(home);
}

/* ---- calendars */

/* The event of the file that was printed; free its parent. */
static icalcomponent *read_event(const struct home *home)
{
	icalcomponent *calendar = icalparser_parse_string(home->out.data);
	assert_non_null(calendar);
	assert_int_equal(icalcomponent_isa(calendar), ICAL_VCALENDAR_COMPONENT);
	assert_int_equal(icalcomponent_count_errors(calendar), 0);
	assert_int_equal(icalcomponent_get_method(calendar), ICAL_METHOD_PUBLISH);
	icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	assert_non_null(event);
	assert_null(icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT));
	return event;
}

static void assert_time(icalcomponent *event, icalproperty_kind kind, const char *wanted)
{
	icalproperty *property = icalcomponent_get_first_property(event, kind);
	assert_non_null(property);
	assert_string_equal(icalproperty_get_value_as_string(property), wanted);
}

/* Lines end in CRLF and have at most 75 bytes, none of them half a character. */
static void assert_folded(const char *text)
{
	int folds = 0;
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");
		assert_true(length > 0 && line[length] == '\n' && line[length - 1] == '\r');
		assert_true(length - 1 <= 75);
		assert_true(utf8_is_valid(line, length - 1));
		folds += *line == ' ';
		line += length + 1;
	}
	assert_true(folds > 10);
}

static void a_calendar_is_read_back(void **state)
{
	struct home *home = *state;
	struct strbuf text;
	make_usual(home);
	AS(home, "ana", 0, EXPORT);
	strbuf_init(&text);
	strbuf_adds(&text, home->out.data);
	AS(home, "ana", 0, EXPORT, "--format", "ics");
	assert_folded(home->out.data);
	icalcomponent *event = read_event(home);
	assert_string_equal(icalcomponent_get_summary(event), "Reunión AM-2024-01");
	assert_string_equal(icalcomponent_get_location(event), "Sala \"uno\", piso 2; Quito");
	assert_string_equal(icalcomponent_get_description(event), text.data);
	assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_CONFIRMED);
	assert_time(event, ICAL_DTSTART_PROPERTY, "20240216T200000Z");
	assert_time(event, ICAL_DTEND_PROPERTY, "20240216T220000Z");
	assert_time(event, ICAL_URL_PROPERTY, "https://reunion.invalid/j/1?a=b,c;d");
	struct icaltimetype stamp = icalcomponent_get_dtstamp(event);
	assert_true(icaltime_is_utc(stamp));
	assert_in_range(icaltime_as_timet(stamp), time(NULL) - 60, time(NULL));
	/* A later one is the same event, for whoever has a copy of the database. */
	char *uid = mem_strdup(icalcomponent_get_uid(event));
	AS(home, "luis", 0, EXPORT, "--format=ICS");
	icalcomponent *again = read_event(home);
	assert_string_equal(icalcomponent_get_uid(again), uid);
	assert_true(icalcomponent_get_sequence(again) >= icalcomponent_get_sequence(event));
	assert_true(icalcomponent_get_sequence(event) > 0);
	free(uid);
	icalcomponent_free(icalcomponent_get_parent(again));
	icalcomponent_free(icalcomponent_get_parent(event));
	strbuf_release(&text);
}

static void a_meeting_may_pass_midnight(void **state)
{
	struct home *home = *state;
	make_group(home, "22:00", "01:30");
	AS(home, "ana", 0, EXPORT, "--format=ics");
	icalcomponent *event = read_event(home);
	assert_time(event, ICAL_DTSTART_PROPERTY, "20240217T030000Z");
	assert_time(event, ICAL_DTEND_PROPERTY, "20240217T063000Z");
	icalcomponent_free(icalcomponent_get_parent(event));
	AS(home, "ana", 0, EXPORT);
	assert_out(home, "de 22h00 a 01h30 del día siguiente\n");
	assert_out(home, "la reunión dura 210.");
}

static void without_an_end_the_agenda_tells_it(void **state)
{
	struct home *home = *state;
	make_group(home, "09:30", NULL);
	AS(home, "ana", 0, EXPORT, "--format=ics");
	icalcomponent *event = read_event(home);
	assert_time(event, ICAL_DTSTART_PROPERTY, "20240216T143000Z");
	assert_time(event, ICAL_DTEND_PROPERTY, "20240216T151000Z");
	icalcomponent_free(icalcomponent_get_parent(event));
}

static void without_hours_it_is_the_whole_day(void **state)
{
	struct home *home = *state;
	make_group(home, NULL, NULL);
	AS(home, "ana", 0, EXPORT, "--format=ics");
	assert_out(home, "DTSTART;VALUE=DATE:20240216\r\n");
	assert_out(home, "DTEND;VALUE=DATE:20240217\r\n");
	/* What is no address is part of the place. */
	AS(home, "ana", 0, "set", "meeting", "AM-2024-01", "virtual_place=Zoom", "status=draft");
	AS(home, "ana", 0, EXPORT, "--format=ics");
	icalcomponent *event = read_event(home);
	assert_string_equal(icalcomponent_get_location(event), "Sala \"uno\", piso 2; Quito; Zoom");
	assert_null(icalcomponent_get_first_property(event, ICAL_URL_PROPERTY));
	assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_TENTATIVE);
	icalcomponent_free(icalcomponent_get_parent(event));
}

/* ---- files */

static void the_name_of_a_file_says_its_format(void **state)
{
	struct home *home = *state;
	static const struct {
		const char *name, *begins;
	} files[] = {{"a.txt", "Convocatoria"}, {"a", "Convocatoria"}, {"a.b/c", "Convocatoria"},
		     {"a.MD", "# Convocatoria"}, {"a.ics", "BEGIN:VCALENDAR\r\n"},
		     {"a.json", "{\"meeting\":"}};
	make_usual(home);
	char *folder = in_home(home, "a.b");
	assert_int_equal(mkdir(folder, 0700), 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		char *path = in_home(home, files[i].name);
		AS(home, "ana", 0, EXPORT, "-o", path);
		assert_out(home, path);
		char *text = file_text(path);
		assert_memory_equal(text, files[i].begins, strlen(files[i].begins));
		free(text);
		free(path);
	}
	char *path = in_home(home, "a.txt");
	AS(home, "ana", 0, EXPORT, "--yes", "--json", "--format=md", "--output", path);
	assert_json(home, "$.file", path);
	assert_json(home, "$.format", "md");
	char *bytes = ask_json(home, "SELECT ?1 ->> 'bytes'"), *text = file_text(path);
	assert_int_equal(strtol(bytes, NULL, 10), strlen(text));
	AS(home, "ana", 0, EXPORT, "-o", "-");
	assert_out(home, "16 de febrero");
	free(text);
	free(bytes);
	free(path);
	free(folder);
}

static void what_is_there_is_not_overwritten(void **state)
{
	struct home *home = *state;
	make_usual(home);
	char *path = put_text(home, "a.txt", "mío");
	AS(home, "ana", 1, EXPORT, "-o", path);
	assert_err(home, "ya existe");
	char *text = file_text(path);
	assert_string_equal(text, "mío");
	free(text);
	AS(home, "ana", 0, EXPORT, "--yes", "-o", path);
	text = file_text(path);
	assert_non_null(strstr(text, "Convocatoria"));
	free(text);
	AS(home, "ana", 1, EXPORT, "-o", home->folder);
	assert_err(home, "es una carpeta");
	char *away = in_home(home, "no/a.txt");
	AS(home, "ana", 5, EXPORT, "-o", away);
	assert_err(home, "la carpeta no existe");
	free(away);
	free(path);
}

static void a_full_disk_is_told(void **state)
{
	struct home *home = *state;
	const char *const words[] = {EXPORT, NULL};
	make_usual(home);
	become(home, "ana");
	assert_int_equal(run_into(home, "/dev/full", words), 5);
	assert_err(home, "no se pudo escribir la salida");
}

static void what_cannot_be_is_said(void **state)
{
	struct home *home = *state;
	char *path = in_home(home, "a.doc");
	make_usual(home);
	AS(home, "ana", 2, "export", "acta", "AM-2024-01");
	assert_err(home, "hay: convocatoria");
	AS(home, "ana", 2, "export", "convocatorio", "AM-2024-01");
	assert_err(home, "¿quiso decir «convocatoria»?");
	AS(home, "ana", 2, "export", "convocatoria");
	assert_err(home, "diga de cuál");
	AS(home, "ana", 1, "export", "convocatoria", "AM-2024-09");
	assert_err(home, "AM-2024-09");
	AS(home, "ana", 2, EXPORT, "--format=pdf");
	assert_err(home, "hay: txt, md, ics, json");
	AS(home, "ana", 2, EXPORT, "-o", path);
	assert_err(home, "«.doc»");
	assert_int_not_equal(access(path, F_OK), 0);
	AS(home, "ana", 2, EXPORT, "--json", "--format=md");
	AS(home, "ana", 2, EXPORT, "-o");
	assert_err(home, "«-o» le falta su valor");
	AS(home, "ana", 2, EXPORT, "-x");
	free(path);
}

/* ---- the machine and the drive */

static void without_the_drive_what_is_here_is_exported(void **state)
{
	struct home *home = *state;
	make_usual(home);
	AS(home, "ana", 0, "--read-only", EXPORT);
	wait_for_silence(home);
	drive_leaves(home);
	AS(home, "ana", 0, "--wait", "0.1", EXPORT);
	assert_err(home, "se usa la copia de esta máquina");
	assert_out(home, "16 de febrero");
	drive_returns(home);
}

/* The program alone, where nothing of it is installed. */
static void without_its_module_calendars_are_refused(void **state)
{
	struct home *home = *state;
	char *program = program_path(), *copy = in_home(home, "nucleo");
	char *words[] = {copy, (char *)(uintptr_t)"--demo", (char *)(uintptr_t)"export",
			 (char *)(uintptr_t)"convocatoria", (char *)(uintptr_t)"AM-2023-05",
			 (char *)(uintptr_t)"--format=ics", NULL};
	char *err_path = in_home(home, "err");
	posix_spawn_file_actions_t files;
	pid_t child;
	int status;
	copy_file(program, copy);
	assert_int_equal(chmod(copy, 0700), 0);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err_path,
					 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(posix_spawn(&child, copy, &files, NULL, words, environ), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	posix_spawn_file_actions_destroy(&files);
	char *text = file_text(err_path);
	if (access(PKGLIBDIR "/nucleo-ics.so", F_OK) != 0) {
		assert_int_equal(WEXITSTATUS(status), 5);
		assert_non_null(strstr(text, "la instalación está incompleta"));
	}
	free(text);
	free(err_path);
	free(copy);
	free(program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MEMBERS(text_says_when_what_and_who_owes),
		WITH_MEMBERS(what_is_not_known_is_said),
		WITH_MEMBERS(markdown_shows_text_as_it_is),
		WITH_MEMBERS(json_has_the_same),
		WITH_MEMBERS(a_calendar_is_read_back),
		WITH_MEMBERS(a_meeting_may_pass_midnight),
		WITH_MEMBERS(without_an_end_the_agenda_tells_it),
		WITH_MEMBERS(without_hours_it_is_the_whole_day),
		WITH_MEMBERS(the_name_of_a_file_says_its_format),
		WITH_MEMBERS(what_is_there_is_not_overwritten),
		WITH_MEMBERS(a_full_disk_is_told),
		WITH_MEMBERS(what_cannot_be_is_said),
		WITH_MEMBERS(without_the_drive_what_is_here_is_exported),
		WITH_MEMBERS(without_its_module_calendars_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
