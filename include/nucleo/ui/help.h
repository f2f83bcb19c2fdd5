/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_HELP_H
#define NUCLEO_UI_HELP_H

#include "nucleo/ui/keymap.h"
#include "nucleo/ui/view.h"

/** A page of the keys that work in `context`, made from the op table; owned. */
struct view *help_view_new(const struct keymap *keymap, enum context context) ATTR_NODISCARD;

#endif
