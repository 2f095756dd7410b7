"""The layout of the register's tables, and the number by which it is known."""

from qadaya.vocabulary import CODED_COLUMNS, DERIVED_COLUMNS, OPTIONAL_COLUMNS

APPLICATION = 0x51616461  # "Qada", so that another program's file is recognised
LAYOUT = 5

CODES = (*CODED_COLUMNS, *OPTIONAL_COLUMNS, *DERIVED_COLUMNS)

TABLES = f"""
CREATE TABLE receipts (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, suffix TEXT NOT NULL,
    file TEXT NOT NULL, received_at TEXT NOT NULL, court TEXT, year INTEGER,
    supplement INTEGER NOT NULL, ends INTEGER NOT NULL, chain TEXT NOT NULL
);
CREATE TABLE returns (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL UNIQUE,
    receipt INTEGER NOT NULL REFERENCES receipts (id),
    file TEXT NOT NULL, sheet TEXT, court_id TEXT, circuit_id TEXT, year INTEGER,
    version INTEGER, current INTEGER NOT NULL, state_alone TEXT NOT NULL,
    state TEXT NOT NULL, synthetic INTEGER NOT NULL, difficulties TEXT,
    seen INTEGER NOT NULL, others TEXT NOT NULL, supplement INTEGER NOT NULL
);
CREATE TABLE case_rows (
    return TEXT NOT NULL REFERENCES returns (id), "row" INTEGER NOT NULL,
    accepted_alone INTEGER NOT NULL, accepted INTEGER NOT NULL,
    covered INTEGER NOT NULL, cells TEXT NOT NULL, typed TEXT NOT NULL,
    {", ".join(CODES)}
);
CREATE TABLE problems (
    id INTEGER PRIMARY KEY, return TEXT NOT NULL REFERENCES returns (id),
    rule TEXT NOT NULL, severity TEXT NOT NULL, sheet TEXT, "row" INTEGER,
    cell TEXT, value TEXT, facts TEXT NOT NULL, across INTEGER NOT NULL
);
CREATE INDEX receipts_by_content ON receipts (sha256);
CREATE INDEX returns_by_court ON returns (court_id, year);
CREATE INDEX returns_by_kind ON returns (synthetic, file) WHERE state != 'refused';
CREATE INDEX returns_by_circuit ON returns (circuit_id, year);
CREATE INDEX rows_by_return ON case_rows (return);
CREATE INDEX rows_by_reference ON case_rows (case_reference)
    WHERE case_reference IS NOT NULL;
CREATE INDEX problems_by_return ON problems (return);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {LAYOUT};
"""
