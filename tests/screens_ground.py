"""What pictures of the program are taken of: the demonstration register, and the traces of an officer's work in it.

Screenshots and photographs are drawn here. No real person, place or screen stands in any of them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QBuffer, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPen, QPolygonF

from desktop import app
from desktop.domain.evidence import OF_COMPLAINT
from desktop.domain.months import Month
from desktop.domain.thai_dates import BANGKOK
from desktop.services import complaint_work, memo_words, month_reports, office_settings, outage_work
from desktop.services.attaching import attach
from desktop.services.demo import DEMO_ENDS, FOUR_MONTHS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.storage.register import open_for_writing
from desktop.ui import theme

BEGUN = datetime(2020, 1, 2, 1, 30, tzinfo=UTC)  # 2 January 2563, 8:30 in Bangkok
NOW = datetime(2020, 1, 28, 2, 30, tzinfo=UTC)  # 28 January, 9:30
OFFICER = "เจ้าหน้าที่ผู้รับผิดชอบ"
CORE_TYPES = ["ท่อระบายน้ำ", "ถนน", "ทางเท้า", "แสงสว่าง", "ความสะอาด"]
WORKED_ON = "2563-00709"  # a complaint with attachments and a history
OUTAGES = (
    (datetime(2020, 1, 2, 10, 0), datetime(2020, 1, 2, 12, 30), "เข้าระบบรับเรื่องร้องทุกข์ไม่ได้ หน้าจอขึ้นข้อความผิดพลาด 503"),
    (datetime(2020, 1, 15, 22, 15), datetime(2020, 1, 16, 9, 5), "บันทึกผลการติดตามแล้วหน้าจอค้าง ข้อมูลไม่เข้าระบบ"),
)
PAGE = (1366, 768)
PHOTOGRAPH = (1200, 900)
HOUSES = ((0, 300, 330, "#b9a48a"), (320, 220, 250, "#9aa5a0"), (820, 380, 360, "#c2b5a3"))


def demonstration(folder: Path) -> Desk:
    """A demonstration register on its last day: three months issued and sent in time, the fourth to be issued."""
    desk = Desk(open_for_writing(folder), app.shipped(), lambda: DEMO_ENDS, lambda: BEGUN)
    fill_with_demo(desk, None, 1)
    office_settings.choose_core_types(desk, 2563, CORE_TYPES)
    for each in FOUR_MONTHS[:3]:
        month = Month.of(each.first)
        month_reports.issue(desk, month_reports.figures_of_month(desk, month, each.drawn_on), OfficersWords(), None)
    for number, day in ((10, date(2019, 11, 6)), (11, date(2019, 12, 9))):
        month_reports.mark_sent(desk, Month(2019, number), day)
    return desk


def live_in(desk: Desk) -> None:
    """What an officer leaves behind: her name, two outages with pictures, a complaint with attachments and changes."""
    office_settings.save_officer_name(desk, OFFICER)
    project = desk.fiscal_year(2563).project
    named = replace(project, responsible=OFFICER, responsible_telephone="02-000-0000", position="เจ้าพนักงานปกครอง")
    office_settings.save_project(desk, named)
    memo_words.save_memo_words(desk, memo_words.MemoWords(signer="ผู้อำนวยการเขต", position="ผู้อำนวยการเขตประเวศ"))
    for place, (began, ended, what) in enumerate(OUTAGES):
        images = [(f"จอภาพ {began:%H.%M}.png", error_page(what, place))]
        _at(desk, ended.replace(tzinfo=BANGKOK) + timedelta(minutes=5))
        outage_work.note_outage(desk, began, ended, what, images)
    _at(desk, NOW)
    found = complaint_work.complaint(desk, WORKED_ON)
    nearer = f"{found.place} หน้าบ้านเลขที่ 12"
    complaint_work.save(desk, found, replace(found, place=nearer))
    changed = complaint_work.complaint(desk, WORKED_ON)
    complaint_work.save(desk, changed, replace(changed, unit="ฝ่ายโยธา", coordination="ประสานสำนักการระบายน้ำแล้ว"))
    for name, wet in (("ก่อนดำเนินการ.jpg", True), ("ลอกท่อแล้ว.jpg", False)):
        attach(desk, OF_COMPLAINT, WORKED_ON, name, photograph(wet=wet))


def _at(desk: Desk, moment: datetime) -> None:
    desk.now_of = lambda: moment


def error_page(what: str, place: int = 0) -> bytes:
    """A screenshot of a browser that shows why a made-up system does not answer (PNG)."""

    def paint(painter: QPainter) -> None:
        width, height = PAGE
        painter.fillRect(0, 0, width, height, QColor("#eef1f5"))
        painter.fillRect(0, 0, width, 48, QColor("#d5dae2"))
        painter.fillRect(16, 8, 900, 32, QColor("white"))
        painter.fillRect(0, 48, width, 72, QColor(("#1d4f7a", "#4a2f6b")[place % 2]))
        _write(painter, QRectF(32, 8, 800, 32), "ระบบกลางตัวอย่าง · รับเรื่องร้องทุกข์", 11, "#5a6472")
        _write(painter, QRectF(32, 48, 1000, 72), "ระบบเรื่องราวร้องทุกข์ (ตัวอย่าง)", 18, "white", bold=True)
        box = QRectF(width / 4, 240, width / 2, 280)
        painter.setPen(QPen(QColor("#b8c0cc"), 2))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(box, 8, 8)
        head = ("ไม่สามารถให้บริการได้ในขณะนี้", "กำลังบันทึกข้อมูล…")[place % 2]
        middle = Qt.AlignmentFlag.AlignCenter
        _write(painter, box.adjusted(24, 24, -24, -160), head, 20, "#a81e16", middle, bold=True)
        _write(painter, box.adjusted(40, 112, -40, -72), what, 13, "#1c2430", middle)
        _write(painter, box.adjusted(40, 200, -40, -24), "โปรดลองใหม่ภายหลัง", 12, "#5a6472", middle)

    return _painted(PAGE, paint, "PNG")


def photograph(*, wet: bool) -> bytes:
    """What a lane with a drain may look like, under water or dry (JPEG)."""

    def paint(painter: QPainter) -> None:
        width, height = PHOTOGRAPH
        sky = QLinearGradient(0, 0, 0, height / 2)
        sky.setColorAt(0, QColor("#8fb4d6"))
        sky.setColorAt(1, QColor("#dfe9f1"))
        painter.fillRect(0, 0, width, height, sky)
        painter.setPen(Qt.PenStyle.NoPen)
        for left, wide, high, colour in (
            (0, 300, 330, "#b9a48a"),
            (320, 220, 250, "#9aa5a0"),
            (820, 380, 360, "#c2b5a3"),
        ):
            painter.fillRect(left, int(height * 0.55) - high, wide, high, QColor(colour))
        painter.fillRect(0, int(height * 0.55), width, height, QColor("#7d8a78"))
        painter.setBrush(QColor("#77797d"))
        painter.drawPolygon(QPolygonF([QPointF(480, 495), QPointF(720, 495), QPointF(1180, 900), QPointF(20, 900)]))
        if wet:
            painter.setBrush(QColor(94, 112, 122, 225))
            painter.drawEllipse(QRectF(150, 610, 860, 260))
            painter.setBrush(QColor(200, 215, 225, 120))
            painter.drawEllipse(QRectF(330, 660, 300, 40))
        painter.setBrush(QColor("#3c3f44"))
        for step in range(6):
            painter.drawRect(QRectF(760 + step * 26, 800, 14, 60))

    return _painted(PHOTOGRAPH, paint, "JPEG")


def _painted(size: tuple[int, int], paint: Callable[[QPainter], None], form: str) -> bytes:
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(held, form, 85)
    return bytes(held.data().data())


def _write(
    painter: QPainter,
    place: QRectF,
    words: str,
    points: float,
    colour: str,
    where: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    *,
    bold: bool = False,
) -> None:
    font = QFont(theme.text_font())
    font.setPointSizeF(points)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, int(where | Qt.TextFlag.TextWordWrap), words)
