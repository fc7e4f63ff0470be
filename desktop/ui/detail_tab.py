"""รายละเอียด: one complaint to read and edit, its line of time, its next steps and its history."""

from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.complaint import Complaint
from desktop.services.complaint_steps import WorkStep, sensible_steps
from desktop.services.complaint_views import explained_draft, standing_of_draft
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import CannotDo, Desk
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.complaint_form import ComplaintForm
from desktop.ui.completion_dialog import CompletionDialog
from desktop.ui.history_panel import HistoryPanel
from desktop.ui.step_dialog import StepDialog
from desktop.ui.theme import GRID, Look, heading_font
from desktop.ui.timeline import Timeline

PAUSE = 200  # milliseconds without a key before the line of time is drawn anew
FORM_SHARE = (6, 4)


class Leave(Enum):
    """What to do with what is typed and not saved; the value is the button."""

    SAVE = "บันทึก"
    DISCARD = "ไม่บันทึก"
    STAY = "กลับไปแก้ไข"


class DetailTab(QWidget):
    """One complaint; ``changed`` after each saving."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_open = False
        self._build()
        self._connect()
        self._show_empty()
