"""The register's schema as append-only steps: one path for new files and old ones.

Each step runs in one transaction with its version number (``user_version``). Never edit a released step.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress

from desktop.storage.chain_beginning import begin_chain

APPLICATION_ID = 0x526F5468  # "RoTh"
APPEND_ONLY = ("operation", "history", "issued_report", "chain", "signed_copy")

_STEP_1 = (
    """CREATE TABLE complaint (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        notified TEXT NOT NULL,
        channel TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, place TEXT NOT NULL, unit TEXT NOT NULL,
        complainant TEXT NOT NULL, telephone TEXT NOT NULL,
        stated TEXT, accepted TEXT, completed TEXT, transferred TEXT,
        answer TEXT NOT NULL, letter_number TEXT NOT NULL, order_number TEXT NOT NULL,
        action TEXT NOT NULL, coordination TEXT NOT NULL,
        status TEXT NOT NULL,
        next_step TEXT, next_due TEXT, next_act_by TEXT,
        number_key TEXT NOT NULL, subject_key TEXT NOT NULL, type_key TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX complaint_by_notified ON complaint (notified)",
    "CREATE INDEX complaint_by_next ON complaint (next_due, number) WHERE next_due IS NOT NULL",
    "CREATE INDEX complaint_by_act ON complaint (next_act_by, next_due) WHERE next_act_by IS NOT NULL",
    "CREATE INDEX complaint_by_number ON complaint (number_key)",
    "CREATE INDEX complaint_by_subject ON complaint (subject_key)",
    "CREATE INDEX complaint_by_type ON complaint (type_key)",
    "CREATE INDEX complaint_by_status ON complaint (status, notified)",
    """CREATE TABLE entry (
        complaint INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
        position INTEGER NOT NULL,
        first INTEGER NOT NULL CHECK (first IN (0, 1)),
        day TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (complaint, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE reopening (
        complaint INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
        position INTEGER NOT NULL,
        completed TEXT NOT NULL, reopened TEXT NOT NULL,
        PRIMARY KEY (complaint, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE complaint_type (
        complaint INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (complaint, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX complaint_type_by_name ON complaint_type (name, complaint)",
    """CREATE TABLE quality_item (
        complaint INTEGER NOT NULL REFERENCES complaint ON DELETE CASCADE,
        item TEXT NOT NULL,
        ticked INTEGER, not_applicable TEXT NOT NULL,
        PRIMARY KEY (complaint, item)
    ) STRICT, WITHOUT ROWID""",
    # The searchable text once more, casefolded, as TIS-620 bytes; ``wide`` only where TIS-620 cannot hold it.
    "CREATE TABLE search_text (complaint INTEGER PRIMARY KEY REFERENCES complaint ON DELETE CASCADE,"
    " narrow BLOB NOT NULL, wide TEXT) STRICT",
    "CREATE TABLE office_year (year INTEGER PRIMARY KEY, rules TEXT NOT NULL, project TEXT NOT NULL,"
    " core_types TEXT NOT NULL) STRICT",
    "CREATE TABLE office_type (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE shipped_day (day TEXT PRIMARY KEY, name TEXT NOT NULL, source TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE calendar_change (day TEXT PRIMARY KEY, closed INTEGER NOT NULL, why TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE operation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, why TEXT NOT NULL,
        undoes INTEGER REFERENCES operation
    ) STRICT""",
    "CREATE UNIQUE INDEX operation_undone_once ON operation (undoes) WHERE undoes IS NOT NULL",
    """CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        operation INTEGER NOT NULL REFERENCES operation,
        kind TEXT NOT NULL, key TEXT NOT NULL, changes TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX history_by_key ON history (kind, key)",
    "CREATE INDEX history_by_operation ON history (operation)",
    """CREATE TABLE import_batch (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        operation INTEGER NOT NULL REFERENCES operation,
        files TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE issued_report (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        month TEXT NOT NULL, revision INTEGER NOT NULL CHECK (revision >= 1),
        drawn_on TEXT NOT NULL, last TEXT NOT NULL, send_by TEXT NOT NULL,
        figures TEXT NOT NULL, numbers TEXT NOT NULL, notified_later TEXT NOT NULL,
        plan TEXT NOT NULL, target TEXT NOT NULL, spent TEXT NOT NULL, note TEXT NOT NULL, why TEXT NOT NULL,
        issued_at TEXT NOT NULL, pdf BLOB NOT NULL, sha256 TEXT NOT NULL, length INTEGER NOT NULL,
        UNIQUE (month, revision)
    ) STRICT""",
    "CREATE TABLE sent (report INTEGER PRIMARY KEY REFERENCES issued_report, sent_on TEXT NOT NULL) STRICT",
    *(
        f"CREATE TRIGGER {table}_keeps_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in ("operation", "history", "issued_report")
        for verb in ("UPDATE", "DELETE")
    ),
)

_STEP_2 = (
    # Checksums of derived columns: against bad disks, not against people.
    "ALTER TABLE complaint ADD COLUMN next_check INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE complaint ADD COLUMN list_check INTEGER NOT NULL DEFAULT 0",
    "DROP TABLE office_type",  # nothing was ever written to it
    "DROP TRIGGER history_keeps_update",
    "ALTER TABLE history ADD COLUMN seal BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE history ADD COLUMN digest BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE issued_report ADD COLUMN head TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE chain (operation INTEGER PRIMARY KEY REFERENCES operation, link BLOB NOT NULL) STRICT",
    """CREATE TABLE outage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        began TEXT NOT NULL, ended TEXT NOT NULL, what TEXT NOT NULL, noted_by TEXT NOT NULL, noted_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX outage_by_began ON outage (began)",
    """CREATE TABLE attachment (
        id INTEGER PRIMARY KEY,
        owner_kind TEXT NOT NULL, owner TEXT NOT NULL,
        sha256 TEXT NOT NULL, media TEXT NOT NULL, size INTEGER NOT NULL,
        name TEXT NOT NULL, added_at TEXT NOT NULL,
        UNIQUE (owner_kind, owner, sha256)
    ) STRICT""",
    """CREATE TABLE signed_copy (
        sha256 TEXT PRIMARY KEY,
        length INTEGER NOT NULL,
        report INTEGER NOT NULL REFERENCES issued_report,
        signer TEXT NOT NULL, way TEXT NOT NULL, signed_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)
_KEPT = tuple(
    f"CREATE TRIGGER {table}_keeps_{verb} BEFORE {verb} ON {table}"
    f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in ("chain", "signed_copy")
    for verb in ("update", "delete")
)
# A value erased by law is the one thing that may change in the history, and only to what its erasure says: with the
# value goes the salt of its seal, the first 16 bytes.
_ERASED_ONLY = """CREATE TRIGGER history_keeps_update BEFORE UPDATE ON history
    WHEN NEW.id <> OLD.id OR NEW.operation <> OLD.operation OR NEW.kind <> OLD.kind OR NEW.key <> OLD.key
        OR NEW.digest <> OLD.digest OR substr(NEW.seal, 17) <> substr(OLD.seal, 17)
        OR NOT EXISTS (SELECT 1 FROM history AS later WHERE later.kind = 'erasure' AND later.key = CAST(OLD.id AS TEXT))
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"""

_STEP_3 = (
    # The number of the letter the report was sent with; blank where nobody said.
    "ALTER TABLE sent ADD COLUMN letter TEXT NOT NULL DEFAULT ''",
)

Step = Callable[[sqlite3.Connection], None]


def _step_1(connection: sqlite3.Connection) -> None:
    for statement in _STEP_1:
        connection.execute(statement)


def _step_2(connection: sqlite3.Connection) -> None:
    """The chain over the history, attachments, outages, signed copies."""
    for statement in _STEP_2:
        connection.execute(statement)
    begin_chain(connection)
    for statement in (*_KEPT, _ERASED_ONLY):
        connection.execute(statement)


def _step_3(connection: sqlite3.Connection) -> None:
    """The letter's number beside the day a report was sent; what was sealed before still says the same."""
    for statement in _STEP_3:
        connection.execute(statement)


STEPS: tuple[Step, ...] = (_step_1, _step_2, _step_3)
VERSION = len(STEPS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a register from ``version`` to the newest, one transaction a step."""
    for number, step in enumerate(STEPS[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(connection)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full or failing disk has rolled it back already
                connection.execute("ROLLBACK")
            raise


def schema_of(connection: sqlite3.Connection) -> set[tuple[str, str, str, str | None]]:
    """Every table, index, trigger and view a register has, as SQLite keeps them: (type, name, table, SQL)."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {(kind, name, table, sql) for kind, name, table, sql in rows}


def known_schema(version: int) -> set[tuple[str, str, str, str | None]]:
    """What ``schema_of`` a register of a version must give."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in STEPS[:version]:
            step(connection)
        return schema_of(connection)
    finally:
        connection.close()
