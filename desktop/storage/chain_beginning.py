"""The beginning of the chain in a register made before there was one, and in a new one."""

import sqlite3
import uuid
from datetime import UTC, datetime

from desktop.storage import chain, operations
from desktop.storage.seals import NAME_SQL, as_bytes, kind_and_key, spellings
from desktop.storage.spelled_complaints import spelled_complaints, write_checks

REGISTER = "register"  # the kind of the row that names the register itself


def begin_chain(connection: sqlite3.Connection) -> None:
    """Name the register, seal all it holds in one operation, and link every operation before it."""
    old = connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    sealed = []
    rows = connection.execute(f"SELECT id, {as_bytes(NAME_SQL, 'changes')} FROM history").fetchall()
    for identity, name, changes in rows:
        salt = chain.new_salt()
        sealed.append((salt, chain.digest_of(salt, name, changes), identity))
    connection.executemany("UPDATE history SET seal = ?, digest = ? WHERE id = ?", sealed)
    write_checks(connection)
    who = connection.execute("SELECT value FROM setting WHERE name = 'officer'").fetchone()
    action = "ปรับปรุงทะเบียนเป็นรุ่นที่ 2" if old else "สร้างทะเบียน"
    operation = operations.begin(connection, datetime.now(UTC), "" if who is None else who[0], action, "")
    name = uuid.uuid4().hex
    operations.note(connection, operation, REGISTER, name, {"register": (None, name)}, name.encode())
    for thing, says in (*spelled_complaints(connection), *spellings(connection, before_letters=True)):
        operations.note(connection, operation, *kind_and_key(thing), {}, says)
    chain.close_links(connection)


def register_name(connection: sqlite3.Connection) -> str:
    """The register's own name, given when it was made and never changed."""
    row = connection.execute("SELECT key FROM history WHERE kind = ? ORDER BY id LIMIT 1", (REGISTER,)).fetchone()
    return "" if row is None else str(row[0])
