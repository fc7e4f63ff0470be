"""What the covering memo says beside the report's figures: to whom, who signs; and the Garuda the office chose."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.memo_wording import SECRETARY
from desktop.domain.thai_text import clean_line
from desktop.services.changes import Change, apply
from desktop.services.chosen_files import MEGABYTE, read_chosen
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import Setting
from desktop.services.picture_headers import PictureRefused
from desktop.storage import office_years

WORDS_SETTING, GARUDA_SETTING = "memo", "garuda"
GARUDA_SIDE = 360  # pixels: 1.5 cm on paper at 600 dots an inch
LARGEST_GARUDA = 16 * MEGABYTE


@dataclass(frozen=True)
class MemoWords:
    """The memo's own words. ``number`` and ``day`` are of one memo; blank, they are written by hand."""

    to: str = SECRETARY
    signer: str = ""
    position: str = ""
    number: str = ""
    day: date | None = None


def memo_words(desk: Desk) -> MemoWords:
    """The words kept from memo to memo."""
    kept = office_years.setting(desk.register.connection, WORDS_SETTING)
    return MemoWords() if kept is None else MemoWords(**json.loads(kept))


def save_memo_words(desk: Desk, words: MemoWords) -> None:
    """Keep to whom the memo goes and who signs it; number and day are of one memo alone."""
    kept = {name: clean_line(getattr(words, name)) for name in ("to", "signer", "position")}
    if not kept["to"]:
        raise CannotDo("ยังไม่ได้บอกว่าบันทึกข้อความเรียนถึงใคร ยังไม่ได้บันทึก โปรดพิมพ์ เช่น หัวหน้าสำนักงานเลขานุการปลัดกรุงเทพมหานคร")
    _save(desk, WORDS_SETTING, json.dumps(kept, ensure_ascii=False), "ตั้งค่าบันทึกข้อความ")


def garuda(desk: Desk) -> bytes | None:
    """The picture at the head of the memo; None: its place stays white."""
    kept = office_years.setting(desk.register.connection, GARUDA_SETTING)
    return b64decode(kept) if kept else None


def choose_garuda(desk: Desk, path: Path) -> None:
    """Keep a small copy of a picture file in the register, so that backups hold it; raises CannotDo."""
    from desktop.services.pictures import shown_copy

    try:
        copy = shown_copy(read_chosen(path, LARGEST_GARUDA, "ภาพตราครุฑ"), GARUDA_SIDE)
    except PictureRefused as refused:
        raise CannotDo(str(refused).replace("จึงไม่ได้แนบ", "จึงไม่ได้ใช้")) from None
    _save(desk, GARUDA_SETTING, b64encode(copy).decode(), "เลือกภาพตราครุฑ")


def leave_garuda_out(desk: Desk) -> None:
    """Have the memo's place for the Garuda stay white again."""
    _save(desk, GARUDA_SETTING, "", "นำภาพตราครุฑออก")


def _save(desk: Desk, name: str, value: str, action: str) -> None:
    before = office_years.setting(desk.register.connection, name)
    if value != (before or ""):
        apply(desk, action, [Change(None if before is None else Setting(name, before), Setting(name, value))])
