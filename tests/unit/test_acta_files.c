/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actas written for these tests, each with its kind of dirt, against the whole
 * reading a person has checked. UPDATE_READINGS=1 writes the readings anew;
 * look at the difference before keeping it.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acta_dump.h"
#include "nucleo/exchange/acta_reader.h"

static void write_reading(const char *name, const struct strbuf *reading)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", getenv("top_srcdir"), name);
	FILE *file = fopen(path.data, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(reading->data, 1, reading->length, file), reading->length);
	assert_int_equal(fclose(file), 0);
	strbuf_release(&path);
}

static void reads_as_checked(void **state)
{
	const char *name = *state;
	struct strbuf bytes, reading, expected, path;
	struct acta acta;
	struct error err;

	strbuf_init(&bytes);
	strbuf_init(&reading);
	strbuf_init(&expected);
	strbuf_init(&path);
	strbuf_addf(&path, "tests/unit/actas/%s.txt", name);
	read_source_file(path.data, &bytes);
	if (acta_read(bytes.data, bytes.length, NULL, 0, &acta, &err) != RC_OK)
		fail_msg("%s: %s", name, err.text);
	acta_dump(&acta, true, &reading);
	strbuf_reset(&path);
	strbuf_addf(&path, "tests/unit/actas/%s.reading", name);
	if (getenv("UPDATE_READINGS"))
		write_reading(path.data, &reading);
	read_source_file(path.data, &expected);
	assert_string_equal(reading.data, expected.data);
	acta_release(&acta);
	strbuf_release(&path);
	strbuf_release(&expected);
	strbuf_release(&reading);
	strbuf_release(&bytes);
}

#define READS(file)                                                                                \
	{                                                                                          \
		file, reads_as_checked, NULL, NULL, (void *)file                                   \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READS("agenda-aparte"),	  /* the agenda listed before the resolutions, persons */
		READS("ciudad-ausentes"), /* another city, delegates, absent and excused */
		READS("columna-de-numeros"), /* numbers and "No." in a column of their own */
		READS("columnas"),	  /* printed columns, page break in a sentence, hyphens */
		READS("consejo-votos"), /* "1)", votes, modes beside posts, a council of a city */
		READS("iguales"), /* figures behind "=", and noise that has some too */
		READS("listas"), /* one institution a line, labels without a colon */
		READS("nombres"),	  /* full names, posts, in person and by video */
		READS("numero-perdido"),  /* a number lost in the middle, one missing */
		READS("ordinales"), /* "PRIMERO.-", bullets, sectors by other names */
		READS("paginas"),	  /* heading below the beginning of its text, page feet */
		READS("palabras"),	  /* one cell after the other, a list inside a text */
		READS("pdf"), /* two tables as pdftotext prints them, a figure on the next line */
		READS("pdf-paginas"), /* the same on two pages of other columns */
		READS("personas"),	  /* persons, whose names are not kept; roman numbers */
		READS("rotulo-partido"), /* a sector, and a heading, broken by a narrow column */
		READS("ruido"),		  /* noise in both columns */
		READS("sectores"),	  /* GAD and cooperation, short names of institutions */
		READS("sin-tildes"),	  /* plain text at a margin, no accents */
		READS("sin-numeros"),	  /* no heading has a number */
		READS("subpuntos"),	  /* 2.1, a. to f., another sector */
		READS("suciedad"),	  /* every kind of dirt at once */
		READS("tabla-de-asistentes"), /* name, post and institution in cells */
		READS("tabla-impresa"),	      /* the same in printed columns */
		READS("texto-antes"),	  /* sentences that run over headings and the closing */
		READS("titulo-partido"),  /* headings on two and three lines */
		READS("titulo-repetido"), /* the title on each page, a line that begins with a figure */
		READS("varios-en-celda"), /* an item and its first sub-item in one cell, bullets */
		READS("votos"),		  /* votes, reservations, no signatures, corrected figure */
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
