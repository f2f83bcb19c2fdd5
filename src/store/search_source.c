/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/store/connection.h"
#include "nucleo/store/record_sql.h"
#include "nucleo/store/search_parts.h"

/* A part of a text made from several columns: itself and a line end, or nothing. */
#define LINE(column) "coalesce(" column " || char(10), '')"
/* Where in the minutes, as a person would type it. */
#define IN_MEETING LINE("m.number") " || coalesce('punto ' || a.label, '')"
#define ACRONYM_LINES(table, owner, of) ACRONYMS(table, owner, of) IN_RANK

/* 5 of "C5": codes are letters and a number. */
#define NUMBER_OF(code) "CAST(ltrim(" code ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') AS INTEGER)"

/* A person's name and e-mail address are personal data: only the post is read. */
#define POSTS                                                                                   \
	"(SELECT group_concat(post, char(10)) FROM (SELECT post FROM person"                    \
	" WHERE organization = o.key ORDER BY standing DESC, post, key))"

/*
 * Of each kind, columns in the order of enum search_column (the key goes before them),
 * and where they come from. Both the index and what is shown of a hit are read by them.
 */
/* clang-format off */
static const struct {
	const char *columns, *from, *key;
} sources[SEARCH_KIND_COUNT] = {
	[SEARCH_COMMITMENT] = {
		COMMITMENT_CODE ", c.code || char(10) || p.code || '/' || c.code, c.title, "
		LINE("c.axis") " || " LINE("c.problem") " || " LINE("c.description") " || "
		LINE("c.contribution") " || " LINE("c.ogp_values") " || " LINE("c.ods") " || "
		LINE("c.information") " || " LINE("c.contact_post") " || "
		LINE("c.technical_note") ", p.code || ' compromiso ' || coalesce("
		ACRONYM_LINES("commitment_party", "commitment", "c.key") ", ''),"
		" coalesce(c.starts, p.starts), 0,"
		" " NUMBER_OF("c.code") ", NULL, NULL, " COMMITMENT_CODE ", NULL,"
		" p.code, 0, 0, c.key, 0",
		"commitment AS c JOIN plan AS p ON p.key = c.plan",
		"c.key",
	},
	[SEARCH_MILESTONE] = {
		COMMITMENT_CODE " || '/' || ms.number,"
		" c.code || '/' || ms.number || char(10)"
		" || p.code || '/' || c.code || '/' || ms.number, ms.title, ms.deliverable,"
		" c.code || ' hito ' || ms.number, ms.starts, 0, ms.number,"
		" NULL, NULL, " COMMITMENT_CODE ", ms.number, NULL, 0, 0, c.key, 0",
		"milestone AS ms JOIN commitment AS c ON c.key = ms.commitment"
		" JOIN plan AS p ON p.key = c.plan",
		"ms.key",
	},
	[SEARCH_MEETING] = {
		"m.number, m.number, m.number, " LINE("m.place") " || " LINE("m.virtual_place")
		" || " LINE("(SELECT group_concat(title, char(10)) FROM"
		" (SELECT title FROM agenda_item WHERE meeting = m.key ORDER BY rank, key))")
		" || " LINE("m.signatories") ","
		" m.date || ' reunión', m.date, 0, 0, m.number, NULL, NULL, NULL, NULL, m.key,"
		" 0, 0, 0",
		"meeting AS m",
		"m.key",
	},
	[SEARCH_AGENDA] = {
		"m.number || '/' || a.label, m.number || '/' || a.label, a.title, NULL,"
		" 'punto ' || a.label, m.date, 0, a.rank, m.number, a.label, NULL, NULL, NULL,"
		" m.key, a.key, 0, 0",
		"agenda_item AS a JOIN meeting AS m ON m.key = a.meeting",
		"a.key",
	},
	[SEARCH_RESOLUTION] = {
		"coalesce(e.decision_number, " ENTRY_ID "), e.decision_number, NULL,"
		" e.text || char(10) || " LINE("e.objections") " || " LINE("e.tally") ","
		" " IN_MEETING " || coalesce(char(10) || o.acronym, ''), m.date, 0,"
		" coalesce(a.rank, 0) * 256 + e.rank, m.number,"
		" a.label, NULL, NULL, o.acronym, m.key, coalesce(a.key, 0), 0, 0",
		"entry AS e JOIN meeting AS m ON m.key = e.meeting"
		" LEFT JOIN agenda_item AS a ON a.key = e.agenda_item"
		" LEFT JOIN organization AS o ON o.key = e.organization",
		"e.key",
	},
	[SEARCH_ORGANIZATION] = {
		"o.acronym, o.acronym, o.name, " POSTS ", NULL, NULL, 0, o.sort, NULL, NULL,"
		" NULL, NULL, o.sector, 0, 0, 0, o.key",
		"organization AS o",
		"o.key",
	},
	[SEARCH_DOCUMENT] = {
		"d.key, NULL, d.title, d.location,"
		" " LINE("m.number") " || coalesce(c.code, ''), m.date, 0, d.rank, m.number, NULL,"
		" iif(c.key IS NULL, NULL, " COMMITMENT_CODE "), ms.number, NULL,"
		" coalesce(m.key, 0), 0, coalesce(c.key, 0), 0",
		"document AS d LEFT JOIN meeting AS m ON m.key = d.meeting"
		" LEFT JOIN milestone AS ms ON ms.key = d.milestone"
		" LEFT JOIN commitment AS c ON c.key = coalesce(d.commitment, ms.commitment)"
		" LEFT JOIN plan AS p ON p.key = c.plan",
		"d.key",
	},
	[SEARCH_FOLLOWUP] = {
		"f.code, f.code, f.description, " LINE("f.due_text") " || "
		LINE("(SELECT group_concat(text, char(10)) FROM (SELECT text FROM followup_note"
		" WHERE followup = f.key ORDER BY key))") ","
		" " IN_MEETING " || coalesce(char(10) || c.code, '') || char(10) || coalesce("
		ACRONYM_LINES("followup_responsible", "followup", "f.key") ", ''),"
		" coalesce(m.date, f.due), f.status IN ('done', 'dropped'),"
		" CAST(substr(f.code, length('S-2023-') + 1) AS INTEGER), m.number, a.label,"
		" iif(c.key IS NULL, NULL, " COMMITMENT_CODE "), NULL, "
		ACRONYM_LINES("followup_responsible", "followup", "f.key") ","
		" coalesce(m.key, 0), coalesce(a.key, 0), coalesce(c.key, 0), 0",
		"followup AS f LEFT JOIN meeting AS m ON m.key = f.meeting"
		" LEFT JOIN agenda_item AS a ON a.key = f.agenda_item"
		" LEFT JOIN commitment AS c ON c.key = f.commitment"
		" LEFT JOIN plan AS p ON p.key = c.plan",
		"f.key",
	},
	[SEARCH_INDICATOR] = {
		"v.key, NULL, i.name || coalesce(' · ' || l.name, ''), NULL,"
		" " IN_MEETING " || coalesce(char(10) || o.acronym, ''),"
		" coalesce(v.as_of, m.date), 0, coalesce(l.sort, i.name), m.number,"
		" a.label, NULL, NULL, o.acronym,"
		" coalesce(m.key, 0), coalesce(a.key, 0), 0, coalesce(o.key, 0)",
		"measurement AS v JOIN indicator AS i ON i.key = v.indicator"
		" LEFT JOIN organization AS o ON o.key = i.organization"
		" LEFT JOIN local_government AS l ON l.key = v.local_government"
		" LEFT JOIN meeting AS m ON m.key = v.meeting"
		" LEFT JOIN agenda_item AS a ON a.key = v.agenda_item",
		"v.key",
	},
	[SEARCH_BLOCKER] = {
		"b.key, NULL, NULL, b.reason, c.code || ' bloqueo', b.since, b.until IS NOT NULL,"
		" " NUMBER_OF("c.code") ","
		" NULL, NULL, " COMMITMENT_CODE ", NULL, NULL, 0, 0, c.key, 0",
		"blocker AS b JOIN commitment AS c ON c.key = b.commitment"
		" JOIN plan AS p ON p.key = c.plan",
		"b.key",
	},
	/* A report of figures alone has nothing to be found by. */
	[SEARCH_PROGRESS] = {
		"g.key, NULL, NULL, coalesce(g.note || char(10), '') || coalesce(g.evidence, ''),"
		" c.code || coalesce(' hito ' || ms.number, '')"
		" || coalesce(char(10) || m.number, ''),"
		" g.as_of, 0, " NUMBER_OF("c.code") ", m.number, a.label, "
		COMMITMENT_CODE ", ms.number, NULL,"
		" coalesce(m.key, 0), coalesce(a.key, 0), c.key, 0",
		"progress AS g JOIN commitment AS c ON c.key = g.commitment"
		" JOIN plan AS p ON p.key = c.plan"
		" LEFT JOIN milestone AS ms ON ms.key = g.milestone"
		" LEFT JOIN meeting AS m ON m.key = g.meeting"
		" LEFT JOIN agenda_item AS a ON a.key = g.agenda_item",
		"g.key",
	},
};

/* What is not among them does not count as text. */
static const char *const conditions[SEARCH_KIND_COUNT] = {
	[SEARCH_PROGRESS] = " AND (g.note IS NOT NULL OR g.evidence IS NOT NULL)",
};
/* clang-format on */

void search_source_add_sql(struct strbuf *out, enum search_kind kind, bool is_one)
{
	const char *const parts[] = {"SELECT ", sources[kind].key, ", ", sources[kind].columns,
				     " FROM ", sources[kind].from, " WHERE ", sources[kind].key,
				     is_one ? " = :key" : " > :key",
				     conditions[kind] ? conditions[kind] : ""};
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
		strbuf_adds(out, parts[i]);
	if (!is_one)
		strbuf_addf(out, " ORDER BY %s LIMIT :limit", sources[kind].key);
}

static void begin(struct query *query, struct store *store, enum search_kind kind, int64_t key,
		  bool is_one)
{
	struct strbuf sql;
	strbuf_init(&sql);
	search_source_add_sql(&sql, kind, is_one);
	query_begin_text(query, store, sql.data);
	query_bind_integer(query, ":key", key);
	strbuf_release(&sql);
}

void search_source_one(struct query *query, struct store *store, enum search_kind kind, int64_t key)
{
	begin(query, store, kind, key, true);
}

void search_source_after(struct query *query, struct store *store, enum search_kind kind,
			 int64_t after, int64_t limit)
{
	begin(query, store, kind, after, false);
	query_bind_integer(query, ":limit", limit);
}

enum rc search_source_count(struct store *store, int64_t *count, struct error *err)
{
	struct query query;
	int64_t found = 0;
	query_begin(&query, store, STATEMENT_SEARCH_COUNT);
	if (query_next(&query))
		found = query_integer(&query, 0);
	enum rc rc = query_end(&query, err);
	if (rc == RC_OK)
		*count = found;
	return rc;
}

/* ---- what depends on what */

enum { OF_ITSELF, OF_PARENT, OF_QUERY };

/*
 * An edit of a row of `table` may change the text of these records of `kind`: the row itself,
 * the record it is or was a part of, or those a query finds from its key. What a deleted
 * row was a part of stands in its operation; nothing else can refer to it any more.
 */
static const struct dependence {
	const char *table;
	enum search_kind kind;
	int how;
	const char *sql;
} dependences[] = {
	{"commitment", SEARCH_COMMITMENT, OF_ITSELF, NULL},
	{"commitment", SEARCH_MILESTONE, OF_QUERY,
	 "SELECT key FROM milestone WHERE commitment = :key"},
	{"commitment", SEARCH_PROGRESS, OF_QUERY,
	 "SELECT key FROM progress WHERE commitment = :key"},
	{"commitment", SEARCH_BLOCKER, OF_QUERY,
	 "SELECT key FROM blocker WHERE commitment = :key"},
	{"commitment", SEARCH_FOLLOWUP, OF_QUERY,
	 "SELECT key FROM followup WHERE commitment = :key"},
	{"commitment", SEARCH_DOCUMENT, OF_QUERY,
	 "SELECT key FROM document WHERE commitment = :key UNION"
	 " SELECT d.key FROM milestone AS ms JOIN document AS d ON d.milestone = ms.key"
	 " WHERE ms.commitment = :key"},
	{"plan", SEARCH_COMMITMENT, OF_QUERY, "SELECT key FROM commitment WHERE plan = :key"},
	{"plan", SEARCH_MILESTONE, OF_QUERY,
	 "SELECT ms.key FROM commitment AS c JOIN milestone AS ms ON ms.commitment = c.key"
	 " WHERE c.plan = :key"},
	{"commitment_party", SEARCH_COMMITMENT, OF_PARENT, NULL},
	{"commitment_party", SEARCH_COMMITMENT, OF_QUERY,
	 "SELECT commitment FROM commitment_party WHERE key = :key"},
	{"milestone", SEARCH_MILESTONE, OF_ITSELF, NULL},
	{"milestone", SEARCH_PROGRESS, OF_QUERY, "SELECT key FROM progress WHERE milestone = :key"},
	{"milestone", SEARCH_DOCUMENT, OF_QUERY, "SELECT key FROM document WHERE milestone = :key"},
	{"meeting", SEARCH_MEETING, OF_ITSELF, NULL},
	{"meeting", SEARCH_AGENDA, OF_QUERY, "SELECT key FROM agenda_item WHERE meeting = :key"},
	{"meeting", SEARCH_RESOLUTION, OF_QUERY, "SELECT key FROM entry WHERE meeting = :key"},
	{"meeting", SEARCH_FOLLOWUP, OF_QUERY, "SELECT key FROM followup WHERE meeting = :key"},
	{"meeting", SEARCH_PROGRESS, OF_QUERY, "SELECT key FROM progress WHERE meeting = :key"},
	{"meeting", SEARCH_INDICATOR, OF_QUERY, "SELECT key FROM measurement WHERE meeting = :key"},
	{"meeting", SEARCH_DOCUMENT, OF_QUERY, "SELECT key FROM document WHERE meeting = :key"},
	{"agenda_item", SEARCH_AGENDA, OF_ITSELF, NULL},
	{"agenda_item", SEARCH_MEETING, OF_PARENT, NULL},
	{"agenda_item", SEARCH_MEETING, OF_QUERY,
	 "SELECT meeting FROM agenda_item WHERE key = :key"},
	{"agenda_item", SEARCH_RESOLUTION, OF_QUERY,
	 "SELECT key FROM entry WHERE agenda_item = :key"},
	/* By way of the meeting, which has an index. */
	{"agenda_item", SEARCH_FOLLOWUP, OF_QUERY,
	 "SELECT f.key FROM agenda_item AS a JOIN followup AS f ON f.meeting = a.meeting"
	 " WHERE a.key = :key AND f.agenda_item = a.key"},
	{"agenda_item", SEARCH_INDICATOR, OF_QUERY,
	 "SELECT v.key FROM agenda_item AS a JOIN measurement AS v ON v.meeting = a.meeting"
	 " WHERE a.key = :key AND v.agenda_item = a.key"},
	{"entry", SEARCH_RESOLUTION, OF_ITSELF, NULL},
	{"organization", SEARCH_ORGANIZATION, OF_ITSELF, NULL},
	{"organization", SEARCH_COMMITMENT, OF_QUERY,
	 "SELECT commitment FROM commitment_party WHERE organization = :key"},
	{"organization", SEARCH_RESOLUTION, OF_QUERY,
	 "SELECT key FROM entry WHERE organization = :key"},
	{"organization", SEARCH_FOLLOWUP, OF_QUERY,
	 "SELECT followup FROM followup_responsible WHERE organization = :key"},
	{"organization", SEARCH_INDICATOR, OF_QUERY,
	 "SELECT v.key FROM indicator AS i JOIN measurement AS v ON v.indicator = i.key"
	 " WHERE i.organization = :key"},
	{"person", SEARCH_ORGANIZATION, OF_PARENT, NULL},
	{"person", SEARCH_ORGANIZATION, OF_QUERY,
	 "SELECT organization FROM person WHERE key = :key"},
	{"document", SEARCH_DOCUMENT, OF_ITSELF, NULL},
	{"followup", SEARCH_FOLLOWUP, OF_ITSELF, NULL},
	{"followup_responsible", SEARCH_FOLLOWUP, OF_PARENT, NULL},
	{"followup_responsible", SEARCH_FOLLOWUP, OF_QUERY,
	 "SELECT followup FROM followup_responsible WHERE key = :key"},
	{"followup_note", SEARCH_FOLLOWUP, OF_PARENT, NULL},
	{"followup_note", SEARCH_FOLLOWUP, OF_QUERY,
	 "SELECT followup FROM followup_note WHERE key = :key"},
	{"measurement", SEARCH_INDICATOR, OF_ITSELF, NULL},
	{"indicator", SEARCH_INDICATOR, OF_QUERY,
	 "SELECT key FROM measurement WHERE indicator = :key"},
	{"local_government", SEARCH_INDICATOR, OF_QUERY,
	 "SELECT key FROM measurement WHERE local_government = :key"},
	{"blocker", SEARCH_BLOCKER, OF_ITSELF, NULL},
	{"progress", SEARCH_PROGRESS, OF_ITSELF, NULL},
};

static void add_target(search_targets *targets, enum search_kind kind, int64_t key)
{
	if (key)
		vector_push(targets, ((struct search_target){kind, key}));
}

static void add_parents(search_targets *targets, enum search_kind kind,
			const struct search_edit *edit)
{
	for (size_t i = 0; i < ARRAY_COUNT(edit->parents); i++)
		add_target(targets, kind, edit->parents[i]);
}

static enum rc add_found(struct store *store, const struct dependence *dependence, int64_t key,
			 search_targets *targets, struct error *err)
{
	struct query query;
	query_begin_text(&query, store, dependence->sql);
	query_bind_integer(&query, ":key", key);
	while (query_next(&query))
		add_target(targets, dependence->kind, query_integer(&query, 0));
	return query_end(&query, err);
}

enum rc search_source_depending(struct store *store, const struct search_edit *edit,
				search_targets *targets, struct error *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < ARRAY_COUNT(dependences) && rc == RC_OK; i++) {
		const struct dependence *dependence = &dependences[i];
		if (strcmp(dependence->table, edit->table) != 0)
			continue;
		if (dependence->how == OF_ITSELF)
			add_target(targets, dependence->kind, edit->key);
		else if (dependence->how == OF_PARENT)
			add_parents(targets, dependence->kind, edit);
		else
			rc = add_found(store, dependence, edit->key, targets, err);
	}
	return rc;
}
