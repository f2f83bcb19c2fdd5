/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of the screens for README.md:
 *
 *   screenshot FOLDER PROGRAM [ARGUMENT...]
 *
 * runs the program once for each picture in a terminal of 80x24, types its keys,
 * and writes FOLDER/NAME.svg. screenshots.sh gives it the world it runs in.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/pty_session.h"
#include "tools/screen_svg.h"

enum { ROWS = 24, COLUMNS = 80, QUIET_MS = 500 };

/* A meeting of today, its agenda as it is proposed, and its session open. */
#define MEETING                                                                             \
	{"", "C1 "}, {"2", "AM-2023-05"}, {"n", "Fecha"},                                   \
		{"15/02/2024\t\02515:00\t\02517:00\033OQ", "Lo de siempre"},                  \
		{"\033OQ", "Acta"}, {"5\033[18~", "›"}

static const struct picture {
	const char *name, *title;
	/* Keys, and a text that shows on the row of the cursor once they are done. */
	struct {
		const char *keys, *shows;
	} steps[14];
} pictures[] = {
	{"commitments", "nucleo: compromisos", {{"", "C1 "}, {"\033[B\033[B\033[B", "C4 "}}},
	{"agenda",
	 "nucleo: orden del día y resoluciones de una reunión",
	 {{"", "C1 "}, {"2", "AM-2023-05"}, {"\r", "Acta"}, {"\033[B\033[B", "2     Avance"}}},
	{"attendees",
	 "nucleo: asistentes por sector",
	 {{"", "C1 "}, {"3", "Presidencia"}, {"\033[B", "SNP"}}},
	{"followups",
	 "nucleo: acciones de seguimiento",
	 {{"", "C1 "}, {"4", "Presidencia coord"}, {"\033[B", "contactará"}}},
	{"form",
	 "nucleo: una acción en su formulario",
	 {{"", "C1 "}, {"4", "Presidencia coord"}, {"\033[B", "contactará"}, {"\033OQ", "Qué"}}},
	{"room",
	 "nucleo: la Sala, donde se anota la reunión",
	 {MEETING, {"\033OS", "AME"}, {"\r\033", "›"},
	  {"Presidencia: presenta el orden del día\r", "›"},
	  {"= Se aprueba el orden del día sin cambios\r", "›"},
	  {"\033[18~", "›"},
	  {"AME informa que realizó talleres en tres de las siete regionales\r", "›"},
	  {"FCD se compromete a publicar los datos abiertos de la Asamblea\r", "›"},
	  {"@AME termina los talleres !2024-03-31 #C5", "talleres"}}},
	{"attendance",
	 "nucleo: la asistencia de una reunión",
	 {MEETING, {"\033OS", "AME"}, {"\rcne\033OR", "CNE"}}},
	{"history",
	 "nucleo: historial",
	 {{"", "C1 "}, {"0", "Importa el acta"}}},
};

static void run(void *context)
{
	char *const *words = context;
	execvp(words[0], words);
	perror(words[0]);
	_exit(127);
}

static void be_quiet(struct pty_session *session)
{
	while (pty_listen(session, QUIET_MS))
		;
}

static void type(struct pty_session *session, const struct picture *picture)
{
	for (size_t i = 0; i < ARRAY_COUNT(picture->steps) && picture->steps[i].keys; i++) {
		pty_send(session, picture->steps[i].keys);
		pty_expect_cursor_on(session, picture->steps[i].shows);
	}
	be_quiet(session);
}

static void write_file(const char *folder, const char *name, const struct strbuf *bytes)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s.svg", folder, name);
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(bytes->data, 1, bytes->length, file) != bytes->length ||
	    fclose(file) != 0) {
		perror(path);
		exit(1);
	}
}

static void take(const struct picture *picture, const char *folder, char **words)
{
	struct pty_session session;
	struct strbuf svg;
	strbuf_init(&svg);
	pty_start(&session, ROWS, COLUMNS, run, words);
	type(&session, picture);
	screen_svg(&session.bytes, &(struct screen_size){ROWS, COLUMNS}, picture->title, &svg);
	pty_send(&session, "\033"); /* out of a form, where a letter is text */
	be_quiet(&session);
	pty_send(&session, "\033[21~"); /* F10 */
	pty_finish(&session);
	pty_stop(&session);
	write_file(folder, picture->name, &svg);
	strbuf_release(&svg);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: screenshot FOLDER PROGRAM [ARGUMENT...]\n", stderr);
		return 2;
	}
	setlocale(LC_ALL, "C.UTF-8");
	for (size_t i = 0; i < ARRAY_COUNT(pictures); i++)
		take(&pictures[i], argv[1], argv + 2);
	return 0;
}
