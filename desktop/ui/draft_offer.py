"""The bar that offers back what was typed and not saved when the program last ended: คืนร่าง or ทิ้ง, one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.services import drafts
from desktop.services.desk import CannotDo, Desk
from desktop.services.drafts import Draft, Offer
from desktop.ui import notices
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, Look

MOST_ROWS = 3  # more of them come up as these are answered
MOST_SHOWN = 400  # letters of a draft shown before it is thrown away


def offer_of_drafts(desk: Desk, window: QWidget) -> "DraftOffer | None":
    """The bar for the drafts of a register; None when there are none. A damaged file of drafts is told."""
    try:
        found = drafts.kept(desk)
    except CannotDo as damaged:
        notices.tell(window, "ร่างที่เก็บไว้", str(damaged))
        return None
    return DraftOffer(desk, [drafts.offer_of(desk, draft) for draft in found]) if found else None


class DraftRow(QWidget):
    """One draft: what it is of, when it was typed, and what can be done with it."""

    restored = Signal(object)
    discarded = Signal(object)

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer
        self._build()
        self._connect()

    def _build(self) -> None:
        self.words = plain_label()
        self.restore = QPushButton("คืนร่าง")
        self.restore.setToolTip("ใส่สิ่งที่พิมพ์ไว้กลับในช่องเดิม ยังไม่บันทึก")
        self.copy = QPushButton("คัดลอกข้อความ")
        self.discard = QPushButton("ทิ้ง")
        self.discard.setToolTip("ลบร่างนี้ ทะเบียนไม่เปลี่ยน")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.words, 1)
        for button in (self.restore, self.copy, self.discard):
            layout.addWidget(button)
        self.show_offer(self.offer)

    def show_offer(self, offer: Offer) -> None:
        """How the draft can be offered now: the register may have changed since it was first."""
        self.offer = offer
        told = (offer.title, f"พิมพ์ค้างไว้ {offer.when}", offer.why_not)
        self.words.setText(" · ".join(filter(None, told)))
        self.restore.setVisible(not offer.why_not)
        self.copy.setVisible(bool(offer.why_not))
        for button in (self.restore, self.copy, self.discard):
            button.setAccessibleName(f"{button.text()} {offer.title}")

    def _connect(self) -> None:
        self.restore.clicked.connect(lambda: self.restored.emit(self.offer.draft))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.offer.typed))
        self.discard.clicked.connect(self._ask)

    def _ask(self) -> None:
        """It is the only copy: what goes is shown first."""
        question = f"ทิ้งร่างของ{self.offer.title} ใช่ไหม ทิ้งแล้วเรียกคืนไม่ได้ ทะเบียนไม่เปลี่ยน\n\n{_shortened(self.offer.typed)}"
        notices.ask(self, question, {"ทิ้งร่าง": lambda: self.discarded.emit(self.offer.draft)})


class DraftOffer(QFrame):
    """The bar; ``restored`` asks for a draft to be put back, and the bar goes with its last one."""

    restored = Signal(object)

    def __init__(self, desk: Desk, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._desk = desk
        self.rows = [DraftRow(offer) for offer in offers]
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("offer", True)
        self.heading = plain_label()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self._layout.setSpacing(GRID // 2)
        for widget in (self.heading, *self.rows):
            self._layout.addWidget(widget)
        self._tell_count()

    def _connect(self) -> None:
        for row in self.rows:
            row.restored.connect(lambda _, row=row: self._restore(row))
            row.discarded.connect(self._drop)

    def _restore(self, row: DraftRow) -> None:
        row.show_offer(drafts.offer_of(self._desk, row.offer.draft))
        if not row.offer.why_not:
            self.restored.emit(row.offer.draft)

    def _drop(self, draft: Draft) -> None:
        try:
            drafts.drop_draft(self._desk, draft)
        except CannotDo as refused:
            notices.tell_problem(self, str(refused))
            return
        self.take_out(draft)

    def take_out(self, draft: Draft) -> None:
        """A draft was put back or thrown away."""
        for row in [row for row in self.rows if row.offer.draft == draft]:
            self.rows.remove(row)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._tell_count()

    def forget(self, number: str) -> None:
        """Something of a complaint was erased by law: its drafts are gone."""
        for row in list(self.rows):
            if drafts.speaks_of(row.offer.draft, number):
                self.take_out(row.offer.draft)

    def _tell_count(self) -> None:
        self.heading.setText(f"{Look.TODAY.value} ร่างที่ยังไม่ได้บันทึก {len(self.rows)} รายการ จากการเปิดโปรแกรมครั้งก่อน")
        for place, row in enumerate(self.rows):
            row.setVisible(place < MOST_ROWS)
        self.setVisible(bool(self.rows))


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
