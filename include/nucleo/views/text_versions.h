/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_TEXT_VERSIONS_H
#define NUCLEO_VIEWS_TEXT_VERSIONS_H

#include "nucleo/ui/pager.h"
#include "nucleo/views/session.h"

/** Appends a field that says how a text became another: signs tell what was removed and added,
 *  colour only adds. */
void diff_show(struct pager *pager, const char *label, const char *before, const char *after);

/** The texts a field of a record has had: one picks two and sees what changed between them. `label`
 *  is what the field is called; both texts are copied. */
struct view *text_versions_view_new(struct session *session, int64_t key, const char *column,
				    const char *label);

#endif
