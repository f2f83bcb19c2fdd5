/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/store/operation_told.h"
#include "nucleo/views/detail_view.h"
#include "nucleo/views/text_versions.h"
#include "nucleo/views/undoing.h"

/* What one operation of the history did. */

/* More edits than anybody reads on a page: an import has thousands. */
enum { EDITS_SHOWN = 400 };

struct showing {
	struct detail *detail;
	size_t edits;
};

/* ---- values */

static void show_change(struct pager *pager, const struct told_field *field)
{
	struct strbuf text;
	if (field->is_prose && field->was.words && field->now.words) {
		diff_show(pager, field->label, field->was.words, field->now.words);
		return;
	}
	strbuf_init(&text);
	strbuf_addf(&text, "%s → %s", field->was.words ? field->was.words : _("(vacío)"),
		    field->now.words ? field->now.words : _("(vacío)"));
	pager_field(pager, field->label, text.data);
	strbuf_release(&text);
}

static void show_field(struct pager *pager, enum told_kind kind, const struct told_field *field)
{
	if (field->is_internal)
		return;
	if (kind == TOLD_SET)
		show_change(pager, field);
	else
		pager_field(pager, field->label,
			    kind == TOLD_DELETE ? field->was.words : field->now.words);
}

/* ---- edits */

/* A record that is there and has a page leads to it. */
static bool has_page(const struct told_edit *edit, enum record_kind_id *kind)
{
	static const struct {
		const char *table;
		enum record_kind_id kind;
	} pages[] = {
		{"commitment", RECORD_COMMITMENT},
		{"followup", RECORD_FOLLOWUP},
		{"meeting", RECORD_MEETING},
		{"organization", RECORD_ORGANIZATION},
	};
	for (size_t i = 0; edit->is_there && i < ARRAY_COUNT(pages); i++)
		if (strcmp(pages[i].table, edit->table) == 0) {
			*kind = pages[i].kind;
			return true;
		}
	return false;
}

static const char *kind_word(enum told_kind kind)
{
	static const char *const words[] = {[TOLD_INSERT] = N_("+ agrega"),
					    [TOLD_SET] = N_("· cambia"),
					    [TOLD_DELETE] = N_("- quita")};
	return _(words[kind]);
}

static bool show_edit(void *context, const struct told_edit *edit)
{
	struct showing *showing = context;
	struct pager *pager = showing->detail->pager;
	struct strbuf heading;
	enum record_kind_id kind;
	if (++showing->edits > EDITS_SHOWN)
		return true;
	strbuf_init(&heading);
	strbuf_addf(&heading, "%s %s", kind_word(edit->kind), edit->word);
	if (edit->name)
		strbuf_addf(&heading, " %s", edit->name);
	if (has_page(edit, &kind)) {
		pager_gap(pager);
		detail_link(showing->detail, kind, edit->key, 0, heading.data);
	} else {
		pager_heading(pager, heading.data);
	}
	for (size_t i = 0; i < edit->fields.count; i++)
		show_field(pager, edit->kind, &edit->fields.items[i]);
	strbuf_release(&heading);
	return true;
}

/* ---- the page */

static bool add_undoing(void *context, const void *record)
{
	const struct history *undoing = record;
	struct strbuf *out = context;
	/* TRANSLATORS: an institution, and the moment */
	strbuf_addf(out, _("Deshecho por %s el "), undoing->by);
	clock_add_local(out, undoing->at);
	if (undoing->number)
		strbuf_addf(out, _(" (cambio %lld)"), (long long)undoing->number);
	else
		strbuf_adds(out, _(" (en cola)"));
	return false;
}

/* Who undid it last, as a link to that. */
static enum rc show_undone(struct detail *detail, const struct history *operation,
			   struct error *err)
{
	const struct list_query query = {
		.key = operation->undone_key, .limit = 1, .is_brief = true};
	struct strbuf text;
	if (!operation->is_undone)
		return RC_OK;
	strbuf_init(&text);
	strbuf_adds(&text, "↶ ");
	enum rc rc = store_list(session_store(detail->session), RECORD_HISTORY, &query, add_undoing,
				&text, err);
	if (rc == RC_OK)
		detail_link(detail, RECORD_HISTORY, operation->undone_key, 0, text.data);
	strbuf_release(&text);
	return rc;
}

static void show_author(struct pager *pager, const struct history *operation)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_adds(&text, operation->by);
	if (operation->post && *operation->post)
		strbuf_addf(&text, " · %s", operation->post);
	pager_field(pager, _("Quién"), text.data);
	strbuf_release(&text);
}

static void show_state(struct pager *pager, const struct history *operation)
{
	struct strbuf text;
	const char *why = operation->refused ? operation->refused : operation->parked;
	strbuf_init(&text);
	strbuf_addf(&text, "%s %s", enum_sign(&operation_state_names, operation->state),
		    enum_label(&operation_state_names, operation->state));
	if (why)
		strbuf_addf(&text, ": %s", why);
	if (operation->state != OPERATION_PUBLISHED)
		pager_field(pager, _("Estado"), text.data);
	strbuf_reset(&text);
	if (operation->undoes) {
		strbuf_addf(&text, _("el cambio %lld"), (long long)operation->undoes);
		pager_field(pager, _("Deshace"), text.data);
	}
	strbuf_release(&text);
}

static enum rc show(struct detail *detail, const void *record, struct error *err)
{
	const struct history *operation = record;
	struct showing showing = {.detail = detail};
	struct strbuf text;
	strbuf_init(&text);
	pager_text(detail->pager, ROLE_TITLE, operation->words);
	pager_gap(detail->pager);
	clock_add_local(&text, operation->at);
	pager_field(detail->pager, _("Cuándo"), text.data);
	show_author(detail->pager, operation);
	pager_field(detail->pager, _("Máquina"), operation->host);
	show_state(detail->pager, operation);
	enum rc rc = show_undone(detail, operation, err);
	if (rc == RC_OK)
		rc = operation_tell(session_store(detail->session), operation->key, show_edit,
				    &showing, err);
	if (showing.edits > EDITS_SHOWN) {
		strbuf_reset(&text);
		strbuf_addf(&text, _("y %zu más: nucleo show history %lld los dice todos"),
			    showing.edits - EDITS_SHOWN, (long long)operation->number);
		pager_gap(detail->pager);
		pager_text(detail->pager, ROLE_DIM, text.data);
	}
	strbuf_release(&text);
	return rc;
}

static void title(const void *record, struct strbuf *out)
{
	const struct history *operation = record;
	if (operation->number)
		strbuf_addf(out, _("Cambio %lld"), (long long)operation->number);
	else
		strbuf_adds(out, _("Cambio en cola"));
}

static void sentence(const void *record, struct strbuf *out)
{
	const struct history *operation = record;
	strbuf_addf(out, "%s · ", operation->by);
	clock_add_local(out, operation->at);
	if (operation->state != OPERATION_PUBLISHED)
		strbuf_addf(out, " · %s %s", enum_sign(&operation_state_names, operation->state),
			    enum_label(&operation_state_names, operation->state));
	else
		strbuf_adds(out, operation->is_undone ? _(" · deshecho: Ctrl-R lo rehace")
						      : _(" · u lo deshace"));
}

/* ---- the other versions of one of its texts */

/* The texts of an operation, counted; where one is asked for, which it is. */
struct prose {
	VECTOR(struct ui_choice) choices;
	VECTOR(char *) texts;
	int64_t wanted; /* -1: none */
	int64_t key;	/* of the row that has the one asked for, and its column and label */
	char *column, *label;
};

static void take_prose(struct prose *prose, const struct told_edit *edit,
		       const struct told_field *field)
{
	struct strbuf text;
	int64_t id = (int64_t)prose->texts.count;
	strbuf_init(&text);
	strbuf_addf(&text, "%s %s · %s", edit->word, edit->name ? edit->name : "", field->label);
	char *kept = strbuf_detach(&text);
	vector_push(&prose->texts, kept);
	vector_push(&prose->choices, ((struct ui_choice){.text = kept, .id = id}));
	if (id != prose->wanted)
		return;
	prose->key = edit->key;
	prose->column = mem_strdup(field->column);
	prose->label = mem_strdup(field->label);
}

static bool find_prose(void *context, const struct told_edit *edit)
{
	struct prose *prose = context;
	for (size_t i = 0; edit->kind != TOLD_DELETE && i < edit->fields.count; i++)
		if (edit->fields.items[i].is_prose && edit->fields.items[i].now.words)
			take_prose(prose, edit, &edit->fields.items[i]);
	return prose->texts.count < EDITS_SHOWN;
}

static void release_prose(struct prose *prose)
{
	for (size_t i = 0; i < prose->texts.count; i++)
		free(prose->texts.items[i]);
	vector_release(&prose->texts);
	vector_release(&prose->choices);
	free(prose->column);
	free(prose->label);
}

static unsigned picked_prose(struct view *view, struct ui *ui, int64_t id)
{
	struct session *session = ui_context(ui);
	struct prose prose = {.wanted = id};
	struct error err;
	unsigned done = UI_REDRAW;
	if (operation_tell(session_store(session), detail_view_key(view), find_prose, &prose,
			   &err) != RC_OK)
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	else if (prose.column)
		done = ui_open(
			ui, text_versions_view_new(session, prose.key, prose.column, prose.label));
	release_prose(&prose);
	return done;
}

static unsigned operation_op(struct session *session, struct ui *ui, enum op op, int64_t key)
{
	struct prose prose = {.wanted = -1};
	struct error err;
	unsigned done = UI_REDRAW;
	if (op != OP_COMPARE)
		return undoing_op(session, ui, op, key);
	if (operation_tell(session_store(session), key, find_prose, &prose, &err) != RC_OK) {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
	} else if (!prose.texts.count) {
		ui_say(ui, ROLE_DIM, "%s", _("Este cambio no escribió ningún texto."));
	} else {
		const struct ui_pick pick = {.label = _("Versiones de: "),
					     .choices = prose.choices.items,
					     .count = prose.choices.count,
					     .picked = picked_prose};
		done = ui_pick(ui, &pick);
	}
	release_prose(&prose);
	return done;
}

static const struct detail_spec spec = {
	.kind = RECORD_HISTORY,
	.context = CONTEXT_OPERATION,
	.op = operation_op,
	.name = "operation",
	.title = title,
	.sentence = sentence,
	.show = show,
};

struct view *operation_view_new(struct session *session, int64_t key)
{
	return detail_view_new(session, &spec, key);
}
