"""Verifying the register: every row, the history and its chain, attachments, and the heads noted elsewhere.

Nothing is written. Whatever is wrong is named; "busy", "disk full" and "read-only" are raised, never taken for damage.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.thai_dates import BANGKOK, short_date
from desktop.services import privacy
from desktop.services.automatic_backups import manifests_there, newest_good
from desktop.services.complaint_history import FIELD_NAMES, bangkok_time
from desktop.services.desk import Desk
from desktop.services.examining import examined
from desktop.services.history_values import plain_fields
from desktop.services.restoring import was_given_up
from desktop.storage import attachment_files, attachments, chain, complaints, operations
from desktop.storage.anchor import Anchor, outside_name, read_anchor
from desktop.storage.chain import head_of_text
from desktop.storage.examination import Damage, Examination, Finding
from desktop.storage.register_folder import MARK_NAME
from desktop.storage.register_refusals import RegisterDamaged, explained

MOST_NAMED = 20  # fields are looked up for that many complaints
SHUT_WHILE_VERIFYING = "กำลังตรวจทะเบียน บันทึกได้เมื่อตรวจเสร็จ สิ่งที่พิมพ์ไว้ยังอยู่ โปรดลองอีกครั้งในอีกสักครู่"
SHUT_BY_DAMAGE = "ทะเบียนไม่ผ่านการตรวจ จึงหยุดการบันทึกไว้ ข้อมูลเดิมไม่ถูกแก้ไข โปรดกู้คืนจากสำเนาสำรองที่เมนู หลักฐานและสำรอง"


@dataclass(frozen=True)
class Verification:
    """What a verification found: ``problems`` are damage, ``remarks`` are only said.

    A lost or hurt attached file is damage too, and no reason to stop her work: the register itself is whole.
    """

    complaints: int
    attachments: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    only_derived: bool = False  # indexes or derived columns alone are hurt: they can be made anew
    stops_saving: bool = False

    @property
    def ok(self) -> bool:
        """Whether all is as it was left."""
        return not self.problems


def verify(desk: Desk) -> Verification:
    """Verify the whole register; raises RegisterRefused when the disk or another program is in the way."""
    try:
        with explained(desk.register.folder):
            examination = examined(desk, on_two_threads=True)
    except RegisterDamaged as damaged:
        return Verification(0, 0, (str(damaged),), stops_saving=True)
    problems = _sentences(desk, examination)
    try:
        with explained(desk.register.folder):
            files, remarks = _attachments(desk)
            count = attachments.count(desk.register.connection)
            if not problems:
                problems, more = _anchors(desk, examination), _erased_beyond_reach(desk)
                remarks += more
    except RegisterDamaged as damaged:
        files, remarks, count, problems = [], [], 0, problems or [str(damaged)]
    return Verification(
        complaints=examination.complaints,
        attachments=count,
        problems=(*problems, *files),
        remarks=tuple(remarks),
        only_derived=bool(problems) and examination.only_derived and not files,
        stops_saving=bool(problems),
    )


def open_for_saving(desk: Desk) -> Verification:
    """Verify, and shut or open the register for saving by what was found."""
    found = verify(desk)
    desk.register.gate.shut_because = SHUT_BY_DAMAGE if found.stops_saving else ""
    return found


def damage_words(folder: Path, problems: Sequence[str]) -> str:
    """What is wrong, and the newest good backup, in a sentence or two."""
    more = f" และอีก {len(problems) - 1} ข้อ" if len(problems) > 1 else ""
    return f"ทะเบียนไม่ผ่านการตรวจ: {problems[0]}{more} ข้อมูลเดิมไม่ถูกแก้ไข โปรดกู้คืนจากสำเนาสำรอง {newest_words(folder)}"


def newest_words(folder: Path) -> str:
    """The newest automatic backup that is still what was verified."""
    newest = newest_good(folder)
    if newest is None or newest.made_at is None:
        return "ไม่พบสำเนาอัตโนมัติที่ดีในเครื่องนี้ โปรดใช้สำเนาที่เก็บไว้ที่อื่น"
    return f"สำเนาที่ดีล่าสุดทำเมื่อ {bangkok_time(newest.made_at)} มี {newest.complaints or 0:,} เรื่อง: {newest.path}"


def _sentences(desk: Desk, examination: Examination) -> list[str]:
    """Every finding with its complaint and field, as far as those can still be read."""
    try:
        with explained(desk.register.folder):
            return [_sentence(desk, finding, place) for place, finding in enumerate(examination.findings)]
    except RegisterDamaged:
        return [finding.sentence for finding in examination.findings]


def _erased_beyond_reach(desk: Desk) -> list[str]:
    """What still has what was erased by law, as far as it lies in the data folder."""
    erased = operations.keys_of(desk.register.connection, "erasure", "")
    return [told] if erased and (told := privacy.not_reached(desk)) else []


def _attachments(desk: Desk) -> tuple[list[str], list[str]]:
    """What is wrong with the attached files, and what is only to be said of them."""
    connection = desk.register.connection
    survey = attachment_files.survey(desk.register.folder, attachments.contents(connection))
    names = {"missing": "แฟ้มแนบหายไป", "damaged": "แฟ้มแนบเสียหาย"}
    problems = [f"{words}: {owner}" for kind, words in names.items() for owner in _owners(desk, getattr(survey, kind))]
    once = attachments.contents_once_attached(connection)
    orphans = [sha256 for sha256 in survey.orphans if sha256 not in once]
    remarks = [f"อ่านแฟ้มแนบไม่ได้ในตอนนี้: {name} ไม่ใช่ความเสียหาย โปรดตรวจดิสก์แล้วตรวจใหม่" for name in survey.unreadable]
    remarks += [f"มีแฟ้มแนบที่ไม่มีเรื่องใดอ้างถึง {len(orphans)} แฟ้ม เก็บไว้ตามเดิม"] if orphans else []
    if survey.foreign:
        remarks.append(f"มีแฟ้มแปลกปลอมในโฟลเดอร์แฟ้มแนบ: {', '.join(survey.foreign[:MOST_NAMED])} โปรแกรมไม่แตะต้อง")
    return problems, remarks


def _owners(desk: Desk, hashes: Any) -> list[str]:
    found = []
    for sha256 in hashes:
        owners = attachments.owners_of(desk.register.connection, sha256)
        named = ", ".join(f"เรื่อง {owner}" if kind == "complaint" else f"ระบบขัดข้อง {owner}" for kind, owner in owners)
        found.append(f"{named or 'ไม่มีผู้อ้างถึง'} ({sha256[:12]}…)")
    return found


def _anchors(desk: Desk, examination: Examination) -> list[str]:
    """The chain against where it was last seen to end: an older or another register put in its place."""
    register = desk.register
    places = [register.folder / MARK_NAME]
    if register.outside is not None:
        places.append(register.outside / outside_name(register.folder, register.name))
    noted = [anchor for path in places if (anchor := read_anchor(path)) is not None]
    found = [_against(desk, anchor) for anchor in (*noted, *_anchors_in_backups(desk))]
    return list(dict.fromkeys(sentence for sentence in found if sentence))


def _anchors_in_backups(desk: Desk) -> list[Anchor]:
    """Where the chain ended in each backup in the data folder."""
    register = desk.register
    found = []
    for manifest in manifests_there(desk):
        facts = manifest.register
        if facts.name == register.name and facts.head:
            found.append(Anchor(facts.name, head_of_text(facts.head), manifest.made_at))
    return found


def _against(desk: Desk, anchor: Anchor) -> str:
    register = desk.register
    if anchor.register != register.name:
        return "ทะเบียนนี้เป็นคนละเล่มกับที่เคยอยู่ในโฟลเดอร์นี้ โปรดนำทะเบียนเดิมกลับมาหรือกู้คืนจากสำเนาสำรอง"
    link = chain.link_at(register.connection, anchor.head.operation)
    if link != anchor.head.link and was_given_up(register.connection, anchor.head, anchor.noted_at):
        return ""  # of a history that a restore left behind
    if link is None:
        newest = operations.newest_at(register.connection)
        there = "" if newest is None else f" รายการล่าสุดในทะเบียนคือ {bangkok_time(newest)}"
        return f"ทะเบียนนี้เก่ากว่าที่บันทึกไว้เมื่อ {_moment(anchor.noted_at)}{there} อาจถูกแทนด้วยสำเนาเก่า"
    if link != anchor.head.link:
        return f"สายประวัติไม่ตรงกับที่จดไว้เมื่อ {_moment(anchor.noted_at)} ประวัติอาจถูกเขียนใหม่ทั้งสาย"
    return ""


def _moment(at: datetime) -> str:
    here = at.astimezone(BANGKOK)
    return f"{short_date(here.date())} {here:%H.%M} น."


def _sentence(desk: Desk, finding: Finding, place: int) -> str:
    if finding.damage is Damage.COMPLAINT and place < MOST_NAMED:
        fields = _changed_fields(desk, finding.key)
        return f"{finding.sentence} (ช่อง {', '.join(fields)})" if fields else finding.sentence
    return finding.sentence


def _changed_fields(desk: Desk, number: str) -> list[str]:
    """Which fields of a complaint are not what its history says."""
    expected: dict[str, Any] = {}
    with suppress(Exception):  # what is damaged may not be readable as a complaint at all
        for row in reversed(operations.history_of(desk.register.connection, ("complaint",), number)):
            expected.update({name: new for name, (_, new) in row.changes.items()})
        stored = complaints.by_number(desk.register.connection, number)
        if stored is None:
            return []
        there = plain_fields(stored)
        return [FIELD_NAMES[name] for name in FIELD_NAMES if _blank(there.get(name)) != _blank(expected.get(name))]
    return []


def _blank(value: Any) -> Any:
    if isinstance(value, Mapping) and set(value) == {"erased"}:
        return None
    return None if value in ("", [], {}, None) else value
