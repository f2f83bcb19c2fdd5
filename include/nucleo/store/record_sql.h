/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_RECORD_SQL_H
#define NUCLEO_STORE_RECORD_SQL_H

/**
 * Private to src/store: pieces of statements that lists and search share, so that a
 * record is called the same in both. They expect the aliases of the lists: c a
 * commitment, p its plan, e an entry, m its meeting, a its agenda item.
 */

/* Acronyms of those who have a part in a record, one a line. */
#define ACRONYMS(table, owner, of)                                                              \
	"(SELECT group_concat(acronym, char(10)) FROM (SELECT o_.acronym FROM " table " AS t_"  \
	" JOIN organization AS o_ ON o_.key = t_.organization WHERE t_." owner " = " of
#define IN_RANK " ORDER BY t_.rank, t_.key))"
#define PARTIES(role)                                                                           \
	ACRONYMS("commitment_party", "commitment", "c.key") " AND t_.role = '" role "'" IN_RANK

/* How people call a commitment: with its plan when another plan has the same code. */
#define COMMITMENT_CODE                                                                         \
	"iif(EXISTS (SELECT 1 FROM commitment AS c_ WHERE c_.code = c.code COLLATE NOCASE"      \
	" AND c_.plan <> c.plan), p.code || '/' || c.code, c.code)"

/* The number of an entry within its item; those before any item are found by their meeting. */
#define ENTRIES_UP_TO(condition)                                                                \
	"(SELECT count(*) FROM entry AS e_ WHERE " condition                                    \
	" AND (e_.rank, e_.key) <= (e.rank, e.key))"
#define ENTRY_ID                                                                                \
	"m.number || '/' || coalesce(a.label, '-') || '#' || iif(e.agenda_item IS NULL, "       \
	ENTRIES_UP_TO("e_.meeting = e.meeting AND +e_.agenda_item IS NULL") ", "                \
	ENTRIES_UP_TO("e_.agenda_item = e.agenda_item") ")"

#endif
