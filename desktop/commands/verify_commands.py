"""The commands ``verify`` and ``erase``."""

import argparse

from desktop.commands.answer import Answer
from desktop.commands.signing_commands import verification_json, verification_words
from desktop.services.desk import CannotDo, Desk
from desktop.services.erasable import ERASABLE_NAMES, PERSONAL, erasable_of
from desktop.services.pdf_verification import verify_pdf
from desktop.services.privacy import erase_personal_data, not_reached, not_wholly
from desktop.services.verifying import damage_words, verify


def verify_register_or_pdf(desk: Desk, found: argparse.Namespace) -> Answer:
    """The whole register, or one PDF file against what was issued and signed here."""
    if found.file is not None:
        checked = verify_pdf(desk, found.file)
        words = verification_words(checked)
        return Answer(
            verification_json(checked), words, "" if checked.ok else " ".join(words[:1] + list(checked.problems))
        )
    result = verify(desk)
    document = {
        "ok": result.ok,
        "complaints": result.complaints,
        "attachments": result.attachments,
        "problems": list(result.problems),
        "remarks": list(result.remarks),
    }
    counts = f"ตรวจทะเบียนแล้ว {result.complaints} เรื่อง แฟ้มแนบ {result.attachments} แฟ้ม"
    if result.ok:
        return Answer(document, [f"{counts} ครบถ้วนถูกต้อง", *result.remarks])
    problem = damage_words(desk.register.folder, result.problems)
    return Answer(document, [counts, *(f"ปัญหา: {each}" for each in result.problems), *result.remarks], problem)


def unreadable(sentence: str) -> Answer:
    """The answer of ``verify`` for a register that cannot be opened at all."""
    return Answer({"ok": False, "complaints": 0, "attachments": 0, "problems": [sentence]}, [], sentence)


def erase(desk: Desk, found: argparse.Namespace) -> Answer:
    """Erase by law what was named of a complaint: fields, its files; a complainant's name and number unless told."""
    fields = tuple(dict.fromkeys(found.fields or (() if found.files else PERSONAL)))
    there = erasable_of(desk, found.number).files if found.files else ()
    if found.files and not (there or fields):
        raise CannotDo(f"เรื่อง {found.number} ไม่มีแฟ้มแนบที่จะลบ ไม่มีอะไรถูกลบ")
    erased = erase_personal_data(desk, found.number, found.why, fields, there)
    named = [ERASABLE_NAMES[name] for name in fields]
    what = "ชื่อและโทรศัพท์ของผู้ร้อง" if fields == PERSONAL else ", ".join(named)
    told = f"ลบ{what}ในเรื่อง {found.number} แล้ว รวมทั้งในประวัติ {erased.history} รายการ" if fields else ""
    document: dict[str, object] = {"number": found.number, "history": erased.history}
    if found.files:
        document["files"] = len(there)
        told = f"{told} " if told else ""
        told += f"ลบแฟ้มแนบของเรื่อง {found.number} แล้ว {len(there)} แฟ้ม"
    return Answer(document, [told, *filter(None, [not_wholly(erased), not_reached(desk)])])
