"""The automatic backups of a data folder, newest first; each is looked at behind the window and shows its state."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.automatic_backups import Found, Place, State, listed, look_at, moment_of_name
from desktop.services.backups import Meter
from desktop.services.complaint_history import bangkok_time
from desktop.services.progress import Progress
from desktop.ui.folder_work import FolderWork
from desktop.ui.plain_table import PlainTable
from desktop.ui.theme import Look

TITLES = ("ทำเมื่อ", "โอกาส", "เรื่อง", "แก้ไขล่าสุด", "สภาพ")
EMPTY = "ยังไม่มีสำเนาอัตโนมัติ โปรแกรมทำให้เองเมื่อปิดโปรแกรมหลังมีการแก้ไข"
LOOKING = "… กำลังตรวจ"
_SIGNS = {State.GOOD: Look.DONE, State.DAMAGED: Look.OVERDUE, State.SEALED: Look.DOUBTFUL}


class BackupList(QWidget):
    """``chosen`` carries the Found of the selected row once it was looked at, None for none; ``looked`` ends it all."""

    chosen = Signal(object)
    looked = Signal()

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._found: list[Found | None] = []
        self._work: FolderWork | None = None
        self._build()
        self.table.table.itemSelectionChanged.connect(lambda: self.chosen.emit(self.selected()))

    def _build(self) -> None:
        self.table = PlainTable(TITLES, EMPTY, numbers=(2,))
        self.table.table.setAccessibleName("สำเนาอัตโนมัติในเครื่องนี้")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def look(self) -> None:
        """Show what lies there, and look at each."""
        self.stop()
        paths = listed(self._place)
        self._paths = paths
        self._found = [None] * len(paths)
        self._show()
        work = FolderWork(lambda progress: self._look_at_all(work, progress), self)
        work.told.connect(self._take)
        work.finished.connect(self.looked)
        self._work = work
        work.start()

    def stop(self) -> None:
        """Look no further; returns when nothing runs any more."""
        if self._work is not None:
            self._work.told.disconnect(self._take)
            self._work.cancel()
            self._work.wait()
            self._work.deleteLater()
            self._work = None

    def selected(self) -> Found | None:
        """The selected backup, None when there is none or it was not looked at yet."""
        row = self.table.selected_row()
        return None if row is None or row >= len(self._found) else self._found[row]

    def select_newest_good(self) -> None:
        """Select it when nothing is selected yet: what she most likely wants."""
        good = (row for row, found in enumerate(self._found) if found is not None and found.good)
        if self.table.selected_row() is None and (row := next(good, None)) is not None:
            self.table.table.selectRow(row)

    def _look_at_all(self, work: FolderWork, progress: Progress) -> None:
        """The thread's own part."""
        meter = Meter(progress)
        for place, path in enumerate(self._paths):
            work.tell((place, look_at(path, meter)))

    def _take(self, told: tuple[int, Found]) -> None:
        place, found = told
        self._found[place] = found
        self._show()
        if self.table.selected_row() == place:
            self.chosen.emit(found)

    def _show(self) -> None:
        row = self.table.selected_row()
        self.table.table.blockSignals(True)
        self.table.show_rows([_row(path.name, found) for path, found in zip(self._paths, self._found, strict=True)])
        if row is not None:
            self.table.table.selectRow(row)
        self.table.table.blockSignals(False)


def _row(name: str, found: Found | None) -> tuple[str, ...]:
    if found is None:
        moment = moment_of_name(name)
        return (name if moment is None else bangkok_time(moment), "", "", "", LOOKING)
    state = f"{_SIGNS[found.state].value} {found.state.value}"
    return (
        name if found.made_at is None else bangkok_time(found.made_at),
        found.reason,
        "" if found.complaints is None else f"{found.complaints:,}",
        "" if found.newest_change is None else bangkok_time(found.newest_change),
        f"{state}: {found.why}" if found.why and found.state is State.DAMAGED else state,
    )
