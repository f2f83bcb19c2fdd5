/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/ui/table.h"
#include "nucleo/views/session.h"

/* Who else has the database open. Read again while it is in front: its ages grow by themselves. */

enum {
	COLUMN_PERSON,
	COLUMN_SCREEN,
	COLUMN_SEEN,
	COLUMN_SINCE,
	COLUMN_HOST,
	COLUMN_PROGRAM,
	COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
	[COLUMN_PERSON] = {.title = N_("Quién"), .min = 8, .weight = 12},
	[COLUMN_SCREEN] = {.title = N_("Pantalla"), .min = 12, .max = 40, .weight = 20},
	[COLUMN_SEEN] = {.title = N_("Señal"), .min = 11},
	[COLUMN_SINCE] = {.title = N_("Desde"), .min = 8, .max = 17, .weight = 1, .drop = 1},
	[COLUMN_HOST] = {.title = N_("Equipo"), .min = 8, .max = 20, .weight = 4, .drop = 2},
	[COLUMN_PROGRAM] = {.title = N_("nucleo"), .min = 6, .drop = 3},
};

struct people_view {
	struct view view;
	struct session *session;
	struct share_people people;
	struct table table;
};

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Quién está aquí"));
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct people_view *page = (const struct people_view *)view;
	unsigned long count =
		(unsigned long)page->people.list.count + (unsigned long)page->people.unnamed;
	if (!count)
		return;
	strbuf_addf(out,
		    ngettext("%lu pantalla más tiene abierta la base",
			     "%lu pantallas más tienen abierta la base", count),
		    count);
	if (page->people.unnamed)
		strbuf_addf(out, _(" · aquí salen las primeras %zu"), page->people.list.count);
}

/* ---- rows, in the order of the list */

static int64_t key_of(const struct presence_person *person)
{
	char digits[14];
	snprintf(digits, sizeof(digits), "%s", person->id);
	return strtoll(digits, NULL, 16);
}

static void fill(const struct presence_person *person, struct table_row *row)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(&text, *person->acronym ? person->acronym : _("sin decir quién"));
	table_row_brief(row, COLUMN_PERSON, text.data);
	if (*person->post)
		strbuf_addf(&text, ", %s", person->post);
	table_row_text(row, COLUMN_PERSON, ROLE_TEXT, text.data);
	table_row_text(row, COLUMN_SCREEN, ROLE_TEXT, person->screen);
	strbuf_reset(&text);
	clock_add_age(&text, person->age_ms);
	table_row_text(row, COLUMN_SEEN, ROLE_TEXT, text.data);
	strbuf_reset(&text);
	clock_add_local(&text, person->since);
	table_row_text(row, COLUMN_SINCE, ROLE_DIM, text.data);
	table_row_text(row, COLUMN_HOST, ROLE_DIM, person->host);
	table_row_text(row, COLUMN_PROGRAM, ROLE_DIM, person->program);
	strbuf_release(&text);
}

static void add_row(const struct people_view *page, size_t index, struct table_rows *out)
{
	const struct presence_person *person = &page->people.list.items[index];
	char sort[24];
	snprintf(sort, sizeof(sort), "%zu", index);
	fill(person, table_rows_add(out, key_of(person), sort));
}

static enum rc fetch(void *context, const struct table_query *query, struct table_rows *out,
		     struct error *err)
{
	const struct people_view *page = context;
	size_t count = page->people.list.count;
	size_t at = query->sort ? strtoul(query->sort, NULL, 10) : 0;
	(void)err;
	if (query->backwards)
		for (size_t i = query->sort ? at : count; i-- > 0 && out->count < query->limit;)
			add_row(page, i, out);
	else
		for (size_t i = query->sort ? at + 1 : 0; i < count && out->count < query->limit;
		     i++)
			add_row(page, i, out);
	return RC_OK;
}

static enum rc locate(void *context, int64_t key, struct strbuf *sort, struct error *err)
{
	const struct people_view *page = context;
	for (size_t i = 0; i < page->people.list.count; i++) {
		if (key_of(&page->people.list.items[i]) == key) {
			strbuf_addf(sort, "%zu", i);
			return RC_OK;
		}
	}
	return error_set(err, RC_NOT_FOUND, _("esa fila ya no está"));
}

/* ---- the view */

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct people_view *page = (struct people_view *)view;
	const struct share *share = page->session->workplace.share;
	(void)ui;
	share_people_release(&page->people);
	if (share)
		share_people(share, &page->people);
	page->table.empty =
		share ? _("Nadie más tiene abierta la base. Quien la abra aparece aquí solo.")
		      : _("Esta base no se comparte.");
	page->session->shows_people = true;
	return table_load(&page->table, err);
}

static void draw(struct view *view, struct region body)
{
	table_draw(&((struct people_view *)view)->table, body, true);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	(void)ui;
	if (op == OP_PEOPLE)
		return UI_NOTHING; /* here already */
	return table_op(&((struct people_view *)view)->table, op) ? UI_REDRAW : UI_PASS;
}

static bool point(struct view *view, int row, int column)
{
	return table_point(&((struct people_view *)view)->table, row, column);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	return kind == COPY_ROW && table_copy(&((const struct people_view *)view)->table, out);
}

static void close_page(struct view *view)
{
	struct people_view *page = (struct people_view *)view;
	table_release(&page->table);
	share_people_release(&page->people);
	free(page);
}

static const struct view_class class = {
	.name = "people",
	.context = CONTEXT_BROWSE,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_page,
};

struct view *people_view_new(struct session *session)
{
	struct people_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &class;
	page->session = session;
	table_init(&page->table, columns, COLUMN_COUNT,
		   (struct table_source){.context = page, .fetch = fetch, .locate = locate});
	if (session->workplace.share)
		(void)share_look_at_people(session->workplace.share, 0);
	return &page->view;
}
