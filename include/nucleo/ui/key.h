/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_KEY_H
#define NUCLEO_UI_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/strbuf.h"

/**
 * A key: a Unicode character, or one of enum special_key, with K_CTRL or K_ALT
 * added where held. Control characters never occur: the terminal gives
 * K_CTRL | 'R' and K_ENTER.
 */
typedef uint32_t key_code;
#define K_CTRL 0x01000000u
#define K_ALT 0x02000000u

/* id, name in the configuration file, label on the screen */
#define KEY_TABLE(KEY)                                                                      \
	KEY(UP, "Up", "↑")                                                                  \
	KEY(DOWN, "Down", "↓")                                                              \
	KEY(LEFT, "Left", "←")                                                              \
	KEY(RIGHT, "Right", "→")                                                            \
	KEY(HOME, "Home", N_("Inicio"))                                                     \
	KEY(END, "End", N_("Fin"))                                                          \
	KEY(PAGE_UP, "PgUp", N_("RePág"))                                                   \
	KEY(PAGE_DOWN, "PgDn", N_("AvPág"))                                                 \
	KEY(INSERT, "Insert", N_("Insert"))                                                 \
	KEY(DELETE, "Delete", N_("Supr"))                                                   \
	KEY(BACKSPACE, "Backspace", N_("Retroceso"))                                        \
	KEY(ENTER, "Enter", N_("Enter"))                                                    \
	KEY(ESCAPE, "Esc", N_("Esc"))                                                       \
	KEY(TAB, "Tab", N_("Tab"))                                                          \
	KEY(BACK_TAB, "Shift-Tab", N_("Mayús-Tab"))                                         \
	KEY(F1, "F1", "F1")                                                                 \
	KEY(F2, "F2", "F2")                                                                 \
	KEY(F3, "F3", "F3")                                                                 \
	KEY(F4, "F4", "F4")                                                                 \
	KEY(F5, "F5", "F5")                                                                 \
	KEY(F6, "F6", "F6")                                                                 \
	KEY(F7, "F7", "F7")                                                                 \
	KEY(F8, "F8", "F8")                                                                 \
	KEY(F9, "F9", "F9")                                                                 \
	KEY(F10, "F10", "F10")                                                              \
	KEY(F11, "F11", "F11")                                                              \
	KEY(F12, "F12", "F12")

enum special_key {
	K_NONE = 0x110000, /**< above every Unicode character */
#define KEY(id, name, label) K_##id,
	KEY_TABLE(KEY)
#undef KEY
	K_LIMIT
};

/** A character that a person types as text, with nothing held. */
bool key_is_text(key_code key);
/** Reads a whole name: "q", "Space", "F3", "PgDn", "Ctrl-R", "Alt-x"; K_NONE when it is none. */
key_code key_parse(const char *name);
/** Appends the name key_parse() reads. */
void key_add_name(struct strbuf *out, key_code key);
/** Appends what a person finds printed on the keyboard: "AvPág", "Ctrl-R". */
void key_add_label(struct strbuf *out, key_code key);

#endif
