"""The papers behind the menu เอกสาร: made behind, shown in the preview; what needs a question is asked first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.services import complaint_papers, day_papers, paste_texts, round_papers
from desktop.services.desk import Desk
from desktop.services.drafts import Draft
from desktop.services.papers import Paper
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.progress import Progress
from desktop.ui import notices
from desktop.ui.list_tab import ListTab
from desktop.ui.long_work import run_long
from desktop.ui.pdf_preview import show_paper
from desktop.ui.round_dialog import RoundDialog


class WindowPapers(QObject):
    """Opens papers over the window; ``told`` is a line for its status bar."""

    told = Signal(str)
    changed = Signal()  # something was saved on the way

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def the_list(self, tab: ListTab) -> None:
        """พิมพ์รายการ: the list as it is on the screen, in its order, every row of the filter."""
        count = tab.count
        if not count:
            notices.tell(self._window, "พิมพ์รายการ", "รายการว่าง ไม่มีอะไรให้พิมพ์")
            return
        if problem := complaint_papers.problem_with_list(count):
            notices.tell_problem(self._window, problem)
            return
        columns, rows, wanted = tab.printed_columns(), tab.printed_rows(), tab.wanted
        self._show(lambda desk, progress: complaint_papers.list_paper(desk, wanted, columns, rows, progress))

    def complaint(self, number: str, *, unsaved: bool = False) -> None:
        """One complaint; who complained only when she says so."""
        if not number:
            notices.tell(self._window, "พิมพ์เรื่อง", "ยังไม่ได้เปิดเรื่องใด หรือเรื่องใหม่ยังไม่ได้บันทึก โปรดเปิดหรือบันทึกเรื่องก่อน")
            return
        remarks = ("สิ่งที่พิมพ์ไว้แต่ยังไม่ได้บันทึก ไม่อยู่ในเอกสารนี้",) if unsaved else ()

        def show(with_complainant: bool) -> None:
            def make(desk: Desk, _: Progress) -> Paper:
                paper = complaint_papers.complaint_paper(desk, number, with_complainant=with_complainant)
                return Paper(paper.title, paper.file_name, paper.pdf, (*remarks, *paper.remarks))

            self._show(make)

        if not (self._desk.register.writable and complaint_papers.has_complainant(self._desk, number)):
            show(False)
            return
        question = "พิมพ์ชื่อและโทรศัพท์ของผู้ร้องด้วยหรือไม่ ถ้าพิมพ์ จะบันทึกไว้ในประวัติ"
        choices = {"&ไม่พิมพ์ชื่อ": lambda: show(False), "&พิมพ์ชื่อและโทรศัพท์": lambda: show(True)}
        notices.ask(self._window, question, choices)

    def round(self) -> None:
        """ใบงานรอบติดตาม 15/30."""
        dialog = RoundDialog(
            round_papers.coming_rounds(self._desk), self._window, may_name=self._desk.register.writable
        )
        dialog.accepted.connect(lambda: self._show_round(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_round(self, dialog: RoundDialog) -> None:
        checkpoint, unit, names = dialog.checkpoint(), dialog.chosen_unit(), dialog.with_complainants()
        self._show(
            lambda desk, progress: round_papers.round_paper(
                desk, checkpoint, unit, with_complainants=names, progress=progress
            )
        )

    def day(self) -> None:
        """วันนี้ต้องทำอะไร."""
        self._show(lambda desk, progress: day_papers.day_paper(desk, progress))

    def outage(self, number: int, over: QWidget | None = None) -> None:
        """The evidence page of one outage."""
        self._show(lambda desk, progress: day_papers.outage_paper(desk, number, progress), over)

    def outages(self) -> None:
        """ระบบขัดข้องที่บันทึกไว้: the list, each to be opened over it."""
        from desktop.ui.outage_list_dialog import OutageListDialog

        dialog = OutageListDialog(self._desk, self._window)
        dialog.opened.connect(lambda number: self.mend_outage(number, dialog))
        self.changed.connect(dialog.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def mend_outage(self, number: int, over: QWidget | None = None, draft: Draft | None = None) -> None:
        """An outage noted earlier, over the window or the list: mended (from a draft), struck out, its page printed."""
        from desktop.ui.outage_evidence_dialog import OutageEvidenceDialog

        try:
            dialog = OutageEvidenceDialog(self._desk, number, over or self._window)
        except PLAIN_ERRORS as refused:
            notices.tell_problem(over or self._window, str(refused))
            return
        dialog.page_wanted.connect(lambda number: self.outage(number, over))
        dialog.saved.connect(lambda number: self._mended(f"✓ แก้ไขบันทึกระบบขัดข้องครั้งที่ {number} แล้ว"))
        dialog.struck.connect(lambda number: self._mended(f"✓ ขีดฆ่าบันทึกระบบขัดข้องครั้งที่ {number} แล้ว เลิกทำได้ด้วย Ctrl+Z"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        if draft is not None:
            dialog.drafts.take_back(draft)

    def _mended(self, words: str) -> None:
        self.changed.emit()
        self.told.emit(words)

    def copy_answer(self, number: str) -> None:
        """The finished answer of a complaint onto the clipboard."""
        if not number:
            notices.tell(self._window, "คัดลอกผลการดำเนินการ", "ยังไม่ได้เปิดหรือเลือกเรื่องใด โปรดเลือกเรื่องที่แล้วเสร็จก่อน")
            return
        try:
            text = paste_texts.answer_text(self._desk, number)
        except PLAIN_ERRORS as refused:
            notices.tell_problem(self._window, str(refused))
            return
        QGuiApplication.clipboard().setText(text)
        self.told.emit(f"✓ คัดลอกผลการดำเนินการของเรื่อง {number} แล้ว วางได้ด้วย Ctrl+V")

    def _show(self, make: Callable[[Desk, Progress], Paper], over: QWidget | None = None) -> None:
        window = over or self._window
        run_long(window, self._desk, "กำลังทำเอกสาร", make, lambda paper: show_paper(window, self._desk, paper))
