/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_COMMITMENT_SQL_H
#define NUCLEO_STORE_COMMITMENT_SQL_H

/**
 * Private to src/store: SQL that counts how far a commitment is, for the lists. "c" is the row of
 * the commitment, "pr" the report on it as a whole, "ms" a milestone, "r" the finished row.
 */

/* Who is believed of those who report for one day: the group, then the entity, then the rest. */
#define WEIGHT                                                                                  \
	"(CASE g.reporter WHEN 'group' THEN 3 WHEN 'entity' THEN 2 WHEN 'counterpart' THEN 1"   \
	" ELSE 0 END)"
/* Of the report a percentage is taken from: the latest that has one. */
#define LATEST_REPORT(what, of)                                                                 \
	"(SELECT of_latest(" what ", g.as_of, " WEIGHT ", gm.date, g.rank, g.key) FROM progress" \
	" AS g LEFT JOIN meeting AS gm ON gm.key = g.meeting WHERE " of                         \
	" AND g.percent IS NOT NULL)"
#define MILESTONE_PERCENT LATEST_REPORT("g.percent", "g.milestone = ms.key")
/* What a reporter says last of a milestone; a report without a figure has a state all the same. */
#define MILESTONE_STATE(by)                                                                     \
	"(SELECT g.state FROM progress AS g WHERE g.milestone = ms.key AND g.reporter = '" by   \
	"' AND g.state IS NOT NULL ORDER BY g.as_of DESC, g.rank DESC, g.key DESC LIMIT 1)"
/* How many milestones there are, how many are reported, and their sum: one value, for each would
 * look at every report again. So it would without the limit, too: SQLite would put the percentage
 * wherever it is named. */
#define MILESTONE_TALLY                                                                         \
	"(SELECT json_array(count(*), count(percent), sum(percent)) FROM (SELECT "              \
	MILESTONE_PERCENT " AS percent FROM milestone AS ms WHERE ms.commitment = c.key LIMIT -1))"
#define MILESTONES_AS_OF                                                                        \
	"(SELECT g.as_of FROM progress AS g WHERE g.commitment = c.key"                         \
	" AND g.milestone IS NOT NULL AND g.percent IS NOT NULL ORDER BY g.as_of DESC LIMIT 1)"
/* The report on the commitment as a whole, unless its milestones were reported later. */
#define OWN_REPORT                                                                              \
	"LEFT JOIN progress AS pr ON pr.key = "                                                 \
	LATEST_REPORT("g.key", "g.commitment = c.key AND g.milestone IS NULL")                  \
	" AND pr.as_of >= coalesce(" MILESTONES_AS_OF ", '')"
/* On the finished row. Of all milestones: those not reported count as zero. */
#define TALLY(at) "(r.milestone_tally ->> " at ")"
#define COMMITMENT_PERCENT "coalesce(r.own_percent, " TALLY("2") " / " TALLY("0") ")"
#define COMMITMENT_AS_OF "coalesce(pr.as_of, " MILESTONES_AS_OF ")"
#define ELAPSED(as_of, starts, ends)                                                            \
	"CASE WHEN " as_of " <= " starts " THEN 0.0 WHEN " as_of " >= " ends " THEN 1.0"        \
	" ELSE (julianday(" as_of ") - julianday(" starts "))"                                  \
	" / (julianday(" ends ") - julianday(" starts ")) END"
/* Only where every milestone says when it is to be done. */
#define MILESTONES_EXPECTED                                                                     \
	"(SELECT iif(count(*) > 0 AND count(ms.starts) = count(*) AND count(ms.ends) = count(*)," \
	" 100 * avg(" ELAPSED("x.as_of", "ms.starts", "ms.ends") "), NULL)"                     \
	" FROM (SELECT " COMMITMENT_AS_OF " AS as_of) AS x, milestone AS ms"                    \
	" WHERE ms.commitment = c.key AND x.as_of IS NOT NULL)"
#define IS_OPEN                                                                                 \
	"(b.since IS NULL OR b.since <= :today) AND (b.until IS NULL OR b.until > :today)"
#define OPEN_BLOCKER                                                                            \
	"(SELECT b.reason FROM blocker AS b WHERE b.commitment = c.key AND " IS_OPEN            \
	" ORDER BY b.since, b.key LIMIT 1)"

#endif
