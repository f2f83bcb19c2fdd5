-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a meeting is made of while it lasts: its clock, who stands for whom, how it
-- decided, and what is left for the next one.

-- When it really began and ended, beside the hours it was convened for; and why it was
-- closed although something was missing.
ALTER TABLE meeting ADD COLUMN opened TEXT CHECK (opened GLOB '[0-2][0-9]:[0-5][0-9]');
ALTER TABLE meeting ADD COLUMN closed TEXT CHECK (closed GLOB '[0-2][0-9]:[0-5][0-9]');
ALTER TABLE meeting ADD COLUMN closing_reason TEXT;

ALTER TABLE attendance ADD COLUMN standing TEXT CHECK (standing IN ('principal', 'alternate'));

-- The time of day since which an item in progress is being treated; what was spent on it
-- before is minutes_spent.
ALTER TABLE agenda_item ADD COLUMN resumed TEXT CHECK (resumed GLOB '[0-2][0-9]:[0-5][0-9]');
-- Left for the agenda of the next meeting instead of standing in this one's.
ALTER TABLE agenda_item ADD COLUMN parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1));
-- What the item is about, where it was put on the agenda for it.
ALTER TABLE agenda_item ADD COLUMN followup INTEGER REFERENCES followup (key);
ALTER TABLE agenda_item ADD COLUMN "commitment" INTEGER REFERENCES "commitment" (key);
CREATE INDEX agenda_item_by_followup ON agenda_item (followup) WHERE followup IS NOT NULL;
CREATE INDEX agenda_item_by_commitment ON agenda_item ("commitment")
  WHERE "commitment" IS NOT NULL;
CREATE INDEX agenda_item_by_carried_from ON agenda_item (carried_from)
  WHERE carried_from IS NOT NULL;

-- A question nobody has answered yet.
ALTER TABLE entry ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0 CHECK (doubt IN (0, 1));
-- The figures of a vote and the rule that judged them; "tally" prints both with the arithmetic.
ALTER TABLE entry ADD COLUMN vote_rule TEXT
  CHECK (vote_rule IN ('simple', 'two_thirds', 'four_fifths', 'by_sector'));
ALTER TABLE entry ADD COLUMN votes_for INTEGER CHECK (votes_for >= 0);
ALTER TABLE entry ADD COLUMN votes_against INTEGER CHECK (votes_against >= 0);
ALTER TABLE entry ADD COLUMN votes_abstained INTEGER CHECK (votes_abstained >= 0);

-- How each institution voted, where that is recorded.
CREATE TABLE ballot (
  key INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL REFERENCES entry (key),
  organization INTEGER NOT NULL REFERENCES organization (key),
  choice TEXT NOT NULL CHECK (choice IN ('for', 'against', 'abstained'))
) STRICT;
CREATE INDEX ballot_by_entry ON ballot (entry, organization);
CREATE INDEX ballot_by_organization ON ballot (organization);
