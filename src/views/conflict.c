/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/exchange/conflict_edit.h"
#include "nucleo/exchange/conflict_words.h"
#include "nucleo/exchange/record_value.h"
#include "nucleo/ui/form.h"
#include "nucleo/ui/pager.h"
#include "nucleo/views/text_versions.h"

/* One change that waits: both values of each thing in it, and what is to become of them. */

enum { LINK_APPLY = -1, LINK_DROP = -2 };
enum { CONFIRM_YES, CONFIRM_NO };

struct conflict_view {
	struct view view;
	struct session *session;
	char *op_id;
	struct pager pager;
	struct conflict conflict;
	size_t deciding;     /* which item is asked about */
	struct strbuf label; /* of what is asked */
};

static struct conflict_item *item_at(struct conflict_view *page, size_t i)
{
	return &page->conflict.items.items[i];
}

static void title(const struct view *view, struct strbuf *out)
{
	const struct conflict_view *page = (const struct conflict_view *)view;
	strbuf_adds(out, page->conflict.words ? page->conflict.words : "…");
}

static void sentence(const struct view *view, struct strbuf *out)
{
	const struct conflict_view *page = (const struct conflict_view *)view;
	size_t count = conflict_open_count(&page->conflict);
	if (!page->conflict.words)
		return;
	if (!count)
		strbuf_adds(out, _("Todo está decidido: falta aplicarlo"));
	else
		strbuf_addf(out,
			    ngettext("Falta decidir %zu cosa", "Falta decidir %zu cosas",
				     (unsigned long)count),
			    count);
}

/* ---- the page */

/* Texts that are no longer taken in at a glance. */
enum { GLANCE_BYTES = 60 };

/* What two texts have in common need not be read twice; both stand whole above it. */
static void add_difference(struct conflict_view *page, const struct conflict_item *item)
{
	const char *mine = item->mine.words, *theirs = item->theirs.words;
	if (item->is_text && item->mine.code && item->theirs.code &&
	    (strlen(mine) > GLANCE_BYTES || strlen(theirs) > GLANCE_BYTES))
		diff_show(&page->pager, _("De eso a lo suyo"), theirs, mine);
}

static void add_values(struct conflict_view *page, const struct conflict_item *item)
{
	struct strbuf author;
	strbuf_init(&author);
	if (item->is_own)
		strbuf_adds(&author, _("Después usted"));
	else
		conflict_add_author(&author, item->by, item->at);
	pager_field(&page->pager, _("Usted vio"), item->seen.words);
	pager_field(&page->pager, _("Usted puso"), item->mine.words);
	pager_field(&page->pager, author.data, item->theirs.words);
	add_difference(page, item);
	strbuf_release(&author);
}

static void add_choice_link(struct conflict_view *page, size_t i)
{
	const struct conflict_item *item = item_at(page, i);
	struct strbuf text;
	strbuf_init(&text);
	if (item->choice == CONFLICT_OPEN) {
		strbuf_adds(&text, _("? Sin decidir: Enter para elegir"));
	} else {
		strbuf_adds(&text, "✓ ");
		conflict_add_outcome(&text, item, item->choice);
	}
	pager_add_link(&page->pager, (int64_t)i, text.data);
	strbuf_release(&text);
}

static void add_item(struct conflict_view *page, size_t i)
{
	const struct conflict_item *item = item_at(page, i);
	struct strbuf subject;
	if (!item->needs_decision)
		return;
	strbuf_init(&subject);
	conflict_add_subject(&subject, item);
	pager_heading(&page->pager, subject.data);
	add_values(page, item);
	add_choice_link(page, i);
	strbuf_release(&subject);
}

/* What does well as it is; where all of it was refused, it can be written anew. */
static void add_quiet_item(struct conflict_view *page, size_t i)
{
	const struct conflict_item *item = item_at(page, i);
	const char *words = item->choice == CONFLICT_EDITED ? item->edited.words : item->mine.words;
	struct strbuf text;
	strbuf_init(&text);
	conflict_add_subject(&text, item);
	if (item->choices & CONFLICT_EDITED) {
		strbuf_addf(&text, ": %s", words);
		pager_add_link(&page->pager, (int64_t)i, text.data);
	} else {
		pager_field(&page->pager, text.data, words);
	}
	strbuf_release(&text);
}

static bool is_quiet(const struct conflict_item *item)
{
	return !item->needs_decision && !item->is_internal;
}

static void add_quiet(struct conflict_view *page)
{
	bool has_heading = false;
	for (size_t i = 0; i < page->conflict.items.count; i++) {
		const struct conflict_item *item = item_at(page, i);
		if (!is_quiet(item))
			continue;
		if (!has_heading)
			pager_heading(&page->pager,
				      item->choices & CONFLICT_EDITED
					      ? _("Lo que usted puso")
					      : _("En el mismo cambio, sin conflicto"));
		has_heading = true;
		add_quiet_item(page, i);
	}
}

static void fill(struct conflict_view *page)
{
	struct strbuf text;
	struct pager *pager = &page->pager;
	strbuf_init(&text);
	pager_clear(pager);
	pager_text(pager, ROLE_TEXT, page->conflict.words);
	conflict_add_author(&text, page->conflict.by, page->conflict.at);
	pager_text(pager, ROLE_DIM, text.data);
	/* Where fields are in conflict they say it better. */
	if (page->conflict.items.count &&
	    item_at(page, page->conflict.items.count - 1)->kind == CONFLICT_REFUSED)
		pager_text(pager, ROLE_WARNING, page->conflict.reason);
	for (size_t i = 0; i < page->conflict.items.count; i++)
		add_item(page, i);
	add_quiet(page);
	pager_gap(pager);
	if (conflict_open_count(&page->conflict))
		pager_text(pager, ROLE_DIM, _("Cuando todo esté decidido, aquí se aplica."));
	else
		pager_add_link(pager, LINK_APPLY, _("Aplicar lo decidido"));
	pager_add_link(pager, LINK_DROP, _("Descartar todo este cambio"));
	strbuf_release(&text);
}

/* What was chosen stays, as far as it is still about the same values. */
static void keep_choices(struct conflict *now, const struct conflict *before)
{
	for (size_t i = 0; before->op && i < now->items.count; i++) {
		struct conflict_item *item = &now->items.items[i];
		struct conflict_item *old =
			conflict_find_item(before, item->table, item->key, item->column);
		if (!old || old->kind != item->kind ||
		    strcmp(old->theirs.words, item->theirs.words) != 0)
			continue;
		const struct conflict_value none = item->edited;
		item->choice = old->choice;
		item->edited = old->edited;
		old->edited = none;
	}
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct conflict_view *page = (struct conflict_view *)view;
	struct conflict now = {0};
	(void)ui;
	enum rc rc = conflict_load(session_store(page->session), page->op_id, &now, err);
	if (rc == RC_NOT_FOUND)
		return error_set(err, rc, _("Esto ya está decidido. Esc vuelve."));
	if (rc != RC_OK)
		return rc;
	keep_choices(&now, &page->conflict);
	conflict_release(&page->conflict);
	page->conflict = now;
	fill(page);
	return RC_OK;
}

static void draw(struct view *view, struct region body)
{
	pager_draw(&((struct conflict_view *)view)->pager, body, true);
}

/* ---- applying */

static unsigned apply(struct conflict_view *page, struct ui *ui)
{
	struct error err;
	enum rc rc = conflict_decide(session_store(page->session), &page->conflict, &err);
	if (rc != RC_OK) {
		ui_say(ui, ROLE_ERROR, "%s", err.text);
		return rc == RC_CONFLICT ? UI_RELOAD : UI_REDRAW;
	}
	ui_say(ui, ROLE_NOTICE, _("Decidido: %s"), page->conflict.words);
	ui_mark_stale(ui);
	return UI_CLOSE;
}

static unsigned picked_apply(struct view *view, struct ui *ui, int64_t id)
{
	return id == CONFIRM_YES ? apply((struct conflict_view *)view, ui) : UI_REDRAW;
}

static unsigned picked_drop(struct view *view, struct ui *ui, int64_t id)
{
	struct conflict_view *page = (struct conflict_view *)view;
	if (id != CONFIRM_YES)
		return UI_REDRAW;
	page->conflict.is_dropped = true;
	unsigned done = apply(page, ui);
	page->conflict.is_dropped = false;
	return done;
}

static unsigned ask_drop(struct ui *ui)
{
	const struct ui_choice choices[] = {
		{.text = _("No: sigue esperando"), .id = CONFIRM_NO},
		{.text = _("Descartarlo: queda en la lista de lo decidido"), .id = CONFIRM_YES},
	};
	const struct ui_pick pick = {.label = _("¿Descartar todo el cambio? "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .selected = CONFIRM_NO,
				     .picked = picked_drop};
	return ui_pick(ui, &pick);
}

/* The page above says which values these are. */
static void add_short_outcome(struct strbuf *out, const struct conflict_item *item)
{
	bool is_field = item->kind == CONFLICT_FIELD || item->kind == CONFLICT_NEW;
	if (is_field && item->choice == CONFLICT_MINE)
		strbuf_adds(out, _("lo mío"));
	else if (is_field && item->choice == CONFLICT_THEIRS)
		strbuf_addf(out, _("lo de %s"), item->by[0] ? item->by : _("ahora"));
	else if (is_field && item->choice == CONFLICT_BOTH)
		strbuf_adds(out, _("los dos"));
	else if (is_field)
		strbuf_adds(out, item->edited.words);
	else
		conflict_add_outcome(out, item, item->choice);
}

/* Names all that will be done. */
static void add_summary(struct conflict_view *page, struct strbuf *out)
{
	const char *separator = "";
	for (size_t i = 0; i < page->conflict.items.count; i++) {
		const struct conflict_item *item = item_at(page, i);
		if (!item->needs_decision && item->choice != CONFLICT_EDITED)
			continue;
		strbuf_addf(out, "%s%s: ", separator, conflict_item_word(item));
		separator = "; ";
		add_short_outcome(out, item);
	}
}

static unsigned confirm(struct conflict_view *page, struct ui *ui)
{
	struct strbuf summary;
	strbuf_init(&summary);
	strbuf_adds(&summary, _("Sí: "));
	add_summary(page, &summary);
	const struct ui_choice choices[] = {
		{.text = summary.data, .id = CONFIRM_YES},
		{.text = _("No: seguir mirando"), .id = CONFIRM_NO},
	};
	const struct ui_pick pick = {.label = _("¿Aplicar? "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = picked_apply};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&summary);
	return done;
}

/* After each choice; the last one leads to the end. */
static unsigned chosen(struct conflict_view *page, struct ui *ui)
{
	fill(page);
	return conflict_open_count(&page->conflict) ? UI_REDRAW : confirm(page, ui);
}

/* ---- choosing */

/* Who writes a refused one anew wants it. */
static void try_again(struct conflict_view *page)
{
	for (size_t i = 0; i < page->conflict.items.count; i++)
		if (item_at(page, i)->kind == CONFLICT_REFUSED)
			(void)conflict_choose(item_at(page, i), CONFLICT_MINE);
}

static unsigned answered_text(struct view *view, struct ui *ui, const char *text)
{
	struct conflict_view *page = (struct conflict_view *)view;
	struct error err;
	enum rc rc = conflict_edit_text(session_store(page->session), &page->conflict,
					item_at(page, page->deciding), text, &err);
	if (rc == RC_OK) {
		try_again(page);
		return chosen(page, ui);
	}
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_KEEP | UI_REDRAW;
}

static void set_label(struct conflict_view *page)
{
	strbuf_reset(&page->label);
	strbuf_addf(&page->label, "%s: ", conflict_item_word(item_at(page, page->deciding)));
}

/* A text of several lines, being written on a form over the page. The page may be read again
 * meanwhile, so the item is known by its place. */
struct rewriting {
	struct conflict_view *page;
	char *table, *column, *label, *text;
	int64_t key;
};

static void release_rewriting(void *context)
{
	struct rewriting *rewriting = context;
	free(rewriting->table);
	free(rewriting->column);
	free(rewriting->label);
	free(rewriting->text);
	free(rewriting);
}

static unsigned save_text(void *context, struct ui *ui, struct form *form)
{
	struct rewriting *rewriting = context;
	struct conflict_view *page = rewriting->page;
	struct conflict_item *item = conflict_find_item(&page->conflict, rewriting->table,
							rewriting->key, rewriting->column);
	struct error err;
	if (!item)
		return form_refuse(form, ui, 0,
				   _("esto cambió entretanto y ya no se decide aquí"));
	if (conflict_edit_text(session_store(page->session), &page->conflict, item,
			       form_value(form, 0), &err) != RC_OK)
		return form_refuse(form, ui, 0, err.text);
	try_again(page);
	return UI_CLOSE | UI_RELOAD;
}

static unsigned write_text(struct conflict_view *page, struct ui *ui, const char *text)
{
	const struct conflict_item *item = item_at(page, page->deciding);
	struct rewriting *rewriting = mem_alloc_zero(1, sizeof(*rewriting));
	struct strbuf subject;
	strbuf_init(&subject);
	conflict_add_subject(&subject, item);
	rewriting->page = page;
	rewriting->table = mem_strdup(item->table);
	rewriting->column = mem_strdup(item->column);
	rewriting->key = item->key;
	rewriting->label = mem_strdup(conflict_item_word(item));
	rewriting->text = mem_strdup(text);
	const struct form_field field = {.label = rewriting->label,
					 .kind = FORM_TEXT,
					 .limit = RECORD_VALUE_MAX,
					 .value = rewriting->text};
	const struct form_setup setup = {.title = _("Escribir otro"),
					 .sentence = subject.data,
					 .fields = &field,
					 .count = 1,
					 .context = rewriting,
					 .save = save_text,
					 .release = release_rewriting};
	struct view *form = form_view_new(&setup);
	strbuf_release(&subject);
	return ui_open(ui, form);
}

static unsigned ask_text(struct conflict_view *page, struct ui *ui)
{
	const struct conflict_item *item = item_at(page, page->deciding);
	const struct conflict_value *value =
		item->choice == CONFLICT_EDITED ? &item->edited : &item->mine;
	if (conflict_edit_is_long(item))
		return write_text(page, ui,
				  value->value.type == VALUE_TEXT ? value->value.text : "");
	set_label(page);
	const struct ui_question question = {.label = page->label.data,
					     .text = value->code ? value->words : "",
					     .answered = answered_text};
	return ui_ask(ui, &question);
}

static unsigned picked_choice(struct view *view, struct ui *ui, int64_t id)
{
	struct conflict_view *page = (struct conflict_view *)view;
	if (id == CONFLICT_EDITED)
		return ask_text(page, ui);
	(void)conflict_choose(item_at(page, page->deciding), (enum conflict_choice)id);
	return chosen(page, ui);
}

static unsigned ask_choice(struct conflict_view *page, struct ui *ui)
{
	static const enum conflict_choice all[] = {CONFLICT_MINE, CONFLICT_THEIRS, CONFLICT_BOTH,
						   CONFLICT_EDITED};
	const struct conflict_item *item = item_at(page, page->deciding);
	struct strbuf texts[ARRAY_COUNT(all)];
	struct ui_choice choices[ARRAY_COUNT(all)];
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		strbuf_init(&texts[i]);
		conflict_add_outcome(&texts[i], item, all[i]);
		if (item->choices & (unsigned)all[i])
			choices[count++] = (struct ui_choice){.text = texts[i].data, .id = all[i]};
	}
	set_label(page);
	const struct ui_pick pick = {.label = page->label.data,
				     .choices = choices,
				     .count = count,
				     .selected = item->choice,
				     .picked = picked_choice};
	unsigned done = ui_pick(ui, &pick);
	for (size_t i = 0; i < ARRAY_COUNT(all); i++)
		strbuf_release(&texts[i]);
	return done;
}

static unsigned open_selected(struct conflict_view *page, struct ui *ui)
{
	int64_t link;
	if (!pager_link(&page->pager, &link))
		return UI_PASS;
	if (!session_may_write(page->session, ui, OP_OPEN))
		return UI_REDRAW;
	if (link == LINK_APPLY)
		return confirm(page, ui);
	if (link == LINK_DROP)
		return ask_drop(ui);
	page->deciding = (size_t)link;
	return item_at(page, page->deciding)->needs_decision ? ask_choice(page, ui)
							     : ask_text(page, ui);
}

/* ---- leaving */

static bool has_choices(const struct conflict_view *page)
{
	for (size_t i = 0; i < page->conflict.items.count; i++) {
		const struct conflict_item *item = &page->conflict.items.items[i];
		if (item->choice == CONFLICT_EDITED ||
		    (item->needs_decision && item->choice != CONFLICT_OPEN))
			return true;
	}
	return false;
}

static unsigned picked_leave(struct view *view, struct ui *ui, int64_t id)
{
	(void)view;
	(void)ui;
	return id == CONFIRM_YES ? UI_CLOSE : UI_REDRAW;
}

static unsigned leave(struct conflict_view *page, struct ui *ui)
{
	const struct ui_choice choices[] = {
		{.text = _("Seguir aquí"), .id = CONFIRM_NO},
		{.text = _("Salir sin aplicar: el cambio sigue esperando"), .id = CONFIRM_YES},
	};
	const struct ui_pick pick = {.label = _("Lo elegido no se ha aplicado: "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .selected = CONFIRM_NO,
				     .picked = picked_leave};
	return has_choices(page) ? ui_pick(ui, &pick) : UI_PASS;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct conflict_view *page = (struct conflict_view *)view;
	if (pager_op(&page->pager, op))
		return UI_REDRAW;
	if (op == OP_BACK)
		return leave(page, ui);
	return op == OP_OPEN ? open_selected(page, ui) : UI_PASS;
}

static bool point(struct view *view, int row, int column)
{
	return pager_point(&((struct conflict_view *)view)->pager, row, column);
}

static bool copy(const struct view *view, enum copy_kind kind, struct strbuf *out)
{
	const struct pager *pager = &((const struct conflict_view *)view)->pager;
	return kind == COPY_PAGE && pager_copy(pager, out);
}

static void close_view(struct view *view)
{
	struct conflict_view *page = (struct conflict_view *)view;
	pager_release(&page->pager);
	conflict_release(&page->conflict);
	strbuf_release(&page->label);
	free(page->op_id);
	free(page);
}

static const struct view_class conflict_class = {
	.name = "conflict",
	.context = CONTEXT_DETAIL,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.copy = copy,
	.close = close_view,
};

struct view *conflict_view_new(struct session *session, const char *op)
{
	struct conflict_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &conflict_class;
	page->session = session;
	page->op_id = mem_strdup(op);
	pager_init(&page->pager);
	strbuf_init(&page->label);
	return &page->view;
}
