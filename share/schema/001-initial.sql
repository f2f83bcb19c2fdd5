-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables of a group's database. They are a function of its history: every
-- row is written by the operations kept there and by nothing else, so there are
-- no triggers, cascades, generated columns or functions of our own, and plain
-- sqlite3 opens the file. Row keys are random 53-bit integers made by whoever
-- writes the row. Dates are ISO 8601 text, times of day 'HH:MM'. "sort" is a
-- key that orders as Spanish readers expect. Positions are ranks: ties are
-- broken by key, never forbidden.

CREATE TABLE setting (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  value TEXT
) STRICT;

CREATE TABLE organization (
  key INTEGER PRIMARY KEY,
  acronym TEXT NOT NULL UNIQUE CHECK (acronym <> ''),
  name TEXT,
  sector TEXT NOT NULL
    CHECK (sector IN ('public', 'civil_society', 'academia', 'private', 'other')),
  review INTEGER NOT NULL DEFAULT 0 CHECK (review IN (0, 1)),
  sort TEXT NOT NULL
) STRICT;
CREATE INDEX organization_by_sort ON organization (sort, key);

CREATE TABLE membership (
  key INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL REFERENCES organization (key),
  role TEXT NOT NULL CHECK (role IN ('member', 'observer', 'guest')),
  seat TEXT CHECK (seat IN ('presidency', 'co_presidency')),
  starts TEXT CHECK (starts IS date(starts, '+0 days')),
  ends TEXT CHECK (ends IS date(ends, '+0 days'))
) STRICT;
CREATE INDEX membership_by_organization ON membership (organization);

CREATE TABLE person (
  key INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL REFERENCES organization (key),
  post TEXT NOT NULL,
  standing TEXT CHECK (standing IN ('principal', 'alternate')),
  name TEXT,
  email TEXT
) STRICT;
CREATE INDEX person_by_organization ON person (organization);

CREATE TABLE plan (
  key INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  title TEXT,
  ogp_id TEXT,
  starts TEXT CHECK (starts IS date(starts, '+0 days')),
  ends TEXT CHECK (ends IS date(ends, '+0 days')),
  CHECK (starts IS NULL OR ends IS NULL OR starts < ends)
) STRICT;

-- Codes are found however they are typed.
CREATE INDEX plan_by_code ON plan (code COLLATE NOCASE);

CREATE TABLE commitment (
  key INTEGER PRIMARY KEY,
  plan INTEGER NOT NULL REFERENCES plan (key),
  code TEXT NOT NULL CHECK (code <> ''),
  title TEXT,
  axis TEXT,
  problem TEXT,
  description TEXT,
  contribution TEXT,
  ogp_values TEXT,
  ods TEXT,
  information TEXT,
  contact_post TEXT,
  technical_note TEXT,
  starts TEXT CHECK (starts IS date(starts, '+0 days')),
  ends TEXT CHECK (ends IS date(ends, '+0 days')),
  ogp_id TEXT,
  -- The judgement of the independent reporting mechanism, entered by hand and
  -- never derived from the national percentage.
  irm_completion TEXT CHECK (irm_completion IN
    ('no_evidence', 'not_started', 'limited', 'substantial', 'complete')),
  sort TEXT NOT NULL,
  UNIQUE (plan, code),
  CHECK (starts IS NULL OR ends IS NULL OR starts < ends)
) STRICT;
CREATE INDEX commitment_by_sort ON commitment (sort, key);
CREATE INDEX commitment_by_plan ON commitment (plan, sort, key);
CREATE INDEX commitment_by_code ON commitment (code COLLATE NOCASE, plan);

CREATE TABLE commitment_party (
  key INTEGER PRIMARY KEY,
  commitment INTEGER NOT NULL REFERENCES commitment (key),
  organization INTEGER NOT NULL REFERENCES organization (key),
  role TEXT NOT NULL CHECK (role IN ('lead', 'counterpart', 'support')),
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX commitment_party_by_commitment ON commitment_party
  (commitment, role, rank, key, organization);
CREATE INDEX commitment_party_by_organization ON commitment_party (organization);

CREATE TABLE milestone (
  key INTEGER PRIMARY KEY,
  commitment INTEGER NOT NULL REFERENCES commitment (key),
  number INTEGER NOT NULL CHECK (number > 0),
  title TEXT,
  deliverable TEXT,
  starts TEXT CHECK (starts IS date(starts, '+0 days')),
  ends TEXT CHECK (ends IS date(ends, '+0 days')),
  original_starts TEXT CHECK (original_starts IS date(original_starts, '+0 days')),
  original_ends TEXT CHECK (original_ends IS date(original_ends, '+0 days')),
  CHECK (starts IS NULL OR ends IS NULL OR starts <= ends)
) STRICT;
-- The list of commitments adds up the milestones and reports of each, whose rows lie all over the
-- file: these indexes have all it asks for.
CREATE INDEX milestone_by_commitment ON milestone (commitment, number, starts, ends);

CREATE TABLE meeting (
  key INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (number <> ''),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  starts TEXT CHECK (starts GLOB '[0-2][0-9]:[0-5][0-9]'),
  ends TEXT CHECK (ends GLOB '[0-2][0-9]:[0-5][0-9]'),
  place TEXT,
  virtual_place TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'convened', 'in_session', 'closed', 'approved')),
  prepared_by TEXT,
  -- Posts that sign, one a line: who signed and when is another matter.
  signatories TEXT
) STRICT;
CREATE INDEX meeting_by_number ON meeting (number COLLATE NOCASE);
CREATE INDEX meeting_by_date ON meeting (date || ' ' || number, key);
-- What belongs to meetings is listed newest meeting first but in its own order within each, so
-- this one counts days backwards. The lists name these expressions to the letter.
CREATE INDEX meeting_newest ON meeting
  (printf('%07d', 9999999 - CAST(coalesce(julianday(date), 0) AS INTEGER)));

CREATE TABLE attendance (
  key INTEGER PRIMARY KEY,
  meeting INTEGER NOT NULL REFERENCES meeting (key),
  organization INTEGER NOT NULL REFERENCES organization (key),
  capacity TEXT NOT NULL CHECK (capacity IN ('member', 'observer', 'guest')),
  status TEXT NOT NULL CHECK (status IN ('present', 'absent', 'excused')),
  mode TEXT CHECK (mode IN ('in_person', 'virtual')),
  delegate TEXT,
  rank INTEGER NOT NULL DEFAULT 0,
  arrived TEXT CHECK (arrived GLOB '[0-2][0-9]:[0-5][0-9]'),
  departed TEXT CHECK (departed GLOB '[0-2][0-9]:[0-5][0-9]')
) STRICT;
CREATE INDEX attendance_by_meeting ON attendance (meeting, rank);
CREATE INDEX attendance_by_organization ON attendance (organization);

CREATE TABLE agenda_item (
  key INTEGER PRIMARY KEY,
  meeting INTEGER NOT NULL REFERENCES meeting (key),
  parent INTEGER REFERENCES agenda_item (key),
  rank INTEGER NOT NULL,
  label TEXT NOT NULL,
  title TEXT NOT NULL,
  presenter TEXT,
  minutes_planned INTEGER CHECK (minutes_planned >= 0),
  minutes_spent INTEGER CHECK (minutes_spent >= 0),
  state TEXT NOT NULL CHECK (state IN ('pending', 'in_progress', 'done', 'deferred')),
  carried_from INTEGER REFERENCES agenda_item (key)
) STRICT;
CREATE INDEX agenda_item_by_meeting ON agenda_item (meeting, rank);
CREATE INDEX agenda_item_by_parent ON agenda_item (parent) WHERE parent IS NOT NULL;

CREATE TABLE entry (
  key INTEGER PRIMARY KEY,
  meeting INTEGER NOT NULL REFERENCES meeting (key),
  agenda_item INTEGER REFERENCES agenda_item (key),
  rank INTEGER NOT NULL,
  organization INTEGER REFERENCES organization (key),
  kind TEXT NOT NULL CHECK (kind IN ('note', 'decision', 'request', 'undertaking')),
  text TEXT NOT NULL CHECK (text <> ''),
  decision_number TEXT UNIQUE,
  decision_kind TEXT CHECK (decision_kind IN ('consensus', 'reservations', 'vote', 'noted')),
  decision_state TEXT,
  objections TEXT,
  tally TEXT,
  private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
  CHECK ((kind = 'decision') = (decision_kind IS NOT NULL)),
  CHECK (kind = 'decision' OR decision_number IS NULL)
) STRICT;
CREATE INDEX entry_by_meeting ON entry (meeting, rank);
CREATE INDEX entry_by_agenda_item ON entry (agenda_item, rank);
CREATE INDEX entry_by_organization ON entry (organization) WHERE organization IS NOT NULL;

CREATE TABLE progress (
  key INTEGER PRIMARY KEY,
  commitment INTEGER NOT NULL REFERENCES commitment (key),
  milestone INTEGER REFERENCES milestone (key),
  as_of TEXT NOT NULL CHECK (as_of IS date(as_of, '+0 days')),
  -- Null means "not reported": kept, and never superseding a figure.
  percent REAL CHECK (percent BETWEEN 0 AND 100),
  state TEXT CHECK (state IN ('definition', 'planning', 'execution', 'completed', 'stopped')),
  reporter TEXT CHECK (reporter IN ('entity', 'counterpart', 'group')),
  meeting INTEGER REFERENCES meeting (key),
  agenda_item INTEGER REFERENCES agenda_item (key),
  evidence TEXT,
  note TEXT,
  -- Among reports of one reporter on the same for the same day: the last word has the highest.
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX progress_by_commitment ON progress
  (commitment, as_of, milestone, percent, meeting, reporter, rank);
CREATE INDEX progress_by_milestone ON progress
  (milestone, as_of, percent, meeting, reporter, rank, state)
  WHERE milestone IS NOT NULL;
CREATE INDEX progress_by_meeting ON progress (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX progress_by_agenda_item ON progress (agenda_item) WHERE agenda_item IS NOT NULL;
CREATE INDEX progress_newest ON progress
  (printf('%07d', 9999999 - CAST(coalesce(julianday(as_of), 0) AS INTEGER)));

CREATE TABLE blocker (
  key INTEGER PRIMARY KEY,
  commitment INTEGER NOT NULL REFERENCES commitment (key),
  since TEXT CHECK (since IS date(since, '+0 days')),
  until TEXT CHECK (until IS date(until, '+0 days')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  owner INTEGER REFERENCES organization (key)
) STRICT;
CREATE INDEX blocker_by_commitment ON blocker (commitment);
CREATE INDEX blocker_by_owner ON blocker (owner) WHERE owner IS NOT NULL;
CREATE INDEX blocker_by_since ON blocker (coalesce(since, ''));

CREATE TABLE followup (
  key INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL CHECK (description <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('undertaking', 'request', 'invitation', 'task')),
  status TEXT NOT NULL CHECK (status IN ('proposed', 'open', 'in_progress', 'done', 'dropped')),
  due TEXT CHECK (due IS date(due, '+0 days')),
  due_text TEXT,
  meeting INTEGER REFERENCES meeting (key),
  agenda_item INTEGER REFERENCES agenda_item (key),
  entry INTEGER REFERENCES entry (key),
  commitment INTEGER REFERENCES commitment (key),
  carried INTEGER NOT NULL DEFAULT 0 CHECK (carried >= 0)
) STRICT;
-- The list of follow-ups shows the pending ones by due date, then those without
-- one, then the finished ones, newest first: a partial index each, so that a page of the list
-- costs the same with ten rows and with a hundred thousand. Codes count: after their year comes
-- how long they are, as one letter, so that S-2023-1000 follows S-2023-999. The lists name these
-- expressions to the letter.
CREATE INDEX followup_pending_due ON followup
  (due || ' ' || substr(code, 1, 7) || char(64 + length(code)) || code, key)
  WHERE status NOT IN ('done', 'dropped') AND due IS NOT NULL;
CREATE INDEX followup_pending_undated ON followup
  (substr(code, 1, 7) || char(64 + length(code)) || code, key)
  WHERE status NOT IN ('done', 'dropped') AND due IS NULL;
CREATE INDEX followup_finished ON followup
  (substr(code, 1, 7) || char(64 + length(code)) || code, key)
  WHERE status IN ('done', 'dropped');
CREATE INDEX followup_by_meeting ON followup (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX followup_by_agenda_item ON followup (agenda_item) WHERE agenda_item IS NOT NULL;
CREATE INDEX followup_by_commitment ON followup (commitment) WHERE commitment IS NOT NULL;
CREATE INDEX followup_by_entry ON followup (entry) WHERE entry IS NOT NULL;

CREATE TABLE followup_responsible (
  key INTEGER PRIMARY KEY,
  followup INTEGER NOT NULL REFERENCES followup (key),
  organization INTEGER NOT NULL REFERENCES organization (key),
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX followup_responsible_by_followup ON followup_responsible
  (followup, rank, key, organization);
CREATE INDEX followup_responsible_by_organization ON followup_responsible (organization);

CREATE TABLE followup_note (
  key INTEGER PRIMARY KEY,
  followup INTEGER NOT NULL REFERENCES followup (key),
  text TEXT NOT NULL CHECK (text <> '')
) STRICT;
CREATE INDEX followup_note_by_followup ON followup_note (followup);

CREATE TABLE local_government (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  level TEXT CHECK (level IN ('province', 'municipality', 'parish')),
  sort TEXT NOT NULL
) STRICT;
CREATE INDEX local_government_by_sort ON local_government (sort, key);

CREATE TABLE indicator (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  organization INTEGER REFERENCES organization (key),
  unit TEXT
) STRICT;
CREATE INDEX indicator_by_organization ON indicator (organization) WHERE organization IS NOT NULL;

CREATE TABLE measurement (
  key INTEGER PRIMARY KEY,
  indicator INTEGER NOT NULL REFERENCES indicator (key),
  local_government INTEGER REFERENCES local_government (key),
  value REAL NOT NULL,
  as_of TEXT CHECK (as_of IS date(as_of, '+0 days')),
  meeting INTEGER REFERENCES meeting (key),
  agenda_item INTEGER REFERENCES agenda_item (key)
) STRICT;
CREATE INDEX measurement_by_indicator ON measurement (indicator);
CREATE INDEX measurement_by_local_government ON measurement (local_government);
CREATE INDEX measurement_by_meeting ON measurement (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX measurement_by_agenda_item ON measurement (agenda_item)
  WHERE agenda_item IS NOT NULL;
CREATE INDEX measurement_newest ON measurement
  (printf('%07d', 9999999 - CAST(coalesce(julianday(as_of), 0) AS INTEGER)))
  WHERE meeting IS NULL;

CREATE TABLE ogp_application (
  key INTEGER PRIMARY KEY,
  local_government INTEGER NOT NULL REFERENCES local_government (key),
  state TEXT NOT NULL
    CHECK (state IN ('interested', 'preparing', 'submitted', 'accepted', 'declined')),
  submitted TEXT CHECK (submitted IS date(submitted, '+0 days')),
  note TEXT
) STRICT;
CREATE INDEX ogp_application_by_local_government ON ogp_application (local_government);

CREATE TABLE document (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('acta', 'guide', 'annex', 'evidence', 'other')),
  title TEXT NOT NULL CHECK (title <> ''),
  location TEXT,
  sha256 TEXT CHECK (length(sha256) = 64),
  meeting INTEGER REFERENCES meeting (key),
  commitment INTEGER REFERENCES commitment (key),
  milestone INTEGER REFERENCES milestone (key),
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX document_by_meeting ON document (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX document_alone ON document
  (printf('%03d', instr('acta guide annex evidence other', kind))
    || printf('%09d', max(0, min(999999999, rank + 500000000))), key)
  WHERE meeting IS NULL;
CREATE INDEX document_by_commitment ON document (commitment) WHERE commitment IS NOT NULL;

CREATE TABLE reference (
  key INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  country TEXT,
  plan TEXT,
  year INTEGER,
  title TEXT,
  text TEXT,
  institution TEXT,
  url TEXT
) STRICT;
CREATE INDEX reference_by_code ON reference (code);

-- The text of an approved acta as it was approved, chained in order of approval.
CREATE TABLE seal (
  key INTEGER PRIMARY KEY,
  meeting INTEGER NOT NULL UNIQUE REFERENCES meeting (key),
  rank INTEGER NOT NULL,
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  previous_sha256 TEXT CHECK (length(previous_sha256) = 64)
) STRICT;

-- One row an operation, derived from the operation's bytes alone. "parent" is
-- the hash of the operation before, "hash" the SHA-256 of "text".
CREATE TABLE history (
  number INTEGER PRIMARY KEY,
  op TEXT NOT NULL UNIQUE,
  parent TEXT NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  host TEXT NOT NULL,
  words TEXT NOT NULL,
  undoes TEXT,
  refused TEXT,
  text TEXT NOT NULL
) STRICT;
