/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/store/setting.h"
#include "nucleo/views/attendee_groups.h"
#include "nucleo/views/roll_view.h"

/*
 * The attendance of a meeting, taken. What is shown first is a proposal, which Enter stores as it
 * is marked; from then on each mark is stored at once. Letters are never a key here: they look
 * for an acronym.
 */

enum { TYPED_BYTES_MAX = 64 };

day_minute roll_view_moment(const struct roll_view *page)
{
	return page->roll.status == MEETING_IN_SESSION ? session_time(page->session)
						       : DAY_MINUTE_NONE;
}

size_t roll_view_row(const struct roll_view *page)
{
	return page->order.items[page->selected];
}

static bool has_quorum(const struct roll_view *page)
{
	struct quorum_count count;
	roll_count(&page->roll, roll_view_moment(page), &count);
	return quorum_is_met(&page->rule, &count);
}

/* ---- reading */

static void make_groups(struct roll_view *page)
{
	page->order.count = 0;
	grid_clear(&page->grid);
	for (int group = 0; group < ATTENDEE_GROUP_LIMIT; group++) {
		size_t first = page->order.count;
		for (size_t i = 0; i < page->roll.rows.count; i++) {
			const struct roll_row *row = &page->roll.rows.items[i];
			if (attendee_group(row->capacity, row->sector) == group)
				vector_push(&page->order, i);
		}
		if (page->order.count > first)
			grid_add(&page->grid, group, first, page->order.count - first,
				 group >= ATTENDEE_OBSERVERS);
	}
	if (page->selected >= page->order.count)
		page->selected = page->order.count ? page->order.count - 1 : 0;
}

static void select_row(struct roll_view *page, size_t row)
{
	for (size_t i = 0; i < page->order.count; i++)
		if (page->order.items[i] == row)
			page->selected = i;
}

/* Owned: to be found again, whoever came or went meanwhile. */
static char *selected_acronym(const struct roll_view *page)
{
	return page->order.count
		       ? mem_strdup(page->roll.rows.items[roll_view_row(page)].acronym)
		       : NULL;
}

static enum rc read_roll(struct roll_view *page, struct error *err)
{
	struct store *store = session_store(page->session);
	char *acronym = selected_acronym(page);
	enum rc rc = page->roll.meeting ? roll_reload(store, &page->roll, err)
					: roll_load(store, page->meeting, &page->roll, err);
	if (rc == RC_OK) {
		make_groups(page);
		if (acronym)
			select_row(page, roll_find(&page->roll, acronym));
	}
	free(acronym);
	return rc;
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct roll_view *page = (struct roll_view *)view;
	page->ui = ui;
	enum rc rc = setting_load_quorum(session_store(page->session), &page->rule, err);
	if (rc == RC_OK)
		rc = read_roll(page, err);
	if (rc == RC_OK)
		page->had_quorum = has_quorum(page);
	return rc;
}

/* ---- storing */

static unsigned say(struct ui *ui, const struct error *err)
{
	ui_say(ui, ROLE_ERROR, "%s", err->text);
	return UI_REDRAW;
}

/* Lost is not the same as not there yet: it is told at the mark that loses it. */
static unsigned tell_quorum(struct roll_view *page, struct ui *ui)
{
	bool had = page->had_quorum;
	struct strbuf text;
	page->had_quorum = has_quorum(page);
	if (had == page->had_quorum)
		return UI_REDRAW;
	strbuf_init(&text);
	roll_view_sentence(&page->view, &text);
	if (had)
		ui_say(ui, ROLE_WARNING, _("Se perdió el quórum. %s"), text.data);
	else
		ui_say(ui, ROLE_NOTICE, _("Hay quórum. %s"), text.data);
	strbuf_release(&text);
	return UI_REDRAW;
}

static enum rc store_once(struct roll_view *page, struct strbuf *words, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = roll_compose(&page->roll, operation, err);
	strbuf_reset(words);
	if (rc == RC_OK && !operation_is_empty(operation)) {
		rc = operation_commit(operation, session_store(page->session), NULL, err);
		strbuf_adds(words, operation_words(operation));
	}
	operation_free(operation);
	return rc;
}

/* Who came before is taken into account, and the marks made here stay marks: the second time they
 * start from what is stored now. */
static unsigned store_marks(struct roll_view *page, struct ui *ui)
{
	struct strbuf words;
	struct error err, reading;
	strbuf_init(&words);
	enum rc rc = store_once(page, &words, &err);
	if ((rc == RC_CONFLICT || rc == RC_REFUSED) && read_roll(page, &reading) == RC_OK)
		rc = store_once(page, &words, &err);
	if (rc == RC_OK)
		rc = read_roll(page, &err);
	if (rc != RC_OK) {
		say(ui, &err);
	} else {
		ui_mark_stale(ui);
		if (words.length)
			ui_say(ui, ROLE_NOTICE, "%s", words.data);
		tell_quorum(page, ui);
	}
	strbuf_release(&words);
	return UI_REDRAW;
}

static unsigned forget_typed(struct roll_view *page)
{
	strbuf_reset(&page->typed);
	return UI_REDRAW;
}

/* After a mark. */
static unsigned marked(struct roll_view *page, struct ui *ui)
{
	forget_typed(page);
	return page->roll.is_stored ? store_marks(page, ui) : tell_quorum(page, ui);
}

/* ---- guests */

enum { GUEST_NO, GUEST_YES };

static unsigned picked_guest(struct view *view, struct ui *ui, int64_t id)
{
	struct roll_view *page = (struct roll_view *)view;
	size_t row;
	bool is_known;
	struct error err;
	if (id != GUEST_YES)
		return forget_typed(page);
	if (roll_add_guest(session_store(page->session), &page->roll, page->typed.data, &row,
			   &is_known, &err) != RC_OK)
		return say(ui, &err);
	page->roll.rows.items[row].mark.arrived =
		roll_clock(&page->roll, session_time(page->session));
	make_groups(page);
	select_row(page, row);
	unsigned done = marked(page, ui);
	if (!is_known)
		ui_say(ui, ROLE_NOTICE, "%s",
		       _("No se conocía: queda entre las instituciones por revisar."));
	return done;
}

static unsigned ask_guest(struct roll_view *page, struct ui *ui)
{
	struct strbuf yes;
	strbuf_init(&yes);
	strbuf_addf(&yes, _("Sí, agregar «%s» como invitada"), page->typed.data);
	const struct ui_choice choices[] = {
		{.text = yes.data, .id = GUEST_YES},
		{.text = _("No, borrar lo escrito"), .id = GUEST_NO},
	};
	const struct ui_pick pick = {.label = _("¿Agregar? "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .selected = GUEST_YES,
				     .picked = picked_guest};
	unsigned done = ui_pick(ui, &pick);
	strbuf_release(&yes);
	return done;
}

static unsigned accept(struct roll_view *page, struct ui *ui)
{
	if (!session_may_write(page->session, ui, OP_ROLL_SAVE))
		return UI_REDRAW;
	if (page->typed.length && !page->is_found)
		return ask_guest(page, ui);
	if (page->typed.length)
		return forget_typed(page);
	if (page->roll.is_stored && !roll_is_changed(&page->roll)) {
		ui_say(ui, ROLE_DIM, "%s", _("La lista ya está guardada; cada marca se guarda "
					     "al ponerla."));
		return UI_REDRAW;
	}
	return store_marks(page, ui);
}

/* ---- leaving */

enum { LEAVE_SAVED, LEAVE_AS_IT_IS };

static unsigned picked_leave(struct view *view, struct ui *ui, int64_t id)
{
	struct roll_view *page = (struct roll_view *)view;
	if (id == LEAVE_AS_IT_IS)
		return UI_CLOSE;
	if (!session_may_write(page->session, ui, OP_NONE))
		return UI_REDRAW;
	store_marks(page, ui);
	return roll_is_changed(&page->roll) || !page->roll.is_stored ? UI_REDRAW : UI_CLOSE;
}

static unsigned leave(struct roll_view *page, struct ui *ui)
{
	if (page->typed.length)
		return forget_typed(page);
	if (!roll_is_changed(&page->roll))
		return UI_CLOSE;
	const struct ui_choice choices[] = {
		{.text = _("Guardar la asistencia y volver"), .id = LEAVE_SAVED},
		{.text = _("Volver sin guardar lo marcado"), .id = LEAVE_AS_IT_IS},
	};
	const struct ui_pick pick = {.label = _("Asistencia sin guardar: "),
				     .choices = choices,
				     .count = ARRAY_COUNT(choices),
				     .picked = picked_leave};
	return ui_pick(ui, &pick);
}

/* ---- what is written of one */

static unsigned answered_delegate(struct view *view, struct ui *ui, const char *text)
{
	struct roll_view *page = (struct roll_view *)view;
	struct error err;
	if (roll_set_delegate(&page->roll, roll_view_row(page), text, &err) == RC_OK)
		return marked(page, ui);
	say(ui, &err);
	return UI_KEEP;
}

static unsigned answered_times(struct view *view, struct ui *ui, const char *text)
{
	struct roll_view *page = (struct roll_view *)view;
	struct error err;
	if (roll_set_times(&page->roll, roll_view_row(page), text, &err) == RC_OK)
		return marked(page, ui);
	say(ui, &err);
	return UI_KEEP;
}

static unsigned ask_delegate(struct roll_view *page, struct ui *ui)
{
	const struct ui_question question = {
		.label = _("Cargo de quien viene: "),
		.text = page->roll.rows.items[roll_view_row(page)].mark.delegate,
		.answered = answered_delegate,
	};
	return ui_ask(ui, &question);
}

static unsigned ask_times(struct roll_view *page, struct ui *ui)
{
	const struct roll_mark *mark = &page->roll.rows.items[roll_view_row(page)].mark;
	struct strbuf text;
	strbuf_init(&text);
	daytime_add_local(&text, mark->arrived);
	if (mark->departed != DAY_MINUTE_NONE)
		strbuf_addch(&text, '-');
	daytime_add_local(&text, mark->departed);
	const struct ui_question question = {
		.label = _("Horas (15h20-16h40): "), .text = text.data, .answered = answered_times};
	unsigned done = ui_ask(ui, &question);
	strbuf_release(&text);
	return done;
}

/* ---- ops */

static unsigned move(struct roll_view *page, size_t to)
{
	page->selected = to;
	return forget_typed(page);
}

static size_t moved(const struct roll_view *page, enum op op)
{
	size_t here = page->selected, last = page->order.count - 1;
	switch (op) {
	case OP_UP:
		return here ? here - 1 : 0;
	case OP_DOWN:
		return here < last ? here + 1 : last;
	case OP_PAGE_UP:
	case OP_STEP_LEFT:
		return grid_neighbour(&page->grid, here, -1);
	case OP_PAGE_DOWN:
	case OP_STEP_RIGHT:
		return grid_neighbour(&page->grid, here, 1);
	case OP_FIRST:
		return 0;
	case OP_LAST:
		return last;
	default:
		return SIZE_MAX;
	}
}

/* What an op marks in the selected row. */
typedef void mark_row(struct roll *roll, size_t row, day_minute now);

static mark_row *marking(enum op op)
{
	switch (op) {
	case OP_ROLL_TOGGLE:
	case OP_ACCEPT: /* a double click */
		return roll_toggle;
	case OP_ROLL_MODE:
		return roll_toggle_mode;
	case OP_ROLL_EXCUSE:
		return roll_toggle_excused;
	case OP_ROLL_DEPART:
		return roll_leave;
	case OP_ROLL_STANDING:
		return roll_toggle_standing;
	default:
		return NULL;
	}
}

static bool can_leave(const struct roll_view *page)
{
	return roll_clock(&page->roll, 0) != DAY_MINUTE_NONE ||
	       page->roll.rows.items[roll_view_row(page)].mark.departed != DAY_MINUTE_NONE;
}

static unsigned mark(struct roll_view *page, struct ui *ui, enum op op)
{
	day_minute now = session_time(page->session);
	if (!session_may_write(page->session, ui, op))
		return UI_REDRAW;
	if (op == OP_ROLL_DEPART && !can_leave(page)) {
		ui_say(ui, ROLE_DIM, "%s", _("Quien se va se anota cuando la reunión está en "
					     "sesión y la lista guardada."));
		return UI_REDRAW;
	}
	if (op == OP_ROLL_ALL)
		roll_set_all_present(&page->roll, now);
	else
		marking(op)(&page->roll, roll_view_row(page), now);
	return marked(page, ui);
}

static unsigned ask_of_row(struct roll_view *page, struct ui *ui, enum op op)
{
	if (!session_may_write(page->session, ui, op))
		return UI_REDRAW;
	return op == OP_ROLL_DELEGATE ? ask_delegate(page, ui) : ask_times(page, ui);
}

static bool look_for(struct roll_view *page);

static unsigned erase(struct roll_view *page)
{
	size_t length = page->typed.length;
	while (length && ((unsigned char)page->typed.data[--length] & 0xC0) == 0x80)
		;
	strbuf_truncate(&page->typed, length);
	page->is_found = look_for(page);
	return UI_REDRAW;
}

static unsigned op_of_row(struct roll_view *page, struct ui *ui, enum op op)
{
	size_t to = page->order.count ? moved(page, op) : SIZE_MAX;
	if (to != SIZE_MAX)
		return move(page, to);
	if (page->order.count && (marking(op) || op == OP_ROLL_ALL))
		return mark(page, ui, op);
	if (page->order.count && (op == OP_ROLL_DELEGATE || op == OP_ROLL_TIMES))
		return ask_of_row(page, ui, op);
	return UI_PASS;
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct roll_view *page = (struct roll_view *)view;
	switch (op) {
	case OP_ROLL_SAVE:
		return accept(page, ui);
	case OP_ROLL_CLOSE:
	case OP_CANCEL: /* a click on the way back */
		return leave(page, ui);
	case OP_QUIT:
		/* What is marked is not lost by the key beside. */
		return roll_is_changed(&page->roll) ? leave(page, ui) : UI_PASS;
	case OP_ERASE_BACK:
		return erase(page);
	default:
		return op_of_row(page, ui, op);
	}
}

/* ---- typing */

static bool begins(const char *acronym, const char *folded)
{
	struct strbuf text;
	strbuf_init(&text);
	utf8_fold(&text, acronym);
	bool does = strncmp(text.data, folded, strlen(folded)) == 0;
	strbuf_release(&text);
	return does;
}

/* Selects the first acronym that begins as typed; whether there is one. */
static bool look_for(struct roll_view *page)
{
	struct strbuf folded;
	bool found = false;
	strbuf_init(&folded);
	utf8_fold(&folded, page->typed.data);
	for (size_t i = 0; i < page->order.count && !found && folded.length; i++) {
		found = begins(page->roll.rows.items[page->order.items[i]].acronym, folded.data);
		if (found)
			page->selected = i;
	}
	strbuf_release(&folded);
	return found;
}

static unsigned type(struct view *view, struct ui *ui, const char *text)
{
	struct roll_view *page = (struct roll_view *)view;
	if (strcmp(text, " ") == 0)
		return page->order.count && (!page->typed.length || page->is_found)
			       ? mark(page, ui, OP_ROLL_TOGGLE)
			       : UI_REDRAW;
	if (page->typed.length + strlen(text) <= TYPED_BYTES_MAX)
		utf8_add_clean(&page->typed, text, strlen(text));
	page->is_found = look_for(page);
	return UI_REDRAW;
}

/* ---- the mouse */

static size_t cell_at(const struct roll_view *page, int row, int column)
{
	if (!page->order.count || !region_holds(page->place, row, column))
		return SIZE_MAX;
	return grid_cell_at(&page->grid, row - page->place.row + page->top,
			    column - page->place.column);
}

static bool point(struct view *view, int row, int column)
{
	struct roll_view *page = (struct roll_view *)view;
	size_t cell = cell_at(page, row, column);
	if (cell != SIZE_MAX)
		move(page, cell);
	return cell != SIZE_MAX;
}

/* On its sign a click marks. */
static unsigned press(struct view *view, int row, int column)
{
	struct roll_view *page = (struct roll_view *)view;
	size_t cell = cell_at(page, row, column);
	if (cell == SIZE_MAX || cell_at(page, row, column - 2) == cell)
		return UI_PASS;
	move(page, cell);
	return mark(page, page->ui, OP_ROLL_TOGGLE);
}

/* ---- the page */

static void title(const struct view *view, struct strbuf *out)
{
	const struct roll_view *page = (const struct roll_view *)view;
	strbuf_adds(out, _("Asistencia"));
	if (page->roll.number)
		strbuf_addf(out, " %s", page->roll.number);
}

static void close_page(struct view *view)
{
	struct roll_view *page = (struct roll_view *)view;
	roll_release(&page->roll);
	vector_release(&page->order);
	grid_release(&page->grid);
	strbuf_release(&page->typed);
	free(page);
}

static const struct view_class roll_class = {
	.name = "roll",
	.context = CONTEXT_ROLL,
	.title = title,
	.sentence = roll_view_sentence,
	.load = load,
	.draw = roll_view_draw,
	.op = op,
	.type = type,
	.point = point,
	.press = press,
	.close = close_page,
};

struct view *roll_view_new(struct session *session, int64_t meeting)
{
	struct roll_view *page = mem_alloc_zero(1, sizeof(*page));
	page->view.class = &roll_class;
	page->session = session;
	page->meeting = meeting;
	strbuf_init(&page->typed);
	return &page->view;
}
