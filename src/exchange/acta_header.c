/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/* ---- the fields of the header, as texts */

struct header {
	struct acta_flow title, date, time, place, mode, attendees;
};

static void header_init(struct header *header)
{
	acta_flow_init(&header->title);
	acta_flow_init(&header->date);
	acta_flow_init(&header->time);
	acta_flow_init(&header->place);
	acta_flow_init(&header->mode);
	acta_flow_init(&header->attendees);
}

static void header_release(struct header *header)
{
	acta_flow_release(&header->title);
	acta_flow_release(&header->date);
	acta_flow_release(&header->time);
	acta_flow_release(&header->place);
	acta_flow_release(&header->mode);
	acta_flow_release(&header->attendees);
}

static struct acta_flow *field_of(struct header *header, enum acta_label label)
{
	switch (label) {
	case LABEL_DATE:
		return &header->date;
	case LABEL_TIME:
		return &header->time;
	case LABEL_PLACE:
		return &header->place;
	case LABEL_MODE:
		return &header->mode;
	case LABEL_ATTENDEES:
		return &header->attendees;
	default:
		return NULL;
	}
}

struct walk {
	struct header *header;
	const struct acta_rows *rows;
	size_t row;
	struct acta_flow *field; /* what text goes to; NULL: nowhere */
	bool row_started;	 /* this row has given the field something */
	struct acta_table table; /* of attendees, while its rows go on */
};

/* In a list of names a line that was not broken by the margin ends a name. */
static const char *separator(const struct walk *walk, const char *text)
{
	const struct acta_flow *field = walk->field;
	const struct acta_row *before = walk->row ? &walk->rows->list.items[walk->row - 1] : NULL;
	if (field == &walk->header->attendees && !walk->row_started && acta_bullet_length(text))
		return "\n";
	if (field != &walk->header->attendees || walk->row_started || !before ||
	    acta_ends_open(acta_flow_end(field)) || acta_starts_lower(text) || *text == '(')
		return " ";
	return walk->rows->is_wrapped && !before->is_short ? " " : "\n";
}

static void take_text(struct walk *walk, const char *text)
{
	const struct acta_row *row = &walk->rows->list.items[walk->row];
	text += strspn(text, " \t");
	if (!walk->field || !*text)
		return;
	const char *between = separator(walk, text);
	if (*between == '\n')
		acta_flow_add(walk->field, between, text, row->line);
	else
		acta_flow_join(walk->field, text, row->line);
	walk->row_started = true;
}

static bool starts_with_acta(const char *text)
{
	size_t length = acta_word_length(text);
	return length <= 6 && acta_word_in(text, length, "|acta|") && strpbrk(text, "0123456789");
}

static void take_cell(struct walk *walk, const char *cell)
{
	const char *value;
	enum acta_label label = acta_label_of(cell, &value);
	if (starts_with_acta(cell)) {
		acta_flow_join(&walk->header->title, cell, walk->rows->list.items[walk->row].line);
		return;
	}
	if (label == LABEL_NONE) {
		take_text(walk, cell);
		return;
	}
	walk->field = field_of(walk->header, label);
	/* The reader of attendees needs the labels: they say sector and capacity. */
	if (label == LABEL_ATTENDEES) {
		walk->row_started = false;
		const struct acta_row *row = &walk->rows->list.items[walk->row];
		acta_flow_add(walk->field, "\n", cell, row->line);
		if (!strchr(cell, ':'))
			strbuf_addch(&walk->field->text, ':');
		walk->row_started = true;
	} else {
		take_text(walk, value);
	}
}

/* A label broken over two lines of the left column: "Observadores e" / "invitados:". */
static char *broken_label(const struct acta_rows *rows, size_t row, size_t end)
{
	const struct acta_row *at = &rows->list.items[row];
	struct strbuf both;
	const char *value;
	if (row + 1 >= end || at->is_whole || !*at->left || strchr(at->left, ':') ||
	    acta_label_of(at->left, &value) != LABEL_NONE)
		return NULL;
	const char *next = rows->list.items[row + 1].left;
	if (!*next || acta_label_of(next, &value) == LABEL_DATE || strlen(next) > 60)
		return NULL;
	strbuf_init(&both);
	strbuf_addf(&both, "%.80s %s", at->left, next);
	if (next[strlen(next) - 1] != ':' || acta_label_of(both.data, &value) == LABEL_NONE)
		strbuf_reset(&both);
	char *label = both.length ? strbuf_detach(&both) : NULL;
	strbuf_release(&both);
	return label;
}

/* Handles a row of a table of attendees or its heading; false when the row is neither. */
static bool take_table_row(struct walk *walk)
{
	const struct acta_row *row = &walk->rows->list.items[walk->row];
	struct acta_flow *attendees = &walk->header->attendees;
	struct strbuf line;
	if (acta_table_begin(&walk->table, row->raw)) {
		walk->field = attendees;
		return true;
	}
	if (walk->field != attendees)
		return false;
	strbuf_init(&line);
	bool is_row = acta_table_row(&walk->table, row->raw, &line);
	if (is_row)
		acta_flow_add(attendees, "\n", line.data, row->line);
	strbuf_release(&line);
	return is_row;
}

static void take_row(struct walk *walk)
{
	const char *at = walk->rows->list.items[walk->row].raw;
	if (take_table_row(walk))
		return;
	while (*(at += strspn(at, " \t"))) {
		const char *end = at;
		while (*end && *end != '\t' && !(end[0] == ' ' && end[1] == ' '))
			end++;
		char *cell = mem_strndup(at, (size_t)(end - at));
		take_cell(walk, cell);
		free(cell);
		at = end;
	}
}

static void split_header(const struct acta_rows *rows, size_t end, struct header *header)
{
	struct walk walk = {.header = header, .rows = rows, .field = &header->title};
	for (walk.row = 0; walk.row < end; walk.row++) {
		char *label = broken_label(rows, walk.row, end);
		walk.row_started = false;
		if (label) {
			take_cell(&walk, label);
			take_text(&walk, rows->list.items[walk.row].right);
			walk.row++;
			walk.row_started = false;
			take_text(&walk, rows->list.items[walk.row].right);
		} else {
			take_row(&walk);
		}
		free(label);
	}
}

/* ---- date */

static enum rc read_date(const struct header *header, struct acta *acta, struct error *err)
{
	bool has_field = header->date.text.length > 0;
	const struct acta_flow *flow = has_field ? &header->date : &header->title;
	int line = acta_flow_line(flow, 0);
	struct acta_brief words = acta_brief(flow->text.data);
	day_number date = DATE_NONE;
	bool found = acta_find_date(flow->text.data, &date);
	if (!found && !has_field)
		return error_set(err, RC_INVALID,
				 _("el acta %s no dice su fecha («Fecha: 17/11/2023»)"),
				 acta->number);
	if (!found)
		return error_set(err, RC_INVALID,
				 _("línea %d: la fecha no se entiende («%s»); escríbala como "
				   "17/11/2023"),
				 line, words.text);
	if (date == DATE_NONE)
		return error_set(err, RC_INVALID, _("línea %d: no existe esa fecha («%s»)"), line,
				 words.text);
	acta->date = date;
	return RC_OK;
}

/* ---- hours and place */

/* "3 pm", "15 horas", the first of "9 a 11h30": a number that what follows makes a time. */
static bool is_hour(const char *after)
{
	static const char *const ends[] = {"am",  "pm",	 "a.m", "p.m", "hor", "hrs", "a ", "-",
					   "–", "has"};
	after += strspn(after, " ");
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
		if (strncasecmp(after, ends[i], strlen(ends[i])) == 0)
			return true;
	return false;
}

/* The time at `text` ("9h30", "15:00", "3:00 pm"); moves past its digits. */
static day_minute take_time(const char **text)
{
	char word[8] = {0};
	size_t used = 0;
	const char *at = *text;
	while (used < 6 && *at && (isdigit((unsigned char)*at) || strchr("hH:.", *at)))
		word[used++] = *at++;
	while (used && strchr(":.", word[used - 1]))
		word[--used] = '\0';
	*text += used ? used : 1;
	if (used && !strpbrk(word, "hH:.")) {
		if (used > 2 || !is_hour(*text))
			return DAY_MINUTE_NONE;
		word[used++] = 'h';
	}
	day_minute time = daytime_parse(word);
	at = *text + strspn(*text, " ");
	if (time != DAY_MINUTE_NONE && time < 12 * 60 && (*at == 'p' || *at == 'P') &&
	    strchr("mM.", at[1]))
		time += 12 * 60;
	return time;
}

static void read_hours(const struct acta_flow *flow, struct acta *acta)
{
	const char *at = flow->text.data;
	while (*at && acta->ends == DAY_MINUTE_NONE) {
		if (!isdigit((unsigned char)*at)) {
			at++;
			continue;
		}
		day_minute time = take_time(&at);
		if (time == DAY_MINUTE_NONE)
			continue;
		if (acta->starts == DAY_MINUTE_NONE)
			acta->starts = time;
		else
			acta->ends = time;
	}
	if (flow->text.length && acta->starts == DAY_MINUTE_NONE)
		acta_remark(acta, acta_flow_line(flow, 0), _("la hora no se entiende: «%s»"),
			    acta_brief(flow->text.data).text);
	if (acta->ends != DAY_MINUTE_NONE && acta->ends < acta->starts) {
		acta->ends = DAY_MINUTE_NONE;
		acta_remark(acta, acta_flow_line(flow, 0),
			    _("la hora de fin es anterior a la de inicio; queda sin hora de fin"));
	}
}

static bool says_virtual(const char *text)
{
	static const char *const words[] = {"virtual", "zoom",	 "teams",     "meet",	 "webex",
					    "hibrid",  "videoc", "telematic", "en linea"};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (utf8_has_words(text, words[i]))
			return true;
	return false;
}

static void read_place(const struct header *header, struct acta *acta)
{
	const struct acta_flow *place = header->place.text.length ? &header->place : &header->mode;
	if (place->text.length)
		acta->place = mem_strdup(place->text.data);
	acta->is_virtual = says_virtual(header->place.text.data) ||
			   says_virtual(header->mode.text.data);
}

static void remark_missing(const struct header *header, struct acta *acta)
{
	if (!header->time.text.length)
		acta_remark(acta, acta->header_line, _("el acta no dice la hora"));
	if (!acta->place)
		acta_remark(acta, acta->header_line, _("el acta no dice el lugar"));
	if (!header->attendees.text.length)
		acta_remark(acta, acta->header_line, _("el acta no nombra asistentes"));
}

enum rc acta_read_header(const struct acta_rows *rows, size_t end,
			 const struct prose_institution *institutions, size_t institution_count,
			 struct acta *acta, struct error *err)
{
	struct header header;
	header_init(&header);
	split_header(rows, end, &header);
	enum rc rc = acta_read_title(&header.title, acta, err);
	if (rc == RC_OK)
		rc = read_date(&header, acta, err);
	if (rc == RC_OK) {
		read_hours(&header.time, acta);
		read_place(&header, acta);
		remark_missing(&header, acta);
		rc = acta_read_attendees(&header.attendees, institutions, institution_count, acta,
					 err);
	}
	header_release(&header);
	return rc;
}
