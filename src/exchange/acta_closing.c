/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_parts.h"

/*
 * What stands behind the agenda: who drafted it, annexes, and signatures as
 * "post, institution, role in the group" whether they were printed one under
 * the other, side by side, or ran together into one line.
 */

enum part { PART_OTHER, PART_DRAFT, PART_ANNEXES, PART_SIGNATURES };

struct closing {
	const struct acta_rows *rows;
	struct acta *acta;
	acta_paragraphs *paragraphs;
	enum part part;
	struct acta_flow draft;
	struct acta_flow signatures[2]; /* lines of the left and of the right block */
};

/* ---- drafting unit */

/* Where the drafting unit begins in a line that first ends the last sentence of the agenda. */
static size_t draft_start(const char *text)
{
	size_t wide = 0, first = 0;
	for (size_t i = 1; text[i]; i++) {
		if (text[i] != ' ' || !strchr(".!?", text[i - 1]))
			continue;
		size_t blanks = strspn(text + i, " ");
		if (!text[i + blanks] || islower((unsigned char)text[i + blanks]))
			continue;
		if (blanks > 1)
			wide = i + blanks;
		first = i + blanks;
	}
	return wide ? wide : first;
}

static struct acta_flow *running_paragraph(const struct closing *closing, const char *text)
{
	acta_paragraphs *list = closing->paragraphs;
	if (!list->count)
		return NULL;
	struct acta_flow *last = &list->items[list->count - 1].flow;
	const char *above = acta_flow_end(last);
	bool runs = !acta_ends_sentence(above) &&
		    (acta_ends_open(above) || acta_starts_lower(text));
	return runs ? last : NULL;
}

static void take_draft(struct closing *closing, const char *text, int line)
{
	struct acta_flow *last = running_paragraph(closing, text);
	if (last && !closing->draft.text.length) {
		size_t start = draft_start(text);
		size_t end = start ? start : strlen(text);
		char *tail = mem_strndup(text, end);
		acta_flow_join(last, tail, line);
		free(tail);
		text += end;
	}
	acta_flow_join(&closing->draft, text, line);
}

/* ---- signatures */

static bool is_rule(const char *text)
{
	return text[utf8_span(text, "_-=.· \t")] == '\0';
}

/* Words that name what somebody is in the group. */
static bool starts_role(const char *text)
{
	return acta_word_in(text, acta_word_length(text),
			    "|presidencia|copresidencia|secretaria|") &&
	       (utf8_has_words(text, "grupo") || utf8_has_words(text, "foro"));
}

struct signature {
	struct strbuf text;
	int parts; /* post, institution ... so far */
	int line;
};

static void finish_signature(struct acta *acta, struct signature *signature)
{
	while (signature->text.length &&
	       strchr(" ,.;", signature->text.data[signature->text.length - 1]))
		strbuf_truncate(&signature->text, signature->text.length - 1);
	if (signature->parts && signature->text.length) {
		struct acta_text *text = vector_add(&acta->signatories);
		text->text = strbuf_detach(&signature->text);
		text->line = signature->line;
	}
	strbuf_reset(&signature->text);
	signature->parts = 0;
}

static void add_part(struct signature *signature, const char *text, size_t length, int line)
{
	if (!signature->parts)
		signature->line = line;
	else
		strbuf_adds(&signature->text, ", ");
	acta_squeeze(&signature->text, text, length);
	signature->parts++;
}

/* Whether a part begins at a word: a capital that no small word binds to the word before, nor a
 * post if the word is one too ("Secretario Técnico"). */
static bool begins_part(const char *word, bool is_bound, bool behind_post)
{
	bool is_post = acta_starts_post(word);
	return !is_bound && !acta_starts_lower(word) && !(behind_post && is_post) &&
	       (is_post || acta_starts_institution(word));
}

/* A post begins the next signature once the one before has its institution. */
static bool begins_signature(const struct signature *signature, const char *word)
{
	return acta_starts_post(word) && signature->parts >= 2 &&
	       !(acta_starts_institution(word) && starts_role(word));
}

/* Splits "Director Ejecutivo Fundación Norte Copresidencia del Grupo" into its parts. */
static void take_signature_line(struct acta *acta, struct signature *signature, const char *text,
				int line)
{
	const char *start = text, *at = text;
	bool is_bound = true, behind_post = false;
	text += strspn(text, " ");
	for (at = start = text; *at;) {
		if (at > start && begins_part(at, is_bound, behind_post)) {
			add_part(signature, start, (size_t)(at - start), line);
			start = at;
		}
		if (at == start && begins_signature(signature, at))
			finish_signature(acta, signature);
		size_t length = acta_word_length(at);
		behind_post = acta_starts_post(at);
		is_bound = acta_word_in(at, length, "|de|del|la|las|los|el|y|e|en|para|a|al|");
		at += length;
		at += strspn(at, " ");
	}
	if (at > start)
		add_part(signature, start, (size_t)(at - start), line);
}

static void read_signatures(struct acta *acta, const struct acta_flow *flow)
{
	struct signature signature = {.parts = 0};
	const char *at = flow->text.data;
	strbuf_init(&signature.text);
	while (*at) {
		size_t length = strcspn(at, "\n");
		char *line = mem_strndup(at, length);
		int number = acta_flow_line(flow, (size_t)(at - flow->text.data));
		if (is_rule(line))
			finish_signature(acta, &signature);
		else if (acta_is_person(line) && !signature.parts)
			acta_remark(acta, number,
				    _("el nombre de quien firma no se guarda, solo su "
				      "cargo"));
		else
			take_signature_line(acta, &signature, line, number);
		free(line);
		at += length + (at[length] == '\n');
	}
	finish_signature(acta, &signature);
	strbuf_release(&signature.text);
}

static void add_signature_cell(struct closing *closing, int side, const char *text, size_t length,
			       int line)
{
	struct acta_flow *flow = &closing->signatures[side];
	char *cell = mem_strndup(text, length);
	bool goes_on = flow->text.length &&
		       (acta_starts_lower(cell) || acta_ends_open(acta_flow_end(flow)));
	if (*cell && !(goes_on && is_rule(cell)))
		acta_flow_add(flow, goes_on ? " " : "\n", cell, line);
	free(cell);
}

/* Two blocks side by side are parted by a tab or by blanks; a lone cell far to the right
 * belongs to the right one. */
static void take_signature_row(struct closing *closing, const struct acta_row *row)
{
	const char *text = row->raw + strspn(row->raw, " \t");
	bool indented = strspn(row->raw, " ") > 40 || row->raw[0] == '\t';
	size_t left = 0;
	while (text[left] && text[left] != '\t' && strncmp(text + left, "   ", 3) != 0)
		left++;
	const char *right = text + left + strspn(text + left, " \t");
	if (indented && !*right && closing->signatures[1].text.length) {
		add_signature_cell(closing, 1, text, left, row->line);
		return;
	}
	add_signature_cell(closing, 0, text, left, row->line);
	add_signature_cell(closing, 1, right, strlen(right), row->line);
}

/* ---- annexes */

static void take_annex(struct acta *acta, const char *text, int line)
{
	struct strbuf annex;
	text += strspn(text, " \t-*");
	if (strncmp(text, "•", 3) == 0)
		text += 3 + strspn(text + 3, " ");
	size_t digits = strspn(text, "0123456789");
	if (digits && strchr(".)-", text[digits]))
		text += digits + strspn(text + digits, ".)- ");
	strbuf_init(&annex);
	acta_squeeze(&annex, text, strlen(text));
	if (annex.length && !is_rule(annex.data) &&
	    !acta_word_in(annex.data, annex.length, "|ninguno|ninguna|no aplica|sin anexos|n/a|")) {
		struct acta_text *added = vector_add(&acta->annexes);
		added->text = strbuf_detach(&annex);
		added->line = line;
	}
	strbuf_release(&annex);
}

/* ---- rows */

/* Annexes and the drafting unit are short; a post or a ruled line begins the signatures. */
static bool begins_signatures(const struct acta_row *row)
{
	const char *text = row->raw + strspn(row->raw, " \t");
	return (is_rule(text) && strspn(text, "_-. ") > 4) || acta_starts_post(text);
}

static const char *behind_label(struct closing *closing, const struct acta_row *row,
				enum acta_label label, const char *value)
{
	switch (label) {
	case LABEL_PREPARED_BY:
		closing->part = PART_DRAFT;
		return value;
	case LABEL_ANNEXES:
		closing->part = PART_ANNEXES;
		return value;
	case LABEL_SIGNATURES:
		closing->part = PART_SIGNATURES;
		return value;
	default:
		return row->is_whole ? row->right : row->left;
	}
}

static void take_part(struct closing *closing, const struct acta_row *row, const char *text)
{
	switch (closing->part) {
	case PART_DRAFT:
		take_draft(closing, text, row->line);
		break;
	case PART_ANNEXES:
		take_annex(closing->acta, text, row->line);
		break;
	default:
		break;
	}
}

static void take_row(struct closing *closing, const struct acta_row *row)
{
	const char *value;
	enum acta_label label = acta_row_label(row, &value);
	const char *text = behind_label(closing, row, label, value);
	bool is_label = label == LABEL_PREPARED_BY || label == LABEL_ANNEXES ||
			label == LABEL_SIGNATURES;
	if (!is_label && closing->part != PART_SIGNATURES && begins_signatures(row) &&
	    (closing->part != PART_DRAFT || closing->draft.text.length))
		closing->part = PART_SIGNATURES;
	if (closing->part == PART_SIGNATURES) {
		if (!is_label)
			take_signature_row(closing, row);
		return;
	}
	if (closing->part == PART_DRAFT && !is_label && row->gap_before &&
	    closing->draft.text.length) {
		acta_unplaced(closing->acta, row->line, row->raw);
		return;
	}
	if (*text)
		take_part(closing, row, text);
	if (!row->is_whole && *row->right)
		take_part(closing, row, row->right);
}

void acta_read_closing(const struct acta_rows *rows, struct acta_sections sections,
		       struct acta *acta, acta_paragraphs *paragraphs)
{
	struct closing closing = {.rows = rows, .acta = acta, .paragraphs = paragraphs};
	acta_flow_init(&closing.draft);
	acta_flow_init(&closing.signatures[0]);
	acta_flow_init(&closing.signatures[1]);
	for (size_t i = sections.closing; i < rows->list.count; i++)
		take_row(&closing, &rows->list.items[i]);
	strbuf_trim(&closing.draft.text);
	if (closing.draft.text.length)
		acta->prepared_by = mem_strdup(closing.draft.text.data);
	read_signatures(acta, &closing.signatures[0]);
	read_signatures(acta, &closing.signatures[1]);
	acta_flow_release(&closing.draft);
	acta_flow_release(&closing.signatures[0]);
	acta_flow_release(&closing.signatures[1]);
}
