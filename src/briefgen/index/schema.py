"""The tables of an index."""

import unicodedata

SCHEMA_VERSION = 12
"""Raised with every change to what stands below or to what is written into it."""

FOLD_VERSION = f"1/{unicodedata.unidata_version}"
"""Changes whenever `fold` could fold the same text differently."""

OPEN_START, OPEN_END = -(2**63), 2**63 - 1
"""How an open end of a fact's date stands in `facts`: as the farthest 64-bit day number."""

SPANS = (1, 31, 366, 3660)
"""Most days that facts reach over, by `span`: one more has no bound, and UNDATED none at all.

What reaches into a range begins at most so many days before it: an index finds that, where it
could not tell how far a fact reaches that begins long before.
"""
UNDATED = -1

ORDER = "facts.first IS NULL, facts.first, facts.last, facts.id"
"""First day (open start first), last day (open end last), id; undated at the end."""


def span_of(first: int | None, last: int | None) -> int:
    """Which of SPANS holds what reaches from the first to the last day."""
    if first is None or last is None:
        return UNDATED
    days = last - first + 1
    return next((span for span, most in enumerate(SPANS) if days <= most), len(SPANS))


TABLES = """
-- head: what base.yaml says, if it has no error. fatal: the problems across files that
-- are.
-- numbering: see store.numbering_of.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row per file of the base: what reading it alone gave, so that it need not be read again.
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    fatal INTEGER NOT NULL
);
CREATE TABLE problems (file INTEGER NOT NULL,   -- 0: across files
    severity TEXT NOT NULL, count INTEGER NOT NULL,
    problems TEXT NOT NULL);    -- JSON; paths: codec.placeholder
CREATE TABLE records (file INTEGER, part INTEGER, record BLOB NOT NULL,
    PRIMARY KEY (file, part));  -- FileRecord, JSON, zlib
CREATE TABLE other_ids (file INTEGER NOT NULL, id TEXT NOT NULL,
    defined INTEGER NOT NULL);  -- rows.FileRows.ids

-- Only what filters and orders: a narrow table is scanned in no time.
CREATE TABLE facts (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    file INTEGER NOT NULL,
    good INTEGER NOT NULL,      -- 0: left out, a check across files found it faulty
    first INTEGER,              -- day numbers; NULL: undated
    last INTEGER,
    span INTEGER NOT NULL,      -- see SPANS
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    credibility INTEGER,
    marking TEXT NOT NULL,      -- its own; empty for none
    topics TEXT NOT NULL        -- its own, in its order, with spaces between
);
CREATE TABLE bodies (row INTEGER PRIMARY KEY, body TEXT NOT NULL);   -- facts.codec

CREATE TABLE fact_topics (topic TEXT, span INTEGER, first INTEGER, last INTEGER, row INTEGER,
    PRIMARY KEY (topic, span, first, last, row)) WITHOUT ROWID;
                                -- under each topic and everything that it is part of; see SPANS
CREATE TABLE fact_actors (actor TEXT, row INTEGER, PRIMARY KEY (actor, row)) WITHOUT ROWID;
CREATE TABLE fact_sources (source TEXT, row INTEGER, PRIMARY KEY (source, row)) WITHOUT ROWID;
CREATE TABLE fact_links (kind TEXT, target TEXT, row INTEGER,
    PRIMARY KEY (kind, target, row)) WITHOUT ROWID;         -- kind: supersedes, disputes

-- All good facts in their order, see order.py.
CREATE TABLE ordered (name TEXT PRIMARY KEY, listed BLOB NOT NULL);
CREATE TABLE topic_sets (topic TEXT PRIMARY KEY, places BLOB NOT NULL);

CREATE TABLE topics (id TEXT PRIMARY KEY) WITHOUT ROWID;    -- and everything they are part of
CREATE TABLE actors (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE actor_names (row INTEGER PRIMARY KEY, actor TEXT NOT NULL);
CREATE TABLE sources (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, reliability TEXT,
    marking TEXT NOT NULL,      -- as in facts
    body TEXT NOT NULL);
CREATE TABLE passages (number INTEGER PRIMARY KEY, id TEXT NOT NULL, good INTEGER NOT NULL,
    body TEXT NOT NULL);        -- good: as in facts

-- Words arrive folded and parted by spaces (fold.py). Every field is a column and every name a
-- row of its own, so that no phrase runs from one into the next.
CREATE VIRTUAL TABLE fact_words USING fts5(
    statement, detail, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE actor_words USING fts5(name, content='', columnsize=0, tokenize='ascii');
"""

INDEXES = """
CREATE INDEX IF NOT EXISTS problems_by_severity ON problems (severity, count);
CREATE INDEX IF NOT EXISTS facts_by_id ON facts (id);
CREATE INDEX IF NOT EXISTS facts_in_order ON facts
    (first IS NULL, first, last, id, good, status, topics);     -- ORDER, and what lists ask
CREATE INDEX IF NOT EXISTS facts_by_span ON facts (span, first, last);
CREATE INDEX IF NOT EXISTS facts_marked ON facts (marking) WHERE marking <> '';
CREATE INDEX IF NOT EXISTS fact_links_by_row ON fact_links (row);
"""
"""Made when all is in the tables: much faster than with each row."""
