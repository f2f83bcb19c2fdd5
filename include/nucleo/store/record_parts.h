/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RECORD_PARTS_H
#define NUCLEO_STORE_RECORD_PARTS_H

#include "nucleo/store/children.h"
#include "nucleo/store/edit.h"

/** Private to src/store: what edits of an operation say about which rows belong to which. */

/** A key_list in ascending order. */
bool key_set_has(const key_list *set, int64_t key);
void key_set_add(key_list *set, int64_t key);

/** Whether the row is, or was before the edit, a part of a record in the set: an item of its
 *  agenda, one of its milestones, a note to it. Institutions that records name are no such. */
bool edit_is_of_part(const struct edit *edit, const key_list *records);
/** Whether rows of the table are nothing by themselves: who is responsible for something. */
bool table_is_part(const char *table);
/** The table, owned, whose rows the values of a column name; NULL when they are no references. */
enum rc column_refers_to(struct store *store, const char *table, const char *column, char **other,
			 struct error *err) ATTR_NODISCARD;

/** What the row was called, and what it said, as far as the edit has it: borrowed, or NULL. */
const char *edit_code(const struct edit *edit);
const char *edit_text(const struct edit *edit);

/** What people call a row whose table and own name are these: settings have names of the program's
 *  own. */
const char *row_called(const char *table, const char *name);
/** Appends what people call the row ("S-2023-014", "AM-2023-05/8.a"); nothing when there is no such
 *  row now. */
enum rc record_add_name(struct store *store, const char *table, int64_t key, struct strbuf *out,
			struct error *err) ATTR_NODISCARD;
/** Whether the row is there now. */
enum rc record_is_there(struct store *store, const char *table, int64_t key, bool *is_there,
			struct error *err) ATTR_NODISCARD;

#endif
