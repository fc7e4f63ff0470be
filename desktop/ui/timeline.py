"""The line of time of a complaint: each duty with its day, its state, and why it falls due on that day."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.domain.explanations import Explanation
from desktop.domain.obligations import Standing, State, Step, Urgency
from desktop.domain.thai_dates import weekday_date
from desktop.services.complaint_views import ExplainedComplaint
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look, heading_font

LOOK_OF_STATE = {
    State.ON_TIME: Look.DONE,
    State.MET: Look.DONE,
    State.LATE: Look.OVERDUE,
    State.OVERDUE: Look.OVERDUE,
    State.MISSED: Look.OVERDUE,
    State.DUE_TODAY: Look.TODAY,
    State.PENDING: Look.PLAIN,
    State.NOT_STARTED: Look.PLAIN,
    State.UNKNOWN: Look.DOUBTFUL,
}
LOOK_OF_URGENCY = {Urgency.OVERDUE: Look.OVERDUE, Urgency.TODAY: Look.TODAY, Urgency.PENDING: Look.PLAIN}
WHY = "เหตุที่ครบกำหนดวันนี้"
DETAIL = "รายละเอียด"  # of a day on which nothing fell due


class Timeline(QScrollArea):
    """What was done and what is owed, in the order of time; below each due day the reasons, when asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._open: set[str] = set()  # titles whose reasons are shown
        self._build()
        self._connect()

    def _build(self) -> None:
        self.sheet = QWidget()
        self._layout = QVBoxLayout(self.sheet)
        self._layout.setContentsMargins(GRID, 0, GRID, GRID)
        self._layout.setSpacing(GRID)
        self._layout.addStretch()
        self.setWidget(self.sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        """Nothing outside speaks to it: it is shown anew."""

    def show_explained(self, explained: ExplainedComplaint) -> None:
        """Show a complaint, saved or being typed."""
        self._clear()
        *steps, following = explained.explanations
        self._add(_head(explained.seen, following))
        for step in steps:
            self._add(TimelineStep(step, explained.seen, self._open))

    def close_all(self) -> None:
        """Fold the reasons away: another complaint comes."""
        self._open.clear()

    def show_words(self, words: str) -> None:
        """Show a sentence instead: there is nothing to count."""
        self._clear()
        self._add(plain_label(words, muted=True))

    def texts(self) -> list[str]:
        """What is to be read on it, in order."""
        return [label.text() for label in self.sheet.findChildren(QLabel) if not label.isHidden()]

    def _add(self, widget: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, widget)
        widget.show()  # at once: a layout would show it only later

    def _clear(self) -> None:
        while self._layout.count() > 1:
            item = self._layout.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()


class TimelineStep(QFrame):
    """One place on the line of time."""

    def __init__(self, step: Explanation, seen: Standing, opened: set[str]) -> None:
        super().__init__()
        self._step = step
        self._seen = seen
        self._opened = opened
        self._build()
        self._connect()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID // 2)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addLayout(self._days())
        if self._step.outages:
            layout.addWidget(_outage_mark(self._step.outages), 0, Qt.AlignmentFlag.AlignLeft)
        self.reasons = plain_label("\n".join(f"• {reason}" for reason in self._step.reasons))
        self.reasons.setContentsMargins(GRID, GRID // 2, 0, GRID // 2)
        layout.addWidget(self.reasons)
        self._show_reasons(self._step.title in self._opened)

    def _head(self) -> QHBoxLayout:
        title = QLabel(self._step.title)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        if self._step.state is not None:
            head.addWidget(_chip(LOOK_OF_STATE[self._step.state], self._step.state.value))
        return head

    def _days(self) -> QHBoxLayout:
        self.why = QToolButton()
        self.why.setText(WHY if self._step.due else DETAIL)
        self.why.setAutoRaise(True)
        self.why.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.why.setAccessibleName(f"{self.why.text()}: {self._step.title}")
        days = QHBoxLayout()
        days.addWidget(plain_label(_days_of(self._step, self._seen), muted=True), 1)
        days.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        return days

    def _connect(self) -> None:
        self.why.clicked.connect(lambda: self._show_reasons(self.reasons.isHidden()))

    def _show_reasons(self, shown: bool) -> None:
        self.reasons.setVisible(shown)
        self.why.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        if shown:
            self._opened.add(self._step.title)
        else:
            self._opened.discard(self._step.title)


def _head(seen: Standing, following: Explanation) -> QWidget:
    """What to do next, the status, and what is doubtful about it."""
    head = QWidget()
    layout = QVBoxLayout(head)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID // 2)
    status = plain_label(f"{seen.status.value} · {_judged(seen)}" if _judged(seen) else seen.status.value)
    status.setFont(heading_font())
    layout.addWidget(status)
    if seen.complaint.lacks_days:
        stated = seen.complaint.told_status.value
        chip = plain_label()
        wear(chip, Look.DOUBTFUL, f"ขาดวันที่: แจ้งสถานะไว้ว่า{stated} แต่ไม่มีวันที่ยืนยัน")
        layout.addWidget(chip)
    if seen.next is not None:
        chip = plain_label()
        wear(chip, LOOK_OF_URGENCY[seen.next.urgency(seen.on)], f"{following.title}: {' · '.join(following.reasons)}")
        layout.addWidget(chip)
    return head


def _judged(seen: Standing) -> str:
    match seen.correct:
        case True:
            return "✓ ทันกำหนดทุกขั้นตอน"
        case False:
            return "⚠ ไม่ทันกำหนดบางขั้นตอน"
    return ""


def _days_of(step: Explanation, seen: Standing) -> str:
    told = []
    if step.due is not None:
        told.append(f"ครบกำหนด {weekday_date(step.due)}")
    if step.done is not None:
        told.append(weekday_date(step.done) if step.due is None else f"ทำเมื่อ {weekday_date(step.done)}")
    if step.title == Step.ACCEPT.value and seen.inferred:
        told.append(f"{Look.DOUBTFUL.value} วันที่ตอบรับอนุมานจากรายการแรก")
    return " · ".join(told)


def _chip(look: Look, words: str) -> QLabel:
    chip = QLabel(f"{look.value} {words}".strip())
    chip.setProperty("look", look.name.lower())
    return chip


def _outage_mark(count: int) -> QLabel:
    """Seen without unfolding the reasons, which tell of each."""
    times = f" {count} ครั้ง" if count > 1 else ""
    mark = QLabel(f"ระบบขัดข้องในวันครบกำหนด{times} (กำหนดไม่เลื่อน)")
    mark.setProperty("look", Look.SOON.name.lower())  # its colours alone: the words say what it is
    return mark
