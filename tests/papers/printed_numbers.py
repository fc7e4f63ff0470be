"""The numbers of a pack read back out of its text, by the place they are printed in.

The text is poppler's, once with single blanks (tables: a row is its cells with blanks between) and once with none
(sentences: where lines break is nothing to a number).
"""

import re
from datetime import date
from typing import Any

from tests.domain.naive_reading import QUALITY_ITEMS
from tests.forms.pdf_checks import without

LONG_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน",
    "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
STATUSES = {"รอรับเรื่อง": "new", "อยู่ระหว่างดำเนินการ": "in_progress", "ดำเนินการเสร็จสิ้น": "completed", "ส่งต่อ": "transferred"}
ITEMS = (
    "ตอบเรื่องตรงกับเรื่องที่แจ้ง", "ระบุเลขที่หนังสือ", "ระบุเลขที่คำสั่ง", "รายละเอียดการดำเนินการ", "รายละเอียดการประสานงาน",
    "ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง",
)  # fmt: skip
FURNITURE = (r"หน้า \d+ จาก \d+ · .*", r"ภาคผนวก [กขค] .*", r"\*{4}.*", r"เลขที่รับแจ้ง วันที่แจ้ง ประเภท / เรื่อง.*")
NUMBER = r"Q\d{4}"
PERCENT = r"(-|\d+\.\d\d)"

NO_CORE_TYPES = "ยังไม่ได้เลือกประเภทเรื่องหลักจึงไม่มีคะแนน"  # in place of numbers: there are none


class Unread(ValueError):
    """A place of the pack that does not read as it must."""


def short_day(day: date) -> str:
    """``28ม.ค.2563``"""
    return f"{day.day}{SHORT_MONTHS[day.month - 1]}{day.year + 543}"


def month_name(day: date) -> str:
    """``มกราคม2563``"""
    return f"{LONG_MONTHS[day.month - 1]}{day.year + 543}"


def fiscal_year(day: date) -> int:
    """The fiscal year of a day, Buddhist era."""
    return day.year + 543 + (day.month >= 10)


class PrintedPack:
    """A pack's text, cut into its parts."""

    def __init__(self, text: str, first: date, on: date) -> None:
        self.first, self.on = first, on
        lines = without(text, FURNITURE)
        self.blanks = " ".join(lines)
        self.bare = self.blanks.replace(" ", "")

    def numbers(self, types: tuple[str, ...]) -> dict[str, Any]:
        """Every number by the name of its place."""
        blocks = self.blocks()
        return {
            "block": {
                name: value for name, value in blocks[-1].items() if name not in ("number", "drawn", "first", "last")
            },
            "types": self._types(types),
            "scores": self._scores(),
            "quality items": self._quality_items(),
            "costly": self._named("4.เรื่องที่ปฏิบัติไม่ถูกต้องตามกระบวนการ", "5.เรื่องยกมาจากเดือนก่อน"),
            "carried": self._carried(),
            "still open": self._still_open(),
            "later": self._named("6.แจ้งภายหลังวันจัดทำรายงาน", "ในเดือน|ครั้งที่|เรื่องที่ได้รับแจ้ง"),
            "list": self._list(),
            "memo": self._memo(),
        }

    def blocks(self) -> list[dict[str, Any]]:
        """Each report's block, in the order printed."""
        found = re.findall(
            r"รายงานครั้งที่(\d+)::(\d+/\d+/\d+):อยู่ระหว่างขั้นตอน\.\.\.เรื่องร้องทุกข์ตั้งแต่วันที่(\S+?)ถึง(\S+?)จำนวน(\d+)เรื่อง"
            rf"ดำเนินการเสร็จสิ้น(\d+)เรื่องคิดเป็นร้อยละ{PERCENT}อยู่ระหว่างดำเนินการ(\d+)เรื่องคิดเป็นร้อยละ{PERCENT}"
            rf"::ความก้าวหน้าของงานฯ={PERCENT}%",
            self.bare,
        )
        blocks = []
        for number, drawn, first, last, received, completed, percent, in_progress, rest, progress in found:
            if progress != percent:
                raise Unread(f"progress {progress} beside {percent}")
            blocks.append(
                {
                    "number": int(number),
                    "drawn": drawn,
                    "first": first,
                    "last": last,
                    "received": int(received),
                    "completed": int(completed),
                    "in_progress": int(in_progress),
                    "completed_percent": _share(percent),
                    "in_progress_percent": _share(rest),
                }
            )
        if not blocks:
            raise Unread("no block")
        return blocks

    def charted(self) -> dict[str, tuple[int, int, str | None]]:
        """(received, completed, percent) of each month in the chart that has a report, by its short name."""
        part = self._part("แผนภูมิปีงบประมาณ", "4. เรื่องที่ปฏิบัติ", self.blanks)
        found = {}
        for name in SHORT_MONTHS:
            match = re.search(rf"(?<!\S){re.escape(name)} (\d+) (\d+)(?: (\d+\.\d\d|-))?(?!\S)", part)
            if match:
                found[name] = (int(match[1]), int(match[2]), _share(match[3] or "-"))
        return found

    def _part(self, begin: str, end: str, text: str) -> str:
        at = text.find(begin)
        stop = re.compile(end if "|" in end else re.escape(end)).search(text, at + len(begin))
        if at < 0 or stop is None:
            raise Unread(f"no part from {begin!r} to {end!r}")
        return text[at + len(begin) : stop.start()]

    def _types(self, types: tuple[str, ...]) -> dict[str, Any]:
        part = self._part("1. จำนวนเรื่องแยกตามประเภทและสถานะ", "2. คะแนนและวิธีคิด", self.blanks)
        rows = {}
        for name, key in (*((each, each) for each in types), ("ไม่ระบุประเภท", ""), ("จำนวนเรื่องทั้งหมด", "whole")):
            match = re.search(rf"(?<!\S){name}(?: \*)? (\d+) (\d+) (\d+) (\d+) {PERCENT} (\d+) (\d+)(?!\S)", part)
            if match:
                received, waiting, under_way, completed, percent, correct, handed = match.groups()
                counts = (int(received), int(waiting), int(under_way), int(completed))
                rows[key] = (*counts, _share(percent), int(correct), int(handed))
        return rows

    def _scores(self) -> dict[str, Any]:
        part = self._part("2.คะแนนและวิธีคิด", "เทียบเป้าหมาย", self.bare).replace(NO_CORE_TYPES, "0×100/0=-80×0/0=-")
        spans = {
            "month": f"เดือน{month_name(self.first)}",
            "year": f"ปีงบประมาณ{fiscal_year(self.first)}ถึง{short_day(self.on)}",
        }
        parts = {"process": ("ปฏิบัติถูกต้องตามกระบวนการ", 20), "quality": ("คุณภาพการแก้ไขปัญหา", 80)}
        found = {}
        for name, (title, worth) in parts.items():
            for span, words in spans.items():
                match = re.search(
                    rf"{title}{re.escape(words)}(\d+)×100/(\d+)=(?:([\d.]+)%|-){worth}×(\d+)/(\d+)=(?:([\d.]+)คะแนน|-)",
                    part,
                )
                if match is None or (match[1], match[2]) != (match[4], match[5]):
                    raise Unread(f"no score {name} {span}")
                found[f"{name} {span}"] = (int(match[1]), int(match[2]), match[3], match[6])
        return found

    def target_words(self) -> tuple[str, str]:
        """What the pack says of both percentages against the target."""
        match = re.search(
            r"เทียบเป้าหมายร้อยละ[\d.]+:ปฏิบัติถูกต้อง(.+?)·ความก้าวหน้าของงาน(.+?)(?:ยังไม่ได้เลือก|ประเภทเรื่องหลัก)", self.bare
        )
        if match is None:
            raise Unread("no target")
        return match[1], match[2]

    def _quality_items(self) -> dict[str, Any]:
        if "รายการคุณภาพของเดือน" not in self.bare:
            return {}
        part = self._part("รายการคุณภาพของเดือน", "3. แผนภูมิ", self.blanks)
        found = {}
        for item, words in zip(QUALITY_ITEMS, ITEMS, strict=True):
            loose = r"\s*".join(map(re.escape, words))
            match = re.search(rf"{loose} (\d+) (\d+) (\d+)(?!\S)", part)
            if match:
                found[item] = tuple(map(int, match.groups()))
        return found

    def _named(self, title: str, end: str) -> list[str]:
        """The numbers of the complaints a section names, which must be as many as its title says."""
        part = self._part(title, end, self.bare)
        said = re.match(r"(\d+)เรื่อง", part)
        numbers = re.findall(NUMBER, part)
        if said is None or int(said[1]) != len(numbers):
            raise Unread(f"{title}: {part[:20]} for {len(numbers)}")
        return sorted(numbers)

    def _carried(self) -> dict[str, tuple[int, ...]]:
        part = self._part("5. เรื่องยกมาจากเดือนก่อน", "6. แจ้งภายหลัง", self.blanks)
        rows = {}
        for name, year, *counts in re.findall(
            rf"(?<!\S)({'|'.join(LONG_MONTHS)}) (\d{{4}}) (\d+) (\d+) (\d+) (\d+) (\d+)(?!\S)", part
        ):
            rows[f"{int(year) - 543}-{LONG_MONTHS.index(name) + 1:02d}"] = tuple(map(int, counts))
        if whole := re.search(r"(?<!\S)รวม (\d+) (\d+) (\d+) (\d+) (\d+)(?!\S)", part):
            rows["whole"] = tuple(map(int, whole.groups()))
        return rows

    def _still_open(self) -> list[str]:
        part = self._part("5.เรื่องยกมาจากเดือนก่อนยังค้าง", "6.แจ้งภายหลัง", self.bare)
        said = re.match(r"(\d+)เรื่อง", part)
        numbers = re.findall(NUMBER, part)
        if said is None or int(said[1]) != len(numbers):
            raise Unread(f"still open {part[:20]} for {len(numbers)}")
        return numbers

    def _list(self) -> dict[str, tuple[str, bool | None]]:
        """Annex C: the state of each complaint, as many as it says."""
        match = re.search(
            r"เรื่องที่ได้รับแจ้ง(\d+)เรื่องตามที่เป็นอยู่ณวันจัดทำรายงาน\S+?(?:และเรื่องที่ส่งต่อ(\d+)เรื่องซึ่งไม่นับในรายงาน)?ไม่แสดงชื่อ(.*)",
            self.bare,
        )
        if match is None:
            raise Unread("no list")
        rows = {}
        for number, row in re.findall(rf"\d+({NUMBER})(.*?)(?=\d+{NUMBER}|$)", match[3]):
            status = next((code for words, code in STATUSES.items() if words in row), "")
            rows[number] = (status, False if "ไม่ถูกต้อง" in row else True if "ถูกต้อง" in row else None)
        handed = sum(status == "transferred" for status, _ in rows.values())
        if (int(match[1]), int(match[2] or 0)) != (len(rows) - handed, handed):
            raise Unread(f"the list says {match[1]} and {match[2]}, not {len(rows) - handed} and {handed}")
        return rows

    def _memo(self) -> tuple[Any, ...]:
        nothing = "ครบถ้วน0รายการจาก0รายการคิดเป็นร้อยละ-ได้-คะแนนจาก80คะแนน"
        match = re.search(
            rf"1\.เรื่องร้องทุกข์ที่ได้รับแจ้งตั้งแต่วันที่\S+?จำนวน(\d+)เรื่องดำเนินการเสร็จสิ้น(\d+)เรื่องคิดเป็นร้อยละ{PERCENT}"
            rf"อยู่ระหว่างดำเนินการ(\d+)เรื่องคิดเป็นร้อยละ{PERCENT}"
            rf"2\.ปฏิบัติถูกต้องตามกระบวนการ(\d+)เรื่องจาก(\d+)เรื่องคิดเป็นร้อยละ{PERCENT}ได้{PERCENT}คะแนนจาก20คะแนน"
            rf"คุณภาพการแก้ไขปัญหาครบถ้วน(\d+)รายการจาก(\d+)รายการคิดเป็นร้อยละ{PERCENT}ได้{PERCENT}คะแนนจาก80คะแนน",
            self.bare.replace(NO_CORE_TYPES, nothing),
        )
        listed = re.search(r"บัญชีเรื่องร้องทุกข์ประจำเดือน\S+?จำนวน(\d+)เรื่อง\(ไม่แสดงชื่อ", self.bare)
        if match is None or listed is None:
            raise Unread("no memo")
        received, completed, percent, left, rest, *scores = match.groups()
        return (
            int(received), int(completed), int(left), _share(percent), _share(rest),
            *(int(each) if place % 4 < 2 else _share(each) for place, each in enumerate(scores)),
            int(listed[1]),
        )  # fmt: skip


def _share(text: str) -> str | None:
    return None if text == "-" else text
