/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_DESK_H
#define NUCLEO_TESTS_DESK_H

#include "nucleo/store/list.h"
#include "nucleo/store/operation.h"
#include "nucleo/views/session.h"
#include "ui/screen_test.h"

/**
 * The screens of the program on real databases, in a temporary folder that is
 * the working folder meanwhile, on 15 February 2024:
 *   demo.db   the demonstration
 *   rich.db   it, and a second meeting with all that the first one lacks
 *   empty.db  nothing
 */

/** What the frame gets as its context: a session, and somebody else at work meanwhile. */
struct desk {
	struct session session; /**< first: it is what the views take it for */
	struct config config;
	bool mouse; /**< on at first */
	struct store *other;
	void (*others_work)(struct store *other, int turn);
	int turn;
};

struct window {
	const char *name;
	int rows, columns;
};
extern const struct window window_usual, window_small, window_large;

#define assert_done(call)                                                                   \
	do {                                                                                \
		struct error done_error = {0}, *err = &done_error;                          \
		if ((call) != RC_OK)                                                        \
			fail_msg("%s: %s", #call, done_error.text);                         \
	} while (0)

/** For cmocka_run_group_tests(). */
int desk_make_folder(void **state);
int desk_remove_folder(void **state);

struct store *desk_open_store(const char *path, bool read_only);
struct store *desk_create_store(const char *path);
int64_t desk_find(struct store *store, enum record_kind_id kind, const char *code);
void desk_commit(struct store *store, struct operation *operation);
int64_t desk_add_followup(struct operation *operation, const char *code, const char *due,
			  const char *status);

void desk_open(struct desk *desk, const char *path, bool read_only);
void desk_close(struct desk *desk);
/** The main screens on that desk. */
struct ui_setup desk_setup(struct desk *desk);
/**
 * Plays the keys at 80x24. Owned: the last screen, its looks, and what the
 * terminal was asked for beside drawing.
 */
char *desk_play(const struct ui_setup *setup, const char *keys);
/** As desk_play(), of the main screens on a database. */
char *desk_dump(const char *path, const char *keys);
/** Keys (or what the mouse does), and others that lead to the same screen. */
struct way {
	const char *keys, *like;
};
/** Both ways of each: selection, scroll, cursor and looks. */
void desk_expect_same(const char *path, const struct way *ways, size_t count);
/** Plays the keys on a database and compares the last screen with NAME-WINDOW.txt. */
void desk_expect(const char *name, const char *path, const struct window *window,
		 const char *keys);

/**
 * As desk_expect() at 80x24 with NAME.txt, in fonts that have only Latin-1: every sign has a
 * stand-in of one column.
 */
void desk_expect_plain(const char *name, const char *path, const char *keys);

#endif
