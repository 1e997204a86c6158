-- The database's contract: what a wiregraph file holds, in the order the program fills it.
--
-- * Offsets are code points of document.text, `end` exclusive, so that
--       substr(document.text, start + 1, end - start)
--   gives the very words. JSON and Python slices count the same way.
-- * Dates are ISO text: 2022-06-15, 2022-06 or 2022.
-- * Integer ids come from content (the first 63 bits of a SHA-256 over the row's key), never from the order in which
--   documents arrived: databases built apart can be merged, and the same input gives the same file, byte for byte.
-- * Nothing here is written by hand. `wiregraph sql` opens the file read-only.
-- * What a person decided (`judgement`) is kept apart from what was read: the columns named `..._as_read` hold the latter, and
--   everything else follows from them by going through the log again. So taking a decision back leaves no trace.

PRAGMA application_id = 0x77677270;  -- "wgrp"
PRAGMA user_version = 2;

------------------------------------------------------------------------------------------------------------- tables

-- A report. The same text under two names (a reprint) is two documents of one origin.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,               -- from name
    name        TEXT NOT NULL UNIQUE,              -- the JSONL id, else the path below the folder that was named
    source      TEXT,                              -- the outlet
    published   TEXT,
    language    TEXT NOT NULL,
    text        TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,                     -- of everything the analysis depends on: unchanged means nothing to do
    origin      INTEGER NOT NULL REFERENCES origin DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- An independent text. Reprints and long excerpts of one story share an origin; its id is that of its first document
-- (earliest publication, then name).
CREATE TABLE origin (
    id       INTEGER PRIMARY KEY REFERENCES document DEFERRABLE INITIALLY DEFERRED,
    claimant TEXT NOT NULL                         -- who answers for what nobody is quoted on: first outlet, else first document
) STRICT;

CREATE TABLE sentence (
    id       INTEGER PRIMARY KEY,                  -- from document, start, end
    document INTEGER NOT NULL REFERENCES document,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL
) STRICT;

CREATE TABLE entity (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,                      -- canonical
    type       TEXT NOT NULL CHECK (type IN ('PERSON', 'PLACE', 'ORG', 'FACILITY', 'EVENT', 'OTHER')),
    country    TEXT,                               -- ISO 3166 alpha-3
    sector     TEXT,                               -- PLOVER: GOV MIL REB OPP CVL ...
    discovered INTEGER NOT NULL CHECK (discovered IN (0, 1)),  -- 1: found in the text, listed in no gazetteer
    stands_for TEXT,                               -- entity id of the state a seat of power speaks for
    wikidata   TEXT,
    same_as    TEXT,                               -- by judgement another entity's id: what is said of this one is said of that
    name_as_read TEXT                              -- the name before a judgement changed it, else null
) STRICT, WITHOUT ROWID;

-- Every name by which an entity can be asked for.
CREATE TABLE alias (
    entity TEXT NOT NULL REFERENCES entity,
    text   TEXT NOT NULL,
    kind   TEXT NOT NULL,                          -- name, short, acronym, demonym, metonym, former, surname, role, judged
    folded TEXT NOT NULL,                          -- lower case, for look-up
    PRIMARY KEY (entity, text, kind)
) STRICT, WITHOUT ROWID;

-- Where a document speaks of an entity. A plural ("the two leaders") is one row per member, over the same words.
CREATE TABLE mention (
    document   INTEGER NOT NULL REFERENCES document,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    entity     TEXT NOT NULL REFERENCES entity,
    as_read    TEXT NOT NULL,                      -- the entity before any judgement; mostly the same
    sentence   INTEGER REFERENCES sentence,        -- null in headlines and captions
    kind       TEXT NOT NULL CHECK (kind IN ('name', 'nominal', 'pronoun')),
    text       TEXT NOT NULL,                      -- the words as they stand
    stands_for TEXT,                               -- canonical name of the state that is meant
    found_by   TEXT,                               -- an unlisted name: what gave it away (name-head, kind, title, apposition, given-name, recogniser, person-verb, repeat);
                                                   -- a description or pronoun: the sieve that settled it (reflexive, office, pair, head, called, described, person, thing, group)
    PRIMARY KEY (document, start, "end", as_read)
) STRICT, WITHOUT ROWID;

-- The edge. A negated edge is another edge; so is one of another class. The ends of a symmetric relation are in order of
-- entity id. The numbers are derived from `evidence` at the end of each run; hypothetical evidence strengthens nothing: it
-- is counted in its own column only.
CREATE TABLE relation (
    id           INTEGER PRIMARY KEY,              -- from the next seven
    subject      TEXT NOT NULL REFERENCES entity,
    predicate    TEXT NOT NULL,                    -- the typed relation, else the open predicate ("link with")
    typed        INTEGER NOT NULL CHECK (typed IN (0, 1)),
    class        TEXT,                             -- PLOVER event class
    object       TEXT NOT NULL REFERENCES entity,
    polarity     TEXT NOT NULL CHECK (polarity IN ('+', '-')),
    symmetric    INTEGER NOT NULL CHECK (symmetric IN (0, 1)),
    documents    INTEGER NOT NULL DEFAULT 0,       -- reports that say so
    origins      INTEGER NOT NULL DEFAULT 0,       -- independent texts among them
    claimants    INTEGER NOT NULL DEFAULT 0,       -- distinct speakers
    asserted     INTEGER NOT NULL DEFAULT 0,       -- evidence by status
    attributed   INTEGER NOT NULL DEFAULT 0,
    hypothetical INTEGER NOT NULL DEFAULT 0,
    first        TEXT,                             -- dates of the evidence counted (of the hypothetical, if there is no other)
    last         TEXT,
    trust        INTEGER,                          -- how surely it was read: the best of the evidence counted (of the hypothetical, if there is no other)
    judgement    TEXT CHECK (judgement IN ('confirmed', 'rejected')),  -- rejected: left out of answers that do not ask for it
    CHECK (NOT symmetric OR subject <= object)
) STRICT;

-- The words that an edge comes from. Subject and object are the edge's: for a symmetric relation whose ends were put in
-- order, the object may stand first in the text.
CREATE TABLE evidence (
    id             INTEGER PRIMARY KEY,            -- from relation, document, trigger, both spans
    relation       INTEGER NOT NULL REFERENCES relation,
    document       INTEGER NOT NULL REFERENCES document,
    sentence       INTEGER REFERENCES sentence,
    start          INTEGER NOT NULL,               -- the clause
    "end"          INTEGER NOT NULL,
    trigger_start  INTEGER NOT NULL,               -- the verb or noun that carries the relation
    trigger_end    INTEGER NOT NULL,
    subject_start  INTEGER NOT NULL,
    subject_end    INTEGER NOT NULL,
    subject_text   TEXT NOT NULL,
    subject_head   TEXT,                           -- the noun that stands in for it ("officials")
    subject_code   TEXT,                           -- ISO 3166 alpha-3 of the actor's state, or IGO, NGO, MNC
    subject_sector TEXT,
    object_start   INTEGER NOT NULL,
    object_end     INTEGER NOT NULL,
    object_text    TEXT NOT NULL,
    object_head    TEXT,
    object_code    TEXT,
    object_sector  TEXT,
    predicate      TEXT NOT NULL,                  -- the open predicate, also where the relation is typed
    predicate_text TEXT NOT NULL,
    modality       TEXT NOT NULL CHECK (modality IN ('asserted', 'intended', 'possible', 'conditional', 'requested')),
    status         TEXT NOT NULL CHECK (status IN ('asserted', 'attributed', 'hypothetical')),
    speaker        TEXT,                           -- the innermost speaker
    via            TEXT,                           -- who passed it on
    time           TEXT,                           -- as resolved: date, week, month, year or interval
    time_text      TEXT,
    date           TEXT,                           -- first day of `time`, else the day of publication
    rule           TEXT,
    trust          INTEGER CHECK (trust BETWEEN 1 AND 5),  -- how surely it was read: 5 direct, 4 construed, 3 resolved, 2 inferred, 1 tentative
                                                   -- (`wiregraph trust` explains them); null in a file of an earlier format until `build` reads the reports again
    subject_as_read TEXT,                          -- where a judgement changed an end of the edge: both as they were read
    object_as_read  TEXT,
    speaker_as_read TEXT                           -- where a judgement changed the speaker's name: as it was read
) STRICT;

-- What an entity says or does about something that is no entity ("refused to condemn the assault").
CREATE TABLE claim (
    id             INTEGER PRIMARY KEY,            -- from document, trigger, both spans
    document       INTEGER NOT NULL REFERENCES document,
    sentence       INTEGER REFERENCES sentence,
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL,
    trigger_start  INTEGER NOT NULL,
    trigger_end    INTEGER NOT NULL,
    subject        TEXT REFERENCES entity,
    subject_name   TEXT NOT NULL,
    subject_start  INTEGER NOT NULL,
    subject_end    INTEGER NOT NULL,
    subject_text   TEXT NOT NULL,
    predicate      TEXT NOT NULL,
    predicate_text TEXT NOT NULL,
    object_start   INTEGER NOT NULL,
    object_end     INTEGER NOT NULL,
    object_text    TEXT NOT NULL,
    polarity       TEXT NOT NULL CHECK (polarity IN ('+', '-')),
    modality       TEXT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('asserted', 'attributed', 'hypothetical')),
    speaker        TEXT,
    via            TEXT,
    subject_as_read TEXT                           -- where a judgement changed the subject: as it was read
) STRICT;

-- What a person decided, in order. Nothing is ever taken out: undone decisions are marked.
CREATE TABLE judgement (
    number  INTEGER PRIMARY KEY,
    verb    TEXT NOT NULL CHECK (verb IN ('merge', 'split', 'distinct', 'rename', 'confirm', 'reject')),
    verdict TEXT NOT NULL,                         -- JSON: entity ids as they were then, or the whole key of an edge
    because TEXT,
    made    TEXT NOT NULL,                         -- UTC
    undone  INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

-------------------------------------------------------------------------------------------------------------- views
-- What people ask. The comments stand inside, so that SQLite keeps them (`.schema edge`).

CREATE VIEW edge AS
-- Who does what to whom, with names: the table to start from.
SELECT r.id, s.name AS subject, r.predicate, r.class, o.name AS object, r.polarity, r.symmetric,
       r.documents, r.origins, r.claimants, r.asserted, r.attributed, r.hypothetical, r.first, r.last,
       CASE r.trust WHEN 5 THEN 'direct' WHEN 4 THEN 'construed' WHEN 3 THEN 'resolved' WHEN 2 THEN 'inferred' WHEN 1 THEN 'tentative' END AS trust,
       r.subject AS subject_id, r.object AS object_id, r.typed, r.judgement
FROM relation r JOIN entity s ON s.id = r.subject JOIN entity o ON o.id = r.object;

CREATE VIEW neighbor AS
-- Each edge as seen from each of its ends.
SELECT subject_id AS entity_id, subject AS entity, CASE WHEN symmetric THEN 'both' ELSE 'out' END AS direction,
       object_id AS neighbor_id, object AS neighbor, id AS relation, predicate, class, polarity,
       documents, origins, claimants, asserted, attributed, hypothetical, first, last, trust, judgement
FROM edge
UNION ALL
SELECT object_id, object, CASE WHEN symmetric THEN 'both' ELSE 'in' END,
       subject_id, subject, id, predicate, class, polarity,
       documents, origins, claimants, asserted, attributed, hypothetical, first, last, trust, judgement
FROM edge WHERE subject_id <> object_id;

CREATE VIEW timeline AS
-- Every piece of evidence with its date, words and names.
SELECT v.date, e.subject, e.predicate, e.class, e.object, e.polarity, v.status, v.speaker, v.via,
       coalesce(v.speaker, g.claimant) AS claimant, d.name AS document, d.source, d.published,
       coalesce(t.text, substr(d.text, v.start + 1, v."end" - v.start)) AS text,
       CASE v.trust WHEN 5 THEN 'direct' WHEN 4 THEN 'construed' WHEN 3 THEN 'resolved' WHEN 2 THEN 'inferred' WHEN 1 THEN 'tentative' END AS trust,
       e.subject_id, e.object_id, e.id AS relation, v.id AS evidence, e.judgement
FROM evidence v JOIN edge e ON e.id = v.relation JOIN document d ON d.id = v.document
JOIN origin g ON g.id = d.origin LEFT JOIN sentence t ON t.id = v.sentence;

CREATE VIEW dispute AS
-- Both sides of what is said and denied. (A denial may be another class of event: to refuse to aid is to reject.)
SELECT p.subject, p.predicate, p.class, n.class AS class_against, p.object,
       p.documents AS documents_for, p.origins AS origins_for, p.claimants AS claimants_for,
       n.documents AS documents_against, n.origins AS origins_against, n.claimants AS claimants_against,
       p.id AS relation_for, n.id AS relation_against, p.subject_id, p.object_id
FROM edge p JOIN relation n ON n.subject = p.subject_id AND n.object = p.object_id AND n.predicate = p.predicate
     AND n.symmetric = p.symmetric AND n.typed = p.typed AND n.polarity = '-'
WHERE p.polarity = '+' AND p.documents > 0 AND n.documents > 0
  AND p.judgement IS NOT 'rejected' AND n.judgement IS NOT 'rejected';

------------------------------------------------------------------------------------- indexes (made after the first load)

CREATE INDEX IF NOT EXISTS document_by_origin ON document (origin);
CREATE INDEX IF NOT EXISTS sentence_by_document ON sentence (document, start);
CREATE INDEX IF NOT EXISTS alias_by_text ON alias (text);
CREATE INDEX IF NOT EXISTS alias_by_folded ON alias (folded);
CREATE INDEX IF NOT EXISTS mention_by_entity ON mention (entity);
CREATE INDEX IF NOT EXISTS relation_by_subject ON relation (subject, object, predicate);
CREATE INDEX IF NOT EXISTS relation_by_object ON relation (object, subject, predicate);
CREATE INDEX IF NOT EXISTS evidence_by_relation ON evidence (relation, status, date);
CREATE INDEX IF NOT EXISTS evidence_by_document ON evidence (document);
CREATE INDEX IF NOT EXISTS claim_by_subject ON claim (subject);
CREATE INDEX IF NOT EXISTS claim_by_document ON claim (document);

-- Full text over the sentences: SELECT ... FROM sentence_text WHERE sentence_text MATCH 'bridge AND river'.
CREATE VIRTUAL TABLE IF NOT EXISTS sentence_text USING fts5
    (text, content = 'sentence', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
