"""รายละเอียด: one complaint to read and edit, its next steps, its line of time and its history."""

from collections.abc import Collection
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMessageBox, QStackedLayout, QWidget

from desktop.domain.complaint import Complaint
from desktop.services.complaint_steps import WorkStep
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import CannotDo, Desk
from desktop.services.draft_timeline import explained_typed
from desktop.services.drafts import COMPLAINT, Draft, number_in_register, step_of
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.completion_dialog import CompletionDialog
from desktop.ui.detail_page import DetailPage, EmptyPage
from desktop.ui.draft_keeper import DraftKeeper, Typed
from desktop.ui.notices import tell_problem
from desktop.ui.step_dialog import StepDialog
from desktop.ui.typed_fields import put_back, values_of

PAUSE = 200  # milliseconds without a key before problem and line of time are told anew


class Leave(Enum):
    """What to do with what is typed and not saved; the value is the button."""

    SAVE = "บันทึก"
    DISCARD = "ไม่บันทึก"
    STAY = "กลับไปแก้ไข"


class DetailTab(QWidget):
    """One complaint; ``changed`` after each saving. What is typed is never dropped unasked (``may_leave``)."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.dialog: StepDialog | None = None  # the step being taken
        self.keeper = DraftKeeper(desk, self._unsaved, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.page = DetailPage(self._desk)
        self.empty = EmptyPage(writable=self._desk.register.writable)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)

    def _connect(self) -> None:
        form = self.page.form
        form.edited.connect(self._pause.start)
        form.edited.connect(self.keeper.touched)
        form.settled.connect(self._pause.start)
        self._pause.timeout.connect(self._look_over)
        self.page.steps.asked.connect(self.take_step)
        self.page.save_button.clicked.connect(self.save)
        self.page.undo_button.clicked.connect(self.discard)
        self.empty.new_button.clicked.connect(self.new_complaint)
        save_key = QShortcut(QKeySequence.StandardKey.Save, self)
        save_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save_key.activated.connect(self.save)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight nothing is told anew: the register may be closed next."""
        super().hideEvent(event)
        self._pause.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was typed last."""
        super().showEvent(event)
        if self.is_open:
            self._pause.start()

    @property
    def is_open(self) -> bool:
        """Whether a complaint, stored or new, is open."""
        return self._pages.currentWidget() is self.page

    @property
    def number(self) -> str:
        """The number of the stored complaint that is open; blank otherwise."""
        loaded = self.page.form.loaded if self.is_open else None
        return "" if loaded is None else loaded.number

    def show_complaint(self, number: str) -> bool:
        """Open a complaint; False when it is not there or the officer goes on editing the one that is open."""
        if not self.may_leave():
            return False
        try:
            found = complaint(self._desk, number)
        except CannotDo as refused:
            tell_problem(self, str(refused))
            return False
        self._open(found)
        return True

    def new_complaint(self) -> None:
        """Open a blank form, notified today until another day is typed."""
        if not self._desk.register.writable or not self.may_leave():
            return
        self._open(None)
        self.page.form.matter.number.setFocus()

    def refresh(self) -> None:
        """Show the register as it is now; what is typed and not saved stays."""
        if not self.is_open:
            return
        if self.has_unsaved() or not self.number:
            self.page.show_beside(self.number)  # a file that was attached may have been taken back
            self._look_over()
            return
        try:
            self._open(complaint(self._desk, self.number), keep_place=True)
        except CannotDo:  # it was undone or erased
            self._pages.setCurrentWidget(self.empty)

    def forget_erased(self, number: str, fields: Collection[str]) -> None:
        """Show a complaint without the fields that were erased of it by law; what else is typed over it stays."""
        form = self.page.form
        if not self.is_open or number != (self.number or form.matter.number.text().strip()):
            return
        typed = form.typed_over(but=set(fields))
        try:
            self._open(complaint(self._desk, self.number), keep_place=True)  # its draft goes
        except CannotDo:  # a new one, or one that was taken back
            form.load(None)
            self._pages.setCurrentWidget(self.empty)
            self.keeper.keep_now()
            return
        put_back(form.typed_fields(), typed)
        self._look_over()
        self.keeper.keep_now()

    def has_unsaved(self) -> bool:
        """Whether something is typed and not saved."""
        return self.is_open and self.page.form.has_unsaved()

    def may_leave(self) -> bool:
        """Whether another complaint may be shown: asks when something is typed and not saved."""
        if not self.has_unsaved():
            return True
        match self.ask_before_leaving():
            case Leave.SAVE:
                return self.save()
            case Leave.DISCARD:
                self.discard()
                return True
        return False

    def may_close(self) -> bool:
        """Whether the window may close: at the session's end without a question, what is typed is kept as a draft."""
        return self.keeper.session_ends or self.may_leave()

    def _unsaved(self) -> list[Typed]:
        form = self.page.form
        if not self.has_unsaved():
            return []
        return [Typed(COMPLAINT, self.number, values_of(form.typed_fields()), form.base)]

    def take_back(self, draft: Draft) -> bool:
        """Put a draft back into the form or the step's dialog it was typed in; False when the officer stays here.

        What the register has now is shown beside it; nothing is saved before บันทึก.
        """
        step = step_of(draft)
        number = number_in_register(self._desk, draft)
        if not self.may_leave():
            return False
        self._open(complaint(self._desk, number) if number else None)
        if step is not None:
            self._open_step(step, draft)
            return True
        self.keeper.adopt(draft)
        self.page.tell_restored(self.page.form.put_back(draft))
        self._look_over()
        return True

    def ask_before_leaving(self) -> Leave:
        """Ask what to do with what is typed; Esc goes back to it."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("ยังไม่ได้บันทึก")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{self.page.steps.words} มีการแก้ไขที่ยังไม่ได้บันทึก")
        keep = box.addButton(Leave.SAVE.value, QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(Leave.DISCARD.value, QMessageBox.ButtonRole.DestructiveRole)
        box.setEscapeButton(box.addButton(Leave.STAY.value, QMessageBox.ButtonRole.RejectRole))
        keep.setProperty("primary", True)
        box.setDefaultButton(keep)
        box.exec()
        pressed = box.clickedButton()
        return Leave.SAVE if pressed is keep else Leave.DISCARD if pressed is drop else Leave.STAY

    def save(self) -> bool:
        """Save what is typed as one operation; False when it cannot be, which is said inline."""
        if not self.is_open or not self._desk.register.writable:
            return False
        form = self.page.form
        form.settle()
        problem = form.problem()
        if problem:
            self.page.say(problem)
            return False
        if form.loaded is not None and not form.has_unsaved():
            return True
        try:
            saved = save(self._desk, form.loaded, form.draft())
        except PLAIN_ERRORS as refused:
            self.page.say(str(refused))
            return False
        self._open(saved, keep_place=form.loaded is not None)
        self.changed.emit()
        return True

    def discard(self) -> None:
        """Drop what is typed: the stored complaint again, or nothing for a new one."""
        if self.page.form.loaded is None:
            self.page.form.load(None)
            self._pages.setCurrentWidget(self.empty)
            self.keeper.keep_now()
        else:
            self._open(self.page.form.loaded, keep_place=True)

    def take_step(self, step: WorkStep) -> None:
        """Open the small dialog of a step; unsaved typing is asked about first."""
        if self.may_leave() and self.number:
            self._open_step(step)

    def _open_step(self, step: WorkStep, draft: Draft | None = None) -> None:
        found = complaint(self._desk, self.number)
        whole = step is WorkStep.COMPLETE
        self.dialog = CompletionDialog(self._desk, found, self) if whole else StepDialog(self._desk, found, step, self)
        keeper = DraftKeeper(self._desk, self.dialog.unsaved, self.dialog)
        keeper.trouble.connect(self.keeper.trouble)
        self.dialog.edited.connect(keeper.touched)
        if draft is not None:
            keeper.adopt(draft)
            self.dialog.put_back(draft)
        self.dialog.finished.connect(keeper.let_go)
        self.dialog.finished.connect(self._step_ended)
        self.dialog.open()

    def _step_ended(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        saved = dialog.saved
        dialog.deleteLater()
        if saved is not None:
            self._open(saved, keep_place=True)
            self.changed.emit()

    def _open(self, found: Complaint | None, *, keep_place: bool = False) -> None:
        self.page.show_complaint(found, keep_place=keep_place)
        self._pages.setCurrentWidget(self.page)
        self._look_over()

    def _look_over(self) -> None:
        """Tell problem, quality and line of time for what is typed."""
        self._pause.stop()
        if not self.is_open:
            return
        form = self.page.form
        unsaved = form.has_unsaved()
        draft = form.draft()
        form.tell(draft)
        self.page.say(form.problem() if unsaved else "")
        self.page.allow_saving(unsaved)
        self.page.show_explained(form.day_problem() or explained_typed(self._desk, draft))
        if not unsaved:
            self.keeper.keep_now()  # saved or given up: its draft goes
