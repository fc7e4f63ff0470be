"""Spreadsheets in and out of the window: choose files, try, import, export; long work stays cancellable."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services.desk import Desk
from desktop.services.exporting import export_listed
from desktop.services.importing import ImportResult, import_files
from desktop.services.list_lines import ListFilter, whole_register
from desktop.ui import notices
from desktop.ui.import_result import ImportResultDialog
from desktop.ui.long_work import run_long
from desktop.ui.paper_files import open_folder

READ_FILTER = "ตาราง (*.xlsx *.csv);;ทุกแฟ้ม (*)"
WRITE_FILTER = "Excel (*.xlsx);;CSV (*.csv)"
OFFERED_NAME = "ทะเบียนเรื่องร้องทุกข์.xlsx"


class Spreadsheets(QObject):
    """``imported`` comes when the register has changed."""

    imported = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def ask_import(self) -> None:
        """Choose files and look at them first."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "นำเข้าจากแฟ้ม", "", READ_FILTER)
        if names:
            self.try_files([Path(name) for name in names])

    def try_files(self, paths: list[Path]) -> None:
        """Read the files, show what an import would do, and import them when the officer says so."""
        run_long(
            self._window,
            self._desk,
            "กำลังตรวจแฟ้ม",
            lambda desk, progress: import_files(desk, paths, None, dry_run=True, progress=progress),
            lambda result: self._show_tried(paths, result),
        )

    def ask_export(self, wanted: ListFilter, shown: int, *, narrowed: bool, private: bool) -> None:
        """Export the register, or what the list shows of it; ``private`` with names and telephone numbers."""

        def everything() -> None:
            self._choose_target(whole_register(self._desk), private=private)

        def listed() -> None:
            self._choose_target(wanted, private=private)

        choices = {"&ทั้งทะเบียน": everything}
        words = []
        if private:
            words.append("แฟ้มนี้จะมีชื่อและโทรศัพท์ของผู้ร้อง โปรดเก็บในที่ปลอดภัยและลบเมื่อใช้เสร็จ")
        if narrowed:
            words.append(f"รายการถูกกรองอยู่ เหลือ {shown:,} เรื่อง จะส่งออกส่วนใด")
            choices = {f"&เฉพาะที่แสดง {shown:,} เรื่อง": listed} | choices
        if words:
            notices.ask(self._window, "\n\n".join(words), choices if narrowed else {"&ส่งออก": everything})
        else:
            everything()

    def export_to(self, path: Path, wanted: ListFilter, *, private: bool) -> None:
        """Write the spreadsheet, whole or not at all."""
        run_long(
            self._window,
            self._desk,
            "กำลังส่งออก",
            lambda desk, progress: export_listed(desk, path, wanted, private=private, progress=progress),
            lambda rows: self._exported(rows, path),
        )

    def _exported(self, rows: int, path: Path) -> None:
        """The folder is opened, as after issuing; what is in the file is read by nobody."""
        notices.tell(self._window, "ส่งออกแล้ว", f"ส่งออกแล้ว {rows:,} เรื่อง\n{path}")
        open_folder(path)

    def _choose_target(self, wanted: ListFilter, *, private: bool) -> None:
        name, kind = QFileDialog.getSaveFileName(self._window, "ส่งออกไปที่", OFFERED_NAME, WRITE_FILTER)
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))
        self.export_to(path, wanted, private=private)

    def _show_tried(self, paths: list[Path], result: ImportResult) -> None:
        dialog = ImportResultDialog(result, self._window, tried=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.import_asked.connect(lambda: self._import(paths))
        dialog.open()

    def _import(self, paths: list[Path]) -> None:
        run_long(
            self._window,
            self._desk,
            "กำลังนำเข้า",
            lambda desk, progress: import_files(desk, paths, None, dry_run=False, progress=progress),
            self._show_imported,
        )

    def _show_imported(self, result: ImportResult) -> None:
        self.imported.emit()
        dialog = ImportResultDialog(result, self._window, tried=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
