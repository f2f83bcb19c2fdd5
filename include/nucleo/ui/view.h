/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_VIEW_H
#define NUCLEO_UI_VIEW_H

#include "nucleo/base/error.h"
#include "nucleo/ui/canvas.h"
#include "nucleo/ui/op.h"

/**
 * How a view is written
 * ---------------------
 * A view is one file in src/views: a struct whose first member is `struct view`,
 * one const `struct view_class` with designated initialisers, and a function
 * that allocates it:
 *
 *	struct followup_list {
 *		struct view view;
 *		struct replica *replica;
 *		struct table table;
 *	};
 *
 *	static enum rc load(struct view *view, struct ui *ui, struct error *err)
 *	{
 *		return table_load(&((struct followup_list *)view)->table, err);
 *	}
 *
 *	static unsigned op(struct view *view, struct ui *ui, enum op op)
 *	{
 *		struct followup_list *list = (struct followup_list *)view;
 *		const struct table_row *row = table_selected(&list->table);
 *		if (table_op(&list->table, op))
 *			return UI_REDRAW;
 *		if (op == OP_OPEN && row)
 *			return ui_open(ui, followup_view_new(list->replica, row->key));
 *		return UI_PASS;
 *	}
 *
 *	static const struct view_class class = {
 *		.name = "followups", .context = CONTEXT_LIST, .title = title,
 *		.load = load, .draw = draw, .op = op, .close = close_list,
 *	};
 *
 * - load reads from the store, and only load does (a table fetches through its
 *   source). It runs before the first draw, after somebody else's change, and
 *   when a handler returned UI_RELOAD. When it fails, the message takes the
 *   place of the body until a later load succeeds.
 * - draw reads the view and draws in the region it is given, nothing else; it
 *   puts the cursor on what is selected (table_draw() and pager_draw() do).
 *   Size is whatever the region has: a resize is only another draw.
 * - op changes the view and returns consequences; what it does not know it
 *   passes (UI_PASS), and the frame does its own: OP_BACK closes the view,
 *   OP_QUIT ends, OP_HELP opens the help, digits change the screen.
 * - A handler speaks with ui_say(), asks one line with ui_ask(), opens
 *   another view over this one with ui_open() (see ui.h).
 * - copy and point answer the clipboard and the mouse from what is loaded and
 *   drawn already; widgets have theirs (table_copy(), pager_point()...).
 * - A filter is ui_ask() with a `changed` function that keeps the words, and
 *   UI_RELOAD; OP_BACK with a filter on clears it and returns UI_RELOAD.
 */

struct ui;
struct view;

/** What a handler wants done next; a bit set. */
enum consequence {
	UI_NOTHING = 0,
	UI_REDRAW = 1,
	UI_RELOAD = 2, /**< load again, then draw */
	UI_CLOSE = 4,  /**< back to the view below */
	UI_QUIT = 8,
	UI_PASS = 16, /**< not mine: do what the frame does with this op */
	UI_KEEP = 32, /**< from an answer: keep asking */
};

/** What can be copied from a view; the name is what the choice reads. */
#define COPY_TABLE(COPY)                                                                    \
	COPY(ROW, N_("fila"))      /* the cells of the selected row, a tab between two */   \
	COPY(TEXT, N_("texto"))    /* what the selected thing says, in full */              \
	COPY(CITATION, N_("cita")) /* how people refer to it in writing */                  \
	COPY(LINK, N_("enlace"))   /* the selected line that leads elsewhere */             \
	COPY(PAGE, N_("página"))   /* all there is to scroll through */

enum copy_kind {
#define COPY(id, name) COPY_##id,
	COPY_TABLE(COPY)
#undef COPY
	COPY_COUNT
};

struct view_class {
	const char *name;
	enum context context; /**< whose keys work, unless `context_now` says otherwise */
	bool is_sideways;     /**< the wheel steps to the left and right, one thing at a time */
	bool is_bare; /**< on the wall: without hints and status, only what went wrong is said */
	enum context (*context_now)(const struct view *view);          /**< may be NULL */
	void (*title)(const struct view *view, struct strbuf *out);    /**< a step of the path */
	void (*sentence)(const struct view *view, struct strbuf *out); /**< may be NULL */
	/** Of a first view: what of it others may know one is at (see ui_add_place()). May be
	 *  NULL. */
	void (*place)(const struct view *view, struct strbuf *out);
	/** A first view: each time its screen is chosen, once the pages over it are closed. May
	 *  be NULL. */
	void (*entered)(struct view *view, struct ui *ui);
	enum rc (*load)(struct view *view, struct ui *ui, struct error *err);
	void (*draw)(struct view *view, struct region body);
	unsigned (*op)(struct view *view, struct ui *ui, enum op op);
	/**
	 * Takes what is typed or pasted, valid UTF-8 of any length, where what one types is text
	 * (see context_takes_text()). UI_PASS: nothing is written there. A view that has it is
	 * left by its own ops only and, but for a first view, no step of the way back leads to it.
	 * May be NULL.
	 */
	unsigned (*type)(struct view *view, struct ui *ui, const char *text);
	/**
	 * Selects what is drawn at that place of the screen; false when there is
	 * nothing to select, and then a double click opens nothing. May be NULL.
	 */
	bool (*point)(struct view *view, int row, int column);
	/** Does what a click there means where it is more than to select, as a heading that sorts;
	 *  else UI_PASS. May be NULL. */
	unsigned (*press)(struct view *view, int row, int column);
	/** Gives the keys to the part drawn there; NULL where there is only one. */
	void (*focus)(struct view *view, int row, int column);
	/** Appends what is selected; false when it has nothing of that kind. May be NULL. */
	bool (*copy)(const struct view *view, enum copy_kind kind, struct strbuf *out);
	/** A bounded piece of what is left to do, between keys, while `busy`; may be NULL. */
	unsigned (*work)(struct view *view, struct ui *ui);
	void (*close)(struct view *view); /**< frees the view */
};

struct view {
	const struct view_class *class;
	bool busy; /**< work() is to be called as long as no key comes; the view's own */
	/* The frame's own; zeroed by whoever makes the view. */
	bool stale;           /**< to be loaded before it is next drawn */
	struct error failure; /**< of the last load */
};

#endif
