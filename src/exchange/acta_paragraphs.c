/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/exchange/acta_parts.h"

/*
 * Paragraphs of the text column. A line goes on with the paragraph above when
 * that has not ended its sentence, or when only the margin broke it. A
 * sentence that runs over a heading belongs to the item that begins there; the
 * sentences before it stay where they are.
 */

struct builder {
	const struct acta_rows *rows;
	struct acta *acta;
	acta_paragraphs *out;
	struct acta_paragraph open; /* being put together */
	size_t last;		    /* row that gave it its last line */
	int item;		    /* under which the next text stands */
};

void acta_paragraphs_release(acta_paragraphs *list)
{
	for (size_t i = 0; i < list->count; i++)
		acta_flow_release(&list->items[i].flow);
	vector_release(list);
}

static void flush(struct builder *builder)
{
	if (!builder->open.flow.text.length)
		return;
	vector_push(builder->out, builder->open);
	acta_flow_init(&builder->open.flow);
}

static void begin(struct builder *builder, size_t i)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	size_t bullet = *row->right == 'o' ? 0 : acta_bullet_length(row->right);
	flush(builder);
	builder->open.item = builder->item;
	acta_flow_add(&builder->open.flow, "", row->right + bullet, row->line);
}

/* ---- does the text go on? */

static bool starts_with_institution(const char *text)
{
	size_t word = acta_word_length(text);
	if (acta_word_in(text, word, "|el|la|los|las|por|en|se|ademas|finalmente|asimismo|"))
		return true;
	while (word && strchr(",.;:", text[word - 1]))
		word--;
	return acta_is_acronym(text, word) || acta_starts_institution(text);
}

static bool starts_with_figure(const char *text)
{
	return isdigit((unsigned char)*text) || *text == '(' || strncmp(text, "•", 3) == 0 ||
	       *text == '-';
}

/* "C6" before "(38 %)": a figure belongs to what stands before it, and no sentence begins with a
 * parenthesis. */
static bool completes_figure(const char *above, const char *text)
{
	size_t length = strlen(above), digits = 0;
	if (*text == '(')
		return true;
	while (digits < length && isdigit((unsigned char)above[length - 1 - digits]))
		digits++;
	bool is_code = digits && digits < length && above[length - 1 - digits] == 'C';
	return isdigit((unsigned char)*text) && (is_code || strchr(text, '%') != NULL);
}

static bool ends_with_colon(const struct strbuf *text)
{
	return text->length && text->data[text->length - 1] == ':';
}

/* A page break leaves empty lines that say nothing of paragraphs. */
static bool stands_apart(const struct acta_row *row)
{
	return row->gap_before && !row->page_before;
}

enum { LONG_LINE = 80 };

/* "C5": what a list of measurements begins with, and no speaker. */
static bool starts_with_code(const char *text)
{
	return *text == 'C' && isdigit((unsigned char)text[1]);
}

/* Behind a colon a new paragraph may begin, and does with a speaker. Where the line was full the
 * margin broke it, and what follows is what the colon announces. */
static bool colon_goes_on(const struct builder *builder, size_t i)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	const struct acta_row *last = &builder->rows->list.items[builder->last];
	if (starts_with_figure(row->right))
		return true;
	if (!builder->rows->is_wrapped || last->is_short || stands_apart(row) ||
	    builder->last + 1 != i)
		return false;
	return starts_with_code(row->right) || !starts_with_institution(row->right);
}

/* A sentence without its full stop, and a capital: cut off, or just not closed? */
static bool unclosed_goes_on(const struct builder *builder, size_t i)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	const struct acta_row *last = &builder->rows->list.items[builder->last];
	if (ends_with_colon(&builder->open.flow.text))
		return colon_goes_on(builder, i);
	if (starts_with_institution(row->right))
		return builder->rows->is_wrapped && !stands_apart(row) && !last->is_short &&
		       builder->last + 1 == i;
	if (builder->rows->is_wrapped)
		return !last->is_short || row->page_before;
	return false;
}

/* Whether the row's text goes on with the sentence above. */
static bool runs_on(const struct builder *builder, size_t i, bool over_heading)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	const char *above = acta_flow_end(&builder->open.flow);
	if (!*above || acta_ends_sentence(above))
		return false;
	if (acta_ends_open(above) || acta_starts_lower(row->right))
		return true;
	if (completes_figure(above, row->right) && !stands_apart(row))
		return true;
	if (over_heading && !builder->rows->is_wrapped)
		return strlen(builder->rows->list.items[builder->last].right) >= LONG_LINE &&
		       !starts_with_institution(row->right);
	return unclosed_goes_on(builder, i);
}

/* Whether a new sentence on the row is still the same paragraph: only the margin broke it. A line
 * may also be full by chance; one that begins with a speaker mostly begins a paragraph. */
static bool is_same_paragraph(const struct builder *builder, size_t i)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	const struct acta_row *last = &builder->rows->list.items[builder->last];
	if (!builder->open.flow.text.length)
		return false;
	if (acta_starts_lower(row->right))
		return true;
	return builder->rows->is_wrapped && builder->last + 1 == i && !stands_apart(row) &&
	       !last->is_short && acta_ends_sentence(acta_flow_end(&builder->open.flow)) &&
	       !starts_with_figure(row->right) && acta_attendee_at(builder->acta, row->right) < 0;
}

/* ---- rows */

/* The last sentence of the open paragraph moves to the item that begins here. */
static void move_sentence(struct builder *builder)
{
	struct acta_paragraph tail = {.item = builder->item};
	prose_spans sentences = {0};
	prose_sentences(builder->open.flow.text.data, &sentences);
	size_t start = sentences.count ? sentences.items[sentences.count - 1].start : 0;
	vector_release(&sentences);
	if (!start) {
		builder->open.item = builder->item;
		return;
	}
	acta_flow_init(&tail.flow);
	acta_flow_split(&builder->open.flow, start, &tail.flow);
	flush(builder);
	acta_flow_release(&builder->open.flow);
	builder->open = tail;
}

static void take_text(struct builder *builder, size_t i)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	bool over_heading = builder->open.item != builder->item;
	bool is_running = runs_on(builder, i, over_heading);
	if (over_heading && is_running)
		move_sentence(builder);
	if (is_running || (!over_heading && is_same_paragraph(builder, i)))
		acta_flow_join(&builder->open.flow, row->right, row->line);
	else
		begin(builder, i);
	builder->last = i;
}

enum { NOISE_MAX = 80 };

static void take_row(struct builder *builder, size_t i, const struct acta_heading_mark *mark)
{
	const struct acta_row *row = &builder->rows->list.items[i];
	if (mark->kind == HEADING_START)
		builder->item = mark->item;
	if (!*row->right || (row->is_whole && mark->kind != HEADING_NONE))
		return;
	if (strlen(row->right) <= NOISE_MAX && acta_is_noise(row->right))
		acta_unplaced(builder->acta, row->line, row->right);
	else
		take_text(builder, i);
}

void acta_read_paragraphs(const struct acta_rows *rows, struct acta_sections sections,
			  const struct acta_heading_mark *marks, struct acta *acta,
			  acta_paragraphs *out)
{
	struct builder builder = {.rows = rows, .acta = acta, .out = out, .item = -1};
	builder.open.item = -1;
	acta_flow_init(&builder.open.flow);
	for (size_t i = sections.agenda; i < sections.closing; i++)
		take_row(&builder, i, &marks[i - sections.agenda]);
	flush(&builder);
	acta_flow_release(&builder.open.flow);
}
