"""A register as bytes: one consistent snapshot out of an open one, and the same opened again in memory to be examined.

Nothing of it touches a temporary file. A copy may come from anybody: its schema is compared with the known one before
a single row of it is read.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.storage import attachments, chain, operations
from desktop.storage.backup_cipher import Flawed
from desktop.storage.backup_manifest import LARGEST_REGISTER, Content, Paper, RegisterFacts
from desktop.storage.chain_beginning import register_name
from desktop.storage.examination import examine
from desktop.storage.recognising import SQLITE_MAGIC
from desktop.storage.register import BUSY_SECONDS
from desktop.storage.schema import APPLICATION_ID, VERSION, known_schema, migrate, schema_of

CHAIN_FROM = 2  # the version that brought the chain and the attachments
SPARSE = 4  # one page in so many empty: the copy is packed, so that emptiness is no bomb and nothing erased goes along
NEWER = "สร้างโดยโปรแกรมรุ่นใหม่กว่า โปรดใช้โปรแกรมรุ่นล่าสุด"
NO_REGISTER = "ไม่มีทะเบียนของโปรแกรมนี้อยู่ข้างใน"


Bytes = bytes | bytearray


class RegisterFlawed(Exception):
    """The register itself has problems: Thai sentences."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class Copy:
    """What a register's bytes hold; ``once_attached`` are contents that only its history speaks of.

    ``owners`` tells how many complaints and outages a content is attached to.
    """

    facts: RegisterFacts
    attachments: tuple[Content, ...]
    owners: Mapping[str, int]
    once_attached: frozenset[str]
    reports: tuple[Paper, ...]


def snapshot(connection: sqlite3.Connection) -> bytes:
    """The whole register as one moment's bytes; raises sqlite3.Error when it cannot be read."""
    with closing(_in_memory()) as copy:
        connection.backup(copy, progress=_not_for_ever())  # unlike serialize it tells of a page it cannot read
        pages, empty = (copy.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "freelist_count"))
        if empty * SPARSE > pages:
            copy.execute("VACUUM")
        return copy.serialize()


def _not_for_ever() -> Callable[[int, int, int], None]:
    """Python tries a locked register again without an end: here it is told after a while, as anywhere else."""
    until = time.monotonic() + BUSY_SECONDS

    def told(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorcode, busy.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
            raise busy

    return told


def snapshot_of_file(path: Path) -> bytes:
    """The same of a register that is not open here, of any version, untouched; raises sqlite3.Error or Flawed.

    One with a journal beside it is not read: rolling that back would write to it, and it may be another file's.
    """
    for end in ("-journal", "-wal"):
        side = path.with_name(f"{path.name}{end}")
        if side.exists() and side.stat().st_size:
            raise Flawed(f"มีแฟ้ม {side.name} ที่ยังไม่ว่างอยู่ข้างทะเบียน")
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)) as connection:
        return snapshot(connection)


@contextmanager
def opened(content: Bytes) -> Iterator[sqlite3.Connection]:
    """A register's bytes open in memory for reading, in the version they have; raises Flawed."""
    version = version_of(content)
    try:
        with closing(_in_memory()) as connection:
            connection.deserialize(content)
            if schema_of(connection) != known_schema(version):
                raise Flawed("มีโครงสร้างที่ไม่ใช่ของโปรแกรมนี้อยู่ในทะเบียน จึงไม่เปิด")
            connection.execute("PRAGMA query_only = ON")
            yield connection
    except (sqlite3.DatabaseError, ValueError) as error:
        raise Flawed("มีทะเบียนที่เสียหายอยู่ข้างใน") from error


def describe(connection: sqlite3.Connection, content: Bytes) -> Copy:
    """What an opened register holds, unexamined."""
    version = version_of(content)
    has_chain = version >= CHAIN_FROM
    head = chain.head(connection) if has_chain else None
    newest = operations.newest_at(connection)
    contents = attachments.contents(connection) if has_chain else {}
    owners = {sha256: len(attachments.owners_of(connection, sha256)) for sha256 in contents}
    once = attachments.contents_once_attached(connection) if has_chain else set()
    papers = connection.execute("SELECT month, revision, sha256, length FROM issued_report ORDER BY month, revision")
    facts = RegisterFacts(
        sha256=hashlib.sha256(content).hexdigest(),
        length=len(content),
        version=version,
        complaints=connection.execute("SELECT count(*) FROM complaint").fetchone()[0],
        attached=sum(owners.values()),
        newest_change=newest,
        head="" if head is None else head.text,
        name=register_name(connection) if has_chain else "",
    )
    return Copy(
        facts=facts,
        attachments=tuple(Content(sha256, size) for sha256, size in sorted(contents.items())),
        owners=owners,
        once_attached=frozenset(once - contents.keys()),
        reports=tuple(Paper(f"{month}-{revision}.pdf", sha256, length) for month, revision, sha256, length in papers),
    )


def examined(content: Bytes) -> Copy:
    """What a register holds, every row held against the history; raises RegisterFlawed when something is wrong."""
    with opened(content) as connection:
        problems = examine(connection).problems
        if problems:
            raise RegisterFlawed(problems)
        return describe(connection, content)


def of_newest_version(content: Bytes) -> Bytes:
    """The same register, brought to this program's version; raises Flawed."""
    version = version_of(content)
    if version == VERSION:
        return content
    with opened(content) as connection:
        connection.execute("PRAGMA query_only = OFF")
        migrate(connection, version)
        return connection.serialize()


def version_of(content: Bytes) -> int:
    """The schema's version a register's first bytes tell; raises Flawed for what is no register, or a newer one."""
    head = content[:100]
    if not head.startswith(SQLITE_MAGIC) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Flawed(NO_REGISTER)
    version = int.from_bytes(head[60:64], "big")
    if version > VERSION:
        raise Flawed(NEWER)
    if version < 1 or len(content) > LARGEST_REGISTER:
        raise Flawed(NO_REGISTER)
    return version


def links_of(connection: sqlite3.Connection) -> dict[int, bytes]:
    """Every operation's link; none in a register made before there was a chain."""
    if connection.execute("PRAGMA user_version").fetchone()[0] < CHAIN_FROM:
        return {}
    return dict(connection.execute("SELECT operation, link FROM chain"))


def erasures_of(connection: sqlite3.Connection) -> list[tuple[datetime, str]]:
    """When (UTC) and in which complaint something was erased by law, oldest first."""
    rows = connection.execute(
        "SELECT at, substr(key, 11) FROM history JOIN operation ON operation.id = operation"
        " WHERE kind = 'erasure' AND substr(key, 1, 10) = 'complaint/' ORDER BY history.id"
    )
    return [(datetime.fromisoformat(at), number) for at, number in rows]


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a register holds no complaint, no outage and no issued report yet."""
    tables = ("complaint", "outage", "issued_report")
    return not any(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {each})").fetchone()[0] for each in tables)


def paper_of(connection: sqlite3.Connection, paper: Paper) -> bytes:
    """The file of an issued report."""
    month, revision = paper.name.removesuffix(".pdf").rsplit("-", 1)
    row = connection.execute(
        "SELECT pdf FROM issued_report WHERE month = ? AND revision = ?", (month, int(revision))
    ).fetchone()
    return bytes(row[0])


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection
