"""The page of an open complaint: bar, form, line of time or history, foot; and the page shown while none is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.complaint import Complaint
from desktop.services.complaint_views import ExplainedComplaint
from desktop.services.desk import Desk
from desktop.ui.attachments_group import AttachmentsGroup
from desktop.ui.complaint_form import ComplaintForm
from desktop.ui.history_panel import HistoryPanel
from desktop.ui.plain_label import heading_label, plain_label
from desktop.ui.step_bar import StepBar
from desktop.ui.theme import GRID, Look
from desktop.ui.timeline import Timeline

WIDTHS = (800, 528)  # form and line of time at 1366 pixels; a wider window is shared in the same way
DAYS_DISAGREE = "แก้วันที่ให้ถูกต้องก่อน แล้วกำหนดเวลาจะแสดงที่นี่"


class EmptyPage(QWidget):
    """What to do while no complaint is open."""

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._build()
        self._connect()

    def _build(self) -> None:
        heading = heading_label("ยังไม่ได้เปิดเรื่องใด")
        told = QLabel("เลือกเรื่องจากรายการเรื่องร้องทุกข์ หรือเพิ่มเรื่องใหม่ด้วย Ctrl+N")
        told.setProperty("muted", True)
        self.new_button = QPushButton("เพิ่มเรื่องใหม่")
        self.new_button.setVisible(self._writable)
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID * 2)
        layout.addStretch()
        for widget in (heading, told, self.new_button):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def _connect(self) -> None:
        """Its button is the tab's."""


class DetailPage(QWidget):
    """The parts of an open complaint, laid out; ``DetailTab`` moves them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._restored = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.steps = StepBar()
        self.form = ComplaintForm(self._desk)
        self.timeline = Timeline()
        self.history = HistoryPanel(self._desk)
        self.side = QStackedWidget()
        self.side.addWidget(self.timeline)
        self.side.addWidget(self.history)
        self.attachments = AttachmentsGroup(self._desk)
        self.side.addWidget(self.attachments)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.form)
        self.split.addWidget(self._side_with_heads())
        self.split.setChildrenCollapsible(False)
        self.split.setSizes(list(WIDTHS))
        for place, width in enumerate(WIDTHS):
            self.split.setStretchFactor(place, width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.steps)
        layout.addWidget(self.split, 1)
        layout.addLayout(self._foot())

    def _side_with_heads(self) -> QWidget:
        self.timeline_head = _side_head("เส้นเวลาและกำหนด", "Ctrl+Shift+T")
        self.history_head = _side_head("ประวัติการแก้ไข", "Ctrl+Shift+H")
        self.attachments_head = _side_head("แฟ้มแนบ", "Ctrl+Shift+A")
        self.timeline_head.setChecked(True)
        self._heads = QButtonGroup(self)
        heads = QHBoxLayout()
        heads.setContentsMargins(GRID, 0, 0, 0)
        for head in (self.timeline_head, self.history_head, self.attachments_head):
            self._heads.addButton(head)
            heads.addWidget(head)
        heads.addStretch()
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(heads)
        layout.addWidget(self.side, 1)
        return side

    def _foot(self) -> QHBoxLayout:
        self.trouble = plain_label()
        self.trouble.setProperty("look", Look.OVERDUE.name.lower())
        self.trouble.hide()
        self.note = plain_label(muted=True)
        self.undo_button = QPushButton("ยกเลิกการแก้ไข")
        self.save_button = QPushButton("บันทึก")
        self.save_button.setProperty("primary", True)
        self.save_button.setToolTip("บันทึก (Ctrl+S)")
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.trouble, 1)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.save_button)
        return foot

    def _connect(self) -> None:
        sides = (self.timeline, self.history, self.attachments)
        for head, side in zip(self._heads.buttons(), sides, strict=True):
            head.toggled.connect(lambda on, side=side: self._turn(side, on=on))
        self.attachments.changed.connect(lambda: self.history.show_history(self.attachments.number))

    def _turn(self, side: QWidget, *, on: bool) -> None:
        if on:
            self.side.setCurrentWidget(side)

    def show_complaint(self, found: Complaint | None, *, keep_place: bool) -> None:
        """Show a complaint from its top, or where it is scrolled to; None: a new one."""
        self._restored = ""
        writable = self._desk.register.writable
        place = self.form.verticalScrollBar().value()
        self.steps.show_complaint(found, writable=writable)
        self.form.load(found)
        self.form.set_read_only(not writable)
        if not keep_place:
            self.timeline.close_all()
        else:
            self.form.verticalScrollBar().setValue(place)
        self.show_beside("" if found is None else found.number)

    def show_beside(self, number: str) -> None:
        """Show history and attachments of a complaint as they are now; what is typed in the form stays."""
        self.history.show_history(number)
        self.attachments.show_complaint(number)

    def show_explained(self, explained: ExplainedComplaint | str) -> None:
        """Draw the line of time, or say which days disagree."""
        if isinstance(explained, str):
            self.timeline.show_words(f"{Look.OVERDUE.value} {explained}\n{DAYS_DISAGREE}")
        else:
            self.timeline.show_explained(explained)

    def say(self, problem: str) -> None:
        """One line of what cannot be saved; blank takes it away."""
        self.trouble.setText(f"{Look.OVERDUE.value} {problem}" if problem else "")
        self.trouble.setVisible(bool(problem))
        self.note.setVisible(not problem)

    def allow_saving(self, unsaved: bool) -> None:
        """Enable the foot's buttons while something is typed and not saved."""
        writable = self._desk.register.writable
        self.save_button.setEnabled(unsaved and writable)
        self.undo_button.setEnabled(unsaved and writable)
        if not writable:
            self.note.setText("เปิดไว้เพื่ออ่านอย่างเดียว แก้ไขไม่ได้")
        else:
            self.note.setText((self._restored or "● มีการแก้ไขที่ยังไม่ได้บันทึก") if unsaved else "")

    def tell_restored(self, changed: int) -> None:
        """Say that a draft was put back, and in how many fields the register is another by now."""
        self._restored = "● คืนร่างแล้ว ยังไม่ได้บันทึก"
        if changed:
            self._restored += f" · ทะเบียนเปลี่ยนไป {changed} ช่องหลังพิมพ์ร่าง ดูใต้ช่องที่มีเครื่องหมาย ?"


def _side_head(words: str, key: str) -> QToolButton:
    head = QToolButton()
    head.setText(words)
    head.setCheckable(True)
    head.setAutoRaise(True)
    head.setShortcut(key)
    head.setToolTip(f"{words} ({key})")
    return head
