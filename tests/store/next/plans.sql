-- SPDX-License-Identifier: GPL-3.0-or-later
-- A rule of a table that others refer to: it is made anew, with its rows.
CREATE TABLE plan_anew (
  key INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> '' AND code <> 'no cabe'),
  title TEXT,
  ogp_id TEXT,
  starts TEXT CHECK (starts IS date(starts, '+0 days')),
  ends TEXT CHECK (ends IS date(ends, '+0 days')),
  CHECK (starts IS NULL OR ends IS NULL OR starts < ends)
) STRICT;
INSERT INTO plan_anew SELECT key, code, title, ogp_id, starts, ends FROM plan;
DELETE FROM plan_anew WHERE code = 'sobra';
DROP TABLE plan;
ALTER TABLE plan_anew RENAME TO plan;
CREATE INDEX plan_by_code ON plan (code COLLATE NOCASE);
