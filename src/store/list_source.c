/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/list_source.h"

#include "nucleo/store/commitment_sql.h"
#include "nucleo/store/query.h"
#include "nucleo/store/record_sql.h"

/* Ranks may be any integer; as text of one width they sort as numbers. */
#define RANK(rank) "printf('%09d', max(0, min(999999999, " rank " + 500000000)))"
/* Days as text that sorts the latest first: to the letter what the indexes "newest" are on. */
#define LATEST_FIRST(date)                                                                      \
	"printf('%07d', 9999999 - CAST(coalesce(julianday(" date "), 0) AS INTEGER))"
#define LED_BY_DAY(date) .lead = LATEST_FIRST(date), .lead_of = "substr(:sort, 1, 7)"
/* Meetings newest first, each by itself, as text that sorts ascending; those without one last. */
#define NEWEST_FIRST(meeting)                                                                   \
	"iif(" meeting ".key IS NULL, 'z', "                                                    \
	LATEST_FIRST(meeting ".date") " || " meeting ".number || ' ')"
/* The place of a word in a list of words, from 1. */
#define PLACE(words, column) "printf('%03d', instr('" words "', " column "))"

#define DOCUMENT_PLACE                                                                          \
	PLACE("acta guide annex evidence other", "d.kind") " || " RANK("d.rank")

/* The plan that began last; before any has, the one that comes last. */
#define PRESENT_PLAN                                                                            \
	"(SELECT q_.key FROM plan AS q_ ORDER BY q_.starts IS NULL OR q_.starts <= :today DESC," \
	" coalesce(q_.starts, '') DESC, q_.code DESC LIMIT 1)"

/* Records whose institutions have a word in their acronym. */
#define HAS_PARTY(key, owner, table)                                                            \
	key " IN (SELECT t_." owner " FROM organization AS o_ JOIN " table " AS t_"             \
	    " ON t_.organization = o_.key WHERE has_text(@, o_.acronym))"

#define SECTORS_OF_LEADS                                                                        \
	"SELECT o_.sector AS sector FROM commitment_party AS t_ JOIN organization AS o_"        \
	" ON o_.key = t_.organization WHERE t_.commitment = c.key AND t_.role = 'lead'"

/* Records a commitment was spoken of in. */
#define SPOKEN_OF(column)                                                                       \
	" IN (SELECT " column " FROM progress WHERE commitment = :commitment"                   \
	" UNION ALL SELECT " column " FROM followup WHERE commitment = :commitment)"

/* The same codes come back in every plan: a paragraph speaks of the plan that was running, or that
 * its meeting measured. */
#define MEETINGS_OF_PLAN                                                                        \
	"SELECT m_.key FROM commitment AS v_ JOIN plan AS q_ ON q_.key = v_.plan JOIN meeting"  \
	" AS m_ ON m_.date || ' ' || m_.number BETWEEN q_.starts AND q_.ends || '~'"            \
	" WHERE v_.key = :commitment UNION SELECT g_.meeting FROM commitment AS v_"             \
	" JOIN commitment AS w_ ON w_.plan = v_.plan JOIN progress AS g_"                       \
	" ON g_.commitment = w_.key WHERE v_.key = :commitment AND g_.meeting IS NOT NULL"

/* Operations that are not published, as rows of the history before its first. */
#define QUEUE                                                                                   \
	"(SELECT number - " TEXT_OF(HISTORY_QUEUE) " AS number, op, text, parked,"              \
	" text ->> '$.at' AS at, text ->> '$.by' AS by, text ->> '$.host' AS host,"             \
	" text ->> '$.words' AS words, text ->> '$.undoes' AS undoes, NULL AS refused"          \
	" FROM pending) AS h"
#define IS_NEW "(h.number > :seen AND NOT (h.by = :actor AND h.host = :host))"

/* clang-format off */
const struct list_source list_sources[RECORD_KIND_COUNT] = {
	[RECORD_ORGANIZATION] = {
		.columns = "o.acronym AS acronym, o.name AS name, o.sector AS sector,"
			" " MEMBERSHIP_TODAY("b.role") " AS role, o.review AS review,"
			" " MEMBERSHIP_TODAY("b.key") " AS membership_key,"
			" " MEMBERSHIP_TODAY("b.starts") " AS starts,"
			" " MEMBERSHIP_TODAY("b.ends") " AS ends,"
			" attended(:attendance, o.key) AS attended,"
			" attendable(:attendance, o.key) AS meetings,"
			" absence_streak(:attendance, o.key) AS absence_streak",
		.from = "organization AS o",
		.key = "o.key",
		.words = "o.acronym, o.name",
		.segments = {{.sort = "o.sort"}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "o.key = :key",
			[LIST_BY_ORGANIZATION] = "o.key = :organization",
			[LIST_BY_MEETING] = "o.key IN (SELECT organization FROM attendance WHERE"
				" meeting = :meeting)",
			[LIST_BY_COMMITMENT] =
				"o.key IN (SELECT organization FROM commitment_party WHERE"
				" commitment = :commitment)",
		},
	},
	[RECORD_PLAN] = {
		.columns = "p.code AS code, p.title AS title, p.starts AS starts, p.ends AS ends,"
			" p.ogp_id AS ogp_id",
		.from = "plan AS p",
		.key = "p.key",
		.words = "p.code, p.title",
		.day = "p.starts",
		.segments = {{.sort = "p.code"}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "p.key = :key",
			[LIST_BY_PLAN] = "p.key = :plan",
			[LIST_BY_COMMITMENT] = "p.key = (SELECT plan FROM commitment WHERE key ="
				" :commitment)",
		},
	},
	[RECORD_COMMITMENT] = {
		.columns = "c.code AS code, p.code AS plan, c.title AS title, c.axis AS axis,"
			" c.problem AS problem, c.description AS description, c.ogp_values AS"
			" ogp_values,"
			" c.contribution AS contribution, c.information AS information,"
			" c.contact_post AS contact_post, c.technical_note AS technical_note,"
			" c.ods AS ods, c.ogp_id AS ogp_id, c.irm_completion AS irm_completion,"
			" coalesce(c.starts, p.starts) AS starts, coalesce(c.ends, p.ends) AS"
			" ends, "
			PARTIES("lead") " AS lead, " PARTIES("counterpart") " AS counterpart, "
			PARTIES("support") " AS support,"
			" pr.percent AS own_percent, " MILESTONE_TALLY " AS milestone_tally, "
			COMMITMENT_AS_OF " AS as_of, "
			LATEST_REPORT("g.percent", "g.commitment = c.key AND g.milestone IS NULL"
			" AND g.as_of < " COMMITMENT_AS_OF)
			" AS previous_percent, c.starts AS own_starts, c.ends AS own_ends, "
			MILESTONES_EXPECTED " AS milestone_expected, " OPEN_BLOCKER " AS blocker, "
			COMMITMENT_CODE " AS called",
		.from = "commitment AS c LEFT JOIN plan AS p ON p.key = c.plan " OWN_REPORT,
		.key = "c.key",
		.words = "c.code, p.code, c.title, c.axis, c.problem, c.description",
		.related_words = {
			HAS_PARTY("c.key", "commitment", "commitment_party"),
			"c.key IN (SELECT commitment FROM blocker AS b WHERE " IS_OPEN
			" AND has_text(@, b.reason))",
		},
		.day = COMMITMENT_AS_OF,
		.sector = SECTORS_OF_LEADS,
		.derived = {
			{"expected_percent", "expected_percent(r.as_of, r.starts, r.ends,"
				" r.milestone_expected)"},
			{"pace", "pace(r.as_of, r.starts, r.ends, r.milestone_expected,"
				" " COMMITMENT_PERCENT ")"},
			{"overdue", "coalesce(r.ends < :today AND " COMMITMENT_PERCENT
				" IS NOT 100, 0)"},
			{"blocked", "r.blocker IS NOT NULL"},
			{"percent", COMMITMENT_PERCENT},
			{"milestones", TALLY("0")},
			{"milestones_reported", TALLY("1")},
			{"milestones_sum", TALLY("2")},
		},
		/* First the plan people work on now. */
		.segments = {
			{.where = "c.plan = " PRESENT_PLAN, .sort = "c.sort"},
			{.where = "c.plan <> " PRESENT_PLAN, .sort = "c.sort",
			.only_if = "SELECT count(*) > 1 FROM plan"},
		},
		.segment_count = 2,
		.restrictions = {
			[LIST_BY_KEY] = "c.key = :key",
			[LIST_BY_COMMITMENT] = "c.key = :commitment",
			[LIST_BY_PLAN] = "c.plan = :plan",
			[LIST_BY_MEETING] = "c.key IN (SELECT commitment FROM progress WHERE"
				" meeting = :meeting"
				" UNION ALL SELECT commitment FROM followup WHERE meeting ="
				" :meeting)",
			[LIST_BY_AGENDA_ITEM] = "c.key IN (SELECT commitment FROM progress WHERE"
				" agenda_item = :agenda_item"
				" UNION ALL SELECT commitment FROM followup WHERE agenda_item ="
				" :agenda_item)",
			[LIST_BY_ORGANIZATION] =
				"c.key IN (SELECT commitment FROM commitment_party WHERE"
				" organization = :organization)",
		},
	},
	[RECORD_MILESTONE] = {
		.columns = "c.code AS \"commitment\", p.code AS plan, ms.number AS number,"
			" ms.title AS title, ms.deliverable AS deliverable,"
			" ms.starts AS starts, ms.ends AS ends, ms.original_starts AS"
			" original_starts, ms.original_ends AS original_ends,"
			" ms.commitment AS commitment_key, "
			MILESTONE_PERCENT " AS percent, "
			MILESTONE_STATE("entity") " AS entity_state, "
			MILESTONE_STATE("counterpart") " AS counterpart_state, "
			MILESTONE_STATE("group") " AS group_state",
		.from = "milestone AS ms JOIN commitment AS c ON c.key = ms.commitment JOIN plan"
			" AS p ON p.key = c.plan",
		.key = "ms.key",
		.words = "p.code, c.code, ms.title, ms.deliverable",
		.day = "ms.ends",
		.sector = SECTORS_OF_LEADS,
		.derived = {
			{"disagreement",
				"(coalesce(r.entity_state <> r.counterpart_state, 0)"
				" OR coalesce(r.entity_state <> r.group_state, 0)"
				" OR coalesce(r.counterpart_state <> r.group_state, 0))"},
			{"overdue", "coalesce(r.ends < :today AND r.percent IS NOT 100, 0)"},
		},
		.segments = {{.sort = "c.sort || ' ' || " RANK("ms.number"), .lead = "c.sort",
			.lead_of = "substr(:sort, 1, length(:sort) - 10)"}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "ms.key = :key",
			[LIST_BY_COMMITMENT] = "ms.commitment = :commitment",
			[LIST_BY_PLAN] = "c.plan = :plan",
			[LIST_BY_ORGANIZATION] =
				"c.key IN (SELECT commitment FROM commitment_party WHERE"
				" organization = :organization)",
		},
	},
	[RECORD_PROGRESS] = {
		.columns = "c.code AS \"commitment\", p.code AS plan, CAST(ms.number AS TEXT) AS"
			" milestone,"
			" g.as_of AS as_of, g.percent AS percent, g.reporter AS reporter,"
			" m.number AS meeting,"
			" a.label AS item, g.note AS note, coalesce(g.agenda_item, 0) AS item_key,"
			" g.state AS state, g.evidence AS evidence, g.rank AS rank",
		.from = "progress AS g JOIN commitment AS c ON c.key = g.commitment JOIN plan AS"
			" p ON p.key = c.plan"
			" LEFT JOIN milestone AS ms ON ms.key = g.milestone LEFT JOIN meeting AS"
			" m ON m.key = g.meeting"
			" LEFT JOIN agenda_item AS a ON a.key = g.agenda_item",
		.key = "g.key",
		.words = "p.code, c.code, c.title, m.number, g.note, g.evidence",
		/* A meeting measures many commitments on one day. */
		.day = "g.as_of",
		.sector = SECTORS_OF_LEADS,
		.segments = {{.sort = LATEST_FIRST("g.as_of") " || c.sort || ' ' || "
			RANK("coalesce(ms.number, 0)") " || " WEIGHT " || " RANK("g.rank"),
			LED_BY_DAY("g.as_of")}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "g.key = :key",
			[LIST_BY_COMMITMENT] = "g.commitment = :commitment",
			[LIST_BY_PLAN] = "c.plan = :plan",
			[LIST_BY_MEETING] = "g.meeting = :meeting",
			[LIST_BY_AGENDA_ITEM] = "g.agenda_item = :agenda_item",
			[LIST_BY_ORGANIZATION] =
				"c.key IN (SELECT commitment FROM commitment_party WHERE"
				" organization = :organization)",
		},
	},
	[RECORD_BLOCKER] = {
		.columns = "c.code AS \"commitment\", p.code AS plan, b.since AS since, b.until"
			" AS until,"
			" b.reason AS reason, w.acronym AS owner",
		.from = "blocker AS b JOIN commitment AS c ON c.key = b.commitment JOIN plan AS p"
			" ON p.key = c.plan LEFT JOIN organization AS w ON w.key = b.owner",
		.key = "b.key",
		.words = "p.code, c.code, c.title, b.reason",
		.day = "b.since",
		.sector = SECTORS_OF_LEADS,
		.segments = {{.sort = "coalesce(b.since, '') || ' ' || c.sort",
			.lead = "coalesce(b.since, '')",
			.lead_of = "substr(:sort, 1, instr(:sort, ' ') - 1)"}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "b.key = :key",
			[LIST_BY_COMMITMENT] = "b.commitment = :commitment",
			[LIST_BY_PLAN] = "c.plan = :plan",
			[LIST_BY_ORGANIZATION] = "b.owner = :organization",
		},
	},
	[RECORD_MEETING] = {
		.columns = "m.number AS number, m.date AS date, m.starts AS starts, m.ends AS"
			" ends, m.place AS place,"
			" m.status AS status, m.prepared_by AS prepared_by, m.signatories AS"
			" signatories,"
			" m.virtual_place AS virtual_place, m.opened AS opened, m.closed AS closed,"
			" m.closing_reason AS closing_reason,"
			" (SELECT group_concat(title, char(10)) FROM (SELECT d.title FROM"
			" document AS d"
			" WHERE d.meeting = m.key AND d.kind = 'annex' ORDER BY d.rank, d.key))"
			" AS annexes,"
			" (SELECT count(*) FROM agenda_item AS a WHERE a.meeting = m.key AND"
			" +a.parent IS NULL) AS items,"
			" (SELECT count(*) FROM attendance AS t WHERE t.meeting = m.key AND"
			" t.status = 'present') AS present",
		.from = "meeting AS m",
		.key = "m.key",
		.words = "m.number, m.date, m.place, m.prepared_by,"
			" (SELECT group_concat(a.title) FROM agenda_item AS a WHERE a.meeting ="
			" m.key)",
		.day = "m.date",
		.segments = {{.sort = "m.date || ' ' || m.number", .is_unique = true,
			.descending = true}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "m.key = :key",
			[LIST_BY_MEETING] = "m.key = :meeting",
			[LIST_BY_COMMITMENT] = "m.key" SPOKEN_OF("meeting"),
			[LIST_BY_AGENDA_ITEM] = "m.key = (SELECT meeting FROM agenda_item WHERE"
				" key = :agenda_item)",
			[LIST_BY_ORGANIZATION] =
				"m.key IN (SELECT meeting FROM attendance WHERE organization ="
				" :organization)",
		},
	},
	[RECORD_AGENDA] = {
		.columns = "m.number AS meeting, a.label AS label, u.label AS parent, a.title AS"
			" title, a.state AS state,"
			" a.presenter AS presenter, a.minutes_planned AS minutes_planned,"
			" a.minutes_spent AS minutes_spent,"
			" a.resumed AS resumed, a.parked AS parked, f.code AS followup,"
			" iif(c.key IS NULL, NULL, " COMMITMENT_CODE ") AS \"commitment\","
			" (SELECT n.number || '/' || w.label FROM agenda_item AS w JOIN meeting"
			" AS n ON n.key = w.meeting WHERE w.key = a.carried_from) AS carried_from,"
			" coalesce(a.followup, 0) AS followup_key,"
			" coalesce(a.\"commitment\", 0) AS commitment_key,"
			" coalesce(a.carried_from, 0) AS carried_key,"
			" a.rank AS rank, coalesce(a.parent, 0) AS parent_key,"
			" (SELECT count(*) FROM entry AS e WHERE e.agenda_item = a.key) AS entries",
		.from = "agenda_item AS a JOIN meeting AS m ON m.key = a.meeting"
			" LEFT JOIN agenda_item AS u ON u.key = a.parent"
			" LEFT JOIN followup AS f ON f.key = a.followup"
			" LEFT JOIN \"commitment\" AS c ON c.key = a.\"commitment\""
			" LEFT JOIN plan AS p ON p.key = c.plan",
		.key = "a.key",
		.words = "m.number, a.label, a.title, a.presenter",
		.day = "m.date",
		.segments = {{.sort = NEWEST_FIRST("m") " || " RANK("a.rank"),
			LED_BY_DAY("m.date")}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "a.key = :key",
			[LIST_BY_AGENDA_ITEM] = "a.key = :agenda_item",
			[LIST_BY_MEETING] = "a.meeting = :meeting",
			[LIST_BY_COMMITMENT] = "a.key" SPOKEN_OF("agenda_item"),
			[LIST_BY_ORGANIZATION] = "a.key IN (SELECT agenda_item FROM entry WHERE"
				" organization = :organization)",
		},
	},
	[RECORD_ATTENDEE] = {
		.columns = "m.number AS meeting, o.acronym AS organization, o.name AS name,"
			" o.sector AS sector,"
			" t.capacity AS capacity, t.status AS status, t.mode AS mode, t.delegate"
			" AS delegate, t.standing AS standing, t.arrived AS arrived, t.departed"
			" AS departed,"
			" t.rank AS rank",
		.from = "attendance AS t JOIN meeting AS m ON m.key = t.meeting LEFT JOIN"
			" organization AS o ON o.key = t.organization",
		.key = "t.key",
		.words = "m.number, o.acronym, o.name, t.delegate",
		.day = "m.date",
		.segments = {{.sort = NEWEST_FIRST("m") " || " PLACE("member observer guest",
			"t.capacity") " || "
			PLACE("public civil_society academia private other", "o.sector") " || "
			RANK("t.rank"), LED_BY_DAY("m.date")}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "t.key = :key",
			[LIST_BY_MEETING] = "t.meeting = :meeting",
			[LIST_BY_ORGANIZATION] = "t.organization = :organization",
		},
	},
	[RECORD_RESOLUTION] = {
		.columns = ENTRY_ID " AS id, m.number AS meeting, a.label AS item, o.acronym AS"
			" organization,"
			" e.text AS text, e.kind AS kind, e.decision_number AS decision_number,"
			" e.decision_kind AS decision_kind, e.objections AS objections, e.tally"
			" AS tally, e.vote_rule AS vote_rule,"
			" coalesce(e.votes_for, -1) AS votes_for,"
			" coalesce(e.votes_against, -1) AS votes_against,"
			" coalesce(e.votes_abstained, -1) AS votes_abstained,"
			" (SELECT group_concat(w, char(10)) FROM (SELECT o.acronym || ' ' ||"
			" b.choice AS w FROM ballot AS b JOIN organization AS o ON o.key ="
			" b.organization WHERE b.entry = e.key ORDER BY o.sort)) AS ballots,"
			" e.private AS private, e.doubt AS doubt, e.rank AS rank,"
			" coalesce(e.agenda_item, 0) AS item_key, e.meeting AS meeting_key",
		.from = "entry AS e JOIN meeting AS m ON m.key = e.meeting"
			" LEFT JOIN agenda_item AS a ON a.key = e.agenda_item"
			" LEFT JOIN organization AS o ON o.key = e.organization",
		.key = "e.key",
		.words = "m.number, a.label, o.acronym, e.text, e.decision_number, e.objections",
		.day = "m.date",
		.sector = "SELECT o.sector AS sector",
		/* What comes before the first item is led by a blank, which sorts before
		 * any rank. */
		.segments = {{.sort = NEWEST_FIRST("m") " || iif(a.key IS NULL, ' ', "
			RANK("a.rank") " || a.key || ' ') || " RANK("e.rank"),
			LED_BY_DAY("m.date")}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "e.key = :key",
			[LIST_BY_MEETING] = "e.meeting = :meeting",
			[LIST_BY_AGENDA_ITEM] = "e.agenda_item = :agenda_item",
			[LIST_BY_ORGANIZATION] = "e.organization = :organization",
			[LIST_BY_COMMITMENT] =
				"e.key IN (SELECT entry FROM followup WHERE commitment ="
				" :commitment UNION ALL SELECT w.key FROM entry AS w WHERE"
				" w.meeting IN (" MEETINGS_OF_PLAN ") AND mentions(w.text,"
				" (SELECT code FROM commitment WHERE key = :commitment)))",
		},
	},
	[RECORD_FOLLOWUP] = {
		.columns = "f.code AS id, f.description AS description, f.kind AS kind, f.status"
			" AS status,"
			" f.due AS due, f.due_text AS due_text, m.number AS meeting, a.label AS"
			" item, "
			ACRONYMS("followup_responsible", "followup", "f.key") IN_RANK " AS"
			" responsible, "
			"iif(c.key IS NULL, NULL, " COMMITMENT_CODE ") AS \"commitment\","
			" f.carried AS carried, e.text AS sentence,"
			" (SELECT group_concat(text, char(10)) FROM (SELECT"
			" replace(n_.text, char(10), ' ') AS text FROM followup_note AS n_ WHERE"
			" n_.followup = f.key ORDER BY n_.text, n_.key)) AS notes,"
			" coalesce(f.entry, 0) AS entry_key, coalesce(f.agenda_item, 0) AS"
			" item_key,"
			" coalesce(f.meeting, 0) AS meeting_key, coalesce(f.commitment, 0) AS"
			" commitment_key",
		.from = "followup AS f LEFT JOIN meeting AS m ON m.key = f.meeting"
			" LEFT JOIN agenda_item AS a ON a.key = f.agenda_item LEFT JOIN entry AS"
			" e ON e.key = f.entry"
			" LEFT JOIN commitment AS c ON c.key = f.commitment LEFT JOIN plan AS p"
			" ON p.key = c.plan",
		.key = "f.key",
		.words = "f.code, f.description, f.due_text, f.due",
		.related_words = {
			"f.meeting IN (SELECT key FROM meeting WHERE has_text(@, number))",
			"f.commitment IN (SELECT key FROM commitment WHERE has_text(@, code))",
			HAS_PARTY("f.key", "followup", "followup_responsible"),
		},
		.day = "f.due",
		.sector = "SELECT o_.sector AS sector FROM followup_responsible AS t_ JOIN"
			" organization AS o_ ON o_.key = t_.organization WHERE t_.followup = f.key",
		.derived = {{"overdue", "coalesce(r.due < :today AND r.status NOT IN ('done',"
			" 'dropped'), 0)"}},
		.segments = {
			{.where = "f.status NOT IN ('done', 'dropped') AND f.due IS NOT NULL",
			.sort = "f.due || ' ' || " IN_CODES("f.code"), .is_unique = true},
			{.where = "f.status NOT IN ('done', 'dropped') AND f.due IS NULL",
			.sort = IN_CODES("f.code"), .is_unique = true},
			{.where = "f.status IN ('done', 'dropped')", .sort = IN_CODES("f.code"),
			.is_unique = true, .descending = true},
		},
		.segment_count = 3,
		.restrictions = {
			[LIST_BY_KEY] = "f.key = :key",
			[LIST_BY_MEETING] = "f.meeting = :meeting",
			[LIST_BY_AGENDA_ITEM] = "f.agenda_item = :agenda_item",
			[LIST_BY_COMMITMENT] = "f.commitment = :commitment",
			[LIST_BY_PLAN] = "f.commitment IN (SELECT key FROM commitment WHERE plan"
				" = :plan)",
			[LIST_BY_ORGANIZATION] =
				"f.key IN (SELECT followup FROM followup_responsible WHERE"
				" organization = :organization)",
		},
	},
	[RECORD_INDICATOR] = {
		.columns = "o.acronym AS organization, l.name AS place, i.name AS name, v.value"
			" AS value,"
			" coalesce(v.as_of, m.date) AS as_of, m.number AS meeting, a.label AS item,"
			" v.indicator AS indicator_key, coalesce(v.local_government, 0) AS"
			" place_key, coalesce(v.agenda_item, 0) AS item_key",
		/* The meeting first: a left join is never taken out of its place. */
		.from = "measurement AS v LEFT JOIN meeting AS m ON m.key = v.meeting"
			" LEFT JOIN indicator AS i ON i.key = v.indicator"
			" LEFT JOIN organization AS o ON o.key = i.organization"
			" LEFT JOIN local_government AS l ON l.key = v.local_government"
			" LEFT JOIN agenda_item AS a ON a.key = v.agenda_item",
		.key = "v.key",
		.words = "o.acronym, i.name, l.name, m.number",
		.day = "coalesce(v.as_of, m.date)",
		.sector = "SELECT o.sector AS sector",
		/* Of the newest meeting first; those no meeting spoke of are the last. */
		.segments = {
			{.where = "m.key IS NOT NULL",
			.sort = NEWEST_FIRST("m") " || " LATEST_FIRST("coalesce(v.as_of, m.date)")
				" || printf('%016d', i.key) || coalesce(l.sort, '')",
			LED_BY_DAY("m.date")},
			{.where = "v.meeting IS NULL",
			.sort = LATEST_FIRST("v.as_of") " || printf('%016d', i.key) ||"
				" coalesce(l.sort, '')", LED_BY_DAY("v.as_of")},
		},
		.segment_count = 2,
		.restrictions = {
			[LIST_BY_KEY] = "v.key = :key",
			[LIST_BY_MEETING] = "v.meeting = :meeting",
			[LIST_BY_AGENDA_ITEM] = "v.agenda_item = :agenda_item",
			[LIST_BY_ORGANIZATION] = "i.organization = :organization",
		},
	},
	[RECORD_DOCUMENT] = {
		.columns = "d.kind AS kind, d.title AS title, d.location AS location, d.sha256 AS"
			" sha256,"
			" m.number AS meeting, iif(c.key IS NULL, NULL, " COMMITMENT_CODE ") AS"
			" \"commitment\"",
		.from = "document AS d LEFT JOIN meeting AS m ON m.key = d.meeting"
			" LEFT JOIN commitment AS c ON c.key = d.commitment LEFT JOIN plan AS p"
			" ON p.key = c.plan",
		.key = "d.key",
		.words = "d.title, d.location, m.number, c.code",
		.day = "m.date",
		.segments = {
			{.where = "m.key IS NOT NULL",
			.sort = NEWEST_FIRST("m") " || " DOCUMENT_PLACE, LED_BY_DAY("m.date")},
			{.where = "d.meeting IS NULL", .sort = DOCUMENT_PLACE},
		},
		.segment_count = 2,
		.restrictions = {
			[LIST_BY_KEY] = "d.key = :key",
			[LIST_BY_MEETING] = "d.meeting = :meeting",
			[LIST_BY_COMMITMENT] = "d.commitment = :commitment",
			[LIST_BY_PLAN] = "c.plan = :plan",
		},
	},
	[RECORD_PERSON] = {
		.columns = "o.acronym AS organization, q.post AS post, q.standing AS standing,"
			" q.name AS name, q.email AS email",
		.from = "person AS q JOIN organization AS o ON o.key = q.organization",
		.key = "q.key",
		.words = "o.acronym, q.post, q.name",
		.sector = "SELECT o.sector AS sector",
		/* Who stands for the institution first, then who takes her place. */
		.segments = {{.sort = "o.sort || ' ' || CASE q.standing WHEN 'principal' THEN 1"
			" WHEN 'alternate' THEN 2 ELSE 3 END || printf('%016d', q.key)",
			.lead = "o.sort", .lead_of = "substr(:sort, 1, length(:sort) - 18)"}},
		.segment_count = 1,
		.restrictions = {
			[LIST_BY_KEY] = "q.key = :key",
			[LIST_BY_ORGANIZATION] = "q.organization = :organization",
		},
	},
	/* What waits comes first: it is the newest there is. */
	[RECORD_HISTORY] = {
		.columns = "max(h.number, 0) AS number, h.op AS op, h.at AS at, h.by AS by,"
			" h.host AS host,"
			" h.words AS words,"
			" h.refused AS refused, coalesce((SELECT u.number FROM history AS u WHERE"
			" u.op = h.undoes), 0) AS undoes,"
			" CASE WHEN h.refused IS NOT NULL THEN 'refused' WHEN h.parked IS NOT NULL"
			" THEN 'parked' WHEN h.number < 0 THEN 'queued' ELSE 'published' END AS"
			" state, h.parked AS parked,"
			" instr(h.text, '\"delete\":') > 0 AS deletes, " IS_NEW " AS new,"
			" iif(:brief, NULL, json_extract(h.text, '$.post')) AS post,"
			" undone_by(:undone, h.op) AS undone_key",
		.key = "h.number",
		.words = "h.words, h.by, h.at",
		.operation = "h.number",
		.day = "date(h.at, 'localtime')",
		.derived = {{"undone", "r.undone_key <> 0"},
			{"undone_by", "max(r.undone_key, 0)"}},
		.segments = {
			{.from = QUEUE, .descending = true,
			.only_if = "SELECT count(*) FROM sqlite_schema WHERE name = 'pending'"},
			{.from = "(SELECT *, NULL AS parked FROM history) AS h",
			.descending = true},
		},
		.segment_count = 2,
		.restrictions = {[LIST_BY_KEY] = "h.number = :key"},
	},
	/* Gathered beforehand: see trash.h. */
	[RECORD_TRASH] = {
		.columns = "t.value ->> 'kind' AS kind, t.value ->> 'code' AS code,"
			" t.value ->> 'text' AS text, t.value ->> 'at' AS at,"
			" t.value ->> 'by' AS by, t.value ->> 'number' AS number,"
			" t.value ->> 'table' AS \"table\", t.value ->> 'operation' AS operation",
		.from = "json_each(:trash) AS t",
		.key = "(t.value ->> 'key')",
		.words = "t.value ->> 'code', t.value ->> 'text',"
			" t.value ->> 'by'",
		.day = "date(t.value ->> 'at', 'localtime')",
		.segments = {{.sort = "printf('%09d', t.key)"}},
		.segment_count = 1,
		.restrictions = {[LIST_BY_KEY] = "t.value ->> 'key' = :key"},
	},
};
