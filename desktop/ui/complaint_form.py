"""The complaint as a form: every field of the register, grouped, in a scroll area."""

from collections.abc import Set as AbstractSet
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.complaint import Complaint
from desktop.services.complaint_work import problem_with
from desktop.services.desk import Desk
from desktop.services.drafts import Draft, Value, laid_over
from desktop.ui.answer_group import AnswerGroup
from desktop.ui.days_group import DaysGroup
from desktop.ui.form_part import FormPart
from desktop.ui.matter_group import MatterGroup
from desktop.ui.quality_group import QualityGroup
from desktop.ui.theme import GRID
from desktop.ui.typed_fields import TypedField, clear_notes, lay_over, values_of


class ComplaintForm(QScrollArea):
    """One complaint to be edited; ``edited`` on each keystroke, ``settled`` when a day or choice stands."""

    edited = Signal()
    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._loaded: Complaint | None = None  # as stored; None: a new one
        self._as_loaded: Complaint | None = None  # as the fields gave it back right after loading
        self.base: dict[str, Value] = {}  # what stood in the fields then
        self._notes: list[QLabel] = []  # what the register has where a draft was laid over it
        self._build()
        self._connect()

    def _build(self) -> None:
        self.matter = MatterGroup(self._desk)
        self.days = DaysGroup(self._desk)
        self.answer = AnswerGroup(self._desk)
        self.quality = QualityGroup(self._desk)
        self._parts: tuple[FormPart, ...] = (self.matter, self.days, self.answer, self.quality)
        sheet = QWidget()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(GRID)
        for part in self._parts:
            layout.addWidget(part)
        layout.addStretch()
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def _connect(self) -> None:
        for part in self._parts:
            part.edited.connect(self.edited)
            part.settled.connect(self.settled)

    @property
    def loaded(self) -> Complaint | None:
        """The complaint as it is stored; None for a new one."""
        return self._loaded

    def load(self, loaded: Complaint | None) -> None:
        """Show a complaint; None: a new one."""
        clear_notes(self._notes)
        self._loaded = loaded
        for part in self._parts:
            part.load(loaded)
        self._as_loaded = self.draft()
        self.base = values_of(self.typed_fields())
        self.tell(self._as_loaded)
        self.verticalScrollBar().setValue(0)

    def typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts."""
        return {name: field for part in self._parts for name, field in part.typed_fields().items()}

    def typed_over(self, *, but: AbstractSet[str]) -> dict[str, Value]:
        """What stands otherwise than it was loaded, but for what belongs to some fields of the complaint."""
        typed = values_of(self.typed_fields())
        return {
            name: value for name, value in typed.items() if value != self.base.get(name) and not but & _fields_of(name)
        }

    def put_back(self, draft: Draft) -> int:
        """Lay a draft over the complaint that is shown; tells how many fields the register changed meanwhile."""
        clear_notes(self._notes)
        fields = self.typed_fields()
        self._notes = lay_over(fields, laid_over(draft, values_of(fields)))
        self.edited.emit()
        if self._notes:
            QTimer.singleShot(0, self, self._show_first_note)  # once it is laid out
        return len(self._notes)

    def _show_first_note(self) -> None:
        if self._notes:
            self.ensureWidgetVisible(self._notes[0])

    def draft(self) -> Complaint:
        """The complaint as it is typed; a day that is none yet is left as it was stored."""
        draft = self._loaded or Complaint("", self._new_day())
        for part in self._parts:
            draft = part.typed(draft)
        return draft

    def _new_day(self) -> date:
        return self.matter.notified.day() or self._desk.today

    def has_unsaved(self) -> bool:
        """Whether anything stands otherwise than it was loaded, an unreadable day included."""
        return self.draft() != self._as_loaded or bool(self.day_problem())

    def problem(self) -> str:
        """Why it cannot be saved as it stands, in one Thai sentence; blank when it can."""
        return self.day_problem() or problem_with(self._desk, self.draft()) or ""

    def day_problem(self) -> str:
        """The first day that is typed but is none yet, named; blank when all are."""
        return next((found for part in self._parts if (found := part.problem())), "")

    def settle(self) -> None:
        """Settle every day as it is typed."""
        for part in self._parts:
            part.settle()

    def tell(self, draft: Complaint) -> None:
        """Say in the fields what follows from the draft: kinds of entries, quality items."""
        self.days.tell(draft)
        self.quality.tell(draft)

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        for part in self._parts:
            part.set_read_only(read_only)


def _fields_of(name: str) -> set[str]:
    """The fields of a complaint that a field of the form shows."""
    if name == "entries":
        return {"first_report", "follow_ups"}
    return {"marks"} if name.startswith("not_applicable_") else {name}
