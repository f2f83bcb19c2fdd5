-- SPDX-License-Identifier: GPL-3.0-or-later
-- What most migrations will be: a table, a column and what it holds in old rows.
CREATE TABLE topic (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> '')
) STRICT;
ALTER TABLE followup ADD COLUMN priority INTEGER CHECK (priority > 0);
UPDATE followup SET priority = 1, description = description || ' (urgente)' WHERE status = 'open';
CREATE INDEX followup_by_priority ON followup (priority) WHERE priority IS NOT NULL;
