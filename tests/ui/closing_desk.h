/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_CLOSING_DESK_H
#define NUCLEO_TESTS_CLOSING_DESK_H

#include "ui/desk.h"

/**
 * A database with one meeting, AM-2024-01, in session at its second item of three, where the
 * record of it lacks a few things.
 */
void closing_desk_make(const char *path);

/** Adds a record from FIELD=VALUE words with NULL at the end. */
int64_t closing_desk_add(struct store *store, enum record_kind_id kind, const char *const *words);
#define DESK_ADD(store, kind, ...) \
	closing_desk_add(store, kind, (const char *const[]){__VA_ARGS__, NULL})

/** Changes one field of a record as a person would. */
void closing_desk_set(struct store *store, enum record_kind_id kind, const char *code,
		      const char *field, const char *value);

/** Opens the database; its meetings are in front, whatever was looked at before. */
void closing_desk_open(struct desk *desk, const char *path);
/** Owned: the last screen, where the clock says 17h10. */
char *closing_desk_play(struct desk *desk, const char *keys);
/** The same, which must have `part`; `part` with a '-' before it: must not have the rest. */
void closing_desk_expect(struct desk *desk, const char *keys, const char *part);
/** Compares the last screen with NAME-WINDOW.txt. */
void closing_desk_expect_screen(const char *name, const char *path, const struct window *window,
				const char *keys);

#endif
