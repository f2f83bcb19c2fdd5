/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/row_name.h"

#include <string.h>

#include "nucleo/store/query.h"

#define OF_COMMITMENT(table, name)                                                                 \
	"SELECT " name " FROM " table " AS t JOIN commitment AS c ON c.key = t.commitment"         \
	" WHERE t.key = :key"

/* clang-format off */
static const struct row_name {
	const char *table, *sql;
} names[] = {
	{"organization", "SELECT acronym FROM organization WHERE key = :key"},
	{"membership", "SELECT o.acronym FROM membership AS t"
	 " JOIN organization AS o ON o.key = t.organization WHERE t.key = :key"},
	{"person", "SELECT o.acronym || ', ' || t.post FROM person AS t"
	 " JOIN organization AS o ON o.key = t.organization WHERE t.key = :key"},
	{"plan", "SELECT code FROM plan WHERE key = :key"},
	{"commitment", "SELECT code FROM commitment WHERE key = :key"},
	{"commitment_party", "SELECT c.code || ', ' || o.acronym FROM commitment_party AS t"
	 " JOIN commitment AS c ON c.key = t.commitment"
	 " JOIN organization AS o ON o.key = t.organization WHERE t.key = :key"},
	{"milestone", OF_COMMITMENT("milestone", "c.code || '/' || t.number")},
	{"progress", OF_COMMITMENT("progress", "c.code")},
	{"blocker", OF_COMMITMENT("blocker", "c.code")},
	{"meeting", "SELECT number FROM meeting WHERE key = :key"},
	{"attendance", "SELECT m.number || '/' || o.acronym FROM attendance AS t"
	 " JOIN meeting AS m ON m.key = t.meeting"
	 " JOIN organization AS o ON o.key = t.organization WHERE t.key = :key"},
	{"agenda_item", "SELECT m.number || '/' || t.label FROM agenda_item AS t"
	 " JOIN meeting AS m ON m.key = t.meeting WHERE t.key = :key"},
	{"entry", "SELECT coalesce(t.decision_number, m.number || coalesce('/' || a.label, ''))"
	 " FROM entry AS t JOIN meeting AS m ON m.key = t.meeting"
	 " LEFT JOIN agenda_item AS a ON a.key = t.agenda_item WHERE t.key = :key"},
	{"followup", "SELECT code FROM followup WHERE key = :key"},
	{"followup_responsible", "SELECT f.code || ', ' || o.acronym FROM followup_responsible AS t"
	 " JOIN followup AS f ON f.key = t.followup"
	 " JOIN organization AS o ON o.key = t.organization WHERE t.key = :key"},
	{"followup_note", "SELECT f.code FROM followup_note AS t"
	 " JOIN followup AS f ON f.key = t.followup WHERE t.key = :key"},
	{"local_government", "SELECT name FROM local_government WHERE key = :key"},
	{"indicator", "SELECT name FROM indicator WHERE key = :key"},
	{"measurement", "SELECT i.name FROM measurement AS t"
	 " JOIN indicator AS i ON i.key = t.indicator WHERE t.key = :key"},
	{"ogp_application", "SELECT g.name FROM ogp_application AS t"
	 " JOIN local_government AS g ON g.key = t.local_government WHERE t.key = :key"},
	{"document", "SELECT title FROM document WHERE key = :key"},
	{"reference", "SELECT code FROM reference WHERE key = :key"},
	{"seal", "SELECT m.number FROM seal AS t"
	 " JOIN meeting AS m ON m.key = t.meeting WHERE t.key = :key"},
};
/* clang-format on */

enum rc row_add_name(struct store *store, const char *table, int64_t key, struct strbuf *out,
		     struct error *err)
{
	const struct row_name *found = NULL;
	struct query query;
	for (size_t i = 0; i < ARRAY_COUNT(names) && !found; i++)
		if (strcmp(names[i].table, table) == 0)
			found = &names[i];
	if (!found)
		return RC_OK;
	query_begin_text(&query, store, found->sql);
	query_bind_integer(&query, ":key", key);
	const char *name = query_next(&query) ? query_text(&query, 0, NULL) : NULL;
	if (name)
		strbuf_adds(out, name);
	return query_end(&query, err);
}
