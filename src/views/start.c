/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/ui/pager.h"
#include "nucleo/views/session.h"

/* There is no database yet: the three ways to one. */

enum choice { CHOICE_DEMO, CHOICE_CREATE, CHOICE_OPEN };

struct start_view {
	struct view view;
	struct session *session;
	struct pager pager;
};

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Comienzo"));
}

static void sentence(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Todavía no hay una base de datos"));
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	struct start_view *start = (struct start_view *)view;
	struct strbuf text;
	(void)ui;
	(void)err;
	strbuf_init(&text);
	pager_clear(&start->pager);
	strbuf_addf(&text, _("No existe «%s»."), start->session->config->db);
	pager_text(&start->pager, ROLE_TEXT, text.data);
	strbuf_release(&text);
	pager_gap(&start->pager);
	pager_add_link(&start->pager, CHOICE_DEMO,
		       _("Ver la demostración (una copia que se borra al salir)"));
	pager_add_link(&start->pager, CHOICE_CREATE, _("Crear una base nueva"));
	pager_add_link(&start->pager, CHOICE_OPEN, _("Abrir otra base"));
	return RC_OK;
}

static void draw(struct view *view, struct region body)
{
	pager_draw(&((struct start_view *)view)->pager, body, true);
}

typedef enum rc opener(struct workplace *workplace, const struct config *config, struct error *err);

/* Leaves the start screen when the database is open, else says why it is not. */
static unsigned try_open(struct start_view *start, struct ui *ui, opener *open, const char *path)
{
	struct error err;
	struct config config = *start->session->config;
	config.db = mem_strdup(path);
	enum rc rc = open(&start->session->workplace, &config, &err);
	free(config.db);
	if (rc == RC_OK)
		return UI_QUIT;
	ui_say(ui, ROLE_ERROR, "%s", err.text);
	return UI_KEEP | UI_REDRAW;
}

static unsigned answered_create(struct view *view, struct ui *ui, const char *text)
{
	return try_open((struct start_view *)view, ui, workplace_create, text);
}

static unsigned answered_open(struct view *view, struct ui *ui, const char *text)
{
	return try_open((struct start_view *)view, ui, workplace_open, text);
}

static unsigned ask_path(struct start_view *start, struct ui *ui, bool create)
{
	struct ui_question question = {
		.label = create ? _("Crear en: ") : _("Abrir: "),
		.text = create ? start->session->config->db : "",
		.answered = create ? answered_create : answered_open,
	};
	return ui_ask(ui, &question);
}

static unsigned choose(struct start_view *start, struct ui *ui)
{
	int64_t choice;
	if (!pager_link(&start->pager, &choice))
		return UI_NOTHING;
	if (choice == CHOICE_DEMO)
		return try_open(start, ui, workplace_open_demo, "") & ~(unsigned)UI_KEEP;
	return ask_path(start, ui, choice == CHOICE_CREATE);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct start_view *start = (struct start_view *)view;
	if (pager_op(&start->pager, op))
		return UI_REDRAW;
	return op == OP_OPEN ? choose(start, ui) : UI_PASS;
}

static bool point(struct view *view, int row, int column)
{
	return pager_point(&((struct start_view *)view)->pager, row, column);
}

static void close_view(struct view *view)
{
	struct start_view *start = (struct start_view *)view;
	pager_release(&start->pager);
	free(start);
}

static const struct view_class start_class = {
	.name = "start",
	.context = CONTEXT_START,
	.title = title,
	.sentence = sentence,
	.load = load,
	.draw = draw,
	.op = op,
	.point = point,
	.close = close_view,
};

struct view *start_view_new(void *context)
{
	struct start_view *start = mem_alloc_zero(1, sizeof(*start));
	start->view.class = &start_class;
	start->session = context;
	pager_init(&start->pager);
	return &start->view;
}
