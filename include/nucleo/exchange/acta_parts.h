/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ACTA_PARTS_H
#define NUCLEO_EXCHANGE_ACTA_PARTS_H

#include "nucleo/base/error.h"
#include "nucleo/exchange/acta_text.h"
#include "nucleo/exchange/acta_words.h"
#include "nucleo/model/acta.h"

/**
 * The parts of an acta, each read from its rows into `struct acta`. Internal
 * to the acta reader; see acta_reader.h for what they promise together.
 */

/** More than any forum needs, and few enough to keep the reading linear. */
enum { ACTA_MAX_ATTENDEES = 400, ACTA_MAX_ITEMS = 200, ACTA_MAX_LABEL = 99 };

/** Rows [0, header_end) are the header, [agenda, closing) the agenda, then the closing. */
struct acta_sections {
	size_t header_end, agenda, closing;
};

/** The label a row begins with, and what follows it (borrowed from the row). */
enum acta_label acta_row_label(const struct acta_row *row, const char **value);
/** Finds the parts; without the label "Orden del día" the agenda begins at the first "1.". */
struct acta_sections acta_find_sections(const struct acta_rows *rows);

/** Number and group; RC_INVALID without a number. */
enum rc acta_read_title(const struct acta_flow *title, struct acta *acta,
			struct error *err) ATTR_NODISCARD;
/** Whether the text speaks of a date; `*date` is DATE_NONE when there is no such day. */
bool acta_find_date(const char *text, day_number *date);
/** Number, group, date, hours, place and attendees. RC_INVALID without a number or a date. */
enum rc acta_read_header(const struct acta_rows *rows, size_t end,
			 const struct prose_institution *institutions, size_t institution_count,
			 struct acta *acta, struct error *err) ATTR_NODISCARD;
enum acta_column {
	COLUMN_IGNORED,
	COLUMN_INSTITUTION,
	COLUMN_ACRONYM,
	COLUMN_PERSON,
	COLUMN_POST,
	COLUMN_MODE,
	COLUMN_SECTOR,
	COLUMN_CAPACITY,
	COLUMN_COUNT
};

enum { ACTA_TABLE_MAX = 12 };

/** The columns of a table of attendees. */
struct acta_table {
	size_t count; /**< 0: no table */
	bool has_tabs;
	enum acta_column columns[ACTA_TABLE_MAX];
	int starts[ACTA_TABLE_MAX]; /**< index of the cell, or its first character */
};

/** Whether the line heads a table of attendees ("Nombre | Cargo | Institución"); sets `table`. */
bool acta_table_begin(struct acta_table *table, const char *raw);
/** Appends a row of the table as a list says it, "CNE (Directora)"; false when it is none. */
bool acta_table_row(const struct acta_table *table, const char *raw, struct strbuf *out);

/** The attendees in `flow`, whose lines end in '\n' where the text breaks off. */
enum rc acta_read_attendees(const struct acta_flow *flow,
			    const struct prose_institution *institutions, size_t institution_count,
			    struct acta *acta, struct error *err) ATTR_NODISCARD;

/** Index of the attendee whose acronym begins the text, an article aside; -1 when none does. */
int acta_attendee_at(const struct acta *acta, const char *text);
/** One name of a list: its acronym, full name, delegate's post and mode, as far as it says them.
 *  Names of persons are left out; `*names_person` tells that there was one. */
struct acta_attendee acta_parse_attendee(const char *text, size_t length, bool *names_person);
/** Whether the letters of `acronym` begin the words of `words`, small words left out. */
bool acta_initials_match(const char *acronym, const char *words);

enum marker_kind {
	MARKER_NONE,
	MARKER_MAIN,  /**< "3.", "Punto 3:" */
	MARKER_ROMAN, /**< "III." */
	MARKER_WORD,  /**< "TERCERO.-" */
	MARKER_SUB    /**< "a.", "8.1", or a figure where items have roman numbers */
};

/** What numbers a heading cell. */
struct acta_marker {
	enum marker_kind kind; /**< once found: NONE, MAIN or SUB */
	int number;	       /**< of the item; for "8.1" the 8; 0 for a sub-item of any item */
	char sub[8];	       /**< "a", "1", "ii" */
	const char *title;     /**< what follows, in the row */
	bool is_chosen;	       /**< part of the numbering of the items */
};

/** Reads "a." or "iv)" at the beginning of the text; false when there is none. */
bool acta_parse_sub(const char *text, struct acta_marker *marker);
/** The text of a row in which a heading can stand. */
const char *acta_heading_cell(const struct acta_row *row);
/** Sets one marker for each row of the agenda; the chosen ones rise from row to row. */
void acta_find_markers(const struct acta_rows *rows, struct acta_sections sections,
		       struct acta_marker *markers);

/** What the left cell of an agenda row is. */
enum acta_heading_kind {
	HEADING_NONE,	      /**< the row has text only */
	HEADING_START,	      /**< an item begins here */
	HEADING_CONTINUATION, /**< more of the item's title */
	HEADING_NOISE,	      /**< listed as unplaced */
};

/** One mark for each row of the agenda. */
struct acta_heading_mark {
	enum acta_heading_kind kind;
	int item; /**< index of the item that begins here; -1 for the other kinds */
};

/**
 * Finds the items of the agenda and appends them to `acta`; `marks` has
 * `sections.closing - sections.agenda` elements, set here.
 */
enum rc acta_read_items(const struct acta_rows *rows, struct acta_sections sections,
			struct acta_heading_mark *marks, struct acta *acta,
			struct error *err) ATTR_NODISCARD;

/** One paragraph of the text column under its item (-1: before the first). */
struct acta_paragraph {
	int item;
	struct acta_flow flow;
};
typedef VECTOR(struct acta_paragraph) acta_paragraphs;

/** Puts the paragraphs of the text column under their items; noise goes to acta->unplaced. */
void acta_read_paragraphs(const struct acta_rows *rows, struct acta_sections sections,
			  const struct acta_heading_mark *marks, struct acta *acta,
			  acta_paragraphs *out);
void acta_paragraphs_release(acta_paragraphs *list);

/** Drafting unit, annexes and signatures; completes a last paragraph that runs over them. */
void acta_read_closing(const struct acta_rows *rows, struct acta_sections sections,
		       struct acta *acta, acta_paragraphs *paragraphs);

/** Makes every paragraph an entry with its speaker, kind, figures and follow-ups. */
void acta_read_entries(const acta_paragraphs *paragraphs,
		       const struct prose_institution *institutions, size_t institution_count,
		       struct acta *acta);

/** The plan the titles and texts speak of. */
void acta_read_plan(struct acta *acta);

/** Appends a remark (already translated, owned by the caller). */
void acta_remark(struct acta *acta, int line, const char *format, ...) ATTR_PRINTF(3, 4);
/** Appends a text that found no place, blanks squeezed. */
void acta_unplaced(struct acta *acta, int line, const char *text);

#endif
