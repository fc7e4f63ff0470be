"""The container: plain to any ZIP program, told when a bit is turned, refused when somebody forged it."""

import hashlib
import json
import random
import sqlite3
import stat
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.services.backups import make_backup
from desktop.services.desk import Desk
from desktop.storage import backup_cipher, backup_reader
from desktop.storage.backup_cipher import Flawed, SealedFile
from desktop.storage.backup_reader import BackupRefused, PassphraseNeeded
from tests.running import is_one_thai_sentence
from tests.services.backup_ground import (
    MARKER,
    PICTURES,
    Members,
    desk_over,
    fill,
    flip,
    forge,
    member,
    members_of,
    summed,
    with_content,
    with_manifest,
    with_register,
)

PASSPHRASE = "กุญแจของทะเบียน"
OLD_REGISTERS = Path(__file__).parent / "old_registers"
SAMPLE = 120  # bits turned; tests/services/backup_faults.py turns more


def check(path: Path, passphrase: str | None = None) -> backup_reader.BackupReader:
    """Open and verify everything."""
    with backup_reader.opened(path, passphrase, lambda done: None) as backup:
        backup.check(lambda done: None)
        return backup


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small register with pictures and an issued report."""
    desk = desk_over(tmp_path_factory.mktemp("container") / "ทะเบียน")
    fill(desk)
    yield desk
    desk.register.close()


@pytest.fixture(scope="module")
def plain(filled: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup; tests copy it before they hurt it."""
    return make_backup(filled, tmp_path_factory.mktemp("plain") / "สำรอง.rtbackup").path


@pytest.fixture(scope="module")
def sealed(filled: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same under a passphrase, its key made quickly and its pieces small, so that there are many."""
    with pytest.MonkeyPatch.context() as patch:
        make_quick(patch)
        return make_backup(filled, tmp_path_factory.mktemp("sealed") / "ลับ.rtbackup", PASSPHRASE).path


def make_quick(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backup_cipher, "LOG2_N", 4)
    patch.setattr(backup_cipher, "LEAST_LOG2_N", 4)
    patch.setattr(backup_cipher, "PIECE", 4096)


def hurt(tmp_path: Path, path: Path, content: bytes | bytearray) -> Path:
    target = tmp_path / path.name
    target.write_bytes(content)
    return target


def test_a_backup_opens_in_any_zip_program_with_the_manifest_first_and_the_reports_to_read(
    filled: Desk, plain: Path
) -> None:
    with zipfile.ZipFile(plain) as package:
        names = package.namelist()
        assert package.testzip() is None
        manifest = json.loads(package.read("manifest.json"))
        pdf = package.read("reports/2020-01-1.pdf")
        register = package.read("register.sqlite")
    pictures = sorted(hashlib.sha256(each).hexdigest() for each in PICTURES)
    assert names == [
        "manifest.json",
        "register.sqlite",
        *(f"attachments/{each}" for each in pictures),
        "reports/2020-01-1.pdf",
    ]
    assert pdf.startswith(b"%PDF-") and register.startswith(b"SQLite format 3\0")
    assert manifest["format"] == 1 and manifest["program"].startswith("Rongthuk ")
    assert manifest["register"]["sha256"] == hashlib.sha256(register).hexdigest()
    assert (manifest["register"]["complaints"], manifest["register"]["attached"]) == (3, 3)
    assert [each["sha256"] for each in manifest["attachments"]] == pictures
    assert manifest["register"]["head"] and manifest["register"]["name"] == filled.register.name


def test_the_register_in_it_is_the_register(filled: Desk, plain: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(members_of(plain)[1][1])
    for table in ("complaint", "history", "chain", "attachment", "issued_report"):
        query = f"SELECT * FROM {table}"
        assert connection.execute(query).fetchall() == filled.register.connection.execute(query).fetchall()
    connection.close()


def test_a_bit_turned_anywhere_in_it_is_told(plain: Path, tmp_path: Path) -> None:
    whole = plain.read_bytes()
    chance = random.Random(1)
    places = [*range(64), *range(len(whole) - 200, len(whole)), *chance.choices(range(len(whole)), k=SAMPLE)]
    for place in places:
        path = hurt(tmp_path, plain, whole)
        flip(path, place, chance.randrange(8))
        with pytest.raises(BackupRefused) as told:
            check(path)
        assert is_one_thai_sentence(str(told.value))


def test_without_its_own_sum_some_turned_bits_would_pass(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the times in the ZIP's own lists are held by no member's hash."""
    monkeypatch.setattr(backup_reader, "_check_sum", lambda file, tell: None)
    path = hurt(tmp_path, plain, plain.read_bytes())
    flip(path, 10, 0)  # the time in the first member's head
    check(path)


@pytest.mark.parametrize("form", ["plain", "sealed"])
def test_cut_short_or_added_to_it_is_told(
    form: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    path: Path = request.getfixturevalue(form)
    whole = path.read_bytes()
    passphrase = PASSPHRASE if form == "sealed" else None
    piece = 4096 + 16
    lengths = {0, 1, 10, 80, 101, 102, 103, len(whole) // 2, len(whole) - piece, len(whole) - 1, backup_cipher.HEADER}
    lengths |= {backup_cipher.HEADER + piece * number for number in (1, 2, 5)}
    for content in [*(whole[:length] for length in lengths), whole + b"\0", whole + whole[-piece:], whole + whole]:
        with pytest.raises(BackupRefused):
            check(hurt(tmp_path, path, content), passphrase)


def test_nothing_of_the_register_stands_in_a_sealed_one(plain: Path, sealed: Path) -> None:
    told = MARKER.encode()
    assert told in members_of(plain)[1][1]  # the control
    whole = sealed.read_bytes()
    assert not any(words in whole for words in (told, b"SQLite format", b"manifest.json", b"%PDF-", PICTURES[0][:20]))


def test_a_sealed_one_gives_back_the_same_bytes(plain: Path, sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_quick(monkeypatch)
    with sealed.open("rb") as file, zipfile.ZipFile(SealedFile(file, PASSPHRASE)) as package:
        given = [package.read(each) for each in package.infolist()]
    assert given[1:] == [content for _, content in members_of(plain)][1:]
    check(sealed, PASSPHRASE)


def test_a_bit_turned_anywhere_in_a_sealed_one_is_told(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    whole = sealed.read_bytes()
    chance = random.Random(2)
    header = range(backup_cipher.HEADER)
    for place in [*header, *chance.choices(range(len(whole)), k=SAMPLE)]:
        path = hurt(tmp_path, sealed, whole)
        flip(path, place, chance.randrange(8))
        with pytest.raises(BackupRefused) as told:
            check(path, PASSPHRASE)
        assert not isinstance(told.value, PassphraseNeeded)  # damage is never told as a wrong passphrase


def pieces(path: Path) -> list[bytes]:
    whole, piece = path.read_bytes()[backup_cipher.HEADER :], 4096 + 16
    return [whole[start : start + piece] for start in range(0, len(whole), piece)]


def rearranged(path: Path, order: list[bytes]) -> bytes:
    return path.read_bytes()[: backup_cipher.HEADER] + b"".join(order)


def test_pieces_moved_doubled_or_left_out_are_told(
    sealed: Path, filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    first, second, *others = pieces(sealed)
    another = pieces(make_backup(filled, tmp_path / "อื่น.rtbackup", PASSPHRASE).path)[1]
    orders = {
        "moved": [second, first, *others],
        "doubled": [first, first, second, *others],
        "left out": [first, *others],
        "of another backup": [first, another, *others],
        "the last one early": [others[-1], second, *others],
    }
    for words, order in orders.items():
        with pytest.raises(BackupRefused):
            check(hurt(tmp_path, sealed, rearranged(sealed, order)), PASSPHRASE)
            pytest.fail(words)


def test_without_numbers_the_cipher_would_take_moved_pieces(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with one nonce for all, each piece is whole by itself wherever it stands."""
    make_quick(monkeypatch)
    monkeypatch.setattr(backup_cipher, "_nonce", lambda number, last: bytes(12))
    path = make_backup(filled, tmp_path / "ลับ.rtbackup", PASSPHRASE).path
    first, second, *others = pieces(path)
    path.write_bytes(rearranged(path, [second, first, *others]))
    with path.open("rb") as file:
        assert SealedFile(file, PASSPHRASE).read(100)
    monkeypatch.undo()
    make_quick(monkeypatch)
    with path.open("rb") as file, pytest.raises(Flawed):
        SealedFile(file, PASSPHRASE).read(100)


def test_k37_a_wrong_passphrase_is_told_plainly_after_the_same_work(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    work: list[str] = []
    derive, decrypt = backup_cipher._key_and_proof, SealedFile._piece
    monkeypatch.setattr(backup_cipher, "_key_and_proof", lambda *all_of: (work.append("key"), derive(*all_of))[1])
    monkeypatch.setattr(SealedFile, "_piece", lambda file, number: (work.append("piece"), decrypt(file, number))[1])
    for wrong in ("", "ก", PASSPHRASE[:-1], PASSPHRASE + " ", PASSPHRASE * 1000):
        work.clear()
        with pytest.raises(PassphraseNeeded) as told:
            check(sealed, wrong)
        assert "รหัสผ่าน" in str(told.value) and is_one_thai_sentence(str(told.value))
        assert work == ["key"]  # one derivation, and nothing of the content was tried
    with pytest.raises(PassphraseNeeded, match="ต้องใช้รหัสผ่าน"):
        check(sealed)
    work.clear()
    check(sealed, PASSPHRASE)
    assert work.count("key") == 1 and "piece" in work


def test_a_passphrase_typed_on_another_system_opens_it_too(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    typed = "น้ำé"
    assert unicodedata.normalize("NFD", typed) != unicodedata.normalize("NFC", typed)
    path = make_backup(filled, tmp_path / "ลับ.rtbackup", unicodedata.normalize("NFD", typed)).path
    check(path, unicodedata.normalize("NFC", typed))


def test_the_key_is_made_with_work_enough(filled: Desk, tmp_path: Path) -> None:
    """As the program does it, nothing made quick: scrypt with n of 2**15 or more and r of 8."""
    path = make_backup(filled, tmp_path / "ลับ.rtbackup", PASSPHRASE).path
    head = path.read_bytes()[:20]
    assert head[:16] == b"RTBACKUP-SEALED\n" and head[16] == 1
    assert head[17] >= 15 and head[18] == 8 and head[19] >= 1
    check(path, PASSPHRASE)


@pytest.mark.parametrize(("place", "value"), [(17, 40), (17, 3), (18, 255), (19, 255), (16, 9)])
def test_a_header_that_asks_for_all_memory_or_a_weak_key_is_refused_before_any_work(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int, value: int
) -> None:
    whole = bytearray(sealed.read_bytes())
    whole[place] = value
    fields = backup_cipher.HEADER - 32
    whole[fields : fields + 32] = hashlib.sha256(whole[:fields]).digest()
    monkeypatch.setattr(backup_cipher, "_key_and_proof", lambda *all_of: pytest.fail("a key was made"))
    with pytest.raises(BackupRefused):
        check(hurt(tmp_path, sealed, whole), PASSPHRASE)


def renamed(place: int, name: str) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        info, content = members[place]
        return [*members[:place], member(name, content, info.compress_type), *members[place + 1 :]]

    return change


def as_link(members: Members) -> Members:
    link, _ = member(members[2][0].filename, b"/etc/passwd")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return [*members[:2], (link, b"/etc/passwd"), *members[3:]]


def told_size(kind: str, size: int) -> Callable[[Members], Members]:
    def change(plain: dict[str, Any]) -> None:
        if kind == "register":
            plain["register"]["length"] = size
        else:
            plain["attachments"][0]["size"] = size

    return lambda members: with_manifest(members, change)


def manifest_of(content: bytes) -> Callable[[Members], Members]:
    return lambda members: [member("manifest.json", content), *members[1:]]


def told(name: str, value: object, inside: str | None = None) -> Callable[[Members], Members]:
    def change(plain: dict[str, Any]) -> None:
        (plain if inside is None else plain[inside])[name] = value

    return lambda members: with_manifest(members, change)


def stated(sql: str) -> Callable[[Members], Members]:
    return lambda members: with_register(members, lambda connection: connection.executescript(sql) and None)


def zeros(members: Members) -> Members:
    """A register that is mostly nothing: packed a thousandth of what it unpacks to."""
    content = members[1][1] + bytes(120_000_000)
    return with_content(members, content)


FORGED: dict[str, Callable[[Members], Members]] = {
    "a way out of the folder": renamed(2, "../../register.sqlite"),
    "an absolute name": renamed(2, "/etc/passwd"),
    "a drive": renamed(2, "C:\\Windows\\evil.dll"),
    "another name": renamed(2, "attachments/evil.exe"),
    "another first name": renamed(0, "manifest.txt"),
    "no manifest": lambda members: members[1:],
    "a stranger": lambda members: [*members, member("stranger.txt", b"hello")],
    "one left out": lambda members: members[:-1],
    "another order": lambda members: [members[0], *reversed(members[1:])],
    "a link": as_link,
    "a folder": lambda members: [*members, member("attachments/", b"")],
    "a wrong size": told_size("attachment", 5),
    "a giant attachment": told_size("attachment", 2**40),
    "a giant register": told_size("register", 2**40),
    "a size below nothing": told_size("attachment", -1),
    "a bomb": zeros,
    "a manifest that is no JSON": manifest_of(b"PK nothing"),
    "a manifest without end": manifest_of(b"[" * 100_000),
    "a list for a manifest": manifest_of(b"[1, 2]"),
    "a newer format": told("format", 2),
    "a time without a zone": told("made_at", "2020-01-28T12:00:00"),
    "a reason without end": told("reason", "ก" * 100_000),
    "a report with a way out": told("reports", [{"name": "../1.pdf", "sha256": "0" * 64, "size": 1}]),
    "more complaints than there are": told("complaints", 4, "register"),
    "another head": told("head", "9:" + "0" * 64, "register"),
    "another version": told("version", 1, "register"),
    "missing what is there": told("missing", ["0" * 64]),
    "a trigger": stated("CREATE TRIGGER evil AFTER INSERT ON complaint BEGIN DELETE FROM complaint; END"),
    "a view": stated("CREATE VIEW evil AS SELECT * FROM complaint"),
    "a table more": stated("CREATE TABLE evil (a)"),
    "a protection taken away": stated("DROP TRIGGER history_keeps_update"),
    "a generated column": stated("ALTER TABLE complaint ADD COLUMN evil TEXT AS (upper(number))"),
    "a changed complaint": stated("UPDATE complaint SET subject = 'อื่น'"),
    "a newer register": stated("PRAGMA user_version = 99"),
    "another program's file": stated("PRAGMA application_id = 5"),
    "no register at all": lambda members: with_content(members, b"hello"),
    "an empty register": lambda members: with_content(members, b""),
    "half a register": lambda members: with_content(members, members[1][1][: len(members[1][1]) // 2]),
}


@pytest.mark.parametrize("words", FORGED)
def test_s03_s04_a_forged_backup_is_refused_in_one_sentence_and_little_memory(
    plain: Path, tmp_path: Path, words: str
) -> None:
    path = tmp_path / "ปลอม.rtbackup"
    forge(path, FORGED[words](members_of(plain)))
    tracemalloc.start()
    with pytest.raises(BackupRefused) as told_:
        check(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert is_one_thai_sentence(str(told_.value)) and str(path) in str(told_.value)
    assert most < 60_000_000
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_faithful_forgery_passes(plain: Path, tmp_path: Path) -> None:
    """The control of the forgeries: it is what they change that is refused, not how they are written."""
    path = tmp_path / "ปลอม.rtbackup"
    forge(path, members_of(plain))
    check(path)
    forge(path, with_content(members_of(plain), members_of(plain)[1][1]))
    check(path)


def test_two_members_of_one_name_are_refused(plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "ปลอม.rtbackup"
    members = members_of(plain)
    with pytest.warns(UserWarning, match="Duplicate name"):
        forge(path, [*members, members[-1]])
    with pytest.raises(BackupRefused):
        check(path)


def test_a_list_of_members_without_end_is_refused_before_it_is_read(plain: Path, tmp_path: Path) -> None:
    whole = bytearray(plain.read_bytes())
    end = len(whole) - 80 - 22
    assert whole[end : end + 4] == b"PK\x05\x06"
    whole[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    path = tmp_path / "ปลอม.rtbackup"
    path.write_bytes(summed(bytes(whole)))
    with pytest.raises(BackupRefused, match="ใหญ่ผิดปกติ"):
        check(path)


def test_without_the_known_schema_a_trigger_would_pass_the_container(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the schema left alone, and the history's examination off, the forged register is opened."""
    from desktop.storage import register_copy
    from desktop.storage.examination import Examination

    monkeypatch.setattr(register_copy, "known_schema", lambda version: register_copy.schema_of(holding[-1]))
    monkeypatch.setattr(register_copy, "examine", lambda connection: Examination((), 0, None))
    holding: list[sqlite3.Connection] = []
    schema_of = register_copy.schema_of
    monkeypatch.setattr(
        register_copy, "schema_of", lambda connection: (holding.append(connection), schema_of(connection))[1]
    )
    path = tmp_path / "ปลอม.rtbackup"
    forge(path, FORGED["a trigger"](members_of(plain)))
    check(path)


def test_a_file_that_is_not_there_or_not_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "ภาพ.rtbackup").write_bytes(b"\x89PNG\r\n" * 100)
    (tmp_path / "ว่าง.rtbackup").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "อื่น.rtbackup", "w") as package:
        package.writestr("a.txt", "hello")
    for name in ("ภาพ", "ว่าง", "อื่น", "ไม่มี"):
        with pytest.raises(BackupRefused) as told_:
            check(tmp_path / f"{name}.rtbackup")
        assert is_one_thai_sentence(str(told_.value))
    (tmp_path / "โฟลเดอร์.rtbackup").mkdir()
    with pytest.raises(BackupRefused):
        check(tmp_path / "โฟลเดอร์.rtbackup")
