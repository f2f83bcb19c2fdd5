/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/record_form.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/store/conflict.h"
#include "nucleo/views/convening.h"

bool record_form_is_touched(const struct record_form *form, size_t field)
{
	return strcmp(form_value(form->form, field), form->fields[field].was) != 0;
}

static struct record_edit_field edit_field(const struct record_form *form, size_t field)
{
	return record_edit_field(form->edit, form->fields[field].edit);
}

/* Writes all that stands in the form: what one field may be depends on the others. */
static void write_all(struct record_form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		const char *text = form_value(form->form, i);
		size_t field = form->fields[i].edit;
		if (strcmp(record_edit_text(form->edit, field), text) != 0)
			record_edit_set(form->edit, field, text);
	}
}

/* ---- choices */

static void release_choices(struct record_choices *choices, struct form_choice *shown)
{
	record_choices_release(choices);
	free(shown);
}

/* What the form shows of them; one that cannot be read has none, and is written freely. */
static void read_choices(struct record_form *form, struct record_form_field *field)
{
	struct record_choices choices = {0};
	if (record_edit_choices(form->edit, field->edit, &choices, NULL) != RC_OK)
		return;
	struct form_choice *shown = mem_alloc_zero(choices.count + 1, sizeof(*shown));
	for (size_t i = 0; i < choices.count; i++)
		shown[i] = (struct form_choice){.value = choices.items[i].text,
						.text = choices.items[i].text,
						.detail = choices.items[i].detail};
	field->choices = choices;
	field->shown = shown;
}

/* The items of another meeting, the milestones of another commitment. */
static void renew_choices(struct record_form *form, size_t changed)
{
	if (edit_field(form, changed).type != RECORD_EDIT_REFERENCE)
		return;
	for (size_t i = 0; i < form->count; i++) {
		struct record_form_field *field = &form->fields[i];
		if (i == changed || edit_field(form, i).type != RECORD_EDIT_REFERENCE)
			continue;
		struct record_choices before = field->choices;
		struct form_choice *shown = field->shown;
		field->choices = (struct record_choices){0};
		field->shown = NULL;
		read_choices(form, field);
		form_set_choices(form->form, i, field->shown, field->choices.count);
		release_choices(&before, shown);
	}
}

/* ---- what others do meanwhile */

static void note_theirs(struct record_form *form, size_t i, const char *stored)
{
	const char *by = news_author(&form->session->news, form->target.key);
	struct strbuf note;
	strbuf_init(&note);
	if (by)
		strbuf_addf(&note, _("%s lo cambió: "), by);
	else
		strbuf_adds(&note, _("Otra persona lo cambió: "));
	if (*stored)
		strbuf_addf(&note, _("ahora «%s»"), stored);
	else
		strbuf_adds(&note, _("ahora está vacío"));
	form_set_note(form->form, i, note.data);
	strbuf_release(&note);
}

static void settle_field(struct record_form *form, size_t i)
{
	free(form->fields[i].seen);
	form->fields[i].seen = NULL;
	form_set_note(form->form, i, NULL);
}

/* Takes what is stored now; what she changed stays, marked where others changed it too. */
static void take_stored(struct record_form *form, size_t i, const char *stored)
{
	struct record_form_field *field = &form->fields[i];
	bool is_touched = record_form_is_touched(form, i);
	bool is_as_seen = field->seen && strcmp(stored, field->seen) == 0;
	if (strcmp(stored, field->was) == 0)
		return;
	char *before = field->was;
	field->was = mem_strdup(stored);
	form_set_stored(form->form, i, stored);
	if (!is_touched || is_as_seen || !record_form_is_touched(form, i)) {
		settle_field(form, i);
		free(before);
		return;
	}
	/* Of several changes of theirs the first one was made on what she saw. */
	if (field->seen)
		free(before);
	else
		field->seen = before;
	note_theirs(form, i, stored);
}

/* What is saved from now on starts from what is stored now. */
static enum rc refresh(struct record_form *form, struct error *err)
{
	struct record_edit *fresh = NULL;
	enum rc rc = record_edit_begin(session_store(form->session), form->target.kind,
				       form->target.key, &fresh, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < form->count; i++)
		take_stored(form, i, record_edit_text(fresh, form->fields[i].edit));
	record_edit_free(form->edit);
	form->edit = fresh;
	return RC_OK;
}

static void refreshed(void *context, struct ui *ui, struct form *of)
{
	struct record_form *form = context;
	struct error err;
	form->form = of;
	if (form->target.key && refresh(form, &err) != RC_OK)
		ui_say(ui, ROLE_WARNING, _("%s Lo escrito sigue aquí."), err.text);
}

/* ---- saving */

static unsigned refuse(struct record_form *form, struct ui *ui, size_t field,
		       const struct error *err)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].edit == field)
			return form_refuse(form->form, ui, i, err->text);
	return editing_say(ui, err);
}

/* The page below shows it, selected where it is a row there. */
static unsigned saved(struct record_form *form, struct ui *ui, const char *words)
{
	form->session->made = record_edit_key(form->edit);
	form->session->made_kind = form->target.kind;
	writing_end(form->session, &form->writing);
	ui_mark_stale(ui);
	ui_say(ui, ROLE_NOTICE, _("Guardado: %s"), words);
	return UI_CLOSE | UI_RELOAD;
}

/* Where nothing can wait for a decision she decides here: what she saves after she was told is
 * meant so. */
static unsigned stay_with_theirs(struct record_form *form, struct ui *ui)
{
	bool is_known = refresh(form, NULL) == RC_OK;
	for (size_t i = 0; i < form->count; i++) {
		free(form->fields[i].seen);
		form->fields[i].seen = NULL;
	}
	if (is_known)
		ui_say(ui, ROLE_WARNING, "%s",
		       _("F2 otra vez guarda lo suyo: otra persona cambió lo mismo, vea el "
			 "campo."));
	else
		ui_say(ui, ROLE_WARNING, "%s",
		       _("No se guardó: otra persona quitó este registro. Lo escrito sigue aquí."));
	return UI_REDRAW;
}

/* Both changed the same: what she wrote waits, safe, and is decided in place of the form. */
static unsigned keep_both(struct record_form *form, struct ui *ui, struct operation *operation)
{
	struct error err;
	char *op = NULL;
	enum rc rc = conflict_keep(operation, session_store(form->session), &op, &err);
	if (rc == RC_REFUSED && form->target.key)
		return stay_with_theirs(form, ui);
	if (rc != RC_OK)
		return editing_say(ui, &err);
	if (!op) /* it did apply the second time */
		return saved(form, ui, operation_words(operation));
	writing_end(form->session, &form->writing);
	form->session->parked++; /* she is told right now */
	ui_mark_stale(ui);
	ui_say(ui, ROLE_WARNING, "%s",
	       _("Otra persona cambió lo mismo; lo suyo queda guardado aquí hasta que decida."));
	unsigned done = ui_replace(ui, conflict_view_new(form->session, op));
	free(op);
	return done;
}

static unsigned commit(struct record_form *form, struct ui *ui, struct operation *operation)
{
	struct error err;
	if (operation_is_empty(operation)) {
		writing_end(form->session, &form->writing);
		ui_say(ui, ROLE_DIM, "%s", _("No había nada que guardar."));
		return UI_CLOSE;
	}
	enum rc rc = operation_commit(operation, session_store(form->session), NULL, &err);
	if (rc == RC_OK)
		return saved(form, ui, operation_words(operation));
	return rc == RC_CONFLICT ? keep_both(form, ui, operation) : editing_say(ui, &err);
}

/* What was changed by others too starts from what she saw of it. */
static enum rc compose(struct record_form *form, struct operation *operation, size_t *blamed,
		       struct error *err)
{
	enum rc rc = RC_OK;
	write_all(form);
	for (size_t i = 0; i < form->count && rc == RC_OK; i++) {
		const struct record_form_field *field = &form->fields[i];
		*blamed = field->edit;
		if (field->seen && record_form_is_touched(form, i))
			rc = record_edit_set_seen(form->edit, field->edit, field->seen, err);
	}
	return rc == RC_OK ? record_edit_compose(form->edit, operation, blamed, err) : rc;
}

/* The number that was proposed is that of this year's next meeting; the date may be another's. */
static void renumber(struct record_form *form)
{
	struct store *store = session_store(form->session);
	size_t number = record_edit_index(form->edit, "number");
	size_t date = record_edit_index(form->edit, "date");
	struct strbuf next;
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].edit == number && record_form_is_touched(form, i))
			return;
	strbuf_init(&next);
	if (convening_next_number(store, date_parse(record_edit_text(form->edit, date)), &next,
				  NULL) == RC_OK)
		record_edit_set(form->edit, number, next.data);
	strbuf_release(&next);
}

/* A meeting to be is made together with its agenda, on the page that follows. */
static unsigned go_on(struct record_form *form, struct ui *ui)
{
	renumber(form);
	struct view *view =
		convening_view_begin(form->session, form->edit, record_form_hand_over(form));
	form->edit = NULL;
	return ui_replace(ui, view);
}

static unsigned save(void *context, struct ui *ui, struct form *of)
{
	struct record_form *form = context;
	struct operation *operation = operation_new();
	struct error err;
	size_t blamed = 0;
	unsigned done;
	form->form = of;
	if (compose(form, operation, &blamed, &err) != RC_OK)
		done = refuse(form, ui, blamed, &err);
	else if (form->target.kind == RECORD_MEETING && !form->target.key)
		done = go_on(form, ui);
	else
		done = commit(form, ui, operation);
	operation_free(operation);
	return done;
}

/* ---- the form */

static enum rc check(void *context, const struct form *of, size_t field, struct error *err)
{
	struct record_form *form = context;
	form->form = (struct form *)of;
	write_all(form);
	return record_edit_check(form->edit, form->fields[field].edit, err);
}

static void changed(void *context, struct form *of, size_t field)
{
	struct record_form *form = context;
	form->form = of;
	write_all(form);
	renew_choices(form, field);
	writing_changed(form->session, &form->writing);
}

static void discarded(void *context, struct form *of)
{
	struct record_form *form = context;
	(void)of;
	writing_end(form->session, &form->writing);
}

static void release(void *context)
{
	struct record_form *form = context;
	writing_leave(form->session, &form->writing);
	for (size_t i = 0; i < form->count; i++) {
		release_choices(&form->fields[i].choices, form->fields[i].shown);
		free(form->fields[i].was);
		free(form->fields[i].seen);
	}
	draft_release(&form->writing.draft);
	record_edit_free(form->edit);
	free(form);
}

static enum form_kind kind_of(const struct record_edit_field *field, size_t choices)
{
	switch (field->type) {
	case RECORD_EDIT_TEXT:
	case RECORD_EDIT_LINES:
		return FORM_TEXT;
	case RECORD_EDIT_ENUM:
		return choices ? FORM_CHOICE : FORM_LINE;
	case RECORD_EDIT_REFERENCE:
		return FORM_CHOICE;
	case RECORD_EDIT_INSTITUTIONS:
		return FORM_LIST;
	case RECORD_EDIT_LINE:
	case RECORD_EDIT_DATE:
	case RECORD_EDIT_TIME:
	case RECORD_EDIT_NUMBER:
	case RECORD_EDIT_PERCENT:
		break;
	}
	return FORM_LINE;
}

/* What is fixed was said when the record was made: it stands above the fields. */
static bool is_shown(const struct record_form *form, const struct record_edit_field *field)
{
	return !field->is_hidden && (!field->is_fixed || !form->target.key);
}

static void add_fixed(struct strbuf *out, const struct record_form *form)
{
	for (size_t i = 0; form->target.key && i < record_edit_count(form->edit); i++) {
		struct record_edit_field field = record_edit_field(form->edit, i);
		const char *text = record_edit_text(form->edit, i);
		if (field.is_fixed && !field.is_hidden && *text)
			strbuf_addf(out, "%s%s: %s", out->length ? " · " : "", field.label, text);
	}
}

static void add_field(struct record_form *form, size_t i, const struct draft *draft,
		      struct form_field *out)
{
	struct record_edit_field field = record_edit_field(form->edit, i);
	if (!is_shown(form, &field))
		return;
	struct record_form_field *made = &form->fields[form->count];
	const struct draft_text *typed = draft ? draft_text_named(draft, field.name) : NULL;
	made->edit = i;
	made->was = mem_strdup(record_edit_text(form->edit, i));
	read_choices(form, made);
	out[form->count++] = (struct form_field){
		.label = field.label,
		.hint = field.help,
		.kind = kind_of(&field, made->choices.count),
		.is_required = field.is_required,
		.value = made->was,
		.draft = typed ? typed->text : NULL,
		.choices = made->shown,
		.choice_count = made->choices.count,
	};
}

static enum rc begin(struct record_form *form, const struct record_form_start *start,
		     struct error *err)
{
	struct store *store = session_store(form->session);
	if (start->target.key)
		return record_edit_begin(store, start->target.kind, start->target.key,
					 &form->edit, err);
	enum rc rc = record_edit_begin_new(store, start->target.kind, &form->edit, err);
	if (rc == RC_OK && start->target.kind == RECORD_MEETING)
		rc = convening_preset(store, form->edit, err);
	return rc == RC_OK ? editing_preset(store, form->edit, start->context, err) : rc;
}

static void make_title(const struct record_form *form, struct strbuf *out)
{
	if (form->target.key)
		strbuf_addf(out, _("Editar %s"), record_edit_called(form->edit));
	else
		strbuf_adds(out, editing_new_title(form->target.kind));
}

/* The draft may have begun from something else than is stored now. */
static void note_moved(struct record_form *form, struct form *of, const struct draft *draft)
{
	for (size_t i = 0; draft && form->target.key && i < form->count; i++) {
		const struct draft_text *typed =
			draft_text_named(draft, edit_field(form, i).name);
		if (!typed || strcmp(typed->was, form->fields[i].was) == 0 ||
		    strcmp(typed->text, form->fields[i].was) == 0)
			continue;
		struct strbuf stored;
		strbuf_init(&stored);
		strbuf_adds(&stored, form->fields[i].was);
		free(form->fields[i].was);
		form->fields[i].was = mem_strdup(typed->was);
		form->form = of;
		take_stored(form, i, stored.data);
		strbuf_release(&stored);
	}
}

/* In a new one the first that must be there and is not; what the place gave is behind one. */
static size_t first_to_fill(const struct record_form *form)
{
	for (size_t i = 0; !form->target.key && i < form->count; i++)
		if (edit_field(form, i).is_required && !*form->fields[i].was)
			return i;
	return 0;
}

static struct view *make_view(struct record_form *form, const struct draft *draft)
{
	struct form_field fields[RECORD_EDIT_FIELDS_MAX];
	struct strbuf title, sentence;
	strbuf_init(&title);
	strbuf_init(&sentence);
	for (size_t i = 0; i < record_edit_count(form->edit); i++)
		add_field(form, i, draft, fields);
	make_title(form, &title);
	add_fixed(&sentence, form);
	const struct form_setup setup = {
		.title = title.data,
		.sentence = sentence.length ? sentence.data : NULL,
		.fields = fields,
		.count = form->count,
		.first = first_to_fill(form),
		.context = form,
		.check = check,
		.changed = changed,
		.refreshed = refreshed,
		.save = save,
		.discarded = discarded,
		.release = release,
	};
	struct view *view = form_view_new(&setup);
	note_moved(form, form_of(view), draft);
	strbuf_release(&title);
	strbuf_release(&sentence);
	return view;
}

struct view *record_form_new(struct session *session, const struct record_form_start *start,
			     struct error *err)
{
	struct record_form *form = mem_alloc_zero(1, sizeof(*form));
	form->session = session;
	form->target = start->target;
	if (begin(form, start, err) != RC_OK) {
		record_edit_free(form->edit);
		free(form);
		return NULL;
	}
	record_form_begin_draft(form, start->draft);
	return make_view(form, start->draft);
}

enum rc record_form_open(struct session *session, struct ui *ui,
			 const struct record_form_start *start, struct error *err)
{
	struct view *view = record_form_new(session, start, err);
	if (!view)
		return err->code;
	ui_open(ui, view);
	return RC_OK;
}
