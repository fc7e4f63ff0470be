"""A month with two outages, issued as a pack: every reader opens it without a word, every judge passes it."""

import os
import random
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.domain.months import Month
from desktop.domain.pack_sheet import Part
from desktop.services import month_reports
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.outage_work import note_outage
from desktop.services.pdf_verification import verify_pdf
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.domain.naive_reading import recorded_days
from tests.forms.pack_ground import naive_register, register, screen
from tests.forms.pdf_checks import (
    PDFIUM_READER,
    character_faults,
    four_readings,
    margin_faults,
    single_blanks,
    structure_faults,
)
from tests.papers.counts import Counts

JANUARY, ON = Month(2020, 1), date(2020, 1, 28)
MARGIN = 2 * 72 / 2.54  # points: the narrower of left and right
HEADS = (
    "บันทึกข้อความ",
    "**** แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ ****",
    "ภาคผนวก ก สรุปเรื่องร้องทุกข์ประจำเดือนมกราคม 2563",
    "ภาคผนวก ข หลักฐานกรณีระบบฯ ขัดข้อง เดือนมกราคม 2563",  # the memo speaks of ภาคผนวก ข too
    "ภาคผนวก ค บัญชีเรื่องร้องทุกข์ประจำเดือนมกราคม 2563",
)
OUTAGES = ("ครั้งที่ 1 จาก 2", "ครั้งที่ 2 จาก 2")
MUTOOLS_OWN = "warning: ICC support is not available"  # of how it was built; said of any file at all
FORMS = (("PNG", {}), ("JPEG", {"quality": 80}), ("JPEG", {"progressive": True}), ("WEBP", {"lossless": True}))


def loop(count: int, seed: int) -> Counts:
    """Issue ``count`` packs of different registers and outages, and let every reader and judge look at each."""
    counts = Counts("packs with two outages")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        for place in range(count):
            work = Path(folder) / str(place)
            work.mkdir()
            pack, told = issued_pack(work, chance)
            counts.tried += 1
            counts.look("pages", told.pop("pages"))
            counts.found(judged(pack, work), f"pack {place}")
            counts.found([f"{what}: {why}" for what, why in told.items() if why], f"pack {place}")
        hurt = Path(folder) / "hurt.pdf"
        content = bytearray(pack.read_bytes())
        at = content.index(b"stream", len(content) // 2)
        content[at + 20 : at + 60] = bytes(40)
        hurt.write_bytes(content)
        counts.held_against(len(words_of_readers(hurt)))
    return counts


def issued_pack(folder: Path, chance: random.Random) -> tuple[Path, dict[str, object]]:
    """A register with a month of complaints and two outages, its pack, and what the register itself says of it."""
    desk = Desk(open_for_writing(folder / "data"), SHIPPED, lambda: ON)
    try:
        naive = naive_register(chance.randrange(10**6), chance.choice((0, 3, 60, 250)), last=ON)
        known = [each for each in naive if all(day <= ON for day in recorded_days(each))]
        apply(desk, "เพิ่มเรื่องใหม่", [Change(None, each) for each in register(known)])
        for _ in range(2):
            began = datetime(2020, 1, 1) + timedelta(minutes=chance.randrange(26 * 24 * 60))
            ended = began + timedelta(minutes=chance.choice((0, 1, 59, 150, 60 * 30)))
            what = " ".join(["เข้าระบบไม่ได้ ขึ้นข้อความ HTTP 503"] * chance.choice((1, 1, 40)))
            note_outage(
                desk, began, ended, what, [_picture(chance, place) for place in range(chance.choice((1, 1, 2, 5)))]
            )
        pack = folder / "รายงาน พร้อมเอกสารแนบ.pdf"
        figures = month_reports.figures_of_month(desk, JANUARY, ON, ON)
        month_reports.issue(desk, figures, OfficersWords(note="น้ำท่วมสองครั้ง"), pack, pack=True)
        found = verify_pdf(desk, pack)
        again = month_reports.issued_pdf(desk, month_reports.newest_reports(desk, 2563)[JANUARY])
        return pack, {
            "pages": len(re.findall(rb"/Type */Page\b", pack.read_bytes())),
            "not known to the register": found.problems if not found.ok else (),
            "not the file it keeps": again != pack.read_bytes(),
        }
    finally:
        desk.register.close()


def _picture(chance: random.Random, place: int) -> tuple[str, bytes]:
    form, options = chance.choice(FORMS)
    width, height = chance.choice(((1366, 768), (1920, 1080), (900, 1600), (320, 200), (3000, 90)))
    return f"จอภาพ {place}.png", screen(width, height, chance.randrange(200), form, **options)


def judged(pdf: Path, folder: Path) -> list[str]:
    """What readers say on the side, and what the judges of structure, margins and characters find."""
    faults = words_of_readers(pdf)
    faults += structure_faults(pdf) + margin_faults(pdf, folder, MARGIN, MARGIN)
    readings = four_readings(pdf, "-raw")
    faults += [f"{reader}: {fault}" for reader, text in readings.items() for fault in character_faults(text)]
    missing = [
        f"{reader}: no {words}"
        for reader, text in readings.items()
        for words in (*HEADS, *OUTAGES)
        if words not in single_blanks(text)
    ]
    return faults + missing


def words_of_readers(pdf: Path) -> list[str]:
    """What any reader says on the side of reading or drawing the file: a sound file leaves them silent."""
    readers = {
        "qpdf": ["qpdf", "--check", pdf],
        "pdftotext": ["pdftotext", "-raw", pdf, "-"],
        "pdftoppm": ["pdftoppm", "-r", "40", "-gray", pdf, pdf.with_suffix("")],
        "pdfinfo": ["pdfinfo", "-struct", pdf],
        "mutool draw": ["mutool", "draw", "-q", "-F", "txt", "-o", "-", pdf],
        "mutool picture": ["mutool", "draw", "-q", "-r", "30", "-F", "pam", "-o", os.devnull, pdf],
        "pdfium": [sys.executable, "-c", PDFIUM_READER, pdf],
        "pypdf": [sys.executable, "-W", "error", "-c", _PYPDF, pdf],
    }
    said = []
    for name, command in readers.items():
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(list(map(str, command)), capture_output=True, env=environment, check=False)
        words = done.stderr.decode("utf-8", "replace").replace(MUTOOLS_OWN, "").strip()
        if name == "qpdf" and b"WARNING" in done.stdout:
            words += done.stdout.decode("utf-8", "replace")
        if done.returncode or words:
            said.append(f"{name} ended with {done.returncode}, saying {words[:120]!r}")
    return said


_PYPDF = """
import sys, pypdf
for page in pypdf.PdfReader(sys.argv[1], strict=True).pages:
    page.extract_text()
    list(page.images)
"""
assert len(HEADS) == len(Part)
